//! Native modules, one file each.

pub mod names;
pub mod stdio;
pub mod sys;

use crate::machine::Machine;
use crate::native::ModuleSpec;

/// Modules that are made when they are first imported.
static MODULES: &[&ModuleSpec] = &[];

/// The native module of that name.
pub(crate) fn native_module(name: &str) -> Option<&'static ModuleSpec> {
    MODULES.iter().copied().find(|s| s.name == name)
}

/// Makes `builtins` and `sys` ready, and the other modules importable; `argv` is the program and its arguments.
pub fn install(m: &mut Machine, argv: &[String]) {
    crate::builtins::install(m);
    sys::install(m, argv);
}
