//! Code objects and what can be read out of them: location and exception tables, disassembly.

mod object;

pub use object::{Assembled, CodeFlags, CodeObject, Const, LocalKind};
