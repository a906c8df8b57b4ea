//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `weakref.ReferenceType`.
pub static SPEC: TypeSpec = TypeSpec::new("weakref.ReferenceType", Instance::LAYOUT);
