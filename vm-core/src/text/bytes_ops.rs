//! What `bytes` methods do differently from `str` methods: ASCII only, and hexadecimal.
//!
//! Finding, replacing and splitting by a separator are shared with text, in `search.rs` and `split.rs`.

use super::error::{TextError, TextResult};
use super::pad::MAX_BYTES;

/// ASCII white space of bytes, vertical tab included.
pub fn is_space_byte(b: u8) -> bool {
    matches!(b, b'\t'..=b'\r' | b' ')
}

/// Whether there are bytes and all satisfy a test (`isalpha`, `isdigit`, `isalnum`, `isspace`).
pub fn all_bytes(bytes: &[u8], test: impl Fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(test)
}

/// `bytes.islower()`
pub fn is_lower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.isupper()`
pub fn is_upper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.istitle()`
pub fn is_title(bytes: &[u8]) -> bool {
    let (mut any, mut inside) = (false, false);
    for b in bytes {
        if (b.is_ascii_uppercase() && inside) || (b.is_ascii_lowercase() && !inside) {
            return false;
        }
        inside = b.is_ascii_alphabetic();
        any |= inside;
    }
    any
}

/// `bytes.title()`
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut inside = false;
    bytes
        .iter()
        .map(|b| {
            let new = if inside { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
            inside = b.is_ascii_alphabetic();
            new
        })
        .collect()
}

/// `bytes.capitalize()`
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

/// `bytes.swapcase()`
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { *b }).collect()
}

/// `bytes.split(None, maxsplit)`, as ranges.
pub fn split_whitespace(bytes: &[u8], maxsplit: isize) -> Vec<(usize, usize)> {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    let skip = |from: usize, space: bool| bytes[from..].iter().position(|&b| is_space_byte(b) != space).map_or(bytes.len(), |i| from + i);
    let mut out = Vec::new();
    let mut at = skip(0, true);
    while at < bytes.len() {
        if out.len() >= limit {
            out.push((at, bytes.len()));
            break;
        }
        let end = skip(at, false);
        out.push((at, end));
        at = skip(end, true);
    }
    out
}

/// `bytes.rsplit(None, maxsplit)`, as ranges in order of position.
pub fn rsplit_whitespace(bytes: &[u8], maxsplit: isize) -> Vec<(usize, usize)> {
    let len = bytes.len();
    let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
    let mut out: Vec<_> = split_whitespace(&reversed, maxsplit).into_iter().map(|(a, b)| (len - b, len - a)).collect();
    out.reverse();
    out
}

/// `bytes.splitlines(keepends)`, as ranges: only `\n`, `\r` and `\r\n` end a line.
pub fn split_lines(bytes: &[u8], keep_ends: bool) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < bytes.len() {
        let Some(found) = memchr::memchr2(b'\n', b'\r', &bytes[from..]) else {
            out.push((from, bytes.len()));
            break;
        };
        let end = from + found;
        let next = end + 1 + usize::from(bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n'));
        out.push((from, if keep_ends { next } else { end }));
        from = next;
    }
    out
}

/// The range `strip` keeps; `None` strips white space.
pub fn strip(bytes: &[u8], set: Option<&[u8]>, sides: super::split::Sides) -> (usize, usize) {
    use super::split::Sides;
    let keep = |b: &u8| set.map_or_else(|| !is_space_byte(*b), |set| !set.contains(b));
    let from = if sides == Sides::Right { 0 } else { bytes.iter().position(keep).unwrap_or(bytes.len()) };
    let to = if sides == Sides::Left { bytes.len() } else { bytes.iter().rposition(keep).map_or(from, |i| i + 1) };
    (from, to.max(from))
}

/// `bytes.expandtabs(tabsize)`
pub fn expand_tabs(bytes: &[u8], tab_size: isize) -> TextResult<Vec<u8>> {
    let tab = usize::try_from(tab_size).unwrap_or(0);
    let mut out = Vec::with_capacity(bytes.len());
    let mut column = 0;
    for &b in bytes {
        match b {
            b'\t' if tab > 0 => {
                let spaces = tab - column % tab;
                column += spaces;
                if out.len().saturating_add(spaces) > MAX_BYTES {
                    return Err(TextError::overflow("result too long"));
                }
                out.resize(out.len() + spaces, b' ');
            }
            b'\t' => {}
            _ => {
                column = if matches!(b, b'\n' | b'\r') { 0 } else { column + 1 };
                out.push(b);
            }
        }
    }
    Ok(out)
}

