//! The names of a text, each kept once.

use crate::compile::ast::Identifier;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A hash table of names with linear probing; slots hold a name's number and one bit of its hash's upper half each.
#[derive(Debug)]
pub(super) struct Names {
    /// The number of a name plus 1, or 0.
    slots: Vec<u32>,
    names: Vec<(u64, Identifier)>,
}

impl Default for Names {
    fn default() -> Self {
        Names { slots: vec![0; 256], names: Vec::with_capacity(128) }
    }
}

fn hash(name: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name);
    hasher.finish()
}

impl Names {
    /// The one copy of an ASCII name.
    pub(super) fn intern(&mut self, name: &[u8]) -> Identifier {
        let hash = hash(name);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(known) = (self.slots[at] as usize).checked_sub(1).map(|number| &self.names[number]) {
            if known.0 == hash && known.1.as_bytes() == name {
                return known.1.clone();
            }
            at = (at + 1) & mask;
        }
        let text = Identifier::from(String::from_utf8_lossy(name));
        self.names.push((hash, text.clone()));
        self.slots[at] = self.names.len() as u32;
        if self.names.len() * 2 > self.slots.len() {
            self.grow();
        }
        text
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        self.slots = vec![0; mask + 1];
        for (number, (hash, _)) in self.names.iter().enumerate() {
            let mut at = *hash as usize & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = number as u32 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_one() {
        let mut names = Names::default();
        let text = |n: usize| format!("name{n}");
        let first: Vec<Identifier> = (0..2000).map(|n| names.intern(text(n).as_bytes())).collect();
        for (n, name) in first.iter().enumerate() {
            assert_eq!(**name, *text(n));
            assert!(std::sync::Arc::ptr_eq(name, &names.intern(text(n).as_bytes())));
        }
    }
}
