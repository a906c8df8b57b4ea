//! `gc`: collections on demand. The collector has no generations. Switched off, it still collects when memory is short, but counts what
//! CPython's collector would have left for the next call of `collect`.

use crate::machine::garbage_cycles::is_tracked;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::header::Gc;
use crate::object::value::Value;

/// `gc`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "gc",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        for (name, v) in [("garbage", m.new_list(&[]).value()), ("callbacks", m.new_list(&[]).value()), (ENABLED, Value::TRUE)] {
            let key = m.intern(name);
            dict.insert_str(m, key, v);
        }
        m.know_collector();
        Ok(())
    }),
    doc: "This module provides access to the garbage collector.",
};

/// Entry of the module's namespace that remembers whether collection is on.
const ENABLED: &str = "_enabled";

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
    let found = m.collect_and_count(always)?;
    Ok(Value::small(found as i64))
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
    MethodDef::new("get_threshold", Convention::NoArgs, |m, _, _| Ok(m.new_tuple(&[2000, 10, 0].map(Value::small)).value())),
    MethodDef::new("set_threshold", Convention::Fast, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("is_finalized", Convention::O, |_, _, _| Ok(Value::FALSE)),
    MethodDef::new("get_debug", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("set_debug", Convention::O, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("get_freeze_count", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("freeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("unfreeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
];
