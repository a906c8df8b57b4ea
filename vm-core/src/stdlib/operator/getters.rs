//! `operator.itemgetter`, `attrgetter` and `methodcaller`. All keep what they were made of in a tuple.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, Keywords, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Payload};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{class_text, native_struct, this};

native_struct! {
    /// `itemgetter`.
    struct ItemGetter {
        /// The keys.
        items: Gc<Tuple>,
    }
}

native_struct! {
    /// `attrgetter`.
    struct AttrGetter {
        /// The names as given.
        names: Gc<Tuple>,
        /// For each name an interned string, or a tuple of them where it has dots.
        paths: Gc<Tuple>,
    }
}

native_struct! {
    /// `methodcaller`.
    struct MethodCaller {
        /// The method's name, interned.
        name: Gc<Str>,
        /// Positional arguments.
        args: Gc<Tuple>,
        /// Keyword arguments.
        keywords: Gc<Dict>,
    }
}

const PLAIN: Slots = Slots { getattro: Some(crate::object::attr::generic_get_attr), ..Slots::EMPTY };

/// `operator.itemgetter`.
pub(super) static ITEM: TypeSpec = TypeSpec {
    slots: Slots { new: Some(item_new), call: Some(item_call), repr: Some(item_repr), ..PLAIN },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let items = this::<ItemGetter>(m, v)?.items;
        let class = m.type_of(v).value();
        Ok(m.reduced(class, items.slice(), None))
    })],
    doc: "itemgetter(item, /, *items)\n--\n\nA callable that fetches the given items of its argument.",
    ..TypeSpec::new("operator.itemgetter", ItemGetter::LAYOUT)
};

/// `operator.attrgetter`.
pub(super) static ATTR: TypeSpec = TypeSpec {
    slots: Slots { new: Some(attr_new), call: Some(attr_call), repr: Some(attr_repr), ..PLAIN },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let names = this::<AttrGetter>(m, v)?.names;
        let class = m.type_of(v).value();
        Ok(m.reduced(class, names.slice(), None))
    })],
    doc: "attrgetter(attr, /, *attrs)\n--\n\nA callable that fetches the given attributes of its argument.",
    ..TypeSpec::new("operator.attrgetter", AttrGetter::LAYOUT)
};

/// `operator.methodcaller`.
pub(super) static METHOD: TypeSpec = TypeSpec {
    slots: Slots { new: Some(method_new), call: Some(method_call), repr: Some(method_repr), ..PLAIN },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, method_reduce)],
    doc: "methodcaller(name, /, *args, **kwargs)\n--\n\nA callable that calls the given method of its argument.",
    ..TypeSpec::new("operator.methodcaller", MethodCaller::LAYOUT)
};

/// At least one positional argument and no keyword.
fn some_positional<'a>(m: &mut Machine, name: &str, args: Args<'a>) -> R<&'a [Value]> {
    args.no_keywords(m, name)?;
    if args.pos().is_empty() {
        return Err(m.type_error(&format!("{name} expected 1 argument, got 0")));
    }
    Ok(args.pos())
}

fn item_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let items = some_positional(m, "itemgetter", args)?;
    let items = m.new_tuple(items);
    Ok(m.new_object(ItemGetter { header: Header::new(class), items }).value())
}

/// One item; a list or tuple at a small index without going through the protocol.
#[inline(always)]
fn fetch(m: &mut Machine, object: Value, key: Value) -> R<Value> {
    if key.is_int() && key.as_int() >= 0 {
        let (ty, i) = (m.type_of(object), key.as_int() as usize);
        let found = if ty == m.types.tuple {
            object.downcast::<Tuple>().and_then(|t| t.slice().get(i).copied())
        } else if ty == m.types.list {
            object.downcast::<List>().and_then(|l| l.get(i))
        } else {
            None
        };
        if let Some(v) = found {
            return Ok(v);
        }
    }
    m.get_item(object, key)
}

fn item_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let getter = this::<ItemGetter>(m, v)?;
    let object = args.between(m, "itemgetter", 1, 1)?[0];
    let keys = getter.items.slice();
    if let &[key] = keys {
        return fetch(m, object, key);
    }
    let mut items = ValueVec::with_capacity(m, keys.len());
    for &key in keys {
        let item = fetch(m, object, key)?;
        items.push(m, item);
    }
    Ok(m.new_tuple(&items).value())
}

