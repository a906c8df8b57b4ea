//! Digits of a magnitude in a base that is a power of two, which are bits and need no arithmetic, and the magnitude of digits in any base.
//! Decimal digits are in `decimal.rs`.

use super::{LIMB_BITS, Limb, bits, significant};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// How many digits of `width` bits a number has, at least one.
#[must_use]
pub fn digits_in_base(a: &[Limb], width: u32) -> usize {
    (bits(a) as usize).div_ceil(width as usize).max(1)
}

/// Writes the digits of `width` (at most four) bits, as many as `out` is long, most significant first.
pub fn digits_of(out: &mut [u8], a: &[Limb], width: u32) {
    let mask = (1 << width) - 1;
    if (LIMB_BITS as u32).is_multiple_of(width) {
        let mut limbs = a.iter();
        for chunk in out.rchunks_mut(LIMB_BITS / width as usize) {
            let mut x = limbs.next().copied().unwrap_or(0);
            for digit in chunk.iter_mut().rev() {
                *digit = DIGITS[(x & mask) as usize];
                x >>= width;
            }
        }
        return;
    }
    let mut at = 0;
    for digit in out.iter_mut().rev() {
        let (limb, part) = (at / LIMB_BITS, at % LIMB_BITS);
        let low = a.get(limb).copied().unwrap_or(0) >> part;
        // The next limb's bits, in two steps, since a shift by 64 is none.
        let high = a.get(limb + 1).copied().unwrap_or(0) << 1 << (LIMB_BITS - 1 - part);
        *digit = DIGITS[((low | high) & mask) as usize];
        at += width as usize;
    }
}

/// Limbs that digits in a base of 2 to 36 take, perhaps one or two too many.
#[must_use]
pub fn room_for_digits(count: usize, base: u32) -> usize {
    // Bits of a digit, in 1/64, rounded up.
    let bits = ((f64::from(base)).log2() * 64.0).ceil() as usize;
    count * bits / 64 / LIMB_BITS + 2
}

/// The magnitude of digits (their values, most significant first) in a base of 2 to 36, into `out`, which has [`room_for_digits`]; how many
/// limbs it has. Takes time in proportion to the square of the length unless the base is a power of two.
pub fn from_digits(out: &mut [Limb], digits: &[u8], base: u32) -> usize {
    out.fill(0);
    if base.is_power_of_two() {
        let width = base.trailing_zeros() as usize;
        let mut at = 0;
        for &digit in digits.iter().rev() {
            let (limb, part) = (at / LIMB_BITS, at % LIMB_BITS);
            out[limb] |= u64::from(digit) << part;
            if part + width > LIMB_BITS {
                out[limb + 1] = u64::from(digit) >> (LIMB_BITS - part);
            }
            at += width;
        }
        return significant(out);
    }
    // As many digits at once as fit a limb.
    let at_once = (64.0 / f64::from(base).log2()) as usize;
    let scale = u64::from(base).pow(at_once as u32);
    let mut used = 0;
    let (first, rest) = digits.split_at(digits.len() % at_once);
    for chunk in std::iter::once(first).chain(rest.chunks(at_once)) {
        let mut carry = chunk.iter().fold(0, |n, &d| n * u64::from(base) + u64::from(d));
        for x in &mut out[..used] {
            (*x, carry) = x.carrying_mul(scale, carry);
        }
        if carry != 0 {
            out[used] = carry;
            used += 1;
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::super::to_bigint;
    use super::*;
    use num_bigint::BigUint;

    #[test]
    fn agrees_with_num_bigint() {
        for base in 2..=36 {
            for len in 1..120 {
                let digits: Vec<u8> = (0..len).map(|i| ((i * 7 + len * 13 + i * i) % base as usize) as u8).collect();
                let mut out = vec![7; room_for_digits(len, base)];
                let n = from_digits(&mut out, &digits, base);
                let wanted = BigUint::from_radix_be(&digits, base).unwrap_or_default();
                assert_eq!(to_bigint(false, &out[..n]), wanted.clone().into(), "{digits:?} {base}");
                if matches!(base, 2 | 4 | 8 | 16) {
                    let width = base.trailing_zeros();
                    let mut text = vec![b' '; digits_in_base(&out[..n], width)];
                    digits_of(&mut text, &out[..n], width);
                    assert_eq!(String::from_utf8(text).unwrap_or_default(), wanted.to_str_radix(base));
                }
            }
        }
    }
}
