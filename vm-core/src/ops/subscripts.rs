//! BINARY_SUBSCR, STORE_SUBSCR, their specialised forms, slices and deletion.

use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// `container[key]`.
    BINARY_SUBSCR (container, key -- result) slow |s| {
        let (container, key) = (s.top(2), s.top(1));
        let result = s.m.get_item(container, key)?;
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
    }

    /// `container[key] = value`.
    STORE_SUBSCR (value, container, key --) slow |s| {
        let (value, container, key) = (s.top(3), s.top(2), s.top(1));
        s.m.set_item(container, key, value)?;
        s.drop(3);
        Ok(Next::Done)
    }

    /// `del container[key]`.
    DELETE_SUBSCR (container, key --) slow |s| {
        let (container, key) = (s.top(2), s.top(1));
        s.m.set_item(container, key, Value::NULL)?;
        s.drop(2);
        Ok(Next::Done)
    }

    /// `container[start:stop]`.
    BINARY_SLICE (container, start, stop -- result) slow |s| {
        let slice = s.m.new_slice(s.top(2), s.top(1), Value::NONE);
        let container = s.top(3);
        let result = s.m.get_item(container, slice)?;
        s.drop(3);
        s.push(result);
        Ok(Next::Done)
    }

    /// `container[start:stop] = value`.
    STORE_SLICE (value, container, start, stop --) slow |s| {
        let slice = s.m.new_slice(s.top(2), s.top(1), Value::NONE);
        let (value, container) = (s.top(4), s.top(3));
        s.m.set_item(container, slice, value)?;
        s.drop(4);
        Ok(Next::Done)
    }
}
