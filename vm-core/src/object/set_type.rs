//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `set`.
pub static SPEC: TypeSpec = TypeSpec::new("set", Instance::LAYOUT);
/// `frozenset`.
pub static FROZEN: TypeSpec = TypeSpec::new("frozenset", Instance::LAYOUT);
/// `set_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("set_iterator", Instance::LAYOUT);
