//! The format-specification mini-language: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
//!
//! Parsing only; `format_apply.rs` applies a parsed specification to a value.

use super::error::{TextError, TextResult};
use super::unicode::decimal_value;
use super::wtf8::StrRef;

/// How digits are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Not at all.
    None,
    /// `,` between thousands.
    Comma,
    /// `_` between thousands.
    Underscore,
    /// `_` between every four digits (of base 2, 8 or 16).
    UnderscoreFour,
}

/// A parsed format specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatSpec {
    /// Fill character.
    pub fill: u32,
    /// One of `<`, `>`, `=`, `^`.
    pub align: char,
    /// `+`, `-` or space, if written.
    pub sign: Option<char>,
    /// `z`: no negative zero.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// Least width.
    pub width: Option<usize>,
    /// Grouping of digits.
    pub grouping: Grouping,
    /// Digits after the point, or most characters.
    pub precision: Option<usize>,
    /// Presentation type, if written or implied.
    pub code: Option<u32>,
}

fn is_align(code: u32) -> Option<char> {
    char::from_u32(code).filter(|c| matches!(c, '<' | '>' | '=' | '^'))
}

/// Reads decimal digits of any script; `None` if there are none.
fn integer(codes: &[u32], at: &mut usize) -> TextResult<Option<usize>> {
    let start = *at;
    let mut value = 0usize;
    while let Some(digit) = codes.get(*at).and_then(|&c| decimal_value(c)) {
        value = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(digit as usize))
            .filter(|&v| v <= isize::MAX as usize)
            .ok_or_else(|| TextError::value("Too many decimal digits in format string"))?;
        *at += 1;
    }
    Ok((*at > start).then_some(value))
}

/// A character of a message as `%c` shows it, or its number if it is not plain ASCII.
fn shown(code: u32) -> String {
    match char::from_u32(code) {
        Some(c) if code > 32 && code < 128 => c.to_string(),
        _ => format!("\\x{code:x}"),
    }
}

impl FormatSpec {
    /// Parses `spec` for a value whose type is called `type_name`.
    pub fn parse(spec: StrRef<'_>, type_name: &str, default_code: Option<char>, default_align: char) -> TextResult<Self> {
        let mut few = [0; 24];
        let many: Vec<u32>;
        let codes = if spec.chars <= few.len() {
            few.iter_mut().zip(spec.code_points()).for_each(|(to, code)| *to = code);
            &few[..spec.chars]
        } else {
            many = spec.code_points().collect();
            &many[..]
        };
        let mut out = FormatSpec {
            fill: 0x20,
            align: default_align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: Grouping::None,
            precision: None,
            code: default_code.map(u32::from),
        };
        let mut at = 0;
        let (mut fill_given, mut align_given) = (false, false);
        if let Some(align) = codes.get(1).and_then(|&c| is_align(c)) {
            out.align = align;
            out.fill = codes[0];
            (fill_given, align_given) = (true, true);
            at = 2;
        } else if let Some(align) = codes.first().and_then(|&c| is_align(c)) {
            out.align = align;
            align_given = true;
            at = 1;
        }
        let next = |at: usize, wanted: char| codes.get(at) == Some(&u32::from(wanted));
        if let Some(sign) = [' ', '+', '-'].into_iter().find(|&s| next(at, s)) {
            out.sign = Some(sign);
            at += 1;
        }
        if next(at, 'z') {
            out.no_negative_zero = true;
            at += 1;
        }
        if next(at, '#') {
            out.alternate = true;
            at += 1;
        }
        if !fill_given && next(at, '0') {
            out.fill = u32::from('0');
            if !align_given && default_align == '>' {
                out.align = '=';
            }
            at += 1;
        }
        out.width = integer(codes, &mut at)?;
        if next(at, ',') {
            out.grouping = Grouping::Comma;
            at += 1;
        }
        if next(at, '_') {
            if out.grouping != Grouping::None {
                return Err(TextError::value("Cannot specify both ',' and '_'."));
            }
            out.grouping = Grouping::Underscore;
            at += 1;
        }
        if next(at, ',') && out.grouping == Grouping::Underscore {
            return Err(TextError::value("Cannot specify both ',' and '_'."));
        }
        if next(at, '.') {
            at += 1;
            out.precision = integer(codes, &mut at)?;
            if out.precision.is_none() {
                return Err(TextError::value("Format specifier missing precision"));
            }
        }
        if codes.len() - at > 1 {
            let mut message = b"Invalid format specifier '".to_vec();
            message.extend_from_slice(spec.bytes);
            message.extend_from_slice(format!("' for object of type '{type_name}'").as_bytes());
            return Err(TextError::value(message));
        }
        if let Some(&code) = codes.get(at) {
            out.code = Some(code);
        }
        out.check_grouping()?;
        Ok(out)
    }

    /// The presentation type as a character, if it is one.
    pub fn code_char(&self) -> Option<char> {
        self.code.and_then(char::from_u32)
    }

    fn check_grouping(&mut self) -> TextResult<()> {
        let separator = match self.grouping {
            Grouping::None => return Ok(()),
            Grouping::Comma => ',',
            _ => '_',
        };
        match self.code_char() {
            None if self.code.is_none() => Ok(()),
            Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => Ok(()),
            Some('b' | 'o' | 'x' | 'X') if separator == '_' => {
                self.grouping = Grouping::UnderscoreFour;
                Ok(())
            }
            _ => Err(TextError::value(format!("Cannot specify '{separator}' with '{}'.", shown(self.code.unwrap_or(0))))),
        }
    }
}

/// The error for a presentation type that the value's type does not know.
pub fn unknown_code(code: u32, type_name: &str) -> TextError {
    TextError::value(format!("Unknown format code '{}' for object of type '{type_name}'", shown(code)))
}

/// The error for `{!x}` with an unknown conversion.
pub fn unknown_conversion(code: u32) -> TextError {
    let text = match char::from_u32(code) {
        Some(c) if code > 32 && code < 127 => c.to_string(),
        _ => format!("\\x{code:x}"),
    };
    TextError::value(format!("Unknown conversion specifier {text}"))
}
