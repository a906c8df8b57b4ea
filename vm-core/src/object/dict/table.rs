//! The hash table behind `dict`: memory, probing, growth. Probe order, load and growth are CPython's; in contrast to the set's table
//! (`set.rs`) the slots hold indices of entries, one, two or four bytes each.

use super::Dict;
use crate::hints::short_loop;
use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use std::ptr::NonNull;

/// A key with its hash and value. Key and value are `NULL` once deleted.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Entry {
    /// Hash of the key.
    pub hash: i64,
    /// The key.
    pub key: Value,
    /// Its value.
    pub value: Value,
}

/// How far the perturbation is shifted at each probe.
const PERTURB_SHIFT: u32 = 5;
const MIN_LOG2: u8 = 3;
const ABSENT: usize = usize::MAX;
/// Bytes of indices that are written word by word.
const SHORT_INDEX: usize = 32;

/// Where a look-up ended: at an entry, or at the slot where the key would go, the first deleted one on the way or else an empty one.
#[derive(Clone, Copy)]
pub(super) struct Probe {
    pub(super) slot: usize,
    pub(super) index: usize,
}

/// A [`Probe`] in one word, which is returned in a register: bodies of instructions into which a search is compiled end in tail calls only
/// if no address of a local gets out.
#[derive(Clone, Copy)]
struct Packed(u64);

impl Packed {
    #[inline(always)]
    fn of(probe: Probe) -> Packed {
        Packed(probe.slot as u64 | (probe.index as u64) << 32)
    }

    #[inline(always)]
    fn probe(self) -> Probe {
        let index = (self.0 >> 32) as u32;
        Probe { slot: self.0 as u32 as usize, index: if index == u32::MAX { ABSENT } else { index as usize } }
    }
}

impl Probe {
    #[inline(always)]
    pub(super) fn found(self) -> bool {
        self.index != ABSENT
    }
}

/// What a look-up without calls knows of a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Quick {
    /// Its entry.
    At(NonNull<Entry>),
    /// It is not there.
    Absent,
    /// Keys would have to be compared, or the hash is not known.
    Unknown,
}

impl Quick {
    /// The entry, if it was found.
    #[inline(always)]
    pub(crate) fn entry(self) -> Option<NonNull<Entry>> {
        if let Quick::At(entry) = self { Some(entry) } else { None }
    }
}

/// An index as a slot holds it.
trait Index: Copy + Eq {
    const EMPTY: Self;
    const DELETED: Self;
    fn to(self) -> usize;
    fn of(i: usize) -> Self;
}

macro_rules! index {
    ($($t:ty)*) => {$(
        impl Index for $t {
            const EMPTY: $t = <$t>::MAX;
            const DELETED: $t = <$t>::MAX - 1;
            #[inline(always)]
            fn to(self) -> usize {
                self as usize
            }
            #[inline(always)]
            fn of(i: usize) -> $t {
                i as $t
            }
        }
    )*};
}
index! { u8 u16 u32 }

/// Evaluates an expression with `$i` naming the index type of a table with that many slots.
macro_rules! with_index {
    ($log2:expr, $i:ident => $e:expr) => {
        match $log2 {
            ..=8 => {
                type $i = u8;
                $e
            }
            9..=16 => {
                type $i = u16;
                $e
            }
            _ => {
                type $i = u32;
                $e
            }
        }
    };
}

/// Entries that a table of `2^log2` slots holds at most.
const fn usable_entries(log2: u8) -> usize {
    (2usize << log2) / 3
}

/// Base-2 logarithm of the least number of slots that is at least `n`.
const fn log2_at_least(n: usize) -> u8 {
    let log2 = n.next_power_of_two().trailing_zeros() as u8;
    if log2 < MIN_LOG2 { MIN_LOG2 } else { log2 }
}

/// Size of a table that takes `n` keys without growing.
pub(super) const fn slots_for_keys(n: usize) -> u8 {
    log2_at_least((n * 3).div_ceil(2))
}

pub(super) const fn index_bytes(log2: u8) -> usize {
    (match log2 {
        ..=8 => 1usize,
        9..=16 => 2,
        _ => 4,
    }) << log2
}

const fn table_bytes(log2: u8) -> usize {
    index_bytes(log2) + usable_entries(log2) * size_of::<Entry>()
}

