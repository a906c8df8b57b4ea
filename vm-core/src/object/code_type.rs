//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `code`.
pub static SPEC: TypeSpec = TypeSpec::new("code", Instance::LAYOUT);
