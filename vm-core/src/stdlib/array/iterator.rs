//! The iterator over an array.

use super::Array;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `arrayiterator`.
    struct ArrayIter {
        /// The array; `NULL` when exhausted.
        array: Cell<Value>,
        /// Index of the next item.
        index: Cell<usize>,
    }
}

/// `array.arrayiterator`.
static ITER: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, reduce), MethodDef::new("__setstate__", Convention::O, setstate)],
    ..TypeSpec::new("array.arrayiterator", ArrayIter::LAYOUT)
};

/// `iter(array)`.
pub(super) fn iterate(m: &mut Machine, v: Value) -> R<Value> {
    let header = Header::new(m.native_type(&ITER));
    Ok(m.new_object(ArrayIter { header, array: Cell::new(v), index: Cell::new(0) }).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it: Gc<ArrayIter> = this(m, v)?;
    let Some(array) = it.array.get().downcast::<Array>() else { return Ok(None) };
    let i = it.index.get();
    let item = array.get(m, i)?;
    if item.is_some() {
        it.index.set(i + 1);
    } else {
        it.array.set(Value::NULL);
    }
    Ok(item)
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it: Gc<ArrayIter> = this(m, v)?;
    let iter = m.builtin_named("iter")?;
    match it.array.get().non_null() {
        Some(array) => {
            let index = m.int_from_usize(it.index.get());
            Ok(m.reduced(iter, &[array], Some(index)))
        }
        None => {
            let empty = m.new_tuple(&[]).value();
            Ok(m.reduced(iter, &[empty], None))
        }
    }
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it: Gc<ArrayIter> = this(m, v)?;
    let i = ssize(m, args.pos()[0])?;
    if let Some(array) = it.array.get().downcast::<Array>() {
        it.index.set((i.max(0) as usize).min(array.len()));
    }
    Ok(Value::NONE)
}
