//! Generators and coroutines: a frame of their own in the object, resumed by the run loop in place or from native code.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::frame::{Frame, HEADER_WORDS};
use crate::machine::stack::{ExcNode, trace_frame};
use crate::machine::{Machine, R};
use crate::op::unit_op;
use crate::opcodes::Opcode;
use std::cell::{Cell, UnsafeCell};

/// Where a generator is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenState {
    /// Not started.
    Created,
    /// At a `yield`.
    Suspended,
    /// Being run.
    Running,
    /// Ended; its frame is gone.
    Finished,
}

/// A generator, coroutine or asynchronous generator. Its frame follows the struct.
#[repr(C)]
pub struct Generator {
    /// Its type.
    pub header: Header,
    /// Where it is.
    pub state: Cell<GenState>,
    /// For asynchronous generators: `ag_running`, `closed`, hooks called (bits); for coroutines see [`Generator::is_of_task`].
    pub async_flags: Cell<u8>,
    /// Handled exceptions while it runs.
    pub exc: UnsafeCell<ExcNode>,
    /// `__name__`.
    pub name: Cell<Value>,
    /// `__qualname__`.
    pub qualname: Cell<Value>,
    /// `gi_code`.
    pub code: Gc<super::code::Code>,
    /// `cr_origin`, finalizer: rarely used.
    pub extra: Cell<Value>,
}

// SAFETY: repr(C), header first; a suspended generator traces its frame; a running one's is traced with the frame stack as well.
unsafe impl Payload for Generator {
    const LAYOUT: &'static Layout = &layout_of::<Generator>(LayoutId::Generator);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.name.get());
        m.mark(self.qualname.get());
        m.mark(self.extra.get());
        m.mark_gc(self.code);
        // SAFETY: read while nothing runs.
        unsafe {
            m.mark((*self.exc.get()).value);
            if self.state.get() != GenState::Finished {
                trace_frame(std::ptr::from_ref(self).add(1).cast(), m);
            }
        }
    }
}

/// What a resumed generator did.
#[derive(Clone, Copy, Debug)]
pub enum Resumed {
    /// It yielded.
    Yield(Value),
    /// It returned.
    Return(Value),
}

impl Generator {
    /// The generator whose frame this is.
    ///
    /// # Safety
    /// `frame` is a frame with the `GENERATOR` flag.
    #[inline(always)]
    #[must_use]
    pub unsafe fn of_frame(frame: *mut Frame) -> Gc<Generator> {
        // SAFETY: the frame follows the struct.
        unsafe { Gc::from_raw(frame.cast::<Generator>().sub(1)) }
    }

    /// Its frame.
    #[inline(always)]
    #[must_use]
    pub fn frame(&self) -> *mut Frame {
        // It follows the struct.
        std::ptr::from_ref(self).wrapping_add(1).cast::<Frame>().cast_mut()
    }

    /// Its frame pointer.
    #[inline(always)]
    #[must_use]
    pub fn fp(&self) -> *mut Value {
        self.frame().cast::<Value>().wrapping_add(HEADER_WORDS)
    }
}

impl Generator {
    /// The bit of `async_flags` for what [`Generator::is_of_task`] tells.
    const OF_TASK: u8 = 0x80;

    /// The bit of `async_flags` for [`Generator::is_temporary`].
    const TEMPORARY: u8 = 0x40;

    /// Whether nothing refers to it but an operand of the frame that resumes it: it was returned to an instruction that iterates over it
    /// or awaits it, and never shown to anybody.
    fn is_temporary(&self) -> bool {
        self.async_flags.get() & Self::TEMPORARY != 0
    }

    /// Somebody is about to get a reference.
    pub(super) fn show(&self) {
        self.async_flags.set(self.async_flags.get() & !Self::TEMPORARY);
    }

    /// Whether an `asyncio` task runs this coroutine.
    pub(crate) fn is_of_task(&self) -> bool {
        self.async_flags.get() & Self::OF_TASK != 0
    }

    /// Notes that an `asyncio` task runs this coroutine.
    pub(crate) fn set_of_task(&self) {
        self.async_flags.set(self.async_flags.get() | Self::OF_TASK);
    }
}

impl Gc<Generator> {
    /// Makes its suspended frame the running one, with `value` pushed as the result of its `yield`. The flag `ENTRY` is the caller's to add.
    ///
    /// # Safety
    /// It is created or suspended; the current frame has saved its state.
    #[inline]
    pub(crate) unsafe fn enter(self, m: *mut Machine, value: Value) {
        // SAFETY: as the caller promises.
        unsafe {
            let frame = self.frame();
            (*frame).previous = (*m).fp;
            *(*frame).sp = value;
            (*frame).sp = (*frame).sp.add(1);
            self.state.set(GenState::Running);
            let node = self.exc.get();
            (*node).previous = (*m).exc_top;
            (*m).exc_top = node;
            (*m).recursion_left -= 1;
            (*m).fp = self.fp();
        }
    }

