//! Arithmetic of `timedelta`. Durations are multiplied and divided as counts of microseconds, in machine integers; instances of
//! subclasses of `int` and `float`, which may define their own arithmetic, take the way through objects that C takes with all.

use super::span::{Span, TooLong, divide_nearest, odd_times_power, scale};
use super::timedelta::{TimeDelta, made, make, span_of, too_long};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::int::IntRef;
use crate::object::protocol::BinaryOp;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

pub(super) fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    match (span_of(a), span_of(b)) {
        (Some(a), Some(b)) => made(m, a.plus(b)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    match (span_of(a), span_of(b)) {
        (Some(a), Some(b)) => made(m, a.minus(b)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn neg(m: &mut Machine, v: Value) -> R<Value> {
    let span = this::<TimeDelta>(m, v)?.span;
    made(m, Span::ZERO.minus(span))
}

/// Whether an `int` is a plain one (or a `bool`), whose arithmetic is known.
fn is_plain_int(m: &Machine, v: Value) -> bool {
    v.is_int() || v.is_bool() || m.type_of(v) == m.types.int
}

/// The number of a plain `int`, if it fits a machine integer.
fn word(m: &Machine, v: Value) -> Option<i64> {
    if is_plain_int(m, v) { m.int_as_i64(v) } else { None }
}

fn micros_object(m: &mut Machine, span: Span) -> Value {
    m.int_from_i128(span.to_micros())
}

/// `divmod(a, b)`, which a subclass of `int` may have made something else.
fn checked_divmod(m: &mut Machine, a: Value, b: Value) -> R<(Value, Value)> {
    let result = m.divmod(a, b)?;
    let Some(pair) = result.downcast::<Tuple>() else {
        let got = m.type_name(result);
        return Err(m.type_error(&format!("divmod() returned non-tuple (type {got})")));
    };
    match *pair.slice() {
        [q, r] => Ok((q, r)),
        _ => {
            let n = pair.len();
            Err(m.type_error(&format!("divmod() returned a tuple of size {n}")))
        }
    }
}

fn plain_c_int(m: &mut Machine, v: Value) -> R<i32> {
    super::arguments::plain_int(m, v, 0)
}

/// The duration of so many microseconds, given as an object.
pub(super) fn span_of_micros(m: &mut Machine, micros: Value) -> R<Span> {
    let span = match IntRef::of(micros) {
        Some(IntRef::Word(us)) if is_plain_int(m, micros) => Span::from_micros(us.into()),
        Some(IntRef::Big(us)) if is_plain_int(m, micros) => {
            let size = match *us.limbs() {
                [low] => Some(i128::from(low)),
                [low, high] if high >> 62 == 0 => Some((i128::from(high) << 64) | i128::from(low)),
                _ => None,
            };
            size.ok_or(TooLong::NoInt).and_then(|size| Span::from_micros(if us.is_negative() { -size } else { size }))
        }
        _ => return span_by_division(m, micros),
    };
    span.map_err(|e| too_long(m, e))
}

fn span_by_division(m: &mut Machine, micros: Value) -> R<Span> {
    let mut parts = [0; 2];
    let mut rest = micros;
    for (part, unit) in parts.iter_mut().zip([super::span::SECOND_US, super::span::DAY_S]) {
        let (q, r) = checked_divmod(m, rest, Value::small(unit))?;
        *part = i64::from(plain_c_int(m, r)?);
        if !(0..unit).contains(part) {
            return Err(m.type_error("divmod() returned a value out of range"));
        }
        rest = q;
    }
    let days = plain_c_int(m, rest)?;
    Span::new(days.into(), parts[1], parts[0]).map_err(|e| too_long(m, e))
}

fn from_micros(m: &mut Machine, micros: Value) -> R<Value> {
    let span = span_of_micros(m, micros)?;
    Ok(make(m, span))
}

/// A duration, or the error that it is too long.
fn made_of(m: &mut Machine, micros: Option<i128>) -> R<Value> {
    made(m, micros.ok_or(TooLong::NoInt).and_then(Span::from_micros))
}

fn times_int(m: &mut Machine, span: Span, n: Value) -> R<Value> {
    if let Some(n) = word(m, n) {
        return made_of(m, span.to_micros().checked_mul(n.into()));
    }
    let us = micros_object(m, span);
    let product = m.binary(BinaryOp::Mul, n, us)?;
    from_micros(m, product)
}

/// Times a float, or divided by one.
fn by_float(m: &mut Machine, span: Span, v: Value, divide: bool) -> R<Value> {
    let float = m.types.float;
    let Some(f) = m.float_value(v).filter(|f| f.is_finite() && (m.type_of(v) == float) && !(divide && *f == 0.0)) else {
        return by_ratio(m, span, v, divide);
    };
    let ((odd, power), us) = (odd_times_power(f), span.to_micros());
    made_of(m, if divide { scale(us, -power, odd) } else { scale(us * i128::from(odd), power, 1) })
}

fn by_ratio(m: &mut Machine, span: Span, v: Value, divide: bool) -> R<Value> {
    let us = micros_object(m, span);
    let name = m.intern("as_integer_ratio");
    let ratio = m.call_method(v, name, &[])?;
    let Some(pair) = ratio.downcast::<Tuple>() else {
        let got = m.type_name(ratio);
        return Err(m.type_error(&format!("unexpected return type from as_integer_ratio(): expected tuple, got '{got}'")));
    };
    let &[numerator, denominator] = pair.slice() else {
        return Err(m.value_error("as_integer_ratio() must return a 2-tuple"));
    };
    let (times, over) = if divide { (denominator, numerator) } else { (numerator, denominator) };
    let product = m.binary(BinaryOp::Mul, us, times)?;
    nearest(m, product, over)
}

/// The duration of as many microseconds as is nearest to a quotient of integers.
fn nearest(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (Some(x), Some(y)) = (m.int_to_bigint(a), m.int_to_bigint(b)) else {
        return Err(m.type_error("non-integer arguments in division"));
    };
    if y == num_bigint::BigInt::ZERO {
        return Err(m.zero_division_error("integer division or modulo by zero"));
    }
    let (x, y) = if y.sign() == num_bigint::Sign::Minus { (-x, -y) } else { (x, y) };
    let (mut q, r) = crate::text::int_ops::div_mod(&x, &y).map_err(|e| m.raise_text(e))?;
    let twice: num_bigint::BigInt = r * 2;
    if twice > y || (twice == y && q.bit(0)) {
        q += 1;
    }
    let q = m.int_from_bigint(q);
    from_micros(m, q)
}

pub(super) fn mul(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (span, factor) = match (span_of(a), span_of(b)) {
        (Some(span), _) => (span, b),
        (None, Some(span)) => (span, a),
        (None, None) => return Ok(Value::NOT_IMPLEMENTED),
    };
    if m.is_int_instance(factor) {
        times_int(m, span, factor)
    } else if m.float_value(factor).is_some() {
        by_float(m, span, factor, false)
    } else {
        Ok(Value::NOT_IMPLEMENTED)
    }
}

/// Both durations as machine integers, the second not zero.
fn words(a: Span, b: Span) -> Option<(i64, i64)> {
    Some((a.to_micros_i64()?, b.to_micros_i64().filter(|&b| b != 0)?))
}

fn floor(a: i64, b: i64) -> (i64, i64) {
    let (q, r) = (a.wrapping_div(b), a.wrapping_rem(b));
    if r != 0 && (r < 0) != (b < 0) { (q - 1, r + b) } else { (q, r) }
}

/// An operator on the numbers of microseconds, for what machine integers cannot do.
fn on_objects(m: &mut Machine, op: BinaryOp, a: Span, b: Span) -> R<Value> {
    let (a, b) = (micros_object(m, a), micros_object(m, b));
    m.binary(op, a, b)
}

pub(super) fn floordiv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let Some(left) = span_of(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    if let Some(right) = span_of(b) {
        return match words(left, right) {
            Some((x, y)) => Ok(m.new_int(floor(x, y).0)),
            None => on_objects(m, BinaryOp::FloorDiv, left, right),
        };
    }
    if !m.is_int_instance(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if let (Some(x), Some(y)) = (left.to_micros_i64(), word(m, b).filter(|&n| n != 0)) {
        return made_of(m, Some(floor(x, y).0.into()));
    }
    let us = micros_object(m, left);
    let quotient = m.binary(BinaryOp::FloorDiv, us, b)?;
    from_micros(m, quotient)
}

/// Integers up to this size are floats, and their quotients rounded once.
const EXACT: u64 = 1 << 53;

fn quotient(m: &mut Machine, a: Span, b: Span) -> R<Value> {
    match words(a, b) {
        Some((x, y)) if x.unsigned_abs() <= EXACT && y.unsigned_abs() <= EXACT => Ok(m.new_float(x as f64 / y as f64)),
        _ => on_objects(m, BinaryOp::TrueDiv, a, b),
    }
}

pub(super) fn truediv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let Some(left) = span_of(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    if let Some(right) = span_of(b) {
        return quotient(m, left, right);
    }
    if m.float_value(b).is_some() {
        return by_float(m, left, b, true);
    }
    if !m.is_int_instance(b) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match word(m, b) {
        Some(n) if n != 0 => made_of(m, Some(divide_nearest(left.to_micros(), n.into()))),
        _ => {
            let us = micros_object(m, left);
            nearest(m, us, b)
        }
    }
}

pub(super) fn rem(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (Some(left), Some(right)) = (span_of(a), span_of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    match words(left, right) {
        Some((x, y)) => made_of(m, Some(floor(x, y).1.into())),
        None => {
            let rest = on_objects(m, BinaryOp::Rem, left, right)?;
            from_micros(m, rest)
        }
    }
}

pub(super) fn divmod(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (Some(left), Some(right)) = (span_of(a), span_of(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (a, b) = (micros_object(m, left), micros_object(m, right));
    let (q, r) = checked_divmod(m, a, b)?;
    let r = from_micros(m, r)?;
    Ok(m.new_tuple(&[q, r]).value())
}

pub(super) fn total_seconds(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let span = this::<TimeDelta>(m, v)?.span;
    seconds(m, span)
}

/// A duration in seconds, as a float.
pub(super) fn seconds(m: &mut Machine, span: Span) -> R<Value> {
    quotient(m, span, Span { days: 0, seconds: 1, micros: 0 })
}
