//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `async_generator`.
pub static SPEC: TypeSpec = TypeSpec::new("async_generator", Instance::LAYOUT);
/// `async_generator_asend`.
pub static ASEND: TypeSpec = TypeSpec::new("async_generator_asend", Instance::LAYOUT);
/// `async_generator_athrow`.
pub static ATHROW: TypeSpec = TypeSpec::new("async_generator_athrow", Instance::LAYOUT);
/// `async_generator_wrapped_value`.
pub static WRAPPED: TypeSpec = TypeSpec::new("async_generator_wrapped_value", Instance::LAYOUT);
/// `coroutine_wrapper`.
pub static COROUTINE_WRAPPER: TypeSpec = TypeSpec::new("coroutine_wrapper", Instance::LAYOUT);
