//! Iteration, subscription, length, membership.

use crate::machine::{Machine, R};
use crate::object::buffer::ValueVec;
use crate::object::value::Value;

impl Machine {
    /// `iter(object)`.
    pub fn iter(&mut self, _object: Value) -> R<Value> {
        Err(self.system_error("iter"))
    }

    /// `next(iterator)`; `None` when exhausted.
    pub fn next(&mut self, _iterator: Value) -> R<Option<Value>> {
        Err(self.system_error("next"))
    }

    /// All items of an iterable.
    pub fn collect(&mut self, _iterable: Value) -> R<ValueVec> {
        Err(self.system_error("collect"))
    }

    /// `len(object)`.
    pub fn len(&mut self, _object: Value) -> R<usize> {
        Err(self.system_error("len"))
    }

    /// `operator.length_hint(object, default)`.
    pub fn length_hint(&mut self, _object: Value, default: usize) -> R<usize> {
        Ok(default)
    }

    /// `object[key]`.
    pub fn get_item(&mut self, _object: Value, _key: Value) -> R<Value> {
        Err(self.system_error("get_item"))
    }

    /// `object[key] = value`; `NULL` deletes.
    pub fn set_item(&mut self, _object: Value, _key: Value, _value: Value) -> R<()> {
        Err(self.system_error("set_item"))
    }

    /// `item in container`.
    pub fn contains(&mut self, _container: Value, _item: Value) -> R<bool> {
        Err(self.system_error("contains"))
    }
}
