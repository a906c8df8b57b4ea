//! `exp`, correctly rounded: computed with more and more digits until the rounding is beyond doubt.

use super::binary::from_big;
use super::compare::{order, order_magnitudes};
use super::fixed::{Constants, bits_of, exponential, to_fixed, to_scaled};
use super::limbs::{WORD, is_zero};
use super::rounding::{check_underflow, finalize, pad_zeros};
use super::sum::{add, subtract};
use super::{Dec, Env, Num, Round, status};
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::cmp::Ordering;

/// Integer digits of arguments beyond which every result overflows or underflows.
const MOST_DIGITS: i64 = 19;

/// Whether all numbers within a unit of the last of `prec` digits are rounded alike; `env` has the precision of the result.
fn is_decided(result: &Dec, prec: i64, env: &Env) -> bool {
    let n = result.num();
    if n.is_special() || n.is_zero() {
        return true;
    }
    let unit = Dec::small(false, 1, n.exp + n.digits() - prec);
    let mut work = Env { clamp: false, ..env.rounding(Round::HalfEven) };
    let above = add(n, unit.num(), &mut work);
    let below = subtract(n, unit.num(), &mut work);
    order(above.num(), below.num()) == Ordering::Equal
}

/// What `approximate` gives with so many digits that its rounding is beyond doubt; `None` if it gives nothing.
pub(super) fn decided(env: &Env, mut approximate: impl FnMut(i64) -> Option<Dec>) -> Option<Dec> {
    let mut prec = env.prec + 3;
    loop {
        let result = approximate(prec)?;
        if is_decided(&result, prec, env) {
            return Some(result);
        }
        prec += WORD as i64;
    }
}

/// `e` to the power of `a`.
pub(crate) fn exp(a: Num<'_>, constants: &Constants, env: &mut Env) -> Dec {
    if a.is_special() {
        if let Some(nan) = env.nan_of(&[a]) {
            return nan;
        }
        return if a.negative { Dec::small(false, 0, 0) } else { Dec::infinity(false) };
    }
    if is_zero(a.coeff) {
        return Dec::small(false, 1, 0);
    }
    if a.digits() + a.exp > MOST_DIGITS {
        env.note(status::INEXACT | status::ROUNDED);
        if !a.negative {
            env.note(status::OVERFLOW);
            return Dec::infinity(false);
        }
        env.note(status::SUBNORMAL | status::UNDERFLOW | status::CLAMPED);
        return Dec::small(false, 0, env.etiny());
    }
    let Some(mut result) = decided(env, |prec| approximate(a, prec, constants)) else { return env.error(status::MALLOC_ERROR) };
    let round = std::mem::replace(&mut env.round, Round::HalfEven);
    env.note(status::INEXACT | status::ROUNDED);
    pad_zeros(&mut result, env);
    check_underflow(&result, env);
    finalize(&mut result, env);
    env.round = round;
    result
}

/// Precisions beyond which no result would fit the memory.
pub(super) const MOST_PREC: i64 = 1 << 31;

/// The power with so many digits and at most one unit of error in the last; `None` if that is more than memory has.
fn approximate(a: Num<'_>, prec: i64, constants: &Constants) -> Option<Dec> {
    // So near to zero that the result is one.
    let limit = Dec::small(false, 9, -(prec + 1));
    if order_magnitudes(a, limit.num()) != Ordering::Greater {
        return Some(Dec::small(false, 1, 0));
    }
    if prec > MOST_PREC {
        return None;
    }
    let places = prec + 1;
    // The argument's integer part is taken off in multiples of the logarithm of ten, which costs as many bits.
    let bits = bits_of(places) + 16 + bits_of((a.digits() + a.exp).max(0));
    let x = to_fixed(a, bits);
    let wide = bits + 72;
    let ln10 = constants.ln10(wide);
    let (k, rest) = (x << 72u32).div_mod_floor(&ln10);
    let power = exponential(&(rest >> 72u32), bits);
    let coeff = from_big(&to_scaled(&power, bits, places));
    Some(Dec::finite(false, coeff, k.to_i64()? - places))
}
