//! String literals: `scanstring`, and the part of the scanner that reads them.

use super::decode_error;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::text::wtf8::{StrBuf, StrRef};

/// `scanstring(string, end, strict=True)`.
pub(super) fn scan_string(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "scanstring", 2, 3)?;
    let end = m.ssize_argument(args[1], 0)?;
    let strict = m.flag_argument(args.get(2).copied().unwrap_or(Value::NULL), true)?;
    let Some(s) = args[0].downcast::<Str>() else {
        let name = m.type_name(args[0]);
        return Err(m.type_error(&format!("first argument must be a string, not {name}")));
    };
    if end < 0 || end > s.char_len() as i64 {
        return Err(m.value_error("end is out of bounds"));
    }
    let start = s.text().byte_offset(end as usize);
    let (text, next) = literal(m, s, start, strict)?;
    let next = Value::small(s.text().char_index(next) as i64);
    Ok(m.new_tuple(&[text, next]).value())
}

/// Four hexadecimal digits.
fn hex4(bytes: &[u8]) -> Option<u32> {
    bytes.get(..4)?.iter().try_fold(0, |n, &b| Some(n << 4 | char::from(b).to_digit(16)?))
}

/// The literal whose text starts at byte `start`, after the quotation mark, and the byte after it.
pub(super) fn literal(m: &mut Machine, s: Gc<Str>, start: usize, strict: bool) -> R<(Value, usize)> {
    let text = s.text();
    let bytes = text.bytes;
    let fail = |m: &mut Machine, message: &str, at: usize| {
        let position = text.char_index(at) as i64;
        Err(decode_error(m, message, s.value(), position))
    };
    let unterminated = |m: &mut Machine| {
        let position = text.char_index(start) as i64 - 1;
        Err(decode_error(m, "Unterminated string starting at", s.value(), position))
    };
    let mut out: Option<StrBuf> = None;
    let mut at = start;
    loop {
        let chunk = at;
        let c = loop {
            match bytes.get(at) {
                Some(&c @ (b'"' | b'\\')) => break c,
                Some(0..=0x1f) if strict => return fail(m, "Invalid control character at", at),
                Some(_) => at += 1,
                None => return unterminated(m),
            }
        };
        if c == b'"' && out.is_none() {
            let part = &bytes[chunk..at];
            let made = if text.ascii { m.new_str_counted(part, part.len())? } else { m.new_str_wtf8(part)? };
            return Ok((made.value(), at + 1));
        }
        let to = out.get_or_insert_with(|| StrBuf::with_capacity(at - chunk + 16));
        to.push_str(StrRef::new(&bytes[chunk..at]));
        at += 1;
        if c == b'"' {
            return Ok((m.str_from_text(to)?.value(), at));
        }
        let Some(&escape) = bytes.get(at) else { return unterminated(m) };
        let plain = match escape {
            b'"' | b'\\' | b'/' => Some(escape),
            b'b' => Some(8),
            b'f' => Some(12),
            b'n' => Some(10),
            b'r' => Some(13),
            b't' => Some(9),
            b'u' => None,
            _ => return fail(m, "Invalid \\escape", at - 1),
        };
        at += 1;
        if let Some(plain) = plain {
            to.push(u32::from(plain));
            continue;
        }
        // At least the quotation mark must follow the digits.
        if text.chars - text.char_index(at) < 5 {
            return fail(m, "Invalid \\uXXXX escape", at - 1);
        }
        let Some(mut code) = hex4(&bytes[at..]) else { return fail(m, "Invalid \\uXXXX escape", at - 1) };
        at += 4;
        if (0xd800..0xdc00).contains(&code) && bytes[at..].starts_with(b"\\u") && text.chars - text.char_index(at) > 6 {
            let Some(low) = hex4(&bytes[at + 2..]) else { return fail(m, "Invalid \\uXXXX escape", at + 1) };
            if (0xdc00..0xe000).contains(&low) {
                code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00));
                at += 6;
            }
        }
        to.push(code);
    }
}
