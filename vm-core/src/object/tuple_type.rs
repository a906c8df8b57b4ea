//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `tuple`.
pub static SPEC: TypeSpec = TypeSpec::new("tuple", Instance::LAYOUT);