/// Whether two values are equal as keys, where that needs no Python: `None` if it does. Identical ones were told before.
#[inline(always)]
pub(crate) fn quick_equal(m: &Machine, a: Value, b: Value) -> Option<bool> {
    if Value::both_int(a, b) {
        return Some(false);
    }
    if m.is_exact_str(a) && m.is_exact_str(b) {
        // SAFETY: exact strs are Strs.
        return Some(unsafe { same_text(a.cast(), b.cast()) });
    }
    let tuple = m.types.tuple;
    if a.is_ptr() && b.is_ptr() && m.type_of(a) == tuple && m.type_of(b) == tuple {
        // SAFETY: exact tuples are Tuples.
        return unsafe { same_items(m, a.cast(), b.cast()) };
    }
    None
}

/// [`quick_equal`] of exact tuples: of integers, strs and what is identical, as most keys are made of.
#[inline(never)]
fn same_items(m: &Machine, a: Gc<Tuple>, b: Gc<Tuple>) -> Option<bool> {
    for (&x, &y) in a.slice().iter().zip(b.slice()) {
        if x.is(y) {
            continue;
        }
        if Value::both_int(x, y) {
            return Some(false);
        }
        if !(m.is_exact_str(x) && m.is_exact_str(y)) {
            return None;
        }
        // SAFETY: exact strs are Strs.
        if !unsafe { same_text(x.cast(), y.cast()) } {
            return Some(false);
        }
    }
    Some(a.len() == b.len())
}

/// Whether two different `str` objects hold the same text.
#[inline(always)]
fn same_text(a: Gc<Str>, b: Gc<Str>) -> bool {
    !(a.is_interned() && b.is_interned()) && (a.same_short_text(&b) || a.bytes() == b.bytes())
}

impl Dict {
    /// What changes with every change of the set of keys (short of one undone by its opposite).
    fn shape(&self) -> (*mut Entry, u8, u32, u32) {
        (self.entries.get(), self.log2_slots.get(), self.used.get(), self.filled.get())
    }

    /// # Safety
    /// There is a table of index type `I`, and `slot` is one of its slots.
    #[inline(always)]
    unsafe fn index_ptr<I: Index>(&self, slot: usize) -> *mut I {
        // SAFETY: the index table ends where the entries begin.
        unsafe { self.entries.get().cast::<I>().sub(1 << self.log2_slots.get()).add(slot) }
    }

    /// Walks the slots of `hash` until one is empty or `same` holds for its entry. `same` must not change the dict.
    #[inline(always)]
    pub(super) fn walk(&self, hash: i64, mut same: impl FnMut(usize, &Entry) -> bool) -> Probe {
        if self.entries.get().is_null() {
            return Probe { slot: 0, index: ABSENT };
        }
        with_index!(self.log2_slots.get(), I => self.walk_sized::<I>(hash, &mut same))
    }

    #[inline(always)]
    fn walk_sized<I: Index>(&self, hash: i64, same: &mut impl FnMut(usize, &Entry) -> bool) -> Probe {
        let mask = (1usize << self.log2_slots.get()) - 1;
        let mut perturb = hash.cast_unsigned() as usize;
        let mut slot = perturb & mask;
        loop {
            // SAFETY: the slot is masked; an index that is neither empty nor deleted is that of an entry.
            unsafe {
                let index = *self.index_ptr::<I>(slot);
                if index == I::EMPTY {
                    return Probe { slot, index: ABSENT };
                }
                if index != I::DELETED && same(index.to(), &*self.entries.get().add(index.to())) {
                    return Probe { slot, index: index.to() };
                }
            }
            perturb >>= PERTURB_SHIFT;
            slot = slot.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
        }
    }

    /// Finds a key by its identity, or as a short text; `None` where keys of the same hash would have to be compared.
    #[inline(always)]
    fn look_sized<I: Index>(&self, m: &Machine, key: Value, hash: i64) -> Option<Probe> {
        let (entries, slots) = (self.entries.get(), 1usize << self.log2_slots.get());
        let (first, mask) = (entries.cast::<I>().wrapping_sub(slots), slots - 1);
        let mut perturb = hash.cast_unsigned() as usize;
        let mut slot = perturb & mask;
        let mut deleted = ABSENT;
        loop {
            // SAFETY: there is a table; the slots, which lie before the entries, are masked; an index that is neither empty nor deleted is
            // that of an entry.
            unsafe {
                let index = *first.add(slot);
                if index == I::EMPTY {
                    return Some(Probe { slot: if deleted == ABSENT { slot } else { deleted }, index: ABSENT });
                }
                if index == I::DELETED {
                    if deleted == ABSENT {
                        deleted = slot;
                    }
                } else {
                    let entry = entries.add(index.to());
                    let other = (*entry).key;
                    if other.is(key) {
                        return Some(Probe { slot, index: index.to() });
                    }
                    if (*entry).hash == hash {
                        let same = m.is_exact_str(key) && m.is_exact_str(other) && key.cast::<Str>().same_short_text(&other.cast::<Str>());
                        return same.then_some(Probe { slot, index: index.to() });
                    }
                }
            }
            perturb >>= PERTURB_SHIFT;
            slot = slot.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
            short_loop();
        }
    }

