//! Methods that give parts of bytes (`split` and its family, `partition`, `strip`, …), and `join`.

use super::super::bytes::Bytes;
use super::super::list::List;
use super::super::string::put;
use super::super::tuple::Tuple;
use super::super::value::Value;
use super::{alike, own, part_of};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::byte_masks;
use crate::text::bytes_ops;
use crate::text::error::TextResult;
use crate::text::split::{self as cut, Sides};

type Ranges = Vec<(usize, usize)>;

fn list(m: &mut Machine, this: Value, bytes: &[u8], ranges: &[(usize, usize)]) -> R<Value> {
    let list = m.new_list(&[]);
    list.reserve(m, ranges.len());
    for &(from, to) in ranges {
        let item = part_of(m, this, bytes.get(from..to).unwrap_or_default())?;
        list.push(m, item);
    }
    Ok(list.value())
}

fn split_with(
    m: &mut Machine,
    name: &str,
    this: Value,
    args: Args<'_>,
    by: fn(&[u8], &[u8], isize) -> TextResult<Ranges>,
    by_space: fn(&[u8], isize) -> Ranges,
) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [sep, limit] = args.bind(m, name, ["sep", "maxsplit"], spec)?;
    let limit = if limit.is_null() { -1 } else { m.index_argument(limit)? } as isize;
    if limit < 0
        && let Some(bytes) = this.downcast::<Bytes>()
        && bytes.contents().len() <= byte_masks::MOST
    {
        if sep.is_null() || sep.is_none() {
            return split_few(m, this, byte_masks::ascii_spaces_of_bytes(bytes.contents()));
        }
        if let &[sep] = m.bytes_like_argument(sep)? {
            return split_at_each(m, this, byte_masks::equal(bytes.contents(), sep));
        }
    }
    let ranges = if sep.is_null() || sep.is_none() {
        by_space(own(m, this)?, limit)
    } else {
        let sep = m.bytes_like_argument(sep)?;
        by(own(m, this)?, sep, limit).map_err(|e| m.raise_text(e))?
    };
    let bytes = own(m, this)?;
    list(m, this, bytes, &ranges)
}

/// The parts between the bytes that have a bit.
fn split_at_each(m: &mut Machine, this: Value, mut found: u64) -> R<Value> {
    let bytes = own(m, this)?;
    let list = m.new_list_for(found.count_ones() as usize + 1);
    let mut from = 0;
    while found != 0 {
        let at = byte_masks::take_lowest(&mut found);
        let item = part_of(m, this, &bytes[from..at])?;
        list.push(m, item);
        from = at + 1;
    }
    let item = part_of(m, this, &bytes[from..])?;
    list.push(m, item);
    Ok(list.value())
}

/// The words between white space, for which there are bits.
fn split_few(m: &mut Machine, this: Value, spaces: u64) -> R<Value> {
    let bytes = own(m, this)?;
    let (mut starts, mut ends) = byte_masks::words(spaces, bytes.len());
    let list = m.new_list_for(starts.count_ones() as usize);
    while starts != 0 {
        let (from, to) = (byte_masks::take_lowest(&mut starts), byte_masks::take_lowest(&mut ends));
        let item = part_of(m, this, &bytes[from..to])?;
        list.push(m, item);
    }
    Ok(list.value())
}

pub(super) fn split(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    split_with(m, "split", this, args, cut::split_ranges, bytes_ops::split_whitespace)
}

pub(super) fn rsplit(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    split_with(m, "rsplit", this, args, cut::rsplit_ranges, bytes_ops::rsplit_whitespace)
}

pub(super) fn splitlines(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [keep] = args.bind(m, "splitlines", ["keepends"], spec)?;
    let keep = !keep.is_null() && m.truthy(keep)?;
    let bytes = own(m, this)?;
    list(m, this, bytes, &bytes_ops::split_lines(bytes, keep))
}

