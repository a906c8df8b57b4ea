//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `cell`.
pub static SPEC: TypeSpec = TypeSpec::new("cell", Instance::LAYOUT);
