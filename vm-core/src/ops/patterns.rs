//! Structural pattern matching (PEP 634).

use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// Whether the subject is a mapping.
    MATCH_MAPPING (subject -- subject, result) slow |s| {
        let is = s.m.type_of(s.top(1)).has(TypeFlags::MAPPING);
        s.push(Value::from_bool(is));
        Ok(Next::Done)
    }

    /// Whether the subject is a sequence.
    MATCH_SEQUENCE (subject -- subject, result) slow |s| {
        let is = s.m.type_of(s.top(1)).has(TypeFlags::SEQUENCE);
        s.push(Value::from_bool(is));
        Ok(Next::Done)
    }

    /// Values of the keys in the subject as a tuple, or None.
    MATCH_KEYS (subject, keys -- subject, keys, values_or_none) slow |s| {
        let (subject, keys) = (s.top(2), s.top(1));
        let values = s.m.match_keys(subject, keys)?;
        s.push(values);
        Ok(Next::Done)
    }

    /// Attributes of a class pattern as a tuple, or None.
    MATCH_CLASS (subject, class, names -- attributes_or_none) slow |s| {
        let (subject, class, names) = (s.top(3), s.top(2), s.top(1));
        let attributes = s.m.match_class(subject, class, s.oparg, names)?;
        s.drop(3);
        s.push(attributes);
        Ok(Next::Done)
    }
}
