//! Sums, products and quotients of numbers of at most 38 digits, the usual ones, without loops over limbs: two limbs are two registers. Whatever
//! needs more than a plain rounding is left to the general functions, which then begin anew; these give the same results.

use super::limbs::{Limbs, POW10, RADIX, WORD, add_limb, indicator, split_pow10, split_radix, sub_limb, trailing_zeros, word_digits};
use super::quotient::{Reciprocal, divide_by_limb, divide_rows};
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

    /// Without so many digits, fewer than there are, and the digit that says how to round.
    #[inline(always)]
    fn cut(self, n: usize) -> (Pair, u8) {
        if n < WORD {
            let (low, lost) = split_pow10(self.low, n);
            let (digit, rest) = split_pow10(lost, n - 1);
            let (high, middle) = split_pow10(self.high, n);
            return (Pair { high, low: low + middle * POW10[WORD - n] }, indicator(digit, rest != 0));
        }
        let (low, lost) = split_pow10(self.high, n - WORD);
        let (digit, rest, below) = if n == WORD {
            let (digit, rest) = split_pow10(self.low, WORD - 1);
            (digit, rest, 0)
        } else {
            let (digit, rest) = split_pow10(lost, n - WORD - 1);
            (digit, rest, self.low)
        };
        (Pair { high: 0, low }, indicator(digit, rest | below != 0))
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
    // Before rounding: what rounds up to the least normal number is subnormal.
    let adjusted = exp + env.prec - 1;
    if adjusted > env.emax || adjusted < env.emin {
        return None;
    }
    if env.round.increments(negative, cut.low, rounding) {
        coeff = cut.plus(Pair { high: 0, low: 1 })?;
        if coeff.digits() > env.prec {
            // All nines: a power of ten with one digit less.
            if adjusted == env.emax {
                return None;
            }
            coeff = Pair { high: 0, low: 1 }.shifted_left(env.prec as usize - 1);
            exp += 1;
        }
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
    let (cut, rounding) = coeff.cut(shift);
    rounded(negative, cut, exp + shift as i64, rounding, env)
}

/// The limbs without so many digits, at most 38 of which remain, and the digit that says how to round.
#[inline(always)]
fn cut(a: [u64; 4], n: usize) -> (Pair, u8) {
    let (whole, part) = (n / WORD, n % WORD);
    let at = |i: usize| if i < 4 { a[i & 3] } else { 0 };
    let (x, y, z) = (at(whole), at(whole + 1), at(whole + 2));
    let below = match whole {
        0 | 1 => false,
        2 => a[0] != 0,
        _ => a[0] | a[1] != 0,
    };
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

impl Pair {
    /// Times a power of ten, in as many limbs as that takes, of four.
    #[inline(always)]
    fn spread(self, n: usize) -> [u64; 4] {
        let (whole, part) = (n / WORD, n % WORD);
        let (low, middle, high) = if part == 0 {
            (self.low, self.high, 0)
        } else {
            let (first, low) = split_pow10(self.low, WORD - part);
            let (second, middle) = split_pow10(self.high, WORD - part);
            (low * POW10[part], middle * POW10[part] + first, second)
        };
        match whole {
            0 => [low, middle, high, 0],
            1 => [0, low, middle, high],
            2 => [0, 0, low, middle],
            _ => [0, 0, 0, low],
        }
    }
}

/// The quotient by a divisor of two limbs, and whether there is a remainder.
#[inline]
fn by_pair(n: [u64; 4], divisor: Pair) -> ([u64; 4], bool) {
    // Both times a factor that makes the divisor's top limb at least half the base.
    let factor = RADIX / (divisor.high + 1);
    let mut carry = 0;
    let mut scaled = |x: u64| {
        let wide = u128::from(x) * u128::from(factor) + u128::from(carry);
        let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
        carry = high;
        low
    };
    let divisor = [scaled(divisor.low), scaled(divisor.high)];
    let mut carry = 0;
    let mut rest = [0; 5];
    for (to, x) in rest.iter_mut().zip(n) {
        let wide = u128::from(x) * u128::from(factor) + u128::from(carry);
        let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
        (*to, carry) = (low, high);
    }
    rest[4] = carry;
    let mut quotient = [0; 4];
    divide_rows(&mut quotient[..3], &mut rest, &divisor, &Reciprocal::new(divisor[1]));
    (quotient, rest[0] | rest[1] != 0)
}

/// `a / b`.
#[inline]
pub(super) fn divide(a: Num<'_>, b: Num<'_>, env: &mut Env) -> Option<Dec> {
    let (x, y) = (Pair::of(a)?, Pair::of(b)?);
    if !serves(env) || x.is_zero() || y.is_zero() {
        return None;
    }
    let divisor_digits = y.digits();
    // One digit more than the precision, or two.
    let shift = divisor_digits - x.digits() + env.prec + 1;
    if shift < 0 || divisor_digits + env.prec >= 2 * MOST {
        return None;
    }
    let negative = a.negative != b.negative;
    let mut quotient = x.spread(shift as usize);
    let inexact;
    if y.high == 0 {
        inexact = divide_by_limb(&mut quotient, y.low) != 0;
    } else {
        (quotient, inexact) = by_pair(quotient, y);
    }
    let exp = a.exp - b.exp - shift;
    let top = (0..4).rev().find(|&i| quotient[i] != 0)?;
    let digits = top * WORD + word_digits(quotient[top]);
    if inexact {
        // A digit that is neither 0 nor 5 says that there are more.
        quotient[0] += u64::from(quotient[0].is_multiple_of(5));
        let shift = digits - env.prec as usize;
        let (kept, rounding) = cut(quotient, shift);
        return rounded(negative, kept, exp + shift as i64, rounding, env);
    }
    let zeros = trailing_zeros(&quotient).min(shift) as usize;
    if zeros == 0 || digits - zeros > MOST as usize {
        return None;
    }
    let (kept, _) = cut(quotient, zeros);
    finished(negative, kept, exp + zeros as i64, env)
}
