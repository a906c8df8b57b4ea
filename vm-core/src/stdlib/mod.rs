//! Native modules, one file each.

pub mod stdio;
pub mod sys;

use crate::machine::Machine;

/// Makes `builtins` and `sys` ready, and the other modules importable; `argv` is the program and its arguments.
pub fn install(m: &mut Machine, argv: &[String]) {
    crate::builtins::install(m);
    sys::install(m, argv);
}
