//! The memory of `dict` and its operations as native code uses them. The table itself is in `dict/table.rs`, merging in `dict/merge.rs`,
//! the hash of strings in `dict/str_hash.rs`; what Python sees is in `dict_type.rs` and `dict_views.rs`.
//!
//! As CPython's compact dict: entries in insertion order and a separate table of indices, in one piece of memory. A dict
//! whose keys are all exact `str` is looked up without running Python. `entries` and `keys_version` lie at fixed places for inline
//! caches: while the version is the one that was cached, the entry index that was cached with it stays right.

mod merge;
mod order;
mod str_hash;
mod table;

pub use merge::OnDuplicate;
pub use table::Entry;
pub(crate) use table::{Quick, quick_equal};

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::string::Str;
use super::typeobj::{SharedKeys, Type};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use std::cell::Cell;
use table::Probe;

/// A `dict` object.
#[repr(C)]
pub struct Dict {
    /// Its type.
    pub header: Header,
    /// Entries in insertion order, deleted ones included; null while nothing was ever inserted. The index table lies before them.
    pub entries: Cell<*mut Entry>,
    /// What inline caches guard on: 0 until one asks, and again whenever a key comes, goes or moves; kept when a value is replaced.
    pub keys_version: Cell<u32>,
    /// Base-2 logarithm of the number of index slots.
    log2_slots: Cell<u8>,
    /// Whether every key is an exact `str`.
    all_str: Cell<bool>,
    /// Made for an instance of a class: in CPython it shares the class's keys until something is done to it that such a dict cannot do.
    split: Cell<bool>,
    /// Live entries.
    used: Cell<u32>,
    /// Entries appended since the table was made, deleted ones included.
    filled: Cell<u32>,
    /// Minus the number of index slots if each is a byte; 0 if they are larger, or there are none.
    near: Cell<i32>,
    /// No entry before this one is live: queues do not search their deleted ones again and again.
    first: Cell<u32>,
    /// The owner of the table's memory, or `NULL`.
    memory: Cell<Value>,
}

// SAFETY: repr(C), header first; traces every key and value (those of deleted entries are NULL).
unsafe impl Payload for Dict {
    const LAYOUT: &'static Layout = &layout_of::<Dict>(LayoutId::Dict);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.memory.get());
        for e in self.live_entries() {
            m.mark(e.key);
            m.mark(e.value);
        }
    }
}

impl Machine {
    /// An empty dict.
    #[inline]
    pub fn new_dict(&mut self) -> Gc<Dict> {
        let ty = self.types.dict;
        self.new_dict_of(ty)
    }

    /// An empty dict of a class (`dict` or a subclass).
    pub fn new_dict_of(&mut self, ty: Gc<Type>) -> Gc<Dict> {
        self.new_object(Dict {
            header: Header::new(ty),
            entries: Cell::new(std::ptr::null_mut()),
            keys_version: Cell::new(0),
            log2_slots: Cell::new(0),
            all_str: Cell::new(true),
            split: Cell::new(false),
            used: Cell::new(0),
            filled: Cell::new(0),
            near: Cell::new(0),
            first: Cell::new(0),
            memory: Cell::new(Value::NULL),
        })
    }

    /// An empty dict with room for `n` keys.
    pub fn new_dict_sized(&mut self, n: usize) -> Gc<Dict> {
        let d = self.new_dict();
        if n > 0 {
            d.resize(self, table::slots_for_keys(n));
        }
        d
    }

    /// Whether a value is a `str` and of no subclass.
    #[inline(always)]
    #[must_use]
    pub fn is_exact_str(&self, v: Value) -> bool {
        // SAFETY: instances of the type have that payload.
        unsafe { v.exactly::<Str>(self.types.str) }.is_some()
    }

    /// Hash of a key: that of an exact `str` is read or computed at once.
    #[inline(always)]
    pub(crate) fn hash_key_of(&mut self, key: Value) -> R<i64> {
        match self.hash_at_hand(key) {
            -1 => self.compute_hash_of(key),
            hash => Ok(hash),
        }
    }

    #[inline(never)]
    fn compute_hash_of(&mut self, key: Value) -> R<i64> {
        // SAFETY: instances of the type have that payload.
        match unsafe { key.exactly::<Str>(self.types.str) } {
            Some(key) => Ok(self.hash_str(key)),
            None => self.hash(key),
        }
    }
}

impl Dict {
    /// Number of keys.
    #[inline(always)]
    #[must_use]
    pub fn len(&self) -> usize {
        self.used.get() as usize
    }

