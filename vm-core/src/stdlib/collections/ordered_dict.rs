//! `collections.OrderedDict`: a dict, which keeps order anyway, with the operations on that order, a `__dict__` and views of its own.

use super::DictWord;
use super::ordered_update::{update, update_from};
use super::ordered_views::{iterate, view};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::dict_views::Part;
use crate::object::header::{Gc, Payload};
use crate::object::slots::{Compare, Slots};
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::native_struct::{short_name, this};

/// `collections.OrderedDict`.
pub(super) static ORDERED_DICT: TypeSpec = TypeSpec {
    base: Some(|t| t.dict),
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: size_of::<Dict>(),
    slots: Slots {
        init: Some(init),
        repr: Some(repr),
        getattro: Some(crate::object::attr::generic_get_attr),
        setattro: Some(crate::object::attr::generic_set_attr),
        richcompare: Some(compare),
        iter: Some(|m, v| Ok(iterate(m, v, Part::Key, false))),
        or: Some(or),
        ior: Some(|m, v, other| {
            update_from(m, v, other)?;
            Ok(v)
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::class("fromkeys", Convention::FastKeywords, from_keys),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| {
            let d = this::<Dict>(m, v)?;
            Ok(Value::small((d.size_in_cpython() + 56 + 8 * d.len().next_power_of_two() + 56 * d.len()) as i64))
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::new("setdefault", Convention::FastKeywords, set_default),
        MethodDef::new("pop", Convention::FastKeywords, pop),
        MethodDef::new("popitem", Convention::FastKeywords, pop_item),
        MethodDef::new("keys", Convention::NoArgs, |m, v, _| Ok(view(m, v, Part::Key))),
        MethodDef::new("values", Convention::NoArgs, |m, v, _| Ok(view(m, v, Part::Value))),
        MethodDef::new("items", Convention::NoArgs, |m, v, _| Ok(view(m, v, Part::Item))),
        MethodDef::new("update", Convention::VarArgsKeywords, |m, v, args| {
            if args.len() > 1 {
                let n = args.len();
                return Err(m.type_error(&format!("update() takes at most 1 positional argument ({n} given)")));
            }
            update(m, v, args)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("clear", Convention::NoArgs, |m, v, _| {
            this::<Dict>(m, v)?.clear(m);
            Ok(Value::NONE)
        }),
        MethodDef::new("copy", Convention::NoArgs, copy),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| Ok(iterate(m, v, Part::Key, true))),
        MethodDef::new("move_to_end", Convention::FastKeywords, move_to_end),
    ],
    getset: &[crate::object::object_type::DICT_CONST],
    doc: "Dictionary that remembers insertion order",
    finish: Some(|_, ty| ty.basic_size.set(DictWord::SIZE as u32)),
    ..TypeSpec::new("collections.OrderedDict", Dict::LAYOUT)
};

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    if args.len() > 1 {
        let n = args.len();
        return Err(m.type_error(&format!("expected at most 1 arguments, got {n}")));
    }
    update(m, v, args)
}

/// Whether the object's class is `OrderedDict` itself.
fn is_exact(m: &mut Machine, v: Value) -> bool {
    m.type_of(v) == m.native_type(&ORDERED_DICT)
}

fn from_keys(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [keys, value] = args.bind(m, "fromkeys", ["iterable", "value"], spec)?;
    let value = value.non_null().unwrap_or(Value::NONE);
    let made = m.call(class, &[])?;
    let iter = m.iter(keys)?;
    while let Some(key) = m.next(iter)? {
        m.set_item(made, key, value)?;
    }
    Ok(made)
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (getstate, items) = (m.names.getstate, m.names.items);
    let state = m.call_method(v, getstate, &[])?;
    let (class, empty) = (m.type_of(v).value(), m.new_tuple(&[]).value());
    let items = m.call_method(v, items, &[])?;
    let items = m.iter(items)?;
    Ok(m.new_tuple(&[class, empty, state, Value::NONE, items]).value())
}

fn set_default(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [key, default] = args.bind(m, "setdefault", ["key", "default"], spec)?;
    let default = default.non_null().unwrap_or(Value::NONE);
    if is_exact(m, v) {
        return this::<Dict>(m, v)?.set_default(m, key, default);
    }
    if m.contains(v, key)? {
        return m.get_item(v, key);
    }
    m.set_item(v, key, default)?;
    Ok(default)
}

fn pop(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [key, default] = args.bind(m, "pop", ["key", "default"], spec)?;
    match this::<Dict>(m, v)?.remove(m, key)?.or(default.non_null()) {
        Some(value) => Ok(value),
        None => Err(m.key_error(key)),
    }
}

fn pop_item(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [last] = args.bind(m, "popitem", ["last"], spec)?;
    let last = last.is_null() || m.truthy(last)?;
    let d = this::<Dict>(m, v)?;
    match if last { d.pop_last() } else { d.pop_first() } {
        Some((key, value)) => Ok(m.new_tuple(&[key, value]).value()),
        None => {
            let text = m.str_value("dictionary is empty");
            Err(m.key_error(text))
        }
    }
}

fn move_to_end(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [key, last] = args.bind(m, "move_to_end", ["key", "last"], spec)?;
    let last = last.is_null() || m.truthy(last)?;
    let d = this::<Dict>(m, v)?;
    let moved = !d.is_empty() && if last { d.move_to_end(m, key)? } else { d.move_to_front(m, key)? };
    if moved { Ok(Value::NONE) } else { Err(m.key_error(key)) }
}

fn copy(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let d = this::<Dict>(m, v)?;
    if is_exact(m, v) {
        let class = m.type_of(v);
        let made = m.new_dict_of(class);
        made.merge_dict(m, d, crate::object::dict::OnDuplicate::Replace)?;
        return Ok(made.value());
    }
    let class = m.type_of(v).value();
    let made = m.call(class, &[])?;
    let mut i = 0;
    while let Some((at, e)) = d.next_entry(i) {
        i = at + 1;
        let value = m.get_item(v, e.key)?;
        m.set_item(made, e.key, value)?;
    }
    Ok(made)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let d = this::<Dict>(m, v)?;
    let name = short_name(m, v);
    if d.is_empty() {
        return Ok(m.str_value(&format!("{name}()")));
    }
    if !m.repr_enter(v) {
        return Ok(m.str_value("..."));
    }
    let plain = d.copy(m).value();
    let shown = m.repr(plain);
    m.repr_leave();
    let text = [name.as_bytes(), b"(", shown?.bytes(), b")"].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Dict>(), b.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) || !m.is_native_instance(a, &ORDERED_DICT) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = match m.types.dict.slot(|s| s.richcompare) {
        Some(compare) => compare(m, a, b, Compare::Eq)? == Value::TRUE,
        None => false,
    };
    let same = same && (!m.is_native_instance(b, &ORDERED_DICT) || same_order(m, x, y)?);
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}

/// Whether the keys of two dicts of the same length come in the same order.
fn same_order(m: &mut Machine, a: Gc<Dict>, b: Gc<Dict>) -> R<bool> {
    let versions = (a.keys_version(m), b.keys_version(m));
    let (mut i, mut j) = (0, 0);
    loop {
        match (a.next_entry(i), b.next_entry(j)) {
            (Some((p, x)), Some((q, y))) => {
                (i, j) = (p + 1, q + 1);
                let same = m.equal(x.key, y.key)?;
                if (a.keys_version.get(), b.keys_version.get()) != versions {
                    return Err(m.runtime_error("OrderedDict mutated during iteration"));
                }
                if !same {
                    return Ok(false);
                }
            }
            (None, None) => return Ok(true),
            _ => return Ok(false),
        }
    }
}

fn or(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let (this, other) = if m.is_native_instance(left, &ORDERED_DICT) { (left, right) } else { (right, left) };
    if other.downcast::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let class = m.type_of(this).value();
    let made = m.call(class, &[left])?;
    update_from(m, made, right)?;
    Ok(made)
}
