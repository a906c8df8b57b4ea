//! The operators that `bytes` and `bytearray` share: comparison, subscription, membership, concatenation, repetition, `%`.

use super::super::bytearray_type::ByteArray;
use super::super::bytes::{Bytes, MAX_LEN};
use super::super::slots::Compare;
use super::super::str_methods::{Flavour, percent};
use super::super::str_type::fill_repeated;
use super::super::value::Value;
use super::{alike, own};
use crate::machine::{Machine, R};
use crate::text::codecs_8bit::decode_latin1;
use crate::text::repr::bytes_repr;
use crate::text::search::find_bytes;

pub(in crate::object) fn len(m: &mut Machine, this: Value) -> R<usize> {
    Ok(own(m, this)?.len())
}

pub(in crate::object) fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let mut text = bytes_repr(own(m, this)?);
    if this.downcast::<ByteArray>().is_some() {
        // A bytearray escapes a single quote between double quotes too.
        if text.starts_with("b\"") {
            text = text.replace('\'', "\\'");
        }
        let name = m.type_name(this);
        text = format!("{name}({text})");
    }
    Ok(m.new_str_counted(text.as_bytes(), text.len())?.value())
}

/// Two `bytes`.
pub(in crate::object) fn compare_bytes(_: &mut Machine, left: Value, right: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (left.downcast::<Bytes>(), right.downcast::<Bytes>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(ordered(a.contents(), b.contents(), op))
}

/// A `bytearray` and anything bytes-like.
pub(in crate::object) fn compare_like(m: &mut Machine, left: Value, right: Value, op: Compare) -> R<Value> {
    match (m.bytes_like(left), m.bytes_like(right)) {
        (Some(a), Some(b)) => Ok(ordered(a, b, op)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn ordered(a: &[u8], b: &[u8], op: Compare) -> Value {
    Value::from_bool(match op {
        Compare::Eq => a == b,
        Compare::Ne => a != b,
        _ => op.holds(a.cmp(b)),
    })
}

/// The index a subscript names, or the `IndexError`.
pub(in crate::object) fn index_in(m: &mut Machine, key: Value, len: usize, message: &str) -> R<usize> {
    let i = m.index_i64(key)?;
    let at = if i < 0 { i + len as i64 } else { i };
    match usize::try_from(at) {
        Ok(at) if at < len => Ok(at),
        _ => Err(m.index_error(message)),
    }
}

pub(in crate::object) fn getitem(m: &mut Machine, this: Value, key: Value) -> R<Value> {
    let array = this.downcast::<ByteArray>().is_some();
    if m.is_index(key) {
        let message = if array { "bytearray index out of range" } else { "index out of range" };
        let len = own(m, this)?.len();
        let at = index_in(m, key, len, message)?;
        return match own(m, this)?.get(at) {
            Some(&b) => Ok(Value::small(i64::from(b))),
            None => Err(m.index_error(message)),
        };
    }
    let len = own(m, this)?.len();
    let Some(range) = m.slice_range(key, len)? else {
        let (kind, name) = (if array { "bytearray" } else { "byte" }, m.type_name(key));
        return Err(m.type_error(&format!("{kind} indices must be integers or slices, not {name}")));
    };
    let bytes = own(m, this)?;
    if range.step == 1 {
        let part = bytes.get(range.start..range.start + range.count).unwrap_or_default();
        return if part.len() == bytes.len() && m.type_of(this) == m.types.bytes { Ok(this) } else { alike(m, this, part) };
    }
    if range.step == -1 && range.count > 0 {
        let mut part = bytes.get(range.start + 1 - range.count..=range.start).unwrap_or_default().to_vec();
        part.reverse();
        return alike(m, this, &part);
    }
    let part: Vec<u8> = range.indices().filter_map(|i| bytes.get(i).copied()).collect();
    alike(m, this, &part)
}

pub(in crate::object) fn contains(m: &mut Machine, this: Value, item: Value) -> R<bool> {
    if m.is_index(item) || m.is_int_instance(item) {
        let n = m.index(item)?;
        return match m.int_to_i64(n).and_then(|i| u8::try_from(i).ok()) {
            Some(b) => Ok(memchr::memchr(b, own(m, this)?).is_some()),
            None => Err(m.value_error("byte must be in range(0, 256)")),
        };
    }
    let part = m.bytes_like_argument(item)?;
    Ok(find_bytes(own(m, this)?, part).is_some())
}

pub(in crate::object) fn concat(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let (Some(a), Some(b)) = (m.bytes_like(left), m.bytes_like(right)) else {
        let (a, b) = (m.type_name(left), m.type_name(right));
        return Err(m.type_error(&format!("can't concat {b} to {a}")));
    };
    if left.downcast::<ByteArray>().is_some() {
        return Ok(m.new_bytearray([a, b].concat()).value());
    }
    let plain = m.types.bytes;
    if a.is_empty() && m.type_of(right) == plain {
        return Ok(right);
    }
    if b.is_empty() && m.type_of(left) == plain {
        return Ok(left);
    }
    let whole = m.new_bytes_of(plain, a.len() + b.len(), |out| {
        out[..a.len()].copy_from_slice(a);
        out[a.len()..].copy_from_slice(b);
    })?;
    Ok(whole.value())
}

pub(in crate::object) fn repeat(m: &mut Machine, this: Value, count: Value) -> R<Value> {
    let n = usize::try_from(m.index_argument(count)?).unwrap_or(0);
    let bytes = own(m, this)?;
    if n == 1 && m.type_of(this) == m.types.bytes {
        return Ok(this);
    }
    let total = match bytes.len().checked_mul(n) {
        Some(total) if total <= MAX_LEN => total,
        Some(total) if total <= isize::MAX as usize => return Err(m.memory_error()),
        _ if this.downcast::<ByteArray>().is_some() => return Err(m.memory_error()),
        _ => return Err(m.overflow_error("repeated bytes are too long")),
    };
    if this.downcast::<ByteArray>().is_some() {
        return Ok(m.new_bytearray(bytes.repeat(n)).value());
    }
    let plain = m.types.bytes;
    let whole = m.new_bytes_of(plain, total, |out| {
        if !out.is_empty() {
            fill_repeated(out, bytes);
        }
    })?;
    Ok(whole.value())
}

pub(in crate::object) fn rem(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    if left.downcast::<Bytes>().is_none() && left.downcast::<ByteArray>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let format = decode_latin1(own(m, left)?);
    let text = percent(m, Flavour::Bytes, format.as_ref(), right)?;
    if text.as_ref().ascii {
        return alike(m, left, text.as_ref().bytes);
    }
    let mut bytes = Vec::with_capacity(text.chars());
    bytes.extend(text.as_ref().code_points().map(|c| c as u8));
    alike(m, left, &bytes)
}
