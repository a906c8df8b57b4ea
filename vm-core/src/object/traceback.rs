//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `traceback`.
pub static SPEC: TypeSpec = TypeSpec::new("traceback", Instance::LAYOUT);
