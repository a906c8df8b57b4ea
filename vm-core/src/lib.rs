//! One compiler, one object model, one definition of every opcode.

pub mod code;
pub mod compile;
pub mod opcodes;
