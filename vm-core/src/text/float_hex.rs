//! `float.hex` and `float.fromhex`: the exact hexadecimal form, apart from the decimal forms of `float_parse.rs`.

use super::error::{TextError, TextResult};
use super::float_parse::trim_c_spaces;
use super::float_text::float_repr;

/// `float.hex()`.
pub fn float_hex(value: f64) -> String {
    if !value.is_finite() {
        return float_repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = value.to_bits();
    let mantissa = bits & ((1 << 52) - 1);
    let biased = (bits >> 52 & 0x7FF) as i32;
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{lead}.{mantissa:013x}p{exponent:+}")
}

/// `float.fromhex(text)` on the bytes of the text.
pub fn float_from_hex(text: &[u8]) -> TextResult<f64> {
    let invalid = || TextError::value("invalid hexadecimal floating-point string");
    let mut rest = trim_c_spaces(text);
    let mut sign = 1.0;
    if let [first @ (b'+' | b'-'), tail @ ..] = rest {
        if *first == b'-' {
            sign = -1.0;
        }
        rest = tail;
    }
    if rest.eq_ignore_ascii_case(b"inf") || rest.eq_ignore_ascii_case(b"infinity") {
        return Ok(f64::INFINITY.copysign(sign));
    }
    if rest.eq_ignore_ascii_case(b"nan") {
        return Ok(f64::NAN.copysign(sign));
    }
    if let [b'0', b'x' | b'X', tail @ ..] = rest {
        rest = tail;
    }
    // 30 digits fit into the mantissa; what lies below only matters as "not zero".
    let (mut mantissa, mut kept, mut sticky, mut seen) = (0u128, 0u32, false, false);
    let mut exponent = 0i64;
    let mut after_point = false;
    loop {
        match rest.first() {
            Some(b'.') if !after_point => after_point = true,
            Some(&b) => {
                let Some(digit) = char::from(b).to_digit(16) else {
                    break;
                };
                seen = true;
                if kept < 30 {
                    mantissa = mantissa << 4 | u128::from(digit);
                    kept += u32::from(mantissa != 0);
                    exponent -= if after_point { 4 } else { 0 };
                } else {
                    sticky |= digit != 0;
                    exponent += if after_point { 0 } else { 4 };
                }
            }
            None => break,
        }
        rest = &rest[1..];
    }
    if !seen {
        return Err(invalid());
    }
    if let [b'p' | b'P', tail @ ..] = rest {
        let (negative, digits) = match tail {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        let end = digits.iter().take_while(|b| b.is_ascii_digit()).count();
        if end == 0 {
            return Err(invalid());
        }
        let (digits, after) = digits.split_at(end);
        rest = after;
        let size = digits.iter().fold(0i64, |n, &b| n.saturating_mul(10).saturating_add(i64::from(b - b'0')).min(1 << 60));
        exponent += if negative { -size } else { size };
    }
    // Too large a value is reported before anything that follows it.
    let value =
        scale(mantissa, exponent, sticky).ok_or_else(|| TextError::overflow("hexadecimal value too large to represent as a float"))?;
    if !rest.is_empty() {
        return Err(invalid());
    }
    Ok(value.copysign(sign))
}

/// The float nearest to `mantissa × 2^exponent` (a little more if `sticky`), ties to even; `None` if too large.
pub(super) fn scale(mantissa: u128, exponent: i64, sticky: bool) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let bits = 128 - i64::from(mantissa.leading_zeros());
    let top = exponent + bits; // the value is below 2^top
    if top > 1024 {
        return None;
    }
    if top < -1074 {
        return Some(0.0);
    }
    // Keep 53 bits, or fewer for a subnormal.
    let lowest = (top - 53).max(-1074);
    let drop = lowest - exponent;
    let mut kept = if drop <= 0 {
        mantissa << (-drop).min(127)
    } else if drop >= 128 {
        0
    } else {
        mantissa >> drop
    };
    if drop > 0 {
        let below = if drop >= 128 { mantissa } else { mantissa & ((1u128 << drop) - 1) };
        let half = if drop > 128 { u128::MAX } else { 1u128 << (drop - 1) };
        let up = below > half || (below == half && (sticky || kept & 1 == 1));
        kept += u128::from(up);
    }
    // Both factors are exact; the product is exact too, because `kept` already has the right number of bits.
    let mut value = kept as f64;
    let mut left = lowest;
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        value *= 2f64.powi(step as i32);
        left -= step;
    }
    value.is_finite().then_some(value)
}
