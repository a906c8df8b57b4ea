//! The memory of `str`: WTF-8 text with its length in code points. Methods live in `str_methods/`, algorithms in `crate::text`.
//!
//! The bytes usually follow the struct. A string made by appending instead points into a growable [`StrBuf`] that it shares
//! with its prefixes, the newest of which owns the spare room: `s += x` stays amortised linear without reference counts. Behind the bytes
//! of a long string that is not all ASCII, or of such a buffer, is a table by which code points are found ([`Landmarks`]).

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::{GRANULE, Marker};
use crate::machine::{Machine, R};
use crate::text::landmarks::{self, Landmarks};
use std::cell::Cell;

/// A `str` object.
#[repr(C)]
pub struct Str {
    /// Its type.
    pub header: Header,
    /// CPython's hash, or -1 while not computed.
    pub hash: Cell<i64>,
    data: *const u8,
    byte_len: u32,
    /// Code points; see [`INTERNED`] and [`SHARED`].
    chars: Cell<u32>,
}

/// The bit of `chars` that marks interned strings.
const INTERNED: u32 = 1 << 31;
/// The bit of `chars` that marks strings whose bytes lie in a [`StrBuf`], the handle of which follows the struct.
const SHARED: u32 = 1 << 30;
/// Longest string, in bytes.
pub const MAX_BYTES: usize = SHARED as usize - 1;

// SAFETY: repr(C), header first; a string in a shared buffer keeps the buffer alive.
unsafe impl Payload for Str {
    const LAYOUT: &'static Layout = &layout_of::<Str>(LayoutId::Str);
    fn trace(&self, m: &mut Marker<'_>) {
        if let Some(buffer) = self.buffer() {
            m.mark_gc(buffer);
        }
    }
}

/// Growable text shared by strings that are prefixes of one another.
#[repr(C)]
pub struct StrBuf {
    header: Header,
    capacity: usize,
    used: Cell<usize>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for StrBuf {
    const LAYOUT: &'static Layout = &layout_of::<StrBuf>(LayoutId::StrBuf);
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Str {
    fn buffer(&self) -> Option<Gc<StrBuf>> {
        if self.chars.get() & SHARED == 0 {
            return None;
        }
        // SAFETY: the handle of its buffer follows the struct of a shared string, which is never of a subclass.
        Some(unsafe { *std::ptr::from_ref(self).add(1).cast::<Gc<StrBuf>>() })
    }

    /// Whether the bytes follow the struct: then it refers to nothing but its type.
    #[inline(always)]
    pub(crate) fn is_whole(&self) -> bool {
        self.chars.get() & SHARED == 0
    }

    /// The WTF-8 bytes.
    #[inline(always)]
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: data points to byte_len bytes that are never changed.
        unsafe { std::slice::from_raw_parts(self.data, self.byte_len as usize) }
    }

    /// Length in code points.
    #[inline(always)]
    #[must_use]
    pub fn char_len(&self) -> usize {
        (self.chars.get() & !(INTERNED | SHARED)) as usize
    }

    /// Whether every code point is below 128.
    #[inline(always)]
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.char_len() == self.byte_len as usize
    }

    /// Whether this is the one interned string of its text.
    #[inline(always)]
    #[must_use]
    pub fn is_interned(&self) -> bool {
        self.chars.get() & INTERNED != 0
    }

    /// Whether the texts of two strings that are not the same object differ, as far as that can be told without reading them.
    #[inline(always)]
    #[must_use]
    pub fn plainly_differs(&self, other: &Str) -> bool {
        self.byte_len != other.byte_len || self.chars.get() & other.chars.get() & INTERNED != 0
    }

