//! Why specialising failed: CPython 3.13's reasons by family, with the numbers (`SPEC_FAIL_*` in its `specialize.c`) under which its
//! statistics count them and the words in which `summarize_stats.py` shows them.

use crate::opcodes::Opcode;

/// Reasons that every family has.
const COMMON: &[(&str, u16)] = &[
    ("other", 0),
    ("no dict", 1),
    ("overridden", 2),
    ("out of versions", 3),
    ("out of range", 4),
    ("expected error", 5),
    ("wrong number arguments", 6),
    ("code complex parameters", 7),
    ("code not optimized", 8),
];

const LOAD_GLOBAL: &[(&str, u16)] = &[("non dict", 17), ("non string or split", 18)];

const SUPER: &[(&str, u16)] = &[("bad class", 9), ("shadowed", 10)];

const ATTR: &[(&str, u16)] = &[
    ("overriding descriptor", 9),
    ("non overriding descriptor", 10),
    ("not descriptor", 11),
    ("method", 12),
    ("mutable class", 13),
    ("property", 14),
    ("non object slot", 15),
    ("read only", 16),
    ("audited slot", 17),
    ("not managed dict", 18),
    ("non string or split", 19),
    ("module attr not found", 20),
    ("shadowed", 21),
    ("builtin class method", 22),
    ("class method obj", 23),
    ("object slot", 24),
    ("instance attribute", 26),
    ("metaclass attribute", 27),
    ("property not py function", 28),
    ("not in keys", 29),
    ("not in dict", 30),
    ("class attr simple", 31),
    ("class attr descriptor", 32),
    ("builtin class method obj", 33),
];

const SUBSCR: &[(&str, u16)] = &[
    ("array int", 9),
    ("array slice", 10),
    ("list slice", 11),
    ("tuple slice", 12),
    ("string slice", 14),
    ("buffer int", 15),
    ("buffer slice", 16),
    ("sequence int", 17),
    ("bytearray int", 18),
    ("bytearray slice", 19),
    ("py simple", 20),
    ("py other", 21),
    ("dict subclass no override", 22),
    ("not heap type", 23),
];

const BINARY_OP: &[(&str, u16)] = &[
    ("add different types", 9),
    ("add other", 10),
    ("and different types", 11),
    ("and int", 12),
    ("and other", 13),
    ("floor divide", 14),
    ("lshift", 15),
    ("matrix multiply", 16),
    ("multiply different types", 17),
    ("multiply other", 18),
    ("or", 19),
    ("power", 20),
    ("remainder", 21),
    ("rshift", 22),
    ("subtract different types", 23),
    ("subtract other", 24),
    ("true divide different types", 25),
    ("true divide float", 26),
    ("true divide other", 27),
    ("xor", 28),
];

const CALL: &[(&str, u16)] =
    &[("init not python", 21), ("bound method", 23), ("class no vectorcall", 25), ("init not simple", 30), ("init not inline values", 32)];

const COMPARE_OP: &[(&str, u16)] = &[
    ("different types", 12),
    ("string", 13),
    ("big int", 14),
    ("bytes", 15),
    ("tuple", 16),
    ("list", 17),
    ("set", 18),
    ("bool", 19),
    ("baseobject", 20),
    ("float long", 21),
    ("long float", 22),
];

const ITER: &[(&str, u16)] = &[
    ("generator", 10),
    ("coroutine", 11),
    ("async generator", 12),
    ("list", 13),
    ("tuple", 14),
    ("set", 15),
    ("string", 16),
    ("bytes", 17),
    ("range", 18),
    ("itertools", 19),
    ("dict keys", 20),
    ("dict items", 21),
    ("dict values", 22),
    ("enumerate", 23),
    ("map", 24),
    ("zip", 25),
    ("seq iter", 26),
    ("reversed list", 27),
    ("callable", 28),
    ("ascii string", 29),
    ("async generator send", 30),
];

const UNPACK_SEQUENCE: &[(&str, u16)] = &[("iterator", 9), ("sequence", 10)];

const TO_BOOL: &[(&str, u16)] = &[
    ("bytearray", 9),
    ("bytes", 10),
    ("dict", 11),
    ("float", 12),
    ("mapping", 13),
    ("memory view", 14),
    ("number", 15),
    ("sequence", 16),
    ("set", 17),
    ("tuple", 18),
];

const CONTAINS_OP: &[(&str, u16)] = &[("str", 9), ("tuple", 10), ("list", 11), ("user class", 12)];

/// The reasons that a family has of its own.
#[must_use]
pub const fn own_kinds(family: Opcode) -> &'static [(&'static str, u16)] {
    match family {
        Opcode::LOAD_GLOBAL => LOAD_GLOBAL,
        Opcode::LOAD_SUPER_ATTR => SUPER,
        Opcode::LOAD_ATTR | Opcode::STORE_ATTR => ATTR,
        Opcode::BINARY_SUBSCR | Opcode::STORE_SUBSCR => SUBSCR,
        Opcode::BINARY_OP => BINARY_OP,
        Opcode::CALL => CALL,
        Opcode::COMPARE_OP => COMPARE_OP,
        Opcode::FOR_ITER | Opcode::SEND => ITER,
        Opcode::UNPACK_SEQUENCE => UNPACK_SEQUENCE,
        Opcode::TO_BOOL => TO_BOOL,
        Opcode::CONTAINS_OP => CONTAINS_OP,
        _ => &[],
    }
}

/// CPython's number for a family's reason.
#[must_use]
pub fn kind(family: Opcode, reason: &str) -> Option<u16> {
    COMMON.iter().chain(own_kinds(family)).find(|(words, _)| *words == reason).map(|&(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::{COMMON, own_kinds};
    use crate::opcodes::Opcode;
    use std::collections::HashSet;

    #[test]
    fn every_reason_that_the_specialiser_gives_has_a_number() {
        let all: HashSet<&str> = Opcode::ALL.iter().flat_map(|&op| own_kinds(op)).chain(COMMON).map(|&(words, _)| words).collect();
        let sources = [
            include_str!("specialize/attributes.rs"),
            include_str!("specialize/calls.rs"),
            include_str!("specialize/containers.rs"),
            include_str!("specialize/globals.rs"),
            include_str!("specialize/iteration.rs"),
            include_str!("specialize/mod.rs"),
            include_str!("specialize/operators.rs"),
        ];
        let mut found = 0;
        for source in sources {
            for literal in source.split("Err(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(all.contains(literal), "'{literal}' is no reason of CPython's");
                found += 1;
            }
        }
        assert!(found > 30, "the sources give their reasons in another way now: {found}");
    }

    #[test]
    fn numbers_are_not_used_twice_in_a_family() {
        for &op in Opcode::ALL {
            let numbers: Vec<u16> = COMMON.iter().chain(own_kinds(op)).map(|&(_, number)| number).collect();
            let distinct: HashSet<u16> = numbers.iter().copied().collect();
            assert_eq!(numbers.len(), distinct.len(), "{op:?}");
            assert!(numbers.iter().all(|&n| n < 40), "CPython counts 40 kinds");
        }
    }
}
