//! The memory of exceptions, and how they are made and chained.

use super::header::Gc;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::Machine;

/// Layout of a builtin exception class whose instances have more than their base's; `None` to take the base's.
pub(crate) fn layout_of_class(_name: &str) -> Option<&'static super::header::Layout> {
    None
}

/// Gives the exception classes their slots and methods, at start-up.
pub(crate) fn finish(_m: &mut Machine) {}

impl Machine {
    /// A new instance of a builtin exception class, without running Python.
    pub fn new_exception(&mut self, _class: Gc<Type>, _args: &[Value]) -> Value {
        Value::NONE
    }

    /// Sets `__context__` from the exception being handled (not on itself; cycles are cut, as CPython does).
    pub fn chain_context(&mut self, _exception: Value) {}
}
