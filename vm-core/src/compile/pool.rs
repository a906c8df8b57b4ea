//! Where the nodes of syntax trees live: boxes and lists whose memory is taken from large pieces, and given back when the last node is gone.
//!
//! In contrast to `Box` and `Vec`, they are one word each, taking memory is a handful of instructions, and giving it back is counting
//! down. What is dropped while other nodes are alive is therefore not used again, which suits trees: they are built, read and dropped
//! as a whole. Each thread has pieces of its own.
//!
//! Whoever knows that nothing made by some work is needed behind it (`leaving_nodes`) need not even drop the nodes one by one: what they
//! own outside of the pieces is listed, and dropped with the list.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;

/// What nodes are aligned to.
const ALIGN: usize = 8;
/// The first piece of memory, and the size up to which each is twice the one before.
const PIECE_MIN: usize = 1 << 12;
const PIECE_MAX: usize = 1 << 16;

/// The start of a piece.
struct Piece {
    before: *mut Piece,
    size: usize,
}

/// The memory of a thread's nodes.
struct Pool {
    next: Cell<*mut u8>,
    end: Cell<*mut u8>,
    /// How many nodes and lists there are.
    live: Cell<usize>,
    pieces: Cell<*mut Piece>,
    /// Whether what nodes own elsewhere is listed.
    listing: Cell<bool>,
}

/// A value that owns memory elsewhere, and how to drop it unless it was dropped.
type Owner = (NonNull<u8>, unsafe fn(NonNull<u8>));

thread_local! {
    /// The values that own memory elsewhere.
    static OWNERS: RefCell<Vec<Owner>> = const { RefCell::new(Vec::new()) };

    static POOL: Pool = const {
        Pool {
            next: Cell::new(std::ptr::null_mut()),
            end: Cell::new(std::ptr::null_mut()),
            live: Cell::new(0),
            pieces: Cell::new(std::ptr::null_mut()),
            listing: Cell::new(false),
        }
    };
}

/// How many values that own memory elsewhere small texts have.
const OWNERS_MIN: usize = 128;

/// Does `work`, and then gives back all nodes that it has made, those too that were never dropped.
///
/// # Safety
///
/// Nothing of what `work` has made in pieces is used or dropped behind it, and it drops nothing of that kind that was there before.
pub(super) unsafe fn leaving_nodes<T>(work: impl FnOnce() -> T) -> T {
    /// What was there before.
    struct Before {
        next: *mut u8,
        end: *mut u8,
        live: usize,
        pieces: *mut Piece,
        listing: bool,
        owners: Vec<Owner>,
    }

    impl Drop for Before {
        fn drop(&mut self) {
            let owners = OWNERS.with(|owners| std::mem::replace(&mut *owners.borrow_mut(), std::mem::take(&mut self.owners)));
            for (value, drop) in owners {
                // SAFETY: values stay where they were made, in pieces that are still there, and each was listed with its own function.
                unsafe { drop(value) };
            }
            POOL.with(|pool| {
                pool.release();
                pool.next.set(self.next);
                pool.end.set(self.end);
                pool.live.set(self.live);
                pool.pieces.set(self.pieces);
                pool.listing.set(self.listing);
            });
        }
    }

    let owners = OWNERS.with(|owners| std::mem::replace(&mut *owners.borrow_mut(), Vec::with_capacity(OWNERS_MIN)));
    let before = POOL.with(|pool| Before {
        next: pool.next.replace(std::ptr::null_mut()),
        end: pool.end.replace(std::ptr::null_mut()),
        // One that is never given back, so that the pieces stay until the end.
        live: pool.live.replace(1),
        pieces: pool.pieces.replace(std::ptr::null_mut()),
        listing: pool.listing.replace(true),
        owners,
    });
    let result = work();
    drop(before);
    result
}

