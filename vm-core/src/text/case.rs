//! Case conversion of whole strings, with the one rule that looks at neighbours: the Greek final sigma.
//!
//! Single characters are mapped by `unicode.rs`.

use super::unicode::{Mapped, is_case_ignorable, is_cased, is_lower, is_upper, to_fold, to_lower, to_title, to_upper};
use super::wtf8::{CodePoints, StrBuf, StrRef, code_points};

const CAPITAL_SIGMA: u32 = 0x3A3;

fn push_mapped(out: &mut StrBuf, mapped: Mapped) {
    for code in mapped.codes() {
        out.push(code);
    }
}

/// Lower-cases one character; `before` and `after` are its neighbours, looked at only for a sigma.
fn push_lower(out: &mut StrBuf, code: u32, before: CodePoints<'_>, after: CodePoints<'_>) {
    if code < 0x80 {
        return out.push(u32::from((code as u8).to_ascii_lowercase()));
    }
    if code != CAPITAL_SIGMA {
        return if is_lower(code) { out.push(code) } else { push_mapped(out, to_lower(code)) };
    }
    let follows = before.rev().find(|&c| !is_case_ignorable(c)).is_some_and(is_cased);
    let precedes = { after }.find(|&c| !is_case_ignorable(c)).is_some_and(is_cased);
    out.push(if follows && !precedes { 0x3C2 } else { 0x3C3 });
}

/// Visits each code point with what is before and after it.
fn walk<'a>(text: StrRef<'a>, mut visit: impl FnMut(u32, CodePoints<'a>, CodePoints<'a>)) {
    let mut rest = text.code_points();
    loop {
        let done = text.bytes.len() - rest.as_bytes().len();
        let Some(code) = rest.next() else { break };
        visit(code, code_points(&text.bytes[..done]), rest.clone());
    }
}

/// `text.lower()`
pub fn lower(text: StrRef<'_>) -> StrBuf {
    if text.ascii {
        return StrBuf::from_ascii(text.bytes.to_ascii_lowercase());
    }
    let mut out = StrBuf::with_capacity(text.bytes.len());
    walk(text, |c, before, after| push_lower(&mut out, c, before, after));
    out
}

/// `text.upper()`
pub fn upper(text: StrRef<'_>) -> StrBuf {
    if text.ascii {
        return StrBuf::from_ascii(text.bytes.to_ascii_uppercase());
    }
    map(text, |b| b.to_ascii_uppercase(), to_upper)
}

/// Whether no character is above U+00FF.
#[must_use]
pub fn is_latin1(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |most, &b| most.max(b)) <= 0xC3
}

/// Whether a text of characters up to U+00FF has one whose capital lies beyond them or is two letters: µ, ß and ÿ.
#[must_use]
pub fn leaves_latin1(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| matches!(pair, [0xC2, 0xB5] | [0xC3, 0x9F | 0xBF]))
}

/// Writes the lower case of a text of characters up to U+00FF, which has as many bytes.
pub fn lower_latin1(bytes: &[u8], out: &mut [u8]) {
    let mut before = 0;
    for (&b, out) in bytes.iter().zip(out) {
        *out = if before == 0xC3 && matches!(b, 0x80..=0x96 | 0x98..=0x9E) { b + 0x20 } else { b.to_ascii_lowercase() };
        before = b;
    }
}

/// Writes the upper case of a text of characters up to U+00FF, unless it leaves them ([`leaves_latin1`]).
pub fn upper_latin1(bytes: &[u8], out: &mut [u8]) {
    let mut before = 0;
    for (&b, out) in bytes.iter().zip(out) {
        *out = if before == 0xC3 && matches!(b, 0xA0..=0xB6 | 0xB8..=0xBE) { b - 0x20 } else { b.to_ascii_uppercase() };
        before = b;
    }
}

/// `text.casefold()`
pub fn casefold(text: StrRef<'_>) -> StrBuf {
    if text.ascii { lower(text) } else { map(text, |b| b.to_ascii_lowercase(), to_fold) }
}

fn map(text: StrRef<'_>, ascii: impl Fn(u8) -> u8, mapping: impl Fn(u32) -> Mapped) -> StrBuf {
    let mut out = StrBuf::with_capacity(text.bytes.len());
    for part in text.bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
        if part[0].is_ascii() {
            out.push_ascii(part.iter().map(|&b| ascii(b)));
        } else {
            code_points(part).for_each(|c| push_mapped(&mut out, mapping(c)));
        }
    }
    out
}

/// Title-cases the first of each run of letters, or only the very first character.
fn ascii_title(bytes: &[u8], each_word: bool) -> StrBuf {
    let mut inside = false;
    let made = bytes.iter().map(|b| {
        let mapped = if inside { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
        inside = !each_word || b.is_ascii_alphabetic();
        mapped
    });
    StrBuf::from_ascii(made.collect())
}

fn push_title(out: &mut StrBuf, code: u32) {
    if code < 0x80 { out.push(u32::from((code as u8).to_ascii_uppercase())) } else { push_mapped(out, to_title(code)) }
}

/// `text.title()`
pub fn title(text: StrRef<'_>) -> StrBuf {
    if text.ascii {
        return ascii_title(text.bytes, true);
    }
    let mut out = StrBuf::with_capacity(text.bytes.len());
    let mut inside = false;
    walk(text, |c, before, after| {
        if inside {
            push_lower(&mut out, c, before, after)
        } else {
            push_title(&mut out, c)
        }
        inside = is_cased(c);
    });
    out
}

/// `text.capitalize()`
pub fn capitalize(text: StrRef<'_>) -> StrBuf {
    if text.ascii {
        return ascii_title(text.bytes, false);
    }
    let mut out = StrBuf::with_capacity(text.bytes.len());
    let mut first = true;
    walk(text, |c, before, after| {
        if first {
            push_title(&mut out, c)
        } else {
            push_lower(&mut out, c, before, after)
        }
        first = false;
    });
    out
}

/// `text.swapcase()`
pub fn swapcase(text: StrRef<'_>) -> StrBuf {
    let swap = |b: u8| if b.is_ascii_lowercase() { b.to_ascii_uppercase() } else { b.to_ascii_lowercase() };
    if text.ascii {
        return StrBuf::from_ascii(text.bytes.iter().map(|&b| swap(b)).collect());
    }
    let mut out = StrBuf::with_capacity(text.bytes.len());
    walk(text, |c, before, after| {
        if c < 0x80 {
            out.push(u32::from(swap(c as u8)));
        } else if is_upper(c) {
            push_lower(&mut out, c, before, after);
        } else if is_lower(c) {
            push_mapped(&mut out, to_upper(c));
        } else {
            out.push(c);
        }
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin1_maps_as_everything_else() {
        for code in 1..0x100 {
            let text: StrBuf = [code, 0xE9, code, u32::from(b'A')].into_iter().collect();
            let text = text.as_ref();
            assert!(is_latin1(text.bytes));
            let mut out = vec![0; text.bytes.len()];
            lower_latin1(text.bytes, &mut out);
            assert_eq!(out, lower(text).into_bytes());
            let raised = upper(text).into_bytes();
            upper_latin1(text.bytes, &mut out);
            assert_eq!(out == raised, !leaves_latin1(text.bytes));
        }
        assert!(!is_latin1("\u{100}".as_bytes()));
    }
}
