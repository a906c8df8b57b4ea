//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `bytearray`.
pub static SPEC: TypeSpec = TypeSpec::new("bytearray", Instance::LAYOUT);
/// `bytearray_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("bytearray_iterator", Instance::LAYOUT);
