//! `functools.partial`: a callable with its first arguments, and some keywords, filled in.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, Keywords, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::{Dict, OnDuplicate};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{class_text, native_struct, null, read_only, this};
use std::cell::Cell;
use std::mem::offset_of;

native_struct! {
    /// `partial`.
    struct Partial {
        /// The callable.
        func: Cell<Value>,
        /// Its first arguments.
        args: Cell<Gc<Tuple>>,
        /// Its keyword arguments.
        keywords: Cell<Gc<Dict>>,
        /// `__dict__`, or `NULL`.
        dict: Cell<Value>,
    }
}

/// `functools.partial`.
pub(crate) static PARTIAL: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(Partial, dict),
    slots: Slots {
        new: Some(new),
        call: Some(call),
        repr: Some(repr),
        getattro: Some(crate::object::attr::generic_get_attr),
        setattro: Some(crate::object::attr::generic_set_attr),
        descr_get: Some(|m, v, object, _| {
            if !object.is_null() && !object.is_none() {
                let category = m.exceptions.future_warning;
                let text = "functools.partial will be a method descriptor in future Python versions; wrap it in staticmethod() if you want \
                            to preserve the old behavior";
                m.warn(category, text, 1)?;
            }
            Ok(v)
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::new("__setstate__", Convention::O, setstate),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    getset: &[
        GetSetDef { name: "func", get: |m, v| Ok(this::<Partial>(m, v)?.func.get()), set: Some(read_only) },
        GetSetDef { name: "args", get: |m, v| Ok(this::<Partial>(m, v)?.args.get().value()), set: Some(read_only) },
        GetSetDef { name: "keywords", get: |m, v| Ok(this::<Partial>(m, v)?.keywords.get().value()), set: Some(read_only) },
        crate::stdlib::native_struct::DICT,
    ],
    doc: "Create a new function with partial application of the given arguments and keywords.",
    ..TypeSpec::new("functools.partial", Partial::LAYOUT)
};

fn is_callable(m: &Machine, v: Value) -> bool {
    m.type_of(v).slot(|s| s.call).is_some()
}

fn new(m: &mut Machine, class: Gc<Type>, given: Args<'_>) -> R<Value> {
    let Some((&first, rest)) = given.pos().split_first() else {
        return Err(m.type_error("type 'partial' takes at least one argument"));
    };
    // A partial object of a partial object calls the inner one's function itself.
    let inner = first.downcast::<Partial>().filter(|p| p.dict.get().is_null());
    let func = inner.map_or(first, |p| p.func.get());
    if !is_callable(m, func) {
        return Err(m.type_error("the first argument must be callable"));
    }
    let args = match inner {
        Some(p) if !p.args.get().is_empty() => {
            let mut all = ValueVec::from_slice(m, p.args.get().slice());
            for &v in rest {
                all.push(m, v);
            }
            m.new_tuple(&all)
        }
        _ => m.new_tuple(rest),
    };
    let keywords = match inner {
        Some(p) => p.keywords.get().copy(m),
        None => m.new_dict(),
    };
    for (name, value) in given.keywords() {
        keywords.insert_str(m, name, value);
    }
    let header = Header::new(class);
    let made = Partial { header, func: Cell::new(func), args: Cell::new(args), keywords: Cell::new(keywords), dict: null() };
    Ok(m.new_object(made).value())
}

/// Positional arguments passed on from the native stack.
const FEW: usize = 8;

fn call(m: &mut Machine, v: Value, given: Args<'_>) -> R<Value> {
    let p = this::<Partial>(m, v)?;
    let (func, own, keywords) = (p.func.get(), p.args.get(), p.keywords.get());
    if !keywords.is_empty() {
        return call_with_keywords(m, func, own, keywords, given);
    }
    if own.is_empty() {
        return m.call_args(func, given);
    }
    let n = own.len() + given.all().len();
    let mut few = [Value::NULL; FEW];
    let many;
    let all: &[Value] = if n <= FEW {
        few[..own.len()].copy_from_slice(own.slice());
        few[own.len()..n].copy_from_slice(given.all());
        &few[..n]
    } else {
        let mut values = ValueVec::with_capacity(m, n);
        for &v in own.slice().iter().chain(given.all()) {
            values.push(m, v);
        }
        many = values;
        &many
    };
    match given.kwnames() {
        Some(names) => m.call_args(func, Args::with_keywords(all, &Keywords::new(all, names))),
        None => m.call(func, all),
    }
}

fn call_with_keywords(m: &mut Machine, func: Value, own: Gc<Tuple>, keywords: Gc<Dict>, given: Args<'_>) -> R<Value> {
    let mut all = ValueVec::with_capacity(m, own.len() + given.all().len() + keywords.len());
    for &v in own.slice().iter().chain(given.pos()) {
        all.push(m, v);
    }
    let merged = if given.has_keywords() {
        let merged = keywords.copy(m);
        for (name, value) in given.keywords() {
            merged.insert(m, name.value(), value)?;
        }
        merged
    } else {
        keywords
    };
    let mut names = ValueVec::with_capacity(m, merged.len());
    for (name, value) in merged.iter() {
        if name.downcast::<crate::object::string::Str>().is_none() {
            return Err(m.type_error("keywords must be strings"));
        }
        names.push(m, name);
        all.push(m, value);
    }
    let names = m.new_tuple(&names);
    m.call_args(func, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    if !m.repr_enter(v) {
        return Ok(m.str_value("..."));
    }
    let text = text(m, v);
    m.repr_leave();
    Ok(m.new_str_wtf8(&text?)?.value())
}

fn text(m: &mut Machine, v: Value) -> R<Vec<u8>> {
    let p = this::<Partial>(m, v)?;
    let mut parts = Vec::new();
    for &a in p.args.get().slice() {
        parts.extend_from_slice(b", ");
        parts.extend_from_slice(m.repr(a)?.bytes());
    }
    let keywords = p.keywords.get();
    let mut i = 0;
    while let Some((at, e)) = keywords.next_entry(i) {
        i = at + 1;
        parts.extend_from_slice(b", ");
        parts.extend_from_slice(m.to_str(e.key)?.bytes());
        parts.push(b'=');
        parts.extend_from_slice(m.repr(e.value)?.bytes());
    }
    let class = class_text(m, v)?;
    let func = m.repr(p.func.get())?;
    Ok([class.as_bytes(), b"(", func.bytes(), &parts, b")"].concat())
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let p = this::<Partial>(m, v)?;
    let class = m.type_of(v);
    let dict = p.dict.get().non_null().unwrap_or(Value::NONE);
    let state = m.new_tuple(&[p.func.get(), p.args.get().value(), p.keywords.get().value(), dict]).value();
    Ok(m.reduced(class.value(), &[p.func.get()], Some(state)))
}

fn setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let p = this::<Partial>(m, v)?;
    let items = args.pos()[0].downcast::<Tuple>().map(Gc::slice);
    let Some(&[func, args, keywords, dict]) = items.filter(|items| items.len() == 4 && is_callable(m, items[0])) else {
        return Err(m.type_error("invalid partial state"));
    };
    let dict_or_none = |v: Value| v.is_none() || v.downcast::<Dict>().is_some();
    if args.downcast::<Tuple>().is_none() || !dict_or_none(keywords) || !dict_or_none(dict) {
        return Err(m.type_error("invalid partial state"));
    }
    let args = m.to_tuple(args)?;
    let keywords = match keywords.downcast::<Dict>() {
        Some(d) if m.type_of(keywords) == m.types.dict => d,
        Some(_) => {
            let d = m.new_dict();
            d.merge(m, keywords, OnDuplicate::Replace)?;
            d
        }
        None => m.new_dict(),
    };
    p.func.set(func);
    p.args.set(args);
    p.keywords.set(keywords);
    p.dict.set(if dict.is_none() { Value::NULL } else { dict });
    Ok(Value::NONE)
}
