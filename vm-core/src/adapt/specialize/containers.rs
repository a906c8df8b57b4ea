//! BINARY_SUBSCR, STORE_SUBSCR, CONTAINS_OP, UNPACK_SEQUENCE.

use super::Choice;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
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
    if let Some(found) = s.m.type_lookup(ct, name)
        && let Some(func) = found.downcast::<Function>()
    {
        if !ct.has(TypeFlags::HEAP) {
            return Err("not heap type");
        }
        let code = func.code.get();
        super::simple_function(&code)?;
        if code.argcount != 2 {
            return Err("wrong number arguments");
        }
        let version = func.version.get();
        // The cache is emptied when the class changes, so the class must have a version by which a change is noticed.
        if version == 0 || s.m.type_version(ct) == 0 {
            return Err("out of versions");
        }
        ct.cached_getitem.set((found, version));
        return Ok(Opcode::BINARY_SUBSCR_GETITEM);
    }
    Err(if is_buffer(s, ct) {
        if kt == s.m.types.int {
            "buffer int"
        } else if kt == s.m.types.slice {
            "buffer slice"
        } else {
            "other"
        }
    } else if kt == s.m.types.int && ct.slot(|x| x.getitem).is_some() && is_sequence(s, ct) {
        "sequence int"
    } else {
        "other"
    })
}

fn is_buffer(s: &Slow<'_>, ty: Gc<Type>) -> bool {
    let t = &s.m.types;
    [t.bytes, t.bytearray, t.memoryview].iter().any(|&b| ty.is_subtype_of(b))
}

/// Whether the class has CPython's `sq_item`: sequences, and every Python class with a `__getitem__`.
fn is_sequence(s: &Slow<'_>, ty: Gc<Type>) -> bool {
    ty.has(TypeFlags::HEAP) || (ty.slot(|x| x.getitem).is_some() && ty != s.m.types.dict && ty != s.m.types.mapping_proxy)
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
    let kt = s.m.type_of(key);
    let int = kt == s.m.types.int;
    if ct.is_subtype_of(s.m.types.dict)
        && ct.slot(|x| x.setitem).map(|f| f as usize) == s.m.types.dict.slot(|x| x.setitem).map(|f| f as usize)
    {
        return Err("dict subclass no override");
    }
    if is_buffer(s, ct) {
        let exact = ct == s.m.types.bytearray;
        return Err(match (int, kt == s.m.types.slice) {
            (true, _) if !(key.is_compact_int() && key.as_int() >= 0) => "out of range",
            (true, _) if exact => "bytearray int",
            (true, _) => "buffer int",
            (_, true) if exact => "bytearray slice",
            (_, true) => "buffer slice",
            _ => "other",
        });
    }
    let name = s.m.names.setitem;
    Err(match s.m.type_lookup(ct, name).and_then(Value::downcast::<Function>) {
        Some(f) if super::simple_function(&f.code.get()).is_ok() => "py simple",
        Some(_) => "py other",
        None => "other",
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
    } else if ct == t.list {
        "list"
    } else if ct == t.tuple {
        "tuple"
    } else if ct.is_subtype_of(t.type_) {
        "user class"
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
    Err(if !ty.is_subtype_of(s.m.types.dict) && ty.slot(|x| x.getitem).is_some() && is_sequence(s, ty) {
        "sequence"
    } else if ty.slot(|x| x.iternext).is_some() {
        "iterator"
    } else {
        "other"
    })
}
