//! `collections.deque`. Its memory is in `ring.rs`, its iterators are in `deque_iter.rs`.

use super::deque_iter::new_iterator;
use super::ring::Deque;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::native_struct::{short_name, ssize, this};

const MUTATED: &str = "deque mutated during iteration";
const OUT_OF_RANGE: &str = "deque index out of range";

/// `collections.deque`.
pub(super) static DEQUE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF | TypeFlags::SEQUENCE,
    slots: Slots {
        new: Some(|m, class, _| Ok(m.new_object(Deque::empty(class)).value())),
        init: Some(init),
        repr: Some(repr),
        getattro: Some(crate::object::attr::generic_get_attr),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let d = this::<Deque>(m, v)?;
            Ok(new_iterator(m, d, false))
        }),
        len: Some(|m, v| Ok(this::<Deque>(m, v)?.len())),
        getitem: Some(get_item),
        setitem: Some(set_item),
        contains: Some(|m, v, wanted| Ok(find(m, v, wanted, 0, usize::MAX)?.is_some())),
        concat: Some(concat),
        repeat: Some(|m, v, n| {
            let made = copy(m, v)?;
            repeat_in_place(m, made, n)
        }),
        iconcat: Some(|m, v, other| {
            let d = this::<Deque>(m, v)?;
            extend_with(m, d, other)?;
            Ok(v)
        }),
        irepeat: Some(repeat_in_place),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("append", Convention::O, |m, v, args| {
            this::<Deque>(m, v)?.push_back(m, args.pos()[0]);
            Ok(Value::NONE)
        }),
        MethodDef::new("appendleft", Convention::O, |m, v, args| {
            this::<Deque>(m, v)?.push_front(m, args.pos()[0]);
            Ok(Value::NONE)
        }),
        MethodDef::new("clear", Convention::NoArgs, |m, v, _| {
            this::<Deque>(m, v)?.clear();
            Ok(Value::NONE)
        }),
        MethodDef::new("__copy__", Convention::NoArgs, |m, v, _| copy(m, v)),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| copy(m, v)),
        MethodDef::new("count", Convention::O, count),
        MethodDef::new("extend", Convention::O, |m, v, args| {
            let d = this::<Deque>(m, v)?;
            extend_with(m, d, args.pos()[0])?;
            Ok(Value::NONE)
        }),
        MethodDef::new("extendleft", Convention::O, extend_left),
        MethodDef::new("index", Convention::Fast, index),
        MethodDef::new("insert", Convention::Fast, insert),
        MethodDef::new("pop", Convention::NoArgs, |m, v, _| {
            let item = this::<Deque>(m, v)?.pop_back();
            item.ok_or_else(|| m.index_error("pop from an empty deque"))
        }),
        MethodDef::new("popleft", Convention::NoArgs, |m, v, _| {
            let item = this::<Deque>(m, v)?.pop_front();
            item.ok_or_else(|| m.index_error("pop from an empty deque"))
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::new("remove", Convention::O, remove),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| {
            let d = this::<Deque>(m, v)?;
            Ok(new_iterator(m, d, true))
        }),
        MethodDef::new("reverse", Convention::NoArgs, |m, v, _| {
            this::<Deque>(m, v)?.reverse();
            Ok(Value::NONE)
        }),
        MethodDef::new("rotate", Convention::Fast, |m, v, args| {
            let d = this::<Deque>(m, v)?;
            let n = match *args.between(m, "rotate", 0, 1)? {
                [n] => ssize(m, n)?,
                _ => 1,
            };
            d.rotate(n);
            Ok(Value::NONE)
        }),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
            let blocks = this::<Deque>(m, v)?.len() / 64 + 1;
            Ok(Value::small(232 + 528 * blocks as i64))
        }),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    getset: &[GetSetDef {
        name: "maxlen",
        get: |m, v| {
            let limit = this::<Deque>(m, v)?.limit.get();
            Ok(if limit < 0 { Value::NONE } else { m.new_int(limit) })
        },
        set: None,
    }],
    doc: "deque([iterable[, maxlen]])\n--\n\nA list-like sequence made for access near its two ends.",
    ..TypeSpec::new("collections.deque", Deque::LAYOUT)
};

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [iterable, limit] = args.bind(m, "deque", ["iterable", "maxlen"], spec)?;
    let d = this::<Deque>(m, v)?;
    let mut bound = -1;
    if !limit.is_null() && !limit.is_none() {
        if !m.is_int_instance(limit) {
            return Err(m.type_error("an integer is required"));
        }
        bound = ssize(m, limit)?;
        if bound < 0 {
            return Err(m.value_error("maxlen must be non-negative"));
        }
    }
    d.limit.set(bound);
    if d.len() > 0 {
        d.clear();
    }
    if iterable.is_null() { Ok(()) } else { extend_with(m, d, iterable) }
}

