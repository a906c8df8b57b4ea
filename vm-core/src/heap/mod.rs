//! The heap: non-moving mark and sweep over size-segregated blocks, without reference counts.
//!
//! Allocation never collects: it asks for a collection, which happens at the machine's next safepoint. Objects of up to half a block
//! come from 64 KiB blocks of equal cells; an object whose struct needs `Drop` lives in blocks of its own layout, so that sweeping
//! never has to look at a dead object's (perhaps also dead) type. Sweeping is lazy, block by block, when a free list runs dry.
//! Handles held by native code are found by scanning the native stack conservatively ([`stack`]), which a non-moving collector
//! allows; so no native can hold an unrooted handle across a call into Python. ARCHITECTURE.md gives the reasons and the costs.

mod block;
mod chunks;
mod kept;
mod mark;
mod pool;
mod search;
mod spare;
pub mod stack;

pub use mark::Marker;

use crate::machine::Breaker;
use crate::object::header::{Gc, Header, Layout, Payload};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use block::{Block, CELL_MAX, MEDIUM_CLASSES, MEDIUM_MAX, medium_cell, medium_class};
use chunks::BlockSource;
use pool::Pool;
use spare::SpareBlocks;
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};

/// Cells are multiples of so many bytes.
pub(crate) const GRANULE: usize = 16;
/// Builds with debug assertions check what kept objects refer to at one of so many collections, and at all in stress mode.
const CHECK_INTERVAL: u64 = 16;
const SMALL_CLASSES: usize = CELL_MAX / GRANULE + 1;
/// Bytes that may be allocated before the first collection, and least distance between two.
const MIN_THRESHOLD_BYTES: usize = 3 << 18;

/// Figures of one collection.
#[derive(Clone, Copy, Debug, Default)]
pub struct CollectionStats {
    /// Bytes in objects found alive.
    pub live_bytes: usize,
    /// Objects found alive.
    pub live_objects: usize,
    /// Bytes allocated since the collection before.
    pub allocated_bytes: usize,
}

/// Granules that an object of `size` bytes takes. Sizes are far from overflowing, which a division that rounds up cannot know.
#[inline(always)]
#[allow(clippy::manual_div_ceil, reason = "see above")]
const fn granules(size: usize) -> usize {
    (size + (GRANULE - 1)) / GRANULE
}

/// All objects of one machine.
pub struct Heap {
    /// Free cells of each small size class (size in granules), for structs without `Drop`.
    free: [*mut Header; SMALL_CLASSES],
    /// Blocks of each small size class, then of the medium ones.
    pools: Vec<Pool>,
    /// Pools of structs with `Drop`, by layout and cell size.
    drop_pools: Vec<Pool>,
    source: BlockSource,
    /// Large objects: address of their block, and its size in bytes.
    large: BTreeMap<usize, usize>,
    spare: SpareBlocks,
    /// Bytes handed to free lists and large objects since the last collection.
    allocated_bytes: usize,
    threshold_bytes: usize,
    live_bytes: usize,
    live_objects: usize,
    /// Fill freed cells with a pattern.
    pub poison: bool,
    collections: u64,
    mark_stack: Vec<*const Header>,
    /// Kept objects that may come to refer to something else ([`kept`]).
    changing: Vec<*const Header>,
    /// Those of them that were taken to be fixed at first, by address.
    touched: HashSet<usize>,
    /// Somebody may change kept objects without notice: nothing is kept any more.
    keeps_nothing: bool,
    /// The type `str`, which is alive as long as the machine; null until there is one.
    pub(crate) text: *const Type,
    /// The machine's breaker, in which a wanted collection is noted; null before the machine has its place.
    pub(crate) breaker: *const AtomicU32,
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

impl Heap {
    /// An empty heap.
    #[must_use]
    pub fn new() -> Heap {
        Heap {
            free: [std::ptr::null_mut(); SMALL_CLASSES],
            pools: (0..SMALL_CLASSES)
                .map(|class| class * GRANULE)
                .chain((0..MEDIUM_CLASSES).map(|class| medium_cell(class.max(2))))
                .map(|size| Pool::new(size, None))
                .collect(),
            drop_pools: Vec::new(),
            source: BlockSource::default(),
            large: BTreeMap::new(),
            spare: SpareBlocks::default(),
            allocated_bytes: 0,
            threshold_bytes: MIN_THRESHOLD_BYTES,
            live_bytes: 0,
            live_objects: 0,
            poison: false,
            collections: 0,
            mark_stack: Vec::new(),
            changing: Vec::new(),
            touched: HashSet::new(),
            keeps_nothing: false,
            text: std::ptr::null(),
            breaker: std::ptr::null(),
        }
    }

