//! Powers modulo a number, with integers only.

use super::binary::{from_big, to_big};
use super::limbs::shift_left;
use super::{Dec, Env, Num, ONE, status};
use num_bigint::BigUint;
use num_traits::One;

/// `base ** exponent % modulus`.
pub(crate) fn power_mod(base: Num<'_>, exponent: Num<'_>, modulus: Num<'_>, env: &mut Env) -> Dec {
    let operands = [base, exponent, modulus];
    if let Some(nan) = env.nan_of(&operands) {
        return nan;
    }
    if operands.iter().any(|n| n.is_special() || !n.is_integral()) || modulus.is_zero() || modulus.digits() + modulus.exp > env.prec {
        return env.error(status::INVALID_OPERATION);
    }
    let negative = base.negative && exponent.is_odd();
    if exponent.is_zero() {
        if base.is_zero() {
            return env.error(status::INVALID_OPERATION);
        }
        let is_one = super::compare::order_magnitudes(modulus, ONE).is_eq();
        return Dec::small(negative, u64::from(!is_one), 0);
    }
    if exponent.negative {
        return env.error(status::INVALID_OPERATION);
    }
    if base.is_zero() {
        return Dec::small(negative, 0, 0);
    }
    let Some(modulus) = integer(modulus) else { return env.error(status::MALLOC_ERROR) };
    // The exponents of base and exponent may be huge.
    let (base, base_tens) = parts(base);
    let (exponent, exponent_tens) = parts(exponent);
    let ten = BigUint::from(10u32);
    let mut x = base % &modulus * ten.modpow(&BigUint::from(base_tens), &modulus) % &modulus;
    for _ in 0..exponent_tens {
        let next = x.modpow(&ten, &modulus);
        if next == x {
            break;
        }
        x = next;
    }
    let result = if modulus.is_one() { BigUint::ZERO } else { x.modpow(&exponent, &modulus) };
    Dec::finite(negative, from_big(&result), 0)
}

/// An integer's absolute value.
fn integer(n: Num<'_>) -> Option<BigUint> {
    let (size, tens) = parts(n);
    if tens == 0 {
        return Some(size);
    }
    shift_left(n.coeff, n.exp).ok().map(|coeff| to_big(&coeff))
}

/// An integer's absolute value as a coefficient and a power of ten.
fn parts(n: Num<'_>) -> (BigUint, u64) {
    if n.exp >= 0 {
        return (to_big(n.coeff), n.exp as u64);
    }
    let mut coeff = super::Limbs::from_slice(n.coeff);
    super::limbs::shift_right(&mut coeff, -n.exp);
    (to_big(&coeff), 0)
}
