//! `find` and its family, `count`, `replace`, `startswith` and `endswith`.

use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::{Str, put};
use super::super::tuple::Tuple;
use super::super::value::Value;
use super::{made, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::byte_masks;
use crate::text::search::{self, adjust_range};
use crate::text::wtf8::StrRef;

/// `(part, start, end)` of the methods that look for a part.
fn arguments(m: &mut Machine, name: &str, this: Value, args: Args<'_>) -> R<(Gc<Str>, Gc<Str>, usize, usize)> {
    let args = args.between(m, name, 1, 3)?;
    let part = str_argument(m, name, "argument 1", args[0])?;
    let s = this_str(m, this)?;
    let (start, end) = if args.len() == 1 { (0, s.char_len()) } else { range(m, &args[1..], s.char_len())? };
    Ok((s, part, start, end))
}

fn range(m: &mut Machine, bounds: &[Value], len: usize) -> R<(usize, usize)> {
    let start = m.range_argument(bounds.first().copied().unwrap_or(Value::NULL), 0)?;
    let end = m.range_argument(bounds.get(1).copied().unwrap_or(Value::NULL), i64::MAX)?;
    Ok(adjust_range(start as isize, end as isize, len))
}

fn found(at: Option<usize>) -> Value {
    Value::small(at.map_or(-1, |at| at as i64))
}

fn required(m: &mut Machine, at: Option<usize>) -> R<Value> {
    match at {
        Some(at) => Ok(Value::small(at as i64)),
        None => Err(m.value_error("substring not found")),
    }
}

pub(super) fn find(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (s, part, start, end) = arguments(m, "find", this, args)?;
    Ok(found(search::find(s.text(), part.text(), start, end)))
}

pub(super) fn rfind(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (s, part, start, end) = arguments(m, "rfind", this, args)?;
    Ok(found(search::rfind(s.text(), part.text(), start, end)))
}

pub(super) fn index(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (s, part, start, end) = arguments(m, "index", this, args)?;
    required(m, search::find(s.text(), part.text(), start, end))
}

pub(super) fn rindex(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (s, part, start, end) = arguments(m, "rindex", this, args)?;
    required(m, search::rfind(s.text(), part.text(), start, end))
}

pub(super) fn count(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (s, part, start, end) = arguments(m, "count", this, args)?;
    Ok(Value::small(search::count(s.text(), part.text(), start, end) as i64))
}

pub(super) fn replace(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 2, required: 2, max_positional: 3 };
    let [old, new, count] = args.bind(m, "replace", ["", "", "count"], spec)?;
    let old = str_argument(m, "replace", "argument 1", old)?;
    let new = str_argument(m, "replace", "argument 2", new)?;
    let limit = if count.is_null() { -1 } else { m.index_argument(count)? };
    let s = this_str(m, this)?;
    if limit != 0 && s.bytes().len() <= SHORT_BYTES && !old.bytes().is_empty() {
        return replace_in_short(m, s, old, new, limit);
    }
    if limit == 0 || old.bytes() == new.bytes() || (!old.bytes().is_empty() && search::find_bytes(s.bytes(), old.bytes()).is_none()) {
        return Ok(m.exact_str(s)?.value());
    }
    made(m, search::replace(s.text(), old.text(), new.text(), limit as isize))
}

/// Longest text that is searched twice, so that the result is written where it stays.
const SHORT_BYTES: usize = 96;

fn replace_in_short(m: &mut Machine, s: Gc<Str>, old: Gc<Str>, new: Gc<Str>, limit: i64) -> R<Value> {
    let (text, from, to) = (s.bytes(), old.bytes(), new.bytes());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    match *from {
        [b] if text.len() <= byte_masks::MOST => {
            let mut found = byte_masks::equal(text, b);
            if limit < byte_masks::MOST {
                let mut more = found;
                for _ in 0..limit {
                    more &= more.wrapping_sub(1);
                }
                found &= !more;
            }
            let count = found.count_ones() as usize;
            let places = || std::iter::from_fn(move || (found != 0).then(|| byte_masks::take_lowest(&mut found)));
            replace_at(m, s, old, new, (count, places))
        }
        _ => {
            let places = || search::matches_bytes(text, from).take(limit);
            let count = if from == to { 0 } else { places().count() };
            replace_at(m, s, old, new, (count, places))
        }
    }
}

/// The text with so many places, where `old` stands, changed to `new`.
#[inline(always)]
fn replace_at<P: Iterator<Item = usize>>(
    m: &mut Machine,
    s: Gc<Str>,
    old: Gc<Str>,
    new: Gc<Str>,
    (count, places): (usize, impl Fn() -> P),
) -> R<Value> {
    let (text, from, to) = (s.bytes(), old.bytes(), new.bytes());
    if count == 0 || from == to {
        return Ok(m.exact_str(s)?.value());
    }
    let len = text.len() - count * from.len() + count * to.len();
    let chars = s.char_len() - count * old.char_len() + count * new.char_len();
    if chars < 2 {
        return made(m, search::replace(s.text(), old.text(), new.text(), count as isize));
    }
    let result = m.new_str_filled(len, chars, |mut out| {
        if let ([_], &[byte]) = (from, to) {
            put(out, text);
            places().for_each(|at| out[at] = byte);
            return;
        }
        let mut read = 0;
        for at in places() {
            out = put(put(out, &text[read..at]), to);
            read = at + from.len();
        }
        put(out, &text[read..]);
    })?;
    Ok(result.value())
}

type Test = fn(StrRef<'_>, StrRef<'_>, usize, usize) -> bool;

fn tail_match(m: &mut Machine, name: &str, this: Value, args: Args<'_>, test: Test) -> R<Value> {
    let args = args.between(m, name, 1, 3)?;
    let s = this_str(m, this)?;
    let (start, end) = if args.len() == 1 { (0, s.char_len()) } else { range(m, &args[1..], s.char_len())? };
    if let Some(part) = args[0].downcast::<Str>() {
        return Ok(Value::from_bool(test(s.text(), part.text(), start, end)));
    }
    let Some(parts) = args[0].downcast::<Tuple>() else {
        let ty = m.type_name(args[0]);
        return Err(m.type_error(&format!("{name} first arg must be str or a tuple of str, not {ty}")));
    };
    for &part in parts.slice() {
        let Some(part) = part.downcast::<Str>() else {
            let ty = m.type_name(part);
            return Err(m.type_error(&format!("tuple for {name} must only contain str, not {ty}")));
        };
        if test(s.text(), part.text(), start, end) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

pub(super) fn startswith(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    tail_match(m, "startswith", this, args, search::starts_with)
}

pub(super) fn endswith(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    tail_match(m, "endswith", this, args, search::ends_with)
}
