//! An index over a list whose elements know their hashes: where an element stands, without a second copy of it.
//!
//! The names of a text, the constants of a unit and long lists of symbols are looked up in one. In contrast to a map of the standard library's kind
//! it holds numbers only, so that making, filling and dropping one is cheap.

use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Numbers of list elements by hash, with linear probing.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    /// The number of an element plus 1, or 0.
    slots: Vec<u32>,
    used: usize,
}

/// The hash of a text.
#[inline]
pub(super) fn hash_of(text: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text);
    hasher.finish()
}

impl Slots {
    /// An index that need not grow for so many elements.
    pub(super) fn with_capacity(count: usize) -> Self {
        Slots { slots: vec![0; (count * 2).next_power_of_two()], used: 0 }
    }

    /// The element with that hash that `is` accepts.
    #[inline]
    pub(super) fn find(&self, hash: u64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        while let Some(number) = (self.slots[at] as usize).checked_sub(1) {
            if is(number) {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Adds an element that is not there yet; `hashes` gives those of all elements.
    pub(super) fn add(&mut self, hash: u64, number: usize, hashes: impl Fn(usize) -> u64) {
        if (self.used + 1) * 2 > self.slots.len() {
            let known: Vec<u32> = self.slots.iter().copied().filter(|&slot| slot != 0).collect();
            let size = (self.slots.len() * 4).max(64);
            self.slots.clear();
            self.slots.resize(size, 0);
            known.into_iter().for_each(|slot| self.put(hashes(slot as usize - 1), slot));
        }
        self.used += 1;
        self.put(hash, u32::try_from(number + 1).unwrap_or(u32::MAX));
    }

    fn put(&mut self, hash: u64, slot: u32) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    /// Forgets all elements.
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.used = 0;
    }
}
