//! `date`. Its text is in `text.rs` and `strftime.rs`, its arithmetic here; methods that `datetime` inherits take both.

use super::arguments::{Signature, Taker, c_int, changes, exactly, plain_int};
use super::calendar::{self, IsoError};
use super::date_time::{self, DateTime};
use super::fields::{Clock, Ymd};
use super::span::Span;
use super::state::state;
use super::text::Text;
use super::timedelta::{made, span_of};
use super::{clock, iso_calendar, iso_read, pickle, strftime};
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// A `date`.
    struct Date {
        /// Its hash, or -1 while not computed.
        hash: Cell<i64>,
        /// The day.
        day: Ymd,
    }
}

/// `date`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        str: Some(str),
        hash: Some(hash),
        richcompare: Some(compare),
        add: Some(add),
        sub: Some(sub),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef {
            doc: "fromtimestamp($type, timestamp, /)\n--\n\nThe local date of a POSIX timestamp.",
            ..MethodDef::class("fromtimestamp", Convention::O, |m, class, args| {
                let (year, month, day) = clock::local_date(m, args.pos()[0])?;
                make(m, class, (year, month, day))
            })
        },
        MethodDef::class("fromordinal", Convention::VarArgs, from_ordinal),
        MethodDef::class("fromisoformat", Convention::O, from_iso_format),
        MethodDef::class("fromisocalendar", Convention::VarArgsKeywords, from_iso_calendar),
        MethodDef::class("today", Convention::NoArgs, |m, class, _| {
            let (module, name) = (m.import_name("time")?, m.intern("time"));
            let now = m.call_method(module, name, &[])?;
            let name = state(m).names.fromtimestamp;
            m.call_method(class, name, &[now])
        }),
        MethodDef::new("ctime", Convention::NoArgs, |m, v, _| {
            let day = day_of(m, v)?;
            ctime(m, day, Clock::MIDNIGHT)
        }),
        MethodDef::new("strftime", Convention::VarArgsKeywords, strftime::date_strftime),
        MethodDef::new("__format__", Convention::VarArgs, strftime::format),
        MethodDef::new("timetuple", Convention::NoArgs, |m, v, _| {
            let day = day_of(m, v)?;
            strftime::struct_time(m, day, Clock::MIDNIGHT, -1)
        }),
        MethodDef::new("isocalendar", Convention::NoArgs, |m, v, _| {
            let day = day_of(m, v)?;
            Ok(iso_calendar::make(m, calendar::iso_calendar(day.date())))
        }),
        MethodDef::new("isoformat", Convention::NoArgs, |m, v, _| iso_format(m, v)),
        MethodDef::new("isoweekday", Convention::NoArgs, |m, v, _| {
            Ok(Value::small(i64::from(calendar::weekday(day_of(m, v)?.date()) + 1)))
        }),
        MethodDef::new("toordinal", Convention::NoArgs, |m, v, _| Ok(Value::small(day_of(m, v)?.ordinal().into()))),
        MethodDef::new("weekday", Convention::NoArgs, |m, v, _| Ok(Value::small(calendar::weekday(day_of(m, v)?.date()).into()))),
        MethodDef {
            doc: "replace($self, /, year=unchanged, month=unchanged, day=unchanged)\n--\n\nThe date with some fields changed.",
            ..MethodDef::new("replace", Convention::FastKeywords, replace)
        },
        MethodDef {
            doc: "__replace__($self, /, **changes)\n--\n\nAs replace().",
            ..MethodDef::new("__replace__", Convention::FastKeywords, replace)
        },
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let day = day_of(m, v)?;
            pickle::reduce_date(m, v, day)
        }),
    ],
    getset: &[
        GetSetDef { name: "year", get: |m, v| Ok(Value::small(day_of(m, v)?.year().into())), set: None },
        GetSetDef { name: "month", get: |m, v| Ok(Value::small(day_of(m, v)?.month().into())), set: None },
        GetSetDef { name: "day", get: |m, v| Ok(Value::small(day_of(m, v)?.day().into())), set: None },
    ],
    doc: "date(year, month, day) --> a day of the Gregorian calendar",
    ..TypeSpec::new("datetime.date", Date::LAYOUT)
};

