//! Blocks of equal cells; pools (`pool.rs`) own them. A fresh block is carved into cells a few pages at a time, so that memory no object
//! has needed yet is never touched.

use crate::object::header::{Header, Layout};
use std::alloc::{Layout as Memory, alloc, dealloc, handle_alloc_error};

/// Bytes in a block; blocks are aligned to their size.
pub(super) const BLOCK_BYTES: usize = 1 << 16;
/// Bytes of a fresh block that are made into cells at once.
const CARVE_BYTES: usize = 4096;
/// Largest cell of the small classes, in bytes.
pub(super) const CELL_MAX: usize = 2048;
/// Largest cell, in bytes: half a block. Larger objects have a block of their own.
pub(super) const MEDIUM_MAX: usize = (BLOCK_BYTES - HEADER_BYTES) / 2;

/// Class of a medium size, a multiple of 16: how many such cells a block holds.
pub(super) fn medium_class(size: usize) -> usize {
    (BLOCK_BYTES - HEADER_BYTES) / size
}

/// Size of the cells of a medium class.
pub(super) fn medium_cell(class: usize) -> usize {
    (BLOCK_BYTES - HEADER_BYTES) / class / 16 * 16
}

/// Medium classes, the first two of which are not used.
pub(super) const MEDIUM_CLASSES: usize = (BLOCK_BYTES - HEADER_BYTES) / CELL_MAX + 1;
pub(super) const HEADER_BYTES: usize = 1152;
const MARK_WORDS: usize = BLOCK_BYTES / MARKED_BYTES;
/// Bytes of a block that one word of marks tells of.
const MARKED_BYTES: usize = 16 * 64;

/// Two sets of marks, one bit for each granule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Map {
    /// What the last collection found alive.
    Alive,
    /// What the search under way has seen; clear between searches.
    Seen,
}

const POISON: u8 = 0xdb;

/// The start of a block: what its cells are, and their mark bits.
#[repr(C)]
pub(super) struct Block {
    cell_size: u32,
    /// Cells carved so far; beyond them memory is uninitialised.
    pub(super) cells: u32,
    /// Cells there is room for.
    capacity: u32,
    /// Cells marked when marking last ended.
    pub(super) live: u32,
    /// Layout of the objects, where they need `Drop`.
    pub(super) dropper: Option<unsafe fn(*mut Header)>,
    large: bool,
    /// Every cell that is not free holds a live object: nothing of what the last collection found dead is left.
    pub(super) swept: bool,
    /// Marks that every collection begins with; null for none.
    kept: *mut [u64; MARK_WORDS],
    maps: [[u64; MARK_WORDS]; 2],
}

const _: () = assert!(size_of::<Block>() <= HEADER_BYTES && HEADER_BYTES.is_multiple_of(16));

impl Block {
    #[inline(always)]
    pub(super) fn of(cell: *const Header) -> *mut Block {
        (cell as usize & !(BLOCK_BYTES - 1)) as *mut Block
    }

    pub(super) unsafe fn init(block: *mut Block, cell_size: usize, capacity: usize, dropper: Option<unsafe fn(*mut Header)>, large: bool) {
        // SAFETY: the caller owns the memory of the block.
        unsafe {
            block.write(Block {
                cell_size: cell_size as u32,
                cells: u32::from(large),
                capacity: capacity as u32,
                live: 0,
                dropper,
                large,
                swept: true,
                kept: std::ptr::null_mut(),
                maps: [[0; MARK_WORDS]; 2],
            });
        }
    }

    pub(super) fn is_carved(&self) -> bool {
        self.cells == self.capacity
    }

    /// Makes the next part of the block into free cells; their list and how many they are.
    ///
    /// # Safety
    /// The block is not carved to its end.
    pub(super) unsafe fn carve(&mut self) -> (*mut Header, usize) {
        let from = self.cells as usize;
        let to = (from + (CARVE_BYTES / self.cell_size as usize).max(1)).min(self.capacity as usize);
        let mut list: *mut Header = std::ptr::null_mut();
        for i in (from..to).rev() {
            let cell = self.cell(i);
            // SAFETY: the block's own memory, in no use.
            unsafe {
                (*cell).set_ty(std::ptr::null());
                *cell.cast::<*mut Header>().add(1) = list;
            }
            list = cell;
        }
        self.cells = to as u32;
        (list, to - from)
    }

    /// A block for one object of `size` bytes, and the bytes taken.
    pub(super) fn new_large(layout: &'static Layout, size: usize) -> (*mut Block, usize) {
        let bytes = Self::large_bytes(size);
        let memory = large_memory(bytes);
        // SAFETY: the size is not zero.
        let block = unsafe { alloc(memory) }.cast::<Block>();
        if block.is_null() {
            handle_alloc_error(memory);
        }
        // SAFETY: fresh memory.
        unsafe { Self::init(block, bytes, 1, layout.drop, true) };
        (block, bytes)
    }

