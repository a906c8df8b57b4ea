//! Binary arithmetic of `int` as slot functions: machine integers first, big ones where those overflow. Conversions and the rest of
//! the type are in `int_type.rs`. Each function declines with `NotImplemented` unless both operands are integers. What is not quick is a
//! function of its own, so that the quick case need not save registers for it.

use super::int::IntRef;
use super::int_big::{self, Operand};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::text::error::{TextError, TextResult};
use crate::text::{float_ops, int_ops, limbs};
use num_bigint::BigInt;

/// More bits than a result may have: a gigabyte, beyond which `MemoryError` is raised.
const MAX_BITS: u64 = 1 << 33;

macro_rules! operands {
    ($a:ident, $b:ident) => {
        match (IntRef::of($a), IntRef::of($b)) {
            (Some(a), Some(b)) => (a, b),
            _ => return Ok(Value::NOT_IMPLEMENTED),
        }
    };
}

fn big_result(m: &mut Machine, result: TextResult<BigInt>) -> R<Value> {
    match result {
        Ok(n) => Ok(m.int_from_bigint(n)),
        Err(e) => Err(m.raise_text(e)),
    }
}

pub(super) fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(sum) = a.raw_int().checked_add(b.raw_int())
    {
        return Ok(Value::from_raw_int(sum));
    }
    add_any(m, a, b)
}

#[inline(never)]
fn add_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    Ok(match operands!(a, b) {
        (IntRef::Word(a), IntRef::Word(b)) => m.int_from_i128(i128::from(a) + i128::from(b)),
        (a, b) => int_big::add(m, a, b),
    })
}

pub(super) fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(difference) = a.raw_int().checked_sub(b.raw_int())
    {
        return Ok(Value::from_raw_int(difference));
    }
    sub_any(m, a, b)
}

#[inline(never)]
fn sub_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    Ok(match operands!(a, b) {
        (IntRef::Word(a), IntRef::Word(b)) => m.int_from_i128(i128::from(a) - i128::from(b)),
        (a, b) => int_big::sub(m, a, b),
    })
}

pub(super) fn mul(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(product) = a.raw_int().checked_mul(b.as_int())
    {
        return Ok(Value::from_raw_int(product));
    }
    mul_any(m, a, b)
}

#[inline(never)]
fn mul_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    Ok(match operands!(a, b) {
        (IntRef::Word(a), IntRef::Word(b)) => match a.checked_mul(b) {
            Some(n) => m.new_int(n),
            None => m.int_from_i128(i128::from(a) * i128::from(b)),
        },
        (a, b) => {
            if bits(a) + bits(b) > MAX_BITS {
                return Err(m.memory_error());
            }
            int_big::mul(m, a, b)
        }
    })
}

/// Quotient and remainder of integers from 0 to 2^32: divisions of 32 bits are several times quicker than those of 64. `None` for others,
/// and for a divisor of zero.
#[inline(always)]
pub(crate) fn div_mod_u32(a: i64, b: i64) -> Option<(i64, i64)> {
    let (a, b) = (u32::try_from(a).ok()?, u32::try_from(b).ok()?);
    Some((i64::from(a.checked_div(b)?), i64::from(a % b)))
}

/// Quotient and remainder of integers of the word, rounded down; `None` for a divisor of zero.
#[inline(always)]
fn div_mod_word(a: Value, b: Value) -> Option<(i64, i64)> {
    let (a, b) = (a.as_int(), b.as_int());
    div_mod_u32(a, b).or_else(|| int_ops::div_mod_i64(a, b))
}

pub(super) fn floordiv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some((q, _)) = div_mod_word(a, b)
    {
        // Only the least integer divided by -1 does not fit the word.
        if let Some(q) = Value::try_int(q) {
            return Ok(q);
        }
    }
    floordiv_any(m, a, b)
}

#[inline(never)]
fn floordiv_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    if let (IntRef::Word(x), IntRef::Word(y)) = (a, b)
        && let Some((q, _)) = int_ops::div_mod_i64(x, y)
    {
        return Ok(m.new_int(q));
    }
    if b.is_zero() {
        return Err(m.raise_text(int_ops::division_by_zero()));
    }
    Ok(int_big::div_mod(m, a, b, true, false).0)
}

pub(super) fn rem(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some((_, r)) = div_mod_word(a, b)
    {
        return Ok(Value::small(r));
    }
    rem_any(m, a, b)
}

#[inline(never)]
fn rem_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    if let (IntRef::Word(x), IntRef::Word(y)) = (a, b)
        && let Some((_, r)) = int_ops::div_mod_i64(x, y)
    {
        return Ok(m.new_int(r));
    }
    if b.is_zero() {
        return Err(m.raise_text(int_ops::modulo_by_zero()));
    }
    Ok(int_big::div_mod(m, a, b, false, true).1)
}

pub(super) fn divmod(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    let (q, r) = match (a, b) {
        (IntRef::Word(x), IntRef::Word(y)) if int_ops::div_mod_i64(x, y).is_some() => {
            let (q, r) = int_ops::div_mod_i64(x, y).unwrap_or_default();
            (m.new_int(q), m.new_int(r))
        }
        _ if b.is_zero() => return Err(m.raise_text(int_ops::division_by_zero())),
        _ => int_big::div_mod(m, a, b, true, true),
    };
    Ok(m.new_tuple(&[q, r]).value())
}

/// Up to this magnitude every integer is a float.
pub(crate) const EXACT: u64 = 1 << 53;

pub(super) fn truediv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b) {
        let (x, y) = (a.as_int(), b.as_int());
        if y != 0
            && x.unsigned_abs() <= EXACT
            && y.unsigned_abs() <= EXACT
            && let Some(quotient) = Value::try_float(x as f64 / y as f64)
        {
            return Ok(quotient);
        }
    }
    truediv_any(m, a, b)
}

