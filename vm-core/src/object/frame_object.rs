//! Frame objects: what Python sees of a frame. A frame has at most one, made when it is asked for; while the frame lives the object
//! only points to it, and when it ends the object takes the variables over. What `f_locals` gives is in `frame_locals.rs`.

use super::code::Code;
use super::dict::Dict;
use super::function::Function;
use super::generator::Generator;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::value::Value;
use crate::code::location_at;
use crate::compile::instr::Location;
use crate::heap::Marker;
use crate::machine::frame::{Frame, HEADER_WORDS};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::opcodes::Opcode;
use std::cell::Cell;

/// A `frame` object. Room for its variables follows the struct.
#[repr(C)]
pub struct FrameObject {
    /// Its type.
    pub header: Header,
    /// `f_code`.
    pub code: Gc<Code>,
    /// The function that runs.
    pub func: Gc<Function>,
    /// The frame; null once it has ended.
    fp: Cell<*mut Value>,
    /// The generator the frame lies in, which must outlive this; `NULL` for others.
    owner: Cell<Value>,
    /// `f_back` once the frame has ended, or `NULL`.
    back: Cell<Value>,
    /// Namespace of a module or class body; `NULL` in functions.
    pub mapping: Value,
    /// Variables that `f_locals` got and the code does not have: a dict, or `NULL`.
    pub extra: Cell<Value>,
    /// `f_trace`.
    pub(crate) trace: Cell<Value>,
    /// `f_trace_lines` and `f_trace_opcodes`.
    pub(crate) trace_lines: Cell<bool>,
    /// See above.
    pub(crate) trace_opcodes: Cell<bool>,
    /// The instruction traced last, and the native function that it calls, or `NULL`.
    pub(crate) traced_unit: Cell<u32>,
    /// See above.
    pub(crate) calling: Cell<Value>,
    /// Unit reached when the frame ended.
    unit: Cell<u32>,
}

// SAFETY: repr(C), header first; traces every reference. A live frame's variables are the stack's or the generator's to trace.
unsafe impl Payload for FrameObject {
    const LAYOUT: &'static Layout = &layout_of::<FrameObject>(LayoutId::Frame);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.code);
        m.mark_gc(self.func);
        for v in [self.owner.get(), self.back.get(), self.mapping, self.extra.get(), self.trace.get(), self.calling.get()] {
            m.mark(v);
        }
        for i in 0..self.code.nlocalsplus as usize {
            // SAFETY: the words were initialised when the object was made.
            m.mark(unsafe { *self.own_variable(i) });
        }
    }
}

impl Frame {
    /// The unit of the instruction that the frame is at, or of one of its caches. The frame has saved its instruction pointer.
    pub(crate) fn unit(&self) -> u32 {
        // SAFETY: the instruction pointer points into the code's units.
        let offset = unsafe { self.ip.offset_from((*self.code).units.get()) };
        u32::try_from(offset - 1).unwrap_or(0)
    }
}

impl Code {
    /// Position in the source of a code unit.
    #[must_use]
    pub fn location(&self, unit: u32) -> Location {
        location_at(self.form().linetable, self.firstlineno, unit as usize)
    }

    /// First unit of the instruction that a unit belongs to: itself unless it is an inline cache.
    #[must_use]
    pub fn instruction_start(&self, unit: u32) -> u32 {
        let form = self.form();
        let (mut at, unit) = (0, unit as usize);
        while let Some(&byte) = form.code.get(at * 2) {
            let next = at + 1 + Opcode::from_number(u16::from(byte)).map_or(0, Opcode::caches);
            if next > unit {
                break;
            }
            at = next;
        }
        at as u32
    }
}

impl FrameObject {
    /// Where variable `i` lies when the frame has ended.
    fn own_variable(&self, i: usize) -> *mut Value {
        // They follow the struct.
        std::ptr::from_ref(self).wrapping_add(1).cast::<Value>().cast_mut().wrapping_add(i)
    }

    /// Where local, cell or free variable `i` (below `nlocalsplus`) lies now.
    pub(super) fn variable(&self, i: usize) -> *mut Value {
        let fp = self.fp.get();
        if fp.is_null() { self.own_variable(i) } else { fp.wrapping_add(i) }
    }

    /// The frame, while it lives.
    fn frame(&self) -> Option<&Frame> {
        let fp = self.fp.get();
        // SAFETY: the pointer is cleared when the frame ends.
        if fp.is_null() { None } else { unsafe { Some(&*Frame::of(fp)) } }
    }

