//! Generators: RETURN_GENERATOR, YIELD_VALUE, SEND and their kin; also RETURN_VALUE, which ends every frame.

use crate::hints::kept;
use crate::machine::Machine;
use crate::machine::frame::Frame;
use crate::object::code::Code;
use crate::object::generator::{GenState, Generator, Resumed};
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Flow, Next, Op};

op! {
    /// Makes the generator of this function's frame and returns it to the caller.
    RETURN_GENERATOR (--) slow |s| {
        let flags = s.code().flags();
        let kind = if flags.has(crate::code::CodeFlags::COROUTINE) {
            s.m.types.coroutine
        } else if flags.has(crate::code::CodeFlags::ASYNC_GENERATOR) {
            s.m.types.async_generator
        } else {
            s.m.types.generator
        };
        let frame_flags = s.frame().flags;
        let generator = s.m.make_generator(kind);
        Ok(deliver(s.m, generator.value(), frame_flags, 0))
    }

    /// Suspends the generator; its resumer gets the value.
    YIELD_VALUE (value -- sent) fast |cx| {
        let frame = cx.frame();
        let flags = (*frame).flags;
        if flags & !Frame::ENTRY != Frame::GENERATOR {
            return cx.slow();
        }
        let value = cx.pop();
        (*frame).ip = cx.ip.add(1);
        (*frame).sp = cx.sp;
        let generator = Generator::of_frame(frame);
        generator.leave(cx.vm, GenState::Suspended);
        if flags != Frame::GENERATOR {
            (*cx.vm).returned = value;
            return Flow::Exit;
        }
        let fp = (*cx.vm).fp;
        let resumer = Frame::of(fp);
        let sp = (*resumer).sp;
        *sp = value;
        Flow::Enter((*resumer).ip, sp.add(1), fp)
    } aside |s| {
        let value = s.pop();
        let frame = Frame::of(s.fp);
        (*frame).ip = s.ip.add(1);
        (*frame).sp = s.sp;
        let flags = (*frame).flags;
        let generator = Generator::of_frame(frame);
        generator.leave(s.m, GenState::Suspended);
        deliver(s.m, value, flags, 0)
    }

    /// Returns the top to the caller.
    RETURN_VALUE (value --) fast |cx| {
        return_plainly(cx, cx.top(1))
    } aside |s| {
        let (value, frame) = (s.top(1), Frame::of_slow(s));
        return_value(s.m, frame, value)
    }

    /// Returns a constant to the caller.
    RETURN_CONST (--) fast |cx| {
        return_plainly(cx, Code::constant((*cx.frame()).code, cx.oparg))
    } aside |s| {
        let (value, frame) = (Code::constant(s.code(), s.oparg), Frame::of_slow(s));
        return_value(s.m, frame, value)
    }

    /// Sends a value to the iterator below; jumps with its result when it ends.
    SEND (receiver, value -- receiver, value) slow |s| {
        let (receiver, value) = (s.top(2), s.top(1));
        match s.m.send(receiver, value)? {
            Resumed::Yield(v) => {
                s.set_top(1, v);
                Ok(Next::Done)
            }
            Resumed::Return(v) => {
                s.set_top(1, v);
                Ok(s.jump(SEND::LEN, s.oparg.cast_signed()))
            }
        }
    }

    /// Sends a value to a generator or coroutine, whose frame is entered here.
    SEND_GEN of SEND (receiver, value -- receiver, value) fast |cx| {
        let receiver = cx.top(2);
        if !(cx.is_exact(receiver, (*cx.vm).types.generator) || cx.is_exact(receiver, (*cx.vm).types.coroutine)) {
            return cx.slow();
        }
        let generator = receiver.cast::<Generator>();
        if !matches!(generator.state.get(), GenState::Created | GenState::Suspended) || (*cx.vm).recursion_left <= 1 {
            return cx.slow();
        }
        let value = cx.top(1);
        if generator.state.get() == GenState::Created && value != Value::NONE {
            return cx.slow();
        }
        let frame = cx.frame();
        (*frame).ip = cx.ip.add(SEND::LEN);
        (*frame).sp = cx.sp.sub(1);
        (*cx.vm).fp = cx.fp;
        generator.enter(cx.vm, value);
        let inner = generator.frame();
        (*inner).return_offset = cx.oparg as u32;
        Flow::Enter((*inner).ip, (*inner).sp, generator.fp())
    }

    /// Drops the receiver of a finished `yield from`, keeping the value.
    END_SEND (receiver, value -- value) fast |cx| {
        let value = cx.pop();
        cx.set_top(1, value);
        cx.next()
    }

    /// Iterator of a `yield from` operand.
    GET_YIELD_FROM_ITER (iterable -- iterator) slow |s| {
        let iterable = s.top(1);
        let ty = s.m.type_of(iterable);
        if ty == s.m.types.coroutine {
            if !s.code().flags().has(crate::code::CodeFlags::COROUTINE) && !s.code().flags().has(crate::code::CodeFlags::ITERABLE_COROUTINE) {
                return Err(s.m.type_error("cannot 'yield from' a coroutine object in a non-coroutine generator"));
            }
        } else if ty != s.m.types.generator {
            let iterator = s.m.iter(iterable)?;
            s.set_top(1, iterator);
        }
        Ok(Next::Done)
    }

    /// Handles an exception thrown into a delegating generator: StopIteration ends the delegation.
    CLEANUP_THROW (sub_iterator, last_sent, exception -- none, value) slow |s| {
        let exception = s.top(1);
        let class = s.m.exceptions.stop_iteration;
        if s.m.type_of(exception).is_subtype_of(class) {
            let name = s.m.names.value;
            let value = s.m.get_attr(exception, name)?;
            s.drop(3);
            s.push(Value::NONE);
            s.push(value);
            return Ok(Next::Done);
        }
        Err(s.m.reraise_from_handler(exception))
    }

    /// Leaves the run loop: never compiled.
    INTERPRETER_EXIT (value --) slow |s| {
        Err(s.m.system_error("INTERPRETER_EXIT in a program"))
    }
}

