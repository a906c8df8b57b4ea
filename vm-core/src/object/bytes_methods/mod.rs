//! The named methods of `bytes` and `bytearray`, split by topic: one implementation serves both, and what it returns is of the kind of
//! the object it was called on. What only `bytearray` has is in `changing.rs`.

mod changing;
pub(super) use changing::byte_argument;
pub(super) mod construct;
mod cutting;
pub(super) mod operators;
mod searching;
mod shaping;
mod translation;

use super::bytearray_type::ByteArray;
use super::bytes::Bytes;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::text::bytes_ops;
use crate::text::error::TextResult;

macro_rules! tests {
    ($name:literal, $test:expr) => {
        MethodDef::new($name, Convention::NoArgs, |m, this, _| Ok(Value::from_bool($test(own(m, this)?))))
    };
}

macro_rules! maps {
    ($name:literal, $map:expr) => {
        MethodDef::new($name, Convention::NoArgs, |m, this, _| {
            let bytes: Vec<u8> = $map(own(m, this)?);
            alike(m, this, &bytes)
        })
    };
}

macro_rules! with_shared {
    ($($own:expr,)*) => {
        &[
            maps!("capitalize", bytes_ops::capitalize),
            MethodDef::new("center", Convention::Fast, shaping::center),
            MethodDef::new("count", Convention::Fast, searching::count),
            MethodDef::new("decode", Convention::FastKeywords, decode),
            MethodDef::new("endswith", Convention::Fast, searching::endswith),
            MethodDef::new("expandtabs", Convention::FastKeywords, shaping::expandtabs),
            MethodDef::new("find", Convention::Fast, searching::find),
            MethodDef::class("fromhex", Convention::O, construct::fromhex),
            MethodDef::new("hex", Convention::FastKeywords, construct::hex),
            MethodDef::new("__buffer__", Convention::O, crate::object::memoryview::buffer),
            MethodDef::new("index", Convention::Fast, searching::index),
            tests!("isalnum", |b| bytes_ops::all_bytes(b, u8::is_ascii_alphanumeric)),
            tests!("isalpha", |b| bytes_ops::all_bytes(b, u8::is_ascii_alphabetic)),
            tests!("isascii", |b: &[u8]| b.is_ascii()),
            tests!("isdigit", |b| bytes_ops::all_bytes(b, u8::is_ascii_digit)),
            tests!("islower", bytes_ops::is_lower),
            tests!("isspace", |b| bytes_ops::all_bytes(b, |&b| bytes_ops::is_space_byte(b))),
            tests!("istitle", bytes_ops::is_title),
            tests!("isupper", bytes_ops::is_upper),
            MethodDef::new("join", Convention::O, cutting::join),
            MethodDef::new("ljust", Convention::Fast, shaping::ljust),
            MethodDef::new("lower", Convention::NoArgs, |m, this, _| each(m, this, |b| b.to_ascii_lowercase())),
            MethodDef::new("lstrip", Convention::Fast, cutting::lstrip),
            MethodDef::static_("maketrans", Convention::Fast, translation::maketrans),
            MethodDef::new("partition", Convention::O, cutting::partition),
            MethodDef::new("removeprefix", Convention::O, cutting::removeprefix),
            MethodDef::new("removesuffix", Convention::O, cutting::removesuffix),
            MethodDef::new("replace", Convention::Fast, searching::replace),
            MethodDef::new("rfind", Convention::Fast, searching::rfind),
            MethodDef::new("rindex", Convention::Fast, searching::rindex),
            MethodDef::new("rjust", Convention::Fast, shaping::rjust),
            MethodDef::new("rpartition", Convention::O, cutting::rpartition),
            MethodDef::new("rsplit", Convention::FastKeywords, cutting::rsplit),
            MethodDef::new("rstrip", Convention::Fast, cutting::rstrip),
            MethodDef::new("split", Convention::FastKeywords, cutting::split),
            MethodDef::new("splitlines", Convention::FastKeywords, cutting::splitlines),
            MethodDef::new("startswith", Convention::Fast, searching::startswith),
            MethodDef::new("strip", Convention::Fast, cutting::strip),
            maps!("swapcase", bytes_ops::swapcase),
            maps!("title", bytes_ops::title),
            MethodDef::new("translate", Convention::FastKeywords, translation::translate),
            MethodDef::new("upper", Convention::NoArgs, |m, this, _| each(m, this, |b| b.to_ascii_uppercase())),
            MethodDef::new("zfill", Convention::O, shaping::zfill),
            $($own,)*
        ]
    };
}