    /// Entries that may still be appended.
    #[inline(always)]
    pub(super) fn usable(&self) -> usize {
        if self.entries.get().is_null() { 0 } else { usable_entries(self.log2_slots.get()) - self.entries_len() }
    }

    /// The entry at an index, if there is one and the key is this very object.
    #[inline(always)]
    pub(crate) fn entry_at(&self, index: u32, key: Value) -> Option<NonNull<Entry>> {
        if index >= self.filled.get() {
            return None;
        }
        // SAFETY: there are `filled` entries.
        unsafe {
            let entry = self.entries.get().add(index as usize);
            if (*entry).key.is(key) { Some(NonNull::new_unchecked(entry)) } else { None }
        }
    }

    /// The index of one of its entries.
    pub(crate) fn index_of(&self, entry: NonNull<Entry>) -> u32 {
        // SAFETY: the caller has it from this dict, whose entries have not moved since.
        unsafe { entry.as_ptr().offset_from(self.entries.get()) as u32 }
    }

    /// As [`Dict::look_quickly`], where the hash says alone: that is where most keys of most dicts are. It takes few registers.
    #[inline(always)]
    pub(crate) fn look_once(&self, key: Value, hash: i64) -> Quick {
        let near = self.near.get();
        if near == 0 {
            return Quick::Unknown;
        }
        let entries = self.entries.get();
        // SAFETY: the slots, a power of two of them, lie before the entries; what is below `filled` is the index of an entry.
        unsafe {
            let index = *entries.cast::<u8>().offset((i64::from(near) | hash) as isize);
            if u32::from(index) >= self.filled.get() {
                return if index == u8::EMPTY && hash != -1 { Quick::Absent } else { Quick::Unknown };
            }
            let entry = entries.add(index.to());
            if (*entry).key.is(key) { Quick::At(NonNull::new_unchecked(entry)) } else { Quick::Unknown }
        }
    }

    /// Looks a key up by its identity, or as a short text. The key is an exact `str` or an integer of the word with that hash, or the hash is -1
    /// ([`Machine::hash_at_hand`]).
    #[inline(never)]
    pub(crate) fn look_quickly(&self, key: Value, hash: i64) -> Quick {
        let (entries, log2, filled) = (self.entries.get(), self.log2_slots.get(), self.filled.get() as usize);
        if filled == 0 || hash == -1 {
            return Quick::Unknown;
        }
        let slots = 1usize << log2;
        let mut perturb = hash.cast_unsigned() as usize;
        let mut slot = perturb & (slots - 1);
        loop {
            // SAFETY: a table with entries exists, and the slot is masked; what is below `filled` is the index of an entry, and the marks
            // of empty and deleted slots are not.
            unsafe {
                let (index, empty) = match log2 {
                    ..=8 => (usize::from(*entries.cast::<u8>().sub(slots).add(slot)), u8::EMPTY.to()),
                    9..=16 => (usize::from(*entries.cast::<u16>().sub(slots).add(slot)), u16::EMPTY.to()),
                    _ => (*entries.cast::<u32>().sub(slots).add(slot) as usize, u32::EMPTY.to()),
                };
                if index >= filled {
                    return if index == empty { Quick::Absent } else { Quick::Unknown };
                }
                let entry = entries.add(index);
                if (*entry).key.is(key) {
                    return Quick::At(NonNull::new_unchecked(entry));
                }
                if (*entry).hash == hash {
                    let other = (*entry).key;
                    let same = key.is_ptr() && other.is_ptr() && {
                        let (a, b) = (key.cast::<Str>(), other.cast::<Str>());
                        a.header.ty() == b.header.ty() && a.same_short_text(&b)
                    };
                    return if same { Quick::At(NonNull::new_unchecked(entry)) } else { Quick::Unknown };
                }
            }
            perturb >>= PERTURB_SHIFT;
            slot = slot.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & (slots - 1);
            short_loop();
        }
    }

