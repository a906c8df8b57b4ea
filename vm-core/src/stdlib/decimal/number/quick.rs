//! Sums and products of numbers of at most 38 digits, the usual ones, without loops over limbs: two limbs are two registers. Whatever
//! needs more than a plain rounding is left to the general functions, which then begin anew; these give the same results.

use super::limbs::{Limbs, POW10, WORD, add_limb, indicator, split_pow10, split_radix, sub_limb, word_digits};
use super::{Dec, Env, Kind, Num, Round, status};
use std::cmp::Ordering;

/// Digits of two limbs.
const MOST: i64 = 2 * WORD as i64;

/// A coefficient of at most two limbs, the higher one perhaps zero.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pair {
    high: u64,
    low: u64,
}

impl Pair {
    #[inline(always)]
    fn of(n: Num<'_>) -> Option<Pair> {
        if n.kind != Kind::Finite {
            return None;
        }
        match *n.coeff {
            [low] => Some(Pair { high: 0, low }),
            [low, high] => Some(Pair { high, low }),
            _ => None,
        }
    }

    #[inline(always)]
    fn is_zero(self) -> bool {
        self.high | self.low == 0
    }

    #[inline(always)]
    fn digits(self) -> i64 {
        (if self.high == 0 { word_digits(self.low) } else { WORD + word_digits(self.high) }) as i64
    }

    /// Times a power of ten; the result has at most 38 digits.
    #[inline(always)]
    fn shifted_left(self, n: usize) -> Pair {
        let Pair { high, low } = if n >= WORD { Pair { high: self.low, low: 0 } } else { self };
        let part = if n >= WORD { n - WORD } else { n };
        if part == 0 {
            return Pair { high, low };
        }
        let (carry, rest) = split_pow10(low, WORD - part);
        Pair { high: high * POW10[part] + carry, low: rest * POW10[part] }
    }

    #[inline(always)]
    fn compare(self, other: Pair) -> Ordering {
        (self.high, self.low).cmp(&(other.high, other.low))
    }

    /// The sum, if it has at most 38 digits.
    #[inline(always)]
    fn plus(self, other: Pair) -> Option<Pair> {
        let (low, carry) = add_limb(self.low, other.low, 0);
        let (high, carry) = add_limb(self.high, other.high, carry);
        (carry == 0).then_some(Pair { high, low })
    }

    /// The difference with a number that is not greater.
    #[inline(always)]
    fn minus(self, other: Pair) -> Pair {
        let (low, borrow) = sub_limb(self.low, other.low, 0);
        Pair { high: self.high - other.high - borrow, low }
    }

    #[inline(always)]
    fn limbs(self) -> Limbs {
        Limbs::from_buf_and_len([self.low, self.high, 0, 0], if self.high == 0 { 1 } else { 2 })
    }
}

/// Whether results in such a context can be rounded here.
#[inline(always)]
fn serves(env: &Env) -> bool {
    env.prec <= MOST && !env.clamp
}

/// A coefficient whose last digits were cut off, rounded to the precision; `None` for exponents out of range.
#[inline(always)]
fn rounded(negative: bool, cut: Pair, exp: i64, rounding: u8, env: &mut Env) -> Option<Dec> {
    let mut exp = exp;
    let mut coeff = cut;
    if env.round.increments(negative, cut.low, rounding) {
        coeff = cut.plus(Pair { high: 0, low: 1 })?;
        if coeff.digits() > env.prec {
            // All nines: a power of ten with one digit less.
            coeff = Pair { high: 0, low: 1 }.shifted_left(env.prec as usize - 1);
            exp += 1;
        }
    }
    let adjusted = exp + env.prec - 1;
    if adjusted > env.emax || adjusted < env.emin {
        return None;
    }
    env.note(if rounding == 0 { status::ROUNDED } else { status::ROUNDED | status::INEXACT });
    Some(Dec::finite(negative, coeff.limbs(), exp))
}

/// A result of at most 38 digits.
#[inline(always)]
fn finished(negative: bool, coeff: Pair, exp: i64, env: &mut Env) -> Option<Dec> {
    let digits = coeff.digits();
    if digits <= env.prec {
        let adjusted = exp + digits - 1;
        if adjusted > env.emax || adjusted < env.emin {
            return None;
        }
        return Some(Dec::finite(negative, coeff.limbs(), exp));
    }
    let shift = (digits - env.prec) as usize;
    let (cut, rounding) = cut([coeff.low, coeff.high, 0, 0], shift);
    rounded(negative, cut, exp + shift as i64, rounding, env)
}

