//! Square roots, rounded to even.

use super::limbs::{Limbs, shift_left, shift_right};
use super::quotient::square_root as integer_root;
use super::rounding::finalize;
use super::{Dec, Env, Num, Round, status};

/// The square root.
pub(crate) fn square_root(a: Num<'_>, env: &mut Env) -> Dec {
    let mut first = Env { status: 0, ..*env };
    let result = rounded(a, &mut first);
    if first.status & status::MALLOC_ERROR == 0 {
        env.note(first.status);
        return result;
    }
    // Too many digits to fill the precision; but an exact root has no more than the number.
    let mut second = env.with_prec(a.digits());
    if second.prec >= env.prec {
        env.note(first.status | status::ERRORS);
        return result;
    }
    let result = rounded(a, &mut second);
    if second.status != 0 {
        return env.error((first.status | second.status) & status::ERRORS);
    }
    result
}

fn rounded(a: Num<'_>, env: &mut Env) -> Dec {
    let mut ideal = a.exp >> 1;
    if a.is_special() {
        if let Some(nan) = env.nan_of(&[a]) {
            return nan;
        }
        return if a.negative { env.error(status::INVALID_OPERATION) } else { Dec::infinity(false) };
    }
    if a.is_zero() {
        let mut result = Dec::small(a.negative, 0, ideal);
        finalize(&mut result, env);
        return result;
    }
    if a.negative {
        return env.error(status::INVALID_OPERATION);
    }
    // An even exponent, and so many digits that the root has one more than the precision.
    let odd = a.exp & 1;
    let root_digits = if odd == 1 { (a.digits() >> 1) + 1 } else { (a.digits() + 1) >> 1 };
    let shift = env.prec + 1 - root_digits;
    let mut exact = true;
    let scaled = if shift >= 0 {
        shift_left(a.coeff, odd + 2 * shift)
    } else {
        let mut cut = Limbs::from_slice(a.coeff);
        // One digit is taken back if the exponent was odd.
        exact = shift_right(&mut cut, -2 * shift - odd) == 0;
        Ok(cut)
    };
    let Ok(scaled) = scaled else { return env.error(status::MALLOC_ERROR) };
    let (mut root, square) = integer_root(&scaled);
    exact &= square;
    ideal -= shift;
    if exact {
        if shift >= 0 {
            shift_right(&mut root, shift);
        } else {
            match shift_left(&root, -shift) {
                Ok(shifted) => root = shifted,
                Err(_) => return env.error(status::MALLOC_ERROR),
            }
        }
        ideal += shift;
    } else if root[0].is_multiple_of(5) {
        root[0] += 1;
    }
    let mut result = Dec::finite(false, root, ideal);
    let round = std::mem::replace(&mut env.round, Round::HalfEven);
    finalize(&mut result, env);
    env.round = round;
    result
}
