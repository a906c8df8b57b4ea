//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `type`.
pub static SPEC: TypeSpec = TypeSpec::new("type", Instance::LAYOUT);
