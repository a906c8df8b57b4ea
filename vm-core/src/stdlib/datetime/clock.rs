//! Timestamps and the local zone: what `fromtimestamp()`, `timestamp()`, `now()` and `astimezone()` need of them. Local times are numbered
//! by the seconds that they would be in UTC, and searched for as C does, by asking for the offsets around them.

use super::calendar;
use super::date_time::{self, DateTime};
use super::fields::{Clock, Ymd};
use super::span::{DAY_S, SECOND_US, Span, carry};
use super::timedelta::make;
use super::timezone;
use crate::machine::{Machine, R};
use crate::object::value::Value;
use crate::stdlib::time;

/// Seconds from 0000-12-31 to 1970.
const EPOCH: i64 = 719_163 * DAY_S;
/// Local clocks are set back by less.
const MAX_FOLD: i64 = DAY_S;
/// `EOVERFLOW`.
const TOO_LARGE: i32 = 75;

fn out_of_range(m: &mut Machine) -> crate::machine::Raised {
    m.overflow_error("timestamp out of range for platform time_t")
}

/// The whole part of a float as seconds.
fn whole_seconds(m: &mut Machine, f: f64) -> R<i64> {
    let limit = -(i64::MIN as f64);
    if (-limit..limit).contains(&f) { Ok(f as i64) } else { Err(out_of_range(m)) }
}

/// The number of a timestamp that is no float.
fn integer(m: &mut Machine, v: Value) -> R<i64> {
    let n = m.index(v)?;
    m.int_as_i64(n).ok_or_else(|| out_of_range(m))
}

fn float(m: &mut Machine, v: Value) -> R<Option<f64>> {
    match m.float_value(v) {
        Some(f) if f.is_nan() => Err(m.value_error("Invalid value NaN (not a number)")),
        f => Ok(f),
    }
}

/// The nearest integer, the even one of two.
fn round_half_even(x: f64) -> f64 {
    let rounded = x.round();
    if (x - rounded).abs() == 0.5 { 2.0 * (x / 2.0).round() } else { rounded }
}

/// Seconds and microseconds of a timestamp.
pub(super) fn timestamp(m: &mut Machine, v: Value) -> R<(i64, i32)> {
    let Some(f) = float(m, v)? else { return Ok((integer(m, v)?, 0)) };
    let unit = SECOND_US as f64;
    let (mut whole, mut micros) = (f.trunc(), round_half_even(if f.is_infinite() { 0.0 } else { f.fract() * unit }));
    if micros >= unit {
        (whole, micros) = (whole + 1.0, micros - unit);
    } else if micros < 0.0 {
        (whole, micros) = (whole - 1.0, micros + unit);
    }
    Ok((whole_seconds(m, whole)?, micros as i32))
}

/// Date and time of a number of seconds since 1970; the year may be any that C's `struct tm` has.
fn fields(m: &mut Machine, t: i64) -> R<(calendar::Date, [i32; 3])> {
    let (days, second) = carry(0, t, DAY_S);
    let days = days + EPOCH / DAY_S;
    let date = match i32::try_from(days) {
        Ok(n @ 1..) => calendar::from_ordinal(n),
        // Beyond the calendar.
        _ => {
            let [year, month, day, ..] = time::civil(t);
            let Ok(year) = i32::try_from(year - 1900) else { return Err(m.os_error_number(TOO_LARGE, Value::NULL)) };
            (year.saturating_add(1900), month as i32, day as i32)
        }
    };
    Ok((date, [second / 3600, second / 60 % 60, second % 60].map(|n| n as i32)))
}

/// The offset of the local zone at a time; nothing at times whose year C's `struct tm` does not have.
fn local_offset(m: &mut Machine, t: i64) -> i64 {
    if t.unsigned_abs() < 1 << 56 { time::local_offset(m, t) } else { 0 }
}

/// The local date of a timestamp.
pub(super) fn local_date(m: &mut Machine, v: Value) -> R<calendar::Date> {
    let t = match float(m, v)? {
        Some(f) => whole_seconds(m, f.floor())?,
        None => integer(m, v)?,
    };
    let offset = local_offset(m, t);
    Ok(fields(m, t.saturating_add(offset))?.0)
}

