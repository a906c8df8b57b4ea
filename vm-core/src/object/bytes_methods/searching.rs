//! `find` and its family, `count`, `replace`, `startswith` and `endswith` of bytes.

use super::super::bytes::Bytes;
use super::super::tuple::Tuple;
use super::super::value::Value;
use super::{alike, own, part_of};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::text::search::{self, adjust_range};

/// The range as written, which may be absent.
#[inline(always)]
fn range(m: &mut Machine, bounds: &[Value]) -> R<(i64, i64)> {
    if bounds.is_empty() {
        return Ok((0, i64::MAX));
    }
    let start = m.range_argument(bounds[0], 0)?;
    let end = m.range_argument(bounds.get(1).copied().unwrap_or(Value::NULL), i64::MAX)?;
    Ok((start, end))
}

/// What is looked for (a number stands for one byte, which is kept in `byte`), and the range as written. Nothing may run Python as long as
/// the first is needed.
fn arguments<'a>(m: &mut Machine, name: &str, args: Args<'_>, byte: &'a mut u8) -> R<(&'a [u8], i64, i64)> {
    let args = args.between(m, name, 1, 3)?;
    let (start, end) = range(m, &args[1..])?;
    if let Some(bytes) = m.bytes_like(args[0]) {
        return Ok((bytes, start, end));
    }
    if !m.is_index(args[0]) && !m.is_int_instance(args[0]) {
        let ty = m.type_name(args[0]);
        return Err(m.type_error(&format!("argument should be integer or bytes-like object, not '{ty}'")));
    }
    let n = m.index(args[0])?;
    match m.int_to_i64(n).and_then(|i| u8::try_from(i).ok()) {
        Some(b) => {
            *byte = b;
            Ok((std::slice::from_ref(byte), start, end))
        }
        None => Err(m.value_error("byte must be in range(0, 256)")),
    }
}

type Search = fn(&[u8], &[u8]) -> Option<usize>;

fn search_with(m: &mut Machine, name: &str, this: Value, args: Args<'_>, search: Search) -> R<Option<usize>> {
    let mut byte = 0;
    let (part, start, end) = arguments(m, name, args, &mut byte)?;
    let bytes = own(m, this)?;
    let (start, end) = adjust_range(start as isize, end as isize, bytes.len());
    Ok(bytes.get(start..end).filter(|hay| hay.len() >= part.len()).and_then(|hay| search(hay, part)).map(|at| at + start))
}

fn found(at: Option<usize>) -> Value {
    Value::small(at.map_or(-1, |at| at as i64))
}

fn required(m: &mut Machine, at: Option<usize>) -> R<Value> {
    match at {
        Some(at) => Ok(Value::small(at as i64)),
        None => Err(m.value_error("subsection not found")),
    }
}

pub(super) fn find(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    Ok(found(search_with(m, "find", this, args, search::find_bytes)?))
}

pub(super) fn rfind(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    Ok(found(search_with(m, "rfind", this, args, search::rfind_bytes)?))
}

pub(super) fn index(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let at = search_with(m, "index", this, args, search::find_bytes)?;
    required(m, at)
}

pub(super) fn rindex(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let at = search_with(m, "rindex", this, args, search::rfind_bytes)?;
    required(m, at)
}

pub(super) fn count(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let mut byte = 0;
    let (part, start, end) = arguments(m, "count", args, &mut byte)?;
    let bytes = own(m, this)?;
    let (start, end) = adjust_range(start as isize, end as isize, bytes.len());
    let n = bytes.get(start..end).map_or(0, |hay| search::count_bytes(hay, part));
    Ok(Value::small(n as i64))
}

pub(super) fn replace(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "replace", 2, 3)?;
    let limit = match args.get(2) {
        Some(&limit) => m.index_argument(limit)?,
        None => -1,
    };
    let (old, new) = (m.bytes_like_argument(args[0])?, m.bytes_like_argument(args[1])?);
    let bytes = own(m, this)?;
    if limit == 0 || (!old.is_empty() && search::find_bytes(bytes, old).is_none()) {
        return part_of(m, this, bytes);
    }
    if let (&[from], &[to], -1) = (old, new, limit)
        && this.downcast::<Bytes>().is_some()
    {
        let each = |b: u8| if b == from { to } else { b };
        let replaced = m.new_bytes_filled(bytes.len(), |out| bytes.iter().zip(out).for_each(|(&b, out)| *out = each(b)))?;
        return Ok(replaced.value());
    }
    let replaced = search::replace_bytes(bytes, old, new, limit as isize);
    alike(m, this, &replaced)
}

fn tail_match(m: &mut Machine, name: &str, this: Value, args: Args<'_>, test: fn(&[u8], &[u8]) -> bool) -> R<Value> {
    let args = args.between(m, name, 1, 3)?;
    let (start, end) = range(m, &args[1..])?;
    let bytes = own(m, this)?;
    let (start, end) = adjust_range(start as isize, end as isize, bytes.len());
    let hay = bytes.get(start..end);
    let test = |part: &[u8]| hay.is_some_and(|hay| test(hay, part));
    if let Some(parts) = args[0].downcast::<Tuple>() {
        for &part in parts.slice() {
            if test(m.bytes_like_argument(part)?) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    match m.bytes_like(args[0]) {
        Some(part) => Ok(Value::from_bool(test(part))),
        None => {
            let ty = m.type_name(args[0]);
            Err(m.type_error(&format!("{name} first arg must be bytes or a tuple of bytes, not {ty}")))
        }
    }
}

pub(super) fn startswith(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    tail_match(m, "startswith", this, args, |hay, part| hay.starts_with(part))
}

pub(super) fn endswith(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    tail_match(m, "endswith", this, args, |hay, part| hay.ends_with(part))
}
