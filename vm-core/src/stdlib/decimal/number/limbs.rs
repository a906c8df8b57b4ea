//! Coefficients: limbs in base 10^19, least significant first. Sums, shifts by digits and comparison; products are in `product.rs`,
//! quotients in `quotient.rs`. Base 10^19 instead of a power of two because decimal arithmetic is mostly rounding, which is a shift here.

use smallvec::SmallVec;
use std::cmp::Ordering;

/// The base.
pub(crate) const RADIX: u64 = 10_000_000_000_000_000_000;
/// Digits of a limb.
pub(crate) const WORD: usize = 19;
/// Longest coefficient that is ever made, in digits. CPython's is what memory holds.
const MOST_DIGITS: u64 = 1 << 32;

/// A coefficient. Products at the default precision fit without memory of their own.
pub(crate) type Limbs = SmallVec<[u64; 4]>;

/// A coefficient would be longer than any memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TooLong;

/// Powers of ten.
pub(crate) static POW10: [u64; WORD + 1] = {
    let mut table = [1; WORD + 1];
    let mut i = 1;
    while i <= WORD {
        table[i] = table[i - 1] * 10;
        i += 1;
    }
    table
};

/// For each power of five a multiplier and a shift that divide by it.
static FIFTHS: [(u64, u32); WORD + 1] = {
    let mut table = [(0, 0); WORD + 1];
    let (mut i, mut five) = (1, 5u64);
    while i <= WORD {
        let shift = five.ilog2();
        table[i] = (((1u128 << (64 + shift)) / five as u128) as u64 + 1, shift);
        five *= 5;
        i += 1;
    }
    table
};

const INVERSE: u64 = (u128::MAX / RADIX as u128) as u64;

/// Quotient and remainder of two words by the base; the higher one is below it.
#[inline(always)]
pub(super) fn split_radix(high: u64, low: u64) -> (u64, u64) {
    divide_two(high, low, RADIX, INVERSE)
}

/// The same by any divisor with its top bit set, whose `u128::MAX / divisor` has these low bits.
#[inline(always)]
pub(super) fn divide_two(high: u64, low: u64, divisor: u64, inverse: u64) -> (u64, u64) {
    let wide = u128::from(high) << 64 | u128::from(low);
    let estimate = (u128::from(inverse) * u128::from(high)).wrapping_add(wide);
    let mut q = ((estimate >> 64) as u64).wrapping_add(1);
    let mut r = low.wrapping_sub(q.wrapping_mul(divisor));
    if r > estimate as u64 {
        q = q.wrapping_sub(1);
        r = r.wrapping_add(divisor);
    }
    if r >= divisor {
        q = q.wrapping_add(1);
        r -= divisor;
    }
    (q, r)
}

/// Quotient and remainder of a limb by a power of ten, without a division instruction.
#[inline(always)]
pub(super) fn split_pow10(x: u64, digits: usize) -> (u64, u64) {
    if digits == 0 {
        return (x, 0);
    }
    let (multiplier, shift) = FIFTHS[digits];
    let q = ((u128::from(x >> digits) * u128::from(multiplier)) >> 64) as u64 >> shift;
    (q, x - q * POW10[digits])
}

/// Digits of a limb; one for zero.
#[inline(always)]
pub(crate) fn word_digits(x: u64) -> usize {
    let estimate = (((64 - (x | 1).leading_zeros()) * 1233) >> 12) as usize;
    estimate + usize::from((x | 1) >= POW10[estimate])
}

/// Digits of a coefficient without leading zeros.
#[inline(always)]
pub(crate) fn digits(a: &[u64]) -> i64 {
    match *a {
        [] => 0,
        [.., top] => ((a.len() - 1) * WORD + word_digits(top)) as i64,
    }
}

/// Whether a coefficient is zero.
#[inline(always)]
pub(crate) fn is_zero(a: &[u64]) -> bool {
    matches!(a, [0])
}

pub(super) fn all_zero(a: &[u64]) -> bool {
    a.iter().all(|&x| x == 0)
}

/// Removes leading zeros, but for the last limb.
#[inline]
pub(super) fn trim(a: &mut Limbs) {
    while a.len() > 1 && a[a.len() - 1] == 0 {
        a.truncate(a.len() - 1);
    }
}

/// The slice without leading zeros, at least one limb.
pub(super) fn trimmed(a: &[u64]) -> &[u64] {
    let mut n = a.len();
    while n > 1 && a[n - 1] == 0 {
        n -= 1;
    }
    &a[..n]
}

/// Order of two coefficients without leading zeros.
#[inline]
pub(super) fn compare(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

#[inline(always)]
pub(super) fn add_limb(x: u64, y: u64, carry: u64) -> (u64, u64) {
    let (sum, over) = x.overflowing_add(y + carry);
    if over || sum >= RADIX { (sum.wrapping_sub(RADIX), 1) } else { (sum, 0) }
}

#[inline(always)]
pub(super) fn sub_limb(x: u64, y: u64, borrow: u64) -> (u64, u64) {
    let (difference, under) = x.overflowing_sub(y + borrow);
    if under { (difference.wrapping_add(RADIX), 1) } else { (difference, 0) }
}

/// `a + b`.
#[inline]
pub(super) fn add(a: &[u64], b: &[u64]) -> Limbs {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut out = Limbs::from_slice(long);
    if add_into(&mut out, short) {
        out.push(1);
    }
    out
}

/// `a += b` where `a` is no shorter; whether there is a carry.
#[inline]
pub(super) fn add_into(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut carry = 0;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, carry) = add_limb(*x, y, carry);
    }
    carry != 0 && increment(high)
}

