//! Python's `repr` of a constant, as the disassembler prints it.
//!
//! The object model has a `repr` of its own for run-time values; this one needs no machine.

use std::fmt::Write;

use super::printable::is_printable;
use super::set_order::iteration_order;
use super::{CodeObject, Const};

/// `repr(value)`.
#[must_use]
pub fn const_repr(value: &Const) -> String {
    let mut out = String::new();
    write_repr(&mut out, value);
    out
}

fn write_repr(out: &mut String, value: &Const) {
    match value {
        Const::None => out.push_str("None"),
        Const::Bool(true) => out.push_str("True"),
        Const::Bool(false) => out.push_str("False"),
        Const::Ellipsis => out.push_str("Ellipsis"),
        Const::Int(i) => out.push_str(&i.to_string()),
        Const::Float(f) => out.push_str(&float_repr(*f)),
        Const::Complex(re, im) => out.push_str(&complex_repr(*re, *im)),
        Const::Str(s) => out.push_str(&str_repr(s)),
        Const::Bytes(b) => out.push_str(&bytes_repr(b)),
        Const::Tuple(items) => {
            out.push('(');
            write_items(out, items.iter());
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }
        Const::FrozenSet(items) if items.is_empty() => out.push_str("frozenset()"),
        Const::FrozenSet(items) => {
            out.push_str("frozenset({");
            write_items(out, iteration_order(items).into_iter());
            out.push_str("})");
        }
        Const::Code(code) => out.push_str(&code_repr(code)),
    }
}

fn write_items<'a>(out: &mut String, items: impl Iterator<Item = &'a Const>) {
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_repr(out, item);
    }
}

/// `repr` of a code object. CPython's address is replaced by a number made from the contents, so that the output is the same
/// in every run.
#[must_use]
pub fn code_repr(code: &CodeObject) -> String {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let parts = [code.qualname.as_bytes(), &code.firstlineno.to_le_bytes(), &code.fused.code, &code.fused.linetable];
    for &byte in parts.into_iter().flatten() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    let address = 0x7F00_0000_0000 | (hash & 0xFF_FFFF_FFFF & !0xF);
    format!("<code object {} at {address:#x}, file \"{}\", line {}>", code.name, code.filename, code.firstlineno)
}

/// Python's shortest form of a float that reads back as the same value; `point` adds `.0` to whole numbers.
fn float_digits(value: f64, point: bool) -> String {
    if value.is_nan() {
        return "nan".to_owned();
    }
    if value.is_infinite() {
        return if value < 0.0 { "-inf" } else { "inf" }.to_owned();
    }
    let mut scientific = format!("{value:e}");
    // Of two shortest forms at the same distance CPython takes the one with the even digit, as correct rounding does.
    let precision = scientific.bytes().take_while(|b| *b != b'e').filter(u8::is_ascii_digit).count() - 1;
    let rounded = format!("{value:.precision$e}");
    if rounded.parse() == Ok(value) {
        scientific = rounded;
    }
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |m| ("-", m));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let mut out = sign.to_owned();
    if !(-4..16).contains(&exponent) {
        out.push_str(&digits[..1]);
        if count > 1 {
            out.push('.');
            out.push_str(&digits[1..]);
        }
        let (sign, magnitude) = if exponent < 0 { ('-', -exponent) } else { ('+', exponent) };
        let _ = write!(out, "e{sign}{magnitude:02}");
    } else if exponent < 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', usize::try_from(-exponent - 1).unwrap_or(0)));
        out.push_str(&digits);
    } else if count <= exponent + 1 {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', usize::try_from(exponent + 1 - count).unwrap_or(0)));
        if point {
            out.push_str(".0");
        }
    } else {
        let whole = usize::try_from(exponent + 1).unwrap_or(0);
        out.push_str(&digits[..whole]);
        out.push('.');
        out.push_str(&digits[whole..]);
    }
    out
}

/// `repr` of a float.
#[must_use]
pub fn float_repr(value: f64) -> String {
    float_digits(value, true)
}

