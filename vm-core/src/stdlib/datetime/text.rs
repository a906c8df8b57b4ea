//! A short text being written: digits, punctuation, a separator of any kind. Kept on the native stack, since dates are written often.

use super::fields::Clock;
use super::span::Span;
use super::tzinfo;
use crate::machine::{Machine, R};
use crate::object::value::Value;

/// Enough for every date with its time and offset, even one that a pickle made up.
const CAPACITY: usize = 96;

/// A text of less than [`CAPACITY`] bytes; what is beyond is lost.
pub(super) struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
    /// Bytes that continue a character.
    inner: usize,
}

impl Text {
    /// Nothing yet.
    #[inline]
    pub(super) fn new() -> Text {
        Text { bytes: [0; CAPACITY], len: 0, inner: 0 }
    }

    /// Appends ASCII text.
    #[inline]
    pub(super) fn push(&mut self, text: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.len..self.len + text.len()) {
            room.copy_from_slice(text);
            self.len += text.len();
        }
    }

    /// Appends one character in WTF-8.
    pub(super) fn push_char(&mut self, char: &[u8]) {
        self.push(char);
        self.inner += char.len() - 1;
    }

    /// Appends a number with at least so many digits.
    #[inline]
    pub(super) fn number(&mut self, n: i32, width: usize) {
        self.padded(n, width, b'0');
    }

    /// Appends a number filled up on its left.
    pub(super) fn padded(&mut self, n: i32, width: usize, fill: u8) {
        let mut digits = [fill; 12];
        let mut at = digits.len();
        let mut rest = n.unsigned_abs();
        loop {
            at -= 1;
            digits[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        if n < 0 {
            at -= 1;
            digits[at] = b'-';
        }
        let from = at.min(digits.len() - width.min(10));
        self.push(&digits[from..]);
    }

    /// Appends `YYYY-MM-DD`.
    #[inline]
    pub(super) fn date(&mut self, (year, month, day): super::calendar::Date) {
        self.number(year, 4);
        self.push(b"-");
        self.number(month, 2);
        self.push(b"-");
        self.number(day, 2);
    }

    /// Appends what of `HH:MM:SS` there are numbers for.
    #[inline]
    pub(super) fn time(&mut self, parts: &[i32], sep: &[u8]) {
        for (i, &n) in parts.iter().enumerate() {
            if i > 0 {
                self.push(sep);
            }
            self.number(n, 2);
        }
    }

    /// Appends an offset of less than a day: sign, hours and minutes, and seconds and microseconds if there are any.
    pub(super) fn offset(&mut self, span: Span, sep: &[u8]) {
        let (sign, parts) = span.clock();
        self.push(&[sign as u8]);
        let micros = parts[3];
        self.time(if micros == 0 && parts[2] == 0 { &parts[..2] } else { &parts[..3] }, sep);
        if micros != 0 {
            self.push(b".");
            self.number(micros, 6);
        }
    }

    /// Appends a time as `isoformat()` does with that precision.
    pub(super) fn precise_time(&mut self, m: &mut Machine, clock: Clock, precision: &str) -> R<()> {
        let parts = clock.parts();
        let (shown, digits) = match precision {
            "auto" => (3, if parts[3] == 0 { 0 } else { 6 }),
            "hours" => (1, 0),
            "minutes" => (2, 0),
            "seconds" => (3, 0),
            "milliseconds" => (3, 3),
            "microseconds" => (3, 6),
            _ => return Err(m.value_error("Unknown timespec value")),
        };
        self.time(&parts[..shown], b":");
        if digits > 0 {
            self.push(b".");
            self.number(if digits == 3 { parts[3] / 1000 } else { parts[3] }, digits);
        }
        Ok(())
    }

    /// Appends the offset that a zone answers, if it does.
    pub(super) fn zone(&mut self, m: &mut Machine, tz: Value, sep: &[u8], about: Value) -> R<()> {
        if !tz.is_none()
            && let Some(span) = tzinfo::offset(m, tz, about)?
        {
            self.offset(span, sep);
        }
        Ok(())
    }

    /// The text so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// As a `str`.
    #[inline]
    pub(super) fn finish(&self, m: &mut Machine) -> R<Value> {
        Ok(m.new_str_counted(self.bytes(), self.len - self.inner)?.value())
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn numbers_are_padded() {
        let mut text = Text::new();
        for (n, width) in [(7, 2), (12, 2), (255, 2), (5, 4), (-3, 1), (i32::MIN, 1), (0, 1)] {
            text.number(n, width);
            text.push(b" ");
        }
        text.padded(3, 2, b' ');
        assert_eq!(text.bytes(), b"07 12 255 0005 -3 -2147483648 0  3");
    }
}
