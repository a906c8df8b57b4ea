//! `tzinfo`, the base of time zones, and how dates and times ask the zone they have: its methods are called whatever class it is of, and
//! what they return is checked. Zones of the type `timezone`, which has no subclasses, are asked without a call.

use super::date_time::{self, DateTime};
use super::span::Span;
use super::state::state;
use super::timedelta::{made, span_of};
use super::timezone::TimeZone;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::Payload;
use crate::object::instance::Instance;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

macro_rules! abstract_method {
    ($name:literal) => {
        MethodDef::new($name, Convention::O, |m, _, _| {
            Err(m.not_implemented_error(concat!("a tzinfo subclass must implement ", $name, "()")))
        })
    };
}

/// `tzinfo`. Its instances have no fields, so that any class can derive from it and another one.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(|m, class, _| Ok(m.new_instance(class).value())), ..Slots::EMPTY },
    methods: &[
        abstract_method!("tzname"),
        abstract_method!("utcoffset"),
        abstract_method!("dst"),
        MethodDef::new("fromutc", Convention::O, from_utc),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
    ],
    doc: "What a time zone is: the base class of all of them.",
    ..TypeSpec::new("datetime.tzinfo", Instance::LAYOUT)
};

/// Refuses what is neither `None` nor a `tzinfo`.
#[inline]
pub(super) fn check(m: &mut Machine, tz: Value) -> R<()> {
    if tz.is_none() || is_tzinfo(m, tz) {
        return Ok(());
    }
    let got = m.type_name(tz);
    Err(m.type_error(&format!("tzinfo argument must be None or of a tzinfo subclass, not type '{got}'")))
}

/// Whether an object is a `tzinfo`.
pub(super) fn is_tzinfo(m: &mut Machine, tz: Value) -> bool {
    let (s, ty) = (state(m), m.type_of(tz));
    ty == s.timezone || ty.is_subtype_of(s.tzinfo)
}

/// What a zone says when it is asked for a duration.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// `utcoffset()`.
    Offset,
    /// `dst()`.
    Summer,
}

/// The `timedelta` or `None` that a zone answers, about a `datetime` or `None`.
pub(super) fn ask(m: &mut Machine, tz: Value, question: Question, about: Value) -> R<Value> {
    if tz.is_none() {
        return Ok(tz);
    }
    if let Some(zone) = tz.downcast::<TimeZone>() {
        return Ok(if question == Question::Offset { zone.offset } else { Value::NONE });
    }
    let names = state(m).names;
    let name = if question == Question::Offset { names.utcoffset } else { names.dst };
    let answer = m.call_method(tz, name, &[about])?;
    if answer.is_none() {
        return Ok(answer);
    }
    match span_of(answer) {
        Some(span) if span.is_below_a_day() => Ok(answer),
        Some(_) => Err(m.value_error("offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")),
        None => {
            let (name, got) = (name.as_static_str(), m.type_name(answer));
            Err(m.type_error(&format!("tzinfo.{name}() must return None or timedelta, not '{got}'")))
        }
    }
}

/// The offset from UTC that a zone answers.
pub(super) fn offset(m: &mut Machine, tz: Value, about: Value) -> R<Option<Span>> {
    ask(m, tz, Question::Offset, about).map(span_of)
}

/// The name that a zone answers, or `None`.
pub(super) fn name(m: &mut Machine, tz: Value, about: Value) -> R<Value> {
    if tz.is_none() {
        return Ok(tz);
    }
    let name = state(m).names.tzname;
    let answer = m.call_method(tz, name, &[about])?;
    if answer.is_none() || answer.downcast::<Str>().is_some() {
        return Ok(answer);
    }
    let got = m.type_name(answer);
    Err(m.type_error(&format!("tzinfo.tzname() must return None or a string, not '{got}'")))
}

/// From UTC to the local time of a zone whose standard offset does not change.
fn from_utc(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let given = args.pos()[0];
    let Some(utc) = given.downcast::<DateTime>() else {
        return Err(m.type_error("fromutc: argument must be a datetime"));
    };
    let tz = utc.tzinfo.get();
    if !tz.is(this) {
        return Err(m.value_error("fromutc: dt.tzinfo is not self"));
    }
    let Some(offset) = offset(m, tz, given)? else {
        return Err(m.value_error("fromutc: non-None utcoffset() result required"));
    };
    let Some(summer) = span_of(ask(m, tz, Question::Summer, given)?) else {
        return Err(m.value_error("fromutc: non-None dst() result required"));
    };
    let standard = made(m, offset.minus(summer))?;
    let standard = span_of(standard).unwrap_or(Span::ZERO);
    let local = date_time::shifted(m, utc, standard, false)?;
    let Some(summer) = span_of(ask(m, tz, Question::Summer, local)?) else {
        return Err(m.value_error("fromutc: tz.dst() gave inconsistent results; cannot convert"));
    };
    match local.downcast::<DateTime>() {
        Some(local) if summer != Span::ZERO => date_time::shifted(m, local, summer, false),
        _ => Ok(local),
    }
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (arguments, getstate) = (m.intern("__getinitargs__"), m.names.getstate);
    let args = match m.get_attr_opt(v, arguments)? {
        Some(f) => m.call(f, &[])?,
        None => m.new_tuple(&[]).value(),
    };
    let state = m.call_method(v, getstate, &[])?;
    let class = m.type_of(v).value();
    Ok(m.new_tuple(&[class, args, state]).value())
}
