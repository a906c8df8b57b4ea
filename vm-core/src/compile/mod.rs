//! Python source to CPython 3.13 code objects, structured as CPython's compiler is: scopes, code generation
//! into an instruction sequence, flow-graph optimisation, assembly.

pub mod ast;
mod assemble;
pub mod flow;
pub mod instr;
pub mod consts;
mod fold;
mod symtable;
pub mod unit;
