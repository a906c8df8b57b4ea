//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `complex`.
pub static SPEC: TypeSpec = TypeSpec::new("complex", Instance::LAYOUT);
