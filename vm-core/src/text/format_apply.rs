//! `format(value, spec)` for str, int, float and complex.
//!
//! Checks which specifications a type allows and makes the parts; `format_number.rs` lays them out. An empty
//! specification means `str(value)`, also here.

use super::error::{TextError, TextResult};
use super::float_text::{FloatFlags, complex_repr, double_to_string, float_repr};
use super::format_number::{NumberParts, lay_out};
use super::format_spec::{FormatSpec, unknown_code};
use super::int_text::{i64_to_base, limbs_to_base, limbs_to_decimal};
use super::limbs::{self, Limb};
use super::pad::padded;
use super::wtf8::{StrBuf, StrRef};

/// `str.__format__`
pub fn format_str(value: StrRef<'_>, spec: StrRef<'_>, type_name: &str) -> TextResult<StrBuf> {
    if spec.is_empty() {
        return Ok(value.to_buf());
    }
    let spec = FormatSpec::parse(spec, type_name, Some('s'), '<')?;
    if spec.code_char() != Some('s') {
        return Err(unknown_code(spec.code.unwrap_or(0), type_name));
    }
    let refuse = |what: &str| Err(TextError::value(format!("{what} not allowed in string format specifier")));
    match spec.sign {
        Some(' ') => return refuse("Space"),
        Some(_) => return refuse("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    if spec.align == '=' {
        return refuse("'=' alignment");
    }
    let text = spec.precision.map_or(value, |most| value.slice(0, most));
    let missing = spec.width.unwrap_or(0).saturating_sub(text.chars);
    let (left, right) = sides(missing, spec.align);
    padded(text, left, right, spec.fill)
}

fn sides(missing: usize, align: char) -> (usize, usize) {
    match align {
        '>' => (missing, 0),
        '^' => (missing / 2, missing - missing / 2),
        _ => (0, missing),
    }
}

/// An integer to format.
#[derive(Clone, Copy, Debug)]
pub enum Whole<'a> {
    /// A machine integer.
    Word(i64),
    /// One that does not fit a machine integer: whether it is below zero, and its limbs.
    Big(bool, &'a [Limb]),
}

impl From<i64> for Whole<'_> {
    fn from(value: i64) -> Self {
        Whole::Word(value)
    }
}

impl<'a> From<(bool, &'a [Limb])> for Whole<'a> {
    fn from((negative, limbs): (bool, &'a [Limb])) -> Self {
        Whole::Big(negative, limbs)
    }
}

impl Whole<'_> {
    pub(super) fn decimal(self, digit_limit: usize) -> TextResult<String> {
        match self {
            Whole::Word(i) => Ok(i.to_string()),
            Whole::Big(negative, limbs) => limbs_to_decimal(negative, limbs, digit_limit),
        }
    }

    pub(super) fn in_base(self, base: u32) -> String {
        match self {
            Whole::Word(i) => i64_to_base(i, base),
            Whole::Big(negative, limbs) => limbs_to_base(negative, limbs, base),
        }
    }

    fn float(self) -> TextResult<f64> {
        match self {
            Whole::Word(i) => Ok(i as f64),
            Whole::Big(negative, limbs) => {
                let f = limbs::to_f64(negative, limbs);
                if f.is_finite() { Ok(f) } else { Err(TextError::overflow("int too large to convert to float")) }
            }
        }
    }

    fn word(self) -> Option<i64> {
        match self {
            Whole::Word(i) => Some(i),
            Whole::Big(..) => None,
        }
    }

    pub(super) fn is_negative(self) -> bool {
        match self {
            Whole::Word(i) => i < 0,
            Whole::Big(negative, _) => negative,
        }
    }
}

/// `int.__format__`; `type_name` is `bool` for a bool.
pub fn format_int<'a>(value: impl Into<Whole<'a>>, spec: StrRef<'_>, type_name: &str, digit_limit: usize) -> TextResult<StrBuf> {
    let value = value.into();
    if spec.is_empty() {
        return value.decimal(digit_limit).map(StrBuf::from);
    }
    let spec = FormatSpec::parse(spec, type_name, Some('d'), '>')?;
    match spec.code_char() {
        Some('b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') => int_with_spec(value, &spec, digit_limit),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => float_with_spec(value.float()?, &spec),
        _ => Err(unknown_code(spec.code.unwrap_or(0), type_name)),
    }
}

