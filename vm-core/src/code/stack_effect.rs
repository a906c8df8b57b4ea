//! How many values each instruction takes from the operand stack and leaves on it.
//!
//! Generic opcodes only: a specialised form has its family's effect. The flow graph uses the difference to find the stack
//! size, the verifier uses both numbers to prove that no path underflows.

use crate::opcodes::{OPCODE_LIMIT, Opcode};

/// Values popped and pushed by an assembled generic instruction; `None` for pseudo-opcodes and arguments that no
/// compiler emits (a `COPY 0`).
#[must_use]
pub fn popped_pushed(op: Opcode, oparg: u32) -> Option<(u32, u32)> {
    use Opcode as O;
    let n = oparg;
    let below = |least: u32| n.checked_sub(least);
    if let Some((popped, pushed)) = FIXED[op as usize] {
        return Some((popped.into(), pushed.into()));
    }
    Some(match op {
        O::LOAD_GLOBAL => (0, 1 + (n & 1)),
        O::LOAD_ATTR => (1, 1 + (n & 1)),
        O::LOAD_SUPER_ATTR => (3, 1 + (n & 1)),
        O::BUILD_CONST_KEY_MAP => (n.checked_add(1)?, 1),
        O::BUILD_LIST | O::BUILD_SET | O::BUILD_STRING | O::BUILD_TUPLE => (n, 1),
        O::BUILD_MAP => (n.checked_mul(2)?, 1),
        O::BUILD_SLICE => (2 + u32::from(n == 3), 1),
        O::CALL => (n.checked_add(2)?, 1),
        O::CALL_FUNCTION_EX => (3 + (n & 1), 1),
        O::CALL_KW => (n.checked_add(3)?, 1),
        O::COPY => (n, below(1)? + 2),
        O::SWAP => (n, below(2)? + 2),
        O::LIST_APPEND | O::LIST_EXTEND | O::SET_ADD | O::SET_UPDATE | O::DICT_UPDATE => (below(1)?.checked_add(2)?, n),
        O::DICT_MERGE => (below(1)?.checked_add(5)?, n.checked_add(3)?),
        O::MAP_ADD => (below(1)?.checked_add(3)?, n),
        O::RAISE_VARARGS => (n, 0),
        O::RERAISE => (n.checked_add(1)?, n),
        O::UNPACK_EX => (1, 1 + (n >> 8) + (n & 0xFF)),
        O::UNPACK_SEQUENCE => (1, n),
        _ => return None,
    })
}

