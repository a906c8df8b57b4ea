//! Methods that give parts of a string: `split` and its family, `partition`, `strip`, `removeprefix` and `removesuffix`.

use super::super::header::Gc;
use super::super::list::List;
use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use super::{part, part_of, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::byte_masks;
use crate::text::search::find_byte;
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
    if s.is_ascii()
        && let Some(sep) = sep
        && !sep.bytes().is_empty()
    {
        let (text, mut from) = (s.bytes(), 0);
        let list = m.new_list_for(limit.min(7) as usize + 1);
        for _ in 0..limit {
            let Some(at) = crate::text::search::find_bytes(&text[from..], sep.bytes()) else { break };
            add_part(m, list, s, &text[from..from + at], true)?;
            from += at + sep.bytes().len();
        }
        add_part(m, list, s, &text[from..], true)?;
        return Ok(list.value());
    }
    let parts = match sep {
        None => cut::split_whitespace(s.text(), limit),
        Some(sep) => cut::split(s.text(), sep.text(), limit).map_err(|e| m.raise_text(e))?,
    };
    list(m, s, &parts)
}

/// Bytes of text up to which looking at one after the other takes less than finding all at once.
const SCANNED_BYTES: usize = 16;

/// `split` without a limit, at white space of ASCII text or at a separator.
fn split_all(m: &mut Machine, s: Gc<Str>, sep: Option<Gc<Str>>) -> R<Value> {
    let (text, ascii) = (s.bytes(), s.is_ascii());
    let Some(sep) = sep else { return split_ascii_words(m, s) };
    let mut from = 0;
    let list = match *sep.bytes() {
        [] => return Err(m.value_error("empty separator")),
        [b] if text.len() <= SCANNED_BYTES => {
            let list = m.new_list_for(text.iter().filter(|&&x| x == b).count() + 1);
            while let Some(len) = text[from..].iter().position(|&x| x == b) {
                add_part(m, list, s, &text[from..from + len], ascii)?;
                from += len + 1;
            }
            list
        }
        [b] if text.len() <= byte_masks::MOST => {
            let mut found = byte_masks::equal(text, b);
            let list = m.new_list_for(found.count_ones() as usize + 1);
            while found != 0 {
                let at = byte_masks::take_lowest(&mut found);
                add_part(m, list, s, &text[from..at], ascii)?;
                from = at + 1;
            }
            list
        }
        [b] => {
            let list = m.new_list_for(0);
            while let Some(len) = find_byte(&text[from..], b) {
                add_part(m, list, s, &text[from..from + len], ascii)?;
                from += len + 1;
            }
            list
        }
        ref sep if text.len() < sep.len() => m.new_list_for(1),
        ref sep => {
            let list = m.new_list_for(0);
            for at in crate::text::search::matches_bytes(text, sep) {
                add_part(m, list, s, &text[from..at], ascii)?;
                from = at + sep.len();
            }
            list
        }
    };
    add_part(m, list, s, &text[from..], ascii)?;
    Ok(list.value())
}

#[inline(always)]
fn add_part(m: &mut Machine, list: Gc<List>, s: Gc<Str>, part: &[u8], ascii: bool) -> R<()> {
    let item = if ascii && part.len() < s.bytes().len() {
        m.new_str_counted(part, part.len())?.value()
    } else {
        part_of(m, s, if ascii { StrRef::counted(part, part.len()) } else { StrRef::new(part) })?
    };
    list.push(m, item);
    Ok(())
}

/// White space of ASCII: the separators \x1c to \x1f are, too.
#[inline(always)]
fn is_ascii_space(b: u8) -> bool {
    b <= b' ' && 1u64 << b & (1 << b' ' | 0x1f << 9 | 0xf << 0x1c) != 0
}

fn split_ascii_words(m: &mut Machine, s: Gc<Str>) -> R<Value> {
    let text = s.bytes();
    if text.len() <= byte_masks::MOST {
        return split_few_words(m, s);
    }
    let list = m.new_list_for(0);
    let mut at = 0;
    loop {
        while at < text.len() && is_ascii_space(text[at]) {
            at += 1;
        }
        if at == text.len() {
            return Ok(list.value());
        }
        let from = at;
        while at < text.len() && !is_ascii_space(text[at]) {
            at += 1;
        }
        add_part(m, list, s, &text[from..at], true)?;
    }
}

/// [`split_ascii_words`] of a text short enough to have a bit for each byte.
fn split_few_words(m: &mut Machine, s: Gc<Str>) -> R<Value> {
    let text = s.bytes();
    let (mut starts, mut ends) = byte_masks::words(byte_masks::ascii_spaces(text), text.len());
    let list = m.new_list_for(starts.count_ones() as usize);
    while starts != 0 {
        let (from, to) = (byte_masks::take_lowest(&mut starts), byte_masks::take_lowest(&mut ends));
        add_part(m, list, s, &text[from..to], true)?;
    }
    Ok(list.value())
}

