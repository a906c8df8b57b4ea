//! Cutting strings: split and partition from both sides, lines, strip.
//!
//! Everything returns ranges of the argument; `bytes_ops.rs` has what differs for bytes.

use super::error::{TextError, TextResult};
use super::search::{find_bytes, rfind_bytes};
use super::unicode::{is_line_break, is_space};
use super::wtf8::{StrRef, code_points, decode_first};

fn limit_of(maxsplit: isize) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

/// Byte ranges of `split(sep, maxsplit)`, for text and bytes alike.
pub fn split_ranges(hay: &[u8], sep: &[u8], maxsplit: isize) -> TextResult<Vec<(usize, usize)>> {
    if sep.is_empty() {
        return Err(TextError::value("empty separator"));
    }
    let mut out = Vec::new();
    let mut from = 0;
    for at in super::search::matches_bytes(hay, sep).take(limit_of(maxsplit)) {
        out.push((from, at));
        from = at + sep.len();
    }
    out.push((from, hay.len()));
    Ok(out)
}

/// Byte ranges of `rsplit(sep, maxsplit)`, in order of position.
pub fn rsplit_ranges(hay: &[u8], sep: &[u8], maxsplit: isize) -> TextResult<Vec<(usize, usize)>> {
    if sep.is_empty() {
        return Err(TextError::value("empty separator"));
    }
    let mut out = Vec::new();
    let mut to = hay.len();
    for _ in 0..limit_of(maxsplit) {
        let Some(at) = rfind_bytes(&hay[..to], sep) else {
            break;
        };
        out.push((at + sep.len(), to));
        to = at;
    }
    out.push((0, to));
    out.reverse();
    Ok(out)
}

fn parts<'a>(text: StrRef<'a>, ranges: Vec<(usize, usize)>) -> Vec<StrRef<'a>> {
    ranges.into_iter().map(|(from, to)| text.byte_slice(from, to)).collect()
}

/// `text.split(sep, maxsplit)`
pub fn split<'a>(text: StrRef<'a>, sep: StrRef<'_>, maxsplit: isize) -> TextResult<Vec<StrRef<'a>>> {
    Ok(parts(text, split_ranges(text.bytes, sep.bytes, maxsplit)?))
}

/// `text.rsplit(sep, maxsplit)`
pub fn rsplit<'a>(text: StrRef<'a>, sep: StrRef<'_>, maxsplit: isize) -> TextResult<Vec<StrRef<'a>>> {
    Ok(parts(text, rsplit_ranges(text.bytes, sep.bytes, maxsplit)?))
}

/// Offset of the first character from `at` on that is white space, or that is not if `space` is true.
fn skip(bytes: &[u8], mut at: usize, space: bool) -> usize {
    while let Some((code, len)) = decode_first(&bytes[at..]) {
        if is_space(code) != space {
            break;
        }
        at += len;
    }
    at
}

/// As [`skip`], backwards from `end`: the offset behind the character found.
fn skip_back(bytes: &[u8], end: usize, space: bool) -> usize {
    let mut codes = code_points(&bytes[..end]);
    loop {
        let end = codes.as_bytes().len();
        match codes.next_back() {
            Some(code) if is_space(code) == space => {}
            _ => return end,
        }
    }
}

