//! `datetime` between zones, and to and from timestamps and time tuples.

use super::arguments::{Signature, Taker, exactly};
use super::clock;
use super::date_time::{DateTime, altered, shifted};
use super::date_time_ops::offset_of;
use super::span::Span;
use super::state::state;
use super::timedelta::span_of;
use super::timedelta_ops;
use super::tzinfo::{self, Question};
use super::{strftime, timezone};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::header::Gc;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;

/// A time in UTC as the zone it has been given sees it, which is asked to say.
fn seen_from(m: &mut Machine, tz: Value, utc: Value) -> R<Value> {
    if tz.is_none() {
        return Ok(utc);
    }
    let name = state(m).names.fromutc;
    m.call_method(tz, name, &[utc])
}

pub(super) fn now(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let [tz] = args.bind(m, "now", ["tz"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let tz = tz.non_null().unwrap_or(Value::NONE);
    tzinfo::check(m, tz)?;
    let made = clock::from_timestamp(m, class, clock::now(), tz, tz.is_none())?;
    seen_from(m, tz, made)
}

pub(super) fn utc_now(m: &mut Machine, class: Value, _: Args<'_>) -> R<Value> {
    m.warn_deprecated(
        "datetime.datetime.utcnow() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to represent \
         datetimes in UTC: datetime.datetime.now(datetime.UTC).",
    )?;
    clock::from_timestamp(m, class, clock::now(), Value::NONE, false)
}

static FROM_TIMESTAMP: Signature = Signature { name: "fromtimestamp", names: &["timestamp", "tz"], required: 1, positional: 2 };

pub(super) fn from_timestamp(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &FROM_TIMESTAMP)?;
    let timestamp = taker.take(m)?.unwrap_or(Value::NONE);
    let tz = taker.take(m)?.unwrap_or(Value::NONE);
    taker.end(m)?;
    tzinfo::check(m, tz)?;
    let timestamp = clock::timestamp(m, timestamp)?;
    let made = clock::from_timestamp(m, class, timestamp, tz, tz.is_none())?;
    seen_from(m, tz, made)
}

pub(super) fn utc_from_timestamp(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    m.warn_deprecated(
        "datetime.datetime.utcfromtimestamp() is deprecated and scheduled for removal in a future version. Use timezone-aware objects to \
         represent datetimes in UTC: datetime.datetime.fromtimestamp(timestamp, datetime.UTC).",
    )?;
    let [timestamp] = exactly::<1>(m, "utcfromtimestamp", args)?;
    let timestamp = clock::timestamp(m, timestamp)?;
    clock::from_timestamp(m, class, timestamp, Value::NONE, false)
}

static AS_TIMEZONE: Signature = Signature { name: "astimezone", names: &["tz"], required: 0, positional: 1 };

pub(super) fn as_timezone(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &AS_TIMEZONE)?;
    let tz = taker.take(m)?.unwrap_or(Value::NONE);
    taker.end(m)?;
    tzinfo::check(m, tz)?;
    let d = this::<DateTime>(m, v)?;
    let mut own = d.tzinfo.get();
    if own.is_none() {
        own = clock::zone_of(m, &d)?;
    }
    if own.is(tz) {
        return Ok(v);
    }
    let offset = match tzinfo::offset(m, own, v)? {
        Some(offset) => offset,
        // One whose zone does not know its offset is taken for local time.
        None => {
            let own = clock::zone_of(m, &d)?;
            if own.is(tz) {
                return Ok(v);
            }
            own.downcast::<timezone::TimeZone>().map_or(Span::ZERO, timezone::span)
        }
    };
    let utc = shifted(m, d, offset, true)?;
    let Some(mut utc) = utc.downcast::<DateTime>() else {
        let got = m.type_name(utc);
        return Err(m.type_error(&format!("expected a datetime, not '{got}'")));
    };
    if utc.tzinfo.get().is_none() {
        let zone = state(m).utc.value();
        let aware = altered(m, utc, zone, utc.fold)?;
        utc = this::<DateTime>(m, aware)?;
    }
    let tz = if tz.is_none() { clock::zone_at(m, clock::utc_seconds(&utc))? } else { tz };
    utc.tzinfo.set(tz);
    seen_from(m, tz, utc.value())
}

pub(super) fn timestamp(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let d = this::<DateTime>(m, v)?;
    if d.tzinfo.get().is_none() {
        let seconds = clock::seconds(m, &d)?;
        return Ok(m.new_float(seconds as f64 + f64::from(d.clock.micro()) / 1e6));
    }
    let utc = state(m).utc.value();
    let offset = if d.tzinfo.get().is(utc) { Some(Span::ZERO) } else { offset_of(m, d)? };
    let Some(offset) = offset else {
        return Err(m.type_error("can't subtract offset-naive and offset-aware datetimes"));
    };
    let since = Span::new(0, clock::utc_seconds(&d), d.clock.micro().into()).and_then(|span| span.minus(offset));
    timedelta_ops::seconds(m, since.unwrap_or(Span::ZERO))
}

/// Whether a zone says that it is summer, as time tuples have it.
pub(super) fn summer_flag(m: &mut Machine, d: Gc<DateTime>) -> R<i64> {
    let summer = tzinfo::ask(m, d.tzinfo.get(), Question::Summer, d.value())?;
    Ok(span_of(summer).map_or(-1, |span| i64::from(span != Span::ZERO)))
}

/// `timetuple()`.
pub(super) fn time_tuple(m: &mut Machine, v: Value) -> R<Value> {
    let d = this::<DateTime>(m, v)?;
    let flag = summer_flag(m, d)?;
    strftime::struct_time(m, d.day, d.clock, flag)
}

pub(super) fn utc_time_tuple(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let mut d = this::<DateTime>(m, v)?;
    if let Some(offset) = offset_of(m, d)? {
        let moved = shifted(m, d, offset, true)?;
        d = this::<DateTime>(m, moved)?;
    }
    strftime::struct_time(m, d.day, d.clock, 0)
}
