//! The specialiser: chooses a specialised form for an adaptive instruction from the operands it sees. One `Family` each.

use super::Family;
use crate::op::Slow;
use crate::opcodes::Opcode;
use crate::ops::*;

macro_rules! not_yet {
    ($($family:ident => $adaptive:ident,)*) => {
        $(impl Family for $family {
            const ADAPTIVE: Opcode = Opcode::$adaptive;
            unsafe fn specialize(_: &mut Slow<'_>) -> Result<Opcode, &'static str> {
                Err("other")
            }
        })*
        $(
            /// The counting form.
            #[expect(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
            pub type $adaptive = super::Adaptive<$family>;
        )*
    };
}

not_yet! {
    TO_BOOL => ADAPTIVE_TO_BOOL,
    BINARY_OP => ADAPTIVE_BINARY_OP,
    BINARY_SUBSCR => ADAPTIVE_BINARY_SUBSCR,
    STORE_SUBSCR => ADAPTIVE_STORE_SUBSCR,
    SEND => ADAPTIVE_SEND,
    UNPACK_SEQUENCE => ADAPTIVE_UNPACK_SEQUENCE,
    STORE_ATTR => ADAPTIVE_STORE_ATTR,
    LOAD_GLOBAL => ADAPTIVE_LOAD_GLOBAL,
    LOAD_SUPER_ATTR => ADAPTIVE_LOAD_SUPER_ATTR,
    LOAD_ATTR => ADAPTIVE_LOAD_ATTR,
    COMPARE_OP => ADAPTIVE_COMPARE_OP,
    CONTAINS_OP => ADAPTIVE_CONTAINS_OP,
    FOR_ITER => ADAPTIVE_FOR_ITER,
    CALL => ADAPTIVE_CALL,
}
