//! `datetime`: the type, and how one is made. Arithmetic and comparison are in `date_time_ops.rs`; what has to do with zones and timestamps
//! is in `date_time_zone.rs`.

use super::arguments::{Signature, Taker, c_int, changes, exactly, plain_int, string};
use super::calendar;
use super::date::{self, invalid_iso, iso_argument};
use super::fields::{Clock, Ymd};
use super::span::{DAY_S, SECOND_US, Span, carry};
use super::state::state;
use super::text::Text;
use super::tzinfo::{self, Question};
use super::{date_time_ops, date_time_zone, iso_read, pickle, repr, time};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// A `datetime`.
    struct DateTime {
        /// Its hash, or -1 while not computed.
        hash: Cell<i64>,
        /// The day.
        day: Ymd,
        /// Whether it is the second of two times that the clock shows alike.
        fold: bool,
        /// The time.
        clock: Clock,
        /// Its zone, or `None`.
        tzinfo: Cell<Value>,
    }
}

macro_rules! field {
    ($name:literal, $field:ident) => {
        GetSetDef { name: $name, get: |m, v| Ok(Value::small(this::<DateTime>(m, v)?.clock.$field().into())), set: None }
    };
}

/// A method that asks the zone.
macro_rules! asking {
    ($name:literal, $question:expr) => {
        MethodDef::new($name, Convention::NoArgs, |m, v, _| {
            let tz = this::<DateTime>(m, v)?.tzinfo.get();
            tzinfo::ask(m, tz, $question, v)
        })
    };
}

/// `datetime`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(new),
        repr: Some(show),
        str: Some(|m, v| {
            let s = state(m);
            if m.type_of(v) == s.datetime {
                return iso_text(m, v, b" ", "auto");
            }
            let space = m.char_str(b' '.into()).value();
            m.call_method(v, s.names.isoformat, &[space])
        }),
        hash: Some(date_time_ops::hash),
        richcompare: Some(date_time_ops::compare),
        add: Some(date_time_ops::add),
        sub: Some(date_time_ops::sub),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef {
            doc: "now($type, /, tz=None)\n--\n\nThe time it is, in a zone or in local time.",
            ..MethodDef::class("now", Convention::FastKeywords, date_time_zone::now)
        },
        MethodDef::class("utcnow", Convention::NoArgs, date_time_zone::utc_now),
        MethodDef::class("fromtimestamp", Convention::VarArgsKeywords, date_time_zone::from_timestamp),
        MethodDef::class("utcfromtimestamp", Convention::VarArgs, date_time_zone::utc_from_timestamp),
        MethodDef::class("strptime", Convention::VarArgs, |m, class, args| {
            let [text, format] = exactly::<2>(m, "strptime", args)?;
            string(m, "strptime", 1, text)?;
            string(m, "strptime", 2, format)?;
            let (module, name) = (m.import_name("_strptime")?, m.intern("_strptime_datetime"));
            m.call_method(module, name, &[class, text, format])
        }),
        MethodDef::class("combine", Convention::VarArgsKeywords, combine),
        MethodDef::class("fromisoformat", Convention::O, from_iso_format),
        MethodDef::new("date", Convention::NoArgs, |m, v, _| {
            let d = this::<DateTime>(m, v)?;
            let day = Ymd::checked(m, d.day.date())?;
            let class = state(m).date;
            Ok(date::alloc(m, class, day))
        }),
        MethodDef::new("time", Convention::NoArgs, |m, v, _| time_of(m, v, false)),
        MethodDef::new("timetz", Convention::NoArgs, |m, v, _| time_of(m, v, true)),
        MethodDef::new("ctime", Convention::NoArgs, |m, v, _| {
            let d = this::<DateTime>(m, v)?;
            date::ctime(m, d.day, d.clock)
        }),
        MethodDef::new("timetuple", Convention::NoArgs, |m, v, _| date_time_zone::time_tuple(m, v)),
        MethodDef::new("timestamp", Convention::NoArgs, date_time_zone::timestamp),
        MethodDef::new("utctimetuple", Convention::NoArgs, date_time_zone::utc_time_tuple),
        MethodDef::new("isoformat", Convention::VarArgsKeywords, iso_format),
        asking!("utcoffset", Question::Offset),
        MethodDef::new("tzname", Convention::NoArgs, |m, v, _| {
            let tz = this::<DateTime>(m, v)?.tzinfo.get();
            tzinfo::name(m, tz, v)
        }),
        asking!("dst", Question::Summer),
        MethodDef {
            doc: "replace($self, /, year=unchanged, month=unchanged, day=unchanged,\n        hour=unchanged, minute=unchanged, \
                  second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged, *, fold=unchanged)\n--\n\nThe date and time with some \
                  fields changed.",
            ..MethodDef::new("replace", Convention::FastKeywords, replace)
        },
        MethodDef {
            doc: "__replace__($self, /, **changes)\n--\n\nAs replace().",
            ..MethodDef::new("__replace__", Convention::FastKeywords, replace)
        },
        MethodDef::new("astimezone", Convention::VarArgsKeywords, date_time_zone::as_timezone),
        MethodDef::new("__reduce_ex__", Convention::VarArgs, |m, v, args| {
            let [protocol] = exactly::<1>(m, "__reduce_ex__", args)?;
            let protocol = c_int(m, protocol)?;
            let d = this::<DateTime>(m, v)?;
            pickle::reduce_datetime(m, v, d.day, d.clock, d.tzinfo.get(), d.fold && protocol > 3)
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let d = this::<DateTime>(m, v)?;
            pickle::reduce_datetime(m, v, d.day, d.clock, d.tzinfo.get(), false)
        }),
    ],
    getset: &[
        field!("hour", hour),
        field!("minute", minute),
        field!("second", second),
        field!("microsecond", micro),
        GetSetDef { name: "tzinfo", get: |m, v| Ok(this::<DateTime>(m, v)?.tzinfo.get()), set: None },
        GetSetDef { name: "fold", get: |m, v| Ok(Value::small(this::<DateTime>(m, v)?.fold.into())), set: None },
    ],
    doc: "datetime(year, month, day[, hour[, minute[, second[, microsecond[,tzinfo]]]]])\n\nA day and a time. All arguments are integers but \
          tzinfo, which is None or a tzinfo.\n",
    ..TypeSpec::new("datetime.datetime", DateTime::LAYOUT)
};

