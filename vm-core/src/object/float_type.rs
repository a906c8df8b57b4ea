//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `float`.
pub static SPEC: TypeSpec = TypeSpec::new("float", Instance::LAYOUT);
