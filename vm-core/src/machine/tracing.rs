//! `sys.settrace` and `sys.setprofile`: events of frames. What is not traced pays nothing: a frame that starts while a function is set
//! goes on, at its RESUME, in a *shadow* of its code, in which every instruction is TRACED. That tells what is to be told, puts the real
//! instruction back, and has it run; the next TRACED to come hides it again. Frames that run already are caught by a TRACED at the
//! instruction they will go on with.
//!
//! Not told: jumps by assigning to `f_lineno`, and the exceptions that iterators end with.

use super::frame::Frame;
use super::{Breaker, Machine, R};
use crate::heap::Marker;
use crate::object::code::Code;
use crate::object::frame_object::FrameObject;
use crate::object::function::{MethodDescr, NativeFunction};
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::op::{Next, Slow, Unit, unit, unit_arg, unit_op};
use crate::opcodes::Opcode;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

/// A code object and its shadow.
struct Twins {
    original: Gc<Code>,
    shadow: Gc<Code>,
    /// The real instructions.
    units: Box<[Unit]>,
    /// Which instructions start a line.
    starts: Vec<bool>,
    /// The line of each instruction.
    lines: Vec<i64>,
}

/// What a machine knows about tracing.
#[derive(Default)]
pub(crate) struct Tracing {
    trace: Option<Value>,
    profile: Option<Value>,
    /// A trace or profile function runs.
    busy: bool,
    /// The instruction put back last.
    bare: Option<*mut Unit>,
    twins: Vec<Twins>,
    /// Index in `twins` by the address of either code.
    by_code: BTreeMap<usize, usize>,
    /// Instructions replaced in code that is no shadow.
    traps: BTreeMap<usize, (Unit, Gc<Code>)>,
}

impl Tracing {
    pub(crate) fn trace(&self, m: &mut Marker<'_>) {
        for v in [self.trace, self.profile].into_iter().flatten() {
            m.mark(v);
        }
        for t in &self.twins {
            m.mark_gc(t.original);
            m.mark_gc(t.shadow);
        }
        for (_, code) in self.traps.values() {
            m.mark_gc(*code);
        }
    }

    fn is_on(&self) -> bool {
        !self.busy && (self.trace.is_some() || self.profile.is_some())
    }
}

/// Which of the two functions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Observer {
    Trace,
    Profile,
}

impl Machine {
    /// `sys.gettrace()` and `sys.getprofile()`.
    pub(crate) fn trace_function(&self, which: Observer) -> Value {
        let f = if which == Observer::Trace { self.tracing.trace } else { self.tracing.profile };
        f.unwrap_or(Value::NONE)
    }

    /// `sys.settrace(f)` and `sys.setprofile(f)`.
    pub(crate) fn set_trace_function(&mut self, which: Observer, f: Value) {
        let f = (!f.is_none()).then_some(f);
        match which {
            Observer::Trace => self.tracing.trace = f,
            Observer::Profile => self.tracing.profile = f,
        }
        if self.tracing.trace.is_some() || self.tracing.profile.is_some() {
            self.breaker.fetch_or(Breaker::TRACE, Ordering::Relaxed);
        } else {
            self.breaker.fetch_and(!Breaker::TRACE, Ordering::Relaxed);
        }
        if which == Observer::Profile {
            let mut fp = self.fp;
            while !fp.is_null() {
                // SAFETY: frames are linked from the current one down, live, and have saved their state.
                unsafe {
                    if f.is_some() {
                        // What runs already is told of from its next instruction on.
                        self.trap(Frame::of(fp));
                    }
                    if let Some(object) = (*Frame::of(fp)).object().non_null() {
                        object.cast::<FrameObject>().calling.set(Value::NULL);
                    }
                    fp = (*Frame::of(fp)).previous;
                }
            }
        }
    }

    /// The code that a shadow belongs to; any other itself.
    pub(crate) fn traced_original(&self, code: Gc<Code>) -> Gc<Code> {
        self.twins_of(code.as_ptr()).map_or(code, |i| self.tracing.twins[i].original)
    }

    fn twins_of(&self, code: *const Code) -> Option<usize> {
        self.tracing.by_code.get(&(code as usize)).copied()
    }

    fn is_shadow(&self, code: *const Code) -> bool {
        self.twins_of(code).is_some_and(|i| std::ptr::eq(self.tracing.twins[i].shadow.as_ptr(), code))
    }

