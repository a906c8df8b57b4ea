//! `_imp`: what `importlib` asks the interpreter. There are no frozen modules and no extension modules in files.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::bytes::Bytes;
use crate::object::code::Code;
use crate::object::string::Str;
use crate::object::value::Value;

/// `_imp`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_imp",
    functions: &[
        MethodDef::new("extension_suffixes", Convention::NoArgs, |m, _, _| Ok(m.new_list(&[]).value())),
        MethodDef::new("lock_held", Convention::NoArgs, |m, _, _| Ok(Value::from_bool(m.lib.import_locks > 0))),
        MethodDef::new("acquire_lock", Convention::NoArgs, |m, _, _| {
            m.lib.import_locks += 1;
            Ok(Value::NONE)
        }),
        MethodDef::new("release_lock", Convention::NoArgs, |m, _, _| {
            if m.lib.import_locks == 0 {
                return Err(m.runtime_error("not holding the import lock"));
            }
            m.lib.import_locks -= 1;
            Ok(Value::NONE)
        }),
        MethodDef::new("is_builtin", Convention::O, is_builtin),
        MethodDef::new("is_frozen", Convention::O, |_, _, _| Ok(Value::FALSE)),
        MethodDef::new("is_frozen_package", Convention::O, no_frozen),
        MethodDef::new("find_frozen", Convention::FastKeywords, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("get_frozen_object", Convention::Fast, no_frozen),
        MethodDef::new("init_frozen", Convention::O, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("_frozen_module_names", Convention::NoArgs, |m, _, _| Ok(m.new_list(&[]).value())),
        MethodDef::new("_override_frozen_modules_for_tests", Convention::O, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("_override_multi_interp_extensions_check", Convention::O, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("create_builtin", Convention::O, create_builtin),
        MethodDef::new("exec_builtin", Convention::O, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("create_dynamic", Convention::Fast, |m, _, _| Err(m.import_error("extension modules in files are not supported"))),
        MethodDef::new("exec_dynamic", Convention::O, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("_fix_co_filename", Convention::Fast, fix_filename),
        MethodDef::new("source_hash", Convention::FastKeywords, source_hash),
    ],
    init: Some(|m, dict| {
        let (key, value) = (m.intern("check_hash_based_pycs"), m.str_value("default"));
        dict.insert_str(m, key, value);
        Ok(())
    }),
    doc: "(Extremely) low-level import machinery bits as used by importlib.",
};

fn is_builtin(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let Some(name) = args.pos()[0].downcast::<Str>() else {
        let got = m.type_name(args.pos()[0]);
        return Err(m.type_error(&format!("is_builtin() argument must be str, not {got}")));
    };
    let name = name.to_string_lossy();
    let known = super::names::BUILTIN.binary_search(&&*name).is_ok();
    Ok(Value::small(match &*name {
        "sys" | "builtins" => -1,
        name => i64::from(known && super::native_module(name).is_some()),
    }))
}

fn no_frozen(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let name = args.pos().first().copied().unwrap_or(Value::NONE);
    let text = format!("No such frozen object named {}", m.to_str(name)?.to_string_lossy());
    let class = m.exceptions.import_error;
    Err(m.import_error_for(class, &text, name, Value::NONE, Value::NULL))
}

fn create_builtin(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let key = m.intern("name");
    let name = m.get_attr(args.pos()[0], key)?;
    let Some(name) = name.downcast::<Str>() else {
        return Err(m.type_error("spec.name must be a string"));
    };
    let modules = m.modules;
    if let Some(known) = modules.get_str(m, name) {
        return Ok(known);
    }
    match super::native_module(&name.to_string_lossy()) {
        Some(spec) => m.make_module(spec),
        None => Ok(Value::NONE),
    }
}

fn fix_filename(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_fix_co_filename", 2, 2)?;
    if args[0].downcast::<Code>().is_none() {
        let got = m.type_name(args[0]);
        return Err(m.type_error(&format!("_fix_co_filename() argument 1 must be code, not {got}")));
    }
    // Code is always compiled from the file that it is said to be from.
    Ok(Value::NONE)
}

fn source_hash(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [key, source] = args.bind(m, "source_hash", ["key", "source"], spec)?;
    let key = m.index_i64(key)?;
    let Some(source) = source.downcast::<Bytes>() else {
        return Err(m.type_error("a bytes-like object is required"));
    };
    let hash = crate::text::hash::HashKey::keyed(key.cast_unsigned(), source.contents());
    Ok(m.new_bytes(&hash.to_le_bytes())?.value())
}
