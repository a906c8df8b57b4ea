//! Methods that fill a string up or lay it out: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`, `__format__`.

use super::super::header::Gc;
use super::super::str_type::this_str;
use super::super::string::{MAX_BYTES, Str, put};
use super::super::value::Value;
use super::{made, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::format_apply::format_str;
use crate::text::pad;

/// `(width, fill character)`.
fn arguments(m: &mut Machine, name: &str, args: Args<'_>) -> R<(isize, u32)> {
    let args = args.between(m, name, 1, 2)?;
    let width = m.index_argument(args[0])? as isize;
    let Some(&fill) = args.get(1) else { return Ok((width, 0x20)) };
    let Some(fill) = fill.downcast::<Str>() else {
        let ty = m.type_name(fill);
        return Err(m.type_error(&format!("The fill character must be a unicode character, not {ty}")));
    };
    match fill.text().get(0) {
        Some(code) if fill.char_len() == 1 => Ok((width, code)),
        _ => Err(m.type_error("The fill character must be exactly one character long")),
    }
}

/// The text between so many fill characters.
fn padded(m: &mut Machine, s: Gc<Str>, left: usize, right: usize, fill: u32) -> R<Value> {
    let (text, more) = (s.bytes(), left.saturating_add(right));
    if fill >= 0x80 {
        return made(m, pad::padded(s.text(), left, right, fill));
    }
    let result = m.new_str_over(fill as u8, text.len().saturating_add(more), s.char_len().saturating_add(more), |out| {
        put(&mut out[left..], text);
    })?;
    Ok(result.value())
}

/// How many fill characters there are to be on both sides; `None` if the text is long enough.
#[inline(always)]
fn missing(s: Gc<Str>, width: isize) -> Option<usize> {
    let chars = s.char_len() as isize;
    if width <= chars { None } else { Some((width - chars) as usize) }
}

pub(super) fn center(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (width, fill) = arguments(m, "center", args)?;
    let s = this_str(m, this)?;
    let Some(missing) = missing(s, width) else { return Ok(m.exact_str(s)?.value()) };
    let left = pad::center_left(missing, width);
    padded(m, s, left, missing - left, fill)
}

pub(super) fn ljust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (width, fill) = arguments(m, "ljust", args)?;
    let s = this_str(m, this)?;
    let Some(missing) = missing(s, width) else { return Ok(m.exact_str(s)?.value()) };
    padded(m, s, 0, missing, fill)
}

pub(super) fn rjust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (width, fill) = arguments(m, "rjust", args)?;
    let s = this_str(m, this)?;
    let Some(missing) = missing(s, width) else { return Ok(m.exact_str(s)?.value()) };
    padded(m, s, missing, 0, fill)
}

pub(super) fn zfill(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let width = m.index_argument(args.pos()[0])? as isize;
    let s = this_str(m, this)?;
    let Some(missing) = missing(s, width) else { return Ok(m.exact_str(s)?.value()) };
    let text = s.bytes();
    let result = m.new_str_over(b'0', text.len().saturating_add(missing), s.char_len().saturating_add(missing), |out| {
        put(&mut out[missing..], text);
        // A sign stays in front.
        if let [sign @ (b'+' | b'-'), ..] = *text {
            (out[missing], out[0]) = (b'0', sign);
        }
    })?;
    Ok(result.value())
}

pub(super) fn expandtabs(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [size] = args.bind(m, "expandtabs", ["tabsize"], spec)?;
    let size = m.c_int_argument(size, 8)?;
    let s = this_str(m, this)?;
    if !s.bytes().contains(&b'\t') {
        return Ok(m.exact_str(s)?.value());
    }
    if s.is_ascii() {
        let len = pad::ascii_tabs_expanded(s.bytes(), size as isize, |_, _| {});
        if len > 1 && len <= MAX_BYTES {
            let expanded = m.new_str_over(b' ', len, len, |out| {
                pad::ascii_tabs_expanded(s.bytes(), size as isize, |at, part| {
                    put(&mut out[at..], part);
                });
            })?;
            return Ok(expanded.value());
        }
    }
    made(m, pad::expand_tabs(s.text(), size as isize))
}

impl Machine {
    /// An argument that becomes a C `int`.
    pub(crate) fn c_int_argument(&mut self, v: Value, default: i32) -> R<i32> {
        if v.is_null() {
            return Ok(default);
        }
        let n = self.index(v)?;
        match super::super::int::IntRef::of(n).and_then(super::super::int::IntRef::word) {
            Some(i) => match i32::try_from(i) {
                Ok(i) => Ok(i),
                Err(_) if i > 0 => Err(self.overflow_error("signed integer is greater than maximum")),
                Err(_) => Err(self.overflow_error("signed integer is less than minimum")),
            },
            None => Err(self.overflow_error("Python int too large to convert to C int")),
        }
    }
}

pub(super) fn dunder_format(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = str_argument(m, "__format__", "argument", args.pos()[0])?;
    let s = this_str(m, this)?;
    if spec.bytes().is_empty() {
        return Ok(m.to_str(this)?.value());
    }
    let name = m.type_name(this);
    made(m, format_str(s.text(), spec.text(), &name))
}
