//! `repr` and `ascii` of text and bytes: the choice of quotes and the escapes.

use super::unicode::is_printable;
use super::wtf8::{StrBuf, StrRef};

fn quote_for(has_single: bool, has_double: bool) -> u32 {
    u32::from(if has_single && !has_double { b'"' } else { b'\'' })
}

/// Appends `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
pub(super) fn push_escape(out: &mut StrBuf, code: u32) {
    let text = match code {
        0..=0xFF => format!("\\x{code:02x}"),
        0x100..=0xFFFF => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    };
    out.push_rust(&text);
}

fn quoted(text: StrRef<'_>, keep: impl Fn(u32) -> bool) -> StrBuf {
    let quote = quote_for(text.bytes.contains(&b'\''), text.bytes.contains(&b'"'));
    let mut out = StrBuf::with_capacity(text.bytes.len() + 2);
    out.push(quote);
    for c in text.code_points() {
        match c {
            0x09 => out.push_rust("\\t"),
            0x0A => out.push_rust("\\n"),
            0x0D => out.push_rust("\\r"),
            0x5C => out.push_rust("\\\\"),
            _ if c == quote => {
                out.push(0x5C);
                out.push(c);
            }
            0x20..=0x7E => out.push(c),
            _ if c >= 0x80 && keep(c) => out.push(c),
            _ => push_escape(&mut out, c),
        }
    }
    out.push(quote);
    out
}

/// `repr(str)`.
pub fn str_repr(text: StrRef<'_>) -> StrBuf {
    quoted(text, is_printable)
}

/// `ascii(str)`.
pub fn str_ascii(text: StrRef<'_>) -> StrBuf {
    quoted(text, |_| false)
}

/// `ascii(object)`, given the repr of the object.
pub fn ascii_of_repr(repr: StrRef<'_>) -> StrBuf {
    if repr.ascii {
        return repr.to_buf();
    }
    let mut out = StrBuf::with_capacity(repr.bytes.len());
    for c in repr.code_points() {
        if c < 0x80 { out.push(c) } else { push_escape(&mut out, c) }
    }
    out
}

/// The quoted part of `repr(bytes)`, which `bytearray` shares, with its `b`.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    for &b in bytes {
        match b {
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\\' => out.push_str("\\\\"),
            _ if char::from(b) == quote => {
                out.push('\\');
                out.push(quote);
            }
            0x20..=0x7E => out.push(char::from(b)),
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push(quote);
    out
}
