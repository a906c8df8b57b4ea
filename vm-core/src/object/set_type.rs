//! `set`, `frozenset` and their iterator as Python sees them. The table is in `set.rs`, set algebra in `set_ops.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::set::Set;
use super::slots::{Compare, Slots};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use std::cell::Cell;

const SLOTS: Slots = Slots {
    repr: Some(repr),
    richcompare: Some(richcompare),
    iter: Some(iter),
    sub: Some(|m, a, b| operate(m, a, b, |m, a, b| Ok(a.difference(m, b)?.value()))),
    and: Some(|m, a, b| operate(m, a, b, |m, a, b| Ok(a.intersection(m, b)?.value()))),
    xor: Some(|m, a, b| operate(m, a, b, |m, a, b| Ok(a.symmetric_difference(m, b)?.value()))),
    or: Some(|m, a, b| operate(m, a, b, |m, a, b| Ok(a.union(m, b)?.value()))),
    len: Some(|m, this| Ok(this_set(m, this)?.len())),
    contains: Some(contains),
    ..Slots::EMPTY
};

/// `set`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        init: Some(init),
        new: Some(|m, class, _| Ok(m.new_set_of(class).value())),
        isub: Some(|m, a, b| operate(m, a, b, |m, a, b| a.difference_update(m, b).map(|()| a.value()))),
        iand: Some(|m, a, b| {
            operate(m, a, b, |m, a, b| {
                let result = a.intersection(m, b)?;
                a.swap(&result);
                Ok(a.value())
            })
        }),
        ixor: Some(|m, a, b| operate(m, a, b, |m, a, b| a.symmetric_difference_update(m, b).map(|()| a.value()))),
        ior: Some(|m, a, b| operate(m, a, b, |m, a, b| a.update(m, b).map(|()| a.value()))),
        ..SLOTS
    },
    methods: &[
        MethodDef::new("add", Convention::O, |m, this, args| {
            this_set(m, this)?.add(m, args.pos()[0])?;
            Ok(Value::NONE)
        }),
        MethodDef::new("clear", Convention::NoArgs, |m, this, _| {
            this_set(m, this)?.clear();
            Ok(Value::NONE)
        }),
        CONTAINS,
        MethodDef::new("copy", Convention::NoArgs, |m, this, _| Ok(this_set(m, this)?.copy(m)?.value())),
        MethodDef::new("discard", Convention::O, |m, this, args| {
            discard(m, this, args.pos()[0])?;
            Ok(Value::NONE)
        }),
        DIFFERENCE,
        MethodDef::new("difference_update", Convention::Fast, |m, this, args| {
            each(m, this, args, |m, set, other| set.difference_update(m, other))
        }),
        INTERSECTION,
        MethodDef::new("intersection_update", Convention::Fast, |m, this, args| {
            let result = intersection(m, this, args)?;
            let result = this_set(m, result)?;
            this_set(m, this)?.swap(&result);
            Ok(Value::NONE)
        }),
        ISDISJOINT,
        ISSUBSET,
        ISSUPERSET,
        MethodDef::new("pop", Convention::NoArgs, |m, this, _| match this_set(m, this)?.pop() {
            Some(key) => Ok(key),
            None => {
                let text = m.str_value("pop from an empty set");
                Err(m.key_error(text))
            }
        }),
        REDUCE,
        MethodDef::new("remove", Convention::O, |m, this, args| {
            let key = args.pos()[0];
            if discard(m, this, key)? { Ok(Value::NONE) } else { Err(m.key_error(key)) }
        }),
        SIZEOF,
        SYMMETRIC_DIFFERENCE,
        MethodDef::new("symmetric_difference_update", Convention::O, |m, this, args| {
            this_set(m, this)?.symmetric_difference_update(m, args.pos()[0])?;
            Ok(Value::NONE)
        }),
        UNION,
        MethodDef::new("update", Convention::Fast, |m, this, args| each(m, this, args, |m, set, other| set.update(m, other))),
        CLASS_GETITEM,
    ],
    doc: "set(iterable=(), /)\n--\n\nBuild an unordered collection of unique elements.",
    ..TypeSpec::new("set", Set::LAYOUT)
};