    pub(super) fn table_size_in_cpython(&self) -> usize {
        if self.entries.get().is_null() {
            return 0;
        }
        let log2 = self.log2_slots.get();
        let index = match log2 {
            ..8 => 1,
            8..16 => 2,
            _ => 4,
        };
        32 + (index << log2) + usable_entries(log2) * if self.all_str.get() { 16 } else { 24 }
    }

    /// Puts the entries after the first `from`, which are free, into the slots, which are all empty.
    pub(super) fn index_entries(&self, from: usize) {
        with_index!(self.log2_slots.get(), I => {
            let (entries, n, slots) = (self.entries.get(), self.entries_len(), 1usize << self.log2_slots.get());
            let (first, mask) = (entries.cast::<I>().wrapping_sub(slots), slots - 1);
            let mut i = from;
            while i < n {
                // SAFETY: entries up to `filled` are initialised; the slots, which lie before them, are masked.
                unsafe {
                    let mut perturb = (*entries.add(i)).hash.cast_unsigned() as usize;
                    let mut slot = perturb & mask;
                    while *first.add(slot) != I::EMPTY {
                        perturb >>= PERTURB_SHIFT;
                        slot = slot.wrapping_mul(5).wrapping_add(perturb).wrapping_add(1) & mask;
                    }
                    *first.add(slot) = I::of(i);
                }
                i += 1;
            }
        });
    }
}

impl Gc<Dict> {
    /// Leaves the dict without table.
    pub(super) fn free_table(self, m: &mut Machine) {
        let owner = self.memory.replace(Value::NULL);
        self.entries.set(std::ptr::null_mut());
        self.used.set(0);
        self.filled.set(0);
        self.first.set(0);
        self.near.set(0);
        self.keys_version.set(0);
        // SAFETY: the memory was this dict's alone.
        unsafe { m.free_table_memory(owner) };
    }

    /// Gives the dict a table of `2^log2` slots whose entries, `n` of them, are still to be written.
    fn new_table(self, m: &mut Machine, log2: u8, n: usize) -> *mut Entry {
        let (owner, start) = m.new_table_memory(table_bytes(log2));
        let bytes = index_bytes(log2);
        // SAFETY: the index table is the first part of the memory, a multiple of eight bytes; all its slots become empty.
        let entries = unsafe {
            if bytes <= SHORT_INDEX {
                let mut i = 0;
                while i < bytes {
                    start.add(i).cast::<u64>().write(u64::MAX);
                    i += 8;
                    short_loop();
                }
            } else {
                start.write_bytes(0xff, bytes);
            }
            start.add(bytes).cast::<Entry>()
        };
        self.memory.set(owner);
        self.entries.set(entries);
        self.log2_slots.set(log2);
        self.used.set(n as u32);
        self.filled.set(n as u32);
        self.first.set(0);
        self.near.set(if log2 <= 8 { -(1 << log2) } else { 0 });
        self.keys_version.set(0);
        entries
    }

    /// Finds an exact `str` key without running Python. In most dicts indices are bytes, and most keys are where their hash says.
    #[inline(always)]
    pub(super) fn find_str(self, key: Gc<Str>, hash: i64) -> Probe {
        let log2 = self.log2_slots.get();
        if log2 <= 8 && !self.entries.get().is_null() {
            let slot = hash.cast_unsigned() as usize & ((1 << log2) - 1);
            // SAFETY: the table's indices are bytes; one that is neither empty nor deleted is that of an entry.
            unsafe {
                let index = *self.index_ptr::<u8>(slot);
                if index == u8::EMPTY {
                    return Probe { slot, index: ABSENT };
                }
                if index != u8::DELETED && (*self.entries.get().add(index.to())).key.is(key.value()) {
                    return Probe { slot, index: index.to() };
                }
            }
        }
        self.find_str_further(key, hash)
    }

    #[inline(never)]
    fn find_str_further(self, key: Gc<Str>, hash: i64) -> Probe {
        let word = key.value();
        if self.all_str.get() {
            // SAFETY: all keys are exact strs.
            let mut same = |_: usize, e: &Entry| e.key.is(word) || (e.hash == hash && unsafe { same_text(e.key.cast(), key) });
            if self.log2_slots.get() <= 8 && !self.entries.get().is_null() {
                return self.walk_sized::<u8>(hash, &mut same);
            }
            return self.walk(hash, same);
        }
        self.walk(hash, |_, e| e.key.is(word) || (e.hash == hash && e.key.downcast::<Str>().is_some_and(|k| k.bytes() == key.bytes())))
    }

