//! The formats programs use most, written without an allocation: `format()` of machine integers, finite floats and short text with
//! specifications of fill, alignment, sign, width, `,`, precision and type, and the shortest form of floats of usual size. Whatever else
//! there is declines, and is left to `format_apply.rs` and `float_text.rs`, which also find the errors.

use super::float_digits::may_be_tie;

/// Longest text.
const CAPACITY: usize = 128;
/// Widest field.
const MAX_WIDTH: usize = 100;
/// Most digits behind the point: a significand times this power of ten has fewer than 128 bits.
const MAX_PLACES: usize = 17;

/// A short ASCII text.
pub struct Short {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Default for Short {
    fn default() -> Self {
        Self::new()
    }
}

impl Short {
    /// An empty one.
    #[must_use]
    #[inline]
    pub fn new() -> Short {
        Short { bytes: [0; CAPACITY], len: 0 }
    }

    /// The bytes, all of them ASCII.
    #[must_use]
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// As text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    #[inline]
    fn fill(&mut self, byte: u8, count: usize) {
        self.bytes[self.len..self.len + count].fill(byte);
        self.len += count;
    }

    #[inline]
    fn extend(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    /// Digits of a number, at least `least` of them. The base is ten or a power of two up to 16.
    fn digits(&mut self, mut n: u64, base: u64, least: usize, upper: bool) {
        let letters: &[u8; 16] = if upper { b"0123456789ABCDEF" } else { b"0123456789abcdef" };
        let mut scratch = [b'0'; 64];
        let mut at = scratch.len();
        if base == 10 {
            while n > 0 {
                at -= 1;
                scratch[at] = b'0' + (n % 10) as u8;
                n /= 10;
            }
        } else {
            let width = base.trailing_zeros();
            while n > 0 {
                at -= 1;
                scratch[at] = letters[(n & (base - 1)) as usize & 15];
                n >>= width;
            }
        }
        at = at.min(scratch.len() - least);
        self.extend(&scratch[at..]);
    }
}

/// A specification of the simple kind.
struct Simple {
    fill: u8,
    /// 0 if none is given.
    align: u8,
    sign: u8,
    zero: bool,
    width: usize,
    comma: bool,
    places: Option<usize>,
    /// 0 if none is given.
    code: u8,
}

fn is_align(b: u8) -> bool {
    matches!(b, b'<' | b'>' | b'^')
}

/// One or two decimal digits at the start, taken off.
fn number(spec: &mut &[u8]) -> Option<usize> {
    let mut n = None;
    while let [b @ b'0'..=b'9', rest @ ..] = *spec {
        n = Some(n.unwrap_or(0) * 10 + usize::from(b - b'0'));
        *spec = rest;
        if n > Some(MAX_WIDTH) {
            break;
        }
    }
    n
}

impl Simple {
    fn parse(mut spec: &[u8]) -> Option<Simple> {
        let mut simple = Simple { fill: b' ', align: 0, sign: b'-', zero: false, width: 0, comma: false, places: None, code: 0 };
        if let [fill @ 0..0x80, align, rest @ ..] = spec
            && is_align(*align)
        {
            (simple.fill, simple.align, spec) = (*fill, *align, rest);
        } else if let [align, rest @ ..] = spec
            && is_align(*align)
        {
            (simple.align, spec) = (*align, rest);
        }
        if let [sign @ (b'+' | b'-' | b' '), rest @ ..] = spec {
            (simple.sign, spec) = (*sign, rest);
        }
        if let [b'0', rest @ ..] = spec {
            if simple.align != 0 {
                return None;
            }
            (simple.zero, spec) = (true, rest);
        }
        simple.width = number(&mut spec).unwrap_or(0);
        if let [b',', rest @ ..] = spec {
            (simple.comma, spec) = (true, rest);
        }
        if let [b'.', rest @ ..] = spec {
            spec = rest;
            simple.places = Some(number(&mut spec)?);
        }
        if let [code, rest @ ..] = spec {
            (simple.code, spec) = (*code, rest);
        }
        (spec.is_empty() && simple.width <= MAX_WIDTH && !(simple.zero && simple.comma)).then_some(simple)
    }

