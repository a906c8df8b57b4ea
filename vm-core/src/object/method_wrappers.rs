//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `classmethod`.
pub static CLASSMETHOD: TypeSpec = TypeSpec::new("classmethod", Instance::LAYOUT);
/// `staticmethod`.
pub static STATICMETHOD: TypeSpec = TypeSpec::new("staticmethod", Instance::LAYOUT);
