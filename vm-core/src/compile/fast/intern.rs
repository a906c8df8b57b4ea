//! The names of a text, each kept once.

use crate::compile::ast::Identifier;
use crate::compile::slots::{Slots, hash_of};

/// Names in order of first use, and an index of them.
#[derive(Debug, Default)]
pub(super) struct Names {
    slots: Slots,
    names: Vec<(u64, Identifier)>,
}

impl Names {
    /// The one copy of an ASCII name.
    pub(super) fn intern(&mut self, name: &[u8]) -> Identifier {
        let hash = hash_of(name);
        let names = &self.names;
        if let Some(at) = self.slots.find(hash, |at| names[at].0 == hash && names[at].1.as_bytes() == name) {
            return self.names[at].1.clone();
        }
        let text = Identifier::from(String::from_utf8_lossy(name));
        self.slots.add(hash, names.len(), |at| names[at].0);
        self.names.push((hash, text.clone()));
        text
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
