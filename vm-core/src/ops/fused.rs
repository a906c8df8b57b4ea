//! Superinstructions, composed from existing opcodes: nothing here has a body of its own.
//!
//! [`Fused`] is the 3.11 way, for two to four instructions: the first one's opcode is rewritten in place, the others stay behind it, so
//! jumps to them, returns to them and the positions of errors in them stay exact. [`Packed`] is the 3.13 way: the compiler emits one
//! instruction whose argument holds both arguments, four bits each.

use super::*;
use crate::op::{Cx, End, Flow, NoBody, Op, Part, Seq, Tail};
use crate::opcodes::Opcode;
use crate::probe::Probe;
use std::marker::PhantomData;

/// Names the opcode number of a superinstruction.
pub trait Code {
    /// The number.
    const CODE: Opcode;
}

/// The components of `S`, which follow one another in place.
pub struct Fused<S, N>(PhantomData<(S, N)>);

impl<A: Part, T: Tail, N: Code> Op for Fused<Seq<A, T>, N> {
    const OPCODE: Opcode = N::CODE;
    const LEN: usize = A::LEN;
    const SYNOPSIS: &'static str = ":Several instructions in one dispatch.";
    const OUT_OF_LINE: bool = A::OUT_OF_LINE;
    type Component0<P: Probe> = A::Then<T, P>;
    type Component1<P: Probe> = T::OutOfLine<P>;
    type Component2<P: Probe> = <T::Rest as Tail>::OutOfLine<P>;
    type Component3<P: Probe> = <<T::Rest as Tail>::Rest as Tail>::OutOfLine<P>;
    #[inline(always)]
    unsafe fn run<P: Probe>(cx: Cx) -> Flow {
        // SAFETY: they were fused where they follow one another in the same code.
        unsafe { <Seq<A, T> as Tail>::run::<P>(cx, 0) }
    }
}

/// `A` then `B` with both arguments in one.
pub struct Packed<A, B, N>(PhantomData<(A, B, N)>);

impl<A: Op, B: Op, N: Code> Op for Packed<A, B, N> {
    const OPCODE: Opcode = N::CODE;
    const SYNOPSIS: &'static str = ":Two instructions in one, arguments packed.";
    const OUT_OF_LINE: bool = false;
    type Component0<P: Probe> = NoBody;
    type Component1<P: Probe> = NoBody;
    type Component2<P: Probe> = NoBody;
    type Component3<P: Probe> = NoBody;
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

/// A superinstruction that can be fused in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Super {
    /// The fused opcode.
    pub opcode: Opcode,
    /// What it does, one after the other.
    pub parts: &'static [Opcode],
    /// Which of them can raise, by their definitions ([`Part::RAISES`]).
    pub raises: &'static [bool],
    /// Roughly how many machine instructions one execution saves, in hundredths.
    pub gain: u32,
}

/// Most components that a superinstruction has.
pub const MAX_PARTS: usize = 4;

macro_rules! sequence {
    () => { End };
    ($part:ident $($rest:ident)*) => { Seq<$part, sequence!($($rest)*)> };
}

