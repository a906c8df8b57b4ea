//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `function`.
pub static SPEC: TypeSpec = TypeSpec::new("function", Instance::LAYOUT);
