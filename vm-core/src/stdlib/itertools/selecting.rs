//! `compress`, `dropwhile`, `takewhile` and `filterfalse`: some of an iterator's items, chosen by truth values.

use super::no_keywords;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// `compress`.
    struct Compress {
        /// Gives the items.
        data: Value,
        /// Gives what decides about them.
        selectors: Value,
    }
}

native_struct! {
    /// `dropwhile`.
    struct DropWhile {
        /// The predicate.
        func: Value,
        /// The iterator.
        iter: Value,
        /// Whether an item was passed on.
        started: Cell<bool>,
    }
}

native_struct! {
    /// `takewhile`.
    struct TakeWhile {
        /// The predicate.
        func: Value,
        /// The iterator.
        iter: Value,
        /// Whether an item was refused.
        stopped: Cell<bool>,
    }
}

native_struct! {
    /// `filterfalse`.
    struct FilterFalse {
        /// The predicate, or `None`.
        func: Value,
        /// The iterator.
        iter: Value,
    }
}

/// `itertools.compress`.
pub(super) static COMPRESS: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(compress_new), iter: Some(same), iternext: Some(compress_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        super::outdated(m)?;
        let it = this::<Compress>(m, v)?;
        let class = m.type_of(v).value();
        Ok(m.reduced(class, &[it.data, it.selectors], None))
    })],
    doc: "compress(data, selectors)\n--\n\nThe items of data whose selector is true.",
    ..TypeSpec::new("itertools.compress", Compress::LAYOUT)
};

/// `itertools.dropwhile`.
pub(super) static DROPWHILE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(dropwhile_new), iter: Some(same), iternext: Some(dropwhile_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            super::outdated(m)?;
            let it = this::<DropWhile>(m, v)?;
            let class = m.type_of(v).value();
            Ok(m.reduced(class, &[it.func, it.iter], Some(Value::small(i64::from(it.started.get())))))
        }),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| {
            super::outdated(m)?;
            let started = m.truthy(args.pos()[0])?;
            this::<DropWhile>(m, v)?.started.set(started);
            Ok(Value::NONE)
        }),
    ],
    doc: "dropwhile(predicate, iterable, /)\n--\n\nThe items from the first one on for which the predicate is false.",
    ..TypeSpec::new("itertools.dropwhile", DropWhile::LAYOUT)
};

/// `itertools.takewhile`.
pub(super) static TAKEWHILE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(takewhile_new), iter: Some(same), iternext: Some(takewhile_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            super::outdated(m)?;
            let it = this::<TakeWhile>(m, v)?;
            let class = m.type_of(v).value();
            Ok(m.reduced(class, &[it.func, it.iter], Some(Value::small(i64::from(it.stopped.get())))))
        }),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| {
            super::outdated(m)?;
            let stopped = m.truthy(args.pos()[0])?;
            this::<TakeWhile>(m, v)?.stopped.set(stopped);
            Ok(Value::NONE)
        }),
    ],
    doc: "takewhile(predicate, iterable, /)\n--\n\nThe items before the first one for which the predicate is false.",
    ..TypeSpec::new("itertools.takewhile", TakeWhile::LAYOUT)
};

/// `itertools.filterfalse`.
pub(super) static FILTERFALSE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(filterfalse_new), iter: Some(same), iternext: Some(filterfalse_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        super::outdated(m)?;
        let it = this::<FilterFalse>(m, v)?;
        let class = m.type_of(v).value();
        Ok(m.reduced(class, &[it.func, it.iter], None))
    })],
    doc: "filterfalse(function, iterable, /)\n--\n\nThe items for which the function is false; with None, the false items.",
    ..TypeSpec::new("itertools.filterfalse", FilterFalse::LAYOUT)
};

fn compress_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [data, selectors] = args.bind(m, "compress", ["data", "selectors"], spec)?;
    let data = m.iter(data)?;
    let selectors = m.iter(selectors)?;
    Ok(m.new_object(Compress { header: Header::new(class), data, selectors }).value())
}

fn compress_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Compress>(m, v)?;
    loop {
        let Some(item) = m.next_quickly(it.data)? else { return Ok(None) };
        let Some(selector) = m.next_quickly(it.selectors)? else { return Ok(None) };
        if m.truthy(selector)? {
            return Ok(Some(item));
        }
    }
}

/// Function and iterator, the arguments of the other three.
fn pair(m: &mut Machine, class: Gc<Type>, spec: &'static TypeSpec, name: &str, args: Args<'_>) -> R<(Value, Value)> {
    no_keywords(m, class, spec, name, args)?;
    let args = Args::positional(args.pos()).between(m, name, 2, 2)?;
    Ok((args[0], m.iter(args[1])?))
}

fn dropwhile_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let (func, iter) = pair(m, class, &DROPWHILE, "dropwhile", args)?;
    Ok(m.new_object(DropWhile { header: Header::new(class), func, iter, started: Cell::new(false) }).value())
}

fn dropwhile_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<DropWhile>(m, v)?;
    while let Some(item) = m.next_quickly(it.iter)? {
        if it.started.get() {
            return Ok(Some(item));
        }
        let verdict = m.call(it.func, &[item])?;
        if !m.truthy(verdict)? {
            it.started.set(true);
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn takewhile_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let (func, iter) = pair(m, class, &TAKEWHILE, "takewhile", args)?;
    Ok(m.new_object(TakeWhile { header: Header::new(class), func, iter, stopped: Cell::new(false) }).value())
}

fn takewhile_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<TakeWhile>(m, v)?;
    if it.stopped.get() {
        return Ok(None);
    }
    let Some(item) = m.next_quickly(it.iter)? else { return Ok(None) };
    let verdict = m.call(it.func, &[item])?;
    if m.truthy(verdict)? {
        return Ok(Some(item));
    }
    it.stopped.set(true);
    Ok(None)
}

fn filterfalse_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let (func, iter) = pair(m, class, &FILTERFALSE, "filterfalse", args)?;
    Ok(m.new_object(FilterFalse { header: Header::new(class), func, iter }).value())
}

fn filterfalse_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<FilterFalse>(m, v)?;
    let plain = it.func.is_none() || it.func == m.types.bool.value();
    while let Some(item) = m.next_quickly(it.iter)? {
        let verdict = if plain { item } else { m.call(it.func, &[item])? };
        if !m.truthy(verdict)? {
            return Ok(Some(item));
        }
    }
    Ok(None)
}
