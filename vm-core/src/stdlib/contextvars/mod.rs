//! `_contextvars`: variables whose values belong to a context. A context's values stand in a dict that copies of the context share until
//! one of them is changed, so that copying a context, which every callback of an event loop does, costs little.

mod context;
mod token;
mod variable;

use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_contextvars",
    functions: &[MethodDef::new("copy_context", Convention::NoArgs, |m, _, _| {
        let current = context::current(m);
        Ok(context::copy(m, current))
    })],
    init: Some(|m, dict| -> R<()> {
        m.add_native_types(dict, &[&context::CONTEXT, &variable::VARIABLE, &token::TOKEN]);
        Ok(())
    }),
    doc: "Context Variables",
};

/// A copy of the current context.
pub(super) fn copy_current(m: &mut Machine) -> Value {
    let current = context::current(m);
    context::copy(m, current)
}

/// Makes a context the current one, until [`exit`].
pub(super) fn enter(m: &mut Machine, v: Value) -> R<()> {
    match v.downcast() {
        Some(context) => context::enter(m, context),
        None => Err(m.type_error("an instance of Context was expected")),
    }
}

/// Leaves the current context, which must be this one.
pub(super) fn exit(m: &mut Machine, v: Value) -> R<()> {
    match v.downcast() {
        Some(context) => context::exit(m, context),
        None => Err(m.type_error("an instance of Context was expected")),
    }
}

/// A variable that a native module has.
pub(super) fn new_variable(m: &mut Machine, name: &str) -> Value {
    let name = m.str_value(name);
    variable::new_variable(m, name)
}

/// The value of a variable in the current context, if it has one there.
pub(super) fn get(m: &mut Machine, variable: Value) -> R<Option<Value>> {
    context::current(m).values.get().get(m, variable)
}

/// Sets a variable in the current context.
pub(super) fn set(m: &mut Machine, variable: Value, value: Value) -> R<()> {
    let context = context::current(m);
    context::own_values(m, context).insert(m, variable, value)?;
    Ok(())
}