static SIGNATURE: Signature = Signature { name: "", names: &["year", "month", "day"], required: 3, positional: 3 };

/// A new object of the type or a subclass.
#[inline]
pub(super) fn alloc(m: &mut Machine, class: Gc<Type>, day: Ymd) -> Value {
    m.new_object(Date { header: Header::new(class), hash: Cell::new(-1), day }).value()
}

/// The day of a `date` or `datetime`, if it is one.
#[inline]
pub(super) fn day(v: Value) -> Option<Ymd> {
    match v.downcast::<Date>() {
        Some(d) => Some(d.day),
        None => v.downcast::<DateTime>().map(|d| d.day),
    }
}

/// The day of the instance that a method or slot was called on.
#[inline]
fn day_of(m: &mut Machine, v: Value) -> R<Ymd> {
    match day(v) {
        Some(day) => Ok(day),
        None => Ok(this::<Date>(m, v)?.day),
    }
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    if let Some(day) = pickle::date(m, args)? {
        return Ok(alloc(m, class, day));
    }
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    let date = (taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?);
    taker.end(m)?;
    let day = Ymd::checked(m, date)?;
    Ok(alloc(m, class, day))
}

/// An instance of a class that derives from `date`, made as its own code says.
fn make(m: &mut Machine, class: Value, date: calendar::Date) -> R<Value> {
    let s = state(m);
    if class.is(s.date.value()) {
        let day = Ymd::checked(m, date)?;
        return Ok(alloc(m, s.date, day));
    }
    if class.is(s.datetime.value()) {
        return date_time::make(m, class, date, Clock::MIDNIGHT.parts(), Value::NONE, false);
    }
    m.call(class, &[date.0, date.1, date.2].map(|n| Value::small(n.into())))
}

fn from_ordinal(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let [v] = exactly::<1>(m, "fromordinal", args)?;
    match c_int(m, v)? {
        ..1 => Err(m.value_error("ordinal must be >= 1")),
        n => make(m, class, calendar::from_ordinal(n)),
    }
}

/// The error of a text that is no date or time.
#[cold]
pub(super) fn invalid_iso(m: &mut Machine, v: Value) -> Raised {
    match m.repr(v) {
        Ok(shown) => {
            let message = [b"Invalid isoformat string: ", shown.bytes()].concat();
            m.raise_text(crate::text::error::TextError::value(message))
        }
        Err(raised) => raised,
    }
}

/// The argument of `fromisoformat()`.
pub(super) fn iso_argument(m: &mut Machine, args: Args<'_>) -> R<Gc<Str>> {
    args.pos()[0].downcast::<Str>().ok_or_else(|| m.type_error("fromisoformat: argument must be str"))
}

fn from_iso_format(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let s = iso_argument(m, args)?;
    let text = s.as_static_bytes();
    let date = if matches!(text.len(), 7 | 8 | 10) && s.to_str().is_some() { iso_read::date(text, text.len()) } else { None };
    match date {
        Some(date) => make(m, class, date),
        None => Err(invalid_iso(m, s.value())),
    }
}

static ISO_SIGNATURE: Signature = Signature { name: "fromisocalendar", names: &["year", "week", "day"], required: 3, positional: 3 };

fn from_iso_calendar(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let (year, week, day) = match iso_arguments(m, args) {
        Ok(iso) => iso,
        Err(_) if m.pending_is(m.exceptions.overflow_error) => {
            m.take_raised();
            return Err(m.value_error("ISO calendar component out of range"));
        }
        Err(raised) => return Err(raised),
    };
    match calendar::from_iso((year, week, day)) {
        Ok(date) => make(m, class, date),
        Err(IsoError::Year) => Err(m.value_error(&format!("Year is out of range: {year}"))),
        Err(IsoError::Week) => Err(m.value_error(&format!("Invalid week: {week}"))),
        Err(IsoError::Day) => Err(m.value_error(&format!("Invalid day: {day} (range is [1, 7])"))),
    }
}