    /// Memory for an object of `size` bytes with that layout; its header is set, the rest is uninitialised.
    #[inline(always)]
    pub fn allocate(&mut self, layout: &'static Layout, ty: *const Type, size: usize) -> *mut Header {
        if layout.drop.is_none()
            && granules(size) < SMALL_CLASSES
            && let Some(cell) = self.at_hand(ty, size)
        {
            return cell;
        }
        self.allocate_slow(layout, ty, size)
    }

    /// A free cell for an object of at most [`CELL_MAX`] bytes whose struct needs no `Drop`, if one is swept; its header is set, the rest is
    /// uninitialised.
    #[inline(always)]
    pub fn at_hand(&mut self, ty: *const Type, size: usize) -> Option<*mut Header> {
        debug_assert!(size <= CELL_MAX);
        // SAFETY: the class is below SMALL_CLASSES; a non-null free cell belongs to this heap, its second word links the next.
        unsafe {
            let slot = self.free.as_mut_ptr().add(granules(size));
            let cell = *slot;
            if cell.is_null() {
                return None;
            }
            *slot = *cell.cast::<*mut Header>().add(1);
            (*cell).set_ty(ty);
            Some(cell)
        }
    }

    #[cold]
    #[inline(never)]
    fn allocate_slow(&mut self, layout: &'static Layout, ty: *const Type, size: usize) -> *mut Header {
        let class = granules(size);
        let cell = if class >= SMALL_CLASSES && layout.drop.is_none() && size <= MEDIUM_MAX {
            let (cell, bytes) = self.pools[SMALL_CLASSES + medium_class(class * GRANULE)].take(&mut self.source, self.poison);
            self.allocated_bytes += bytes;
            cell
        } else if class >= SMALL_CLASSES {
            self.allocate_large(layout, size)
        } else if layout.drop.is_none() {
            let (list, bytes) = self.pools[class].refill(&mut self.source, self.poison);
            self.allocated_bytes += bytes;
            // SAFETY: refill gives at least one free cell.
            unsafe { self.free[class] = *list.cast::<*mut Header>().add(1) };
            list
        } else {
            let cell_size = class * GRANULE;
            let index = match self.drop_pools.iter().position(|p| p.serves(layout, cell_size)) {
                Some(index) => index,
                None => {
                    self.drop_pools.push(Pool::new(cell_size, Some(layout)));
                    self.drop_pools.len() - 1
                }
            };
            let (cell, bytes) = self.drop_pools[index].take(&mut self.source, self.poison);
            self.allocated_bytes += bytes;
            cell
        };
        self.ask_when_full();
        // SAFETY: the cell is ours and free.
        unsafe { (*cell).set_ty(ty) };
        cell
    }

    fn allocate_large(&mut self, layout: &'static Layout, size: usize) -> *mut Header {
        let (block, bytes) = self.spare.take(layout, size).unwrap_or_else(|| Block::new_large(layout, size));
        self.large.insert(block as usize, bytes);
        self.allocated_bytes += bytes;
        // SAFETY: a large block holds one cell.
        unsafe { (*block).cell(0) }
    }

    /// A new object: `init` is its whole struct (with its header), `extra` more bytes follow and are filled with `Value::NULL`.
    #[inline(always)]
    pub fn new_object<T: Payload>(&mut self, init: T, extra: usize) -> Gc<T> {
        // SAFETY: the header is the first field of every payload.
        let ty = unsafe { (*(&raw const init).cast::<Header>()).ty() };
        let cell = self.allocate(T::LAYOUT, ty, size_of::<T>() + extra);
        // SAFETY: the cell has room for `T` and `extra` bytes.
        unsafe {
            cell.cast::<T>().write(init);
            let tail = cell.cast::<u8>().add(size_of::<T>()).cast::<Value>();
            for i in 0..extra / size_of::<Value>() {
                tail.add(i).write(Value::NULL);
            }
            Gc::from_header(cell)
        }
    }

