//! Arithmetic on magnitudes: slices of 64-bit limbs, least significant first, without leading zeros unless a function says so. Results
//! go into memory the caller gives, so that an `int` object can hold its limbs itself. Signs and objects are the callers' business;
//! what is rare (roots, modular powers, huge operands) is left to num-bigint.

mod decimal;
mod div;
mod gcd;
mod mul;
mod pow_mod;
mod radix;
mod reciprocal;

pub use decimal::{append_decimal, write_decimal, write_word};
pub use div::{by_two, div_rem, div_rem_word, divide, rem_word};
pub use gcd::{gcd, gcd_word};
pub use mul::{mul, mul_word, pow, square};
pub use pow_mod::pow_mod;
pub use radix::{digits_in_base, digits_of, from_digits, room_for_digits};

use num_bigint::{BigInt, BigUint, Sign};
use std::cmp::Ordering;

/// One digit in base 2^64.
pub type Limb = u64;
/// Bits of a limb.
pub const LIMB_BITS: usize = 64;

/// The number as num-bigint has it.
#[must_use]
pub fn to_bigint(negative: bool, a: &[Limb]) -> BigInt {
    let digits = a.iter().flat_map(|&x| [x as u32, (x >> 32) as u32]).collect();
    BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, BigUint::new(digits))
}

/// The nearest float, ties to even; infinity if there is none.
#[must_use]
pub fn to_f64(negative: bool, a: &[Limb]) -> f64 {
    let bits = bits(a);
    if bits > 1024 {
        return if negative { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    if a.is_empty() {
        return 0.0;
    }
    let mut low = [0; 17];
    let low = &mut low[..=a.len()];
    // The highest 64 bits in the top limb but one; the rest only says which way to round.
    shift_left(low, a, a.len() * LIMB_BITS - bits as usize);
    let (top, rest) = (low[a.len() - 1], &low[..a.len() - 1]);
    let sticky = Limb::from(rest.iter().any(|&x| x != 0));
    let size = (top | sticky) as f64 * 2f64.powi(bits as i32 - LIMB_BITS as i32);
    if negative { -size } else { size }
}

/// The slice without its leading zeros.
#[must_use]
pub fn trimmed(a: &[Limb]) -> &[Limb] {
    &a[..significant(a)]
}

/// How many limbs are left without leading zeros.
#[inline]
#[must_use]
pub fn significant(a: &[Limb]) -> usize {
    let mut n = a.len();
    while n > 0 && a[n - 1] == 0 {
        n -= 1;
    }
    n
}

/// Number of bits.
#[must_use]
pub fn bits(a: &[Limb]) -> u64 {
    match a.last() {
        Some(top) => (a.len() * LIMB_BITS) as u64 - u64::from(top.leading_zeros()),
        None => 0,
    }
}

/// Order of two magnitudes.
#[must_use]
pub fn compare(a: &[Limb], b: &[Limb]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// `out = a + b`; `out` has one limb more than the longer operand.
pub fn add(out: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let (low, rest) = out.split_at_mut(short.len());
    let mut carry = false;
    for ((o, &x), &y) in low.iter_mut().zip(long).zip(short) {
        (*o, carry) = x.carrying_add(y, carry);
    }
    let (middle, top) = rest.split_at_mut(long.len() - short.len());
    for (o, &x) in middle.iter_mut().zip(&long[short.len()..]) {
        (*o, carry) = x.overflowing_add(u64::from(carry));
    }
    top[0] = u64::from(carry);
}

/// `a += b`, where `a` is no shorter; whether it overflowed.
pub(super) fn add_assign(a: &mut [Limb], b: &[Limb]) -> bool {
    let (low, high) = a.split_at_mut(b.len());
    let mut carry = false;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, carry) = x.carrying_add(y, carry);
    }
    for x in high {
        if !carry {
            return false;
        }
        (*x, carry) = x.overflowing_add(1);
    }
    carry
}

/// `out = a - b`, for `a >= b`; `out` is as long as `a`.
pub fn sub(out: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let (low, high) = out.split_at_mut(b.len());
    let mut borrow = false;
    for ((o, &x), &y) in low.iter_mut().zip(a).zip(b) {
        (*o, borrow) = x.borrowing_sub(y, borrow);
    }
    for (o, &x) in high.iter_mut().zip(&a[b.len()..]) {
        (*o, borrow) = x.overflowing_sub(u64::from(borrow));
    }
    debug_assert!(!borrow);
}

/// `a -= b`, for `a >= b`; leading zeros are allowed in both.
pub(super) fn sub_assign(a: &mut [Limb], b: &[Limb]) {
    let (low, high) = a.split_at_mut(b.len());
    let mut borrow = false;
    for (x, &y) in low.iter_mut().zip(b) {
        (*x, borrow) = x.borrowing_sub(y, borrow);
    }
    for x in high {
        if !borrow {
            return;
        }
        (*x, borrow) = x.overflowing_sub(1);
    }
    debug_assert!(!borrow);
}

/// `a + 1` in place; `a` has room for the carry.
pub fn increment(a: &mut [Limb]) {
    for x in a {
        let (sum, carry) = x.overflowing_add(1);
        *x = sum;
        if !carry {
            return;
        }
    }
}

/// `out = a << n`; `out` has `n / 64 + 1` limbs more than `a`, or one less if that one would be zero.
pub fn shift_left(out: &mut [Limb], a: &[Limb], n: usize) {
    let (whole, part) = (n / LIMB_BITS, n % LIMB_BITS);
    out[..whole].fill(0);
    let carry = shift_left_bits(&mut out[whole..whole + a.len()], a, part as u32);
    if let Some(top) = out.get_mut(whole + a.len()) {
        *top = carry;
    }
}

/// `out = a << n` for `n` below 64; what is shifted out.
pub(super) fn shift_left_bits(out: &mut [Limb], a: &[Limb], n: u32) -> Limb {
    if n == 0 {
        out.copy_from_slice(a);
        return 0;
    }
    let mut carry = 0;
    for (o, &x) in out.iter_mut().zip(a) {
        *o = x << n | carry;
        carry = x >> (64 - n);
    }
    carry
}

/// `out = a >> n` for `n / 64` below the length of `a`; `out` has `n / 64` limbs fewer. Whether a bit that was set is lost.
pub fn shift_right(out: &mut [Limb], a: &[Limb], n: usize) -> bool {
    let (whole, part) = (n / LIMB_BITS, (n % LIMB_BITS) as u32);
    let (lost, kept) = a.split_at(whole);
    shift_right_bits(out, kept, part) != 0 || lost.iter().any(|&x| x != 0)
}

/// `out = a >> n` for `n` below 64; what is shifted out, in the high bits.
fn shift_right_bits(out: &mut [Limb], a: &[Limb], n: u32) -> Limb {
    if n == 0 {
        out.copy_from_slice(a);
        return 0;
    }
    let mut carry = 0;
    for (o, &x) in out.iter_mut().zip(a).rev() {
        *o = x >> n | carry;
        carry = x << (64 - n);
    }
    carry
}

/// The remainder modulo `2^61 - 1`, which hashes are.
#[must_use]
pub fn mod_mersenne_61(a: &[Limb]) -> u64 {
    const P: u64 = (1 << 61) - 1;
    // 2^64 is 8 modulo 2^61 - 1.
    a.iter().rev().fold(0, |h, &x| {
        let sum = (u128::from(h) << 3) + u128::from(x);
        let folded = (sum as u64 & P) + (sum >> 61) as u64;
        if folded >= P { folded - P } else { folded }
    })
}

#[cfg(test)]
mod tests;
