//! `repr()` of the constants a compiler sees, for its dumps: the disassembler's.

pub use crate::code::{bytes_repr, complex_repr, const_repr, float_repr, is_printable, str_repr};