    /// Makes a large block whose object is gone into one for another object of that layout.
    ///
    /// # Safety
    /// The block came from [`Block::new_large`], is long enough, of so many bytes, and its object was dropped.
    pub(super) unsafe fn reuse_large(block: *mut Block, bytes: usize, layout: &'static Layout) {
        // SAFETY: as the caller promises.
        unsafe { Self::init(block, bytes, 1, layout.drop, true) };
    }

    /// Bytes that a large block for an object of `size` bytes takes.
    pub(super) fn large_bytes(size: usize) -> usize {
        (HEADER_BYTES + size).next_multiple_of(4096)
    }

    /// # Safety
    /// The block is large, and nothing refers to its object.
    pub(super) unsafe fn drop_large(block: *mut Block) {
        // SAFETY: as the caller promises.
        unsafe {
            (*block).forget_kept();
            if let Some(drop) = (*block).dropper {
                drop((*block).cell(0));
            }
        }
    }

    /// # Safety
    /// The block is large, of so many bytes, and its object was dropped.
    pub(super) unsafe fn release_large(block: *mut Block, bytes: usize) {
        // SAFETY: as the caller promises.
        unsafe { dealloc(block.cast(), large_memory(bytes)) };
    }

    /// # Safety
    /// The block is large, and nothing refers to its object.
    pub(super) unsafe fn free_large(block: *mut Block, bytes: usize) {
        // SAFETY: as the caller promises.
        unsafe {
            Self::drop_large(block);
            Self::release_large(block, bytes);
        }
    }

    #[inline(always)]
    pub(super) fn cell(&self, index: usize) -> *mut Header {
        // Cells follow the header; index is below `cells`.
        ((&raw const *self) as usize + HEADER_BYTES + index * self.cell_size as usize) as *mut Header
    }

    /// Bytes of a cell; of the whole block, if it is large.
    pub(super) fn cell_size(&self) -> usize {
        self.cell_size as usize
    }

    pub(super) fn is_large(&self) -> bool {
        self.large
    }

    #[inline(always)]
    fn bit(&self, cell: *const Header) -> (usize, u64) {
        let granule = (cell as usize & (BLOCK_BYTES - 1)) / 16;
        (granule / 64, 1 << (granule % 64))
    }

    /// Sets the mark; whether it was clear.
    #[inline(always)]
    pub(super) fn mark(&mut self, map: Map, cell: *const Header) -> bool {
        let (word, bit) = self.bit(cell);
        let marks = &mut self.maps[map as usize][word];
        let fresh = *marks & bit == 0;
        *marks |= bit;
        fresh
    }

    /// Clears the mark.
    pub(super) fn unmark(&mut self, map: Map, cell: *const Header) {
        let (word, bit) = self.bit(cell);
        self.maps[map as usize][word] &= !bit;
    }

    #[inline(always)]
    pub(super) fn is_marked(&self, map: Map, cell: *const Header) -> bool {
        let (word, bit) = self.bit(cell);
        self.maps[map as usize][word] & bit != 0
    }

    /// Whether the object in a cell is alive or was made since the last collection. The cell is not free.
    pub(super) fn is_live(&self, cell: *const Header) -> bool {
        self.swept || self.is_marked(Map::Alive, cell)
    }

    pub(super) fn is_marked_cell(&self, index: usize) -> bool {
        self.is_marked(Map::Alive, self.cell(index))
    }

    /// Adds the objects that are not marked.
    pub(super) fn unmarked(&self, found: &mut Vec<*const Header>) {
        for cell in (0..self.cells as usize).map(|i| self.cell(i).cast_const()) {
            // SAFETY: carved cells are readable; a free one has a null type.
            if !self.is_marked(Map::Alive, cell) && !unsafe { (*cell).ty().is_null() } {
                found.push(cell);
            }
        }
    }

    /// Adds the objects that are marked.
    pub(super) fn marked(&self, found: &mut Vec<*const Header>) {
        found.extend((0..self.cells as usize).map(|i| self.cell(i).cast_const()).filter(|&cell| self.is_marked(Map::Alive, cell)));
    }

    pub(super) fn clear_marks(&mut self) {
        // SAFETY: where there are kept marks, they belong to this block.
        self.maps[Map::Alive as usize] = unsafe { self.kept.as_ref() }.copied().unwrap_or([0; MARK_WORDS]);
        self.live = 0;
    }

