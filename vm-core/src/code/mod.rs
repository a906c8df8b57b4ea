//! Code objects and what can be read out of them: location and exception tables, disassembly, verification.

mod const_repr;
mod dis;
mod dis_args;
mod exceptions;
mod instructions;
mod int;
mod locations;
mod object;
mod op_info;
pub mod packed;
mod set_order;
mod stack_effect;
mod verify;

pub use const_repr::{code_repr, const_repr, str_repr};
pub use dis::{CodeView, DisOptions, StaticView, disassemble, disassemble_one};
pub use dis_args::cache_format;
pub(crate) use dis_args::{BINARY_OPERATORS, INTRINSICS_1, INTRINSICS_2};
pub use exceptions::{ExceptionEntries, ExceptionEntry, exception_entries, exception_entry_at};
pub use instructions::{Decoded, Instructions, instructions};
pub use int::Int;
pub use locations::{Span, Spans, lines, location_at, spans};
pub use object::{Assembled, CodeFlags, CodeObject, Const, Form, LocalKind};
pub use op_info::Operand;
pub(crate) use set_order::looks_interned;
pub(crate) use stack_effect::usual_effect;
pub use stack_effect::{popped_pushed, stack_effect};
pub use verify::{VerifiedCode, VerifiedInstr, VerifyError, verify};
