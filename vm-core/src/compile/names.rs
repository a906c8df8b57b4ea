//! Identifiers, and the names of a text, each kept once.
//!
//! An identifier is one word and cheap to copy and to compare: it knows its hash, and copies of it are mostly the same pointer. What code
//! objects hold is the text alone, which is shared with it.

use super::pool::Shared;
use super::slots::{Slots, hash_of};
use crate::code::Const;
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
    /// Whether it is mangled in a class.
    private: bool,
    text: Arc<str>,
}

impl Identifier {
    fn hashed(text: &str, hash: u64) -> Self {
        let bytes = text.as_bytes();
        let private = bytes.starts_with(b"__") && !bytes.ends_with(b"__") && !bytes.contains(&b'.');
        Identifier(Shared::new(Data { hash, private, text: Arc::from(text) }))
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
        Identifier::hashed(text, hash_of(text.as_bytes()))
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
        let count = bytes / 128 + 16;
        Names { slots: Slots::with_capacity(count), names: Vec::with_capacity(count) }
    }

    /// The one copy of a name.
    #[inline]
    pub(super) fn intern(&mut self, name: &str) -> Identifier {
        let hash = hash_of(name.as_bytes());
        let names = &self.names;
        match self.slots.find(hash, |at| names[at].0.hash == hash && *names[at].0.text == *name) {
            Some(at) => self.names[at].clone(),
            None => self.add(name, hash),
        }
    }

    #[cold]
    fn add(&mut self, name: &str, hash: u64) -> Identifier {
        let added = Identifier::hashed(name, hash);
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