/// The limbs without so many digits, at most 38 of which remain, and the digit that says how to round.
#[inline(always)]
fn cut(a: [u64; 4], n: usize) -> (Pair, u8) {
    let (whole, part) = (n / WORD, n % WORD);
    let at = |i: usize| if i < 4 { a[i & 3] } else { 0 };
    let (x, y, z) = (at(whole), at(whole + 1), at(whole + 2));
    let below = (0..3).any(|i| i + 1 < whole && a[i] != 0);
    if part == 0 {
        let last = a[(whole - 1) & 3];
        let (digit, rest) = split_pow10(last, WORD - 1);
        return (Pair { high: y, low: x }, indicator(digit, rest != 0 || below));
    }
    let below = below || whole > 0 && a[(whole - 1) & 3] != 0;
    let (x, lost) = split_pow10(x, part);
    let (digit, rest) = split_pow10(lost, part - 1);
    let (y, middle) = split_pow10(y, part);
    let scale = POW10[WORD - part];
    let high = y + split_pow10(z, part).1 * scale;
    (Pair { high, low: x + middle * scale }, indicator(digit, rest != 0 || below))
}

/// `a + b`, the second with another sign.
#[inline]
pub(super) fn add(a: Num<'_>, b: Num<'_>, negative: bool, env: &mut Env) -> Option<Dec> {
    let (mut x, mut y) = (Pair::of(a)?, Pair::of(b)?);
    if !serves(env) {
        return None;
    }
    let mut exp = a.exp;
    if a.exp != b.exp {
        let a_higher = a.exp > b.exp;
        let higher = if a_higher { x } else { y };
        let (shift, least) = if a_higher { (a.exp - b.exp, b.exp) } else { (b.exp - a.exp, a.exp) };
        if !higher.is_zero() {
            if shift >= MOST || higher.digits() + shift > MOST {
                return None;
            }
            let aligned = higher.shifted_left(shift as usize);
            if a_higher { x = aligned } else { y = aligned }
        }
        exp = least;
    }
    if a.negative == negative {
        return finished(negative, x.plus(y)?, exp, env);
    }
    match x.compare(y) {
        Ordering::Greater => finished(a.negative, x.minus(y), exp, env),
        Ordering::Less => finished(negative, y.minus(x), exp, env),
        Ordering::Equal => finished(env.round == Round::Floor, Pair { high: 0, low: 0 }, exp, env),
    }
}

#[inline(always)]
fn product(a: u64, b: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b);
    split_radix((wide >> 64) as u64, wide as u64)
}

/// `a * b`.
#[inline]
pub(super) fn multiply(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Option<Dec> {
    let (x, y) = (Pair::of(a)?, Pair::of(b)?);
    if !serves(env) {
        return None;
    }
    let negative = a.negative != b.negative;
    let exp = a.exp + b.exp;
    let (carry, low) = product(x.low, y.low);
    if x.high | y.high == 0 {
        return finished(negative, Pair { high: carry, low }, exp, env);
    }
    // Carries of sums that have three terms are at most two.
    let (ab, cd) = (product(x.high, y.low), product(x.low, y.high));
    let (second, c1) = add_limb(carry, ab.1, 0);
    let (second, c2) = add_limb(second, cd.1, 0);
    let (top, high) = product(x.high, y.high);
    let (third, c3) = add_limb(ab.0, cd.0, 0);
    let (third, c4) = add_limb(third, high, c1);
    let (third, c5) = add_limb(third, 0, c2);
    let fourth = top + c3 + c4 + c5;
    if third | fourth == 0 {
        return finished(negative, Pair { high: second, low }, exp, env);
    }
    let digits = if fourth == 0 { 2 * WORD + word_digits(third) } else { 3 * WORD + word_digits(fourth) };
    let shift = digits - env.prec as usize;
    let (kept, rounding) = cut([low, second, third, fourth], shift);
    rounded(negative, kept, exp + shift as i64, rounding, env)
}
