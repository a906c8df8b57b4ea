//! Quotients and remainders: limb by limb, each found from the top limbs with the reciprocals of `reciprocal.rs`. Divisors of one and two
//! limbs have loops of their own, which keep the rest in registers and need no memory; what nobody wants (`QUOTIENT`) is not stored.

use super::reciprocal::{Divisor1, Divisor2, wide};
use super::{Limb, shift_left_bits};

/// A limb of `a`, shifted left by `shift` (below 64).
#[inline(always)]
fn shifted(a: &[Limb], i: usize, shift: u32) -> Limb {
    // In two steps, since a shift by 64 is none.
    let below = if i > 0 { a[i - 1] >> 1 >> (63 - shift) } else { 0 };
    a[i] << shift | below
}

/// Divides `a`, which is not empty, by one limb that is not zero: the remainder. The quotient goes to `q`, which is as long as `a`.
#[inline(always)]
fn by_word<const QUOTIENT: bool>(q: &mut [Limb], a: &[Limb], divisor: Divisor1, shift: u32) -> Limb {
    let Some(&top) = a.last() else { return 0 };
    let mut rest = top >> 1 >> (63 - shift);
    for i in (0..a.len()).rev() {
        let (digit, r) = divisor.divide(rest, shifted(a, i, shift));
        rest = r;
        if QUOTIENT {
            q[i] = digit;
        }
    }
    rest >> shift
}

/// `q = a / d` for one limb `d` that is not zero; the remainder. `q` is as long as `a`.
pub fn div_rem_word(q: &mut [Limb], a: &[Limb], d: Limb) -> Limb {
    let shift = d.leading_zeros();
    by_word::<true>(&mut q[..a.len()], a, Divisor1::new(d << shift), shift)
}

/// `a % d` for one limb `d` that is not zero.
#[must_use]
pub fn rem_word(a: &[Limb], d: Limb) -> Limb {
    let shift = d.leading_zeros();
    by_word::<false>(&mut [], a, Divisor1::new(d << shift), shift)
}

/// `a = a / d` for a divisor given shifted left by `shift` (below 64); the remainder.
pub(super) fn div_rem_small(a: &mut [Limb], divisor: Divisor1, shift: u32) -> Limb {
    let Some(&top) = a.last() else { return 0 };
    let mut rest = top >> 1 >> (63 - shift);
    for i in (0..a.len()).rev() {
        (a[i], rest) = divisor.divide(rest, shifted(a, i, shift));
    }
    rest >> shift
}

/// Divides `a` by a divisor of two limbs, the higher of which is not zero; the remainder. The quotient goes to `q`, which has one limb
/// less than `a`.
pub fn by_two<const QUOTIENT: bool>(q: &mut [Limb], a: &[Limb], low: Limb, high: Limb) -> u128 {
    let shift = high.leading_zeros();
    let d = wide(high, low) << shift;
    let divisor = Divisor2::new((d >> 64) as Limb, d as Limb);
    let n = a.len();
    let mut rest = wide(a[n - 1] >> 1 >> (63 - shift), shifted(a, n - 1, shift));
    for i in (0..n - 1).rev() {
        let (digit, r) = divisor.divide(rest, shifted(a, i, shift));
        rest = r;
        if QUOTIENT {
            q[i] = digit;
        }
    }
    rest >> shift
}

/// `u -= v * q`, where `u` is as long as `v`; what is to be taken from the limb above.
#[inline(always)]
fn sub_mul_row(u: &mut [Limb], v: &[Limb], q: Limb) -> Limb {
    let mut carry = 0;
    for (x, &y) in u.iter_mut().zip(v) {
        let (low, high) = y.carrying_mul(q, carry);
        let (difference, borrow) = x.overflowing_sub(low);
        *x = difference;
        // The product and the carry are too small for this to overflow.
        carry = high + Limb::from(borrow);
    }
    carry
}

/// `u += v`, where `u` is as long as `v`; whether it overflowed.
#[inline(always)]
fn add_row(u: &mut [Limb], v: &[Limb]) -> bool {
    let mut carry = false;
    for (x, &y) in u.iter_mut().zip(v) {
        (*x, carry) = x.carrying_add(y, carry);
    }
    carry
}

/// A modulus of at least two limbs with its top bit set, ready to divide by.
pub(super) struct Modulus<'a> {
    v: &'a [Limb],
    top: Divisor2,
}