fn int_with_spec(value: Whole<'_>, spec: &FormatSpec, digit_limit: usize) -> TextResult<StrBuf> {
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    let code = spec.code_char().unwrap_or('d');
    if code == 'c' {
        return char_with_spec(value, spec);
    }
    let (prefix, base) = match code {
        'b' => ("0b", 2),
        'o' => ("0o", 8),
        'x' => ("0x", 16),
        'X' => ("0X", 16),
        _ => ("", 10),
    };
    let mut text = if base == 10 { value.decimal(digit_limit)? } else { value.in_base(base) };
    if code == 'X' {
        text.make_ascii_uppercase();
    }
    let parts = NumberParts {
        negative: value.is_negative(),
        prefix: if spec.alternate { prefix } else { "" },
        digits: text.trim_start_matches('-'),
        rest: StrRef::from(""),
    };
    lay_out(&parts, spec)
}

fn char_with_spec(value: Whole<'_>, spec: &FormatSpec) -> TextResult<StrBuf> {
    if spec.sign.is_some() {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let code = value.word().ok_or_else(|| TextError::overflow("Python int too large to convert to C long"))?;
    let code = u32::try_from(code).ok().filter(|&c| c <= 0x10_FFFF).ok_or_else(|| TextError::overflow("%c arg not in range(0x110000)"))?;
    let text: StrBuf = [code].into_iter().collect();
    lay_out(&NumberParts { negative: false, prefix: "", digits: "", rest: text.as_ref() }, spec)
}

/// `float.__format__`
pub fn format_float(value: f64, spec: StrRef<'_>, type_name: &str) -> TextResult<StrBuf> {
    if spec.is_empty() {
        return Ok(StrBuf::from(float_repr(value)));
    }
    let spec = FormatSpec::parse(spec, type_name, None, '>')?;
    match spec.code_char() {
        None if spec.code.is_none() => float_with_spec(value, &spec),
        Some('\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%') => float_with_spec(value, &spec),
        _ => Err(unknown_code(spec.code.unwrap_or(0), type_name)),
    }
}

/// Code and precision for [`double_to_string`], and whether no type was given.
fn float_code(spec: &FormatSpec) -> TextResult<(char, usize, bool)> {
    if spec.precision.is_some_and(|p| p > i32::MAX as usize) {
        return Err(TextError::value("precision too big"));
    }
    let code = spec.code_char().unwrap_or('\0');
    Ok(match (code, spec.precision) {
        ('\0', None) => ('r', 0, true),
        ('\0', Some(precision)) => ('g', precision, true),
        ('n', precision) => ('g', precision.unwrap_or(6), false),
        ('%', precision) => ('f', precision.unwrap_or(6), false),
        (code, precision) => (code, precision.unwrap_or(6), false),
    })
}

fn float_with_spec(value: f64, spec: &FormatSpec) -> TextResult<StrBuf> {
    let (code, precision, plain) = float_code(spec)?;
    let percent = spec.code_char() == Some('%');
    let flags = FloatFlags { sign: false, add_dot_0: plain, alternate: spec.alternate, no_negative_zero: spec.no_negative_zero };
    let mut text = double_to_string(if percent { value * 100.0 } else { value }, code, precision, flags);
    if percent {
        text.push('%');
    }
    lay_out(&NumberParts::of_float(&text), spec)
}

/// `complex.__format__`
pub fn format_complex(re: f64, im: f64, spec: StrRef<'_>, type_name: &str) -> TextResult<StrBuf> {
    if spec.is_empty() {
        return Ok(StrBuf::from(complex_repr(re, im)));
    }
    let spec = FormatSpec::parse(spec, type_name, None, '>')?;
    match spec.code_char() {
        None if spec.code.is_none() => {}
        Some('\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n') => {}
        _ => return Err(unknown_code(spec.code.unwrap_or(0), type_name)),
    }
    let (code, precision, plain) = float_code(&spec)?;
    if spec.fill == 0x30 {
        return Err(TextError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == '=' {
        return Err(TextError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    let flags = FloatFlags { alternate: spec.alternate, no_negative_zero: spec.no_negative_zero, ..FloatFlags::default() };
    let skip_re = plain && re == 0.0 && re.is_sign_positive();
    let parens = plain && !skip_re;
    let bare = FormatSpec { fill: 0, align: '<', width: None, ..spec.clone() };
    let part = |value: f64, spec: &FormatSpec| lay_out(&NumberParts::of_float(&double_to_string(value, code, precision, flags)), spec);
    let mut text = StrBuf::new();
    if parens {
        text.push_rust("(");
    }
    if !skip_re {
        text.push_str(part(re, &bare)?.as_ref());
    }
    let sign = if skip_re { bare.sign } else { Some('+') };
    text.push_str(part(im, &FormatSpec { sign, ..bare })?.as_ref());
    text.push_rust(if parens { "j)" } else { "j" });
    let (left, right) = sides(spec.width.unwrap_or(0).saturating_sub(text.chars()), spec.align);
    padded(text.as_ref(), left, right, spec.fill)
}