fn extend_with(m: &mut Machine, d: Gc<Deque>, iterable: Value) -> R<()> {
    if iterable.is(d.value()) {
        let items = m.collect(iterable)?;
        for &item in items.iter() {
            d.push_back(m, item);
        }
        return Ok(());
    }
    let iter = m.iter(iterable)?;
    while let Some(item) = m.next(iter)? {
        d.push_back(m, item);
    }
    Ok(())
}

fn extend_left(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let mut iterable = args.pos()[0];
    if iterable.is(v) {
        let items = m.collect(iterable)?;
        iterable = m.list_from_vec(items).value();
    }
    let iter = m.iter(iterable)?;
    while let Some(item) = m.next(iter)? {
        d.push_front(m, item);
    }
    Ok(Value::NONE)
}

fn copy(m: &mut Machine, v: Value) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let (class, plain) = (m.type_of(v), m.native_type(&DEQUE));
    if class == plain {
        let made = m.new_object(Deque::empty(class));
        made.limit.set(d.limit.get());
        for i in 0..d.len() {
            if let Some(item) = d.get(i) {
                made.push_back(m, item);
            }
        }
        return Ok(made.value());
    }
    let made = if d.limit.get() < 0 {
        m.call(class.value(), &[v])?
    } else {
        let limit = m.new_int(d.limit.get());
        m.call(class.value(), &[v, limit])?
    };
    if made.downcast::<Deque>().is_none() {
        let (want, got) = (class.name_str().to_owned(), m.type_name(made));
        return Err(m.type_error(&format!("{want}() must return a deque, not {got}")));
    }
    Ok(made)
}

/// Index of the first item equal to `wanted` from `start` on and before `stop`.
fn find(m: &mut Machine, v: Value, wanted: Value, start: usize, stop: usize) -> R<Option<usize>> {
    let d = this::<Deque>(m, v)?;
    let state = d.state.get();
    let mut i = start;
    while i < stop
        && let Some(item) = d.get(i)
    {
        if m.equal(item, wanted)? {
            return Ok(Some(i));
        }
        if d.state.get() != state {
            return Err(m.runtime_error(MUTATED));
        }
        i += 1;
    }
    Ok(None)
}

fn count(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let state = d.state.get();
    let (mut i, mut n) = (0, 0);
    while let Some(item) = d.get(i) {
        n += i64::from(m.equal(item, args.pos()[0])?);
        if d.state.get() != state {
            return Err(m.runtime_error(MUTATED));
        }
        i += 1;
    }
    Ok(Value::small(n))
}

fn not_in(m: &mut Machine, wanted: Value) -> crate::machine::Raised {
    match m.repr(wanted) {
        Ok(shown) => {
            let message = [shown.bytes(), b" is not in deque"].concat();
            m.raise_text(crate::text::error::TextError::value(message))
        }
        Err(raised) => raised,
    }
}

fn index(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let args = args.between(m, "index", 1, 3)?;
    let mut bounds = [0, i64::MAX];
    for (bound, &arg) in bounds.iter_mut().zip(&args[1..]) {
        *bound = m.search_bound(arg)?;
    }
    let len = d.len() as i64;
    let [start, stop] = bounds.map(|i| if i < 0 { (i + len).max(0) } else { i.min(len) } as usize);
    match find(m, v, args[0], start, stop)? {
        Some(i) => Ok(Value::small(i as i64)),
        None => Err(not_in(m, args[0])),
    }
}

fn insert(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let args = args.between(m, "insert", 2, 2)?;
    let i = ssize(m, args[0])?;
    let n = d.len() as i64;
    if d.limit.get() == n {
        return Err(m.index_error("deque already at its maximum size"));
    }
    if i >= n {
        d.push_back(m, args[1]);
    } else if i <= -n || i == 0 {
        d.push_front(m, args[1]);
    } else {
        d.rotate(-i);
        if i < 0 {
            d.push_back(m, args[1]);
        } else {
            d.push_front(m, args[1]);
        }
        d.rotate(i);
    }
    Ok(Value::NONE)
}

