//! Where blocks come from: aligned chunks of memory, cut up; blocks that fall empty come back.

use super::block::{BLOCK_BYTES, Block};
use std::alloc::{Layout as Memory, alloc, dealloc, handle_alloc_error};
use std::collections::HashMap;

const CHUNK_BYTES: usize = 1 << 20;

/// The chunks of a heap.
#[derive(Default)]
pub(super) struct BlockSource {
    /// Address of each chunk, with a bit for every block of it that is in use.
    chunks: HashMap<usize, u16, BuildChunkHasher>,
    free: Vec<*mut Block>,
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
        let memory = chunk_memory();
        // SAFETY: the size is not zero.
        let chunk = unsafe { alloc(memory) };
        if chunk.is_null() {
            handle_alloc_error(memory);
        }
        let block = |i: usize| chunk.wrapping_add(i * BLOCK_BYTES).cast();
        self.free.extend((1..CHUNK_BYTES / BLOCK_BYTES).rev().map(block));
        chunk.cast()
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

fn chunk_memory() -> Memory {
    Memory::from_size_align(CHUNK_BYTES, CHUNK_BYTES).unwrap_or(Memory::new::<u8>())
}

impl Drop for BlockSource {
    fn drop(&mut self) {
        for &chunk in self.chunks.keys() {
            // SAFETY: the chunk came from `new_chunk`; the heap is being dropped.
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
