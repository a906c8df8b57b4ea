//! FOR_ITER and SEND.

use super::Choice;
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
        Err(if ty == t.coroutine {
            "coroutine"
        } else if ty == t.async_generator {
            "async generator"
        } else if ty == t.set_iter {
            "set"
        } else if ty == t.str_iter {
            "string"
        } else if ty == t.str_ascii_iter {
            "ascii string"
        } else if ty == t.bytes_iter {
            "bytes"
        } else if ty == t.dict_key_iter {
            "dict keys"
        } else if ty == t.dict_value_iter {
            "dict values"
        } else if ty == t.dict_item_iter {
            "dict items"
        } else if ty == t.enumerate {
            "enumerate"
        } else if ty == t.map {
            "map"
        } else if ty == t.zip {
            "zip"
        } else if ty == t.seq_iter {
            "seq iter"
        } else if ty == t.list_reverse_iter {
            "reversed list"
        } else if ty == t.callable_iter {
            "callable"
        } else {
            "other"
        })
    }
}

pub(super) fn send(s: &mut Slow<'_>) -> Choice {
    let ty = s.m.type_of(s.top(2));
    let t = &s.m.types;
    if ty == t.generator || ty == t.coroutine {
        return Ok(Opcode::SEND_GEN);
    }
    Err(if ty == t.async_gen_asend {
        "async generator send"
    } else if ty == t.list_iter {
        "list"
    } else if ty == t.tuple_iter {
        "tuple"
    } else {
        "other"
    })
}
