//! The parts of a float (`frexp`, `modf`, `ulp`, …), rounding, and functions of two floats with special cases.

use super::{domain, number, range};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::header::Gc;
use crate::object::int::IntRef;
use crate::object::string::Str;
use crate::object::value::Value;
use num_bigint::BigInt;

fn two(m: &mut Machine, args: Args<'_>, name: &str) -> R<(f64, f64)> {
    args.between(m, name, 2, 2)?;
    Ok((number(m, args, 0)?, number(m, args, 1)?))
}

/// Mantissa in [0.5, 1) and exponent.
pub(super) fn split(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i64;
    if exponent == 0 {
        let (mantissa, e) = split(x * 2f64.powi(64));
        return (mantissa, e - 64);
    }
    (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), exponent - 1022)
}

/// `x * 2**e`, rounded once.
pub(super) fn scale(x: f64, e: i64) -> f64 {
    let e = e.clamp(-5000, 5000) as i32;
    let (mantissa, own) = split(x);
    let total = own + i64::from(e);
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    if total > 1024 {
        return f64::INFINITY.copysign(x);
    }
    if total < -1080 {
        return 0f64.copysign(x);
    }
    // Two exact steps, of which only the last may round.
    if total >= -1020 {
        mantissa * 2f64.powi((total - 1) as i32) * 2.0
    } else {
        mantissa * 2f64.powi(-1000) * 2f64.powi((total + 1000) as i32)
    }
}

/// A large positive integer as mantissa and exponent, rounded to even.
pub(super) fn scaled(int: &BigInt) -> (f64, u64) {
    let bits = int.bits();
    let shift = bits - 64;
    let (top, lost) = (int >> shift, int.trailing_zeros().is_some_and(|z| z < shift));
    let mut word = top.iter_u64_digits().next().unwrap_or(0);
    if lost {
        word |= 1;
    }
    (word as f64 / 2f64.powi(64), bits)
}

pub(super) fn pow(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (x, y) = two(m, args, "pow")?;
    let r = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if r.is_nan() {
            return Err(domain(m));
        }
        if r.is_infinite() {
            return Err(if x == 0.0 { domain(m) } else { range(m) });
        }
    }
    Ok(m.new_float(r))
}

pub(super) fn fmod(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (x, y) = two(m, args, "fmod")?;
    let r = if y.is_infinite() && x.is_finite() { x } else { x % y };
    if r.is_nan() && !x.is_nan() && !y.is_nan() { Err(domain(m)) } else { Ok(m.new_float(r)) }
}

pub(super) fn remainder(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (x, y) = two(m, args, "remainder")?;
    if x.is_nan() || y.is_nan() {
        return Ok(m.new_float(if x.is_nan() { x } else { y }));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain(m));
    }
    if y.is_infinite() {
        return Ok(m.new_float(x));
    }
    let (a, b) = (x.abs(), y.abs());
    let rest = a % b;
    let other = b - rest;
    let r = if rest < other {
        rest
    } else if rest > other {
        -other
    } else {
        rest - 2.0 * ((0.5 * (a - rest)) % b)
    };
    Ok(m.new_float(1f64.copysign(x) * r))
}

pub(super) fn fma(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.between(m, "fma", 3, 3)?;
    let (x, y, z) = (number(m, args, 0)?, number(m, args, 1)?, number(m, args, 2)?);
    let r = x.mul_add(y, z);
    if r.is_nan() && !(x.is_nan() || y.is_nan() || z.is_nan()) {
        return Err(m.value_error("invalid operation in fma"));
    }
    if r.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(m.overflow_error("overflow in fma"));
    }
    Ok(m.new_float(r))
}

pub(super) fn frexp(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (mantissa, e) = split(number(m, args, 0)?);
    let items = [m.new_float(mantissa), Value::small(e)];
    Ok(m.new_tuple(&items).value())
}

pub(super) fn ldexp(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    args.between(m, "ldexp", 2, 2)?;
    let x = number(m, args, 0)?;
    let e = args.pos()[1];
    if !m.is_int_instance(e) {
        return Err(m.type_error("Expected an int as second argument to ldexp."));
    }
    let e = match m.int_as_i64(e) {
        Some(e) => e,
        None if IntRef::of(e).is_some_and(|i| i.is_negative()) => i64::MIN,
        None => i64::MAX,
    };
    let r = scale(x, e);
    if r.is_infinite() && x.is_finite() { Err(range(m)) } else { Ok(m.new_float(r)) }
}

