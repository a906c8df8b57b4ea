//! Calendars: `struct_time`, local time and its zone, and formats. Zones are what `TZ` or the system's configuration say.

use super::now;
use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::struct_seq_fields;
use std::rc::Rc;
use tz::{LocalTimeType, TimeZone};

/// Names of items that do not count as items of the tuple.
const HIDDEN: &[&str] = &["tm_zone", "tm_gmtoff"];

/// What `struct_time` holds, the hidden items included.
pub(super) struct Moment {
    items: [i64; 9],
    zone: Option<(String, i64)>,
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

/// The local zone: what `TZ` names, else the system's. It is read when that name has changed.
fn local_zone(m: &mut Machine) -> Rc<TimeZone> {
    let name = m.lib.time_zone.clone().or_else(|| std::env::var("TZ").ok());
    if let Some((known, zone)) = &m.lib.known_zone
        && *known == name
    {
        return Rc::clone(zone);
    }
    let zone = match &name {
        Some(name) => TimeZone::from_posix_tz(name),
        None => TimeZone::local(),
    };
    let zone = Rc::new(zone.unwrap_or_else(|_| TimeZone::utc()));
    m.lib.known_zone = Some((name, Rc::clone(&zone)));
    zone
}

/// What the local zone says of a time.
fn local_type(m: &mut Machine, t: i64) -> (String, i64, bool) {
    let zone = local_zone(m);
    let zone = (*zone).as_ref();
    let found: Option<&LocalTimeType> = zone.find_local_time_type(t).ok();
    match found.or_else(|| zone.local_time_types().first()) {
        Some(of) => (of.time_zone_designation().to_owned(), i64::from(of.ut_offset()), of.is_dst()),
        None => ("UTC".to_owned(), 0, false),
    }
}

/// `tzname`, `timezone`, `altzone` and `daylight`: as CPython finds them, from January and July of a year.
pub(super) fn zone_constants(m: &mut Machine) -> [(&'static str, Value); 4] {
    const YEAR_S: i64 = 31_557_600;
    let start = now().as_secs().cast_signed() / YEAR_S * YEAR_S;
    let (january, july) = (local_type(m, start), local_type(m, start + YEAR_S / 2));
    let (winter, summer) = if january.1 <= july.1 { (january, july) } else { (july, january) };
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
    Moment { items: calendar(t), zone: Some(("GMT".into(), 0)) }
}

fn local(m: &mut Machine, t: i64) -> Moment {
    let (name, offset, summer) = local_type(m, t);
    let mut items = calendar(t + offset);
    items[8] = i64::from(summer);
    Moment { items, zone: Some((name, offset)) }
}

/// Year, month, day, hour, minute, second, weekday (Monday is 0), day of the year, of a number of seconds since 1970.
fn calendar(t: i64) -> [i64; 9] {
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
fn days_of(year: i64, month: i64, day: i64) -> i64 {
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
    for i in [1, 2, 7] {
        moment.items[i] += i64::from(moment.items[i] == 0);
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
        if !range.contains(&moment.items[i]) {
            return Err(m.value_error(&format!("{name} out of range")));
        }
    }
    moment.items[6] = moment.items[6].rem_euclid(7);
    Ok(moment)
}

pub(super) fn mktime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = moment(m, args.pos()[0], "mktime()")?.items;
    let (year, month) = (t[0] + (t[1] - 1).div_euclid(12), (t[1] - 1).rem_euclid(12) + 1);
    let s = days_of(year, month, 1) * 86_400 + (t[2] - 1) * 86_400 + t[3] * 3600 + t[4] * 60 + t[5];
    let zone = local_zone(m);
    let zone = (*zone).as_ref();
    // Of the offsets of the zone those that give the same local time; summer time decides between two.
    let mut best: Option<(i64, bool)> = None;
    for of in zone.local_time_types().iter().chain(zone.find_local_time_type(s).ok()) {
        let at = s - i64::from(of.ut_offset());
        if zone.find_local_time_type(at).is_ok_and(|found| found.ut_offset() == of.ut_offset()) {
            let matches = t[8] < 0 || (t[8] > 0) == of.is_dst();
            if best.is_none_or(|(_, before)| matches && !before) {
                best = Some((at, matches));
            }
        }
    }
    let at = best.map_or_else(|| s - local_type(m, s).1, |(at, _)| at);
    Ok(m.new_float(at as f64))
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

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
    let format = format.to_string_lossy().into_owned();
    let text = format_time(m, &format, &t);
    Ok(m.str_value(&text))
}

/// The zone's name and offset in winter or summer, for times that do not say.
fn standard_zone(m: &mut Machine, summer: bool) -> (String, i64) {
    let zone = local_zone(m);
    let found = (*zone).as_ref().local_time_types().iter().rfind(|of| of.is_dst() == summer);
    found.map_or_else(|| ("UTC".into(), 0), |of| (of.time_zone_designation().to_owned(), i64::from(of.ut_offset())))
}

/// Year and number of the week by ISO 8601.
fn iso_week(t: &[i64; 9]) -> (i64, i64) {
    let year = t[0];
    let weeks = |year: i64| {
        // The weekday of the year's last day.
        let last = |y: i64| (days_of(y, 12, 31) + 3).rem_euclid(7);
        52 + i64::from(last(year) == 3 || last(year - 1) == 2)
    };
    match (t[7] - t[6] + 9) / 7 {
        0 => (year - 1, weeks(year - 1)),
        53 if weeks(year) == 52 => (year + 1, 1),
        week => (year, week),
    }
}

fn format_time(m: &mut Machine, format: &str, moment: &Moment) -> String {
    let t = &moment.items;
    let name = |names: &[&'static str], i: i64| names.get(i as usize).copied().unwrap_or("?");
    let zone = |m: &mut Machine| moment.zone.clone().unwrap_or_else(|| standard_zone(m, t[8] > 0));
    let mut out = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let hour12 = if t[3] % 12 == 0 { 12 } else { t[3] % 12 };
        match chars.next() {
            Some('Y') => out += &t[0].to_string(),
            Some('y') => out += &format!("{:02}", t[0].rem_euclid(100)),
            Some('m') => out += &format!("{:02}", t[1]),
            Some('d') => out += &format!("{:02}", t[2]),
            Some('e') => out += &format!("{:2}", t[2]),
            Some('H') => out += &format!("{:02}", t[3]),
            Some('I') => out += &format!("{hour12:02}"),
            Some('M') => out += &format!("{:02}", t[4]),
            Some('S') => out += &format!("{:02}", t[5]),
            Some('j') => out += &format!("{:03}", t[7]),
            Some('w') => out += &((t[6] + 1) % 7).to_string(),
            Some('u') => out += &(t[6] + 1).to_string(),
            Some('p') => out += if t[3] < 12 { "AM" } else { "PM" },
            Some('a') => out += &name(&DAYS, t[6])[..3],
            Some('A') => out += name(&DAYS, t[6]),
            Some('b' | 'h') => out += &name(&MONTHS, t[1] - 1)[..3],
            Some('B') => out += name(&MONTHS, t[1] - 1),
            Some('Z') => out += &zone(m).0,
            Some('z') => {
                let minutes = zone(m).1 / 60;
                out += &format!("{}{:02}{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
            }
            Some('C') => out += &format!("{:02}", t[0].div_euclid(100)),
            Some('k') => out += &format!("{:2}", t[3]),
            Some('l') => out += &format!("{hour12:2}"),
            Some('r') => out += &format_time(m, "%I:%M:%S %p", moment),
            Some('P') => out += if t[3] < 12 { "am" } else { "pm" },
            Some('U') => out += &format!("{:02}", (t[7] - 1 + 7 - (t[6] + 1) % 7) / 7),
            Some('W') => out += &format!("{:02}", (t[7] - 1 + 7 - t[6]) / 7),
            Some('G') => out += &iso_week(t).0.to_string(),
            Some('g') => out += &format!("{:02}", iso_week(t).0.rem_euclid(100)),
            Some('V') => out += &format!("{:02}", iso_week(t).1),
            Some('s') => out += &(days_of(t[0], t[1], t[2]) * 86_400 + t[3] * 3600 + t[4] * 60 + t[5] - zone(m).1).to_string(),
            Some('F') => out += &format_time(m, "%Y-%m-%d", moment),
            Some('T' | 'X') => out += &format_time(m, "%H:%M:%S", moment),
            Some('R') => out += &format_time(m, "%H:%M", moment),
            Some('D' | 'x') => out += &format_time(m, "%m/%d/%y", moment),
            Some('c') => out += &format_time(m, "%a %b %e %H:%M:%S %Y", moment),
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('%') => out.push('%'),
            Some(other) => {
                out.push('%');
                out.push(other);
            }
            None => out.push('%'),
        }
    }
    out
}

pub(super) fn asctime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "asctime", 0, 1)?;
    let t = match args.first() {
        Some(&v) => checked(m, v, "asctime()")?,
        None => local(m, now().as_secs().cast_signed()),
    };
    let text = format_time(m, "%a %b %e %H:%M:%S %Y", &t);
    Ok(m.str_value(&text))
}

pub(super) fn ctime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = seconds_argument(m, "ctime", args)?;
    let moment = local(m, t);
    let text = format_time(m, "%a %b %e %H:%M:%S %Y", &moment);
    Ok(m.str_value(&text))
}
