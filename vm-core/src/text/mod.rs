//! Text, numbers-as-text and hashes exactly as CPython 3.13 has them, on plain Rust types.
//!
//! Unlike the object model, nothing here knows objects, the machine or exceptions: strings are [`wtf8::StrRef`],
//! integers `i64`, limbs or `BigInt`, failures [`error::TextError`]. The tests compare with values recorded from CPython
//! (`scripts/make_text_goldens.py`). Unicode data are of version 15.1. Locales are not modelled: `n` formats as in the
//! C locale.

pub mod byte_masks;
pub mod bytes_ops;
pub mod case;
pub mod classify;
pub mod codec;
pub mod codecs_8bit;
pub mod codecs_cjk;
mod codecs_utf7;
pub mod codecs_wide;
pub mod encoding;
pub mod error;
pub mod float_digits;
pub(crate) mod float_half;
pub mod float_hex;
pub mod float_ops;
pub mod float_parse;
pub mod float_text;
pub mod format_apply;
mod format_number;
pub mod format_quick;
pub mod format_spec;
pub mod hash;
pub mod int_bytes;
pub mod int_ops;
pub mod int_parse;
pub mod int_text;
pub mod landmarks;
pub mod limbs;
pub mod pad;
pub mod percent;
pub mod repr;
pub mod search;
pub mod split;
pub mod template;
pub mod unicode;
mod unicode_data;
pub mod unicode_data_of;
mod unicode_tables;
pub mod wtf8;
