//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `dict`.
pub static SPEC: TypeSpec = TypeSpec::new("dict", Instance::LAYOUT);
