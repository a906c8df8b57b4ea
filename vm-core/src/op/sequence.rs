//! Sequences of opcodes as types: what superinstructions are composed from.
//!
//! A sequence is a list, `Seq<A, Seq<B, End>>`. While components have nothing to do out of line, they are inlined one after the other
//! into the dispatch technique, as opcodes of their own are. From the first one that goes out of line on, the rest is done there too
//! ([`Then`]): one entry into out-of-line code does the work of several instructions. The instructions themselves stay where they are,
//! so at any boundary a sequence can be left, and the next instruction dispatched on its own.

use super::{Body, Cx, Flow, Next, NoBody, Op, Slow, arg_at};
use crate::machine::R;
use crate::machine::frame::Frame;
use crate::probe::Probe;
use std::marker::PhantomData;

/// An opcode that can stand in a sequence.
pub trait Part: Op + Body {
    /// Whether it can raise: it has an out-of-line half that is not `aside`.
    const RAISES: bool;
    /// Its out-of-line half and, behind it, the rest of a sequence; nothing for an opcode without such a half.
    type Then<T: Tail, P: Probe>: Body;
}

/// What is left of a sequence.
pub trait Tail {
    /// Length in units.
    const LEN: usize;
    /// Whether nothing is left.
    const IS_END: bool;
    /// What follows the first component.
    type Rest: Tail;
    /// Whether all of it may be compiled into a handler ([`Body::IN_PLACE`]).
    const IN_PLACE: bool;
    /// What is done out of line if the first component goes there.
    type OutOfLine<P: Probe>: Body;

    /// Runs the components in line. `index` is the first one's number in the sequence.
    ///
    /// # Safety
    /// The state is that of verified code stopped at the first component, and the components follow one another there.
    unsafe fn run<P: Probe>(cx: Cx, index: u8) -> Flow;

    /// Does the components out of line.
    ///
    /// # Safety
    /// As for `run`.
    unsafe fn finish<P: Probe>(s: &mut Slow<'_>) -> R<Next>;
}

/// Nothing.
pub struct End;

impl Tail for End {
    const LEN: usize = 0;
    const IS_END: bool = true;
    const IN_PLACE: bool = true;
    type Rest = End;
    type OutOfLine<P: Probe> = NoBody;
    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx, _: u8) -> Flow {
        Flow::Jump(cx.ip, cx.sp)
    }
    #[inline(always)]
    unsafe fn finish<P: Probe>(_: &mut Slow<'_>) -> R<Next> {
        Ok(Next::Done)
    }
}

/// `A`, then `T`.
pub struct Seq<A, T>(PhantomData<(A, T)>);

impl<A: Part, T: Tail> Tail for Seq<A, T> {
    const LEN: usize = A::LEN + T::LEN;
    const IS_END: bool = false;
    const IN_PLACE: bool = A::IN_PLACE && T::IN_PLACE;
    type Rest = T;
    type OutOfLine<P: Probe> = A::Then<T, P>;

    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx, index: u8) -> Flow {
        // SAFETY: as the caller promises; what follows starts behind this component.
        unsafe {
            if index > 0 {
                P::part(cx.vm, A::OPCODE, cx.ip, cx.sp, cx.fp);
            }
            match A::run::<P>(cx) {
                Flow::Next(sp) => {
                    let ip = cx.ip.add(A::LEN);
                    let oparg = if T::IS_END { 0 } else { arg_at(ip) };
                    T::run::<P>(Cx { ip, sp, oparg, ..cx }, index + 1)
                }
                Flow::Slow(_, ip, sp) => Flow::Slow(index, ip, sp),
                other => other,
            }
        }
    }

    #[inline(always)]
    unsafe fn finish<P: Probe>(s: &mut Slow<'_>) -> R<Next> {
        // SAFETY: as the caller promises; the frame is the running one.
        unsafe {
            let ip = s.ip;
            s.oparg = arg_at(ip);
            P::part(s.m, A::OPCODE, ip, s.sp, s.fp);
            match A::run::<P>(Cx { ip, sp: s.sp, fp: s.fp, vm: s.m, oparg: s.oparg }) {
                Flow::Next(sp) => {
                    s.sp = sp;
                    s.ip = ip.add(A::LEN);
                    T::finish::<P>(s)
                }
                Flow::Jump(target, sp) => {
                    s.sp = sp;
                    Ok(Next::Jump(target))
                }
                Flow::Enter(ip, sp, fp) => Ok(Next::Enter(ip, sp, fp)),
                Flow::Exit => Ok(Next::Exit),
                Flow::Slow(_, ip, sp) => {
                    let frame = Frame::of(s.fp);
                    (*frame).ip = ip.add(1);
                    (*frame).sp = sp;
                    (s.ip, s.sp) = (ip, sp);
                    <Then<A, T, P> as Body>::body(s)
                }
            }
        }
    }
}

/// The out-of-line half of `A`, and behind it `T`.
pub struct Then<A, T, P>(PhantomData<(A, T, P)>);

impl<A: Part, T: Tail, P: Probe> Body for Then<A, T, P> {
    const BODY_LEN: usize = A::LEN + T::LEN;
    const IN_PLACE: bool = A::IN_PLACE && T::IN_PLACE;
    #[inline(always)]
    unsafe fn body(s: &mut Slow<'_>) -> R<Next> {
        // SAFETY: as the caller promises.
        unsafe {
            match A::body(s)? {
                Next::Done => {
                    s.ip = s.ip.add(A::LEN);
                    T::finish::<P>(s)
                }
                other => Ok(other),
            }
        }
    }
}
