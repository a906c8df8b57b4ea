//! Text to floats: `float(text)` and `complex(text)`.
//!
//! The decimal conversion is the standard library's, which rounds correctly as CPython's does; the grammar (spaces,
//! underscores, digits of other scripts) is checked here. Hexadecimal is in `float_hex.rs`.

use super::error::{TextError, TextResult};
use super::repr::str_repr;
use super::unicode;
use super::wtf8::StrRef;

/// ASCII image of a numeral: digits of any script become ASCII digits, spaces become spaces. `None` if something else
/// is not ASCII.
pub fn numeral_to_ascii(text: StrRef<'_>) -> Option<Vec<u8>> {
    if text.ascii {
        return Some(text.bytes.to_vec());
    }
    text.code_points()
        .map(|c| match c {
            0..=0x7E => Some(c as u8),
            _ if unicode::is_space(c) => Some(b' '),
            _ => unicode::decimal_value(c).map(|d| b'0' + d as u8),
        })
        .collect()
}

/// Spaces of the C locale.
pub(super) fn is_c_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

pub(super) fn trim_c_spaces(mut text: &[u8]) -> &[u8] {
    while let [first, rest @ ..] = text
        && is_c_space(*first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && is_c_space(*last)
    {
        text = rest;
    }
    text
}

/// Removes underscores; `None` unless each stands between two digits.
fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |i: usize| text.get(i).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::with_capacity(text.len());
    for (i, &b) in text.iter().enumerate() {
        if b != b'_' {
            out.push(b);
        } else if i == 0 || !digit(i - 1) || !digit(i + 1) {
            return None;
        }
    }
    Some(out)
}

/// Reads the longest float at the start of the text, as C's `strtod` without hexadecimal; gives its length too.
fn float_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let signed = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let sign = if text.first() == Some(&b'-') { -1.0 } else { 1.0 };
    let body = &text[signed..];
    for (word, value) in [(&b"infinity"[..], f64::INFINITY), (b"inf", f64::INFINITY), (b"nan", f64::NAN)] {
        if body.len() >= word.len() && body[..word.len()].eq_ignore_ascii_case(word) {
            return Some((value.copysign(sign), signed + word.len()));
        }
    }
    let digits = |from: usize| text[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let whole = digits(signed);
    let mut at = signed + whole;
    let mut part = 0;
    if text.get(at) == Some(&b'.') {
        part = digits(at + 1);
        at += 1 + part;
    }
    if whole + part == 0 {
        return None;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let from = at + 1 + usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(from.min(text.len()));
        if exponent > 0 {
            at = from + exponent;
        }
    }
    let value = std::str::from_utf8(&text[..at]).ok()?.parse().ok()?;
    Some((value, at))
}

fn parse_ascii(text: &[u8]) -> Option<f64> {
    // What has nothing but these is read alike by the standard library.
    if text.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return std::str::from_utf8(text).ok()?.parse().ok();
    }
    let text = trim_c_spaces(text);
    let plain;
    let text = if text.contains(&b'_') {
        plain = without_underscores(text)?;
        &plain[..]
    } else {
        text
    };
    let (value, len) = float_prefix(text)?;
    (len == text.len()).then_some(value)
}

/// `float(str)`.
pub fn parse_float(text: StrRef<'_>) -> TextResult<f64> {
    let found = if text.ascii { parse_ascii(text.bytes) } else { numeral_to_ascii(text).and_then(|ascii| parse_ascii(&ascii)) };
    found.ok_or_else(|| TextError::value([b"could not convert string to float: ", str_repr(text).as_ref().bytes].concat()))
}

/// `float(bytes)`; the message needs the repr of the argument.
pub fn parse_float_bytes(text: &[u8]) -> TextResult<f64> {
    parse_ascii(text).ok_or_else(|| TextError::value(format!("could not convert string to float: {}", super::repr::bytes_repr(text))))
}

fn complex_ascii(text: &[u8]) -> Option<(f64, f64)> {
    let mut text = trim_c_spaces(text);
    if let [b'(', inner @ .., b')'] = text {
        text = trim_c_spaces(inner);
    }
    let imaginary = |t: &[u8]| matches!(t, [b'j' | b'J']);
    // A bare sign or nothing before `j` means one.
    let unit = |t: &[u8]| match t {
        [b'+', rest @ ..] if imaginary(rest) => Some(1.0),
        [b'-', rest @ ..] if imaginary(rest) => Some(-1.0),
        _ if imaginary(t) => Some(1.0),
        _ => None,
    };
    let Some((first, len)) = float_prefix(text) else {
        return unit(text).map(|im| (0.0, im));
    };
    let rest = &text[len..];
    if rest.is_empty() {
        return Some((first, 0.0));
    }
    if imaginary(rest) {
        return Some((0.0, first));
    }
    if !matches!(rest.first(), Some(b'+' | b'-')) {
        return None;
    }
    match float_prefix(rest) {
        Some((im, len)) if imaginary(&rest[len..]) => Some((first, im)),
        Some(_) => None,
        None => unit(rest).map(|im| (first, im)),
    }
}

/// `complex(str)`, as (real, imaginary).
pub fn parse_complex(text: StrRef<'_>) -> TextResult<(f64, f64)> {
    let malformed = || TextError::value("complex() arg is a malformed string");
    let ascii = numeral_to_ascii(text).ok_or_else(malformed)?;
    let ascii = if ascii.contains(&b'_') {
        without_underscores(&ascii)
            .ok_or_else(|| TextError::value([b"could not convert string to complex: ", str_repr(text).as_ref().bytes].concat()))?
    } else {
        ascii
    };
    complex_ascii(&ascii).ok_or_else(malformed)
}
