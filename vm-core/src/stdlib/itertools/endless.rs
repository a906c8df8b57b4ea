//! `count`, `cycle` and `repeat`: iterators that need not end.

use super::no_keywords;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::iterators::same;
use crate::object::list::List;
use crate::object::protocol::BinaryOp;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, short_name, ssize, state_items, this};
use std::cell::Cell;

native_struct! {
    /// `count`.
    struct Count {
        /// The next number.
        next: Cell<Value>,
        /// What is added each time.
        step: Value,
        /// Whether both are machine integers and the step is one.
        plain: Cell<bool>,
    }
}

native_struct! {
    /// `cycle`.
    struct Cycle {
        /// The iterator, until it is exhausted.
        iter: Cell<Value>,
        /// What it gave.
        saved: Cell<Gc<List>>,
        /// Index of the next item to repeat.
        index: Cell<usize>,
        /// Whether `saved` is complete although the iterator is not exhausted (an unpickled cycle).
        first_pass: Cell<bool>,
    }
}

native_struct! {
    /// `repeat`.
    struct Repeat {
        /// The object.
        element: Value,
        /// How often still; below zero for ever.
        left: Cell<i64>,
    }
}

/// `itertools.count`.
pub(super) static COUNT: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(count_new), repr: Some(count_repr), iter: Some(same), iternext: Some(count_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| count_reduce(m, v, args)))],
    doc: "count(start=0, step=1)\n--\n\nThe numbers start, start + step, start + 2 * step, … without end.",
    ..TypeSpec::new("itertools.count", Count::LAYOUT)
};

/// `itertools.cycle`.
pub(super) static CYCLE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(cycle_new), iter: Some(same), iternext: Some(cycle_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| cycle_reduce(m, v, args))),
        MethodDef::new("__setstate__", Convention::O, |m, v, args| super::outdated(m).and_then(|()| cycle_setstate(m, v, args))),
    ],
    doc: "cycle(iterable, /)\n--\n\nThe items of the iterable, then the same items again, without end.",
    ..TypeSpec::new("itertools.cycle", Cycle::LAYOUT)
};

/// `itertools.repeat`.
pub(super) static REPEAT: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(repeat_new), repr: Some(repeat_repr), iter: Some(same), iternext: Some(repeat_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, repeat_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, args| super::outdated(m).and_then(|()| repeat_reduce(m, v, args))),
    ],
    doc: "repeat(object [,times])\nThe same object the given number of times, or without end.",
    ..TypeSpec::new("itertools.repeat", Repeat::LAYOUT)
};

/// Whether the number protocol knows the object (`PyNumber_Check`).
fn is_number(m: &Machine, v: Value) -> bool {
    let ty = m.type_of(v);
    ty.slot(|s| s.index.or(s.int).or(s.float)).is_some() || m.is_int_instance(v) || ty.is_subtype_of(m.types.complex)
}

fn count_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [start, step] = args.bind(m, "count", ["start", "step"], spec)?;
    if [start, step].iter().any(|&v| !v.is_null() && !is_number(m, v)) {
        return Err(m.type_error("a number is required"));
    }
    let ints = [start, step].iter().all(|&v| v.is_null() || m.is_int_instance(v));
    let start = start.non_null().unwrap_or(Value::small(0));
    let step = step.non_null().unwrap_or(Value::small(1));
    let plain = ints && m.int_as_i64(step) == Some(1) && m.int_as_i64(start).is_some_and(|i| i < i64::MAX);
    let next = if plain { m.exact_int(start) } else { start };
    Ok(m.new_object(Count { header: Header::new(class), next: Cell::new(next), step, plain: Cell::new(plain) }).value())
}

fn count_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Count>(m, v)?;
    let now = it.next.get();
    if it.plain.get()
        && now.is_int()
        && let Some(next) = Value::try_int(now.as_int() + 1)
    {
        it.next.set(next);
        return Ok(Some(now));
    }
    let next = m.binary(BinaryOp::Add, now, it.step)?;
    it.next.set(next);
    if it.plain.get() && m.int_as_i64(next).is_none_or(|i| i == i64::MAX) {
        it.plain.set(false);
    }
    Ok(Some(now))
}

/// Whether the step is the int one, which is not shown.
fn unit_step(m: &Machine, it: &Count) -> bool {
    m.int_as_i64(it.step) == Some(1)
}