/// Fills bytes up on both sides.
pub fn padded(bytes: &[u8], left: usize, right: usize, fill: u8) -> TextResult<Vec<u8>> {
    if left.saturating_add(right) > MAX_BYTES {
        return Err(TextError::memory());
    }
    let mut out = vec![fill; left];
    out.extend_from_slice(bytes);
    out.resize(out.len() + right, fill);
    Ok(out)
}

/// `bytes.zfill(width)`
pub fn zfill(bytes: &[u8], width: isize) -> TextResult<Vec<u8>> {
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(bytes.len());
    let signed = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let (sign, digits) = bytes.split_at(signed);
    let mut out = sign.to_vec();
    out.extend(padded(digits, missing, 0, b'0')?);
    Ok(out)
}

/// `bytes.translate(table, delete)`
pub fn translate(bytes: &[u8], table: Option<&[u8]>, delete: &[u8]) -> TextResult<Vec<u8>> {
    if table.is_some_and(|t| t.len() != 256) {
        return Err(TextError::value("translation table must be 256 characters long"));
    }
    let to: [u8; 256] = std::array::from_fn(|b| table.map_or(b as u8, |t| t[b]));
    if delete.is_empty() {
        return Ok(bytes.iter().map(|&b| to[usize::from(b)]).collect());
    }
    let mut gone = [false; 256];
    delete.iter().for_each(|&b| gone[usize::from(b)] = true);
    Ok(bytes.iter().filter(|&&b| !gone[usize::from(b)]).map(|&b| to[usize::from(b)]).collect())
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes two hexadecimal digits for each byte.
pub fn write_hex(bytes: &[u8], out: &mut [u8]) {
    for (pair, b) in out.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *pair = [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]];
    }
}

/// `bytes.hex(sep, bytes_per_sep)`: groups are counted from the right, or from the left if the size is negative.
pub fn hex(bytes: &[u8], separator: Option<u8>, group: i32) -> String {
    let size = group.unsigned_abs() as usize;
    if separator.is_none() || size == 0 {
        let mut out = vec![0; bytes.len() * 2];
        write_hex(bytes, &mut out);
        return String::from_utf8(out).unwrap_or_default();
    }
    let mut out = String::with_capacity(bytes.len() * 3);
    for (i, b) in bytes.iter().enumerate() {
        if let Some(separator) = separator
            && i > 0
            && size > 0
        {
            let at = if group > 0 { bytes.len() - i } else { i };
            if at.is_multiple_of(size) {
                out.push(char::from(separator));
            }
        }
        for nibble in [b >> 4, b & 15] {
            out.push(char::from(DIGITS[usize::from(nibble)]));
        }
    }
    out
}

/// The value of each hexadecimal digit, 255 for other bytes.
static HEX_VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut i = 0;
    while i < 16 {
        let digit = b"0123456789abcdef"[i];
        values[digit as usize] = i as u8;
        values[digit.to_ascii_uppercase() as usize] = i as u8;
        i += 1;
    }
    values
};

/// The bytes that pairs of hexadecimal digits stand for; `None` if there is another character.
pub fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let mut wrong = 0;
    let value = |pair: &[u8; 2]| {
        let [high, low] = pair.map(|b| HEX_VALUES[usize::from(b)]);
        wrong |= high | low;
        high << 4 | low
    };
    let out = digits.as_chunks::<2>().0.iter().map(value).collect();
    if wrong & 0xf0 == 0 { Some(out) } else { None }
}

/// `bytes.fromhex(text)`, on the bytes of the text; spaces may stand between bytes.
pub fn from_hex(text: super::wtf8::StrRef<'_>) -> TextResult<Vec<u8>> {
    let bytes = text.bytes;
    let bad = |at: usize| TextError::value(format!("non-hexadecimal number found in fromhex() arg at position {}", text.char_index(at)));
    let digit = |at: usize| bytes.get(at).and_then(|&b| char::from(b).to_digit(16)).map(|d| d as u8);
    if bytes.len().is_multiple_of(2)
        && let Some(out) = unhex(bytes)
    {
        return Ok(out);
    }
    // A character that is not ASCII is reported first, wherever it is.
    if let Some(at) = bytes.iter().position(|b| !b.is_ascii()) {
        return Err(bad(at));
    }
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut at = 0;
    while at < bytes.len() {
        if is_space_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let high = digit(at).ok_or_else(|| bad(at))?;
        let low = digit(at + 1).ok_or_else(|| bad(at + 1))?;
        out.push(high << 4 | low);
        at += 2;
    }
    Ok(out)
}