    /// Gives back an object that nothing refers to any more (a buffer replaced by a larger one).
    ///
    /// # Safety
    /// No reference to it remains anywhere, and its struct needs no `Drop`.
    pub unsafe fn free_now(&mut self, cell: *mut Header) {
        // SAFETY: the cell is a live object of this heap, dead from here on.
        unsafe {
            let block = Block::of(cell);
            if (*block).is_large() {
                if let Some(bytes) = self.large.remove(&(block as usize)) {
                    self.allocated_bytes = self.allocated_bytes.saturating_sub(bytes);
                    Block::free_large(block, bytes);
                }
                return;
            }
            (*block).unkeep(cell);
            let size = (*block).cell_size();
            if size > CELL_MAX {
                return self.pools[SMALL_CLASSES + medium_class(size)].put(cell);
            }
            let class = size / GRANULE;
            (*cell).set_ty(std::ptr::null());
            *cell.cast::<*mut Header>().add(1) = self.free[class];
            self.free[class] = cell;
        }
    }

    /// Accounts for memory outside the heap that an object has taken (tables of dicts, digits of integers).
    #[inline]
    pub fn note_external(&mut self, bytes: usize) {
        self.allocated_bytes += bytes;
        self.ask_when_full();
    }

    /// Asks the machine for a collection at its next safepoint if enough was allocated.
    #[inline]
    fn ask_when_full(&self) {
        if self.wants_collection() && !self.breaker.is_null() {
            // SAFETY: the machine that owns this heap owns the breaker.
            unsafe { (*self.breaker).fetch_or(Breaker::COLLECT, Ordering::Relaxed) };
        }
    }

    /// Whether enough was allocated since the last collection to ask for another.
    #[inline]
    #[must_use]
    pub fn wants_collection(&self) -> bool {
        self.allocated_bytes >= self.threshold_bytes
    }

    /// Collections so far.
    #[must_use]
    pub fn collections(&self) -> u64 {
        self.collections
    }

    /// Bytes in live objects at the last collection plus those allocated since.
    #[must_use]
    pub fn bytes_in_use(&self) -> usize {
        self.live_bytes + self.allocated_bytes
    }

    /// Marks from the roots and readies every block for sweeping. `roots` marks the precise roots; `range` is native stack memory to
    /// scan conservatively; `weak` runs after marking, may ask [`Marker::is_marked`], and gets a function that lists what is unmarked.
    pub fn collect(
        &mut self,
        range: stack::Range<'_>,
        roots: impl FnOnce(&mut Marker<'_>),
        weak: impl FnOnce(&mut Marker<'_>, &dyn Fn() -> Vec<*const Header>),
    ) -> CollectionStats {
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            pool.finish_sweep(&mut self.source, self.poison);
        }
        self.free = [std::ptr::null_mut(); SMALL_CLASSES];
        self.clear_marks();
        let mut stack = std::mem::take(&mut self.mark_stack);
        let mut marker = Marker::new(&mut stack, self.text);
        self.trace_changing(&mut marker);
        roots(&mut marker);
        for word in range.words() {
            if let Some(object) = self.object_at(word) {
                marker.mark_object(object);
            }
        }
        marker.drain();
        let checked = self.poison || self.collections.is_multiple_of(CHECK_INTERVAL);
        debug_assert!(!checked || self.kept_are_closed(&mut marker), "a kept object refers to something else without notice");
        weak(&mut marker, &|| self.unmarked());
        marker.drain();
        let mut live_bytes = marker.external_bytes();
        self.mark_stack = stack;
        let mut live_objects = 0;
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            let live = pool.count_live();
            live_objects += live;
            live_bytes += live * pool.cell_size();
        }
        let dead: Vec<usize> = self
            .large
            .keys()
            .copied()
            // SAFETY: blocks in the table are alive.
            .filter(|&b| unsafe { !(*(b as *mut Block)).is_marked_cell(0) })
            .collect();
        self.spare.release();
        for block in dead {
            if let Some(bytes) = self.large.remove(&block) {
                // SAFETY: unmarked, so nothing refers to it.
                unsafe { self.spare.put(block as *mut Block, bytes) };
            }
        }
        live_objects += self.large.len();
        live_bytes += self.large.values().sum::<usize>();
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            pool.start_sweep();
        }
        let stats = CollectionStats { live_bytes, live_objects, allocated_bytes: self.allocated_bytes };
        self.live_bytes = live_bytes;
        self.live_objects = live_objects;
        self.allocated_bytes = 0;
        self.threshold_bytes = live_bytes.max(MIN_THRESHOLD_BYTES);
        self.collections += 1;
        stats
    }

