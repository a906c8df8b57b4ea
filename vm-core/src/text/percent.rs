//! `%`-formatting: a parser that yields literal text and conversions, and the layout of each converted value.
//!
//! The caller fetches arguments between two steps of the parser (for `*` and for the value), so that errors arise in
//! CPython's order. `bytes` are formatted by decoding them as Latin-1 first. `str.format` is in `template.rs`.

use num_bigint::BigInt;

use super::error::{TextError, TextResult};
use super::float_text::{FloatFlags, double_to_string};
use super::format_apply::Whole;
use super::pad::MAX_BYTES;
use super::wtf8::{StrBuf, StrRef};

/// Width or precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Not given.
    Unset,
    /// Taken from the next argument.
    Star,
    /// Given.
    Number(usize),
}

/// One `%…x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion<'a> {
    /// Key in parentheses.
    pub key: Option<StrRef<'a>>,
    /// `-`
    pub left: bool,
    /// `+`
    pub sign: bool,
    /// space
    pub blank: bool,
    /// `#`
    pub alternate: bool,
    /// `0`
    pub zero: bool,
    /// Least width.
    pub width: Amount,
    /// Digits or most characters.
    pub precision: Amount,
    /// The conversion character.
    pub code: u32,
    /// Its index in the format string, for the message about an unknown one.
    pub index: usize,
}

/// A conversion of the common kind: neither key nor sign, width and precision below 100 if given at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quick {
    /// `-`
    pub left: bool,
    /// `0`
    pub zero: bool,
    /// Least width.
    pub width: usize,
    /// Digits or most characters.
    pub places: Option<usize>,
    /// One of s, r, d, i, x, X, f.
    pub code: u8,
}

impl Quick {
    /// Whether there is nothing but the code.
    #[inline]
    pub fn is_plain(self) -> bool {
        self.width == 0 && self.places.is_none()
    }

    /// Appends the ASCII text of a number, which may begin with a minus sign.
    pub fn number(self, text: &[u8], out: &mut StrBuf) {
        let missing = self.width.saturating_sub(text.len());
        if missing == 0 {
            return out.push_str(StrRef::counted(text, text.len()));
        }
        if self.left {
            out.push_str(StrRef::counted(text, text.len()));
            return out.push_repeated(0x20, missing);
        }
        if !self.zero {
            out.push_repeated(0x20, missing);
            return out.push_str(StrRef::counted(text, text.len()));
        }
        let (sign, digits) = text.split_at(usize::from(text.first() == Some(&b'-')));
        out.push_str(StrRef::counted(sign, sign.len()));
        out.push_repeated(0x30, missing);
        out.push_str(StrRef::counted(digits, digits.len()));
    }

    /// Appends a text, cut to the precision.
    pub fn text(self, text: StrRef<'_>, out: &mut StrBuf) {
        let text = self.places.map_or(text, |most| text.slice(0, most));
        let missing = self.width.saturating_sub(text.chars);
        if !self.left {
            out.push_repeated(0x20, missing);
        }
        out.push_str(text);
        if self.left {
            out.push_repeated(0x20, missing);
        }
    }
}

/// A piece of a `%`-format string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text to copy.
    Literal(StrRef<'a>),
    /// A value to convert.
    Conversion(Conversion<'a>),
}

/// Iterates over the pieces; stops after the first error.
#[derive(Clone, Debug)]
pub struct PercentParser<'a> {
    text: StrRef<'a>,
    at: usize,
    /// Whether the arguments are a mapping; without one a key is an error.
    mapping: bool,
}

impl<'a> PercentParser<'a> {
    /// A parser of `text`; `mapping` tells whether the right operand may be looked up by key.
    pub fn new(text: StrRef<'a>, mapping: bool) -> Self {
        PercentParser { text, at: 0, mapping }
    }

    /// The conversion that is next, if it is of the common kind, and where it ends; [`PercentParser::go_on`] takes it.
    #[inline]
    pub fn quick(&self) -> Option<(Quick, usize)> {
        let mut rest = self.text.bytes.get(self.at..)?.strip_prefix(b"%")?;
        let mut quick = Quick { left: false, zero: false, width: 0, places: None, code: 0 };
        if let [code @ (b's' | b'r' | b'd'), ..] = *rest {
            quick.code = code;
            return Some((quick, self.at + 2));
        }
        loop {
            match rest {
                [b'-', more @ ..] => (quick.left, rest) = (true, more),
                [b'0', more @ ..] => (quick.zero, rest) = (true, more),
                _ => break,
            }
        }
        let two_digits = |rest: &mut &[u8]| {
            let mut n = 0;
            for _ in 0..2 {
                let [digit @ b'0'..=b'9', more @ ..] = *rest else { break };
                n = n * 10 + usize::from(digit - b'0');
                *rest = more;
            }
            n
        };
        quick.width = two_digits(&mut rest);
        if let [b'.', b'0'..=b'9', ..] = rest {
            rest = &rest[1..];
            quick.places = Some(two_digits(&mut rest));
        }
        match rest {
            [code @ (b's' | b'r' | b'd' | b'i' | b'x' | b'X' | b'f'), more @ ..] => {
                quick.code = *code;
                Some((quick, self.text.bytes.len() - more.len()))
            }
            _ => None,
        }
    }