/// `text.split(None, maxsplit)`
pub fn split_whitespace(text: StrRef<'_>, maxsplit: isize) -> Vec<StrRef<'_>> {
    let (limit, len) = (limit_of(maxsplit), text.bytes.len());
    let mut out = Vec::new();
    let mut at = skip(text.bytes, 0, true);
    while at < len {
        let end = if out.len() >= limit { len } else { skip(text.bytes, at, false) };
        out.push(text.byte_slice(at, end));
        at = skip(text.bytes, end, true);
    }
    out
}

/// `text.rsplit(None, maxsplit)`
pub fn rsplit_whitespace(text: StrRef<'_>, maxsplit: isize) -> Vec<StrRef<'_>> {
    let limit = limit_of(maxsplit);
    let mut out = Vec::new();
    let mut end = skip_back(text.bytes, text.bytes.len(), true);
    while end > 0 {
        let at = if out.len() >= limit { 0 } else { skip_back(text.bytes, end, false) };
        out.push(text.byte_slice(at, end));
        end = skip_back(text.bytes, at, true);
    }
    out.reverse();
    out
}

fn position(text: StrRef<'_>, wanted: impl Fn(u32) -> bool) -> Option<usize> {
    let mut at = 0;
    while let Some((code, len)) = decode_first(&text.bytes[at..]) {
        if wanted(code) {
            return Some(at);
        }
        at += len;
    }
    None
}

/// The first byte from `at` on with which a line break may begin, or the end.
fn next_break(bytes: &[u8], at: usize) -> usize {
    const WIDTH: usize = 16;
    let may_break = |b: u8| b < 0x20 || b == 0xC2 || b == 0xE2;
    let rest = &bytes[at..];
    // Whole groups first, of which the compiler looks at all bytes at once.
    let groups = rest.as_chunks::<WIDTH>().0.iter();
    let skipped = groups.take_while(|group| !group.iter().fold(false, |any, &b| any | may_break(b))).count() * WIDTH;
    at + skipped + rest[skipped..].iter().position(|&b| may_break(b)).unwrap_or(rest.len() - skipped)
}

/// Where the first line break from `at` on begins, or the end, in ASCII text.
#[inline]
pub fn next_ascii_break(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = next_break(bytes, at);
        match bytes.get(at) {
            Some(b'\n' | 0x0B..=0x0D | 0x1C..=0x1E) | None => return at,
            Some(_) => at += 1,
        }
    }
}

/// `text.splitlines(keepends)`
pub fn split_lines(text: StrRef<'_>, keep_ends: bool) -> Vec<StrRef<'_>> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    let bytes = text.bytes;
    loop {
        at = next_break(bytes, at);
        let Some((code, len)) = decode_first(&bytes[at..]) else { break };
        let end = at;
        at += len;
        if !is_line_break(code) {
            continue;
        }
        if code == 0x0D && bytes.get(at) == Some(&b'\n') {
            at += 1;
        }
        out.push(text.byte_slice(from, if keep_ends { at } else { end }));
        from = at;
    }
    if from < bytes.len() {
        out.push(text.byte_slice(from, bytes.len()));
    }
    out
}

/// Byte offset of the first separator for `partition`; an empty separator is an error.
pub fn partition_at(hay: &[u8], sep: &[u8], from_right: bool) -> TextResult<Option<usize>> {
    if sep.is_empty() {
        return Err(TextError::value("empty separator"));
    }
    Ok(if from_right { rfind_bytes(hay, sep) } else { find_bytes(hay, sep) })
}

/// `text.partition(sep)` as (before, after); `None` if the separator is not there.
pub fn partition<'a>(text: StrRef<'a>, sep: StrRef<'_>) -> TextResult<Option<(StrRef<'a>, StrRef<'a>)>> {
    let at = partition_at(text.bytes, sep.bytes, false)?;
    Ok(at.map(|at| cut(text, at, sep.bytes.len())))
}

/// `text.rpartition(sep)` as (before, after); `None` if the separator is not there.
pub fn rpartition<'a>(text: StrRef<'a>, sep: StrRef<'_>) -> TextResult<Option<(StrRef<'a>, StrRef<'a>)>> {
    let at = partition_at(text.bytes, sep.bytes, true)?;
    Ok(at.map(|at| cut(text, at, sep.bytes.len())))
}

fn cut(text: StrRef<'_>, at: usize, len: usize) -> (StrRef<'_>, StrRef<'_>) {
    (text.byte_slice(0, at), text.byte_slice(at + len, text.bytes.len()))
}

/// Drops leading characters that satisfy the condition.
pub fn strip_left(text: StrRef<'_>, drop: impl Fn(u32) -> bool) -> StrRef<'_> {
    let from = position(text, |c| !drop(c)).unwrap_or(text.bytes.len());
    text.byte_slice(from, text.bytes.len())
}

/// Drops trailing characters that satisfy the condition.
pub fn strip_right(text: StrRef<'_>, drop: impl Fn(u32) -> bool) -> StrRef<'_> {
    let mut codes = text.code_points();
    let mut end = text.bytes.len();
    while let Some(code) = codes.next_back() {
        if !drop(code) {
            break;
        }
        end = codes.as_bytes().len();
    }
    text.byte_slice(0, end)
}

/// Which sides `strip` works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
    /// `strip`
    Both,
}

/// `text.strip(chars)` and its one-sided forms; `None` strips white space.
pub fn strip<'a>(text: StrRef<'a>, chars: Option<StrRef<'_>>, sides: Sides) -> StrRef<'a> {
    let set: Option<Vec<u32>> = chars.map(|c| c.code_points().collect());
    let drop = |c: u32| set.as_ref().map_or_else(|| is_space(c), |set| set.contains(&c));
    let text = if sides == Sides::Right { text } else { strip_left(text, drop) };
    if sides == Sides::Left { text } else { strip_right(text, drop) }
}

/// `text.removeprefix(prefix)`
pub fn remove_prefix<'a>(text: StrRef<'a>, prefix: StrRef<'_>) -> StrRef<'a> {
    if text.bytes.starts_with(prefix.bytes) { text.byte_slice(prefix.bytes.len(), text.bytes.len()) } else { text }
}

/// `text.removesuffix(suffix)`
pub fn remove_suffix<'a>(text: StrRef<'a>, suffix: StrRef<'_>) -> StrRef<'a> {
    if text.bytes.ends_with(suffix.bytes) { text.byte_slice(0, text.bytes.len() - suffix.bytes.len()) } else { text }
}
