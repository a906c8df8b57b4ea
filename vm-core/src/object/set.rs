//! The memory of `set` and `frozenset` and their hash table: open addressing with short linear runs, as CPython's, so that sets are
//! walked in the same order. In contrast to a dict the keys stand in the slots themselves. Set algebra is in `set_ops.rs`.

use super::dict::quick_equal;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::hints::short_loop;
use crate::machine::{Machine, R};
use std::cell::Cell;

/// A slot. Empty ones have no key and hash 0, deleted ones no key and hash -1 (which no key has). Keys are held complemented by
/// `NULL`'s bits, so that zeroed memory is an empty table.
#[derive(Clone, Copy)]
struct Slot {
    hash: i64,
    key: u64,
}

const EMPTY: Slot = Slot { hash: 0, key: 0 };
const DELETED: Slot = Slot { hash: -1, key: 0 };

impl Slot {
    #[inline(always)]
    fn of(key: Value, hash: i64) -> Slot {
        Slot { hash, key: key.bits() ^ Value::NULL.bits() }
    }

    #[inline(always)]
    fn key(self) -> Value {
        // SAFETY: the bits of a live key, or of NULL.
        unsafe { Value::from_bits(self.key ^ Value::NULL.bits()) }
    }

    #[inline(always)]
    fn is_live(self) -> bool {
        self.key != 0
    }

    #[inline(always)]
    fn is_empty(self) -> bool {
        self.key == 0 && self.hash == 0
    }
}

const MIN_SLOTS: usize = 8;
/// Slots looked at after the first one of a run, if they are within the table.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
const NONE: usize = usize::MAX;

/// A `set` or `frozenset` object.
#[repr(C)]
pub struct Set {
    /// Its type.
    pub header: Header,
    /// `mask + 1` slots; null while nothing was ever added.
    table: Cell<*mut Slot>,
    /// The owner of the table's memory; `NULL` if that is `small`, or there is none.
    memory: Cell<Value>,
    mask: Cell<usize>,
    /// Live and deleted slots.
    fill: Cell<usize>,
    used: Cell<usize>,
    /// Where `pop` goes on.
    finger: Cell<usize>,
    /// Hash of a frozenset, or -1 while not computed.
    pub(super) hash: Cell<i64>,
    /// The table of a small set.
    small: [Cell<Slot>; MIN_SLOTS],
}

// SAFETY: repr(C), header first; traces every key.
unsafe impl Payload for Set {
    const LAYOUT: &'static Layout = &layout_of::<Set>(LayoutId::Set);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.memory.get());
        for (key, _) in self.iter() {
            m.mark(key);
        }
    }
}

/// Where a search ended.
#[derive(Clone, Copy)]
struct Spot {
    /// Slot of the key, or an empty one; `NONE` if there is no table.
    slot: usize,
    found: bool,
    /// A deleted slot passed on the way, or `NONE`.
    deleted: usize,
}

impl Machine {
    /// An empty set.
    #[must_use]
    pub fn new_set(&mut self) -> Gc<Set> {
        let ty = self.types.set;
        self.new_set_of(ty)
    }

    /// An empty set of a class: `set`, `frozenset` or a subclass.
    #[must_use]
    pub fn new_set_of(&mut self, ty: Gc<Type>) -> Gc<Set> {
        self.new_object(Set {
            header: Header::new(ty),
            table: Cell::new(std::ptr::null_mut()),
            memory: Cell::new(Value::NULL),
            mask: Cell::new(MIN_SLOTS - 1),
            fill: Cell::new(0),
            used: Cell::new(0),
            finger: Cell::new(0),
            hash: Cell::new(-1),
            small: [const { Cell::new(EMPTY) }; MIN_SLOTS],
        })
    }

    /// A frozenset of hashable items (constants).
    pub fn new_frozenset(&mut self, items: &[Value]) -> R<Gc<Set>> {
        let ty = self.types.frozenset;
        let set = self.new_set_of(ty);
        for &item in items {
            set.add(self, item)?;
        }
        Ok(set)
    }
}

impl Set {
    /// Number of keys.
    #[inline(always)]
    #[must_use]
    pub fn len(&self) -> usize {
        self.used.get()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.used.get() == 0
    }

