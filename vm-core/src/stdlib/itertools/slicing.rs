//! `islice`.

use super::no_keywords;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `islice`.
    struct ISlice {
        /// The iterator; `NULL` when the slice has ended.
        iter: Cell<Value>,
        /// Index of the next item wanted.
        next: Cell<i64>,
        /// Index at which to stop, or -1.
        stop: Cell<i64>,
        /// Distance between wanted items.
        step: i64,
        /// Items taken from the iterator.
        count: Cell<i64>,
    }
}

/// `itertools.islice`.
pub(super) static ISLICE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new), iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate(m, v, args))),
    ],
    doc: "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nThe items that a slice with these bounds would have.",
    ..TypeSpec::new("itertools.islice", ISlice::LAYOUT)
};

/// An argument that is `None` or an integer; -1 for what is no index.
fn bound(m: &mut Machine, v: Value, default: i64) -> i64 {
    if v.is_none() {
        return default;
    }
    match ssize(m, v) {
        Ok(i) => i,
        Err(_) => {
            m.take_raised();
            -1
        }
    }
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    no_keywords(m, class, &ISLICE, "islice", args)?;
    let args = Args::positional(args.pos()).between(m, "islice", 2, 4)?;
    let bad_stop = |m: &mut Machine| m.value_error("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    let (start, stop_argument) = match *args {
        [_, stop] => (0, stop),
        [_, start, stop, ..] => (bound(m, start, 0), stop),
        _ => (0, Value::NONE),
    };
    let stop = bound(m, stop_argument, -1);
    if stop == -1 && !stop_argument.is_none() {
        return Err(bad_stop(m));
    }
    if start < 0 || stop < -1 {
        return Err(m.value_error("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."));
    }
    let step = args.get(3).map_or(1, |&v| bound(m, v, 1));
    if step < 1 {
        return Err(m.value_error("Step for islice() must be a positive integer or None."));
    }
    let iter = Cell::new(m.iter(args[0])?);
    let header = Header::new(class);
    Ok(m.new_object(ISlice { header, iter, next: Cell::new(start), stop: Cell::new(stop), step, count: Cell::new(0) }).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<ISlice>(m, v)?;
    let Some(iter) = it.iter.get().non_null() else { return Ok(None) };
    let item = advance(m, &it, iter);
    if !matches!(item, Ok(Some(_))) {
        it.iter.set(Value::NULL);
    }
    item
}

fn advance(m: &mut Machine, it: &ISlice, iter: Value) -> R<Option<Value>> {
    while it.count.get() < it.next.get() {
        if m.next_quickly(iter)?.is_none() {
            return Ok(None);
        }
        it.count.set(it.count.get() + 1);
    }
    let stop = it.stop.get();
    if stop != -1 && it.count.get() >= stop {
        return Ok(None);
    }
    let Some(item) = m.next_quickly(iter)? else { return Ok(None) };
    it.count.set(it.count.get() + 1);
    let following = it.next.get().checked_add(it.step);
    it.next.set(match following {
        Some(i) if stop == -1 || i <= stop => i,
        _ => stop,
    });
    Ok(Some(item))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<ISlice>(m, v)?;
    let class = m.type_of(v).value();
    let Some(iter) = it.iter.get().non_null() else {
        let empty = m.new_list(&[]).value();
        let empty = m.iter(empty)?;
        return Ok(m.reduced(class, &[empty, Value::small(0)], Some(Value::small(0))));
    };
    let stop = if it.stop.get() == -1 { Value::NONE } else { m.new_int(it.stop.get()) };
    let [next, step, count] = [it.next.get(), it.step, it.count.get()].map(|i| m.new_int(i));
    Ok(m.reduced(class, &[iter, next, stop, step], Some(count)))
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<ISlice>(m, v)?;
    it.count.set(ssize(m, args.pos()[0])?);
    Ok(Value::NONE)
}
