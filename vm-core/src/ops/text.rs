//! Formatting of f-string fields.

use crate::op;
use crate::op::Next;

op! {
    /// `str`, `repr` or `ascii` of a field (`!s`, `!r`, `!a`).
    CONVERT_VALUE (value -- string) slow |s| {
        let v = s.top(1);
        let text = match s.oparg {
            1 => s.m.to_str(v)?,
            2 => s.m.repr(v)?,
            _ => s.m.ascii(v)?,
        };
        s.set_top(1, text.value());
        Ok(Next::Done)
    }

    /// `format(value, '')`.
    FORMAT_SIMPLE (value -- string) slow |s| {
        let v = s.top(1);
        if s.m.type_of(v) != s.m.types.str {
            let spec = s.m.names.empty;
            let text = s.m.format(v, spec)?;
            s.set_top(1, text.value());
        }
        Ok(Next::Done)
    }

    /// `format(value, spec)`.
    FORMAT_WITH_SPEC (value, spec -- string) slow |s| {
        let (v, spec) = (s.top(2), s.top(1).cast());
        let text = s.m.format(v, spec)?;
        s.drop(2);
        s.push(text.value());
        Ok(Next::Done)
    }
}