fn remove(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let state = d.state.get();
    let mut i = 0;
    while let Some(item) = d.get(i) {
        let equal = m.equal(item, args.pos()[0])?;
        if d.state.get() != state {
            return Err(m.index_error(MUTATED));
        }
        if equal {
            d.remove(i);
            return Ok(Value::NONE);
        }
        i += 1;
    }
    Err(not_in(m, args.pos()[0]))
}

/// The place that a subscript means.
fn place(m: &mut Machine, d: Gc<Deque>, key: Value) -> R<usize> {
    if !m.is_index(key) {
        let got = m.type_name(key);
        return Err(m.type_error(&format!("sequence index must be integer, not '{got}'")));
    }
    let i = m.index_i64(key)?;
    let i = if i < 0 { i + d.len() as i64 } else { i };
    match usize::try_from(i) {
        Ok(i) if i < d.len() => Ok(i),
        _ => Err(m.index_error(OUT_OF_RANGE)),
    }
}

fn get_item(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let i = place(m, d, key)?;
    Ok(d.get(i).unwrap_or(Value::NONE))
}

fn set_item(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    let d = this::<Deque>(m, v)?;
    let i = place(m, d, key)?;
    if value.is_null() {
        d.remove(i);
    } else {
        d.set(i, value);
    }
    Ok(())
}

fn concat(m: &mut Machine, v: Value, other: Value) -> R<Value> {
    if other.downcast::<Deque>().is_none() {
        let got = m.type_name(other);
        return Err(m.type_error(&format!("can only concatenate deque (not \"{got}\") to deque")));
    }
    let made = copy(m, v)?;
    let d = this::<Deque>(m, made)?;
    extend_with(m, d, other)?;
    Ok(made)
}

fn repeat_in_place(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let times = m.index_i64(count)?;
    let len = d.len();
    if len == 0 || times == 1 {
        return Ok(v);
    }
    if times <= 0 {
        d.clear();
        return Ok(v);
    }
    let limit = if d.limit.get() < 0 { usize::MAX } else { d.limit.get() as usize };
    let wanted = len.saturating_mul(times as usize);
    if wanted.min(limit) >= 1 << 29 {
        return Err(m.memory_error());
    }
    // With a limit, what the first rounds would have appended is gone at the end.
    let rounds = if limit == usize::MAX { times as usize } else { (limit / len + 2).min(times as usize) };
    let items = m.collect(v)?;
    for _ in 1..rounds {
        for &item in items.iter() {
            d.push_back(m, item);
        }
    }
    Ok(v)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Deque>(), b.downcast::<Deque>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let equality = matches!(op, Compare::Eq | Compare::Ne);
    if equality && (x == y || x.len() != y.len()) {
        return Ok(Value::from_bool((x == y) == (op == Compare::Eq)));
    }
    let (p, q) = (m.iter(a)?, m.iter(b)?);
    loop {
        let (item, other) = (m.next(p)?, m.next(q)?);
        let (Some(s), Some(t)) = (item, other) else {
            let order = item.is_some().cmp(&other.is_some());
            return Ok(Value::from_bool(op.holds(order)));
        };
        if !m.equal(s, t)? {
            return m.compare_bool(s, t, op).map(Value::from_bool);
        }
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    if !m.repr_enter(v) {
        return Ok(m.str_value("[...]"));
    }
    let text = text(m, v);
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn text(m: &mut Machine, v: Value) -> R<Vec<u8>> {
    let d = this::<Deque>(m, v)?;
    let items = m.collect(v)?;
    let list = m.list_from_vec(items).value();
    let shown = m.repr(list)?;
    let name = short_name(m, v);
    let limit = if d.limit.get() < 0 { ")".to_owned() } else { format!(", maxlen={})", d.limit.get()) };
    Ok([name.as_bytes(), b"(", shown.bytes(), limit.as_bytes()].concat())
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let d = this::<Deque>(m, v)?;
    let name = m.names.getstate;
    let state = m.call_method(v, name, &[])?;
    let iter = m.iter(v)?;
    let class = m.type_of(v).value();
    let args = if d.limit.get() < 0 {
        m.new_tuple(&[]).value()
    } else {
        let limit = m.new_int(d.limit.get());
        let empty = m.new_tuple(&[]).value();
        m.new_tuple(&[empty, limit]).value()
    };
    Ok(m.new_tuple(&[class, args, state, iter]).value())
}
