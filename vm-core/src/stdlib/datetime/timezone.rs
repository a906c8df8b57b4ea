//! `timezone`: zones whose offset never changes.

use super::arguments::{Signature, Taker};
use super::date_time::{self, DateTime};
use super::span::Span;
use super::state::state;
use super::text::Text;
use super::timedelta::{make, span_hash, span_of};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};

native_struct! {
    /// A `timezone`.
    struct TimeZone {
        /// Its offset, a `timedelta`.
        offset: Value,
        /// Its name, or `NULL`.
        name: Value,
    }
}

/// `timezone`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        str: Some(name_of),
        hash: Some(|m, v| {
            let zone = this::<TimeZone>(m, v)?;
            Ok(span_hash(span(zone)))
        }),
        richcompare: Some(|m, a, b, op| {
            let a = this::<TimeZone>(m, a)?;
            Ok(match b.downcast::<TimeZone>() {
                Some(b) if matches!(op, Compare::Eq | Compare::Ne) => Value::from_bool(op.holds(span(a).cmp(&span(b)))),
                _ => Value::NOT_IMPLEMENTED,
            })
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("tzname", Convention::O, |m, v, args| {
            check_argument(m, "tzname", args)?;
            name_of(m, v)
        }),
        MethodDef::new("utcoffset", Convention::O, |m, v, args| {
            check_argument(m, "utcoffset", args)?;
            Ok(this::<TimeZone>(m, v)?.offset)
        }),
        MethodDef::new("dst", Convention::O, |m, _, args| check_argument(m, "dst", args)),
        MethodDef::new("fromutc", Convention::O, from_utc),
        MethodDef::new("__getinitargs__", Convention::NoArgs, |m, v, _| {
            let zone = this::<TimeZone>(m, v)?;
            let all = [zone.offset, zone.name];
            Ok(m.new_tuple(if zone.name.is_null() { &all[..1] } else { &all }).value())
        }),
    ],
    doc: "A time zone with a fixed offset from UTC.",
    ..TypeSpec::new("datetime.timezone", TimeZone::LAYOUT)
};

static SIGNATURE: Signature = Signature { name: "timezone", names: &["offset", "name"], required: 1, positional: 2 };

/// A new object.
pub(super) fn alloc(m: &mut Machine, class: Gc<Type>, offset: Value, name: Value) -> Gc<TimeZone> {
    m.new_object(TimeZone { header: Header::new(class), offset, name })
}

/// A zone without a name, whose offset is known to be possible.
pub(super) fn fixed(m: &mut Machine, offset: Span) -> Value {
    let offset = make(m, offset);
    let class = state(m).timezone;
    alloc(m, class, offset, Value::NULL).value()
}

/// The zone of an offset; `utc` itself if that is nothing and there is no name (`NULL`).
pub(super) fn checked(m: &mut Machine, offset: Value, name: Value) -> R<Value> {
    let s = state(m);
    let span = span_of(offset).unwrap_or(Span::ZERO);
    if name.is_null() && span == Span::ZERO {
        return Ok(s.utc.value());
    }
    if !span.is_below_a_day() {
        let shown = m.repr(offset)?;
        return Err(m.value_error(&format!(
            "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not {}.",
            shown.to_string_lossy()
        )));
    }
    Ok(alloc(m, s.timezone, offset, name).value())
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    let offset = taker.take(m)?.unwrap_or(Value::NONE);
    if span_of(offset).is_none() {
        return Err(taker.wrong(m, "datetime.timedelta", offset));
    }
    let name = taker.string(m)?;
    taker.end(m)?;
    checked(m, offset, name.map_or(Value::NULL, Gc::value))
}

/// The offset.
pub(super) fn span(zone: Gc<TimeZone>) -> Span {
    span_of(zone.offset).unwrap_or(Span::ZERO)
}

/// Refuses what is neither a `datetime` nor `None`.
fn check_argument(m: &mut Machine, method: &str, args: Args<'_>) -> R<Value> {
    let about = args.pos()[0];
    if about.is_none() || about.downcast::<DateTime>().is_some() {
        return Ok(Value::NONE);
    }
    let got = m.type_name(about);
    Err(m.type_error(&format!("{method}(dt) argument must be a datetime instance or None, not {got}")))
}

fn from_utc(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let zone = this::<TimeZone>(m, v)?;
    let Some(utc) = args.pos()[0].downcast::<DateTime>() else {
        return Err(m.type_error("fromutc: argument must be a datetime"));
    };
    if !utc.tzinfo.get().is(v) {
        return Err(m.value_error("fromutc: dt.tzinfo is not self"));
    }
    date_time::shifted(m, utc, span(zone), false)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let zone = this::<TimeZone>(m, v)?;
    let class = m.type_name(v);
    if state(m).utc == zone {
        return Ok(m.str_value(&format!("{class}.utc")));
    }
    let mut text = format!("{class}(").into_bytes();
    text.extend_from_slice(m.repr(zone.offset)?.bytes());
    if !zone.name.is_null() {
        text.extend_from_slice(b", ");
        text.extend_from_slice(m.repr(zone.name)?.bytes());
    }
    text.push(b')');
    Ok(m.new_str_wtf8(&text)?.value())
}

fn name_of(m: &mut Machine, v: Value) -> R<Value> {
    let zone = this::<TimeZone>(m, v)?;
    if !zone.name.is_null() {
        return Ok(zone.name);
    }
    let mut text = Text::new();
    text.push(b"UTC");
    if span(zone) != Span::ZERO {
        text.offset(span(zone), b":");
    }
    text.finish(m)
}
