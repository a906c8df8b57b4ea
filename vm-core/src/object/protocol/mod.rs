//! The abstract operations on any object (CPython's `abstract.c`, `object.c`), as methods of the machine.

mod attributes;
mod calls;
mod matching;
mod containers;
mod numbers;
mod text;

pub use numbers::BinaryOp;
