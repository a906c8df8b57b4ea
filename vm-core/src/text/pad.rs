//! Filling strings up: alignment, zeros, tabs; and building them: repetition, joining, translation.

use super::error::{TextError, TextResult};
use super::wtf8::{StrBuf, StrRef, decode_first};

/// No string may be longer than this many bytes; a larger request raises `MemoryError`.
pub const MAX_BYTES: usize = 1 << 34;

/// The text between so many fill characters.
pub fn padded(text: StrRef<'_>, left: usize, right: usize, fill: u32) -> TextResult<StrBuf> {
    if left.saturating_add(right) > MAX_BYTES / 4 {
        return Err(TextError::memory());
    }
    let mut out = StrBuf::with_capacity(text.bytes.len() + left + right);
    out.push_repeated(fill, left);
    out.push_str(text);
    out.push_repeated(fill, right);
    Ok(out)
}

fn missing(text: StrRef<'_>, width: isize) -> usize {
    usize::try_from(width).unwrap_or(0).saturating_sub(text.chars)
}

/// `text.ljust(width, fill)`
pub fn ljust(text: StrRef<'_>, width: isize, fill: u32) -> TextResult<StrBuf> {
    padded(text, 0, missing(text, width), fill)
}

/// `text.rjust(width, fill)`
pub fn rjust(text: StrRef<'_>, width: isize, fill: u32) -> TextResult<StrBuf> {
    padded(text, missing(text, width), 0, fill)
}

/// How many fill characters `center` puts on the left.
pub fn center_left(missing: usize, width: isize) -> usize {
    missing / 2 + (missing & width as usize & 1)
}

/// `text.center(width, fill)`
pub fn center(text: StrRef<'_>, width: isize, fill: u32) -> TextResult<StrBuf> {
    let missing = missing(text, width);
    let left = center_left(missing, width);
    padded(text, left, missing - left, fill)
}

/// `text.zfill(width)`
pub fn zfill(text: StrRef<'_>, width: isize) -> TextResult<StrBuf> {
    let signed = usize::from(matches!(text.bytes.first(), Some(b'+' | b'-')));
    let digits = padded(text.byte_slice(signed, text.bytes.len()), missing(text, width), 0, u32::from(b'0'))?;
    let mut out = text.byte_slice(0, signed).to_buf();
    out.push_str(digits.as_ref());
    Ok(out)
}

/// How many bytes ASCII text has after `expandtabs(tab_size)`; `visit` is told where its parts stand there, between which there are spaces.
pub fn ascii_tabs_expanded(text: &[u8], tab_size: isize, mut visit: impl FnMut(usize, &[u8])) -> usize {
    let tab = usize::try_from(tab_size).unwrap_or(0);
    let (mut at, mut column, mut from, mut i) = (0usize, 0, 0, 0);
    while i < text.len() {
        match text[i] {
            b'\t' => {
                visit(at, &text[from..i]);
                at += i - from;
                let spaces = if tab > 0 { tab - column % tab } else { 0 };
                at = at.saturating_add(spaces);
                column += spaces;
                from = i + 1;
            }
            b'\n' | b'\r' => column = 0,
            _ => column += 1,
        }
        i += 1;
    }
    visit(at, &text[from..]);
    at.saturating_add(text.len() - from)
}

/// `text.expandtabs(tabsize)`
pub fn expand_tabs(text: StrRef<'_>, tab_size: isize) -> TextResult<StrBuf> {
    let tab = usize::try_from(tab_size).unwrap_or(0);
    let mut out = StrBuf::with_capacity(text.bytes.len());
    let mut column = 0;
    for c in text.code_points() {
        match c {
            0x09 if tab > 0 => {
                let spaces = tab - column % tab;
                column += spaces;
                if out.chars().saturating_add(spaces) > MAX_BYTES {
                    return Err(TextError::overflow("new string is too long"));
                }
                out.push_repeated(0x20, spaces);
            }
            0x09 => {}
            0x0A | 0x0D => {
                column = 0;
                out.push(c);
            }
            _ => {
                column += 1;
                out.push(c);
            }
        }
    }
    Ok(out)
}

