//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `generator`.
pub static SPEC: TypeSpec = TypeSpec::new("generator", Instance::LAYOUT);
/// `coroutine`.
pub static COROUTINE: TypeSpec = TypeSpec::new("coroutine", Instance::LAYOUT);