    /// Whether both hold the same text of 1 to 16 bytes, none of which lies in a shared buffer; false says nothing. No call is needed for it.
    #[inline(always)]
    #[must_use]
    pub(crate) fn same_short_text(&self, other: &Str) -> bool {
        let n = self.byte_len;
        if n != other.byte_len || n.wrapping_sub(1) >= 16 || (self.chars.get() | other.chars.get()) & SHARED != 0 {
            return false;
        }
        let (a, b) = (self.data.cast::<u64>(), other.data.cast::<u64>());
        // SAFETY: the bytes follow a struct of 32 bytes in a cell whose size is a multiple of 16, so that, there being a byte, 16 can be
        // read; whole cells are initialised memory.
        unsafe {
            const { assert!(size_of::<Str>() == 32) };
            let first = a.read_unaligned() ^ b.read_unaligned();
            if n <= 8 {
                return first << (64 - 8 * n) == 0;
            }
            first == 0 && (a.add(1).read_unaligned() ^ b.add(1).read_unaligned()) << (128 - 8 * n) == 0
        }
    }

    pub(crate) fn set_interned(&self) {
        self.chars.set(self.chars.get() | INTERNED);
    }

    /// As the text algorithms take it.
    #[inline]
    #[must_use]
    pub fn text(&self) -> crate::text::wtf8::StrRef<'_> {
        let (bytes, chars) = (self.bytes(), self.char_len());
        let landmarks = if chars == bytes.len() { Landmarks::NONE } else { self.landmarks() };
        crate::text::wtf8::StrRef { bytes, chars, ascii: chars == bytes.len(), landmarks }
    }

    /// The table of a string that is not all ASCII: behind its bytes, or behind those of its buffer.
    fn landmarks(&self) -> Landmarks<'_> {
        let (data, room) = match self.buffer() {
            Some(buffer) => (buffer.data().cast_const(), buffer.capacity),
            None => (self.data, self.byte_len as usize),
        };
        let words = landmarks::words_for(room);
        if words == 0 {
            return Landmarks::NONE;
        }
        // SAFETY: buffers, and strings of at least that length which are not all ASCII, are made with room for the table, whose first
        // word is set at once; the others are read only when they have been written.
        Landmarks::new(unsafe { std::slice::from_raw_parts(table_at(data, room).cast(), words) })
    }

    /// The text, if it holds no lone surrogate.
    #[must_use]
    pub fn to_str(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes()).ok()
    }

    /// The text, lone surrogates replaced.
    #[must_use]
    pub fn to_string_lossy(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes())
    }
}

impl Gc<Str> {
    /// The bytes for as long as the caller keeps the string reachable.
    #[must_use]
    pub fn as_static_bytes<'a>(self) -> &'a [u8] {
        // SAFETY: as the caller promises; strings do not change, and objects do not move.
        unsafe { &*std::ptr::from_ref(self.bytes()) }
    }

    /// The text for as long as the caller keeps the string reachable (identifiers, type names): surrogates make it "?".
    #[must_use]
    pub fn as_static_str<'a>(self) -> &'a str {
        // SAFETY: the bytes live as long as the object.
        let bytes = unsafe { std::slice::from_raw_parts(self.data, self.byte_len as usize) };
        if self.char_len() == bytes.len() {
            // SAFETY: as many characters as bytes: ASCII.
            return unsafe { std::str::from_utf8_unchecked(bytes) };
        }
        std::str::from_utf8(bytes).unwrap_or("?")
    }
}

/// Copies bytes: a few words in place, since most texts are short, more by a call.
///
/// # Safety
/// There is room for them at `to`, which is no part of `from`.
#[inline(always)]
pub(super) unsafe fn copy_text(from: &[u8], to: *mut u8) {
    let (n, from) = (from.len(), from.as_ptr());
    // SAFETY: the words, which may overlap, lie within the bytes, and there is as much room at `to`.
    unsafe {
        match n {
            8..=16 => {
                let (first, last) = (from.cast::<u64>().read_unaligned(), from.add(n - 8).cast::<u64>().read_unaligned());
                to.cast::<u64>().write_unaligned(first);
                to.add(n - 8).cast::<u64>().write_unaligned(last);
            }
            4..8 => {
                let (first, last) = (from.cast::<u32>().read_unaligned(), from.add(n - 4).cast::<u32>().read_unaligned());
                to.cast::<u32>().write_unaligned(first);
                to.add(n - 4).cast::<u32>().write_unaligned(last);
            }
            2 | 3 => {
                let (first, last) = (from.cast::<u16>().read_unaligned(), from.add(n - 2).cast::<u16>().read_unaligned());
                to.cast::<u16>().write_unaligned(first);
                to.add(n - 2).cast::<u16>().write_unaligned(last);
            }
            1 => to.write(*from),
            _ => std::ptr::copy_nonoverlapping(from, to, n),
        }
    }
}

