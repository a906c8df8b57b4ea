//! `dict` as Python sees it: operations and methods. The table is in `dict.rs`, views and iterators are in `dict_views.rs`.

use super::dict::{Dict, OnDuplicate, Quick};
use super::dict_views::{Part, new_iterator, new_view};
use super::header::{Gc, Payload};
use super::slots::{Compare, Slots};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};

/// `dict`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MAPPING | TypeFlags::MATCH_SELF,
    slots: Slots {
        repr: Some(repr),
        richcompare: Some(richcompare),
        iter: Some(iter),
        init: Some(init),
        new: Some(new),
        or: Some(or),
        ior: Some(ior),
        len: Some(|m, this| Ok(this_dict(m, this)?.len())),
        getitem: Some(getitem),
        setitem: Some(setitem),
        contains: Some(|m, this, key| this_dict(m, this)?.contains(m, key)),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__contains__", Convention::O, |m, this, args| {
            let found = this_dict(m, this)?.contains(m, args.pos()[0])?;
            Ok(Value::from_bool(found))
        }),
        MethodDef::new("__getitem__", Convention::O, |m, this, args| getitem(m, this, args.pos()[0])),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, this, _| Ok(Value::small(this_dict(m, this)?.size_in_cpython() as i64))),
        MethodDef::new("get", Convention::Fast, get),
        MethodDef::new("setdefault", Convention::Fast, setdefault),
        MethodDef::new("pop", Convention::Fast, pop),
        MethodDef::new("popitem", Convention::NoArgs, popitem),
        MethodDef::new("keys", Convention::NoArgs, |m, this, _| Ok(new_view(m, this, Part::Key))),
        MethodDef::new("items", Convention::NoArgs, |m, this, _| Ok(new_view(m, this, Part::Item))),
        MethodDef::new("values", Convention::NoArgs, |m, this, _| Ok(new_view(m, this, Part::Value))),
        MethodDef::new("update", Convention::VarArgsKeywords, |m, this, args| {
            update(m, this, args, "update")?;
            Ok(Value::NONE)
        }),
        MethodDef::class("fromkeys", Convention::Fast, fromkeys),
        MethodDef::new("clear", Convention::NoArgs, |m, this, _| {
            this_dict(m, this)?.clear(m);
            Ok(Value::NONE)
        }),
        MethodDef::new("copy", Convention::NoArgs, |m, this, _| {
            let d = this_dict(m, this)?;
            Ok(copy(m, d)?.value())
        }),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, this, _| {
            let d = this_dict(m, this)?;
            Ok(new_iterator(m, d, Part::Key, true))
        }),
        MethodDef::class("__class_getitem__", Convention::O, class_getitem),
    ],
    doc: "dict() -> new empty dictionary\n\
          dict(mapping) -> new dictionary initialized from a mapping object's\n    (key, value) pairs\n\
          dict(iterable) -> new dictionary initialized as if via:\n    d = {}\n    for k, v in iterable:\n        d[k] = v\n\
          dict(**kwargs) -> new dictionary initialized with the name=value pairs\n    in the keyword argument list.  For example:  dict(one=1, two=2)",
    ..TypeSpec::new("dict", Dict::LAYOUT)
};

/// `class[item]` of the builtin generic classes: a `types.GenericAlias`.
pub(crate) fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let alias = m.types.generic_alias.value();
    m.call(alias, &[class, args.pos()[0]])
}

#[inline(always)]
fn this_dict(m: &mut Machine, this: Value) -> R<Gc<Dict>> {
    match this.downcast::<Dict>() {
        Some(d) => Ok(d),
        None => Err(m.type_error("a dict was expected")),
    }
}

/// `dict.copy`: a plain dict. A subclass that iterates in its own way is asked for its items.
fn copy(m: &mut Machine, d: Gc<Dict>) -> R<Gc<Dict>> {
    if m.iterates_as_dict(d.value()) {
        return Ok(d.copy(m));
    }
    let new = m.new_dict();
    new.merge(m, d.value(), OnDuplicate::Replace)?;
    Ok(new)
}

fn new(m: &mut Machine, class: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_dict_of(class).value())
}

fn init(m: &mut Machine, this: Value, args: Args<'_>) -> R<()> {
    update(m, this, args, "dict")
}

/// What `dict(...)` and `update(...)` do with their arguments.
fn update(m: &mut Machine, this: Value, args: Args<'_>, name: &str) -> R<()> {
    let d = this_dict(m, this)?;
    if args.len() > 1 {
        let n = args.len();
        return Err(m.type_error(&format!("{name} expected at most 1 argument, got {n}")));
    }
    if let Some(&argument) = args.pos().first() {
        d.update(m, argument)?;
    }
    for (key, value) in args.keywords() {
        d.insert(m, key.value(), value)?;
    }
    Ok(())
}