    /// Goes on behind a conversion that [`PercentParser::quick`] has told.
    #[inline]
    pub fn go_on(&mut self, end: usize) {
        self.at = end;
    }

    /// The ASCII byte at the cursor (a byte of 128 or more never matters to the grammar).
    fn peek(&self) -> Option<u8> {
        self.text.bytes.get(self.at).copied()
    }

    fn number(&mut self, most: usize, message: &str) -> TextResult<Amount> {
        let mut value = 0usize;
        while let Some(b @ b'0'..=b'9') = self.peek() {
            value = value
                .checked_mul(10)
                .and_then(|v| v.checked_add(usize::from(b - b'0')))
                .filter(|&v| v <= most)
                .ok_or_else(|| TextError::value(message))?;
            self.at += 1;
        }
        Ok(Amount::Number(value))
    }

    fn amount(&mut self, most: usize, message: &str) -> TextResult<Amount> {
        match self.peek() {
            Some(b'*') => {
                self.at += 1;
                Ok(Amount::Star)
            }
            Some(b'0'..=b'9') => self.number(most, message),
            _ => Ok(Amount::Unset),
        }
    }

    fn key(&mut self) -> TextResult<Option<StrRef<'a>>> {
        if self.peek() != Some(b'(') {
            return Ok(None);
        }
        if !self.mapping {
            return Err(TextError::type_error("format requires a mapping"));
        }
        let start = self.at + 1;
        let mut depth = 0usize;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(Some(self.text.byte_slice(start, self.at - 1)));
            }
        }
        Err(TextError::value("incomplete format key"))
    }

    fn conversion(&mut self) -> TextResult<Conversion<'a>> {
        let key = self.key()?;
        let (mut left, mut sign, mut blank, mut alternate, mut zero) = (false, false, false, false, false);
        loop {
            match self.peek() {
                Some(b'-') => left = true,
                Some(b'+') => sign = true,
                Some(b' ') => blank = true,
                Some(b'#') => alternate = true,
                Some(b'0') => zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.amount(isize::MAX as usize, "width too big")?;
        let mut precision = Amount::Unset;
        if self.peek() == Some(b'.') {
            self.at += 1;
            precision = match self.amount(i32::MAX as usize, "precision too big")? {
                Amount::Unset => Amount::Number(0),
                given => given,
            };
        }
        if matches!(self.peek(), Some(b'h' | b'l' | b'L')) {
            self.at += 1;
        }
        let Some((code, len)) = super::wtf8::decode_first(&self.text.bytes[self.at..]) else {
            return Err(TextError::value("incomplete format"));
        };
        let index = self.text.char_index(self.at);
        self.at += len;
        Ok(Conversion { key, left, sign, blank, alternate, zero, width, precision, code, index })
    }
}

impl<'a> Iterator for PercentParser<'a> {
    type Item = TextResult<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        if rest[0] != b'%' {
            // Mostly a few characters on.
            let near = rest.iter().take(12).position(|&b| b == b'%');
            let len = near.or_else(|| memchr::memchr(b'%', rest)).unwrap_or(rest.len());
            self.at += len;
            return Some(Ok(Piece::Literal(self.text.byte_slice(start, start + len))));
        }
        self.at += 1;
        if self.peek() == Some(b'%') {
            self.at += 1;
            return Some(Ok(Piece::Literal(self.text.byte_slice(start, start + 1))));
        }
        let found = self.conversion();
        if found.is_err() {
            self.at = self.text.bytes.len();
        }
        Some(found.map(Piece::Conversion))
    }
}

