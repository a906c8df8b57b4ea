//! The specialiser: chooses a specialised form for an adaptive instruction from the operands it sees (CPython 3.13's
//! `Python/specialize.c`), family by family. Reasons for failure are CPython's `SPEC_FAIL_*`, spelt as its statistics spell them.

mod attributes;
mod calls;
mod containers;
mod globals;
mod iteration;
mod operators;

pub(crate) use attributes::{COMPUTED, DESCR, DICT_OFFSET, INDEX};

use super::{Adaptive, Family};
use crate::op::Slow;
use crate::opcodes::Opcode;
use crate::ops::*;

/// What a family's choice gives: the specialised opcode, or why there is none.
type Choice = Result<Opcode, &'static str>;

/// Fails unless the function takes its parameters plainly (CPython's `function_kind`).
fn simple_function(code: &crate::object::code::Code) -> Result<(), &'static str> {
    if !code.simple_args {
        Err("code complex parameters")
    } else if !code.flags().has(crate::code::CodeFlags::OPTIMIZED) {
        Err("code not optimized")
    } else {
        Ok(())
    }
}

macro_rules! families {
    ($($family:ident => $adaptive:ident: $choose:path,)*) => {
        $(
            impl Family for $family {
                const ADAPTIVE: Opcode = Opcode::$adaptive;
                unsafe fn specialize(s: &mut Slow<'_>) -> Choice {
                    $choose(s)
                }
            }
            #[doc = concat!("The counting form of `", stringify!($family), "`.")]
            #[allow(non_camel_case_types, reason = "opcodes keep CPython's spelling")]
            pub type $adaptive = Adaptive<$family>;
        )*
    };
}

families! {
    TO_BOOL => ADAPTIVE_TO_BOOL: operators::to_bool,
    BINARY_OP => ADAPTIVE_BINARY_OP: operators::binary_op,
    COMPARE_OP => ADAPTIVE_COMPARE_OP: operators::compare_op,
    CONTAINS_OP => ADAPTIVE_CONTAINS_OP: containers::contains_op,
    BINARY_SUBSCR => ADAPTIVE_BINARY_SUBSCR: containers::binary_subscr,
    STORE_SUBSCR => ADAPTIVE_STORE_SUBSCR: containers::store_subscr,
    UNPACK_SEQUENCE => ADAPTIVE_UNPACK_SEQUENCE: containers::unpack_sequence,
    FOR_ITER => ADAPTIVE_FOR_ITER: iteration::for_iter,
    SEND => ADAPTIVE_SEND: iteration::send,
    LOAD_GLOBAL => ADAPTIVE_LOAD_GLOBAL: globals::load_global,
    LOAD_ATTR => ADAPTIVE_LOAD_ATTR: attributes::load_attr,
    STORE_ATTR => ADAPTIVE_STORE_ATTR: attributes::store_attr,
    LOAD_SUPER_ATTR => ADAPTIVE_LOAD_SUPER_ATTR: attributes::load_super_attr,
    CALL => ADAPTIVE_CALL: calls::call,
}
