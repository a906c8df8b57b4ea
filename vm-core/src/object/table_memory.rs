//! Memory of the hash tables of dicts and sets: small tables are cells of the heap, which makes small dicts and sets cheap to make and
//! to drop; large ones lie outside it, behind an object that owns them. Unlike a `Buffer` of a list, it is not traced by itself: its
//! dict or set knows what lies in it.

use super::header::{Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::Machine;
use std::alloc::{Layout as Memory, alloc, dealloc, handle_alloc_error};
use std::cell::Cell;
use std::ptr::NonNull;

/// Largest table that is a cell of the heap, in bytes: a set of 1024 slots.
const CELL_MAX_BYTES: usize = 1 << 14;
const ALIGNMENT: usize = 8;

/// A small table: its bytes follow, where slots of a set do not lie across two lines of the cache.
#[repr(C, align(16))]
pub struct TableCell {
    header: Header,
}

// SAFETY: repr(C), header first; the dict or set that uses the memory traces it.
unsafe impl Payload for TableCell {
    const LAYOUT: &'static Layout = &layout_of::<TableCell>(LayoutId::TableCell);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// The owner of a large table.
#[repr(C)]
pub struct TableBlock {
    header: Header,
    start: Cell<*mut u8>,
    bytes: usize,
}

// SAFETY: as above.
unsafe impl Payload for TableBlock {
    const LAYOUT: &'static Layout = &layout_of::<TableBlock>(LayoutId::TableBlock);
    fn trace(&self, m: &mut Marker<'_>) {
        if !self.start.get().is_null() {
            m.note_external(self.bytes);
        }
    }
}

impl Drop for TableBlock {
    fn drop(&mut self) {
        self.free();
    }
}

fn memory(bytes: usize) -> Memory {
    // SAFETY: the alignment is a power of two; tables are far below isize::MAX bytes.
    unsafe { Memory::from_size_align_unchecked(bytes, ALIGNMENT) }
}

impl TableBlock {
    fn free(&self) {
        let start = self.start.replace(std::ptr::null_mut());
        if !start.is_null() {
            // SAFETY: allocated with this layout; the owner forgets it here.
            unsafe { dealloc(start, memory(self.bytes)) };
        }
    }
}

impl Machine {
    /// Uninitialised memory, and the object to mark as long as it is used.
    #[inline]
    pub(super) fn new_table_memory(&mut self, bytes: usize) -> (Value, *mut u8) {
        if bytes > CELL_MAX_BYTES {
            return self.new_table_block(bytes);
        }
        let ty = self.types.table_cell;
        let cell = self.heap.allocate(TableCell::LAYOUT, ty.as_ptr(), size_of::<TableCell>() + bytes);
        // SAFETY: the heap gives a cell with room for the bytes after the header.
        unsafe { (Value::from_ptr(NonNull::new_unchecked(cell)), cell.cast::<u8>().add(size_of::<TableCell>())) }
    }

    #[cold]
    fn new_table_block(&mut self, bytes: usize) -> (Value, *mut u8) {
        // SAFETY: the size is not zero.
        let start = unsafe { alloc(memory(bytes)) };
        if start.is_null() {
            handle_alloc_error(memory(bytes));
        }
        self.heap.note_external(bytes);
        let header = Header::new(self.types.table_block);
        (self.new_object(TableBlock { header, start: Cell::new(start), bytes }).value(), start)
    }

    /// Gives memory back before the next collection would.
    ///
    /// # Safety
    /// `owner` came from [`Machine::new_table_memory`], or is `NULL`; the memory is not used any more.
    pub(super) unsafe fn free_table_memory(&mut self, owner: Value) {
        if !owner.is_ptr() {
            return;
        }
        // SAFETY: as the caller promises; cells need no Drop.
        unsafe {
            match owner.exactly::<TableBlock>(self.types.table_block) {
                Some(block) => block.free(),
                None => self.heap.free_now(owner.as_ptr()),
            }
        }
    }
}
