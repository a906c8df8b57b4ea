//! `code.replace` (and `copy.replace`): a code object like another one in all but some attributes.
//!
//! The byte code and its tables stay as they were compiled: the machine runs nothing that its verifier has not seen.

use super::code::Code;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;
use crate::code::{CodeFlags, CodeObject, LocalKind};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use std::sync::Arc;

/// The keyword parameters, in CPython's order.
const NAMES: [&str; 18] = [
    "co_argcount",
    "co_posonlyargcount",
    "co_kwonlyargcount",
    "co_nlocals",
    "co_stacksize",
    "co_flags",
    "co_firstlineno",
    "co_code",
    "co_consts",
    "co_names",
    "co_varnames",
    "co_freevars",
    "co_cellvars",
    "co_filename",
    "co_name",
    "co_qualname",
    "co_linetable",
    "co_exceptiontable",
];

/// `code.replace(**attributes)`.
pub(super) fn replace(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
    let values = args.bind(m, "replace", NAMES, spec)?;
    let Some(code) = v.downcast::<Code>() else { return Err(m.type_error("a code object was expected")) };
    m.ready_code(code)?;
    let mut new: CodeObject = (**code.source()).clone();
    for (i, &value) in values.iter().enumerate().filter(|(_, v)| !v.is_null()) {
        match NAMES[i] {
            "co_argcount" => new.argcount = count(m, value)?,
            "co_posonlyargcount" => new.posonlyargcount = count(m, value)?,
            "co_kwonlyargcount" => new.kwonlyargcount = count(m, value)?,
            "co_flags" => new.flags = CodeFlags(count(m, value)?),
            "co_firstlineno" => new.firstlineno = count(m, value)?,
            "co_stacksize" => new.stacksize = new.stacksize.max(count(m, value)?),
            "co_filename" => new.filename = text(m, "co_filename", value)?,
            "co_name" => new.name = text(m, "co_name", value)?,
            "co_qualname" => new.qualname = text(m, "co_qualname", value)?,
            "co_names" => new.names = same_number(m, "co_names", value, new.names.len())?,
            "co_varnames" => rename(m, &mut new, "co_varnames", LocalKind::LOCAL, value)?,
            "co_freevars" => rename(m, &mut new, "co_freevars", LocalKind::FREE, value)?,
            "co_cellvars" => rename(m, &mut new, "co_cellvars", LocalKind::CELL, value)?,
            "co_consts" => {
                let Some(consts) = value.downcast::<Tuple>() else {
                    return Err(m.bad_argument("replace", "argument 'co_consts'", "tuple", value));
                };
                if consts.len() < new.consts.len() {
                    return Err(m.value_error("code: co_consts is too small"));
                }
            }
            name => unchanged(m, v, name, value)?,
        }
    }
    let parameters = new.argcount + new.kwonlyargcount;
    if new.posonlyargcount > new.argcount || parameters as usize > new.localsplusnames.len() {
        return Err(m.value_error("code: varnames is too small"));
    }
    // The tuple stands among the arguments.
    let consts = values[8].non_null().and_then(Value::downcast::<Tuple>);
    let replaced = m.new_code_of(&Arc::new(new), Some(consts.as_ref().map_or(code.consts(), |t| t.slice())))?;
    Ok(replaced.value())
}

/// What cannot differ here is accepted if it does not.
fn unchanged(m: &mut Machine, code: Value, name: &str, value: Value) -> R<()> {
    let key = m.intern(name);
    let old = m.get_attr(code, key)?;
    if m.equal(old, value)? {
        return Ok(());
    }
    let class = m.exceptions.not_implemented_error;
    Err(m.raise_message(class, &format!("replacing {name} is not supported")))
}

fn count(m: &mut Machine, value: Value) -> R<u32> {
    let n = m.index_i64(value)?;
    match u32::try_from(n) {
        Ok(n) => Ok(n),
        Err(_) => Err(m.value_error("code: argument out of range")),
    }
}

fn text(m: &mut Machine, name: &str, value: Value) -> R<Arc<str>> {
    match value.downcast::<Str>() {
        Some(s) => Ok(s.to_string_lossy().into()),
        None => Err(m.bad_argument("replace", &format!("argument '{name}'"), "str", value)),
    }
}

fn names(m: &mut Machine, name: &str, value: Value) -> R<Vec<Arc<str>>> {
    let Some(tuple) = value.downcast::<Tuple>() else {
        return Err(m.bad_argument("replace", &format!("argument '{name}'"), "tuple", value));
    };
    let mut out = Vec::new();
    for &item in tuple.slice() {
        match item.downcast::<Str>() {
            Some(s) => out.push(s.to_string_lossy().into()),
            None => {
                let got = m.type_name(item);
                return Err(m.type_error(&format!("name tuples must contain only strings, not '{got}'")));
            }
        }
    }
    Ok(out)
}

fn same_number(m: &mut Machine, name: &str, value: Value, wanted: usize) -> R<Box<[Arc<str>]>> {
    let new = names(m, name, value)?;
    if new.len() < wanted {
        return Err(m.value_error(&format!("code: {name} is too small")));
    }
    Ok(new.into())
}

/// Renames the variables of one kind.
fn rename(m: &mut Machine, code: &mut CodeObject, name: &str, kind: u8, value: Value) -> R<()> {
    let new = names(m, name, value)?;
    let of_kind: Vec<usize> = (0..code.localsplusnames.len()).filter(|&i| code.localspluskinds[i] & kind != 0).collect();
    if new.len() != of_kind.len() {
        return Err(m.value_error(&format!("code: {name} has another number of names")));
    }
    for (i, name) in of_kind.into_iter().zip(new) {
        code.localsplusnames[i] = name;
    }
    Ok(())
}