/// The same for opcodes whose effect does not depend on the argument.
const fn fixed(op: Opcode) -> Option<(u8, u8)> {
    use Opcode as O;
    Some(match op {
        O::CACHE
        | O::COPY_FREE_VARS
        | O::DELETE_DEREF
        | O::DELETE_FAST
        | O::DELETE_GLOBAL
        | O::DELETE_NAME
        | O::EXTENDED_ARG
        | O::JUMP_BACKWARD
        | O::JUMP_BACKWARD_NO_INTERRUPT
        | O::JUMP_FORWARD
        | O::MAKE_CELL
        | O::NOP
        | O::RESUME
        | O::RETURN_CONST
        | O::SETUP_ANNOTATIONS => (0, 0),
        O::LOAD_ASSERTION_ERROR
        | O::LOAD_BUILD_CLASS
        | O::LOAD_CONST
        | O::LOAD_DEREF
        | O::LOAD_FAST
        | O::LOAD_FAST_AND_CLEAR
        | O::LOAD_FAST_CHECK
        | O::LOAD_LOCALS
        | O::LOAD_NAME
        | O::PUSH_NULL
        | O::RETURN_GENERATOR => (0, 1),
        O::LOAD_FAST_LOAD_FAST => (0, 2),
        O::DELETE_ATTR
        | O::END_FOR
        | O::EXIT_INIT_CHECK
        | O::INTERPRETER_EXIT
        | O::POP_EXCEPT
        | O::POP_JUMP_IF_FALSE
        | O::POP_JUMP_IF_NONE
        | O::POP_JUMP_IF_NOT_NONE
        | O::POP_JUMP_IF_TRUE
        | O::POP_TOP
        | O::RETURN_VALUE
        | O::STORE_DEREF
        | O::STORE_FAST
        | O::STORE_GLOBAL
        | O::STORE_NAME => (1, 0),
        O::CALL_INTRINSIC_1
        | O::CONVERT_VALUE
        | O::FORMAT_SIMPLE
        | O::GET_AITER
        | O::GET_AWAITABLE
        | O::GET_ITER
        | O::GET_YIELD_FROM_ITER
        | O::LOAD_FROM_DICT_OR_DEREF
        | O::LOAD_FROM_DICT_OR_GLOBALS
        | O::MAKE_FUNCTION
        | O::STORE_FAST_LOAD_FAST
        | O::TO_BOOL
        | O::UNARY_INVERT
        | O::UNARY_NEGATIVE
        | O::UNARY_NOT
        | O::YIELD_VALUE => (1, 1),
        O::BEFORE_ASYNC_WITH
        | O::BEFORE_WITH
        | O::FOR_ITER
        | O::GET_ANEXT
        | O::GET_LEN
        | O::IMPORT_FROM
        | O::MATCH_MAPPING
        | O::MATCH_SEQUENCE
        | O::PUSH_EXC_INFO => (1, 2),
        O::DELETE_SUBSCR | O::END_ASYNC_FOR | O::STORE_ATTR | O::STORE_FAST_STORE_FAST => (2, 0),
        O::BINARY_OP
        | O::BINARY_SUBSCR
        | O::CALL_INTRINSIC_2
        | O::COMPARE_OP
        | O::CONTAINS_OP
        | O::END_SEND
        | O::FORMAT_WITH_SPEC
        | O::IMPORT_NAME
        | O::IS_OP
        | O::SET_FUNCTION_ATTRIBUTE => (2, 1),
        O::CHECK_EG_MATCH | O::CHECK_EXC_MATCH | O::SEND => (2, 2),
        O::MATCH_KEYS => (2, 3),
        O::STORE_SUBSCR => (3, 0),
        O::BINARY_SLICE | O::MATCH_CLASS => (3, 1),
        O::CLEANUP_THROW => (3, 2),
        O::STORE_SLICE => (4, 0),
        O::WITH_EXCEPT_START => (4, 5),
        _ => return None,
    })
}

/// [`fixed`] of each number.
static FIXED: [Option<(u8, u8)>; OPCODE_LIMIT] = {
    let mut table = [None; OPCODE_LIMIT];
    let mut i = 0;
    while i < Opcode::ALL.len() {
        table[Opcode::ALL[i] as usize] = fixed(Opcode::ALL[i]);
        i += 1;
    }
    table
};

/// A change of stack depth that is `base + factor * argument`, where only the argument's bits in `mask` count.
#[derive(Clone, Copy)]
struct Linear {
    /// Whether there is one.
    known: bool,
    base: i8,
    factor: i8,
    mask: u32,
}

