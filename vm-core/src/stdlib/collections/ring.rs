//! The memory of `deque`: a ring of values in a heap buffer, open at both ends. What Python sees is in `deque.rs`.

use crate::heap::Marker;
use crate::machine::Machine;
use crate::object::buffer::Buffer;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::Cell;

/// A `deque` object. Places of the buffer that hold no item are `NULL`.
#[repr(C)]
pub(super) struct Deque {
    /// Its type.
    pub(super) header: Header,
    data: Cell<*mut Value>,
    /// Places in the buffer: 0 or a power of two.
    capacity: Cell<usize>,
    /// Place of the first item.
    head: Cell<usize>,
    len: Cell<usize>,
    /// Most items; below zero for no limit.
    pub(super) limit: Cell<i64>,
    /// Counts changes of the number and places of items, for iterators.
    pub(super) state: Cell<u64>,
}

// SAFETY: repr(C), header first; the buffer traces the values.
unsafe impl Payload for Deque {
    const LAYOUT: &'static Layout = &layout_of::<Deque>(LayoutId::Deque);
    fn trace(&self, m: &mut Marker<'_>) {
        if !self.data.get().is_null() {
            // SAFETY: data is the start of a live buffer.
            m.mark_gc(unsafe { Gc::<Buffer>::of_data(self.data.get()) });
        }
    }
}

impl Deque {
    /// An empty deque of that class.
    pub(super) fn empty(class: Gc<Type>) -> Deque {
        Deque {
            header: Header::new(class),
            data: Cell::new(std::ptr::null_mut()),
            capacity: Cell::new(0),
            head: Cell::new(0),
            len: Cell::new(0),
            limit: Cell::new(-1),
            state: Cell::new(0),
        }
    }

    /// Number of items.
    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.len.get()
    }

    /// Where item `i` lies.
    #[inline(always)]
    fn place(&self, i: usize) -> *mut Value {
        let at = self.head.get().wrapping_add(i) & self.capacity.get().wrapping_sub(1);
        self.data.get().wrapping_add(at)
    }

    /// Item `i`, if there is one.
    #[inline(always)]
    pub(super) fn get(&self, i: usize) -> Option<Value> {
        if i < self.len.get() {
            // SAFETY: below len, so the place lies in the buffer and holds an item.
            Some(unsafe { *self.place(i) })
        } else {
            None
        }
    }

    /// Replaces item `i`, which exists.
    pub(super) fn set(&self, i: usize, value: Value) {
        if i < self.len.get() {
            // SAFETY: as above.
            unsafe { *self.place(i) = value };
        }
    }

    fn changed(&self) {
        self.state.set(self.state.get().wrapping_add(1));
    }

    /// Takes the last item.
    #[inline]
    pub(super) fn pop_back(&self) -> Option<Value> {
        let last = self.len.get().checked_sub(1)?;
        self.changed();
        // SAFETY: the place held an item.
        let item = unsafe { self.place(last).replace(Value::NULL) };
        self.len.set(last);
        Some(item)
    }

    /// Takes the first item.
    #[inline]
    pub(super) fn pop_front(&self) -> Option<Value> {
        let left = self.len.get().checked_sub(1)?;
        self.changed();
        // SAFETY: the place held an item.
        let item = unsafe { self.place(0).replace(Value::NULL) };
        self.head.set((self.head.get() + 1) & (self.capacity.get() - 1));
        self.len.set(left);
        Some(item)
    }

    /// Removes all items.
    pub(super) fn clear(&self) {
        self.changed();
        self.data.set(std::ptr::null_mut());
        self.capacity.set(0);
        self.head.set(0);
        self.len.set(0);
    }

    /// Turns the ring to the right by `n`.
    pub(super) fn rotate(&self, n: i64) {
        let len = self.len.get();
        if len <= 1 {
            return;
        }
        self.changed();
        let right = n.rem_euclid(len as i64) as usize;
        if right <= len / 2 {
            for _ in 0..right {
                self.step(true);
            }
        } else {
            for _ in 0..len - right {
                self.step(false);
            }
        }
    }

    /// Moves the last item to the front, or the first one to the back.
    fn step(&self, right: bool) {
        let (len, mask) = (self.len.get(), self.capacity.get() - 1);
        // SAFETY: the deque has items; the place before the first one is the last one's or free.
        unsafe {
            if right {
                let item = self.place(len - 1).replace(Value::NULL);
                self.head.set(self.head.get().wrapping_sub(1) & mask);
                *self.place(0) = item;
            } else {
                let item = self.place(0).replace(Value::NULL);
                self.head.set((self.head.get() + 1) & mask);
                *self.place(len - 1) = item;
            }
        }
    }

    /// Reverses the order.
    pub(super) fn reverse(&self) {
        let n = self.len.get();
        for i in 0..n / 2 {
            // SAFETY: both below len.
            unsafe { std::ptr::swap(self.place(i), self.place(n - 1 - i)) };
        }
    }

    /// Removes item `i`, which exists.
    pub(super) fn remove(&self, i: usize) {
        self.rotate(-(i as i64));
        self.pop_front();
        self.rotate(i as i64);
    }
}

impl Gc<Deque> {
    #[cold]
    fn grow(self, m: &mut Machine) {
        let (old, len) = (self.capacity.get(), self.len.get());
        let bigger = m.new_buffer((old * 2).max(8));
        for i in 0..len {
            // SAFETY: the new buffer is longer.
            unsafe { *bigger.data().add(i) = *self.place(i) };
        }
        let before = self.data.get();
        self.data.set(bigger.data());
        self.capacity.set(bigger.capacity());
        self.head.set(0);
        if !before.is_null() {
            // SAFETY: the old buffer was referred to by this deque alone.
            unsafe { m.heap.free_now(Gc::<Buffer>::of_data(before).as_ptr().cast()) };
        }
    }

    /// Appends; beyond the limit the first item goes.
    #[inline]
    pub(super) fn push_back(self, m: &mut Machine, value: Value) {
        if self.len.get() == self.capacity.get() {
            self.grow(m);
        }
        self.changed();
        let len = self.len.get();
        self.len.set(len + 1);
        // SAFETY: there is room.
        unsafe { *self.place(len) = value };
        if self.limit.get() >= 0 && self.len.get() as i64 > self.limit.get() {
            self.pop_front();
        }
    }

    /// Puts an item before the others; beyond the limit the last item goes.
    #[inline]
    pub(super) fn push_front(self, m: &mut Machine, value: Value) {
        if self.len.get() == self.capacity.get() {
            self.grow(m);
        }
        self.changed();
        self.head.set(self.head.get().wrapping_sub(1) & (self.capacity.get() - 1));
        self.len.set(self.len.get() + 1);
        // SAFETY: there is room.
        unsafe { *self.place(0) = value };
        if self.limit.get() >= 0 && self.len.get() as i64 > self.limit.get() {
            self.pop_back();
        }
    }
}