/// Copies a part to the beginning of memory that is being filled; what is left of that.
#[inline(always)]
pub(crate) fn put<'a>(out: &'a mut [u8], part: &[u8]) -> &'a mut [u8] {
    let (here, rest) = out.split_at_mut(part.len());
    // SAFETY: `here` is as long as the part, and no other reference to it exists.
    unsafe { copy_text(part, here.as_mut_ptr()) };
    rest
}

/// Sets the first bytes of the rest of a cell, a few words in place.
///
/// # Safety
/// There is room for them in a cell that ends at a multiple of [`GRANULE`] bytes from `data`, and what is behind them may be set, too.
#[inline(always)]
pub(super) unsafe fn preset(data: *mut u8, len: usize, byte: u8) {
    const FEW: usize = 64;
    // SAFETY: as the caller promises.
    unsafe {
        if len > FEW {
            return data.write_bytes(byte, len);
        }
        let words = [u64::from_ne_bytes([byte; 8]); 2];
        let mut at = 0;
        while at < len {
            data.add(at).cast::<[u64; 2]>().write_unaligned(words);
            at += GRANULE;
        }
    }
}

/// Where the table of landmarks of `len` bytes of text lies.
fn table_at(data: *const u8, len: usize) -> *mut u32 {
    let end = data.wrapping_add(len);
    end.wrapping_add(end.align_offset(align_of::<u32>())).cast_mut().cast()
}

/// Bytes that the table of landmarks takes behind `len` bytes of text.
fn table_bytes(len: usize) -> usize {
    match landmarks::words_for(len) {
        0 => 0,
        words => words * size_of::<u32>() + align_of::<u32>() - 1,
    }
}

/// Bytes of text and table of a string with its own memory.
fn text_bytes(byte_len: usize, chars: usize) -> usize {
    if chars == byte_len { byte_len } else { byte_len + table_bytes(byte_len) }
}

/// Begins the table of landmarks, if there is to be one.
///
/// # Safety
/// There is room for it behind `len` bytes at `data`.
unsafe fn begin_table(data: *const u8, len: usize) {
    if landmarks::words_for(len) > 0 {
        // SAFETY: as the caller promises. All words: the table is read as a slice.
        unsafe { table_at(data, len).write_bytes(0, landmarks::words_for(len)) };
    }
}

/// Code points in valid WTF-8.
#[must_use]
pub fn count_chars(bytes: &[u8]) -> usize {
    crate::text::wtf8::count_chars(bytes)
}

impl Machine {
    /// A `str` of valid WTF-8 bytes, whose code points the caller has counted. As in CPython, the empty string and each string of one
    /// character below 256 are one object.
    #[inline]
    pub fn new_str_counted(&mut self, bytes: &[u8], chars: usize) -> R<Gc<Str>> {
        match *bytes {
            [] => Ok(self.names.empty),
            [b] => Ok(self.char_str(u32::from(b))),
            [a @ 0xc2..=0xc3, b] => Ok(self.char_str(u32::from(a & 0x1f) << 6 | u32::from(b & 0x3f))),
            _ => self.fresh_str(bytes, chars),
        }
    }

    /// As [`Machine::new_str_counted`], and never an object that exists already.
    #[inline]
    pub(super) fn fresh_str(&mut self, bytes: &[u8], chars: usize) -> R<Gc<Str>> {
        if bytes.len() > MAX_BYTES {
            return Err(self.memory_error());
        }
        let s = self.alloc_str(bytes.len(), chars);
        // SAFETY: the object has room for the bytes after its struct.
        unsafe { copy_text(bytes, s.data.cast_mut()) };
        Ok(s)
    }

    /// The string of one character.
    #[inline]
    pub fn char_str(&mut self, code: u32) -> Gc<Str> {
        match self.char_strings.get(code as usize) {
            // SAFETY: the table holds strings.
            Some(v) if !v.is_null() => unsafe { v.cast::<Str>() },
            _ => self.make_char_str(code),
        }
    }

