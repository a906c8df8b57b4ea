//! `gc`: collections on demand. The collector has no generations. Switched off, it still collects when memory is short, but counts what
//! CPython's collector would have left for the next call of `collect`.

use crate::machine::garbage_cycles::is_tracked;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// `gc.get_threshold()` at the start.
const DEFAULT_THRESHOLD: [i64; 3] = [2000, 10, 10];

/// `gc`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "gc",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        for (name, v) in [("garbage", m.new_list(&[]).value()), ("callbacks", m.new_list(&[]).value()), (ENABLED, Value::TRUE)] {
            let key = m.intern(name);
            dict.insert_str(m, key, v);
        }
        for (name, n) in
            [("DEBUG_STATS", 1), ("DEBUG_COLLECTABLE", 2), ("DEBUG_UNCOLLECTABLE", 4), ("DEBUG_SAVEALL", 32), ("DEBUG_LEAK", 38)]
        {
            m.add_constant(dict, name, Value::small(n));
        }
        m.know_collector();
        Ok(())
    }),
    doc: "This module provides access to the garbage collector.",
};

/// Entry of the module's namespace that remembers whether collection is on.
const ENABLED: &str = "_enabled";
/// Another, for the thresholds.
const THRESHOLD: &str = "_threshold";

/// The definition of `gc.collect`, to tell calls of it.
pub(crate) fn collect_def() -> &'static MethodDef {
    &FUNCTIONS[0]
}

fn is_enabled(m: &mut Machine, module: Value) -> bool {
    let (key, dict) = (m.intern(ENABLED), m.module_dict(module));
    dict.get_str(m, key).unwrap_or(Value::TRUE) == Value::TRUE
}

fn collect(m: &mut Machine, module: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [generation] = args.bind(m, "collect", ["generation"], spec)?;
    if !generation.is_null() && !(0..=2).contains(&m.index_argument(generation)?) {
        return Err(m.value_error("invalid generation"));
    }
    let always = !is_enabled(m, module);
    let generation = if generation.is_null() { Value::small(2) } else { generation };
    call_back(m, module, "start", generation, 0)?;
    let found = m.collect_and_count(always)?;
    call_back(m, module, "stop", generation, found)?;
    Ok(Value::small(found as i64))
}

/// Tells the program's functions in `gc.callbacks`.
fn call_back(m: &mut Machine, module: Value, phase: &str, generation: Value, found: usize) -> R<()> {
    let (key, dict) = (m.intern("callbacks"), m.module_dict(module));
    let Some(callbacks) = dict.get_str(m, key).and_then(Value::downcast::<List>) else { return Ok(()) };
    let mut i = 0;
    while let Some(f) = callbacks.get(i) {
        let info = m.new_dict();
        for (name, v) in [("generation", generation), ("collected", Value::small(found as i64)), ("uncollectable", Value::small(0))] {
            m.add_constant(info, name, v);
        }
        let phase = m.str_value(phase);
        if m.call(f, &[phase, info.value()]).is_err() {
            let exception = m.take_raised();
            m.show_unraisable(exception, f);
        }
        i += 1;
    }
    Ok(())
}

/// `get_threshold` and `set_threshold`: remembered, and otherwise without meaning.
fn threshold(m: &mut Machine, module: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "gc.set_threshold", 1, 3)?;
    let (key, dict) = (m.intern(THRESHOLD), m.module_dict(module));
    let mut numbers = DEFAULT_THRESHOLD.map(Value::small);
    if let Some(old) = dict.get_str(m, key).and_then(Value::downcast::<Tuple>) {
        numbers.copy_from_slice(&old.slice()[..3]);
    }
    for (to, &v) in numbers.iter_mut().zip(args) {
        *to = Value::small(i64::from(m.c_int_argument(v, 0)?));
    }
    let numbers = m.new_tuple(&numbers).value();
    Gc::insert_str(dict, m, key, numbers);
    Ok(Value::NONE)
}

fn switch(m: &mut Machine, module: Value, on: bool) -> R<Value> {
    let (key, dict) = (m.intern(ENABLED), m.module_dict(module));
    Gc::insert_str(dict, m, key, Value::from_bool(on));
    m.count_garbage(!on);
    Ok(Value::NONE)
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("collect", Convention::FastKeywords, collect),
    MethodDef::new("enable", Convention::NoArgs, |m, module, _| switch(m, module, true)),
    MethodDef::new("disable", Convention::NoArgs, |m, module, _| switch(m, module, false)),
    MethodDef::new("isenabled", Convention::NoArgs, |m, module, _| Ok(Value::from_bool(is_enabled(m, module)))),
    MethodDef::new("is_tracked", Convention::O, |_, _, args| Ok(Value::from_bool(is_tracked(args.pos()[0])))),
    MethodDef::new("get_count", Convention::NoArgs, |m, _, _| Ok(m.new_tuple(&[0, 0, 0].map(Value::small)).value())),
    MethodDef::new("get_threshold", Convention::NoArgs, |m, module, _| {
        let (key, dict) = (m.intern(THRESHOLD), m.module_dict(module));
        Ok(dict.get_str(m, key).unwrap_or_else(|| m.new_tuple(&DEFAULT_THRESHOLD.map(Value::small)).value()))
    }),
    MethodDef::new("set_threshold", Convention::VarArgs, threshold),
    MethodDef::new("get_objects", Convention::FastKeywords, |m, _, args| {
        let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
        let [generation] = args.bind(m, "get_objects", ["generation"], spec)?;
        if !generation.is_null() && !generation.is_none() {
            let n = m.index_argument(generation)?;
            if n >= 3 {
                return Err(m.value_error("generation parameter must be less than the number of available generations (3)"));
            }
            if n < 0 {
                return Err(m.value_error("generation parameter cannot be negative"));
            }
        }
        let all = m.live_objects();
        Ok(m.new_list(&all).value())
    }),
    MethodDef::new("get_referrers", Convention::VarArgs, |m, _, args| {
        let found = m.referrers(args.pos());
        Ok(m.new_list(&found).value())
    }),
    MethodDef::new("get_referents", Convention::VarArgs, |m, _, args| {
        let found = m.referents(args.pos());
        Ok(m.new_list(&found).value())
    }),
    MethodDef::new("get_stats", Convention::NoArgs, |m, _, _| {
        let out = m.new_list(&[]);
        for _ in 0..3 {
            let stats = m.new_dict();
            for name in ["collections", "collected", "uncollectable"] {
                m.add_constant(stats, name, Value::small(0));
            }
            out.push(m, stats.value());
        }
        Ok(out.value())
    }),
    MethodDef::new("is_finalized", Convention::O, |_, _, _| Ok(Value::FALSE)),
    MethodDef::new("get_debug", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("set_debug", Convention::O, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("get_freeze_count", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("freeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("unfreeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
];
