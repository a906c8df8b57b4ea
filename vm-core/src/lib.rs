//! One compiler, one object model, one definition of every opcode.

pub mod adapt;
pub mod builtins;
pub mod code;
pub mod compile;
pub mod heap;
mod hints;
pub mod machine;
pub mod native;
pub mod object;
pub mod op;
pub mod opcodes;
pub mod ops;
pub mod probe;
pub mod stdlib;
pub mod text;
