//! The memory of `set` and `frozenset` and their hash table: open addressing with short linear runs, as CPython's, so that sets are
//! walked in the same order. In contrast to a dict the keys stand in the slots themselves. Searching is in `set/table.rs`, set algebra in
//! `set_ops.rs`.

mod table;

use super::dict::quick_equal;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::hints::short_loop;
use crate::machine::{Machine, R};
use std::cell::Cell;
use table::{DELETED, EMPTY, MIN_SLOTS, Place, Seen, Slot, Table, end_of_run, next_run};

/// A `set` or `frozenset` object.
#[repr(C)]
pub struct Set {
    /// Its type.
    pub header: Header,
    /// `mask + 1` slots: the set's own `small` ones, or memory of a table.
    table: Cell<*mut Slot>,
    /// The owner of the table's memory; `NULL` if that is `small`, or there is none.
    memory: Cell<Value>,
    mask: Cell<usize>,
    /// Live and deleted slots.
    fill: Cell<usize>,
    used: Cell<usize>,
    /// Where `pop` goes on.
    finger: Cell<u32>,
    /// Whether a key that is an object was ever put into the table: others need no marking.
    holds_objects: Cell<bool>,
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
        if self.holds_objects.get() {
            for (key, _) in self.iter() {
                m.mark(key);
            }
        }
    }
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
        let set = Set {
            header: Header::new(ty),
            table: Cell::new(std::ptr::null_mut()),
            memory: Cell::new(Value::NULL),
            mask: Cell::new(MIN_SLOTS - 1),
            fill: Cell::new(0),
            used: Cell::new(0),
            finger: Cell::new(0),
            holds_objects: Cell::new(false),
            hash: Cell::new(-1),
            small: [const { Cell::new(EMPTY) }; MIN_SLOTS],
        };
        let plain = ty == self.types.set || ty == self.types.frozenset;
        let set = if plain { self.heap.new_object(set, 0) } else { self.new_object(set) };
        set.table.set(set.small_table());
        set
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
        // SAFETY: callers keep i within the table.
        unsafe { *self.table.get().add(i) }
    }

    #[inline(always)]
    fn table(&self) -> Table {
        Table { slots: self.table.get(), mask: self.mask.get() }
    }

    /// Whether a key is there, by its identity alone and if that shows in the first slots; `None` if keys would have to be compared. The
    /// key is an exact `str` or an integer of the word with that hash, or the hash is -1 ([`Machine::hash_at_hand`]).
    #[inline(always)]
    pub(crate) fn look_quickly(&self, key: Value, hash: i64) -> Option<bool> {
        if hash == -1 {
            return None;
        }
        let mask = self.mask.get();
        let mut i = hash.cast_unsigned() as usize & mask;
        let last = end_of_run(i, mask);
        loop {
            let slot = self.slot(i);
            if slot.key().is(key) {
                return Some(true);
            }
            if slot.is_empty() {
                return Some(false);
            }
            if slot.hash == hash || i == last {
                return None;
            }
            i += 1;
            short_loop();
        }
    }

    /// Removes all keys.
    pub fn clear(&self) {
        // The collector finds the memory.
        self.small.iter().for_each(|slot| slot.set(EMPTY));
        self.table.set(self.small_table());
        self.memory.set(Value::NULL);
        self.mask.set(MIN_SLOTS - 1);
        self.holds_objects.set(false);
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
        self.holds_objects.swap(&other.holds_objects);
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
        let start = self.finger.get() as usize & self.mask.get();
        let (at, key, _) = self.next_key(start).or_else(|| self.next_key(0))?;
        // SAFETY: the slot of a key.
        unsafe { self.delete(self.table.get().add(at)) };
        self.finger.set(at as u32 + 1);
        Some(key)
    }

    /// # Safety
    /// It is the slot of a key in this set's table.
    #[inline(always)]
    unsafe fn delete(&self, slot: *mut Slot) {
        // SAFETY: as the caller promises.
        unsafe { *slot = DELETED };
        self.used.set(self.used.get() - 1);
    }

    /// Slots for more than `least` keys.
    fn slots_for(least: usize) -> usize {
        (least + 1).next_power_of_two().max(MIN_SLOTS)
    }

    /// Whether that many slots in use are too many for the table.
    #[inline(always)]
    fn is_crowded_by(&self, fill: usize) -> bool {
        fill * 5 >= self.mask.get() * 3
    }
}

