//! `power`: by squaring for integer exponents, by `exp` and `ln` for others. Powers are not always correctly rounded, so the steps and
//! their precisions are libmpdec's, which makes results the same digit by digit.

use super::compare::{order, order_magnitudes};
use super::divide::{divide, divide_to_integer};
use super::env::{EXP_INFINITE, MAX_PREC};
use super::limbs::{shift_left, word_digits};
use super::rounding::finalize;
use super::sum::{add_finite, multiply};
use super::{Constants, Dec, Env, Kind, Num, ONE, Round, exp, ln, status};
use std::cmp::Ordering;

/// Digits of an exponent, which are added to the precision.
const EXPONENT_DIGITS: i64 = 19;

/// `base` to the power of `exponent`.
pub(crate) fn power(base: Num<'_>, exponent: Num<'_>, constants: &Constants, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[base, exponent]) {
        return nan;
    }
    let integral = !exponent.is_special() && exponent.is_integral();
    let negative = integral && base.negative && exponent.is_odd();
    if base.is_zero() {
        return match (exponent.is_zero(), exponent.negative) {
            (true, _) => env.error(status::INVALID_OPERATION),
            (_, true) => Dec::infinity(negative),
            _ => Dec::small(negative, 0, 0),
        };
    }
    if base.negative && (!integral || exponent.is_infinite()) {
        return env.error(status::INVALID_OPERATION);
    }
    if exponent.is_infinite() {
        return match order(base, ONE) {
            Ordering::Equal => {
                env.note(status::INEXACT | status::ROUNDED);
                padded_one(negative, env.prec - 1, env)
            }
            order if (order == Ordering::Less) != exponent.negative => Dec::small(negative, 0, 0),
            _ => Dec::infinity(negative),
        };
    }
    if base.is_infinite() {
        return match (exponent.is_zero(), exponent.negative) {
            (true, _) => Dec::small(negative, 1, 0),
            (_, true) => Dec::small(negative, 0, 0),
            _ => Dec::infinity(negative),
        };
    }
    if exponent.is_zero() {
        return Dec::small(negative, 1, 0);
    }
    if order_magnitudes(base, ONE) == Ordering::Equal {
        return power_of_one(base, exponent, integral, negative, env);
    }
    if let Some(result) = out_of_bounds(base, exponent, negative, env) {
        return result;
    }
    if integral { integer_power(base, exponent, negative, constants, env) } else { real_power(base, exponent, constants, env) }
}

/// One with so many zeros after the point.
fn padded_one(negative: bool, zeros: i64, env: &mut Env) -> Dec {
    match shift_left(&[1], zeros) {
        Ok(coeff) => Dec::finite(negative, coeff, -zeros),
        Err(_) => env.error(status::MALLOC_ERROR),
    }
}

/// The powers of plus or minus one, which have as many zeros as exact multiplication gives.
fn power_of_one(base: Num<'_>, exponent: Num<'_>, integral: bool, negative: bool, env: &mut Env) -> Dec {
    if !integral {
        env.note(status::INEXACT | status::ROUNDED);
        return padded_one(negative, env.prec - 1, env);
    }
    if exponent.negative {
        return Dec::small(negative, 1, 0);
    }
    let mut work = Env { status: 0, ..*env };
    let zeros = multiply(exponent, Dec::of_i64(-base.exp).num(), &mut work);
    if work.status & status::ERRORS != 0 {
        env.note(work.status & status::ERRORS);
        return zeros;
    }
    let mut zeros = zeros.num().to_i64().unwrap_or(i64::MAX);
    if zeros > env.prec - 1 {
        zeros = env.prec - 1;
        env.note(status::ROUNDED);
    }
    if zeros < 0 {
        // One with a positive exponent does not exist, so the base is one exactly.
        zeros = 0;
    }
    padded_one(negative, zeros, env)
}

