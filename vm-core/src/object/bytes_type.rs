//! `bytes` as operators see it, its construction, and its iterator. Comparison and the other operators that `bytearray` shares are in
//! `bytes_methods/operators.rs`.

use super::bytes::Bytes;
use super::bytes_methods::{self, construct, operators as shared};
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use std::cell::Cell;

/// `bytes`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF,
    slots: Slots {
        repr: Some(shared::repr),
        str: Some(shared::repr),
        hash: Some(hash),
        richcompare: Some(shared::compare_bytes),
        iter: Some(iter),
        new: Some(new),
        rem: Some(shared::rem),
        len: Some(shared::len),
        getitem: Some(shared::getitem),
        contains: Some(shared::contains),
        concat: Some(shared::concat),
        repeat: Some(shared::repeat),
        ..Slots::EMPTY
    },
    methods: bytes_methods::BYTES,
    doc: "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> bytes\n\
          bytes(int) -> bytes of that many zeros\nbytes() -> empty bytes\n\nAn immutable array of bytes.",
    ..TypeSpec::new("bytes", Bytes::LAYOUT)
};

fn hash(m: &mut Machine, this: Value) -> R<i64> {
    let Some(bytes) = this.downcast::<Bytes>() else { return Err(m.unhashable(this)) };
    if bytes.hash.get() == -1 {
        bytes.hash.set(m.hash_bytes(bytes.contents()));
    }
    Ok(bytes.hash.get())
}

/// The result of `__bytes__`, if the object's type has that method.
pub(super) fn by_dunder(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let name = m.intern("__bytes__");
    let Some(method) = m.lookup_special(v, name)? else { return Ok(None) };
    let result = m.call(method, &[])?;
    if result.downcast::<Bytes>().is_none() {
        let name = m.type_name(result);
        return Err(m.type_error(&format!("__bytes__ returned non-bytes (type {name})")));
    }
    Ok(Some(result))
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 3 };
    let [source, encoding, errors] = args.bind(m, "bytes", ["source", "encoding", "errors"], spec)?;
    let plain = m.types.bytes;
    if class == plain && encoding.is_null() && errors.is_null() && source.is_int() && source.as_int() >= 0 {
        return Ok(m.new_bytes_filled(source.as_int() as usize, |_| {})?.value());
    }
    if let Some(bytes) = construct::of_text(m, "bytes", source, encoding, errors)? {
        return of_class(m, class, &bytes);
    }
    if m.type_of(source) == plain {
        if class == plain {
            return Ok(source);
        }
    } else if let Some(made) = by_dunder(m, source)? {
        if class == plain {
            return Ok(made);
        }
        let bytes = m.bytes_like_argument(made)?.to_vec();
        return of_class(m, class, &bytes);
    }
    if source.downcast::<Str>().is_some() {
        return Err(m.type_error("string argument without an encoding"));
    }
    let bytes = construct::of_object(m, "bytes", source)?;
    of_class(m, class, &bytes)
}

fn of_class(m: &mut Machine, class: Gc<Type>, bytes: &[u8]) -> R<Value> {
    if class == m.types.bytes {
        return Ok(m.new_bytes(bytes)?.value());
    }
    Ok(m.new_bytes_of(class, bytes.len(), |out| out.copy_from_slice(bytes))?.value())
}

/// A `bytes_iterator` or `bytearray_iterator`.
#[repr(C)]
pub struct BytesIter {
    /// Its type.
    pub header: Header,
    /// The bytes or bytearray; `NULL` once exhausted.
    bytes: Cell<Value>,
    at: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for BytesIter {
    const LAYOUT: &'static Layout = &layout_of::<BytesIter>(LayoutId::BytesIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.bytes.get());
    }
}

/// `bytes_iterator`.
pub static ITER: TypeSpec = iterator("bytes_iterator");

static ITER_METHODS: &[MethodDef] = &[
    MethodDef::new("__length_hint__", Convention::NoArgs, |m, this, _| {
        let it = this_iter(m, this)?;
        let len = m.bytes_like(it.bytes.get()).map_or(0, <[u8]>::len);
        Ok(Value::small(len.saturating_sub(it.at.get()) as i64))
    }),
    MethodDef::new("__reduce__", Convention::NoArgs, reduce),
    MethodDef::new("__setstate__", Convention::O, |m, this, args| {
        let at = m.index_argument(args.pos()[0])?;
        let it = this_iter(m, this)?;
        let len = m.bytes_like(it.bytes.get()).map_or(0, <[u8]>::len);
        it.at.set(usize::try_from(at).unwrap_or(0).min(len));
        Ok(Value::NONE)
    }),
];

/// An iterator type over bytes or a bytearray.
pub(super) const fn iterator(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::DISALLOW_INSTANTIATION,
        slots: Slots { iter: Some(|_, this| Ok(this)), iternext: Some(next), ..Slots::EMPTY },
        methods: ITER_METHODS,
        ..TypeSpec::new(name, BytesIter::LAYOUT)
    }
}

fn this_iter(m: &mut Machine, this: Value) -> R<Gc<BytesIter>> {
    match this.downcast::<BytesIter>() {
        Some(it) => Ok(it),
        None => Err(m.type_error("a bytes iterator was expected")),
    }
}

/// An iterator over `bytes` (also a subclass) or a `bytearray`.
pub(super) fn iter(m: &mut Machine, this: Value) -> R<Value> {
    let header = Header::new(if this.downcast::<Bytes>().is_some() { m.types.bytes_iter } else { m.types.bytearray_iter });
    Ok(m.new_object(BytesIter { header, bytes: Cell::new(this), at: Cell::new(0) }).value())
}

fn next(m: &mut Machine, this: Value) -> R<Option<Value>> {
    let it = this_iter(m, this)?;
    let Some(bytes) = m.bytes_like(it.bytes.get()) else { return Ok(None) };
    match bytes.get(it.at.get()) {
        Some(&b) => {
            it.at.set(it.at.get() + 1);
            Ok(Some(Value::small(i64::from(b))))
        }
        None => {
            it.bytes.set(Value::NULL);
            Ok(None)
        }
    }
}

fn reduce(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let it = this_iter(m, this)?;
    let name = m.intern("iter");
    let function = m.builtins.get_str(m, name).unwrap_or(Value::NONE);
    let bytes = it.bytes.get();
    if bytes.is_null() {
        let empty = m.new_tuple(&[]).value();
        let args = m.new_tuple(&[empty]).value();
        return Ok(m.new_tuple(&[function, args]).value());
    }
    let args = m.new_tuple(&[bytes]).value();
    Ok(m.new_tuple(&[function, args, Value::small(it.at.get() as i64)]).value())
}