static SIGNATURE: Signature = Signature {
    name: "",
    names: &["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"],
    required: 3,
    positional: 8,
};

/// A new object of the type or a subclass.
#[inline]
pub(super) fn alloc(m: &mut Machine, class: Gc<Type>, day: Ymd, clock: Clock, tzinfo: Value, fold: bool) -> Value {
    m.new_object(DateTime { header: Header::new(class), hash: Cell::new(-1), day, fold, clock, tzinfo: Cell::new(tzinfo) }).value()
}

/// A copy of the same class with another zone and `fold`, made without calling the class.
pub(super) fn altered(m: &mut Machine, d: Gc<DateTime>, tz: Value, fold: bool) -> R<Value> {
    let class = m.type_of(d.value());
    checked(m, class, d.day.date(), d.clock.parts(), tz, fold.into())
}

fn checked(m: &mut Machine, class: Gc<Type>, date: calendar::Date, parts: [i32; 4], tz: Value, fold: i32) -> R<Value> {
    let day = Ymd::checked(m, date)?;
    let clock = Clock::checked(m, parts, fold)?;
    tzinfo::check(m, tz)?;
    Ok(alloc(m, class, day, clock, tz, fold != 0))
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    if let Some((day, clock, tz, fold)) = pickle::datetime(m, args)? {
        return Ok(alloc(m, class, day, clock, tz, fold));
    }
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    let date = (taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?);
    let parts = [taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?];
    let tz = taker.take(m)?.unwrap_or(Value::NONE);
    let fold = taker.int(m, 0)?;
    taker.end(m)?;
    checked(m, class, date, parts, tz, fold)
}

fn make_with(m: &mut Machine, class: Value, date: calendar::Date, parts: [i32; 4], tz: Value, fold: i32) -> R<Value> {
    let s = state(m);
    if class.is(s.datetime.value()) {
        return checked(m, s.datetime, date, parts, tz, fold);
    }
    let [year, month, day] = [date.0, date.1, date.2].map(|n| Value::small(n.into()));
    let [hour, minute, second, micro] = parts.map(|n| Value::small(n.into()));
    super::call_with_fold(m, class, &[year, month, day, hour, minute, second, micro, tz], fold)
}

/// An instance of a class that derives from `datetime`, made as its own code says.
pub(super) fn make(m: &mut Machine, class: Value, date: calendar::Date, parts: [i32; 4], tz: Value, fold: bool) -> R<Value> {
    make_with(m, class, date, parts, tz, fold.into())
}

