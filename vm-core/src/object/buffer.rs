//! Arrays of values on the heap: the storage of lists, and [`ValueVec`], what native code uses instead of `Vec<Value>`.
//!
//! A `Vec<Value>` is invisible to the collector. A `ValueVec` keeps its values in a heap buffer whose address stands on the native
//! stack, where the collector finds it. **Native code must not keep values in a `Vec` across anything that may run Python.**

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::hints::short_loop;
use crate::machine::Machine;

/// `capacity` values, all initialised; unused ones are `NULL`.
#[repr(C)]
pub struct Buffer {
    header: Header,
    capacity: usize,
}

// SAFETY: repr(C), header first; traces all its values.
unsafe impl Payload for Buffer {
    const LAYOUT: &'static Layout = &layout_of::<Buffer>(LayoutId::Buffer);
    fn trace(&self, m: &mut Marker<'_>) {
        // SAFETY: `capacity` initialised values follow the struct.
        m.mark_all(unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Value>(), self.capacity) });
    }
}

impl Gc<Buffer> {
    /// The values.
    #[inline(always)]
    #[must_use]
    pub fn data(self) -> *mut Value {
        // They follow the struct.
        self.as_ptr().wrapping_add(1).cast()
    }

    /// The buffer whose [`Gc::data`] is `data`.
    ///
    /// # Safety
    /// `data` came from `data()` of a live buffer.
    #[inline(always)]
    #[must_use]
    pub unsafe fn of_data(data: *mut Value) -> Gc<Buffer> {
        // SAFETY: as the caller promises.
        unsafe { Gc::from_raw(data.cast::<Buffer>().sub(1)) }
    }

    /// Number of values.
    #[inline(always)]
    #[must_use]
    pub fn capacity(self) -> usize {
        self.capacity
    }
}

/// Values up to which an array is copied one by one: a call of `memcpy` would cost more than they do.
const SHORT: usize = 8;

/// Copies values to where none of them stands.
///
/// # Safety
/// There is room for them at `to`.
#[inline(always)]
pub(super) unsafe fn copy_values(to: *mut Value, values: &[Value]) {
    // SAFETY: as the caller promises.
    unsafe {
        if values.len() <= SHORT {
            for (i, &value) in values.iter().enumerate() {
                to.add(i).write(value);
                short_loop();
            }
        } else {
            std::ptr::copy_nonoverlapping(values.as_ptr(), to, values.len());
        }
    }
}

impl Machine {
    /// A buffer of `capacity` values that are still to be written.
    ///
    /// # Safety
    /// All of them are written before anything else is done with the machine but allocating.
    #[inline]
    pub(super) unsafe fn buffer_to_fill(&mut self, capacity: usize) -> Gc<Buffer> {
        let ty = self.types.buffer;
        let cell = self.heap.allocate(Buffer::LAYOUT, ty.as_ptr(), size_of::<Buffer>() + capacity * size_of::<Value>());
        // SAFETY: the cell has room for the struct.
        unsafe {
            cell.cast::<Buffer>().write(Buffer { header: Header::new(ty), capacity });
            Gc::from_header(cell)
        }
    }

    /// A buffer of `capacity` NULLs.
    pub fn new_buffer(&mut self, capacity: usize) -> Gc<Buffer> {
        let ty = self.types.buffer;
        self.heap.new_object(Buffer { header: Header::new(ty), capacity }, capacity * size_of::<Value>())
    }
}

/// A growable array of values that the collector sees while it stands in a native frame.
pub struct ValueVec {
    data: *mut Value,
    len: usize,
    capacity: usize,
}

impl ValueVec {
    /// An empty array with room for `capacity` values.
    #[must_use]
    pub fn with_capacity(m: &mut Machine, capacity: usize) -> ValueVec {
        let buffer = m.new_buffer(capacity.max(4));
        ValueVec { data: buffer.data(), len: 0, capacity: buffer.capacity() }
    }

    /// A copy of a slice.
    #[must_use]
    pub fn from_slice(m: &mut Machine, values: &[Value]) -> ValueVec {
        let mut v = Self::with_capacity(m, values.len());
        // SAFETY: there is room for them, and `values` is no part of the new buffer.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), v.data, values.len()) };
        v.len = values.len();
        v
    }

    /// So many `NULL`s.
    #[must_use]
    pub(crate) fn nulls(m: &mut Machine, len: usize) -> ValueVec {
        ValueVec { len, ..Self::with_capacity(m, len) }
    }

    /// Appends.
    #[inline]
    pub fn push(&mut self, m: &mut Machine, value: Value) {
        if self.len == self.capacity {
            let bigger = m.new_buffer(self.capacity * 2);
            // SAFETY: the new buffer is longer; the old one is referred to by this array alone.
            unsafe {
                std::ptr::copy_nonoverlapping(self.data, bigger.data(), self.len);
                m.heap.free_now(Gc::<Buffer>::of_data(self.data).as_ptr().cast());
            }
            self.data = bigger.data();
            self.capacity = bigger.capacity();
        }
        // SAFETY: len is below capacity.
        unsafe { self.data.add(self.len).write(value) };
        self.len += 1;
    }

    /// Removes the last.
    pub fn pop(&mut self) -> Option<Value> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        // SAFETY: below len.
        unsafe { Some(self.data.add(self.len).replace(Value::NULL)) }
    }

    /// Shortens to `len` values.
    pub fn truncate(&mut self, len: usize) {
        while self.len > len {
            self.pop();
        }
    }

    pub(super) fn into_raw(self) -> (*mut Value, usize, usize) {
        (self.data, self.len, self.capacity)
    }
}

impl std::ops::Deref for ValueVec {
    type Target = [Value];
    fn deref(&self) -> &[Value] {
        // SAFETY: len initialised values.
        unsafe { std::slice::from_raw_parts(self.data, self.len) }
    }
}

impl std::ops::DerefMut for ValueVec {
    fn deref_mut(&mut self) -> &mut [Value] {
        // SAFETY: len initialised values, owned by this array.
        unsafe { std::slice::from_raw_parts_mut(self.data, self.len) }
    }
}
