//! `repr`, `str`, `ascii`, `format`.

use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

impl Machine {
    /// `repr(object)`.
    pub fn repr(&mut self, _object: Value) -> R<Gc<Str>> {
        Err(self.system_error("repr"))
    }

    /// `str(object)`.
    pub fn to_str(&mut self, _object: Value) -> R<Gc<Str>> {
        Err(self.system_error("to_str"))
    }

    /// `ascii(object)`.
    pub fn ascii(&mut self, _object: Value) -> R<Gc<Str>> {
        Err(self.system_error("ascii"))
    }

    /// `format(object, spec)`.
    pub fn format(&mut self, _object: Value, _spec: Gc<Str>) -> R<Gc<Str>> {
        Err(self.system_error("format"))
    }
}
