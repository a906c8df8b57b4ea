//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `module`.
pub static SPEC: TypeSpec = TypeSpec::new("module", Instance::LAYOUT);
