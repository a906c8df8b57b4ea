//! BINARY_OP, its specialised forms, and the unary operators.

use super::words;
use crate::adapt::miss;
use crate::machine::R;
use crate::object::int_arith;
use crate::object::protocol::BinaryOp;
use crate::object::slots::Binary;
use crate::object::value::Value;
use crate::op;
use crate::op::{Flow, Next, Op, Slow, unit_arg};

op! {
    /// `left op right`, through the slots of both types.
    BINARY_OP (left, right -- result) fast |cx| {
        let Some(result) = words::binary(cx.oparg, cx.top(2), cx.top(1)) else { return cx.slow() };
        cx.set_top(2, result);
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        let result = match s.m.word_operator(s.oparg, left, right) {
            Some(operator) => operator(s.m, left, right)?,
            None => s.m.binary(BinaryOp::ALL[s.oparg], left, right)?,
        };
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
    }

    /// `+` of two ints.
    BINARY_OP_ADD_INT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_int(left, right) {
            return cx.slow();
        }
        let Some(sum) = left.raw_int().checked_add(right.raw_int()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, Value::from_raw_int(sum));
        cx.next()
    } slow |s| {
        exact_ints(s, int_arith::add_any)
    }

    /// `-` of two ints.
    BINARY_OP_SUBTRACT_INT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_int(left, right) {
            return cx.slow();
        }
        let Some(difference) = left.raw_int().checked_sub(right.raw_int()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, Value::from_raw_int(difference));
        cx.next()
    } slow |s| {
        exact_ints(s, int_arith::sub_any)
    }

    /// `*` of two ints.
    BINARY_OP_MULTIPLY_INT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_int(left, right) {
            return cx.slow();
        }
        let Some(product) = left.raw_int().checked_mul(right.as_int()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, Value::from_raw_int(product));
        cx.next()
    } slow |s| {
        exact_ints(s, int_arith::mul_any)
    }

    /// `+` of two floats.
    BINARY_OP_ADD_FLOAT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_immediate_float(left, right) {
            return cx.slow();
        }
        let Some(sum) = Value::try_float(left.as_immediate_float() + right.as_immediate_float()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, sum);
        cx.next()
    } slow |s| {
        exact_floats(s, |a, b| a + b)
    }

    /// `-` of two floats.
    BINARY_OP_SUBTRACT_FLOAT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_immediate_float(left, right) {
            return cx.slow();
        }
        let Some(difference) = Value::try_float(left.as_immediate_float() - right.as_immediate_float()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, difference);
        cx.next()
    } slow |s| {
        exact_floats(s, |a, b| a - b)
    }

    /// `*` of two floats.
    BINARY_OP_MULTIPLY_FLOAT of BINARY_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_immediate_float(left, right) {
            return cx.slow();
        }
        let Some(product) = Value::try_float(left.as_immediate_float() * right.as_immediate_float()) else { return cx.slow() };
        cx.pop();
        cx.set_top(1, product);
        cx.next()
    } slow |s| {
        exact_floats(s, |a, b| a * b)
    }

    /// `+` of two strs.
    BINARY_OP_ADD_UNICODE of BINARY_OP (left, right -- result) slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        if !(s.m.is_exact_str(left) && s.m.is_exact_str(right)) {
            return miss();
        }
        let result = s.m.concat_str(left.cast(), right.cast())?;
        s.drop(2);
        s.push(result.value());
        Ok(Next::Done)
    }

    /// `local = local + right` of two strs: does the STORE_FAST that follows as well.
    BINARY_OP_INPLACE_ADD_UNICODE of BINARY_OP (left, right --) fast |cx| {
        let store = *cx.ip.add(BINARY_OP::LEN);
        let (left, right) = (cx.top(2), cx.top(1));
        let str_type = (*cx.vm).types.str;
        if !(cx.is_exact(left, str_type) && cx.is_exact(right, str_type)) || left != cx.local(unit_arg(store)) {
            return cx.slow();
        }
        P::skipped(cx.vm, 1);
        cx.slow()
    } slow |s| {
        let store = *s.ip.add(BINARY_OP::LEN);
        let (left, right) = (s.top(2), s.top(1));
        if !(s.m.is_exact_str(left) && s.m.is_exact_str(right)) || left != s.local(unit_arg(store)) {
            return miss();
        }
        let result = s.m.concat_str(left.cast(), right.cast())?;
        s.drop(2);
        s.set_local(unit_arg(store), result.value());
        Ok(s.jump(BINARY_OP::LEN, 1))
    }

    /// `-value`.
    UNARY_NEGATIVE (value -- result) slow |s| {
        let v = s.top(1);
        let result = s.m.negative(v)?;
        s.set_top(1, result);
        Ok(Next::Done)
    }

    /// `~value`.
    UNARY_INVERT (value -- result) slow |s| {
        let v = s.top(1);
        let result = s.m.invert(v)?;
        s.set_top(1, result);
        Ok(Next::Done)
    }
}

/// Two exact ints of which one is big, or whose result is: still a hit, by the generic operation. Anything else is a miss.
#[inline(always)]
fn exact_ints(s: &mut Slow<'_>, operator: Binary) -> R<Next> {
    let (left, right) = (s.top(2), s.top(1));
    let int = s.m.types.int;
    if s.m.type_of(left) != int || s.m.type_of(right) != int {
        return miss();
    }
    let result = operator(s.m, left, right)?;
    s.drop(2);
    s.push(result);
    Ok(Next::Done)
}

/// Two exact floats of which one is boxed, or whose result is: still a hit. Anything else is a miss.
#[inline(always)]
fn exact_floats(s: &mut Slow<'_>, f: impl Fn(f64, f64) -> f64) -> R<Next> {
    let (left, right) = (s.top(2), s.top(1));
    let float = s.m.types.float;
    if s.m.type_of(left) == float
        && s.m.type_of(right) == float
        && let (Some(a), Some(b)) = (s.m.float_value(left), s.m.float_value(right))
    {
        let result = s.m.new_float(f(a, b));
        s.drop(2);
        s.push(result);
        return Ok(Next::Done);
    }
    // SAFETY: a member of the family.
    miss()
}
