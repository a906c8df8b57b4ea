//! Quotients: rounded ones, integer parts, remainders.

use super::compare::order_magnitudes;
use super::limbs::{digits, is_zero, shift_left, shift_right, trailing_zeros, trim};
use super::quotient::{divide as divide_limbs, divide_by_limb, divide_inexact};
use super::rounding::finalize;
use super::sum::add_finite;
use super::{Dec, Env, Num, quick, status};
use std::cmp::Ordering;

/// `a / b`.
pub(crate) fn divide(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    match quick::divide(a, b, env) {
        Some(result) => result,
        None => divide_any(a, b, env),
    }
}

#[inline(never)]
fn divide_any(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let mut first = Env { status: 0, ..*env };
    let result = divide_rounded(a, b, &mut first);
    if first.status & (status::MALLOC_ERROR | status::DIVISION_IMPOSSIBLE) == 0 {
        env.note(first.status);
        return result;
    }
    // Too many digits to fill the precision; but an exact quotient has no more than this.
    let mut second = env.with_prec(a.digits() + b.digits() * 4);
    if second.prec >= env.prec {
        env.note(first.status & status::ERRORS);
        return result;
    }
    let result = divide_rounded(a, b, &mut second);
    if second.status != 0 {
        return env.error((first.status | second.status) & status::ERRORS);
    }
    result
}

fn divide_rounded(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let negative = a.negative != b.negative;
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return nan;
        }
        if !a.is_infinite() {
            env.note(status::CLAMPED);
            return Dec::small(negative, 0, env.etiny());
        }
        return if b.is_infinite() { env.error(status::INVALID_OPERATION) } else { Dec::infinity(negative) };
    }
    if is_zero(b.coeff) {
        if is_zero(a.coeff) {
            return env.error(status::DIVISION_UNDEFINED);
        }
        env.note(status::DIVISION_BY_ZERO);
        return Dec::infinity(negative);
    }
    let ideal = a.exp - b.exp;
    if is_zero(a.coeff) {
        let mut result = Dec::small(negative, 0, ideal);
        finalize(&mut result, env);
        return result;
    }
    // One digit more than the precision, or two.
    let shift = b.digits() - a.digits() + env.prec + 1;
    let aligned = if shift > 0 { shift_left(a.coeff, shift) } else { shift_left(b.coeff, -shift) };
    let Ok(mut aligned) = aligned else { return env.error(status::MALLOC_ERROR) };
    let (mut quotient, inexact) = if let (1.., &[limb]) = (shift, b.coeff) {
        let inexact = divide_by_limb(&mut aligned, limb) != 0;
        trim(&mut aligned);
        (aligned, inexact)
    } else if shift > 0 {
        divide_inexact(&aligned, b.coeff)
    } else {
        divide_inexact(a.coeff, &aligned)
    };
    let mut exp = ideal - shift;
    if inexact {
        if quotient[0].is_multiple_of(5) {
            quotient[0] += 1;
        }
    } else if shift > 0 {
        let zeros = trailing_zeros(&quotient).min(shift);
        shift_right(&mut quotient, zeros);
        exp += zeros;
    }
    let mut result = Dec::finite(negative, quotient, exp);
    finalize(&mut result, env);
    result
}

