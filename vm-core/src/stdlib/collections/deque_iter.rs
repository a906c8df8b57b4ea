//! The iterators over a `deque`, in both directions.

use super::deque::DEQUE;
use super::ring::Deque;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `_deque_iterator` and `_deque_reverse_iterator`.
    struct DequeIter {
        /// The deque.
        deque: Gc<Deque>,
        /// Items given.
        given: Cell<usize>,
        /// Items not given yet.
        left: Cell<usize>,
        /// The deque's state when the iteration began.
        state: u64,
    }
}

/// `collections._deque_iterator`.
pub(super) static FORWARD: TypeSpec = iterator::<false>("collections._deque_iterator");
/// `collections._deque_reverse_iterator`.
pub(super) static REVERSE: TypeSpec = iterator::<true>("collections._deque_reverse_iterator");

const fn iterator<const BACK: bool>(name: &'static str) -> TypeSpec {
    TypeSpec {
        slots: Slots { new: Some(new::<BACK>), iter: Some(same), iternext: Some(next::<BACK>), ..Slots::EMPTY },
        methods: METHODS,
        ..TypeSpec::new(name, DequeIter::LAYOUT)
    }
}

const METHODS: &[MethodDef] = &[
    MethodDef::new("__length_hint__", Convention::NoArgs, |m, v, _| {
        let left = this::<DequeIter>(m, v)?.left.get();
        Ok(m.int_from_usize(left))
    }),
    MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let it = this::<DequeIter>(m, v)?;
        let class = m.type_of(v).value();
        let done = it.deque.len().saturating_sub(it.left.get());
        Ok(m.reduced(class, &[it.deque.value(), Value::small(done as i64)], None))
    }),
];

/// An iterator over a deque.
pub(super) fn new_iterator(m: &mut Machine, deque: Gc<Deque>, back: bool) -> Value {
    let header = Header::new(m.native_type(if back { &REVERSE } else { &FORWARD }));
    let (given, left) = (Cell::new(0), Cell::new(deque.len()));
    m.new_object(DequeIter { header, deque, given, left, state: deque.state.get() }).value()
}

fn new<const BACK: bool>(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let pos = args.pos();
    if pos.is_empty() || pos.len() > 2 {
        let (n, at) = (pos.len(), if pos.is_empty() { "at least 1 argument" } else { "at most 2 arguments" });
        return Err(m.type_error(&format!("function takes {at} ({n} given)")));
    }
    let Some(deque) = pos[0].downcast::<Deque>() else {
        let (want, got) = (m.native_type(&DEQUE), m.type_name(pos[0]));
        return Err(m.type_error(&format!("argument 1 must be {}, not {got}", want.name_str())));
    };
    let skip = match pos.get(1) {
        Some(&n) => ssize(m, n)?.max(0) as usize,
        None => 0,
    };
    let made = new_iterator(m, deque, BACK);
    let it = this::<DequeIter>(m, made)?;
    let skip = skip.min(deque.len());
    it.given.set(skip);
    it.left.set(deque.len() - skip);
    Ok(made)
}

fn next<const BACK: bool>(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<DequeIter>(m, v)?;
    if it.state != it.deque.state.get() {
        it.left.set(0);
        return Err(m.runtime_error("deque mutated during iteration"));
    }
    let left = it.left.get();
    if left == 0 {
        return Ok(None);
    }
    let given = it.given.get();
    it.left.set(left - 1);
    it.given.set(given + 1);
    Ok(it.deque.get(if BACK { left - 1 } else { given }))
}
