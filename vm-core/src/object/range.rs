//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `range`.
pub static SPEC: TypeSpec = TypeSpec::new("range", Instance::LAYOUT);
/// `range_iterator`.
pub static ITER: TypeSpec = TypeSpec::new("range_iterator", Instance::LAYOUT);
/// `longrange_iterator`.
pub static LONG_ITER: TypeSpec = TypeSpec::new("longrange_iterator", Instance::LAYOUT);