/// The result where estimates show overflow or underflow.
fn out_of_bounds(base: Num<'_>, exponent: Num<'_>, negative: bool, env: &mut Env) -> Option<Dec> {
    let size = |n: i64| word_digits(n.unsigned_abs()) as i64;
    let base = base.signed(false);
    let t = base.adjusted();
    let zeta = match t {
        1.. => size(t) - 1,
        ..-1 => size(t + 1) - 1,
        _ => {
            let difference = add_finite(base, ONE, true, &mut Env::MAX.clone());
            if difference.num().is_special() {
                return Some(env.error(status::MALLOC_ERROR));
            }
            difference.num().adjusted() - if t == 0 { 2 } else { 1 }
        }
    };
    let sum = zeta + exponent.adjusted();
    let grows = (t < 0) == exponent.negative;
    let (omega, exp) = if grows { (size(env.emax), EXP_INFINITE) } else { (size(env.etiny()), env.etiny() - 1) };
    (omega < sum).then(|| {
        let mut result = Dec::small(negative, 1, exp);
        finalize(&mut result, env);
        result
    })
}

fn integer_power(base: Num<'_>, exponent: Num<'_>, negative: bool, _: &Constants, env: &mut Env) -> Dec {
    let mut work = Env { clamp: false, ..env.rounding(Round::HalfEven) };
    work.prec += exponent.digits() + exponent.exp + 2;
    let start;
    if exponent.negative {
        work.prec += 1;
        start = divide(ONE, base, &mut work);
        env.note(work.status);
        if std::mem::take(&mut work.status) & status::ERRORS != 0 {
            return Dec::nan();
        }
    } else {
        start = base.to_dec();
    }
    let mut result = match exponent.magnitude() {
        Some(n) => word_power(&start, n, negative, &mut work),
        None => long_power(start, exponent, negative, &mut work),
    };
    env.note(work.status);
    if result.kind == Kind::Infinite {
        // Rounded as the context says.
        result = Dec::small(negative, 1, EXP_INFINITE);
    }
    finalize(&mut result, env);
    result
}

/// Whether further steps change nothing.
fn is_settled(result: &Dec, met: u32) -> bool {
    result.num().is_special() || result.num().is_zero() && met & status::CLAMPED != 0
}

/// From the exponent's highest bit down.
fn word_power(base: &Dec, exponent: u64, negative: bool, env: &mut Env) -> Dec {
    let before = std::mem::take(&mut env.status);
    let mut result = base.clone();
    for bit in (0..exponent.ilog2()).rev() {
        result = multiply(result.num(), result.num(), env);
        if exponent >> bit & 1 == 1 {
            result = multiply(result.num(), base.num(), env);
        }
        if is_settled(&result, env.status) {
            break;
        }
    }
    env.note(before);
    result.negative = negative;
    result
}

/// From the exponent's lowest bit up, for exponents of more than 64 bits.
fn long_power(mut base: Dec, exponent: Num<'_>, negative: bool, env: &mut Env) -> Dec {
    let mut wide = Env::MAX;
    let two = Dec::small(false, 2, 0);
    let mut rest = exponent.signed(false).to_dec();
    let mut result = Dec::small(false, 1, 0);
    let mut work = Env { status: 0, ..*env };
    while !rest.num().is_zero() {
        if rest.num().is_odd() {
            result = multiply(result.num(), base.num(), &mut work);
            env.note(work.status);
            if is_settled(&result, work.status) {
                break;
            }
        }
        base = multiply(base.num(), base.num(), &mut work);
        rest = divide_to_integer(rest.num(), two.num(), &mut wide);
        work.note(wide.status);
        if base.num().is_nan() || rest.num().is_nan() {
            return env.error(work.status & status::ERRORS);
        }
    }
    result.negative = negative;
    result
}

fn real_power(base: Num<'_>, exponent: Num<'_>, constants: &Constants, env: &mut Env) -> Dec {
    let prec = base.digits().max(env.prec) + 4 + EXPONENT_DIGITS;
    if prec > MAX_PREC {
        return env.error(status::MALLOC_ERROR);
    }
    let mut work = Env::MAX.with_prec(prec);
    let logarithm = ln(base, constants, &mut work);
    let product = multiply(logarithm.num(), exponent, &mut work);
    let met = std::mem::take(&mut work.status) & status::ERRORS;
    let mut result = exp(product.num(), constants, &mut work);
    env.note(met | work.status | status::INEXACT | status::ROUNDED);
    if result.kind == Kind::Finite && order(result.num(), ONE) == Ordering::Equal {
        result = padded_one(false, env.prec - 1, env);
    }
    if result.kind == Kind::Infinite {
        result = Dec::small(false, 1, EXP_INFINITE);
    }
    finalize(&mut result, env);
    result
}
