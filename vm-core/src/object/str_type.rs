//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `str`.
pub static SPEC: TypeSpec = TypeSpec::new("str", Instance::LAYOUT);
/// `str_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("str_iterator", Instance::LAYOUT);
/// `str_ascii_iterator`.
pub static ASCII_ITER: TypeSpec = TypeSpec::new("str_ascii_iterator", Instance::LAYOUT);
