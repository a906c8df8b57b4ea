//! `groupby` and the iterators over its groups, which share its iterator: going on to the next group ends the one before.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, state_items, this};
use std::cell::Cell;

native_struct! {
    /// `groupby`.
    struct GroupBy {
        /// The iterator.
        iter: Value,
        /// The key function, or `None`.
        func: Value,
        /// Key of the group given last, or `NULL`.
        target: Cell<Value>,
        /// Key of the item read last, or `NULL` before the first.
        key: Cell<Value>,
        /// The item read last, or `NULL` when a group has passed it on.
        value: Cell<Value>,
        /// The group that may read on, or `NULL`.
        group: Cell<Value>,
    }
}

native_struct! {
    /// `_grouper`.
    struct Grouper {
        /// Its `groupby`.
        parent: Value,
        /// Its key.
        target: Value,
    }
}

/// `itertools.groupby`.
pub(super) static GROUPBY: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new), iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate(m, v, args))),
    ],
    doc: "groupby(iterable, key=None)\n--\n\nPairs of a key and an iterator over the consecutive items that have it.",
    ..TypeSpec::new("itertools.groupby", GroupBy::LAYOUT)
};

/// `itertools._grouper`.
pub(super) static GROUPER: TypeSpec = TypeSpec {
    slots: Slots { new: Some(group_new), iter: Some(same), iternext: Some(group_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| group_reduce(m, v, args)))],
    ..TypeSpec::new("itertools._grouper", Grouper::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [iterable, key] = args.bind(m, "groupby", ["iterable", "key"], spec)?;
    let iter = m.iter(iterable)?;
    let func = key.non_null().unwrap_or(Value::NONE);
    let header = Header::new(class);
    Ok(m.new_object(GroupBy { header, iter, func, target: null(), key: null(), value: null(), group: null() }).value())
}

/// Reads one more item; false at the end.
fn step(m: &mut Machine, it: &GroupBy) -> R<bool> {
    let Some(value) = m.next_quickly(it.iter)? else { return Ok(false) };
    let key = if it.func.is_none() { value } else { m.call(it.func, &[value])? };
    it.value.set(value);
    it.key.set(key);
    Ok(true)
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<GroupBy>(m, v)?;
    it.group.set(Value::NULL);
    loop {
        let (key, target) = (it.key.get(), it.target.get());
        if !key.is_null() && (target.is_null() || !m.equal(target, key)?) {
            break;
        }
        if !step(m, &it)? {
            return Ok(None);
        }
    }
    let key = it.key.get();
    it.target.set(key);
    let header = Header::new(m.native_type(&GROUPER));
    let group = m.new_object(Grouper { header, parent: v, target: key }).value();
    it.group.set(group);
    Ok(Some(m.new_tuple(&[key, group]).value()))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<GroupBy>(m, v)?;
    let class = m.type_of(v).value();
    let state = [it.key.get(), it.value.get(), it.target.get()];
    let state = if state.iter().any(|v| v.is_null()) { None } else { Some(m.new_tuple(&state).value()) };
    Ok(m.reduced(class, &[it.iter, it.func], state))
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<GroupBy>(m, v)?;
    let items = state_items(m, args.pos()[0], 3, 3)?;
    it.key.set(items[0]);
    it.value.set(items[1]);
    it.target.set(items[2]);
    Ok(Value::NONE)
}

fn group_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_grouper", 2, 2)?;
    let parent = args[0];
    let Some(it) = parent.downcast::<GroupBy>() else {
        let got = m.type_name(parent);
        return Err(m.type_error(&format!("_grouper() argument 1 must be itertools.groupby, not {got}")));
    };
    let group = m.new_object(Grouper { header: Header::new(class), parent, target: args[1] }).value();
    it.group.set(group);
    Ok(group)
}

fn group_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let group = this::<Grouper>(m, v)?;
    let it = this::<GroupBy>(m, group.parent)?;
    if !it.group.get().is(v) || (it.value.get().is_null() && !step(m, &it)?) {
        return Ok(None);
    }
    if !m.equal(group.target, it.key.get())? {
        return Ok(None);
    }
    it.key.set(Value::NULL);
    Ok(it.value.replace(Value::NULL).non_null())
}

fn group_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let group = this::<Grouper>(m, v)?;
    let it = this::<GroupBy>(m, group.parent)?;
    if !it.group.get().is(v) {
        let (iter, empty) = (m.builtin_named("iter")?, m.new_tuple(&[]).value());
        return Ok(m.reduced(iter, &[empty], None));
    }
    let class = m.type_of(v).value();
    Ok(m.reduced(class, &[group.parent, group.target], None))
}