impl Conversion<'_> {
    /// The error for a conversion character that does not exist.
    pub fn unsupported(&self) -> TextError {
        let shown = char::from_u32(self.code).filter(|_| (31..=126).contains(&self.code)).unwrap_or('?');
        TextError::value(format!("unsupported format character '{shown}' (0x{:x}) at index {}", self.code, self.index))
    }

    /// The conversion character, if it is ASCII.
    pub fn code_char(&self) -> char {
        char::from_u32(self.code).unwrap_or('\u{FFFD}')
    }

    /// Replaces a `*` width by its argument; a negative one aligns left.
    pub fn set_width(&mut self, width: isize) {
        self.left |= width < 0;
        self.width = Amount::Number(width.unsigned_abs());
    }

    /// Replaces a `*` precision by its argument.
    pub fn set_precision(&mut self, precision: i32) {
        self.precision = Amount::Number(usize::try_from(precision).unwrap_or(0));
    }

    fn precision_number(&self) -> Option<usize> {
        match self.precision {
            Amount::Number(n) => Some(n),
            _ => None,
        }
    }

    /// Appends a machine integer with d, i, u, o, x or X, if neither precision nor prefix is asked for and the width is moderate; whether
    /// it did.
    pub fn quick_int(&self, value: i64, out: &mut StrBuf) -> bool {
        const WIDEST: usize = 128;
        let width = match self.width {
            Amount::Unset => 0,
            Amount::Number(width) if width <= WIDEST => width,
            _ => return false,
        };
        if self.precision != Amount::Unset || self.alternate {
            return false;
        }
        let (base, letters) = match self.code_char() {
            'o' => (8, b'a'),
            'x' => (16, b'a'),
            'X' => (16, b'A'),
            _ => (10, b'a'),
        };
        let mut digits = [0; 24];
        let (mut at, mut rest) = (digits.len(), value.unsigned_abs());
        loop {
            at -= 1;
            let digit = (if base == 10 { rest % 10 } else { rest % base }) as u8;
            digits[at] = if digit < 10 { b'0' + digit } else { letters + digit - 10 };
            rest = if base == 10 { rest / 10 } else { rest / base };
            if rest == 0 {
                break;
            }
        }
        let sign: &[u8] = if value < 0 {
            b"-"
        } else if self.sign {
            b"+"
        } else if self.blank {
            b" "
        } else {
            b""
        };
        let missing = width.saturating_sub(sign.len() + digits.len() - at);
        if !self.left && !self.zero {
            out.push_repeated(0x20, missing);
        }
        out.push_ascii(sign.iter().copied());
        if !self.left && self.zero {
            out.push_repeated(0x30, missing);
        }
        out.push_ascii(digits[at..].iter().copied());
        if self.left {
            out.push_repeated(0x20, missing);
        }
        true
    }

    /// Converts an integer with d, i, u, o, x or X.
    pub fn int<'a>(&self, value: impl Into<Whole<'a>>, digit_limit: usize) -> TextResult<StrBuf> {
        let value = value.into();
        let code = self.code_char();
        let precision = self.precision_number().unwrap_or(0);
        if precision > (i32::MAX - 3) as usize {
            return Err(TextError::overflow("precision too large"));
        }
        let text = match code {
            'o' => value.in_base(8),
            'x' | 'X' => value.in_base(16),
            _ => value.decimal(digit_limit)?,
        };
        let negative = value.is_negative();
        let digits = text.trim_start_matches('-');
        let prefix = match code {
            'o' => "0o",
            'x' | 'X' => "0x",
            _ => "",
        };
        let zeros = "0".repeat(precision.saturating_sub(digits.len()));
        let sign = if negative { "-" } else { "" };
        let mut text = format!("{sign}{}{zeros}{digits}", if self.alternate { prefix } else { "" });
        if code == 'X' {
            text.make_ascii_uppercase();
        }
        self.lay_out(StrRef::from(text.as_str()), true)
    }

    /// Converts a float with e, f, g or their capitals.
    pub fn float(&self, value: f64) -> TextResult<StrBuf> {
        let flags = FloatFlags { alternate: self.alternate, ..FloatFlags::default() };
        let text = double_to_string(value, self.code_char(), self.precision_number().unwrap_or(6), flags);
        self.lay_out(StrRef::from(text.as_str()), true)
    }

    /// Lays out the text of s, r, a or c (which ignores the precision).
    pub fn text(&self, text: StrRef<'_>) -> TextResult<StrBuf> {
        let text = match self.precision {
            Amount::Number(most) if self.code_char() != 'c' => text.slice(0, most),
            _ => text,
        };
        self.lay_out(text, false)
    }

    /// `%c` of an integer.
    pub fn char(&self, value: &BigInt) -> TextResult<StrBuf> {
        let code =
            u32::try_from(value).ok().filter(|&c| c <= 0x10_FFFF).ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))?;
        let text: StrBuf = [code].into_iter().collect();
        self.text(text.as_ref())
    }

    fn lay_out(&self, text: StrRef<'_>, number: bool) -> TextResult<StrBuf> {
        let width = if let Amount::Number(width) = self.width { width } else { 0 };
        if width > MAX_BYTES / 4 {
            return Err(TextError::memory());
        }
        let zero_fill = number && self.zero;
        let (mut sign, mut body) = ("", text);
        if number {
            match text.bytes.first() {
                Some(b'-') => {
                    sign = "-";
                    body = text.byte_slice(1, text.bytes.len());
                }
                _ if self.sign => sign = "+",
                _ if self.blank => sign = " ",
                _ => {}
            }
        }
        let prefixed = number && self.alternate && matches!(self.code_char(), 'x' | 'X' | 'o');
        let (prefix, body) =
            if prefixed { (body.byte_slice(0, 2), body.byte_slice(2, body.bytes.len())) } else { (body.byte_slice(0, 0), body) };
        let missing = width.saturating_sub(sign.len() + prefix.chars + body.chars);
        let mut out = StrBuf::with_capacity(width.max(text.bytes.len() + 1));
        if !self.left && !zero_fill {
            out.push_repeated(0x20, missing);
        }
        out.push_rust(sign);
        out.push_str(prefix);
        if !self.left && zero_fill {
            out.push_repeated(0x30, missing);
        }
        out.push_str(body);
        if self.left {
            out.push_repeated(0x20, missing);
        }
        Ok(out)
    }
}
