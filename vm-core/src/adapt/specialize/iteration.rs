//! FOR_ITER and SEND.

use super::Choice;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::op::Slow;
use crate::opcodes::Opcode;

pub(super) fn for_iter(s: &mut Slow<'_>) -> Choice {
    let ty = s.m.type_of(s.top(1));
    let t = &s.m.types;
    if ty == t.list_iter {
        Ok(Opcode::FOR_ITER_LIST)
    } else if ty == t.tuple_iter {
        Ok(Opcode::FOR_ITER_TUPLE)
    } else if ty == t.range_iter {
        Ok(Opcode::FOR_ITER_RANGE)
    } else if ty == t.generator {
        Ok(Opcode::FOR_ITER_GEN)
    } else {
        Err(classify(s, ty))
    }
}

pub(super) fn send(s: &mut Slow<'_>) -> Choice {
    let ty = s.m.type_of(s.top(2));
    let t = &s.m.types;
    if ty == t.generator || ty == t.coroutine {
        return Ok(Opcode::SEND_GEN);
    }
    Err(classify(s, ty))
}

/// What kind of iterator this is (CPython's `_PySpecialization_ClassifyIterator`).
fn classify(s: &Slow<'_>, ty: Gc<Type>) -> &'static str {
    let t = &s.m.types;
    let kinds = [
        (t.generator, "generator"),
        (t.coroutine, "coroutine"),
        (t.async_generator, "async generator"),
        (t.async_gen_asend, "async generator send"),
        (t.list_iter, "list"),
        (t.tuple_iter, "tuple"),
        (t.dict_key_iter, "dict keys"),
        (t.dict_value_iter, "dict values"),
        (t.dict_item_iter, "dict items"),
        (t.set_iter, "set"),
        (t.str_iter, "string"),
        (t.bytes_iter, "bytes"),
        (t.range_iter, "range"),
        (t.enumerate, "enumerate"),
        (t.map, "map"),
        (t.zip, "zip"),
        (t.seq_iter, "seq iter"),
        (t.list_reverse_iter, "reversed list"),
        (t.str_ascii_iter, "ascii string"),
        (t.callable_iter, "callable"),
    ];
    match kinds.iter().find(|(known, _)| *known == ty) {
        Some((_, kind)) => kind,
        None if is_from_itertools(s, ty) => "itertools",
        None => "other",
    }
}

fn is_from_itertools(s: &Slow<'_>, ty: Gc<Type>) -> bool {
    let module = ty.dict.get().and_then(|d| d.iter().find(|(key, _)| *key == s.m.names.module.value()));
    module.and_then(|(_, v)| v.downcast::<Str>()).is_some_and(|name| name.bytes() == b"itertools")
}
