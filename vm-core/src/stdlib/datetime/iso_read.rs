//! Reading ISO 8601 text, as `fromisoformat()` does: what C accepts beyond the standard, such as a third separator before the fraction, is
//! accepted here. Behind the end of the text there are zero bytes.

use super::calendar::{Date, from_iso};
use super::fields::Clock;
use super::span::Span;
use super::state::state;
use super::timedelta::make;
use super::timezone;
use crate::machine::{Machine, R};
use crate::object::value::Value;

/// A text and the place to read it from.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn here(&self) -> u8 {
        self.peek(self.at)
    }

    fn digits(&mut self, count: usize) -> Option<i32> {
        let mut n = 0;
        for _ in 0..count {
            let c = self.here();
            if !c.is_ascii_digit() {
                return None;
            }
            n = n * 10 + i32::from(c - b'0');
            self.at += 1;
        }
        Some(n)
    }

    fn skip(&mut self, c: u8) -> Option<()> {
        (self.here() == c).then(|| self.at += 1)
    }
}

/// A date of `len` bytes at the beginning of a text; its month and day may be out of range.
pub(super) fn date(text: &[u8], len: usize) -> Option<Date> {
    let mut r = Reader { text, at: 0 };
    let year = r.digits(4)?;
    let separated = r.skip(b'-').is_some();
    if r.skip(b'W').is_some() {
        let week = r.digits(2)?;
        let mut day = 1;
        if r.at < len {
            if separated {
                r.skip(b'-')?;
            }
            day = r.digits(1)?;
        }
        return from_iso((year, week, day)).ok();
    }
    let month = r.digits(2)?;
    if separated {
        r.skip(b'-')?;
    }
    Some((year, month, r.digits(2)?))
}

/// Hours, minutes, seconds and microseconds as far as they are there, up to `end`, and whether more follows.
fn clock(r: &mut Reader<'_>, end: usize) -> Option<([i32; 4], bool)> {
    const CORRECTIONS: [i32; 7] = [1, 100_000, 10_000, 1_000, 100, 10, 1];
    let mut parts = [0; 4];
    let mut separated = true;
    for i in 0..3 {
        parts[i] = r.digits(2)?;
        let c = r.here();
        r.at += 1;
        if i == 0 {
            separated = c == b':';
        }
        if r.at >= end {
            return Some((parts, c != 0));
        }
        if separated && c == b':' {
            continue;
        }
        if c == b'.' || c == b',' {
            break;
        }
        if separated {
            return None;
        }
        r.at -= 1;
    }
    let count = (end - r.at).min(6);
    parts[3] = r.digits(count)? * CORRECTIONS[count];
    while r.here().is_ascii_digit() {
        r.at += 1;
    }
    Some((parts, r.here() != 0))
}

/// An offset from UTC, in seconds and microseconds.
type Offset = (i32, i32);

/// A time, and its offset if it has one.
pub(super) fn time(text: &[u8]) -> Option<([i32; 4], Option<Offset>)> {
    let end = text.len();
    let mut r = Reader { text, at: 0 };
    let mark = (0..end.max(1)).find(|&i| matches!(r.peek(i), b'Z' | b'+' | b'-')).unwrap_or(end.max(1));
    let (parts, more) = clock(&mut r, mark)?;
    if mark == end {
        return (!more).then_some((parts, None));
    }
    if r.peek(mark) == b'Z' {
        return (r.peek(mark + 1) == 0).then_some((parts, Some((0, 0))));
    }
    let sign = if r.peek(mark) == b'-' { -1 } else { 1 };
    r.at = mark + 1;
    let ([hour, minute, second, micro], more) = clock(&mut r, end)?;
    (!more).then_some((parts, Some((sign * (hour * 3600 + minute * 60 + second), sign * micro))))
}

/// The zone of an offset that was read; `None` if there was none.
pub(super) fn zone(m: &mut Machine, offset: Option<Offset>) -> R<Value> {
    let Some((seconds, micros)) = offset else { return Ok(Value::NONE) };
    if seconds == 0 {
        return Ok(state(m).utc.value());
    }
    let span = Span::new(0, seconds.into(), micros.into()).unwrap_or(Span::ZERO);
    let offset = make(m, span);
    timezone::checked(m, offset, Value::NULL)
}

