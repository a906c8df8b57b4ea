//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `iterator`.
pub static SEQ: TypeSpec = TypeSpec::new("iterator", Instance::LAYOUT);
/// `callable_iterator`.
pub static CALLABLE: TypeSpec = TypeSpec::new("callable_iterator", Instance::LAYOUT);
/// `list_iterator`.
pub static LIST: TypeSpec = TypeSpec::new("list_iterator", Instance::LAYOUT);
/// `list_reverseiterator`.
pub static LIST_REVERSE: TypeSpec = TypeSpec::new("list_reverseiterator", Instance::LAYOUT);
/// `tuple_iterator`.
pub static TUPLE: TypeSpec = TypeSpec::new("tuple_iterator", Instance::LAYOUT);

impl crate::machine::Machine {
    /// The iterator of a class that has `__getitem__` but no `__iter__`.
    pub fn new_seq_iter(&mut self, _object: super::value::Value) -> crate::machine::R<super::value::Value> {
        Err(self.not_implemented_error("iteration by __getitem__"))
    }
}
