//! `ImportError` and `ModuleNotFoundError`: `name`, `path` and `name_from` are keyword-only.

use super::base::{self, set_args, this};
use super::fields::{IMPORT_ERROR_MSG, IMPORT_ERROR_NAME, IMPORT_ERROR_NAME_FROM, IMPORT_ERROR_PATH, keywords, member, state_with};
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::object::value::Value;

pub(super) static GETSET: &[GetSetDef] = &[
    member::<IMPORT_ERROR_MSG>("msg"),
    member::<IMPORT_ERROR_NAME>("name"),
    member::<IMPORT_ERROR_PATH>("path"),
    member::<IMPORT_ERROR_NAME_FROM>("name_from"),
];
pub(super) static METHODS: &[MethodDef] = &[MethodDef::new("__reduce__", Convention::NoArgs, reduce)];

pub(super) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let e = this(v);
    set_args(m, e, args.pos());
    let [name, path, name_from] = keywords(m, "ImportError", args, ["name", "path", "name_from"])?;
    e.set_extra(IMPORT_ERROR_NAME, name);
    e.set_extra(IMPORT_ERROR_PATH, path);
    e.set_extra(IMPORT_ERROR_NAME_FROM, name_from);
    e.set_extra(IMPORT_ERROR_MSG, if let [msg] = args.pos() { *msg } else { Value::NULL });
    Ok(())
}

pub(super) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let msg = this(v).extra(IMPORT_ERROR_MSG);
    if !msg.is_null() && m.is_exact_str(msg) { Ok(msg) } else { base::str(m, v) }
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let e = this(v);
    let entries =
        [("name", e.extra(IMPORT_ERROR_NAME)), ("path", e.extra(IMPORT_ERROR_PATH)), ("name_from", e.extra(IMPORT_ERROR_NAME_FROM))];
    let state = if entries.iter().any(|(_, x)| !x.is_null()) { state_with(m, v, &entries).value() } else { e.dict.get() };
    let parts = [m.type_of(v).value(), e.args.get().value(), state];
    let n = if state.is_null() { 2 } else { 3 };
    Ok(m.new_tuple(&parts[..n]).value())
}
