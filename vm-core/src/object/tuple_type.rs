//! `tuple`: operations and methods. Its memory is in `tuple.rs`, what it shares with `list` in `sequence.rs`.

use super::buffer::copy_values;
use super::header::{Gc, Payload};
use super::sequence::{self, Seq};
use super::slice::Slice;
use super::slots::{Compare, Slots};
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use crate::text::hash;

/// `tuple`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF | TypeFlags::SEQUENCE,
    slots: Slots {
        new: Some(new),
        getattro: Some(super::attr::generic_get_attr),
        repr: Some(|m, v| {
            let t = own(m, v)?;
            sequence::repr(m, v, Seq::Tuple(t))
        }),
        hash: Some(hash),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let t = own(m, v)?;
            Ok(m.new_tuple_iter(t))
        }),
        len: Some(|m, v| Ok(own(m, v)?.len())),
        getitem: Some(getitem),
        contains: Some(|m, v, x| {
            let t = own(m, v)?;
            Ok(sequence::find(m, Seq::Tuple(t), x, 0, usize::MAX)?.is_some())
        }),
        concat: Some(concat),
        repeat: Some(repeat),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__getnewargs__", Convention::NoArgs, getnewargs),
        MethodDef::new("index", Convention::Fast, index),
        MethodDef::new("count", Convention::O, |m, v, args| {
            let t = own(m, v)?;
            sequence::count(m, Seq::Tuple(t), args.pos()[0])
        }),
        MethodDef::class("__class_getitem__", Convention::O, sequence::class_getitem),
    ],
    doc: "tuple(iterable=(), /)\n--\n\nBuilt-in immutable sequence.\n\nIf no argument is given, the constructor returns an empty tuple.\nIf iterable is specified the tuple is initialized from iterable's items.\n\nIf the argument is a tuple, the return value is the same object.",
    ..TypeSpec::new("tuple", Tuple::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<Tuple>> {
    match v.downcast::<Tuple>() {
        Some(t) => Ok(t),
        None => Err(m.type_error("expected a tuple")),
    }
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.types.tuple;
    m.refuse_keywords(class, base, "tuple", args)?;
    let given = Args::positional(args.pos()).between(m, "tuple", 0, 1)?;
    let made = match given {
        [x] => m.to_tuple(*x)?,
        _ => m.new_tuple(&[]),
    };
    if class == base {
        return Ok(made.value());
    }
    Ok(m.new_tuple_of(class, made.slice()).value())
}

impl Machine {
    /// `tuple(iterable)` (`PySequence_Tuple`): an exact tuple is itself.
    pub fn to_tuple(&mut self, iterable: Value) -> R<Gc<Tuple>> {
        if self.type_of(iterable) == self.types.tuple
            && let Some(t) = iterable.downcast::<Tuple>()
        {
            return Ok(t);
        }
        let items = self.collect(iterable)?;
        Ok(self.new_tuple(&items))
    }
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let t = own(m, v)?;
    m.guard_recursion("")?;
    hash::combine_tuple(t.slice().iter().map(|&x| m.hash_key_of(x)))
}

pub(super) fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (a.downcast::<Tuple>(), b.downcast::<Tuple>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    sequence::compare(m, Seq::Tuple(a), Seq::Tuple(b), op)
}

fn getitem(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    let t = own(m, v)?;
    if let Some(slice) = key.downcast::<Slice>() {
        let bounds = m.slice_bounds(slice, t.len())?;
        if bounds.count == t.len() && bounds.step == 1 && m.type_of(v) == m.types.tuple {
            return Ok(v);
        }
        if bounds.step == 1 {
            let from = bounds.start as usize;
            return Ok(m.new_tuple(&t.slice()[from..from + bounds.count]).value());
        }
        if bounds.count == 0 {
            return Ok(m.new_tuple(&[]).value());
        }
        // SAFETY: as many are written as there are indices.
        let made = unsafe { m.new_tuple_written(bounds.count, |data| bounds.copy_items(t.slice(), data)) };
        return Ok(made.value());
    }
    if !m.is_index(key) {
        let name = m.type_name(key);
        return Err(m.type_error(&format!("tuple indices must be integers or slices, not {name}")));
    }
    let i = m.index_i64(key)?;
    match sequence::position(i, t.len()) {
        Some(i) => Ok(t.slice()[i]),
        None => Err(m.index_error("tuple index out of range")),
    }
}

fn concat(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let t = own(m, a)?;
    let exact = m.types.tuple;
    if t.is_empty() && m.type_of(b) == exact {
        return Ok(b);
    }
    let Some(u) = b.downcast::<Tuple>() else {
        let name = m.type_name(b);
        return Err(m.type_error(&format!("can only concatenate tuple (not \"{name}\") to tuple")));
    };
    if u.is_empty() && m.type_of(a) == exact {
        return Ok(a);
    }
    if t.len() + u.len() > sequence::MAX_ITEMS {
        return Err(m.memory_error());
    }
    let len = t.len() + u.len();
    if len == 0 {
        return Ok(m.new_tuple(&[]).value());
    }
    // SAFETY: both are written one after the other.
    let made = unsafe {
        m.new_tuple_written(len, |data| {
            copy_values(data, t.slice());
            copy_values(data.add(t.len()), u.slice());
        })
    };
    Ok(made.value())
}

fn repeat(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let t = own(m, v)?;
    let n = m.index_argument(count)?;
    if (t.is_empty() || n == 1) && m.type_of(v) == m.types.tuple {
        return Ok(v);
    }
    let total = sequence::repeated_len(m, t.len(), n)?;
    if total == 0 {
        return Ok(m.new_tuple(&[]).value());
    }
    // SAFETY: so many are written.
    let made = unsafe { m.new_tuple_written(total, |data| sequence::repeat_items(t.slice(), total, data)) };
    Ok(made.value())
}

fn getnewargs(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let t = own(m, v)?;
    let copy = m.new_tuple(t.slice());
    Ok(m.new_tuple(&[copy.value()]).value())
}

fn index(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let t = own(m, v)?;
    match sequence::index(m, Seq::Tuple(t), args)? {
        Ok(i) => Ok(i),
        Err(_) => Err(m.value_error("tuple.index(x): x not in tuple")),
    }
}
