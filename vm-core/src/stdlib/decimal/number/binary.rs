//! Coefficients to binary and back, for `int` and for what is computed in binary.

use super::limbs::{Limbs, POW10, RADIX, WORD, multiply_add};
use crate::text::limbs as bits;
use num_bigint::BigUint;

/// Lengths from which on numbers are converted by halves.
const HALVE: usize = 40;

/// The limbs in base 2^64 of a coefficient; none for zero.
pub(crate) fn to_binary(coeff: &[u64]) -> Vec<u64> {
    let mut powers: Vec<Vec<u64>> = Vec::new();
    let mut out = convert(coeff, &mut powers);
    out.truncate(bits::significant(&out));
    out
}

fn convert(coeff: &[u64], powers: &mut Vec<Vec<u64>>) -> Vec<u64> {
    if coeff.len() < HALVE {
        let mut out: Vec<u64> = Vec::with_capacity(coeff.len() + 1);
        for &x in coeff.iter().rev() {
            let mut carry = x;
            for limb in &mut out {
                let wide = u128::from(*limb) * u128::from(RADIX) + u128::from(carry);
                (*limb, carry) = (wide as u64, (wide >> 64) as u64);
            }
            if carry != 0 {
                out.push(carry);
            }
        }
        return out;
    }
    // The low part has 2^level limbs.
    let level = (coeff.len() - 1).ilog2() as usize;
    while powers.len() <= level {
        let next = match powers.last() {
            None => vec![RADIX],
            Some(last) => {
                let mut next = vec![0; 2 * last.len()];
                bits::square(&mut next, last);
                next.truncate(bits::significant(&next));
                next
            }
        };
        powers.push(next);
    }
    let (low, high) = coeff.split_at(1 << level);
    let mut low = convert(low, powers);
    let high = convert(high, powers);
    low.truncate(bits::significant(&low));
    let high = bits::trimmed(&high);
    let mut product = vec![0; high.len() + powers[level].len()];
    bits::mul(&mut product, high, &powers[level]);
    let product = bits::trimmed(&product);
    let mut sum = vec![0; product.len().max(low.len()) + 1];
    bits::add(&mut sum, product, &low);
    sum
}

/// The coefficient of limbs in base 2^64.
pub(crate) fn from_binary(limbs: &[u64]) -> Limbs {
    let limbs = bits::trimmed(limbs);
    if limbs.len() < HALVE {
        let mut out = Limbs::from_elem(0, 1);
        for &x in limbs.iter().rev() {
            // Times 2^64, which is above the base, in two steps.
            multiply_add(&mut out, 1 << 32, x >> 32);
            multiply_add(&mut out, 1 << 32, x & 0xffff_ffff);
        }
        return out;
    }
    let mut text = Vec::with_capacity(limbs.len() * 20);
    bits::append_decimal(&mut text, limbs);
    text.rchunks(WORD).map(|chunk| chunk.iter().fold(0, |x, &c| x * 10 + u64::from(c - b'0'))).collect()
}

/// A coefficient as num-bigint has it.
pub(super) fn to_big(coeff: &[u64]) -> BigUint {
    match *coeff {
        [x] => BigUint::from(x),
        _ => bits::to_bigint(false, &to_binary(coeff)).into_parts().1,
    }
}

/// The coefficient of a number of num-bigint's.
pub(super) fn from_big(n: &BigUint) -> Limbs {
    from_binary(&n.to_u64_digits())
}

/// `10^n` as num-bigint has it.
pub(super) fn power_of_ten(n: u64) -> BigUint {
    match POW10.get(n as usize) {
        Some(&power) => BigUint::from(power),
        None => BigUint::from(10u32).pow(n as u32),
    }
}