/// `module.class(items…)`, guarded against showing itself.
fn shown(m: &mut Machine, v: Value, parts: &[Value], keywords: Option<Gc<Dict>>) -> R<Value> {
    if !m.repr_enter(v) {
        let class = class_text(m, v)?;
        return Ok(m.str_value(&format!("{class}(...)")));
    }
    let text = shown_parts(m, v, parts, keywords);
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn shown_parts(m: &mut Machine, v: Value, parts: &[Value], keywords: Option<Gc<Dict>>) -> R<Vec<u8>> {
    let mut text = class_text(m, v)?.into_bytes();
    text.push(b'(');
    for (i, &part) in parts.iter().enumerate() {
        if i > 0 {
            text.extend_from_slice(b", ");
        }
        text.extend_from_slice(m.repr(part)?.bytes());
    }
    let mut i = 0;
    while let Some((at, e)) = keywords.and_then(|k| k.next_entry(i)) {
        i = at + 1;
        text.extend_from_slice(b", ");
        text.extend_from_slice(m.to_str(e.key)?.bytes());
        text.push(b'=');
        text.extend_from_slice(m.repr(e.value)?.bytes());
    }
    text.push(b')');
    Ok(text)
}

fn item_repr(m: &mut Machine, v: Value) -> R<Value> {
    let items = this::<ItemGetter>(m, v)?.items;
    shown(m, v, items.slice(), None)
}

fn attr_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let names = some_positional(m, "attrgetter", args)?;
    let mut paths = ValueVec::with_capacity(m, names.len());
    for &name in names {
        let Some(text) = name.downcast::<Str>() else {
            return Err(m.type_error("attribute name must be a string"));
        };
        let path = if text.bytes().contains(&b'.') {
            let mut parts = ValueVec::with_capacity(m, 2);
            for part in text.bytes().split(|&b| b == b'.') {
                let part = m.new_str_wtf8(part)?;
                let part = m.intern_str(part).value();
                parts.push(m, part);
            }
            m.new_tuple(&parts).value()
        } else {
            m.intern_str(text).value()
        };
        paths.push(m, path);
    }
    let (names, paths) = (m.new_tuple(names), m.new_tuple(&paths));
    Ok(m.new_object(AttrGetter { header: Header::new(class), names, paths }).value())
}

fn fetch_path(m: &mut Machine, object: Value, path: Value) -> R<Value> {
    if let Some(name) = path.downcast::<Str>() {
        return m.get_attr(object, name);
    }
    let mut object = object;
    for name in path.downcast::<Tuple>().map_or(&[][..], Gc::slice) {
        if let Some(name) = name.downcast::<Str>() {
            object = m.get_attr(object, name)?;
        }
    }
    Ok(object)
}

fn attr_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let getter = this::<AttrGetter>(m, v)?;
    let object = args.between(m, "attrgetter", 1, 1)?[0];
    let paths = getter.paths.slice();
    if let &[path] = paths {
        return fetch_path(m, object, path);
    }
    let mut items = ValueVec::with_capacity(m, paths.len());
    for &path in paths {
        let item = fetch_path(m, object, path)?;
        items.push(m, item);
    }
    Ok(m.new_tuple(&items).value())
}

fn attr_repr(m: &mut Machine, v: Value) -> R<Value> {
    let names = this::<AttrGetter>(m, v)?.names;
    shown(m, v, names.slice(), None)
}

fn method_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let Some((&name, rest)) = args.pos().split_first() else {
        return Err(m.type_error("methodcaller needs at least one argument, the method name"));
    };
    let Some(name) = name.downcast::<Str>() else {
        return Err(m.type_error("method name must be a string"));
    };
    let (name, rest, keywords) = (m.intern_str(name), m.new_tuple(rest), m.new_dict());
    for (key, value) in args.keywords() {
        keywords.insert_str(m, key, value);
    }
    Ok(m.new_object(MethodCaller { header: Header::new(class), name, args: rest, keywords }).value())
}

fn method_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let caller = this::<MethodCaller>(m, v)?;
    let object = args.between(m, "methodcaller", 1, 1)?[0];
    if caller.keywords.is_empty() {
        return m.call_method(object, caller.name, caller.args.slice());
    }
    let (mut all, mut names) = (ValueVec::from_slice(m, caller.args.slice()), ValueVec::with_capacity(m, caller.keywords.len()));
    for (name, value) in caller.keywords.iter() {
        names.push(m, name);
        all.push(m, value);
    }
    let names = m.new_tuple(&names);
    let method = m.get_attr(object, caller.name)?;
    m.call_args(method, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
}

fn method_repr(m: &mut Machine, v: Value) -> R<Value> {
    let caller = this::<MethodCaller>(m, v)?;
    let mut parts = ValueVec::from_slice(m, &[caller.name.value()]);
    for &arg in caller.args.slice() {
        parts.push(m, arg);
    }
    shown(m, v, &parts, Some(caller.keywords))
}

fn method_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let caller = this::<MethodCaller>(m, v)?;
    let class = m.type_of(v).value();
    if caller.keywords.is_empty() {
        let mut all = ValueVec::from_slice(m, &[caller.name.value()]);
        for &arg in caller.args.slice() {
            all.push(m, arg);
        }
        return Ok(m.reduced(class, &all, None));
    }
    let (mut all, mut names) = (ValueVec::from_slice(m, &[class, caller.name.value()]), ValueVec::with_capacity(m, 4));
    for (name, value) in caller.keywords.iter() {
        names.push(m, name);
        all.push(m, value);
    }
    let (partial, names) = (m.native_type(&crate::stdlib::functools::PARTIAL).value(), m.new_tuple(&names));
    let partial = m.call_args(partial, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))?;
    Ok(m.reduced(partial, caller.args.slice(), None))
}