fn count_repr(m: &mut Machine, v: Value) -> R<Value> {
    let it = this::<Count>(m, v)?;
    let name = short_name(m, v);
    let next = m.repr(it.next.get())?;
    let text = if unit_step(m, &it) {
        [name.as_bytes(), b"(", next.bytes(), b")"].concat()
    } else {
        let step = m.repr(it.step)?;
        [name.as_bytes(), b"(", next.bytes(), b", ", step.bytes(), b")"].concat()
    };
    Ok(m.new_str_wtf8(&text)?.value())
}

fn count_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Count>(m, v)?;
    let class = m.type_of(v).value();
    let args = [it.next.get(), it.step];
    Ok(m.reduced(class, if it.plain.get() { &args[..1] } else { &args }, None))
}

fn cycle_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    no_keywords(m, class, &CYCLE, "cycle", args)?;
    let iterable = Args::positional(args.pos()).between(m, "cycle", 1, 1)?[0];
    let iter = m.iter(iterable)?;
    let saved = m.new_list(&[]);
    let header = Header::new(class);
    let made = Cycle { header, iter: Cell::new(iter), saved: Cell::new(saved), index: Cell::new(0), first_pass: Cell::new(false) };
    Ok(m.new_object(made).value())
}

fn cycle_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Cycle>(m, v)?;
    if let Some(iter) = it.iter.get().non_null() {
        if let Some(item) = m.next_quickly(iter)? {
            if !it.first_pass.get() {
                it.saved.get().push(m, item);
            }
            return Ok(Some(item));
        }
        it.iter.set(Value::NULL);
    }
    let i = it.index.get();
    let item = it.saved.get().get(i);
    it.index.set(if i + 1 < it.saved.get().len() { i + 1 } else { 0 });
    Ok(item)
}

fn cycle_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Cycle>(m, v)?;
    let class = m.type_of(v).value();
    let saved = it.saved.get().value();
    let (iter, first_pass) = match it.iter.get().non_null() {
        Some(iter) => (iter, it.first_pass.get()),
        None => {
            let iter = m.iter(saved)?;
            if it.index.get() != 0 {
                let name = m.intern("__setstate__");
                m.call_method(iter, name, &[Value::small(it.index.get() as i64)])?;
            }
            (iter, true)
        }
    };
    let state = m.new_tuple(&[saved, Value::from_bool(first_pass)]).value();
    Ok(m.reduced(class, &[iter], Some(state)))
}

fn cycle_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<Cycle>(m, v)?;
    let items = state_items(m, args.pos()[0], 2, 2)?;
    let Some(saved) = items[0].downcast::<List>() else {
        let got = m.type_name(items[0]);
        return Err(m.type_error(&format!("argument 1 must be list, not {got}")));
    };
    let first_pass = ssize(m, items[1])? != 0;
    it.saved.set(saved);
    it.first_pass.set(first_pass);
    it.index.set(0);
    Ok(Value::NONE)
}

fn repeat_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [element, times] = args.bind(m, "repeat", ["object", "times"], spec)?;
    let left = if times.is_null() { -1 } else { ssize(m, times)?.max(0) };
    Ok(m.new_object(Repeat { header: Header::new(class), element, left: Cell::new(left) }).value())
}

fn repeat_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<Repeat>(m, v)?;
    match it.left.get() {
        0 => return Ok(None),
        n if n > 0 => it.left.set(n - 1),
        _ => {}
    }
    Ok(Some(it.element))
}

fn repeat_repr(m: &mut Machine, v: Value) -> R<Value> {
    let it = this::<Repeat>(m, v)?;
    let name = short_name(m, v);
    let shown = m.repr(it.element)?;
    let times = if it.left.get() < 0 { ")".to_owned() } else { format!(", {})", it.left.get()) };
    let text = [name.as_bytes(), b"(", shown.bytes(), times.as_bytes()].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

fn repeat_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Repeat>(m, v)?;
    if it.left.get() < 0 {
        return Err(m.type_error("len() of unsized object"));
    }
    Ok(m.new_int(it.left.get()))
}

fn repeat_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<Repeat>(m, v)?;
    let class = m.type_of(v).value();
    let left = m.new_int(it.left.get());
    let args = [it.element, left];
    Ok(m.reduced(class, if it.left.get() < 0 { &args[..1] } else { &args }, None))
}
