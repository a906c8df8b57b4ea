//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `list`.
pub static SPEC: TypeSpec = TypeSpec::new("list", Instance::LAYOUT);