pub(super) fn modf(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let x = number(m, args, 0)?;
    let (fraction, whole) = if x.is_infinite() { (0f64.copysign(x), x) } else { ((x - x.trunc()).copysign(x), x.trunc()) };
    let items = [m.new_float(fraction), m.new_float(whole)];
    Ok(m.new_tuple(&items).value())
}

/// A float's place in their order.
fn place(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }
}

pub(super) fn nextafter_steps(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 2, required: 2, max_positional: 2 };
    let [x, y, steps] = args.bind(m, "nextafter", ["", "", "steps"], spec)?;
    let (x, y) = (m.as_f64(x)?, m.as_f64(y)?);
    if steps.is_null() || steps.is_none() {
        return Ok(m.new_float(super::nextafter(x, y)));
    }
    let steps = m.index_bigint(steps)?;
    if steps.sign() == num_bigint::Sign::Minus {
        return Err(m.value_error("steps must be a non-negative integer"));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(m.new_float(if x.is_nan() { x } else { y }));
    }
    let steps = u64::try_from(&steps).unwrap_or(u64::MAX);
    if steps == 0 || x == y {
        return Ok(m.new_float(if steps == 0 { x } else { y }));
    }
    let (from, to) = (place(x), place(y));
    let distance = from.abs_diff(to);
    if steps >= distance {
        return Ok(m.new_float(y));
    }
    let at = if to > from { from.wrapping_add_unsigned(steps) } else { from.wrapping_sub_unsigned(steps) };
    let bits = if at < 0 { i64::MIN.wrapping_sub(at) } else { at };
    Ok(m.new_float(f64::from_bits(bits.cast_unsigned())))
}

pub(super) fn ulp(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let x = number(m, args, 0)?.abs();
    let r = if !x.is_finite() {
        x
    } else {
        let above = super::nextafter(x, f64::INFINITY);
        if above.is_infinite() { x - super::nextafter(x, f64::NEG_INFINITY) } else { above - x }
    };
    Ok(m.new_float(r))
}

/// Rounds a float to an int, or calls the special method of another type.
fn round(m: &mut Machine, v: Value, name: Gc<Str>, f: fn(f64) -> f64) -> R<Value> {
    if m.type_of(v) != m.types.float
        && let Some(method) = m.lookup_special(v, name)?
    {
        return m.call(method, &[]);
    }
    let x = m.as_f64(v)?;
    m.int_from_f64(f(x))
}

/// A float of the word rounded towards zero, if the result is of the word, too; and the float.
#[inline(always)]
fn truncated(v: Value) -> Option<(i64, f64)> {
    const BOUND: f64 = Value::INT_MAX as f64 / 2.0;
    let x = if v.is_immediate_float() { v.as_immediate_float() } else { return None };
    (x.abs() < BOUND).then_some((x as i64, x))
}

pub(super) fn floor(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    if let Some((whole, x)) = truncated(args.pos()[0]) {
        return Ok(Value::small(whole - i64::from(whole as f64 > x)));
    }
    let name = m.names.floor;
    round(m, args.pos()[0], name, f64::floor)
}

pub(super) fn ceil(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    if let Some((whole, x)) = truncated(args.pos()[0]) {
        return Ok(Value::small(whole + i64::from((whole as f64) < x)));
    }
    let name = m.names.ceil;
    round(m, args.pos()[0], name, f64::ceil)
}

pub(super) fn trunc(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (v, name) = (args.pos()[0], m.names.trunc);
    if let Some((whole, _)) = truncated(v) {
        return Ok(Value::small(whole));
    }
    match m.lookup_special(v, name)? {
        Some(method) => m.call(method, &[]),
        None => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("type {name} doesn't define __trunc__ method")))
        }
    }
}

pub(super) fn isclose(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [a, b, relative, absolute] = args.bind(m, "isclose", ["a", "b", "rel_tol", "abs_tol"], spec)?;
    let (a, b) = (m.as_f64(a)?, m.as_f64(b)?);
    let relative = if relative.is_null() { 1e-9 } else { m.as_f64(relative)? };
    let absolute = if absolute.is_null() { 0.0 } else { m.as_f64(absolute)? };
    if relative < 0.0 || absolute < 0.0 {
        return Err(m.value_error("tolerances must be non-negative"));
    }
    if a == b {
        return Ok(Value::TRUE);
    }
    if a.is_infinite() || b.is_infinite() {
        return Ok(Value::FALSE);
    }
    let difference = (b - a).abs();
    Ok(Value::from_bool(difference <= (relative * b).abs() || difference <= (relative * a).abs() || difference <= absolute))
}
