//! The abstract operations on any object (CPython's `abstract.c`, `object.c`), as methods of the machine.

mod attributes;
mod binary;
mod calls;
mod containers;
mod matching;
mod numbers;
mod text;

pub use binary::BinaryOp;
