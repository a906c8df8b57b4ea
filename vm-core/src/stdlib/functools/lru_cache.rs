//! `functools._lru_cache_wrapper`: remembers results by arguments. A bounded cache keeps its entries in a ring in order of use, so that a
//! hit costs one look-up and some relinking.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null, ssize, this};
use std::cell::Cell;
use std::mem::offset_of;

native_struct! {
    /// An entry of a bounded cache; also the start of the ring, whose key is `NULL`.
    struct LruLink {
        /// The entry used before this one.
        previous: Cell<Value>,
        /// The entry used after this one.
        next: Cell<Value>,
        /// The arguments.
        key: Cell<Value>,
        /// Their hash.
        hash: Cell<i64>,
        /// The result.
        result: Cell<Value>,
    }
}

native_struct! {
    /// `_lru_cache_wrapper`.
    struct LruCache {
        /// The function.
        func: Value,
        /// Results (or links, if it is bounded) by key.
        cache: Gc<Dict>,
        /// Start of the ring: the oldest entry comes after it, the newest before.
        root: Gc<LruLink>,
        /// Separates positional from keyword arguments in keys.
        mark: Value,
        /// Makes what `cache_info()` returns.
        info: Value,
        /// Most entries; below zero for no limit.
        limit: i64,
        /// Whether arguments of different classes are different.
        typed: bool,
        /// Calls answered from the cache.
        hits: Cell<i64>,
        /// Calls passed on.
        misses: Cell<i64>,
        /// `__dict__`, or `NULL`.
        dict: Cell<Value>,
    }
}

/// Links are objects of this type; programs do not see them.
static LINK: TypeSpec = TypeSpec::new("functools._lru_list_elem", LruLink::LAYOUT);

/// Separates positional from keyword arguments in keys.
static MARK: TypeSpec = TypeSpec::new("functools._kwd_mark", crate::object::instance::Instance::LAYOUT);

/// `functools._lru_cache_wrapper`.
pub(super) static WRAPPER: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF | TypeFlags::METHOD_DESCRIPTOR,
    dict_offset: offset_of!(LruCache, dict),
    slots: Slots {
        new: Some(new),
        call: Some(call),
        getattro: Some(crate::object::attr::generic_get_attr),
        setattro: Some(crate::object::attr::generic_set_attr),
        descr_get: Some(
            |m, v, object, _| {
                if object.is_null() || object.is_none() { Ok(v) } else { Ok(m.new_bound_method(v, object).value()) }
            },
        ),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("cache_info", Convention::NoArgs, info),
        MethodDef::new("cache_clear", Convention::NoArgs, clear),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let name = m.names.qualname;
            m.get_attr(v, name)
        }),
        MethodDef::new("__copy__", Convention::VarArgs, |_, v, _| Ok(v)),
        MethodDef::new("__deepcopy__", Convention::VarArgs, |_, v, _| Ok(v)),
    ],
    getset: &[crate::stdlib::native_struct::DICT],
    doc: "Create a cached callable that wraps another function.",
    ..TypeSpec::new("functools._lru_cache_wrapper", LruCache::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let names = ["user_function", "maxsize", "typed", "cache_info_type"];
    let spec = BindSpec { positional_only: 0, required: 4, max_positional: 4 };
    let [func, limit, typed, info] = args.bind(m, "lru_cache", names, spec)?;
    let typed = m.truthy(typed)?;
    if m.type_of(func).slot(|s| s.call).is_none() {
        return Err(m.type_error("the first argument must be callable"));
    }
    let limit = if limit.is_none() {
        -1
    } else if m.is_index(limit) {
        ssize(m, limit)?.max(0)
    } else {
        return Err(m.type_error("maxsize should be integer or None"));
    };
    let cache = m.new_dict();
    let root = new_link(m, Value::NULL, 0, Value::NULL);
    root.previous.set(root.value());
    root.next.set(root.value());
    let mark_type = m.native_type(&MARK);
    let mark = m.new_instance(mark_type).value();
    let (hits, misses) = (Cell::new(0), Cell::new(0));
    let header = Header::new(class);
    let made = LruCache { header, func, cache, root, mark, info, limit, typed, hits, misses, dict: null() };
    Ok(m.new_object(made).value())
}