impl Pool {
    /// Memory for so many bytes, a multiple of `ALIGN`, aligned to it.
    #[inline]
    fn take(&self, size: usize) -> NonNull<u8> {
        self.live.set(self.live.get() + 1);
        let at = self.next.get();
        if self.end.get().addr() - at.addr() >= size
            && let Some(taken) = NonNull::new(at)
        {
            self.next.set(at.wrapping_add(size));
            return taken;
        }
        self.take_from_new(size)
    }

    #[cold]
    fn take_from_new(&self, size: usize) -> NonNull<u8> {
        let last = self.pieces.get();
        // SAFETY: pieces are alive until all are given back, and start with their description.
        let usual = if last.is_null() { PIECE_MIN } else { (unsafe { (*last).size } * 2).min(PIECE_MAX) };
        let total = usual.max(size_of::<Piece>() + size);
        let Ok(layout) = Layout::from_size_align(total, align_of::<Piece>()) else { handle_alloc_error(Layout::new::<Piece>()) };
        // SAFETY: the size is not zero.
        let piece = unsafe { alloc(layout) }.cast::<Piece>();
        if piece.is_null() {
            handle_alloc_error(layout);
        }
        // SAFETY: the memory is new, large enough and aligned.
        unsafe { piece.write(Piece { before: last, size: total }) };
        self.pieces.set(piece);
        let start = piece.cast::<u8>().wrapping_add(size_of::<Piece>());
        self.next.set(start.wrapping_add(size));
        self.end.set(piece.cast::<u8>().wrapping_add(total));
        // SAFETY: an address inside an allocation is not null.
        unsafe { NonNull::new_unchecked(start) }
    }

    /// One node or list is gone.
    #[inline]
    fn give_back(&self) {
        let live = self.live.get() - 1;
        self.live.set(live);
        if live == 0 {
            self.release();
        }
    }

    #[cold]
    fn release(&self) {
        let mut piece = self.pieces.replace(std::ptr::null_mut());
        self.next.set(std::ptr::null_mut());
        self.end.set(std::ptr::null_mut());
        while !piece.is_null() {
            // SAFETY: nothing lives in the pieces any more; each was allocated with this size and alignment.
            unsafe {
                let Piece { before, size } = piece.read();
                dealloc(piece.cast(), Layout::from_size_align_unchecked(size, align_of::<Piece>()));
                piece = before;
            }
        }
    }
}

const fn rounded(size: usize) -> usize {
    size.next_multiple_of(ALIGN)
}

/// The one owner of a node.
pub struct Ptr<T>(NonNull<T>, PhantomData<T>);

impl<T> Ptr<T> {
    /// Stores a node.
    #[inline]
    #[must_use]
    pub fn new(value: T) -> Self {
        const { assert!(align_of::<T>() <= ALIGN && size_of::<T>() > 0) };
        let at = POOL.with(|pool| pool.take(rounded(size_of::<T>()))).cast::<T>();
        // SAFETY: the memory is new, large enough and aligned.
        unsafe { at.write(value) };
        Ptr(at, PhantomData)
    }
}

impl<T> Deref for Ptr<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the node is alive as long as its owner.
        unsafe { self.0.as_ref() }
    }
}

impl<T> DerefMut for Ptr<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above, and there is one owner.
        unsafe { self.0.as_mut() }
    }
}

impl<T> Drop for Ptr<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the owner is gone, and its node with it.
        unsafe { self.0.drop_in_place() };
        POOL.with(Pool::give_back);
    }
}

impl<T: Clone> Clone for Ptr<T> {
    fn clone(&self) -> Self {
        Ptr::new((**self).clone())
    }
}

impl<T: fmt::Debug> fmt::Debug for Ptr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// One of the owners of a value that cannot be changed.
pub(super) struct Shared<T>(NonNull<(Cell<usize>, T)>, PhantomData<T>);

