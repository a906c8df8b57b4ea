//! `repr()` of times and of dates with times: a call that would make them.

use crate::machine::{Machine, R};
use crate::object::value::Value;

/// A keyword argument, shown only if it has to be.
pub(super) enum Extra {
    /// `fold`, unless it is 0.
    Fold(bool),
    /// `tzinfo`, unless it is `None`.
    Zone(Value),
}

/// The name of an object's class, and arguments.
pub(super) fn show(m: &mut Machine, v: Value, numbers: &[i32], extra: &[Extra]) -> R<Value> {
    let mut text = m.type_of(v).name_str().as_bytes().to_vec();
    text.push(b'(');
    for (i, n) in numbers.iter().enumerate() {
        if i > 0 {
            text.extend_from_slice(b", ");
        }
        text.extend_from_slice(n.to_string().as_bytes());
    }
    for extra in extra {
        match *extra {
            Extra::Fold(true) => text.extend_from_slice(b", fold=1"),
            Extra::Zone(tz) if !tz.is_none() => {
                text.extend_from_slice(b", tzinfo=");
                text.extend_from_slice(m.repr(tz)?.bytes());
            }
            _ => {}
        }
    }
    text.push(b')');
    Ok(m.new_str_wtf8(&text)?.value())
}
