//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `types.GenericAlias`.
pub static SPEC: TypeSpec = TypeSpec::new("types.GenericAlias", Instance::LAYOUT);
/// `types.UnionType`.
pub static UNION: TypeSpec = TypeSpec::new("types.UnionType", Instance::LAYOUT);