    /// Has a frame that runs be told of from the instruction on that it will go on with.
    ///
    /// # Safety
    /// The frame is live, and has saved its state.
    pub(crate) unsafe fn trap(&mut self, frame: *mut Frame) {
        // SAFETY: as the caller promises; the code's own units.
        unsafe {
            let code = Gc::from_raw((*frame).code.cast_mut());
            if self.is_shadow(code.as_ptr()) {
                return;
            }
            let at = code.instruction_start((*frame).unit()) as usize;
            let Some(op) = code.form().code.get(at * 2).and_then(|&b| Opcode::from_number(u16::from(b))) else { return };
            let next = at + 1 + op.caches();
            if next >= code.unit_count() {
                return;
            }
            let ip = code.units.get().add(next);
            if unit_op(*ip) != Opcode::TRACED as usize {
                self.tracing.traps.insert(ip as usize, (*ip, code));
                *ip = unit(Opcode::TRACED as u16, unit_arg(*ip) as u16);
            }
        }
    }

    /// The shadow of a code object, and where it is in the list.
    fn shadow(&mut self, code: Gc<Code>) -> R<usize> {
        if let Some(known) = self.twins_of(code.as_ptr()) {
            return Ok(known);
        }
        self.ready_code(code)?;
        let constants = code.consts().to_vec();
        let shadow = self.new_code_of(code.source(), Some(&constants))?;
        self.codes.pop();
        let (units, instructions) = crate::adapt::prepare::bare_units(code.form());
        let mut lines = vec![-1; units.len()];
        for &i in &instructions {
            lines[i] = i64::from(code.location(i as u32).line);
        }
        let starts = line_starts(&code, &units, &instructions, &lines);
        for &i in &instructions {
            // SAFETY: the shadow has as many units, and nobody runs it yet.
            unsafe { *shadow.units.get().add(i) = unit(Opcode::TRACED as u16, unit_arg(units[i]) as u16) };
        }
        let index = self.tracing.twins.len();
        self.tracing.by_code.insert(code.as_ptr() as usize, index);
        self.tracing.by_code.insert(shadow.as_ptr() as usize, index);
        self.tracing.twins.push(Twins { original: code, shadow, units: units.into(), starts, lines });
        Ok(index)
    }

    /// Calls a trace or profile function. If it fails, it is given up.
    fn tell(&mut self, which: Observer, f: Value, frame: Gc<FrameObject>, event: &str, arg: Value) -> R<Value> {
        let event = self.intern(event).value();
        let pending = std::mem::replace(&mut self.raised, Value::NULL);
        self.tracing.busy = true;
        let result = self.call(f, &[frame.value(), event, arg]);
        self.tracing.busy = false;
        if result.is_err() {
            self.set_trace_function(which, Value::NONE);
            frame.trace.set(Value::NONE);
        } else {
            self.raised = pending;
        }
        std::hint::black_box(pending);
        result
    }

    /// Tells a frame's own trace function.
    fn tell_trace(&mut self, frame: Gc<FrameObject>, event: &str, arg: Value) -> R<()> {
        let f = if event == "call" { self.tracing.trace } else { Some(frame.trace.get()).filter(|f| !f.is_none()) };
        let (Some(f), Some(_)) = (f, self.tracing.trace) else { return Ok(()) };
        let next = self.tell(Observer::Trace, f, frame, event, arg)?;
        if !next.is_none() {
            frame.trace.set(next);
        }
        Ok(())
    }

    fn tell_profile(&mut self, frame: Gc<FrameObject>, event: &str, arg: Value) -> R<()> {
        match self.tracing.profile {
            Some(f) => self.tell(Observer::Profile, f, frame, event, arg).map(|_| ()),
            None => Ok(()),
        }
    }

