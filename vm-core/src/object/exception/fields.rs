//! The words that some exception classes add, and the attributes that show them.

use super::attributes::or_none;
use super::base::{init as base_init, set_args, this};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

pub(crate) const STOP_ITERATION_VALUE: usize = 0;
pub(crate) const SYSTEM_EXIT_CODE: usize = 0;
pub(crate) const NAME_ERROR_NAME: usize = 0;
pub(crate) const ATTRIBUTE_ERROR_NAME: usize = 0;
pub(crate) const ATTRIBUTE_ERROR_OBJ: usize = 1;
pub(crate) const IMPORT_ERROR_MSG: usize = 0;
pub(crate) const IMPORT_ERROR_NAME: usize = 1;
pub(crate) const IMPORT_ERROR_PATH: usize = 2;
pub(crate) const IMPORT_ERROR_NAME_FROM: usize = 3;

fn get<const I: usize>(_: &mut Machine, v: Value) -> R<Value> {
    Ok(or_none(this(v).extra(I)))
}

fn set<const I: usize>(_: &mut Machine, v: Value, value: Value) -> R<()> {
    this(v).set_extra(I, value);
    Ok(())
}

/// The attribute that shows word `I`; deleting it makes it `None`.
pub(crate) const fn member<const I: usize>(name: &'static str) -> GetSetDef {
    GetSetDef { name, get: get::<I>, set: Some(set::<I>) }
}

pub(super) static STOP_ITERATION: &[GetSetDef] = &[member::<STOP_ITERATION_VALUE>("value")];
pub(super) static SYSTEM_EXIT: &[GetSetDef] = &[member::<SYSTEM_EXIT_CODE>("code")];
pub(super) static NAME_ERROR: &[GetSetDef] = &[member::<NAME_ERROR_NAME>("name")];
pub(super) static ATTRIBUTE_ERROR: &[GetSetDef] = &[member::<ATTRIBUTE_ERROR_NAME>("name"), member::<ATTRIBUTE_ERROR_OBJ>("obj")];
pub(super) static ATTRIBUTE_ERROR_METHODS: &[MethodDef] = &[
    MethodDef::new("__getstate__", Convention::NoArgs, attribute_error_getstate),
    MethodDef::new("__reduce__", Convention::NoArgs, attribute_error_reduce),
];

pub(super) fn stop_iteration_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    this(v).set_extra(STOP_ITERATION_VALUE, args.pos().first().copied().unwrap_or(Value::NONE));
    Ok(())
}

pub(super) fn system_exit_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    base_init(m, v, args)?;
    let e = this(v);
    match args.pos() {
        [] => {}
        [code] => e.set_extra(SYSTEM_EXIT_CODE, *code),
        _ => e.set_extra(SYSTEM_EXIT_CODE, e.args.get().value()),
    }
    Ok(())
}

/// Keyword arguments of a class whose positional ones are `args`: one value for each name, `NULL` if absent.
pub(super) fn keywords<const N: usize>(m: &mut Machine, class: &str, args: Args<'_>, names: [&str; N]) -> R<[Value; N]> {
    let mut out = [Value::NULL; N];
    let given = args.all().len() - args.len();
    if given > N {
        let s = if N == 1 { "" } else { "s" };
        return Err(m.type_error(&format!("{class}() takes at most {N} keyword argument{s} ({given} given)")));
    }
    for (key, value) in args.keywords() {
        let text = key.as_static_str();
        match names.iter().position(|&n| n == text) {
            Some(i) => out[i] = value,
            None => {
                let hint = crate::object::suggest::closest(text, names.iter().copied());
                let hint = hint.map_or_else(String::new, |n| format!(". Did you mean '{n}'?"));
                return Err(m.type_error(&format!("{class}() got an unexpected keyword argument '{text}'{hint}")));
            }
        }
    }
    Ok(out)
}

pub(super) fn name_error_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    set_args(m, this(v), args.pos());
    let [name] = keywords(m, "NameError", args, ["name"])?;
    this(v).set_extra(NAME_ERROR_NAME, name);
    Ok(())
}

pub(super) fn attribute_error_init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    set_args(m, this(v), args.pos());
    let [name, obj] = keywords(m, "AttributeError", args, ["name", "obj"])?;
    this(v).set_extra(ATTRIBUTE_ERROR_NAME, name);
    this(v).set_extra(ATTRIBUTE_ERROR_OBJ, obj);
    Ok(())
}

/// A copy of the exception's `__dict__` (empty if it has none) with some entries added.
pub(super) fn state_with(m: &mut Machine, v: Value, entries: &[(&str, Value)]) -> Gc<Dict> {
    let state = match this(v).dict.get().downcast::<Dict>() {
        Some(dict) => dict.copy(m),
        None => m.new_dict(),
    };
    for &(name, value) in entries.iter().filter(|(_, value)| !value.is_null()) {
        let name = m.intern(name);
        state.insert_str(m, name, value);
    }
    state
}

fn attribute_error_getstate(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let e = this(v);
    let entries = [("name", e.extra(ATTRIBUTE_ERROR_NAME)), ("args", e.args.get().value())];
    Ok(state_with(m, v, &entries).value())
}

fn attribute_error_reduce(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let state = attribute_error_getstate(m, v, args)?;
    let parts = [m.type_of(v).value(), this(v).args.get().value(), state];
    Ok(m.new_tuple(&parts).value())
}

/// `KeyError.__str__`: the only argument's `repr`.
pub(super) fn key_error_str(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).args.get().items() {
        [key] => Ok(m.repr(*key)?.value()),
        _ => super::base::str(m, v),
    }
}

/// Checks a `str` argument as `PyArg_ParseTuple`'s `U` does.
pub(super) fn str_argument(m: &mut Machine, number: usize, v: Value) -> R<Gc<Str>> {
    match v.downcast::<Str>() {
        Some(s) => Ok(s),
        None => {
            let got = m.type_name(v);
            let got = if v.is_none() { "None" } else { &got };
            Err(m.type_error(&format!("argument {number} must be str, not {got}")))
        }
    }
}
