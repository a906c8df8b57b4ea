//! `memoryview`: windows onto `bytes`, `bytearray` and `array`, with the native formats of `struct`'s single characters: the object and the
//! memory it shows. Its methods are in `methods.rs`, subscripts in `index.rs`, comparison in `compare.rs`, `cast` in `cast.rs`.
//!
//! Only the first dimension of a view can be sliced, so the others always lie together: a view is a sequence of rows, each of `row_items()`
//! items, and in one dimension a row is an item.
//!
//! A view forbids its `bytearray` to change length while it is entered by a `with` statement, or is the value of a variable of a running
//! function or of its module: without reference counts it is not known whether other views are still there. A view whose memory has
//! shrunk away reads as out of bounds.

mod cast;
mod compare;
mod index;
mod items;
mod methods;

use super::bytearray_type::ByteArray;
use super::bytes::Bytes;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R, Raised};
use items::ItemFormat;
pub(super) use methods::{SPEC, buffer};
use std::cell::Cell;

/// A `memoryview` object.
#[repr(C)]
pub struct MemoryView {
    /// Its type.
    pub header: Header,
    /// The `bytes` or `bytearray`.
    base: Value,
    /// What it is a view of: `base`, or the array whose memory that is.
    exporter: Value,
    /// The view that `__buffer__` of an exporter written in Python gave, to be handed to its `__release_buffer__`; or `NULL`.
    provided: Value,
    /// The sizes of the dimensions after the first, a tuple; `NULL` if there are none.
    inner: Value,
    /// Byte offset of the first item.
    start: usize,
    /// Number of rows.
    len: usize,
    /// Bytes from one row to the next.
    stride: isize,
    format: ItemFormat,
    readonly: bool,
    /// Whether it has no dimension, but is one item.
    scalar: bool,
    released: Cell<bool>,
    /// Its hash, once asked for: it stays after the view is released.
    hash: Cell<Option<i64>>,
    /// Whether a `with` statement holds it.
    entered: Cell<bool>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for MemoryView {
    const LAYOUT: &'static Layout = &layout_of::<MemoryView>(LayoutId::MemoryView);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.base);
        m.mark(self.exporter);
        m.mark(self.provided);
        m.mark(self.inner);
    }
}

const RELEASED: &str = "operation forbidden on released memoryview object";

impl MemoryView {
    /// A view of nothing.
    fn of(ty: Gc<Type>) -> MemoryView {
        MemoryView {
            header: Header::new(ty),
            base: Value::NULL,
            exporter: Value::NULL,
            provided: Value::NULL,
            inner: Value::NULL,
            start: 0,
            len: 0,
            stride: 1,
            format: ItemFormat::BYTE,
            readonly: true,
            scalar: false,
            released: Cell::new(false),
            hash: Cell::new(None),
            entered: Cell::new(false),
        }
    }

    /// The same window, to be changed into another view.
    fn window(&self) -> MemoryView {
        // SAFETY: a live object has a live type.
        let ty = unsafe { Gc::from_raw(self.header.ty().cast_mut()) };
        MemoryView {
            header: Header::new(ty),
            base: self.base,
            exporter: self.exporter,
            provided: Value::NULL,
            inner: self.inner,
            start: self.start,
            len: self.len,
            stride: self.stride,
            format: self.format,
            readonly: self.readonly,
            scalar: self.scalar,
            released: Cell::new(false),
            hash: Cell::new(None),
            entered: Cell::new(false),
        }
    }

    /// The sizes of the dimensions after the first.
    fn inner_shape(&self) -> impl Iterator<Item = usize> {
        let sizes = self.inner.non_null().and_then(Value::downcast::<Tuple>);
        (0..sizes.map_or(0, |t| t.slice().len())).map(move |i| sizes.map_or(1, |t| t.slice()[i].as_int() as usize))
    }

    fn ndim(&self) -> usize {
        if self.scalar { 0 } else { 1 + self.inner_shape().count() }
    }

    fn shape(&self) -> Vec<usize> {
        if self.scalar { Vec::new() } else { std::iter::once(self.len).chain(self.inner_shape()).collect() }
    }

    fn strides(&self) -> Vec<isize> {
        let shape = self.shape();
        let mut strides = vec![0; shape.len()];
        let mut step = self.format.size() as isize;
        for (i, size) in shape.iter().enumerate().rev() {
            strides[i] = step;
            step *= *size as isize;
        }
        if let Some(first) = strides.first_mut() {
            *first = self.stride;
        }
        strides
    }