    /// An exception passes through a frame, which leaves it `unhandled` or not.
    ///
    /// # Safety
    /// The frame is the running one, and has saved its state.
    pub(crate) unsafe fn trace_exception(&mut self, frame: *mut Frame, unhandled: bool, told: bool) {
        if !self.tracing.is_on() {
            return;
        }
        let exception = self.raised;
        // SAFETY: as the caller promises.
        let (object, flags) = unsafe { (self.frame_object(frame), (*frame).flags) };
        let closed = exception.downcast::<crate::object::exception::Exception>().is_some()
            && self.type_of(exception) == self.exceptions.generator_exit;
        if closed && flags & Frame::GENERATOR != 0 && !object.code.has_cleanup() {
            // There a generator that has nothing to clean up is ended without being run.
            return;
        }
        let calling = object.calling.replace(Value::NULL);
        let mut result = if calling.is_null() { Ok(()) } else { self.tell_profile(object, "c_exception", calling) };
        if result.is_ok() && !told {
            let class = self.type_of(exception).value();
            let traceback = exception.downcast::<crate::object::exception::Exception>().map_or(Value::NULL, |e| e.traceback.get());
            let arg = self.new_tuple(&[class, exception, traceback.non_null().unwrap_or(Value::NONE)]).value();
            result = self.tell_trace(object, "exception", arg);
        }
        if result.is_ok() && unhandled {
            result = self.tell_trace(object, "return", Value::NONE);
            if result.is_ok() {
                result = self.tell_profile(object, "return", Value::NONE);
            }
        }
        // What a trace function raises takes the exception's place: it is in the machine already.
        let _ = result;
    }

    /// The events of an instruction about to run.
    fn trace_instruction(&mut self, s_sp: *mut Value, frame: *mut Frame, twins: usize, at: usize) -> R<()> {
        // SAFETY: the frame is the running one; its operands lie below the stack pointer.
        let (object, top) = unsafe { (self.frame_object(frame), |depth: usize| *s_sp.sub(depth)) };
        let real = self.tracing.twins[twins].units[at];
        let (op, arg) = (Opcode::from_number(unit_op(real) as u16), unit_arg(real));
        let previous = object.traced_unit.replace(at as u32);
        let calling = object.calling.replace(Value::NULL);
        if !calling.is_null() {
            self.tell_profile(object, "c_return", calling)?;
        }
        if op == Some(Opcode::RESUME) {
            return self.trace_start(object);
        }
        let code = self.tracing.twins[twins].original;
        let line = self.tracing.twins[twins].lines[at];
        let known = (previous as usize) < self.tracing.twins[twins].units.len();
        let came_from = if known { Opcode::from_number(unit_op(self.tracing.twins[twins].units[previous as usize]) as u16) } else { None };
        let same = known && self.tracing.twins[twins].lines[previous as usize] == line;
        let back = same && previous >= at as u32 && came_from == Some(Opcode::JUMP_BACKWARD);
        let starts = self.tracing.twins[twins].starts[at] && (!same || came_from == Some(Opcode::RESUME));
        if line >= 0 && (back || starts) && object.trace_lines.get() {
            self.tell_trace(object, "line", Value::NONE)?;
        }
        if object.trace_opcodes.get() {
            self.tell_trace(object, "opcode", Value::NONE)?;
        }
        let value = match op {
            Some(Opcode::RETURN_VALUE | Opcode::YIELD_VALUE) => top(1),
            Some(Opcode::RETURN_CONST) => code.consts()[arg],
            Some(Opcode::CALL) => return self.trace_call(object, top(arg + 2), top(arg + 1)),
            Some(Opcode::CALL_KW) => return self.trace_call(object, top(arg + 3), top(arg + 2)),
            Some(Opcode::CALL_FUNCTION_EX) => return self.trace_call(object, top(3 + (arg & 1)), Value::NULL),
            _ => return Ok(()),
        };
        self.tell_trace(object, "return", value)?;
        self.tell_profile(object, "return", value)
    }

    fn trace_start(&mut self, object: Gc<FrameObject>) -> R<()> {
        self.tell_trace(object, "call", Value::NONE)?;
        self.tell_profile(object, "call", Value::NONE)
    }

    /// Profile functions are told of calls of native functions.
    fn trace_call(&mut self, object: Gc<FrameObject>, callable: Value, this: Value) -> R<()> {
        if self.tracing.profile.is_none() {
            return Ok(());
        }
        let shown = if callable.downcast::<NativeFunction>().is_some() {
            callable
        } else if let (Some(method), Some(this)) = (callable.downcast::<MethodDescr>(), this.non_null()) {
            self.new_native_function(method.def, this, Value::NULL).value()
        } else {
            return Ok(());
        };
        object.calling.set(shown);
        self.tell_profile(object, "c_call", shown)
    }
}

