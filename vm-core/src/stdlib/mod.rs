//! Native modules, one file each.

mod gc;
mod math;
pub mod names;
mod small;
pub(crate) mod sre;
pub mod stdio;
pub(crate) mod struct_seq;
pub mod sys;
mod sys_info;
mod time;
mod weakref;

use crate::machine::Machine;
use crate::native::ModuleSpec;

/// Modules that are made when they are first imported.
static MODULES: &[&ModuleSpec] = &[&gc::SPEC, &math::SPEC, &small::ERRNO, &small::FUTURE, &time::SPEC, &weakref::SPEC];

/// Those of them that work on text, bytes and numbers.
static DATA_MODULES: &[&ModuleSpec] = &[&sre::SPEC];

/// The native module of that name.
pub(crate) fn native_module(name: &str) -> Option<&'static ModuleSpec> {
    MODULES.iter().chain(DATA_MODULES).copied().find(|s| s.name == name)
}

/// Makes `builtins` and `sys` ready, and the other modules importable; `argv` is the program and its arguments.
pub fn install(m: &mut Machine, argv: &[String]) {
    crate::builtins::install(m);
    sys::install(m, argv);
}
