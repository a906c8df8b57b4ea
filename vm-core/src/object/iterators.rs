//! Iterators over lists, tuples, anything with `__getitem__`, and over the results of a callable. Ranges, strings and dicts have
//! theirs beside them. The fields are plain, because specialised opcodes advance list and tuple iterators themselves.

use super::buffer::ValueVec;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::list::List;
use super::slots::Slots;
use super::tuple::Tuple;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use std::cell::Cell;

/// `list_iterator`, and `list_reverseiterator`, whose index is one above the next item's.
#[repr(C)]
pub struct ListIter {
    /// Its type.
    pub header: Header,
    /// The list; `NULL` when exhausted.
    pub list: Cell<Value>,
    /// Index of the next item.
    pub index: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for ListIter {
    const LAYOUT: &'static Layout = &layout_of::<ListIter>(LayoutId::ListIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.list.get());
    }
}

/// `tuple_iterator`.
#[repr(C)]
pub struct TupleIter {
    /// Its type.
    pub header: Header,
    /// The tuple; `NULL` when exhausted.
    pub tuple: Cell<Value>,
    /// Index of the next item.
    pub index: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for TupleIter {
    const LAYOUT: &'static Layout = &layout_of::<TupleIter>(LayoutId::TupleIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.tuple.get());
    }
}

/// `iterator`: over `__getitem__`.
#[repr(C)]
pub struct SeqIter {
    /// Its type.
    pub header: Header,
    /// The object; `NULL` when exhausted.
    pub sequence: Cell<Value>,
    /// Index of the next item.
    pub index: Cell<i64>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for SeqIter {
    const LAYOUT: &'static Layout = &layout_of::<SeqIter>(LayoutId::SeqIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.sequence.get());
    }
}

/// `callable_iterator`.
#[repr(C)]
pub struct CallableIter {
    /// Its type.
    pub header: Header,
    /// The callable; `NULL` when exhausted.
    pub callable: Cell<Value>,
    /// The value that ends the iteration.
    pub sentinel: Cell<Value>,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for CallableIter {
    const LAYOUT: &'static Layout = &layout_of::<CallableIter>(LayoutId::CallableIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.callable.get());
        m.mark(self.sentinel.get());
    }
}

/// `list_iterator`.
pub static LIST: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(list_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, list_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, list_reduce),
        MethodDef::new("__setstate__", Convention::O, list_setstate),
    ],
    ..TypeSpec::new("list_iterator", ListIter::LAYOUT)
};

/// `list_reverseiterator`.
pub static LIST_REVERSE: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(reverse_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, reverse_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, reverse_reduce),
        MethodDef::new("__setstate__", Convention::O, reverse_setstate),
    ],
    ..TypeSpec::new("list_reverseiterator", ListIter::LAYOUT)
};

/// `tuple_iterator`.
pub static TUPLE: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(tuple_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, tuple_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, tuple_reduce),
        MethodDef::new("__setstate__", Convention::O, tuple_setstate),
    ],
    ..TypeSpec::new("tuple_iterator", TupleIter::LAYOUT)
};

/// `iterator`.
pub static SEQ: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(seq_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, seq_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, seq_reduce),
        MethodDef::new("__setstate__", Convention::O, seq_setstate),
    ],
    ..TypeSpec::new("iterator", SeqIter::LAYOUT)
};

/// `callable_iterator`.
pub static CALLABLE: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(callable_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, callable_reduce)],
    ..TypeSpec::new("callable_iterator", CallableIter::LAYOUT)
};

/// `__iter__` of iterators.
pub(crate) fn same(_: &mut Machine, v: Value) -> R<Value> {
    Ok(v)
}

/// A native iterator as its struct; the class machinery has checked it.
#[inline(always)]
pub(crate) fn as_iterator<T: Payload>(m: &mut Machine, v: Value) -> R<Gc<T>> {
    match v.downcast::<T>() {
        Some(it) => Ok(it),
        None => Err(not_the_iterator(m, v)),
    }
}

#[cold]
#[inline(never)]
fn not_the_iterator(m: &mut Machine, v: Value) -> Raised {
    let name = m.type_name(v);
    m.type_error(&format!("'{name}' object is not the iterator expected"))
}

