//! `chain`, `starmap` and `zip_longest`: iterators over what other iterables hold.

use super::no_keywords;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, state_items, this};
use std::cell::Cell;

native_struct! {
    /// `chain`.
    struct Chain {
        /// Iterator over the iterables; `NULL` at the end.
        source: Cell<Value>,
        /// Iterator over the current iterable, or `NULL`.
        active: Cell<Value>,
    }
}

native_struct! {
    /// `starmap`.
    struct StarMap {
        /// The function.
        func: Value,
        /// Gives its arguments.
        iter: Value,
    }
}

native_struct! {
    /// `zip_longest`.
    struct ZipLongest {
        /// The iterators; `None` for exhausted ones.
        iters: Gc<List>,
        /// How many are not exhausted.
        active: Cell<usize>,
        /// Stands for the items of exhausted ones.
        fill: Cell<Value>,
    }
}

/// `itertools.chain`.
pub(super) static CHAIN: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(chain_new), iter: Some(same), iternext: Some(chain_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::class("from_iterable", Convention::O, |m, class, args| {
            let source = m.iter(args.pos()[0])?;
            match class.downcast::<Type>() {
                Some(class) => Ok(new_chain(m, class, source)),
                None => Err(m.type_error("from_iterable() needs a class")),
            }
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| chain_reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| chain_setstate(m, v, args))),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    doc: "chain(*iterables)\n--\n\nThe items of the first iterable, then those of the next, and so on.",
    ..TypeSpec::new("itertools.chain", Chain::LAYOUT)
};

/// `itertools.starmap`.
pub(super) static STARMAP: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(starmap_new), iter: Some(same), iternext: Some(starmap_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        super::outdated(m)?;
        let it = this::<StarMap>(m, v)?;
        let class = m.type_of(v).value();
        Ok(m.reduced(class, &[it.func, it.iter], None))
    })],
    doc: "starmap(function, iterable, /)\n--\n\nThe function's results for each tuple of arguments that the iterable gives.",
    ..TypeSpec::new("itertools.starmap", StarMap::LAYOUT)
};

/// `itertools.zip_longest`.
pub(super) static ZIP_LONGEST: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(zip_new), iter: Some(same), iternext: Some(zip_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| zip_reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| {
            super::outdated(m)?;
            this::<ZipLongest>(m, v)?.fill.set(args.pos()[0]);
            Ok(Value::NONE)
        }),
    ],
    doc: "zip_longest(*iterables, fillvalue=None)\n--\n\nTuples of one item of each iterable, until the longest is exhausted.",
    ..TypeSpec::new("itertools.zip_longest", ZipLongest::LAYOUT)
};

fn new_chain(m: &mut Machine, class: Gc<Type>, source: Value) -> Value {
    m.new_object(Chain { header: Header::new(class), source: Cell::new(source), active: null() }).value()
}

fn chain_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    no_keywords(m, class, &CHAIN, "chain", args)?;
    let iterables = m.new_tuple(args.pos());
    let source = m.new_tuple_iter(iterables);
    Ok(new_chain(m, class, source))
}

/// `chain(*iterables)`, for `__reduce__` of others.
pub(super) fn chain_of(m: &mut Machine, iterables: &[Value]) -> Value {
    let class = m.native_type(&CHAIN);
    let iterables = m.new_tuple(iterables);
    let source = m.new_tuple_iter(iterables);
    new_chain(m, class, source)
}

fn chain_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Chain>(m, v)?;
    while let Some(source) = it.source.get().non_null() {
        let active = match it.active.get().non_null() {
            Some(active) => active,
            None => {
                let next = m.next_quickly(source);
                let Ok(Some(iterable)) = next else {
                    it.source.set(Value::NULL);
                    return next;
                };
                match m.iter(iterable) {
                    Ok(active) => {
                        it.active.set(active);
                        active
                    }
                    Err(raised) => {
                        it.source.set(Value::NULL);
                        return Err(raised);
                    }
                }
            }
        };
        if let Some(item) = m.next_quickly(active)? {
            return Ok(Some(item));
        }
        it.active.set(Value::NULL);
    }
    Ok(None)
}

fn chain_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Chain>(m, v)?;
    let class = m.type_of(v).value();
    let state = match (it.source.get().non_null(), it.active.get().non_null()) {
        (Some(source), Some(active)) => Some(m.new_tuple(&[source, active]).value()),
        (Some(source), None) => Some(m.new_tuple(&[source]).value()),
        _ => None,
    };
    Ok(m.reduced(class, &[], state))
}

fn chain_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Chain>(m, v)?;
    let items = state_items(m, args.pos()[0], 1, 2)?;
    if items.iter().any(|&x| m.type_of(x).slot(|s| s.iternext).is_none()) {
        return Err(m.type_error("Arguments must be iterators."));
    }
    it.source.set(items[0]);
    it.active.set(items.get(1).copied().unwrap_or(Value::NULL));
    Ok(Value::NONE)
}

fn starmap_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    no_keywords(m, class, &STARMAP, "starmap", args)?;
    let args = Args::positional(args.pos()).between(m, "starmap", 2, 2)?;
    let iter = m.iter(args[1])?;
    Ok(m.new_object(StarMap { header: Header::new(class), func: args[0], iter }).value())
}

fn starmap_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<StarMap>(m, v)?;
    let Some(args) = m.next_quickly(it.iter)? else { return Ok(None) };
    let args = m.to_tuple(args)?;
    m.call(it.func, args.slice()).map(Some)
}

fn zip_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let mut fill = Value::NONE;
    for (name, value) in args.keywords() {
        let text = name.as_static_str();
        if text != "fillvalue" {
            return Err(m.type_error("zip_longest() got an unexpected keyword argument"));
        }
        fill = value;
    }
    let iters = m.new_list(&[]);
    for &iterable in args.pos() {
        let iter = m.iter(iterable)?;
        iters.push(m, iter);
    }
    let header = Header::new(class);
    Ok(m.new_object(ZipLongest { header, iters, active: Cell::new(args.len()), fill: Cell::new(fill) }).value())
}

/// Iterators whose items a native frame has room for.
const FEW: usize = 8;

fn zip_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<ZipLongest>(m, v)?;
    if it.active.get() == 0 {
        return Ok(None);
    }
    let n = it.iters.len();
    let mut few = [Value::NULL; FEW];
    let mut many = if n > FEW { Some(ValueVec::with_capacity(m, n)) } else { None };
    let mut i = 0;
    while let Some(iter) = it.iters.get(i) {
        let item = if iter.is_none() {
            it.fill.get()
        } else {
            match m.next_quickly(iter) {
                Ok(Some(item)) => item,
                Ok(None) if it.active.get() > 1 => {
                    it.active.set(it.active.get() - 1);
                    it.iters.set(i, Value::NONE);
                    it.fill.get()
                }
                end => {
                    it.active.set(0);
                    return end;
                }
            }
        };
        match &mut many {
            Some(items) => items.push(m, item),
            None => few[i] = item,
        }
        i += 1;
    }
    let items = match &many {
        Some(items) => &items[..],
        None => &few[..i],
    };
    Ok(Some(m.new_tuple(items).value()))
}

fn zip_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<ZipLongest>(m, v)?;
    let class = m.type_of(v).value();
    let empty = m.new_tuple(&[]).value();
    let mut iters = ValueVec::with_capacity(m, it.iters.len());
    for &iter in it.iters.items() {
        iters.push(m, if iter.is_none() { empty } else { iter });
    }
    let fill = it.fill.get();
    Ok(m.reduced(class, &iters, Some(fill)))
}
