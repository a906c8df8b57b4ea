//! What dates and times hold, packed so that comparing the numbers compares the moments, and so that their big-endian bytes are the bytes
//! that pickles have. A pickle's bytes are taken as they are: fields may be beyond what the calendar knows.

use super::calendar::{self, MAX_YEAR, MIN_YEAR};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::stdlib::native_struct::Traced;

/// Year, month and day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Ymd(u32);

impl Ymd {
    /// Bytes of a pickled date.
    pub(super) const BYTES: usize = 4;

    /// Of a date that is known to be in range.
    pub(super) fn new((year, month, day): calendar::Date) -> Ymd {
        Ymd((year << 16 | month << 8 | day).cast_unsigned())
    }

    /// Of numbers that may be wrong.
    pub(super) fn checked(m: &mut Machine, (year, month, day): calendar::Date) -> R<Ymd> {
        if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
            return Err(m.value_error(&format!("year {year} is out of range")));
        }
        if !(1..=12).contains(&month) {
            return Err(m.value_error("month must be in 1..12"));
        }
        if day < 1 || (day > 28 && day > calendar::days_in_month(year, month)) {
            return Err(m.value_error("day is out of range for month"));
        }
        Ok(Ymd::new((year, month, day)))
    }

    /// As pickled.
    pub(super) fn from_bytes(bytes: [u8; Self::BYTES]) -> Ymd {
        Ymd(u32::from_be_bytes(bytes))
    }

    /// For a pickle.
    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        self.0.to_be_bytes()
    }

    /// The year.
    pub(super) fn year(self) -> i32 {
        (self.0 >> 16) as i32
    }

    /// The month, from 1.
    pub(super) fn month(self) -> i32 {
        (self.0 >> 8 & 0xff) as i32
    }

    /// The day of the month, from 1.
    pub(super) fn day(self) -> i32 {
        (self.0 & 0xff) as i32
    }

    /// All three.
    pub(super) fn date(self) -> calendar::Date {
        (self.year(), self.month(), self.day())
    }

    /// The number of the day.
    pub(super) fn ordinal(self) -> i32 {
        calendar::ordinal(self.date())
    }
}

/// Hour, minute, second and microsecond.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Clock(u64);

impl Clock {
    /// Bytes of a pickled time.
    pub(super) const BYTES: usize = 6;
    /// The beginning of a day.
    pub(super) const MIDNIGHT: Clock = Clock(0);

    /// Of a time that is known to be in range.
    pub(super) fn new([hour, minute, second, micro]: [i32; 4]) -> Clock {
        let [hour, minute, second, micro] = [hour, minute, second, micro].map(|n| u64::from(n.cast_unsigned()));
        Clock(hour << 40 | minute << 32 | second << 24 | micro)
    }

    /// Of numbers that may be wrong; `fold` is checked with them.
    pub(super) fn checked(m: &mut Machine, parts: [i32; 4], fold: i32) -> R<Clock> {
        let [hour, minute, second, micro] = parts;
        let message = if !(0..24).contains(&hour) {
            "hour must be in 0..23"
        } else if !(0..60).contains(&minute) {
            "minute must be in 0..59"
        } else if !(0..60).contains(&second) {
            "second must be in 0..59"
        } else if !(0..1_000_000).contains(&micro) {
            "microsecond must be in 0..999999"
        } else if fold != 0 && fold != 1 {
            "fold must be either 0 or 1"
        } else {
            return Ok(Clock::new(parts));
        };
        Err(m.value_error(message))
    }

    /// As pickled.
    pub(super) fn from_bytes([a, b, c, d, e, f]: [u8; Self::BYTES]) -> Clock {
        Clock(u64::from_be_bytes([0, 0, a, b, c, d, e, f]))
    }

    /// For a pickle.
    pub(super) fn to_bytes(self) -> [u8; Self::BYTES] {
        let [_, _, a, b, c, d, e, f] = self.0.to_be_bytes();
        [a, b, c, d, e, f]
    }

    /// The hour.
    pub(super) fn hour(self) -> i32 {
        (self.0 >> 40 & 0xff) as i32
    }

    /// The minute.
    pub(super) fn minute(self) -> i32 {
        (self.0 >> 32 & 0xff) as i32
    }

    /// The second.
    pub(super) fn second(self) -> i32 {
        (self.0 >> 24 & 0xff) as i32
    }

    /// The microsecond.
    pub(super) fn micro(self) -> i32 {
        (self.0 & 0xff_ffff) as i32
    }

    /// All four.
    pub(super) fn parts(self) -> [i32; 4] {
        [self.hour(), self.minute(), self.second(), self.micro()]
    }

    /// The seconds since midnight.
    pub(super) fn seconds(self) -> i64 {
        let [hour, minute, second, _] = self.parts().map(i64::from);
        hour * 3600 + minute * 60 + second
    }
}

impl Traced for Ymd {
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Traced for Clock {
    fn trace(&self, _: &mut Marker<'_>) {}
}
