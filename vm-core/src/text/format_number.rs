//! Lays out a number: sign, prefix, grouped digits, the rest, and the padding among them.
//!
//! `format_apply.rs` decides what the parts are; this decides where they go.

use super::error::{TextError, TextResult};
use super::format_spec::{FormatSpec, Grouping};
use super::pad::MAX_BYTES;
use super::wtf8::{StrBuf, StrRef};

/// The parts of a number, before padding.
pub(super) struct NumberParts<'a> {
    pub(super) negative: bool,
    /// Such as `0x`.
    pub(super) prefix: &'a str,
    /// Digits that may be grouped; none for `inf` and for a character.
    pub(super) digits: &'a str,
    /// What follows the digits: point, fraction, exponent, percent sign.
    pub(super) rest: StrRef<'a>,
}

impl<'a> NumberParts<'a> {
    /// Takes the text of a float apart.
    pub(super) fn of_float(text: &'a str) -> Self {
        let (negative, size) = text.strip_prefix('-').map_or((false, text), |size| (true, size));
        let end = size.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = size.split_at(end);
        NumberParts { negative, prefix: "", digits, rest: StrRef::from(rest) }
    }
}

/// Inserts separators into digits, with leading zeros until they are `least` wide, separators included.
fn group(digits: &str, least: usize, grouping: Grouping) -> String {
    let (separator, size) = match grouping {
        Grouping::None => {
            let zeros = least.max(1).saturating_sub(digits.len());
            return "0".repeat(zeros) + digits;
        }
        Grouping::Comma => (b',', 3),
        Grouping::Underscore => (b'_', 3),
        Grouping::UnderscoreFour => (b'_', 4),
    };
    // Written from the right.
    let mut out = Vec::with_capacity(digits.len() * 4 / 3 + 2);
    let mut left = digits.as_bytes();
    let mut width = least as isize;
    let mut first = true;
    loop {
        let len = size.min((left.len() as isize).max(width).max(1)) as usize;
        if !first {
            out.push(separator);
        }
        first = false;
        let take = len.min(left.len());
        let (head, tail) = left.split_at(left.len() - take);
        out.extend(tail.iter().rev());
        out.resize(out.len() + len - take, b'0');
        left = head;
        width -= len as isize;
        if left.is_empty() && width <= 0 {
            break;
        }
        width -= 1;
    }
    out.reverse();
    String::from_utf8(out).unwrap_or_default()
}

/// Lays the parts out as the specification says.
pub(super) fn lay_out(parts: &NumberParts<'_>, spec: &FormatSpec) -> TextResult<StrBuf> {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let width = spec.width.unwrap_or(0);
    if width > MAX_BYTES / 4 {
        return Err(TextError::memory());
    }
    let fixed = sign.len() + parts.prefix.len() + parts.rest.chars;
    let least = if spec.fill == 0x30 && spec.align == '=' { width.saturating_sub(fixed) } else { 0 };
    let digits = if parts.digits.is_empty() { String::new() } else { group(parts.digits, least, spec.grouping) };
    let missing = width.saturating_sub(fixed + digits.len());
    let (left, middle, right) = match spec.align {
        '<' => (0, 0, missing),
        '^' => (missing / 2, 0, missing - missing / 2),
        '=' => (0, missing, 0),
        _ => (missing, 0, 0),
    };
    let mut out = StrBuf::with_capacity(fixed + digits.len() + missing);
    out.push_repeated(spec.fill, left);
    out.push_rust(sign);
    out.push_rust(parts.prefix);
    out.push_repeated(spec.fill, middle);
    out.push_rust(&digits);
    out.push_str(parts.rest);
    out.push_repeated(spec.fill, right);
    Ok(out)
}
