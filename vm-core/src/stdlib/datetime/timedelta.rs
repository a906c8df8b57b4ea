//! `timedelta`: the type, its text and its comparisons. How one is made from numbers is in `timedelta_new.rs`, its arithmetic in
//! `timedelta_ops.rs`.

use super::span::{Span, TooLong};
use super::state::state;
use super::text::Text;
use super::{timedelta_new, timedelta_ops};
use crate::machine::{Machine, R, Raised};
use crate::native::{Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{Traced, native_struct, read_only, this};
use crate::text::hash;
use std::cell::Cell;

native_struct! {
    /// A `timedelta`.
    struct TimeDelta {
        /// Its hash, or -1 while not computed.
        hash: Cell<i64>,
        /// The duration.
        span: Span,
    }
}

impl Traced for Span {
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

macro_rules! member {
    ($name:literal, $field:ident) => {
        GetSetDef { name: $name, get: |m, v| Ok(Value::small(i64::from(this::<TimeDelta>(m, v)?.span.$field))), set: Some(read_only) }
    };
}

/// `timedelta`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(timedelta_new::new),
        repr: Some(repr),
        str: Some(str),
        hash: Some(hash),
        richcompare: Some(compare),
        bool: Some(|m, v| Ok(this::<TimeDelta>(m, v)?.span != Span::ZERO)),
        add: Some(timedelta_ops::add),
        sub: Some(timedelta_ops::sub),
        mul: Some(timedelta_ops::mul),
        rem: Some(timedelta_ops::rem),
        divmod: Some(timedelta_ops::divmod),
        floordiv: Some(timedelta_ops::floordiv),
        truediv: Some(timedelta_ops::truediv),
        neg: Some(timedelta_ops::neg),
        pos: Some(|m, v| {
            let span = this::<TimeDelta>(m, v)?.span;
            Ok(make(m, span))
        }),
        abs: Some(|m, v| {
            let span = this::<TimeDelta>(m, v)?.span;
            if span.days < 0 { timedelta_ops::neg(m, v) } else { Ok(make(m, span)) }
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef {
            doc: "Total seconds in the duration.",
            ..MethodDef::new("total_seconds", Convention::NoArgs, timedelta_ops::total_seconds)
        },
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let span = this::<TimeDelta>(m, v)?.span;
            let class = m.type_of(v).value();
            let state = [span.days, span.seconds, span.micros].map(|n| Value::small(i64::from(n)));
            let state = m.new_tuple(&state).value();
            Ok(m.new_tuple(&[class, state]).value())
        }),
    ],
    getset: &[member!("days", days), member!("seconds", seconds), member!("microseconds", micros)],
    doc: "The difference of two dates or times.\n\ntimedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, \
          weeks=0)\n\nArguments may be integers or floats, of either sign.",
    ..TypeSpec::new("datetime.timedelta", TimeDelta::LAYOUT)
};

/// A new object of the type or a subclass.
pub(super) fn alloc(m: &mut Machine, class: Gc<Type>, span: Span) -> Value {
    m.new_object(TimeDelta { header: Header::new(class), hash: Cell::new(-1), span }).value()
}

/// A `timedelta`; there is one of no length.
#[inline]
pub(super) fn make(m: &mut Machine, span: Span) -> Value {
    let s = state(m);
    if span == Span::ZERO { s.zero } else { alloc(m, s.timedelta, span) }
}

/// A `timedelta` that may have turned out too long.
#[inline]
pub(super) fn made(m: &mut Machine, span: Result<Span, TooLong>) -> R<Value> {
    match span {
        Ok(span) => Ok(make(m, span)),
        Err(e) => Err(too_long(m, e)),
    }
}

/// The error of a duration that cannot be.
#[cold]
pub(super) fn too_long(m: &mut Machine, e: TooLong) -> Raised {
    match e {
        TooLong::Days(days) => m.overflow_error(&format!("days={days}; must have magnitude <= 999999999")),
        TooLong::NoInt => m.overflow_error("Python int too large to convert to C int"),
    }
}

/// The duration of a `timedelta`.
#[inline]
pub(super) fn span_of(v: Value) -> Option<Span> {
    v.downcast::<TimeDelta>().map(|d| d.span)
}

/// The hash of a `timedelta` of that length: that of the tuple of its fields.
pub(super) fn span_hash(span: Span) -> i64 {
    let fields = [span.days, span.seconds, span.micros].map(|n| Ok::<i64, ()>(hash::hash_i64(i64::from(n))));
    hash::combine_tuple(fields).unwrap_or_default()
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let d = this::<TimeDelta>(m, v)?;
    if d.hash.get() == -1 {
        d.hash.set(span_hash(d.span));
    }
    Ok(d.hash.get())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let a = this::<TimeDelta>(m, a)?.span;
    Ok(match span_of(b) {
        Some(b) => Value::from_bool(op.holds(a.cmp(&b))),
        None => Value::NOT_IMPLEMENTED,
    })
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let span = this::<TimeDelta>(m, v)?.span;
    let fields = [("days=", span.days), ("seconds=", span.seconds), ("microseconds=", span.micros)];
    let mut text = format!("{}(", m.type_of(v).name_str());
    let mut sep = "";
    for (name, n) in fields.into_iter().filter(|&(_, n)| n != 0) {
        text.push_str(sep);
        text.push_str(name);
        text.push_str(&n.to_string());
        sep = ", ";
    }
    text.push_str(if sep.is_empty() { "0)" } else { ")" });
    Ok(m.str_value(&text))
}

fn str(m: &mut Machine, v: Value) -> R<Value> {
    let span = this::<TimeDelta>(m, v)?.span;
    let mut text = Text::new();
    if span.days != 0 {
        text.number(span.days, 1);
        text.push(if span.days.abs() == 1 { b" day, " } else { b" days, " });
    }
    text.number(span.seconds / 3600, 1);
    text.push(b":");
    text.number(span.seconds / 60 % 60, 2);
    text.push(b":");
    text.number(span.seconds % 60, 2);
    if span.micros != 0 {
        text.push(b".");
        text.number(span.micros, 6);
    }
    text.finish(m)
}
