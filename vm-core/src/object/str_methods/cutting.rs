//! Methods that give parts of a string: `split` and its family, `partition`, `strip`, `removeprefix` and `removesuffix`.

use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use super::{part, part_of, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::error::TextResult;
use crate::text::split::{self as cut, Sides};
use crate::text::wtf8::StrRef;

/// A list of parts.
fn list(m: &mut Machine, s: Gc<Str>, parts: &[StrRef<'_>]) -> R<Value> {
    let list = m.new_list(&[]);
    list.reserve(m, parts.len());
    for &text in parts {
        let item = part_of(m, s, text)?;
        list.push(m, item);
    }
    Ok(list.value())
}

/// `(separator or None, maxsplit)`.
fn split_arguments(m: &mut Machine, name: &str, args: Args<'_>) -> R<(Option<Gc<Str>>, isize)> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [sep, limit] = args.bind(m, name, ["sep", "maxsplit"], spec)?;
    let limit = if limit.is_null() { -1 } else { m.index_argument(limit)? };
    if sep.is_null() || sep.is_none() {
        return Ok((None, limit as isize));
    }
    match sep.downcast::<Str>() {
        Some(sep) => Ok((Some(sep), limit as isize)),
        None => {
            let ty = m.type_name(sep);
            Err(m.type_error(&format!("must be str or None, not {ty}")))
        }
    }
}

pub(super) fn split(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (sep, limit) = split_arguments(m, "split", args)?;
    let s = this_str(m, this)?;
    if limit < 0 && (s.is_ascii() || sep.is_some()) {
        return split_all(m, s, sep);
    }
    let parts = match sep {
        None => cut::split_whitespace(s.text(), limit),
        Some(sep) => cut::split(s.text(), sep.text(), limit).map_err(|e| m.raise_text(e))?,
    };
    list(m, s, &parts)
}

/// `split` without a limit, at white space of ASCII text or at a separator.
fn split_all(m: &mut Machine, s: Gc<Str>, sep: Option<Gc<Str>>) -> R<Value> {
    let (text, ascii) = (s.bytes(), s.is_ascii());
    let list = m.new_list(&[]);
    let add = |m: &mut Machine, part: &[u8]| -> R<()> {
        let text = if ascii { StrRef::counted(part, part.len()) } else { StrRef::new(part) };
        let item = part_of(m, s, text)?;
        list.push(m, item);
        Ok(())
    };
    let Some(sep) = sep else {
        // The separators \x1c to \x1f are white space, too.
        let is_space = |b: &u8| matches!(b, b' ' | 9..=13 | 0x1c..=0x1f);
        text.split(is_space).filter(|part| !part.is_empty()).try_for_each(|part| add(m, part))?;
        return Ok(list.value());
    };
    let mut from = 0;
    match *sep.bytes() {
        [] => return Err(m.value_error("empty separator")),
        [b] => {
            for at in memchr::memchr_iter(b, text) {
                add(m, &text[from..at])?;
                from = at + 1;
            }
        }
        ref sep if text.len() < sep.len() => {}
        ref sep => {
            for at in crate::text::search::matches_bytes(text, sep) {
                add(m, &text[from..at])?;
                from = at + sep.len();
            }
        }
    }
    add(m, &text[from..])?;
    Ok(list.value())
}

pub(super) fn rsplit(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (sep, limit) = split_arguments(m, "rsplit", args)?;
    let s = this_str(m, this)?;
    let parts = match sep {
        None => cut::rsplit_whitespace(s.text(), limit),
        Some(sep) => cut::rsplit(s.text(), sep.text(), limit).map_err(|e| m.raise_text(e))?,
    };
    list(m, s, &parts)
}

pub(super) fn splitlines(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [keep] = args.bind(m, "splitlines", ["keepends"], spec)?;
    let keep = !keep.is_null() && m.truthy(keep)?;
    let s = this_str(m, this)?;
    list(m, s, &cut::split_lines(s.text(), keep))
}

type Partition = for<'a> fn(StrRef<'a>, StrRef<'_>) -> TextResult<Option<(StrRef<'a>, StrRef<'a>)>>;

fn partition_with(m: &mut Machine, this: Value, sep: Value, search: Partition, from_right: bool) -> R<Value> {
    let s = this_str(m, this)?;
    let Some(sep) = sep.downcast::<Str>() else {
        let ty = m.type_name(sep);
        return Err(m.type_error(&format!("must be str, not {ty}")));
    };
    let found = search(s.text(), sep.text()).map_err(|e| m.raise_text(e))?;
    let empty = m.names.empty.value();
    let items = match found {
        Some((before, after)) => [part(m, before)?, sep.value(), part(m, after)?],
        None if from_right => [empty, empty, s.value()],
        None => [s.value(), empty, empty],
    };
    Ok(m.new_tuple(&items).value())
}

pub(super) fn partition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], cut::partition, false)
}

pub(super) fn rpartition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], cut::rpartition, true)
}

fn strip_with(m: &mut Machine, name: &str, this: Value, args: Args<'_>, sides: Sides) -> R<Value> {
    let args = args.between(m, name, 0, 1)?;
    let s = this_str(m, this)?;
    let chars = match args.first() {
        None => None,
        Some(v) if v.is_none() => None,
        Some(v) => match v.downcast::<Str>() {
            Some(chars) => Some(chars),
            None => return Err(m.type_error(&format!("{name} arg must be None or str"))),
        },
    };
    let kept = cut::strip(s.text(), chars.as_ref().map(|c| c.text()), sides);
    part_of(m, s, kept)
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
    let prefix = str_argument(m, "removeprefix", "argument", args.pos()[0])?;
    let s = this_str(m, this)?;
    part_of(m, s, cut::remove_prefix(s.text(), prefix.text()))
}

pub(super) fn removesuffix(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let suffix = str_argument(m, "removesuffix", "argument", args.pos()[0])?;
    let s = this_str(m, this)?;
    part_of(m, s, cut::remove_suffix(s.text(), suffix.text()))
}
