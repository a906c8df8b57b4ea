//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `wrapper_descriptor`.
pub static SPEC: TypeSpec = TypeSpec::new("wrapper_descriptor", Instance::LAYOUT);
/// `method-wrapper`.
pub static BOUND: TypeSpec = TypeSpec::new("method-wrapper", Instance::LAYOUT);
