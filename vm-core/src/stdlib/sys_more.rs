//! The part of `sys` that few programs call: hooks that are only remembered, introspection of frames and caches, what is always refused.

use crate::machine::tracing::Observer;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::struct_seq_fields;

/// Adds what is no function.
pub(super) fn install(m: &mut Machine, dict: Gc<Dict>) {
    for (name, original) in [("unraisablehook", "__unraisablehook__"), ("breakpointhook", "__breakpointhook__")] {
        let (name, original) = (m.intern(name), m.intern(original));
        if let Some(f) = dict.get_str(m, name) {
            dict.insert_str(m, original, f);
        }
    }
    let git = ["CPython", "", ""].map(|s| m.str_value(s));
    let git = m.new_tuple(&git).value();
    let empty = m.str_value("");
    for (name, v) in [("_git", git), ("_framework", empty), ("_home", Value::NONE), ("_base_executable", empty)] {
        let name = m.intern(name);
        dict.insert_str(m, name, v);
    }
}

fn frame_module_name(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [depth] = args.bind(m, "_getframemodulename", ["depth"], spec)?;
    let depth = if depth.is_null() { 0 } else { m.index_argument(depth)? };
    let key = m.names.name;
    Ok(match m.frame_at_depth(usize::try_from(depth).unwrap_or(0)) {
        Some(frame) => frame.globals().get_str(m, key).unwrap_or(Value::NONE),
        None => Value::NONE,
    })
}

/// The program's own `sys.unraisablehook`, if it has set one.
pub(crate) fn unraisable_hook(m: &mut Machine) -> Option<Value> {
    let hook = m.sys_attribute("unraisablehook").ok()?;
    let original = m.sys_attribute("__unraisablehook__").ok()?;
    (!hook.is_none() && !hook.is(original)).then_some(hook)
}

/// What such a hook is called with.
pub(crate) fn unraisable_args(m: &mut Machine, exception: Value, culprit: Value) -> R<Value> {
    let class = match m.lib.unraisable_args.downcast() {
        Some(class) => class,
        None => {
            let fields = struct_seq_fields!["exc_type" = 0, "exc_value" = 1, "exc_traceback" = 2, "err_msg" = 3, "object" = 4];
            let class = m.new_struct_seq_class("sys", "UnraisableHookArgs", fields)?;
            m.lib.unraisable_args = class.value();
            class
        }
    };
    let name = m.intern("__traceback__");
    let traceback = m.get_attr(exception, name)?;
    let items = [m.type_of(exception).value(), exception, traceback, Value::NONE, culprit];
    Ok(m.new_tuple_of(class, &items).value())
}

fn default_unraisable_hook(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let info = args.pos()[0];
    let attribute = |m: &mut Machine, name: &str| -> R<Value> {
        let name = m.intern(name);
        Ok(m.get_attr_opt(info, name)?.unwrap_or(Value::NONE))
    };
    let (message, object, exception) = (attribute(m, "err_msg")?, attribute(m, "object")?, attribute(m, "exc_value")?);
    let mut text = match message.downcast::<Str>() {
        Some(s) => s.to_string_lossy().into_owned(),
        None => "Exception ignored in".to_owned(),
    };
    if !object.is_none() {
        text.push_str(": ");
        text.push_str(&m.shown(object));
    } else if !message.is_none() {
        text.push(':');
    }
    text.push('\n');
    m.write_stderr(&text);
    if !exception.is_none() {
        m.display_exception(exception);
    }
    Ok(Value::NONE)
}

fn asyncgen_hooks(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let given = args.bind(m, "set_asyncgen_hooks", ["firstiter", "finalizer"], spec)?;
    for (i, (v, name)) in given.into_iter().zip(["firstiter", "finalizer"]).enumerate() {
        if v.is_null() {
            continue;
        }
        if !v.is_none() && m.type_of(v).slot(|s| s.call).is_none() {
            let got = m.type_name(v);
            return Err(m.type_error(&format!("callable {name} expected, got {got}")));
        }
        m.lib.asyncgen_hooks[i] = if v.is_none() { Value::NULL } else { v };
    }
    Ok(Value::NONE)
}

fn get_asyncgen_hooks(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let hooks = m.lib.asyncgen_hooks.map(|v| v.non_null().unwrap_or(Value::NONE));
    let class = match m.lib.asyncgen_hooks_class.downcast() {
        Some(class) => class,
        None => {
            let class = m.new_struct_seq_class("sys", "asyncgen_hooks", struct_seq_fields!["firstiter" = 0, "finalizer" = 1])?;
            m.lib.asyncgen_hooks_class = class.value();
            class
        }
    };
    Ok(m.new_tuple_of(class, &hooks).value())
}

