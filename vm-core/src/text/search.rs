//! Finding, counting and replacing parts of strings and of bytes.
//!
//! The byte functions serve `bytes` directly. They serve text too, because generalised UTF-8 is self-synchronising: a
//! match of well-formed bytes always lies on boundaries. Only indices need translation.

use memchr::memmem;

use super::byte_masks;
use super::error::{TextError, TextResult};
use super::wtf8::{StrBuf, StrRef};

/// Clamps the optional `start` and `end` of a method as slicing does; the result may have `start > end`.
pub fn adjust_range(start: isize, end: isize, len: usize) -> (usize, usize) {
    let fix = |i: isize| {
        if i < 0 { i.saturating_add_unsigned(len).max(0) as usize } else { i as usize }
    };
    (fix(start), fix(end).min(len))
}

/// First match in bytes.
pub fn find_bytes(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => find_byte(hay, *byte),
        _ if hay.len() <= SHORT => find_short(hay, needle),
        _ => memmem::find(hay, needle),
    }
}

/// Position of a byte: mostly it is near, so that a call is made only for what lies farther ahead.
#[inline(always)]
pub fn find_byte(hay: &[u8], wanted: u8) -> Option<usize> {
    const NEAR: usize = 32;
    match byte_masks::find_near(hay, wanted, NEAR) {
        Ok(at) => Some(at),
        Err(seen) if hay.len() < NEAR => hay[seen..].iter().position(|&b| b == wanted).map(|at| seen + at),
        Err(seen) => memchr::memchr(wanted, &hay[seen..]).map(|at| seen + at),
    }
}

/// Last position of a byte in a text, which if short is searched in place.
#[inline(always)]
fn rfind_byte(hay: &[u8], wanted: u8) -> Option<usize> {
    const NEAR: usize = 16;
    if hay.len() <= NEAR { hay.iter().rposition(|&b| b == wanted) } else { memchr::memrchr(wanted, hay) }
}

/// Last match in bytes.
pub fn rfind_bytes(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [byte] => rfind_byte(hay, *byte),
        _ if hay.len() <= SHORT => match needle {
            [] => Some(hay.len()),
            [first, ..] => {
                let last = hay.len().checked_sub(needle.len())?;
                (0..=last).rev().find(|&at| hay[at] == *first && hay[at..].starts_with(needle))
            }
        },
        _ => memmem::rfind(hay, needle),
    }
}

/// Matches that do not overlap, as offsets; the needle must not be empty.
pub fn matches_bytes<'a>(hay: &'a [u8], needle: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    if hay.len() <= SHORT { Matches::Short { hay, needle, at: 0 } } else { Matches::Long(memmem::find_iter(hay, needle)) }
}

/// Bytes up to which a text is searched without preparation.
const SHORT: usize = 96;

/// First match in a short text.
fn find_short(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let [first, second, rest @ ..] = needle else {
        return needle.first().map_or(Some(0), |&byte| find_byte(hay, byte));
    };
    let last = hay.len().checked_sub(needle.len())?;
    // The first two bytes decide mostly, and are compared without a call.
    let pair = u16::from_le_bytes([*first, *second]);
    let starts = hay[..last + 2].windows(2);
    starts
        .enumerate()
        .find(|&(at, start)| u16::from_le_bytes([start[0], start[1]]) == pair && (rest.is_empty() || hay[at + 2..].starts_with(rest)))
        .map(|(at, _)| at)
}

/// See [`matches_bytes`].
#[expect(clippy::large_enum_variant, reason = "lives in a loop's frame")]
enum Matches<'a> {
    Short { hay: &'a [u8], needle: &'a [u8], at: usize },
    Long(memmem::FindIter<'a, 'a>),
}

impl Iterator for Matches<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        match self {
            Matches::Short { hay, needle, at } => {
                let found = *at + find_short(hay.get(*at..)?, needle)?;
                *at = found + needle.len();
                Some(found)
            }
            Matches::Long(iter) => iter.next(),
        }
    }
}

/// `hay.find(needle, start, end)` in code points, after [`adjust_range`].
pub fn find(hay: StrRef<'_>, needle: StrRef<'_>, start: usize, end: usize) -> Option<usize> {
    find_with(hay, needle, start, end, find_bytes)
}

/// `hay.rfind(needle, start, end)`.
pub fn rfind(hay: StrRef<'_>, needle: StrRef<'_>, start: usize, end: usize) -> Option<usize> {
    find_with(hay, needle, start, end, rfind_bytes)
}

