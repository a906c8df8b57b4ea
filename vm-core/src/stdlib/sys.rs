//! `sys`.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::value::Value;

/// Makes the module; `argv` is the program and its arguments.
pub fn install(m: &mut Machine, argv: &[String]) {
    let name = m.intern("sys");
    let module = m.new_module(name);
    let modules = m.modules;
    modules.insert_str(m, name, module);
    let dict = m.module_dict(module);
    for def in FUNCTIONS.iter().chain(super::sys_info::FUNCTIONS).chain(super::sys_more::FUNCTIONS) {
        let f = m.new_native_function(def, module, name.value()).value();
        let key = m.intern(def.name);
        dict.insert_str(m, key, f);
        if def.name == "excepthook" {
            let original = m.intern("__excepthook__");
            dict.insert_str(m, original, f);
        }
    }
    let args = m.new_list(&[]);
    for a in argv {
        let s = m.str_value(a);
        args.push(m, s);
    }
    let program = crate::machine::import_find::absolute(argv.first().map_or("", String::as_str));
    let program = std::fs::canonicalize(&program).unwrap_or_else(|_| program.into());
    let directory = program.parent().map(|d| d.to_string_lossy().into_owned()).unwrap_or_default();
    let first = m.str_value(&directory);
    let path = m.new_list(&[first]);
    if let Some(stdlib) = m.imports.stdlib.clone() {
        let stdlib = m.str_value(&stdlib.to_string_lossy());
        path.push(m, stdlib);
    }
    let version = "3.13.0 (main, Oct  7 2024, 00:00:00) [dispatch harness]";
    let streams: Vec<Value> = (0..3).map(|fd| m.standard_stream(fd).unwrap_or(Value::NONE)).collect();
    let entries = [
        ("argv", args.value()),
        ("path", path.value()),
        ("modules", modules.value()),
        ("version", m.str_value(version)),
        ("hexversion", Value::small(0x030d_00f0)),
        ("platform", m.str_value("linux")),
        ("byteorder", m.str_value("little")),
        ("maxsize", m.new_int(i64::MAX)),
        ("maxunicode", Value::small(0x10_ffff)),
        ("executable", m.str_value("")),
        ("stdin", streams[0]),
        ("stdout", streams[1]),
        ("stderr", streams[2]),
        ("__stdin__", streams[0]),
        ("__stdout__", streams[1]),
        ("__stderr__", streams[2]),
    ];
    for (key, value) in entries {
        let key = m.intern(key);
        dict.insert_str(m, key, value);
    }
    super::sys_more::install(m, dict);
    if super::sys_info::install(m, dict).is_err() {
        m.take_raised();
    }
}

impl Machine {
    /// `sys.name`, or `None` if it is not there.
    pub fn sys_attribute(&mut self, name: &str) -> R<Value> {
        let key = self.intern("sys");
        let modules = self.modules;
        let Some(module) = modules.get_str(self, key) else { return Ok(Value::NONE) };
        let name = self.intern(name);
        Ok(self.get_attr_opt(module, name)?.unwrap_or(Value::NONE))
    }
}

fn exit(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "exit", 0, 1)?;
    let class = m.exceptions.system_exit;
    Err(m.raise_with(class, args))
}

fn getrecursionlimit(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::small(m.recursion_limit))
}

fn setrecursionlimit(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let limit = m.index_i64(args.pos()[0])?;
    if limit < 1 {
        return Err(m.value_error("recursion limit must be greater or equal than 1"));
    }
    let used = m.recursion_limit - m.recursion_left;
    if used >= limit {
        return Err(
            m.recursion_error(&format!("cannot set the recursion limit to {limit} at the recursion depth {used}: the limit is too low"))
        );
    }
    m.recursion_limit = limit;
    m.recursion_left = limit - used;
    Ok(Value::NONE)
}

fn intern(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    match args.pos()[0].downcast() {
        Some(s) => Ok(m.intern_str(s).value()),
        None => {
            let got = m.type_name(args.pos()[0]);
            Err(m.type_error(&format!("intern() argument must be str, not {got}")))
        }
    }
}

fn exception(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let e = m.handled();
    Ok(if e.is_null() { Value::NONE } else { e })
}

fn exc_info(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let e = m.handled();
    let items = if e.is_null() {
        [Value::NONE; 3]
    } else {
        let class = m.type_of(e).value();
        [class, e, m.traceback_of(e)]
    };
    Ok(m.new_tuple(&items).value())
}

fn getsizeof(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let name = m.names.sizeof;
    let v = args.pos()[0];
    m.call_method(v, name, &[])
}

static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("exit", Convention::Fast, exit),
    MethodDef::new("getrecursionlimit", Convention::NoArgs, getrecursionlimit),
    MethodDef::new("setrecursionlimit", Convention::O, setrecursionlimit),
    MethodDef::new("intern", Convention::O, intern),
    MethodDef::new("exception", Convention::NoArgs, exception),
    MethodDef::new("excepthook", Convention::Fast, |m, _, args| m.sys_excepthook(args)),
    MethodDef::new("_getframe", Convention::Fast, |m, _, args| m.sys_getframe(args)),
    MethodDef::new("exc_info", Convention::NoArgs, exc_info),
    MethodDef::new("getsizeof", Convention::O, getsizeof),
];