    /// Leaves its frame, which is the current one.
    ///
    /// # Safety
    /// It is running on top.
    #[inline]
    pub(crate) unsafe fn leave(self, m: *mut Machine, state: GenState) {
        // SAFETY: as the caller promises.
        unsafe {
            self.state.set(state);
            (*m).exc_top = (*self.exc.get()).previous;
            (*self.exc.get()).previous = std::ptr::null_mut();
            (*m).recursion_left += 1;
            (*m).fp = (*self.frame()).previous;
            (*self.frame()).previous = std::ptr::null_mut();
        }
    }

    /// Leaves its frame for good.
    ///
    /// # Safety
    /// It is running on top.
    pub(crate) unsafe fn finish(self, m: &mut Machine) {
        // SAFETY: as the caller promises.
        unsafe {
            let frame = self.frame();
            if !(*frame).object().is_null() {
                m.detach_frame_object(frame);
            }
            self.leave(m, GenState::Finished);
            (*self.exc.get()).value = Value::NULL;
        }
    }

    /// Leaves its frame for good, to a frame that resumed it by FOR_ITER or SEND. If that frame's operand was all that referred to it, its
    /// memory is free at once, as reference counts would have it: most generators and coroutines end so.
    ///
    /// # Safety
    /// It is running on top, and its frame is not used again.
    pub(crate) unsafe fn finish_for_resumer(self, m: &mut Machine) {
        // SAFETY: as the caller promises; the resumer, whose operand the generator was, has saved its state. Nothing else can refer to it:
        // whoever could have asked for it would have had it shown, gotten its frame's object, or found it by way of `gc`.
        unsafe {
            let unseen = self.is_temporary() && (*self.frame()).object().is_null() && !m.finalizers.knows_collector();
            self.finish(m);
            let operand = (*Frame::of(m.fp)).sp.sub(1);
            if unseen && (*operand).is(self.value()) {
                *operand = Value::NONE;
                m.heap.free_now(self.as_ptr().cast());
            }
        }
    }

    /// Resumes from native code: `value` becomes the result of its `yield` (ignored at the first start, where it must be `None`);
    /// `thrown`, if not `NULL`, is raised there instead.
    pub fn resume(self, m: &mut Machine, value: Value, thrown: Value) -> R<Resumed> {
        m.check_native_stack()?;
        if m.recursion_left <= 0 {
            return Err(m.recursion_error("maximum recursion depth exceeded"));
        }
        // SAFETY: the caller has checked that it is created or suspended.
        unsafe {
            self.enter(m, value);
            let frame = self.frame();
            (*frame).flags |= Frame::ENTRY;
            let result = if thrown.is_null() {
                m.run_entry()
            } else {
                (*frame).sp = (*frame).sp.sub(1);
                m.raise_in_frame(thrown)
            };
            (*frame).flags &= !Frame::ENTRY;
            let result = result?;
            Ok(if self.state.get() == GenState::Finished { Resumed::Return(result) } else { Resumed::Yield(result) })
        }
    }
}

impl Machine {
    /// Raises `exception` (context set by the caller) at the current frame's instruction and runs from its handler, if it has one.
    ///
    /// # Safety
    /// The current frame is an entry frame, suspended.
    unsafe fn raise_in_frame(&mut self, exception: Value) -> R<Value> {
        // The context comes from what the frame itself is handling.
        // SAFETY: the generator has been entered: the topmost node is its own.
        if matches!(unsafe { (*self.exc_top).value }.non_null(), Some(v) if !v.is_none()) {
            let _ = self.raise(exception);
        } else {
            let _ = self.reraise(exception);
        }
        // SAFETY: as the caller promises; the saved instruction pointer is one past the faulting instruction's first unit or later.
        unsafe {
            let ip = self.unwind();
            if ip.is_null() {
                return Err(crate::machine::Raised);
            }
            let frame = Frame::of(self.fp);
            (*frame).ip = ip;
            (*frame).sp = self.out_sp;
            self.run_entry()
        }
    }

