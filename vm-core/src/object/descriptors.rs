//! Not written yet.

use super::instance::Instance;
use super::header::Payload;
use crate::native::TypeSpec;

/// `getset_descriptor`.
pub static GETSET: TypeSpec = TypeSpec::new("getset_descriptor", Instance::LAYOUT);
/// `member_descriptor`.
pub static MEMBER: TypeSpec = TypeSpec::new("member_descriptor", Instance::LAYOUT);
