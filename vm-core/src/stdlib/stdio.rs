//! Not written yet.

use crate::object::instance::Instance;
use crate::object::header::Payload;
use crate::native::TypeSpec;

/// `_io.TextIOWrapper`.
pub static SPEC: TypeSpec = TypeSpec::new("_io.TextIOWrapper", Instance::LAYOUT);
