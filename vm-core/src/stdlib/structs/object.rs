//! `Struct`, a compiled format, and what its methods and the module's functions do.

use super::format::{Format, Item};
use super::{error, items, no_keywords};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::bytes::Bytes;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

/// A `Struct`.
#[repr(C)]
pub(super) struct StructObj {
    header: Header,
    source: Cell<Value>,
    pub(super) format: RefCell<Format>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for StructObj {
    const LAYOUT: &'static Layout = &layout_of::<StructObj>(LayoutId::StructObj);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.source.get());
    }
}

/// `_struct.Struct`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), init: Some(init), repr: Some(repr), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("pack", Convention::Fast, |m, v, args| {
            no_keywords(m, "pack", args)?;
            pack(m, this(v), args.pos())
        }),
        MethodDef::new("pack_into", Convention::Fast, |m, v, args| pack_into(m, this(v), args.pos())),
        MethodDef::new("unpack", Convention::O, |m, v, args| unpack(m, this(v), args.pos()[0])),
        MethodDef::new("unpack_from", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
            let [buffer, offset] = args.bind(m, "unpack_from", ["buffer", "offset"], spec)?;
            unpack_from(m, this(v), buffer, offset)
        }),
        MethodDef::new("iter_unpack", Convention::O, |m, v, args| iter_unpack(m, this(v), args.pos()[0])),
        MethodDef::new("__sizeof__", Convention::NoArgs, |_, v, _| {
            Ok(Value::small(56 + 32 * (this(v).format.borrow().items.len() as i64 + 1)))
        }),
    ],
    getset: &[
        GetSetDef {
            name: "format",
            get: |m, v| {
                let source = this(v).source.get().non_null();
                let bytes = source.and_then(|s| m.bytes_like(s)).unwrap_or(&[]);
                Ok(m.new_str_wtf8(bytes)?.value())
            },
            set: None,
        },
        GetSetDef { name: "size", get: |m, v| Ok(m.int_from_usize(this(v).format.borrow().size)), set: None },
    ],
    doc: "Struct(fmt) --> compiled struct object",
    ..TypeSpec::new("_struct.Struct", StructObj::LAYOUT)
};

fn this(v: Value) -> Gc<StructObj> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let format = RefCell::new(Format::default());
    Ok(m.new_object(StructObj { header: Header::new(ty), source: Cell::new(Value::NULL), format }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [format] = args.bind(m, "Struct", ["format"], spec)?;
    compile(m, this(v), format)
}

/// A `Struct` of a format.
pub(super) fn make(m: &mut Machine, format: Value) -> R<Gc<StructObj>> {
    let ty = m.native_type(&SPEC);
    let made = this(new(m, ty, Args::positional(&[]))?);
    compile(m, made, format)?;
    Ok(made)
}

fn compile(m: &mut Machine, to: Gc<StructObj>, format: Value) -> R<()> {
    let bytes = if let Some(s) = format.downcast::<Str>() {
        let ascii = m.intern("ascii");
        let bytes = m.encode_str(s, Some(ascii), None)?;
        m.new_bytes(&bytes)?
    } else if let Some(bytes) = format.downcast::<Bytes>() {
        bytes
    } else {
        let name = m.type_name(format);
        return Err(m.type_error(&format!("Struct() argument 1 must be a str or bytes object, not {name}")));
    };
    match Format::parse(bytes.contents()) {
        Ok(parsed) => {
            to.source.set(bytes.value());
            *to.format.borrow_mut() = parsed;
            Ok(())
        }
        Err(message) => Err(error(m, message)),
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let name = m.intern("format");
    let format = m.get_attr(v, name)?;
    let shown = m.repr(format)?.to_string_lossy().into_owned();
    let class = m.type_of(v).name_str().rsplit('.').next().unwrap_or_default().to_owned();
    Ok(m.str_value(&format!("{class}({shown})")))
}

/// The items, copied out: packing may run Python code.
fn layout(of: Gc<StructObj>) -> (smallvec::SmallVec<[Item; 4]>, usize) {
    let format = of.format.borrow();
    (smallvec::SmallVec::from_slice(&format.items), format.size)
}

/// The bytes of values, whose number has been checked.
fn pack_values(m: &mut Machine, of: Gc<StructObj>, values: &[Value]) -> R<Vec<u8>> {
    let (items, size) = layout(of);
    if size > crate::object::bytes::MAX_LEN {
        return Err(m.memory_error());
    }
    let mut out = vec![0; size];
    let mut values = values.iter();
    for item in &items {
        for (i, &v) in values.by_ref().take(item.repeat).enumerate() {
            let at = item.offset + i * item.size;
            if items::pack_word(item, v, &mut out[at..at + item.size]) {
                continue;
            }
            items::pack(m, item, v, &mut out[at..at + item.size])?;
        }
    }
    Ok(out)
}

/// `pack(*values)`.
pub(super) fn pack(m: &mut Machine, of: Gc<StructObj>, values: &[Value]) -> R<Value> {
    let wanted = of.format.borrow().values;
    if values.len() != wanted {
        return Err(error(m, &format!("pack expected {wanted} items for packing (got {})", values.len())));
    }
    let mut short = [0; SHORT_BYTES];
    if let Some(bytes) = pack_words(of, values, &mut short) {
        return Ok(m.new_bytes(bytes)?.value());
    }
    let bytes = pack_values(m, of, values)?;
    Ok(m.new_bytes(&bytes)?.value())
}

/// Bytes that are packed without an allocation.
const SHORT_BYTES: usize = 64;

/// The bytes of few values, as many as the format wants, all of which are numbers of the word, so that no Python runs.
fn pack_words<'a>(of: Gc<StructObj>, values: &[Value], out: &'a mut [u8; SHORT_BYTES]) -> Option<&'a [u8]> {
    let format = of.format.borrow();
    let out = out.get_mut(..format.size)?;
    let mut values = values.iter();
    for item in &format.items {
        let mut at = item.offset;
        for &v in values.by_ref().take(item.repeat) {
            if !items::pack_word(item, v, &mut out[at..at + item.size]) {
                return None;
            }
            at += item.size;
        }
    }
    Some(out)
}