/// Pops an ordinary frame or an `__init__`'s, and goes on in its caller, or in the native code that called it; others end out of line.
#[inline(always)]
unsafe fn return_plainly(cx: Cx, value: Value) -> Flow {
    // SAFETY: a frame without flags was pushed on the VM stack by its caller, which saved its state.
    unsafe {
        let frame = cx.frame();
        if (*frame).flags != 0 {
            // Read again, so that the common case remains one comparison with memory.
            let frame = kept(frame);
            let flags = (*frame).flags;
            if flags != Frame::ENTRY && (flags != Frame::INIT || value != Value::NONE) {
                return cx.slow();
            }
            let fp = (*frame).previous;
            (*cx.vm).stack_top = frame.cast();
            (*cx.vm).recursion_left += 1;
            if flags == Frame::INIT {
                let caller = Frame::of(fp);
                return Flow::Enter((*caller).ip, (*caller).sp, fp);
            }
            (*cx.vm).fp = fp;
            (*cx.vm).returned = value;
            return Flow::Exit;
        }
        let fp = (*frame).previous;
        (*cx.vm).stack_top = frame.cast();
        (*cx.vm).recursion_left += 1;
        let caller = Frame::of(fp);
        let sp = (*caller).sp;
        *sp = value;
        Flow::Enter((*caller).ip, sp.add(1), fp)
    }
}

/// Ends a frame with flags: an entry frame, a generator's, an `__init__`'s.
fn return_value(m: &mut Machine, frame: *mut Frame, value: Value) -> Next {
    // SAFETY: the frame is current; a generator's frame lies in its object.
    unsafe {
        let flags = (*frame).flags;
        if flags & Frame::INIT != 0 && !value.is_none() {
            // The error is the caller's.
            m.pop_frame();
            let name = m.type_name(value);
            let _raised = m.type_error(&format!("__init__() should return None, not '{name}'"));
            return Next::Unwind;
        }
        let offset = (*frame).return_offset as isize;
        if flags & Frame::GENERATOR != 0 {
            let generator = Generator::of_frame(frame);
            if flags & Frame::ENTRY == 0 {
                generator.finish_for_resumer(m);
            } else {
                generator.finish(m);
            }
            return deliver(m, value, flags, offset);
        }
        m.pop_frame();
        if flags & Frame::INIT != 0 && flags & Frame::ENTRY == 0 {
            return Next::Frame;
        }
        deliver(m, value, flags, 0)
    }
}

/// Hands a value to what ran the frame just left: native code, or the frame that is current now, `offset` units further on.
fn deliver(m: &mut Machine, value: Value, flags: u32, offset: isize) -> Next {
    if flags & Frame::ENTRY != 0 {
        m.returned = value;
        return Next::Exit;
    }
    // SAFETY: the resumer saved its state.
    unsafe {
        let frame = Frame::of(m.fp);
        *(*frame).sp = value;
        (*frame).sp = (*frame).sp.add(1);
        (*frame).ip = (*frame).ip.offset(offset);
    }
    Next::Frame
}
