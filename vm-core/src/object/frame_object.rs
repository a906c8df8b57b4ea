//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `frame`.
pub static SPEC: TypeSpec = TypeSpec::new("frame", Instance::LAYOUT);
