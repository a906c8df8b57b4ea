//! Products: row by row, by Karatsuba's method for long operands, and powers.

use super::{Limb, add_assign, bits, shift_left, significant, sub_assign};

/// Shortest operands (in limbs) that are split in halves.
const KARATSUBA: usize = 40;

/// `out += a * x`; the carry.
#[inline]
fn mul_add_row(out: &mut [Limb], a: &[Limb], x: Limb) -> Limb {
    let mut carry = 0;
    for (o, &y) in out.iter_mut().zip(a) {
        (*o, carry) = y.carrying_mul_add(x, carry, *o);
    }
    carry
}

/// `out = a * x`; the carry.
#[inline]
fn mul_row(out: &mut [Limb], a: &[Limb], x: Limb) -> Limb {
    let mut carry = 0;
    for (o, &y) in out.iter_mut().zip(a) {
        (*o, carry) = y.carrying_mul(x, carry);
    }
    carry
}

/// `a = a * x`, for a number without leading zeros and `x` not zero.
pub fn mul_word(a: &mut Vec<Limb>, x: Limb) {
    let mut carry = 0;
    for y in a.iter_mut() {
        (*y, carry) = y.carrying_mul(x, carry);
    }
    if carry != 0 {
        a.push(carry);
    }
}

/// `out = a * b`; `out` is as long as both together. Leading zeros are allowed.
pub fn mul(out: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() < KARATSUBA {
        rows(out, long, short);
    } else if long.len() < 2 * short.len() {
        karatsuba(out, long, short);
    } else {
        // Pieces of the long operand, each as long as the short one.
        out.fill(0);
        let mut product = vec![0; 2 * short.len()];
        for (i, piece) in long.chunks(short.len()).enumerate() {
            let product = &mut product[..piece.len() + short.len()];
            mul(product, piece, short);
            add_assign(&mut out[i * short.len()..], product);
        }
    }
}

fn rows(out: &mut [Limb], long: &[Limb], short: &[Limb]) {
    let Some((&first, rest)) = short.split_first() else { return out.fill(0) };
    let n = long.len();
    out[n] = mul_row(&mut out[..n], long, first);
    for (i, &x) in rest.iter().enumerate() {
        out[i + 1 + n] = mul_add_row(&mut out[i + 1..=i + n], long, x);
    }
}

/// With `a = a1·B + a0` and `b = b1·B + b0`: `a0·b0`, `a1·b1` and `(a0 + a1)·(b0 + b1)` give the product.
fn karatsuba(out: &mut [Limb], a: &[Limb], b: &[Limb]) {
    let half = a.len().div_ceil(2);
    let (a0, a1) = a.split_at(half);
    let (b0, b1) = b.split_at(half);
    let mut sums = vec![0; 4 * half + 4];
    let (sa, rest) = sums.split_at_mut(half + 1);
    let (sb, middle) = rest.split_at_mut(half + 1);
    sa[..half].copy_from_slice(a0);
    sa[half] = Limb::from(add_assign(&mut sa[..half], a1));
    sb[..half].copy_from_slice(b0);
    sb[half] = Limb::from(add_assign(&mut sb[..half], b1));
    mul(middle, sa, sb);
    let (low, high) = out.split_at_mut(2 * half);
    mul(low, a0, b0);
    mul(high, a1, b1);
    sub_assign(middle, low);
    sub_assign(middle, high);
    let n = significant(middle);
    add_assign(&mut out[half..], &middle[..n]);
}

/// `out = a * a`; `out` is twice as long as `a`. Leading zeros are allowed.
pub fn square(out: &mut [Limb], a: &[Limb]) {
    let n = a.len();
    if n >= KARATSUBA {
        return karatsuba_square(out, a);
    }
    // The products of different limbs, doubled, and the squares.
    out.fill(0);
    for (i, &x) in a.iter().enumerate() {
        out[i + n] = mul_add_row(&mut out[2 * i + 1..i + n], &a[i + 1..], x);
    }
    let (mut carry, mut top) = (0, 0);
    for (pair, &x) in out.as_chunks_mut::<2>().0.iter_mut().zip(a) {
        let next = pair[1] >> 63;
        pair[1] = pair[1] << 1 | pair[0] >> 63;
        pair[0] = pair[0] << 1 | top;
        top = next;
        let (low, high) = x.carrying_mul_add(x, pair[0], carry);
        let (high, overflow) = pair[1].overflowing_add(high);
        *pair = [low, high];
        carry = Limb::from(overflow);
    }
}

fn karatsuba_square(out: &mut [Limb], a: &[Limb]) {
    let half = a.len().div_ceil(2);
    let (a0, a1) = a.split_at(half);
    let mut sums = vec![0; 3 * half + 3];
    let (sum, middle) = sums.split_at_mut(half + 1);
    sum[..half].copy_from_slice(a0);
    sum[half] = Limb::from(add_assign(&mut sum[..half], a1));
    square(middle, sum);
    let (low, high) = out.split_at_mut(2 * half);
    square(low, a0);
    square(high, a1);
    sub_assign(middle, low);
    sub_assign(middle, high);
    let n = significant(middle);
    add_assign(&mut out[half..], &middle[..n]);
}

/// `a` to the power `n`, for `a > 0`: by squaring, with the factors of two of `a` as one shift.
#[must_use]
pub fn pow(a: &[Limb], n: usize) -> Vec<Limb> {
    let zeros = a.iter().take_while(|&&x| x == 0).count();
    let twos = zeros * 64 + a.get(zeros).map_or(0, |x| x.trailing_zeros() as usize);
    let mut odd = vec![0; a.len() - zeros];
    super::shift_right(&mut odd, a, twos);
    odd.truncate(significant(&odd));
    let mut power = pow_odd(&odd, n);
    if twos > 0 {
        let mut shifted = vec![0; power.len() + twos * n / 64 + 1];
        shift_left(&mut shifted, &power, twos * n);
        power = shifted;
    }
    power.truncate(significant(&power));
    power
}

fn pow_odd(a: &[Limb], n: usize) -> Vec<Limb> {
    if a == [1] || n == 0 {
        return vec![1];
    }
    let room = (bits(a) as usize * n).div_ceil(64) + 2;
    let (mut power, mut next) = (Vec::with_capacity(room), Vec::with_capacity(room));
    power.extend_from_slice(a);
    for bit in (0..n.ilog2()).rev() {
        next.resize(2 * power.len(), 0);
        square(&mut next, &power);
        next.truncate(significant(&next));
        std::mem::swap(&mut power, &mut next);
        if n >> bit & 1 == 1 {
            next.resize(power.len() + a.len(), 0);
            mul(&mut next, &power, a);
            next.truncate(significant(&next));
            std::mem::swap(&mut power, &mut next);
        }
    }
    power
}
