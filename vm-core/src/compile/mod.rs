//! Python source to CPython 3.13 code objects, structured as CPython's compiler is: scopes, code generation
//! into an instruction sequence, flow-graph optimisation, assembly.

pub mod ast;
pub mod ast_build;
pub mod ast_dump;
pub mod ast_tree;
mod codegen;
pub mod consts;
mod deep;
mod diagnose;
mod entry;
mod fast;
mod flow;
mod fold;
mod future;
pub mod instr;
mod interactive;
pub mod lexer;
pub mod literal;
mod lower;
mod names;
pub mod parse;
mod pool;
mod slots;
pub mod source;
mod symtable;
pub mod syntax_error;
pub mod tokenize;
pub mod type_ignores;
pub mod unit;
mod unparse;
mod warnings;

pub use entry::{CompileOptions, Compiled, compile_module, compile_tree, compile_warned, compile_with, parse_with, symbol_table};
pub use interactive::incomplete;
pub(crate) use lower::character_named;
pub use parse::{Mode, parse, parse_mode};
pub use symtable::NamedBlock;
pub use syntax_error::{SyntaxError, SyntaxErrorClass};
pub use warnings::CompileWarning;