pub(super) fn rsplit(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (sep, limit) = split_arguments(m, "rsplit", args)?;
    let s = this_str(m, this)?;
    if s.is_ascii()
        && (0..=FEW_CUTS as isize).contains(&limit)
        && let Some(sep) = sep
        && !sep.bytes().is_empty()
    {
        return rsplit_few(m, s, sep.bytes(), limit as usize);
    }
    let parts = match sep {
        None => cut::rsplit_whitespace(s.text(), limit),
        Some(sep) => cut::rsplit(s.text(), sep.text(), limit).map_err(|e| m.raise_text(e))?,
    };
    list(m, s, &parts)
}

/// Most cuts of `rsplit` that are noted in place.
const FEW_CUTS: usize = 4;

fn rsplit_few(m: &mut Machine, s: Gc<Str>, sep: &[u8], limit: usize) -> R<Value> {
    let text = s.bytes();
    let (mut cuts, mut count, mut to) = ([0; FEW_CUTS], 0, text.len());
    while count < limit
        && let Some(at) = crate::text::search::rfind_bytes(&text[..to], sep)
    {
        cuts[count] = at;
        to = at;
        count += 1;
    }
    let list = m.new_list_for(count + 1);
    let mut from = 0;
    for &at in cuts[..count].iter().rev() {
        add_part(m, list, s, &text[from..at], true)?;
        from = at + sep.len();
    }
    add_part(m, list, s, &text[from..], true)?;
    Ok(list.value())
}

pub(super) fn splitlines(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [keep] = args.bind(m, "splitlines", ["keepends"], spec)?;
    let keep = !keep.is_null() && m.truthy(keep)?;
    let s = this_str(m, this)?;
    if s.is_ascii() {
        return ascii_lines(m, s, keep);
    }
    list(m, s, &cut::split_lines(s.text(), keep))
}

/// The lines of ASCII text.
fn ascii_lines(m: &mut Machine, s: Gc<Str>, keep: bool) -> R<Value> {
    let text = s.bytes();
    let list = m.new_list_for(0);
    let mut from = 0;
    while from < text.len() {
        let end = cut::next_ascii_break(text, from);
        let next = match text[end..] {
            [] => end,
            [b'\r', b'\n', ..] => end + 2,
            _ => end + 1,
        };
        add_part(m, list, s, &text[from..if keep { next } else { end }], true)?;
        from = next;
    }
    Ok(list.value())
}

#[inline(always)]
fn partition_with(m: &mut Machine, this: Value, sep: Value, from_right: bool) -> R<Value> {
    let s = this_str(m, this)?;
    let Some(part_at) = sep.downcast::<Str>() else {
        let ty = m.type_name(sep);
        return Err(m.type_error(&format!("must be str, not {ty}")));
    };
    let (text, separator) = (s.bytes(), part_at.bytes());
    let found = cut::partition_at(text, separator, from_right).map_err(|e| m.raise_text(e))?;
    let empty = m.names.empty.value();
    let items = match found {
        Some(at) if s.is_ascii() => {
            let (before, after) = (&text[..at], &text[at + separator.len()..]);
            [m.new_str_counted(before, before.len())?.value(), sep, m.new_str_counted(after, after.len())?.value()]
        }
        Some(at) => {
            let text = s.text();
            let (before, after) = (text.byte_slice(0, at), text.byte_slice(at + separator.len(), text.bytes.len()));
            [part(m, before)?, sep, part(m, after)?]
        }
        None if from_right => [empty, empty, s.value()],
        None => [s.value(), empty, empty],
    };
    Ok(m.new_tuple(&items).value())
}

pub(super) fn partition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], false)
}

pub(super) fn rpartition(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    partition_with(m, this, args.pos()[0], true)
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
    if s.is_ascii() && chars.is_none_or(|c| c.is_ascii()) {
        // A bit for each character to be dropped.
        let set = match chars {
            None => 1 << b' ' | 0x1f << 9 | 0xf << 0x1c,
            Some(chars) => chars.bytes().iter().fold(0u128, |set, &b| set | 1 << b),
        };
        let mut kept = s.bytes();
        if sides != Sides::Right {
            while let [first, rest @ ..] = kept
                && set >> first & 1 == 1
            {
                kept = rest;
            }
        }
        if sides != Sides::Left {
            while let [rest @ .., last] = kept
                && set >> last & 1 == 1
            {
                kept = rest;
            }
        }
        return part_of(m, s, StrRef::counted(kept, kept.len()));
    }
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
