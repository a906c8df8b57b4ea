//! Blocks of equal cells, the pools that own them, and the chunks they are cut from.

use crate::object::header::{Header, Layout};
use std::alloc::{Layout as Memory, alloc, dealloc, handle_alloc_error};
use std::collections::HashSet;

/// Bytes in a block; blocks are aligned to their size.
pub(super) const BLOCK_BYTES: usize = 1 << 16;
const CHUNK_BYTES: usize = 1 << 20;
/// Largest cell, in bytes; larger objects have a block of their own.
pub(super) const CELL_MAX: usize = 2048;
const HEADER_BYTES: usize = 640;
const MARK_WORDS: usize = BLOCK_BYTES / 16 / 64;
const POISON: u8 = 0xdb;

/// The start of a block: what its cells are, and their mark bits.
#[repr(C)]
pub(super) struct Block {
    cell_size: u32,
    cells: u32,
    /// Layout of the objects, where they need `Drop`.
    dropper: Option<unsafe fn(*mut Header)>,
    large: bool,
    marks: [u64; MARK_WORDS],
}

const _: () = assert!(size_of::<Block>() <= HEADER_BYTES && HEADER_BYTES.is_multiple_of(16));

impl Block {
    #[inline(always)]
    pub(super) fn of(cell: *const Header) -> *mut Block {
        (cell as usize & !(BLOCK_BYTES - 1)) as *mut Block
    }

    unsafe fn init(block: *mut Block, cell_size: usize, cells: usize, dropper: Option<unsafe fn(*mut Header)>, large: bool) {
        // SAFETY: the caller owns the memory of the block.
        unsafe {
            block.write(Block { cell_size: cell_size as u32, cells: cells as u32, dropper, large, marks: [0; MARK_WORDS] });
            if !large {
                for i in 0..cells {
                    (*block).cell(i).cast::<usize>().write(0);
                }
            }
        }
    }

    /// A block for one object of `size` bytes, and the bytes taken.
    pub(super) fn new_large(layout: &'static Layout, size: usize) -> (*mut Block, usize) {
        let bytes = (HEADER_BYTES + size).next_multiple_of(4096);
        let memory = large_memory(bytes);
        // SAFETY: the size is not zero.
        let block = unsafe { alloc(memory) }.cast::<Block>();
        if block.is_null() {
            handle_alloc_error(memory);
        }
        // SAFETY: fresh memory.
        unsafe { Self::init(block, 0, 1, layout.drop, true) };
        (block, bytes)
    }

    /// # Safety
    /// The block is large, and nothing refers to its object.
    pub(super) unsafe fn free_large(block: *mut Block, bytes: usize) {
        // SAFETY: as the caller promises.
        unsafe {
            if let Some(drop) = (*block).dropper {
                drop((*block).cell(0));
            }
            dealloc(block.cast(), large_memory(bytes));
        }
    }

    #[inline(always)]
    pub(super) fn cell(&self, index: usize) -> *mut Header {
        // Cells follow the header; index is below `cells`.
        ((&raw const *self) as usize + HEADER_BYTES + index * self.cell_size as usize) as *mut Header
    }

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
    pub(super) fn mark(&mut self, cell: *const Header) -> bool {
        let (word, bit) = self.bit(cell);
        let fresh = self.marks[word] & bit == 0;
        self.marks[word] |= bit;
        fresh
    }

    /// Clears the mark.
    pub(super) fn unmark(&mut self, cell: *const Header) {
        let (word, bit) = self.bit(cell);
        self.marks[word] &= !bit;
    }

    #[inline(always)]
    pub(super) fn is_marked(&self, cell: *const Header) -> bool {
        let (word, bit) = self.bit(cell);
        self.marks[word] & bit != 0
    }

    pub(super) fn is_marked_cell(&self, index: usize) -> bool {
        self.is_marked(self.cell(index))
    }

    pub(super) fn clear_marks(&mut self) {
        self.marks = [0; MARK_WORDS];
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

    /// Frees unmarked cells and links them into a list. Returns the list and how many cells it has, and whether anything lives.
    unsafe fn sweep(&mut self, poison: bool) -> (*mut Header, usize, bool) {
        let mut list: *mut Header = std::ptr::null_mut();
        let mut free = 0;
        let size = self.cell_size as usize;
        for i in (0..self.cells as usize).rev() {
            let cell = self.cell(i);
            if self.is_marked(cell) {
                continue;
            }
            // SAFETY: the cell belongs to the block; unmarked, it is dead or free already.
            unsafe {
                if !(*cell).ty().is_null() {
                    if let Some(drop) = self.dropper {
                        drop(cell);
                    }
                    if poison {
                        cell.cast::<u8>().write_bytes(POISON, size);
                    }
                    (*cell).set_ty(std::ptr::null());
                }
                *cell.cast::<*mut Header>().add(1) = list;
            }
            list = cell;
            free += 1;
        }
        (list, free, free < self.cells as usize)
    }
}

fn large_memory(bytes: usize) -> Memory {
    Memory::from_size_align(bytes, BLOCK_BYTES).unwrap_or(Memory::new::<u8>())
}

/// Where blocks come from: aligned chunks, cut up; blocks that fall empty come back.
#[derive(Default)]
pub(super) struct BlockSource {
    chunks: HashSet<usize, BuildChunkHasher>,
    free: Vec<*mut Block>,
}

impl BlockSource {
    fn take(&mut self) -> *mut Block {
        if let Some(block) = self.free.pop() {
            return block;
        }
        let memory = chunk_memory();
        // SAFETY: the size is not zero.
        let chunk = unsafe { alloc(memory) };
        if chunk.is_null() {
            handle_alloc_error(memory);
        }
        self.chunks.insert(chunk as usize);
        let blocks = CHUNK_BYTES / BLOCK_BYTES;
        for i in (0..blocks).rev() {
            let block = (chunk as usize + i * BLOCK_BYTES) as *mut Block;
            // SAFETY: the chunk is ours; a block not in use has no cells.
            unsafe { (&raw mut (*block).cells).write(0) };
            if i > 0 {
                self.free.push(block);
            }
        }
        chunk.cast()
    }

