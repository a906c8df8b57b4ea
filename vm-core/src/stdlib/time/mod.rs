//! `time`: clocks and `sleep`; calendars are in `calendar.rs`, formats in `format.rs`.

mod calendar;
mod format;

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::string::Str;
use crate::object::value::Value;
pub(super) use calendar::{civil, format_items, is_strftime, local_offset, local_type, new_struct_time};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// `time`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "time",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        let class = calendar::struct_time(m)?.value();
        for (name, n) in CLOCKS {
            let name = m.intern(name);
            dict.insert_str(m, name, Value::small(n));
        }
        for (name, v) in [("struct_time", class), ("_STRUCT_TM_ITEMS", Value::small(11))].into_iter().chain(calendar::zone_constants(m)) {
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

/// The time since 1970.
pub(super) fn now() -> Duration {
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
    MethodDef::new("tzset", Convention::NoArgs, |m, this, _| {
        let dict = m.module_dict(this);
        for (name, v) in calendar::zone_constants(m) {
            let key = m.intern(name);
            dict.insert_str(m, key, v);
        }
        Ok(Value::NONE)
    }),
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
    MethodDef::new("gmtime", Convention::Fast, calendar::gmtime),
    MethodDef::new("localtime", Convention::Fast, calendar::localtime),
    MethodDef::new("mktime", Convention::O, calendar::mktime),
    MethodDef::new("strftime", Convention::Fast, calendar::strftime),
    MethodDef::new("asctime", Convention::Fast, calendar::asctime),
    MethodDef::new("ctime", Convention::Fast, calendar::ctime),
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
