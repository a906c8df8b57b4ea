//! Tracebacks: one entry for every frame an exception has passed. The unwinder adds them, so they are light: which frame and which code
//! unit; line and columns are worked out when somebody asks.

use super::exception::Exception;
use super::frame_object::FrameObject;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::typeobj::Type;
use super::value::Value;
use crate::compile::instr::Location;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A `traceback` object.
#[repr(C)]
pub struct Traceback {
    /// Its type.
    pub header: Header,
    /// `tb_next`, or `NULL`.
    pub next: Cell<Value>,
    /// `tb_frame`.
    pub frame: Gc<FrameObject>,
    /// The code unit the frame had reached.
    pub unit: u32,
    /// `tb_lineno` if it was given; -1 to work it out.
    pub line: i32,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Traceback {
    const LAYOUT: &'static Layout = &layout_of::<Traceback>(LayoutId::Traceback);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.next.get());
        m.mark_gc(self.frame);
    }
}

/// `traceback`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[MethodDef::new("__dir__", Convention::NoArgs, dir)],
    getset: &[
        GetSetDef { name: "tb_next", get: |_, v| Ok(this(v).next.get().non_null().unwrap_or(Value::NONE)), set: Some(set_next) },
        GetSetDef { name: "tb_frame", get: |_, v| Ok(this(v).frame.value()), set: None },
        GetSetDef { name: "tb_lasti", get: |_, v| Ok(Value::small(this(v).byte_offset())), set: None },
        GetSetDef { name: "tb_lineno", get: |_, v| Ok(this(v).line_number().map_or(Value::NONE, Value::small)), set: None },
    ],
    doc: "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nCreate a new traceback object.",
    ..TypeSpec::new("traceback", Traceback::LAYOUT)
};

fn this(v: Value) -> Gc<Traceback> {
    // SAFETY: slots, methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

impl Traceback {
    /// The position in the source of what was being run.
    #[must_use]
    pub fn location(&self) -> Location {
        self.frame.code.location(self.unit)
    }

    /// `tb_lineno`, if the code has one there.
    #[must_use]
    pub fn line_number(&self) -> Option<i64> {
        let line = if self.line >= 0 { self.line } else { self.location().line };
        (line >= 0).then_some(i64::from(line))
    }

    /// `tb_lasti`.
    fn byte_offset(&self) -> i64 {
        i64::from(self.frame.code.shown_unit(self.unit)) * 2
    }

    /// The entry after this one.
    #[must_use]
    pub fn next_entry(&self) -> Option<Gc<Traceback>> {
        self.next.get().downcast()
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 4, max_positional: 4 };
    let [next, frame, lasti, line] = args.bind(m, "traceback", ["tb_next", "tb_frame", "tb_lasti", "tb_lineno"], spec)?;
    if !next.is_none() && next.downcast::<Traceback>().is_none() {
        let got = m.type_name(next);
        return Err(m.type_error(&format!("expected traceback object or None, got '{got}'")));
    }
    let Some(frame) = frame.downcast::<FrameObject>() else {
        return Err(m.bad_argument("traceback", "argument 'tb_frame'", "frame", frame));
    };
    let (lasti, line) = (m.index_i64(lasti)?, m.index_i64(line)?);
    let unit = frame.code.unit_shown_as(u32::try_from(lasti / 2).unwrap_or(0));
    let line = i32::try_from(line).unwrap_or(-1);
    let next = Cell::new(if next.is_none() { Value::NULL } else { next });
    Ok(m.new_object(Traceback { header: Header::new(ty), next, frame, unit, line }).value())
}

fn dir(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|n| m.intern(n).value());
    Ok(m.new_list(&names).value())
}

fn set_next(m: &mut Machine, v: Value, next: Value) -> R<()> {
    if next.is_null() {
        return Err(m.type_error("can't delete tb_next attribute"));
    }
    if next.is_none() {
        this(v).next.set(Value::NULL);
        return Ok(());
    }
    let Some(mut at) = next.downcast::<Traceback>() else {
        let got = m.type_name(next);
        return Err(m.type_error(&format!("expected traceback object, got '{got}'")));
    };
    loop {
        if at == this(v) {
            return Err(m.value_error("traceback loop detected"));
        }
        match at.next_entry() {
            Some(following) => at = following,
            None => break,
        }
    }
    this(v).next.set(next);
    Ok(())
}

impl Machine {
    /// Adds an entry for the frame, stopped at unit `at`, to the exception's traceback.
    ///
    /// # Safety
    /// The frame is live.
    pub(crate) unsafe fn add_traceback(&mut self, exception: Value, frame: *mut Frame, at: u32) {
        let Some(e) = exception.downcast::<Exception>() else { return };
        // SAFETY: as the caller promises.
        let frame = unsafe { self.frame_object(frame) };
        let header = Header::new(self.types.traceback);
        let entry = Traceback { header, next: Cell::new(e.traceback.get()), frame, unit: at, line: -1 };
        let entry = self.heap.new_object(entry, 0);
        e.traceback.set(entry.value());
    }
}