/// The methods of `bytes`.
pub(super) static BYTES: &[MethodDef] = with_shared! {
    MethodDef::new("__getnewargs__", Convention::NoArgs, |m, this, _| {
        let bytes = own(m, this)?;
        let copy = m.new_bytes(bytes)?.value();
        Ok(m.new_tuple(&[copy]).value())
    }),
    MethodDef::new("__bytes__", Convention::NoArgs, |m, this, _| {
        if m.type_of(this) == m.types.bytes {
            return Ok(this);
        }
        let bytes = own(m, this)?;
        Ok(m.new_bytes(bytes)?.value())
    }),
    MethodDef::new("__sizeof__", Convention::NoArgs, |m, this, _| Ok(Value::small(own(m, this)?.len() as i64 + 33))),
};

/// The methods of `bytearray`.
pub(super) static BYTEARRAY: &[MethodDef] = with_shared! {
    MethodDef::new("__alloc__", Convention::NoArgs, |m, this, _| Ok(Value::small(own(m, this)?.len() as i64 + 1))),
    MethodDef::new("__reduce__", Convention::NoArgs, changing::reduce),
    MethodDef::new("__reduce_ex__", Convention::Fast, changing::reduce),
    MethodDef::new("__sizeof__", Convention::NoArgs, |m, this, _| Ok(Value::small(own(m, this)?.len() as i64 + 57))),
    MethodDef::new("append", Convention::O, changing::append),
    MethodDef::new("clear", Convention::NoArgs, changing::clear),
    MethodDef::new("copy", Convention::NoArgs, |m, this, _| {
        let bytes = own(m, this)?.to_vec();
        Ok(m.new_bytearray(bytes).value())
    }),
    MethodDef::new("extend", Convention::O, changing::extend),
    MethodDef::new("insert", Convention::Fast, changing::insert),
    MethodDef::new("pop", Convention::Fast, changing::pop),
    MethodDef::new("remove", Convention::O, changing::remove),
    MethodDef::new("reverse", Convention::NoArgs, changing::reverse),
};

/// The bytes of the `bytes` or `bytearray` that a method was called on; not to be held across anything that may run Python.
#[inline]
pub(super) fn own<'a>(m: &mut Machine, this: Value) -> R<&'a [u8]> {
    if let Some(bytes) = this.downcast::<Bytes>() {
        return Ok(bytes.contents());
    }
    match this.downcast::<ByteArray>() {
        Some(array) => Ok(array.contents()),
        None => {
            let name = m.type_name(this);
            Err(m.type_error(&format!("descriptor requires a 'bytes' object but received a '{name}'")))
        }
    }
}

/// A new object of the kind of `this` with each byte mapped.
#[inline(always)]
fn each(m: &mut Machine, this: Value, map: impl Fn(u8) -> u8) -> R<Value> {
    let bytes = own(m, this)?;
    if this.downcast::<ByteArray>().is_some() {
        return Ok(m.new_bytearray(bytes.iter().map(|&b| map(b)).collect()).value());
    }
    Ok(m.new_bytes_filled(bytes.len(), |out| bytes.iter().zip(out).for_each(|(&b, out)| *out = map(b)))?.value())
}

/// A new object of the kind of `this`: `bytes` or `bytearray`.
#[inline]
pub(super) fn alike(m: &mut Machine, this: Value, bytes: &[u8]) -> R<Value> {
    if this.downcast::<ByteArray>().is_some() {
        return Ok(m.new_bytearray(bytes.to_vec()).value());
    }
    Ok(m.new_bytes(bytes)?.value())
}

/// As [`alike`], but an exact `bytes` stands for a result that is all of it.
fn part_of(m: &mut Machine, this: Value, bytes: &[u8]) -> R<Value> {
    if m.type_of(this) == m.types.bytes && own(m, this)?.len() == bytes.len() {
        return Ok(this);
    }
    alike(m, this, bytes)
}

/// A new object, or the exception.
fn made(m: &mut Machine, this: Value, bytes: TextResult<Vec<u8>>) -> R<Value> {
    match bytes {
        Ok(bytes) => alike(m, this, &bytes),
        Err(e) => Err(m.raise_text(e)),
    }
}

fn decode(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [encoding, errors] = args.bind(m, "decode", ["encoding", "errors"], spec)?;
    let encoding = super::str_methods::optional_str_argument(m, "decode", "argument 'encoding'", encoding)?;
    let errors = super::str_methods::optional_str_argument(m, "decode", "argument 'errors'", errors)?;
    if m.bytes_like(this).is_some_and(<[u8]>::is_empty) {
        return Ok(m.names.empty.value());
    }
    Ok(m.decode_bytes(this, encoding, errors)?.value())
}
