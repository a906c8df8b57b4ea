//! Borrowed and growing Python strings: generalised UTF-8, where a lone surrogate is a three-byte sequence.
//!
//! Unlike WTF-8 proper, a high surrogate followed by a low one is *not* joined: Python keeps two code points. So
//! concatenation is concatenation of bytes. Everything else in this module works on [`StrRef`] and [`StrBuf`].

use std::cmp::Ordering;

use super::landmarks::{Landmarks, STEP};

/// A borrowed Python string with its known length in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StrRef<'a> {
    /// Generalised UTF-8.
    pub bytes: &'a [u8],
    /// Number of code points.
    pub chars: usize,
    /// Whether every code point is below 128, that is `bytes.len() == chars`.
    pub ascii: bool,
    /// What is known of where code points lie.
    pub landmarks: Landmarks<'a>,
}

/// Length of the sequence that starts with this byte.
#[inline]
pub fn sequence_len(first: u8) -> usize {
    match first {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// Number of code points in generalised UTF-8: the bytes that do not continue a sequence.
pub fn count_chars(bytes: &[u8]) -> usize {
    // Counts of a byte each, which the compiler adds up many at a time.
    let count = |part: &[u8]| usize::from(part.iter().fold(0u8, |n, &b| n.wrapping_add(u8::from(b as i8 >= -0x40))));
    let (parts, rest) = bytes.as_chunks::<128>();
    parts.iter().map(|part| count(part)).sum::<usize>() + count(rest)
}

/// Decodes the code point at the start of `bytes`, with its length; `None` at the end.
#[inline]
pub fn decode_first(bytes: &[u8]) -> Option<(u32, usize)> {
    let at = |i: usize| bytes.get(i).map_or(0, |&b| u32::from(b & 0x3F));
    let &first = bytes.first()?;
    let head = u32::from(first);
    Some(match sequence_len(first) {
        1 => (head, 1),
        2 => ((head & 0x1F) << 6 | at(1), 2),
        3 => ((head & 0x0F) << 12 | at(1) << 6 | at(2), 3),
        _ => ((head & 0x07) << 18 | at(1) << 12 | at(2) << 6 | at(3), 4),
    })
}

/// The code points of generalised UTF-8.
pub fn code_points(bytes: &[u8]) -> CodePoints<'_> {
    CodePoints { rest: bytes }
}

/// Checks that `bytes` is generalised UTF-8 (shortest forms, at most U+10FFFF, surrogates allowed).
pub fn is_valid(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(&first) = rest.first() {
        let len = match first {
            0..=0x7F => 1,
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return false,
        };
        if rest.len() < len || rest[1..len].iter().any(|&b| b & 0xC0 != 0x80) {
            return false;
        }
        let (code, _) = decode_first(rest).unwrap_or((0, 1));
        if (len == 3 && code < 0x800) || (len == 4 && !(0x10000..=0x10FFFF).contains(&code)) {
            return false;
        }
        rest = &rest[len..];
    }
    true
}

impl<'a> StrRef<'a> {
    /// Measures well-formed generalised UTF-8.
    pub fn new(bytes: &'a [u8]) -> Self {
        let chars = count_chars(bytes);
        Self::counted(bytes, chars)
    }

    /// Well-formed generalised UTF-8 of known length.
    #[inline]
    pub const fn counted(bytes: &'a [u8], chars: usize) -> Self {
        StrRef { bytes, chars, ascii: chars == bytes.len(), landmarks: Landmarks::NONE }
    }

    /// Whether the string is empty.
    pub fn is_empty(self) -> bool {
        self.bytes.is_empty()
    }

    /// The code points.
    pub fn code_points(self) -> CodePoints<'a> {
        CodePoints { rest: self.bytes }
    }

    /// The UTF-8 text, unless there is a lone surrogate.
    pub fn as_utf8(self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// Byte offset of a code-point index; the end for any index at or past the end.
    pub fn byte_offset(self, index: usize) -> usize {
        if index >= self.chars {
            return self.bytes.len();
        }
        if self.ascii {
            return index;
        }
        if !self.landmarks.is_none() {
            return self.landmarks.byte_offset(self.bytes, index);
        }
        if index > self.chars / 2 {
            let mut left = self.chars - index;
            let mut at = self.bytes.len();
            while left > 0 {
                at -= 1;
                if self.bytes[at] & 0xC0 != 0x80 {
                    left -= 1;
                }
            }
            return at;
        }
        let mut at = 0;
        for _ in 0..index {
            at += sequence_len(self.bytes[at]);
        }
        at
    }

    /// Code-point index of a byte offset that lies on a boundary.
    pub fn char_index(self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        if self.ascii {
            offset
        } else if self.landmarks.is_none() {
            count_chars(&self.bytes[..offset])
        } else {
            self.landmarks.char_index(self.bytes, offset)
        }
    }

    /// The code point at an index.
    pub fn get(self, index: usize) -> Option<u32> {
        if index >= self.chars {
            return None;
        }
        decode_first(&self.bytes[self.byte_offset(index)..]).map(|(c, _)| c)
    }

    /// The code points `start..end`, clamped.
    pub fn slice(self, start: usize, end: usize) -> StrRef<'a> {
        let end = end.min(self.chars);
        let start = start.min(end);
        let from = self.byte_offset(start);
        let to = if self.ascii || !self.landmarks.is_none() && end - start > STEP {
            self.byte_offset(end)
        } else {
            from + StrRef::counted(&self.bytes[from..], self.chars - start).byte_offset(end - start)
        };
        StrRef::counted(&self.bytes[from..to], end - start)
    }

    /// The part between two byte offsets that lie on boundaries.
    #[inline]
    pub fn byte_slice(self, from: usize, to: usize) -> StrRef<'a> {
        let bytes = &self.bytes[from..to];
        if self.ascii {
            StrRef::counted(bytes, bytes.len())
        } else if bytes.len() > self.bytes.len() / 2 {
            let cut = count_chars(&self.bytes[..from]) + count_chars(&self.bytes[to..]);
            StrRef::counted(bytes, self.chars - cut)
        } else {
            StrRef::new(bytes)
        }
    }

    /// The code points at `start`, `start + step`, … (`count` of them, all in range as `slice.indices` leaves them).
    pub fn slice_step(self, start: usize, step: isize, count: usize) -> StrBuf {
        if step == 1 {
            return self.slice(start, start.saturating_add(count)).to_buf();
        }
        let mut out = StrBuf::with_capacity(count);
        if self.ascii {
            if step == -1
                && let Some(part) = self.bytes.get((start + 1).saturating_sub(count)..=start)
            {
                out.push_ascii(part.iter().rev().copied());
                return out;
            }
            let at = |i: usize| (start as isize).wrapping_add(step.wrapping_mul(i as isize)) as usize;
            out.push_ascii((0..count).filter_map(|i| self.bytes.get(at(i)).copied()));
            return out;
        }
        if step == -1 && start + 1 >= count {
            self.slice(start + 1 - count, start + 1).code_points().rev().for_each(|c| out.push(c));
            return out;
        }
        if step > 1 {
            let mut rest = self.slice(start, self.chars).bytes;
            for _ in 0..count {
                let Some((code, len)) = decode_first(rest) else { break };
                out.push(code);
                rest = &rest[len..];
                for _ in 1..step {
                    rest = rest.get(sequence_len(rest.first().copied().unwrap_or(0))..).unwrap_or(&[]);
                }
            }
            return out;
        }
        let codes: Vec<u32> = self.code_points().collect();
        let mut at = start as isize;
        for _ in 0..count {
            if let Some(&c) = codes.get(at as usize) {
                out.push(c);
            }
            at = at.wrapping_add(step);
        }
        out
    }

    /// An owned copy.
    pub fn to_buf(self) -> StrBuf {
        StrBuf { bytes: self.bytes.to_vec(), chars: self.chars, ascii: self.ascii }
    }

    /// Order by code points, which is the order of the bytes.
    pub fn compare(self, other: StrRef<'_>) -> Ordering {
        self.bytes.cmp(other.bytes)
    }

    /// The largest code point, 0 for the empty string.
    pub fn max_code_point(self) -> u32 {
        if self.ascii { self.bytes.iter().copied().max().map_or(0, u32::from) } else { self.code_points().max().unwrap_or(0) }
    }
}

