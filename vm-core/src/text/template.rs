//! `str.format` templates: literal text and `{field!conversion:spec}`, field names, and automatic numbering.
//!
//! Parsing only: values are looked up and formatted by the caller, which also expands nested fields in a
//! specification by parsing it again, up to a depth of two.

use super::error::{TextError, TextResult};
use super::unicode::decimal_value;
use super::wtf8::{StrRef, decode_first};

/// The error when fields nest deeper than two.
pub const TOO_DEEP: &str = "Max string recursion exceeded";

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// Name, for [`split_field_name`].
    pub name: StrRef<'a>,
    /// Character after `!`.
    pub conversion: Option<u32>,
    /// Text after `:`.
    pub spec: StrRef<'a>,
    /// Whether the specification contains fields of its own.
    pub nested: bool,
}

/// Literal text, and the field after it if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Text to copy, possibly empty.
    pub literal: StrRef<'a>,
    /// The field.
    pub field: Option<Field<'a>>,
}

/// Iterates over the segments; stops after the first error.
#[derive(Clone, Debug)]
pub struct TemplateParser<'a> {
    text: StrRef<'a>,
    at: usize,
}

/// What a field of the common kind is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuickName<'a> {
    /// Nothing.
    Empty,
    /// A number of one digit.
    Index(usize),
    /// An ASCII identifier.
    Key(&'a [u8]),
}

/// Literal text and a field of the common kind: without attributes, items, conversion and braces in the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuickField<'a> {
    /// Text to copy, possibly empty.
    pub literal: StrRef<'a>,
    /// What it is called.
    pub name: QuickName<'a>,
    /// Text after `:`.
    pub spec: StrRef<'a>,
    /// Where it ends.
    pub end: usize,
}

fn empty<'a>() -> StrRef<'a> {
    StrRef::counted(&[], 0)
}

impl<'a> TemplateParser<'a> {
    /// A parser of a template.
    pub fn new(text: StrRef<'a>) -> Self {
        TemplateParser { text, at: 0 }
    }

