//! Superinstructions, composed from existing opcodes: nothing here has a body of its own.
//!
//! [`Fused`] is the 3.11 way: the first opcode of a pair is rewritten in place, the second instruction stays behind it, so a jump to
//! it, and the position of an error in it, stay exact. [`Packed`] is the 3.13 way: the compiler emits one instruction whose argument
//! holds both arguments, four bits each.

use super::*;
use crate::op::{Cx, Flow, NoBody, Op, unit_arg};
use crate::opcodes::Opcode;
use crate::probe::Probe;
use std::marker::PhantomData;

/// Names the opcode number of a fused pair.
pub trait PairCode {
    /// The number.
    const CODE: Opcode;
}

/// `A` then `B`, which follows it in place.
pub struct Fused<A, B, N>(PhantomData<(A, B, N)>);

impl<A: Op<Component0 = A> + crate::op::Body, B: Op<Component0 = B> + crate::op::Body, N: PairCode> Op for Fused<A, B, N> {
    const OPCODE: Opcode = N::CODE;
    const LEN: usize = A::LEN;
    const SYNOPSIS: &'static str = "two instructions in one dispatch";
    const OUT_OF_LINE: bool = false;
    type Component0 = A;
    type Component1 = B;
    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx) -> Flow {
        // SAFETY: the pair was fused where B follows A in the same code.
        unsafe {
            match A::run::<P>(cx) {
                Flow::Next(sp) => {
                    let ip = cx.ip.add(A::LEN);
                    P::skipped(cx.vm, B::OPCODE.base_weight());
                    match B::run::<P>(Cx { ip, sp, oparg: unit_arg(*ip), ..cx }) {
                        Flow::Next(sp) => Flow::Jump(ip.add(B::LEN), sp),
                        Flow::Slow(_, ip, sp, oparg) => Flow::Slow(1, ip, sp, oparg),
                        other => other,
                    }
                }
                other => other,
            }
        }
    }
}

/// `A` then `B` with both arguments in one.
pub struct Packed<A, B, N>(PhantomData<(A, B, N)>);

impl<A: Op, B: Op, N: PairCode> Op for Packed<A, B, N> {
    const OPCODE: Opcode = N::CODE;
    const SYNOPSIS: &'static str = "two instructions in one, arguments packed";
    const OUT_OF_LINE: bool = false;
    type Component0 = NoBody;
    type Component1 = NoBody;
    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx) -> Flow {
        // SAFETY: neither component can fail or leave the instruction.
        unsafe {
            match A::run::<P>(Cx { oparg: cx.oparg >> 4, ..cx }) {
                Flow::Next(sp) => {
                    P::skipped(cx.vm, 1);
                    B::run::<P>(Cx { sp, oparg: cx.oparg & 15, ..cx })
                }
                other => other,
            }
        }
    }
}

macro_rules! pairs {
    ($kind:ident: $($name:ident = $a:ident + $b:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($a), "` then `", stringify!($b), "`.")]
            #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
            pub type $name = $kind<$a, $b, codes::$name>;
        )*
    };
}

macro_rules! all_pairs {
    (packed: { $($p:ident = $pa:ident + $pb:ident;)* } fused: { $($f:ident = $fa:ident + $fb:ident;)* }) => {
        mod codes {
            use super::{Opcode, PairCode};
            $(#[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")] pub struct $p; impl PairCode for $p { const CODE: Opcode = Opcode::$p; })*
            $(#[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")] pub struct $f; impl PairCode for $f { const CODE: Opcode = Opcode::$f; })*
        }
        pairs!(Packed: $($p = $pa + $pb;)*);
        pairs!(Fused: $($f = $fa + $fb;)*);

        /// The in-place pairs: fused opcode, first and second component.
        pub const FUSED_PAIRS: &[(Opcode, Opcode, Opcode)] = &[$((Opcode::$f, Opcode::$fa, Opcode::$fb),)*];
    };
}

all_pairs! {
    packed: {
        LOAD_FAST_LOAD_FAST = LOAD_FAST + LOAD_FAST;
        STORE_FAST_LOAD_FAST = STORE_FAST + LOAD_FAST;
        STORE_FAST_STORE_FAST = STORE_FAST + STORE_FAST;
    }
    fused: {
        LOAD_FAST__LOAD_FAST = LOAD_FAST + LOAD_FAST;
        LOAD_FAST__LOAD_CONST = LOAD_FAST + LOAD_CONST;
        LOAD_FAST__LOAD_ATTR = LOAD_FAST + LOAD_ATTR;
        LOAD_FAST__BINARY_OP = LOAD_FAST + BINARY_OP;
        LOAD_FAST__BINARY_SUBSCR = LOAD_FAST + BINARY_SUBSCR;
        LOAD_FAST__COMPARE_OP = LOAD_FAST + COMPARE_OP;
        LOAD_FAST__CALL = LOAD_FAST + CALL;
        LOAD_FAST__LOAD_GLOBAL = LOAD_FAST + LOAD_GLOBAL;
        LOAD_FAST__RETURN_VALUE = LOAD_FAST + RETURN_VALUE;
        LOAD_FAST__STORE_ATTR = LOAD_FAST + STORE_ATTR;
        LOAD_FAST__STORE_SUBSCR = LOAD_FAST + STORE_SUBSCR;
        LOAD_FAST__CONTAINS_OP = LOAD_FAST + CONTAINS_OP;
        LOAD_FAST__TO_BOOL = LOAD_FAST + TO_BOOL;
        LOAD_FAST__LOAD_DEREF = LOAD_FAST + LOAD_DEREF;
        LOAD_CONST__LOAD_FAST = LOAD_CONST + LOAD_FAST;
        LOAD_CONST__BINARY_OP = LOAD_CONST + BINARY_OP;
        LOAD_CONST__COMPARE_OP = LOAD_CONST + COMPARE_OP;
        LOAD_CONST__CALL = LOAD_CONST + CALL;
        LOAD_CONST__STORE_FAST = LOAD_CONST + STORE_FAST;
        LOAD_CONST__BINARY_SUBSCR = LOAD_CONST + BINARY_SUBSCR;
        STORE_FAST__LOAD_FAST = STORE_FAST + LOAD_FAST;
        STORE_FAST__LOAD_CONST = STORE_FAST + LOAD_CONST;
        STORE_FAST__LOAD_GLOBAL = STORE_FAST + LOAD_GLOBAL;
        STORE_FAST__STORE_FAST = STORE_FAST + STORE_FAST;
        STORE_FAST__JUMP_BACKWARD = STORE_FAST + JUMP_BACKWARD;
        POP_TOP__LOAD_FAST = POP_TOP + LOAD_FAST;
        POP_TOP__LOAD_GLOBAL = POP_TOP + LOAD_GLOBAL;
        POP_TOP__LOAD_CONST = POP_TOP + LOAD_CONST;
        POP_TOP__JUMP_BACKWARD = POP_TOP + JUMP_BACKWARD;
        POP_JUMP_IF_FALSE__LOAD_FAST = POP_JUMP_IF_FALSE + LOAD_FAST;
        POP_JUMP_IF_FALSE__LOAD_GLOBAL = POP_JUMP_IF_FALSE + LOAD_GLOBAL;
        POP_JUMP_IF_FALSE__LOAD_CONST = POP_JUMP_IF_FALSE + LOAD_CONST;
        COPY__TO_BOOL = COPY + TO_BOOL;
        PUSH_NULL__LOAD_FAST = PUSH_NULL + LOAD_FAST;
        LOAD_DEREF__LOAD_FAST = LOAD_DEREF + LOAD_FAST;
    }
}
