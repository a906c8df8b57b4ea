//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `object`.
pub static SPEC: TypeSpec = TypeSpec::new("object", Instance::LAYOUT);
