//! What the module's functions need at hand: its types, the objects there is one of, and names they look up. Made when the module is
//! first imported; all of it lives as long as the machine.

use super::calendar::MAX_YEAR;
use super::fields::{Clock, Ymd};
use super::span::{DAY_S, MAX_DAYS, SECOND_US, Span};
use super::timezone::{TimeZone, fixed};
use super::{date, date_time, iso_calendar, time, timedelta, timezone, tzinfo};
use crate::machine::Machine;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// See the module's text.
#[derive(Clone, Copy)]
pub(in crate::stdlib) struct State {
    /// `date`.
    pub(super) date: Gc<Type>,
    /// `datetime`.
    pub(super) datetime: Gc<Type>,
    /// `time`.
    pub(super) time: Gc<Type>,
    /// `timedelta`.
    pub(super) timedelta: Gc<Type>,
    /// `tzinfo`.
    pub(super) tzinfo: Gc<Type>,
    /// `timezone`.
    pub(super) timezone: Gc<Type>,
    /// The class of `date.isocalendar()`'s results.
    pub(super) iso_calendar: Gc<Type>,
    /// `timezone.utc`.
    pub(super) utc: Gc<TimeZone>,
    /// `timedelta(0)`.
    pub(super) zero: Value,
    /// Names of methods.
    pub(super) names: Names,
}

/// Names of methods that programs may override.
#[derive(Clone, Copy)]
pub(super) struct Names {
    pub(super) dst: Gc<Str>,
    pub(super) fromtimestamp: Gc<Str>,
    pub(super) fromutc: Gc<Str>,
    pub(super) isoformat: Gc<Str>,
    pub(super) strftime: Gc<Str>,
    pub(super) timetuple: Gc<Str>,
    pub(super) tzname: Gc<Str>,
    pub(super) utcoffset: Gc<Str>,
}

/// The machine's state of the module.
#[inline]
pub(super) fn state(m: &mut Machine) -> State {
    match m.lib.datetime {
        Some(state) => state,
        None => make(m),
    }
}

#[cold]
fn make(m: &mut Machine) -> State {
    let (date, time) = (m.native_type(&date::SPEC), m.native_type(&time::SPEC));
    let (timedelta, tzinfo) = (m.native_type(&timedelta::SPEC), m.native_type(&tzinfo::SPEC));
    let datetime = m.native_type_derived(&date_time::SPEC, date);
    let timezone = m.native_type_derived(&timezone::SPEC, tzinfo);
    let iso_calendar = m.native_type(&iso_calendar::SPEC);
    let zero = timedelta::alloc(m, timedelta, Span::ZERO);
    let zero = m.pin(zero);
    let utc = timezone::alloc(m, timezone, zero, Value::NULL);
    m.pin(utc.value());
    let names = Names {
        dst: m.intern("dst"),
        fromtimestamp: m.intern("fromtimestamp"),
        fromutc: m.intern("fromutc"),
        isoformat: m.intern("isoformat"),
        strftime: m.intern("strftime"),
        timetuple: m.intern("timetuple"),
        tzname: m.intern("tzname"),
        utcoffset: m.intern("utcoffset"),
    };
    let made = State { date, datetime, time, timedelta, tzinfo, timezone, iso_calendar, utc, zero, names };
    m.lib.datetime = Some(made);
    add_limits(m, &made);
    made
}

/// `min`, `max` and `resolution` of the types, and `timezone.utc`.
fn add_limits(m: &mut Machine, s: &State) {
    let set = |m: &mut Machine, ty, name, v| m.set_type_attr(ty, name, v);
    let max_days = MAX_DAYS as i32;
    let (last_second, last_micro) = (DAY_S as i32 - 1, SECOND_US as i32 - 1);
    let delta = |m: &mut Machine, days, seconds, micros| timedelta::alloc(m, s.timedelta, Span { days, seconds, micros });
    let resolution = delta(m, 0, 0, 1);
    let (least, most, day) = (delta(m, -max_days, 0, 0), delta(m, max_days, last_second, last_micro), delta(m, 1, 0, 0));
    for (ty, v) in [(s.timedelta, resolution), (s.date, day), (s.time, resolution), (s.datetime, resolution)] {
        set(m, ty, "resolution", v);
    }
    let (first, last) = (Ymd::new((1, 1, 1)), Ymd::new((MAX_YEAR, 12, 31)));
    let (begin, end) = (Clock::MIDNIGHT, Clock::new([23, 59, 59, last_micro]));
    let limits = [
        (s.timedelta, least, most),
        (s.date, date::alloc(m, s.date, first), date::alloc(m, s.date, last)),
        (s.time, time::alloc(m, s.time, begin, Value::NONE, false), time::alloc(m, s.time, end, Value::NONE, false)),
        (
            s.datetime,
            date_time::alloc(m, s.datetime, first, begin, Value::NONE, false),
            date_time::alloc(m, s.datetime, last, end, Value::NONE, false),
        ),
        (s.timezone, fixed(m, Span { days: -1, seconds: 60, micros: 0 }), fixed(m, Span { days: 0, seconds: last_second - 59, micros: 0 })),
    ];
    for (ty, least, most) in limits {
        set(m, ty, "min", least);
        set(m, ty, "max", most);
    }
    set(m, s.timezone, "utc", s.utc.value());
}
