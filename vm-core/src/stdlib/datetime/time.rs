//! `time`: a time of day, with or without a zone.

use super::arguments::{Signature, Taker, c_int, changes, exactly, plain_int};
use super::date::{invalid_iso, iso_argument};
use super::fields::Clock;
use super::span::{DAY_S, Span};
use super::state::state;
use super::text::Text;
use super::timedelta::span_hash;
use super::tzinfo::{self, Question};
use super::{iso_read, pickle, repr, strftime};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// A `time`.
    struct Time {
        /// Its hash, or -1 while not computed.
        hash: Cell<i64>,
        /// The time.
        clock: Clock,
        /// Its zone, or `None`.
        tzinfo: Value,
        /// Whether it is the second of two times that the clock shows alike.
        fold: bool,
    }
}

macro_rules! field {
    ($name:literal, $field:ident) => {
        GetSetDef { name: $name, get: |m, v| Ok(Value::small(this::<Time>(m, v)?.clock.$field().into())), set: None }
    };
}

/// `time`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(new),
        repr: Some(|m, v| {
            let t = this::<Time>(m, v)?;
            let parts = t.clock.parts();
            let shown = if parts[3] != 0 {
                4
            } else if parts[2] != 0 {
                3
            } else {
                2
            };
            repr::show(m, v, &parts[..shown], &[repr::Extra::Zone(t.tzinfo), repr::Extra::Fold(t.fold)])
        }),
        str: Some(|m, v| {
            let s = state(m);
            if m.type_of(v) == s.time { iso_text(m, v, "auto") } else { m.call_method(v, s.names.isoformat, &[]) }
        }),
        hash: Some(hash),
        richcompare: Some(compare),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("isoformat", Convention::VarArgsKeywords, iso_format),
        MethodDef::new("strftime", Convention::VarArgsKeywords, strftime::time_strftime),
        MethodDef::new("__format__", Convention::VarArgs, strftime::format),
        MethodDef::new("utcoffset", Convention::NoArgs, |m, v, _| {
            let tz = this::<Time>(m, v)?.tzinfo;
            tzinfo::ask(m, tz, Question::Offset, Value::NONE)
        }),
        MethodDef::new("tzname", Convention::NoArgs, |m, v, _| {
            let tz = this::<Time>(m, v)?.tzinfo;
            tzinfo::name(m, tz, Value::NONE)
        }),
        MethodDef::new("dst", Convention::NoArgs, |m, v, _| {
            let tz = this::<Time>(m, v)?.tzinfo;
            tzinfo::ask(m, tz, Question::Summer, Value::NONE)
        }),
        MethodDef {
            doc: "replace($self, /, hour=unchanged, minute=unchanged, second=unchanged,\n        microsecond=unchanged, tzinfo=unchanged, *, \
                  fold=unchanged)\n--\n\nThe time with some fields changed.",
            ..MethodDef::new("replace", Convention::FastKeywords, replace)
        },
        MethodDef {
            doc: "__replace__($self, /, **changes)\n--\n\nAs replace().",
            ..MethodDef::new("__replace__", Convention::FastKeywords, replace)
        },
        MethodDef::class("fromisoformat", Convention::O, |m, class, args| {
            let s = iso_argument(m, args)?;
            let text = s.as_static_bytes();
            let read = if s.to_str().is_some() { iso_read::time(text.strip_prefix(b"T").unwrap_or(text)) } else { None };
            let Some((parts, offset)) = read else { return Err(invalid_iso(m, s.value())) };
            let tz = iso_read::zone(m, offset)?;
            make(m, class, parts, tz, false)
        }),
        MethodDef::new("__reduce_ex__", Convention::VarArgs, |m, v, args| {
            let [protocol] = exactly::<1>(m, "__reduce_ex__", args)?;
            let protocol = c_int(m, protocol)?;
            let t = this::<Time>(m, v)?;
            pickle::reduce_time(m, v, t.clock, t.tzinfo, t.fold && protocol > 3)
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let t = this::<Time>(m, v)?;
            pickle::reduce_time(m, v, t.clock, t.tzinfo, false)
        }),
    ],
    getset: &[
        field!("hour", hour),
        field!("minute", minute),
        field!("second", second),
        field!("microsecond", micro),
        GetSetDef { name: "tzinfo", get: |m, v| Ok(this::<Time>(m, v)?.tzinfo), set: None },
        GetSetDef { name: "fold", get: |m, v| Ok(Value::small(this::<Time>(m, v)?.fold.into())), set: None },
    ],
    doc: "time([hour[, minute[, second[, microsecond[, tzinfo]]]]]) --> a time of day\n\nAll arguments are integers but tzinfo, which is \
          None or a tzinfo.\n",
    ..TypeSpec::new("datetime.time", Time::LAYOUT)
};

