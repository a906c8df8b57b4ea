//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `bytes`.
pub static SPEC: TypeSpec = TypeSpec::new("bytes", Instance::LAYOUT);
/// `bytes_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("bytes_iterator", Instance::LAYOUT);
