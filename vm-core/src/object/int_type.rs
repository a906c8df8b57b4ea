//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `int`.
pub static SPEC: TypeSpec = TypeSpec::new("int", Instance::LAYOUT);
