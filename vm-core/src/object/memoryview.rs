//! `memoryview`: windows of one dimension onto `bytes` and `bytearray`, with the native formats of `struct`'s single characters.
//!
//! A view forbids its `bytearray` to change length while it is entered by a `with` statement, or is the value of a variable of a running
//! function or of its module: without reference counts it is not known whether other views are still there. A view whose memory has
//! shrunk away reads as out of bounds.

use super::bytearray_type::ByteArray;
use super::bytes::Bytes;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::memory_items::{ItemFormat, pack, unpack};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
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
    /// Byte offset of the first item.
    start: usize,
    /// Number of items.
    len: usize,
    /// Bytes from one item to the next.
    stride: isize,
    format: ItemFormat,
    readonly: bool,
    released: Cell<bool>,
    /// Whether a `with` statement holds it.
    entered: Cell<bool>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for MemoryView {
    const LAYOUT: &'static Layout = &layout_of::<MemoryView>(LayoutId::MemoryView);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.base);
        m.mark(self.exporter);
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
            start: 0,
            len: 0,
            stride: 1,
            format: ItemFormat::BYTE,
            readonly: true,
            released: Cell::new(false),
            entered: Cell::new(false),
        }
    }

    fn memory<'a>(&self) -> &'a [u8] {
        match self.base.downcast::<Bytes>() {
            Some(bytes) => bytes.contents(),
            None => self.base.downcast::<ByteArray>().map_or(&[], Gc::<ByteArray>::contents),
        }
    }

    /// The bytes, if they lie together and the view has not been released.
    pub(super) fn contiguous<'a>(&self) -> Option<&'a [u8]> {
        let size = self.format.size();
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
        let size = self.format.size();
        let array = self.base.downcast::<ByteArray>().filter(|_| !self.readonly && !self.released.get())?;
        if self.stride != size as isize && self.len > 1 {
            return None;
        }
        array.contents_mut().get_mut(self.start..self.start + self.len * size)
    }

    /// The bytes of item `i`.
    fn item<'a>(&self, i: usize) -> Option<&'a [u8]> {
        let at = self.start.checked_add_signed(self.stride.checked_mul(i as isize)?)?;
        self.memory().get(at..at + self.format.size())
    }

    /// All bytes, in order.
    fn to_vec(&self) -> Vec<u8> {
        match self.contiguous() {
            Some(bytes) => bytes.to_vec(),
            None => (0..self.len).filter_map(|i| self.item(i)).flatten().copied().collect(),
        }
    }

    fn release(&self) {
        self.released.set(true);
        if self.entered.replace(false)
            && let Some(array) = self.base.downcast::<ByteArray>()
        {
            array.entered.set(array.entered.get() - 1);
        }
    }
}

/// `__buffer__(flags)` of objects whose memory can be viewed (PEP 688).
pub(super) fn buffer(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    m.index_argument(args.pos()[0])?;
    let class = m.types.memoryview.value();
    m.call(class, &[v])
}

