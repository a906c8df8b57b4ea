//! `dict_keys`, `dict_values`, `dict_items` and the iterators over dicts in both directions.

use super::dict::{Dict, Entry};
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::set::Set;
use super::slots::{Compare, Slots};
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A view of a dict: which part it shows is told by its type.
#[repr(C)]
pub struct DictView {
    /// Its type.
    pub header: Header,
    /// The dict it shows.
    pub dict: Gc<Dict>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for DictView {
    const LAYOUT: &'static Layout = &layout_of::<DictView>(LayoutId::DictView);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.dict);
    }
}

/// An iterator over a dict: part and direction are told by its type.
#[repr(C)]
pub struct DictIter {
    /// Its type.
    pub header: Header,
    /// The dict; `NULL` once exhausted.
    pub dict: Cell<Value>,
    /// Number of keys the dict had; `usize::MAX` after it was seen to change.
    pub used: Cell<usize>,
    /// Forwards: the next entry. Backwards: one more than the next entry.
    pub position: Cell<usize>,
    /// Keys not yet given.
    pub left: Cell<usize>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for DictIter {
    const LAYOUT: &'static Layout = &layout_of::<DictIter>(LayoutId::DictIter);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

/// What a view shows or an iterator gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Keys.
    Key,
    /// Values.
    Value,
    /// Tuples of key and value.
    Item,
}

/// A view of `dict`; `NULL` for what is no dict, which calls of `dict`'s methods exclude.
pub(crate) fn new_view(m: &mut Machine, dict: Value, part: Part) -> Value {
    let Some(dict) = dict.downcast::<Dict>() else { return Value::NONE };
    let ty = match part {
        Part::Key => m.types.dict_keys,
        Part::Value => m.types.dict_values,
        Part::Item => m.types.dict_items,
    };
    m.new_object(DictView { header: Header::new(ty), dict }).value()
}

/// An iterator over a dict.
pub(crate) fn new_iterator(m: &mut Machine, dict: Gc<Dict>, part: Part, reverse: bool) -> Value {
    let t = &m.types;
    let ty = match (part, reverse) {
        (Part::Key, false) => t.dict_key_iter,
        (Part::Value, false) => t.dict_value_iter,
        (Part::Item, false) => t.dict_item_iter,
        (Part::Key, true) => t.dict_reverse_key_iter,
        (Part::Value, true) => t.dict_reverse_value_iter,
        (Part::Item, true) => t.dict_reverse_item_iter,
    };
    let position = if reverse { dict.entries_len() } else { 0 };
    m.new_object(DictIter {
        header: Header::new(ty),
        dict: Cell::new(dict.value()),
        used: Cell::new(dict.len()),
        position: Cell::new(position),
        left: Cell::new(dict.len()),
    })
    .value()
}

impl DictIter {
    /// The next entry, in either direction, with CPython's checks.
    #[inline(always)]
    pub(crate) fn advance(&self, m: &mut Machine, reverse: bool) -> R<Option<Entry>> {
        let Some(dict) = self.dict.get().downcast::<Dict>() else { return Ok(None) };
        if self.used.get() != dict.len() {
            self.used.set(usize::MAX);
            return Err(m.runtime_error("dictionary changed size during iteration"));
        }
        let found = if reverse { dict.previous_entry(self.position.get()) } else { dict.next_entry(self.position.get()) };
        let Some((i, entry)) = found else {
            self.dict.set(Value::NULL);
            return Ok(None);
        };
        if self.left.get() == 0 && !reverse {
            self.dict.set(Value::NULL);
            return Err(m.runtime_error("dictionary keys changed during iteration"));
        }
        self.position.set(if reverse { i } else { i + 1 });
        self.left.set(self.left.get().wrapping_sub(1));
        Ok(Some(entry))
    }
}

fn this_iter(m: &mut Machine, this: Value) -> R<Gc<DictIter>> {
    match this.downcast::<DictIter>() {
        Some(it) => Ok(it),
        None => Err(m.type_error("a dict iterator was expected")),
    }
}

fn next<const PART: u8, const REVERSE: bool>(m: &mut Machine, this: Value) -> R<Option<Value>> {
    let Some(entry) = this_iter(m, this)?.advance(m, REVERSE)? else { return Ok(None) };
    Ok(Some(match PART {
        0 => entry.key,
        1 => entry.value,
        _ => m.new_tuple(&[entry.key, entry.value]).value(),
    }))
}

const ITER_METHODS: &[MethodDef] =
    &[MethodDef::new("__length_hint__", Convention::NoArgs, length_hint), MethodDef::new("__reduce__", Convention::NoArgs, reduce)];

const fn iterator<const PART: u8, const REVERSE: bool>(name: &'static str) -> TypeSpec {
    TypeSpec {
        slots: Slots { iter: Some(|_, this| Ok(this)), iternext: Some(next::<PART, REVERSE>), ..Slots::EMPTY },
        methods: ITER_METHODS,
        flags: TypeFlags::DISALLOW_INSTANTIATION,
        ..TypeSpec::new(name, DictIter::LAYOUT)
    }
}

/// `dict_keyiterator`.
pub static KEY_ITER: TypeSpec = iterator::<0, false>("dict_keyiterator");
/// `dict_valueiterator`.
pub static VALUE_ITER: TypeSpec = iterator::<1, false>("dict_valueiterator");
/// `dict_itemiterator`.
pub static ITEM_ITER: TypeSpec = iterator::<2, false>("dict_itemiterator");
/// `dict_reversekeyiterator`.
pub static REVERSE_KEY_ITER: TypeSpec = iterator::<0, true>("dict_reversekeyiterator");
/// `dict_reversevalueiterator`.
pub static REVERSE_VALUE_ITER: TypeSpec = iterator::<1, true>("dict_reversevalueiterator");
/// `dict_reverseitemiterator`.
pub static REVERSE_ITEM_ITER: TypeSpec = iterator::<2, true>("dict_reverseitemiterator");

fn length_hint(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let it = this_iter(m, this)?;
    let n = match it.dict.get().downcast::<Dict>() {
        Some(dict) if it.used.get() == dict.len() => it.left.get(),
        _ => 0,
    };
    Ok(Value::small(n as i64))
}

fn reduce(m: &mut Machine, this: Value, _: Args<'_>) -> R<Value> {
    let it = this_iter(m, this)?;
    // What is left is taken from a copy of the iterator.
    let ty = m.type_of(this);
    let copy = m.new_object(DictIter {
        header: Header::new(ty),
        dict: Cell::new(it.dict.get()),
        used: Cell::new(it.used.get()),
        position: Cell::new(it.position.get()),
        left: Cell::new(it.left.get()),
    });
    reduce_as_list(m, copy.value())
}

/// `(iter, ([items that are left],))`, for pickling iterators.
pub(crate) fn reduce_as_list(m: &mut Machine, iterator: Value) -> R<Value> {
    let items = m.collect(iterator)?;
    let list = m.list_from_vec(items).value();
    let name = m.intern("iter");
    let function = m.builtins.get_str(m, name).unwrap_or(Value::NONE);
    let args = m.new_tuple(&[list]).value();
    Ok(m.new_tuple(&[function, args]).value())
}

const VIEW_GETSET: &[GetSetDef] = &[GetSetDef {
    name: "mapping",
    get: |m, this| {
        let view = this_view(m, this)?;
        Ok(m.new_mapping_proxy(view.dict.value()))
    },
    set: None,
}];

const fn set_like(iter: super::slots::Unary, contains: fn(&mut Machine, Value, Value) -> R<bool>) -> Slots {
    Slots {
        repr: Some(repr),
        richcompare: Some(richcompare),
        iter: Some(iter),
        len: Some(len),
        contains: Some(contains),
        sub: Some(sub),
        and: Some(and),
        xor: Some(xor),
        or: Some(or),
        ..Slots::EMPTY
    }
}

/// `dict_keys`.
pub static KEYS: TypeSpec = TypeSpec {
    slots: set_like(|m, this| Ok(iterate(m, this, Part::Key, false)), keys_contain),
    methods: &[
        MethodDef::new("isdisjoint", Convention::O, isdisjoint),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, this, _| Ok(iterate(m, this, Part::Key, true))),
    ],
    getset: VIEW_GETSET,
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    ..TypeSpec::new("dict_keys", DictView::LAYOUT)
};
/// `dict_items`.
pub static ITEMS: TypeSpec = TypeSpec {
    slots: set_like(|m, this| Ok(iterate(m, this, Part::Item, false)), items_contain),
    methods: &[
        MethodDef::new("isdisjoint", Convention::O, isdisjoint),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, this, _| Ok(iterate(m, this, Part::Item, true))),
    ],
    getset: VIEW_GETSET,
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    ..TypeSpec::new("dict_items", DictView::LAYOUT)
};
/// `dict_values`.
pub static VALUES: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), iter: Some(|m, this| Ok(iterate(m, this, Part::Value, false))), len: Some(len), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reversed__", Convention::NoArgs, |m, this, _| Ok(iterate(m, this, Part::Value, true)))],
    getset: VIEW_GETSET,
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    ..TypeSpec::new("dict_values", DictView::LAYOUT)
};