    /// A generator-like object for the current frame, which moves into it; the caller's frame becomes current.
    ///
    /// # Safety
    /// The current frame lies on the VM stack and is stopped at `RETURN_GENERATOR`, with `ip` one past it.
    pub(crate) unsafe fn make_generator(&mut self, kind: Gc<super::typeobj::Type>) -> Gc<Generator> {
        // SAFETY: as the caller promises.
        unsafe {
            let old = Frame::of(self.fp);
            let code: Gc<super::code::Code> = Gc::from_raw((*old).code.cast_mut());
            let func = (*old).func.cast::<super::function::Function>();
            let words = code.frame_words as usize;
            let generator = self.heap.new_object(
                Generator {
                    header: Header::new(kind),
                    state: Cell::new(GenState::Created),
                    async_flags: Cell::new(0),
                    exc: UnsafeCell::new(ExcNode { value: Value::NULL, previous: std::ptr::null_mut() }),
                    name: Cell::new(func.name.get()),
                    qualname: Cell::new(func.qualname.get()),
                    code,
                    extra: Cell::new(Value::NULL),
                },
                words * size_of::<Value>(),
            );
            let used = (*old).sp.offset_from(old.cast::<Value>()) as usize;
            std::ptr::copy_nonoverlapping(old.cast::<Value>(), generator.frame().cast::<Value>(), used);
            let frame = generator.frame();
            (*frame).sp = frame.cast::<Value>().add(used);
            (*frame).flags = Frame::GENERATOR | (*old).flags & Frame::LASTING;
            (*frame).previous = std::ptr::null_mut();
            if !(*frame).object().is_null() {
                self.move_frame_object(frame);
                (*old).forget_object();
            }
            let entry = (*old).flags & Frame::ENTRY != 0;
            self.pop_frame();
            let resumed = !entry && kind != self.types.async_generator && self.resumes_what_is_returned();
            if kind == self.types.coroutine && !resumed {
                self.register_coroutine(generator.value());
            }
            if code.has_cleanup() {
                self.register_finalizer(generator.value());
            } else if resumed {
                generator.async_flags.set(Generator::TEMPORARY);
            }
            generator
        }
    }

    /// Whether the current frame, to which a generator is about to be returned, does nothing with it but iterate over it or await it.
    fn resumes_what_is_returned(&self) -> bool {
        // SAFETY: the current frame has saved where it goes on, in verified code.
        let next = unit_op(unsafe { *(*Frame::of(self.fp)).ip });
        // Near the limit of recursion it may not come to that.
        self.recursion_left > 2
            && [Opcode::GET_ITER, Opcode::GET_AWAITABLE, Opcode::GET_YIELD_FROM_ITER].iter().any(|&opcode| next == opcode as usize)
    }

    /// `__name__` of a generator-like object, for messages.
    #[must_use]
    pub fn generator_kind(&self, g: Gc<Generator>) -> &'static str {
        let ty: *const super::typeobj::Type = g.header.ty();
        if ty == self.types.coroutine.as_ptr().cast_const() {
            "coroutine"
        } else if ty == self.types.async_generator.as_ptr().cast_const() {
            "async generator"
        } else {
            "generator"
        }
    }
}

impl Machine {
    /// Sends a value to a generator, or to any iterator that has `send` (`None` goes through `__next__`).
    pub fn send(&mut self, receiver: Value, value: Value) -> R<Resumed> {
        let ty = self.type_of(receiver);
        if (ty == self.types.generator || ty == self.types.coroutine)
            && let Some(g) = receiver.downcast::<Generator>()
        {
            return g.send(self, value);
        }
        let result = match ty.slot(|t| t.iternext) {
            Some(next) if value.is_none() => {
                self.stop_value = Value::NULL;
                match next(self, receiver) {
                    Ok(Some(v)) => return Ok(Resumed::Yield(v)),
                    Ok(None) => return Ok(Resumed::Return(self.stop_value().non_null().unwrap_or(Value::NONE))),
                    Err(raised) => Err(raised),
                }
            }
            _ => {
                let name = self.names.send;
                self.call_method(receiver, name, &[value])
            }
        };
        self.stop_to_return(result)
    }

    /// A pending `StopIteration` as the return it stands for.
    pub(crate) fn stop_to_return(&mut self, result: R<Value>) -> R<Resumed> {
        match result {
            Ok(v) => Ok(Resumed::Yield(v)),
            Err(_) if self.pending_is(self.exceptions.stop_iteration) => {
                let exception = self.take_raised();
                let name = self.names.value;
                Ok(Resumed::Return(self.get_attr(exception, name)?))
            }
            Err(raised) => Err(raised),
        }
    }
}

impl Machine {
    /// The value a generator returned when its `__next__` last reported exhaustion to native code; `NULL` if it was `None`.
    pub fn stop_value(&mut self) -> Value {
        std::mem::replace(&mut self.stop_value, Value::NULL)
    }
}

impl Gc<Generator> {
    /// `send(value)`: CPython's checks of its state, then resumes.
    pub fn send(self, m: &mut Machine, value: Value) -> R<Resumed> {
        match self.state.get() {
            GenState::Running => {
                let kind = m.generator_kind(self);
                Err(m.value_error(&format!("{kind} already executing")))
            }
            GenState::Finished => {
                if m.generator_kind(self) == "coroutine" {
                    return Err(m.runtime_error("cannot reuse already awaited coroutine"));
                }
                Ok(Resumed::Return(Value::NONE))
            }
            GenState::Created if !value.is_none() => {
                let kind = m.generator_kind(self);
                Err(m.type_error(&format!("can't send non-None value to a just-started {kind}")))
            }
            _ => self.resume(m, value, Value::NULL),
        }
    }
}