/// `a + 1` in place; whether there is a carry.
#[inline]
pub(super) fn increment(a: &mut [u64]) -> bool {
    for x in a {
        if *x != RADIX - 1 {
            *x += 1;
            return false;
        }
        *x = 0;
    }
    true
}

/// `a - b` for `a >= b`.
#[inline]
pub(super) fn sub(a: &[u64], b: &[u64]) -> Limbs {
    let mut out = Limbs::from_slice(a);
    sub_from(&mut out, b);
    trim(&mut out);
    out
}

/// `a -= b` where `a` is no shorter; whether there is a borrow.
#[inline]
pub(super) fn sub_from(a: &mut [u64], b: &[u64]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut borrow = 0;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, borrow) = sub_limb(*x, y, borrow);
    }
    if borrow == 0 {
        return false;
    }
    for x in high {
        if *x != 0 {
            *x -= 1;
            return false;
        }
        *x = RADIX - 1;
    }
    true
}

/// `a * 10^n`.
pub(crate) fn shift_left(a: &[u64], n: i64) -> Result<Limbs, TooLong> {
    if n == 0 || is_zero(a) {
        return Ok(Limbs::from_slice(a));
    }
    let wanted = digits(a) as u64 + n as u64;
    if wanted > MOST_DIGITS {
        return Err(TooLong);
    }
    let (whole, part) = (n as usize / WORD, n as usize % WORD);
    let size = (wanted as usize).div_ceil(WORD);
    let mut out = Limbs::from_elem(0, size);
    let to = &mut out[whole..];
    if part == 0 {
        to.copy_from_slice(a);
        return Ok(out);
    }
    let mut below = 0;
    for (to, &x) in to.iter_mut().zip(a) {
        let (high, low) = split_pow10(x, WORD - part);
        *to = low * POW10[part] + below;
        below = high;
    }
    if size > whole + a.len() {
        out[size - 1] = below;
    }
    Ok(out)
}

/// A rounding digit, with what is below it: 1 and 6 stand for "more than 0" and "more than 5".
#[inline(always)]
pub(super) fn indicator(digit: u64, rest: bool) -> u8 {
    digit as u8 + u8::from(rest && (digit == 0 || digit == 5))
}

/// `a / 10^n` in place; the digit that says how to round.
pub(super) fn shift_right(a: &mut Limbs, n: i64) -> u8 {
    if n == 0 || is_zero(a) {
        return 0;
    }
    let count = digits(a);
    if n >= count {
        let (top, below) = (a[a.len() - 1], &a[..a.len() - 1]);
        let (digit, rest) = if n == count { split_pow10(top, word_digits(top) - 1) } else { (0, top) };
        let rounding = indicator(digit, rest != 0 || !all_zero(below));
        *a = Limbs::from_elem(0, 1);
        return rounding;
    }
    let (whole, part) = (n as usize / WORD, n as usize % WORD);
    let size = ((count - n) as usize).div_ceil(WORD);
    let rounding;
    if part == 0 {
        let (digit, rest) = split_pow10(a[whole - 1], WORD - 1);
        rounding = indicator(digit, rest != 0 || !all_zero(&a[..whole - 1]));
        a.copy_within(whole.., 0);
    } else {
        let (mut high, lost) = split_pow10(a[whole], part);
        let (digit, rest) = split_pow10(lost, part - 1);
        rounding = indicator(digit, rest != 0 || !all_zero(&a[..whole]));
        for i in 0..size {
            let (next, low) = match a.get(i + whole + 1) {
                Some(&x) => split_pow10(x, part),
                None => (0, 0),
            };
            a[i] = low * POW10[WORD - part] + high;
            high = next;
        }
    }
    a.truncate(size);
    rounding
}

/// Zeros at the end of a coefficient that is not zero.
pub(super) fn trailing_zeros(a: &[u64]) -> i64 {
    let whole = a.iter().take_while(|&&x| x == 0).count();
    let Some(&(mut x)) = a.get(whole) else { return 0 };
    let mut zeros = (whole * WORD) as i64;
    for step in [16, 8, 4, 2, 1] {
        let (q, r) = split_pow10(x, step);
        if r == 0 {
            x = q;
            zeros += step as i64;
        }
    }
    zeros
}

/// The last digits of a coefficient, `count` of them at most.
pub(super) fn keep_low(a: &mut Limbs, count: i64) {
    if digits(a) <= count {
        return;
    }
    let (whole, part) = (count as usize / WORD, count as usize % WORD);
    if part == 0 {
        a.truncate(whole.max(1));
        if whole == 0 {
            a[0] = 0;
        }
    } else {
        a.truncate(whole + 1);
        a[whole] = split_pow10(a[whole], part).1;
    }
    trim(a);
}

/// `count` nines.
pub(super) fn nines(count: i64) -> Result<Limbs, TooLong> {
    if count as u64 > MOST_DIGITS {
        return Err(TooLong);
    }
    let mut out = Limbs::from_elem(RADIX - 1, (count as usize).div_ceil(WORD));
    let part = count as usize % WORD;
    if let Some(top) = out.last_mut().filter(|_| part != 0) {
        *top = POW10[part] - 1;
    }
    Ok(out)
}

/// `a = a * x + y`.
pub(super) fn multiply_add(a: &mut Limbs, x: u64, y: u64) {
    let mut carry = y;
    for limb in a.iter_mut() {
        let wide = u128::from(*limb) * u128::from(x) + u128::from(carry);
        (carry, *limb) = split_radix((wide >> 64) as u64, wide as u64);
    }
    if carry != 0 {
        a.push(carry);
    }
}