    /// Every object that is not marked. What died before the last marking must have been swept.
    fn unmarked(&self) -> Vec<*const Header> {
        let mut found = Vec::new();
        self.each_block(|block| block.unmarked(&mut found));
        found
    }

    /// After a collection: marks what `roots` and a native stack alone reach, and shows the marker and what it reached to `f`. What the
    /// collection had found alive stays so.
    pub fn examine<T>(
        &mut self,
        range: &stack::Range<'_>,
        roots: impl FnOnce(&mut Marker<'_>),
        f: impl FnOnce(&mut Marker<'_>, &[*const Header]) -> T,
    ) -> T {
        self.sweep_all();
        let alive = self.marked();
        self.clear_marks();
        let mut stack = std::mem::take(&mut self.mark_stack);
        let mut marker = Marker::new(&mut stack, self.text);
        roots(&mut marker);
        for object in range.words().filter_map(|word| self.object_at(word)) {
            marker.mark_object(object);
        }
        marker.drain();
        let reached = self.marked();
        let result = f(&mut marker, &reached);
        self.clear_marks();
        let mut marker = Marker::new(&mut stack, self.text);
        for object in alive {
            marker.mark_object(object);
        }
        stack.clear();
        self.mark_stack = stack;
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            pool.count_live();
        }
        result
    }

    /// Every object that is marked.
    fn marked(&self) -> Vec<*const Header> {
        let mut found = Vec::new();
        self.each_block(|block| block.marked(&mut found));
        found
    }

    fn clear_marks(&mut self) {
        self.each_block(Block::clear_marks);
    }

    /// Applies something to every block.
    fn each_block(&self, mut f: impl FnMut(&mut Block)) {
        for pool in self.pools.iter().chain(&self.drop_pools) {
            pool.each_block(&mut f);
        }
        for &block in self.large.keys() {
            // SAFETY: blocks in the table are alive, and nobody else refers to them now.
            f(unsafe { &mut *(block as *mut Block) });
        }
    }

    /// Sweeps everything now, so that freed cells are poisoned at once (stress mode).
    pub fn sweep_all(&mut self) {
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            pool.finish_sweep(&mut self.source, self.poison);
        }
        // Cells freed so far are relinked by the next refill.
        self.free = [std::ptr::null_mut(); SMALL_CLASSES];
        for pool in &mut self.pools {
            pool.start_sweep();
        }
    }

    /// The live object that contains the address `word` (a tagged or untagged, perhaps interior, pointer), if there is one.
    fn object_at(&self, word: usize) -> Option<*const Header> {
        let block = if self.source.contains(word) {
            Block::of(word as *const Header)
        } else {
            let (&block, &bytes) = self.large.range(..=word).next_back()?;
            if word >= block + bytes {
                return None;
            }
            block as *mut Block
        };
        // SAFETY: the block belongs to this heap.
        unsafe { (*block).object_containing(word) }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        for pool in self.pools.iter_mut().chain(&mut self.drop_pools) {
            pool.drop_all();
        }
        for (&block, &bytes) in &self.large {
            // SAFETY: the machine is gone; nothing refers to its objects.
            unsafe { Block::free_large(block as *mut Block, bytes) };
        }
    }
}
