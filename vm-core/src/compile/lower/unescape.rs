//! Escape sequences of string literals, decoded from the source into WTF-8.
//!
//! ruff decodes into `String`, which cannot hold a lone surrogate; this decoder can, and it knows CPython's error messages. Character
//! names are left to ruff, whose tables they are.

use ruff_python_ast as ruff;

/// Why a literal cannot be decoded, with the byte positions CPython's codec reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::compile) enum EscapeError {
    /// `(unicode error) 'unicodeescape' codec can't decode bytes in position A-B: reason`.
    Unicode { start: usize, end: usize, reason: &'static str },
    /// `(value error) invalid \x escape at position A`.
    Bytes { position: usize },
}

impl EscapeError {
    /// CPython's message.
    pub(in crate::compile) fn message(&self) -> String {
        match self {
            EscapeError::Unicode { start, end, reason } if *start == *end => {
                format!("(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {start}: {reason}")
            }
            EscapeError::Unicode { start, end, reason } => {
                format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{end}: {reason}")
            }
            EscapeError::Bytes { position } => format!("(value error) invalid \\x escape at position {position}"),
        }
    }
}

/// Adds a code point, a lone surrogate too.
pub(in crate::compile) fn push_code_point(out: &mut Vec<u8>, code: u32) {
    if let Some(c) = char::from_u32(code) {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        // A surrogate: WTF-8 gives it the three-byte form.
        out.push(0xE0 | (code >> 12) as u8);
        out.push(0x80 | (code >> 6 & 0x3F) as u8);
        out.push(0x80 | (code & 0x3F) as u8);
    }
}

/// What a backslash and that byte stand for, if they are a whole escape sequence of one byte.
#[inline]
pub(in crate::compile) const fn simple_escape(escape: u8) -> Option<u8> {
    Some(match escape {
        b'\\' | b'\'' | b'"' => escape,
        b'b' => 0x08,
        b'f' => 0x0C,
        b't' => b'\t',
        b'n' => b'\n',
        b'r' => b'\r',
        b'v' => 0x0B,
        b'a' => 0x07,
        _ => return None,
    })
}

/// The character of that name.
pub(crate) fn named(name: &str) -> Option<char> {
    if name.contains(['\'', '\\', '\n', '"']) {
        return None;
    }
    let parsed = ruff_python_parser::parse_expression(&format!("'\\N{{{name}}}'")).ok()?;
    match &*parsed.syntax().body {
        ruff::Expr::StringLiteral(literal) => literal.value.to_str().chars().next(),
        _ => None,
    }
}

/// Decodes the inside of a non-raw string literal.
pub(in crate::compile) fn decode_str(text: &str) -> Result<Vec<u8>, EscapeError> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut pos = 0;
    // CPython first rewrites every non-ASCII character as a ten-byte escape; its positions count in that text.
    let mut shift = 0_usize;
    while let Some(&byte) = bytes.get(pos) {
        if byte != b'\\' {
            let c = text[pos..].chars().next().unwrap_or('\0');
            if !c.is_ascii() {
                shift += 10 - c.len_utf8();
            }
            out.extend_from_slice(&bytes[pos..pos + c.len_utf8()]);
            pos += c.len_utf8();
            continue;
        }
        let start = pos;
        pos += 1;
        let Some(&escape) = bytes.get(pos) else {
            out.push(b'\\');
            break;
        };
        if escape >= 0x80 {
            // The backslash stays; CPython's rewrite makes it six bytes.
            out.push(b'\\');
            shift += 5;
            continue;
        }
        pos += 1;
        let simple = match escape {
            b'\n' => continue,
            b'0'..=b'7' => {
                let mut code = u32::from(escape - b'0');
                for _ in 0..2 {
                    match bytes.get(pos) {
                        Some(&digit @ b'0'..=b'7') => code = code * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    pos += 1;
                }
                push_code_point(&mut out, code);
                continue;
            }
            b'x' | b'u' | b'U' => {
                let (digits, reason) = match escape {
                    b'x' => (2, "truncated \\xXX escape"),
                    b'u' => (4, "truncated \\uXXXX escape"),
                    _ => (8, "truncated \\UXXXXXXXX escape"),
                };
                let mut code = 0_u32;
                for _ in 0..digits {
                    match bytes.get(pos).and_then(|&b| char::from(b).to_digit(16)) {
                        Some(digit) => code = (code << 4) | digit,
                        None => {
                            return Err(EscapeError::Unicode { start: start + shift, end: pos - 1 + shift, reason });
                        }
                    }
                    pos += 1;
                }
                if code > 0x10_FFFF {
                    let reason = "illegal Unicode character";
                    return Err(EscapeError::Unicode { start: start + shift, end: pos - 1 + shift, reason });
                }
                push_code_point(&mut out, code);
                continue;
            }
            b'N' => {
                if bytes.get(pos) == Some(&b'{')
                    && let Some(length) = text[pos + 1..].find('}')
                    && length > 0
                {
                    let end = pos + 1 + length;
                    match named(&text[pos + 1..end]) {
                        Some(c) => {
                            pos = end + 1;
                            push_code_point(&mut out, u32::from(c));
                            continue;
                        }
                        None => {
                            let reason = "unknown Unicode character name";
                            return Err(EscapeError::Unicode { start: start + shift, end: end + shift, reason });
                        }
                    }
                }
                let reason = "malformed \\N character escape";
                let mut end = pos;
                if bytes.get(pos) == Some(&b'{') {
                    end = text[pos + 1..].find('}').map_or(bytes.len(), |length| pos + 2 + length);
                }
                return Err(EscapeError::Unicode { start: start + shift, end: end - 1 + shift, reason });
            }
            other => simple_escape(other).unwrap_or_else(|| {
                out.push(b'\\');
                other
            }),
        };
        out.push(simple);
    }
    Ok(out)
}

/// Checks the inside of a non-raw bytes literal, which ruff decodes.
pub(in crate::compile) fn check_bytes(text: &str) -> Result<(), EscapeError> {
    let bytes = text.as_bytes();
    let mut pos = 0;
    while let Some(&byte) = bytes.get(pos) {
        if byte == b'\\' && bytes.get(pos + 1) == Some(&b'x') && !(2..=3).all(|i| bytes.get(pos + i).is_some_and(u8::is_ascii_hexdigit)) {
            return Err(EscapeError::Bytes { position: pos });
        }
        pos += if byte == b'\\' { 2 } else { 1 };
    }
    Ok(())
}