/// Integer quotient and remainder of finite numbers, the divisor not zero; neither rounded.
fn divide_integral(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Result<(Dec, Dec), u32> {
    let negative = a.negative != b.negative;
    let ideal = a.exp.min(b.exp);
    let zero = Dec::small(negative, 0, 0);
    if is_zero(a.coeff) {
        return Ok((zero, Dec::small(a.negative, 0, ideal)));
    }
    let difference = a.adjusted() - b.adjusted();
    if difference < 0 {
        let coeff = shift_left(a.coeff, a.exp - ideal).map_err(|_| status::MALLOC_ERROR)?;
        return Ok((zero, Dec::finite(a.negative, coeff, ideal)));
    }
    if difference > env.prec {
        return Err(status::DIVISION_IMPOSSIBLE);
    }
    let (quotient, rest) = if a.exp >= b.exp {
        let aligned = shift_left(a.coeff, a.exp - b.exp).map_err(|_| status::MALLOC_ERROR)?;
        divide_limbs(&aligned, b.coeff)
    } else {
        let aligned = shift_left(b.coeff, b.exp - a.exp).map_err(|_| status::MALLOC_ERROR)?;
        divide_limbs(a.coeff, &aligned)
    };
    if digits(&quotient) > env.prec {
        return Err(status::DIVISION_IMPOSSIBLE);
    }
    Ok((Dec::finite(negative, quotient, 0), Dec::finite(a.negative, rest, ideal)))
}

/// `divmod(a, b)`.
pub(crate) fn divide_with_remainder(a: Num<'_>, b: Num<'_>, env: &mut Env) -> (Dec, Dec) {
    let negative = a.negative != b.negative;
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return (nan.clone(), nan);
        }
        if a.is_infinite() {
            let quotient = if b.is_infinite() { Dec::nan() } else { Dec::infinity(negative) };
            return (quotient, env.error(status::INVALID_OPERATION));
        }
        let mut rest = a.to_dec();
        finalize(&mut rest, env);
        return (Dec::small(negative, 0, 0), rest);
    }
    if is_zero(b.coeff) {
        if is_zero(a.coeff) {
            return (Dec::nan(), env.error(status::DIVISION_UNDEFINED));
        }
        return (Dec::infinity(negative), env.error(status::DIVISION_BY_ZERO | status::INVALID_OPERATION));
    }
    match divide_integral(a, b, env) {
        Ok((mut quotient, mut rest)) => {
            finalize(&mut quotient, env);
            finalize(&mut rest, env);
            (quotient, rest)
        }
        Err(condition) => (Dec::nan(), env.error(condition)),
    }
}

/// `a // b`.
pub(crate) fn divide_to_integer(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let negative = a.negative != b.negative;
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return nan;
        }
        return match (a.is_infinite(), b.is_infinite()) {
            (true, true) => env.error(status::INVALID_OPERATION),
            (true, false) => Dec::infinity(negative),
            _ => Dec::small(negative, 0, 0),
        };
    }
    if is_zero(b.coeff) {
        if is_zero(a.coeff) {
            return env.error(status::DIVISION_UNDEFINED);
        }
        env.note(status::DIVISION_BY_ZERO);
        return Dec::infinity(negative);
    }
    match divide_integral(a, b, env) {
        Ok((mut quotient, _)) => {
            finalize(&mut quotient, env);
            quotient
        }
        Err(condition) => env.error(condition),
    }
}

/// What `a % b` and `remainder_near` have in common: the result where an operand is special or the divisor zero.
fn remainder_special(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Option<Dec> {
    if a.is_special() || b.is_special() {
        if let Some(nan) = env.nan_of(&[a, b]) {
            return Some(nan);
        }
        if a.is_infinite() {
            return Some(env.error(status::INVALID_OPERATION));
        }
        let mut rest = a.to_dec();
        finalize(&mut rest, env);
        return Some(rest);
    }
    if is_zero(b.coeff) {
        let undefined = is_zero(a.coeff);
        return Some(env.error(if undefined { status::DIVISION_UNDEFINED } else { status::INVALID_OPERATION }));
    }
    None
}

/// `a % b`, with the sign of `a`.
pub(crate) fn remainder(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(result) = remainder_special(a, b, env) {
        return result;
    }
    match divide_integral(a, b, env) {
        Ok((_, mut rest)) => {
            finalize(&mut rest, env);
            rest
        }
        Err(condition) => env.error(condition),
    }
}

/// `remainder_near`: of the quotient rounded to the nearest integer.
pub(crate) fn remainder_near(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(result) = remainder_special(a, b, env) {
        return result;
    }
    let (quotient, mut rest) = match divide_integral(a, b, env) {
        Ok(both) => both,
        Err(condition) => return env.error(condition),
    };
    if !is_zero(&rest.coeff) && (-1..=1).contains(&(b.adjusted() - rest.num().adjusted())) {
        let mut wide = Env::MAX;
        // The remainder on the other side of zero.
        let other = add_finite(rest.num(), b, if a.negative == b.negative { !b.negative } else { b.negative }, &mut wide);
        if wide.status & status::ERRORS != 0 {
            return env.error(wide.status & status::ERRORS);
        }
        let order = order_magnitudes(other.num(), rest.num());
        if order == Ordering::Less || order == Ordering::Equal && quotient.num().is_odd() {
            let digits = digits(&quotient.coeff);
            if digits == env.prec && super::limbs::nines(digits).is_ok_and(|nines| nines == quotient.coeff) {
                return env.error(status::DIVISION_IMPOSSIBLE);
            }
            rest = other;
        }
    }
    finalize(&mut rest, env);
    rest
}