/// `frozenset`.
pub static FROZEN: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF | TypeFlags::HAS_WEAKREF,
    slots: Slots { hash: Some(hash), new: Some(new_frozen), ..SLOTS },
    methods: &[
        CONTAINS,
        MethodDef::new("copy", Convention::NoArgs, |m, this, _| {
            if m.type_of(this) == m.types.frozenset { Ok(this) } else { Ok(this_set(m, this)?.copy(m)?.value()) }
        }),
        DIFFERENCE,
        INTERSECTION,
        ISDISJOINT,
        ISSUBSET,
        ISSUPERSET,
        REDUCE,
        SIZEOF,
        SYMMETRIC_DIFFERENCE,
        UNION,
        CLASS_GETITEM,
    ],
    doc: "frozenset(iterable=(), /)\n--\n\nBuild an immutable unordered collection of unique elements.",
    ..TypeSpec::new("frozenset", Set::LAYOUT)
};

const CONTAINS: MethodDef =
    MethodDef::new("__contains__", Convention::O, |m, this, args| Ok(Value::from_bool(contains(m, this, args.pos()[0])?)));
const DIFFERENCE: MethodDef = MethodDef::new("difference", Convention::Fast, |m, this, args| {
    let set = this_set(m, this)?;
    let Some((&first, rest)) = args.pos().split_first() else { return Ok(set.copy(m)?.value()) };
    let result = set.difference(m, first)?;
    for &other in rest {
        result.difference_update(m, other)?;
    }
    Ok(result.value())
});
const INTERSECTION: MethodDef = MethodDef::new("intersection", Convention::Fast, intersection);
const ISDISJOINT: MethodDef =
    MethodDef::new("isdisjoint", Convention::O, |m, this, args| Ok(Value::from_bool(this_set(m, this)?.is_disjoint(m, args.pos()[0])?)));
const ISSUBSET: MethodDef =
    MethodDef::new("issubset", Convention::O, |m, this, args| Ok(Value::from_bool(this_set(m, this)?.is_subset(m, args.pos()[0])?)));
const ISSUPERSET: MethodDef =
    MethodDef::new("issuperset", Convention::O, |m, this, args| Ok(Value::from_bool(this_set(m, this)?.is_superset(m, args.pos()[0])?)));
const REDUCE: MethodDef = MethodDef::new("__reduce__", Convention::NoArgs, reduce);
const SIZEOF: MethodDef =
    MethodDef::new("__sizeof__", Convention::NoArgs, |m, this, _| Ok(Value::small(this_set(m, this)?.size_in_cpython() as i64)));
const SYMMETRIC_DIFFERENCE: MethodDef = MethodDef::new("symmetric_difference", Convention::O, |m, this, args| {
    Ok(this_set(m, this)?.symmetric_difference(m, args.pos()[0])?.value())
});
const UNION: MethodDef = MethodDef::new("union", Convention::Fast, |m, this, args| {
    let set = this_set(m, this)?;
    let Some((&first, rest)) = args.pos().split_first() else { return Ok(set.copy(m)?.value()) };
    let result = set.union(m, first)?;
    for &other in rest {
        if !other.is(this) {
            result.update(m, other)?;
        }
    }
    Ok(result.value())
});
const CLASS_GETITEM: MethodDef = MethodDef::class("__class_getitem__", Convention::O, super::dict_type::class_getitem);

#[inline(always)]
fn this_set(m: &mut Machine, this: Value) -> R<Gc<Set>> {
    match this.downcast::<Set>() {
        Some(set) => Ok(set),
        None => Err(no_set(m)),
    }
}

#[cold]
#[inline(never)]
fn no_set(m: &mut Machine) -> Raised {
    m.type_error("a set was expected")
}