    /// Whether there is no key.
    #[inline(always)]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.used.get() == 0
    }

    /// Entries ever appended, deleted ones included: the bound of [`Dict::entry`].
    #[inline(always)]
    #[must_use]
    pub fn entries_len(&self) -> usize {
        self.filled.get() as usize
    }

    /// Entry `i` in insertion order; `None` where it was deleted or `i` is out of range.
    #[inline(always)]
    #[must_use]
    pub fn entry(&self, i: usize) -> Option<(Value, Value)> {
        let e = self.full_entry(i)?;
        Some((e.key, e.value))
    }

    /// As [`Dict::entry`], with the hash.
    #[inline(always)]
    #[must_use]
    pub fn full_entry(&self, i: usize) -> Option<Entry> {
        if i >= self.entries_len() {
            return None;
        }
        // SAFETY: below filled.
        let e = unsafe { *self.entries.get().add(i) };
        if e.key.is_null() { None } else { Some(e) }
    }

    /// The first live entry at or after `i`, and its index.
    #[inline]
    #[must_use]
    pub fn next_entry(&self, i: usize) -> Option<(usize, Entry)> {
        let mut i = i.max(self.first.get() as usize);
        while i < self.entries_len() {
            if let Some(e) = self.full_entry(i) {
                return Some((i, e));
            }
            i += 1;
        }
        None
    }

    /// The last live entry before `end`, and its index.
    #[must_use]
    pub fn previous_entry(&self, end: usize) -> Option<(usize, Entry)> {
        let mut i = end.min(self.entries_len());
        while i > self.first.get() as usize {
            i -= 1;
            // SAFETY: below filled.
            let e = unsafe { *self.entries.get().add(i) };
            if !e.key.is_null() {
                return Some((i, e));
            }
            i = i.min(e.hash as usize);
        }
        None
    }

    /// Value of entry `i`, which the caller found with [`Gc::index_of_str`] under the keys version that still holds.
    ///
    /// # Safety
    /// `i` is below [`Dict::entries_len`].
    #[inline(always)]
    #[must_use]
    pub unsafe fn value_at(&self, i: usize) -> Value {
        // SAFETY: as the caller promises.
        unsafe { (*self.entries.get().add(i)).value }
    }

    /// Replaces the value of entry `i`, which is live.
    ///
    /// # Safety
    /// `i` is the index of a live entry.
    #[inline(always)]
    pub unsafe fn set_value_at(&self, i: usize, value: Value) {
        // SAFETY: as the caller promises.
        unsafe { (*self.entries.get().add(i)).value = value };
    }

    /// Whether every key is an exact `str`.
    #[inline(always)]
    #[must_use]
    pub fn all_keys_are_str(&self) -> bool {
        self.all_str.get()
    }

    /// `__sizeof__` of a dict of this size in CPython.
    #[must_use]
    pub fn size_in_cpython(&self) -> usize {
        48 + self.table_size_in_cpython()
    }

    /// Keys and values in order, for code that runs no Python and does not change the dict while it walks.
    pub fn iter(&self) -> impl Iterator<Item = (Value, Value)> + '_ {
        self.live_entries().map(|e| (e.key, e.value))
    }

    fn live_entries(&self) -> impl Iterator<Item = &Entry> {
        let n = self.entries_len();
        let entries: &[Entry] = if n == 0 {
            &[]
        } else {
            // SAFETY: `filled` initialised entries.
            unsafe { std::slice::from_raw_parts(self.entries.get(), n) }
        };
        entries.iter().filter(|e| !e.key.is_null())
    }
}

impl Gc<Dict> {
    /// Looks a key up; may run `__hash__` and `__eq__`.
    #[inline]
    pub fn get(self, m: &mut Machine, key: Value) -> R<Option<Value>> {
        let hash = m.hash_key_of(key)?;
        self.get_hashed(m, key, hash)
    }

    /// As [`Gc::get`], with the key's hash.
    #[inline]
    pub fn get_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<Option<Value>> {
        let probe = self.find(m, key, hash)?;
        Ok(self.value_of(probe))
    }

    /// Whether a key is there; may run `__hash__` and `__eq__`.
    pub fn contains(self, m: &mut Machine, key: Value) -> R<bool> {
        let hash = m.hash_key_of(key)?;
        Ok(self.find(m, key, hash)?.found())
    }

    /// As [`Gc::contains`], with the key's hash.
    pub fn contains_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<bool> {
        Ok(self.find(m, key, hash)?.found())
    }

    /// Looks an exact `str` key up; never runs Python (keys of `str` subclasses are compared as text, other keys are unequal).
    #[inline]
    #[must_use]
    pub fn get_str(self, m: &Machine, key: Gc<Str>) -> Option<Value> {
        let hash = m.hash_str(key);
        let probe = self.find_str(key, hash);
        self.value_of(probe)
    }

    /// Sets; may run `__hash__` and `__eq__`.
    #[inline]
    pub fn insert(self, m: &mut Machine, key: Value, value: Value) -> R<()> {
        let hash = m.hash_key_of(key)?;
        self.insert_hashed(m, key, hash, value)
    }