impl Gc<Set> {
    /// Adds; whether it was absent. May run `__hash__` and `__eq__`.
    #[inline]
    pub fn add(self, m: &mut Machine, key: Value) -> R<bool> {
        match m.hash_at_hand(key) {
            -1 => self.add_unhashed(m, key),
            hash => self.add_hashed(m, key, hash),
        }
    }

    #[inline(never)]
    fn add_unhashed(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.add_hashed(m, key, hash)
    }

    /// Adds the next key of a walk through another set, whose keys differ as long as that set stays as it is. Nothing was ever removed
    /// from this one.
    #[inline]
    pub(super) fn add_next(self, m: &mut Machine, key: Value, hash: i64, unchanged: bool) -> R<()> {
        if !unchanged {
            return self.add_hashed(m, key, hash).map(|_| ());
        }
        // SAFETY: a table always has an empty slot.
        unsafe { self.table().put_clean(Slot::of(key, hash)) };
        self.note(key);
        self.fill.set(self.fill.get() + 1);
        if self.is_crowded_by(self.fill.get()) {
            self.grow(m);
        }
        Ok(())
    }

    /// A key more is in the table.
    #[inline(always)]
    fn note(self, key: Value) {
        self.used.set(self.used.get() + 1);
        self.holds_objects.set(self.holds_objects.get() | key.is_ptr());
    }

    /// Puts an absent key into the empty slot where a search for it ended: true.
    ///
    /// # Safety
    /// It is an empty slot of this set's table.
    #[inline(always)]
    unsafe fn fill_slot(self, m: &mut Machine, at: *mut Slot, slot: Slot) -> R<bool> {
        // SAFETY: as the caller promises.
        unsafe { *at = slot };
        self.note(slot.key());
        let fill = self.fill.get() + 1;
        self.fill.set(fill);
        if self.is_crowded_by(fill) {
            return self.grown(m);
        }
        Ok(true)
    }

    /// Grows after a key was added: true.
    #[cold]
    #[inline(never)]
    fn grown(self, m: &mut Machine) -> R<bool> {
        self.grow(m);
        Ok(true)
    }