    /// Items of a row.
    fn row_items(&self) -> usize {
        if self.inner.is_null() { 1 } else { self.inner_shape().product() }
    }

    /// Bytes of a row.
    fn row_size(&self) -> usize {
        self.row_items() * self.format.size()
    }

    /// Number of items.
    fn count(&self) -> usize {
        self.len * self.row_items()
    }

    fn is_c_contiguous(&self) -> bool {
        self.scalar || self.len == 1 || self.stride == self.row_size() as isize || (self.len == 0 && !self.inner.is_null())
    }

    fn is_f_contiguous(&self) -> bool {
        let (shape, strides) = (self.shape(), self.strides());
        if shape.len() < 2 {
            return self.is_c_contiguous();
        }
        let mut expected = self.format.size() as isize;
        self.count() == 0
            || shape.iter().zip(strides).all(|(&size, stride)| {
                let fits = size <= 1 || stride == expected;
                expected *= size as isize;
                fits
            })
    }

    fn memory<'a>(&self) -> &'a [u8] {
        match self.base.downcast::<Bytes>() {
            Some(bytes) => bytes.contents(),
            None => self.base.downcast::<ByteArray>().map_or(&[], Gc::<ByteArray>::contents),
        }
    }

    /// The bytes, if they lie together and the view has not been released.
    pub(super) fn contiguous<'a>(&self) -> Option<&'a [u8]> {
        let size = self.row_size();
        if self.released.get() || (self.stride != size as isize && self.len > 1) {
            return None;
        }
        if self.len == 0 {
            return Some(&[]);
        }
        self.memory().get(self.start..self.start + self.len * size)
    }

    /// The bytes, to write, if they lie together in a `bytearray`.
    pub(super) fn contiguous_mut<'a>(&self) -> Option<&'a mut [u8]> {
        let size = self.row_size();
        let array = self.base.downcast::<ByteArray>().filter(|_| !self.readonly && !self.released.get())?;
        if self.stride != size as isize && self.len > 1 {
            return None;
        }
        array.contents_mut().get_mut(self.start..self.start + self.len * size)
    }

    /// Where the bytes of an item lie, counted over all rows.
    fn place(&self, i: usize) -> Option<std::ops::Range<usize>> {
        let (size, row_items) = (self.format.size(), self.row_items().max(1));
        let (row, item) = (i / row_items, i % row_items);
        let at = self.start.checked_add_signed(self.stride.checked_mul(row as isize)?)? + item * size;
        Some(at..at + size)
    }

    /// The bytes of an item, counted over all rows.
    fn item<'a>(&self, i: usize) -> Option<&'a [u8]> {
        self.memory().get(self.place(i)?)
    }

    /// All bytes, in order.
    pub(super) fn to_vec(&self) -> Vec<u8> {
        match self.contiguous() {
            Some(bytes) => bytes.to_vec(),
            None => (0..self.count()).filter_map(|i| self.item(i)).flatten().copied().collect(),
        }
    }

    /// The byte of memory that stands for an item, if the view is live, of one dimension and of unsigned bytes.
    #[inline(always)]
    fn byte_place(&self, i: usize) -> Option<usize> {
        let plain = !self.scalar && self.inner.is_null() && !self.released.get() && self.format == ItemFormat::BYTE;
        if plain && i < self.len { self.start.checked_add_signed(self.stride.wrapping_mul(i as isize)) } else { None }
    }
}

/// The live view that a method was called on.
fn view(m: &mut Machine, this: Value) -> R<Gc<MemoryView>> {
    match this.downcast::<MemoryView>() {
        Some(v) if v.released.get() => Err(m.value_error(RELEASED)),
        Some(v) => Ok(v),
        None => Err(m.type_error("a memoryview was expected")),
    }
}

/// Ends a view.
fn release(m: &mut Machine, v: Gc<MemoryView>) -> R<()> {
    if v.released.replace(true) {
        return Ok(());
    }
    if v.entered.replace(false)
        && let Some(array) = v.base.downcast::<ByteArray>()
    {
        array.entered.set(array.entered.get() - 1);
    }
    if let Some(provided) = v.provided.non_null() {
        let name = m.intern("__release_buffer__");
        m.call_special(v.exporter, name, &[provided])?;
        if let Some(inner) = provided.downcast::<MemoryView>() {
            release(m, inner)?;
        }
    }
    Ok(())
}