    /// Finds any key; `__eq__` may run. In most dicts indices are bytes, and most keys are where their hash says.
    #[inline(always)]
    pub(super) fn find(self, m: &mut Machine, key: Value, hash: i64) -> R<Probe> {
        let near = i64::from(self.near.get());
        if near != 0 {
            let entries = self.entries.get();
            // SAFETY: the slots, a power of two of them, lie before the entries; what is below `filled` is the index of an entry.
            unsafe {
                let index = *entries.cast::<u8>().offset((near | hash) as isize);
                let slot = (hash & !near) as usize;
                if index == u8::EMPTY {
                    return Ok(Probe { slot, index: ABSENT });
                }
                if u32::from(index) < self.filled.get() && (*entries.add(index.to())).key.is(key) {
                    return Ok(Probe { slot, index: index.to() });
                }
            }
        }
        Ok(self.find_further(m, key, hash)?.probe())
    }

    /// As [`Gc::find`], wherever the key is: first by its identity, or as a short text.
    #[inline(never)]
    fn find_further(self, m: &mut Machine, key: Value, hash: i64) -> R<Packed> {
        if self.entries.get().is_null() {
            return Ok(Packed::of(Probe { slot: 0, index: ABSENT }));
        }
        match with_index!(self.log2_slots.get(), I => self.look_sized::<I>(m, key, hash)) {
            Some(probe) => Ok(Packed::of(probe)),
            None => self.find_comparing(m, key, hash),
        }
    }

    /// As [`Gc::find`] where an entry has the key's hash.
    #[inline(never)]
    fn find_comparing(self, m: &mut Machine, key: Value, hash: i64) -> R<Packed> {
        if self.all_str.get() && m.is_exact_str(key) {
            // SAFETY: an exact str is a Str.
            return Ok(Packed::of(self.find_str_further(unsafe { key.cast() }, hash)));
        }
        let mut asks = false;
        let probe = self.walk(hash, |_, e| {
            e.key.is(key)
                || (e.hash == hash
                    && quick_equal(m, e.key, key).unwrap_or_else(|| {
                        asks = true;
                        true
                    }))
        });
        let probe = if asks { self.find_asking(m, key, hash)? } else { probe };
        Ok(Packed::of(probe))
    }

