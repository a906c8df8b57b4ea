//! COMPARE_OP, CONTAINS_OP, their specialised forms, and IS_OP.

use crate::object::slots::Compare;
use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// `left op right`; bit 4 of the argument asks for a bool.
    COMPARE_OP (left, right -- result) slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        let mut result = s.m.compare(left, right, Compare::from_number(s.oparg >> 5))?;
        if s.oparg & 16 != 0 && !result.is_bool() {
            result = Value::from_bool(s.m.truthy(result)?);
        }
        s.drop(2);
        s.push(result);
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
