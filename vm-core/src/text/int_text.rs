//! Integers to text in any base. Long ones by num-bigint, whose time grows less than quadratically (measured: 200 000 digits in
//! 36 ms, a million in 0.4 s; a division by halves with Newton's reciprocals was slower).
//!
//! Padding, signs and grouping are `format_number.rs`'s; reading is `int_parse.rs`'s.

use num_bigint::{BigInt, Sign};

use super::error::{TextError, TextResult};
use super::int_parse::DIGIT_LIMIT_THRESHOLD;
use super::limbs::{self, Limb};

/// Limbs from which on num-bigint's way to decimal is the faster one.
const MANY_LIMBS: usize = 700;

/// `str(int)`, refusing more digits than `digit_limit` (0 means no limit).
pub fn int_to_decimal(value: &BigInt, digit_limit: usize) -> TextResult<String> {
    decimal(value.bits(), value.sign() == Sign::Minus, digit_limit, || int_to_base(value, 10))
}

/// [`int_to_decimal`] of limbs, which are not zero.
pub fn limbs_to_decimal(negative: bool, a: &[Limb], digit_limit: usize) -> TextResult<String> {
    decimal(limbs::bits(a), negative, digit_limit, || {
        if a.len() >= MANY_LIMBS {
            return int_to_base(&limbs::to_bigint(negative, a), 10);
        }
        let mut text = Vec::with_capacity(a.len() * 20 + 1);
        if negative {
            text.push(b'-');
        }
        limbs::append_decimal(&mut text, a);
        String::from_utf8(text).unwrap_or_default()
    })
}

fn decimal(bits: u64, negative: bool, digit_limit: usize, text: impl FnOnce() -> String) -> TextResult<String> {
    let refused = || {
        TextError::value(format!(
            "Exceeds the limit ({digit_limit} digits) for integer string conversion; use sys.set_int_max_str_digits() \
             to increase the limit"
        ))
    };
    // 10^n has more than 3.3·n bits, so this is refused without any work.
    let limited = digit_limit > 0;
    if limited && bits > 40 + 4 * digit_limit.max(DIGIT_LIMIT_THRESHOLD) as u64 {
        return Err(refused());
    }
    let text = text();
    let digits = text.len() - usize::from(negative);
    if limited && digits > digit_limit && digits > DIGIT_LIMIT_THRESHOLD {
        return Err(refused());
    }
    Ok(text)
}

/// Digits of an integer in a base of 2 to 36, lower case, with a minus sign if negative and no prefix.
pub fn int_to_base(value: &BigInt, base: u32) -> String {
    value.to_str_radix(base.clamp(2, 36))
}

/// Digits of a machine integer in a base of 2 to 36.
pub fn i64_to_base(value: i64, base: u32) -> String {
    if base == 10 {
        return value.to_string();
    }
    let base = u64::from(base.clamp(2, 36));
    let mut rest = value.unsigned_abs();
    let mut digits = Vec::with_capacity(66);
    loop {
        digits.push(char::from_digit((rest % base) as u32, base as u32).unwrap_or('0'));
        rest /= base;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}

/// Digits of a number given as sign and limbs, in a base that is a power of two up to 16, with a minus sign if negative and no prefix.
pub fn limbs_to_base(negative: bool, a: &[Limb], base: u32) -> String {
    with_prefix(negative, "", a, base)
}

/// `bin`, `oct` and `hex`: with the prefix after the sign.
pub fn int_with_prefix(negative: bool, a: &[Limb], base: u32) -> String {
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    with_prefix(negative, prefix, a, base)
}

fn with_prefix(negative: bool, prefix: &str, a: &[Limb], base: u32) -> String {
    let width = base.trailing_zeros();
    let digits = limbs::digits_in_base(a, width);
    let from = usize::from(negative) + prefix.len();
    let mut text = vec![b'-'; from + digits];
    text[from - prefix.len()..from].copy_from_slice(prefix.as_bytes());
    limbs::digits_of(&mut text[from..], a, width);
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machine_integers_and_prefixes() {
        for value in [0, 1, -1, 35, -36, i64::MAX, i64::MIN] {
            for base in [2, 7, 8, 10, 16, 36] {
                assert_eq!(i64_to_base(value, base), int_to_base(&BigInt::from(value), base));
            }
        }
        assert_eq!(int_with_prefix(true, &[255], 16), "-0xff");
        assert_eq!(int_with_prefix(false, &[5], 2), "0b101");
        assert_eq!(int_with_prefix(false, &[], 8), "0o0");
        assert_eq!(limbs_to_base(true, &[1, 1 << 63], 8), format!("-{:o}", (1u128 << 127) + 1));
    }
}
