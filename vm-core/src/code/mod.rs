//! Code objects and what can be read out of them: location and exception tables, disassembly.

mod object;
mod op_info;
mod stack_effect;

pub use object::{Assembled, CodeFlags, CodeObject, Const, LocalKind};
pub use op_info::Operand;
pub use stack_effect::{popped_pushed, stack_effect};
