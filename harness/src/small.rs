//! The allocator of the program: lists of free blocks for small sizes, in front of the system's.
//!
//! The compiler and the natives allocate many small blocks and free them soon. Here either takes a dozen instructions, against a hundred in the
//! system's allocator, which keeps only a few blocks of each size at hand and otherwise joins and splits them. Blocks are carved from
//! chunks and never given back. A list belongs to a thread; a block that another thread frees stays there.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::UnsafeCell;
use std::ptr;

/// Sizes are multiples of this, which is also the alignment.
const UNIT: usize = 16;
/// The largest small size.
const SMALL_MAX: usize = 2048;
const CLASSES: usize = SMALL_MAX / UNIT + 1;
/// What is taken from the system at once.
const CHUNK: usize = 1 << 15;

/// A free block, which holds the next one.
struct Free {
    next: *mut Free,
}

struct Lists {
    free: [*mut Free; CLASSES],
    /// What is left of the chunk.
    next: *mut u8,
    left: usize,
}

thread_local! {
    static LISTS: UnsafeCell<Lists> =
        const { UnsafeCell::new(Lists { free: [ptr::null_mut(); CLASSES], next: ptr::null_mut(), left: 0 }) };
}

/// Has the system's allocator keep some of what is freed at the end of its memory: by default it gives everything beyond 128 KiB back, so
/// that a program whose tables grow and shrink maps the same pages again and again. The threshold for mapping is the one the allocator
/// would come to by itself once a thread's stack was freed.
pub(crate) fn keep_freed_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        const TRIM_THRESHOLD: i32 = -1;
        const MMAP_THRESHOLD: i32 = -3;
        unsafe extern "C" {
            safe fn mallopt(parameter: i32, value: i32) -> i32;
        }
        mallopt(TRIM_THRESHOLD, 16 << 20);
        mallopt(MMAP_THRESHOLD, 32 << 20);
    }
}

/// See the module.
pub(crate) struct Small;

impl Lists {
    /// A block of a class whose list is empty.
    #[cold]
    #[inline(never)]
    fn carve(&mut self, class: usize) -> *mut u8 {
        let size = class * UNIT;
        if self.left < size {
            // What is left serves the class that it fits.
            if self.left >= UNIT {
                self.give(self.next, self.left / UNIT);
            }
            let Ok(layout) = Layout::from_size_align(CHUNK, UNIT) else { return ptr::null_mut() };
            // SAFETY: the layout's size is not zero.
            let chunk = unsafe { System.alloc(layout) };
            if chunk.is_null() {
                self.left = 0;
                return chunk;
            }
            (self.next, self.left) = (chunk, CHUNK);
        }
        let block = self.next;
        // SAFETY: at least `size` bytes of the chunk are left.
        self.next = unsafe { block.add(size) };
        self.left -= size;
        block
    }

    #[inline]
    fn take(&mut self, class: usize) -> *mut u8 {
        let first = self.free[class];
        if first.is_null() {
            return self.carve(class);
        }
        // SAFETY: blocks on the list are free, and hold the next one.
        self.free[class] = unsafe { (*first).next };
        first.cast()
    }

    #[inline]
    fn give(&mut self, block: *mut u8, class: usize) {
        let block: *mut Free = block.cast();
        // SAFETY: the block is free, aligned to `UNIT` and at least as large as that.
        unsafe { (*block).next = self.free[class] };
        self.free[class] = block;
    }
}

#[inline]
fn class(layout: Layout) -> Option<usize> {
    (layout.size() <= SMALL_MAX && layout.align() <= UNIT).then(|| layout.size().div_ceil(UNIT).max(1))
}

#[inline]
fn with<R>(run: impl FnOnce(&mut Lists) -> R) -> R {
    // SAFETY: the lists are this thread's own, and `run`, a method of theirs, does not come back here.
    LISTS.with(|lists| run(unsafe { &mut *lists.get() }))
}

// SAFETY: a block comes from a list or the carving of a chunk and is in no list until it is freed; its class follows from its layout.
unsafe impl GlobalAlloc for Small {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match class(layout) {
            Some(class) => with(|lists| lists.take(class)),
            // SAFETY: as the caller promises.
            None => unsafe { System.alloc(layout) },
        }
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        match class(layout) {
            Some(class) => with(|lists| lists.give(block, class)),
            // SAFETY: as the caller promises.
            None => unsafe { System.dealloc(block, layout) },
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class(layout) else {
            // SAFETY: as the caller promises.
            return unsafe { System.alloc_zeroed(layout) };
        };
        let block = with(|lists| lists.take(class));
        if !block.is_null() {
            // SAFETY: the block has at least the layout's size.
            unsafe { block.write_bytes(0, layout.size()) };
        }
        block
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that it does not overflow with this alignment.
        let new_layout = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (class(layout), class(new_layout)) {
            // SAFETY: as the caller promises.
            (None, None) => unsafe { System.realloc(block, layout, size) },
            (old, new) if old == new => block,
            _ => {
                // SAFETY: both blocks have at least the smaller size, and the old one is the caller's to free.
                unsafe {
                    let moved = self.alloc(new_layout);
                    if !moved.is_null() {
                        ptr::copy_nonoverlapping(block, moved, layout.size().min(size));
                        self.dealloc(block, layout);
                    }
                    moved
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_do_not_overlap_and_keep_their_content() {
        let mut blocks: Vec<(*mut u8, Layout, u8)> = Vec::new();
        for round in 0..4000_usize {
            let layout = Layout::from_size_align(1 + round * 37 % 3000, 1 << (round % 6)).unwrap();
            // SAFETY: sizes are not zero, and each block is used within its layout until it is freed.
            unsafe {
                let block = if round % 3 == 0 { Small.alloc_zeroed(layout) } else { Small.alloc(layout) };
                assert!(!block.is_null() && (block as usize).is_multiple_of(layout.align()));
                assert!(round % 3 != 0 || (0..layout.size()).all(|at| *block.add(at) == 0));
                block.write_bytes(round as u8, layout.size());
                blocks.push((block, layout, round as u8));
                if round % 2 == 0 {
                    let (block, layout, mark) = blocks.swap_remove(round * 31 % blocks.len());
                    assert!((0..layout.size()).all(|at| *block.add(at) == mark));
                    let size = 1 + round * 53 % 5000;
                    let moved = Small.realloc(block, layout, size);
                    assert!((0..layout.size().min(size)).all(|at| *moved.add(at) == mark));
                    Small.dealloc(moved, Layout::from_size_align(size, layout.align()).unwrap());
                }
            }
        }
        for (block, layout, mark) in blocks {
            // SAFETY: as above.
            unsafe {
                assert!((0..layout.size()).all(|at| *block.add(at) == mark));
                Small.dealloc(block, layout);
            }
        }
    }
}
