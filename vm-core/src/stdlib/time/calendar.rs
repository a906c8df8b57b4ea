//! Calendars: `struct_time`, local time and its zone. Formats are in `format.rs`. Zones are what `TZ` or the system's configuration say.

use super::now;
use crate::machine::{Machine, R};
use crate::native::{Args, NativeFn};
use crate::object::function::NativeFunction;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::struct_seq_fields;
use std::rc::Rc;
use tz::timezone::TimeZoneRef;
use tz::{LocalTimeType, TimeZone};

/// Names of items that do not count as items of the tuple.
const HIDDEN: &[&str] = &["tm_zone", "tm_gmtoff"];

/// What `struct_time` holds, the hidden items included.
pub(super) struct Moment {
    pub(super) items: [i64; 9],
    pub(super) zone: Option<(String, i64)>,
}

/// `time.struct_time`.
pub(super) fn struct_time(m: &mut Machine) -> R<Gc<Type>> {
    let fields = struct_seq_fields![
        "tm_year" = 0,
        "tm_mon" = 1,
        "tm_mday" = 2,
        "tm_hour" = 3,
        "tm_min" = 4,
        "tm_sec" = 5,
        "tm_wday" = 6,
        "tm_yday" = 7,
        "tm_isdst" = 8,
    ];
    m.struct_seq_hidden("time", "struct_time", fields, HIDDEN)
}

/// The local zone: what `TZ` names, else the system's. It is read again when the program has set that name.
fn local_zone(m: &mut Machine) -> Rc<TimeZone> {
    if let Some(zone) = &m.lib.known_zone {
        return Rc::clone(zone);
    }
    let zone = match m.lib.time_zone.clone().or_else(|| std::env::var("TZ").ok()) {
        Some(name) => TimeZone::from_posix_tz(&name),
        None => TimeZone::local(),
    };
    let zone = Rc::new(zone.unwrap_or_else(|_| TimeZone::utc()));
    m.lib.known_zone = Some(Rc::clone(&zone));
    zone
}

/// What the local zone says of a time.
fn with_local_type<T>(m: &mut Machine, t: i64, f: impl FnOnce(Option<&LocalTimeType>) -> T) -> T {
    let zone = local_zone(m);
    let zone = (*zone).as_ref();
    f(find_type(&zone, t).or_else(|| zone.local_time_types().first()))
}

/// What a zone says of a time. A rule without a history begins in 1970, as in C.
fn find_type<'a>(zone: &TimeZoneRef<'a>, t: i64) -> Option<&'a LocalTimeType> {
    let is_rule = zone.transitions().is_empty() && zone.extra_rule().is_some();
    zone.find_local_time_type(if is_rule { t.max(0) } else { t }).ok()
}

/// The name of local time at a time, its offset from UTC, and whether it is summer time.
pub(in crate::stdlib) fn local_type(m: &mut Machine, t: i64) -> (String, i64, bool) {
    with_local_type(m, t, |found| match found {
        Some(of) => (of.time_zone_designation().to_owned(), i64::from(of.ut_offset()), of.is_dst()),
        None => ("UTC".to_owned(), 0, false),
    })
}

/// The offset of local time at a time.
pub(in crate::stdlib) fn local_offset(m: &mut Machine, t: i64) -> i64 {
    with_local_type(m, t, |found| found.map_or(0, |of| i64::from(of.ut_offset())))
}

/// Local time in winter and in summer: as CPython finds them, from January and July of a year.
fn seasons(m: &mut Machine) -> [(String, i64, bool); 2] {
    const YEAR_S: i64 = 31_557_600;
    let start = now().as_secs().cast_signed() / YEAR_S * YEAR_S;
    let (january, july) = (local_type(m, start), local_type(m, start + YEAR_S / 2));
    if january.1 <= july.1 { [january, july] } else { [july, january] }
}