impl<'a> Modulus<'a> {
    #[inline]
    pub(super) fn new(v: &'a [Limb]) -> Modulus<'a> {
        Modulus { v, top: Divisor2::new(v[v.len() - 1], v[v.len() - 2]) }
    }

    /// Divides `u`, whose top limbs, as many as the modulus has, are below it: the remainder is left in the lowest limbs. The quotient goes
    /// to `q`, as long as what remains of `u`.
    #[inline(always)]
    pub(super) fn reduce<const QUOTIENT: bool>(&self, q: &mut [Limb], u: &mut [Limb]) {
        let n = self.v.len();
        let v = &self.v[..n - 2];
        let mut top = wide(u[u.len() - 1], u[u.len() - 2]);
        for j in (0..u.len() - n).rev() {
            // The two top limbs of the window are in `top`; below them lie the one that joins them and those that are only multiplied.
            let (low, next) = u[j..j + n - 1].split_at_mut(n - 2);
            let next = next[0];
            let mut digit;
            if top >= self.top.d {
                // Equal, and then the digit is the greatest there is: `top·2^64 + next - d·digit` is `next + d`.
                digit = Limb::MAX;
                let taken = sub_mul_row(low, v, digit);
                top = self.top.d.wrapping_add(u128::from(next)).wrapping_sub(u128::from(taken));
            } else {
                let (estimate, rest) = self.top.divide(top, next);
                digit = estimate;
                let taken = sub_mul_row(low, v, digit);
                let borrow;
                (top, borrow) = rest.overflowing_sub(u128::from(taken));
                if borrow {
                    digit = digit.wrapping_sub(1);
                    let carry = add_row(low, v);
                    top = top.wrapping_add(self.top.d).wrapping_add(u128::from(carry));
                }
            }
            if QUOTIENT {
                q[j] = digit;
            }
        }
        u[n - 1] = (top >> 64) as Limb;
        u[n - 2] = top as Limb;
    }
}

/// Divides `a` by `b` of three limbs or more, both without leading zeros and `a` no shorter than `b`. The remainder is left in the first
/// `b.len()` limbs of `room`, which has `a.len() + 1 + b.len()`; the quotient goes to `q`, which has `a.len() - b.len() + 1`.
pub fn divide<const QUOTIENT: bool>(q: &mut [Limb], room: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let n = b.len();
    let shift = b[n - 1].leading_zeros();
    let (u, v) = room.split_at_mut(a.len() + 1);
    let v = &mut v[..n];
    shift_left_bits(v, b, shift);
    let out = shift_left_bits(&mut u[..a.len()], a, shift);
    let modulus = Modulus::new(v);
    let mut long = a.len() + 1;
    if out == 0 && wide(u[a.len() - 1], u[a.len() - 2]) < modulus.top.d {
        // The quotient's top limb is zero.
        long -= 1;
        if QUOTIENT {
            q[a.len() - n] = 0;
        }
    } else {
        u[a.len()] = out;
    }
    modulus.reduce::<QUOTIENT>(q, &mut u[..long]);
    unshift(&mut u[..n], shift);
}

/// `a >>= shift` for a shift below 64.
#[inline(always)]
pub(super) fn unshift(a: &mut [Limb], shift: u32) {
    let mut carry = 0;
    for x in a.iter_mut().rev() {
        let next = *x << 1 << (63 - shift);
        *x = *x >> shift | carry;
        carry = next;
    }
}

/// Divides `a` by `b`, both without leading zeros and `a` no shorter than `b`, which is not zero. The quotient goes to `q`, which has
/// `a.len() - b.len() + 1` limbs; the remainder to the first `b.len()` limbs of `rest`, which has `a.len() + 1` (and is used up).
pub fn div_rem(q: &mut [Limb], rest: &mut [Limb], a: &[Limb], b: &[Limb]) {
    match *b {
        [d] => rest[0] = div_rem_word(q, a, d),
        [low, high] => {
            let r = by_two::<true>(q, a, low, high);
            (rest[0], rest[1]) = (r as Limb, (r >> 64) as Limb);
        }
        _ => {
            let mut room = vec![0; a.len() + 1 + b.len()];
            divide::<true>(q, &mut room, a, b);
            rest[..b.len()].copy_from_slice(&room[..b.len()]);
        }
    }
}
