//! `getattr` and its kin, `isinstance`, `callable`, `id`, `vars`, `dir`, `globals`, `locals`, `__build_class__`.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

fn name(m: &mut Machine, v: Value, function: &str) -> R<Gc<Str>> {
    match v.downcast::<Str>() {
        Some(s) => Ok(m.intern_str(s)),
        None => {
            let got = m.type_name(v);
            let _ = function;
            Err(m.type_error(&format!("attribute name must be string, not '{got}'")))
        }
    }
}

fn getattr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "getattr", 2, 3)?;
    let key = name(m, args[1], "getattr")?;
    match args.get(2) {
        None => m.get_attr(args[0], key),
        Some(&default) => Ok(m.get_attr_opt(args[0], key)?.unwrap_or(default)),
    }
}

fn hasattr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "hasattr", 2, 2)?;
    let key = name(m, args[1], "hasattr")?;
    Ok(Value::from_bool(m.get_attr_opt(args[0], key)?.is_some()))
}

fn setattr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "setattr", 3, 3)?;
    let key = name(m, args[1], "setattr")?;
    m.set_attr(args[0], key, args[2])?;
    Ok(Value::NONE)
}

fn delattr(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "delattr", 2, 2)?;
    let key = name(m, args[1], "delattr")?;
    m.set_attr(args[0], key, Value::NULL)?;
    Ok(Value::NONE)
}

fn isinstance(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "isinstance", 2, 2)?;
    Ok(Value::from_bool(m.is_instance(args[0], args[1])?))
}

fn issubclass(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "issubclass", 2, 2)?;
    Ok(Value::from_bool(m.is_subclass(args[0], args[1])?))
}

fn callable(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    Ok(Value::from_bool(m.type_of(args.pos()[0]).slot(|s| s.call).is_some()))
}

fn id(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    Ok(m.int_from_bigint(crate::object::object_type::address(args.pos()[0]).into()))
}

fn vars(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    match *args.between(m, "vars", 0, 1)? {
        [object] => {
            let dict = m.names.dict;
            match m.get_attr_opt(object, dict)? {
                Some(v) => Ok(v),
                None => Err(m.type_error("vars() argument must have __dict__ attribute")),
            }
        }
        _ => m.current_locals(),
    }
}

fn dir(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let names = match *args.between(m, "dir", 0, 1)? {
        [object] => {
            let name = m.names.dir;
            match m.lookup_special(object, name)? {
                Some(f) => m.call(f, &[])?,
                None => return Err(m.type_error("object does not provide __dir__")),
            }
        }
        _ => {
            let locals = m.current_locals()?;
            let keys = m.names.keys;
            m.call_method(locals, keys, &[])?
        }
    };
    let items = m.collect(names)?;
    let list = m.list_from_vec(items);
    m.sort_list(list, Args::positional(&[]))?;
    Ok(list.value())
}

fn globals(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    m.current_globals()
}

fn locals(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    m.current_locals()
}

fn build_class(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    m.build_class_from_args(args)
}

/// The functions.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("getattr", Convention::Fast, getattr),
    MethodDef::new("hasattr", Convention::Fast, hasattr),
    MethodDef::new("setattr", Convention::Fast, setattr),
    MethodDef::new("delattr", Convention::Fast, delattr),
    MethodDef::new("isinstance", Convention::Fast, isinstance),
    MethodDef::new("issubclass", Convention::Fast, issubclass),
    MethodDef::new("callable", Convention::O, callable),
    MethodDef::new("id", Convention::O, id),
    MethodDef::new("vars", Convention::VarArgs, vars),
    MethodDef::new("dir", Convention::VarArgs, dir),
    MethodDef::new("globals", Convention::NoArgs, globals),
    MethodDef::new("locals", Convention::NoArgs, locals),
    MethodDef::new("__build_class__", Convention::FastKeywords, build_class),
];