impl Machine {
    /// `iter(list)`.
    pub fn new_list_iter(&mut self, list: Gc<List>) -> Value {
        let header = Header::new(self.types.list_iter);
        self.new_object(ListIter { header, list: Cell::new(list.value()), index: Cell::new(0) }).value()
    }

    /// `reversed(list)`.
    pub fn new_list_reverse_iter(&mut self, list: Gc<List>) -> Value {
        let header = Header::new(self.types.list_reverse_iter);
        self.new_object(ListIter { header, list: Cell::new(list.value()), index: Cell::new(list.len()) }).value()
    }

    /// `iter(tuple)`.
    pub fn new_tuple_iter(&mut self, tuple: Gc<Tuple>) -> Value {
        let header = Header::new(self.types.tuple_iter);
        self.new_object(TupleIter { header, tuple: Cell::new(tuple.value()), index: Cell::new(0) }).value()
    }

    /// The iterator of a class that has `__getitem__` but no `__iter__`.
    pub fn new_seq_iter(&mut self, object: Value) -> R<Value> {
        let header = Header::new(self.types.seq_iter);
        Ok(self.new_object(SeqIter { header, sequence: Cell::new(object), index: Cell::new(0) }).value())
    }

    /// `iter(callable, sentinel)`.
    pub fn callable_iterator(&mut self, callable: Value, sentinel: Value) -> R<Value> {
        if self.type_of(callable).slot(|s| s.call).is_none() {
            return Err(self.type_error("iter(v, w): v must be callable"));
        }
        let header = Header::new(self.types.callable_iter);
        Ok(self.new_object(CallableIter { header, callable: Cell::new(callable), sentinel: Cell::new(sentinel) }).value())
    }

    /// `(builtin, (args…), state)`, what iterators reduce to.
    pub(crate) fn reduced(&mut self, callable: Value, args: &[Value], state: Option<Value>) -> Value {
        let args = self.new_tuple(args).value();
        match state {
            Some(state) => self.new_tuple(&[callable, args, state]).value(),
            None => self.new_tuple(&[callable, args]).value(),
        }
    }

    /// What an exhausted iterator reduces to.
    fn reduced_empty(&mut self, tuple: bool) -> R<Value> {
        let iter = self.builtin_named("iter")?;
        let empty = if tuple { self.new_tuple(&[]).value() } else { self.new_list(&[]).value() };
        Ok(self.reduced(iter, &[empty], None))
    }
}

fn list_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<ListIter>(m, v)?;
    let Some(list) = it.list.get().downcast::<List>() else { return Ok(None) };
    let i = it.index.get();
    let item = list.get(i);
    if item.is_some() {
        it.index.set(i + 1);
    } else {
        it.list.set(Value::NULL);
    }
    Ok(item)
}

fn list_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let left = it.list.get().downcast::<List>().map_or(0, |l| l.len().saturating_sub(it.index.get()));
    Ok(m.int_from_usize(left))
}

fn list_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let Some(list) = it.list.get().non_null() else { return m.reduced_empty(false) };
    let iter = m.builtin_named("iter")?;
    let index = m.int_from_usize(it.index.get());
    Ok(m.reduced(iter, &[list], Some(index)))
}

fn list_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let i = m.index_argument(args.pos()[0])?;
    if let Some(list) = it.list.get().downcast::<List>() {
        it.index.set((i.max(0) as usize).min(list.len()));
    }
    Ok(Value::NONE)
}

fn reverse_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<ListIter>(m, v)?;
    let Some(list) = it.list.get().downcast::<List>() else { return Ok(None) };
    if let Some(i) = it.index.get().checked_sub(1)
        && let Some(item) = list.get(i)
    {
        it.index.set(i);
        return Ok(Some(item));
    }
    it.index.set(0);
    it.list.set(Value::NULL);
    Ok(None)
}

/// All that is left of an exact reverse iterator of a list, which has ended then.
pub(super) fn rest_reversed(m: &mut Machine, v: Value) -> Option<ValueVec> {
    let it = v.downcast::<ListIter>()?;
    let left = it.index.replace(0);
    let list = it.list.replace(Value::NULL).downcast::<List>()?;
    let mut items = ValueVec::from_slice(m, list.items().get(..left)?);
    items.reverse();
    Some(items)
}

fn reverse_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let left = it.index.get();
    let has = it.list.get().downcast::<List>().is_some_and(|l| l.len() >= left);
    Ok(m.int_from_usize(if has { left } else { 0 }))
}

