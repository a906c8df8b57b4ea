//! The memory of `list`. Its methods live in `list_methods.rs`.

use super::buffer::{Buffer, ValueVec, copy_values};
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::Machine;
use std::cell::Cell;

/// A `list` object: values in a heap buffer of its own; `data` is null while there is none.
#[repr(C)]
pub struct List {
    /// Its type.
    pub header: Header,
    data: Cell<*mut Value>,
    len: Cell<usize>,
    capacity: Cell<usize>,
}

// SAFETY: repr(C), header first; the buffer traces the values.
unsafe impl Payload for List {
    const LAYOUT: &'static Layout = &layout_of::<List>(LayoutId::List);
    fn trace(&self, m: &mut Marker<'_>) {
        if !self.data.get().is_null() {
            // SAFETY: data is the start of a live buffer.
            m.mark_gc(unsafe { Gc::<Buffer>::of_data(self.data.get()) });
        }
    }
}

impl List {
    /// An empty list of that type (`list` or a subclass).
    #[must_use]
    pub fn empty(ty: Gc<super::typeobj::Type>) -> List {
        List { header: Header::new(ty), data: Cell::new(std::ptr::null_mut()), len: Cell::new(0), capacity: Cell::new(0) }
    }

    /// Number of items.
    #[inline(always)]
    #[must_use]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    /// Whether there is no item.
    #[inline(always)]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    /// Item `i`, if there is one: read items one by one wherever Python may run in between.
    #[inline(always)]
    #[must_use]
    pub fn get(&self, i: usize) -> Option<Value> {
        if i < self.len.get() {
            // SAFETY: below len.
            Some(unsafe { *self.data.get().add(i) })
        } else {
            None
        }
    }

    /// Replaces item `i`; false if there is none.
    #[inline(always)]
    pub fn set(&self, i: usize, value: Value) -> bool {
        if i < self.len.get() {
            // SAFETY: below len.
            unsafe { *self.data.get().add(i) = value };
            true
        } else {
            false
        }
    }

    /// The items, for code that runs no Python and does not change the list while it holds the slice.
    #[inline(always)]
    #[must_use]
    pub fn items(&self) -> &[Value] {
        if self.len.get() == 0 {
            return &[];
        }
        // SAFETY: len initialised values.
        unsafe { std::slice::from_raw_parts(self.data.get(), self.len.get()) }
    }

    /// The items, to permute in place; as [`List::items`].
    #[expect(clippy::mut_from_ref, reason = "objects are mutated through shared handles; the caller holds the only slice")]
    #[must_use]
    pub fn items_mut(&self) -> &mut [Value] {
        if self.len.get() == 0 {
            return &mut [];
        }
        // SAFETY: len initialised values; the caller holds no other slice.
        unsafe { std::slice::from_raw_parts_mut(self.data.get(), self.len.get()) }
    }

    /// Appends if there is room; false if the buffer must grow first.
    #[inline(always)]
    pub fn push_in_place(&self, value: Value) -> bool {
        let len = self.len.get();
        if len == self.capacity.get() {
            return false;
        }
        // SAFETY: below capacity.
        unsafe { self.data.get().add(len).write(value) };
        self.len.set(len + 1);
        true
    }

    /// Appends items for which there is room; they may be this list's own.
    pub(super) fn extend_in_place(&self, items: &[Value]) {
        let len = self.len.get();
        debug_assert!(len + items.len() <= self.capacity.get());
        // SAFETY: the caller has reserved the room, which lies behind all items of the list.
        unsafe { copy_values(self.data.get().add(len), items) };
        self.len.set(len + items.len());
    }

    /// Removes and returns the last item.
    pub fn pop(&self) -> Option<Value> {
        let len = self.len.get().checked_sub(1)?;
        self.len.set(len);
        // SAFETY: the slot was initialised.
        unsafe { Some(self.data.get().add(len).replace(Value::NULL)) }
    }