    /// The unit the frame is at.
    fn unit(&self) -> u32 {
        self.frame().map_or(self.unit.get(), Frame::unit)
    }

    /// `f_lineno`, if the code has a line there.
    #[must_use]
    pub fn line_number(&self) -> Option<i64> {
        let line = self.code.location(self.unit()).line;
        (line >= 0).then_some(i64::from(line))
    }
}

impl Machine {
    /// The frame's object, made now if it has none.
    ///
    /// # Safety
    /// The frame is live.
    pub(crate) unsafe fn frame_object(&mut self, frame: *mut Frame) -> Gc<FrameObject> {
        // SAFETY: as the caller promises; the function and code of a frame are alive.
        unsafe {
            if let Some(known) = (*frame).object().non_null() {
                return known.cast();
            }
            let code: Gc<Code> = self.traced_original(Gc::from_raw((*frame).code.cast_mut()));
            let words = code.nlocalsplus as usize;
            let owner = if (*frame).flags & Frame::GENERATOR != 0 { Generator::of_frame(frame).value() } else { Value::NULL };
            let object = FrameObject {
                header: Header::new(self.types.frame),
                code,
                func: (*frame).func.cast(),
                fp: Cell::new(frame.cast::<Value>().add(HEADER_WORDS)),
                owner: Cell::new(owner),
                back: Cell::new(Value::NULL),
                mapping: (*frame).namespace(),
                extra: Cell::new(Value::NULL),
                trace: Cell::new(Value::NONE),
                trace_lines: Cell::new(true),
                trace_opcodes: Cell::new(false),
                traced_unit: Cell::new(u32::MAX),
                calling: Cell::new(Value::NULL),
                unit: Cell::new(0),
            };
            let object = self.heap.new_object(object, words * size_of::<Value>());
            for i in 0..words {
                object.own_variable(i).write(Value::NULL);
            }
            (*frame).set_object(object.value());
            object
        }
    }

    /// The frame ends: its frame object keeps what it needs.
    ///
    /// # Safety
    /// The frame is live and has a frame object.
    pub(crate) unsafe fn detach_frame_object(&mut self, frame: *mut Frame) {
        // SAFETY: as the caller promises; the frame below, if there is one, is live as well.
        unsafe {
            let object = (*frame).object().cast::<FrameObject>();
            (*frame).forget_object();
            let fp = object.fp.get();
            object.unit.set((*frame).unit());
            for i in 0..object.code.nlocalsplus as usize {
                object.own_variable(i).write(*fp.add(i));
            }
            if !(*frame).previous.is_null() {
                let back = self.frame_object(Frame::of((*frame).previous));
                object.back.set(back.value());
            }
            object.fp.set(std::ptr::null_mut());
            object.owner.set(Value::NULL);
        }
    }

    /// The frame was moved into a generator: its frame object follows.
    ///
    /// # Safety
    /// The frame is live and has a frame object.
    pub(crate) unsafe fn move_frame_object(&mut self, frame: *mut Frame) {
        // SAFETY: as the caller promises; only generators' frames move.
        unsafe {
            let object = (*frame).object().cast::<FrameObject>();
            object.fp.set(frame.cast::<Value>().add(HEADER_WORDS));
            object.owner.set(Generator::of_frame(frame).value());
        }
    }

    /// The frame object `depth` frames below the running one; `None` if there are not so many.
    pub fn frame_at_depth(&mut self, depth: usize) -> Option<Gc<FrameObject>> {
        let mut fp = self.fp;
        // SAFETY: frames are linked from the current one down, and live.
        unsafe {
            for _ in 0..depth {
                if fp.is_null() {
                    return None;
                }
                fp = (*Frame::of(fp)).previous;
            }
            if fp.is_null() { None } else { Some(self.frame_object(Frame::of(fp))) }
        }
    }

    /// The frame object of a generator that has not ended.
    pub fn generator_frame_object(&mut self, generator: Gc<Generator>) -> Option<Gc<FrameObject>> {
        if generator.state.get() == super::generator::GenState::Finished {
            return None;
        }
        // SAFETY: a generator that has not ended has a live frame.
        Some(unsafe { self.frame_object(generator.frame()) })
    }

    /// `sys._getframe([depth])`.
    pub fn sys_getframe(&mut self, args: Args<'_>) -> R<Value> {
        let args = args.between(self, "_getframe", 0, 1)?;
        let depth = match args {
            [depth] => self.index_i64(*depth)?.max(0),
            _ => 0,
        };
        match self.frame_at_depth(usize::try_from(depth).unwrap_or(usize::MAX)) {
            Some(frame) => Ok(frame.value()),
            None => Err(self.value_error("call stack is not deep enough")),
        }
    }
}