    /// The first key at or after slot `i`, with the slot and its hash: the next search starts one after it.
    #[inline]
    #[must_use]
    pub fn next_key(&self, mut i: usize) -> Option<(usize, Value, i64)> {
        if self.table.get().is_null() {
            return None;
        }
        while i <= self.mask.get() {
            let slot = self.slot(i);
            if slot.is_live() {
                return Some((i, slot.key(), slot.hash));
            }
            i += 1;
        }
        None
    }

    /// Keys and hashes, for code that runs no Python and does not change the set while it walks.
    pub fn iter(&self) -> impl Iterator<Item = (Value, i64)> + '_ {
        let mut i = 0;
        std::iter::from_fn(move || {
            let (at, key, hash) = self.next_key(i)?;
            i = at + 1;
            Some((key, hash))
        })
    }

    /// `__sizeof__` of a set of this size in CPython.
    #[must_use]
    pub fn size_in_cpython(&self) -> usize {
        200 + if self.mask.get() + 1 > MIN_SLOTS { (self.mask.get() + 1) * size_of::<Slot>() } else { 0 }
    }

    /// Share of deleted slots, as CPython's difference looks at it.
    pub(super) fn has_many_deleted(&self) -> bool {
        self.fill.get() - self.used.get() > self.mask.get() / 4
    }

    #[inline(always)]
    fn slot(&self, i: usize) -> Slot {
        debug_assert!(i <= self.mask.get());
        // SAFETY: callers keep i within the table, which exists.
        unsafe { *self.table.get().add(i) }
    }

    #[inline(always)]
    fn set_slot(&self, i: usize, slot: Slot) {
        debug_assert!(i <= self.mask.get());
        // SAFETY: callers keep i within the table, which exists.
        unsafe { *self.table.get().add(i) = slot };
    }

    /// Whether a key is there, by its identity alone and if that shows in the first slots; `None` if keys would have to be compared. The
    /// key is an exact `str` or an integer of the word with that hash, or the hash is -1 ([`Machine::hash_at_hand`]).
    #[inline(always)]
    pub(crate) fn look_quickly(&self, key: Value, hash: i64) -> Option<bool> {
        if self.table.get().is_null() || hash == -1 {
            return None;
        }
        let first = hash.cast_unsigned() as usize & self.mask.get();
        let last = if first + LINEAR_PROBES <= self.mask.get() { first + LINEAR_PROBES } else { first };
        for i in first..=last {
            let slot = self.slot(i);
            if slot.key().is(key) {
                return Some(true);
            }
            if slot.is_empty() {
                return Some(false);
            }
            if slot.hash == hash {
                return None;
            }
            short_loop();
        }
        None
    }

    /// Puts a key that is absent into a table without deleted slots.
    fn insert_clean(&self, slot: Slot) {
        let mask = self.mask.get();
        let mut perturb = slot.hash.cast_unsigned() as usize;
        let mut i = perturb & mask;
        loop {
            let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
            for j in i..=last {
                if !self.slot(j).is_live() {
                    self.set_slot(j, slot);
                    return;
                }
            }
            perturb >>= PERTURB_SHIFT;
            i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
        }
    }

    /// Removes all keys.
    pub fn clear(&self) {
        // The collector finds the memory.
        self.table.set(std::ptr::null_mut());
        self.memory.set(Value::NULL);
        self.mask.set(MIN_SLOTS - 1);
        self.fill.set(0);
        self.used.set(0);
        self.hash.set(-1);
    }

    /// Exchanges the contents of two sets.
    pub(super) fn swap(&self, other: &Set) {
        self.table.swap(&other.table);
        self.memory.swap(&other.memory);
        self.mask.swap(&other.mask);
        self.fill.swap(&other.fill);
        self.used.swap(&other.used);
        for (a, b) in self.small.iter().zip(&other.small) {
            a.swap(b);
        }
        for (set, from) in [(self, other), (other, self)] {
            if set.table.get() == from.small_table() {
                set.table.set(set.small_table());
            }
            set.hash.set(-1);
        }
    }

    /// What changes if keys are added or removed.
    pub(super) fn shape(&self) -> impl PartialEq + use<> {
        (self.table.get(), self.fill.get(), self.used.get())
    }

    fn small_table(&self) -> *mut Slot {
        self.small.as_ptr().cast_mut().cast()
    }

    /// Removes and returns a key.
    #[must_use]
    pub fn pop(&self) -> Option<Value> {
        if self.used.get() == 0 {
            return None;
        }
        let start = self.finger.get() & self.mask.get();
        let (at, key, _) = self.next_key(start).or_else(|| self.next_key(0))?;
        self.set_slot(at, DELETED);
        self.used.set(self.used.get() - 1);
        self.finger.set(at + 1);
        Some(key)
    }
}

