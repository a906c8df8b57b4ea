//! `time`: clocks and `sleep`. Calendars are UTC: the harness does not read time zones.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::struct_seq_fields;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// `time`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "time",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        let utc = m.str_value("UTC");
        let names = m.new_tuple(&[utc, utc]).value();
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
        let class = m.new_struct_seq_class("time", "struct_time", fields)?.value();
        for (name, n) in CLOCKS {
            let name = m.intern(name);
            dict.insert_str(m, name, Value::small(n));
        }
        for (name, v) in [
            ("timezone", Value::small(0)),
            ("altzone", Value::small(0)),
            ("daylight", Value::small(0)),
            ("tzname", names),
            ("struct_time", class),
        ] {
            let key = m.intern(name);
            dict.insert_str(m, key, v);
        }
        Ok(())
    }),
    doc: "This module provides various functions to manipulate time values.",
};

unsafe extern "C" {
    /// Processor time of the process, in microseconds.
    safe fn clock() -> i64;
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// Time since the machine was first asked.
fn monotonic() -> Duration {
    // The clock's own origin is not to be had; one that does not change while the process runs will do.
    thread_local!(static START: Instant = Instant::now());
    START.with(Instant::elapsed) + Duration::from_millis(1)
}

fn process() -> Duration {
    Duration::from_micros(clock().try_into().unwrap_or(0))
}

fn seconds(m: &mut Machine, d: Duration) -> R<Value> {
    Ok(m.new_float(d.as_secs_f64()))
}

fn nanoseconds(m: &mut Machine, d: Duration) -> R<Value> {
    Ok(m.int_from_i128(d.as_nanos().cast_signed()))
}

fn sleep(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    let s = match m.float_value(v) {
        Some(f) => f,
        None if m.is_index(v) => {
            let n = m.index(v)?;
            m.as_f64(n)?
        }
        None => {
            let name = m.type_name(v);
            return Err(m.type_error(&format!("'{name}' object cannot be interpreted as an integer")));
        }
    };
    if s.is_nan() {
        return Err(m.value_error("Invalid value NaN (not a number)"));
    }
    if s < 0.0 {
        return Err(m.value_error("sleep length must be non-negative"));
    }
    match Duration::try_from_secs_f64(s) {
        Ok(d) if s < 9.2e9 => {
            let _ = m.flush_std(1);
            if d.is_zero() {
                m.yield_turn();
            }
            let end = Instant::now() + d;
            m.wait_until(Some(end), &mut |_| Instant::now() >= end).map(|_| Value::NONE)
        }
        _ => Err(m.overflow_error("timestamp too large to convert to C PyTime_t")),
    }
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

fn broken_down(m: &mut Machine, this: Value, name: &str, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 0, 1)?;
    let t = match args.first() {
        Some(v) if !v.is_none() => m.as_f64(*v)?.floor(),
        _ => now().as_secs_f64().floor(),
    };
    if t.is_nan() || t.abs() > 1e16 {
        return Err(m.overflow_error("timestamp out of range for platform time_t"));
    }
    let items = calendar(t as i64).map(Value::small);
    let key = m.intern("struct_time");
    let dict = m.module_dict(this);
    match dict.get_str(m, key).and_then(Value::downcast) {
        Some(class) => Ok(m.new_tuple_of(class, &items).value()),
        None => Ok(m.new_tuple(&items).value()),
    }
}

/// The nine numbers of a `struct_time` or tuple.
fn numbers(m: &mut Machine, v: Value) -> R<[i64; 9]> {
    let Some(t) = v.downcast::<Tuple>() else {
        return Err(m.type_error("Tuple or struct_time argument required"));
    };
    if t.len() != 9 {
        return Err(m.type_error("function takes exactly 9 arguments"));
    }
    let mut out = [0; 9];
    for (to, &v) in out.iter_mut().zip(t.slice()) {
        *to = m.index_argument(v)?;
    }
    Ok(out)
}

fn mktime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let t = numbers(m, args.pos()[0])?;
    let s = days_of(t[0], t[1], t[2]) * 86_400 + t[3] * 3600 + t[4] * 60 + t[5];
    Ok(m.new_float(s as f64))
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn strftime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "strftime", 1, 2)?;
    let Some(format) = args[0].downcast::<Str>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("strftime() argument 1 must be str, not {got}")));
    };
    let t = match args.get(1) {
        Some(&v) => numbers(m, v)?,
        None => calendar(now().as_secs().cast_signed()),
    };
    let format = format.to_string_lossy().into_owned();
    let text = format_time(&format, &t);
    Ok(m.str_value(&text))
}