fn getitem(m: &mut Machine, this: Value, key: Value) -> R<Value> {
    let d = this_dict(m, this)?;
    if let Some(value) = d.get(m, key)? {
        return Ok(value);
    }
    if m.type_of(this) != m.types.dict {
        let name = m.names.missing;
        if let Some(missing) = m.lookup_special(this, name)? {
            return m.call(missing, &[key]);
        }
    }
    Err(m.key_error(key))
}

fn setitem(m: &mut Machine, this: Value, key: Value, value: Value) -> R<()> {
    let d = this_dict(m, this)?;
    if !value.is_null() {
        return d.insert(m, key, value);
    }
    match d.remove(m, key)? {
        Some(_) => Ok(()),
        None => Err(m.key_error(key)),
    }
}

fn get(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let d = this_dict(m, this)?;
    let args = args.between(m, "get", 1, 2)?;
    let default = args.get(1).copied().unwrap_or(Value::NONE);
    match d.look_quickly(args[0], m.hash_at_hand(args[0])) {
        // SAFETY: a live entry was found.
        Quick::At(entry) => Ok(unsafe { entry.as_ref() }.value),
        Quick::Absent => Ok(default),
        Quick::Unknown => Ok(d.get(m, args[0])?.unwrap_or(default)),
    }
}

fn setdefault(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let d = this_dict(m, this)?;
    let args = args.between(m, "setdefault", 1, 2)?;
    d.set_default(m, args[0], args.get(1).copied().unwrap_or(Value::NONE))
}

fn pop(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let d = this_dict(m, this)?;
    let args = args.between(m, "pop", 1, 2)?;
    // An empty dict does not even hash the key.
    let found = if d.is_empty() { None } else { d.remove(m, args[0])? };
    match (found, args.get(1)) {
        (Some(value), _) | (None, Some(&value)) => Ok(value),
        (None, None) => Err(m.key_error(args[0])),
    }
}

fn popitem(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let d = this_dict(m, this)?;
    match d.pop_last() {
        Some((key, value)) => Ok(m.new_tuple(&[key, value]).value()),
        None => {
            let text = m.str_value("popitem(): dictionary is empty");
            Err(m.key_error(text))
        }
    }
}

fn fromkeys(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "fromkeys", 1, 2)?;
    let value = args.get(1).copied().unwrap_or(Value::NONE);
    let object = m.call(class, &[])?;
    let iterator = m.iter(args[0])?;
    let plain = object.downcast::<Dict>().filter(|_| m.type_of(object) == m.types.dict);
    while let Some(key) = m.next(iterator)? {
        match plain {
            Some(d) => d.insert(m, key, value)?,
            None => m.set_item(object, key, value)?,
        }
    }
    Ok(object)
}

fn iter(m: &mut Machine, this: Value) -> R<Value> {
    let d = this_dict(m, this)?;
    Ok(new_iterator(m, d, Part::Key, false))
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    let d = this_dict(m, this)?;
    if d.is_empty() {
        return Ok(m.str_value("{}"));
    }
    if !m.repr_enter(this) {
        return Ok(m.str_value("{...}"));
    }
    let text = items_text(m, d);
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn items_text(m: &mut Machine, d: Gc<Dict>) -> R<Vec<u8>> {
    let mut text = vec![b'{'];
    let mut i = 0;
    while let Some((at, e)) = d.next_entry(i) {
        i = at + 1;
        if text.len() > 1 {
            text.extend_from_slice(b", ");
        }
        text.extend_from_slice(m.repr(e.key)?.bytes());
        text.extend_from_slice(b": ");
        text.extend_from_slice(m.repr(e.value)?.bytes());
    }
    text.push(b'}');
    Ok(text)
}

fn richcompare(m: &mut Machine, this: Value, other: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (this.downcast::<Dict>(), other.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    match op {
        Compare::Eq => Ok(Value::from_bool(equal(m, a, b)?)),
        Compare::Ne => Ok(Value::from_bool(!equal(m, a, b)?)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn equal(m: &mut Machine, a: Gc<Dict>, b: Gc<Dict>) -> R<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut i = 0;
    while let Some((at, e)) = a.next_entry(i) {
        i = at + 1;
        match b.get_hashed(m, e.key, e.hash)? {
            Some(value) if m.equal(e.value, value)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

fn or(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let (Some(a), Some(_)) = (left.downcast::<Dict>(), right.downcast::<Dict>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let new = copy(m, a)?;
    new.update(m, right)?;
    Ok(new.value())
}

fn ior(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    this_dict(m, left)?.update(m, right)?;
    Ok(left)
}
