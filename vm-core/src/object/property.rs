//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `property`.
pub static SPEC: TypeSpec = TypeSpec::new("property", Instance::LAYOUT);
