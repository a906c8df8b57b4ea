//! Jumps, RESUME and safepoints.

use crate::adapt::set_opcode;
use crate::hints::kept;
use crate::machine::{Breaker, R, stored_code, tracing};
use crate::object::value::Value;
use crate::op;
use crate::op::{Cx, Next, Op, Slow};
use crate::opcodes::Opcode;
use std::sync::atomic::Ordering;

op! {
    /// Start of a function (argument 0), or after a yield (1), a yield from (2) or an await (3): a safepoint in the first two cases.
    RESUME (--) fast |cx| {
        if (*cx.vm).breaker.load(Ordering::Relaxed) != 0 {
            return cx.slow();
        }
        cx.next()
    } apart |s| {
        resume(s)
    }

    /// RESUME of code that adapts, not yet run: becomes RESUME_CHECK.
    ADAPTIVE_RESUME (--) apart |s| {
        set_opcode(s.ip, Opcode::RESUME_CHECK);
        resume(s)
    }

    /// RESUME, when only the breaker is left to check; when it is set, RESUME does the work.
    RESUME_CHECK (--) fast |cx| {
        if (*cx.vm).breaker.load(Ordering::Relaxed) != 0 {
            return cx.slow();
        }
        cx.next()
    } apart |s| {
        crate::adapt::report_miss(s, Opcode::RESUME);
        resume(s)
    }

    /// RESUME at the quickened level, until the code is warm.
    WARMUP_RESUME (--) apart |s| {
        let next = resume(s)?;
        crate::adapt::quicken::warm_up(s);
        Ok(next)
    }

    /// JUMP_BACKWARD at the quickened level, until the code is warm.
    WARMUP_JUMP_BACKWARD (--) apart |s| {
        if s.m.breaker.load(Ordering::Relaxed) != 0 {
            s.m.safepoint()?;
        }
        crate::adapt::quicken::warm_up(s);
        Ok(s.jump(WARMUP_JUMP_BACKWARD::LEN, -s.oparg.cast_signed()))
    }

    /// Jumps back: a safepoint.
    JUMP_BACKWARD (--) fast |cx| {
        if (*cx.vm).breaker.load(Ordering::Relaxed) != 0 {
            return cx.slow();
        }
        cx.jump(JUMP_BACKWARD::LEN, -cx.oparg.cast_signed())
    } slow |s| {
        s.m.safepoint()?;
        Ok(s.jump(JUMP_BACKWARD::LEN, -s.oparg.cast_signed()))
    }

    /// Jumps back, within `yield from`: no safepoint.
    JUMP_BACKWARD_NO_INTERRUPT (--) fast |cx| {
        cx.jump(JUMP_BACKWARD_NO_INTERRUPT::LEN, -cx.oparg.cast_signed())
    }

    /// Tells a trace function of the instruction that really stands here, and has it run.
    TRACED (--) apart |s| {
        tracing::step(s)
    }

    /// Makes stored code ready to run, and has it run.
    MAKE_READY (--) apart |s| {
        stored_code::start(s)
    }

    /// Jumps forward.
    JUMP_FORWARD (--) fast |cx| {
        cx.jump(JUMP_FORWARD::LEN, cx.oparg.cast_signed())
    }

    /// Jumps if the top, a bool, is false.
    POP_JUMP_IF_FALSE (condition --) fast |cx| {
        if popped(&mut cx) == Value::FALSE { cx.jump(POP_JUMP_IF_FALSE::LEN, cx.oparg.cast_signed()) } else { cx.next() }
    }

    /// Jumps if the top, a bool, is true.
    POP_JUMP_IF_TRUE (condition --) fast |cx| {
        if popped(&mut cx) == Value::TRUE { cx.jump(POP_JUMP_IF_TRUE::LEN, cx.oparg.cast_signed()) } else { cx.next() }
    }

    /// Jumps if the top is None.
    POP_JUMP_IF_NONE (value --) fast |cx| {
        if cx.pop() == Value::NONE { cx.jump(POP_JUMP_IF_NONE::LEN, cx.oparg.cast_signed()) } else { cx.next() }
    }

    /// Jumps unless the top is None.
    POP_JUMP_IF_NOT_NONE (value --) fast |cx| {
        if cx.pop() == Value::NONE { cx.next() } else { cx.jump(POP_JUMP_IF_NOT_NONE::LEN, cx.oparg.cast_signed()) }
    }
}

/// Bits of RESUME's argument that say where it stands.
const RESUME_LOCATION: usize = 3;
/// The first of the places at which RESUME is no safepoint: an iteration of `yield from` or `await` must not be interrupted between the
/// inner frame's yield and the outer one's.
const RESUME_AFTER_YIELD_FROM: usize = 2;

/// What RESUME does apart from being rewritten.
fn resume(s: &mut Slow<'_>) -> R<Next> {
    if s.oparg & RESUME_LOCATION < RESUME_AFTER_YIELD_FROM && s.m.breaker.load(Ordering::Relaxed) != 0 {
        s.m.safepoint()?;
        if s.m.breaker.load(Ordering::Relaxed) & Breaker::TRACE != 0 {
            return tracing::enter(s);
        }
    }
    Ok(Next::Done)
}

/// Pops the condition of a jump.
#[inline(always)]
unsafe fn popped(cx: &mut Cx) -> Value {
    // SAFETY: verified code.
    unsafe {
        cx.sp = kept(cx.sp.sub(1));
        *cx.sp
    }
}
