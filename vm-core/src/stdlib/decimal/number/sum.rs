//! Sums, differences, products, and both at once.

use super::limbs::{self, is_zero, shift_left};
use super::product::multiply as product;
use super::quick;
use super::rounding::finalize;
use super::{Dec, Env, Num, Round, status};
use std::cmp::Ordering;

/// `a + b`.
pub(crate) fn add(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    add_signed(a, b, b.negative, env)
}

/// `a - b`.
pub(crate) fn subtract(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    add_signed(a, b, !b.negative, env)
}

#[inline]
fn add_signed(a: Num<'_>, b: Num<'_>, negative: bool, env: &mut Env) -> Dec {
    match quick::add(a, b, negative, env) {
        Some(result) => result,
        None => add_any(a, b, negative, env),
    }
}

#[inline(never)]
fn add_any(a: Num<'_>, b: Num<'_>, negative: bool, env: &mut Env) -> Dec {
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return nan;
        }
        return match (a.is_infinite(), b.is_infinite()) {
            (true, true) if a.negative != negative => env.error(status::INVALID_OPERATION),
            (true, _) => Dec::infinity(a.negative),
            _ => Dec::infinity(negative),
        };
    }
    let mut result = add_finite(a, b, negative, env);
    finalize(&mut result, env);
    result
}

/// The sum of finite numbers, the second with another sign; not rounded, but digits that cannot matter are replaced.
pub(super) fn add_finite(a: Num<'_>, b: Num<'_>, negative: bool, env: &mut Env) -> Dec {
    if a.exp == b.exp {
        return combine(a.coeff, a.negative, b.coeff, negative, a.exp, env);
    }
    let swapped = b.exp > a.exp;
    let (high, mut low) = if swapped { (b, a) } else { (a, b) };
    let (high_negative, low_negative) = if swapped { (negative, a.negative) } else { (a.negative, negative) };
    if is_zero(high.coeff) {
        return combine(high.coeff, high_negative, low.coeff, low_negative, low.exp, env);
    }
    let high_digits = high.digits();
    // Where the low operand lies wholly below what can be seen, one digit stands for it.
    let below = high.exp - 1 + if high_digits > env.prec { 0 } else { high_digits - env.prec - 1 };
    if low.adjusted() < below {
        low = Num { exp: below, coeff: if is_zero(low.coeff) { &[0] } else { &[1] }, ..low };
    }
    let Ok(mut aligned) = shift_left(high.coeff, high.exp - low.exp) else { return env.error(status::MALLOC_ERROR) };
    if limbs::compare(&aligned, low.coeff) != Ordering::Greater {
        return combine(&aligned, high_negative, low.coeff, low_negative, low.exp, env);
    }
    // The usual case, in place.
    if high_negative != low_negative {
        limbs::sub_from(&mut aligned, low.coeff);
        limbs::trim(&mut aligned);
    } else if limbs::add_into(&mut aligned, low.coeff) {
        aligned.push(1);
    }
    Dec::finite(high_negative, aligned, low.exp)
}

fn combine(a: &[u64], a_negative: bool, b: &[u64], b_negative: bool, exp: i64, env: &Env) -> Dec {
    if a_negative == b_negative {
        return Dec::finite(a_negative, limbs::add(a, b), exp);
    }
    match limbs::compare(a, b) {
        Ordering::Greater => Dec::finite(a_negative, limbs::sub(a, b), exp),
        Ordering::Less => Dec::finite(b_negative, limbs::sub(b, a), exp),
        Ordering::Equal => Dec::small(env.round == Round::Floor, 0, exp),
    }
}

/// `a * b`.
pub(crate) fn multiply(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    match quick::multiply(a, b, env) {
        Some(result) => result,
        None => multiply_any(a, b, env),
    }
}

#[inline(never)]
fn multiply_any(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let mut result = multiply_unrounded(a, b, env);
    finalize(&mut result, env);
    result
}

/// `a * b` with all digits.
pub(super) fn multiply_unrounded(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let negative = a.negative != b.negative;
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return nan;
        }
        return if a.is_zero() || b.is_zero() { env.error(status::INVALID_OPERATION) } else { Dec::infinity(negative) };
    }
    Dec::finite(negative, product(a.coeff, b.coeff), a.exp + b.exp)
}

/// `a * b + c`, rounded once.
pub(crate) fn multiply_add(a: Num<'_>, b: Num<'_>, c: Num<'_>, env: &mut Env) -> Dec {
    let before = std::mem::take(&mut env.status);
    let product = multiply_unrounded(a, b, env);
    let result = if env.status & status::INVALID_OPERATION != 0 { product } else { add(product.num(), c, env) };
    env.note(before);
    result
}

/// `+a`: rounded.
pub(crate) fn plus(a: Num<'_>, env: &mut Env) -> Dec {
    with_sign(a, a.negative, env)
}

/// `-a`.
pub(crate) fn minus(a: Num<'_>, env: &mut Env) -> Dec {
    with_sign(a, !a.negative, env)
}

/// `abs(a)`.
pub(crate) fn absolute(a: Num<'_>, env: &mut Env) -> Dec {
    if a.negative { minus(a, env) } else { plus(a, env) }
}

fn with_sign(a: Num<'_>, negative: bool, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[a]) {
        return nan;
    }
    let mut result = a.to_dec();
    result.negative = negative && !(a.is_zero() && env.round != Round::Floor);
    finalize(&mut result, env);
    result
}
