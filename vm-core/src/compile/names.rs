//! Identifiers, and the names of a text, each kept once.
//!
//! An identifier is one word and cheap to copy and to compare: it knows its hash, and copies of it are mostly the same pointer. What code
//! objects hold is the text alone, which is shared with it.

use super::pool::Shared;
use super::slots::Slots;
use crate::code::Const;
use std::cell::Cell;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// An identifier, already NFKC-normalised, not mangled.
#[derive(Clone)]
pub struct Identifier(Shared<Data>);

struct Data {
    hash: u64,
    /// [`start_of`] its text.
    start: u64,
    /// Whether it is mangled in a class.
    private: bool,
    /// Whether it is `__debug__`.
    debug: bool,
    /// Where it was last found in lists of names, of three sorts: mostly it is looked up in the same one again.
    hints: [Cell<u32>; 3],
    text: Arc<str>,
}

/// The first eight bytes of a text, or fewer if it is shorter, as a little-endian number.
#[inline]
pub(super) fn start_of(text: &[u8]) -> u64 {
    match text.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => text.iter().rev().fold(0, |start, &byte| start << 8 | u64::from(byte)),
    }
}

/// The hash of a text whose [`start_of`] is known.
#[inline]
fn hash_from(start: u64, text: &[u8]) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = start.wrapping_mul(MIX);
    if let (Some(rest), Some(last)) = (text.get(8..).filter(|rest| !rest.is_empty()), text.last_chunk::<8>()) {
        let parts = rest.chunks_exact(8).map(start_of).chain(std::iter::once(u64::from_le_bytes(*last)));
        hash = parts.fold(hash ^ text.len() as u64, |hash, part| (hash.rotate_left(26) ^ part).wrapping_mul(MIX));
    }
    hash ^ hash >> 32
}

impl Identifier {
    fn hashed(text: &str, start: u64, hash: u64) -> Self {
        let bytes = text.as_bytes();
        let private = bytes.starts_with(b"__") && !bytes.ends_with(b"__") && !bytes.contains(&b'.');
        let (debug, hints) = (bytes == b"__debug__", [const { Cell::new(0) }; 3]);
        Identifier(Shared::new(Data { hash, start, private, debug, hints, text: Arc::from(text) }))
    }

    /// The hash of its text.
    #[inline]
    pub(super) fn hash(&self) -> u64 {
        self.0.hash
    }

    /// Whether both are copies of one identifier.
    #[inline]
    pub(super) fn is(&self, other: &Self) -> bool {
        self.0.is(&other.0)
    }

    /// Whether classes have it for themselves: two underscores at its start, but not at its end.
    #[inline]
    pub(super) fn is_private(&self) -> bool {
        self.0.private
    }

    /// Whether it is `__debug__`, which is a constant.
    #[inline]
    pub(super) fn is_debug(&self) -> bool {
        self.0.debug
    }

    /// Where lists of a sort may have it.
    #[inline]
    pub(super) fn hint(&self, sort: usize) -> usize {
        self.0.hints[sort].get() as usize
    }

    /// Remembers where a list of a sort has it.
    #[inline]
    pub(super) fn set_hint(&self, sort: usize, at: usize) {
        self.0.hints[sort].set(at as u32);
    }

    /// Its text.
    #[inline]
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        self.0.text.clone()
    }

    /// Its text as a constant.
    pub(super) fn constant(&self) -> Const {
        Const::Str(self.shared().into())
    }
}

impl From<&str> for Identifier {
    fn from(text: &str) -> Self {
        let start = start_of(text.as_bytes());
        Identifier::hashed(text, start, hash_from(start, text.as_bytes()))
    }
}

impl From<String> for Identifier {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl Deref for Identifier {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        &self.0.text
    }
}

impl PartialEq for Identifier {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || self.0.hash == other.0.hash && self.0.text == other.0.text
    }
}

impl Eq for Identifier {}

impl Hash for Identifier {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl Ord for Identifier {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.text.cmp(&other.0.text)
    }
}

impl PartialOrd for Identifier {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Names in order of first use, and an index of them.
#[derive(Debug, Default)]
pub(super) struct Names {
    slots: Slots,
    names: Vec<Identifier>,
}

impl Names {
    /// Room for as many names as a text of so many bytes has, as a rule.
    pub(super) fn for_text(bytes: usize) -> Self {
        let count = bytes / 64 + 16;
        Names { slots: Slots::with_capacity(count), names: Vec::with_capacity(count) }
    }

    /// The one copy of a name.
    pub(super) fn intern(&mut self, name: &str) -> Identifier {
        self.intern_starting(name, start_of(name.as_bytes()))
    }

    /// The same, of a text whose [`start_of`] is known.
    #[inline]
    pub(super) fn intern_starting(&mut self, name: &str, start: u64) -> Identifier {
        let hash = hash_from(start, name.as_bytes());
        let names = &self.names;
        let is = |at: usize| {
            let known = &names[at].0;
            // Texts of up to eight bytes are the same if their starts are: none holds a null byte.
            known.start == start && known.text.len() == name.len() && (name.len() <= 8 || known.text[..] == *name)
        };
        match self.slots.find(hash, is) {
            Some(at) => self.names[at].clone(),
            None => self.add(name, start, hash),
        }
    }

    #[cold]
    fn add(&mut self, name: &str, start: u64, hash: u64) -> Identifier {
        let added = Identifier::hashed(name, start, hash);
        let names = &self.names;
        self.slots.add(hash, names.len(), |at| names[at].0.hash);
        self.names.push(added.clone());
        added
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_one() {
        let mut names = Names::default();
        let text = |n: usize| format!("name{n}");
        let first: Vec<Identifier> = (0..2000).map(|n| names.intern(&text(n))).collect();
        for (n, name) in first.iter().enumerate() {
            assert_eq!(**name, *text(n));
            assert!(name.0.is(&names.intern(&text(n)).0));
            assert!(*name == Identifier::from(text(n)) && *name != Identifier::from(text(n + 1)));
        }
        let private = ["__a", "__a_", "__a__", "_a", "__a.b"].map(|text| Identifier::from(text).is_private());
        assert_eq!(private, [true, true, false, false, false]);
    }
}