fn partition_with(m: &mut Machine, this: Value, sep: Value, from_right: bool) -> R<Value> {
    let part = m.bytes_like_argument(sep)?;
    let bytes = own(m, this)?;
    let found = cut::partition_at(bytes, part, from_right).map_err(|e| m.raise_text(e))?;
    let items = match found {
        Some(at) => {
            // A bytearray gives a copy of the separator, bytes the separator itself.
            let middle = if m.bytes_kind(this) { sep } else { alike(m, this, part)? };
            [alike(m, this, &bytes[..at])?, middle, alike(m, this, &bytes[at + part.len()..])?]
        }
        None => {
            let (whole, a, b) = (part_of(m, this, bytes)?, alike(m, this, b"")?, alike(m, this, b"")?);
            if from_right { [a, b, whole] } else { [whole, a, b] }
        }
    };
    Ok(m.new_tuple(&items).value())
}

impl Machine {
    /// Whether the object is a `bytes` and not a `bytearray`.
    fn bytes_kind(&self, v: Value) -> bool {
        v.downcast::<super::super::bytes::Bytes>().is_some()
    }
}

pub(super) fn partition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], false)
}

pub(super) fn rpartition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], true)
}

fn strip_with(m: &mut Machine, name: &str, this: Value, args: Args<'_>, sides: Sides) -> R<Value> {
    let args = args.between(m, name, 0, 1)?;
    let set = match args.first() {
        Some(v) if !v.is_none() => Some(m.bytes_like_argument(*v)?),
        _ => None,
    };
    let bytes = own(m, this)?;
    let (from, to) = bytes_ops::strip(bytes, set, sides);
    part_of(m, this, &bytes[from..to])
}

pub(super) fn strip(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    strip_with(m, "strip", this, args, Sides::Both)
}

pub(super) fn lstrip(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    strip_with(m, "lstrip", this, args, Sides::Left)
}

pub(super) fn rstrip(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    strip_with(m, "rstrip", this, args, Sides::Right)
}

pub(super) fn removeprefix(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let prefix = m.bytes_like_argument(args.pos()[0])?;
    let bytes = own(m, this)?;
    part_of(m, this, bytes.strip_prefix(prefix).unwrap_or(bytes))
}

pub(super) fn removesuffix(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let suffix = m.bytes_like_argument(args.pos()[0])?;
    let bytes = own(m, this)?;
    part_of(m, this, bytes.strip_suffix(suffix).unwrap_or(bytes))
}

/// `join` of a list or tuple of several exact `bytes`, of which nothing else can change the length.
fn join_plain(m: &mut Machine, this: Value, iterable: Value) -> R<Option<Value>> {
    let (ty, class) = (m.type_of(iterable), m.types.bytes);
    let items = if ty == m.types.list {
        iterable.downcast::<List>().map(|list| list.items().as_ptr_range())
    } else if ty == m.types.tuple {
        iterable.downcast::<Tuple>().map(|tuple| tuple.slice().as_ptr_range())
    } else {
        None
    };
    let Some(range) = items else { return Ok(None) };
    // SAFETY: the items stay where they are as long as no Python runs, which nothing here does.
    let items = unsafe { std::slice::from_raw_parts(range.start, range.end.offset_from_unsigned(range.start)) };
    if items.len() < 2 || m.type_of(this) != class || !items.iter().all(|&v| m.type_of(v) == class) {
        return Ok(None);
    }
    let sep = own(m, this)?;
    // SAFETY: exact `bytes` are Bytes.
    let part = |v: Value| unsafe { v.cast::<Bytes>() };
    let len = items.iter().fold(sep.len().saturating_mul(items.len() - 1), |n, &v| n.saturating_add(part(v).contents().len()));
    let joined = m.new_bytes_filled(len, |mut out| {
        for (i, &v) in items.iter().enumerate() {
            if i > 0 {
                out = put(out, sep);
            }
            out = put(out, part(v).contents());
        }
    })?;
    Ok(Some(joined.value()))
}

pub(super) fn join(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    if let Some(joined) = join_plain(m, this, args.pos()[0])? {
        return Ok(joined);
    }
    let items = m.items_to_join(args.pos()[0])?;
    let sep = own(m, this)?;
    if let [item] = items[..]
        && m.type_of(item) == m.types.bytes
        && m.bytes_kind(this)
    {
        return Ok(item);
    }
    let mut out = Vec::new();
    for (i, &item) in items.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(sep);
        }
        match m.bytes_like(item) {
            Some(bytes) => out.extend_from_slice(bytes),
            None => {
                let name = m.type_name(item);
                return Err(m.type_error(&format!("sequence item {i}: expected a bytes-like object, {name} found")));
            }
        }
    }
    alike(m, this, &out)
}