    /// As [`Gc::find`] where `__eq__` has to be asked: it may change the dict, and then the search starts again.
    #[cold]
    #[inline(never)]
    fn find_asking(self, m: &mut Machine, key: Value, hash: i64) -> R<Probe> {
        // Entries found unequal so far, as long as the dict stays as it is: they are passed over without asking again.
        'restart: loop {
            let mut unequal_below = 0;
            loop {
                let mut passed = 0;
                let mut ask = Value::NULL;
                let probe = self.walk(hash, |_, e| {
                    if e.key.is(key) {
                        return true;
                    }
                    if e.hash != hash {
                        return false;
                    }
                    match quick_equal(m, e.key, key) {
                        Some(equal) => equal,
                        None if passed < unequal_below => {
                            passed += 1;
                            false
                        }
                        None => {
                            ask = e.key;
                            true
                        }
                    }
                });
                if ask.is_null() {
                    return Ok(probe);
                }
                let before = self.shape();
                let equal = m.equal(ask, key)?;
                if self.shape() != before || !self.full_entry(probe.index).is_some_and(|e| e.key.is(ask)) {
                    continue 'restart;
                }
                if equal {
                    return Ok(probe);
                }
                unequal_below += 1;
            }
        }
    }

    /// The slot of entry `i`, whose hash is given.
    pub(super) fn find_index(self, hash: i64, i: usize) -> Probe {
        self.walk(hash, |index, _| index == i)
    }

    /// Appends a key that was not found, at the slot where the search ended.
    #[inline]
    pub(super) fn append(self, m: &mut Machine, mut probe: Probe, key: Value, hash: i64, value: Value) {
        if self.usable() == 0 {
            self.resize(m, log2_at_least(self.len() * 3));
            probe = self.walk(hash, |_, _| false);
        }
        if self.all_str.get() && !m.is_exact_str(key) {
            self.all_str.set(false);
        }
        let i = self.filled.get();
        // SAFETY: there is room for another entry; the slot is an empty or deleted one of this table.
        unsafe {
            self.entries.get().add(i as usize).write(Entry { hash, key, value });
            with_index!(self.log2_slots.get(), I => *self.index_ptr::<I>(probe.slot) = I::of(i as usize));
        }
        self.filled.set(i + 1);
        self.used.set(self.used.get() + 1);
        self.keys_version.set(0);
    }

    /// Puts a key that was not found, at the slot where the search ended, into entry `i`, which is free and lies before all live ones.
    pub(super) fn put_first(self, probe: Probe, i: usize, entry: Entry) {
        debug_assert!(i < self.entries_len() && self.next_entry(0).is_none_or(|(first, _)| first > i));
        // SAFETY: the entry is one of this table; the slot is an empty or deleted one.
        unsafe {
            self.entries.get().add(i).write(entry);
            with_index!(self.log2_slots.get(), I => *self.index_ptr::<I>(probe.slot) = I::of(i));
        }
        self.first.set(i as u32);
        self.used.set(self.used.get() + 1);
        self.keys_version.set(0);
    }

    /// Deletes the entry that a search found; its value.
    pub(super) fn delete(self, probe: Probe) -> Option<Value> {
        if !probe.found() {
            return None;
        }
        // SAFETY: the slot and entry of a live key.
        let value = unsafe {
            with_index!(self.log2_slots.get(), I => *self.index_ptr::<I>(probe.slot) = I::DELETED);
            let e = self.entries.get().add(probe.index);
            let value = (*e).value;
            // Of a deleted entry the hash is the index where the deleted ones that end with it are known to begin.
            *e = Entry { hash: probe.index as i64, key: Value::NULL, value: Value::NULL };
            value
        };
        if probe.index == self.first.get() as usize {
            self.first.set(probe.index as u32 + 1);
        }
        self.used.set(self.used.get() - 1);
        self.keys_version.set(0);
        Some(value)
    }

    /// Moves the live entries to a table of `2^log2` slots, which has room for them.
    #[cold]
    #[inline(never)]
    pub(super) fn resize(self, m: &mut Machine, log2: u8) {
        self.resize_behind(m, log2, 0);
    }

    /// As [`Gc::resize`], behind `room` free entries, for which there is room too.
    pub(super) fn resize_behind(self, m: &mut Machine, log2: u8, room: usize) {
        let (old, old_filled, n) = (self.entries.get(), self.entries_len(), self.len());
        let owner = self.memory.get();
        let mut next = self.new_table(m, log2, n);
        self.filled.set((room + n) as u32);
        self.first.set(room as u32);
        // SAFETY: entries of the old table, which lives until it is freed below; the new one has room for the live ones.
        unsafe {
            for _ in 0..room {
                next.write(Entry { hash: 0, key: Value::NULL, value: Value::NULL });
                next = next.add(1);
            }
            if n == old_filled && n > 0 {
                std::ptr::copy_nonoverlapping(old, next, n);
            } else {
                for i in 0..old_filled {
                    let e = *old.add(i);
                    if !e.key.is_null() {
                        next.write(e);
                        next = next.add(1);
                    }
                }
            }
        }
        // SAFETY: the old memory was this dict's alone.
        unsafe { m.free_table_memory(owner) };
        self.index_entries(room);
    }

    /// Makes room for `extra` more keys.
    pub(super) fn reserve(self, m: &mut Machine, extra: usize) {
        if extra > self.usable() {
            self.resize(m, slots_for_keys(self.len() + extra));
        }
    }

    /// Fills this dict, which is empty, with what another holds: the table as it is if it is dense, else its live entries.
    pub(super) fn fill_from(self, m: &mut Machine, other: Gc<Dict>) {
        if other.is_empty() {
            return;
        }
        let log2 = if other.len() >= other.entries_len() * 2 / 3 { other.log2_slots.get() } else { slots_for_keys(other.len()) };
        self.free_table(m);
        let n = other.len();
        let entries = self.new_table(m, log2, n);
        self.all_str.set(other.all_str.get());
        // SAFETY: both tables have the room; with the same number of slots and no deleted entry the index tables are equal.
        unsafe {
            if n == other.entries_len() && log2 == other.log2_slots.get() {
                let bytes = index_bytes(log2);
                let (from, to) = (other.entries.get().cast::<u8>().sub(bytes), entries.cast::<u8>().sub(bytes));
                std::ptr::copy_nonoverlapping(from, to, bytes + n * size_of::<Entry>());
                return;
            }
        }
        for (i, e) in other.live_entries().enumerate() {
            // SAFETY: as above.
            unsafe { entries.add(i).write(*e) };
        }
        self.index_entries(0);
    }
}
