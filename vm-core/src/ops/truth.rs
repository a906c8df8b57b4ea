//! TO_BOOL and its specialised forms; UNARY_NOT.

use crate::adapt::miss;
use crate::object::list::List;
use crate::object::string::Str;
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

    /// `bool(value)` of a bool.
    TO_BOOL_BOOL of TO_BOOL (value -- value) fast |cx| {
        if cx.top(1).is_bool() { cx.next() } else { cx.slow() }
    }

    /// `bool(value)` of an int.
    TO_BOOL_INT of TO_BOOL (value -- result) fast |cx| {
        let v = cx.top(1);
        if !v.is_int() {
            return cx.slow();
        }
        cx.set_top(1, Value::from_bool(v != Value::small(0)));
        cx.next()
    } slow |s| {
        if s.m.type_of(s.top(1)) != s.m.types.int {
            return miss();
        }
        // A big integer is not zero.
        s.set_top(1, Value::TRUE);
        Ok(Next::Done)
    }

    /// `bool(value)` of a list.
    TO_BOOL_LIST of TO_BOOL (value -- result) fast |cx| {
        let v = cx.top(1);
        let Some(list) = cx.exact::<List>(v, (*cx.vm).types.list) else { return cx.slow() };
        cx.set_top(1, Value::from_bool(!list.is_empty()));
        cx.next()
    }

    /// `bool(None)`.
    TO_BOOL_NONE of TO_BOOL (value -- result) fast |cx| {
        if cx.top(1) != Value::NONE {
            return cx.slow();
        }
        cx.set_top(1, Value::FALSE);
        cx.next()
    }

    /// `bool(value)` of a str.
    TO_BOOL_STR of TO_BOOL (value -- result) fast |cx| {
        let v = cx.top(1);
        let Some(text) = cx.exact::<Str>(v, (*cx.vm).types.str) else { return cx.slow() };
        cx.set_top(1, Value::from_bool(!text.bytes().is_empty()));
        cx.next()
    }

    /// `bool(value)` of an object whose type has neither `__bool__` nor `__len__`.
    TO_BOOL_ALWAYS_TRUE of TO_BOOL (value -- result) fast |cx| {
        if !cx.has_cached_version(cx.top(1), 1) {
            return cx.slow();
        }
        cx.set_top(1, Value::TRUE);
        cx.next()
    }

    /// `not value`, of a bool.
    UNARY_NOT (value -- result) fast |cx| {
        let v = cx.top(1);
        cx.set_top(1, Value::from_bool(v == Value::FALSE));
        cx.next()
    }
}
