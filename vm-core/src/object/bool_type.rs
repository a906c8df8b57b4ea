//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `bool`.
pub static SPEC: TypeSpec = TypeSpec::new("bool", Instance::LAYOUT);