fn format_time(format: &str, t: &[i64; 9]) -> String {
    let name = |names: &[&'static str], i: i64| names.get(i as usize).copied().unwrap_or("?");
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
            Some('Z') => out += "UTC",
            Some('z') => out += "+0000",
            Some('F') => out += &format_time("%Y-%m-%d", t),
            Some('T' | 'X') => out += &format_time("%H:%M:%S", t),
            Some('R') => out += &format_time("%H:%M", t),
            Some('D' | 'x') => out += &format_time("%m/%d/%y", t),
            Some('c') => out += &format_time("%a %b %e %H:%M:%S %Y", t),
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

fn asctime(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "asctime", 0, 1)?;
    let t = match args.first() {
        Some(&v) => numbers(m, v)?,
        None => calendar(now().as_secs().cast_signed()),
    };
    Ok(m.str_value(&format_time("%a %b %e %H:%M:%S %Y", &t)))
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("get_clock_info", Convention::VarArgs, clock_info),
    MethodDef::new("thread_time_ns", Convention::NoArgs, |m, _, _| nanoseconds(m, process())),
    MethodDef::new("clock_gettime", Convention::O, |m, _, args| {
        let d = clock_of(m, args)?;
        seconds(m, d)
    }),
    MethodDef::new("clock_gettime_ns", Convention::O, |m, _, args| {
        let d = clock_of(m, args)?;
        nanoseconds(m, d)
    }),
    MethodDef::new("clock_getres", Convention::O, |m, _, args| {
        clock_of(m, args)?;
        Ok(m.new_float(1e-9))
    }),
    MethodDef::new("tzset", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("strptime", Convention::VarArgs, |m, _, args| {
        let args = args.between(m, "strptime", 1, 2)?;
        let (module, name) = (m.import_name("_strptime")?, m.intern("_strptime_time"));
        m.call_method(module, name, args)
    }),
    MethodDef::new("time", Convention::NoArgs, |m, _, _| seconds(m, now())),
    MethodDef::new("time_ns", Convention::NoArgs, |m, _, _| nanoseconds(m, now())),
    MethodDef::new("perf_counter", Convention::NoArgs, |m, _, _| seconds(m, monotonic())),
    MethodDef::new("perf_counter_ns", Convention::NoArgs, |m, _, _| nanoseconds(m, monotonic())),
    MethodDef::new("monotonic", Convention::NoArgs, |m, _, _| seconds(m, monotonic())),
    MethodDef::new("monotonic_ns", Convention::NoArgs, |m, _, _| nanoseconds(m, monotonic())),
    MethodDef::new("process_time", Convention::NoArgs, |m, _, _| seconds(m, process())),
    MethodDef::new("process_time_ns", Convention::NoArgs, |m, _, _| nanoseconds(m, process())),
    MethodDef::new("thread_time", Convention::NoArgs, |m, _, _| seconds(m, process())),
    MethodDef::new("sleep", Convention::O, sleep),
    MethodDef::new("gmtime", Convention::Fast, |m, this, args| broken_down(m, this, "gmtime", args)),
    MethodDef::new("localtime", Convention::Fast, |m, this, args| broken_down(m, this, "localtime", args)),
    MethodDef::new("mktime", Convention::O, mktime),
    MethodDef::new("strftime", Convention::Fast, strftime),
    MethodDef::new("asctime", Convention::Fast, asctime),
    MethodDef::new("ctime", Convention::Fast, |m, this, args| {
        let t = broken_down(m, this, "ctime", args)?;
        asctime(m, this, Args::positional(&[t]))
    }),
];

/// Numbers of clocks, as Linux has them.
const CLOCKS: [(&str, i64); 5] = [
    ("CLOCK_REALTIME", 0),
    ("CLOCK_MONOTONIC", 1),
    ("CLOCK_PROCESS_CPUTIME_ID", 2),
    ("CLOCK_THREAD_CPUTIME_ID", 3),
    ("CLOCK_MONOTONIC_RAW", 4),
];

/// The time of a clock given by number.
fn clock_of(m: &mut Machine, args: Args<'_>) -> R<Duration> {
    match m.index_argument(args.pos()[0])? {
        0 => Ok(now()),
        1 | 4 => Ok(monotonic()),
        2 | 3 => Ok(process()),
        _ => Err(m.os_error_number(22, Value::NULL)),
    }
}

fn clock_info(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "get_clock_info", 1, 1)?;
    let Some(name) = args[0].downcast::<Str>() else {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("get_clock_info() argument 1 must be str, not {got}")));
    };
    let (clock, monotonic) = match &*name.to_string_lossy() {
        "time" => ("CLOCK_REALTIME", false),
        "monotonic" | "perf_counter" => ("CLOCK_MONOTONIC", true),
        "process_time" => ("CLOCK_PROCESS_CPUTIME_ID", true),
        "thread_time" => ("CLOCK_THREAD_CPUTIME_ID", true),
        _ => return Err(m.value_error("unknown clock")),
    };
    let (implementation, resolution) = (m.str_value(&format!("clock_gettime({clock})")), m.new_float(1e-9));
    Ok(m.new_namespace(&[
        ("implementation", implementation),
        ("monotonic", Value::from_bool(monotonic)),
        ("adjustable", Value::from_bool(!monotonic)),
        ("resolution", resolution),
    ]))
}