/// The live view that a method was called on.
fn view(m: &mut Machine, this: Value) -> R<Gc<MemoryView>> {
    match this.downcast::<MemoryView>() {
        Some(v) if v.released.get() => Err(m.value_error(RELEASED)),
        Some(v) => Ok(v),
        None => Err(m.type_error("a memoryview was expected")),
    }
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

    fn derived_view(&mut self, of: Gc<MemoryView>, start: usize, len: usize, stride: isize, format: ItemFormat, readonly: bool) -> Value {
        self.new_view(MemoryView {
            base: of.base,
            exporter: of.exporter,
            start,
            len,
            stride,
            format,
            readonly,
            ..MemoryView::of(self.types.memoryview)
        })
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

const NO_ARGUMENT: Convention = Convention::NoArgs;

/// `memoryview`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::SEQUENCE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(|m, this| {
            let released = this.downcast::<MemoryView>().is_some_and(|v| v.released.get());
            let (what, address) = (if released { "released memory" } else { "memory" }, this.bits());
            Ok(m.str_value(&format!("<{what} at {address:#x}>")))
        }),
        hash: Some(hash),
        richcompare: Some(richcompare),
        iter: Some(|m, this| {
            view(m, this)?;
            m.new_seq_iter(this)
        }),
        new: Some(new),
        len: Some(|m, this| Ok(view(m, this)?.len)),
        getitem: Some(getitem),
        setitem: Some(setitem),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("release", NO_ARGUMENT, |m, this, _| {
            if let Some(v) = this.downcast::<MemoryView>() {
                v.release();
            }
            let _ = m;
            Ok(Value::NONE)
        }),
        MethodDef::new("tobytes", Convention::FastKeywords, |m, this, args| {
            args.bind(m, "tobytes", ["order"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
            let bytes = view(m, this)?.to_vec();
            Ok(m.new_bytes(&bytes)?.value())
        }),
        MethodDef::new("__buffer__", Convention::O, buffer),
        MethodDef::new("hex", Convention::FastKeywords, |m, this, args| {
            super::bytes_methods::construct::hex_text(m, this, args, |m, this| Ok(view(m, this)?.to_vec()))
        }),
        MethodDef::new("tolist", NO_ARGUMENT, |m, this, _| {
            let v = view(m, this)?;
            let list = m.new_list(&[]);
            for i in 0..v.len {
                let item = item_at(m, v, i)?;
                list.push(m, item);
            }
            Ok(list.value())
        }),
        MethodDef::new("cast", Convention::FastKeywords, cast),
        MethodDef::new("toreadonly", NO_ARGUMENT, |m, this, _| {
            let v = view(m, this)?;
            Ok(m.derived_view(v, v.start, v.len, v.stride, v.format, true))
        }),
        MethodDef::new("__enter__", NO_ARGUMENT, |m, this, _| {
            let v = view(m, this)?;
            if !v.entered.replace(true)
                && let Some(array) = v.base.downcast::<ByteArray>()
            {
                array.entered.set(array.entered.get() + 1);
            }
            Ok(this)
        }),
        MethodDef::new("__exit__", Convention::VarArgs, |_, this, _| {
            if let Some(v) = this.downcast::<MemoryView>() {
                v.release();
            }
            Ok(Value::NONE)
        }),
    ],
    getset: &[
        GetSetDef { name: "obj", get: |m, this| Ok(view(m, this)?.exporter), set: None },
        GetSetDef { name: "nbytes", get: |m, this| view(m, this).map(|v| Value::small((v.len * v.format.size()) as i64)), set: None },
        GetSetDef { name: "readonly", get: |m, this| view(m, this).map(|v| Value::from_bool(v.readonly)), set: None },
        GetSetDef { name: "itemsize", get: |m, this| view(m, this).map(|v| Value::small(v.format.size() as i64)), set: None },
        GetSetDef {
            name: "format",
            get: |m, this| {
                let code = view(m, this)?.format.code();
                Ok(m.char_str(u32::from(code)).value())
            },
            set: None,
        },
        GetSetDef { name: "ndim", get: |m, this| view(m, this).map(|_| Value::small(1)), set: None },
        GetSetDef {
            name: "shape",
            get: |m, this| {
                let len = view(m, this)?.len as i64;
                Ok(m.new_tuple(&[Value::small(len)]).value())
            },
            set: None,
        },
        GetSetDef {
            name: "strides",
            get: |m, this| {
                let stride = view(m, this)?.stride as i64;
                Ok(m.new_tuple(&[Value::small(stride)]).value())
            },
            set: None,
        },
        GetSetDef {
            name: "suboffsets",
            get: |m, this| {
                view(m, this)?;
                Ok(m.new_tuple(&[]).value())
            },
            set: None,
        },
        GetSetDef { name: "c_contiguous", get: is_contiguous, set: None },
        GetSetDef { name: "f_contiguous", get: is_contiguous, set: None },
        GetSetDef { name: "contiguous", get: is_contiguous, set: None },
    ],
    doc: "memoryview(object)\n--\n\nA window onto the memory of an object.",
    ..TypeSpec::new("memoryview", MemoryView::LAYOUT)
};

fn is_contiguous(m: &mut Machine, this: Value) -> R<Value> {
    let v = view(m, this)?;
    Ok(Value::from_bool(v.stride == v.format.size() as isize || v.len <= 1))
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [object] = args.bind(m, "memoryview", ["object"], spec)?;
    if object.downcast::<MemoryView>().is_some() {
        let v = view(m, object)?;
        return Ok(m.derived_view(v, v.start, v.len, v.stride, v.format, v.readonly));
    }
    if let Some(array) = object.downcast::<crate::stdlib::array::Array>() {
        let (base, format) = (array.data.value(), ItemFormat::of_array(array.code));
        let (len, stride) = (array.bytes().len() / format.size(), format.size() as isize);
        let new = MemoryView { base, exporter: object, len, stride, format, readonly: false, ..MemoryView::of(m.types.memoryview) };
        return Ok(m.new_view(new));
    }
    let (len, readonly) = match (object.downcast::<Bytes>(), object.downcast::<ByteArray>()) {
        (Some(bytes), _) => (bytes.contents().len(), true),
        (_, Some(array)) => (array.contents().len(), false),
        _ => {
            let name = m.type_name(object);
            return Err(m.type_error(&format!("memoryview: a bytes-like object is required, not '{name}'")));
        }
    };
    Ok(m.new_view(MemoryView { base: object, exporter: object, len, readonly, ..MemoryView::of(m.types.memoryview) }))
}

const OUT_OF_BOUNDS: &str = "index out of bounds on dimension 1";

fn item_at(m: &mut Machine, v: Gc<MemoryView>, i: usize) -> R<Value> {
    match v.item(i) {
        Some(bytes) => unpack(m, v.format, bytes),
        None => Err(m.index_error(OUT_OF_BOUNDS)),
    }
}

