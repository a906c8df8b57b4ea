//! Python's `repr` of a constant, as the disassembler prints it.
//!
//! The object model's `repr` of run-time values needs a machine; this one does not. The texts of numbers, strings and bytes are the
//! same for both, and stand in `text/`.

use super::set_order::iteration_order;
use super::{CodeObject, Const};
use crate::text::float_text::{complex_repr, float_repr};
use crate::text::repr::{self, bytes_repr};
use crate::text::wtf8::StrRef;

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
    let parts = [code.qualname.as_bytes(), &code.firstlineno.to_le_bytes(), code.fused().code, code.fused().linetable];
    for &byte in parts.into_iter().flatten() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    let address = 0x7F00_0000_0000 | (hash & 0xFF_FFFF_FFFF & !0xF);
    format!("<code object {} at {address:#x}, file \"{}\", line {}>", code.name, code.filename, code.firstlineno)
}

/// `repr` of a string given as WTF-8.
#[must_use]
pub fn str_repr(text: &[u8]) -> String {
    String::from_utf8_lossy(repr::str_repr(StrRef::new(text)).as_ref().bytes).into_owned()
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
