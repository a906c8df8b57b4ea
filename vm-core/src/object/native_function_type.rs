//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `builtin_function_or_method`.
pub static SPEC: TypeSpec = TypeSpec::new("builtin_function_or_method", Instance::LAYOUT);
/// `method_descriptor`.
pub static METHOD_DESCRIPTOR: TypeSpec = TypeSpec::new("method_descriptor", Instance::LAYOUT);
/// `classmethod_descriptor`.
pub static CLASSMETHOD_DESCRIPTOR: TypeSpec = TypeSpec::new("classmethod_descriptor", Instance::LAYOUT);