/// `pack_into(buffer, offset, *values)`.
pub(super) fn pack_into(m: &mut Machine, of: Gc<StructObj>, args: &[Value]) -> R<Value> {
    let (wanted, size) = (of.format.borrow().values, of.format.borrow().size as i64);
    let (buffer, offset, values) = match *args {
        [] => return Err(error(m, "pack_into expected buffer argument")),
        [_] => return Err(error(m, "pack_into expected offset argument")),
        [_, _, ref values @ ..] if values.len() != wanted => {
            return Err(error(m, &format!("pack_into expected {wanted} items for packing (got {})", values.len())));
        }
        [buffer, offset, ref values @ ..] => (buffer, offset, values),
    };
    let Some(len) = m.bytes_to_write(buffer).map(|b| b.len() as i64) else {
        let name = m.type_name(buffer);
        return Err(m.type_error(&format!("argument must be read-write bytes-like object, not {name}")));
    };
    let mut offset = m.index_i64(offset)?;
    if offset < 0 {
        if offset.saturating_add(size) > 0 {
            return Err(error(m, &format!("no space to pack {size} bytes at offset {offset}")));
        }
        if offset.saturating_add(len) < 0 {
            return Err(error(m, &format!("offset {offset} out of range for {len}-byte buffer")));
        }
        offset += len;
    }
    if len - offset < size {
        let least = size as u64 + offset as u64;
        return Err(error(
            m,
            &format!(
                "pack_into requires a buffer of at least {least} bytes for packing {size} bytes at offset {offset} (actual buffer size is {len})"
            ),
        ));
    }
    let bytes = pack_values(m, of, values)?;
    // The values' methods may have changed the buffer's length.
    if let Some(to) = m.bytes_to_write(buffer).and_then(|b| b.get_mut(offset as usize..offset as usize + bytes.len())) {
        to.copy_from_slice(&bytes);
    }
    Ok(Value::NONE)
}

/// Values that are unpacked without a buffer.
const SHORT_VALUES: usize = 12;