    /// Shortens to `len` items.
    pub fn truncate(&self, len: usize) {
        while self.len.get() > len {
            self.pop();
        }
    }

    /// Takes all items out, leaving the list empty (for sorting, clearing).
    #[must_use]
    pub fn take(&self) -> (*mut Value, usize, usize) {
        let raw = (self.data.get(), self.len.get(), self.capacity.get());
        self.data.set(std::ptr::null_mut());
        self.len.set(0);
        self.capacity.set(0);
        raw
    }

    /// Puts back what [`List::take`] took out.
    pub fn restore(&self, (data, len, capacity): (*mut Value, usize, usize)) {
        self.data.set(data);
        self.len.set(len);
        self.capacity.set(capacity);
    }
}

impl Gc<List> {
    /// Ensures room for `extra` more items.
    pub fn reserve(self, m: &mut Machine, extra: usize) {
        let (len, capacity) = (self.len.get(), self.capacity.get());
        if len + extra <= capacity {
            return;
        }
        let wanted = (len + extra).max(len + len / 2).max(4);
        let old = self.data.get();
        // SAFETY: the new buffer is longer, and written to its end; the old one is referred to by this list alone.
        let bigger = unsafe {
            let bigger = m.buffer_to_fill(wanted);
            if !old.is_null() {
                copy_values(bigger.data(), std::slice::from_raw_parts(old, len));
                m.heap.free_now(Gc::<Buffer>::of_data(old).as_ptr().cast());
            }
            let mut i = len;
            while i < wanted {
                bigger.data().add(i).write(Value::NULL);
                i += 1;
            }
            bigger
        };
        self.data.set(bigger.data());
        self.capacity.set(bigger.capacity());
    }

    /// Appends.
    #[inline]
    pub fn push(self, m: &mut Machine, value: Value) {
        if !self.push_in_place(value) {
            self.reserve(m, 1);
            self.push_in_place(value);
        }
    }

    /// Inserts before item `i` (at most `len`).
    pub fn insert(self, m: &mut Machine, i: usize, value: Value) {
        self.push(m, value);
        self.items_mut()[i..].rotate_right(1);
    }

    /// Removes item `i` (below `len`).
    pub fn remove(self, i: usize) -> Value {
        self.items_mut()[i..].rotate_left(1);
        self.pop().unwrap_or(Value::NULL)
    }
}

impl Machine {
    /// An empty list with room for that many items.
    #[inline]
    pub(crate) fn new_list_for(&mut self, capacity: usize) -> Gc<List> {
        let ty = self.types.list;
        let list = self.heap.new_object(List::empty(ty), 0);
        if capacity > 0 {
            let buffer = self.new_buffer(capacity);
            list.restore((buffer.data(), 0, buffer.capacity()));
        }
        list
    }

    /// A list of `len` items, which `write` writes to where it is told.
    ///
    /// # Safety
    /// It writes all of them, and does nothing else.
    #[inline(always)]
    pub(super) unsafe fn new_list_written(&mut self, len: usize, write: impl FnOnce(*mut Value)) -> Gc<List> {
        let ty = self.types.list;
        let list = self.heap.new_object(List::empty(ty), 0);
        if len > 0 {
            // SAFETY: written at once.
            let buffer = unsafe { self.buffer_to_fill(len) };
            write(buffer.data());
            list.restore((buffer.data(), len, len));
        }
        list
    }

    /// A list with these items.
    pub fn new_list(&mut self, items: &[Value]) -> Gc<List> {
        // SAFETY: there is room for the items.
        unsafe { self.new_list_written(items.len(), |data| copy_values(data, items)) }
    }

    /// A list that takes over an array.
    pub fn list_from_vec(&mut self, items: ValueVec) -> Gc<List> {
        let ty = self.types.list;
        let list = self.heap.new_object(List::empty(ty), 0);
        list.restore(items.into_raw());
        list
    }
}
