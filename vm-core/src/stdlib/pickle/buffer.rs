//! `PickleBuffer`: an object's memory, which a pickle may leave out.

use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;

/// A `PickleBuffer`.
#[repr(C)]
struct PickleBuffer {
    header: Header,
    /// A `memoryview`; `NULL` once released.
    view: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for PickleBuffer {
    const LAYOUT: &'static Layout = &layout_of::<PickleBuffer>(LayoutId::PickleBuffer);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.view.get());
    }
}

/// `_pickle.PickleBuffer`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("raw", Convention::NoArgs, |m, v, _| {
            let view = live(m, v)?;
            let (contiguous, cast) = (m.intern("contiguous"), m.intern("cast"));
            if m.get_attr(view, contiguous)? != Value::TRUE {
                let class = m.exceptions.buffer_error;
                return Err(m.raise_message(class, "cannot extract raw buffer from non-contiguous buffer"));
            }
            let format = m.intern("B").value();
            m.call_method(view, cast, &[format])
        }),
        MethodDef::new("release", Convention::NoArgs, |_, v, _| {
            this(v).view.set(Value::NULL);
            Ok(Value::NONE)
        }),
        MethodDef::new("__buffer__", Convention::O, |m, v, _| live(m, v)),
    ],
    doc: "Wrapper for potentially out-of-band buffers",
    ..TypeSpec::new("pickle.PickleBuffer", PickleBuffer::LAYOUT)
};

fn this(v: Value) -> Gc<PickleBuffer> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast() }
}

fn live(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).view.get().non_null() {
        Some(view) => Ok(view),
        None => Err(m.value_error("operation forbidden on released PickleBuffer object")),
    }
}

/// The memory of a `PickleBuffer`; `None` of other objects.
pub(super) fn view_of(m: &mut Machine, v: Value) -> Option<R<Value>> {
    v.downcast::<PickleBuffer>()?;
    Some(live(m, v))
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    args.no_keywords(m, "PickleBuffer")?;
    let &[object] = args.pos() else {
        let n = args.len();
        return Err(m.type_error(&format!("PickleBuffer() takes exactly 1 argument ({n} given)")));
    };
    let class = m.types.memoryview.value();
    let view = m.call(class, &[object])?;
    Ok(m.new_object(PickleBuffer { header: Header::new(ty), view: Cell::new(view) }).value())
}
