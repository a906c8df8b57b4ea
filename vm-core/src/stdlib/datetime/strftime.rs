//! Formats: `strftime()` of dates and times hands a time tuple to `time.strftime()`, after filling in what that cannot know: offsets, names
//! of zones and microseconds. Of the module's own types, and while that function is its own, no tuple is made.

use super::arguments::{Signature, Taker, exactly, string};
use super::calendar;
use super::date_time::DateTime;
use super::date_time_zone::summer_flag;
use super::fields::{Clock, Ymd};
use super::state::state;
use super::text::Text;
use super::time::Time;
use super::{date, tzinfo};
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;
use crate::stdlib::time;
use std::borrow::Cow;

static SIGNATURE: Signature = Signature { name: "strftime", names: &["format"], required: 1, positional: 1 };

/// The items of a time tuple.
type Items = [i64; 9];

/// What is to be formatted.
enum Moment {
    /// The items of a tuple that is made if it has to be; of a `struct_time`, or a plain one.
    Items(Items, bool),
    /// What a class's own `timetuple()` has returned.
    Given(Value),
}

fn items(day: Ymd, clock: Clock, summer: i64) -> Items {
    let (date, [hour, minute, second, _]) = (day.date(), clock.parts().map(i64::from));
    let of_year = calendar::days_before_month(date.0, date.1) + date.2;
    [date.0.into(), date.1.into(), date.2.into(), hour, minute, second, calendar::weekday(date).into(), of_year.into(), summer]
}

/// A `time.struct_time`.
pub(super) fn struct_time(m: &mut Machine, day: Ymd, clock: Clock, summer: i64) -> R<Value> {
    time::new_struct_time(m, items(day, clock, summer))
}

fn format_argument(m: &mut Machine, args: Args<'_>) -> R<Gc<Str>> {
    let mut taker = Taker::new(m, args, &SIGNATURE)?;
    let format = taker.string(m)?;
    taker.end(m)?;
    Ok(format.unwrap_or(m.names.empty))
}

/// `strftime()` of `date` and `datetime`.
pub(super) fn date_strftime(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let format = format_argument(m, args)?;
    format_date(m, v, format)
}

fn format_date(m: &mut Machine, v: Value, format: Gc<Str>) -> R<Value> {
    let (s, class) = (state(m), m.type_of(v));
    let moment = match (date::day(v), v.downcast::<DateTime>()) {
        (Some(day), None) if class == s.date => Moment::Items(items(day, Clock::MIDNIGHT, -1), true),
        (_, Some(d)) if class == s.datetime => Moment::Items(items(d.day, d.clock, summer_flag(m, d)?), true),
        _ => Moment::Given(m.call_method(v, s.names.timetuple, &[])?),
    };
    format_moment(m, v, format, &moment, v)
}

/// `strftime()` of `time`.
pub(super) fn time_strftime(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let format = format_argument(m, args)?;
    format_time(m, v, format)
}

fn format_time(m: &mut Machine, v: Value, format: Gc<Str>) -> R<Value> {
    let [hour, minute, second, _] = this::<Time>(m, v)?.clock.parts().map(i64::from);
    // Years before 1900 were no years to C.
    let moment = Moment::Items([1900, 1, 1, hour, minute, second, 0, 1, -1], false);
    format_moment(m, v, format, &moment, Value::NONE)
}

/// `__format__()` of all of them.
pub(super) fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let [given] = exactly::<1>(m, "__format__", args)?;
    let format = string(m, "__format__", 1, given)?;
    if format.bytes().is_empty() {
        return Ok(m.to_str(v)?.value());
    }
    let (s, class) = (state(m), m.type_of(v));
    if class == s.date || class == s.datetime {
        return format_date(m, v, format);
    }
    if class == s.time {
        return format_time(m, v, format);
    }
    m.call_method(v, s.names.strftime, &[given])
}

