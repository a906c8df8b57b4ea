//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `memoryview`.
pub static SPEC: TypeSpec = TypeSpec::new("memoryview", Instance::LAYOUT);
