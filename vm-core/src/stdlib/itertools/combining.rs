//! `product`, `combinations` and `combinations_with_replacement`: selections from tuples of items, in the order of their indices.

use super::indices;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `product`.
    struct Product {
        /// Tuple of tuples.
        pools: Cell<Gc<Tuple>>,
        /// The current index into each.
        indices: Gc<List>,
        /// The tuple given last, or `NULL`.
        result: Cell<Value>,
        /// Whether there is nothing more.
        stopped: Cell<bool>,
    }
}

native_struct! {
    /// `combinations` and `combinations_with_replacement`.
    struct Combinations {
        /// The items.
        pool: Gc<Tuple>,
        /// How many are selected.
        r: usize,
        /// The current indices.
        indices: Gc<List>,
        /// The tuple given last, or `NULL`.
        result: Cell<Value>,
        /// Whether there is nothing more.
        stopped: Cell<bool>,
    }
}

/// `itertools.product`.
pub(super) static PRODUCT: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(product_new), iter: Some(same), iternext: Some(product_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| product_reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| product_setstate(m, v, args))),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
            let n = this::<Product>(m, v)?.indices.len();
            Ok(Value::small(56 + 8 * n as i64))
        }),
    ],
    doc: "product(*iterables, repeat=1)\n--\n\nThe Cartesian product of the iterables, the last one moving fastest.",
    ..TypeSpec::new("itertools.product", Product::LAYOUT)
};

/// `itertools.combinations`.
pub(super) static COMBINATIONS: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new::<false>), iter: Some(same), iternext: Some(next::<false>), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate::<false>(m, v, args))),
        MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
    ],
    doc: "combinations(iterable, r)\n--\n\nThe selections of r items, each item at most once.",
    ..TypeSpec::new("itertools.combinations", Combinations::LAYOUT)
};

/// `itertools.combinations_with_replacement`.
pub(super) static WITH_REPLACEMENT: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new::<true>), iter: Some(same), iternext: Some(next::<true>), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate::<true>(m, v, args))),
        MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
    ],
    doc: "combinations_with_replacement(iterable, r)\n--\n\nThe selections of r items, where an item may come again.",
    ..TypeSpec::new("itertools.combinations_with_replacement", Combinations::LAYOUT)
};

/// The index at place `i` of a list of indices.
#[inline(always)]
pub(super) fn index_at(list: Gc<List>, i: usize) -> usize {
    list.get(i).map_or(0, |v| v.as_int() as usize)
}

#[inline(always)]
pub(super) fn set_index(list: Gc<List>, i: usize, index: usize) {
    list.set(i, Value::small(index as i64));
}

/// A tuple of the items of `pool` at the first `r` indices.
pub(super) fn selection(m: &mut Machine, pool: Gc<Tuple>, indices: Gc<List>, r: usize) -> Value {
    if r == 0 {
        return m.new_tuple(&[]).value();
    }
    let (pool, indices) = (pool.slice(), &indices.items()[..r]);
    m.new_tuple_with(r, |i| pool[indices[i].as_int() as usize]).value()
}

fn pick(m: &mut Machine, n: usize, item: impl Fn(usize) -> Value) -> Value {
    let mut few = [Value::NULL; 12];
    if n <= few.len() {
        for (i, slot) in few[..n].iter_mut().enumerate() {
            *slot = item(i);
        }
        return m.new_tuple(&few[..n]).value();
    }
    let mut items = ValueVec::with_capacity(m, n);
    for i in 0..n {
        items.push(m, item(i));
    }
    m.new_tuple(&items).value()
}

fn product_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let mut repeat = 1;
    let keywords = args.keywords().count();
    if keywords > 1 {
        return Err(m.type_error(&format!("product() takes at most 1 keyword argument ({keywords} given)")));
    }
    for (name, value) in args.keywords() {
        let text = name.as_static_str();
        if text != "repeat" {
            return Err(m.type_error(&format!("product() got an unexpected keyword argument '{text}'")));
        }
        repeat = ssize(m, value)?;
        if repeat < 0 {
            return Err(m.value_error("repeat argument cannot be negative"));
        }
    }
    let given = if repeat == 0 { &[] } else { args.pos() };
    let n = match given.len().checked_mul(repeat as usize) {
        Some(n) if n < 1 << 28 => n,
        _ => return Err(m.overflow_error("repeat argument too large")),
    };
    let mut pools = ValueVec::with_capacity(m, n);
    for &iterable in given {
        let pool = m.to_tuple(iterable)?.value();
        pools.push(m, pool);
    }
    for i in given.len()..n {
        let pool = pools[i - given.len()];
        pools.push(m, pool);
    }
    let pools = m.new_tuple(&pools);
    let indices = indices(m, std::iter::repeat_n(0, n));
    let header = Header::new(class);
    let made = Product { header, pools: Cell::new(pools), indices, result: null(), stopped: Cell::new(false) };
    Ok(m.new_object(made).value())
}

fn pool(pools: Gc<Tuple>, i: usize) -> &'static [Value] {
    pools.slice().get(i).and_then(|p| p.downcast::<Tuple>()).map_or(&[], Gc::slice)
}

