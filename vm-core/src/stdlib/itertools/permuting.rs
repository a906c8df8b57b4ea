//! `permutations`.

use super::combining::{index_at, selection, set_index};
use super::indices;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, ssize, state_items, this};
use std::cell::Cell;

native_struct! {
    /// `permutations`.
    struct Permutations {
        /// The items.
        pool: Gc<Tuple>,
        /// How many are selected.
        r: usize,
        /// All indices, the selected ones first.
        indices: Gc<List>,
        /// For each selected place, how many items it still takes before it starts again.
        cycles: Gc<List>,
        /// The tuple given last, or `NULL`.
        result: Cell<Value>,
        /// Whether there is nothing more.
        stopped: Cell<bool>,
    }
}

/// `itertools.permutations`.
pub(super) static PERMUTATIONS: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new), iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| setstate(m, v, args))),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
            let it = this::<Permutations>(m, v)?;
            Ok(Value::small(72 + 8 * (it.pool.len() + it.r) as i64))
        }),
    ],
    doc: "permutations(iterable, r=None)\n--\n\nThe arrangements of r of the items, or of all.",
    ..TypeSpec::new("itertools.permutations", Permutations::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [iterable, r] = args.bind(m, "permutations", ["iterable", "r"], spec)?;
    let pool = m.to_tuple(iterable)?;
    let n = pool.len();
    let r = if r.is_null() || r.is_none() {
        n as i64
    } else if m.is_int_instance(r) {
        ssize(m, r)?
    } else {
        return Err(m.type_error("Expected int as r"));
    };
    let Ok(r) = usize::try_from(r) else {
        return Err(m.value_error("r must be non-negative"));
    };
    let places = r.min(n);
    let all = indices(m, 0..n);
    let cycles = indices(m, (0..places).map(|i| n - i));
    let header = Header::new(class);
    let made = Permutations { header, pool, r, indices: all, cycles, result: null(), stopped: Cell::new(r > n) };
    Ok(m.new_object(made).value())
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Permutations>(m, v)?;
    if it.stopped.get() {
        return Ok(None);
    }
    if !it.result.get().is_null() && !advance(&it) {
        it.stopped.set(true);
        return Ok(None);
    }
    let result = selection(m, it.pool, it.indices, it.r);
    it.result.set(result);
    Ok(Some(result))
}

/// Goes on to the next arrangement; false if there is none.
fn advance(it: &Permutations) -> bool {
    let n = it.pool.len();
    for i in (0..it.r).rev() {
        let left = index_at(it.cycles, i) - 1;
        let order = it.indices.items_mut();
        if left == 0 {
            // The items are few: one by one takes less than a call.
            let first = order[i];
            for k in i + 1..n {
                order[k - 1] = order[k];
            }
            order[n - 1] = first;
            set_index(it.cycles, i, n - i);
        } else {
            set_index(it.cycles, i, left);
            order.swap(i, n - left);
            return true;
        }
    }
    false
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Permutations>(m, v)?;
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
    let cycles = m.new_tuple(it.cycles.items()).value();
    let state = m.new_tuple(&[indices, cycles]).value();
    Ok(m.reduced(class, &[it.pool.value(), r], Some(state)))
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Permutations>(m, v)?;
    let items = state_items(m, args.pos()[0], 2, 2)?;
    let mut parts: [&[Value]; 2] = [&[]; 2];
    for (i, (part, item)) in parts.iter_mut().zip(items).enumerate() {
        match item.downcast::<Tuple>() {
            Some(t) => *part = t.slice(),
            None => {
                let (at, got) = (i + 1, m.type_name(*item));
                return Err(m.type_error(&format!("argument {at} must be tuple, not {got}")));
            }
        }
    }
    let [order, cycles] = parts;
    let n = it.pool.len();
    if order.len() != n || cycles.len() != it.r || it.cycles.len() != it.r {
        return Err(m.value_error("invalid arguments"));
    }
    for (i, &v) in order.iter().enumerate() {
        let index = ssize(m, v)?.min(n as i64 - 1).max(0);
        set_index(it.indices, i, index as usize);
    }
    for (i, &v) in cycles.iter().enumerate() {
        let left = ssize(m, v)?.min((n - i) as i64).max(1);
        set_index(it.cycles, i, left as usize);
    }
    let result = selection(m, it.pool, it.indices, it.r);
    it.result.set(result);
    Ok(Value::NONE)
}