fn format_moment(m: &mut Machine, v: Value, format: Gc<Str>, moment: &Moment, about: Value) -> R<Value> {
    let (module, name) = (m.import_name("time")?, state(m).names.strftime);
    let strftime = m.get_attr(module, name)?;
    let format = filled_in(m, v, format, about)?;
    let tuple = match *moment {
        Moment::Given(tuple) => tuple,
        Moment::Items(items, _) if time::is_strftime(strftime) => return time::format_items(m, &format, items),
        Moment::Items(items, true) => time::new_struct_time(m, items)?,
        Moment::Items(items, false) => m.new_tuple(&items.map(Value::small)).value(),
    };
    let format = m.new_str_wtf8(&format)?.value();
    m.call(strftime, &[format, tuple])
}

/// Finds out what stands for a directive, of an object, and with what its zone is asked about.
type Maker = fn(&mut Machine, Value, Value) -> R<Vec<u8>>;

/// What stands for the directives that this module knows, each found out once.
#[derive(Default)]
struct Replacements {
    offset: Option<Vec<u8>>,
    offset_with_colons: Option<Vec<u8>>,
    name: Option<Vec<u8>>,
    micros: Option<Vec<u8>>,
}

/// The format with `%z`, `%:z`, `%Z` and `%f` replaced.
fn filled_in(m: &mut Machine, v: Value, format: Gc<Str>, about: Value) -> R<Cow<'static, [u8]>> {
    let text: &'static [u8] = format.as_static_bytes();
    let (mut out, mut copied, mut known) = (Vec::new(), 0, Replacements::default());
    let mut at = 0;
    while let Some(found) = text[at..].iter().position(|&c| c == b'%') {
        let begin = at + found;
        at = begin + 2;
        let (place, make): (_, Maker) = match text.get(begin + 1) {
            Some(b'z') => (&mut known.offset, |m, v, about| offset(m, v, b"", about)),
            Some(b':') if text.get(begin + 2) == Some(&b'z') => {
                at += 1;
                (&mut known.offset_with_colons, |m, v, about| offset(m, v, b":", about))
            }
            Some(b'Z') => (&mut known.name, zone_name),
            Some(b'f') => (&mut known.micros, |_, v, _| Ok(micros(v))),
            Some(_) => continue,
            None => break,
        };
        let replacement = match place {
            Some(known) => known,
            None => place.insert(make(m, v, about)?),
        };
        out.extend_from_slice(&text[copied..begin]);
        out.extend_from_slice(replacement);
        copied = at;
    }
    if copied == 0 {
        return Ok(Cow::Borrowed(text));
    }
    out.extend_from_slice(&text[copied..]);
    Ok(Cow::Owned(out))
}

fn zone_of(v: Value) -> Value {
    match v.downcast::<DateTime>() {
        Some(d) => d.tzinfo.get(),
        None => v.downcast::<Time>().map_or(Value::NONE, |t| t.tzinfo),
    }
}

fn offset(m: &mut Machine, v: Value, sep: &[u8], about: Value) -> R<Vec<u8>> {
    let mut text = Text::new();
    text.zone(m, zone_of(v), sep, about)?;
    Ok(text.bytes().to_vec())
}

/// The name of the zone, with its percent signs doubled, since it becomes part of a format.
fn zone_name(m: &mut Machine, v: Value, about: Value) -> R<Vec<u8>> {
    let name = tzinfo::name(m, zone_of(v), about)?;
    if name.is_none() {
        return Ok(Vec::new());
    }
    let (replace, one, two) = (m.intern("replace"), m.str_value("%"), m.str_value("%%"));
    match m.call_method(name, replace, &[one, two])?.downcast::<Str>() {
        Some(s) => Ok(s.bytes().to_vec()),
        None => Err(m.type_error("tzname.replace() did not return a string")),
    }
}

fn micros(v: Value) -> Vec<u8> {
    let clock = match (v.downcast::<DateTime>(), v.downcast::<Time>()) {
        (Some(d), _) => d.clock,
        (_, Some(t)) => t.clock,
        _ => Clock::MIDNIGHT,
    };
    let mut text = Text::new();
    text.number(clock.micro(), 6);
    text.bytes().to_vec()
}