/// `repr` of a complex number.
#[must_use]
pub fn complex_repr(re: f64, im: f64) -> String {
    let imaginary = float_digits(im, false);
    if re == 0.0 && !re.is_sign_negative() {
        return format!("{imaginary}j");
    }
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imaginary}j)", float_digits(re, false))
}

fn quote(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

/// `repr` of a string given as WTF-8.
#[must_use]
pub fn str_repr(text: &[u8]) -> String {
    let quote = quote(text.contains(&b'\''), text.contains(&b'"'));
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for point in code_points(text) {
        let _ = match point {
            0x09 => out.write_str("\\t"),
            0x0A => out.write_str("\\n"),
            0x0D => out.write_str("\\r"),
            0x5C => out.write_str("\\\\"),
            0x00..0x20 | 0x7F => write!(out, "\\x{point:02x}"),
            _ => match char::from_u32(point) {
                Some(c) if c == quote => write!(out, "\\{c}"),
                Some(c) if is_printable(c) => out.write_char(c),
                _ if point <= 0xFF => write!(out, "\\x{point:02x}"),
                _ if point <= 0xFFFF => write!(out, "\\u{point:04x}"),
                _ => write!(out, "\\U{point:08x}"),
            },
        };
    }
    out.push(quote);
    out
}

/// `repr` of a bytes object.
#[must_use]
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    for &byte in bytes {
        let _ = match byte {
            b'\t' => out.write_str("\\t"),
            b'\n' => out.write_str("\\n"),
            b'\r' => out.write_str("\\r"),
            b'\\' => out.write_str("\\\\"),
            b if char::from(b) == quote => write!(out, "\\{quote}"),
            0x20..0x7F => out.write_char(char::from(byte)),
            _ => write!(out, "\\x{byte:02x}"),
        };
    }
    out.push(quote);
    out
}

/// The code points of WTF-8, lone surrogates included; a malformed byte stands for itself.
pub fn code_points(text: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (&first, _) = rest.split_first()?;
        let (length, mut point) = match first {
            0xC0..0xE0 => (2, u32::from(first & 0x1F)),
            0xE0..0xF0 => (3, u32::from(first & 0x0F)),
            0xF0.. => (4, u32::from(first & 0x07)),
            _ => (1, u32::from(first)),
        };
        let Some(sequence) = rest.get(..length) else {
            rest = &rest[1..];
            return Some(u32::from(first));
        };
        for &byte in &sequence[1..] {
            point = point << 6 | u32::from(byte & 0x3F);
        }
        rest = &rest[length..];
        Some(point)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats() {
        for (value, wanted) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (123_456_789.5, "123456789.5"),
            (1e-4, "0.0001"),
            (1.5e-5, "1.5e-05"),
            (1e100, "1e+100"),
            (5e-324, "5e-324"),
            (2.0_f64.powi(-25), "2.9802322387695312e-08"),
            (f64::INFINITY, "inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(float_repr(value), wanted);
        }
        assert_eq!(complex_repr(0.0, 1.0), "1j");
        assert_eq!(complex_repr(-0.0, 2.5), "(-0+2.5j)");
        assert_eq!(complex_repr(1.0, -0.0), "(1-0j)");
        assert_eq!(complex_repr(1e16, f64::INFINITY), "(1e+16+infj)");
    }

    #[test]
    fn texts() {
        assert_eq!(str_repr("it's".as_bytes()), "\"it's\"");
        assert_eq!(str_repr("'\"\\\n\u{7f}é\u{ad}\u{200b}😀".as_bytes()), "'\\'\"\\\\\\n\\x7fé\\xad\\u200b😀'");
        assert_eq!(str_repr(&[0xED, 0xB2, 0x80]), "'\\udc80'");
        assert_eq!(bytes_repr(b"a'\x00\xff"), "b\"a'\\x00\\xff\"");
        assert_eq!(const_repr(&Const::Tuple([Const::None].into())), "(None,)");
    }
}
