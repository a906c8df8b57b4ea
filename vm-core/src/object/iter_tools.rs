//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `enumerate`.
pub static ENUMERATE: TypeSpec = TypeSpec::new("enumerate", Instance::LAYOUT);
/// `reversed`.
pub static REVERSED: TypeSpec = TypeSpec::new("reversed", Instance::LAYOUT);
/// `zip`.
pub static ZIP: TypeSpec = TypeSpec::new("zip", Instance::LAYOUT);
/// `map`.
pub static MAP: TypeSpec = TypeSpec::new("map", Instance::LAYOUT);
/// `filter`.
pub static FILTER: TypeSpec = TypeSpec::new("filter", Instance::LAYOUT);