    /// What is next, if it is of the common kind; [`TemplateParser::go_on`] takes it.
    #[inline]
    pub fn quick(&self) -> Option<QuickField<'a>> {
        let (bytes, start) = (self.text.bytes, self.at);
        let mut brace = start;
        loop {
            match bytes.get(brace)? {
                b'{' => break,
                b'}' => return None,
                _ => brace += 1,
            }
        }
        let from = brace + 1;
        let mut at = from;
        let name = match bytes.get(at)? {
            b'}' | b':' => QuickName::Empty,
            digit @ b'0'..=b'9' => {
                at += 1;
                QuickName::Index(usize::from(digit - b'0'))
            }
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => {
                while bytes.get(at)?.is_ascii_alphanumeric() || bytes[at] == b'_' {
                    at += 1;
                }
                QuickName::Key(&bytes[from..at])
            }
            _ => return None,
        };
        let mut spec = empty();
        match bytes.get(at)? {
            b'}' => {}
            b':' => {
                let from = at + 1;
                loop {
                    at += 1;
                    match bytes.get(at)? {
                        b'}' => break,
                        b'{' => return None,
                        _ => {}
                    }
                }
                spec = self.text.byte_slice(from, at);
            }
            _ => return None,
        }
        Some(QuickField { literal: self.text.byte_slice(start, brace), name, spec, end: at + 1 })
    }

    /// Goes on behind a field that [`TemplateParser::quick`] has told.
    #[inline]
    pub fn go_on(&mut self, end: usize) {
        self.at = end;
    }

    fn next_byte(&mut self) -> Option<u8> {
        let b = self.text.bytes.get(self.at).copied()?;
        self.at += 1;
        Some(b)
    }

    fn segment(&mut self) -> TextResult<Segment<'a>> {
        let bytes = self.text.bytes;
        let start = self.at;
        // Mostly a few characters on.
        let near = bytes[start..].iter().take(12).position(|&b| b == b'{' || b == b'}');
        let Some(found) = near.or_else(|| memchr::memchr2(b'{', b'}', &bytes[start..])) else {
            self.at = bytes.len();
            return Ok(Segment { literal: self.text.byte_slice(start, bytes.len()), field: None });
        };
        let brace = start + found;
        let doubled = bytes.get(brace + 1) == Some(&bytes[brace]);
        if doubled {
            self.at = brace + 2;
            return Ok(Segment { literal: self.text.byte_slice(start, brace + 1), field: None });
        }
        if bytes[brace] == b'}' {
            return Err(TextError::value("Single '}' encountered in format string"));
        }
        if brace + 1 == bytes.len() {
            return Err(TextError::value("Single '{' encountered in format string"));
        }
        self.at = brace + 1;
        let literal = self.text.byte_slice(start, brace);
        if bytes[brace + 1] == b'}' {
            self.at = brace + 2;
            return Ok(Segment { literal, field: Some(Field { name: empty(), conversion: None, spec: empty(), nested: false }) });
        }
        Ok(Segment { literal, field: Some(self.field()?) })
    }

    fn field(&mut self) -> TextResult<Field<'a>> {
        let start = self.at;
        let end = loop {
            match self.next_byte() {
                None => return Err(TextError::value("expected '}' before end of string")),
                Some(b'{') => return Err(TextError::value("unexpected '{' in field name")),
                Some(b'[') => {
                    let rest = &self.text.bytes[self.at..];
                    self.at += memchr::memchr(b']', rest).unwrap_or(rest.len());
                }
                Some(end @ (b'}' | b':' | b'!')) => break end,
                Some(_) => {}
            }
        };
        let name = self.text.byte_slice(start, self.at - 1);
        let mut conversion = None;
        if end == b'}' {
            return Ok(Field { name, conversion, spec: empty(), nested: false });
        }
        if end == b'!' {
            let Some((code, len)) = decode_first(&self.text.bytes[self.at..]) else {
                return Err(TextError::value("end of string while looking for conversion specifier"));
            };
            self.at += len;
            conversion = Some(code);
            match self.next_byte() {
                Some(b'}') => {
                    return Ok(Field { name, conversion, spec: empty(), nested: false });
                }
                None | Some(b':') => {}
                Some(_) => return Err(TextError::value("expected ':' after conversion specifier")),
            }
        }
        let from = self.at;
        let (mut depth, mut nested) = (1usize, false);
        loop {
            match self.next_byte() {
                None => return Err(TextError::value("unmatched '{' in format spec")),
                Some(b'{') => {
                    nested = true;
                    depth += 1;
                }
                Some(b'}') => depth -= 1,
                Some(_) => {}
            }
            if depth == 0 {
                return Ok(Field { name, conversion, spec: self.text.byte_slice(from, self.at - 1), nested });
            }
        }
    }
}

impl<'a> Iterator for TemplateParser<'a> {
    type Item = TextResult<Segment<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.bytes.len() {
            return None;
        }
        let found = self.segment();
        if found.is_err() {
            self.at = self.text.bytes.len();
        }
        Some(found)
    }
}

/// Whether fields are numbered by hand or automatically: one state per call of `format`.
#[derive(Clone, Debug, Default)]
pub struct AutoNumber {
    automatic: Option<bool>,
    next: usize,
}

impl AutoNumber {
    /// Whether a field that is numbered automatically, or else by hand, fits those before it; if so, that is noted.
    #[inline]
    pub fn agrees(&mut self, automatic: bool) -> bool {
        *self.automatic.get_or_insert(automatic) == automatic
    }

    /// The next automatic number.
    #[inline]
    pub fn next_number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn check(&mut self, is_empty: bool) -> TextResult<()> {
        match *self.automatic.get_or_insert(is_empty) {
            true if !is_empty => Err(TextError::value("cannot switch from automatic field numbering to manual field specification")),
            false if is_empty => Err(TextError::value("cannot switch from manual field specification to automatic field numbering")),
            _ => Ok(()),
        }
    }
}

/// The first part of a field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// Positional argument.
    Index(usize),
    /// Keyword argument.
    Key(StrRef<'a>),
}

