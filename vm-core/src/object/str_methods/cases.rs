//! `lower`, `upper` and `casefold`: texts whose length does not change are written where they stay.

use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::text::case;
use crate::text::wtf8::{StrBuf, StrRef};

/// The characters of `s`, each mapped to as many bytes as it has itself.
#[inline(always)]
fn mapped(m: &mut Machine, s: Gc<Str>, map: impl FnOnce(&[u8], &mut [u8])) -> R<Value> {
    let text = s.bytes();
    Ok(m.new_str_filled(text.len(), s.char_len(), |out| map(text, out))?.value())
}

fn made(m: &mut Machine, s: Gc<Str>, map: fn(StrRef<'_>) -> StrBuf) -> R<Value> {
    let text = map(s.text());
    Ok(m.str_from_text(&text)?.value())
}

/// Whether the text is ASCII and not one of those that are one object each.
#[inline(always)]
fn is_plain(s: Gc<Str>) -> bool {
    s.is_ascii() && s.char_len() > 1
}

pub(super) fn lower(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    if is_plain(s) {
        return mapped(m, s, |text, out| text.iter().zip(out).for_each(|(b, out)| *out = b.to_ascii_lowercase()));
    }
    if s.char_len() > 1 && case::is_latin1(s.bytes()) {
        return mapped(m, s, case::lower_latin1);
    }
    made(m, s, case::lower)
}

pub(super) fn upper(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    if is_plain(s) {
        return mapped(m, s, |text, out| text.iter().zip(out).for_each(|(b, out)| *out = b.to_ascii_uppercase()));
    }
    if s.char_len() > 1 && case::is_latin1(s.bytes()) && !case::leaves_latin1(s.bytes()) {
        return mapped(m, s, case::upper_latin1);
    }
    made(m, s, case::upper)
}

pub(super) fn casefold(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    if is_plain(s) { lower(m, this, args) } else { made(m, s, case::casefold) }
}
