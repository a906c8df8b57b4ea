//! BINARY_SUBSCR, STORE_SUBSCR, CONTAINS_OP, UNPACK_SEQUENCE.

use super::Choice;
use crate::object::function::Function;
use crate::object::list::List;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::op::Slow;
use crate::opcodes::Opcode;

pub(super) fn binary_subscr(s: &mut Slow<'_>) -> Choice {
    let (container, key) = (s.top(2), s.top(1));
    let (ct, kt) = (s.m.type_of(container), s.m.type_of(key));
    let t = &s.m.types;
    if ct == t.list {
        return if kt == t.int {
            if key.is_compact_int() && key.as_int() >= 0 { Ok(Opcode::BINARY_SUBSCR_LIST_INT) } else { Err("out of range") }
        } else {
            Err(if kt == t.slice { "list slice" } else { "other" })
        };
    }
    if ct == t.tuple {
        return if kt == t.int {
            if key.is_compact_int() && key.as_int() >= 0 { Ok(Opcode::BINARY_SUBSCR_TUPLE_INT) } else { Err("out of range") }
        } else {
            Err(if kt == t.slice { "tuple slice" } else { "other" })
        };
    }
    if ct == t.str {
        return if kt == t.int {
            if key.is_compact_int() && key.as_int() >= 0 { Ok(Opcode::BINARY_SUBSCR_STR_INT) } else { Err("out of range") }
        } else {
            Err(if kt == t.slice { "string slice" } else { "other" })
        };
    }
    if ct == t.dict {
        return Ok(Opcode::BINARY_SUBSCR_DICT);
    }
    let name = s.m.names.getitem;
    if ct.has(crate::object::typeobj::TypeFlags::HEAP)
        && let Some(found) = s.m.type_lookup(ct, name)
        && let Some(func) = found.downcast::<Function>()
    {
        let code = func.code.get();
        if !code.simple_args {
            return Err("complex parameters");
        }
        if code.argcount != 2 {
            return Err("wrong number arguments");
        }
        let version = s.m.type_version(ct);
        if version == 0 || s.m.function_version(func) == 0 {
            return Err("out of versions");
        }
        ct.cached_getitem.set((found, version));
        return Ok(Opcode::BINARY_SUBSCR_GETITEM);
    }
    Err("other")
}

pub(super) fn store_subscr(s: &mut Slow<'_>) -> Choice {
    let (container, key) = (s.top(2), s.top(1));
    let ct = s.m.type_of(container);
    if ct == s.m.types.list {
        if s.m.type_of(key) != s.m.types.int {
            return Err(if s.m.type_of(key) == s.m.types.slice { "list slice" } else { "other" });
        }
        // SAFETY: an exact list.
        let len = unsafe { container.cast::<List>() }.len();
        return if key.is_compact_int() && key.as_int() >= 0 && (key.as_int() as usize) < len {
            Ok(Opcode::STORE_SUBSCR_LIST_INT)
        } else {
            Err("out of range")
        };
    }
    if ct == s.m.types.dict {
        return Ok(Opcode::STORE_SUBSCR_DICT);
    }
    let name = s.m.names.setitem;
    Err(if ct == s.m.types.bytearray {
        "bytearray int"
    } else if s.m.type_lookup(ct, name).is_some_and(|f| f.downcast::<Function>().is_some()) {
        "py simple"
    } else {
        "other"
    })
}

pub(super) fn contains_op(s: &mut Slow<'_>) -> Choice {
    let ct = s.m.type_of(s.top(1));
    let t = &s.m.types;
    if ct == t.dict {
        return Ok(Opcode::CONTAINS_OP_DICT);
    }
    if ct == t.set || ct == t.frozenset {
        return Ok(Opcode::CONTAINS_OP_SET);
    }
    Err(if ct == t.str {
        "str"
    } else if ct == t.tuple {
        "tuple"
    } else if ct == t.list {
        "list"
    } else {
        "other"
    })
}

pub(super) fn unpack_sequence(s: &mut Slow<'_>) -> Choice {
    let v = s.top(1);
    let ty = s.m.type_of(v);
    if ty == s.m.types.tuple {
        // SAFETY: an exact tuple.
        let len = unsafe { v.cast::<Tuple>() }.len();
        if len != s.oparg {
            return Err("expected error");
        }
        return Ok(if len == 2 { Opcode::UNPACK_SEQUENCE_TWO_TUPLE } else { Opcode::UNPACK_SEQUENCE_TUPLE });
    }
    if ty == s.m.types.list {
        // SAFETY: an exact list.
        let len = unsafe { v.cast::<List>() }.len();
        return if len == s.oparg { Ok(Opcode::UNPACK_SEQUENCE_LIST) } else { Err("expected error") };
    }
    Err(if v.downcast::<Str>().is_some() { "sequence" } else { "iterator" })
}
