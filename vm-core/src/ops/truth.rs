//! TO_BOOL and its specialised forms; UNARY_NOT.

use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// `bool(value)`.
    TO_BOOL (value -- result) slow |s| {
        let v = s.top(1);
        let result = s.m.truthy(v)?;
        s.set_top(1, Value::from_bool(result));
        Ok(Next::Done)
    }

    /// `not value`, of a bool.
    UNARY_NOT (value -- result) fast |cx| {
        let v = cx.top(1);
        cx.set_top(1, Value::from_bool(v == Value::FALSE));
        cx.next()
    }
}