fn new_link(m: &mut Machine, key: Value, hash: i64, result: Value) -> Gc<LruLink> {
    let header = Header::new(m.native_type(&LINK));
    let made = LruLink { header, previous: null(), next: null(), key: Cell::new(key), hash: Cell::new(hash), result: Cell::new(result) };
    m.new_object(made)
}

/// Takes a link out of its ring.
fn unlink(link: Gc<LruLink>) {
    let (previous, next) = (link.previous.get(), link.next.get());
    if let (Some(p), Some(n)) = (previous.downcast::<LruLink>(), next.downcast::<LruLink>()) {
        p.next.set(next);
        n.previous.set(previous);
    }
}

/// Puts a link at the end of the ring: it was used last.
fn append(root: Gc<LruLink>, link: Gc<LruLink>) {
    let last = root.previous.get();
    if let Some(last) = last.downcast::<LruLink>() {
        last.next.set(link.value());
    }
    root.previous.set(link.value());
    link.previous.set(last);
    link.next.set(root.value());
}

/// What stands for the arguments in the cache: the argument itself if it is a single `int` or `str`, else a tuple.
fn key_of(m: &mut Machine, it: &LruCache, args: Args<'_>) -> Value {
    let (pos, keywords) = (args.pos(), args.has_keywords());
    if !it.typed && !keywords {
        if let &[one] = pos {
            let ty = m.type_of(one);
            if ty == m.types.int || ty == m.types.str {
                return one;
            }
        }
        return m.new_tuple(pos).value();
    }
    let mut key = ValueVec::from_slice(m, pos);
    if keywords {
        key.push(m, it.mark);
        for (name, value) in args.keywords() {
            key.push(m, name.value());
            key.push(m, value);
        }
    }
    if it.typed {
        for &v in args.all() {
            let ty = m.type_of(v).value();
            key.push(m, ty);
        }
    }
    m.new_tuple(&key).value()
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = this::<LruCache>(m, v)?;
    if it.limit == 0 {
        it.misses.set(it.misses.get() + 1);
        return m.call_args(it.func, args);
    }
    let key = key_of(m, &it, args);
    let hash = m.hash_key_of(key)?;
    let found = it.cache.get_hashed(m, key, hash)?;
    if it.limit < 0 {
        if let Some(result) = found {
            it.hits.set(it.hits.get() + 1);
            return Ok(result);
        }
        it.misses.set(it.misses.get() + 1);
        let result = m.call_args(it.func, args)?;
        it.cache.insert_hashed(m, key, hash, result)?;
        return Ok(result);
    }
    if let Some(link) = found.and_then(Value::downcast::<LruLink>) {
        unlink(link);
        append(it.root, link);
        it.hits.set(it.hits.get() + 1);
        return Ok(link.result.get());
    }
    it.misses.set(it.misses.get() + 1);
    let result = m.call_args(it.func, args)?;
    // The call may have filled the cache with the very same key.
    if it.cache.get_hashed(m, key, hash)?.is_some() {
        return Ok(result);
    }
    let oldest = it.root.next.get().downcast::<LruLink>().filter(|&link| link != it.root);
    match oldest.filter(|_| it.cache.len() as i64 >= it.limit) {
        None => {
            let link = new_link(m, key, hash, result);
            it.cache.insert_hashed(m, key, hash, link.value())?;
            append(it.root, link);
        }
        Some(link) => {
            unlink(link);
            let old = link.key.get();
            if it.cache.remove_hashed(m, old, link.hash.get())?.is_none() {
                // Another call has taken it out meanwhile: this result is not kept.
                return Ok(result);
            }
            link.key.set(key);
            link.hash.set(hash);
            link.result.set(result);
            it.cache.insert_hashed(m, key, hash, link.value())?;
            append(it.root, link);
        }
    }
    Ok(result)
}

fn info(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<LruCache>(m, v)?;
    let limit = if it.limit < 0 { Value::NONE } else { m.new_int(it.limit) };
    let args = [m.new_int(it.hits.get()), m.new_int(it.misses.get()), limit, Value::small(it.cache.len() as i64)];
    m.call(it.info, &args)
}

fn clear(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = this::<LruCache>(m, v)?;
    it.root.previous.set(it.root.value());
    it.root.next.set(it.root.value());
    it.hits.set(0);
    it.misses.set(0);
    it.cache.clear(m);
    Ok(Value::NONE)
}
