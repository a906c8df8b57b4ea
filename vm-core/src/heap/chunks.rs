//! Where blocks come from: aligned chunks of memory, cut up; blocks that fall empty come back.
//!
//! A heap that has grown takes its chunks in the size of a huge page, and asks the system for one: a fault for each 4 KiB and the
//! translation of scattered addresses while marking were up to a tenth of the time of programs with 30 MB of small objects. Small heaps
//! do not, since the rest of such a page would be resident for nothing.

use super::block::{BLOCK_BYTES, Block};
use std::alloc::{Layout as Memory, alloc, dealloc, handle_alloc_error};
use std::collections::HashMap;

const CHUNK_BYTES: usize = 1 << 20;
/// Of x86-64, and of AArch64 with 4 KiB granules.
const HUGE_PAGE_BYTES: usize = 2 << 20;
/// Chunks of a heap that are taken one by one, before huge pages are.
const SINGLE_CHUNKS: usize = 6;

/// The chunks of a heap.
#[derive(Default)]
pub(super) struct BlockSource {
    /// Address of each chunk, with a bit for every block of it that is in use.
    chunks: HashMap<usize, u16, BuildChunkHasher>,
    free: Vec<*mut Block>,
    /// What the system gave, of one chunk or of several.
    taken: Vec<(*mut u8, Memory)>,
}

const _: () = assert!(CHUNK_BYTES / BLOCK_BYTES == u16::BITS as usize);

/// The chunk of a block, and the block's bit.
fn place(word: usize) -> (usize, u16) {
    (word & !(CHUNK_BYTES - 1), 1 << (word % CHUNK_BYTES / BLOCK_BYTES))
}

impl BlockSource {
    /// A block, uninitialised.
    pub(super) fn take(&mut self) -> *mut Block {
        let block = self.free.pop().unwrap_or_else(|| self.new_chunk());
        let (chunk, bit) = place(block as usize);
        *self.chunks.entry(chunk).or_default() |= bit;
        block
    }

    #[cold]
    fn new_chunk(&mut self) -> *mut Block {
        let huge = self.taken.len() >= SINGLE_CHUNKS;
        let bytes = if huge { HUGE_PAGE_BYTES } else { CHUNK_BYTES };
        let memory = Memory::from_size_align(bytes, bytes).unwrap_or(Memory::new::<u8>());
        // SAFETY: the size is not zero.
        let start = unsafe { alloc(memory) };
        if start.is_null() {
            handle_alloc_error(memory);
        }
        if huge {
            want_huge_page(start);
        }
        self.taken.push((start, memory));
        let block = |i: usize| start.wrapping_add(i * BLOCK_BYTES).cast();
        self.free.extend((1..bytes / BLOCK_BYTES).rev().map(block));
        start.cast()
    }

    /// Takes back a block that holds no objects.
    pub(super) fn give_back(&mut self, block: *mut Block) {
        let (chunk, bit) = place(block as usize);
        if let Some(used) = self.chunks.get_mut(&chunk) {
            *used &= !bit;
        }
        self.free.push(block);
    }

    /// Whether the address lies in a block that is in use.
    pub(super) fn contains(&self, word: usize) -> bool {
        let (chunk, bit) = place(word);
        self.chunks.get(&chunk).is_some_and(|used| used & bit != 0)
    }
}

/// Asks the system to back this memory, of a huge page's size and alignment, by one. It may refuse, and nothing else changes then.
fn want_huge_page(start: *mut u8) {
    #[cfg(target_os = "linux")]
    // SAFETY: the memory is ours; the advice does not change its content.
    let _refused = unsafe { rustix::mm::madvise(start.cast(), HUGE_PAGE_BYTES, rustix::mm::Advice::LinuxHugepage) };
    #[cfg(not(target_os = "linux"))]
    let _ = start;
}

impl Drop for BlockSource {
    fn drop(&mut self) {
        for &(start, memory) in &self.taken {
            // SAFETY: it came from `new_chunk` with this layout; the heap is being dropped.
            unsafe { dealloc(start, memory) };
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