impl Gc<Set> {
    /// Adds; whether it was absent. May run `__hash__` and `__eq__`.
    #[inline]
    pub fn add(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.add_hashed(m, key, hash)
    }

    /// Adds the next key of a walk through another set, whose keys differ as long as that set stays as it is. Nothing was ever removed
    /// from this one.
    pub(super) fn add_next(self, m: &mut Machine, key: Value, hash: i64, unchanged: bool) -> R<()> {
        if !unchanged {
            return self.add_hashed(m, key, hash).map(|_| ());
        }
        if self.table.get().is_null() {
            self.new_table(m, MIN_SLOTS);
        }
        self.insert_clean(Slot::of(key, hash));
        self.used.set(self.used.get() + 1);
        self.grown(m);
        Ok(())
    }

    /// One slot more is taken.
    #[inline]
    fn grown(self, m: &mut Machine) {
        self.fill.set(self.fill.get() + 1);
        if self.fill.get() * 5 >= self.mask.get() * 3 {
            self.grow(m);
        }
    }

    /// As [`Gc::add`], with the key's hash.
    pub fn add_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        let spot = self.find(m, key, hash)?;
        if spot.found {
            return Ok(false);
        }
        self.used.set(self.used.get() + 1);
        if spot.deleted != NONE {
            self.set_slot(spot.deleted, Slot::of(key, hash));
            return Ok(true);
        }
        if spot.slot == NONE {
            self.new_table(m, MIN_SLOTS);
            self.insert_clean(Slot::of(key, hash));
        } else {
            self.set_slot(spot.slot, Slot::of(key, hash));
        }
        self.grown(m);
        Ok(true)
    }

    /// Whether a key is there; may run `__hash__` and `__eq__`.
    #[inline]
    pub fn contains(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.contains_hashed(m, key, hash)
    }

    /// As [`Gc::contains`], with the key's hash.
    #[inline]
    pub fn contains_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        Ok(self.find(m, key, hash)?.found)
    }

    /// Removes; whether it was there. May run `__hash__` and `__eq__`.
    pub fn discard(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.discard_hashed(m, key, hash)
    }

    /// As [`Gc::discard`], with the key's hash.
    pub fn discard_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        let spot = self.find(m, key, hash)?;
        if spot.found {
            self.set_slot(spot.slot, DELETED);
            self.used.set(self.used.get() - 1);
        }
        Ok(spot.found)
    }

    /// Adds the keys of another set.
    pub fn merge(self, m: &mut Machine, other: Gc<Set>) -> R<()> {
        if self == other || other.is_empty() {
            return Ok(());
        }
        self.reserve(m, other.len());
        if self.fill.get() == 0 {
            if self.table.get().is_null() {
                self.new_table(m, self.mask.get() + 1);
            }
            let same_shape = self.mask.get() == other.mask.get() && other.fill.get() == other.used.get();
            for i in 0..=other.mask.get() {
                let slot = other.slot(i);
                if !slot.is_live() {
                    continue;
                }
                if same_shape {
                    self.set_slot(i, slot);
                } else {
                    self.insert_clean(slot);
                }
            }
            self.fill.set(other.used.get());
            self.used.set(other.used.get());
            return Ok(());
        }
        let mut i = 0;
        while let Some((at, key, hash)) = other.next_key(i) {
            i = at + 1;
            self.add_hashed(m, key, hash)?;
        }
        Ok(())
    }

    /// Grows once for `extra` keys that are likely new.
    pub(super) fn reserve(self, m: &mut Machine, extra: usize) {
        if (self.fill.get() + extra) * 5 >= self.mask.get() * 3 {
            self.resize(m, (self.used.get() + extra) * 2);
        }
    }

    /// Resizes for the number of keys there are.
    pub(super) fn grow(self, m: &mut Machine) {
        let used = self.used.get();
        self.resize(m, if used > 50_000 { used * 2 } else { used * 4 });
    }

    /// Gives the set a table of empty slots.
    fn new_table(self, m: &mut Machine, slots: usize) {
        self.mask.set(slots - 1);
        if slots == MIN_SLOTS {
            self.small.iter().for_each(|slot| slot.set(EMPTY));
            self.memory.set(Value::NULL);
            self.table.set(self.small_table());
            return;
        }
        let (owner, start) = m.new_table_memory(slots * size_of::<Slot>());
        // SAFETY: the memory has that many bytes.
        unsafe { start.write_bytes(0, slots * size_of::<Slot>()) };
        self.memory.set(owner);
        self.table.set(start.cast());
    }

    /// Moves the keys to a table of more than `least` slots, or drops deleted slots from the smallest one.
    #[cold]
    fn resize(self, m: &mut Machine, least: usize) {
        let slots = (least + 1).next_power_of_two().max(MIN_SLOTS);
        let (old, old_slots) = (self.table.get(), self.mask.get() + 1);
        if slots == MIN_SLOTS && old_slots == MIN_SLOTS && self.fill.get() == self.used.get() {
            return;
        }
        let owner = self.memory.get();
        let (mut old, small) = (old, self.small.each_ref().map(Cell::get));
        if old == self.small_table() {
            old = small.as_ptr().cast_mut();
        }
        self.new_table(m, slots);
        self.fill.set(self.used.get());
        if !old.is_null() {
            for i in 0..old_slots {
                // SAFETY: within the old table.
                let slot = unsafe { *old.add(i) };
                if slot.is_live() {
                    self.insert_clean(slot);
                }
            }
        }
        // SAFETY: the old memory was this set's alone.
        unsafe { m.free_table_memory(owner) };
    }

    /// Finds a key; `__eq__` may run. Most keys are where their hash says.
    #[inline(always)]
    fn find(self, m: &mut Machine, key: Value, hash: i64) -> R<Spot> {
        if !self.table.get().is_null() {
            let i = hash.cast_unsigned() as usize & self.mask.get();
            let slot = self.slot(i);
            let found = slot.hash == hash && slot.key().is(key);
            if found || slot.is_empty() {
                return Ok(Spot { slot: i, found, deleted: NONE });
            }
        }
        self.find_further(m, key, hash)
    }

    /// As [`Gc::find`], wherever the key is. What `__eq__` does may change the set: the search then starts again.
    #[inline(never)]
    fn find_further(self, m: &mut Machine, key: Value, hash: i64) -> R<Spot> {
        'restart: loop {
            let (table, mask) = (self.table.get(), self.mask.get());
            if table.is_null() {
                return Ok(Spot { slot: NONE, found: false, deleted: NONE });
            }
            let mut perturb = hash.cast_unsigned() as usize;
            let mut i = perturb & mask;
            let mut deleted = NONE;
            loop {
                let last = if i + LINEAR_PROBES <= mask { i + LINEAR_PROBES } else { i };
                for j in i..=last {
                    let slot = self.slot(j);
                    if slot.is_empty() {
                        return Ok(Spot { slot: j, found: false, deleted });
                    }
                    if slot.hash != hash {
                        if !slot.is_live() {
                            deleted = j;
                        }
                        continue;
                    }
                    let candidate = slot.key();
                    if candidate.is(key) {
                        return Ok(Spot { slot: j, found: true, deleted });
                    }
                    let equal = match quick_equal(m, candidate, key) {
                        Some(equal) => equal,
                        None => {
                            let equal = m.equal(candidate, key)?;
                            if self.table.get() != table || self.mask.get() != mask || !self.slot(j).key().is(candidate) {
                                continue 'restart;
                            }
                            equal
                        }
                    };
                    if equal {
                        return Ok(Spot { slot: j, found: true, deleted });
                    }
                }
                perturb >>= PERTURB_SHIFT;
                i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
            }
        }
    }
}

const _: () = assert!(EMPTY.hash == 0 && EMPTY.key == 0, "zeroed memory is an empty table");
