//! Float operations whose exact result needs care: rounding, conversion to integers and ratios, comparison with them.
//!
//! The arithmetic itself is the machine's; integers alone are in `int_ops.rs`.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, ToPrimitive};

use super::error::{TextError, TextResult};
use super::float_digits::fraction;
use super::format_quick::scaled;
use super::limbs::{self, Limb};

/// `round(x, ndigits)`, correctly rounded.
pub fn round_to(value: f64, ndigits: i64) -> TextResult<f64> {
    if !value.is_finite() || value == 0.0 || ndigits > 323 {
        return Ok(value);
    }
    if ndigits < -308 {
        return Ok(0f64.copysign(value));
    }
    if let Ok(places @ 0..=15) = usize::try_from(ndigits)
        && let Some(n) = scaled(value, places).filter(|&n| n < 1 << 53)
    {
        // Both are exact, so the quotient is the float nearest to the decimal.
        return Ok((n as f64 / 10u64.pow(places as u32) as f64).copysign(value));
    }
    let found = fraction(value, ndigits);
    let digits = if found.digits.is_empty() { "0" } else { &found.digits };
    let text = format!("{digits}e{}", i64::from(found.point) - found.digits.len() as i64);
    let rounded: f64 = text.parse().unwrap_or(value);
    if rounded.is_infinite() {
        return Err(TextError::overflow("rounded value too large to represent"));
    }
    Ok(rounded.copysign(value))
}

/// `int(x)`: truncates; nan and infinities are errors.
pub fn to_int(value: f64) -> TextResult<BigInt> {
    if value.is_nan() {
        return Err(TextError::value("cannot convert float NaN to integer"));
    }
    BigInt::from_f64(value).ok_or_else(|| TextError::overflow("cannot convert float infinity to integer"))
}

/// `round(x)`: to the nearest integer, ties to even.
pub fn round_to_int(value: f64) -> TextResult<BigInt> {
    to_int(value.round_ties_even())
}

/// `x.as_integer_ratio()`: numerator and positive denominator without a common factor.
pub fn as_integer_ratio(value: f64) -> TextResult<(BigInt, BigInt)> {
    if value.is_nan() {
        return Err(TextError::value("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(TextError::overflow("cannot convert Infinity to integer ratio"));
    }
    if value == 0.0 {
        return Ok((BigInt::ZERO, BigInt::from(1)));
    }
    let bits = value.to_bits();
    let biased = (bits >> 52 & 0x7FF) as i64;
    let stored = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if biased == 0 { (stored, -1074) } else { (stored | 1 << 52, biased - 1075) };
    let shift = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> shift, exponent + i64::from(shift));
    let mut numerator = BigInt::from(mantissa);
    let mut denominator = BigInt::from(1);
    if exponent >= 0 {
        numerator <<= exponent;
    } else {
        denominator <<= -exponent;
    }
    Ok((if value < 0.0 { -numerator } else { numerator }, denominator))
}

/// Exact comparison of a float with an integer; `None` for nan.
pub fn compare_int(value: f64, int: &BigInt) -> Option<Ordering> {
    if value.is_nan() {
        return None;
    }
    if value.is_infinite() {
        return Some(if value > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = value.trunc();
    let order = BigInt::from_f64(whole).unwrap_or_default().cmp(int);
    Some(order.then_with(|| value.partial_cmp(&whole).unwrap_or(Ordering::Equal)))
}

/// Exact comparison of a float with a machine integer; `None` for nan.
pub fn compare_i64(value: f64, int: i64) -> Option<Ordering> {
    if int.unsigned_abs() <= 1 << 53 {
        return value.partial_cmp(&(int as f64));
    }
    compare_int(value, &BigInt::from(int))
}

/// `float(int)`: nearest, ties to even; too large is an error.
pub fn from_int(int: &BigInt) -> TextResult<f64> {
    match int.to_f64() {
        Some(value) if value.is_finite() => Ok(value),
        _ => Err(TextError::overflow("int too large to convert to float")),
    }
}

/// `a / b` of integers, correctly rounded.
pub fn true_divide((a_negative, a): (bool, &[Limb]), (b_negative, b): (bool, &[Limb])) -> TextResult<f64> {
    if b.is_empty() {
        return Err(TextError::zero_division("division by zero"));
    }
    let negative = a_negative != b_negative;
    let signed = |size: f64| if negative { -size } else { size };
    if a.is_empty() {
        return Ok(if b_negative { -0.0 } else { 0.0 });
    }
    // Shift so that the quotient has 64 to 66 bits, then round once.
    let shift = 65 + limbs::bits(b) as i64 - limbs::bits(a) as i64;
    let too_large = || TextError::overflow("integer division result too large for a float");
    if shift < -2000 {
        return Err(too_large());
    }
    if shift > 2000 + 65 {
        return Ok(signed(0.0));
    }
    let (long, by) = if shift >= 0 { (a, shift as usize) } else { (b, -shift as usize) };
    let mut few = [0; 24];
    let mut many;
    let len = long.len() + by / limbs::LIMB_BITS + 1;
    let room = if len <= few.len() {
        &mut few[..len]
    } else {
        many = vec![0; len];
        &mut many[..]
    };
    limbs::shift_left(room, long, by);
    let shifted = limbs::trimmed(room);
    let (quotient, sticky) = if shift >= 0 { quotient_and_rest(shifted, b) } else { quotient_and_rest(a, shifted) };
    // One more bit for the sticky part, below all the bits that can be kept.
    let mantissa = quotient << 1 | u128::from(sticky);
    Ok(signed(super::float_hex::scale(mantissa, -shift - 1, false).ok_or_else(too_large)?))
}

/// A quotient of at most two limbs, and whether anything remains.
fn quotient_and_rest(a: &[Limb], b: &[Limb]) -> (u128, bool) {
    let mut q = [0; 3];
    let q = &mut q[..a.len() + 1 - b.len()];
    let sticky = match *b {
        [d] => limbs::div_rem_word(q, a, d) != 0,
        [low, high] => limbs::by_two::<true>(q, a, low, high) != 0,
        _ => {
            let mut few = [0; 40];
            let mut many;
            let len = a.len() + 1 + b.len();
            let room = if len <= few.len() {
                &mut few[..len]
            } else {
                many = vec![0; len];
                &mut many[..]
            };
            limbs::divide::<true>(q, room, a, b);
            room[..b.len()].iter().any(|&x| x != 0)
        }
    };
    (q.iter().rev().fold(0, |n, &x| n << 64 | u128::from(x)), sticky)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_integers_compare_as_big_ones() {
        let limit = 1i64 << 53;
        for float in [0.0, -0.0, 0.5, -0.5, limit as f64, 9.3e18, -9.3e18, f64::INFINITY, f64::NAN, i64::MAX as f64] {
            for int in [0, 1, -1, limit, limit + 1, -limit - 1, i64::MAX, i64::MIN] {
                assert_eq!(compare_i64(float, int), compare_int(float, &BigInt::from(int)), "{float} {int}");
            }
        }
    }
}
