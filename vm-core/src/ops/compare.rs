//! COMPARE_OP, CONTAINS_OP, their specialised forms, and IS_OP.

use super::words;
use crate::adapt::miss;
use crate::hints::related;
use crate::object::dict::{Dict, Quick};
use crate::object::set::Set;
use crate::object::slots::Compare;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::op;
use crate::op::{Flow, Next};

op! {
    /// `left op right`; bit 4 of the argument asks for a bool.
    COMPARE_OP (left, right -- result) fast |cx| {
        let Some(result) = words::compare(cx.oparg, cx.top(2), cx.top(1)) else { return cx.slow() };
        cx.set_top(2, result);
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        let mut result = s.m.compare(left, right, Compare::from_number(s.oparg >> 5))?;
        if s.oparg & 16 != 0 && !result.is_bool() {
            result = Value::from_bool(s.m.truthy(result)?);
        }
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
    }

    /// Comparison of two compact ints.
    COMPARE_OP_INT of COMPARE_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_compact_int(left, right) {
            return cx.slow();
        }
        // The low four bits of the argument say which of unordered, less, greater and equal satisfy the operator.
        cx.set_top(2, related(left.raw_int(), right.raw_int(), cx.oparg));
        Flow::Next(cx.sp.sub(1))
    }

    /// Comparison of two floats.
    COMPARE_OP_FLOAT of COMPARE_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        if !Value::both_immediate_float(left, right) {
            return cx.slow();
        }
        let bit = words::order_bit(left.as_immediate_float(), right.as_immediate_float());
        cx.pop();
        cx.set_top(1, Value::from_bool(cx.oparg & bit != 0));
        cx.next()
    } slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        let float = s.m.types.float;
        if s.m.type_of(left) != float || s.m.type_of(right) != float {
            return miss();
        }
        let (Some(a), Some(b)) = (s.m.float_value(left), s.m.float_value(right)) else { return miss() };
        let bit = match a.partial_cmp(&b) {
            None => 1,
            Some(std::cmp::Ordering::Less) => 2,
            Some(std::cmp::Ordering::Greater) => 4,
            Some(std::cmp::Ordering::Equal) => 8,
        };
        s.drop(1);
        s.set_top(1, Value::from_bool(s.oparg & bit != 0));
        Ok(Next::Done)
    }

    /// `==` or `!=` of two strs.
    COMPARE_OP_STR of COMPARE_OP (left, right -- result) fast |cx| {
        let (left, right) = (cx.top(2), cx.top(1));
        let str_type = (*cx.vm).types.str;
        let Some(a) = cx.exact::<Str>(left, str_type) else { return cx.slow() };
        let Some(b) = cx.exact::<Str>(right, str_type) else { return cx.slow() };
        let bit = if a == b {
            8
        } else if a.plainly_differs(&b) {
            7
        } else {
            return cx.slow();
        };
        cx.set_top(2, Value::from_bool(cx.oparg & bit != 0));
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        if !(s.m.is_exact_str(left) && s.m.is_exact_str(right)) {
            return miss();
        }
        let bit = if left.cast::<Str>().bytes() == right.cast::<Str>().bytes() { 8 } else { 7 };
        s.drop(1);
        s.set_top(1, Value::from_bool(s.oparg & bit != 0));
        Ok(Next::Done)
    }

    /// `in` a set or frozenset.
    CONTAINS_OP_SET of CONTAINS_OP (left, right -- result) fast |cx| {
        let (item, container) = (cx.top(2), cx.top(1));
        let types = &(*cx.vm).types;
        let Some(set) = cx.exact::<Set>(container, types.set).or_else(|| cx.exact::<Set>(container, types.frozenset)) else { return cx.slow() };
        let Some(found) = set.look_quickly(item, (*cx.vm).hash_at_hand(item)) else { return cx.slow() };
        cx.set_top(2, Value::from_bool(found ^ (cx.oparg != 0)));
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (item, container) = (s.top(2), s.top(1));
        let ty = s.m.type_of(container);
        if ty != s.m.types.set && ty != s.m.types.frozenset {
            return miss();
        }
        let found = s.m.contains(container, item)?;
        s.drop(2);
        s.push(Value::from_bool(found ^ (s.oparg != 0)));
        Ok(Next::Done)
    }

    /// `in` a dict.
    CONTAINS_OP_DICT of CONTAINS_OP (left, right -- result) fast |cx| {
        let (item, container) = (cx.top(2), cx.top(1));
        let Some(dict) = cx.exact::<Dict>(container, (*cx.vm).types.dict) else { return cx.slow() };
        let found = match dict.look_once(item, (*cx.vm).hash_at_hand(item)) {
            Quick::At(_) => true,
            Quick::Absent => false,
            Quick::Unknown => return cx.slow(),
        };
        cx.set_top(2, Value::from_bool(found ^ (cx.oparg != 0)));
        Flow::Next(cx.sp.sub(1))
    } slow |s| {
        let (item, container) = (s.top(2), s.top(1));
        if s.m.type_of(container) != s.m.types.dict {
            return miss();
        }
        let dict = container.cast::<Dict>();
        let found = match dict.look_quickly(item, s.m.hash_at_hand(item)) {
            Quick::At(_) => true,
            Quick::Absent => false,
            Quick::Unknown => dict.get(s.m, item)?.is_some(),
        };
        s.drop(2);
        s.push(Value::from_bool(found ^ (s.oparg != 0)));
        Ok(Next::Done)
    }

    /// `left in right`, or `not in`.
    CONTAINS_OP (left, right -- result) slow |s| {
        let (item, container) = (s.top(2), s.top(1));
        let found = s.m.contains(container, item)?;
        s.drop(2);
        s.push(Value::from_bool(found ^ (s.oparg != 0)));
        Ok(Next::Done)
    }

    /// `left is right`, or `is not`.
    IS_OP (left, right -- result) fast |cx| {
        let right = cx.pop();
        let left = cx.top(1);
        cx.set_top(1, Value::from_bool(left.is(right) ^ (cx.oparg != 0)));
        cx.next()
    }
}