impl<'a> From<&'a str> for StrRef<'a> {
    fn from(text: &'a str) -> Self {
        StrRef::new(text.as_bytes())
    }
}

impl PartialEq<str> for StrRef<'_> {
    fn eq(&self, other: &str) -> bool {
        self.bytes == other.as_bytes()
    }
}

/// Iterator over code points, from both ends.
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    rest: &'a [u8],
}

impl<'a> CodePoints<'a> {
    /// What has not been iterated yet.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.rest
    }
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let (code, len) = decode_first(self.rest)?;
        self.rest = self.rest.get(len..).unwrap_or(&[]);
        Some(code)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len().div_ceil(4), Some(self.rest.len()))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    fn next_back(&mut self) -> Option<u32> {
        let mut at = self.rest.len().checked_sub(1)?;
        while at > 0 && self.rest[at] & 0xC0 == 0x80 {
            at -= 1;
        }
        let (code, _) = decode_first(&self.rest[at..])?;
        self.rest = &self.rest[..at];
        Some(code)
    }
}

/// A growing Python string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrBuf {
    bytes: Vec<u8>,
    chars: usize,
    ascii: bool,
}

impl Default for StrBuf {
    fn default() -> Self {
        StrBuf::with_capacity(0)
    }
}

impl StrBuf {
    /// An empty string.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty string with room for this many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        StrBuf { bytes: Vec::with_capacity(bytes), chars: 0, ascii: true }
    }

    /// The string of bytes that are all below 128.
    pub fn from_ascii(bytes: Vec<u8>) -> Self {
        debug_assert!(bytes.is_ascii());
        StrBuf { chars: bytes.len(), bytes, ascii: true }
    }

    /// Well-formed text of known length.
    pub fn counted(bytes: Vec<u8>, chars: usize) -> Self {
        StrBuf { ascii: chars == bytes.len(), bytes, chars }
    }

    /// Appends a code point (at most U+10FFFF; surrogates allowed).
    #[inline]
    pub fn push(&mut self, code: u32) {
        let b = |shift: u32| 0x80 | (code >> shift & 0x3F) as u8;
        match code {
            0..=0x7F => self.bytes.push(code as u8),
            0x80..=0x7FF => self.bytes.extend([0xC0 | (code >> 6) as u8, b(0)]),
            0x800..=0xFFFF => self.bytes.extend([0xE0 | (code >> 12) as u8, b(6), b(0)]),
            _ => self.bytes.extend([0xF0 | (code >> 18 & 7) as u8, b(12), b(6), b(0)]),
        }
        self.ascii &= code < 0x80;
        self.chars += 1;
    }

    /// Appends a byte below 128.
    pub fn push_ascii_byte(&mut self, byte: u8) {
        self.push(u32::from(byte & 0x7F));
    }

    /// Appends bytes below 128.
    pub fn push_ascii(&mut self, bytes: impl Iterator<Item = u8>) {
        let before = self.bytes.len();
        self.bytes.extend(bytes.map(|b| b & 0x7F));
        self.chars += self.bytes.len() - before;
    }

    /// Appends one code point many times.
    pub fn push_repeated(&mut self, code: u32, count: usize) {
        if code < 0x80 {
            self.bytes.resize(self.bytes.len() + count, code as u8);
            self.chars += count;
            return;
        }
        for _ in 0..count {
            self.push(code);
        }
    }

    /// Appends a string.
    pub fn push_str(&mut self, text: StrRef<'_>) {
        self.bytes.extend_from_slice(text.bytes);
        self.chars += text.chars;
        self.ascii &= text.ascii;
    }

    /// Appends Rust text.
    pub fn push_rust(&mut self, text: &str) {
        self.push_str(StrRef::from(text));
    }

    /// A view.
    pub fn as_ref(&self) -> StrRef<'_> {
        StrRef { bytes: &self.bytes, chars: self.chars, ascii: self.ascii, landmarks: Landmarks::NONE }
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Number of code points.
    pub fn chars(&self) -> usize {
        self.chars
    }
}

