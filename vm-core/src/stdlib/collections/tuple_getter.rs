//! `_collections._tuplegetter`: the attributes of named tuples.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, short_name, ssize, this};
use std::cell::Cell;

native_struct! {
    /// `_tuplegetter`.
    struct TupleGetter {
        /// Index of the item.
        index: i64,
        /// `__doc__`.
        doc: Cell<Value>,
    }
}

/// `_collections._tuplegetter`.
pub(super) static TUPLE_GETTER: TypeSpec = TypeSpec {
    slots: Slots { new: Some(new), repr: Some(repr), descr_get: Some(get), descr_set: Some(set), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let it = this::<TupleGetter>(m, v)?;
        let (class, index) = (m.type_of(v).value(), m.new_int(it.index));
        Ok(m.reduced(class, &[index, it.doc.get()], None))
    })],
    getset: &[GetSetDef {
        name: "__doc__",
        get: |m, v| Ok(this::<TupleGetter>(m, v)?.doc.get().non_null().unwrap_or(Value::NONE)),
        set: Some(|m, v, doc| {
            this::<TupleGetter>(m, v)?.doc.set(doc);
            Ok(())
        }),
    }],
    ..TypeSpec::new("collections._tuplegetter", TupleGetter::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_tuplegetter", 2, 2)?;
    let index = ssize(m, args[0])?;
    Ok(m.new_object(TupleGetter { header: Header::new(class), index, doc: Cell::new(args[1]) }).value())
}

fn get(m: &mut Machine, v: Value, object: Value, _: Value) -> R<Value> {
    let it = this::<TupleGetter>(m, v)?;
    let Some(tuple) = object.downcast::<Tuple>() else {
        if object.is_null() || object.is_none() {
            return Ok(v);
        }
        let (i, got) = (it.index, m.type_name(object));
        return Err(m.type_error(&format!("descriptor for index '{i}' for tuple subclasses doesn't apply to '{got}' object")));
    };
    let item = usize::try_from(it.index).ok().and_then(|i| tuple.slice().get(i).copied());
    item.ok_or_else(|| m.index_error("tuple index out of range"))
}

fn set(m: &mut Machine, _: Value, _: Value, value: Value) -> R<()> {
    Err(m.attribute_error(if value.is_null() { "can't delete attribute" } else { "can't set attribute" }))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let it = this::<TupleGetter>(m, v)?;
    let doc = m.repr(it.doc.get().non_null().unwrap_or(Value::NONE))?;
    let name = short_name(m, v);
    let text = [name.as_bytes(), format!("({}, ", it.index).as_bytes(), doc.bytes(), b")"].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}
