//! Compiled modules as bytes, so that a module need not be compiled again while its source stays the same: this machine's `.pyc`.
//!
//! In contrast to `marshal`, whose bytes are CPython's, the format is this build's own and laid out for loading. An entry is read at once and
//! never changed; a code object in it is looked at when it is needed, by its number, so that of a function that is not called little more
//! than the head is read. Texts stand in one table, each once.
//!
//! An entry ([`entry`]) is a header with the build, the key and a checksum, then the body ([`write`] makes it, [`read`] reads it):
//!
//! | part | what |
//! |---|---|
//! | counts | of texts and of code objects |
//! | ends of texts, starts of code objects | 32 bits each |
//! | texts | WTF-8, one after the other |
//! | code objects | the module's first, each before those nested in it |
//!
//! Nobody but this build writes an entry, and only of code that [`super::verify`] accepts; what is read is taken for that if the checksum of
//! 128 bits says so. Verifying again would cost more than all the rest of loading. Damage that goes unnoticed is as likely as two files
//! with the same hash; readers still check every length, so that it would be an error or wrong code, but not a panic.

pub mod entry;
mod read;
mod write;

pub use read::{Body, Constant, Head, PackedModule, Reader};
pub use write::pack;

/// Constants that nest deeper are not packed.
const MAX_DEPTH: usize = 64;

/// Tags of constants.
mod tag {
    pub(super) const NONE: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const ELLIPSIS: u8 = 3;
    /// Zigzag varint.
    pub(super) const INT: u8 = 4;
    /// Length, then two's complement, little-endian.
    pub(super) const BIG: u8 = 5;
    pub(super) const FLOAT: u8 = 6;
    pub(super) const COMPLEX: u8 = 7;
    /// Number of a text.
    pub(super) const STR: u8 = 8;
    /// Number of a text that reads like an identifier.
    pub(super) const NAME: u8 = 9;
    /// Length, then bytes.
    pub(super) const BYTES: u8 = 10;
    /// Length, then constants.
    pub(super) const TUPLE: u8 = 11;
    pub(super) const FROZENSET: u8 = 12;
    /// A frozenset among whose elements is a [`NAME`].
    pub(super) const NAME_SET: u8 = 13;
    /// Number of a code object.
    pub(super) const CODE: u8 = 14;
}