/// A date and time moved by a duration, or back by it.
pub(super) fn shifted(m: &mut Machine, d: Gc<DateTime>, span: Span, back: bool) -> R<Value> {
    let sign = if back { -1 } else { 1 };
    let (seconds, micro) =
        carry(d.clock.seconds() + sign * i64::from(span.seconds), i64::from(d.clock.micro()) + sign * i64::from(span.micros), SECOND_US);
    let (days, seconds) = carry(i64::from(d.day.day()) + sign * i64::from(span.days), seconds, DAY_S);
    let Some(date) = calendar::normal_date((d.day.year(), d.day.month(), days as i32)) else {
        return Err(m.overflow_error("date value out of range"));
    };
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60, micro].map(|n| n as i32);
    let class = m.type_of(d.value());
    if class == state(m).datetime {
        return Ok(alloc(m, class, Ymd::new(date), Clock::new(parts), d.tzinfo.get(), false));
    }
    make(m, class.value(), date, parts, d.tzinfo.get(), false)
}

static COMBINE: Signature = Signature { name: "combine", names: &["date", "time", "tzinfo"], required: 2, positional: 3 };

fn combine(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &COMBINE)?;
    let day = taker.take(m)?.unwrap_or(Value::NONE);
    let Some(day) = date::day(day) else { return Err(taker.wrong(m, "datetime.date", day)) };
    let time = taker.take(m)?.unwrap_or(Value::NONE);
    let Some(time) = time.downcast::<time::Time>() else { return Err(taker.wrong(m, "datetime.time", time)) };
    let tz = taker.take(m)?.unwrap_or(time.tzinfo);
    taker.end(m)?;
    make(m, class, day.date(), time.clock.parts(), tz, time.fold)
}

fn from_iso_format(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let s = iso_argument(m, args)?;
    let text = s.as_static_bytes();
    let read = match s.to_str() {
        _ if s.char_len() < 7 => None,
        Some(_) => iso_read::date_time(text),
        None => iso_read::without_surrogate(text).and_then(|text| iso_read::date_time(&text)),
    };
    let Some((date, parts, offset)) = read else { return Err(invalid_iso(m, s.value())) };
    let tz = iso_read::zone(m, offset)?;
    make(m, class, date, parts, tz, false)
}

fn time_of(m: &mut Machine, v: Value, with_zone: bool) -> R<Value> {
    let d = this::<DateTime>(m, v)?;
    let clock = Clock::checked(m, d.clock.parts(), d.fold.into())?;
    let class = state(m).time;
    Ok(time::alloc(m, class, clock, if with_zone { d.tzinfo.get() } else { Value::NONE }, d.fold))
}

fn replace(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let old = this::<DateTime>(m, v)?;
    let names = ["year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let [year, month, day, hour, minute, second, micro, tz, fold] = changes(m, args, names, 8)?;
    let date = old.day.date();
    let date = (plain_int(m, year, date.0)?, plain_int(m, month, date.1)?, plain_int(m, day, date.2)?);
    let mut parts = old.clock.parts();
    for (part, given) in parts.iter_mut().zip([hour, minute, second, micro]) {
        *part = plain_int(m, given, *part)?;
    }
    let tz = tz.non_null().unwrap_or(old.tzinfo.get());
    let fold = plain_int(m, fold, old.fold.into())?;
    let class = m.type_of(v).value();
    make_with(m, class, date, parts, tz, fold)
}

fn show(m: &mut Machine, v: Value) -> R<Value> {
    let d = this::<DateTime>(m, v)?;
    let (year, month, day) = d.day.date();
    let [hour, minute, second, micro] = d.clock.parts();
    let all = [year, month, day, hour, minute, second, micro];
    let shown = if micro != 0 {
        7
    } else if second != 0 {
        6
    } else {
        5
    };
    repr::show(m, v, &all[..shown], &[repr::Extra::Fold(d.fold), repr::Extra::Zone(d.tzinfo.get())])
}

static ISO_SIGNATURE: Signature = Signature { name: "isoformat", names: &["sep", "timespec"], required: 0, positional: 2 };

fn iso_format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &ISO_SIGNATURE)?;
    let mut sep: &[u8] = b"T";
    if let Some(given) = taker.take(m)? {
        sep = match given.downcast::<crate::object::string::Str>() {
            Some(s) if s.char_len() == 1 => s.as_static_bytes(),
            _ => return Err(taker.wrong(m, "a unicode character", given)),
        };
    }
    let precision = taker.text(m)?.unwrap_or(b"auto");
    taker.end(m)?;
    iso_text(m, v, sep, std::str::from_utf8(precision).unwrap_or_default())
}

fn iso_text(m: &mut Machine, v: Value, sep: &[u8], precision: &str) -> R<Value> {
    let d = this::<DateTime>(m, v)?;
    let mut text = Text::new();
    text.date(d.day.date());
    text.push_char(sep);
    text.precise_time(m, d.clock, precision)?;
    text.zone(m, d.tzinfo.get(), b":", v)?;
    text.finish(m)
}