/// An operator: declines unless both operands are sets.
fn operate(m: &mut Machine, left: Value, right: Value, f: impl FnOnce(&mut Machine, Gc<Set>, Value) -> R<Value>) -> R<Value> {
    match (left.downcast::<Set>(), right.downcast::<Set>()) {
        (Some(a), Some(_)) => f(m, a, right),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// A method that takes any number of iterables, one after the other.
fn each(m: &mut Machine, this: Value, args: Args<'_>, f: impl Fn(&mut Machine, Gc<Set>, Value) -> R<()>) -> R<Value> {
    let set = this_set(m, this)?;
    for &other in args.pos() {
        f(m, set, other)?;
    }
    Ok(Value::NONE)
}

fn init(m: &mut Machine, this: Value, args: Args<'_>) -> R<()> {
    let set = this_set(m, this)?;
    args.no_keywords(m, "set")?;
    let args = args.between(m, m.type_of(this).name_str(), 0, 1)?;
    set.clear();
    match args.first() {
        Some(&items) => set.update(m, items),
        None => Ok(()),
    }
}

fn new_frozen(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let plain = m.types.frozenset;
    // A subclass with an `__init__` of its own may take keywords.
    if class == plain || class.slot(|s| s.init).is_none() {
        args.no_keywords(m, "frozenset")?;
    }
    let name = class.name_str();
    let args = Args::positional(args.pos()).between(m, name, 0, 1)?;
    let Some(&items) = args.first() else { return Ok(m.new_set_of(class).value()) };
    if class == plain && m.type_of(items) == plain {
        return Ok(items);
    }
    let set = m.new_set_of(class);
    set.update(m, items)?;
    Ok(set.value())
}

/// After a failure to look up a key: if it is a set, which has no hash, a frozenset of the same items, to be looked up instead.
#[cold]
#[inline(never)]
fn as_key(m: &mut Machine, key: Value) -> R<Value> {
    let type_error = m.exceptions.type_error;
    let is_set = m.type_of(key).is_subtype_of(m.types.set);
    if !is_set || !m.pending_is(type_error) {
        return Err(Raised);
    }
    m.take_raised();
    let class = m.types.frozenset;
    let frozen = m.new_set_of(class);
    frozen.update(m, key)?;
    Ok(frozen.value())
}

fn contains(m: &mut Machine, this: Value, key: Value) -> R<bool> {
    let set = this_set(m, this)?;
    if let Ok(found) = set.contains(m, key) {
        return Ok(found);
    }
    let key = as_key(m, key)?;
    set.contains(m, key)
}

#[inline]
fn discard(m: &mut Machine, this: Value, key: Value) -> R<bool> {
    let set = this_set(m, this)?;
    if let Ok(found) = set.discard(m, key) {
        return Ok(found);
    }
    let key = as_key(m, key)?;
    set.discard(m, key)
}

fn intersection(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let set = this_set(m, this)?;
    if args.pos().is_empty() {
        return Ok(set.copy(m)?.value());
    }
    let mut result = set;
    for &other in args.pos() {
        result = result.intersection(m, other)?;
    }
    Ok(result.value())
}

fn richcompare(m: &mut Machine, this: Value, other: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (this.downcast::<Set>(), other.downcast::<Set>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (x, y) = (a.hash.get(), b.hash.get());
    let holds = match op {
        Compare::Eq | Compare::Ne => {
            let equal = a.len() == b.len() && !(x != -1 && y != -1 && x != y) && a.is_subset(m, other)?;
            equal == (op == Compare::Eq)
        }
        Compare::Le => a.is_subset(m, other)?,
        Compare::Ge => a.is_superset(m, other)?,
        Compare::Lt => a.len() < b.len() && a.is_subset(m, other)?,
        Compare::Gt => a.len() > b.len() && a.is_superset(m, other)?,
    };
    Ok(Value::from_bool(holds))
}

/// Independent of order: the hashes are shuffled and combined by exclusive or.
fn hash(m: &mut Machine, this: Value) -> R<i64> {
    let set = this_set(m, this)?;
    if set.hash.get() != -1 {
        return Ok(set.hash.get());
    }
    let shuffle = |h: u64| (h ^ 89_869_747 ^ (h << 16)).wrapping_mul(3_644_798_167);
    let mut h = set.iter().fold(0u64, |h, (_, key_hash)| h ^ shuffle(key_hash.cast_unsigned()));
    h ^= (set.len() as u64 + 1).wrapping_mul(1_927_868_237);
    h ^= (h >> 11) ^ (h >> 25);
    h = h.wrapping_mul(69_069).wrapping_add(907_133_923);
    let h = if h == u64::MAX { 590_923_713 } else { h.cast_signed() };
    set.hash.set(h);
    Ok(h)
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let set = this_set(m, this)?;
    let name = m.type_name(this);
    if !m.repr_enter(this) {
        return Ok(m.str_value(&format!("{name}(...)")));
    }
    let text = if set.is_empty() { Ok(format!("{name}()").into_bytes()) } else { keys_text(m, set, &name) };
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn keys_text(m: &mut Machine, set: Gc<Set>, name: &str) -> R<Vec<u8>> {
    let list = m.new_list(&[]);
    for (key, _) in set.iter() {
        list.push(m, key);
    }
    let shown = m.repr(list.value())?;
    let inner = shown.bytes().get(1..shown.bytes().len() - 1).unwrap_or_default();
    let plain = m.type_of(set.value()) == m.types.set;
    Ok(if plain { [b"{", inner, b"}"].concat() } else { [name.as_bytes(), b"({", inner, b"})"].concat() })
}

fn reduce(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let keys = m.collect(this)?;
    let list = m.list_from_vec(keys).value();
    let args = m.new_tuple(&[list]).value();
    let name = m.names.getstate;
    let state = m.call_method(this, name, &[])?;
    let class = m.type_of(this).value();
    Ok(m.new_tuple(&[class, args, state]).value())
}

/// A `set_iterator`.
#[repr(C)]
pub struct SetIter {
    /// Its type.
    pub header: Header,
    /// The set; `NULL` once exhausted.
    set: Cell<Value>,
    used: Cell<usize>,
    position: Cell<usize>,
    left: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for SetIter {
    const LAYOUT: &'static Layout = &layout_of::<SetIter>(LayoutId::SetIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.set.get());
    }
}

/// `set_iterator`.
pub static ITER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    slots: Slots { iter: Some(|_, this| Ok(this)), iternext: Some(next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, |m, this, _| {
            let it = this_iter(m, this)?;
            let n = match it.set.get().downcast::<Set>() {
                Some(set) if set.len() == it.used.get() => it.left.get(),
                _ => 0,
            };
            Ok(Value::small(n as i64))
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, this, _| {
            let it = this_iter(m, this)?;
            let header = Header::new(m.types.set_iter);
            let copy = m.new_object(SetIter {
                header,
                set: Cell::new(it.set.get()),
                used: Cell::new(it.used.get()),
                position: Cell::new(it.position.get()),
                left: Cell::new(it.left.get()),
            });
            super::dict_views::reduce_as_list(m, copy.value())
        }),
    ],
    ..TypeSpec::new("set_iterator", SetIter::LAYOUT)
};

fn this_iter(m: &mut Machine, this: Value) -> R<Gc<SetIter>> {
    match this.downcast::<SetIter>() {
        Some(it) => Ok(it),
        None => Err(m.type_error("a set iterator was expected")),
    }
}

fn iter(m: &mut Machine, this: Value) -> R<Value> {
    let set = this_set(m, this)?;
    let header = Header::new(m.types.set_iter);
    let it = SetIter { header, set: Cell::new(this), used: Cell::new(set.len()), position: Cell::new(0), left: Cell::new(set.len()) };
    Ok(m.new_object(it).value())
}

fn next(m: &mut Machine, this: Value) -> R<Option<Value>> {
    let it = this_iter(m, this)?;
    let Some(set) = it.set.get().downcast::<Set>() else { return Ok(None) };
    if it.used.get() != set.len() {
        it.used.set(usize::MAX);
        return Err(m.runtime_error("Set changed size during iteration"));
    }
    match set.next_key(it.position.get()) {
        Some((at, key, _)) => {
            it.position.set(at + 1);
            it.left.set(it.left.get().wrapping_sub(1));
            Ok(Some(key))
        }
        None => {
            it.set.set(Value::NULL);
            Ok(None)
        }
    }
}
