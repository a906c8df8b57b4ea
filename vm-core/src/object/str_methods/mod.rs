//! The named methods of `str`, split by topic. This file has the table and what the methods share about arguments;
//! operators and construction are in `str_type.rs`.

mod cases;
mod cutting;
mod fields;
mod joining;
mod percent;
mod searching;
mod shaping;
mod template;
mod translation;

use super::header::Gc;
use super::str_type::this_str;
use super::string::Str;
use super::value::Value;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::text::encoding::Encoding;
use crate::text::error::TextResult;
use crate::text::wtf8::{StrBuf, StrRef};
use crate::text::{case, classify};

pub(super) use percent::{Flavour, percent};

macro_rules! tests {
    ($name:literal, $test:path) => {
        MethodDef::new($name, Convention::NoArgs, |m, this, _| Ok(Value::from_bool($test(this_str(m, this)?.text()))))
    };
}

macro_rules! maps {
    ($name:literal, $map:path) => {
        MethodDef::new($name, Convention::NoArgs, |m, this, _| {
            let text = $map(this_str(m, this)?.text());
            Ok(m.str_from_text(&text)?.value())
        })
    };
}

/// The methods of `str`.
pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("encode", Convention::FastKeywords, encode),
    MethodDef::new("replace", Convention::FastKeywords, searching::replace),
    MethodDef::new("split", Convention::FastKeywords, cutting::split),
    MethodDef::new("rsplit", Convention::FastKeywords, cutting::rsplit),
    MethodDef::new("join", Convention::O, joining::join),
    maps!("capitalize", case::capitalize),
    MethodDef::new("casefold", Convention::NoArgs, cases::casefold),
    maps!("title", case::title),
    MethodDef::new("center", Convention::Fast, shaping::center),
    MethodDef::new("count", Convention::Fast, searching::count),
    MethodDef::new("expandtabs", Convention::FastKeywords, shaping::expandtabs),
    MethodDef::new("find", Convention::Fast, searching::find),
    MethodDef::new("partition", Convention::O, cutting::partition),
    MethodDef::new("index", Convention::Fast, searching::index),
    MethodDef::new("ljust", Convention::Fast, shaping::ljust),
    MethodDef::new("lower", Convention::NoArgs, cases::lower),
    MethodDef::new("lstrip", Convention::Fast, cutting::lstrip),
    MethodDef::new("rfind", Convention::Fast, searching::rfind),
    MethodDef::new("rindex", Convention::Fast, searching::rindex),
    MethodDef::new("rjust", Convention::Fast, shaping::rjust),
    MethodDef::new("rstrip", Convention::Fast, cutting::rstrip),
    MethodDef::new("rpartition", Convention::O, cutting::rpartition),
    MethodDef::new("splitlines", Convention::FastKeywords, cutting::splitlines),
    MethodDef::new("strip", Convention::Fast, cutting::strip),
    maps!("swapcase", case::swapcase),
    MethodDef::new("translate", Convention::O, translation::translate),
    MethodDef::new("upper", Convention::NoArgs, cases::upper),
    MethodDef::new("startswith", Convention::Fast, searching::startswith),
    MethodDef::new("endswith", Convention::Fast, searching::endswith),
    MethodDef::new("removeprefix", Convention::O, cutting::removeprefix),
    MethodDef::new("removesuffix", Convention::O, cutting::removesuffix),
    tests!("isascii", classify::is_ascii),
    tests!("islower", classify::is_lower),
    tests!("isupper", classify::is_upper),
    tests!("istitle", classify::is_title),
    tests!("isspace", classify::is_space),
    tests!("isdecimal", classify::is_decimal),
    tests!("isdigit", classify::is_digit),
    tests!("isnumeric", classify::is_numeric),
    tests!("isalpha", classify::is_alpha),
    tests!("isalnum", classify::is_alnum),
    tests!("isidentifier", classify::is_identifier),
    tests!("isprintable", classify::is_printable),
    MethodDef::new("zfill", Convention::O, shaping::zfill),
    MethodDef::new("format", Convention::VarArgsKeywords, template::format),
    MethodDef::new("format_map", Convention::O, template::format_map),
    MethodDef::new("__format__", Convention::O, shaping::dunder_format),
    MethodDef::static_("maketrans", Convention::Fast, translation::maketrans),
    MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
    MethodDef::new("__getnewargs__", Convention::NoArgs, |m, this, _| {
        let s = this_str(m, this)?;
        let copy = m.exact_str(s)?.value();
        Ok(m.new_tuple(&[copy]).value())
    }),
];

impl Machine {
    /// Raises "function() argument must be expected, not type" (`_PyArg_BadArgument`).
    #[cold]
    pub(crate) fn bad_argument(&mut self, function: &str, argument: &str, expected: &str, got: Value) -> Raised {
        let name = if got.is_none() { "None".to_owned() } else { self.type_name(got) };
        self.type_error(&format!("{function}() {argument} must be {expected}, not {name}"))
    }
}

/// An argument that must be a `str`.
pub(super) fn str_argument(m: &mut Machine, function: &str, argument: &str, v: Value) -> R<Gc<Str>> {
    match v.downcast::<Str>() {
        Some(s) => Ok(s),
        None => Err(m.bad_argument(function, argument, "str", v)),
    }
}

/// As [`str_argument`] for an argument that may be absent; it must not hold a null character, as names given to C must not.
pub(super) fn optional_str_argument(m: &mut Machine, function: &str, argument: &str, v: Value) -> R<Option<Gc<Str>>> {
    if v.is_null() {
        return Ok(None);
    }
    let s = str_argument(m, function, argument, v)?;
    if s.bytes().contains(&0) {
        return Err(m.value_error("embedded null character"));
    }
    Ok(Some(s))
}

/// A new string, or the exception.
fn made(m: &mut Machine, text: TextResult<StrBuf>) -> R<Value> {
    match text {
        Ok(text) => Ok(m.str_from_text(&text)?.value()),
        Err(e) => Err(m.raise_text(e)),
    }
}

/// A new string.
#[inline]
fn part(m: &mut Machine, text: StrRef<'_>) -> R<Value> {
    Ok(m.new_str_counted(text.bytes, text.chars)?.value())
}

/// A part of `s` as an object: `s` itself if it is all of it.
#[inline]
fn part_of(m: &mut Machine, s: Gc<Str>, text: StrRef<'_>) -> R<Value> {
    if text.bytes.len() == s.bytes().len() {
        return Ok(m.exact_str(s)?.value());
    }
    part(m, text)
}

fn encode(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [encoding, errors] = args.bind(m, "encode", ["encoding", "errors"], spec)?;
    let encoding = optional_str_argument(m, "encode", "argument 'encoding'", encoding)?;
    let errors = optional_str_argument(m, "encode", "argument 'errors'", errors)?;
    let s = this_str(m, this)?;
    if s.is_ascii() && (encoding.is_none() || m.own_encoding(encoding)?.is_some_and(Encoding::keeps_ascii)) {
        return Ok(m.new_bytes(s.bytes())?.value());
    }
    let bytes = m.encode_str(s, encoding, errors)?;
    Ok(m.new_bytes(&bytes)?.value())
}

/// The size of CPython's object, which stores one, two or four bytes for each character.
fn sizeof(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let s = this_str(m, this)?;
    let len = s.char_len() as i64;
    let size = match s.text().max_code_point() {
        ..0x80 => 40 + len + 1,
        0x80..0x100 => 56 + len + 1,
        0x100..0x1_0000 => 56 + 2 * (len + 1),
        _ => 56 + 4 * (len + 1),
    };
    Ok(Value::small(size))
}
