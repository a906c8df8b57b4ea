//! The next representable numbers.

use super::compare::order;
use super::rounding::{finalize, greatest_number};
use super::sum::{add, subtract};
use super::{Dec, Env, Num, Round, status};
use std::cmp::Ordering;

/// `next_plus` or, upside down, `next_minus`.
fn next(a: Num<'_>, up: bool, env: &mut Env) -> Dec {
    if a.is_special() {
        if let Some(nan) = env.nan_of(&[a]) {
            return nan;
        }
        return if a.negative == up { greatest_number(a.negative, env) } else { a.to_dec() };
    }
    let mut work = env.rounding(if up { Round::Ceiling } else { Round::Floor });
    let mut result = a.to_dec();
    finalize(&mut result, &mut work);
    if work.status & (status::INEXACT | status::ERRORS) != 0 {
        env.note(work.status & status::ERRORS);
        return result;
    }
    work.status = 0;
    let tiny = Dec::small(false, 1, env.etiny() - 1);
    let result = if up { add(a, tiny.num(), &mut work) } else { subtract(a, tiny.num(), &mut work) };
    env.note(work.status & status::ERRORS);
    result
}

/// The least number above.
pub(crate) fn next_plus(a: Num<'_>, env: &mut Env) -> Dec {
    next(a, true, env)
}

/// The greatest number below.
pub(crate) fn next_minus(a: Num<'_>, env: &mut Env) -> Dec {
    next(a, false, env)
}

/// The next number on the way to another.
pub(crate) fn next_toward(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[a, b]) {
        return nan;
    }
    let result = match order(a, b) {
        Ordering::Equal => return a.signed(b.negative).to_dec(),
        Ordering::Less => next_plus(a, env),
        Ordering::Greater => next_minus(a, env),
    };
    let n = result.num();
    if n.is_infinite() {
        env.note(status::OVERFLOW | status::ROUNDED | status::INEXACT);
    } else if !n.is_nan() && n.adjusted() < env.emin {
        env.note(status::UNDERFLOW | status::SUBNORMAL | status::ROUNDED | status::INEXACT);
        if n.is_zero() {
            env.note(status::CLAMPED);
        }
    }
    result
}
