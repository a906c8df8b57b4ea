//! Blocks of large objects that died at the last collection, kept for the next ones of about their size.
//!
//! The system's allocator maps such blocks one by one and gives each back when it is freed; a program that makes one long string after
//! another would pay for fresh pages each time. What no object has taken by the next collection goes back.

use super::block::Block;
use crate::object::header::Layout;

/// No more than this is kept, in bytes.
const MOST_BYTES: usize = 16 << 20;

/// See the module.
#[derive(Default)]
pub(super) struct SpareBlocks {
    /// Blocks, their objects dropped, and their sizes in bytes.
    blocks: Vec<(*mut Block, usize)>,
    bytes: usize,
}

impl SpareBlocks {
    /// Drops the object of a block, and keeps the block or gives it back.
    ///
    /// # Safety
    /// The block is a large one of so many bytes, and nothing refers to its object.
    pub(super) unsafe fn put(&mut self, block: *mut Block, bytes: usize) {
        // SAFETY: as the caller promises.
        unsafe {
            Block::drop_large(block);
            if self.bytes + bytes > MOST_BYTES {
                return Block::release_large(block, bytes);
            }
        }
        self.bytes += bytes;
        self.blocks.push((block, bytes));
    }

    /// The smallest block for an object of `size` bytes, unless it would be a quarter too large; with its size.
    pub(super) fn take(&mut self, layout: &'static Layout, size: usize) -> Option<(*mut Block, usize)> {
        if self.blocks.is_empty() {
            return None;
        }
        let wanted = Block::large_bytes(size);
        let fits = |bytes: usize| bytes >= wanted && bytes <= wanted + wanted / 4;
        let (at, _) = self.blocks.iter().enumerate().filter(|(_, b)| fits(b.1)).min_by_key(|(_, b)| b.1)?;
        let (block, bytes) = self.blocks.swap_remove(at);
        self.bytes -= bytes;
        // SAFETY: it is long enough, and its object was dropped when it was put here.
        unsafe { Block::reuse_large(block, bytes, layout) };
        Some((block, bytes))
    }

    /// Gives everything back.
    pub(super) fn release(&mut self) {
        for (block, bytes) in self.blocks.drain(..) {
            // SAFETY: the blocks are ours, their objects dropped.
            unsafe { Block::release_large(block, bytes) };
        }
        self.bytes = 0;
    }
}

impl Drop for SpareBlocks {
    fn drop(&mut self) {
        self.release();
    }
}