fn iso_arguments(m: &mut Machine, args: Args<'_>) -> R<calendar::Date> {
    let mut taker = Taker::new(m, args, &ISO_SIGNATURE)?;
    let iso = (taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?);
    taker.end(m)?;
    Ok(iso)
}

fn replace(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let old = day_of(m, v)?;
    let [year, month, day] = changes(m, args, ["year", "month", "day"], 3)?;
    let date = (plain_int(m, year, old.year())?, plain_int(m, month, old.month())?, plain_int(m, day, old.day())?);
    let class = m.type_of(v).value();
    make(m, class, date)
}

fn shifted(m: &mut Machine, v: Value, day: Ymd, days: i64) -> R<Value> {
    let (year, month, first) = day.date();
    match calendar::normal_date((year, month, (i64::from(first) + days) as i32)) {
        Some(date) => {
            let class = m.type_of(v).value();
            make(m, class, date)
        }
        None => Err(m.overflow_error("date value out of range")),
    }
}

fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    for (v, delta) in [(a, b), (b, a)] {
        if let (Some(d), Some(span)) = (v.downcast::<Date>(), span_of(delta)) {
            return shifted(m, v, d.day, span.days.into());
        }
    }
    Ok(Value::NOT_IMPLEMENTED)
}

fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let Some(left) = a.downcast::<Date>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if let Some(right) = b.downcast::<Date>() {
        let days = left.day.ordinal() - right.day.ordinal();
        return made(m, Span::new(days.into(), 0, 0));
    }
    match span_of(b) {
        Some(span) => shifted(m, a, left.day, -i64::from(span.days)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let left = day_of(m, a)?;
    Ok(match b.downcast::<Date>() {
        Some(right) => Value::from_bool(op.holds(left.cmp(&right.day))),
        None => Value::NOT_IMPLEMENTED,
    })
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let Some(d) = v.downcast::<Date>() else {
        let day = day_of(m, v)?;
        return Ok(m.hash_bytes(&day.to_bytes()));
    };
    if d.hash.get() == -1 {
        d.hash.set(m.hash_bytes(&d.day.to_bytes()));
    }
    Ok(d.hash.get())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let (year, month, day) = day_of(m, v)?.date();
    let class = m.type_name(v);
    Ok(m.str_value(&format!("{class}({year}, {month}, {day})")))
}

/// `date.isoformat()`, whatever the object's class says it is.
pub(super) fn iso_format(m: &mut Machine, v: Value) -> R<Value> {
    let mut text = Text::new();
    text.date(day_of(m, v)?.date());
    text.finish(m)
}

fn str(m: &mut Machine, v: Value) -> R<Value> {
    let s = state(m);
    if m.type_of(v) == s.date {
        return iso_format(m, v);
    }
    m.call_method(v, s.names.isoformat, &[])
}

/// As C's `ctime()` writes a time.
pub(super) fn ctime(m: &mut Machine, day: Ymd, clock: Clock) -> R<Value> {
    const DAYS: [&[u8]; 7] = [b"Mon ", b"Tue ", b"Wed ", b"Thu ", b"Fri ", b"Sat ", b"Sun "];
    const MONTHS: [&[u8]; 12] =
        [b"Jan ", b"Feb ", b"Mar ", b"Apr ", b"May ", b"Jun ", b"Jul ", b"Aug ", b"Sep ", b"Oct ", b"Nov ", b"Dec "];
    let mut text = Text::new();
    text.push(DAYS[calendar::weekday(day.date()) as usize]);
    text.push(MONTHS.get((day.month() as usize).wrapping_sub(1)).copied().unwrap_or_default());
    text.padded(day.day(), 2, b' ');
    text.push(b" ");
    text.time(&clock.parts()[..3], b":");
    text.push(b" ");
    text.number(day.year(), 4);
    text.finish(m)
}
