//! GET_ITER, FOR_ITER and its specialised forms.

use crate::object::value::Value;
use crate::op;
use crate::op::{Next, Op};

op! {
    /// `iter(iterable)`.
    GET_ITER (iterable -- iterator) slow |s| {
        let iterable = s.top(1);
        let iterator = s.m.iter(iterable)?;
        s.set_top(1, iterator);
        Ok(Next::Done)
    }

    /// Pushes the next item, or jumps to END_FOR with a placeholder pushed.
    FOR_ITER (iterator -- iterator, item) slow |s| {
        let iterator = s.top(1);
        match s.m.next(iterator)? {
            Some(item) => {
                s.push(item);
                Ok(Next::Done)
            }
            None => {
                // END_FOR pops the placeholder, the POP_TOP behind it the iterator.
                s.push(Value::NULL);
                Ok(s.jump(FOR_ITER::LEN, s.oparg.cast_signed()))
            }
        }
    }

    /// `len(value)`, leaving the value.
    GET_LEN (value -- value, length) slow |s| {
        let v = s.top(1);
        let n = s.m.len(v)?;
        s.push(Value::small(n.cast_signed() as i64));
        Ok(Next::Done)
    }
}
