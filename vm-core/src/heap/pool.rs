//! Pools: the blocks of one cell size, swept one by one as cells are needed.

use super::block::{BLOCK_BYTES, Block, HEADER_BYTES};
use super::chunks::BlockSource;
use crate::object::header::{Header, Layout};

/// The blocks of one cell size (and, for structs with `Drop`, of one layout).
pub(super) struct Pool {
    cell_size: usize,
    layout: Option<&'static Layout>,
    blocks: Vec<*mut Block>,
    /// Blocks from here on have not been swept since the last collection.
    unswept: usize,
    /// The block that is not carved to its end yet, or null.
    carving: *mut Block,
    /// Free cells, for pools whose list the heap does not hold.
    list: *mut Header,
}

impl Pool {
    pub(super) fn new(cell_size: usize, layout: Option<&'static Layout>) -> Pool {
        Pool { cell_size, layout, blocks: Vec::new(), unswept: 0, carving: std::ptr::null_mut(), list: std::ptr::null_mut() }
    }

    pub(super) fn serves(&self, layout: &'static Layout, cell_size: usize) -> bool {
        self.cell_size == cell_size && self.layout.is_some_and(|l| l.id == layout.id && std::ptr::fn_addr_eq(l.trace, layout.trace))
    }

    /// A list of free cells (never empty), and the bytes in it.
    pub(super) fn refill(&mut self, source: &mut BlockSource, poison: bool) -> (*mut Header, usize) {
        while self.unswept < self.blocks.len() {
            let block = self.blocks[self.unswept];
            // SAFETY: the pool's blocks are alive.
            unsafe {
                if (*block).live == 0 && (*block).dropper.is_none() && !poison {
                    self.reuse_next(source);
                    continue;
                }
                self.unswept += 1;
                let (list, free) = (*block).sweep(poison);
                if free > 0 {
                    return (list, free * self.cell_size);
                }
            }
        }
        if self.carving.is_null() {
            let block = source.take();
            let capacity = (BLOCK_BYTES - HEADER_BYTES) / self.cell_size;
            // SAFETY: the source gave us the block.
            unsafe { Block::init(block, self.cell_size, capacity, self.layout.and_then(|l| l.drop), false) };
            self.blocks.push(block);
            self.unswept = self.blocks.len();
            self.carving = block;
        }
        // SAFETY: the block being carved is the pool's, and has room.
        unsafe {
            let (list, free) = (*self.carving).carve();
            if (*self.carving).is_carved() {
                self.carving = std::ptr::null_mut();
            }
            (list, free * self.cell_size)
        }
    }

    /// Takes the next unswept block, in which nothing lives, to be carved again, or gives it back.
    fn reuse_next(&mut self, source: &mut BlockSource) {
        let block = self.blocks[self.unswept];
        if self.carving.is_null() || self.carving == block {
            // SAFETY: the pool's blocks are alive.
            unsafe { ((*block).cells, (*block).swept) = (0, true) };
            self.carving = block;
            self.unswept += 1;
        } else {
            self.blocks.swap_remove(self.unswept);
            source.give_back(block);
        }
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

    /// Takes back a cell; the pool's list is its own.
    ///
    /// # Safety
    /// The cell is one of this pool, and nothing refers to it.
    pub(super) unsafe fn put(&mut self, cell: *mut Header) {
        // SAFETY: as the caller promises.
        unsafe {
            (*cell).set_ty(std::ptr::null());
            *cell.cast::<*mut Header>().add(1) = self.list;
        }
        self.list = cell;
    }

    /// Sweeps what is left; blocks in which nothing lives go back to the source.
    pub(super) fn finish_sweep(&mut self, source: &mut BlockSource, poison: bool) {
        let mut kept = self.unswept;
        for i in self.unswept..self.blocks.len() {
            let block = self.blocks[i];
            // SAFETY: the pool's blocks are alive.
            unsafe {
                if (*block).live > 0 || (*block).dropper.is_some() || poison {
                    (*block).sweep(poison);
                }
                if (*block).live > 0 {
                    self.blocks[kept] = block;
                    kept += 1;
                } else {
                    if self.carving == block {
                        self.carving = std::ptr::null_mut();
                    }
                    source.give_back(block);
                }
            }
        }
        self.blocks.truncate(kept);
        self.unswept = kept;
    }

    /// Applies something to every block.
    pub(super) fn each_block(&self, mut f: impl FnMut(&mut Block)) {
        for &block in &self.blocks {
            // SAFETY: the pool's blocks are alive, and nobody else refers to them now.
            f(unsafe { &mut *block });
        }
    }

    /// Marking has ended: counts the objects marked.
    pub(super) fn count_live(&mut self) -> usize {
        // SAFETY: the pool's blocks are alive.
        self.blocks.iter().map(|&block| unsafe { (*block).count_live() }).sum()
    }

    pub(super) fn cell_size(&self) -> usize {
        self.cell_size
    }

    /// After marking: every block is to be swept again.
    pub(super) fn start_sweep(&mut self) {
        self.unswept = 0;
        self.list = std::ptr::null_mut();
        self.each_block(|block| block.swept = false);
    }

    /// Drops every object (the machine ends).
    pub(super) fn drop_all(&mut self) {
        self.each_block(Block::forget_kept);
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
