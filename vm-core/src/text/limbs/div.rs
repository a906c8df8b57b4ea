//! Quotients and remainders: limb by limb, each estimated from the top limbs with a reciprocal that is computed once (N. Möller and
//! T. Granlund, Improved division by invariant integers, 2011), so that no division instruction runs in the loop.

use super::{Limb, shift_left_bits};

fn wide(high: Limb, low: Limb) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

fn halves(x: u128) -> (Limb, Limb) {
    ((x >> 64) as Limb, x as Limb)
}

/// A divisor of one limb whose top bit is set, with its reciprocal.
#[derive(Clone, Copy)]
pub(super) struct Divisor1 {
    d: Limb,
    reciprocal: Limb,
}

impl Divisor1 {
    pub(super) fn new(d: Limb) -> Divisor1 {
        Divisor1 { d, reciprocal: (u128::MAX / u128::from(d)) as Limb }
    }

    /// Divides two limbs, the higher of which is below the divisor.
    #[inline(always)]
    fn divide(self, high: Limb, low: Limb) -> (Limb, Limb) {
        let (q1, q0) = halves(u128::from(self.reciprocal) * u128::from(high) + wide(high, low));
        let mut q = q1.wrapping_add(1);
        let mut r = low.wrapping_sub(q.wrapping_mul(self.d));
        if r > q0 {
            q = q.wrapping_sub(1);
            r = r.wrapping_add(self.d);
        }
        if r >= self.d {
            q = q.wrapping_add(1);
            r -= self.d;
        }
        (q, r)
    }
}

/// `a = a / d` for a divisor given shifted left by `shift` (below 64); the remainder.
pub(super) fn div_rem_small(a: &mut [Limb], divisor: Divisor1, shift: u32) -> Limb {
    let mut rest = 0;
    if shift == 0 {
        for x in a.iter_mut().rev() {
            (*x, rest) = divisor.divide(rest, *x);
        }
        return rest;
    }
    let Some(&top) = a.last() else { return 0 };
    rest = top >> (64 - shift);
    for i in (0..a.len()).rev() {
        let below = if i > 0 { a[i - 1] >> (64 - shift) } else { 0 };
        (a[i], rest) = divisor.divide(rest, a[i] << shift | below);
    }
    rest >> shift
}

/// The two top limbs of a divisor whose top bit is set, with their reciprocal.
#[derive(Clone, Copy)]
struct Divisor2 {
    d: u128,
    reciprocal: Limb,
}

impl Divisor2 {
    fn new(d1: Limb, d0: Limb) -> Divisor2 {
        let mut v = Divisor1::new(d1).reciprocal;
        let mut p = d1.wrapping_mul(v).wrapping_add(d0);
        if p < d0 {
            v = v.wrapping_sub(1);
            if p >= d1 {
                v = v.wrapping_sub(1);
                p = p.wrapping_sub(d1);
            }
            p = p.wrapping_sub(d1);
        }
        let (t1, t0) = halves(u128::from(v) * u128::from(d0));
        p = p.wrapping_add(t1);
        if p < t1 {
            v = v.wrapping_sub(1);
            if wide(p, t0) >= wide(d1, d0) {
                v = v.wrapping_sub(1);
            }
        }
        Divisor2 { d: wide(d1, d0), reciprocal: v }
    }

    /// The quotient of three limbs, the higher two of which are below the divisor.
    #[inline(always)]
    fn quotient(self, u2: Limb, u1: Limb, u0: Limb) -> Limb {
        let (d1, d0) = halves(self.d);
        let (q1, q0) = halves((u128::from(self.reciprocal) * u128::from(u2)).wrapping_add(wide(u2, u1)));
        let r1 = u1.wrapping_sub(q1.wrapping_mul(d1));
        let mut r = wide(r1, u0).wrapping_sub(u128::from(d0) * u128::from(q1)).wrapping_sub(self.d);
        let mut q = q1.wrapping_add(1);
        if (r >> 64) as Limb >= q0 {
            q = q.wrapping_sub(1);
            r = r.wrapping_add(self.d);
        }
        if r >= self.d { q.wrapping_add(1) } else { q }
    }
}

/// `u -= v * q`, where `u` is as long as `v`; what is to be taken from the limb above.
#[inline]
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

/// Divides `a` by `b`, both without leading zeros and `a` no shorter than `b`, which is not zero. The quotient goes to `q`, which has
/// `a.len() - b.len() + 1` limbs; the remainder to the first `b.len()` limbs of `rest`, which has `a.len() + 1` (and is used up).
pub fn div_rem(q: &mut [Limb], rest: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let n = b.len();
    let shift = b[n - 1].leading_zeros();
    if n == 1 {
        q.copy_from_slice(a);
        rest[0] = div_rem_small(q, Divisor1::new(b[0] << shift), shift);
        return;
    }
    let mut short = [0; 32];
    let mut long;
    let v: &mut [Limb] = if n <= short.len() {
        &mut short[..n]
    } else {
        long = vec![0; n];
        &mut long
    };
    shift_left_bits(v, b, shift);
    rest[a.len()] = shift_left_bits(&mut rest[..a.len()], a, shift);
    let divisor = Divisor2::new(v[n - 1], v[n - 2]);
    for (j, q) in q.iter_mut().enumerate().rev() {
        let u = &mut rest[j..=j + n];
        let (u2, u1, u0) = (u[n], u[n - 1], u[n - 2]);
        // Where the top limbs are equal the quotient's limb is the greatest there is, or one less.
        let mut digit = if wide(u2, u1) >= divisor.d { Limb::MAX } else { divisor.quotient(u2, u1, u0) };
        if digit != 0 {
            let taken = sub_mul_row(&mut u[..n], v, digit);
            let (top, borrow) = u2.overflowing_sub(taken);
            u[n] = top;
            if borrow {
                digit -= 1;
                if super::add_assign(&mut u[..n], v) {
                    u[n] = u[n].wrapping_add(1);
                }
            }
        }
        *q = digit;
    }
    if shift > 0 {
        let mut carry = 0;
        for x in rest[..n].iter_mut().rev() {
            let next = *x << (64 - shift);
            *x = *x >> shift | carry;
            carry = next;
        }
    }
}
