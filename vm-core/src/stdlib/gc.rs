//! `gc`: asks for a collection at the next safepoint; the collector has no generations, and switching it off is only remembered.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec};
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
        Ok(())
    }),
    doc: "This module provides access to the garbage collector.",
};

/// Entry of the module's namespace that remembers whether collection is on.
const ENABLED: &str = "_enabled";

fn collect(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let _ = args;
    m.ask_for_collection();
    Ok(Value::small(0))
}

fn switch(m: &mut Machine, module: Value, on: bool) -> R<Value> {
    let (key, dict) = (m.intern(ENABLED), m.module_dict(module));
    Gc::insert_str(dict, m, key, Value::from_bool(on));
    Ok(Value::NONE)
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("collect", Convention::FastKeywords, collect),
    MethodDef::new("enable", Convention::NoArgs, |m, module, _| switch(m, module, true)),
    MethodDef::new("disable", Convention::NoArgs, |m, module, _| switch(m, module, false)),
    MethodDef::new("isenabled", Convention::NoArgs, |m, module, _| {
        let (key, dict) = (m.intern(ENABLED), m.module_dict(module));
        Ok(dict.get_str(m, key).unwrap_or(Value::TRUE))
    }),
    MethodDef::new("get_count", Convention::NoArgs, |m, _, _| Ok(m.new_tuple(&[0, 0, 0].map(Value::small)).value())),
    MethodDef::new("get_threshold", Convention::NoArgs, |m, _, _| Ok(m.new_tuple(&[2000, 10, 0].map(Value::small)).value())),
    MethodDef::new("set_threshold", Convention::Fast, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("freeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("unfreeze", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
];
