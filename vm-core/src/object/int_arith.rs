//! Binary arithmetic of `int` as slot functions: machine integers first, limbs where those overflow. Conversions and the rest of
//! the type are in `int_type.rs`. Each function declines with `NotImplemented` unless both operands are integers. What is not quick is a
//! function of its own, so that the quick case need not save registers for it.

use super::int_big::{self, Operand};
use super::value::Value;
use super::{int_divide, int_power};
use crate::machine::{Machine, R};
use crate::text::error::TextError;
use crate::text::limbs::{self, Limb};
use crate::text::{float_ops, int_ops};

/// More bits than a result may have: a gigabyte, beyond which `MemoryError` is raised.
pub(super) const MAX_BITS: u64 = 1 << 33;

/// Names the operands as sign and limbs, or declines.
macro_rules! operands {
    ($a:ident, $b:ident) => {
        let (mut x, mut y): (Limb, Limb) = (0, 0);
        let (Some($a), Some($b)) = (Operand::of($a, &mut x), Operand::of($b, &mut y)) else { return Ok(Value::NOT_IMPLEMENTED) };
    };
}

pub(super) fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(sum) = a.raw_int().checked_add(b.raw_int())
    {
        return Ok(Value::from_raw_int(sum));
    }
    add_any(m, a, b)
}

/// [`add`] of any two integers.
#[inline(never)]
pub(crate) fn add_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    operands!(a, b);
    Ok(int_big::add(m, a, b))
}

pub(super) fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(difference) = a.raw_int().checked_sub(b.raw_int())
    {
        return Ok(Value::from_raw_int(difference));
    }
    sub_any(m, a, b)
}

/// [`sub`] of any two integers.
#[inline(never)]
pub(crate) fn sub_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    operands!(a, b);
    Ok(int_big::sub(m, a, b))
}

pub(super) fn mul(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if Value::both_int(a, b)
        && let Some(product) = a.raw_int().checked_mul(b.as_int())
    {
        return Ok(Value::from_raw_int(product));
    }
    mul_any(m, a, b)
}

/// [`mul`] of any two integers.
#[inline(never)]
pub(crate) fn mul_any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    operands!(a, b);
    if (a.limbs.len() + b.limbs.len()) as u64 > MAX_BITS / limbs::LIMB_BITS as u64 {
        return Err(m.memory_error());
    }
    Ok(int_big::mul(m, a, b))
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
    operands!(a, b);
    if b.is_zero() {
        return Err(m.raise_text(int_ops::division_by_zero()));
    }
    Ok(int_divide::quotient(m, a, b))
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
fn rem_any(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let (a, b) = (left, right);
    operands!(a, b);
    if b.is_zero() {
        return Err(m.raise_text(int_ops::modulo_by_zero()));
    }
    let dividend = m.exact_int(left);
    Ok(int_divide::rest(m, a, dividend, b))
}

pub(super) fn divmod(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    if Value::both_int(left, right)
        && let Some((q, r)) = div_mod_word(left, right)
    {
        let (q, r) = (m.new_int(q), Value::small(r));
        return Ok(m.new_tuple(&[q, r]).value());
    }
    let (a, b) = (left, right);
    operands!(a, b);
    if b.is_zero() {
        return Err(m.raise_text(int_ops::division_by_zero()));
    }
    let dividend = m.exact_int(left);
    let (q, r) = int_divide::both(m, a, dividend, b);
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
    operands!(a, b);
    if let (Some(x), Some(y)) = (a.word(), b.word())
        && y != 0
        && x.unsigned_abs() <= EXACT
        && y.unsigned_abs() <= EXACT
    {
        return Ok(m.new_float(x as f64 / y as f64));
    }
    match float_ops::true_divide((a.negative, a.limbs), (b.negative, b.limbs)) {
        Ok(f) => Ok(m.new_float(f)),
        Err(e) => Err(m.raise_text(e)),
    }
}

pub(super) fn pow(m: &mut Machine, a: Value, b: Value, modulus: Value) -> R<Value> {
    operands!(a, b);
    if !modulus.is_none() {
        let mut z = 0;
        let Some(modulus) = Operand::of(modulus, &mut z) else { return Ok(Value::NOT_IMPLEMENTED) };
        return int_power::power_mod(m, a, b, modulus);
    }
    if b.negative {
        // The result is a float; both conversions may overflow.
        let (x, y) = (int_power::to_f64(m, a)?, int_power::to_f64(m, b)?);
        return super::float_type::power(m, x, y);
    }
    int_power::power(m, a, b)
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
    operands!(a, b);
    if b.negative {
        return Err(m.raise_text(negative_shift()));
    }
    if a.is_zero() {
        return Ok(Value::small(0));
    }
    match b.word() {
        None | Some(i64::MAX) => Err(m.raise_text(TextError::overflow("too many digits in integer"))),
        Some(n) if n as u64 + limbs::bits(a.limbs) > MAX_BITS => Err(m.memory_error()),
        Some(n) => Ok(int_big::lshift(m, a, n as usize)),
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
    operands!(a, b);
    if b.negative {
        return Err(m.raise_text(negative_shift()));
    }
    // More than any number has bits.
    let n = b.word().map_or(usize::MAX, |n| n as usize);
    Ok(int_big::rshift(m, a, n))
}

fn negative_shift() -> TextError {
    TextError::value("negative shift count")
}

macro_rules! bitwise {
    ($name:ident, $op:tt) => {
        pub(super) fn $name(m: &mut Machine, a: Value, b: Value) -> R<Value> {
            if Value::both_int(a, b) {
                return Ok(Value::small(a.as_int() $op b.as_int()));
            }
            #[inline(never)]
            fn any(m: &mut Machine, a: Value, b: Value) -> R<Value> {
                operands!(a, b);
                Ok(int_big::bitwise(m, a, b, |x, y| x $op y))
            }
            any(m, a, b)
        }
    };
}

bitwise!(and, &);
bitwise!(or, |);
bitwise!(xor, ^);