    #[cold]
    fn make_char_str(&mut self, code: u32) -> Gc<Str> {
        let mut text = crate::text::wtf8::StrBuf::with_capacity(4);
        text.push(code);
        let bytes = text.into_bytes();
        if code < 256 {
            // Interned strings live as long as the machine.
            let s = self.intern(std::str::from_utf8(&bytes).unwrap_or_default());
            self.char_strings.resize(256, Value::NULL);
            self.char_strings[code as usize] = s.value();
            return s;
        }
        let s = self.alloc_str(bytes.len(), 1);
        // SAFETY: the object has room for the bytes after its struct.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), s.data.cast_mut(), bytes.len()) };
        s
    }

    /// A `str` of known length whose bytes `fill` writes: it must write valid WTF-8 with that number of code points.
    #[inline]
    pub fn new_str_filled(&mut self, byte_len: usize, chars: usize, fill: impl FnOnce(&mut [u8])) -> R<Gc<Str>> {
        self.new_str_over(0, byte_len, chars, fill)
    }

    /// As [`Machine::new_str_filled`], where the bytes are the given one so far, which is ASCII.
    #[inline(always)]
    pub(crate) fn new_str_over(&mut self, byte: u8, byte_len: usize, chars: usize, fill: impl FnOnce(&mut [u8])) -> R<Gc<Str>> {
        if byte_len == 0 {
            return Ok(self.names.empty);
        }
        if byte_len > MAX_BYTES {
            return Err(self.memory_error());
        }
        let s = self.alloc_str(byte_len, chars);
        // SAFETY: the object has room for the bytes after its struct, which is a multiple of `GRANULE` bytes long, as cells are; a table
        // behind so few bytes there is not. They are initialised before they are lent.
        unsafe {
            const { assert!(size_of::<Str>().is_multiple_of(GRANULE)) };
            let data = s.data.cast_mut();
            preset(data, byte_len, byte);
            fill(std::slice::from_raw_parts_mut(data, byte_len));
        }
        Ok(s)
    }

    /// An instance of a subclass of `str`: its bytes follow the words of the subclass.
    pub fn new_str_of(&mut self, ty: Gc<super::typeobj::Type>, text: Gc<Str>) -> Gc<Str> {
        let native = size_of::<Str>();
        let fixed = native + super::alloc::tail_bytes(&ty, native);
        let len = text.bytes().len();
        let cell = self.heap.allocate(Str::LAYOUT, ty.as_ptr(), fixed + text_bytes(len, text.char_len())).cast::<Str>();
        // SAFETY: the cell has room for the struct, the words of the subclass and the bytes.
        unsafe {
            let data = cell.cast::<u8>().add(fixed);
            std::ptr::copy_nonoverlapping(text.data, data, len);
            let chars = Cell::new(text.char_len() as u32);
            cell.write(Str { header: Header::new(ty), hash: Cell::new(text.hash.get()), data, byte_len: len as u32, chars });
            super::alloc::init_tail(ty, cell.cast(), native);
            if text.char_len() != len {
                begin_table(data, len);
            }
            Gc::from_raw(cell)
        }
    }

    /// The plain `str` equal to a `str` or an instance of a subclass.
    pub fn exact_str(&mut self, s: Gc<Str>) -> R<Gc<Str>> {
        if self.is_exact_str(s.value()) { Ok(s) } else { self.new_str_counted(s.bytes(), s.char_len()) }
    }

    /// A `str` object with uninitialised inline bytes.
    #[inline]
    fn alloc_str(&mut self, byte_len: usize, chars: usize) -> Gc<Str> {
        let ty = self.types.str;
        let cell = self.heap.allocate(Str::LAYOUT, ty.as_ptr(), size_of::<Str>() + text_bytes(byte_len, chars)).cast::<Str>();
        // SAFETY: the cell has room for the struct, the bytes and the table.
        unsafe {
            let data = cell.cast::<u8>().add(size_of::<Str>());
            if chars != byte_len {
                begin_table(data, byte_len);
            }
            cell.write(Str {
                header: Header::new(ty),
                hash: Cell::new(-1),
                data,
                byte_len: byte_len as u32,
                chars: Cell::new(chars as u32),
            });
            Gc::from_raw(cell)
        }
    }

