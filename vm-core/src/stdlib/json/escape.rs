//! Strings as JSON literals.

use crate::text::wtf8::{StrBuf, StrRef};

fn push_unit(out: &mut StrBuf, unit: u32) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push_rust("\\u");
    for shift in [12, 8, 4, 0] {
        out.push_ascii_byte(DIGITS[(unit >> shift & 15) as usize]);
    }
}

/// Appends a literal; `ascii` escapes everything else.
pub(super) fn write(out: &mut StrBuf, text: StrRef<'_>, ascii: bool) {
    out.push_ascii_byte(b'"');
    let plain = |b: u8| b >= 32 && b != b'"' && b != b'\\' && b != 127;
    if text.ascii && text.bytes.iter().all(|&b| plain(b)) {
        out.push_str(text);
    } else {
        for c in text.code_points() {
            match c {
                0x22 => out.push_rust("\\\""),
                0x5c => out.push_rust("\\\\"),
                0x0a => out.push_rust("\\n"),
                0x0d => out.push_rust("\\r"),
                0x09 => out.push_rust("\\t"),
                0x08 => out.push_rust("\\b"),
                0x0c => out.push_rust("\\f"),
                0..32 => push_unit(out, c),
                127.. if ascii => {
                    if c >= 0x10000 {
                        push_unit(out, 0xd800 + ((c - 0x10000) >> 10));
                        push_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
                    } else {
                        push_unit(out, c);
                    }
                }
                _ => out.push(c),
            }
        }
    }
    out.push_ascii_byte(b'"');
}
