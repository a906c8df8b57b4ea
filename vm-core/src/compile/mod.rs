//! Python source to CPython 3.13 code objects, structured as CPython's compiler is: scopes, code generation
//! into an instruction sequence, flow-graph optimisation, assembly.

pub mod ast;
pub mod ast_dump;
mod assemble;
pub mod flow;
pub mod instr;
mod lower;
pub mod parse;
pub mod repr;
pub mod source;
pub mod syntax_error;
pub mod consts;
mod fold;
mod codegen;
mod repr;
mod symtable;
mod unparse;
pub mod unit;

pub use parse::{Mode, parse, parse_mode};
pub use syntax_error::{SyntaxError, SyntaxErrorClass};
