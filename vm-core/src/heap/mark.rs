//! Marking with an explicit stack.

use super::block::{Block, Map};
use crate::hints::prefetch;
use crate::object::header::{Gc, Header};
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// Objects that are on their way to the cache.
const WINDOW: usize = 8;

/// Marks objects and keeps those whose contents are still to be visited.
pub struct Marker<'a> {
    stack: &'a mut Vec<*const Header>,
    /// The type `str`, or null: exact strings that have their bytes in themselves refer to nothing else, so they are not visited.
    text: *const Type,
    map: Map,
    external_bytes: usize,
}

impl<'a> Marker<'a> {
    pub(super) fn new(stack: &'a mut Vec<*const Header>, text: *const Type) -> Marker<'a> {
        stack.clear();
        Marker { stack, text, map: Map::Alive, external_bytes: 0 }
    }

    /// A marker that keeps its marks apart from those of collections. Everything it marks comes to the stack, strings too.
    pub(super) fn searching(stack: &'a mut Vec<*const Header>) -> Marker<'a> {
        stack.clear();
        Marker { stack, text: std::ptr::null(), map: Map::Seen, external_bytes: 0 }
    }

    /// The next marked object that is to be visited.
    pub(super) fn next(&mut self) -> Option<*const Header> {
        self.stack.pop()
    }

    /// Marks a value.
    #[inline(always)]
    pub fn mark(&mut self, value: Value) {
        if value.is_ptr() {
            self.mark_object(value.as_ptr());
        }
    }

    /// Marks the object behind a handle.
    #[inline(always)]
    pub fn mark_gc<T>(&mut self, object: Gc<T>) {
        self.mark_object(object.as_ptr().cast());
    }

    /// Marks every value of a slice.
    pub fn mark_all(&mut self, values: &[Value]) {
        for &v in values {
            self.mark(v);
        }
    }

    #[inline(always)]
    pub(super) fn mark_object(&mut self, object: *const Header) {
        // SAFETY: a pointer value denotes a live object, which lies in a block.
        unsafe {
            if (*Block::of(object)).mark(self.map, object) {
                self.stack.push(object);
            }
        }
    }

    /// Whether an object was reached.
    #[must_use]
    pub fn is_marked(&self, value: Value) -> bool {
        // SAFETY: a pointer value denotes an object that has not been swept yet.
        !value.is_ptr() || unsafe { (*Block::of(value.as_ptr())).is_marked(self.map, value.as_ptr()) }
    }

    /// Counts memory outside the heap that belongs to an object being traced.
    pub fn note_external(&mut self, bytes: usize) {
        self.external_bytes += bytes;
    }

    /// Visits all that waits. Objects are asked of memory when they leave the stack and visited a little later, so that several of them are
    /// under way at once (C.-Y. Cher, A. L. Hosking, T. N. Vijaykumar, Software Prefetching for Mark-Sweep Garbage Collection, 2004).
    pub(crate) fn drain(&mut self) {
        let mut window = [std::ptr::null(); WINDOW];
        let (mut first, mut count) = (0, 0);
        loop {
            while count < WINDOW
                && let Some(object) = self.stack.pop()
            {
                prefetch(object);
                window[(first + count) % WINDOW] = object;
                count += 1;
            }
            if count == 0 {
                return;
            }
            let object: *const Header = window[first];
            first = (first + 1) % WINDOW;
            count -= 1;
            // SAFETY: marked objects are live; their types are marked too, and nothing is swept while marking.
            unsafe {
                if !((*object).ty() == self.text && (*object.cast::<Str>()).is_whole()) {
                    self.trace_object(object);
                }
            }
        }
    }

    /// The unmarked objects that an object refers to, without marking them. Nothing waits to be visited.
    pub(crate) fn unmarked_children(&mut self, object: *const Header) -> Vec<*const Header> {
        let (external_bytes, text) = (self.external_bytes, std::mem::replace(&mut self.text, std::ptr::null()));
        // SAFETY: nothing has been swept since marking.
        unsafe { self.trace_object(object) };
        let children = std::mem::take(self.stack);
        for &child in &children {
            // SAFETY: it was marked just now, so it lies in a block.
            unsafe { (*Block::of(child)).unmark(self.map, child) };
        }
        (self.external_bytes, self.text) = (external_bytes, text);
        children
    }

    /// Whether an object refers to another; everything that it refers to is marked.
    pub(crate) fn refers(&mut self, object: *const Header, target: *const Header) -> bool {
        // SAFETY: nothing has been swept since marking, so both lie in blocks.
        unsafe {
            (*Block::of(target)).unmark(self.map, target);
            self.trace_object(object);
            self.stack.clear();
            !(*Block::of(target)).mark(self.map, target)
        }
    }

    /// Forgets all marks of these objects.
    pub(crate) fn unmark_all(&mut self, objects: &[*const Header]) {
        for &object in objects {
            // SAFETY: as in `refers`.
            unsafe { (*Block::of(object)).unmark(self.map, object) };
        }
    }

    /// Marks what an object refers to, its type included.
    ///
    /// # Safety
    /// The object has not been swept.
    #[inline(always)]
    pub(crate) unsafe fn trace_object(&mut self, object: *const Header) {
        // SAFETY: as the caller promises; a type lives as long as its instances.
        unsafe {
            let ty = (*object).ty();
            self.mark_object(ty.cast());
            ((*ty).layout.trace)(object, self);
            (*ty).trace_tail(object, self);
        }
    }

    pub(super) fn external_bytes(&self) -> usize {
        self.external_bytes
    }
}