impl Machine {
    /// The memory of an object that can be written to, such as `readinto` of a stream takes it. Not to be held across anything that may
    /// run Python.
    pub(crate) fn writable_bytes<'a>(&mut self, v: Value, function: &str) -> R<&'a mut [u8]> {
        let memory = match v.downcast::<ByteArray>() {
            Some(array) => Some(array.contents_mut()),
            None => self.bytes_to_write(v),
        };
        match memory {
            Some(memory) => Ok(memory),
            None => {
                let got = self.type_name(v);
                Err(self.type_error(&format!("{function}() argument must be read-write bytes-like object, not {got}")))
            }
        }
    }

    /// The error for a view whose bytes cannot be used as one slice.
    #[cold]
    pub(super) fn unusable_view(&mut self, v: Value) -> Raised {
        match view(self, v) {
            Ok(_) => self.buffer_error("memoryview: underlying buffer is not C-contiguous"),
            Err(raised) => raised,
        }
    }

    /// Fails if a view has been released.
    pub(super) fn live_view(&mut self, v: Value) -> R<()> {
        view(self, v).map(|_| ())
    }

    /// The window onto all of a bytes-like object's memory; `None` for other objects. Those whose class has `__buffer__` are asked.
    fn window_of(&mut self, object: Value) -> R<Option<MemoryView>> {
        let none = MemoryView { base: object, exporter: object, ..MemoryView::of(self.types.memoryview) };
        if object.downcast::<MemoryView>().is_some() {
            return Ok(Some(view(self, object)?.window()));
        }
        if let Some(array) = object.downcast::<crate::stdlib::array::Array>() {
            let format = ItemFormat::of_array(array.code);
            let (base, len, stride) = (array.data.value(), array.bytes().len() / format.size(), format.size() as isize);
            return Ok(Some(MemoryView { base, len, stride, format, readonly: false, ..none }));
        }
        let (len, readonly) = match (object.downcast::<Bytes>(), object.downcast::<ByteArray>()) {
            (Some(bytes), _) => (bytes.contents().len(), true),
            (_, Some(array)) => (array.contents().len(), false),
            _ => {
                let Some(provided) = self.provided_buffer(object)? else { return Ok(None) };
                let inner = view(self, provided)?;
                return Ok(Some(MemoryView { exporter: object, provided, ..inner.window() }));
            }
        };
        Ok(Some(MemoryView { len, readonly, ..none }))
    }

    /// The view that `__buffer__` of a class written in Python gives (PEP 688), or that of a `PickleBuffer`.
    pub(super) fn provided_buffer(&mut self, object: Value) -> R<Option<Value>> {
        const PY_BUF_FULL_RO: i64 = 0x11c;
        let name = self.names.buffer;
        let ty = self.type_of(object);
        if !ty.has(TypeFlags::HEAP) && ty.layout.id != LayoutId::PickleBuffer {
            return Ok(None);
        }
        let Some(given) = self.call_special(object, name, &[Value::small(PY_BUF_FULL_RO)])? else { return Ok(None) };
        match given.downcast::<MemoryView>() {
            Some(_) => Ok(Some(given)),
            None => Err(self.type_error("__buffer__ returned non-memoryview object")),
        }
    }

    /// Whether a variable of a running function or of its module holds a view of the array.
    pub(super) fn view_in_sight(&self, array: Gc<ByteArray>) -> bool {
        let is_view = |v: Value| {
            let v = v.downcast::<super::function::CellObj>().map_or(v, |cell| cell.contents.get());
            v.downcast::<MemoryView>().is_some_and(|view| view.base.is(array.value()) && !view.released.get())
        };
        let mut fp = self.fp;
        while !fp.is_null() {
            // SAFETY: frames are linked from the current one down; their code and their variables are always valid.
            unsafe {
                let frame = Frame::of(fp);
                let variables = std::slice::from_raw_parts(fp, (*(*frame).code).nlocalsplus as usize);
                let globals = (*frame).func.downcast::<super::function::Function>().map(|f| f.globals);
                if variables.iter().any(|&v| is_view(v)) || globals.is_some_and(|g| g.iter().any(|(_, v)| is_view(v))) {
                    return true;
                }
                fp = (*frame).previous;
            }
        }
        false
    }

    fn new_view(&mut self, view: MemoryView) -> Value {
        if let Some(array) = view.base.downcast::<ByteArray>() {
            array.viewed.set(true);
        }
        self.new_object(view).value()
    }
}