#[inline(never)]
fn truediv_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    if let (IntRef::Word(x), IntRef::Word(y)) = (a, b)
        && y != 0
        && x.unsigned_abs() <= EXACT
        && y.unsigned_abs() <= EXACT
    {
        return Ok(m.new_float(x as f64 / y as f64));
    }
    match float_ops::true_divide(&a.big(), &b.big()) {
        Ok(f) => Ok(m.new_float(f)),
        Err(e) => Err(m.raise_text(e)),
    }
}

/// `base ** exponent` for small machine integers.
fn pow_word(base: i64, exponent: i64) -> Option<i64> {
    base.checked_pow(u32::try_from(exponent).ok()?)
}

pub(super) fn pow(m: &mut Machine, a: Value, b: Value, modulus: Value) -> R<Value> {
    let (base, exponent) = operands!(a, b);
    if modulus.is_none() {
        if exponent.is_negative() {
            // The result is a float; both conversions may overflow.
            let (x, y) = (m.int_to_f64(base)?, m.int_to_f64(exponent)?);
            return super::float_type::power(m, x, y);
        }
        if let (IntRef::Word(x), IntRef::Word(y)) = (base, exponent)
            && let Some(n) = pow_word(x, y)
        {
            return Ok(m.new_int(n));
        }
        return power(m, base, exponent);
    }
    let Some(modulus) = IntRef::of(modulus) else { return Ok(Value::NOT_IMPLEMENTED) };
    if let (IntRef::Word(x), IntRef::Word(e), IntRef::Word(n)) = (base, exponent, modulus)
        && e >= 0
        && n > 0
    {
        return Ok(m.new_int(pow_mod_word(x, e, n)));
    }
    big_result(m, int_ops::power_mod(&base.big(), &exponent.big(), &modulus.big()))
}

/// `base ** exponent` for an exponent that is not negative.
fn power(m: &mut Machine, base: IntRef, exponent: IntRef) -> R<Value> {
    let exponent_word = exponent.word().and_then(|n| u32::try_from(n).ok());
    match (base, exponent_word) {
        (IntRef::Word(0 | 1), _) => Ok(Value::small(i64::from(exponent.is_zero() || base.word() == Some(1)))),
        (IntRef::Word(-1), _) => Ok(Value::small(if Operand::of(exponent).limbs().first().is_some_and(|x| x % 2 == 1) { -1 } else { 1 })),
        (_, Some(n)) if (bits(base) - 1).saturating_mul(u64::from(n)) <= MAX_BITS => Ok(int_big::pow(m, base, n as usize)),
        _ => Err(m.memory_error()),
    }
}

/// `base ** exponent % modulus` by squaring, for a positive modulus.
fn pow_mod_word(base: i64, exponent: i64, modulus: i64) -> i64 {
    let n = i128::from(modulus);
    let mut square = i128::from(base).rem_euclid(n);
    let mut result = 1 % n;
    let mut rest = exponent;
    while rest > 0 {
        if rest & 1 == 1 {
            result = result * square % n;
        }
        square = square * square % n;
        rest >>= 1;
    }
    result as i64
}

pub(super) fn lshift(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let (raw, by @ 0..=61) = (a.raw_int(), b.as_int())
        && raw << by >> by == raw
    {
        return Ok(Value::from_raw_int(raw << by));
    }
    lshift_any(m, a, b)
}

#[inline(never)]
fn lshift_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    if let (IntRef::Word(x), IntRef::Word(n @ 0..=63)) = (a, b) {
        return Ok(m.int_from_i128(i128::from(x) << n));
    }
    if b.is_negative() {
        return Err(m.raise_text(negative_shift()));
    }
    if a.is_zero() {
        return Ok(Value::small(0));
    }
    match b {
        IntRef::Word(i64::MAX) | IntRef::Big(_) => Err(m.raise_text(TextError::overflow("too many digits in integer"))),
        IntRef::Word(n) if n as u64 + bits(a) > MAX_BITS => Err(m.memory_error()),
        IntRef::Word(n) => Ok(int_big::lshift(m, a, n as usize)),
    }
}

pub(super) fn rshift(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let (int, by @ 0..) = (a.as_int(), b.as_int())
    {
        return Ok(Value::small(int >> by.min(63)));
    }
    rshift_any(m, a, b)
}

#[inline(never)]
fn rshift_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(a, b);
    if let (IntRef::Word(x), IntRef::Word(n)) = (a, b)
        && n >= 0
    {
        return Ok(m.new_int(x >> n.min(63)));
    }
    if b.is_negative() {
        return Err(m.raise_text(negative_shift()));
    }
    // More than any number has bits.
    let n = b.word().map_or(usize::MAX, |n| n as usize);
    Ok(int_big::rshift(m, a, n))
}

fn negative_shift() -> TextError {
    TextError::value("negative shift count")
}

fn bits(int: IntRef) -> u64 {
    limbs::bits(Operand::of(int).limbs())
}

macro_rules! bitwise {
    ($name:ident, $op:tt) => {
        pub(super) fn $name(m: &mut Machine, a: Value, b: Value) -> R<Value> {
            if Value::both_int(a, b) {
                return Ok(Value::small(a.as_int() $op b.as_int()));
            }
            #[inline(never)]
            fn any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
                Ok(match operands!(a, b) {
                    (IntRef::Word(a), IntRef::Word(b)) => m.new_int(a $op b),
                    (a, b) => int_big::bitwise(m, a, b, |x, y| x $op y, |x, y| x $op y),
                })
            }
            any(m, a, b)
        }
    };
}

bitwise!(and, &);
bitwise!(or, |);
bitwise!(xor, ^);
