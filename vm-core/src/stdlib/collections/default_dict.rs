//! `collections.defaultdict`: a dict that makes missing values by calling a factory, which stands in a word after the dict's struct.

use super::DictWord;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::Payload;
use crate::object::slots::Slots;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::native_struct::short_name;

/// `collections.defaultdict`.
pub(super) static DEFAULT_DICT: TypeSpec = TypeSpec {
    base: Some(|t| t.dict),
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        init: Some(init),
        repr: Some(repr),
        getattro: Some(crate::object::attr::generic_get_attr),
        or: Some(or),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__missing__", Convention::O, missing),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| again(m, v, v)),
        MethodDef::new("__copy__", Convention::NoArgs, |m, v, _| again(m, v, v)),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    getset: &[GetSetDef {
        name: "default_factory",
        get: |m, v| Ok(factory(m, v).non_null().unwrap_or(Value::NONE)),
        set: Some(|m, v, new| {
            if let Some(word) = DictWord::of(m, v, &DEFAULT_DICT) {
                word.set(new);
            }
            Ok(())
        }),
    }],
    doc: "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nMissing values are made by calling the factory without arguments.",
    finish: Some(|_, ty| ty.basic_size.set(DictWord::SIZE as u32)),
    ..TypeSpec::new("collections.defaultdict", Dict::LAYOUT)
};

/// The factory, or `NULL`.
fn factory(m: &mut Machine, v: Value) -> Value {
    DictWord::of(m, v, &DEFAULT_DICT).map_or(Value::NULL, DictWord::get)
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let mut made = Value::NULL;
    let mut rest = args;
    if let Some(&first) = args.pos().first() {
        made = first;
        if !first.is_none() && m.type_of(first).slot(|s| s.call).is_none() {
            return Err(m.type_error("first argument must be callable or None"));
        }
        rest = args.skip_first();
    }
    if let Some(word) = DictWord::of(m, v, &DEFAULT_DICT) {
        word.set(made);
    }
    match m.types.dict.slot(|s| s.init) {
        Some(init) => init(m, v, rest),
        None => Ok(()),
    }
}

fn missing(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let key = args.pos()[0];
    let factory = factory(m, v);
    if factory.is_null() || factory.is_none() {
        return Err(m.key_error(key));
    }
    let value = m.call(factory, &[])?;
    m.set_item(v, key, value)?;
    Ok(value)
}

/// `type(v)(v.default_factory, content)`.
fn again(m: &mut Machine, v: Value, content: Value) -> R<Value> {
    let class = m.type_of(v).value();
    let factory = factory(m, v).non_null().unwrap_or(Value::NONE);
    m.call(class, &[factory, content])
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let class = m.type_of(v).value();
    let factory = factory(m, v);
    let args = if factory.is_null() || factory.is_none() { m.new_tuple(&[]) } else { m.new_tuple(&[factory]) }.value();
    let items = m.names.items;
    let items = m.call_method(v, items, &[])?;
    let items = m.iter(items)?;
    Ok(m.new_tuple(&[class, args, Value::NONE, Value::NONE, items]).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let base = match m.types.dict.slot(|s| s.repr) {
        Some(repr) => repr(m, v)?,
        None => Value::NONE,
    };
    let base = m.to_str(base)?;
    let factory = factory(m, v);
    let shown = if factory.is_null() {
        m.str("None")
    } else if m.repr_enter(factory) {
        let shown = m.repr(factory);
        m.repr_leave();
        shown?
    } else {
        m.str("...")
    };
    let name = short_name(m, v);
    let text = [name.as_bytes(), b"(", shown.bytes(), b", ", base.bytes(), b")"].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

fn or(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let (this, other) = if m.is_native_instance(left, &DEFAULT_DICT) { (left, right) } else { (right, left) };
    if other.downcast::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let made = again(m, this, left)?;
    match made.downcast::<Dict>() {
        Some(d) => d.update(m, right)?,
        None => return Err(m.type_error("a dict was expected")),
    }
    Ok(made)
}
