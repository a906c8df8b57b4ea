//! The memory of exceptions, and how they are made and chained.

use super::header::Gc;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::Machine;

impl Machine {
    /// A new instance of a builtin exception class, without running Python.
    pub fn new_exception(&mut self, _class: Gc<Type>, _args: &[Value]) -> Value {
        Value::NONE
    }

    /// Sets `__context__` from the exception being handled (not on itself; cycles are cut, as CPython does).
    pub fn chain_context(&mut self, _exception: Value) {}
}
