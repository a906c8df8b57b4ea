//! `int(text, base)`: prefixes, underscores, spaces, digits of every script, and the limit on decimal digits.
//!
//! The other direction is `int_text.rs`.

use num_bigint::{BigInt, BigUint};

use super::error::{TextError, TextResult};
use super::float_parse::{numeral_to_ascii, trim_c_spaces};
use super::repr::{bytes_repr, str_repr};
use super::wtf8::{StrBuf, StrRef};

/// Numerals of this many digits or fewer are never refused, whatever the limit.
pub const DIGIT_LIMIT_THRESHOLD: usize = 640;
/// The limit CPython starts with.
pub const DEFAULT_DIGIT_LIMIT: usize = 4300;

enum Failure {
    Malformed,
    TooLong(usize),
}

/// `int(str, base)`; `digit_limit` 0 means no limit.
pub fn parse_int(text: StrRef<'_>, base: u32, digit_limit: usize) -> TextResult<BigInt> {
    check_base(base)?;
    let result = match numeral_to_ascii(text) {
        Some(ascii) => parse_ascii(&ascii, base, digit_limit),
        None => Err(Failure::Malformed),
    };
    result.map_err(|failure| describe(&failure, base, digit_limit, &str_repr(text)))
}

/// `int(bytes, base)`.
pub fn parse_int_bytes(text: &[u8], base: u32, digit_limit: usize) -> TextResult<BigInt> {
    check_base(base)?;
    parse_ascii(text, base, digit_limit).map_err(|failure| describe(&failure, base, digit_limit, &StrBuf::from(bytes_repr(text))))
}

fn check_base(base: u32) -> TextResult<()> {
    if base == 0 || (2..=36).contains(&base) { Ok(()) } else { Err(TextError::value("int() base must be >= 2 and <= 36, or 0")) }
}

fn describe(failure: &Failure, base: u32, limit: usize, repr: &StrBuf) -> TextError {
    match failure {
        Failure::Malformed => {
            let mut message = format!("invalid literal for int() with base {base}: ").into_bytes();
            message.extend_from_slice(repr.as_ref().slice(0, 200).bytes);
            TextError::value(message)
        }
        Failure::TooLong(digits) => TextError::value(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use \
             sys.set_int_max_str_digits() to increase the limit"
        )),
    }
}

fn parse_ascii(text: &[u8], base: u32, limit: usize) -> Result<BigInt, Failure> {
    let mut rest = trim_c_spaces(text);
    let mut negative = false;
    if let [sign @ (b'+' | b'-'), tail @ ..] = rest {
        negative = *sign == b'-';
        rest = tail;
    }
    let prefix_base = match rest {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let mut radix = base;
    let mut only_zero = false;
    if base == 0 {
        radix = if prefix_base == 0 { 10 } else { prefix_base };
        // A numeral such as 010 was octal once, so only zero may begin with a zero.
        only_zero = prefix_base == 0 && rest.first() == Some(&b'0');
    }
    if prefix_base != 0 && prefix_base == radix {
        rest = &rest[2..];
        if let [b'_', tail @ ..] = rest {
            rest = tail;
        }
    }
    let mut digits = Vec::with_capacity(rest.len());
    let mut after_digit = false;
    for &b in rest {
        if b == b'_' {
            if !after_digit {
                return Err(Failure::Malformed);
            }
            after_digit = false;
            continue;
        }
        let digit = char::from(b).to_digit(36).filter(|&d| d < radix).ok_or(Failure::Malformed)?;
        digits.push(digit as u8);
        after_digit = true;
    }
    if !after_digit {
        return Err(Failure::Malformed);
    }
    if !radix.is_power_of_two() && digits.len() > DIGIT_LIMIT_THRESHOLD && limit > 0 && digits.len() > limit {
        return Err(Failure::TooLong(digits.len()));
    }
    let size = from_digits(&digits, radix);
    if only_zero && size.bits() != 0 {
        return Err(Failure::Malformed);
    }
    let value = BigInt::from(size);
    Ok(if negative { -value } else { value })
}

/// Value of digits (most significant first): by halves when there are many, so that multiplication does the work.
pub(super) fn from_digits(digits: &[u8], radix: u32) -> BigUint {
    if digits.len() <= 18 && radix <= 10 {
        return BigUint::from(digits.iter().fold(0u64, |n, &d| n * u64::from(radix) + u64::from(d)));
    }
    if digits.len() <= 12_000 || radix.is_power_of_two() {
        return BigUint::from_radix_be(digits, radix).unwrap_or_default();
    }
    // The powers radix^(6000·2^k), shared by all the halves of one size.
    const LEAF: usize = 6000;
    let mut powers = vec![BigUint::from(radix).pow(LEAF as u32)];
    while LEAF << powers.len() < digits.len() {
        let last = &powers[powers.len() - 1];
        powers.push(last * last);
    }
    fn go(digits: &[u8], radix: u32, level: usize, powers: &[BigUint]) -> BigUint {
        if level == 0 {
            return BigUint::from_radix_be(digits, radix).unwrap_or_default();
        }
        let low = LEAF << (level - 1);
        if digits.len() <= low {
            return go(digits, radix, level - 1, powers);
        }
        let (high, rest) = digits.split_at(digits.len() - low);
        go(high, radix, level - 1, powers) * &powers[level - 1] + go(rest, radix, level - 1, powers)
    }
    go(digits, radix, powers.len(), &powers)
}
