//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `super`.
pub static SPEC: TypeSpec = TypeSpec::new("super", Instance::LAYOUT);
