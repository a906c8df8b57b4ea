//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `types.SimpleNamespace`.
pub static SPEC: TypeSpec = TypeSpec::new("types.SimpleNamespace", Instance::LAYOUT);
