//! Products of coefficients: row by row, by Karatsuba's method, and by number-theoretic transforms (`transform.rs`) for long ones.

use super::limbs::{Limbs, RADIX, add_into, add_limb, split_radix, sub_from, trim};
use super::transform;

/// Shortest operands that are split in halves.
const KARATSUBA: usize = 32;
/// Shortest operands that are transformed.
const TRANSFORM: usize = 300;

/// `a * b`.
#[inline]
pub(super) fn multiply(a: &[u64], b: &[u64]) -> Limbs {
    if let (&[x], &[y]) = (a, b) {
        let wide = u128::from(x) * u128::from(y);
        let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
        let mut out = Limbs::new();
        out.push(low);
        if high != 0 {
            out.push(high);
        }
        return out;
    }
    let mut out = Limbs::from_elem(0, a.len() + b.len());
    multiply_into(&mut out, a, b);
    trim(&mut out);
    out
}

/// `out = a * b`; `out` is as long as both together.
fn multiply_into(out: &mut [u64], a: &[u64], b: &[u64]) {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() < KARATSUBA {
        return rows(out, long, short);
    }
    if short.len() >= TRANSFORM && long.len() < 4 * short.len() && transform::multiply(out, long, short) {
        return;
    }
    if long.len() < 2 * short.len() {
        return karatsuba(out, long, short);
    }
    // Pieces of the long operand, each about as long as the short one.
    out.fill(0);
    let mut product = vec![0; 2 * short.len()];
    for (i, piece) in long.chunks(short.len()).enumerate() {
        let product = &mut product[..piece.len() + short.len()];
        multiply_into(product, piece, short);
        add_into(&mut out[i * short.len()..], product);
    }
}

/// The products of limbs do not wait for each other: each is split at once, and only carries of one travel.
fn rows(out: &mut [u64], long: &[u64], short: &[u64]) {
    let Some((&x, rest)) = short.split_first() else { return out.fill(0) };
    let (mut above, mut carry) = (0, 0);
    for (o, &y) in out.iter_mut().zip(long) {
        let wide = u128::from(x) * u128::from(y);
        let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
        (*o, carry) = add_limb(low, above, carry);
        above = high;
    }
    out[long.len()] = above + carry;
    for (i, &x) in (1..).zip(rest) {
        let (mut above, mut carry) = (0, 0);
        for (o, &y) in out[i..i + long.len()].iter_mut().zip(long) {
            let wide = u128::from(x) * u128::from(y);
            let (high, low) = split_radix((wide >> 64) as u64, wide as u64);
            // The high half of a product is below the base less one, so that carries can be added to it.
            let (sum, first) = add_limb(low, above, carry);
            let (sum, second) = add_limb(sum, *o, 0);
            *o = sum;
            (above, carry) = (high, first + second);
        }
        out[i + long.len()] = above + carry;
    }
}

/// With `a = a1·B + a0` and `b = b1·B + b0`: `a0·b0`, `a1·b1` and `(a0 + a1)·(b0 + b1)` give the product.
fn karatsuba(out: &mut [u64], a: &[u64], b: &[u64]) {
    let half = a.len().div_ceil(2);
    let (a0, a1) = a.split_at(half);
    let (b0, b1) = b.split_at(half);
    let sum = |low: &[u64], high: &[u64]| {
        let mut sum = low.to_vec();
        sum.push(0);
        add_into(&mut sum, high);
        sum
    };
    let (sa, sb) = (sum(a0, a1), sum(b0, b1));
    let mut middle = vec![0; sa.len() + sb.len()];
    multiply_into(&mut middle, &sa, &sb);
    let (low, high) = out.split_at_mut(2 * half);
    multiply_into(low, a0, b0);
    multiply_into(high, a1, b1);
    sub_from(&mut middle, low);
    sub_from(&mut middle, high);
    let used = super::limbs::trimmed(&middle);
    add_into(&mut out[half..], used);
    debug_assert!(out.iter().all(|&x| x < RADIX));
}
