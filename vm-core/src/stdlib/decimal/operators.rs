//! What operators mean for decimals, and conversions to `int`, `float` and hashes.

use super::calls::Two;
use super::convert::{Compared, compared, operand};
use super::current::current;
use super::number::binary::to_binary;
use super::number::compare::order;
use super::number::limbs::{RADIX, shift_left};
use super::number::{Dec, Env, Kind, Num, Round, divide, power, power_mod, status, sum};
use super::number::{integral::to_integral, text};
use super::object::{Decimal, NO_HASH};
use crate::machine::{Machine, R};
use crate::object::slots::{Compare, Slots};
use crate::object::value::Value;
use crate::stdlib::native_struct::this;
use crate::text::limbs as bits;

/// An operator of two numbers, in the current context.
#[inline(always)]
fn binary(m: &mut Machine, a: Value, b: Value, f: Two) -> R<Value> {
    let context = current(m)?;
    let mut env = context.env();
    let result = match (a.downcast::<Decimal>(), b.downcast::<Decimal>()) {
        (Some(x), Some(y)) => f(x.num(), y.num(), &mut env),
        _ => match mixed(a, b, f, &mut env) {
            Some(result) => result,
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
    };
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

/// The same where one operand is an `int`, or neither is served.
#[inline(never)]
fn mixed(a: Value, b: Value, f: Two, env: &mut Env) -> Option<Dec> {
    let (x, y) = (operand(a)?, operand(b)?);
    Some(f(x.num(), y.num(), env))
}

fn unary(m: &mut Machine, v: Value, f: fn(Num<'_>, &mut Env) -> Dec) -> R<Value> {
    let context = current(m)?;
    let a = this::<Decimal>(m, v)?;
    let mut env = context.env();
    let result = f(a.num(), &mut env);
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn divmod(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let context = current(m)?;
    let (Some(x), Some(y)) = (operand(a), operand(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let mut env = context.env();
    let (quotient, rest) = divide::divide_with_remainder(x.num(), y.num(), &mut env);
    context.settle(m, env.status)?;
    let (quotient, rest) = (m.new_decimal(quotient.num()), m.new_decimal(rest.num()));
    Ok(m.new_tuple(&[quotient, rest]).value())
}

fn pow(m: &mut Machine, base: Value, exponent: Value, modulus: Value) -> R<Value> {
    let context = current(m)?;
    let (Some(x), Some(y)) = (operand(base), operand(exponent)) else { return Ok(Value::NOT_IMPLEMENTED) };
    let mut env = context.env();
    let result = if modulus.is_none() {
        power::power(x.num(), y.num(), &m.lib.decimal.constants, &mut env)
    } else {
        let Some(z) = operand(modulus) else { return Ok(Value::NOT_IMPLEMENTED) };
        power_mod(x.num(), y.num(), z.num(), &mut env)
    };
    context.settle(m, env.status)?;
    Ok(m.new_decimal(result.num()))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let left = this::<Decimal>(m, a)?;
    if let Some(right) = b.downcast::<Decimal>() {
        return order_of(m, left.num(), right.num(), op);
    }
    let context = current(m)?;
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    let Some(Compared { left: scaled, right }) = compared(m, left, b, equality, context)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    order_of(m, scaled.as_ref().map_or(left.num(), Dec::num), right.num(), op)
}

/// Whether two numbers are ordered as an operator asks.
#[inline]
fn order_of(m: &mut Machine, x: Num<'_>, y: Num<'_>, op: Compare) -> R<Value> {
    if x.is_nan() || y.is_nan() {
        if !matches!(op, Compare::Eq | Compare::Ne) || x.kind == Kind::Signaling || y.kind == Kind::Signaling {
            let context = current(m)?;
            context.settle(m, status::INVALID_OPERATION)?;
        }
        return Ok(Value::from_bool(op == Compare::Ne));
    }
    Ok(Value::from_bool(op.holds(order(x, y))))
}

const MODULUS: u64 = (1 << 61) - 1;

fn multiply_mod(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(MODULUS)) as u64
}

fn power_of(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply_mod(result, base);
        }
        base = multiply_mod(base, base);
        exponent >>= 1;
    }
    result
}

/// The hash of a finite number: of all numbers of that value.
fn hash_of(n: Num<'_>) -> i64 {
    /// The inverse of ten.
    const TENTH: u64 = 2_075_258_708_292_324_556;
    let coeff = n.coeff.iter().rev().fold(0, |h, &x| (multiply_mod(h, RADIX % MODULUS) + x % MODULUS) % MODULUS);
    let scale = power_of(if n.exp < 0 { TENTH } else { 10 }, n.exp.unsigned_abs());
    let size = multiply_mod(coeff, scale) as i64;
    match if n.negative { -size } else { size } {
        -1 => -2,
        h => h,
    }
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let object = this::<Decimal>(m, v)?;
    if object.hash.get() == NO_HASH {
        let n = object.num();
        object.hash.set(match n.kind {
            Kind::Finite => hash_of(n),
            Kind::Infinite if n.negative => -314_159,
            Kind::Infinite => 314_159,
            Kind::Quiet => crate::object::object_type::hash_pointer(v),
            Kind::Signaling => return Err(m.type_error("Cannot hash a signaling NaN value")),
        });
    }
    Ok(object.hash.get())
}

/// A number rounded to an `int`.
pub(super) fn to_int(m: &mut Machine, n: Num<'_>, round: Round) -> R<Value> {
    if n.is_special() {
        let text = if n.is_nan() { "cannot convert NaN to integer" } else { "cannot convert Infinity to integer" };
        return Err(if n.is_nan() { m.value_error(text) } else { m.overflow_error(text) });
    }
    let integer = to_integral(n, false, &mut Env::MAX.rounding(round));
    int_of(m, integer.num())
}

/// The `int` of a number whose exponent is not negative.
pub(super) fn int_of(m: &mut Machine, n: Num<'_>) -> R<Value> {
    if let Some(i) = n.to_i64() {
        return Ok(m.new_int(i));
    }
    let Ok(coeff) = shift_left(n.coeff, n.exp) else { return Err(m.memory_error()) };
    Ok(m.int_from_bigint(bits::to_bigint(n.negative, &to_binary(&coeff))))
}

/// The nearest float.
pub(super) fn to_f64(m: &mut Machine, v: Value) -> R<f64> {
    let object = this::<Decimal>(m, v)?;
    let n = object.num();
    match n.kind {
        Kind::Signaling => Err(m.value_error("cannot convert signaling NaN to float")),
        Kind::Quiet => Ok(if n.negative { -f64::NAN } else { f64::NAN }),
        Kind::Infinite => Ok(if n.negative { f64::NEG_INFINITY } else { f64::INFINITY }),
        Kind::Finite => {
            let text = text::to_text(n, &text::Style::new(text::Notation::Scientific, true)).unwrap_or_default();
            match crate::text::float_parse::parse_float_bytes(&text) {
                Ok(f) => Ok(f),
                Err(error) => Err(m.raise_text(error)),
            }
        }
    }
}

/// The slots.
pub(super) const SLOTS: Slots = Slots {
    new: Some(super::convert::new),
    repr: Some(super::display::repr),
    str: Some(super::display::str),
    hash: Some(hash),
    getattro: Some(crate::object::attr::generic_get_attr),
    richcompare: Some(compare),
    add: Some(|m, a, b| binary(m, a, b, sum::add)),
    sub: Some(|m, a, b| binary(m, a, b, sum::subtract)),
    mul: Some(|m, a, b| binary(m, a, b, sum::multiply)),
    truediv: Some(|m, a, b| binary(m, a, b, divide::divide)),
    floordiv: Some(|m, a, b| binary(m, a, b, divide::divide_to_integer)),
    rem: Some(|m, a, b| binary(m, a, b, divide::remainder)),
    divmod: Some(divmod),
    pow: Some(pow),
    neg: Some(|m, v| unary(m, v, sum::minus)),
    pos: Some(|m, v| unary(m, v, sum::plus)),
    abs: Some(|m, v| unary(m, v, sum::absolute)),
    bool: Some(|m, v| {
        let object = this::<Decimal>(m, v)?;
        Ok(!object.num().is_zero())
    }),
    int: Some(|m, v| {
        let object = this::<Decimal>(m, v)?;
        to_int(m, object.num(), Round::Down)
    }),
    float: Some(|m, v| {
        let f = to_f64(m, v)?;
        Ok(m.new_float(f))
    }),
    ..Slots::EMPTY
};
