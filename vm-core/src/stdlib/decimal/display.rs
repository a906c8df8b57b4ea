//! Decimals as text and as tuples: `str`, `repr`, `format`, `as_tuple`, `as_integer_ratio`.

use super::arguments::positional;
use super::current::current;
use super::number::binary::to_binary;
use super::number::format::{format as formatted, parse_spec};
use super::number::limbs::shift_left;
use super::number::logic::digit_list;
use super::number::text::{Notation, Style, to_text};
use super::number::{Kind, Num, status};
use super::object::Decimal;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::dict::Dict;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;
use crate::text::limbs as bits;
use num_bigint::BigInt;
use num_integer::Integer;

/// The text of a number in scientific or engineering notation.
pub(super) fn text_of(m: &mut Machine, n: Num<'_>, notation: Notation, capitals: bool) -> R<Value> {
    match to_text(n, &Style::new(notation, capitals)) {
        Some(text) => Ok(m.new_str_counted(&text, text.len())?.value()),
        None => Err(m.memory_error()),
    }
}

pub(super) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let capitals = current(m)?.capitals.get();
    let object = this::<Decimal>(m, v)?;
    text_of(m, object.num(), Notation::Scientific, capitals)
}

pub(super) fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let capitals = current(m)?.capitals.get();
    let object = this::<Decimal>(m, v)?;
    let Some(text) = to_text(object.num(), &Style::new(Notation::Scientific, capitals)) else { return Err(m.memory_error()) };
    let text = [b"Decimal('", &*text, b"')"].concat();
    Ok(m.new_str_counted(&text, text.len())?.value())
}

/// `__format__(spec[, override])`.
pub(super) fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let context = current(m)?;
    let [spec_value, with] = positional(m, args, 1)?;
    let Some(spec_text) = spec_value.downcast::<Str>() else { return Err(m.type_error("format arg must be str")) };
    let text = match std::str::from_utf8(spec_text.bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            // Raises what encoding a surrogate raises.
            let encode = m.intern("encode");
            m.call_method(spec_value, encode, &[])?;
            String::new()
        }
    };
    if text.ends_with('N') {
        let category = m.exceptions.deprecation_warning;
        m.warn(category, "Format specifier 'N' is deprecated", 1)?;
    }
    // A NUL may be the fill character; elsewhere it ends the specification, as in C.
    let end = text.char_indices().skip(1).find(|&(_, c)| c == '\0').map_or(text.len(), |(i, _)| i);
    let Some(mut spec) = parse_spec(&text[..end], context.capitals.get()) else {
        return format_by_python(m, v, spec_value, context.value());
    };
    if with.is_null() {
        if spec.locale {
            spec.point = ".".into();
        }
    } else {
        let Some(dict) = with.downcast::<Dict>() else { return Err(m.type_error("optional argument must be a dict")) };
        let entry = |m: &mut Machine, name: &str| -> R<Option<String>> {
            let key = m.intern(name);
            let Some(value) = dict.get(m, key.value())? else { return Ok(None) };
            match value.downcast::<Str>() {
                Some(s) => Ok(Some(s.to_string_lossy().split('\0').next().unwrap_or_default().to_owned())),
                None => Err(m.type_error("bad argument type for built-in operation")),
            }
        };
        if let Some(point) = entry(m, "decimal_point")? {
            spec.point = point;
        }
        if let Some(separator) = entry(m, "thousands_sep")? {
            spec.separator = separator;
        }
        if let Some(grouping) = entry(m, "grouping")? {
            spec.grouping = grouping.into_bytes();
        }
        if !(1..=4).contains(&spec.point.len()) || spec.separator.len() > 4 || !spec.grouping.is_ascii() {
            return Err(m.value_error("invalid override dict"));
        }
    }
    let object = this::<Decimal>(m, v)?;
    let mut env = context.env();
    match formatted(object.num(), &spec, &mut env) {
        Some(text) => Ok(m.str_value(&text)),
        None if env.status & status::MALLOC_ERROR != 0 => Err(m.memory_error()),
        None => Err(m.value_error("format specification exceeds internal limits of _decimal")),
    }
}

/// What this does not know, the Python version may.
fn format_by_python(m: &mut Machine, v: Value, spec: Value, context: Value) -> R<Value> {
    let module = m.import_name("_pydecimal")?;
    let (name, method) = (m.intern("Decimal"), m.intern("__format__"));
    let class = m.get_attr(module, name)?;
    let text = str(m, v)?;
    let twin = m.call(class, &[text])?;
    let result = m.call_method(twin, method, &[spec, context]);
    let class = m.exceptions.value_error;
    match m.catch(result, class)? {
        Some(result) => Ok(result),
        None => Err(m.value_error("invalid format string")),
    }
}

/// `as_tuple`.
pub(super) fn as_tuple(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let object = this::<Decimal>(m, v)?;
    let n = object.num();
    let exponent = match n.kind {
        Kind::Finite => m.new_int(n.exp),
        Kind::Infinite => m.str_value("F"),
        Kind::Quiet => m.str_value("n"),
        Kind::Signaling => m.str_value("N"),
    };
    let digits: Vec<Value> = match n.kind {
        Kind::Infinite => vec![Value::small(0)],
        _ => digit_list(n.coeff).into_iter().map(|d| Value::small(i64::from(d))).collect(),
    };
    let (class, digits) = (m.lib.decimal.decimal_tuple, m.new_tuple(&digits).value());
    m.call(class, &[Value::small(i64::from(n.negative)), digits, exponent])
}

/// `as_integer_ratio`.
pub(super) fn as_integer_ratio(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let object = this::<Decimal>(m, v)?;
    let n = object.num();
    if n.is_nan() {
        return Err(m.value_error("cannot convert NaN to integer ratio"));
    }
    if n.is_infinite() {
        return Err(m.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let exp = if n.is_zero() { 0 } else { n.exp };
    let power = |tens: i64| shift_left(&[1], tens).ok().map(|coeff| bits::to_bigint(false, &to_binary(&coeff)));
    let numerator = bits::to_bigint(n.negative, &to_binary(n.coeff));
    let Some(power) = power(exp.abs()) else { return Err(m.memory_error()) };
    let (numerator, denominator) = if exp >= 0 {
        (numerator * power, BigInt::from(1))
    } else {
        let divisor = numerator.gcd(&power);
        (numerator / &divisor, power / divisor)
    };
    let (numerator, denominator) = (m.int_from_bigint(numerator), m.int_from_bigint(denominator));
    Ok(m.new_tuple(&[numerator, denominator]).value())
}