impl From<&str> for StrBuf {
    fn from(text: &str) -> Self {
        StrRef::from(text).to_buf()
    }
}

impl From<String> for StrBuf {
    fn from(text: String) -> Self {
        let chars = count_chars(text.as_bytes());
        let ascii = chars == text.len();
        StrBuf { bytes: text.into_bytes(), chars, ascii }
    }
}

impl FromIterator<u32> for StrBuf {
    fn from_iter<T: IntoIterator<Item = u32>>(codes: T) -> Self {
        let mut out = StrBuf::new();
        for code in codes {
            out.push(code);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogates_stay_apart() {
        let both: StrBuf = [0xD83D, 0xDE00].into_iter().collect();
        assert_eq!(both.as_ref().chars, 2);
        assert!(is_valid(both.as_ref().bytes));
        assert!(both.as_ref().as_utf8().is_none());
        assert_eq!(both.as_ref().code_points().rev().collect::<Vec<_>>(), [0xDE00, 0xD83D]);
    }

    #[test]
    fn invalid_bytes_are_refused_and_never_panic() {
        for bad in [&b"\x80"[..], b"\xc1\x80", b"\xe0\x80\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f\x98", b"a\xff"] {
            assert!(!is_valid(bad));
            assert!(StrRef::new(bad).code_points().count() <= bad.len());
        }
        assert!(is_valid("aé中😀".as_bytes()));
    }

    #[test]
    fn indices_and_offsets() {
        let text = StrRef::from("aé中😀b");
        for i in 0..=5 {
            assert_eq!(text.char_index(text.byte_offset(i)), i);
        }
        assert_eq!(text.get(3), Some(0x1F600));
        assert_eq!(text.get(5), None);
        assert_eq!(text.slice(1, 3).bytes, "é中".as_bytes());
        assert_eq!(text.slice(4, 2).chars, 0);
        assert_eq!(text.slice(3, 99).bytes, "😀b".as_bytes());
    }
}
