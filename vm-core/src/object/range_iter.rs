//! Iterators over ranges: machine integers for `range_iterator`, which the specialised `FOR_ITER` advances itself, and integers of
//! any size for `longrange_iterator`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::int_arith;
use super::iterators::{as_iterator, same};
use super::range::{Range, big, last};
use super::slots::Slots;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use num_traits::Zero;
use std::cell::Cell;

/// `range_iterator`.
#[repr(C)]
pub struct RangeIter {
    /// Its type.
    pub header: Header,
    /// The next item, while any remains. CPython's counts in C longs; here every item is held in its word, so the few ranges between 62
    /// and 64 bits have a `longrange_iterator`.
    pub next: Cell<i64>,
    /// Distance of items.
    pub step: i64,
    /// Items to come.
    pub remaining: Cell<i64>,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for RangeIter {
    const LAYOUT: &'static Layout = &layout_of::<RangeIter>(LayoutId::RangeIter);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// `longrange_iterator`.
#[repr(C)]
pub struct LongRangeIter {
    /// Its type.
    pub header: Header,
    /// The next item.
    pub next: Cell<Value>,
    /// Distance of items.
    pub step: Value,
    /// Items to come.
    pub remaining: Cell<Value>,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for LongRangeIter {
    const LAYOUT: &'static Layout = &layout_of::<LongRangeIter>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.next.get());
        m.mark(self.step);
        m.mark(self.remaining.get());
    }
}

/// `range_iterator`.
pub static ITER: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, hint),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::new("__setstate__", Convention::O, setstate),
    ],
    ..TypeSpec::new("range_iterator", RangeIter::LAYOUT)
};

/// `longrange_iterator`.
pub static LONG_ITER: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(long_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, |m, v, _| Ok(as_iterator::<LongRangeIter>(m, v)?.remaining.get())),
        MethodDef::new("__reduce__", Convention::NoArgs, long_reduce),
        MethodDef::new("__setstate__", Convention::O, long_setstate),
    ],
    ..TypeSpec::new("longrange_iterator", LongRangeIter::LAYOUT)
};

impl Machine {
    fn short_iter(&mut self, next: i64, step: i64, remaining: i64) -> Value {
        let header = Header::new(self.types.range_iter);
        self.new_object(RangeIter { header, next: Cell::new(next), step, remaining: Cell::new(remaining) }).value()
    }

    fn long_iter(&mut self, next: Value, step: Value, remaining: Value) -> Value {
        let header = Header::new(self.types.long_range_iter);
        self.new_object(LongRangeIter { header, next: Cell::new(next), step, remaining: Cell::new(remaining) }).value()
    }

    /// `iter(range)`.
    pub fn new_range_iter(&mut self, r: Gc<Range>) -> Value {
        match r.words() {
            Some((start, step, length)) if all_small(start, step, length) => self.short_iter(start, step, length),
            _ => self.long_iter(r.start, r.step, r.length),
        }
    }

    /// `reversed(range)`.
    pub fn new_reversed_range_iter(&mut self, r: Gc<Range>) -> Value {
        if let Some((start, step, length)) = r.words()
            && let Some(down) = step.checked_neg()
        {
            if length == 0 {
                return self.short_iter(start, down, 0);
            }
            let from = i128::from(start) + i128::from(length - 1) * i128::from(step);
            if let Ok(from) = i64::try_from(from)
                && all_small(from, down, length)
            {
                return self.short_iter(from, down, length);
            }
        }
        let (start, step, length) = (big(r.start), big(r.step), big(r.length));
        let from = if length.is_zero() { start } else { last(&start, &step, &length) };
        let (from, step) = (self.int_from_bigint(from), self.int_from_bigint(-step));
        self.long_iter(from, step, r.length)
    }
}

/// Whether every item is an integer held in the word.
fn all_small(start: i64, step: i64, length: i64) -> bool {
    let last = i128::from(start) + i128::from(step) * i128::from((length - 1).max(0));
    Value::try_int(start).is_some() && i64::try_from(last).is_ok_and(|last| Value::try_int(last).is_some())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<RangeIter>(m, v)?;
    let left = it.remaining.get();
    if left <= 0 {
        return Ok(None);
    }
    let item = it.next.get();
    it.remaining.set(left - 1);
    it.next.set(item.wrapping_add(it.step));
    Ok(Some(m.new_int(item)))
}

fn hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<RangeIter>(m, v)?;
    Ok(m.new_int(it.remaining.get()))
}

fn reduced(m: &mut Machine, next: Value, step: Value, remaining: Value) -> R<Value> {
    let stop = m.int_from_bigint(big(next) + big(remaining) * big(step));
    let range = m.new_range(next, stop, step).value();
    let iter = m.builtin_named("iter")?;
    Ok(m.reduced(iter, &[range], Some(Value::NONE)))
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<RangeIter>(m, v)?;
    let (next, step, remaining) = (m.new_int(it.next.get()), m.new_int(it.step), m.new_int(it.remaining.get()));
    reduced(m, next, step, remaining)
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<RangeIter>(m, v)?;
    let skip = m.index_argument(args.pos()[0])?.clamp(0, it.remaining.get().max(0));
    it.next.set(it.next.get().wrapping_add(skip.wrapping_mul(it.step)));
    it.remaining.set(it.remaining.get() - skip);
    Ok(Value::NONE)
}

fn long_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<LongRangeIter>(m, v)?;
    let (item, left) = (it.next.get(), it.remaining.get());
    if left.is_int() && left.as_int() <= 0 {
        return Ok(None);
    }
    let following = int_arith::add_any(m, item, it.step)?;
    let left = int_arith::sub_any(m, left, Value::small(1))?;
    it.next.set(following);
    it.remaining.set(left);
    Ok(Some(item))
}

fn long_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<LongRangeIter>(m, v)?;
    reduced(m, it.next.get(), it.step, it.remaining.get())
}

fn long_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<LongRangeIter>(m, v)?;
    let left = big(it.remaining.get());
    let skip = m.index_bigint(args.pos()[0])?.clamp(Zero::zero(), left.clone().max(Zero::zero()));
    let next = m.int_from_bigint(big(it.next.get()) + &skip * big(it.step));
    let left = m.int_from_bigint(left - skip);
    it.next.set(next);
    it.remaining.set(left);
    Ok(Value::NONE)
}
