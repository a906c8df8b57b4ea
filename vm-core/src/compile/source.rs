//! From the bytes of a file to text, as CPython's tokenizer reads them: byte-order mark, coding cookie (PEP 263), line ends.

use super::syntax_error::{SyntaxError, SyntaxErrorClass};

/// How a source file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Latin1,
    Ascii,
}

/// A decoded source file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The text, without byte-order mark.
    pub text: String,
    /// The encoding's name as `tokenize.detect_encoding` gives it.
    pub encoding: String,
}

fn error(message: String, filename: &str) -> SyntaxError {
    SyntaxError::bare(SyntaxErrorClass::Syntax, message, filename)
}

/// The name after `coding:` or `coding=` in a comment line, if it is one.
fn cookie(line: &[u8]) -> Option<&str> {
    let comment = line.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\x0c'))?;
    if line[comment] != b'#' {
        return None;
    }
    let rest = &line[comment..];
    let at = (0..rest.len()).find(|&i| rest[i..].starts_with(b"coding:") || rest[i..].starts_with(b"coding="))?;
    let name = &rest[at + 7..];
    let from = name.iter().position(|b| !matches!(b, b' ' | b'\t'))?;
    let length =
        name[from..].iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b'.')).unwrap_or(name.len() - from);
    std::str::from_utf8(&name[from..from + length]).ok().filter(|name| !name.is_empty())
}

/// The cookie of the first two lines; the second counts only after a blank or comment line.
fn find_cookie(bytes: &[u8]) -> Option<&str> {
    for line in bytes.split(|b| *b == b'\n' || *b == b'\r').take(2) {
        if let Some(name) = cookie(line) {
            return Some(name);
        }
        let code = line.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\x0c'));
        if code.is_some_and(|b| *b != b'#') {
            return None;
        }
    }
    None
}

/// The encoding's usual name, as `tokenize` normalises it.
fn normal_name(name: &str) -> String {
    let lower: String = name.chars().take(12).collect::<String>().to_ascii_lowercase().replace('_', "-");
    if lower == "utf-8" || lower.starts_with("utf-8-") {
        return "utf-8".into();
    }
    for latin in ["latin-1", "iso-8859-1", "iso-latin-1"] {
        if lower == latin || lower.strip_prefix(latin).is_some_and(|rest| rest.starts_with('-')) {
            return "iso-8859-1".into();
        }
    }
    name.to_owned()
}

fn encoding_of(name: &str) -> Option<Encoding> {
    let squeezed: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    match squeezed.as_str() {
        "utf8" | "utf" | "u8" | "utf8sig" | "cp65001" => Some(Encoding::Utf8),
        "latin1" | "iso88591" | "isolatin1" | "latin" | "l1" | "8859" | "cp819" => Some(Encoding::Latin1),
        "ascii" | "usascii" | "646" => Some(Encoding::Ascii),
        _ => None,
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    1 + bytes[..at].iter().filter(|b| **b == b'\n').count()
}

/// The text of a file that is UTF-8 without saying so, and need not be changed.
pub(super) fn plain(bytes: &[u8]) -> Option<&str> {
    let plain = !bytes.starts_with(b"\xEF\xBB\xBF") && memchr::memchr2(b'\r', 0, bytes).is_none() && find_cookie(bytes).is_none();
    if plain { std::str::from_utf8(bytes).ok() } else { None }
}

/// Decodes a source file and makes every line end a `\n`.
///
/// # Errors
///
/// What CPython reports for bytes that are no text in the declared encoding, an unknown encoding, or a null byte.
pub fn decode(bytes: &[u8], filename: &str) -> Result<Source, SyntaxError> {
    let mut source = decode_keeping_line_ends(bytes, filename)?;
    if memchr::memchr(b'\r', source.text.as_bytes()).is_some() {
        source.text = source.text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(source)
}

/// The same, with `\r\n` left as it is: token dumps show it.
///
/// # Errors
///
/// As [`decode`].
pub fn decode_keeping_line_ends(bytes: &[u8], filename: &str) -> Result<Source, SyntaxError> {
    let (bytes, bom) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let declared = find_cookie(bytes);
    let normal = declared.map(normal_name);
    let encoding = match &normal {
        None => Encoding::Utf8,
        Some(name) => match encoding_of(name) {
            // With a byte-order mark even an alias of UTF-8 is refused.
            _ if bom && name != "utf-8" => {
                return Err(error(format!("encoding problem: {name} with BOM"), filename));
            }
            Some(encoding) => encoding,
            None => return Err(error(format!("encoding problem: {name}"), filename)),
        },
    };
    let text = match encoding {
        Encoding::Utf8 => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(problem) => {
                let at = problem.valid_up_to();
                let (byte, line) = (bytes[at], line_of(bytes, at));
                let message = if declared.is_some() || bom {
                    format!(
                        "(unicode error) 'utf-8' codec can't decode byte 0x{byte:02x} in position {at}: {}",
                        if byte & 0xC0 == 0x80 || byte >= 0xF5 || byte == 0xC0 || byte == 0xC1 {
                            "invalid start byte"
                        } else {
                            "invalid continuation byte"
                        }
                    )
                } else {
                    format!(
                        "Non-UTF-8 code starting with '\\x{byte:02x}' in file {filename} on line {line}, but no encoding \
                         declared; see https://peps.python.org/pep-0263/ for details"
                    )
                };
                return Err(error(message, filename));
            }
        },
        Encoding::Latin1 => bytes.iter().map(|b| char::from(*b)).collect(),
        Encoding::Ascii => match bytes.iter().find(|b| **b >= 0x80) {
            None => bytes.iter().map(|b| char::from(*b)).collect(),
            Some(_) => return Err(error("encoding problem: ascii".into(), filename)),
        },
    };
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let mut null = error("source code cannot contain null bytes".into(), filename);
        let line = line_of(text.as_bytes(), at);
        null.lineno = i32::try_from(line).ok();
        null.end_lineno = null.lineno;
        null.offset = Some(0);
        null.end_offset = Some(0);
        null.text = Some(text.lines().nth(line - 1).unwrap_or("").split('\0').next().unwrap_or("").to_owned());
        return Err(null);
    }
    Ok(Source { text, encoding: normal.unwrap_or_else(|| if bom { "utf-8-sig".into() } else { "utf-8".into() }) })
}
