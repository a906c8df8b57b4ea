//! Operations on digits and exponents as such: logical ones, shifts, rotations, `scaleb`, `logb`, `number_class`.

use super::env::{EXP_CLAMPED, EXP_INFINITE};
use super::limbs::{Limbs, POW10, WORD, digits, keep_low, shift_left, shift_right, trim};
use super::rounding::finalize;
use super::{Dec, Env, Kind, Num, status};

/// The digits of a limb, each 0 or 1, as bits.
fn bits(mut x: u64) -> Option<u32> {
    let mut out = 0;
    for i in 0..WORD {
        match x % 10 {
            digit @ 0..=1 => out |= (digit as u32) << i,
            _ => return None,
        }
        x /= 10;
    }
    Some(out)
}

fn from_bits(bits: u32) -> u64 {
    (0..WORD).filter(|i| bits >> i & 1 == 1).map(|i| POW10[i]).sum()
}

fn is_logical(a: Num<'_>) -> bool {
    !a.is_special() && !a.negative && a.exp == 0
}

fn combine(a: Num<'_>, b: Num<'_>, env: &mut Env, f: fn(u32, u32) -> u32) -> Dec {
    let made: Option<Limbs> = if is_logical(a) && is_logical(b) {
        (0..a.coeff.len().max(b.coeff.len()))
            .map(|i| {
                let limb = |n: Num<'_>| bits(n.coeff.get(i).copied().unwrap_or(0));
                Some(from_bits(f(limb(a)?, limb(b)?)))
            })
            .collect()
    } else {
        None
    };
    let Some(mut coeff) = made else { return env.error(status::INVALID_OPERATION) };
    trim(&mut coeff);
    keep_low(&mut coeff, env.prec);
    Dec::finite(false, coeff, 0)
}

/// `logical_and`.
pub(crate) fn and(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    combine(a, b, env, |x, y| x & y)
}

/// `logical_or`.
pub(crate) fn or(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    combine(a, b, env, |x, y| x | y)
}

/// `logical_xor`.
pub(crate) fn xor(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    combine(a, b, env, |x, y| x ^ y)
}

/// `logical_invert`: exclusive or with as many ones as the precision.
pub(crate) fn invert(a: Num<'_>, env: &mut Env) -> Dec {
    if !is_logical(a) {
        return env.error(status::INVALID_OPERATION);
    }
    let Ok(mut ones) = super::limbs::nines(env.prec.max(a.digits())) else { return env.error(status::MALLOC_ERROR) };
    ones.iter_mut().for_each(|x| *x /= 9);
    xor(a, Dec::finite(false, ones, 0).num(), env)
}

/// `logb`: the exponent of the most significant digit.
pub(crate) fn logb(a: Num<'_>, env: &mut Env) -> Dec {
    if a.is_special() {
        return env.nan_of(&[a]).unwrap_or_else(|| Dec::infinity(false));
    }
    if a.is_zero() {
        env.note(status::DIVISION_BY_ZERO);
        return Dec::infinity(true);
    }
    let mut result = Dec::of_i64(a.adjusted());
    finalize(&mut result, env);
    result
}

/// The number of digits that `shift` and `rotate` are given.
fn distance(b: Num<'_>, env: &Env) -> Option<i64> {
    let n = if b.exp == 0 { b.to_i64()? } else { return None };
    (-env.prec..=env.prec).contains(&n).then_some(n)
}

fn capped(coeff: &[u64], env: &Env) -> Limbs {
    let mut coeff = Limbs::from_slice(coeff);
    keep_low(&mut coeff, env.prec);
    coeff
}

/// `shift`: the coefficient moved by digits; what leaves the precision is lost.
pub(crate) fn shift(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[a, b]) {
        return nan;
    }
    let Some(n) = distance(b, env) else { return env.error(status::INVALID_OPERATION) };
    if a.is_infinite() {
        return a.to_dec();
    }
    let mut coeff;
    if n >= 0 {
        let Ok(shifted) = shift_left(a.coeff, n) else { return env.error(status::MALLOC_ERROR) };
        coeff = shifted;
        keep_low(&mut coeff, env.prec);
    } else {
        coeff = capped(a.coeff, env);
        shift_right(&mut coeff, -n);
    }
    Dec::finite(a.negative, coeff, a.exp)
}

/// `rotate`: what leaves the precision on one side comes back on the other.
pub(crate) fn rotate(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[a, b]) {
        return nan;
    }
    let Some(n) = distance(b, env) else { return env.error(status::INVALID_OPERATION) };
    if a.is_infinite() {
        return a.to_dec();
    }
    let (left, right) = if n >= 0 { (n, env.prec - n) } else { (env.prec + n, -n) };
    let mut low = capped(a.coeff, env);
    let Ok(mut high) = shift_left(&low, left) else { return env.error(status::MALLOC_ERROR) };
    keep_low(&mut high, env.prec);
    shift_right(&mut low, right);
    Dec::finite(a.negative, super::limbs::add(&high, &low), a.exp)
}

/// `scaleb`: the exponent moved.
pub(crate) fn scaleb(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Dec {
    if let Some(nan) = env.nan_of(&[a, b]) {
        return nan;
    }
    let most = 2 * (env.emax + env.prec) as u64;
    let Some(n) = (if b.exp == 0 { b.magnitude() } else { None }).filter(|&n| n <= most) else {
        return env.error(status::INVALID_OPERATION);
    };
    if a.is_infinite() {
        return a.to_dec();
    }
    let mut result = a.to_dec();
    let n = if b.negative { -(n as i64) } else { n as i64 };
    result.exp = a.exp.saturating_add(n).clamp(EXP_CLAMPED, EXP_INFINITE);
    finalize(&mut result, env);
    result
}

/// `number_class`.
pub(crate) fn class(a: Num<'_>, env: &Env) -> &'static str {
    let names = match a.kind {
        Kind::Quiet => return "NaN",
        Kind::Signaling => return "sNaN",
        Kind::Infinite => ["+Infinity", "-Infinity"],
        Kind::Finite if a.is_zero() => ["+Zero", "-Zero"],
        Kind::Finite if a.is_normal(env) => ["+Normal", "-Normal"],
        Kind::Finite => ["+Subnormal", "-Subnormal"],
    };
    names[usize::from(a.negative)]
}

/// The digits of a coefficient, the most significant first.
pub(crate) fn digit_list(coeff: &[u64]) -> Vec<u8> {
    let mut out = Vec::with_capacity(digits(coeff) as usize);
    super::text::append_digits(&mut out, coeff);
    out.iter_mut().for_each(|d| *d -= b'0');
    out
}
