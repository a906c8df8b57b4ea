//! The memory of `bytes`, and the view of any bytes-like object as a slice. Operators are in `bytes_type.rs`, methods in `bytes_methods/`.

use super::bytearray_type::ByteArray;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::memoryview::MemoryView;
use super::string::{copy_text, preset};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::{GRANULE, Marker};
use crate::machine::{Machine, R};
use std::cell::Cell;

/// Longest `bytes` or `bytearray`; a request for more raises `MemoryError`.
pub const MAX_LEN: usize = 1 << 32;

/// A `bytes` object. The bytes follow the struct, or the words of a subclass.
#[repr(C)]
pub struct Bytes {
    /// Its type.
    pub header: Header,
    /// CPython's hash, or -1 while not computed.
    pub hash: Cell<i64>,
    data: *const u8,
    len: usize,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Bytes {
    const LAYOUT: &'static Layout = &layout_of::<Bytes>(LayoutId::Bytes);
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Gc<Bytes> {
    /// The bytes of an object that the caller keeps reachable.
    #[inline(always)]
    #[must_use]
    pub fn contents<'a>(self) -> &'a [u8] {
        // SAFETY: data points to len bytes that live as long as the object and never change.
        unsafe { std::slice::from_raw_parts(self.data, self.len) }
    }
}

impl Machine {
    /// A `bytes` object.
    pub fn new_bytes(&mut self, bytes: &[u8]) -> R<Gc<Bytes>> {
        if bytes.len() > MAX_LEN {
            return Err(self.memory_error());
        }
        let ty = self.types.bytes;
        let cell = self.heap.allocate(Bytes::LAYOUT, ty.as_ptr(), size_of::<Bytes>() + bytes.len()).cast::<Bytes>();
        // SAFETY: the cell has room for the struct and the bytes behind it; nothing else knows it yet.
        unsafe {
            let data = cell.add(1).cast::<u8>();
            copy_text(bytes, data);
            cell.write(Bytes { header: Header::new(ty), hash: Cell::new(-1), data, len: bytes.len() });
            Ok(Gc::from_raw(cell))
        }
    }

    /// An exact `bytes` object whose bytes (zero so far) `fill` writes.
    #[inline]
    pub(crate) fn new_bytes_filled(&mut self, len: usize, fill: impl FnOnce(&mut [u8])) -> R<Gc<Bytes>> {
        if len > MAX_LEN {
            return Err(self.memory_error());
        }
        let ty = self.types.bytes;
        let cell = self.heap.allocate(Bytes::LAYOUT, ty.as_ptr(), size_of::<Bytes>() + len).cast::<Bytes>();
        // SAFETY: the cell has room for the struct, which is a multiple of `GRANULE` bytes long, as cells are, and the bytes behind it,
        // which are initialised before they are lent.
        unsafe {
            const { assert!(size_of::<Bytes>().is_multiple_of(GRANULE)) };
            let data = cell.add(1).cast::<u8>();
            cell.write(Bytes { header: Header::new(ty), hash: Cell::new(-1), data, len });
            preset(data, len, 0);
            fill(std::slice::from_raw_parts_mut(data, len));
            Ok(Gc::from_raw(cell))
        }
    }

    /// A `bytes` object of that class, whose bytes (zero so far) `fill` writes.
    pub fn new_bytes_of(&mut self, ty: Gc<Type>, len: usize, fill: impl FnOnce(&mut [u8])) -> R<Gc<Bytes>> {
        if len > MAX_LEN {
            return Err(self.memory_error());
        }
        let native = size_of::<Bytes>();
        let fixed = native + super::alloc::tail_bytes(&ty, native);
        let cell = self.heap.allocate(Bytes::LAYOUT, ty.as_ptr(), fixed + len).cast::<Bytes>();
        // SAFETY: the cell has room for the struct, the words of a subclass and the bytes, which are initialised before they are lent.
        unsafe {
            let data = cell.cast::<u8>().add(fixed);
            cell.write(Bytes { header: Header::new(ty), hash: Cell::new(-1), data, len });
            super::alloc::init_tail(ty, cell.cast(), native);
            data.write_bytes(0, len);
            fill(std::slice::from_raw_parts_mut(data, len));
            Ok(Gc::from_raw(cell))
        }
    }

    /// The bytes of a `bytes`, `bytearray` or contiguous `memoryview`. The slice must not be held across anything that may run
    /// Python: a `bytearray` may change.
    #[inline]
    #[must_use]
    pub fn bytes_like<'a>(&self, v: Value) -> Option<&'a [u8]> {
        if let Some(bytes) = v.downcast::<Bytes>() {
            return Some(bytes.contents());
        }
        if let Some(array) = v.downcast::<ByteArray>() {
            return Some(array.contents());
        }
        if let Some(array) = v.downcast::<crate::stdlib::array::Array>() {
            return Some(array.bytes());
        }
        v.downcast::<MemoryView>()?.contiguous()
    }

    /// The bytes of a writable bytes-like object, until Python code runs.
    pub fn bytes_to_write<'a>(&self, v: Value) -> Option<&'a mut [u8]> {
        if let Some(array) = v.downcast::<ByteArray>() {
            return Some(array.contents_mut());
        }
        if let Some(array) = v.downcast::<crate::stdlib::array::Array>() {
            return Some(array.bytes_mut());
        }
        v.downcast::<MemoryView>()?.contiguous_mut()
    }

    /// As [`Machine::bytes_like`], with the `TypeError` for other objects.
    pub fn bytes_like_argument<'a>(&mut self, v: Value) -> R<&'a [u8]> {
        match self.bytes_like(v) {
            Some(bytes) => Ok(bytes),
            None if v.downcast::<MemoryView>().is_some() => Err(self.unusable_view(v)),
            None => {
                if let Some(provided) = self.provided_buffer(v)? {
                    return match self.bytes_like(provided) {
                        Some(bytes) => Ok(bytes),
                        None => Err(self.unusable_view(provided)),
                    };
                }
                let name = self.type_name(v);
                Err(self.type_error(&format!("a bytes-like object is required, not '{name}'")))
            }
        }
    }
}