fn getitem(m: &mut Machine, this: Value, key: Value) -> R<Value> {
    let v = view(m, this)?;
    if m.is_index(key) {
        let at = super::bytes_methods::operators::index_in(m, key, v.len, OUT_OF_BOUNDS)?;
        return item_at(m, v, at);
    }
    let Some(range) = m.slice_range(key, v.len)? else {
        if key == Value::ELLIPSIS {
            return Ok(this);
        }
        return Err(m.type_error("memoryview: invalid slice key"));
    };
    let start = v.start.wrapping_add_signed(v.stride * range.start as isize);
    Ok(m.derived_view(v, start, range.count, v.stride * range.step, v.format, v.readonly))
}

fn setitem(m: &mut Machine, this: Value, key: Value, value: Value) -> R<()> {
    let v = view(m, this)?;
    let Some(array) = v.base.downcast::<ByteArray>().filter(|_| !v.readonly) else {
        return Err(m.type_error("cannot modify read-only memory"));
    };
    if value.is_null() {
        return Err(m.type_error("cannot delete memory"));
    }
    let size = v.format.size();
    let put = |m: &mut Machine, i: usize, bytes: &[u8]| {
        let at = v.start.wrapping_add_signed(v.stride * i as isize);
        match array.contents_mut().get_mut(at..at + size) {
            Some(place) => {
                place.copy_from_slice(bytes);
                Ok(())
            }
            None => Err(m.index_error(OUT_OF_BOUNDS)),
        }
    };
    if m.is_index(key) {
        let at = super::bytes_methods::operators::index_in(m, key, v.len, OUT_OF_BOUNDS)?;
        let bytes = pack(m, v.format, value)?;
        return put(m, at, &bytes);
    }
    let Some(range) = m.slice_range(key, v.len)? else {
        return Err(m.type_error("memoryview: invalid slice key"));
    };
    let (new, format) = match value.downcast::<MemoryView>() {
        Some(other) => (other.to_vec(), other.format),
        None => (m.bytes_like_argument(value)?.to_vec(), ItemFormat::BYTE),
    };
    if format != v.format || new.len() != range.count * size {
        return Err(m.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    for (i, item) in range.indices().zip(new.chunks_exact(size)) {
        put(m, i, item)?;
    }
    Ok(())
}

fn richcompare(m: &mut Machine, left: Value, right: Value, op: Compare) -> R<Value> {
    let (Some(a), true) = (left.downcast::<MemoryView>(), matches!(op, Compare::Eq | Compare::Ne)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let equal = if left.is(right) {
        true
    } else if let Some(b) = right.downcast::<MemoryView>() {
        if a.released.get() || b.released.get() {
            false
        } else if a.format == b.format && a.format == ItemFormat::BYTE {
            a.to_vec() == b.to_vec()
        } else {
            a.len == b.len && equal_items(m, a, b)?
        }
    } else {
        match m.bytes_like(right) {
            Some(b) if !a.released.get() && a.format.size() == 1 => a.to_vec() == b,
            Some(b) if !a.released.get() => {
                a.len == b.len() && {
                    let mut same = true;
                    for (i, &byte) in b.iter().enumerate() {
                        let item = item_at(m, a, i)?;
                        same &= m.equal(item, Value::small(i64::from(byte)))?;
                    }
                    same
                }
            }
            Some(_) => false,
            None => return Ok(Value::NOT_IMPLEMENTED),
        }
    };
    Ok(Value::from_bool(equal == (op == Compare::Eq)))
}

fn equal_items(m: &mut Machine, a: Gc<MemoryView>, b: Gc<MemoryView>) -> R<bool> {
    for i in 0..a.len {
        let (x, y) = (item_at(m, a, i)?, item_at(m, b, i)?);
        if !m.equal(x, y)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hash(m: &mut Machine, this: Value) -> R<i64> {
    let v = view(m, this)?;
    if !v.readonly {
        return Err(m.value_error("cannot hash writable memoryview object"));
    }
    if v.format.size() != 1 {
        return Err(m.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    Ok(m.hash_bytes(&v.to_vec()))
}

fn cast(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [format, shape] = args.bind(m, "cast", ["format", "shape"], spec)?;
    let v = view(m, this)?;
    let Some(name) = format.downcast::<Str>() else {
        return Err(m.bad_argument("cast", "argument 'format'", "str", format));
    };
    if !shape.is_null() {
        return Err(m.not_implemented_error("memoryview.cast with a shape is not supported"));
    }
    let Some(target) = ItemFormat::from_name(name.bytes()) else {
        return Err(m.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'"));
    };
    if v.stride != v.format.size() as isize && v.len > 1 {
        return Err(m.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    if !v.format.is_byte() && !target.is_byte() {
        return Err(m.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = v.len * v.format.size();
    if !bytes.is_multiple_of(target.size()) {
        return Err(m.type_error("memoryview: length is not a multiple of itemsize"));
    }
    Ok(m.derived_view(v, v.start, bytes / target.size(), target.size() as isize, target, v.readonly))
}
