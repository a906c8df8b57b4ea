//! The named methods and attributes of `float`.

use super::float_type::{itself, own};
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::text::format_apply::format_float;
use crate::text::{float_hex, float_ops};

pub(super) static METHODS: &[MethodDef] = &[
    MethodDef::new("conjugate", Convention::NoArgs, |m, v, _| itself(m, v)),
    MethodDef::new("__trunc__", Convention::NoArgs, |m, v, _| whole(m, v, f64::trunc)),
    MethodDef::new("__floor__", Convention::NoArgs, |m, v, _| whole(m, v, f64::floor)),
    MethodDef::new("__ceil__", Convention::NoArgs, |m, v, _| whole(m, v, f64::ceil)),
    MethodDef::new("__round__", Convention::Fast, round),
    MethodDef::new("as_integer_ratio", Convention::NoArgs, as_integer_ratio),
    MethodDef::class("fromhex", Convention::O, fromhex),
    MethodDef::new("hex", Convention::NoArgs, hex),
    MethodDef::new("is_integer", Convention::NoArgs, is_integer),
    MethodDef::new("__getnewargs__", Convention::NoArgs, getnewargs),
    MethodDef::class("__getformat__", Convention::O, getformat),
    MethodDef::new("__format__", Convention::O, format),
];

pub(super) static GETSET: &[GetSetDef] =
    &[GetSetDef { name: "real", get: itself, set: None }, GetSetDef { name: "imag", get: |m, _| Ok(m.new_float(0.0)), set: None }];

fn whole(m: &mut Machine, v: Value, f: fn(f64) -> f64) -> R<Value> {
    let x = own(m, v)?;
    m.int_from_f64(f(x))
}

fn round(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    let digits = args.between(m, "__round__", 0, 1)?.first().copied().unwrap_or(Value::NONE);
    m.round_float(f, digits)
}

impl Machine {
    /// `round(f, digits)`, where `digits` may be `None`.
    pub(crate) fn round_float(&mut self, f: f64, digits: Value) -> R<Value> {
        if digits.is_none() {
            return self.int_from_f64(f.round_ties_even());
        }
        let digits = self.clipped_index(digits)?;
        match float_ops::round_to(f, digits) {
            Ok(f) => Ok(self.new_float(f)),
            Err(e) => Err(self.raise_text(e)),
        }
    }

    /// An index as a machine integer, clipped to its range.
    pub(super) fn clipped_index(&mut self, v: Value) -> R<i64> {
        let n = self.index(v)?;
        Ok(match super::int::IntRef::of(n) {
            Some(super::int::IntRef::Word(i)) => i,
            Some(big) if big.is_negative() => i64::MIN,
            _ => i64::MAX,
        })
    }
}

fn as_integer_ratio(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    match float_ops::as_integer_ratio(f) {
        Ok((n, d)) => {
            let (n, d) = (m.int_from_bigint(n), m.int_from_bigint(d));
            Ok(m.new_tuple(&[n, d]).value())
        }
        Err(e) => Err(m.raise_text(e)),
    }
}

fn fromhex(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let Some(text) = args.pos()[0].downcast::<Str>() else {
        return Err(m.type_error("bad argument type for built-in operation"));
    };
    let f = float_hex::float_from_hex(text.bytes()).map_err(|e| m.raise_text(e))?;
    let f = m.new_float(f);
    if class == m.types.float.value() || class.downcast::<Type>().is_none() {
        return Ok(f);
    }
    m.call(class, &[f])
}

fn hex(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    Ok(m.str_value(&float_hex::float_hex(f)))
}

fn is_integer(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = own(m, v)?;
    Ok(Value::from_bool(f.is_finite() && f == f.floor()))
}

fn getnewargs(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = itself(m, v)?;
    Ok(m.new_tuple(&[f]).value())
}

fn getformat(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let what = args.pos()[0];
    let Some(text) = what.downcast::<Str>() else {
        return Err(m.bad_argument("__getformat__", "argument", "str", what));
    };
    match text.bytes() {
        b"double" | b"float" if cfg!(target_endian = "little") => Ok(m.str_value("IEEE, little-endian")),
        b"double" | b"float" => Ok(m.str_value("IEEE, big-endian")),
        _ => Err(m.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
    }
}

fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = m.format_spec_argument(args.pos()[0])?;
    if spec.char_len() == 0 {
        return Ok(m.to_str(v)?.value());
    }
    let name = m.type_name(v);
    let f = own(m, v)?;
    let text = format_float(f, spec.text(), &name).map_err(|e| m.raise_text(e))?;
    Ok(m.str_from_text(&text)?.value())
}
