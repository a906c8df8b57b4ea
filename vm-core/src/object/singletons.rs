//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `NoneType`.
pub static NONE: TypeSpec = TypeSpec::new("NoneType", Instance::LAYOUT);
/// `NotImplementedType`.
pub static NOT_IMPLEMENTED: TypeSpec = TypeSpec::new("NotImplementedType", Instance::LAYOUT);
/// `ellipsis`.
pub static ELLIPSIS: TypeSpec = TypeSpec::new("ellipsis", Instance::LAYOUT);
