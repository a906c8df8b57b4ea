//! The hash table of sets as bare slots: where a key is or would go, without running Python. What runs Python is in `set.rs`.

use crate::hints::{short_loop, word_at};
use crate::machine::Machine;
use crate::object::dict::quick_equal;
use crate::object::value::Value;

/// A slot. Empty ones have no key and hash 0, deleted ones no key and hash -1 (which no key has). Keys are held complemented by
/// `NULL`'s bits, so that zeroed memory is an empty table.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Slot {
    pub(super) hash: i64,
    key: u64,
}

pub(super) const EMPTY: Slot = Slot { hash: 0, key: 0 };
pub(super) const DELETED: Slot = Slot { hash: -1, key: 0 };
pub(super) const MIN_SLOTS: usize = 8;
/// Slots looked at after the first one of a run, if they are within the table.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

impl Slot {
    #[inline(always)]
    pub(super) fn of(key: Value, hash: i64) -> Slot {
        Slot { hash, key: key.bits() ^ Value::NULL.bits() }
    }

    #[inline(always)]
    pub(super) fn key(self) -> Value {
        // SAFETY: the bits of a live key, or of NULL.
        unsafe { Value::from_bits(self.key ^ Value::NULL.bits()) }
    }

    #[inline(always)]
    pub(super) fn is_live(self) -> bool {
        self.key != 0
    }

    #[inline(always)]
    pub(super) fn is_empty(self) -> bool {
        self.key == 0 && self.hash == 0
    }

    #[inline(always)]
    pub(super) fn is(self, other: Slot) -> bool {
        self.key == other.key && self.hash == other.hash
    }

    /// Reads a slot word by word: it may just have been written so.
    ///
    /// # Safety
    /// `at` is a slot of a table.
    #[inline(always)]
    pub(super) unsafe fn at(at: *const Slot) -> Slot {
        // SAFETY: as the caller promises.
        unsafe { Slot { hash: word_at(&raw const (*at).hash), key: word_at(&raw const (*at).key) } }
    }
}

/// What a search without calls ended with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The slot of the key.
    Key,
    /// The key is absent; the empty slot where it would go.
    Empty,
    /// The key is absent; a deleted slot where it would go.
    Deleted,
    /// Keys would have to be compared by Python.
    Unknown,
}

/// Where a search ended.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) slot: *mut Slot,
    pub(super) seen: Seen,
}

impl Place {
    /// Of an absent key, whose search ended at an empty slot and came by a deleted one, unless that is null.
    #[inline(always)]
    pub(super) fn of_absent(empty: *mut Slot, deleted: *mut Slot) -> Place {
        if deleted.is_null() { Place { slot: empty, seen: Seen::Empty } } else { Place { slot: deleted, seen: Seen::Deleted } }
    }
}

/// The next start of a run of slots.
#[inline(always)]
pub(super) fn next_run(i: usize, perturb: &mut usize, mask: usize) -> usize {
    *perturb >>= PERTURB_SHIFT;
    i.wrapping_mul(5).wrapping_add(1).wrapping_add(*perturb) & mask
}

/// The slot that a run from slot `i` on ends with.
#[inline(always)]
pub(super) fn end_of_run(i: usize, mask: usize) -> usize {
    if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i }
}

/// A table: `mask + 1` slots, of which at least one is empty.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) slots: *mut Slot,
    pub(super) mask: usize,
}

impl Table {
    /// The slot that a hash names.
    #[inline(always)]
    pub(super) fn first(self, hash: i64) -> *mut Slot {
        self.slots.wrapping_add(hash.cast_unsigned() as usize & self.mask)
    }

    /// Puts a key that is absent into a table without deleted slots.
    ///
    /// # Safety
    /// It is a table with an empty slot.
    #[inline(always)]
    pub(super) unsafe fn put_clean(self, slot: Slot) {
        let mut at = self.first(slot.hash);
        // SAFETY: as the caller promises.
        unsafe {
            if (*at).is_live() {
                at = self.first_free(slot.hash);
            }
            *at = slot;
        }
    }

    /// The first slot without a key, where the one that the hash names has one.
    ///
    /// # Safety
    /// It is a table with an empty slot.
    #[inline(never)]
    unsafe fn first_free(self, hash: i64) -> *mut Slot {
        let Table { slots, mask } = self;
        let mut perturb = hash.cast_unsigned() as usize;
        let mut i = perturb & mask;
        loop {
            let mut at = slots.wrapping_add(i);
            let last = slots.wrapping_add(end_of_run(i, mask));
            loop {
                // SAFETY: within the table.
                if unsafe { !(*at).is_live() } {
                    return at;
                }
                if at == last {
                    break;
                }
                at = at.wrapping_add(1);
                short_loop();
            }
            i = next_run(i, &mut perturb, mask);
        }
    }

    /// Finds a key by its identity, where it is not where its hash says; goes on to compare keys only if their hashes are equal.
    ///
    /// # Safety
    /// It is a table with an empty slot.
    #[inline(never)]
    pub(super) unsafe fn look_further(self, m: &Machine, wanted: Slot) -> Place {
        let Table { slots, mask } = self;
        let mut perturb = wanted.hash.cast_unsigned() as usize;
        let mut i = perturb & mask;
        let mut deleted: *mut Slot = std::ptr::null_mut();
        loop {
            let mut at = slots.wrapping_add(i);
            let last = slots.wrapping_add(end_of_run(i, mask));
            loop {
                // SAFETY: within the table.
                let slot = unsafe { *at };
                if !slot.is_live() {
                    if slot.hash == 0 {
                        return Place::of_absent(at, deleted);
                    }
                    deleted = at;
                } else if slot.hash == wanted.hash {
                    if slot.key == wanted.key {
                        return Place { slot: at, seen: Seen::Key };
                    }
                    // SAFETY: as the caller promises.
                    return unsafe { self.look_comparing(m, wanted) };
                }
                if at == last {
                    break;
                }
                at = at.wrapping_add(1);
                short_loop();
            }
            i = next_run(i, &mut perturb, mask);
        }
    }

    /// As [`Table::look_further`], comparing keys that have the same hash as far as that needs no Python.
    ///
    /// # Safety
    /// It is a table with an empty slot.
    #[inline(never)]
    pub(super) unsafe fn look_comparing(self, m: &Machine, wanted: Slot) -> Place {
        let Table { slots, mask } = self;
        let mut perturb = wanted.hash.cast_unsigned() as usize;
        let mut i = perturb & mask;
        let mut deleted: *mut Slot = std::ptr::null_mut();
        loop {
            let mut j = i;
            let last = end_of_run(i, mask);
            while j <= last {
                let at = slots.wrapping_add(j);
                j += 1;
                // SAFETY: within the table.
                let slot = unsafe { *at };
                if slot.is_empty() {
                    return Place::of_absent(at, deleted);
                }
                if slot.hash != wanted.hash {
                    if !slot.is_live() {
                        deleted = at;
                    }
                    continue;
                }
                if slot.key == wanted.key {
                    return Place { slot: at, seen: Seen::Key };
                }
                match quick_equal(m, slot.key(), wanted.key()) {
                    Some(true) => return Place { slot: at, seen: Seen::Key },
                    Some(false) => {}
                    None => return Place { slot: at, seen: Seen::Unknown },
                }
            }
            i = next_run(i, &mut perturb, mask);
        }
    }
}

const _: () = assert!(EMPTY.hash == 0 && EMPTY.key == 0, "zeroed memory is an empty table");
