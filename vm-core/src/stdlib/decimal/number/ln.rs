//! `ln` and `log10`, correctly rounded in the same way as `exp`.

use super::binary::from_big;
use super::exp::{MOST_PREC, decided};
use super::fixed::{Constants, bits_of, logarithm, to_fixed, to_scaled};
use super::limbs::word_digits;
use super::rounding::{check_underflow, finalize};
use super::sum::add_finite;
use super::{Dec, Env, Num, ONE, Round, status};
use num_bigint::BigInt;
use num_traits::Signed;

/// What logarithms of both kinds have in common; the result where there is no need to compute.
fn special(a: Num<'_>, env: &mut Env) -> Option<Dec> {
    if a.is_special() {
        if let Some(nan) = env.nan_of(&[a]) {
            return Some(nan);
        }
        return Some(if a.negative { env.error(status::INVALID_OPERATION) } else { Dec::infinity(false) });
    }
    if a.is_zero() {
        return Some(Dec::infinity(true));
    }
    a.negative.then(|| env.error(status::INVALID_OPERATION))
}

/// The natural logarithm.
pub(crate) fn ln(a: Num<'_>, constants: &Constants, env: &mut Env) -> Dec {
    if let Some(result) = special(a, env) {
        return result;
    }
    if super::compare::order(a, ONE).is_eq() {
        return Dec::small(false, 0, 0);
    }
    rounded(a, 2, false, constants, env)
}

/// The logarithm in base ten.
pub(crate) fn log10(a: Num<'_>, constants: &Constants, env: &mut Env) -> Dec {
    if let Some(result) = special(a, env) {
        return result;
    }
    if super::quotient::is_power_of_ten(a.coeff) {
        let mut result = Dec::of_i64(a.adjusted());
        let round = std::mem::replace(&mut env.round, Round::HalfEven);
        finalize(&mut result, env);
        env.round = round;
        return result;
    }
    rounded(a, 1, true, constants, env)
}

fn rounded(a: Num<'_>, factor: i64, decimal: bool, constants: &Constants, env: &mut Env) -> Dec {
    let adjusted = a.adjusted();
    // A bound from below shows overflow of small exponent ranges.
    let bound = factor * if adjusted < 0 { -adjusted - 1 } else { adjusted };
    if word_digits(bound as u64) as i64 - 1 > env.emax {
        env.note(status::OVERFLOW | status::INEXACT | status::ROUNDED);
        return Dec::infinity(adjusted < 0);
    }
    let Some(mut result) = decided(env, |prec| approximate(a, prec, decimal, constants)) else { return env.error(status::MALLOC_ERROR) };
    let round = std::mem::replace(&mut env.round, Round::HalfEven);
    env.note(status::INEXACT | status::ROUNDED);
    check_underflow(&result, env);
    finalize(&mut result, env);
    env.round = round;
    result
}

/// The logarithm with so many digits and at most one unit of error in the last; `None` if that is more than memory has.
fn approximate(a: Num<'_>, prec: i64, decimal: bool, constants: &Constants) -> Option<Dec> {
    if prec > MOST_PREC {
        return None;
    }
    // a = v·10^t with v between a half and five.
    let digits = a.digits();
    let near = {
        let mut top = super::Limbs::from_slice(a.coeff);
        super::limbs::shift_right(&mut top, (digits - 17).max(0));
        top[0] as f64 / 10f64.powi(digits.min(17) as i32 - 1)
    };
    let small = near < 5.0;
    let exp = if small { 1 - digits } else { -digits };
    let t = a.exp - exp;
    let near = if small { near } else { near / 10.0 };
    let v = Num { exp, ..a };
    // Near one, the logarithm has zeros after the point, for which more digits are needed.
    let mut extra = 0;
    if t == 0 {
        let difference = add_finite(v, ONE, true, &mut Env::MAX.clone());
        extra = (-difference.num().adjusted()).max(0) + 1;
    }
    let places = prec + 3 + extra;
    let bits = bits_of(places) + 24;
    let fixed = to_fixed(v, bits);
    let z = logarithm(&fixed, near, bits);
    let wide = bits + 72;
    let ln10 = constants.ln10(wide);
    let sum: BigInt = if decimal { (z << wide) / &ln10 + (BigInt::from(t) << bits) } else { z + ((BigInt::from(t) * ln10) >> 72u32) };
    let coeff = from_big(&to_scaled(&sum, bits, places));
    Some(Dec::finite(sum.is_negative(), coeff, -places))
}