    /// As [`Gc::insert`], with the key's hash.
    #[inline]
    pub fn insert_hashed(self, m: &mut Machine, key: Value, hash: i64, value: Value) -> R<()> {
        let probe = self.find(m, key, hash)?;
        if probe.found() {
            // SAFETY: a live entry was found.
            unsafe { self.set_value_at(probe.index, value) };
        } else {
            self.append(m, probe, key, hash, value);
        }
        Ok(())
    }

    /// Sets an exact `str` key; never runs Python.
    #[inline]
    pub fn insert_str(self, m: &mut Machine, key: Gc<Str>, value: Value) {
        let hash = m.hash_str(key);
        let probe = self.find_str(key, hash);
        if probe.found() {
            // SAFETY: a live entry was found.
            unsafe { self.set_value_at(probe.index, value) };
        } else {
            self.append(m, probe, key.value(), hash, value);
        }
    }

    /// The key's value, which becomes `default` if the key is absent.
    pub fn set_default(self, m: &mut Machine, key: Value, default: Value) -> R<Value> {
        let hash = m.hash_key_of(key)?;
        let probe = self.find(m, key, hash)?;
        if let Some(value) = self.value_of(probe) {
            return Ok(value);
        }
        self.append(m, probe, key, hash, default);
        Ok(default)
    }

    /// Removes; the value it had.
    pub fn remove(self, m: &mut Machine, key: Value) -> R<Option<Value>> {
        let hash = m.hash_key_of(key)?;
        self.remove_hashed(m, key, hash)
    }

    /// As [`Gc::remove`], with the key's hash.
    pub fn remove_hashed(self, m: &mut Machine, key: Value, hash: i64) -> R<Option<Value>> {
        let probe = self.find(m, key, hash)?;
        Ok(self.delete(probe))
    }

    /// Removes an exact `str` key; never runs Python.
    pub fn remove_str(self, m: &Machine, key: Gc<Str>) -> Option<Value> {
        let hash = m.hash_str(key);
        let probe = self.find_str(key, hash);
        self.delete(probe)
    }

    /// Removes and returns the last key and value.
    #[must_use]
    pub fn pop_last(self) -> Option<(Value, Value)> {
        let filled = self.entries_len();
        let (i, e) = self.previous_entry(filled)?;
        let probe = self.find_index(e.hash, i);
        self.delete(probe);
        // The entry's place is not used again before the table is made anew, as its slot among the indices is not empty again.
        // SAFETY: there is an entry, and the last one is deleted.
        unsafe { (*self.entries.get().add(filled - 1)).hash = i as i64 };
        self.split.set(false);
        Some((e.key, e.value))
    }

    /// It becomes the dict of an instance of a class whose instances share keys.
    pub(crate) fn start_split(self) {
        self.split.set(true);
    }

    /// Whether it would share its keys with a class in CPython.
    #[must_use]
    pub fn is_split(self) -> bool {
        self.split.get() && self.has_str_keys() && self.len() <= SharedKeys::MAX
    }

    /// Removes all.
    pub fn clear(self, m: &mut Machine) {
        self.free_table(m);
        self.all_str.set(true);
        self.split.set(false);
    }

    /// A `dict` with the same keys and values.
    pub fn copy(self, m: &mut Machine) -> Gc<Dict> {
        let d = m.new_dict();
        d.fill_from(m, self);
        d
    }

    /// Index of the entry of an exact `str` key, for caches: valid while the keys version stays the same.
    #[must_use]
    pub fn index_of_str(self, key: Gc<Str>) -> Option<usize> {
        let hash = key.hash.get();
        if hash == -1 {
            // Never hashed, so not a key here, but a string of the same text may be.
            let same = |e: Entry| e.key.downcast::<Str>().is_some_and(|k| k.bytes() == key.bytes());
            return (0..self.entries_len()).find(|&i| self.full_entry(i).is_some_and(same));
        }
        let probe = self.find_str(key, hash);
        probe.found().then_some(probe.index)
    }

    /// Whether every key is an exact `str`.
    #[must_use]
    pub fn has_str_keys(self) -> bool {
        self.all_str.get()
    }

    /// The keys version that caches guard on: assigned on demand; 0 when none is to be had.
    pub fn keys_version(self, m: &mut Machine) -> u32 {
        if self.keys_version.get() == 0 {
            self.keys_version.set(m.fresh_keys_version());
        }
        self.keys_version.get()
    }

    #[inline(always)]
    fn value_of(self, probe: Probe) -> Option<Value> {
        if probe.found() {
            // SAFETY: the index of a live entry.
            Some(unsafe { self.value_at(probe.index) })
        } else {
            None
        }
    }
}