impl<T> Shared<T> {
    /// Stores a value.
    pub(super) fn new(value: T) -> Self {
        let shared = Self::without_drop(value);
        if POOL.with(|pool| pool.listing.get()) {
            OWNERS.with(|owners| owners.borrow_mut().push((shared.0.cast(), Self::drop_left)));
        }
        shared
    }

    /// Drops a value that nobody has dropped.
    ///
    /// # Safety
    ///
    /// `at` is where one was stored, in memory that is still there; it is not used any more.
    unsafe fn drop_left(at: NonNull<u8>) {
        let mut at = at.cast::<(Cell<usize>, T)>();
        // SAFETY: as said above. Dropping leaves the number of owners at none.
        unsafe {
            if at.as_ref().0.replace(0) != 0 {
                std::ptr::drop_in_place(&raw mut at.as_mut().1);
            }
        }
    }

    /// Stores a value that owns nothing.
    pub(super) fn without_drop(value: T) -> Self {
        const { assert!(align_of::<(Cell<usize>, T)>() <= ALIGN) };
        let at = POOL.with(|pool| pool.take(rounded(size_of::<(Cell<usize>, T)>()))).cast();
        // SAFETY: the memory is new, large enough and aligned.
        unsafe { at.write((Cell::new(1), value)) };
        Shared(at, PhantomData)
    }

    /// Whether both own one value.
    #[inline]
    pub(super) fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the value is alive as long as it has an owner.
        unsafe { &self.0.as_ref().1 }
    }
}

impl<T> Clone for Shared<T> {
    #[inline]
    fn clone(&self) -> Self {
        // SAFETY: as above. Memory for as many owners as would overflow the count cannot be had.
        let owners = unsafe { &self.0.as_ref().0 };
        owners.set(owners.get() + 1);
        Shared(self.0, PhantomData)
    }
}

impl<T> Drop for Shared<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: as above.
        let owners = unsafe { &self.0.as_ref().0 };
        owners.set(owners.get() - 1);
        if owners.get() == 0 {
            // SAFETY: the last owner is gone, and the value with it.
            unsafe { self.0.drop_in_place() };
            POOL.with(Pool::give_back);
        }
    }
}

/// A list of nodes, as long as it was made. Its length stands before the nodes; an empty one has no memory.
pub struct List<T>(Option<NonNull<usize>>, PhantomData<T>);

impl<T> List<T> {
    /// An empty list.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        List(None, PhantomData)
    }

    /// A list of one node.
    #[inline]
    #[must_use]
    pub fn of(value: T) -> Self {
        let (list, first) = Self::room(1);
        // SAFETY: there is room for it.
        unsafe { first.write(value) };
        list
    }

    /// Moves the end of a stack, from `base` on, to a list.
    #[inline]
    #[must_use]
    pub fn taken(stack: &mut Vec<T>, base: usize) -> Self {
        let count = stack.len().saturating_sub(base);
        if count == 0 {
            return List::new();
        }
        let (list, first) = Self::room(count);
        // SAFETY: there is room for so many nodes; they are moved, since the stack forgets them.
        unsafe {
            stack.set_len(base);
            let from = stack.as_ptr().add(base);
            // Mostly it is one, and moving that takes no call.
            if count == 1 {
                first.write(from.read());
            } else {
                std::ptr::copy_nonoverlapping(from, first, count);
            }
        }
        list
    }

    /// A list whose nodes, at least one, are still to be written.
    #[inline]
    fn room(count: usize) -> (Self, *mut T) {
        const { assert!(align_of::<T>() <= ALIGN && size_of::<usize>() == ALIGN && size_of::<T>() > 0) };
        let size = count.checked_mul(size_of::<T>()).filter(|&size| size < isize::MAX as usize / 2);
        let Some(size) = size else { handle_alloc_error(Layout::new::<T>()) };
        let at = POOL.with(|pool| pool.take(ALIGN + rounded(size))).cast::<usize>();
        // SAFETY: the memory is new, large enough and aligned; nodes follow the length.
        let first = unsafe {
            at.write(count);
            at.add(1).cast::<T>().as_ptr()
        };
        (List(Some(at), PhantomData), first)
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self.0 {
            None => &[],
            // SAFETY: so many nodes follow the length, alive as long as the list.
            Some(at) => unsafe { std::slice::from_raw_parts(at.add(1).cast().as_ptr(), at.read()) },
        }
    }
}