/// Where the separator of date and time is, or the text ends. `None` for a text that is no date and time.
fn separator(text: &[u8]) -> Option<usize> {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    if text.len() == 7 {
        return Some(7);
    }
    match (at(4), at(5)) {
        (b'-', b'W') if text.len() < 8 => None,
        // A week, then a weekday or an hour.
        (b'-', b'W') if text.len() > 8 && at(8) == b'-' => {
            if text.len() == 9 {
                None
            } else if text.len() > 10 && at(10).is_ascii_digit() {
                Some(8)
            } else {
                Some(10)
            }
        }
        (b'-', b'W') => Some(8),
        (b'-', _) => Some(10),
        // A week; all that follow are pairs of digits unless the first is a weekday.
        (b'W', _) => {
            let end = (7..text.len()).find(|&i| !at(i).is_ascii_digit()).unwrap_or(text.len().max(7));
            Some(if end < 9 {
                end
            } else if end % 2 == 0 {
                7
            } else {
                8
            })
        }
        _ => Some(8),
    }
}

/// A date and time: the date's numbers, the time's, and its offset.
pub(super) fn date_time(text: &[u8]) -> Option<(Date, [i32; 4], Option<Offset>)> {
    let separator = separator(text);
    let date = date(text, separator.unwrap_or(usize::MAX))?;
    let Some(separator) = separator.filter(|&s| s < text.len()) else { return Some((date, Clock::MIDNIGHT.parts(), None)) };
    let width = match text[separator] {
        ..0x80 => 1,
        0xe0..=0xef => 3,
        0xf0.. => 4,
        _ => 2,
    };
    let (parts, offset) = time(text.get(separator + width..).unwrap_or_default())?;
    Some((date, parts, offset))
}

/// The text with a plain separator, if that is a lone surrogate and otherwise all is text.
pub(super) fn without_surrogate(text: &[u8]) -> Option<Vec<u8>> {
    let at = std::str::from_utf8(text).err()?.valid_up_to();
    let (before, after) = (std::str::from_utf8(&text[..at]).ok()?, std::str::from_utf8(text.get(at + 3..)?).ok()?);
    matches!(before.chars().count(), 7 | 8 | 10).then(|| [before, "T", after].concat().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{date, date_time, time};

    #[test]
    fn dates_are_read() {
        assert_eq!(date(b"2020-02-30", 10), Some((2020, 2, 30)));
        assert_eq!(date(b"20200203", 8), Some((2020, 2, 3)));
        assert_eq!(date(b"2020W537", 8), Some((2021, 1, 3)));
        assert_eq!(date(b"2020-W53", 8), Some((2020, 12, 28)));
        assert_eq!(date(b"2020-0203", 9), None);
    }

    #[test]
    fn times_are_read() {
        assert_eq!(time(b"12"), Some(([12, 0, 0, 0], None)));
        assert_eq!(time(b"123456.5"), Some(([12, 34, 56, 500_000], None)));
        assert_eq!(time(b"12:34:56,1234567Z"), Some(([12, 34, 56, 123_456], Some((0, 0)))));
        assert_eq!(time(b"12:34-01:30"), Some(([12, 34, 0, 0], Some((-5400, 0)))));
        for wrong in ["", "1", "12:", "12:3", "12:34:5", "12x", "12:34Zx", "12:34+", "12:34+1"] {
            assert_eq!(time(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn separators_are_found() {
        for (text, hour) in [("2020-02-03T04", 4), ("20200203 04", 4), ("2020-W01-04", 4), ("2020W01T04", 4), ("2020W01104", 4)] {
            assert_eq!(date_time(text.as_bytes()).map(|(_, parts, _)| parts[0]), Some(hour), "{text}");
        }
        assert_eq!(date_time("2020-02-03\u{20ac}04:05".as_bytes()), Some(((2020, 2, 3), [4, 5, 0, 0], None)));
    }
}
