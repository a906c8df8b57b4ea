//! Types of heap objects that programs never see.

use super::buffer::Buffer;
use super::header::Payload;
use super::string::StrBuf;
use crate::native::TypeSpec;

/// Storage of lists and of native arrays of values.
pub static BUFFER: TypeSpec = TypeSpec::new("_buffer", Buffer::LAYOUT);
/// Text shared by strings made by appending.
pub static STR_BUF: TypeSpec = TypeSpec::new("_strbuf", StrBuf::LAYOUT);
