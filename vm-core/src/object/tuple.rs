//! The memory of `tuple`. Its methods live in `tuple_methods.rs`.

use super::buffer::copy_values;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::hints::short_loop;
use crate::machine::Machine;

/// A `tuple` object. The items follow the struct (so a subclass's extra words are found through [`Tuple::tail_offset`]).
#[repr(C)]
pub struct Tuple {
    /// Its type.
    pub header: Header,
    len: usize,
    items: *mut Value,
}

// SAFETY: repr(C), header first; traces its items.
unsafe impl Payload for Tuple {
    const LAYOUT: &'static Layout = &layout_of::<Tuple>(LayoutId::Tuple);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(self.items());
    }
}

impl Tuple {
    /// Number of items.
    #[inline(always)]
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no item.
    #[inline(always)]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The items. Tuples do not change, so the slice may be held as long as the tuple is reachable.
    #[inline(always)]
    #[must_use]
    pub fn items(&self) -> &[Value] {
        // SAFETY: len initialised values.
        unsafe { std::slice::from_raw_parts(self.items, self.len) }
    }
}

impl Gc<Tuple> {
    /// The items of a tuple that the caller keeps reachable.
    #[inline(always)]
    #[must_use]
    pub fn slice<'a>(self) -> &'a [Value] {
        // SAFETY: the items live as long as the tuple.
        unsafe { std::slice::from_raw_parts(self.items, self.len) }
    }
}

/// Writes the struct of an exact tuple whose `len` items follow it; where they go.
///
/// # Safety
/// `cell` has room for the struct and the items.
#[inline(always)]
unsafe fn write_head(cell: *mut Header, ty: Gc<Type>, len: usize) -> *mut Value {
    // SAFETY: as the caller promises.
    unsafe {
        let items = cell.cast::<Tuple>().add(1).cast::<Value>();
        cell.cast::<Tuple>().write(Tuple { header: Header::new(ty), len, items });
        items
    }
}

/// Items up to which a tuple is made of memory at hand.
const SHORT: usize = 8;

impl Machine {
    /// A tuple with these items (the empty tuple is one object).
    pub fn new_tuple(&mut self, items: &[Value]) -> Gc<Tuple> {
        if items.is_empty() && !self.empty_tuple.is_null() {
            // SAFETY: set at start-up to a tuple.
            return unsafe { self.empty_tuple.cast() };
        }
        // SAFETY: the items are copied.
        unsafe { self.new_tuple_written(items.len(), |data| copy_values(data, items)) }
    }

    /// A tuple of `len` items, which is not zero; `write` writes them to where it is told.
    ///
    /// # Safety
    /// It writes all of them, and does nothing else.
    #[inline(always)]
    pub(super) unsafe fn new_tuple_written(&mut self, len: usize, write: impl FnOnce(*mut Value)) -> Gc<Tuple> {
        let ty = self.types.tuple;
        let cell = self.heap.allocate(Tuple::LAYOUT, ty.as_ptr(), size_of::<Tuple>() + len * size_of::<Value>());
        // SAFETY: the cell has room for the struct and the items.
        unsafe {
            write(write_head(cell, ty, len));
            Gc::from_header(cell)
        }
    }

    /// A tuple of `count` items from `items` on, if they are one to eight and memory for it is at hand.
    ///
    /// # Safety
    /// `count` values stand at `items`.
    #[inline(always)]
    pub unsafe fn tuple_at_hand(&mut self, items: *const Value, count: usize) -> Option<Gc<Tuple>> {
        if count.wrapping_sub(1) >= SHORT {
            return None;
        }
        let ty = self.types.tuple;
        let cell = self.heap.at_hand(ty.as_ptr(), size_of::<Tuple>() + count * size_of::<Value>())?;
        // SAFETY: the cell has room for the struct and the items, which the caller has.
        unsafe {
            let data = write_head(cell, ty, count);
            for i in 0..count {
                data.add(i).write(*items.add(i));
                short_loop();
            }
            Some(Gc::from_header(cell))
        }
    }

    /// A tuple of `len` items, which is not zero; `item` gives each by its index, and allocates nothing.
    #[inline]
    pub(crate) fn new_tuple_with(&mut self, len: usize, item: impl Fn(usize) -> Value) -> Gc<Tuple> {
        // SAFETY: all of them are written.
        unsafe {
            self.new_tuple_written(len, |data| {
                for i in 0..len {
                    data.add(i).write(item(i));
                }
            })
        }
    }

    /// A tuple of a subclass of `tuple`: the items stand after the subclass's own words.
    pub fn new_tuple_of(&mut self, ty: Gc<Type>, items: &[Value]) -> Gc<Tuple> {
        let base = ty.basic_size.get() as usize;
        let inline = if ty.has(super::typeobj::TypeFlags::INLINE_VALUES) {
            super::instance::inline_bytes(ty.inline_capacity.get() as usize)
        } else {
            0
        };
        let fixed = base + inline;
        let cell = self.heap.allocate(Tuple::LAYOUT, ty.as_ptr(), fixed + std::mem::size_of_val(items));
        // SAFETY: the cell has room for the struct, the subclass's words and the items.
        unsafe {
            let data = cell.cast::<u8>().add(fixed).cast::<Value>();
            cell.cast::<Tuple>().write(Tuple { header: Header::new(ty), len: items.len(), items: data });
            super::alloc::init_tail(ty, cell, size_of::<Tuple>());
            std::ptr::copy_nonoverlapping(items.as_ptr(), data, items.len());
            Gc::from_header(cell)
        }
    }
}