fn find_with(
    hay: StrRef<'_>,
    needle: StrRef<'_>,
    start: usize,
    end: usize,
    search: impl Fn(&[u8], &[u8]) -> Option<usize>,
) -> Option<usize> {
    if start > end || end - start < needle.chars {
        return None;
    }
    if hay.ascii {
        return search(&hay.bytes[start..end], needle.bytes).map(|at| start + at);
    }
    let part = hay.slice(start, end);
    search(part.bytes, needle.bytes).map(|at| start + part.char_index(at))
}

/// `hay.count(needle, start, end)`.
pub fn count(hay: StrRef<'_>, needle: StrRef<'_>, start: usize, end: usize) -> usize {
    if start > end {
        return 0;
    }
    if needle.is_empty() {
        return end - start + 1;
    }
    count_bytes(hay.slice(start, end).bytes, needle.bytes)
}

/// `bytes.count(needle)` of an already cut range.
pub fn count_bytes(hay: &[u8], needle: &[u8]) -> usize {
    match *needle {
        [] => hay.len() + 1,
        [byte] if hay.len() <= byte_masks::MOST => byte_masks::equal(hay, byte).count_ones() as usize,
        [byte] => memchr::memchr_iter(byte, hay).count(),
        _ => matches_bytes(hay, needle).count(),
    }
}

/// `needle in hay`.
pub fn contains(hay: StrRef<'_>, needle: StrRef<'_>) -> bool {
    find_bytes(hay.bytes, needle.bytes).is_some()
}

/// The bytes of `hay[start:end]`.
#[inline(always)]
fn within(hay: StrRef<'_>, start: usize, end: usize) -> &[u8] {
    if start == 0 && end >= hay.chars { hay.bytes } else { hay.slice(start, end).bytes }
}

/// `hay.startswith(needle, start, end)`.
pub fn starts_with(hay: StrRef<'_>, needle: StrRef<'_>, start: usize, end: usize) -> bool {
    start <= end && within(hay, start, end).starts_with(needle.bytes)
}

/// `hay.endswith(needle, start, end)`.
pub fn ends_with(hay: StrRef<'_>, needle: StrRef<'_>, start: usize, end: usize) -> bool {
    start <= end && within(hay, start, end).ends_with(needle.bytes)
}

/// `hay.replace(old, new, limit)`; a negative limit means no limit.
pub fn replace(hay: StrRef<'_>, old: StrRef<'_>, new: StrRef<'_>, limit: isize) -> TextResult<StrBuf> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if old.is_empty() {
        let mut out = StrBuf::with_capacity(hay.bytes.len());
        if new.bytes.len().saturating_mul(limit.min(hay.chars + 1)) > 1 << 40 {
            return Err(TextError::memory());
        }
        let mut left = limit;
        for code in hay.code_points() {
            if left > 0 {
                out.push_str(new);
                left -= 1;
            }
            out.push(code);
        }
        if left > 0 {
            out.push_str(new);
        }
        return Ok(out);
    }
    let mut found = 0;
    let bytes = replace_counted(hay.bytes, old.bytes, new.bytes, limit, &mut found);
    Ok(StrBuf::counted(bytes, hay.chars - found * old.chars + found * new.chars))
}

/// `bytes.replace(old, new, limit)`.
pub fn replace_bytes(hay: &[u8], old: &[u8], new: &[u8], limit: isize) -> Vec<u8> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if old.is_empty() {
        let mut out = Vec::with_capacity(hay.len());
        for i in 0..=hay.len() {
            if i < limit {
                out.extend_from_slice(new);
            }
            out.extend(hay.get(i));
        }
        return out;
    }
    replace_counted(hay, old, new, limit, &mut 0)
}

/// Replaces the first `limit` matches of `old`, which is not empty, and counts them.
fn replace_counted(hay: &[u8], old: &[u8], new: &[u8], limit: usize, found: &mut usize) -> Vec<u8> {
    if let (&[from], &[to], usize::MAX) = (old, new, limit) {
        *found = memchr::memchr_iter(from, hay).count();
        return hay.iter().map(|&b| if b == from { to } else { b }).collect();
    }
    let mut out = Vec::with_capacity(hay.len());
    let mut from = 0;
    let mut add = |at: usize| {
        out.extend_from_slice(&hay[from..at]);
        out.extend_from_slice(new);
        from = at + old.len();
        *found += 1;
    };
    match *old {
        [byte] => memchr::memchr_iter(byte, hay).take(limit).for_each(&mut add),
        _ => matches_bytes(hay, old).take(limit).for_each(&mut add),
    }
    out.extend_from_slice(&hay[from..]);
    out
}
