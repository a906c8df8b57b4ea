//! Changing exponents: `quantize`, rounding to integers, `normalize`, rescaling.

use super::env::{MAX_EMAX, MAX_PREC, MIN_ETINY};
use super::limbs::{digits, shift_left, shift_right, trailing_zeros};
use super::rounding::{finalize, round_up};
use super::{Dec, Env, Num, status};

/// `a` with the exponent of `b`.
pub(crate) fn quantize(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return nan;
        }
        return if a.is_infinite() && b.is_infinite() { a.to_dec() } else { env.error(status::INVALID_OPERATION) };
    }
    if b.exp > env.emax || b.exp < env.etiny() {
        return env.error(status::INVALID_OPERATION);
    }
    let mut result;
    let mut met = 0;
    if a.is_zero() {
        result = Dec::small(a.negative, 0, b.exp);
        finalize(&mut result, env);
        return result;
    }
    let shift = a.exp - b.exp;
    if a.digits() + shift > env.prec {
        return env.error(status::INVALID_OPERATION);
    }
    if shift >= 0 {
        let Ok(coeff) = shift_left(a.coeff, shift) else { return env.error(status::MALLOC_ERROR) };
        result = Dec::finite(a.negative, coeff, b.exp);
    } else {
        result = a.to_dec();
        let rounding = shift_right(&mut result.coeff, -shift);
        result.exp = b.exp;
        round_up(&mut result, rounding, env.round);
        if digits(&result.coeff) > env.prec {
            return env.error(status::INVALID_OPERATION);
        }
        met = status::ROUNDED | if rounding != 0 { status::INEXACT } else { 0 };
    }
    let adjusted = result.num().adjusted();
    if adjusted > env.emax || adjusted < env.etiny() {
        return env.error(status::INVALID_OPERATION);
    }
    env.note(met);
    finalize(&mut result, env);
    result
}

/// The nearest integer, of any length. Only `exact` says what was lost.
pub(crate) fn to_integral(a: Num<'_>, exact: bool, env: &mut Env) -> Dec {
    if a.is_special() {
        return env.nan_of(&[a]).unwrap_or_else(|| a.to_dec());
    }
    if a.exp >= 0 {
        return a.to_dec();
    }
    if a.is_zero() {
        return Dec::small(a.negative, 0, 0);
    }
    let mut result = a.to_dec();
    let rounding = shift_right(&mut result.coeff, -a.exp);
    result.exp = 0;
    round_up(&mut result, rounding, env.round);
    if exact {
        env.note(status::ROUNDED | if rounding != 0 { status::INEXACT } else { 0 });
    }
    result
}

/// `normalize`: without zeros at the end.
pub(crate) fn reduce(a: Num<'_>, env: &mut Env) -> Dec {
    if a.is_special() {
        return env.nan_of(&[a]).unwrap_or_else(|| a.to_dec());
    }
    let mut result = a.to_dec();
    finalize(&mut result, env);
    if result.num().is_special() {
        return result;
    }
    if result.num().is_zero() {
        return Dec::small(a.negative, 0, 0);
    }
    let most = if env.clamp { env.etop() } else { env.emax };
    let shift = trailing_zeros(&result.coeff).min(most - result.exp);
    shift_right(&mut result.coeff, shift);
    result.exp += shift;
    result
}

/// The number with another exponent, whatever the precision; for texts, `loose` allows any exponent that they may need.
pub(super) fn rescale(a: Num<'_>, exp: i64, loose: bool, env: &mut Env) -> Dec {
    let least = if loose { MIN_ETINY - MAX_PREC } else { MIN_ETINY };
    if exp > MAX_EMAX + 1 || exp < least {
        return env.error(status::INVALID_OPERATION);
    }
    if a.is_special() {
        return a.to_dec();
    }
    if a.is_zero() {
        return Dec::small(a.negative, 0, exp);
    }
    let shift = a.exp - exp;
    let mut result;
    if shift >= 0 {
        if a.digits() + shift > MAX_PREC + 1 {
            return env.error(status::INVALID_OPERATION);
        }
        let Ok(coeff) = shift_left(a.coeff, shift) else { return env.error(status::MALLOC_ERROR) };
        result = Dec::finite(a.negative, coeff, exp);
    } else {
        result = a.to_dec();
        let rounding = shift_right(&mut result.coeff, -shift);
        result.exp = exp;
        round_up(&mut result, rounding, env.round);
        env.note(status::ROUNDED | if rounding != 0 { status::INEXACT } else { 0 });
    }
    if result.num().is_subnormal(env) {
        env.note(status::SUBNORMAL);
    }
    result
}