    /// Whether the address lies in a chunk. A block not in use there has no cells.
    pub(super) fn contains(&self, word: usize) -> bool {
        self.chunks.contains(&(word & !(CHUNK_BYTES - 1)))
    }
}

fn chunk_memory() -> Memory {
    Memory::from_size_align(CHUNK_BYTES, CHUNK_BYTES).unwrap_or(Memory::new::<u8>())
}

impl Drop for BlockSource {
    fn drop(&mut self) {
        for &chunk in &self.chunks {
            // SAFETY: the chunk came from `take`; the heap is being dropped.
            unsafe { dealloc(chunk as *mut u8, chunk_memory()) };
        }
    }
}

/// Hashes a chunk's address without random keys, so that runs repeat.
#[derive(Clone, Default)]
pub(super) struct BuildChunkHasher;

impl std::hash::BuildHasher for BuildChunkHasher {
    type Hasher = ChunkHasher;
    fn build_hasher(&self) -> ChunkHasher {
        ChunkHasher(0)
    }
}

/// See [`BuildChunkHasher`].
pub(super) struct ChunkHasher(u64);

impl std::hash::Hasher for ChunkHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_usize(&mut self, word: usize) {
        self.0 = (word as u64 >> 20).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// The blocks of one cell size (and, for structs with `Drop`, of one layout).
pub(super) struct Pool {
    cell_size: usize,
    layout: Option<&'static Layout>,
    blocks: Vec<*mut Block>,
    /// Blocks from here on have not been swept since the last collection.
    unswept: usize,
    /// Free cells, for pools whose list the heap does not hold.
    list: *mut Header,
}

impl Pool {
    pub(super) fn new(cell_size: usize, layout: Option<&'static Layout>) -> Pool {
        Pool { cell_size, layout, blocks: Vec::new(), unswept: 0, list: std::ptr::null_mut() }
    }

    pub(super) fn serves(&self, layout: &'static Layout, cell_size: usize) -> bool {
        self.cell_size == cell_size && self.layout.is_some_and(|l| l.id == layout.id && std::ptr::fn_addr_eq(l.trace, layout.trace))
    }

    /// A list of free cells (never empty), and the bytes in it.
    pub(super) fn refill(&mut self, source: &mut BlockSource, poison: bool) -> (*mut Header, usize) {
        while self.unswept < self.blocks.len() {
            let block = self.blocks[self.unswept];
            self.unswept += 1;
            // SAFETY: the pool's blocks are alive.
            let (list, free, _) = unsafe { (*block).sweep(poison) };
            if free > 0 {
                return (list, free * self.cell_size);
            }
        }
        let block = source.take();
        let cells = (BLOCK_BYTES - HEADER_BYTES) / self.cell_size;
        // SAFETY: the source gave us the block; sweeping a fresh one links all its cells.
        let (list, free, _) = unsafe {
            Block::init(block, self.cell_size, cells, self.layout.and_then(|l| l.drop), false);
            (*block).sweep(false)
        };
        self.blocks.push(block);
        self.unswept = self.blocks.len();
        (list, free * self.cell_size)
    }

    /// One free cell, and the bytes newly taken.
    pub(super) fn take(&mut self, source: &mut BlockSource, poison: bool) -> (*mut Header, usize) {
        let mut bytes = 0;
        if self.list.is_null() {
            (self.list, bytes) = self.refill(source, poison);
        }
        let cell = self.list;
        // SAFETY: a free cell's second word links the next.
        unsafe { self.list = *cell.cast::<*mut Header>().add(1) };
        (cell, bytes)
    }

    /// Sweeps what is left; blocks in which nothing lives go back to the source.
    pub(super) fn finish_sweep(&mut self, source: &mut BlockSource, poison: bool) {
        let mut kept = self.unswept;
        for i in self.unswept..self.blocks.len() {
            let block = self.blocks[i];
            // SAFETY: the pool's blocks are alive.
            unsafe {
                let (_, _, alive) = (*block).sweep(poison);
                if alive {
                    self.blocks[kept] = block;
                    kept += 1;
                } else {
                    (*block).cells = 0;
                    source.free.push(block);
                }
            }
        }
        self.blocks.truncate(kept);
        self.unswept = kept;
    }

    pub(super) fn clear_marks(&mut self) {
        for &block in &self.blocks {
            // SAFETY: the pool's blocks are alive.
            unsafe { (*block).clear_marks() };
        }
    }

    /// After marking: every block is to be swept again.
    pub(super) fn start_sweep(&mut self) {
        self.unswept = 0;
        self.list = std::ptr::null_mut();
    }

    /// Drops every object (the machine ends).
    pub(super) fn drop_all(&mut self) {
        if self.layout.is_some() {
            for &block in &self.blocks {
                // SAFETY: nothing refers to the objects any more.
                unsafe {
                    (*block).clear_marks();
                    (*block).sweep(false);
                }
            }
        }
        self.blocks.clear();
    }
}
