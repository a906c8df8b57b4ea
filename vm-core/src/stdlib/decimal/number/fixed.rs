//! Binary fixed-point numbers, in which `exp`, `ln` and `log10` are computed: an integer `x` stands for `x / 2^bits`. Binary, because
//! scaling is a shift then; the decimal result is checked for correct rounding by the callers.

use super::Num;
use super::binary::{power_of_ten, to_big};
use super::limbs::{Limbs, shift_right};
use num_bigint::{BigInt, BigUint};
use num_traits::{Signed, Zero};
use std::cell::RefCell;

/// Constants once computed, with as many bits as were asked for at most.
#[derive(Default)]
pub(crate) struct Constants {
    ln10: RefCell<(u64, BigUint)>,
}

/// Bits that so many decimal digits need.
pub(super) fn bits_of(digits: i64) -> u64 {
    (digits as u64 * 3322).div_ceil(1000)
}

impl Constants {
    /// The logarithm of ten, too small by less than two units.
    pub(super) fn ln10(&self, bits: u64) -> BigInt {
        let mut known = self.ln10.borrow_mut();
        if known.0 < bits {
            let bits = bits + bits / 8 + 64;
            let work = bits + 32;
            let sum = inverse_atanh(31, work) * 46u32 + inverse_atanh(49, work) * 34u32 + inverse_atanh(161, work) * 20u32;
            *known = (bits, sum >> 32u32);
        }
        BigInt::from(&known.1 >> (known.0 - bits))
    }
}

/// `atanh(1 / n)`.
fn inverse_atanh(n: u32, bits: u64) -> BigUint {
    let mut term = (BigUint::from(1u32) << bits) / n;
    let mut sum = term.clone();
    let square = n * n;
    let mut k = 3u32;
    loop {
        term /= square;
        if term.is_zero() {
            return sum;
        }
        sum += &term / k;
        k += 2;
    }
}

/// A finite number, cut to so many bits after the point; of more digits than matter the rest is left out.
pub(super) fn to_fixed(n: Num<'_>, bits: u64) -> BigInt {
    let mut exp = n.exp;
    let mut short;
    let mut coeff = n.coeff;
    let places = bits as i64 / 3 + 4;
    if -exp > places {
        short = Limbs::from_slice(coeff);
        shift_right(&mut short, -exp - places);
        exp = -places;
        coeff = &short;
    }
    let size = to_big(coeff);
    let size = if exp >= 0 { (size * power_of_ten(exp as u64)) << bits } else { (size << bits) / power_of_ten(-exp as u64) };
    let value = BigInt::from(size);
    if n.negative { -value } else { value }
}

/// `x * 10^places / 2^bits`, cut.
pub(super) fn to_scaled(x: &BigInt, bits: u64, places: i64) -> BigUint {
    (x.magnitude() * power_of_ten(places as u64)) >> bits
}

/// `e^x` for `|x| < 4`, with a few units of error at most: the argument halved, Taylor's series, and the result squared as often.
pub(super) fn exponential(x: &BigInt, bits: u64) -> BigInt {
    let halvings = bits.isqrt() * 3 / 4 + 2;
    let work = bits + 2 * halvings + 24;
    let x = (x << (work - bits)) >> halvings;
    let mut sum = BigInt::from(1) << work;
    let mut term = sum.clone();
    for i in 1u32.. {
        term = ((term * &x) >> work) / i;
        if term.is_zero() || (term.is_negative() && (&term + 1u32).is_zero()) {
            break;
        }
        sum += &term;
    }
    for _ in 0..halvings {
        sum = (&sum * &sum) >> work;
    }
    sum >> (work - bits)
}

/// The logarithm of a fixed-point number between a half and ten, given as a float, too.
pub(super) fn logarithm(v: &BigInt, near: f64, bits: u64) -> BigInt {
    // Each step trebles the bits that are right.
    let mut levels = vec![bits];
    while let Some(&last) = levels.last()
        && last > 48
    {
        levels.push(last / 3 + 5);
    }
    levels.pop();
    let mut known = 62;
    let mut z = BigInt::from((near.ln() * (1u64 << 62) as f64) as i128);
    for &level in levels.iter().rev() {
        z = if level >= known { z << (level - known) } else { z >> (known - level) };
        known = level;
        let e = exponential(&z, level);
        let v = v >> (bits - level);
        z += ((&v - &e) << (level + 1)) / (&v + &e);
    }
    if known < bits { z << (bits - known) } else { z >> (known - bits) }
}
