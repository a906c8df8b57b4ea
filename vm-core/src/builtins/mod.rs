//! The `builtins` module: its functions, by what they are about. Types are put into it by start-up.

mod attributes;
mod code;
pub(crate) mod docs;
mod iteration;
mod numbers;
mod output;

use crate::machine::Machine;
use crate::machine::callables::Callables;
use crate::native::MethodDef;
use crate::object::value::Value;

/// Fills the namespace of `builtins` with functions and constants, and registers the module.
pub fn install(m: &mut Machine) {
    let name = m.intern("builtins");
    let module = m.new_module(name);
    let dict = m.builtins;
    m.set_module_dict(module, dict);
    let modules = m.modules;
    modules.insert_str(m, name, module);
    let key = m.names.name;
    dict.insert_str(m, key, name.value());
    add(m, &code::IMPORT, name.value(), module);
    let tables: [&'static [MethodDef]; 5] =
        [attributes::FUNCTIONS, code::FUNCTIONS, &iteration::FUNCTIONS, numbers::FUNCTIONS, output::FUNCTIONS];
    for def in tables.into_iter().flatten() {
        add(m, def, name.value(), module);
    }
    let io = m.intern("_io");
    let open = m.new_native_function(&crate::stdlib::io::OPEN, Value::NULL, io.value()).value();
    let key = m.intern("open");
    dict.insert_str(m, key, open);
    for (name, v) in [
        ("None", Value::NONE),
        ("True", Value::TRUE),
        ("False", Value::FALSE),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("Ellipsis", Value::ELLIPSIS),
        ("__debug__", Value::TRUE),
    ] {
        let key = m.intern(name);
        dict.insert_str(m, key, v);
    }
    Callables::find(m);
}

/// The definition of the builtin `__import__`, to tell whether a program has replaced it.
pub(crate) fn import_function() -> &'static MethodDef {
    &code::IMPORT
}

fn add(m: &mut Machine, def: &'static MethodDef, module_name: Value, module: Value) {
    let f = m.new_native_function(def, module, module_name).value();
    let key = m.intern(def.name);
    let dict = m.builtins;
    dict.insert_str(m, key, f);
}