    /// A `str` of valid WTF-8 bytes.
    pub fn new_str_wtf8(&mut self, bytes: &[u8]) -> R<Gc<Str>> {
        self.new_str_counted(bytes, count_chars(bytes))
    }

    /// A `str` of text that an algorithm made.
    pub fn str_from_text(&mut self, text: &crate::text::wtf8::StrBuf) -> R<Gc<Str>> {
        let text = text.as_ref();
        self.new_str_counted(text.bytes, text.chars)
    }

    /// A `str` object of short text (messages, names): not for text of unbounded length.
    pub fn str(&mut self, text: &str) -> Gc<Str> {
        let text = if text.len() > MAX_BYTES { "" } else { text };
        let s = self.alloc_str(text.len(), count_chars(text.as_bytes()));
        // SAFETY: as in `new_str_counted`.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), s.data.cast_mut(), text.len()) };
        s
    }

    /// A `str` value of short text.
    pub fn str_value(&mut self, text: &str) -> Value {
        self.str(text).value()
    }

    /// `a + b`. Appending to the newest string of a buffer with spare room copies only `b`.
    pub fn concat_str(&mut self, a: Gc<Str>, b: Gc<Str>) -> R<Gc<Str>> {
        let (alen, blen) = (a.bytes().len(), b.bytes().len());
        if blen == 0 {
            return Ok(a);
        }
        if alen == 0 {
            return Ok(b);
        }
        let (total, chars) = (alen + blen, a.char_len() + b.char_len());
        if total > MAX_BYTES {
            return Err(self.memory_error());
        }
        const GROW_FROM_BYTES: usize = 256;
        if total < GROW_FROM_BYTES || blen > alen {
            let s = self.alloc_str(total, chars);
            // SAFETY: the new string has room for both.
            unsafe {
                std::ptr::copy_nonoverlapping(a.data, s.data.cast_mut(), alen);
                std::ptr::copy_nonoverlapping(b.data, s.data.cast_mut().add(alen), blen);
            }
            return Ok(s);
        }
        // SAFETY: buffer arithmetic stays within capacities, as checked.
        unsafe {
            let buffer = match a.buffer() {
                Some(buffer) if buffer.end_of(a) == buffer.used.get() && buffer.capacity - buffer.used.get() >= blen => buffer,
                _ => {
                    let capacity = total + total / 2;
                    let ty = self.types.str_buf;
                    let cell = self
                        .heap
                        .allocate(StrBuf::LAYOUT, ty.as_ptr(), size_of::<StrBuf>() + capacity + table_bytes(capacity))
                        .cast::<StrBuf>();
                    cell.write(StrBuf { header: Header::new(ty), capacity, used: Cell::new(alen) });
                    let buffer = Gc::from_raw(cell);
                    begin_table(buffer.data(), capacity);
                    std::ptr::copy_nonoverlapping(a.data, buffer.data(), alen);
                    buffer
                }
            };
            let used = buffer.used.get();
            std::ptr::copy_nonoverlapping(b.data, buffer.data().add(used), blen);
            buffer.used.set(used + blen);
            let ty = self.types.str;
            let cell = self.heap.allocate(Str::LAYOUT, ty.as_ptr(), size_of::<Str>() + 8).cast::<Str>();
            cell.write(Str {
                header: Header::new(ty),
                hash: Cell::new(-1),
                data: buffer.data(),
                byte_len: total as u32,
                chars: Cell::new(chars as u32 | SHARED),
            });
            cell.add(1).cast::<Gc<StrBuf>>().write(buffer);
            Ok(Gc::from_raw(cell))
        }
    }
}

impl Gc<StrBuf> {
    fn data(self) -> *mut u8 {
        // The text follows the struct.
        self.as_ptr().cast::<u8>().wrapping_add(size_of::<StrBuf>())
    }

    /// Offset in this buffer at which `s`, one of its strings, ends.
    fn end_of(self, s: Gc<Str>) -> usize {
        s.byte_len as usize
    }
}
