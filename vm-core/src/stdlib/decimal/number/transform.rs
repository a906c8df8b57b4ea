//! Products by number-theoretic transforms: the coefficients' convolution modulo three primes, put together by the Chinese remainder
//! theorem. Time grows as n·log n, which is what makes numbers of a hundred thousand digits and more usable.

use super::limbs::split_radix;

/// Primes `k·2^40 + 1` below 2^63 with a generator; below 2^63, so that sums of two residues fit a word.
const P1: u64 = 9_223_369_837_831_520_257;
const P2: u64 = 9_223_353_345_157_103_617;
const P3: u64 = 9_223_346_748_087_336_961;
const GENERATORS: [u64; 3] = [7, 5, 7];
/// Longest transform.
const MOST: usize = 1 << 32;

/// Arithmetic modulo `P` with residues in Montgomery's form.
struct Field<const P: u64>;

impl<const P: u64> Field<P> {
    /// `-1 / P` modulo 2^64.
    const NEGATIVE_INVERSE: u64 = {
        let mut x = 1u64;
        let mut i = 0;
        while i < 6 {
            x = x.wrapping_mul(2u64.wrapping_sub(P.wrapping_mul(x)));
            i += 1;
        }
        x.wrapping_neg()
    };
    /// `2^128` modulo `P`, which brings a residue into the form.
    const SQUARE: u64 = ((u128::MAX % P as u128 + 1) % P as u128) as u64;

    #[inline(always)]
    fn multiply(a: u64, b: u64) -> u64 {
        let wide = u128::from(a) * u128::from(b);
        let m = (wide as u64).wrapping_mul(Self::NEGATIVE_INVERSE);
        let t = ((wide + u128::from(m) * u128::from(P)) >> 64) as u64;
        if t >= P { t - P } else { t }
    }

    #[inline(always)]
    fn add(a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum >= P { sum - P } else { sum }
    }

    #[inline(always)]
    fn sub(a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + P - b }
    }

    fn enter(x: u64) -> u64 {
        Self::multiply(x % P, Self::SQUARE)
    }

    fn power(mut base: u64, mut exponent: u64) -> u64 {
        let mut result = Self::enter(1);
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = Self::multiply(result, base);
            }
            base = Self::multiply(base, base);
            exponent >>= 1;
        }
        result
    }

    /// The powers of a root of unity that the transforms of `n` items need: for each length its own, one after the other.
    fn roots(root: u64, n: usize) -> Vec<u64> {
        let mut table = vec![0; n];
        let mut half = n / 2;
        let mut step = root;
        while half > 0 {
            let mut x = Self::enter(1);
            for slot in &mut table[half..2 * half] {
                *slot = x;
                x = Self::multiply(x, step);
            }
            step = Self::multiply(step, step);
            half /= 2;
        }
        table
    }

    /// The transform, leaving the items in bit-reversed order.
    fn forward(a: &mut [u64], roots: &[u64]) {
        let mut half = a.len() / 2;
        while half > 0 {
            let roots = &roots[half..2 * half];
            for block in a.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((x, y), &w) in low.iter_mut().zip(high).zip(roots) {
                    let (u, v) = (*x, *y);
                    *x = Self::add(u, v);
                    *y = Self::multiply(Self::sub(u, v), w);
                }
            }
            half /= 2;
        }
    }

    /// What undoes it, from bit-reversed order, but for a factor of the length.
    fn backward(a: &mut [u64], roots: &[u64]) {
        let mut half = 1;
        while half < a.len() {
            let roots = &roots[half..2 * half];
            for block in a.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((x, y), &w) in low.iter_mut().zip(high).zip(roots) {
                    let (u, v) = (*x, Self::multiply(*y, w));
                    *x = Self::add(u, v);
                    *y = Self::sub(u, v);
                }
            }
            half *= 2;
        }
    }

    /// The convolution of `a` and `b` modulo the prime, in `n` items.
    fn convolve(a: &[u64], b: &[u64], n: usize, generator: u64) -> Vec<u64> {
        let root = Self::power(Self::enter(generator), (P - 1) / n as u64);
        let roots = Self::roots(root, n);
        let load = |from: &[u64]| {
            let mut items: Vec<u64> = from.iter().map(|&x| if x >= P { x - P } else { x }).collect();
            items.resize(n, 0);
            Self::forward(&mut items, &roots);
            items
        };
        let mut product = load(a);
        // Residues are not in Montgomery's form here: each product loses a factor of 2^64, which the last factor makes good.
        if std::ptr::eq(a, b) {
            product.iter_mut().for_each(|x| *x = Self::multiply(*x, *x));
        } else {
            let other = load(b);
            product.iter_mut().zip(&other).for_each(|(x, &y)| *x = Self::multiply(*x, y));
        }
        let inverse = Self::power(root, n as u64 - 1);
        Self::backward(&mut product, &Self::roots(inverse, n));
        let scale = Self::multiply(Self::power(Self::enter(n as u64), P - 2), Self::SQUARE);
        product.iter_mut().for_each(|x| *x = Self::multiply(*x, scale));
        product
    }
}

/// `out = a * b`, if it is not too long for this.
pub(super) fn multiply(out: &mut [u64], a: &[u64], b: &[u64]) -> bool {
    let n = out.len().next_power_of_two();
    if n > MOST {
        return false;
    }
    let r1 = Field::<P1>::convolve(a, b, n, GENERATORS[0]);
    let r2 = Field::<P2>::convolve(a, b, n, GENERATORS[1]);
    let r3 = Field::<P3>::convolve(a, b, n, GENERATORS[2]);
    let p1_in_2 = Field::<P2>::power(Field::<P2>::enter(P1), P2 - 2);
    let p1_in_3 = Field::<P3>::power(Field::<P3>::enter(P1), P3 - 2);
    let p2_in_3 = Field::<P3>::power(Field::<P3>::enter(P2), P3 - 2);
    let p1p2 = u128::from(P1) * u128::from(P2);
    let (mut carry_low, mut carry_high) = (0u64, 0u64);
    for (i, out) in out.iter_mut().enumerate() {
        // Mixed radix: x1 + P1·(x2 + P2·x3).
        let x1 = r1[i];
        let x2 = Field::<P2>::multiply(Field::<P2>::sub(r2[i], x1 % P2), p1_in_2);
        let x3 = Field::<P3>::multiply(Field::<P3>::sub(r3[i], x1 % P3), p1_in_3);
        let x3 = Field::<P3>::multiply(Field::<P3>::sub(x3, x2 % P3), p2_in_3);
        // The sum with the carry, in three words.
        let low = u128::from(P1) * u128::from(x2) + u128::from(x1);
        let (low, over) = low.overflowing_add(u128::from(carry_high) << 64 | u128::from(carry_low));
        let part = u128::from(p1p2 as u64) * u128::from(x3);
        let (low, again) = low.overflowing_add(part);
        let high = (u128::from((p1p2 >> 64) as u64) * u128::from(x3)) << 64;
        let top = ((u128::from((p1p2 >> 64) as u64) * u128::from(x3)) >> 64) as u64;
        let (low, third) = low.overflowing_add(high);
        let top = top + u64::from(over) + u64::from(again) + u64::from(third);
        let (q1, rest) = split_radix(top, (low >> 64) as u64);
        let (q0, digit) = split_radix(rest, low as u64);
        (carry_high, carry_low) = (q1, q0);
        *out = digit;
    }
    debug_assert!(carry_low == 0 && carry_high == 0);
    true
}