fn product_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Product>(m, v)?;
    if it.stopped.get() {
        return Ok(None);
    }
    let pools = it.pools.get();
    let n = pools.len();
    let Some(before) = it.result.get().non_null().and_then(Value::downcast::<Tuple>) else {
        it.stopped.set((0..n).any(|i| pool(pools, i).is_empty()));
        if it.stopped.get() {
            return Ok(None);
        }
        let result = pick(m, n, |i| pool(pools, i)[index_at(it.indices, i)]);
        it.result.set(result);
        return Ok(Some(result));
    };
    let (pools, indices, before) = (pools.slice(), it.indices.items_mut(), before.slice());
    // SAFETY: the pools are tuples: `product_new` made them.
    let items = |i: usize| unsafe { pools[i].cast::<Tuple>() }.slice();
    // The first place whose item is another one than before.
    let mut changed = n;
    loop {
        if changed == 0 {
            it.stopped.set(true);
            return Ok(None);
        }
        changed -= 1;
        let next = indices[changed].as_int() as usize + 1;
        let fits = next < items(changed).len();
        indices[changed] = Value::small(if fits { next as i64 } else { 0 });
        if fits {
            break;
        }
    }
    let item = |i: usize| if i < changed { before[i] } else { items(i)[indices[i].as_int() as usize] };
    let result = m.new_tuple_with(n, item).value();
    it.result.set(result);
    Ok(Some(result))
}

fn product_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Product>(m, v)?;
    let class = m.type_of(v).value();
    if it.stopped.get() {
        let empty = m.new_tuple(&[]).value();
        return Ok(m.reduced(class, &[empty], None));
    }
    let pools = it.pools.get().value();
    if it.result.get().is_null() {
        return Ok(m.new_tuple(&[class, pools]).value());
    }
    let indices = m.new_tuple(it.indices.items()).value();
    Ok(m.new_tuple(&[class, pools, indices]).value())
}

/// The indices of a state of `n` items, each brought into its bounds by `clamp`.
fn read_indices(m: &mut Machine, state: Value, into: Gc<List>, n: usize, clamp: impl Fn(usize, i64) -> i64) -> R<()> {
    let Some(items) = state.downcast::<Tuple>().map(Gc::slice).filter(|items| items.len() == n) else {
        return Err(m.value_error("invalid arguments"));
    };
    for (i, &item) in items.iter().enumerate() {
        if !m.is_int_instance(item) {
            return Err(m.type_error("an integer is required"));
        }
        let index = ssize(m, item)?;
        set_index(into, i, clamp(i, index).max(0) as usize);
    }
    Ok(())
}

fn product_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Product>(m, v)?;
    let pools = it.pools.get();
    let n = pools.len();
    read_indices(m, args.pos()[0], it.indices, n, |i, index| index.min(pool(pools, i).len() as i64 - 1))?;
    if (0..n).any(|i| pool(pools, i).is_empty()) {
        it.stopped.set(true);
        return Ok(Value::NONE);
    }
    let result = pick(m, n, |i| pool(pools, i)[index_at(it.indices, i)]);
    it.result.set(result);
    Ok(Value::NONE)
}

fn new<const REPEATED: bool>(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let name = if REPEATED { "combinations_with_replacement" } else { "combinations" };
    let [iterable, r] = args.bind(m, name, ["iterable", "r"], spec)?;
    let r = ssize(m, r)?;
    let pool = m.to_tuple(iterable)?;
    let Ok(r) = usize::try_from(r) else {
        return Err(m.value_error("r must be non-negative"));
    };
    let n = pool.len();
    let stopped = if REPEATED { n == 0 && r > 0 } else { r > n };
    let indices = indices(m, (0..if stopped { 0 } else { r }).map(|i| if REPEATED { 0 } else { i }));
    let header = Header::new(class);
    Ok(m.new_object(Combinations { header, pool, r, indices, result: null(), stopped: Cell::new(stopped) }).value())
}

fn next<const REPEATED: bool>(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Combinations>(m, v)?;
    if it.stopped.get() {
        return Ok(None);
    }
    let (n, r) = (it.pool.len(), it.r);
    if !it.result.get().is_null() {
        let greatest = |i: usize| if REPEATED { n - 1 } else { i + n - r };
        let Some(i) = (0..r).rev().find(|&i| index_at(it.indices, i) != greatest(i)) else {
            it.stopped.set(true);
            return Ok(None);
        };
        let index = index_at(it.indices, i) + 1;
        for j in i..r {
            set_index(it.indices, j, if REPEATED { index } else { index + j - i });
        }
    }
    let result = selection(m, it.pool, it.indices, r);
    it.result.set(result);
    Ok(Some(result))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Combinations>(m, v)?;
    let class = m.type_of(v).value();
    let r = Value::small(it.r as i64);
    if it.result.get().is_null() {
        return Ok(m.reduced(class, &[it.pool.value(), r], None));
    }
    if it.stopped.get() {
        let empty = m.new_tuple(&[]).value();
        return Ok(m.reduced(class, &[empty, r], None));
    }
    let indices = m.new_tuple(it.indices.items()).value();
    Ok(m.reduced(class, &[it.pool.value(), r], Some(indices)))
}

fn setstate<const REPEATED: bool>(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Combinations>(m, v)?;
    let (n, r) = (it.pool.len() as i64, it.r);
    if it.indices.len() != r {
        return Err(m.value_error("invalid arguments"));
    }
    read_indices(m, args.pos()[0], it.indices, r, |i, index| index.min(if REPEATED { n - 1 } else { i as i64 + n - r as i64 }))?;
    let result = selection(m, it.pool, it.indices, r);
    it.result.set(result);
    Ok(Value::NONE)
}

fn sizeof(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let n = this::<Combinations>(m, v)?.r;
    Ok(Value::small(64 + 8 * n as i64))
}
