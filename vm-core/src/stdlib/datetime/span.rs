//! Durations as numbers, without objects: days, seconds and microseconds, of which only the days may be negative, and the same as a count
//! of microseconds. `timedelta.rs` makes objects of them.

/// Seconds of a day.
pub(super) const DAY_S: i64 = 86_400;
/// Microseconds of a second.
pub(super) const SECOND_US: i64 = 1_000_000;
/// Microseconds of a day.
const DAY_US: i64 = DAY_S * SECOND_US;
/// Most days, forwards and backwards.
pub(super) const MAX_DAYS: i64 = 999_999_999;

/// A duration. The order of the fields is the order of durations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Span {
    /// Days.
    pub(super) days: i32,
    /// Seconds of the day.
    pub(super) seconds: i32,
    /// Microseconds of the second.
    pub(super) micros: i32,
}

/// Why a duration cannot be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TooLong {
    /// So many days are too many.
    Days(i64),
    /// The number of days does not fit a C `int`.
    NoInt,
}

impl Span {
    /// No time at all.
    pub(super) const ZERO: Span = Span { days: 0, seconds: 0, micros: 0 };

    /// The sum of days, seconds and microseconds, each far from the limits of its type.
    pub(super) fn new(days: i64, seconds: i64, micros: i64) -> Result<Span, TooLong> {
        let (seconds, micros) = carry(seconds, micros, SECOND_US);
        let (days, seconds) = carry(days, seconds, DAY_S);
        if !(-MAX_DAYS..=MAX_DAYS).contains(&days) {
            return Err(TooLong::Days(days));
        }
        Ok(Span { days: days as i32, seconds: seconds as i32, micros: micros as i32 })
    }

    /// All in microseconds.
    pub(super) fn to_micros(self) -> i128 {
        i128::from(self.days) * i128::from(DAY_US) + i128::from(self.within_day())
    }

    /// All in microseconds, where that fits.
    pub(super) fn to_micros_i64(self) -> Option<i64> {
        i64::try_from(self.to_micros()).ok()
    }

    /// The microseconds beyond the days.
    fn within_day(self) -> i64 {
        i64::from(self.seconds) * SECOND_US + i64::from(self.micros)
    }

    /// A number of microseconds.
    pub(super) fn from_micros(micros: i128) -> Result<Span, TooLong> {
        let (days, rest) = match i64::try_from(micros) {
            Ok(us) => (us.div_euclid(DAY_US), us.rem_euclid(DAY_US)),
            Err(_) => {
                let (days, rest) = (micros.div_euclid(DAY_US.into()), micros.rem_euclid(DAY_US.into()));
                (i64::try_from(days).unwrap_or(i64::MAX), rest as i64)
            }
        };
        if i32::try_from(days).is_err() {
            return Err(TooLong::NoInt);
        }
        Span::new(days, rest / SECOND_US, rest % SECOND_US)
    }

    /// The sum of two durations.
    pub(super) fn plus(self, other: Span) -> Result<Span, TooLong> {
        let sum = |a: i32, b: i32| i64::from(a) + i64::from(b);
        Span::new(sum(self.days, other.days), sum(self.seconds, other.seconds), sum(self.micros, other.micros))
    }

    /// The difference of two durations.
    pub(super) fn minus(self, other: Span) -> Result<Span, TooLong> {
        let difference = |a: i32, b: i32| i64::from(a) - i64::from(b);
        Span::new(difference(self.days, other.days), difference(self.seconds, other.seconds), difference(self.micros, other.micros))
    }

    /// Whether it is less than a day, either way.
    pub(super) fn is_below_a_day(self) -> bool {
        self.days == 0 || (self.days == -1 && (self.seconds, self.micros) != (0, 0))
    }

    /// The sign, and the hours, minutes, seconds and microseconds of a duration of less than a day.
    pub(super) fn clock(self) -> (char, [i32; 4]) {
        let us = i64::from(self.days) * DAY_US + self.within_day();
        let (s, us) = (us.abs() / SECOND_US, us.abs() % SECOND_US);
        (if self.days < 0 { '-' } else { '+' }, [s / 3600, s / 60 % 60, s % 60, us].map(|n| n as i32))
    }
}

