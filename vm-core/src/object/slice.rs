//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `slice`.
pub static SPEC: TypeSpec = TypeSpec::new("slice", Instance::LAYOUT);
