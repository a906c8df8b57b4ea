//! The greatest common divisor, by D. H. Lehmer's method: the quotients of Euclid's steps are found from the top bits of both numbers as
//! long as those determine them (Knuth, The Art of Computer Programming, volume 2, 4.5.2, algorithm L), and then applied at once.

use super::{Limb, bits, compare, div_rem, significant};
use std::cmp::Ordering;

/// Bits of the leading parts, so that they and their cofactors are machine integers with a sign.
const LEAD_BITS: u64 = 62;

/// The greatest common divisor of two magnitudes.
#[must_use]
pub fn gcd(a: &[Limb], b: &[Limb]) -> Vec<Limb> {
    let (mut a, mut b) = (a.to_vec(), b.to_vec());
    if compare(&a, &b) == Ordering::Less {
        std::mem::swap(&mut a, &mut b);
    }
    let (mut next_a, mut next_b) = (Vec::new(), Vec::new());
    let mut quotient = Vec::new();
    while b.len() > 1 {
        let [ca, cb, da, db] = cofactors(&a, &b);
        if cb == 0 {
            // The top bits determine nothing: a division.
            quotient.clear();
            quotient.resize(a.len() - b.len() + 1, 0);
            next_a.clear();
            next_a.resize(a.len() + 1, 0);
            div_rem(&mut quotient, &mut next_a, &a, &b);
            next_a.truncate(b.len());
            next_a.truncate(significant(&next_a));
            std::mem::swap(&mut a, &mut b);
            std::mem::swap(&mut b, &mut next_a);
        } else {
            combine(&mut next_a, (ca, &a), (cb, &b));
            combine(&mut next_b, (da, &a), (db, &b));
            std::mem::swap(&mut a, &mut next_a);
            std::mem::swap(&mut b, &mut next_b);
        }
    }
    let Some(&small) = b.first() else { return a };
    vec![gcd_word(small, super::rem_word(&a, small))]
}

/// The greatest common divisor of two machine integers.
#[must_use]
pub fn gcd_word(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        (a, b) = (a.min(b), a.abs_diff(b));
    }
    a << shift
}

/// `LEAD_BITS` bits of a number, from bit `low` on.
fn lead(a: &[Limb], low: u64) -> i64 {
    let (limb, shift) = ((low / 64) as usize, low % 64);
    let at = |i: usize| a.get(i).copied().unwrap_or(0);
    let word = (u128::from(at(limb + 1)) << 64 | u128::from(at(limb))) >> shift;
    (word & ((1 << LEAD_BITS) - 1)) as i64
}

/// What several of Euclid's steps make of `a >= b`: `[ca, cb, da, db]` for `(ca·a + cb·b, da·a + db·b)`.
fn cofactors(a: &[Limb], b: &[Limb]) -> [i64; 4] {
    let low = bits(a) - LEAD_BITS;
    let (mut x, mut y) = (lead(a, low), lead(b, low));
    let [mut ca, mut cb, mut da, mut db] = [1i64, 0, 0, 1];
    while y + da != 0 && y + db != 0 {
        let q = ((x + ca).cast_unsigned() / (y + da).cast_unsigned()).cast_signed();
        // Whether the other bounds have the same quotient.
        if !q.checked_mul(y + db).is_some_and(|product| (0..y + db).contains(&(x + cb - product))) {
            break;
        }
        (ca, da) = (da, ca - q * da);
        (cb, db) = (db, cb - q * db);
        (x, y) = (y, x - q * y);
    }
    [ca, cb, da, db]
}

/// `out = ca·a + cb·b`, which is not below zero, for cofactors of different signs; `a` is no shorter than `b`.
fn combine(out: &mut Vec<Limb>, (ca, a): (i64, &[Limb]), (cb, b): (i64, &[Limb])) {
    let (p, n) = (u128::from(ca.unsigned_abs()), u128::from(cb.unsigned_abs()));
    let sign = if ca < 0 || cb > 0 { -1 } else { 1 };
    out.clear();
    let mut carry = 0i128;
    let b = b.iter().copied().chain(std::iter::repeat(0));
    out.extend(a.iter().zip(b).map(|(&x, y)| {
        // Cofactors have at most 62 bits.
        let difference = (p * u128::from(x)).cast_signed() - (n * u128::from(y)).cast_signed();
        let sum = sign * difference + carry;
        carry = sum >> 64;
        sum as Limb
    }));
    debug_assert!(carry == 0);
    out.truncate(significant(out));
}

#[cfg(test)]
mod tests {
    use super::super::{to_bigint, trimmed};
    use super::*;
    use num_integer::Integer;

    #[test]
    fn agrees_with_num_bigint() {
        let mut seed = 5u64;
        let mut limb = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Runs of equal bits are where carries go wrong.
            match seed >> 60 {
                0 => 0,
                1 => u64::MAX,
                _ => seed ^ seed >> 29,
            }
        };
        for n in 0..2000usize {
            let mut number = |len: usize| trimmed(&(0..len).map(|_| limb()).collect::<Vec<_>>()).to_vec();
            let (a, b, c) = (number(n % 12), number(n / 7 % 12), number(n % 5));
            let (a, b, c) = (to_bigint(false, &a), to_bigint(false, &b), to_bigint(false, &c));
            let (a, b) = (a * &c, b * c);
            let limbs = |x: &num_bigint::BigInt| x.magnitude().to_u64_digits();
            assert_eq!(to_bigint(false, &gcd(&limbs(&a), &limbs(&b))), a.gcd(&b), "{a} {b}");
        }
        let (mut a, mut b) = (num_bigint::BigInt::from(1), num_bigint::BigInt::from(1));
        for _ in 0..2000 {
            (a, b) = (&a + &b, a);
        }
        assert_eq!(gcd(&a.magnitude().to_u64_digits(), &b.magnitude().to_u64_digits()), [1]);
    }
}
