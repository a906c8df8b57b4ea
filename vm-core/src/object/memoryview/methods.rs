//! The type `memoryview`: its slots, methods and attributes. What subscripts, comparison and `cast` mean is in files of their own.

use super::super::header::{Gc, Payload};
use super::super::slots::Slots;
use super::super::typeobj::{Type, TypeFlags};
use super::super::value::Value;
use super::items::unpack;
use super::{MemoryView, release, view};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::bytearray_type::ByteArray;
use crate::object::string::Str;

const NO_ARGUMENT: Convention = Convention::NoArgs;

/// `memoryview`.
pub(in crate::object) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::SEQUENCE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(|m, this| {
            let released = this.downcast::<MemoryView>().is_some_and(|v| v.released.get());
            let (what, address) = (if released { "released memory" } else { "memory" }, this.bits());
            Ok(m.str_value(&format!("<{what} at {address:#x}>")))
        }),
        hash: Some(super::compare::hash),
        richcompare: Some(super::compare::richcompare),
        iter: Some(|m, this| match view(m, this)?.ndim() {
            0 => Err(m.type_error("invalid indexing of 0-dim memory")),
            1 => m.new_seq_iter(this),
            _ => Err(m.not_implemented_error("multi-dimensional sub-views are not implemented")),
        }),
        new: Some(new),
        len: Some(|m, this| match view(m, this)? {
            v if v.scalar => Err(m.type_error("0-dim memory has no length")),
            v => Ok(v.len),
        }),
        getitem: Some(super::index::getitem),
        setitem: Some(super::index::setitem),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("release", NO_ARGUMENT, |m, this, _| leave(m, this)),
        MethodDef::new("tobytes", Convention::FastKeywords, tobytes),
        MethodDef::new("__buffer__", Convention::O, buffer),
        MethodDef::new("hex", Convention::FastKeywords, |m, this, args| {
            super::super::bytes_methods::construct::hex_text(m, this, args, |m, this| Ok(view(m, this)?.to_vec()))
        }),
        MethodDef::new("tolist", NO_ARGUMENT, |m, this, _| {
            let v = view(m, this)?;
            let mut next = 0;
            nested(m, v, &v.shape(), &mut next)
        }),
        MethodDef::new("cast", Convention::FastKeywords, super::cast::cast),
        MethodDef::new("toreadonly", NO_ARGUMENT, |m, this, _| {
            let v = view(m, this)?;
            Ok(m.new_view(MemoryView { readonly: true, ..v.window() }))
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
        MethodDef::new("__exit__", Convention::VarArgs, |m, this, _| leave(m, this)),
    ],
    getset: &[
        GetSetDef { name: "obj", get: |m, this| Ok(view(m, this)?.exporter), set: None },
        GetSetDef { name: "nbytes", get: |m, this| view(m, this).map(|v| Value::small((v.count() * v.format.size()) as i64)), set: None },
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
        GetSetDef { name: "ndim", get: |m, this| view(m, this).map(|v| Value::small(v.ndim() as i64)), set: None },
        GetSetDef {
            name: "shape",
            get: |m, this| {
                let shape: Vec<Value> = view(m, this)?.shape().into_iter().map(|n| Value::small(n as i64)).collect();
                Ok(m.new_tuple(&shape).value())
            },
            set: None,
        },
        GetSetDef {
            name: "strides",
            get: |m, this| {
                let strides: Vec<Value> = view(m, this)?.strides().into_iter().map(|n| Value::small(n as i64)).collect();
                Ok(m.new_tuple(&strides).value())
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
        GetSetDef { name: "c_contiguous", get: |m, this| view(m, this).map(|v| Value::from_bool(v.is_c_contiguous())), set: None },
        GetSetDef { name: "f_contiguous", get: |m, this| view(m, this).map(|v| Value::from_bool(v.is_f_contiguous())), set: None },
        GetSetDef {
            name: "contiguous",
            get: |m, this| view(m, this).map(|v| Value::from_bool(v.is_c_contiguous() || v.is_f_contiguous())),
            set: None,
        },
    ],
    doc: "memoryview(object)\n--\n\nA window onto the memory of an object.",
    ..TypeSpec::new("memoryview", MemoryView::LAYOUT)
};

/// `__buffer__(flags)` of objects whose memory can be viewed (PEP 688).
pub(in crate::object) fn buffer(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    m.index_argument(args.pos()[0])?;
    let class = m.types.memoryview.value();
    m.call(class, &[v])
}

fn leave(m: &mut Machine, this: Value) -> R<Value> {
    if let Some(v) = this.downcast::<MemoryView>() {
        release(m, v)?;
    }
    Ok(Value::NONE)
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [object] = args.bind(m, "memoryview", ["object"], spec)?;
    match m.window_of(object)? {
        Some(window) => Ok(m.new_view(window)),
        None => {
            let name = m.type_name(object);
            Err(m.type_error(&format!("memoryview: a bytes-like object is required, not '{name}'")))
        }
    }
}

fn tobytes(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let [order] = args.bind(m, "tobytes", ["order"], BindSpec { positional_only: 0, required: 0, max_positional: 1 })?;
    let v = view(m, this)?;
    let by_columns = if order.is_null() || order.is_none() {
        false
    } else {
        let Some(order) = order.downcast::<Str>() else {
            return Err(m.bad_argument("tobytes", "argument 'order'", "str or None", order));
        };
        match order.bytes() {
            b"C" => false,
            b"F" => true,
            b"A" => v.is_f_contiguous() && !v.is_c_contiguous(),
            _ => return Err(m.value_error("order must be 'C', 'F' or 'A'")),
        }
    };
    if let Some(bytes) = v.contiguous().filter(|_| !by_columns) {
        return Ok(m.new_bytes(bytes)?.value());
    }
    let shape = v.shape();
    if !by_columns || shape.len() < 2 {
        return Ok(m.new_bytes(&v.to_vec())?.value());
    }
    let mut bytes = Vec::with_capacity(v.count() * v.format.size());
    for i in 0..v.count() {
        // The index in each dimension, the first one changing fastest.
        let (mut rest, mut item) = (i, 0);
        let indices: Vec<usize> = shape
            .iter()
            .map(|size| {
                let index = rest % size;
                rest /= size;
                index
            })
            .collect();
        for (index, size) in indices.iter().zip(&shape) {
            item = item * size + index;
        }
        bytes.extend_from_slice(v.item(item).unwrap_or_default());
    }
    Ok(m.new_bytes(&bytes)?.value())
}

/// The items from `next` on as nested lists.
fn nested(m: &mut Machine, v: Gc<MemoryView>, shape: &[usize], next: &mut usize) -> R<Value> {
    let Some((&size, inner)) = shape.split_first() else {
        *next += 1;
        return item_at(m, v, *next - 1);
    };
    let list = m.new_list(&[]);
    for _ in 0..size {
        let item = nested(m, v, inner, next)?;
        list.push(m, item);
    }
    Ok(list.value())
}

/// An item, counted over all rows.
pub(super) fn item_at(m: &mut Machine, v: Gc<MemoryView>, i: usize) -> R<Value> {
    match v.item(i) {
        Some(bytes) => unpack(m, v.format, bytes),
        None => Err(m.index_error("index out of bounds on dimension 1")),
    }
}