    /// Writes a number whose digits, and what is behind them, are given.
    fn lay_out(&self, negative: bool, body: &[u8], out: &mut Short) {
        let sign = match (negative, self.sign) {
            (true, _) => Some(b'-'),
            (false, b'-') => None,
            (false, sign) => Some(sign),
        };
        let whole = body.iter().take_while(|b| b.is_ascii_digit()).count();
        let commas = if self.comma && whole > 0 { (whole - 1) / 3 } else { 0 };
        let missing = self.width.saturating_sub(body.len() + commas + usize::from(sign.is_some()));
        let (left, right) = match self.align {
            _ if self.zero => (0, 0),
            b'<' => (0, missing),
            b'^' => (missing / 2, missing - missing / 2),
            _ => (missing, 0),
        };
        out.fill(self.fill, left);
        if let Some(sign) = sign {
            out.push(sign);
        }
        if self.zero {
            out.fill(b'0', missing);
        }
        if commas > 0 {
            let (digits, rest) = body.split_at(whole);
            for (i, &digit) in digits.iter().enumerate() {
                if i > 0 && (whole - i).is_multiple_of(3) {
                    out.push(b',');
                }
                out.push(digit);
            }
            out.extend(rest);
        } else {
            out.extend(body);
        }
        out.fill(self.fill, right);
    }
}

/// `format(value, spec)`; whether it was done.
pub fn format_word(value: i64, spec: &[u8], out: &mut Short) -> bool {
    let Some(simple) = Simple::parse(spec) else { return false };
    let base = match (simple.code, simple.comma) {
        (0 | b'd', _) => 10,
        (b'x' | b'X', false) => 16,
        (b'b', false) => 2,
        (b'o', false) => 8,
        _ => return false,
    };
    if simple.places.is_some() {
        return false;
    }
    let mut body = Short::new();
    body.digits(value.unsigned_abs(), base, 1, simple.code == b'X');
    simple.lay_out(value < 0, body.bytes(), out);
    true
}

/// `format(value, spec)`; whether it was done.
pub fn format_double(value: f64, spec: &[u8], out: &mut Short) -> bool {
    let Some(simple) = Simple::parse(spec) else { return false };
    let mut body = Short::new();
    match (simple.code, simple.places) {
        (b'f' | b'F', places) => {
            if !fixed(value.abs(), places.unwrap_or(6), &mut body) {
                return false;
            }
        }
        (0, None) => match shortest_plain(value.abs(), &mut ryu::Buffer::new()) {
            Some(text) => body.extend(text.as_bytes()),
            None => return false,
        },
        _ => return false,
    }
    simple.lay_out(value.is_sign_negative(), body.bytes(), out);
    true
}

/// How a text is padded: fill character, and how often it stands before and behind the text, of which so many characters are taken.
/// `None` for what is not of the simple kind.
pub fn text_padding(chars: usize, spec: &[u8]) -> Option<(u8, usize, usize, usize)> {
    let simple = Simple::parse(spec)?;
    if !matches!(simple.code, 0 | b's') || simple.sign != b'-' || simple.zero || simple.comma || spec.contains(&b'-') {
        return None;
    }
    let taken = simple.places.map_or(chars, |most| most.min(chars));
    let missing = simple.width.saturating_sub(taken);
    Some(match simple.align {
        b'>' => (simple.fill, missing, 0, taken),
        b'^' => (simple.fill, missing / 2, missing - missing / 2, taken),
        _ => (simple.fill, 0, missing, taken),
    })
}

/// Writes a float with that many digits behind the point, correctly rounded; whether it was done.
pub fn fixed(value: f64, places: usize, out: &mut Short) -> bool {
    let Some(rounded) = scaled(value, places) else { return false };
    if value.is_sign_negative() {
        out.push(b'-');
    }
    let unit = 10u64.pow(places as u32);
    out.digits(rounded / unit, 10, 1, false);
    if places > 0 {
        out.push(b'.');
        out.digits(rounded % unit, 10, places, false);
    }
    true
}

/// The size of a float times a power of ten, correctly rounded to an integer (ties to even), if that is not large.
pub(super) fn scaled(value: f64, places: usize) -> Option<u64> {
    if places > MAX_PLACES || !value.is_finite() {
        return None;
    }
    let bits = value.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
    let (significand, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    let scaled = u128::from(significand) * 10u128.pow(places as u32);
    let rounded = match exponent {
        0..=10 => scaled << exponent,
        11.. => return None,
        -127..0 => {
            let (kept, lost) = (scaled >> -exponent, scaled & ((1 << -exponent) - 1));
            let half = 1u128 << (-exponent - 1);
            kept + u128::from(lost > half || (lost == half && kept & 1 == 1))
        }
        _ => 0,
    };
    u64::try_from(rounded).ok()
}

/// `repr` of a float that is written without exponent.
pub fn shortest_plain(value: f64, buffer: &mut ryu::Buffer) -> Option<&str> {
    let size = value.abs();
    if !(1e-4..1e16).contains(&size) && size != 0.0 {
        return None;
    }
    // Of two decimals that are equally near CPython takes the even one.
    if size.fract() != 0.0 && size > 1e8 && may_be_tie(value) {
        return None;
    }
    Some(buffer.format_finite(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format_apply::{format_float, format_int};
    use crate::text::wtf8::StrRef;

    const SPECS: &[&str] = &[
        "", "5", "05", "<7", "*^9", ">12", "+", " 6", "+08", ",", "12,", "x", "X", "08b", "o", "d", ".2f", "8.3f", "08.1f", ".0f", "f",
        ",.2f", "+,.1f", "-<20.4f", "F", ">10", "^+9", "010.3f", ".17f", "00", "=5", "#x", "_d", "e", "x>,.5f", "<05", "5.2", "z.1f",
    ];

    #[test]
    fn integers_agree_with_the_general_way() {
        for value in [0, 1, -1, 7, -42, 999, 1000, -1_234_567, i64::MAX, i64::MIN] {
            for spec in SPECS {
                let mut quick = Short::new();
                if format_word(value, spec.as_bytes(), &mut quick) && !spec.is_empty() {
                    let wanted = format_int(value, StrRef::from(*spec), "int", 0).map(|t| t.into_bytes());
                    assert_eq!(Ok(quick.bytes().to_vec()), wanted, "{value} {spec}");
                }
            }
        }
        assert!(!format_word(1, b".2d", &mut Short::new()) && !format_word(1, b"#x", &mut Short::new()));
    }

    #[test]
    fn floats_agree_with_the_standard_library() {
        let mut seed = 1u64;
        for _ in 0..200_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let size = (seed >> 40) as f64 / 64.0;
            for value in [size, -size / 3.0, size * 1e-6, f64::from_bits(seed)] {
                for places in [0, 1, 2, 5, 9, 17] {
                    let mut quick = Short::new();
                    if fixed(value, places, &mut quick) {
                        assert_eq!(quick.text(), format!("{value:.places$}"));
                    }
                }
            }
        }
        assert!(fixed(2.675, 2, &mut Short::new()));
        for value in [0.0, -0.0, 0.5, 1.5, 2.5, -2.5, 1e15, 123_456.789, 1e-5, 0.1, 1e22, f64::MAX] {
            for spec in SPECS {
                let mut quick = Short::new();
                if format_double(value, spec.as_bytes(), &mut quick) && !spec.is_empty() {
                    let wanted = format_float(value, StrRef::from(*spec), "float").map(|t| t.into_bytes());
                    assert_eq!(Ok(quick.bytes().to_vec()), wanted, "{value} {spec}");
                }
            }
        }
    }
}