macro_rules! superinstructions {
    (packed: { $($p:ident = $pa:ident + $pb:ident;)* } fused: { $($f:ident = $first:ident $(+ $part:ident)+;)* }) => {
        mod codes {
            use super::{Code, Opcode};
            $(#[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")] pub struct $p; impl Code for $p { const CODE: Opcode = Opcode::$p; })*
            $(#[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")] pub struct $f; impl Code for $f { const CODE: Opcode = Opcode::$f; })*
        }
        $(
            #[doc = concat!("`", stringify!($pa), "` then `", stringify!($pb), "`.")]
            #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
            pub type $p = Packed<$pa, $pb, codes::$p>;
        )*
        $(
            #[doc = concat!("`", stringify!($first $(, $part)+), "` in place.")]
            #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
            pub type $f = Fused<sequence!($first $($part)+), codes::$f>;
        )*

        /// Every superinstruction that can be fused in place, in the order of their numbers.
        pub const SUPERS: &[Super] = &[$(Super { opcode: Opcode::$f, parts: &[Opcode::$first $(, Opcode::$part)+], raises: &[<$first as Part>::RAISES $(, <$part as Part>::RAISES)+], gain: gain(&[Opcode::$first $(, Opcode::$part)+], &[$first::OUT_OF_LINE $(, $part::OUT_OF_LINE)+]) },)*];
    };
}

superinstructions! {
    packed: {
        LOAD_FAST_LOAD_FAST = LOAD_FAST + LOAD_FAST;
        STORE_FAST_LOAD_FAST = STORE_FAST + LOAD_FAST;
        STORE_FAST_STORE_FAST = STORE_FAST + STORE_FAST;
    }
    fused: {
        LOAD_FAST__LOAD_FAST = LOAD_FAST + LOAD_FAST;
        STORE_FAST__LOAD_FAST = STORE_FAST + LOAD_FAST;
        LOAD_CONST__LOAD_FAST = LOAD_CONST + LOAD_FAST;
        LOAD_FAST__LOAD_CONST = LOAD_FAST + LOAD_CONST;
        STORE_FAST__STORE_FAST = STORE_FAST + STORE_FAST;
        BINARY_OP__BINARY_OP = BINARY_OP + BINARY_OP;
        BINARY_OP__CALL = BINARY_OP + CALL;
        BINARY_OP__LOAD_FAST = BINARY_OP + LOAD_FAST;
        BINARY_OP__RETURN_VALUE = BINARY_OP + RETURN_VALUE;
        BINARY_OP__STORE_FAST = BINARY_OP + STORE_FAST;
        BINARY_SUBSCR__LOAD_FAST = BINARY_SUBSCR + LOAD_FAST;
        BINARY_SUBSCR__STORE_FAST = BINARY_SUBSCR + STORE_FAST;
        COMPARE_OP__POP_JUMP_IF_FALSE = COMPARE_OP + POP_JUMP_IF_FALSE;
        CONTAINS_OP__POP_JUMP_IF_FALSE = CONTAINS_OP + POP_JUMP_IF_FALSE;
        FOR_ITER__STORE_FAST = FOR_ITER + STORE_FAST;
        LOAD_ATTR__CALL = LOAD_ATTR + CALL;
        LOAD_ATTR__LOAD_FAST = LOAD_ATTR + LOAD_FAST;
        LOAD_ATTR__STORE_FAST = LOAD_ATTR + STORE_FAST;
        LOAD_CONST__BINARY_OP = LOAD_CONST + BINARY_OP;
        LOAD_CONST__CALL = LOAD_CONST + CALL;
        LOAD_CONST__COMPARE_OP = LOAD_CONST + COMPARE_OP;
        LOAD_CONST__STORE_FAST = LOAD_CONST + STORE_FAST;
        LOAD_DEREF__LOAD_FAST = LOAD_DEREF + LOAD_FAST;
        LOAD_FAST__BINARY_OP = LOAD_FAST + BINARY_OP;
        LOAD_FAST__BINARY_SUBSCR = LOAD_FAST + BINARY_SUBSCR;
        LOAD_FAST__CALL = LOAD_FAST + CALL;
        LOAD_FAST__COMPARE_OP = LOAD_FAST + COMPARE_OP;
        LOAD_FAST__CONTAINS_OP = LOAD_FAST + CONTAINS_OP;
        LOAD_FAST__LOAD_ATTR = LOAD_FAST + LOAD_ATTR;
        LOAD_FAST__LOAD_GLOBAL = LOAD_FAST + LOAD_GLOBAL;
        LOAD_FAST__RETURN_VALUE = LOAD_FAST + RETURN_VALUE;
        LOAD_FAST__STORE_ATTR = LOAD_FAST + STORE_ATTR;
        LOAD_FAST__STORE_SUBSCR = LOAD_FAST + STORE_SUBSCR;
        LOAD_FAST__TO_BOOL = LOAD_FAST + TO_BOOL;
        LOAD_GLOBAL__LOAD_FAST = LOAD_GLOBAL + LOAD_FAST;
        POP_JUMP_IF_FALSE__LOAD_FAST = POP_JUMP_IF_FALSE + LOAD_FAST;
        POP_TOP__JUMP_BACKWARD = POP_TOP + JUMP_BACKWARD;
        POP_TOP__LOAD_FAST = POP_TOP + LOAD_FAST;
        PUSH_NULL__LOAD_FAST = PUSH_NULL + LOAD_FAST;
        RESUME__LOAD_FAST = RESUME + LOAD_FAST;
        STORE_FAST__JUMP_BACKWARD = STORE_FAST + JUMP_BACKWARD;
        TO_BOOL__POP_JUMP_IF_FALSE = TO_BOOL + POP_JUMP_IF_FALSE;
        BINARY_OP__LOAD_CONST__BINARY_OP = BINARY_OP + LOAD_CONST + BINARY_OP;
        BINARY_OP__LOAD_FAST__LOAD_FAST = BINARY_OP + LOAD_FAST + LOAD_FAST;
        BINARY_OP__STORE_FAST__JUMP_BACKWARD = BINARY_OP + STORE_FAST + JUMP_BACKWARD;
        BINARY_OP__STORE_SUBSCR__JUMP_BACKWARD = BINARY_OP + STORE_SUBSCR + JUMP_BACKWARD;
        BINARY_OP__SWAP__STORE_ATTR = BINARY_OP + SWAP + STORE_ATTR;
        COMPARE_OP__POP_JUMP_IF_FALSE__JUMP_BACKWARD = COMPARE_OP + POP_JUMP_IF_FALSE + JUMP_BACKWARD;
        CONTAINS_OP__POP_JUMP_IF_TRUE__JUMP_BACKWARD = CONTAINS_OP + POP_JUMP_IF_TRUE + JUMP_BACKWARD;
        FOR_ITER__STORE_FAST__LOAD_FAST = FOR_ITER + STORE_FAST + LOAD_FAST;
        LOAD_ATTR__LOAD_ATTR__CALL = LOAD_ATTR + LOAD_ATTR + CALL;
        LOAD_ATTR__LOAD_FAST__CALL = LOAD_ATTR + LOAD_FAST + CALL;
        LOAD_ATTR__LOAD_FAST__LOAD_ATTR = LOAD_ATTR + LOAD_FAST + LOAD_ATTR;
        LOAD_FAST__LOAD_ATTR__CALL = LOAD_FAST + LOAD_ATTR + CALL;
        LOAD_FAST__LOAD_ATTR__RETURN_VALUE = LOAD_FAST + LOAD_ATTR + RETURN_VALUE;
        LOAD_FAST__LOAD_FAST__LOAD_CONST = LOAD_FAST + LOAD_FAST + LOAD_CONST;
        LOAD_FAST__STORE_SUBSCR__JUMP_BACKWARD = LOAD_FAST + STORE_SUBSCR + JUMP_BACKWARD;
        LOAD_GLOBAL__LOAD_FAST__CALL = LOAD_GLOBAL + LOAD_FAST + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_CONST = LOAD_GLOBAL + LOAD_FAST + LOAD_CONST;
        LOAD_GLOBAL__LOAD_FAST__LOAD_FAST = LOAD_GLOBAL + LOAD_FAST + LOAD_FAST;
        LOAD_GLOBAL__LOAD_GLOBAL__CALL = LOAD_GLOBAL + LOAD_GLOBAL + CALL;
        RESUME__LOAD_FAST__LOAD_CONST = RESUME + LOAD_FAST + LOAD_CONST;
        RESUME__LOAD_FAST__LOAD_FAST = RESUME + LOAD_FAST + LOAD_FAST;
        RESUME__POP_TOP__JUMP_BACKWARD = RESUME + POP_TOP + JUMP_BACKWARD;
        BINARY_OP__BINARY_OP__BINARY_OP__STORE_FAST = BINARY_OP + BINARY_OP + BINARY_OP + STORE_FAST;
        BINARY_OP__BINARY_OP__LOAD_CONST__BINARY_OP = BINARY_OP + BINARY_OP + LOAD_CONST + BINARY_OP;
        BINARY_OP__BINARY_OP__STORE_FAST__JUMP_BACKWARD = BINARY_OP + BINARY_OP + STORE_FAST + JUMP_BACKWARD;
        BINARY_OP__BINARY_OP__STORE_FAST__LOAD_FAST = BINARY_OP + BINARY_OP + STORE_FAST + LOAD_FAST;
        BINARY_OP__BINARY_SUBSCR__LOAD_FAST__COMPARE_OP = BINARY_OP + BINARY_SUBSCR + LOAD_FAST + COMPARE_OP;
        BINARY_OP__BINARY_SUBSCR__LOAD_FAST__LOAD_FAST = BINARY_OP + BINARY_SUBSCR + LOAD_FAST + LOAD_FAST;
        BINARY_OP__LOAD_CONST__BINARY_OP__BINARY_OP = BINARY_OP + LOAD_CONST + BINARY_OP + BINARY_OP;
        BINARY_OP__LOAD_CONST__BINARY_OP__CALL = BINARY_OP + LOAD_CONST + BINARY_OP + CALL;
        BINARY_OP__LOAD_CONST__BINARY_OP__LOAD_FAST = BINARY_OP + LOAD_CONST + BINARY_OP + LOAD_FAST;
        BINARY_OP__LOAD_CONST__BINARY_OP__RETURN_VALUE = BINARY_OP + LOAD_CONST + BINARY_OP + RETURN_VALUE;
        BINARY_OP__LOAD_CONST__BINARY_OP__STORE_FAST = BINARY_OP + LOAD_CONST + BINARY_OP + STORE_FAST;
        BINARY_OP__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = BINARY_OP + LOAD_CONST + COMPARE_OP + POP_JUMP_IF_FALSE;
        BINARY_OP__LOAD_FAST__BINARY_OP__LOAD_CONST = BINARY_OP + LOAD_FAST + BINARY_OP + LOAD_CONST;
        BINARY_OP__LOAD_FAST__BINARY_OP__LOAD_FAST = BINARY_OP + LOAD_FAST + BINARY_OP + LOAD_FAST;
        BINARY_OP__LOAD_FAST__BINARY_OP__RETURN_VALUE = BINARY_OP + LOAD_FAST + BINARY_OP + RETURN_VALUE;
        BINARY_OP__LOAD_FAST__BINARY_OP__STORE_FAST = BINARY_OP + LOAD_FAST + BINARY_OP + STORE_FAST;
        BINARY_OP__LOAD_FAST__LOAD_ATTR__LOAD_FAST = BINARY_OP + LOAD_FAST + LOAD_ATTR + LOAD_FAST;
        BINARY_OP__LOAD_FAST__LOAD_CONST__BINARY_OP = BINARY_OP + LOAD_FAST + LOAD_CONST + BINARY_OP;
        BINARY_OP__LOAD_FAST__LOAD_FAST__BINARY_OP = BINARY_OP + LOAD_FAST + LOAD_FAST + BINARY_OP;
        BINARY_OP__LOAD_FAST__LOAD_FAST__CALL = BINARY_OP + LOAD_FAST + LOAD_FAST + CALL;
        BINARY_OP__LOAD_FAST__LOAD_FAST__STORE_SUBSCR = BINARY_OP + LOAD_FAST + LOAD_FAST + STORE_SUBSCR;
        BINARY_OP__LOAD_FAST__STORE_ATTR__JUMP_BACKWARD = BINARY_OP + LOAD_FAST + STORE_ATTR + JUMP_BACKWARD;
        BINARY_OP__LOAD_FAST__STORE_ATTR__LOAD_FAST = BINARY_OP + LOAD_FAST + STORE_ATTR + LOAD_FAST;
        BINARY_OP__LOAD_GLOBAL__LOAD_FAST__CALL = BINARY_OP + LOAD_GLOBAL + LOAD_FAST + CALL;
        BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_ATTR = BINARY_OP + STORE_FAST + LOAD_FAST + LOAD_ATTR;
        BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_CONST = BINARY_OP + STORE_FAST + LOAD_FAST + LOAD_CONST;
        BINARY_OP__STORE_FAST__LOAD_FAST__LOAD_FAST = BINARY_OP + STORE_FAST + LOAD_FAST + LOAD_FAST;
        BINARY_OP__STORE_FAST__LOAD_FAST__TO_BOOL = BINARY_OP + STORE_FAST + LOAD_FAST + TO_BOOL;
        BINARY_OP__SWAP__STORE_ATTR__LOAD_FAST = BINARY_OP + SWAP + STORE_ATTR + LOAD_FAST;
        BINARY_OP__SWAP__SWAP__STORE_SUBSCR = BINARY_OP + SWAP + SWAP + STORE_SUBSCR;
        BINARY_SUBSCR__BINARY_OP__BINARY_OP__STORE_FAST = BINARY_SUBSCR + BINARY_OP + BINARY_OP + STORE_FAST;
        BINARY_SUBSCR__BINARY_OP__LOAD_FAST__LOAD_FAST = BINARY_SUBSCR + BINARY_OP + LOAD_FAST + LOAD_FAST;
        BINARY_SUBSCR__LOAD_CONST__BINARY_OP__LOAD_FAST = BINARY_SUBSCR + LOAD_CONST + BINARY_OP + LOAD_FAST;
        BINARY_SUBSCR__LOAD_CONST__CONTAINS_OP__POP_JUMP_IF_FALSE = BINARY_SUBSCR + LOAD_CONST + CONTAINS_OP + POP_JUMP_IF_FALSE;
        BINARY_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_OP = BINARY_SUBSCR + LOAD_FAST + LOAD_FAST + BINARY_OP;
        BINARY_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_SUBSCR = BINARY_SUBSCR + LOAD_FAST + LOAD_FAST + BINARY_SUBSCR;
        BINARY_SUBSCR__TO_BOOL__POP_JUMP_IF_FALSE__JUMP_BACKWARD = BINARY_SUBSCR + TO_BOOL + POP_JUMP_IF_FALSE + JUMP_BACKWARD;
        BINARY_SUBSCR__TO_BOOL__POP_JUMP_IF_TRUE__JUMP_BACKWARD = BINARY_SUBSCR + TO_BOOL + POP_JUMP_IF_TRUE + JUMP_BACKWARD;
        COMPARE_OP__POP_JUMP_IF_FALSE__LOAD_FAST__RETURN_VALUE = COMPARE_OP + POP_JUMP_IF_FALSE + LOAD_FAST + RETURN_VALUE;
        FOR_ITER__STORE_FAST__LOAD_CONST__LOAD_FAST = FOR_ITER + STORE_FAST + LOAD_CONST + LOAD_FAST;
        FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_CONST = FOR_ITER + STORE_FAST + LOAD_FAST + LOAD_CONST;
        FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_FAST = FOR_ITER + STORE_FAST + LOAD_FAST + LOAD_FAST;
        FOR_ITER__STORE_FAST__LOAD_FAST__LOAD_GLOBAL = FOR_ITER + STORE_FAST + LOAD_FAST + LOAD_GLOBAL;
        FOR_ITER__STORE_FAST__LOAD_FAST__PUSH_NULL = FOR_ITER + STORE_FAST + LOAD_FAST + PUSH_NULL;
        FOR_ITER__STORE_FAST__LOAD_GLOBAL__LOAD_FAST = FOR_ITER + STORE_FAST + LOAD_GLOBAL + LOAD_FAST;
        FOR_ITER__UNPACK_SEQUENCE__STORE_FAST__STORE_FAST = FOR_ITER + UNPACK_SEQUENCE + STORE_FAST + STORE_FAST;
        LOAD_ATTR__BINARY_OP__BINARY_OP__RETURN_VALUE = LOAD_ATTR + BINARY_OP + BINARY_OP + RETURN_VALUE;
        LOAD_ATTR__BINARY_OP__LOAD_FAST__LOAD_ATTR = LOAD_ATTR + BINARY_OP + LOAD_FAST + LOAD_ATTR;
        LOAD_ATTR__LOAD_ATTR__LOAD_FAST__CALL = LOAD_ATTR + LOAD_ATTR + LOAD_FAST + CALL;
        LOAD_ATTR__LOAD_CONST__BINARY_OP__LOAD_CONST = LOAD_ATTR + LOAD_CONST + BINARY_OP + LOAD_CONST;
        LOAD_ATTR__LOAD_CONST__BINARY_OP__SWAP = LOAD_ATTR + LOAD_CONST + BINARY_OP + SWAP;
        LOAD_ATTR__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = LOAD_ATTR + LOAD_CONST + COMPARE_OP + POP_JUMP_IF_FALSE;
        LOAD_ATTR__LOAD_FAST__BINARY_SUBSCR__LOAD_FAST = LOAD_ATTR + LOAD_FAST + BINARY_SUBSCR + LOAD_FAST;
        LOAD_ATTR__LOAD_FAST__LOAD_ATTR__BINARY_OP = LOAD_ATTR + LOAD_FAST + LOAD_ATTR + BINARY_OP;
        LOAD_ATTR__LOAD_FAST__LOAD_ATTR__CALL = LOAD_ATTR + LOAD_FAST + LOAD_ATTR + CALL;
        LOAD_ATTR__LOAD_FAST__LOAD_ATTR__COMPARE_OP = LOAD_ATTR + LOAD_FAST + LOAD_ATTR + COMPARE_OP;
        LOAD_ATTR__LOAD_FAST__LOAD_ATTR__STORE_ATTR = LOAD_ATTR + LOAD_FAST + LOAD_ATTR + STORE_ATTR;
        LOAD_ATTR__LOAD_FAST__LOAD_CONST__CALL = LOAD_ATTR + LOAD_FAST + LOAD_CONST + CALL;
        LOAD_ATTR__LOAD_FAST__LOAD_FAST__CALL = LOAD_ATTR + LOAD_FAST + LOAD_FAST + CALL;
        LOAD_ATTR__STORE_FAST__LOAD_FAST__LOAD_CONST = LOAD_ATTR + STORE_FAST + LOAD_FAST + LOAD_CONST;
        LOAD_CONST__BINARY_OP__BINARY_SUBSCR__LOAD_FAST = LOAD_CONST + BINARY_OP + BINARY_SUBSCR + LOAD_FAST;
        LOAD_CONST__BINARY_OP__LOAD_FAST__CALL = LOAD_CONST + BINARY_OP + LOAD_FAST + CALL;
        LOAD_CONST__BINARY_OP__STORE_FAST__JUMP_BACKWARD = LOAD_CONST + BINARY_OP + STORE_FAST + JUMP_BACKWARD;
        LOAD_CONST__BINARY_OP__TO_BOOL__POP_JUMP_IF_FALSE = LOAD_CONST + BINARY_OP + TO_BOOL + POP_JUMP_IF_FALSE;
        LOAD_FAST__BINARY_SUBSCR__BINARY_OP__BINARY_OP = LOAD_FAST + BINARY_SUBSCR + BINARY_OP + BINARY_OP;
        LOAD_FAST__BINARY_SUBSCR__BINARY_OP__YIELD_VALUE = LOAD_FAST + BINARY_SUBSCR + BINARY_OP + YIELD_VALUE;
        LOAD_FAST__BINARY_SUBSCR__LOAD_ATTR__CALL = LOAD_FAST + BINARY_SUBSCR + LOAD_ATTR + CALL;
        LOAD_FAST__COMPARE_OP__POP_JUMP_IF_FALSE__JUMP_BACKWARD = LOAD_FAST + COMPARE_OP + POP_JUMP_IF_FALSE + JUMP_BACKWARD;
        LOAD_FAST__COPY__LOAD_ATTR__LOAD_CONST = LOAD_FAST + COPY + LOAD_ATTR + LOAD_CONST;
        LOAD_FAST__LOAD_ATTR__LOAD_ATTR__CALL = LOAD_FAST + LOAD_ATTR + LOAD_ATTR + CALL;
        LOAD_FAST__LOAD_ATTR__LOAD_CONST__CALL = LOAD_FAST + LOAD_ATTR + LOAD_CONST + CALL;
        LOAD_FAST__LOAD_ATTR__LOAD_FAST__CALL = LOAD_FAST + LOAD_ATTR + LOAD_FAST + CALL;
        LOAD_FAST__LOAD_ATTR__LOAD_FAST__LOAD_ATTR = LOAD_FAST + LOAD_ATTR + LOAD_FAST + LOAD_ATTR;
        LOAD_FAST__LOAD_ATTR__TO_BOOL__UNARY_NOT = LOAD_FAST + LOAD_ATTR + TO_BOOL + UNARY_NOT;
        LOAD_FAST__LOAD_CONST__BINARY_OP__CALL = LOAD_FAST + LOAD_CONST + BINARY_OP + CALL;
        LOAD_FAST__LOAD_CONST__BINARY_OP__STORE_FAST = LOAD_FAST + LOAD_CONST + BINARY_OP + STORE_FAST;
        LOAD_FAST__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_FALSE = LOAD_FAST + LOAD_CONST + COMPARE_OP + POP_JUMP_IF_FALSE;
        LOAD_FAST__LOAD_CONST__COMPARE_OP__POP_JUMP_IF_TRUE = LOAD_FAST + LOAD_CONST + COMPARE_OP + POP_JUMP_IF_TRUE;
        LOAD_FAST__LOAD_CONST__COPY__COPY = LOAD_FAST + LOAD_CONST + COPY + COPY;
        LOAD_FAST__LOAD_FAST__BINARY_OP__LOAD_CONST = LOAD_FAST + LOAD_FAST + BINARY_OP + LOAD_CONST;
        LOAD_FAST__LOAD_FAST__BINARY_OP__RETURN_VALUE = LOAD_FAST + LOAD_FAST + BINARY_OP + RETURN_VALUE;
        LOAD_FAST__LOAD_FAST__BINARY_SUBSCR__STORE_FAST = LOAD_FAST + LOAD_FAST + BINARY_SUBSCR + STORE_FAST;
        LOAD_FAST__LOAD_FAST__COMPARE_OP__POP_JUMP_IF_FALSE = LOAD_FAST + LOAD_FAST + COMPARE_OP + POP_JUMP_IF_FALSE;
        LOAD_FAST__LOAD_FAST__STORE_ATTR__RETURN_CONST = LOAD_FAST + LOAD_FAST + STORE_ATTR + RETURN_CONST;
        LOAD_FAST__LOAD_GLOBAL__COMPARE_OP__POP_JUMP_IF_FALSE = LOAD_FAST + LOAD_GLOBAL + COMPARE_OP + POP_JUMP_IF_FALSE;
        LOAD_FAST__LOAD_GLOBAL__LOAD_FAST__CALL = LOAD_FAST + LOAD_GLOBAL + LOAD_FAST + CALL;
        LOAD_FAST__LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST = LOAD_FAST + LOAD_GLOBAL + LOAD_GLOBAL + LOAD_FAST;
        LOAD_FAST__PUSH_NULL__LOAD_FAST__CALL = LOAD_FAST + PUSH_NULL + LOAD_FAST + CALL;
        LOAD_FAST__STORE_ATTR__LOAD_FAST__STORE_ATTR = LOAD_FAST + STORE_ATTR + LOAD_FAST + STORE_ATTR;
        LOAD_GLOBAL__BINARY_OP__LOAD_CONST__BINARY_OP = LOAD_GLOBAL + BINARY_OP + LOAD_CONST + BINARY_OP;
        LOAD_GLOBAL__LOAD_CONST__LOAD_CONST__CALL = LOAD_GLOBAL + LOAD_CONST + LOAD_CONST + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_ATTR__CALL = LOAD_GLOBAL + LOAD_FAST + LOAD_ATTR + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_CONST__CALL = LOAD_GLOBAL + LOAD_FAST + LOAD_CONST + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_CONST__LOAD_FAST = LOAD_GLOBAL + LOAD_FAST + LOAD_CONST + LOAD_FAST;
        LOAD_GLOBAL__LOAD_FAST__LOAD_DEREF__CALL = LOAD_GLOBAL + LOAD_FAST + LOAD_DEREF + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_FAST__CALL = LOAD_GLOBAL + LOAD_FAST + LOAD_FAST + CALL;
        LOAD_GLOBAL__LOAD_FAST__LOAD_GLOBAL__CALL = LOAD_GLOBAL + LOAD_FAST + LOAD_GLOBAL + CALL;
        LOAD_GLOBAL__LOAD_FAST__UNARY_NEGATIVE__CALL = LOAD_GLOBAL + LOAD_FAST + UNARY_NEGATIVE + CALL;
        LOAD_GLOBAL__LOAD_GLOBAL__BUILD_TUPLE__CALL = LOAD_GLOBAL + LOAD_GLOBAL + BUILD_TUPLE + CALL;
        LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST__CALL = LOAD_GLOBAL + LOAD_GLOBAL + LOAD_FAST + CALL;
        LOAD_GLOBAL__LOAD_GLOBAL__LOAD_FAST__LOAD_CONST = LOAD_GLOBAL + LOAD_GLOBAL + LOAD_FAST + LOAD_CONST;
        RESUME__LOAD_CONST__LOAD_FAST__LOAD_FAST = RESUME + LOAD_CONST + LOAD_FAST + LOAD_FAST;
        RESUME__LOAD_FAST__LOAD_ATTR__CALL = RESUME + LOAD_FAST + LOAD_ATTR + CALL;
        RESUME__LOAD_FAST__LOAD_ATTR__POP_JUMP_IF_NOT_NONE = RESUME + LOAD_FAST + LOAD_ATTR + POP_JUMP_IF_NOT_NONE;
        STORE_ATTR__BUILD_LIST__LOAD_FAST__STORE_ATTR = STORE_ATTR + BUILD_LIST + LOAD_FAST + STORE_ATTR;
        STORE_ATTR__LOAD_FAST__LOAD_ATTR__CALL = STORE_ATTR + LOAD_FAST + LOAD_ATTR + CALL;
        STORE_ATTR__LOAD_FAST__LOAD_ATTR__LOAD_CONST = STORE_ATTR + LOAD_FAST + LOAD_ATTR + LOAD_CONST;
        STORE_ATTR__LOAD_FAST__LOAD_FAST__STORE_ATTR = STORE_ATTR + LOAD_FAST + LOAD_FAST + STORE_ATTR;
        STORE_FAST__LOAD_FAST__LOAD_ATTR__LOAD_FAST = STORE_FAST + LOAD_FAST + LOAD_ATTR + LOAD_FAST;
        STORE_FAST__LOAD_FAST__TO_BOOL__POP_JUMP_IF_FALSE = STORE_FAST + LOAD_FAST + TO_BOOL + POP_JUMP_IF_FALSE;
        STORE_FAST__LOAD_GLOBAL__LOAD_FAST__CALL = STORE_FAST + LOAD_GLOBAL + LOAD_FAST + CALL;
        STORE_SUBSCR__LOAD_FAST__LOAD_CONST__BINARY_OP = STORE_SUBSCR + LOAD_FAST + LOAD_CONST + BINARY_OP;
        STORE_SUBSCR__LOAD_FAST__LOAD_FAST__BINARY_OP = STORE_SUBSCR + LOAD_FAST + LOAD_FAST + BINARY_OP;
        STORE_SUBSCR__LOAD_FAST__LOAD_FAST__STORE_SUBSCR = STORE_SUBSCR + LOAD_FAST + LOAD_FAST + STORE_SUBSCR;
        UNPACK_SEQUENCE__STORE_FAST__LOAD_FAST__LOAD_FAST = UNPACK_SEQUENCE + STORE_FAST + LOAD_FAST + LOAD_FAST;
        UNPACK_SEQUENCE__STORE_FAST__STORE_FAST__LOAD_FAST = UNPACK_SEQUENCE + STORE_FAST + STORE_FAST + LOAD_FAST;
    }
}

impl Super {
    /// The superinstruction that an opcode is.
    #[must_use]
    pub const fn of(op: Opcode) -> Option<&'static Super> {
        let first = SUPERS[0].opcode as usize;
        let number = op as usize;
        if number >= first && number < first + SUPERS.len() { Some(&SUPERS[number - first]) } else { None }
    }
}

/// What must hold of the list for sequences to work as they do.
const _: () = {
    let mut i = 0;
    while i < SUPERS.len() {
        let Super { opcode, parts, .. } = SUPERS[i];
        assert!(opcode as usize == SUPERS[0].opcode as usize + i, "superinstructions are numbered in the order of the list");
        assert!(parts.len() >= 2 && parts.len() <= MAX_PARTS);
        assert!(named_after(opcode.name().as_bytes(), parts), "a superinstruction is named after its components");
        assert!(
            opcode.family() as u16 == parts[0] as u16 && opcode.caches() == parts[0].caches(),
            "it stands where its first component stood"
        );
        let mut k = 0;
        while k < parts.len() {
            let part = parts[k];
            assert!(part as u16 <= 255 && part.family() as u16 == part as u16, "components are base instructions");
            assert!(part.base_weight() == 1, "what is skipped by some forms of code cannot be fused");
            assert!(k + 1 == parts.len() || !leaves(part), "what is behind a call or a jump does not follow it");
            k += 1;
        }
        i += 1;
    }
};

/// What a superinstruction saves, by a rough model: five machine instructions with each dispatch, twenty where it stays out of line
/// for a further component, and little of what is behind a branch.
const fn gain(parts: &[Opcode], out_of_line: &[bool]) -> u32 {
    let (mut gain, mut percent, mut outside, mut k) = (0, 100, out_of_line[0], 1);
    while k < parts.len() {
        if parts[k - 1].is_jump() && parts[k - 1] as u16 != Opcode::FOR_ITER as u16 {
            percent = percent * 6 / 10;
        }
        gain += percent * if outside && out_of_line[k] { 20 } else { 5 + outside as u32 };
        outside = outside || out_of_line[k];
        k += 1;
    }
    gain
}

/// Whether an instruction never goes on with the one behind it, or not before another frame has run.
const fn leaves(op: Opcode) -> bool {
    use Opcode as O;
    matches!(
        op,
        O::CALL
            | O::CALL_KW
            | O::CALL_FUNCTION_EX
            | O::SEND
            | O::YIELD_VALUE
            | O::JUMP_BACKWARD
            | O::JUMP_FORWARD
            | O::JUMP_BACKWARD_NO_INTERRUPT
            | O::RETURN_VALUE
            | O::RETURN_CONST
            | O::RETURN_GENERATOR
            | O::RAISE_VARARGS
            | O::RERAISE
    )
}

/// Whether a name is the components' names, two underscores between them.
const fn named_after(name: &[u8], parts: &[Opcode]) -> bool {
    let (mut at, mut k) = (0, 0);
    while k < parts.len() {
        if k > 0 {
            if at + 2 > name.len() || name[at] != b'_' || name[at + 1] != b'_' {
                return false;
            }
            at += 2;
        }
        let part = parts[k].name().as_bytes();
        let mut i = 0;
        while i < part.len() {
            if at >= name.len() || name[at] != part[i] {
                return false;
            }
            (at, i) = (at + 1, i + 1);
        }
        k += 1;
    }
    at == name.len()
}