fn this_view(m: &mut Machine, this: Value) -> R<Gc<DictView>> {
    match this.downcast::<DictView>() {
        Some(view) => Ok(view),
        None => Err(m.type_error("a dict view was expected")),
    }
}

fn iterate(m: &mut Machine, this: Value, part: Part, reverse: bool) -> Value {
    match this.downcast::<DictView>() {
        Some(view) => new_iterator(m, view.dict, part, reverse),
        None => Value::NONE,
    }
}

fn len(m: &mut Machine, this: Value) -> R<usize> {
    Ok(this_view(m, this)?.dict.len())
}

fn repr(m: &mut Machine, this: Value) -> R<Value> {
    if !m.repr_enter(this) {
        return Ok(m.str_value("..."));
    }
    let text = list_text(m, this);
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn list_text(m: &mut Machine, view: Value) -> R<Vec<u8>> {
    let items = m.collect(view)?;
    let list = m.list_from_vec(items).value();
    let shown = m.repr(list)?;
    Ok([m.type_of(view).name_str().as_bytes(), b"(", shown.bytes(), b")"].concat())
}

fn keys_contain(m: &mut Machine, this: Value, key: Value) -> R<bool> {
    this_view(m, this)?.dict.contains(m, key)
}

fn items_contain(m: &mut Machine, this: Value, item: Value) -> R<bool> {
    let view = this_view(m, this)?;
    let Some(&[key, value]) = item.downcast::<Tuple>().map(Gc::slice) else { return Ok(false) };
    match view.dict.get(m, key)? {
        Some(found) => m.equal(found, value),
        None => Ok(false),
    }
}

/// The view, if it is one of keys or items.
fn as_set_view(m: &Machine, v: Value) -> Option<Gc<DictView>> {
    v.downcast::<DictView>().filter(|_| !m.type_of(v).is_subtype_of(m.types.dict_values))
}

/// Length of a set or of a view of keys or items.
fn set_like_len(m: &Machine, v: Value) -> Option<usize> {
    v.downcast::<Set>().map(|s| s.len()).or_else(|| as_set_view(m, v).map(|view| view.dict.len()))
}

fn all_contained(m: &mut Machine, items: Value, container: Value) -> R<bool> {
    let iterator = m.iter(items)?;
    while let Some(item) = m.next(iterator)? {
        if !m.contains(container, item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn richcompare(m: &mut Machine, this: Value, other: Value, op: Compare) -> R<Value> {
    if set_like_len(m, other).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (m.len(this)?, m.len(other)?);
    let holds = match op {
        Compare::Eq | Compare::Ne => (a == b && all_contained(m, this, other)?) == (op == Compare::Eq),
        Compare::Lt => a < b && all_contained(m, this, other)?,
        Compare::Le => a <= b && all_contained(m, this, other)?,
        Compare::Gt => a > b && all_contained(m, other, this)?,
        Compare::Ge => a >= b && all_contained(m, other, this)?,
    };
    Ok(Value::from_bool(holds))
}

/// A set of what the left operand holds.
fn to_set(m: &mut Machine, v: Value) -> R<Gc<Set>> {
    let set = m.new_set();
    let plain_keys = as_set_view(m, v)
        .filter(|view| m.type_of(v) == m.types.dict_keys && m.type_of(view.dict.value()) == m.types.dict)
        .map(|view| view.dict.value());
    set.update(m, plain_keys.unwrap_or(v))?;
    Ok(set)
}

fn sub(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let set = to_set(m, left)?;
    set.difference_update(m, right)?;
    Ok(set.value())
}

fn or(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let set = to_set(m, left)?;
    set.update(m, right)?;
    Ok(set.value())
}

fn xor(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    let items: Gc<Type> = m.types.dict_items;
    if let (Some(a), Some(b)) = (left.downcast::<DictView>(), right.downcast::<DictView>())
        && m.type_of(left) == items
        && m.type_of(right) == items
    {
        return items_xor(m, a.dict, b.dict);
    }
    let set = to_set(m, left)?;
    set.symmetric_difference_update(m, right)?;
    Ok(set.value())
}

/// Items that are in one of two dicts but not in the other.
fn items_xor(m: &mut Machine, a: Gc<Dict>, b: Gc<Dict>) -> R<Value> {
    let rest = a.copy(m);
    let set = m.new_set();
    let mut i = 0;
    while let Some((at, e)) = b.next_entry(i) {
        i = at + 1;
        let same = match rest.get_hashed(m, e.key, e.hash)? {
            Some(value) => m.equal(value, e.value)?,
            None => false,
        };
        if same {
            rest.remove_hashed(m, e.key, e.hash)?;
        } else {
            let pair = m.new_tuple(&[e.key, e.value]).value();
            set.add(m, pair)?;
        }
    }
    let remaining = new_view(m, rest.value(), Part::Item);
    set.update(m, remaining)?;
    Ok(set.value())
}

fn and(m: &mut Machine, left: Value, right: Value) -> R<Value> {
    // With the view on the right, the operands arrive exchanged.
    let (mut this, mut other) = if as_set_view(m, left).is_some() { (left, right) } else { (right, left) };
    let size = m.len(this)?;
    if let Some(set) = other.downcast::<Set>()
        && m.type_of(other) == m.types.set
        && size <= set.len()
    {
        return Ok(set.intersection(m, this)?.value());
    }
    if as_set_view(m, other).is_some() && m.len(other)? > size {
        std::mem::swap(&mut this, &mut other);
    }
    let result = m.new_set();
    let is_keys = m.type_of(this).is_subtype_of(m.types.dict_keys);
    let iterator = m.iter(other)?;
    while let Some(item) = m.next(iterator)? {
        let common = if is_keys { keys_contain(m, this, item)? } else { items_contain(m, this, item)? };
        if common {
            result.add(m, item)?;
        }
    }
    Ok(result.value())
}

fn isdisjoint(m: &mut Machine, this: Value, args: Args<'_>) -> R<Value> {
    let (mut this, mut other) = (this, args.pos()[0]);
    if this.is(other) {
        return Ok(Value::from_bool(m.len(this)? == 0));
    }
    if let Some(n) = set_like_len(m, other)
        && n > m.len(this)?
    {
        std::mem::swap(&mut this, &mut other);
    }
    let iterator = m.iter(other)?;
    while let Some(item) = m.next(iterator)? {
        if m.contains(this, item)? {
            return Ok(Value::FALSE);
        }
    }
    Ok(Value::TRUE)
}
