//! Orders of numbers, and what is made of them: maxima, minima, the results of `compare`.

use super::limbs::{Limbs, is_zero, shift_left};
use super::rounding::finalize;
use super::{Dec, Env, Kind, Num, limbs, status};
use std::cmp::Ordering;

/// The order of two numbers, neither a NaN.
#[inline]
pub(crate) fn order(a: Num<'_>, b: Num<'_>) -> Ordering {
    let zero = |n: Num<'_>| n.is_zero();
    match (zero(a), zero(b)) {
        (true, true) => return Ordering::Equal,
        (true, false) => return sign_order(b.negative).reverse(),
        (false, true) => return sign_order(a.negative),
        (false, false) => {}
    }
    if a.negative != b.negative {
        return sign_order(a.negative);
    }
    let order = order_magnitudes(a, b);
    if a.negative { order.reverse() } else { order }
}

/// How a number of that sign compares with zero.
fn sign_order(negative: bool) -> Ordering {
    if negative { Ordering::Less } else { Ordering::Greater }
}

/// The order of two absolute values, neither a NaN.
pub(crate) fn order_magnitudes(a: Num<'_>, b: Num<'_>) -> Ordering {
    match (a.is_infinite(), b.is_infinite()) {
        (false, false) => {}
        (a, b) => return a.cmp(&b),
    }
    match (is_zero(a.coeff), is_zero(b.coeff)) {
        (false, false) => {}
        (a, b) => return b.cmp(&a),
    }
    if a.exp == b.exp {
        return limbs::compare(a.coeff, b.coeff);
    }
    a.adjusted().cmp(&b.adjusted()).then_with(|| {
        // As many digits once the exponents are the same.
        if a.exp > b.exp { limbs::compare(&aligned(a, b.exp), b.coeff) } else { limbs::compare(a.coeff, &aligned(b, a.exp)) }
    })
}

fn aligned(a: Num<'_>, exp: i64) -> Limbs {
    // No longer than the other operand, which is there.
    shift_left(a.coeff, a.exp - exp).unwrap_or_default()
}

fn ternary(order: Ordering) -> Dec {
    Dec::small(order.is_lt(), u64::from(order.is_ne()), 0)
}

/// `compare`: the order as -1, 0 or 1.
pub(crate) fn compare(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    env.nan_of(&[a, b]).unwrap_or_else(|| ternary(order(a, b)))
}

/// `compare_signal`: every NaN signals.
pub(crate) fn compare_signal(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    match env.nan_of(&[a, b]) {
        Some(nan) => {
            env.note(status::INVALID_OPERATION);
            nan
        }
        None => ternary(order(a, b)),
    }
}

/// `compare_total`: an order of representations, in which NaNs have places, too.
pub(crate) fn compare_total(a: Num<'_>, b: Num<'_>) -> Dec {
    ternary(total_order(a, b))
}

/// `compare_total_mag`.
pub(crate) fn compare_total_magnitude(a: Num<'_>, b: Num<'_>) -> Dec {
    ternary(total_order(a.signed(false), b.signed(false)))
}

fn total_order(a: Num<'_>, b: Num<'_>) -> Ordering {
    if a.negative != b.negative {
        return sign_order(a.negative);
    }
    let order = match (a.is_nan(), b.is_nan()) {
        (true, true) if a.kind == b.kind => limbs::compare(a.coeff, b.coeff),
        (true, true) => (a.kind == Kind::Quiet).cmp(&(b.kind == Kind::Quiet)),
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) => order_magnitudes(a, b).then(a.exp.cmp(&b.exp)),
    };
    if a.negative { order.reverse() } else { order }
}

/// Which of two is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Extreme {
    /// The greater one.
    pub(crate) greatest: bool,
    /// By absolute value.
    pub(crate) magnitude: bool,
}

/// `max`, `min`, `max_mag`, `min_mag`: a quiet NaN yields to a number.
pub(crate) fn extreme(which: Extreme, a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    let chosen = if a.kind == Kind::Quiet && !b.is_nan() {
        b
    } else if b.kind == Kind::Quiet && !a.is_nan() {
        a
    } else if let Some(nan) = env.nan_of(&[a, b]) {
        return nan;
    } else {
        let order = if which.magnitude { order_magnitudes(a, b) } else { order(a, b) };
        let order = order.then_with(|| {
            if a.negative != b.negative {
                return sign_order(a.negative);
            }
            let order = if a.exp < b.exp { Ordering::Less } else { Ordering::Greater };
            if a.negative { order.reverse() } else { order }
        });
        if order.is_lt() == which.greatest { b } else { a }
    };
    let mut result = chosen.to_dec();
    finalize(&mut result, env);
    result
}

/// `same_quantum`: whether the exponents are the same.
pub(crate) fn same_quantum(a: Num<'_>, b: Num<'_>) -> bool {
    if a.is_special() || b.is_special() {
        return a.is_nan() && b.is_nan() || a.is_infinite() && b.is_infinite();
    }
    a.exp == b.exp
}
