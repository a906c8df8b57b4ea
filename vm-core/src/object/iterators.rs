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