fn check_year(m: &mut Machine, year: i32) -> R<()> {
    if (calendar::MIN_YEAR..=calendar::MAX_YEAR).contains(&year) {
        return Ok(());
    }
    Err(m.value_error(&format!("year {year} is out of range")))
}

/// The number of a local time, given that of the time in UTC.
fn local(m: &mut Machine, utc: i64) -> R<i64> {
    let t = utc - EPOCH;
    let local = utc + local_offset(m, t);
    if !(DAY_S..DAY_S * 3_652_060).contains(&local) {
        let ((year, ..), _) = fields(m, local - EPOCH)?;
        check_year(m, year)?;
    }
    Ok(local)
}

/// A `datetime` of that class, in UTC or, without a zone, in local time.
pub(super) fn from_timestamp(m: &mut Machine, class: Value, (t, micros): (i64, i32), tz: Value, is_local: bool) -> R<Value> {
    if !is_local {
        let (date, [hour, minute, second]) = fields(m, t)?;
        return date_time::make(m, class, date, [hour, minute, second, micros], tz, false);
    }
    let offset = local_offset(m, t);
    let (date, [hour, minute, second]) = fields(m, t.saturating_add(offset))?;
    check_year(m, date.0)?;
    // The time is a second one if the clock was set back less than a day ago, by at least what has passed since.
    let here = t + offset + EPOCH;
    let before = local(m, t + EPOCH - MAX_FOLD)?;
    let transition = here - before - MAX_FOLD;
    let fold = transition < 0 && local(m, t + EPOCH + transition)? == here;
    date_time::make(m, class, date, [hour, minute, second, micros], tz, fold)
}

/// Now, in seconds and microseconds.
pub(super) fn now() -> (i64, i32) {
    let now = time::now();
    (now.as_secs().cast_signed(), now.subsec_micros().cast_signed())
}

/// The number in UTC of a local time.
fn to_utc(m: &mut Machine, day: Ymd, clock: Clock, fold: bool) -> R<i64> {
    check_year(m, day.year())?;
    let t = i64::from(day.ordinal()) * DAY_S + clock.seconds();
    // To be solved: t = local(u).
    let a = local(m, t)? - t;
    let u1 = t - a;
    let t1 = local(m, u1)?;
    let b = if t1 == t {
        // One solution; there may be one earlier, or later.
        let u2 = if fold { u1 + MAX_FOLD } else { u1 - MAX_FOLD };
        let b = local(m, u2)? - u2;
        if a == b {
            return Ok(u1);
        }
        b
    } else {
        t1 - u1
    };
    let u2 = t - b;
    if local(m, u2)? == t {
        return Ok(u2);
    }
    Ok(if t1 == t {
        u1
    } else if fold {
        u1.min(u2)
    } else {
        u1.max(u2)
    })
}

/// The seconds since 1970 of a local time.
pub(super) fn seconds(m: &mut Machine, d: &DateTime) -> R<i64> {
    Ok(to_utc(m, d.day, d.clock, d.fold)? - EPOCH)
}

/// The seconds since 1970 of a time in UTC.
pub(super) fn utc_seconds(d: &DateTime) -> i64 {
    i64::from(d.day.ordinal()) * DAY_S + d.clock.seconds() - EPOCH
}

/// The local zone as it is at a time, as a `timezone` with its name.
pub(super) fn zone_at(m: &mut Machine, t: i64) -> R<Value> {
    let (name, offset, _) = time::local_type(m, t);
    let offset = make(m, Span::new(0, offset, 0).unwrap_or(Span::ZERO));
    let name = m.decode_from_system(name.as_bytes())?.value();
    timezone::checked(m, offset, name)
}

/// The local zone as it is at a local time; of one that the clock skips, as `fold` says before or after the gap.
pub(super) fn zone_of(m: &mut Machine, d: &DateTime) -> R<Value> {
    let (first, second) = (to_utc(m, d.day, d.clock, d.fold)?, to_utc(m, d.day, d.clock, !d.fold)?);
    let chosen = if first != second && (second > first) == d.fold { second } else { first };
    zone_at(m, chosen - EPOCH)
}
