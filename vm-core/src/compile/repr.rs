//! `repr()` of the constants a compiler sees: what the dumps print, without an object model.

use crate::code::Const;
use std::fmt::Write;

/// `repr` of a constant.
#[must_use]
pub fn const_repr(value: &Const) -> String {
    match value {
        Const::None => "None".into(),
        Const::Bool(true) => "True".into(),
        Const::Bool(false) => "False".into(),
        Const::Ellipsis => "Ellipsis".into(),
        Const::Int(value) => value.to_string(),
        Const::Float(value) => float_repr(*value),
        Const::Complex(real, imag) => complex_repr(*real, *imag),
        Const::Str(text) => str_repr(text),
        Const::Bytes(bytes) => bytes_repr(bytes),
        Const::Tuple(items) => {
            let inner: Vec<String> = items.iter().map(const_repr).collect();
            if inner.len() == 1 { format!("({},)", inner[0]) } else { format!("({})", inner.join(", ")) }
        }
        Const::FrozenSet(items) if items.is_empty() => "frozenset()".into(),
        Const::FrozenSet(items) => {
            let inner: Vec<String> = items.iter().map(const_repr).collect();
            format!("frozenset({{{}}})", inner.join(", "))
        }
        Const::Code(code) => {
            format!("<code object {}, file \"{}\", line {}>", code.name, code.filename, code.firstlineno)
        }
    }
}

/// `repr` of a float: the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on.
#[must_use]
pub fn float_repr(value: f64) -> String {
    let text = float_digits(value);
    if text.contains(['.', 'e', 'n', 'i']) { text } else { text + ".0" }
}

/// The same without the `.0` of whole numbers, as a complex number's parts are written.
fn float_digits(value: f64) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-4..16).contains(&exponent) {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{mantissa}e{sign}{:02}", exponent.abs());
    }
    format!("{value}")
}

/// `repr` of a complex number.
#[must_use]
pub fn complex_repr(real: f64, imag: f64) -> String {
    if real == 0.0 && !real.is_sign_negative() {
        return float_digits(imag) + "j";
    }
    let sign = if imag.is_sign_negative() && !imag.is_nan() { "" } else { "+" };
    format!("({}{sign}{}j)", float_digits(real), float_digits(imag))
}

fn quote_for(text: &[u8]) -> u8 {
    if text.contains(&b'\'') && !text.contains(&b'"') { b'"' } else { b'\'' }
}

/// Whether CPython's `repr` shows the character as it is.
#[must_use]
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    // Rust's `escape_debug` escapes what Unicode calls other or separator, as CPython does; behind a first character it leaves
    // combining marks alone.
    let pair: String = ['a', c].iter().collect();
    pair.escape_debug().nth(1) != Some('\\')
}

/// `repr` of a string given as WTF-8.
#[must_use]
pub fn str_repr(wtf8: &[u8]) -> String {
    let quote = char::from(quote_for(wtf8));
    let mut out = String::with_capacity(wtf8.len() + 2);
    out.push(quote);
    let mut rest = wtf8;
    while !rest.is_empty() {
        let valid = match std::str::from_utf8(rest) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&rest[..error.valid_up_to()]).unwrap_or(""),
        };
        valid.chars().for_each(|c| push_char(&mut out, c, quote));
        rest = &rest[valid.len()..];
        if let [lead, second, third, ..] = *rest
            && lead == 0xED
        {
            let code = 0xD000 | (u32::from(second & 0x3F) << 6) | u32::from(third & 0x3F);
            let _ = write!(out, "\\u{code:04x}");
            rest = &rest[3..];
        } else if !rest.is_empty() {
            rest = &rest[1..];
        }
    }
    out.push(quote);
    out
}

fn push_char(out: &mut String, c: char, quote: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        c if c == quote => {
            out.push('\\');
            out.push(c);
        }
        c if is_printable(c) => out.push(c),
        c => {
            let code = u32::from(c);
            let _ = match code {
                0..=0xFF => write!(out, "\\x{code:02x}"),
                0x100..=0xFFFF => write!(out, "\\u{code:04x}"),
                _ => write!(out, "\\U{code:08x}"),
            };
        }
    }
}

/// `repr` of a bytes object.
#[must_use]
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote_for(bytes);
    let mut out = String::from("b");
    out.push(char::from(quote));
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            byte if byte == quote => {
                out.push('\\');
                out.push(char::from(byte));
            }
            0x20..=0x7E => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "\\x{byte:02x}");
            }
        }
    }
    out.push(char::from(quote));
    out
}