fn reverse_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let Some(list) = it.list.get().non_null() else { return m.reduced_empty(false) };
    let class = m.builtin_named("reversed")?;
    Ok(m.reduced(class, &[list], Some(Value::small(it.index.get() as i64 - 1))))
}

fn reverse_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<ListIter>(m, v)?;
    let i = m.index_argument(args.pos()[0])?;
    if let Some(list) = it.list.get().downcast::<List>() {
        it.index.set((i.clamp(-1, i64::MAX - 1) + 1).min(list.len() as i64) as usize);
    }
    Ok(Value::NONE)
}

fn tuple_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<TupleIter>(m, v)?;
    let Some(tuple) = it.tuple.get().downcast::<Tuple>() else { return Ok(None) };
    let i = it.index.get();
    let item = tuple.slice().get(i).copied();
    if item.is_some() {
        it.index.set(i + 1);
    } else {
        it.tuple.set(Value::NULL);
    }
    Ok(item)
}

fn tuple_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<TupleIter>(m, v)?;
    let left = it.tuple.get().downcast::<Tuple>().map_or(0, |t| t.len().saturating_sub(it.index.get()));
    Ok(m.int_from_usize(left))
}

fn tuple_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<TupleIter>(m, v)?;
    let Some(tuple) = it.tuple.get().non_null() else { return m.reduced_empty(true) };
    let iter = m.builtin_named("iter")?;
    let index = m.int_from_usize(it.index.get());
    Ok(m.reduced(iter, &[tuple], Some(index)))
}

fn tuple_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<TupleIter>(m, v)?;
    let i = m.index_argument(args.pos()[0])?;
    if let Some(tuple) = it.tuple.get().downcast::<Tuple>() {
        it.index.set((i.max(0) as usize).min(tuple.len()));
    }
    Ok(Value::NONE)
}

fn seq_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<SeqIter>(m, v)?;
    let Some(sequence) = it.sequence.get().non_null() else { return Ok(None) };
    let i = it.index.get();
    if i == i64::MAX {
        return Err(m.overflow_error("iter index too large"));
    }
    let key = m.new_int(i);
    match m.get_item(sequence, key) {
        Ok(item) => {
            it.index.set(i + 1);
            Ok(Some(item))
        }
        Err(Raised) => {
            let (index_error, stop_iteration) = (m.exceptions.index_error, m.exceptions.stop_iteration);
            if !m.pending_is(index_error) && !m.pending_is(stop_iteration) {
                return Err(Raised);
            }
            m.take_raised();
            it.sequence.set(Value::NULL);
            Ok(None)
        }
    }
}

fn seq_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<SeqIter>(m, v)?;
    let Some(sequence) = it.sequence.get().non_null() else { return Ok(Value::small(0)) };
    if m.type_of(sequence).slot(|s| s.len).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let left = m.len(sequence)? as i64 - it.index.get();
    Ok(m.new_int(left.max(0)))
}

fn seq_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<SeqIter>(m, v)?;
    let Some(sequence) = it.sequence.get().non_null() else { return m.reduced_empty(true) };
    let iter = m.builtin_named("iter")?;
    let index = m.new_int(it.index.get());
    Ok(m.reduced(iter, &[sequence], Some(index)))
}

fn seq_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<SeqIter>(m, v)?;
    let i = m.index_argument(args.pos()[0])?;
    if !it.sequence.get().is_null() {
        it.index.set(i.max(0));
    }
    Ok(Value::NONE)
}

fn callable_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<CallableIter>(m, v)?;
    let Some(callable) = it.callable.get().non_null() else { return Ok(None) };
    let result = m.call(callable, &[]);
    let stop_iteration = m.exceptions.stop_iteration;
    if let Some(item) = m.catch(result, stop_iteration)? {
        // The call may have exhausted this very iterator.
        if it.callable.get().is_null() {
            return Ok(None);
        }
        if !m.equal(it.sentinel.get(), item)? {
            return Ok(Some(item));
        }
    }
    it.callable.set(Value::NULL);
    it.sentinel.set(Value::NULL);
    Ok(None)
}

fn callable_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<CallableIter>(m, v)?;
    let Some(callable) = it.callable.get().non_null() else { return m.reduced_empty(true) };
    let iter = m.builtin_named("iter")?;
    Ok(m.reduced(iter, &[callable, it.sentinel.get()], None))
}
