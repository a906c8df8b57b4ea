//! Integer and float arithmetic on constants, rounding and failing as Python's.
//!
//! `arith` decides which operation applies to which types; this file computes it.

use crate::code::Const;
use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// The integer value of an `int` or `bool`.
pub(super) fn as_int(value: &Const) -> Option<BigInt> {
    match value {
        Const::Int(i) => Some(i.to_big()),
        Const::Bool(b) => Some(BigInt::from(u8::from(*b))),
        _ => None,
    }
}

/// `float(int)`, unless it overflows.
pub(super) fn int_to_float(value: &BigInt) -> Option<f64> {
    value.to_f64().filter(|f| f.is_finite())
}

/// `a / b`, correctly rounded.
pub(super) fn int_true_div(a: &BigInt, b: &BigInt) -> Option<f64> {
    if b.is_zero() {
        return None;
    }
    if a.bits() <= 53 && b.bits() <= 53 {
        return Some(a.to_f64()? / b.to_f64()?);
    }
    // A quotient of at least 64 bits, whose last bit also stands for the remainder, rounds as the exact one does.
    let shift = 66 + i64::try_from(b.bits()).ok()? - i64::try_from(a.bits()).ok()?;
    let (mut num, mut den) = (a.abs(), b.abs());
    if shift >= 0 {
        num <<= usize::try_from(shift).ok()?;
    } else {
        den <<= usize::try_from(-shift).ok()?;
    }
    let (quotient, rest) = num.div_rem(&den);
    let mut bits = quotient.to_u128()?;
    if !rest.is_zero() {
        bits |= 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "this rounding is the one that is wanted")]
    let mut result = bits as f64;
    let mut exponent = -shift;
    while exponent != 0 {
        let step = exponent.clamp(-1000, 1000);
        result *= 2f64.powi(i32::try_from(step).ok()?);
        exponent -= step;
    }
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    result.is_finite().then_some(if negative { -result } else { result })
}

/// `a ** b` for floats; `Err` when the power is complex.
pub(super) fn float_pow(a: f64, b: f64) -> Option<Result<f64, ()>> {
    if b == 0.0 || a == 1.0 {
        return Some(Ok(1.0));
    }
    if a == 0.0 && b < 0.0 {
        return None;
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return Some(Err(()));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return None;
    }
    Some(Ok(result))
}

/// `divmod(a, b)` for floats.
pub(super) fn float_divmod(a: f64, b: f64) -> Option<(f64, f64)> {
    if b == 0.0 {
        return None;
    }
    let mut rest = a % b;
    let mut div = (a - rest) / b;
    if rest == 0.0 {
        rest = 0f64.copysign(b);
    } else if (b < 0.0) != (rest < 0.0) {
        rest += b;
        div -= 1.0;
    }
    let floor = if div == 0.0 {
        0f64.copysign(a / b)
    } else {
        let floor = div.floor();
        if div - floor > 0.5 { floor + 1.0 } else { floor }
    };
    Some((floor, rest))
}