/// Calls what `PYTHONBREAKPOINT` names, `pdb.set_trace` by default.
fn breakpoint_hook(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let (os, environ, get) = (m.import_name("os")?, m.intern("environ"), m.intern("get"));
    let (environ, key) = (m.get_attr(os, environ)?, m.str_value("PYTHONBREAKPOINT"));
    let named = m.call_method(environ, get, &[key])?;
    let path = match named.downcast::<Str>().map(|s| s.to_string_lossy().into_owned()) {
        Some(path) if path == "0" => return Ok(Value::NONE),
        Some(path) if !path.is_empty() => path,
        _ => "pdb.set_trace".to_owned(),
    };
    let (module, name) = path.rsplit_once('.').unwrap_or(("builtins", &path));
    let found = match m.import_name(module) {
        Ok(module) => {
            let name = m.intern(name);
            m.get_attr(module, name)
        }
        Err(raised) => Err(raised),
    };
    match found {
        Ok(hook) => m.call_args(hook, args),
        Err(_) => {
            m.take_raised();
            let category = m.exceptions.runtime_warning;
            m.warn(category, &format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{path}\""), 1)?;
            Ok(Value::NONE)
        }
    }
}

/// The functions.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("_getframemodulename", Convention::FastKeywords, frame_module_name),
    MethodDef::new("unraisablehook", Convention::O, default_unraisable_hook),
    MethodDef::new("breakpointhook", Convention::FastKeywords, breakpoint_hook),
    MethodDef::new("get_asyncgen_hooks", Convention::NoArgs, get_asyncgen_hooks),
    MethodDef::new("set_asyncgen_hooks", Convention::VarArgsKeywords, asyncgen_hooks),
    MethodDef::new("get_coroutine_origin_tracking_depth", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("set_coroutine_origin_tracking_depth", Convention::FastKeywords, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("addaudithook", Convention::FastKeywords, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("_clear_type_cache", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("_clear_internal_caches", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("is_stack_trampoline_active", Convention::NoArgs, |_, _, _| Ok(Value::FALSE)),
    MethodDef::new("_is_gil_enabled", Convention::NoArgs, |_, _, _| Ok(Value::TRUE)),
    MethodDef::new("getallocatedblocks", Convention::NoArgs, |_, _, _| Ok(Value::small(0))),
    MethodDef::new("getunicodeinternedsize", Convention::FastKeywords, |m, _, _| {
        let n = m.interned.len();
        Ok(m.int_from_usize(n))
    }),
    MethodDef::new("_is_interned", Convention::O, |m, _, args| match args.pos()[0].downcast::<Str>() {
        Some(s) => Ok(Value::from_bool(s.is_interned())),
        None => {
            let got = m.type_name(args.pos()[0]);
            Err(m.type_error(&format!("_is_interned() argument must be str, not {got}")))
        }
    }),
    MethodDef::new("_current_frames", Convention::NoArgs, |m, _, _| {
        let (dict, frame) = (m.new_dict(), m.frame_at_depth(0).map_or(Value::NONE, Gc::value));
        let thread = super::thread::ident(m);
        dict.insert(m, Value::small(thread), frame)?;
        Ok(dict.value())
    }),
    MethodDef::new("_current_exceptions", Convention::NoArgs, |m, _, _| {
        let (dict, handled) = (m.new_dict(), m.handled().non_null().unwrap_or(Value::NONE));
        let thread = super::thread::ident(m);
        dict.insert(m, Value::small(thread), handled)?;
        Ok(dict.value())
    }),
    MethodDef::new("_settraceallthreads", Convention::O, |m, _, args| {
        m.set_trace_function(Observer::Trace, args.pos()[0]);
        Ok(Value::NONE)
    }),
    MethodDef::new("_setprofileallthreads", Convention::O, |m, _, args| {
        m.set_trace_function(Observer::Profile, args.pos()[0]);
        Ok(Value::NONE)
    }),
    MethodDef::new("getdlopenflags", Convention::NoArgs, |_, _, _| Ok(Value::small(2))),
    MethodDef::new("setdlopenflags", Convention::O, |_, _, _| Ok(Value::NONE)),
    MethodDef::new("call_tracing", Convention::Fast, |m, _, args| {
        let args = args.between(m, "call_tracing", 2, 2)?;
        m.call_applied(args[0], args[1], Value::NULL)
    }),
];
