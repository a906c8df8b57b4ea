//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `mappingproxy`.
pub static SPEC: TypeSpec = TypeSpec::new("mappingproxy", Instance::LAYOUT);
