//! Adaptation: levels, preparing code for one, and the specialising interpreter of PEP 659.

pub mod counter;
pub mod failure;
pub mod fusion;
pub mod policy;
pub mod prepare;
pub mod quicken;
pub mod specialize;
pub mod view;

use crate::machine::frame::Frame;
use crate::machine::{Machine, R};
use crate::object::value::Value;
use crate::op::{Body, Cx, Flow, Next, NoBody, Op, Slow, Unit};
use crate::opcodes::Opcode;
use crate::probe::{Adapted, Probe};
use std::marker::PhantomData;

/// Which prepared opcodes the code holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Generic, counter-free opcodes; no superinstructions.
    Plain,
    /// Generic, counter-free opcodes; pairs are fused in place after warm-up.
    Quickened,
    /// Inline caches and specialised opcodes; no superinstructions.
    Cached,
    /// Inline caches, specialised opcodes and the compiler's superinstructions: CPython 3.13's own form.
    Specialized,
}

impl Level {
    /// All levels.
    pub const ALL: [Level; 4] = [Level::Plain, Level::Quickened, Level::Cached, Level::Specialized];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Level::Plain => "plain",
            Level::Quickened => "quickened",
            Level::Cached => "cached",
            Level::Specialized => "specialized",
        }
    }

    /// Whether adaptive opcodes and inline caches are used.
    #[must_use]
    pub const fn adapts(self) -> bool {
        matches!(self, Level::Cached | Level::Specialized)
    }

    /// Whether the compiler's superinstructions are used.
    #[must_use]
    pub const fn fused(self) -> bool {
        matches!(self, Level::Specialized)
    }
}

/// A generic opcode whose sites adapt.
pub trait Family: Op + Body {
    /// The counting form, which specialises when its counter triggers.
    const ADAPTIVE: Opcode;

    /// Tries to specialise the instruction: on success writes caches and returns the specialised opcode; on failure, why (CPython's name).
    ///
    /// # Safety
    /// The state is that of verified code stopped at this instruction.
    unsafe fn specialize(s: &mut Slow<'_>) -> Result<Opcode, &'static str>;
}

/// The counting form of a generic opcode: specialises when its counter triggers, else does what the generic opcode does.
pub struct Adaptive<F: Family>(PhantomData<F>);

impl<F: Family> Op for Adaptive<F> {
    const OPCODE: Opcode = F::ADAPTIVE;
    const LEN: usize = F::LEN;
    const SYNOPSIS: &'static str = F::SYNOPSIS;
    const OUT_OF_LINE: bool = false;
    type Component0<P: Probe> = F;
    type Component1<P: Probe> = Specialize<F>;
    type Component2<P: Probe> = NoBody;
    type Component3<P: Probe> = NoBody;
    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx) -> Flow {
        // SAFETY: the adaptive form has its generic's operands and caches; its counter is in the first cache unit.
        unsafe { if is_due(cx.ip) { Flow::Slow(1, cx.ip, cx.sp) } else { F::run::<P>(cx) } }
    }
}

/// Whether the counter of an adaptive instruction triggers; if not, it advances.
///
/// # Safety
/// `ip` is an instruction with a counter in its first cache unit.
#[inline(always)]
unsafe fn is_due(ip: *mut Unit) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        let cell = ip.add(1);
        let counter = *cell as u16;
        if counter::triggers(counter) {
            return true;
        }
        *cell = u32::from(counter::advance(counter));
        false
    }
}

/// What the adaptive form of a family does when its counter triggers.
pub struct Specialize<F: Family>(PhantomData<F>);

impl<F: Family> Body for Specialize<F> {
    const BODY_LEN: usize = F::LEN;
    const IN_PLACE: bool = false;
    #[inline(always)]
    unsafe fn body(s: &mut Slow<'_>) -> R<Next> {
        // SAFETY: as `Adaptive`.
        unsafe { s.apart(|s| specialize_now::<F>(s)) }
    }
}

