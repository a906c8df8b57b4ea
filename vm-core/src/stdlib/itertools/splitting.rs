//! `tee`: several iterators over one. What was read is kept in a chain of blocks; the collector takes those that all have passed.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, ssize, state_items, this};
use std::cell::Cell;

/// Items of a block.
const BLOCK: usize = 57;

native_struct! {
    /// `_tee`: one of the iterators.
    struct Tee {
        /// The block it reads.
        block: Cell<Gc<TeeData>>,
        /// Index of the next item there.
        index: Cell<usize>,
    }
}

native_struct! {
    /// `_tee_dataobject`: a block.
    struct TeeData {
        /// The iterator that all share.
        iter: Value,
        /// What was read.
        values: Gc<List>,
        /// The next block, or `NULL`.
        next: Cell<Value>,
        /// Whether the iterator is being asked.
        running: Cell<bool>,
    }
}

/// `itertools._tee`.
pub(super) static TEE: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__copy__", Convention::NoArgs, |m, v, _| copy(m, v)),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate(m, v, args))),
    ],
    doc: "Iterator wrapped to make it copyable.",
    ..TypeSpec::new("itertools._tee", Tee::LAYOUT)
};

/// `itertools._tee_dataobject`.
pub(super) static TEE_DATA: TypeSpec = TypeSpec {
    slots: Slots { new: Some(data_new), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| data_reduce(m, v, args)))],
    doc: "teedataobject(iterable, values, next, /)\n--\n\nItems that several iterators share.",
    ..TypeSpec::new("itertools._tee_dataobject", TeeData::LAYOUT)
};

/// `itertools.tee(iterable, n=2, /)`.
pub(super) fn tee(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "tee", 1, 2)?;
    let n = match args.get(1) {
        Some(&n) => ssize(m, n)?,
        None => 2,
    };
    if n < 0 {
        return Err(m.value_error("n must be >= 0"));
    }
    let all = m.new_list(&[]);
    if n > 0 {
        let iter = m.iter(args[0])?;
        let first = wrap(m, iter)?;
        all.push(m, first);
        for _ in 1..n {
            let another = copy(m, first)?;
            all.push(m, another);
        }
    }
    Ok(m.new_tuple(all.items()).value())
}

fn new_block(m: &mut Machine, iter: Value) -> Gc<TeeData> {
    let values = m.new_list(&[]);
    let header = Header::new(m.native_type(&TEE_DATA));
    m.new_object(TeeData { header, iter, values, next: null(), running: Cell::new(false) })
}

/// A copyable iterator over what an iterator gives.
fn wrap(m: &mut Machine, iter: Value) -> R<Value> {
    if iter.downcast::<Tee>().is_some() {
        return copy(m, iter);
    }
    let block = new_block(m, iter);
    let header = Header::new(m.native_type(&TEE));
    Ok(m.new_object(Tee { header, block: Cell::new(block), index: Cell::new(0) }).value())
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let iterable = args.between(m, "_tee", 1, 1)?[0];
    let iter = m.iter(iterable)?;
    wrap(m, iter)
}

fn copy(m: &mut Machine, v: Value) -> R<Value> {
    let it = this::<Tee>(m, v)?;
    let header = Header::new(m.native_type(&TEE));
    Ok(m.new_object(Tee { header, block: Cell::new(it.block.get()), index: Cell::new(it.index.get()) }).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Tee>(m, v)?;
    if it.index.get() >= BLOCK {
        let block = it.block.get();
        let following = match block.next.get().downcast::<TeeData>() {
            Some(following) => following,
            None => {
                let following = new_block(m, block.iter);
                block.next.set(following.value());
                following
            }
        };
        it.block.set(following);
        it.index.set(0);
    }
    let (block, i) = (it.block.get(), it.index.get());
    let item = match block.values.get(i) {
        Some(item) => item,
        None => {
            if block.running.replace(true) {
                return Err(m.runtime_error("cannot re-enter the tee iterator"));
            }
            let item = m.next_quickly(block.iter);
            block.running.set(false);
            let Some(item) = item? else { return Ok(None) };
            block.values.push(m, item);
            item
        }
    };
    it.index.set(i + 1);
    Ok(Some(item))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Tee>(m, v)?;
    let class = m.type_of(v).value();
    let empty = m.new_tuple(&[]).value();
    let state = m.new_tuple(&[it.block.get().value(), Value::small(it.index.get() as i64)]).value();
    Ok(m.reduced(class, &[empty], Some(state)))
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Tee>(m, v)?;
    let items = state_items(m, args.pos()[0], 2, 2)?;
    let Some(block) = items[0].downcast::<TeeData>() else {
        let got = m.type_name(items[0]);
        return Err(m.type_error(&format!("argument 1 must be itertools._tee_dataobject, not {got}")));
    };
    let index = ssize(m, items[1])?;
    if !(0..=BLOCK as i64).contains(&index) || index as usize > block.values.len() {
        return Err(m.value_error("Index out of range"));
    }
    it.block.set(block);
    it.index.set(index as usize);
    Ok(Value::NONE)
}

fn data_new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "teedataobject", 3, 3)?;
    let Some(values) = args[1].downcast::<List>() else {
        let got = m.type_name(args[1]);
        return Err(m.type_error(&format!("teedataobject() argument 2 must be list, not {got}")));
    };
    let (full, next) = (values.len() == BLOCK, args[2]);
    let fits = values.len() <= BLOCK && (next.is_none() || (full && next.downcast::<TeeData>().is_some()));
    if !fits {
        return Err(m.value_error("Invalid arguments"));
    }
    let block = new_block(m, args[0]);
    for &item in values.items() {
        block.values.push(m, item);
    }
    block.next.set(if next.is_none() { Value::NULL } else { next });
    Ok(block.value())
}

fn data_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let block = this::<TeeData>(m, v)?;
    let class = m.type_of(v).value();
    let values = m.new_list(block.values.items()).value();
    let next = block.next.get().non_null().unwrap_or(Value::NONE);
    Ok(m.reduced(class, &[block.iter, values, next], None))
}
