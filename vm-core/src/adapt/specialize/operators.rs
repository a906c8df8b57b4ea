//! BINARY_OP, COMPARE_OP, TO_BOOL.

use super::Choice;
use crate::adapt::fusion::first_part;
use crate::object::protocol::BinaryOp;
use crate::object::value::Value;
use crate::op::{Op, Slow, unit_arg};
use crate::opcodes::Opcode;
use crate::ops::BINARY_OP;

pub(super) fn binary_op(s: &mut Slow<'_>) -> Choice {
    let (left, right) = (s.top(2), s.top(1));
    let (lt, rt) = (s.m.type_of(left), s.m.type_of(right));
    let t = &s.m.types;
    let (int, float, str) = (lt == t.int, lt == t.float, lt == t.str);
    let same = lt == rt;
    let op = BinaryOp::ALL[s.oparg];
    match op {
        BinaryOp::Add | BinaryOp::IAdd => {
            if !same {
                return Err("add different types");
            }
            if str {
                // `x = x + y`: the result goes to the local that the left operand came from.
                // SAFETY: an instruction follows; code never ends in BINARY_OP.
                let next = unsafe { *s.ip.add(BINARY_OP::LEN) };
                let to_locals = first_part(next) == Some(Opcode::STORE_FAST) && s.local(unit_arg(next)) == left;
                return Ok(if to_locals { Opcode::BINARY_OP_INPLACE_ADD_UNICODE } else { Opcode::BINARY_OP_ADD_UNICODE });
            }
            if int {
                Ok(Opcode::BINARY_OP_ADD_INT)
            } else if float {
                Ok(Opcode::BINARY_OP_ADD_FLOAT)
            } else {
                Err("add other")
            }
        }
        BinaryOp::Mul | BinaryOp::IMul => {
            if !same {
                return Err("multiply different types");
            }
            if int {
                Ok(Opcode::BINARY_OP_MULTIPLY_INT)
            } else if float {
                Ok(Opcode::BINARY_OP_MULTIPLY_FLOAT)
            } else {
                Err("multiply other")
            }
        }
        BinaryOp::Sub | BinaryOp::ISub => {
            if !same {
                return Err("subtract different types");
            }
            if int {
                Ok(Opcode::BINARY_OP_SUBTRACT_INT)
            } else if float {
                Ok(Opcode::BINARY_OP_SUBTRACT_FLOAT)
            } else {
                Err("subtract other")
            }
        }
        BinaryOp::And | BinaryOp::IAnd => Err(if !same {
            "and different types"
        } else if int {
            "and int"
        } else {
            "and other"
        }),
        BinaryOp::FloorDiv | BinaryOp::IFloorDiv => Err("floor divide"),
        BinaryOp::LShift | BinaryOp::ILShift => Err("lshift"),
        BinaryOp::MatMul | BinaryOp::IMatMul => Err("matrix multiply"),
        BinaryOp::Or | BinaryOp::IOr => Err("or"),
        BinaryOp::Pow | BinaryOp::IPow => Err("power"),
        BinaryOp::Rem | BinaryOp::IRem => Err("remainder"),
        BinaryOp::RShift | BinaryOp::IRShift => Err("rshift"),
        BinaryOp::TrueDiv | BinaryOp::ITrueDiv => Err(if !same {
            "true divide different types"
        } else if float {
            "true divide float"
        } else {
            "true divide other"
        }),
        BinaryOp::Xor | BinaryOp::IXor => Err("xor"),
    }
}

pub(super) fn compare_op(s: &mut Slow<'_>) -> Choice {
    let (left, right) = (s.top(2), s.top(1));
    let (lt, rt) = (s.m.type_of(left), s.m.type_of(right));
    if lt != rt {
        return Err(if lt == s.m.types.int && rt == s.m.types.float {
            "long float"
        } else if lt == s.m.types.float && rt == s.m.types.int {
            "float long"
        } else {
            "different types"
        });
    }
    if lt == s.m.types.float {
        return Ok(Opcode::COMPARE_OP_FLOAT);
    }
    if lt == s.m.types.int {
        return if Value::both_compact_int(left, right) { Ok(Opcode::COMPARE_OP_INT) } else { Err("big int") };
    }
    if lt == s.m.types.str {
        return if matches!(s.oparg >> 5, 2 | 3) { Ok(Opcode::COMPARE_OP_STR) } else { Err("string") };
    }
    let t = &s.m.types;
    Err(if lt == t.bytes {
        "bytes"
    } else if lt == t.tuple {
        "tuple"
    } else if lt == t.list {
        "list"
    } else if lt == t.set || lt == t.frozenset {
        "set"
    } else if lt == t.bool {
        "bool"
    } else if lt.slot(|x| x.richcompare).map(|f| f as usize) == t.object.slot(|x| x.richcompare).map(|f| f as usize) {
        "baseobject"
    } else {
        "other"
    })
}

pub(super) fn to_bool(s: &mut Slow<'_>) -> Choice {
    let v = s.top(1);
    let ty = s.m.type_of(v);
    let t = &s.m.types;
    if v.is_bool() {
        return Ok(Opcode::TO_BOOL_BOOL);
    }
    if ty == t.int {
        return Ok(Opcode::TO_BOOL_INT);
    }
    if ty == t.list {
        return Ok(Opcode::TO_BOOL_LIST);
    }
    if v.is_none() {
        return Ok(Opcode::TO_BOOL_NONE);
    }
    if ty == t.str {
        return Ok(Opcode::TO_BOOL_STR);
    }
    if ty.has(crate::object::typeobj::TypeFlags::HEAP) {
        if ty.slot(|x| x.bool).is_some() {
            return Err("number");
        }
        if ty.slot(|x| x.len).is_some() {
            return Err("mapping");
        }
        let version = s.m.type_version(ty);
        if version == 0 {
            return Err("out of versions");
        }
        s.set_cache(1, version);
        return Ok(Opcode::TO_BOOL_ALWAYS_TRUE);
    }
    Err(if ty == t.bytearray {
        "bytearray"
    } else if ty == t.bytes {
        "bytes"
    } else if ty == t.dict {
        "dict"
    } else if ty == t.float {
        "float"
    } else if ty == t.memoryview {
        "memory view"
    } else if ty == t.set || ty == t.frozenset {
        "set"
    } else if ty == t.tuple {
        "tuple"
    } else {
        "other"
    })
}
