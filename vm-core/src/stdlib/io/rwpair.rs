//! `BufferedRWPair`: a reader and a writer seen as one stream that cannot seek.

use super::base::{DICT_OFFSET, buffered_base};
use super::buffered_types::{reader_type, writer_type};
use super::{DEFAULT_BUFFER_SIZE, this};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;

/// A `BufferedRWPair` object.
#[repr(C)]
struct Pair {
    header: Header,
    dict: Cell<Value>,
    reader: Cell<Value>,
    writer: Cell<Value>,
}

const _: () = assert!(std::mem::offset_of!(Pair, dict) == DICT_OFFSET);

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Pair {
    const LAYOUT: &'static Layout = &layout_of::<Pair>(LayoutId::BufferedPair);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [&self.dict, &self.reader, &self.writer] {
            m.mark(v.get());
        }
    }
}

/// `_io.BufferedRWPair`.
pub(super) fn pair_type(m: &mut Machine) -> Gc<Type> {
    let base = buffered_base(m);
    m.native_type_derived(&SPEC, base)
}

static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), init: Some(init), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("read", Convention::VarArgs, |m, v, a| ask(m, v, true, "read", a)),
        MethodDef::new("read1", Convention::VarArgs, |m, v, a| ask(m, v, true, "read1", a)),
        MethodDef::new("peek", Convention::VarArgs, |m, v, a| ask(m, v, true, "peek", a)),
        MethodDef::new("readinto", Convention::VarArgs, |m, v, a| ask(m, v, true, "readinto", a)),
        MethodDef::new("readinto1", Convention::VarArgs, |m, v, a| ask(m, v, true, "readinto1", a)),
        MethodDef::new("readable", Convention::NoArgs, |m, v, a| ask(m, v, true, "readable", a)),
        MethodDef::new("write", Convention::VarArgs, |m, v, a| ask(m, v, false, "write", a)),
        MethodDef::new("flush", Convention::NoArgs, |m, v, a| ask(m, v, false, "flush", a)),
        MethodDef::new("writable", Convention::NoArgs, |m, v, a| ask(m, v, false, "writable", a)),
        MethodDef::new("isatty", Convention::NoArgs, |m, v, a| {
            let answer = ask(m, v, false, "isatty", a)?;
            if m.truthy(answer)? { Ok(answer) } else { ask(m, v, true, "isatty", a) }
        }),
        MethodDef::new("close", Convention::NoArgs, |m, v, a| {
            let written = ask(m, v, false, "close", a);
            let pending = if written.is_err() { m.take_raised() } else { Value::NULL };
            let read = ask(m, v, true, "close", a);
            if pending.is_null() { read } else { Err(m.reraise(pending)) }
        }),
    ],
    getset: &[GetSetDef {
        name: "closed",
        get: |m, v| {
            let writer = own(m, v)?.writer.get();
            match writer.non_null() {
                Some(writer) => m.member(writer, "closed"),
                None => Err(m.runtime_error("the BufferedRWPair object is being garbage-collected")),
            }
        },
        set: None,
    }],
    doc: "A buffered reader and writer object together.",
    ..TypeSpec::new("_io.BufferedRWPair", Pair::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<Pair>> {
    this(m, v, "_io.BufferedRWPair")
}

fn ask(m: &mut Machine, v: Value, reader: bool, name: &str, args: Args<'_>) -> R<Value> {
    let p = own(m, v)?;
    let half = if reader { p.reader.get() } else { p.writer.get() };
    match half.non_null() {
        Some(half) => m.invoke(half, name, args.pos()),
        None => Err(m.value_error("I/O operation on uninitialized object")),
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let null = || Cell::new(Value::NULL);
    Ok(m.new_object(Pair { header: Header::new(ty), dict: null(), reader: null(), writer: null() }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 3, required: 2, max_positional: 3 };
    let [reader, writer, size] = args.bind(m, "BufferedRWPair", ["reader", "writer", "buffer_size"], spec)?;
    m.invoke(reader, "_checkReadable", &[])?;
    m.invoke(writer, "_checkWritable", &[])?;
    let size = size.non_null().unwrap_or(Value::small(DEFAULT_BUFFER_SIZE as i64));
    let (reads, writes) = (reader_type(m).value(), writer_type(m).value());
    let p = own(m, v)?;
    let reader = m.call(reads, &[reader, size])?;
    p.reader.set(reader);
    let writer = m.call(writes, &[writer, size])?;
    p.writer.set(writer);
    Ok(())
}