/// RESUME with the breaker set: a frame that is to be told of goes on in the shadow.
pub(crate) fn enter(s: &mut Slow<'_>) -> R<Next> {
    let frame = Frame::of_slow(s);
    // SAFETY: the frame is live; its code's units.
    let (code, at) = unsafe { (Gc::from_raw((*frame).code.cast_mut()), s.ip.offset_from((*(*frame).code).units.get()) as usize) };
    if !s.m.tracing.is_on() || s.m.is_shadow(code.as_ptr()) {
        return Ok(Next::Done);
    }
    let twins = s.m.shadow(code)?;
    // SAFETY: as above.
    let object = unsafe { s.m.frame_object(frame) };
    object.traced_unit.set(at as u32);
    s.m.trace_start(object)?;
    Ok(Next::Jump(go_on(s, twins, at + 1)))
}

/// Has the frame go on in the shadow.
fn go_on(s: &mut Slow<'_>, twins: usize, at: usize) -> *mut Unit {
    let shadow = s.m.tracing.twins[twins].shadow;
    let frame = Frame::of_slow(s);
    // SAFETY: the shadow has the code's layout, and is kept alive with the code; the frame is live.
    unsafe {
        (*frame).code = shadow.as_ptr();
        let ip = shadow.units.get().add(at);
        (*frame).ip = ip.add(1);
        ip
    }
}

/// The instruction TRACED.
pub(crate) fn step(s: &mut Slow<'_>) -> R<Next> {
    if let Some(bare) = s.m.tracing.bare.take() {
        // SAFETY: it lies in a shadow, which lives as long as the machine.
        unsafe { *bare = unit(Opcode::TRACED as u16, unit_arg(*bare) as u16) };
    }
    let frame = Frame::of_slow(s);
    // SAFETY: the frame is live; its code's units.
    let (code, at) = unsafe { ((*frame).code, s.ip.offset_from((*(*frame).code).units.get()) as usize) };
    if !s.m.is_shadow(code) {
        // A frame that ran before: from here on it is told of.
        if let Some((real, _)) = s.m.tracing.traps.remove(&(s.ip as usize)) {
            // SAFETY: the code's own unit.
            unsafe { *s.ip = real };
        }
        // SAFETY: a live frame's code is alive.
        let twins = s.m.shadow(unsafe { Gc::from_raw(code.cast_mut()) })?;
        // SAFETY: as above.
        let object = unsafe { s.m.frame_object(frame) };
        object.traced_unit.set(at as u32);
        return Ok(Next::Jump(go_on(s, twins, at)));
    }
    let Some(twins) = s.m.twins_of(code) else { return Ok(Next::Done) };
    if s.m.tracing.is_on() {
        s.m.trace_instruction(s.sp, frame, twins, at)?;
    }
    let shadow = s.m.tracing.twins[twins].shadow;
    // SAFETY: the shadow's own unit.
    unsafe {
        let ip = shadow.units.get().add(at);
        *ip = s.m.tracing.twins[twins].units[at];
        s.m.tracing.bare = Some(ip);
        Ok(Next::Jump(ip))
    }
}

/// Which instructions start a line: those on another line than the one before them, and those that are jumped to.
fn line_starts(code: &Code, units: &[Unit], instructions: &[usize], lines: &[i64]) -> Vec<bool> {
    let mut starts = vec![false; units.len() + 1];
    let op = |i: usize| Opcode::from_number(unit_op(units[i]) as u16);
    let line = |i: usize| lines[i];
    let traceable = instructions.iter().position(|&i| op(i) == Some(Opcode::RESUME)).unwrap_or(0);
    let mut current = -1;
    for &i in &instructions[traceable..] {
        if matches!(op(i), Some(Opcode::END_ASYNC_FOR | Opcode::END_FOR | Opcode::END_SEND | Opcode::RESUME)) {
            continue;
        }
        starts[i] = line(i) != current && line(i) >= 0;
        current = line(i);
    }
    for &i in &instructions[traceable..] {
        let Some(op) = op(i) else { continue };
        let (next, arg) = (i + 1 + op.caches(), unit_arg(units[i]));
        let target = match op {
            Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE
            | Opcode::JUMP_FORWARD => next + arg,
            // Behind END_FOR and END_SEND.
            Opcode::FOR_ITER | Opcode::SEND => next + arg + 1,
            Opcode::JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => next.saturating_sub(arg),
            _ => continue,
        };
        if target < units.len() && line(target) >= 0 {
            starts[target] = true;
        }
    }
    for handler in code.handlers() {
        let target = handler.target as usize;
        if target < units.len() && line(target) >= 0 && op(target) != Some(Opcode::END_ASYNC_FOR) {
            starts[target] = true;
        }
    }
    starts
}