/// `tzname`, `timezone`, `altzone` and `daylight`.
pub(super) fn zone_constants(m: &mut Machine) -> [(&'static str, Value); 4] {
    let [winter, summer] = seasons(m);
    let names = [&winter, &summer].map(|of| m.str_value(&of.0));
    let names = m.new_tuple(&names).value();
    [
        ("tzname", names),
        ("timezone", Value::small(-winter.1)),
        ("altzone", Value::small(-summer.1)),
        ("daylight", Value::small(i64::from(winter.1 != summer.1))),
    ]
}

fn utc(t: i64) -> Moment {
    Moment { items: civil(t), zone: Some(("GMT".into(), 0)) }
}

fn local(m: &mut Machine, t: i64) -> Moment {
    let (name, offset, summer) = local_type(m, t);
    let mut items = civil(t + offset);
    items[8] = i64::from(summer);
    Moment { items, zone: Some((name, offset)) }
}

/// Year, month, day, hour, minute, second, weekday (Monday is 0), day of the year, of a number of seconds since 1970.
pub(in crate::stdlib) fn civil(t: i64) -> [i64; 9] {
    let (days, second) = (t.div_euclid(86_400), t.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let first = days_of(year, 1, 1);
    [year, month, day, second / 3600, second / 60 % 60, second % 60, (days + 3).rem_euclid(7), days - first + 1, 0]
}

/// Days from 1970 to a date.
pub(super) fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

/// The seconds an argument gives, or now.
fn seconds_argument(m: &mut Machine, name: &str, args: Args<'_>) -> R<i64> {
    let args = args.between(m, name, 0, 1)?;
    let t = match args.first() {
        Some(v) if !v.is_none() => m.as_f64(*v)?.floor(),
        _ => now().as_secs_f64().floor(),
    };
    if t.is_nan() {
        return Err(m.value_error("Invalid value NaN (not a number)"));
    }
    if t.abs() > 6.7e16 {
        return Err(m.overflow_error("timestamp out of range for platform time_t"));
    }
    Ok(t as i64)
}

/// A `struct_time` that knows no zone.
pub(in crate::stdlib) fn new_struct_time(m: &mut Machine, items: [i64; 9]) -> R<Value> {
    let class = struct_time(m)?;
    Ok(m.new_tuple_of(class, &items.map(Value::small)).value())
}

fn to_struct(m: &mut Machine, moment: &Moment) -> R<Value> {
    let class = struct_time(m)?;
    let items = moment.items.map(Value::small);
    let made = m.new_tuple_of(class, &items).value();
    if let Some((name, offset)) = &moment.zone {
        let name = m.str_value(name);
        for (key, v) in HIDDEN.iter().zip([name, Value::small(*offset)]) {
            let key = m.intern(key);
            m.generic_set_attr(made, key, v)?;
        }
    }
    Ok(made)
}

pub(super) fn gmtime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = seconds_argument(m, "gmtime", args)?;
    to_struct(m, &utc(t))
}

pub(super) fn localtime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = seconds_argument(m, "localtime", args)?;
    let moment = local(m, t);
    to_struct(m, &moment)
}

/// A `struct_time` or tuple.
fn moment(m: &mut Machine, v: Value, what: &str) -> R<Moment> {
    let Some(t) = v.downcast::<Tuple>() else {
        return Err(m.type_error("Tuple or struct_time argument required"));
    };
    if t.len() != 9 {
        return Err(m.type_error(&format!("{what}: illegal time tuple argument")));
    }
    let mut items = [0; 9];
    for (to, &v) in items.iter_mut().zip(t.slice()) {
        *to = m.index_argument(v)?;
        if i32::try_from(*to).is_err() {
            return Err(m.overflow_error(&format!(
                "signed integer is {} than {}",
                if *to > 0 { "greater" } else { "less" },
                if *to > 0 { "maximum" } else { "minimum" }
            )));
        }
    }
    let mut zone = None;
    if m.type_of(v) == struct_time(m)? {
        let (name, offset) = (m.intern(HIDDEN[0]), m.intern(HIDDEN[1]));
        let (name, offset) = (m.get_attr(v, name)?, m.get_attr(v, offset)?);
        if let (Some(name), Some(offset)) = (name.downcast::<Str>(), m.int_as_i64(offset)) {
            zone = Some((name.to_string_lossy().into_owned(), offset));
        }
    }
    Ok(Moment { items, zone })
}

/// The same with every item in its range; 0 stands for the least where 0 is none.
fn checked(m: &mut Machine, v: Value, what: &str) -> R<Moment> {
    let mut moment = moment(m, v, what)?;
    check(m, &mut moment.items)?;
    Ok(moment)
}

