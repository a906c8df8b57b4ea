//! Types of heap objects that programs never see.

use super::buffer::Buffer;
use super::header::Payload;
use super::string::StrBuf;
use super::table_memory::{TableBlock, TableCell};
use crate::native::TypeSpec;

/// Storage of lists and of native arrays of values.
pub static BUFFER: TypeSpec = TypeSpec::new("_buffer", Buffer::LAYOUT);
/// Text shared by strings made by appending.
pub static STR_BUF: TypeSpec = TypeSpec::new("_strbuf", StrBuf::LAYOUT);
/// Small hash tables.
pub static TABLE_CELL: TypeSpec = TypeSpec::new("_tablecell", TableCell::LAYOUT);
/// Owners of large hash tables.
pub static TABLE_BLOCK: TypeSpec = TypeSpec::new("_tableblock", TableBlock::LAYOUT);