fn unpack_slice(m: &mut Machine, of: Gc<StructObj>, bytes: &[u8]) -> R<Value> {
    let format = of.format.borrow();
    if format.values <= SHORT_VALUES && format.items.len() == format.values {
        // One value for each item; on the native stack, where a collection would find them.
        let mut values = [Value::NULL; SHORT_VALUES];
        for (value, item) in values.iter_mut().zip(&format.items) {
            *value = items::unpack(m, item, &bytes[item.offset..item.offset + item.repeat * item.size])?;
        }
        return Ok(m.new_tuple(&values[..format.values]).value());
    }
    let mut out = ValueVec::with_capacity(m, format.values);
    for item in &format.items {
        let there = &bytes[item.offset..item.offset + item.repeat * item.size];
        if item.repeat == 1 {
            let value = items::unpack(m, item, there)?;
            out.push(m, value);
        } else {
            items::unpack_all(m, item, there, &mut out)?;
        }
    }
    Ok(m.new_tuple(&out).value())
}

/// `unpack(buffer)`.
pub(super) fn unpack(m: &mut Machine, of: Gc<StructObj>, buffer: Value) -> R<Value> {
    let bytes = m.bytes_like_argument(buffer)?;
    let size = of.format.borrow().size;
    if bytes.len() != size {
        return Err(error(m, &format!("unpack requires a buffer of {size} bytes")));
    }
    unpack_slice(m, of, bytes)
}

/// `unpack_from(buffer, offset=0)`.
pub(super) fn unpack_from(m: &mut Machine, of: Gc<StructObj>, buffer: Value, offset: Value) -> R<Value> {
    let mut offset = m.ssize_argument(offset, 0)?;
    let bytes = m.bytes_like_argument(buffer)?;
    let (size, len) = (of.format.borrow().size as i64, bytes.len() as i64);
    if offset < 0 {
        if offset.saturating_add(size) > 0 {
            return Err(error(m, &format!("not enough data to unpack {size} bytes at offset {offset}")));
        }
        if offset.saturating_add(len) < 0 {
            return Err(error(m, &format!("offset {offset} out of range for {len}-byte buffer")));
        }
        offset += len;
    }
    if len - offset < size {
        let least = size as u64 + offset as u64;
        return Err(error(
            m,
            &format!(
                "unpack_from requires a buffer of at least {least} bytes for unpacking {size} bytes at offset {offset} (actual buffer size is {len})"
            ),
        ));
    }
    unpack_slice(m, of, &bytes[offset as usize..(offset + size) as usize])
}

/// Iterator of `iter_unpack`.
#[repr(C)]
struct UnpackIter {
    header: Header,
    of: Gc<StructObj>,
    buffer: Cell<Value>,
    at: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for UnpackIter {
    const LAYOUT: &'static Layout = &layout_of::<UnpackIter>(LayoutId::StructIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.of);
        m.mark(self.buffer.get());
    }
}

static ITER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, v| Ok(v)), iternext: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__length_hint__", Convention::NoArgs, |m, v, _| {
        let iter = iter_of(v);
        let size = iter.of.format.borrow().size.max(1);
        let left = m.bytes_like(iter.buffer.get()).map_or(0, |b| b.len().saturating_sub(iter.at.get()));
        Ok(m.int_from_usize(left / size))
    })],
    ..TypeSpec::new("_struct.unpack_iterator", UnpackIter::LAYOUT)
};

fn iter_of(v: Value) -> Gc<UnpackIter> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast() }
}

/// `iter_unpack(buffer)`.
pub(super) fn iter_unpack(m: &mut Machine, of: Gc<StructObj>, buffer: Value) -> R<Value> {
    let size = of.format.borrow().size;
    if size == 0 {
        return Err(error(m, "cannot iteratively unpack with a struct of length 0"));
    }
    let bytes = m.bytes_like_argument(buffer)?;
    if bytes.len() % size != 0 {
        return Err(error(m, &format!("iterative unpacking requires a buffer of a multiple of {size} bytes")));
    }
    let ty = m.native_type(&ITER);
    Ok(m.new_object(UnpackIter { header: Header::new(ty), of, buffer: Cell::new(buffer), at: Cell::new(0) }).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let iter = iter_of(v);
    let (at, size) = (iter.at.get(), iter.of.format.borrow().size);
    let Some(part) = iter.buffer.get().non_null().and_then(|b| m.bytes_like(b)).and_then(|b| b.get(at..at + size)) else {
        iter.buffer.set(Value::NULL);
        return Ok(None);
    };
    iter.at.set(at + size);
    unpack_slice(m, iter.of, part).map(Some)
}
