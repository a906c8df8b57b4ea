//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `buffer`.
pub static BUFFER: TypeSpec = TypeSpec::new("buffer", Instance::LAYOUT);
/// `str_buf`.
pub static STR_BUF: TypeSpec = TypeSpec::new("str_buf", Instance::LAYOUT);