/// A further part of a field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access<'a> {
    /// `.name`
    Attribute(StrRef<'a>),
    /// `[number]`
    Index(usize),
    /// `[text]`
    Key(StrRef<'a>),
}

fn integer(text: StrRef<'_>) -> TextResult<Option<usize>> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut value = 0usize;
    for c in text.code_points() {
        let Some(digit) = decimal_value(c) else {
            return Ok(None);
        };
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit as usize))
            .filter(|&v| v <= isize::MAX as usize)
            .ok_or_else(|| TextError::value("Too many decimal digits in format string"))?;
    }
    Ok(Some(value))
}

/// Splits a field name; `numbering` is `None` where empty names are left to the caller (`string.Formatter`).
pub fn split_field_name<'a>(name: StrRef<'a>, numbering: Option<&mut AutoNumber>) -> TextResult<(First<'a>, Accesses<'a>)> {
    let end = name.bytes.iter().position(|&b| b == b'.' || b == b'[').unwrap_or(name.bytes.len());
    let first = name.byte_slice(0, end);
    let mut index = integer(first)?;
    if let Some(numbering) = numbering
        && (first.is_empty() || index.is_some())
    {
        numbering.check(first.is_empty())?;
        if first.is_empty() {
            index = Some(numbering.next_number());
        }
    }
    let rest = Accesses { text: name, at: end };
    Ok((index.map_or(First::Key(first), First::Index), rest))
}

/// Iterates over `.name` and `[key]`; stops after the first error.
#[derive(Clone, Debug)]
pub struct Accesses<'a> {
    text: StrRef<'a>,
    at: usize,
}

impl<'a> Accesses<'a> {
    fn access(&mut self) -> TextResult<Access<'a>> {
        let bytes = self.text.bytes;
        let kind = bytes[self.at];
        let start = self.at + 1;
        let (name, next) = match kind {
            b'.' => {
                let end = memchr::memchr2(b'.', b'[', &bytes[start..]).map_or(bytes.len(), |i| start + i);
                (self.text.byte_slice(start, end), end)
            }
            b'[' => {
                let Some(len) = memchr::memchr(b']', &bytes[start..]) else {
                    return Err(TextError::value("Missing ']' in format string"));
                };
                (self.text.byte_slice(start, start + len), start + len + 1)
            }
            _ => {
                return Err(TextError::value("Only '.' or '[' may follow ']' in format field specifier"));
            }
        };
        self.at = next;
        let index = if kind == b'[' { integer(name)? } else { None };
        if name.is_empty() {
            return Err(TextError::value("Empty attribute in format string"));
        }
        Ok(match (kind, index) {
            (b'.', _) => Access::Attribute(name),
            (_, Some(index)) => Access::Index(index),
            (_, None) => Access::Key(name),
        })
    }
}

impl<'a> Iterator for Accesses<'a> {
    type Item = TextResult<Access<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.bytes.len() {
            return None;
        }
        let found = self.access();
        if found.is_err() {
            self.at = self.text.bytes.len();
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn automatic_numbers_do_not_mix_with_manual_ones() {
        let first = |name: &'static str, n: &mut AutoNumber| split_field_name(StrRef::from(name), Some(n)).map(|(first, _)| first);
        let mut n = AutoNumber::default();
        assert_eq!(first("", &mut n), Ok(First::Index(0)));
        assert_eq!(first(".real", &mut n), Ok(First::Index(1)));
        assert_eq!(first("key", &mut n), Ok(First::Key(StrRef::from("key"))));
        let message = |result: TextResult<First<'_>>| String::from_utf8(result.unwrap_err().message).unwrap();
        assert_eq!(message(first("0", &mut n)), "cannot switch from automatic field numbering to manual field specification");
        let mut n = AutoNumber::default();
        assert_eq!(first("2[x]", &mut n), Ok(First::Index(2)));
        assert_eq!(message(first("", &mut n)), "cannot switch from manual field specification to automatic field numbering");
    }
}
