//! The arithmetic of the proleptic Gregorian calendar, of ISO weeks and of carries between units: numbers only, no objects. Years, months
//! and days may come from a pickle and be anything their bytes can hold, so nothing here relies on their being in range.

/// The last ordinal: 9999-12-31.
const MAX_ORDINAL: i32 = 3_652_059;
/// The least year.
pub(super) const MIN_YEAR: i32 = 1;
/// The greatest year.
pub(super) const MAX_YEAR: i32 = 9999;
/// Days in cycles of 4, 100 and 400 years.
const DAYS_4_YEARS: i32 = 1461;
const DAYS_100_YEARS: i32 = 36_524;
const DAYS_400_YEARS: i32 = 146_097;

/// Days of the months, and before them, in a year that is no leap year; index 0 is not used.
const DAYS_IN_MONTH: [i32; 13] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH: [i32; 13] = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Year, month, day.
pub(super) type Date = (i32, i32, i32);

/// Whether a year is a leap year.
pub(super) fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn of_month(table: &[i32; 13], month: i32) -> i32 {
    usize::try_from(month).ok().and_then(|m| table.get(m)).copied().unwrap_or(0)
}

/// The number of days in a month.
pub(super) fn days_in_month(year: i32, month: i32) -> i32 {
    of_month(&DAYS_IN_MONTH, month) + i32::from(month == 2 && is_leap(year))
}

/// The number of days of a year before a month's first.
pub(super) fn days_before_month(year: i32, month: i32) -> i32 {
    of_month(&DAYS_BEFORE_MONTH, month) + i32::from(month > 2 && is_leap(year))
}

/// The number of days before a year, from the first day of year 1.
fn days_before_year(year: i32) -> i32 {
    let y = year - 1;
    y * 365 + y / 4 - y / 100 + y / 400
}

/// The number of a day, where 0001-01-01 is 1.
pub(super) fn ordinal((year, month, day): Date) -> i32 {
    days_before_year(year) + days_before_month(year, month) + day
}

/// The day of a number of at least 1.
pub(super) fn from_ordinal(ordinal: i32) -> Date {
    let n = ordinal - 1;
    let (cycles_400, n) = (n / DAYS_400_YEARS, n % DAYS_400_YEARS);
    let (cycles_100, n) = (n / DAYS_100_YEARS, n % DAYS_100_YEARS);
    let (cycles_4, n) = (n / DAYS_4_YEARS, n % DAYS_4_YEARS);
    let (years, n) = (n / 365, n % 365);
    let year = cycles_400 * 400 + cycles_100 * 100 + cycles_4 * 4 + years + 1;
    // The last day of a cycle is the one that begins one cycle, or year, too many.
    if years == 4 || cycles_100 == 4 {
        return (year - 1, 12, 31);
    }
    // No month has more than 31 days: this is the month or the one after it.
    let mut month = (n + 50) >> 5;
    if days_before_month(year, month) > n {
        month -= 1;
    }
    (year, month, n - days_before_month(year, month) + 1)
}

/// The day of the week; Monday is 0.
pub(super) fn weekday(date: Date) -> i32 {
    (ordinal(date) + 6).rem_euclid(7)
}

/// The ordinal of the Monday with which a year's first ISO week begins: the first week with a Thursday.
fn iso_week1_monday(year: i32) -> i32 {
    let first = ordinal((year, 1, 1));
    let weekday = (first + 6).rem_euclid(7);
    first - weekday + if weekday > 3 { 7 } else { 0 }
}

/// ISO year, week and weekday (1 to 7) of a day.
pub(super) fn iso_calendar(date: Date) -> Date {
    let (mut year, today) = (date.0, ordinal(date));
    let mut days = today - iso_week1_monday(year);
    if days < 0 {
        year -= 1;
        days = today - iso_week1_monday(year);
    } else if days >= 52 * 7 && today >= iso_week1_monday(year + 1) {
        year += 1;
        days = days.rem_euclid(7);
    }
    (year, days.div_euclid(7) + 1, days.rem_euclid(7) + 1)
}

/// What is wrong with an ISO date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum IsoError {
    /// The year.
    Year,
    /// The week.
    Week,
    /// The day of the week.
    Day,
}

/// The day of an ISO year, week and weekday (1 to 7). It may lie in year 10000.
pub(super) fn from_iso((year, week, day): Date) -> Result<Date, IsoError> {
    if !(MIN_YEAR..=MAX_YEAR).contains(&year) {
        return Err(IsoError::Year);
    }
    // A year has 53 weeks if it begins with a Thursday, or as a leap year with a Wednesday.
    let long = || matches!((weekday((year, 1, 1)), is_leap(year)), (3, _) | (2, true));
    if !((1..=52).contains(&week) || (week == 53 && long())) {
        return Err(IsoError::Week);
    }
    if !(1..=7).contains(&day) {
        return Err(IsoError::Day);
    }
    Ok(from_ordinal(iso_week1_monday(year) + (week - 1) * 7 + day - 1))
}

/// The day that a possibly excessive day of a month means; `None` if that is in no year from 1 to 9999.
pub(super) fn normal_date((mut year, mut month, mut day): Date) -> Option<Date> {
    let last = days_in_month(year, month);
    if !(1..=last).contains(&day) {
        if day == 0 && month > 1 {
            month -= 1;
            day = days_in_month(year, month);
        } else if day == last + 1 && month < 12 {
            (month, day) = (month + 1, 1);
        } else {
            let n = ordinal((year, month, 1)) + day - 1;
            if !(1..=MAX_ORDINAL).contains(&n) {
                return None;
            }
            (year, month, day) = from_ordinal(n);
        }
    }
    (MIN_YEAR..=MAX_YEAR).contains(&year).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::{IsoError, MAX_ORDINAL, from_iso, from_ordinal, iso_calendar, normal_date, ordinal, weekday};

    #[test]
    fn ordinals_are_dates() {
        let mut expected = (1, 1, 1);
        for n in 1..=MAX_ORDINAL {
            let date = from_ordinal(n);
            assert_eq!((date, ordinal(date)), (expected, n));
            let iso = iso_calendar(date);
            assert_eq!(iso.2, weekday(date) + 1);
            if (1..=9999).contains(&iso.0) {
                assert_eq!(from_iso(iso), Ok(date));
            }
            expected = normal_date((date.0, date.1, date.2 + 1)).unwrap_or_default();
        }
        assert_eq!(expected, (0, 0, 0));
    }

    #[test]
    fn excess_is_carried() {
        assert_eq!(normal_date((2000, 3, 0)), Some((2000, 2, 29)));
        assert_eq!(normal_date((2001, 1, 0)), Some((2000, 12, 31)));
        assert_eq!(normal_date((2000, 1, 366)), Some((2000, 12, 31)));
        assert_eq!(normal_date((1, 1, 0)), None);
        assert_eq!(normal_date((9999, 12, 32)), None);
    }

    #[test]
    fn iso_dates_are_checked() {
        assert_eq!(from_iso((2020, 53, 1)), Ok((2020, 12, 28)));
        assert_eq!(from_iso((2021, 53, 1)), Err(IsoError::Week));
        assert_eq!(from_iso((2021, 0, 1)), Err(IsoError::Week));
        assert_eq!(from_iso((2021, 1, 8)), Err(IsoError::Day));
        assert_eq!(from_iso((10_000, 1, 1)), Err(IsoError::Year));
        assert_eq!(from_iso((9999, 52, 7)), Ok((10_000, 1, 2)));
    }
}
