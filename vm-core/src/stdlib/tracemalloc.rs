//! `_tracemalloc`: sizes of the heap, now and at most. Where an object was allocated is not recorded, so there are no traces.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

/// `_tracemalloc`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_tracemalloc",
    functions: &[
        MethodDef::new("is_tracing", Convention::NoArgs, |m, _, _| Ok(Value::from_bool(m.lib.tracing_since.is_some()))),
        MethodDef::new("start", Convention::Fast, start),
        MethodDef::new("stop", Convention::NoArgs, |m, _, _| {
            m.lib.tracing_since = None;
            Ok(Value::NONE)
        }),
        MethodDef::new("clear_traces", Convention::NoArgs, |m, _, _| reset(m)),
        MethodDef::new("reset_peak", Convention::NoArgs, |m, _, _| {
            m.lib.traced_peak = 0;
            Ok(Value::NONE)
        }),
        MethodDef::new("get_traceback_limit", Convention::NoArgs, |m, _, _| Ok(Value::small(m.lib.traced_frames))),
        MethodDef::new("get_traced_memory", Convention::NoArgs, traced_memory),
        MethodDef::new("get_tracemalloc_memory", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("_get_traces", Convention::NoArgs, |m, _, _| Ok(m.new_list(&[]).value())),
        MethodDef::new("_get_object_traceback", Convention::O, |_, _, _| Ok(Value::NONE)),
    ],
    init: None,
    doc: "Debug module to trace memory blocks allocated by Python.",
};

fn start(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let frames = match args.between(m, "start", 0, 1)?.first() {
        Some(&n) => m.index_argument(n)?,
        None => 1,
    };
    if !(1..=65_535).contains(&frames) {
        return Err(m.value_error("the number of frames must be in range [1; 65535]"));
    }
    if m.lib.tracing_since.is_none() {
        m.lib.traced_frames = frames;
        reset(m)?;
    }
    Ok(Value::NONE)
}

/// From now on, what is in the heap does not count.
fn reset(m: &mut Machine) -> R<Value> {
    m.lib.tracing_since = Some(m.heap.bytes_in_use());
    m.lib.traced_peak = 0;
    Ok(Value::NONE)
}

/// `(bytes now, most bytes)`, beyond those in use when tracing began.
fn traced_memory(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let now = match m.lib.tracing_since {
        Some(before) => m.heap.bytes_in_use().saturating_sub(before),
        None => 0,
    };
    m.lib.traced_peak = m.lib.traced_peak.max(now);
    let pair = [now, m.lib.traced_peak].map(|n| Value::small(n as i64));
    Ok(m.new_tuple(&pair).value())
}
