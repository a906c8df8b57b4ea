//! Divisors of one and two limbs with their reciprocals, which turn each further division into two products (N. Möller and T. Granlund,
//! Improved division by invariant integers, 2011). The reciprocal itself comes from a table and three of Newton's steps, so that no
//! division instruction is needed at all. The loops over limbs are in `div.rs`.

use super::Limb;

#[inline(always)]
pub(super) const fn wide(high: Limb, low: Limb) -> u128 {
    (high as u128) << 64 | low as u128
}

#[inline(always)]
const fn halves(x: u128) -> (Limb, Limb) {
    ((x >> 64) as Limb, x as Limb)
}

/// Eleven bits of the reciprocals of numbers whose top nine bits are 256, 257, …
const FIRST: [u16; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        table[i] = (((1 << 19) - (3 << 8)) / (256 + i)) as u16;
        i += 1;
    }
    table
};

/// `(2^128 - 1) / d - 2^64` for `d` with its top bit set.
#[inline]
const fn reciprocal(d: Limb) -> Limb {
    let (odd, top40, half) = (d & 1, (d >> 24) + 1, (d >> 1) + (d & 1));
    let v = FIRST[(d >> 55) as usize & 255] as u64;
    let v = (v << 11) - ((v * v * top40) >> 40) - 1;
    let v = (v << 13) + ((v * ((1 << 60) - v * top40)) >> 47);
    let error = ((v >> 1) & odd.wrapping_neg()).wrapping_sub(v.wrapping_mul(half));
    let v = (v << 31).wrapping_add(halves(v as u128 * error as u128).0 >> 1);
    v.wrapping_sub(halves(v as u128 * d as u128 + d as u128).0).wrapping_sub(d)
}

/// A divisor of one limb whose top bit is set, with its reciprocal.
#[derive(Clone, Copy)]
pub(super) struct Divisor1 {
    d: Limb,
    reciprocal: Limb,
}

impl Divisor1 {
    #[inline(always)]
    pub(super) const fn new(d: Limb) -> Divisor1 {
        Divisor1 { d, reciprocal: reciprocal(d) }
    }

    /// Divides two limbs, the higher of which is below the divisor.
    #[inline(always)]
    pub(super) fn divide(self, high: Limb, low: Limb) -> (Limb, Limb) {
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

/// A divisor of two limbs whose top bit is set, or the two top limbs of a longer one, with their reciprocal.
#[derive(Clone, Copy)]
pub(super) struct Divisor2 {
    pub(super) d: u128,
    reciprocal: Limb,
}

impl Divisor2 {
    #[inline]
    pub(super) fn new(d1: Limb, d0: Limb) -> Divisor2 {
        let mut v = reciprocal(d1);
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

    /// Divides three limbs, the higher two of which are below the divisor.
    #[inline(always)]
    pub(super) fn divide(self, high: u128, u0: Limb) -> (Limb, u128) {
        let (d1, d0) = halves(self.d);
        let (u2, u1) = halves(high);
        let (q1, q0) = halves((u128::from(self.reciprocal) * u128::from(u2)).wrapping_add(high));
        let r1 = u1.wrapping_sub(q1.wrapping_mul(d1));
        let mut r = wide(r1, u0).wrapping_sub(u128::from(d0) * u128::from(q1)).wrapping_sub(self.d);
        let mut q = q1.wrapping_add(1);
        if (r >> 64) as Limb >= q0 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reciprocals_are_exact() {
        let mut d: u64 = 0x9E37_79B9_7F4A_7C15;
        for i in 0..100_000u64 {
            d = d.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(i);
            let edge = (1 << 63) | (d & if i % 3 == 0 { u64::MAX } else { u64::MAX >> (i % 64) });
            for d in [edge, !edge | 1 << 63, 1 << 63, u64::MAX] {
                assert_eq!(reciprocal(d), (u128::MAX / u128::from(d)) as u64, "{d}");
            }
        }
    }
}
