//! Subscripts of a `memoryview`: an index, a slice of the first dimension, or one index for each dimension.

use super::super::header::Gc;
use super::super::tuple::Tuple;
use super::super::value::Value;
use super::items::pack;
use super::methods::item_at;
use super::{MemoryView, view};
use crate::machine::{Machine, R};
use crate::object::bytearray_type::ByteArray;
use crate::object::slice::Slice;

const OUT_OF_BOUNDS: &str = "index out of bounds on dimension 1";
const NO_DIMENSION: &str = "invalid indexing of 0-dim memory";
const BAD_KEY: &str = "memoryview: invalid slice key";

fn is_empty_tuple(key: Value) -> bool {
    key.downcast::<Tuple>().is_some_and(|t| t.slice().is_empty())
}

/// Whether a key is a tuple all of whose items satisfy the test.
fn is_tuple_of(m: &Machine, key: Value, test: fn(&Machine, Value) -> bool) -> bool {
    key.downcast::<Tuple>().is_some_and(|t| t.slice().iter().all(|&v| test(m, v)))
}

fn is_multi_index(m: &Machine, key: Value) -> bool {
    is_tuple_of(m, key, |m, v| m.is_index(v))
}

fn is_multi_slice(m: &Machine, key: Value) -> bool {
    !is_empty_tuple(key) && is_tuple_of(m, key, |_, v| v.downcast::<Slice>().is_some())
}

/// The item that a tuple of indices denotes, counted over all rows.
fn item_of_tuple(m: &mut Machine, v: Gc<MemoryView>, key: Gc<Tuple>, sub_views: &str) -> R<usize> {
    let shape = v.shape();
    let given = key.slice().len();
    if given > shape.len() {
        return Err(m.type_error(&format!("cannot index {}-dimension view with {given}-element tuple", shape.len())));
    }
    if given < shape.len() {
        return Err(m.not_implemented_error(sub_views));
    }
    let mut item = 0;
    for (i, &size) in shape.iter().enumerate() {
        let message = format!("index out of bounds on dimension {}", i + 1);
        let at = super::super::bytes_methods::operators::index_in(m, key.slice()[i], size, &message)?;
        item = item * size + at;
    }
    Ok(item)
}

pub(super) fn getitem(m: &mut Machine, this: Value, key: Value) -> R<Value> {
    let v = view(m, this)?;
    if key.is_int()
        && let Some(&b) = v.byte_place(key.as_int() as usize).and_then(|at| v.memory().get(at))
    {
        return Ok(Value::small(i64::from(b)));
    }
    if v.scalar {
        return match key {
            key if is_empty_tuple(key) => item_at(m, v, 0),
            Value::ELLIPSIS => Ok(this),
            _ => Err(m.type_error(NO_DIMENSION)),
        };
    }
    if m.is_index(key) {
        if !v.inner.is_null() {
            m.index_i64(key)?;
            return Err(m.not_implemented_error("multi-dimensional sub-views are not implemented"));
        }
        let at = super::super::bytes_methods::operators::index_in(m, key, v.len, OUT_OF_BOUNDS)?;
        let v = view(m, this)?;
        return item_at(m, v, at);
    }
    if let Some(range) = m.slice_range(key, v.len)? {
        let v = view(m, this)?;
        let start = v.start.wrapping_add_signed(v.stride * range.start as isize);
        return Ok(m.new_view(MemoryView { start, len: range.count, stride: v.stride * range.step, ..v.window() }));
    }
    if let Some(tuple) = key.downcast::<Tuple>().filter(|_| is_multi_index(m, key)) {
        let item = item_of_tuple(m, v, tuple, "sub-views are not implemented")?;
        let v = view(m, this)?;
        return item_at(m, v, item);
    }
    if is_multi_slice(m, key) {
        return Err(m.not_implemented_error("multi-dimensional slicing is not implemented"));
    }
    Err(m.type_error(BAD_KEY))
}

/// Writes the bytes of an item, counted over all rows.
fn put(m: &mut Machine, v: Gc<MemoryView>, i: usize, bytes: &[u8]) -> R<()> {
    let array = v.base.downcast::<ByteArray>();
    match array.zip(v.place(i)).and_then(|(array, place)| array.contents_mut().get_mut(place)) {
        Some(place) => {
            place.copy_from_slice(bytes);
            Ok(())
        }
        None => Err(m.index_error(OUT_OF_BOUNDS)),
    }
}

fn put_value(m: &mut Machine, this: Value, i: usize, value: Value) -> R<()> {
    let format = view(m, this)?.format;
    let bytes = pack(m, format, value)?;
    let v = view(m, this)?;
    put(m, v, i, &bytes)
}

pub(super) fn setitem(m: &mut Machine, this: Value, key: Value, value: Value) -> R<()> {
    let v = view(m, this)?;
    if Value::both_int(key, value)
        && !v.readonly
        && let (Some(at), Some(array)) = (v.byte_place(key.as_int() as usize), v.base.downcast::<ByteArray>())
        && let (Some(place), Ok(b)) = (array.contents_mut().get_mut(at), u8::try_from(value.as_int()))
    {
        *place = b;
        return Ok(());
    }
    if v.readonly || v.base.downcast::<ByteArray>().is_none() {
        return Err(m.type_error("cannot modify read-only memory"));
    }
    if value.is_null() {
        return Err(m.type_error("cannot delete memory"));
    }
    if v.scalar {
        return match key {
            key if key == Value::ELLIPSIS || is_empty_tuple(key) => put_value(m, this, 0, value),
            _ => Err(m.type_error(NO_DIMENSION)),
        };
    }
    if m.is_index(key) {
        if !v.inner.is_null() {
            return Err(m.not_implemented_error("sub-views are not implemented"));
        }
        let at = super::super::bytes_methods::operators::index_in(m, key, v.len, OUT_OF_BOUNDS)?;
        return put_value(m, this, at, value);
    }
    if let Some(tuple) = key.downcast::<Tuple>().filter(|_| is_multi_index(m, key)) {
        let item = item_of_tuple(m, v, tuple, "sub-views are not implemented")?;
        return put_value(m, this, item, value);
    }
    if is_multi_slice(m, key) || (!v.inner.is_null() && key.downcast::<Slice>().is_some()) {
        return Err(m.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1"));
    }
    if key.downcast::<Slice>().is_none() {
        return Err(m.type_error(BAD_KEY));
    }
    let Some(source) = m.window_of(value)? else {
        let name = m.type_name(value);
        return Err(m.type_error(&format!("a bytes-like object is required, not '{name}'")));
    };
    let Some(range) = m.slice_range(key, v.len)? else { return Err(m.type_error(BAD_KEY)) };
    if source.format != v.format || source.ndim() != 1 || source.len != range.count {
        return Err(m.value_error("memoryview assignment: lvalue and rvalue have different structures"));
    }
    let (v, new) = (view(m, this)?, source.to_vec());
    for (i, item) in range.indices().zip(new.chunks_exact(v.format.size())) {
        put(m, v, i, item)?;
    }
    Ok(())
}
