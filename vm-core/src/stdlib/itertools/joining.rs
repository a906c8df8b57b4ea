//! `accumulate`, `batched` and `pairwise`: iterators whose items are made of several items.

use super::chaining::chain_of;
use super::no_keywords;
use super::slicing::ISLICE;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::protocol::BinaryOp;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `accumulate`.
    struct Accumulate {
        /// The result so far, or `NULL`.
        total: Cell<Value>,
        /// The iterator.
        iter: Value,
        /// The function, or `NULL` for addition.
        func: Value,
        /// The first result if one was given and has not been passed on; else `None`.
        initial: Cell<Value>,
    }
}

native_struct! {
    /// `batched`.
    struct Batched {
        /// The iterator; `NULL` at the end.
        iter: Cell<Value>,
        /// Items of a batch.
        size: usize,
        /// Whether a shorter last batch is an error.
        strict: bool,
    }
}

native_struct! {
    /// `pairwise`.
    struct Pairwise {
        /// The iterator; `NULL` at the end.
        iter: Cell<Value>,
        /// The item before, or `NULL`.
        old: Cell<Value>,
    }
}

/// `itertools.accumulate`.
pub(super) static ACCUMULATE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(accumulate_new), iter: Some(same), iternext: Some(accumulate_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| accumulate_reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| {
            super::outdated(m)?;
            this::<Accumulate>(m, v)?.total.set(args.pos()[0]);
            Ok(Value::NONE)
        }),
    ],
    doc: "accumulate(iterable, func=None, *, initial=None)\n--\n\nThe sums (or other results of the function) of the first items.",
    ..TypeSpec::new("itertools.accumulate", Accumulate::LAYOUT)
};

/// `itertools.batched`.
pub(super) static BATCHED: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(batched_new), iter: Some(same), iternext: Some(batched_next), ..Slots::EMPTY },
    doc: "batched(iterable, n, *, strict=False)\n--\n\nTuples of n consecutive items; the last one may be shorter unless strict is true.",
    ..TypeSpec::new("itertools.batched", Batched::LAYOUT)
};

/// `itertools.pairwise`.
pub(super) static PAIRWISE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(pairwise_new), iter: Some(same), iternext: Some(pairwise_next), ..Slots::EMPTY },
    doc: "pairwise(iterable, /)\n--\n\nTuples of each item and the next.",
    ..TypeSpec::new("itertools.pairwise", Pairwise::LAYOUT)
};

fn accumulate_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [iterable, func, initial] = args.bind(m, "accumulate", ["iterable", "func", "initial"], spec)?;
    let iter = m.iter(iterable)?;
    let func = if func.is_none() { Value::NULL } else { func };
    let initial = Cell::new(initial.non_null().unwrap_or(Value::NONE));
    Ok(m.new_object(Accumulate { header: Header::new(class), total: null(), iter, func, initial }).value())
}

fn accumulate_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Accumulate>(m, v)?;
    let initial = it.initial.get();
    if !initial.is_none() {
        it.initial.set(Value::NONE);
        it.total.set(initial);
        return Ok(Some(initial));
    }
    let Some(item) = m.next_quickly(it.iter)? else { return Ok(None) };
    let total = match it.total.get().non_null() {
        None => item,
        Some(total) if it.func.is_null() => m.binary(BinaryOp::Add, total, item)?,
        Some(total) => m.call(it.func, &[total, item])?,
    };
    it.total.set(total);
    Ok(Some(total))
}

fn accumulate_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Accumulate>(m, v)?;
    let class = m.type_of(v).value();
    let func = it.func.non_null().unwrap_or(Value::NONE);
    let initial = it.initial.get();
    if !initial.is_none() {
        let first = m.new_tuple(&[initial]).value();
        let all = chain_of(m, &[first, it.iter]);
        return Ok(m.reduced(class, &[all, func], Some(Value::NONE)));
    }
    if it.total.get().is_none() {
        let first = m.new_tuple(&[Value::NONE]).value();
        let all = chain_of(m, &[first, it.iter]);
        let rest = m.call(class, &[all, func])?;
        let islice = m.native_type(&ISLICE).value();
        return Ok(m.reduced(islice, &[rest, Value::small(1), Value::NONE], None));
    }
    let total = it.total.get().non_null().unwrap_or(Value::NONE);
    Ok(m.reduced(class, &[it.iter, func], Some(total)))
}

fn batched_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [iterable, n, strict] = args.bind(m, "batched", ["iterable", "n", "strict"], spec)?;
    let n = ssize(m, n)?;
    let strict = !strict.is_null() && m.truthy(strict)?;
    if n < 1 {
        return Err(m.value_error("n must be at least one"));
    }
    let iter = Cell::new(m.iter(iterable)?);
    Ok(m.new_object(Batched { header: Header::new(class), iter, size: n as usize, strict }).value())
}

fn batched_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Batched>(m, v)?;
    let Some(iter) = it.iter.get().non_null() else { return Ok(None) };
    let mut items = ValueVec::with_capacity(m, it.size.min(64));
    while items.len() < it.size {
        match m.next_quickly(iter) {
            Ok(Some(item)) => items.push(m, item),
            Ok(None) => {
                it.iter.set(Value::NULL);
                if items.is_empty() {
                    return Ok(None);
                }
                if it.strict {
                    return Err(m.value_error("batched(): incomplete batch"));
                }
                break;
            }
            Err(raised) => {
                it.iter.set(Value::NULL);
                return Err(raised);
            }
        }
    }
    Ok(Some(m.new_tuple(&items).value()))
}

fn pairwise_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    no_keywords(m, class, &PAIRWISE, "pairwise", args)?;
    let iterable = Args::positional(args.pos()).between(m, "pairwise", 1, 1)?[0];
    let iter = Cell::new(m.iter(iterable)?);
    Ok(m.new_object(Pairwise { header: Header::new(class), iter, old: null() }).value())
}

fn pairwise_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Pairwise>(m, v)?;
    let Some(iter) = it.iter.get().non_null() else { return Ok(None) };
    let pair = pair(m, &it, iter);
    if !matches!(pair, Ok(Some(_))) {
        it.iter.set(Value::NULL);
        it.old.set(Value::NULL);
    }
    pair
}

fn pair(m: &mut Machine, it: &Pairwise, mut iter: Value) -> R<Option<Value>> {
    let mut old = it.old.get();
    if old.is_null() {
        let Some(first) = m.next_quickly(iter)? else { return Ok(None) };
        old = first;
        it.old.set(old);
        // The iterator may have come back here.
        iter = it.iter.get();
        if iter.is_null() {
            return Ok(None);
        }
    }
    let Some(new) = m.next_quickly(iter)? else { return Ok(None) };
    it.old.set(new);
    Ok(Some(m.new_tuple(&[old, new]).value()))
}
