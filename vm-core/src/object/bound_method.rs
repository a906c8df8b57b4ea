//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `method`.
pub static SPEC: TypeSpec = TypeSpec::new("method", Instance::LAYOUT);
