//! Modular powers by repeated squaring, reducing with one reciprocal of the modulus. The numbers are kept modulo the modulus shifted left
//! until its top bit is set, a multiple of it, so that nothing is shifted between two steps.

use super::div::{Modulus, div_rem, unshift};
use super::reciprocal::{Divisor1, Divisor2, wide};
use super::{Limb, bits, compare, mul, shift_left_bits, square};
use std::cmp::Ordering;

/// Exponents of more bits are read five bits at a time.
const WINDOW_FROM_BITS: u64 = 80;
const WINDOW: u64 = 5;

/// A modulus shifted left, as its length wants it.
enum Shifted<'a> {
    One(Divisor1),
    Two(Divisor2),
    More(Modulus<'a>),
}

impl Shifted<'_> {
    /// Leaves `u` modulo the modulus in its first limbs. The top limbs of `u` are below the modulus.
    fn reduce(&self, u: &mut [Limb]) {
        match self {
            Shifted::One(d) => {
                let mut rest = u[u.len() - 1];
                for &x in u[..u.len() - 1].iter().rev() {
                    (_, rest) = d.divide(rest, x);
                }
                u[0] = rest;
            }
            Shifted::Two(d) => {
                let mut rest = wide(u[u.len() - 1], u[u.len() - 2]);
                for &x in u[..u.len() - 2].iter().rev() {
                    (_, rest) = d.divide(rest, x);
                }
                (u[0], u[1]) = (rest as Limb, (rest >> 64) as Limb);
            }
            Shifted::More(modulus) => modulus.reduce::<false>(&mut [], u),
        }
    }
}

fn bits_at(a: &[Limb], from: u64, count: u64) -> usize {
    let bit = |i: u64| a.get((i / 64) as usize).map_or(0, |x| (x >> (i % 64) & 1) as usize);
    (0..count).rev().fold(0, |n, i| n << 1 | bit(from + i))
}

/// `base ** exponent % modulus`; `base` may be longer than the modulus, which is not zero. The result has as many limbs as the modulus,
/// leading zeros perhaps among them.
#[must_use]
pub fn pow_mod(base: &[Limb], exponent: &[Limb], modulus: &[Limb]) -> Vec<Limb> {
    let n = modulus.len();
    let shift = modulus[n - 1].leading_zeros();
    let mut v = vec![0; n];
    shift_left_bits(&mut v, modulus, shift);
    let shifted = match *v {
        [d] => Shifted::One(Divisor1::new(d)),
        [low, high] => Shifted::Two(Divisor2::new(high, low)),
        _ => Shifted::More(Modulus::new(&v)),
    };
    let mut x = vec![0; n];
    if compare(base, modulus) == Ordering::Less {
        x[..base.len()].copy_from_slice(base);
    } else {
        let mut q = vec![0; base.len() - n + 1];
        let mut rest = vec![0; base.len() + 1];
        div_rem(&mut q, &mut rest, base, modulus);
        x.copy_from_slice(&rest[..n]);
    }
    let mut result = vec![0; n];
    let mut product = vec![0; 2 * n];
    let exponent_bits = bits(exponent);
    if exponent_bits == 0 {
        result[0] = 1;
    } else if exponent_bits <= WINDOW_FROM_BITS {
        result.copy_from_slice(&x);
        for bit in (0..exponent_bits - 1).rev() {
            square(&mut product, &result);
            shifted.reduce(&mut product);
            result.copy_from_slice(&product[..n]);
            if bits_at(exponent, bit, 1) == 1 {
                mul(&mut product, &result, &x);
                shifted.reduce(&mut product);
                result.copy_from_slice(&product[..n]);
            }
        }
    } else {
        // The powers below 2^WINDOW.
        let mut powers = vec![0; n << WINDOW];
        powers[0] = 1;
        powers[n..2 * n].copy_from_slice(&x);
        for i in 2..1 << WINDOW {
            mul(&mut product, &powers[(i - 1) * n..i * n], &x);
            shifted.reduce(&mut product);
            powers[i * n..(i + 1) * n].copy_from_slice(&product[..n]);
        }
        let mut from = exponent_bits.div_ceil(WINDOW) * WINDOW - WINDOW;
        let first = bits_at(exponent, from, WINDOW);
        result.copy_from_slice(&powers[first * n..(first + 1) * n]);
        while from > 0 {
            from -= WINDOW;
            for _ in 0..WINDOW {
                square(&mut product, &result);
                shifted.reduce(&mut product);
                result.copy_from_slice(&product[..n]);
            }
            let digit = bits_at(exponent, from, WINDOW);
            if digit != 0 {
                mul(&mut product, &result, &powers[digit * n..(digit + 1) * n]);
                shifted.reduce(&mut product);
                result.copy_from_slice(&product[..n]);
            }
        }
    }
    // From the multiple of the modulus to the modulus itself.
    last_step(result, &shifted, shift)
}

/// `x` modulo the modulus itself, of which the one used so far is `2^shift` times.
fn last_step(x: Vec<Limb>, shifted: &Shifted<'_>, shift: u32) -> Vec<Limb> {
    if shift == 0 {
        // The base's first power, or one for a modulus of one, is all that may exceed it; neither has a shift of zero.
        return x;
    }
    let n = x.len();
    let mut u = vec![0; n + 1];
    u[n] = shift_left_bits(&mut u[..n], &x, shift);
    shifted.reduce(&mut u);
    u.truncate(n);
    unshift(&mut u, shift);
    u
}