fn check(m: &mut Machine, items: &mut [i64; 9]) -> R<()> {
    for i in [1, 2, 7] {
        items[i] += i64::from(items[i] == 0);
    }
    let ranges = [
        (1, 1..=12, "month"),
        (2, 1..=31, "day of month"),
        (3, 0..=23, "hour"),
        (4, 0..=59, "minute"),
        (5, 0..=61, "seconds"),
        (6, -1..=i64::MAX, "day of week"),
        (7, 1..=366, "day of year"),
    ];
    for (i, range, name) in ranges {
        if !range.contains(&items[i]) {
            return Err(m.value_error(&format!("{name} out of range")));
        }
    }
    items[6] = items[6].rem_euclid(7);
    Ok(())
}

pub(super) fn mktime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = moment(m, args.pos()[0], "mktime()")?.items;
    let at = seconds_of(m, &t);
    Ok(m.new_float(at as f64))
}

/// The seconds since 1970 of a local time.
pub(super) fn seconds_of(m: &mut Machine, t: &[i64; 9]) -> i64 {
    let (year, month) = (t[0] + (t[1] - 1).div_euclid(12), (t[1] - 1).rem_euclid(12) + 1);
    let s = days_of(year, month, 1) * 86_400 + (t[2] - 1) * 86_400 + t[3] * 3600 + t[4] * 60 + t[5];
    let zone = local_zone(m);
    let zone = (*zone).as_ref();
    // Of the offsets of the zone those that give the same local time; summer time decides between two.
    let mut best: Option<(i64, bool)> = None;
    for of in zone.local_time_types().iter().chain(find_type(&zone, s)) {
        let at = s - i64::from(of.ut_offset());
        if find_type(&zone, at).is_some_and(|found| found.ut_offset() == of.ut_offset()) {
            let matches = t[8] < 0 || (t[8] > 0) == of.is_dst();
            if best.is_none_or(|(_, before)| matches && !before) {
                best = Some((at, matches));
            }
        }
    }
    best.map_or_else(|| s - local_type(m, s).1, |(at, _)| at)
}

/// Whether a value is this module's own `strftime`.
pub(in crate::stdlib) fn is_strftime(v: Value) -> bool {
    v.downcast::<NativeFunction>().is_some_and(|f| std::ptr::fn_addr_eq(f.def.func, strftime as NativeFn))
}

/// What `strftime` makes of a format and the items of a time tuple.
pub(in crate::stdlib) fn format_items(m: &mut Machine, format: &[u8], mut items: [i64; 9]) -> R<Value> {
    check(m, &mut items)?;
    let text = super::format::format(m, format, &Moment { items, zone: None });
    Ok(m.new_str_wtf8(&text)?.value())
}

/// The time as `ctime` and `asctime` write it.
fn usual_text(m: &mut Machine, moment: &Moment) -> Value {
    let text = super::format::format(m, b"%a %b %e %H:%M:%S %Y", moment);
    m.str_value(&String::from_utf8_lossy(&text))
}

pub(super) fn strftime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "strftime", 1, 2)?;
    let Some(format) = args[0].downcast::<Str>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("strftime() argument 1 must be str, not {got}")));
    };
    let t = match args.get(1) {
        Some(&v) => checked(m, v, "strftime()")?,
        None => local(m, now().as_secs().cast_signed()),
    };
    let text = super::format::format(m, format.as_static_bytes(), &t);
    Ok(m.new_str_wtf8(&text)?.value())
}

/// The name of the zone in winter or summer, for times that do not say.
pub(super) fn standard_name(m: &mut Machine, summer: bool) -> String {
    let seasons = seasons(m);
    // Where the clock is put back for the winter by law, that is the season which counts as summer.
    let said = seasons.iter().find(|season| season.2 == summer);
    said.unwrap_or(&seasons[usize::from(summer)]).0.clone()
}

pub(super) fn asctime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "asctime", 0, 1)?;
    let t = match args.first() {
        Some(&v) => checked(m, v, "asctime()")?,
        None => local(m, now().as_secs().cast_signed()),
    };
    Ok(usual_text(m, &t))
}

pub(super) fn ctime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = seconds_argument(m, "ctime", args)?;
    let moment = local(m, t);
    Ok(usual_text(m, &moment))
}
