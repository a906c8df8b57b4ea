//! Fitting results into a context: precision, exponent range, clamping.

use super::limbs::{Limbs, digits, increment, is_zero, nines, shift_left, shift_right};
use super::{Dec, Env, Kind, Round, status};

/// Rounds a result and checks its exponent.
#[inline]
pub(crate) fn finalize(d: &mut Dec, env: &mut Env) {
    if d.kind != Kind::Finite {
        if d.kind != Kind::Infinite {
            env.fit_payload(d);
        }
        return;
    }
    let digits = digits(&d.coeff);
    let adjusted = d.exp + digits - 1;
    if adjusted > env.emax || adjusted < env.emin || env.clamp {
        check_exponent(d, env);
        if d.kind != Kind::Finite {
            return;
        }
        let digits = super::limbs::digits(&d.coeff);
        if digits > env.prec {
            round_to_precision(d, digits, env);
        }
    } else if digits > env.prec {
        round_to_precision(d, digits, env);
    }
}

fn round_to_precision(d: &mut Dec, digits: i64, env: &mut Env) {
    let shift = digits - env.prec;
    let rounding = shift_right(&mut d.coeff, shift);
    d.exp += shift;
    env.note(status::ROUNDED);
    if rounding == 0 {
        return;
    }
    env.note(status::INEXACT);
    if env.round.increments(d.negative, d.coeff[0], rounding) {
        grow(&mut d.coeff);
        if super::limbs::digits(&d.coeff) > env.prec {
            // All nines became a power of ten.
            shift_right(&mut d.coeff, 1);
            d.exp += 1;
            check_exponent(d, env);
        }
    }
}

fn grow(coeff: &mut Limbs) {
    if increment(coeff) {
        coeff.push(1);
    }
}

/// Adds one to a truncated coefficient if the way to round says so, whatever the precision.
pub(super) fn round_up(d: &mut Dec, rounding: u8, round: Round) {
    if round.increments(d.negative, d.coeff[0], rounding) {
        grow(&mut d.coeff);
    }
}

/// Overflow, subnormal numbers, clamping.
#[cold]
pub(super) fn check_exponent(d: &mut Dec, env: &mut Env) {
    let adjusted = d.num().adjusted();
    let zero = is_zero(&d.coeff);
    if adjusted > env.emax {
        if zero {
            d.exp = if env.clamp { env.etop() } else { env.emax };
            env.note(status::CLAMPED);
            return;
        }
        overflow(d, env);
    } else if env.clamp && d.exp > env.etop() {
        let shift = d.exp - env.etop();
        match shift_left(&d.coeff, shift) {
            Ok(coeff) => d.coeff = coeff,
            Err(_) => {
                *d = env.error(status::MALLOC_ERROR);
                return;
            }
        }
        d.exp -= shift;
        env.note(status::CLAMPED);
        if !zero && adjusted < env.emin {
            env.note(status::SUBNORMAL);
        }
    } else if adjusted < env.emin {
        let etiny = env.etiny();
        if zero {
            if d.exp < etiny {
                d.exp = etiny;
                env.note(status::CLAMPED);
            }
            return;
        }
        env.note(status::SUBNORMAL);
        if d.exp < etiny {
            let rounding = shift_right(&mut d.coeff, etiny - d.exp);
            d.exp = etiny;
            round_up(d, rounding, env.round);
            env.note(status::ROUNDED);
            if rounding != 0 {
                env.note(status::INEXACT | status::UNDERFLOW);
                if is_zero(&d.coeff) {
                    env.note(status::CLAMPED);
                }
            }
        }
    }
}

/// Infinity or the greatest number, as the way to round says.
fn overflow(d: &mut Dec, env: &mut Env) {
    let greatest = match env.round {
        Round::HalfUp | Round::HalfEven | Round::HalfDown | Round::Up => false,
        Round::Down | Round::Up05 => true,
        Round::Ceiling => d.negative,
        Round::Floor => !d.negative,
    };
    env.note(status::OVERFLOW | status::INEXACT | status::ROUNDED);
    let negative = d.negative;
    *d = if greatest { greatest_number(negative, env) } else { Dec::infinity(negative) };
}

/// The greatest finite number.
pub(super) fn greatest_number(negative: bool, env: &mut Env) -> Dec {
    match nines(env.prec) {
        Ok(coeff) => Dec::finite(negative, coeff, env.etop()),
        Err(_) => env.error(status::MALLOC_ERROR),
    }
}

/// Adds zeros to a number with fewer digits than the precision.
pub(super) fn pad_zeros(d: &mut Dec, env: &mut Env) {
    let short = env.prec - d.num().digits();
    if d.kind == Kind::Finite && !is_zero(&d.coeff) && short > 0 {
        match shift_left(&d.coeff, short) {
            Ok(coeff) => d.coeff = coeff,
            Err(_) => {
                *d = env.error(status::MALLOC_ERROR);
                return;
            }
        }
        d.exp -= short;
    }
}

/// Notes the underflow of a number known to be inexact, though no digit that says so may be there.
pub(super) fn check_underflow(d: &Dec, env: &mut Env) {
    let n = d.num();
    if !n.is_special() && !n.is_zero() && n.adjusted() < env.emin && d.exp < env.etiny() {
        env.note(status::UNDERFLOW);
    }
}
