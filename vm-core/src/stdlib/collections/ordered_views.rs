//! The views of an `OrderedDict` and the iterators over it, which notice when its order is changed.

use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::dict_views::{DictView, Part};
use crate::object::header::{Header, Payload};
use crate::object::iterators::same;
use crate::object::slots::Slots;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// `odict_iterator`.
    struct OrderedIter {
        /// The dict; `NULL` once exhausted.
        dict: Cell<Value>,
        /// The next entry's index; `usize::MAX` for none.
        next: Cell<usize>,
        /// Keys that the dict had.
        size: usize,
        /// Version of its keys.
        version: u32,
        /// Keys that were given.
        given: Cell<usize>,
        /// 0 for keys, 1 for values, 2 for items.
        part: u8,
        /// Whether the last key comes first.
        back: bool,
    }
}

/// `odict_iterator`.
static ITER: TypeSpec = TypeSpec {
    slots: Slots { iter: Some(same), iternext: Some(next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let it = this::<OrderedIter>(m, v)?;
        let header = Header::new(m.type_of(v));
        let (dict, next, given) = (Cell::new(it.dict.get()), Cell::new(it.next.get()), Cell::new(it.given.get()));
        let OrderedIter { size, version, part, back, .. } = *it;
        let copy = m.new_object(OrderedIter { header, dict, next, size, version, given, part, back }).value();
        crate::object::dict_views::reduce_as_list(m, copy)
    })],
    ..TypeSpec::new("odict_iterator", OrderedIter::LAYOUT)
};

/// `odict_keys`.
static KEYS: TypeSpec = TypeSpec {
    base: Some(|t| t.dict_keys),
    slots: Slots { iter: Some(|m, v| over_view(m, v, Part::Key, false)), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| over_view(m, v, Part::Key, true))],
    ..TypeSpec::new("odict_keys", DictView::LAYOUT)
};

/// `odict_values`.
static VALUES: TypeSpec = TypeSpec {
    base: Some(|t| t.dict_values),
    slots: Slots { iter: Some(|m, v| over_view(m, v, Part::Value, false)), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| over_view(m, v, Part::Value, true))],
    ..TypeSpec::new("odict_values", DictView::LAYOUT)
};

/// `odict_items`.
static ITEMS: TypeSpec = TypeSpec {
    base: Some(|t| t.dict_items),
    slots: Slots { iter: Some(|m, v| over_view(m, v, Part::Item, false)), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| over_view(m, v, Part::Item, true))],
    ..TypeSpec::new("odict_items", DictView::LAYOUT)
};

fn over_view(m: &mut Machine, v: Value, part: Part, back: bool) -> R<Value> {
    let dict = this::<DictView>(m, v)?.dict.value();
    Ok(iterate(m, dict, part, back))
}

/// A view of an `OrderedDict`.
pub(super) fn view(m: &mut Machine, v: Value, part: Part) -> Value {
    let Some(dict) = v.downcast::<Dict>() else { return Value::NONE };
    let spec = match part {
        Part::Key => &KEYS,
        Part::Value => &VALUES,
        Part::Item => &ITEMS,
    };
    let header = Header::new(m.native_type(spec));
    m.new_object(DictView { header, dict }).value()
}

/// An iterator over an `OrderedDict`.
pub(super) fn iterate(m: &mut Machine, v: Value, part: Part, back: bool) -> Value {
    let Some(dict) = v.downcast::<Dict>() else { return Value::NONE };
    let header = Header::new(m.native_type(&ITER));
    let version = dict.keys_version(m);
    let first = if back { dict.previous_entry(dict.entries_len()) } else { dict.next_entry(0) };
    let made = OrderedIter {
        header,
        dict: Cell::new(v),
        next: Cell::new(first.map_or(usize::MAX, |(i, _)| i)),
        size: dict.len(),
        version,
        given: Cell::new(0),
        part: part as u8,
        back,
    };
    m.new_object(made).value()
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = this::<OrderedIter>(m, v)?;
    let Some(dict) = it.dict.get().downcast::<Dict>() else { return Ok(None) };
    let entry = match it.next.get() {
        usize::MAX => Ok(None),
        _ if dict.keys_version.get() != it.version => Err("OrderedDict mutated during iteration"),
        _ if dict.len() != it.size => Err("OrderedDict changed size during iteration"),
        i => Ok(dict.full_entry(i)),
    };
    let entry = match entry {
        Ok(Some(entry)) => entry,
        Ok(None) => {
            it.dict.set(Value::NULL);
            return Ok(None);
        }
        Err(text) => {
            it.dict.set(Value::NULL);
            return Err(m.runtime_error(text));
        }
    };
    it.given.set(it.given.get() + 1);
    let i = it.next.get();
    let following: Option<(usize, _)> = if it.back { dict.previous_entry(i) } else { dict.next_entry(i + 1) };
    it.next.set(following.map_or(usize::MAX, |(i, _)| i));
    Ok(Some(match it.part {
        0 => entry.key,
        1 => entry.value,
        _ => m.new_tuple(&[entry.key, entry.value]).value(),
    }))
}
