//! `_contextvars`: variables whose values belong to a context. A context's values stand in a dict that copies of the context share until
//! one of them is changed, so that copying a context, which every callback of an event loop does, costs little.

mod context;
mod token;
mod variable;

use crate::machine::R;
use crate::native::{Convention, MethodDef, ModuleSpec};

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
