//! Integers to text in any base, including `str(int)` of huge integers in less than quadratic time.
//!
//! Padding, signs and grouping are `format_number.rs`'s; reading is `int_parse.rs`'s.

use num_bigint::{BigInt, BigUint, Sign};

use super::error::{TextError, TextResult};
use super::int_parse::DIGIT_LIMIT_THRESHOLD;

/// Up to this size num-bigint's own conversion is used.
const LEAF_BITS: u64 = 30_000;

/// `str(int)`, refusing more digits than `digit_limit` (0 means no limit).
pub fn int_to_decimal(value: &BigInt, digit_limit: usize) -> TextResult<String> {
    let refused = || {
        TextError::value(format!(
            "Exceeds the limit ({digit_limit} digits) for integer string conversion; use sys.set_int_max_str_digits() \
             to increase the limit"
        ))
    };
    // 10^n has more than 3.3·n bits, so this is refused without any work.
    let limited = digit_limit > 0;
    if limited && value.bits() > 40 + 4 * digit_limit.max(DIGIT_LIMIT_THRESHOLD) as u64 {
        return Err(refused());
    }
    let text = int_to_base(value, 10);
    let digits = text.len() - usize::from(value.sign() == Sign::Minus);
    if limited && digits > digit_limit && digits > DIGIT_LIMIT_THRESHOLD {
        return Err(refused());
    }
    Ok(text)
}

/// Digits of an integer in a base of 2 to 36, lower case, with a minus sign if negative and no prefix.
pub fn int_to_base(value: &BigInt, base: u32) -> String {
    let size = value.magnitude();
    if base != 10 || size.bits() <= LEAF_BITS {
        return value.to_str_radix(base.clamp(2, 36));
    }
    let mut out = String::new();
    if value.sign() == Sign::Minus {
        out.push('-');
    }
    push_huge(size, &mut out);
    out
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

/// `bin`, `oct` and `hex`: with the prefix after the sign.
pub fn int_with_prefix(value: &BigInt, base: u32) -> String {
    let digits = value.magnitude().to_str_radix(base.clamp(2, 36));
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    };
    format!(
        "{}{prefix}{digits}",
        if value.sign() == Sign::Minus { "-" } else { "" }
    )
}

/// A power of ten with an approximate reciprocal, which turns divisions into multiplications.
struct Divisor {
    power: BigUint,
    digits: usize,
    reciprocal: BigUint,
    shift: u64,
}

/// `floor(2^shift / d)` or slightly less, by Newton's iteration on ever more of the leading bits.
fn reciprocal(d: &BigUint, shift: u64) -> BigUint {
    let bits = d.bits();
    let wanted = shift.saturating_sub(bits);
    if wanted <= 2048 {
        return (BigUint::from(1u32) << shift) / d;
    }
    // The leading half of the answer, from the leading part of `d`, then one step doubles its precision.
    let half = wanted / 2 + 8;
    let keep = (half + 8).min(bits);
    let cut = bits - keep;
    let top = d >> cut;
    let small_shift = half + keep;
    let first = reciprocal(&top, small_shift);
    // first ≈ 2^small_shift / top ≈ 2^(small_shift + cut) / d
    let up = shift - small_shift - cut;
    let guess = first << up;
    let product = d * &guess;
    let one = BigUint::from(1u32) << shift;
    if product <= one {
        let error = one - product;
        let add = (&guess * error) >> shift;
        guess + add
    } else {
        let error = product - one;
        let less = ((&guess * error) >> shift) + 1u32;
        guess - less
    }
}

fn divide(value: &BigUint, by: &Divisor) -> (BigUint, BigUint) {
    let mut quotient = (value * &by.reciprocal) >> by.shift;
    let mut product = &quotient * &by.power;
    while product > *value {
        quotient -= 1u32;
        product -= &by.power;
    }
    let mut rest = value - product;
    while rest >= by.power {
        rest -= &by.power;
        quotient += 1u32;
    }
    (quotient, rest)
}

fn push_huge(value: &BigUint, out: &mut String) {
    // Powers 10^(4096·2^k), up to the first whose square exceeds the value.
    let mut powers: Vec<(BigUint, usize)> = vec![(BigUint::from(10u32).pow(4096), 4096)];
    while let Some((last, digits)) = powers.last()
        && last.bits() * 2 <= value.bits() + 1
    {
        let next = (last * last, digits * 2);
        powers.push(next);
    }
    let divisors: Vec<Divisor> = powers
        .into_iter()
        .map(|(power, digits)| {
            let shift = 2 * power.bits() + 4;
            Divisor {
                reciprocal: reciprocal(&power, shift),
                power,
                digits,
                shift,
            }
        })
        .collect();
    push_level(value, &divisors, None, out);
}

/// Appends the digits of `value`, filled up with zeros to `width` if it is not the leading part.
fn push_level(value: &BigUint, divisors: &[Divisor], width: Option<usize>, out: &mut String) {
    let (Some((by, below)), true) = (
        divisors.split_last(),
        value.bits() > LEAF_BITS || width.is_some_and(|w| w > 9000),
    ) else {
        let digits = value.to_str_radix(10);
        out.extend(std::iter::repeat_n(
            '0',
            width.unwrap_or(0).saturating_sub(digits.len()),
        ));
        out.push_str(&digits);
        return;
    };
    if *value < by.power && width.is_none() {
        push_level(value, below, None, out);
        return;
    }
    if width.is_some_and(|w| w <= by.digits) {
        push_level(value, below, width, out);
        return;
    }
    let (high, low) = divide(value, by);
    push_level(&high, below, width.map(|w| w - by.digits), out);
    push_level(&low, below, Some(by.digits), out);
}