/// The changes that are of this kind, by number.
static LINEAR: [Linear; OPCODE_LIMIT] = {
    use Opcode as O;
    let mut table = [Linear { known: false, base: 0, factor: 0, mask: 0 }; OPCODE_LIMIT];
    let mut i = 0;
    while i < OPCODE_LIMIT {
        if let Some((popped, pushed)) = FIXED[i] {
            table[i] = Linear { known: true, base: pushed as i8 - popped as i8, factor: 0, mask: 0 };
        }
        i += 1;
    }
    let rows = [
        (O::LOAD_GLOBAL, 1, 1, 1),
        (O::LOAD_ATTR, 0, 1, 1),
        (O::LOAD_SUPER_ATTR, -2, 1, 1),
        (O::BUILD_CONST_KEY_MAP, 0, -1, u32::MAX),
        (O::BUILD_LIST, 1, -1, u32::MAX),
        (O::BUILD_SET, 1, -1, u32::MAX),
        (O::BUILD_STRING, 1, -1, u32::MAX),
        (O::BUILD_TUPLE, 1, -1, u32::MAX),
        (O::BUILD_MAP, 1, -2, u32::MAX),
        (O::CALL, -1, -1, u32::MAX),
        (O::CALL_FUNCTION_EX, -2, -1, 1),
        (O::CALL_KW, -2, -1, u32::MAX),
        (O::RAISE_VARARGS, 0, -1, u32::MAX),
        (O::UNPACK_SEQUENCE, -1, 1, u32::MAX),
    ];
    let mut row = 0;
    while row < rows.len() {
        let (op, base, factor, mask) = rows[row];
        table[op as usize] = Linear { known: true, base, factor, mask };
        row += 1;
    }
    table
};

/// [`stack_effect`] of the usual opcodes, which is the same whatever way is taken.
#[inline]
pub(crate) fn usual_effect(op: Opcode, oparg: u32) -> Option<i64> {
    let Linear { known, base, factor, mask } = LINEAR[op as usize];
    known.then_some(i64::from(base) + i64::from(factor) * i64::from(oparg & mask))
}

/// The change of stack depth, pseudo-opcodes included; `jump` says whether the jump (or the way to the handler) is taken.
#[must_use]
pub fn stack_effect(op: Opcode, oparg: u32, jump: bool) -> Option<i64> {
    use Opcode as O;
    if let Some((popped, pushed)) = FIXED[op as usize] {
        return Some(i64::from(pushed) - i64::from(popped));
    }
    if !op.is_pseudo() {
        let (popped, pushed) = popped_pushed(op, oparg)?;
        return Some(i64::from(pushed) - i64::from(popped));
    }
    Some(match op {
        O::POP_BLOCK | O::JUMP | O::JUMP_NO_INTERRUPT => 0,
        O::SETUP_FINALLY | O::SETUP_WITH => i64::from(jump),
        O::SETUP_CLEANUP => 2 * i64::from(jump),
        O::LOAD_CLOSURE | O::LOAD_METHOD => 1,
        O::STORE_FAST_MAYBE_NULL | O::LOAD_SUPER_METHOD | O::LOAD_ZERO_SUPER_METHOD | O::LOAD_ZERO_SUPER_ATTR => -1,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_effects_are_the_effects() {
        let mut usual = 0;
        for &op in Opcode::ALL {
            for arg in (0..20).chain([255, 256, 70_000]) {
                if let Some(effect) = usual_effect(op, arg) {
                    usual += 1;
                    assert_eq!(stack_effect(op, arg, false), Some(effect), "{} {arg}", op.name());
                    assert_eq!(stack_effect(op, arg, true), Some(effect), "{} {arg}", op.name());
                }
            }
        }
        assert!(usual > 1000);
    }

    /// The golden file is made by `scripts/stack_effect_golden.py`.
    #[test]
    fn effects_are_cpythons() {
        for line in include_str!("../../tests/golden/stack_effect.jsonl").lines() {
            let (name, rows): (String, Vec<(u32, i64, i64)>) = serde_json::from_str(line).unwrap();
            let op = *Opcode::ALL.iter().find(|op| op.name() == name).unwrap();
            for (arg, plain, jumped) in rows {
                match (stack_effect(op, arg, false), stack_effect(op, arg, true)) {
                    (Some(a), Some(b)) => assert_eq!((a, b), (plain, jumped), "{name} {arg}"),
                    // Arguments below the least that makes sense: CPython calculates on.
                    _ => assert!(arg < 2 && popped_pushed(op, 2).is_some(), "{name} {arg}"),
                }
            }
        }
    }
}