    /// Every collection from now on begins with what the search under way has seen, which it forgets.
    pub(super) fn keep_seen(&mut self) {
        let seen = std::mem::replace(&mut self.maps[Map::Seen as usize], [0; MARK_WORDS]);
        if seen.iter().any(|&word| word != 0) {
            self.forget_kept();
            self.kept = Box::into_raw(Box::new(seen));
        }
    }

    /// Adds the objects that every collection begins with.
    pub(super) fn kept(&self, found: &mut Vec<*const Header>) {
        if !self.kept.is_null() {
            let cells = (0..self.cells as usize).map(|i| self.cell(i).cast_const());
            found.extend(cells.filter(|&cell| self.is_kept(cell)));
        }
    }

    /// Whether every collection begins with this object.
    #[inline(always)]
    pub(super) fn is_kept(&self, cell: *const Header) -> bool {
        let (word, bit) = self.bit(cell);
        // SAFETY: where there are kept marks, they belong to this block.
        unsafe { self.kept.as_ref() }.is_some_and(|kept| kept[word] & bit != 0)
    }

    /// The object is gone.
    #[inline(always)]
    pub(super) fn unkeep(&mut self, cell: *const Header) {
        let (word, bit) = self.bit(cell);
        // SAFETY: as above.
        if let Some(kept) = unsafe { self.kept.as_mut() } {
            kept[word] &= !bit;
        }
    }

    /// Collections begin with no marks again.
    pub(super) fn forget_kept(&mut self) {
        let kept = std::mem::replace(&mut self.kept, std::ptr::null_mut());
        if !kept.is_null() {
            // SAFETY: it was made by `keep_seen`, and is referred to by this block alone.
            drop(unsafe { Box::from_raw(kept) });
        }
    }

    /// Marking has ended: counts the objects marked.
    pub(super) fn count_live(&mut self) -> usize {
        self.live = self.maps[Map::Alive as usize].iter().map(|word| word.count_ones()).sum();
        self.live as usize
    }

    /// The allocated cell that contains an address inside this block.
    pub(super) fn object_containing(&self, word: usize) -> Option<*const Header> {
        let first = self.cell(0) as usize;
        if word < first || self.cells == 0 {
            return None;
        }
        let cell = if self.large {
            self.cell(0)
        } else {
            let index = (word - first) / self.cell_size as usize;
            if index >= self.cells as usize {
                return None;
            }
            self.cell(index)
        };
        // SAFETY: cells of a block are readable; a free one has a null type.
        unsafe { if (*cell).ty().is_null() { None } else { Some(cell) } }
    }

    /// Frees unmarked cells and links them into a list, in order of their addresses. Returns the list and how many cells it has.
    pub(super) unsafe fn sweep(&mut self, poison: bool) -> (*mut Header, usize) {
        let mut list: *mut Header = std::ptr::null_mut();
        self.swept = true;
        if self.live == self.cells {
            return (list, 0);
        }
        if poison || self.dropper.is_some() {
            // SAFETY: as the caller promises.
            unsafe { self.bury(poison) };
        }
        let size = self.cell_size as usize;
        let block = &raw mut *self;
        let marks = &self.maps[Map::Alive as usize];
        let mut at = HEADER_BYTES + self.cells as usize * size;
        while at > HEADER_BYTES {
            at -= size;
            let word = marks[at / MARKED_BYTES % MARK_WORDS];
            if word >> (at / 16 % 64) & 1 != 0 {
                continue;
            }
            // If no bit of the word is set, all the cells that begin where it tells of are free.
            let until = if word == 0 { (at & !(MARKED_BYTES - 1)).max(HEADER_BYTES) } else { at };
            loop {
                // SAFETY: the cell belongs to the block; unmarked, it is dead or free already.
                unsafe {
                    let cell = block.byte_add(at).cast::<Header>();
                    (*cell).set_ty(std::ptr::null());
                    *cell.cast::<*mut Header>().add(1) = list;
                    list = cell;
                }
                if at < until + size {
                    break;
                }
                at -= size;
            }
        }
        (list, (self.cells - self.live) as usize)
    }

    /// Drops what is dead, and fills its cells with a pattern if asked to.
    unsafe fn bury(&mut self, poison: bool) {
        for cell in (0..self.cells as usize).map(|i| self.cell(i)) {
            // SAFETY: the cell belongs to the block; unmarked, it is dead or free already, which its type tells.
            unsafe {
                if self.is_marked(Map::Alive, cell) || (*cell).ty().is_null() {
                    continue;
                }
                if let Some(drop) = self.dropper {
                    drop(cell);
                }
                if poison {
                    cell.cast::<u8>().write_bytes(POISON, self.cell_size());
                }
            }
        }
    }
}

fn large_memory(bytes: usize) -> Memory {
    Memory::from_size_align(bytes, BLOCK_BYTES).unwrap_or(Memory::new::<u8>())
}