impl<T> DerefMut for List<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        match self.0 {
            None => &mut [],
            // SAFETY: as above, and there is one owner.
            Some(at) => unsafe { std::slice::from_raw_parts_mut(at.add(1).cast().as_ptr(), at.read()) },
        }
    }
}

impl<T> Drop for List<T> {
    #[inline]
    fn drop(&mut self) {
        if self.0.is_some() {
            // SAFETY: the owner is gone, and its nodes with it.
            unsafe { std::ptr::drop_in_place(&raw mut **self) };
            POOL.with(Pool::give_back);
        }
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List::new()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(mut nodes: Vec<T>) -> Self {
        List::taken(&mut nodes, 0)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(nodes: I) -> Self {
        nodes.into_iter().collect::<Vec<T>>().into()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<T: Clone> Clone for List<T> {
    fn clone(&self) -> Self {
        self.iter().cloned().collect()
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    fn live() -> (usize, bool) {
        POOL.with(|pool| (pool.live.get(), pool.pieces.get().is_null()))
    }

    #[test]
    fn nodes_may_be_left_behind() {
        let (before, counted) = (live(), Rc::new(7));
        let outer = Ptr::new(1_u8);
        let count = || Rc::strong_count(&counted);
        // SAFETY: nothing leaves the work but a number.
        let sum = unsafe {
            leaving_nodes(|| {
                let shared: Vec<Shared<Rc<i32>>> = (0..1000).map(|_| Shared::new(counted.clone())).collect();
                let copies: List<Shared<Rc<i32>>> = shared.iter().cloned().collect();
                // One is dropped, one has an owner less than before, the rest are left.
                let mut shared = shared.into_iter();
                let sum = copies.iter().map(|number| ***number).sum::<i32>();
                drop((shared.next(), Shared::new(counted.clone())));
                std::mem::forget((shared, Ptr::new(copies)));
                assert_eq!(count(), 1001);
                // SAFETY: as above.
                leaving_nodes(|| std::mem::forget(Ptr::new(Shared::new(counted.clone()))));
                assert_eq!(count(), 1001);
                sum
            })
        };
        assert_eq!((sum, count(), *outer), (7000, 1, 1));
        drop(outer);
        assert_eq!(live(), before);
    }

    #[test]
    fn nodes_are_dropped_once_and_their_memory_given_back() {
        let (before, counted) = (live(), Rc::new(7));
        let mut boxed = Ptr::new((counted.clone(), 1_u8));
        let many: List<Ptr<Rc<i32>>> = (0..10_000).map(|_| Ptr::new(counted.clone())).collect();
        let mut stack = vec![String::from("a"), String::from("b"), String::from("c")];
        let mut two = List::taken(&mut stack, 1);
        (*boxed).1 += 1;
        two[0].push('!');
        assert_eq!(((*boxed).1, &two[..], &stack[..]), (2, &["b!".to_owned(), "c".to_owned()][..], &["a".to_owned()][..]));
        assert_eq!((Rc::strong_count(&counted), many.len(), live().0), (10_002, 10_000, before.0 + 10_003));
        let copy = many.clone();
        drop(many);
        assert!(copy.iter().all(|number| ***number == 7) && List::<u8>::new().is_empty() && List::of(3_u8)[..] == [3]);
        drop((boxed, two));
        assert_eq!(Rc::strong_count(&counted), 10_001);
        drop(copy);
        assert_eq!((Rc::strong_count(&counted), live()), (1, before));
    }
}