/// Moves whole units from `low` to `high`.
#[inline]
pub(super) fn carry(high: i64, low: i64, unit: i64) -> (i64, i64) {
    if (0..unit).contains(&low) { (high, low) } else { (high + low.div_euclid(unit), low.rem_euclid(unit)) }
}

/// The integer nearest to a quotient, the even one of two; the divisor is not zero.
pub(super) fn divide_nearest(a: i128, b: i128) -> i128 {
    let (a, b) = if b < 0 { (-a, -b) } else { (a, b) };
    let (q, r) = match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => (i128::from(a.div_euclid(b)), i128::from(a.rem_euclid(b))),
        _ => (a.div_euclid(b), a.rem_euclid(b)),
    };
    let up = r > b - r || (r == b - r && q % 2 != 0);
    q + i128::from(up)
}

/// A finite float as an odd integer, or zero, times a power of two.
pub(super) fn odd_times_power(f: f64) -> (i64, i32) {
    let bits = f.to_bits();
    let (exponent, fraction) = ((bits >> 52 & 0x7ff) as i32, (bits & ((1 << 52) - 1)).cast_signed());
    let (size, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    if size == 0 {
        return (0, 0);
    }
    let zeros = size.trailing_zeros();
    let odd = size >> zeros;
    (if f < 0.0 { -odd } else { odd }, exponent + zeros as i32)
}

/// `a * 2**power / b`, rounded to the nearest; `None` if that is beyond every duration. `a` has at most 120 bits, `b` at most 53.
pub(super) fn scale(a: i128, power: i32, b: i64) -> Option<i128> {
    const BITS: i32 = 125;
    if a == 0 {
        return Some(0);
    }
    let b = i128::from(b);
    if power >= 0 {
        // Quotients of more than 74 bits are too long, so what is lost does not count.
        if power > BITS || a.unsigned_abs().leading_zeros() as i32 <= power + 2 {
            return None;
        }
        return Some(divide_nearest(a << power, b));
    }
    let power = -power;
    if b.unsigned_abs() == 1 {
        return Some(if power > BITS { 0 } else { divide_nearest(a * b, 1 << power) });
    }
    match if power > BITS { None } else { b.checked_mul(1 << power) } {
        Some(b) => Some(divide_nearest(a, b)),
        // The divisor is more than twice as long as any dividend of a division.
        None => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, TooLong, divide_nearest, odd_times_power, scale};

    #[test]
    fn microseconds_round_trip() {
        for us in [0, 1, -1, 86_399_999_999, -86_400_000_001, i128::from(i64::MAX), i128::from(i64::MIN), 86_399_999_999_999_999_999] {
            let span = Span::from_micros(us).expect("in range");
            assert_eq!(span.to_micros(), us);
            assert_eq!(span.to_micros_i64(), i64::try_from(us).ok());
        }
        assert_eq!(Span::from_micros(86_400_000_000 * 1_000_000_000), Err(TooLong::Days(1_000_000_000)));
        assert_eq!(Span::from_micros(i128::MAX), Err(TooLong::NoInt));
    }

    #[test]
    fn rounding_is_to_even() {
        assert_eq!([1, 3, 5, -1, -3, -5].map(|n| divide_nearest(n, 2)), [0, 2, 2, 0, -2, -2]);
        assert_eq!((divide_nearest(7, -2), divide_nearest(8, 3), divide_nearest(7, 3)), (-4, 3, 2));
    }

    #[test]
    fn floats_are_ratios() {
        assert_eq!(odd_times_power(0.75), (3, -2));
        assert_eq!(odd_times_power(-6.0), (-3, 1));
        assert_eq!(odd_times_power(5e-324), (1, -1074));
        assert_eq!(scale(10, -1, 1), Some(5));
        assert_eq!(scale(1, -1074, 1), Some(0));
        assert_eq!(scale(86_400_000_000, 1000, 3), None);
        assert_eq!(scale(3, 2, 3), Some(4));
    }
}