static SIGNATURE: Signature =
    Signature { name: "", names: &["hour", "minute", "second", "microsecond", "tzinfo", "fold"], required: 0, positional: 5 };

/// A new object of the type or a subclass.
#[inline]
pub(super) fn alloc(m: &mut Machine, class: Gc<Type>, clock: Clock, tzinfo: Value, fold: bool) -> Value {
    m.new_object(Time { header: Header::new(class), hash: Cell::new(-1), clock, tzinfo, fold }).value()
}

fn checked(m: &mut Machine, class: Gc<Type>, parts: [i32; 4], tz: Value, fold: i32) -> R<Value> {
    let clock = Clock::checked(m, parts, fold)?;
    tzinfo::check(m, tz)?;
    Ok(alloc(m, class, clock, tz, fold != 0))
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    if let Some((clock, tz, fold)) = pickle::time(m, args)? {
        return Ok(alloc(m, class, clock, tz, fold));
    }
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    let parts = [taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?, taker.int(m, 0)?];
    let tz = taker.take(m)?.unwrap_or(Value::NONE);
    let fold = taker.int(m, 0)?;
    taker.end(m)?;
    checked(m, class, parts, tz, fold)
}

/// An instance of a class that derives from `time`, made as its own code says.
fn make(m: &mut Machine, class: Value, parts: [i32; 4], tz: Value, fold: bool) -> R<Value> {
    let s = state(m);
    if class.is(s.time.value()) {
        return checked(m, s.time, parts, tz, fold.into());
    }
    let [hour, minute, second, micro] = parts.map(|n| Value::small(n.into()));
    super::call_with_fold(m, class, &[hour, minute, second, micro, tz], fold.into())
}

fn replace(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let old = this::<Time>(m, v)?;
    let names = ["hour", "minute", "second", "microsecond", "tzinfo", "fold"];
    let [hour, minute, second, micro, tz, fold] = changes(m, args, names, 5)?;
    let mut parts = old.clock.parts();
    for (part, given) in parts.iter_mut().zip([hour, minute, second, micro]) {
        *part = plain_int(m, given, *part)?;
    }
    let tz = tz.non_null().unwrap_or(old.tzinfo);
    let fold = plain_int(m, fold, old.fold.into())?;
    let class = m.type_of(v);
    if class == state(m).time {
        return checked(m, class, parts, tz, fold);
    }
    let [hour, minute, second, micro] = parts.map(|n| Value::small(n.into()));
    super::call_with_fold(m, class.value(), &[hour, minute, second, micro, tz], fold)
}

static ISO_SIGNATURE: Signature = Signature { name: "isoformat", names: &["timespec"], required: 0, positional: 1 };

fn iso_format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let mut taker = Taker::new(m, args, &ISO_SIGNATURE)?;
    let precision = taker.text(m)?.unwrap_or(b"auto");
    taker.end(m)?;
    iso_text(m, v, std::str::from_utf8(precision).unwrap_or_default())
}

fn iso_text(m: &mut Machine, v: Value, precision: &str) -> R<Value> {
    let t = this::<Time>(m, v)?;
    let mut text = Text::new();
    text.precise_time(m, t.clock, precision)?;
    text.zone(m, t.tzinfo, b":", Value::NONE)?;
    text.finish(m)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let left = this::<Time>(m, a)?;
    let Some(right) = b.downcast::<Time>() else { return Ok(Value::NOT_IMPLEMENTED) };
    if left.tzinfo.is(right.tzinfo) {
        return Ok(Value::from_bool(op.holds(left.clock.cmp(&right.clock))));
    }
    let x = tzinfo::offset(m, left.tzinfo, Value::NONE)?;
    let y = tzinfo::offset(m, right.tzinfo, Value::NONE)?;
    let in_utc =
        |t: Gc<Time>, offset: Span| (t.clock.seconds() - i64::from(offset.days) * DAY_S - i64::from(offset.seconds), t.clock.micro());
    let order = match (x, y) {
        _ if x == y => left.clock.cmp(&right.clock),
        (Some(x), Some(y)) => in_utc(left, x).cmp(&in_utc(right, y)),
        _ if op == Compare::Eq => return Ok(Value::FALSE),
        _ if op == Compare::Ne => return Ok(Value::TRUE),
        _ => return Err(m.type_error("can't compare offset-naive and offset-aware times")),
    };
    Ok(Value::from_bool(op.holds(order)))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let t = this::<Time>(m, v)?;
    if t.hash.get() == -1 {
        let hash = match tzinfo::offset(m, t.tzinfo, Value::NONE)? {
            None => m.hash_bytes(&t.clock.to_bytes()),
            Some(offset) => {
                let span = Span::new(0, t.clock.seconds(), t.clock.micro().into()).and_then(|span| span.minus(offset));
                span_hash(span.unwrap_or(Span::ZERO))
            }
        };
        t.hash.set(hash);
    }
    Ok(t.hash.get())
}