    /// As [`Gc::add`], with the key's hash. Most keys are where their hash says, or that slot is empty.
    pub fn add_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        let (wanted, at) = (Slot::of(key, hash), self.table().first(hash));
        // SAFETY: the slot is one of the table's.
        unsafe {
            if (*at).is_empty() {
                return self.fill_slot(m, at, wanted);
            }
            if (*at).is(wanted) {
                return Ok(false);
            }
        }
        self.add_further(m, wanted)
    }

    #[inline(never)]
    fn add_further(self, m: &mut Machine, wanted: Slot) -> R<bool> {
        let place = self.find(m, wanted, true)?;
        // SAFETY: the search ended at this slot of the table as it is now.
        unsafe { self.put(m, place, wanted) }
    }

    /// Puts a key where a search for it ended, unless it is there; whether it was absent.
    ///
    /// # Safety
    /// The place is one of the table as it is now.
    #[inline(always)]
    unsafe fn put(self, m: &mut Machine, place: Place, slot: Slot) -> R<bool> {
        match place.seen {
            Seen::Empty => {
                // SAFETY: as the caller promises.
                unsafe { self.fill_slot(m, place.slot, slot) }
            }
            Seen::Deleted => {
                // SAFETY: as the caller promises.
                unsafe { *place.slot = slot };
                self.note(slot.key());
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Whether a key is there; may run `__hash__` and `__eq__`.
    #[inline]
    pub fn contains(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.contains_hashed(m, key, hash)
    }

    /// As [`Gc::contains`], with the key's hash.
    #[inline(always)]
    pub fn contains_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        let (wanted, at) = (Slot::of(key, hash), self.table().first(hash));
        // SAFETY: the slot is one of the table's.
        unsafe {
            if (*at).is_empty() {
                return Ok(false);
            }
            if (*at).is(wanted) {
                return Ok(true);
            }
        }
        self.contains_further(m, wanted)
    }

    #[inline(never)]
    fn contains_further(self, m: &mut Machine, wanted: Slot) -> R<bool> {
        Ok(self.find(m, wanted, false)?.seen == Seen::Key)
    }

    /// Removes; whether it was there. May run `__hash__` and `__eq__`.
    #[inline]
    pub fn discard(self, m: &mut Machine, key: Value) -> R<bool> {
        match m.hash_at_hand(key) {
            -1 => self.discard_unhashed(m, key),
            hash => self.discard_hashed(m, key, hash),
        }
    }

    #[inline(never)]
    fn discard_unhashed(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        self.discard_hashed(m, key, hash)
    }

    /// As [`Gc::discard`], with the key's hash.
    pub fn discard_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        let (wanted, at) = (Slot::of(key, hash), self.table().first(hash));
        // SAFETY: the slot is one of the table's.
        unsafe {
            if (*at).is(wanted) {
                self.delete(at);
                return Ok(true);
            }
            if (*at).is_empty() {
                return Ok(false);
            }
        }
        self.discard_further(m, wanted)
    }

    #[inline(never)]
    fn discard_further(self, m: &mut Machine, wanted: Slot) -> R<bool> {
        let place = self.find(m, wanted, false)?;
        let found = place.seen == Seen::Key;
        if found {
            // SAFETY: the search ended at this slot of the table as it is now.
            unsafe { self.delete(place.slot) };
        }
        Ok(found)
    }

    /// Removes a key that is there, adds one that is not.
    pub(super) fn toggle(self, m: &mut Machine, key: Value, hash: i64) -> R<()> {
        let (wanted, at) = (Slot::of(key, hash), self.table().first(hash));
        // SAFETY: slots of the table as it is now; nothing runs between the search and its use.
        unsafe {
            let place = if (*at).is_empty() {
                Place { slot: at, seen: Seen::Empty }
            } else if (*at).is(wanted) {
                Place { slot: at, seen: Seen::Key }
            } else {
                self.table().look_further(m, wanted)
            };
            match place.seen {
                Seen::Key => self.delete(place.slot),
                // Python is asked once to remove and once to add, as in CPython.
                Seen::Unknown => {
                    if !self.discard_further(m, wanted)? {
                        self.add_further(m, wanted)?;
                    }
                }
                _ => {
                    self.put(m, place, wanted)?;
                }
            }
        }
        Ok(())
    }

    /// Adds to `result`, which is empty, the keys that are in another set, or those that are not.
    pub(super) fn select(self, m: &mut Machine, other: Gc<Set>, present: bool, result: Gc<Set>) -> R<()> {
        let (mut i, shape) = (0, self.shape());
        while i <= self.mask.get() {
            let slot = self.slot(i);
            i += 1;
            if slot.is_live() && other.contains_hashed(m, slot.key(), slot.hash)? == present {
                result.add_next(m, slot.key(), slot.hash, self.shape() == shape)?;
            }
        }
        Ok(())
    }

    /// Adds the keys of another set.
    pub fn merge(self, m: &mut Machine, other: Gc<Set>) -> R<()> {
        if self == other || other.is_empty() {
            return Ok(());
        }
        if self.fill.get() == 0 {
            self.fill_from(m, other, 0);
            return Ok(());
        }
        self.reserve(m, other.len());
        let mut i = 0;
        while i <= other.mask.get() {
            let slot = other.slot(i);
            i += 1;
            if slot.is_live() {
                self.add_hashed(m, slot.key(), slot.hash)?;
            }
        }
        Ok(())
    }

    /// Fills this set, whose table is empty, with the keys of another, at once with the room that a merge of `extra` more keys makes.
    pub(super) fn fill_from(self, m: &mut Machine, other: Gc<Set>, extra: usize) {
        let (used, own) = (other.used.get(), self.mask.get() + 1);
        let mut slots = if self.is_crowded_by(used) { Set::slots_for(used * 2) } else { own };
        let mut same = slots == other.mask.get() + 1 && other.fill.get() == used;
        if same && extra > 0 && other.is_crowded_by(used + extra) {
            // A copy of the table, which the merge walks through to make a larger one, need not be made.
            slots = Set::slots_for((used + extra) * 2);
            same = false;
        }
        if slots != own {
            let owner = self.memory.get();
            self.new_table(m, slots, !same);
            // SAFETY: the old memory was this set's alone.
            unsafe { m.free_table_memory(owner) };
        }
        let (from, to) = (other.table.get(), self.table());
        // SAFETY: both tables have that many slots; the new one has room for all the keys.
        unsafe {
            if !same {
                move_slots(from, used, to);
            } else if slots == MIN_SLOTS {
                let mut i = 0;
                while i < MIN_SLOTS {
                    *to.slots.add(i) = Slot::at(from.add(i));
                    i += 1;
                }
            } else {
                std::ptr::copy_nonoverlapping(from, to.slots, slots);
            }
        }
        self.fill.set(used);
        self.used.set(used);
        self.holds_objects.set(other.holds_objects.get());
    }

    /// Grows once for `extra` keys that are likely new.
    pub(super) fn reserve(self, m: &mut Machine, extra: usize) {
        if self.is_crowded_by(self.fill.get() + extra) {
            self.resize(m, (self.used.get() + extra) * 2);
        }
    }

    /// Resizes for the number of keys there are.
    pub(super) fn grow(self, m: &mut Machine) {
        let used = self.used.get();
        self.resize(m, if used > 50_000 { used * 2 } else { used * 4 });
    }

    /// Gives the set another table, of empty slots if `zeroed`; otherwise, if it is not the small one, they are still to be written.
    fn new_table(self, m: &mut Machine, slots: usize, zeroed: bool) {
        self.mask.set(slots - 1);
        if slots == MIN_SLOTS {
            self.small.iter().for_each(|slot| slot.set(EMPTY));
            self.memory.set(Value::NULL);
            self.table.set(self.small_table());
            return;
        }
        let (owner, start) = m.new_table_memory(slots * size_of::<Slot>());
        if zeroed {
            // SAFETY: the memory has that many bytes.
            unsafe { start.write_bytes(0, slots * size_of::<Slot>()) };
        }
        self.memory.set(owner);
        self.table.set(start.cast());
    }

    /// Moves the keys to a table of more than `least` slots, or drops deleted slots from the smallest one.
    #[cold]
    #[inline(never)]
    fn resize(self, m: &mut Machine, least: usize) {
        let slots = Set::slots_for(least);
        let (mut old, used, owner) = (self.table.get(), self.used.get(), self.memory.get());
        let small;
        if slots == MIN_SLOTS && old == self.small_table() {
            if self.fill.get() == used {
                return;
            }
            small = self.small.each_ref().map(Cell::get);
            old = small.as_ptr().cast_mut();
        }
        self.new_table(m, slots, true);
        self.fill.set(used);
        // SAFETY: the old table has so many keys; the new one is empty, and has room for them.
        unsafe { move_slots(old, used, self.table()) };
        // SAFETY: the old memory was this set's alone.
        unsafe { m.free_table_memory(owner) };
    }

    /// Finds a key that is not where its hash says; `__eq__` may run. To add a key that is there, its slot is not needed.
    #[inline(always)]
    fn find(self, m: &mut Machine, wanted: Slot, adding: bool) -> R<Place> {
        // SAFETY: a table always has an empty slot.
        let place = unsafe { self.table().look_further(m, wanted) };
        if place.seen == Seen::Unknown {
            return self.find_asking(m, wanted, adding);
        }
        Ok(place)
    }

    /// As [`Gc::find`] where `__eq__` has to be asked: it may change the set, and then the search starts again.
    #[cold]
    #[inline(never)]
    fn find_asking(self, m: &mut Machine, wanted: Slot, adding: bool) -> R<Place> {
        'restart: loop {
            let Table { slots, mask } = self.table();
            let mut perturb = wanted.hash.cast_unsigned() as usize;
            let mut i = perturb & mask;
            let mut deleted: *mut Slot = std::ptr::null_mut();
            loop {
                for j in i..=end_of_run(i, mask) {
                    let (at, slot) = (slots.wrapping_add(j), self.slot(j));
                    if slot.is_empty() {
                        return Ok(Place::of_absent(at, deleted));
                    }
                    if slot.hash != wanted.hash {
                        if !slot.is_live() {
                            deleted = at;
                        }
                        continue;
                    }
                    let (candidate, key) = (slot.key(), wanted.key());
                    let equal = if candidate.is(key) {
                        true
                    } else if let Some(equal) = quick_equal(m, candidate, key) {
                        equal
                    } else {
                        let equal = m.equal(candidate, key)?;
                        if equal && adding {
                            return Ok(Place { slot: at, seen: Seen::Key });
                        }
                        // SAFETY: read only if the table is the same as before.
                        let same = self.table.get() == slots
                            && self.mask.get() == mask
                            && self.slot(j).key().is(candidate)
                            && (deleted.is_null() || unsafe { (*deleted).is(DELETED) });
                        if !same {
                            continue 'restart;
                        }
                        equal
                    };
                    if equal {
                        return Ok(Place { slot: at, seen: Seen::Key });
                    }
                }
                i = next_run(i, &mut perturb, mask);
            }
        }
    }
}

/// Puts the first `used` keys from a table on into an empty one.
///
/// # Safety
/// There are so many keys, and room for them.
#[inline]
unsafe fn move_slots(from: *const Slot, used: usize, to: Table) {
    let (mut at, mut left) = (from, used);
    while left > 0 {
        // SAFETY: keys are still to come.
        unsafe {
            let slot = Slot::at(at);
            if slot.is_live() {
                to.put_clean(slot);
                left -= 1;
            }
            at = at.add(1);
        }
    }
}
