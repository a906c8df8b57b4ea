//! Methods that fill a string up or lay it out: `center`, `ljust`, `rjust`, `zfill`, `expandtabs`, `__format__`.

use super::super::str_type::this_str;
use super::super::string::Str;
use super::super::value::Value;
use super::{made, str_argument};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::text::error::TextResult;
use crate::text::format_apply::format_str;
use crate::text::pad;
use crate::text::wtf8::{StrBuf, StrRef};

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

type Fill = fn(StrRef<'_>, isize, u32) -> TextResult<StrBuf>;

fn fill_with(m: &mut Machine, name: &str, this: Value, args: Args<'_>, fill: Fill) -> R<Value> {
    let (width, code) = arguments(m, name, args)?;
    let s = this_str(m, this)?;
    if width <= s.char_len() as isize {
        return Ok(m.exact_str(s)?.value());
    }
    made(m, fill(s.text(), width, code))
}

pub(super) fn center(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "center", this, args, pad::center)
}

pub(super) fn ljust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "ljust", this, args, pad::ljust)
}

pub(super) fn rjust(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    fill_with(m, "rjust", this, args, pad::rjust)
}

pub(super) fn zfill(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let width = m.index_argument(args.pos()[0])? as isize;
    let s = this_str(m, this)?;
    if width <= s.char_len() as isize {
        return Ok(m.exact_str(s)?.value());
    }
    made(m, pad::zfill(s.text(), width))
}

pub(super) fn expandtabs(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [size] = args.bind(m, "expandtabs", ["tabsize"], spec)?;
    let size = m.c_int_argument(size, 8)?;
    let s = this_str(m, this)?;
    if !s.bytes().contains(&b'\t') {
        return Ok(m.exact_str(s)?.value());
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
