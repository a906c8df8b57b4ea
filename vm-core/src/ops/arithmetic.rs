//! BINARY_OP, its specialised forms, and the unary operators.

use crate::object::protocol::BinaryOp;
use crate::op;
use crate::op::Next;

op! {
    /// `left op right`, through the slots of both types.
    BINARY_OP (left, right -- result) slow |s| {
        let (left, right) = (s.top(2), s.top(1));
        let result = s.m.binary(BinaryOp::ALL[s.oparg], left, right)?;
        s.drop(2);
        s.push(result);
        Ok(Next::Done)
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