/// `frame`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), ..Slots::EMPTY },
    methods: &[MethodDef::new("clear", Convention::NoArgs, clear)],
    getset: &[
        GetSetDef { name: "f_back", get: get_back, set: None },
        GetSetDef { name: "f_code", get: |_, v| Ok(this(v).code.value()), set: None },
        GetSetDef { name: "f_globals", get: |_, v| Ok(this(v).func.globals.value()), set: None },
        GetSetDef { name: "f_builtins", get: |_, v| Ok(this(v).func.builtins.value()), set: None },
        GetSetDef { name: "f_locals", get: |m, v| m.frame_locals(this(v)), set: None },
        GetSetDef { name: "f_lasti", get: |_, v| Ok(Value::small(this(v).byte_offset())), set: None },
        GetSetDef { name: "f_lineno", get: |_, v| Ok(this(v).line_number().map_or(Value::NONE, Value::small)), set: None },
        GetSetDef { name: "f_trace", get: |_, v| Ok(this(v).trace.get()), set: Some(set_trace) },
        GetSetDef {
            name: "f_trace_lines",
            get: |_, v| Ok(Value::from_bool(this(v).trace_lines.get())),
            set: Some(|m, v, to| {
                let on = flag(m, to)?;
                this(v).trace_lines.set(on);
                Ok(())
            }),
        },
        GetSetDef {
            name: "f_trace_opcodes",
            get: |_, v| Ok(Value::from_bool(this(v).trace_opcodes.get())),
            set: Some(|m, v, to| {
                let on = flag(m, to)?;
                this(v).trace_opcodes.set(on);
                Ok(())
            }),
        },
    ],
    ..TypeSpec::new("frame", FrameObject::LAYOUT)
};

fn this(v: Value) -> Gc<FrameObject> {
    // SAFETY: slots, methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

impl FrameObject {
    /// `f_lasti`: -1 before the first instruction.
    fn byte_offset(&self) -> i64 {
        i64::from(self.code.shown_unit(self.unit())) * 2
    }

    /// Whether the frame has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.fp.get().is_null()
    }

    /// The namespace of its globals.
    #[must_use]
    pub fn globals(&self) -> Gc<Dict> {
        self.func.globals
    }
}

fn get_back(m: &mut Machine, v: Value) -> R<Value> {
    let f = this(v);
    let Some(frame) = f.frame() else { return Ok(f.back.get().non_null().unwrap_or(Value::NONE)) };
    let previous = frame.previous;
    if previous.is_null() {
        return Ok(Value::NONE);
    }
    // SAFETY: the frames below a live one are live.
    Ok(unsafe { m.frame_object(Frame::of(previous)) }.value())
}

fn flag(m: &mut Machine, v: Value) -> R<bool> {
    match v {
        Value::TRUE => Ok(true),
        Value::FALSE => Ok(false),
        _ => Err(m.type_error("attribute value type must be bool")),
    }
}

fn set_trace(m: &mut Machine, v: Value, f: Value) -> R<()> {
    let f = f.non_null().unwrap_or(Value::NONE);
    this(v).trace.set(f);
    let fp = this(v).fp.get();
    if !f.is_none() && !fp.is_null() && this(v).owner.get().is_null() {
        // SAFETY: the pointer is cleared when the frame ends; frames that wait have saved their state, and the running one during a call.
        unsafe { m.trap(Frame::of(fp)) };
    }
    Ok(())
}

fn clear(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = this(v);
    if f.frame().is_some() {
        let suspended = f.owner.get().downcast::<Generator>().is_some_and(|g| g.state.get() == super::generator::GenState::Suspended);
        let what = if suspended { "a suspended" } else { "an executing" };
        return Err(m.runtime_error(&format!("cannot clear {what} frame")));
    }
    for i in 0..f.code.nlocalsplus as usize {
        // SAFETY: the object's own words.
        unsafe { f.own_variable(i).write(Value::NULL) };
    }
    f.extra.set(Value::NULL);
    Ok(Value::NONE)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let f = this(v);
    let filename = m.repr(f.code.filename.value())?;
    let line = f.line_number().map_or_else(|| "None".to_owned(), |n| n.to_string());
    let at = super::object_type::address(v);
    let name = f.code.name.to_string_lossy();
    let text = format!("<frame at {at:#x}, file {}, line {line}, code {name}>", filename.to_string_lossy());
    Ok(m.str_value(&text))
}