/// Tries to specialise; on success the instruction is dispatched again, on failure it runs generically.
#[cold]
#[inline(never)]
unsafe fn specialize_now<F: Family>(s: &mut Slow<'_>) -> R<Next> {
    // SAFETY: as `Adaptive`.
    unsafe {
        let was = crate::op::unit_op(*s.ip) as u16;
        match F::specialize(s) {
            Ok(op) => {
                set_opcode(s.ip, op);
                *s.ip.add(1) = u32::from(s.m.policy.cooldown);
                report(s, F::OPCODE, Adapted::Success(op));
                tracing::trace!(target: "adapt", family = F::OPCODE.name(), to = op.name(), "specialised");
                Ok(Next::Again)
            }
            Err(reason) => {
                // The generic instruction is dispatched again in CPython, and counts.
                *s.ip.add(1) = u32::from(counter::advance(counter::back_off(*s.ip.add(1) as u16, s.m.policy.max_backoff)));
                if was != F::ADAPTIVE as u16 {
                    report(s, F::OPCODE, Adapted::Deopt(Opcode::from_number(was).unwrap_or(F::OPCODE)));
                    set_opcode(s.ip, F::ADAPTIVE);
                }
                report(s, F::OPCODE, Adapted::Failure(reason));
                tracing::trace!(target: "adapt", family = F::OPCODE.name(), reason, "not specialised");
                F::body(s)
            }
        }
    }
}

/// A specialised instruction's guard failed: the adaptive form counts that towards specialising anew, and does the generic work
/// (CPython's `DEOPT_IF`).
///
/// # Errors
/// Never.
#[inline(always)]
pub const fn miss() -> R<Next> {
    Ok(Next::Missed)
}

/// What follows a miss.
///
/// # Safety
/// The state is that of verified code stopped at a member of the family.
#[cold]
#[inline(never)]
pub unsafe fn missed<F: Family>(s: &mut Slow<'_>) -> R<Next> {
    // SAFETY: as the caller promises.
    unsafe { Missed::<F>::body(s) }
}

/// What the specialised forms of a family that have nothing else to do out of line do there: they miss.
pub struct Missed<F: Family>(PhantomData<F>);

impl<F: Family> Body for Missed<F> {
    const BODY_LEN: usize = F::LEN;
    const IN_PLACE: bool = false;
    const MISSES: Option<Opcode> = Some(F::ADAPTIVE);
    const ONLY_MISSES: bool = true;
    #[inline(always)]
    unsafe fn body(s: &mut Slow<'_>) -> R<Next> {
        // SAFETY: as `miss`.
        unsafe {
            report_miss(s, F::OPCODE);
            if is_due(s.ip) { s.apart(|s| specialize_now::<F>(s)) } else { F::body(s) }
        }
    }
}

/// Tells the observer, if there is one, that the instruction missed.
#[inline(always)]
pub(crate) fn report_miss(s: &mut Slow<'_>, family: Opcode) {
    if !s.m.probe.is_null() {
        miss_watched(s.m, s.ip, s.fp, family);
    }
}

#[cold]
#[inline(never)]
fn miss_watched(m: &mut Machine, ip: *mut u32, fp: *mut Value, family: Opcode) {
    // SAFETY: the state is that of verified code stopped at an instruction; probe data outlives the run.
    unsafe {
        let op = Opcode::from_number(crate::op::op_at(ip) as u16).unwrap_or(family);
        if let Some(observer) = m.probe.as_mut().and_then(|p| p.observer.as_mut()) {
            observer.adapted(&*(*Frame::of(fp)).code, ip, family, Adapted::Miss(op));
        }
    }
}

/// Rewrites an instruction's opcode, keeping its argument.
///
/// # Safety
/// `ip` is an instruction of this machine's code, and `op` has the same length.
pub unsafe fn set_opcode(ip: *mut u32, op: Opcode) {
    // SAFETY: as the caller promises.
    unsafe { *ip = (*ip & 0xffff_0000) | op as u32 }
}

/// Tells the observer, if there is one.
pub(crate) fn report(s: &mut Slow<'_>, family: Opcode, what: Adapted) {
    // SAFETY: probe data outlives the run.
    unsafe {
        if let Some(observer) = s.m.probe.as_mut().and_then(|p| p.observer.as_mut()) {
            let code = (*Frame::of(s.fp)).code;
            observer.adapted(&*code, s.ip, family, what);
        }
    }
}