/// `text * count`
pub fn repeat(text: StrRef<'_>, count: isize) -> TextResult<StrBuf> {
    let count = usize::try_from(count).unwrap_or(0);
    if text.bytes.len().saturating_mul(count) > MAX_BYTES {
        return Err(TextError::memory());
    }
    let bytes = text.bytes.repeat(count);
    let mut out = StrBuf::new();
    out.push_str(StrRef::counted(&bytes, text.chars * count));
    Ok(out)
}

/// `sep.join(items)`
pub fn join<'a>(sep: StrRef<'_>, items: impl IntoIterator<Item = StrRef<'a>>) -> StrBuf {
    let mut out = StrBuf::new();
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            out.push_str(sep);
        }
        out.push_str(item);
    }
    out
}

/// What a translation table says about a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Translated {
    /// It is not in the table.
    Keep,
    /// It goes away.
    Delete,
    /// It becomes another character.
    Char(u32),
    /// It becomes a string.
    Text(StrBuf),
}

/// What is noted of an ASCII character that is not known to become one ASCII character.
const UNKNOWN: u8 = 0xff;

/// `text.translate(table)`. A `steady` table, which says the same each time and does nothing else, is asked once per distinct character
/// below 256. Another one is asked as often as CPython does: in an ASCII text once per distinct character, until one of them becomes
/// something else than an ASCII character or nothing; from then on, and in other texts, each time.
pub fn translate<E>(text: StrRef<'_>, steady: bool, mut table: impl FnMut(u32) -> Result<Translated, E>) -> Result<StrBuf, E> {
    // What is known of the first characters, by number in a list.
    let mut numbers = [0u16; 256];
    let mut known: Vec<Translated> = Vec::new();
    let mut ascii = [UNKNOWN; 128];
    let mut remembers = steady || text.ascii;
    let mut out = StrBuf::with_capacity(text.bytes.len());
    let mut rest = text.bytes;
    loop {
        let run = rest.iter().take_while(|&&b| ascii.get(usize::from(b)).is_some_and(|&to| to != UNKNOWN)).count();
        out.push_ascii(rest[..run].iter().map(|&b| ascii[usize::from(b)]));
        rest = &rest[run..];
        let Some((c, len)) = decode_first(rest) else { return Ok(out) };
        rest = &rest[len..];
        let found = match numbers.get_mut(c as usize).filter(|_| remembers) {
            Some(0) => {
                let found = table(c)?;
                known.push(found.clone());
                numbers[c as usize] = known.len() as u16;
                found
            }
            Some(number) => known[usize::from(*number) - 1].clone(),
            None => table(c)?,
        };
        let becomes = match &found {
            Translated::Keep => Some(c),
            Translated::Char(new) => Some(*new),
            Translated::Text(new) if new.chars() == 1 => new.as_ref().get(0),
            _ => None,
        };
        let becomes = becomes.filter(|&new| new < 0x80);
        if !steady && becomes.is_none() && found != Translated::Delete {
            remembers = false;
            ascii = [UNKNOWN; 128];
        }
        if let (Some(entry), Some(new), true) = (ascii.get_mut(c as usize), becomes, remembers) {
            *entry = new as u8;
        }
        match found {
            Translated::Keep => out.push(c),
            Translated::Delete => {}
            Translated::Char(new) => out.push(new),
            Translated::Text(new) => out.push_str(new.as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_repeating_translating() {
        let text = |s: &'static str| StrRef::from(s);
        assert_eq!(join(text(", "), [text("a"), text("é"), text("")]), StrBuf::from("a, é, "));
        assert_eq!(repeat(text("é-"), 3), Ok(StrBuf::from("é-é-é-")));
        assert_eq!(repeat(text("x"), -1), Ok(StrBuf::from("")));
        assert_eq!(repeat(text("xx"), isize::MAX), Err(TextError::memory()));
        let table = |c: u32| {
            Ok::<_, ()>(match char::from_u32(c) {
                Some('a') => Translated::Delete,
                Some('b') => Translated::Char(0x4E2D),
                Some('中') => Translated::Text(StrBuf::from("xyz")),
                _ => Translated::Keep,
            })
        };
        assert_eq!(translate(text("abc中ab"), true, table), Ok(StrBuf::from("中cxyz中")));
        assert_eq!(translate(text("abc"), false, |_| Err("stop")), Err("stop"));
    }
}
