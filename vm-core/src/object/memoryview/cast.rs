//! `memoryview.cast`: the same memory with another format, or with another number of dimensions.

use super::super::string::Str;
use super::super::value::Value;
use super::items::ItemFormat;
use super::{MemoryView, view};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec};
use crate::object::list::List;
use crate::object::tuple::Tuple;

/// CPython's `PyBUF_MAX_NDIM`.
const MAX_DIMENSIONS: usize = 64;

pub(super) fn cast(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [format, shape] = args.bind(m, "cast", ["format", "shape"], spec)?;
    let v = view(m, this)?;
    let Some(name) = format.downcast::<Str>() else {
        return Err(m.bad_argument("cast", "argument 'format'", "str", format));
    };
    if !v.is_c_contiguous() {
        return Err(m.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = if shape.is_null() { None } else { Some(shape) };
    if (shape.is_some() || v.ndim() != 1) && v.shape().contains(&0) {
        return Err(m.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let sizes = shape.map(|shape| sizes(m, shape)).transpose()?;
    if let Some(sizes) = sizes {
        if sizes.slice().len() > MAX_DIMENSIONS {
            return Err(m.value_error("memoryview: number of dimensions must not exceed 64"));
        }
        if v.ndim() != 1 && sizes.slice().len() != 1 {
            return Err(m.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
        }
    }
    if !v.format.is_native() {
        return Err(m.value_error("memoryview: source format must be a native single character format prefixed with an optional '@'"));
    }
    let Some(target) = ItemFormat::from_name(name.bytes()) else {
        return Err(m.value_error("memoryview: destination format must be a native single character format prefixed with an optional '@'"));
    };
    if !v.format.is_byte() && !target.is_byte() {
        return Err(m.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = v.count() * v.format.size();
    if !bytes.is_multiple_of(target.size()) {
        return Err(m.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let flat = MemoryView {
        len: bytes / target.size(),
        stride: target.size() as isize,
        format: target,
        inner: Value::NULL,
        scalar: false,
        ..v.window()
    };
    match sizes {
        Some(sizes) => shaped(m, flat, sizes),
        None => Ok(m.new_view(flat)),
    }
}

/// The argument `shape` as a tuple.
fn sizes(m: &mut Machine, shape: Value) -> R<crate::object::header::Gc<Tuple>> {
    match (shape.downcast::<Tuple>(), shape.downcast::<List>()) {
        (Some(tuple), _) => Ok(tuple),
        (_, Some(list)) => Ok(m.new_tuple(list.items())),
        _ => Err(m.type_error("shape must be a list or a tuple")),
    }
}

/// A view of one dimension given others.
fn shaped(m: &mut Machine, flat: MemoryView, sizes: crate::object::header::Gc<Tuple>) -> R<Value> {
    let mut items = 1i64;
    for i in 0..sizes.slice().len() {
        let size = sizes.slice()[i];
        if !m.is_int_instance(size) {
            return Err(m.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        let size = m.index_i64(size)?;
        if size <= 0 {
            return Err(m.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        }
        let Some(product) = items.checked_mul(size).filter(|p| p.checked_mul(flat.format.size() as i64).is_some()) else {
            return Err(m.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"));
        };
        items = product;
    }
    if items != flat.len as i64 {
        return Err(m.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    let Some((&first, inner)) = sizes.slice().split_first() else {
        return Ok(m.new_view(MemoryView { scalar: true, ..flat }));
    };
    if inner.is_empty() {
        return Ok(m.new_view(flat));
    }
    let len = m.index_i64(first)? as usize;
    let inner = m.new_tuple(inner).value();
    let stride = (flat.len / len * flat.format.size()) as isize;
    Ok(m.new_view(MemoryView { len, stride, inner, ..flat }))
}
