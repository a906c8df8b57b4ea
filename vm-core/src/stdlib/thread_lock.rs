//! `_thread.lock`, `RLock` and `_local`.

use super::thread::{TIMEOUT_MAX_S, deadline_after, ident};
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;
use std::mem::offset_of;

/// A `lock` or `RLock` object.
#[repr(C)]
pub(super) struct Lock {
    header: Header,
    /// Times it was acquired and not released.
    count: Cell<i64>,
    /// The thread that holds it.
    owner: Cell<i64>,
}

// SAFETY: repr(C), header first; refers to nothing.
unsafe impl Payload for Lock {
    const LAYOUT: &'static Layout = &layout_of::<Lock>(LayoutId::Other);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// `_thread.lock`.
pub(super) static LOCK: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), new: Some(|m, _, args| args.between(m, "lock", 0, 0).map(|_| new_lock(m))), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("acquire", Convention::VarArgsKeywords, acquire),
        MethodDef::new("acquire_lock", Convention::VarArgsKeywords, acquire),
        MethodDef::new("__enter__", Convention::VarArgsKeywords, acquire),
        MethodDef::new("release", Convention::NoArgs, release),
        MethodDef::new("release_lock", Convention::NoArgs, release),
        MethodDef::new("__exit__", Convention::VarArgs, release),
        MethodDef::new("locked", Convention::NoArgs, locked),
        MethodDef::new("locked_lock", Convention::NoArgs, locked),
        MethodDef::new("_at_fork_reinit", Convention::NoArgs, |_, v, _| {
            this(v).count.set(0);
            Ok(Value::NONE)
        }),
    ],
    doc: "A lock object is a synchronization primitive.  To create a lock,\ncall threading.Lock().",
    ..TypeSpec::new("_thread.lock", Lock::LAYOUT)
};

/// `_thread.RLock`.
pub(super) static RLOCK: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF | TypeFlags::BASETYPE,
    slots: Slots { repr: Some(repr_recursive), new: Some(|m, ty, _| Ok(make(m, ty))), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("acquire", Convention::VarArgsKeywords, acquire_recursive),
        MethodDef::new("__enter__", Convention::VarArgsKeywords, acquire_recursive),
        MethodDef::new("release", Convention::NoArgs, release_recursive),
        MethodDef::new("__exit__", Convention::VarArgs, release_recursive),
        MethodDef::new("_is_owned", Convention::NoArgs, |m, v, _| Ok(Value::from_bool(is_mine(m, v)))),
        MethodDef::new("_recursion_count", Convention::NoArgs, |m, v, _| {
            Ok(Value::small(if is_mine(m, v) { this(v).count.get() } else { 0 }))
        }),
        MethodDef::new("_acquire_restore", Convention::O, restore),
        MethodDef::new("_release_save", Convention::NoArgs, save),
        MethodDef::new("_at_fork_reinit", Convention::NoArgs, |_, v, _| {
            this(v).count.set(0);
            Ok(Value::NONE)
        }),
    ],
    ..TypeSpec::new("_thread.RLock", Lock::LAYOUT)
};

fn this(v: Value) -> Gc<Lock> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast() }
}

fn make(m: &mut Machine, ty: Gc<Type>) -> Value {
    m.new_object(Lock { header: Header::new(ty), count: Cell::new(0), owner: Cell::new(0) }).value()
}

/// A lock that nobody holds.
pub(super) fn new_lock(m: &mut Machine) -> Value {
    let ty = m.native_type(&LOCK);
    make(m, ty)
}

fn is_mine(m: &Machine, v: Value) -> bool {
    this(v).count.get() > 0 && this(v).owner.get() == ident(m)
}

/// How long to wait: `None` for not at all, infinity for ever.
fn patience(m: &mut Machine, args: Args<'_>) -> R<Option<f64>> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [blocking, timeout] = args.bind(m, "acquire", ["blocking", "timeout"], spec)?;
    let blocking = blocking.is_null() || m.truthy(blocking)?;
    let seconds = if timeout.is_null() { -1.0 } else { m.as_f64(timeout)? };
    if seconds.is_nan() {
        return Err(m.value_error("Invalid value NaN (not a number)"));
    }
    if !blocking {
        return if seconds == -1.0 { Ok(None) } else { Err(m.value_error("can't specify a timeout for a non-blocking call")) };
    }
    if seconds < 0.0 {
        return if seconds == -1.0 { Ok(Some(f64::INFINITY)) } else { Err(m.value_error("timeout value must be a non-negative number")) };
    }
    if seconds > TIMEOUT_MAX_S {
        return Err(m.overflow_error("timeout value is too large"));
    }
    Ok(Some(seconds))
}

/// Waits until nobody holds the lock; false if it took too long.
fn wait(m: &mut Machine, v: Value, patience: Option<f64>) -> R<bool> {
    let lock = this(v);
    match patience {
        None => Ok(lock.count.get() == 0),
        Some(s) => m.wait_until(deadline_after(s), &mut |_| lock.count.get() == 0),
    }
}

fn acquire(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let patience = patience(m, args)?;
    if this(v).count.get() > 0 && !wait(m, v, patience)? {
        return Ok(Value::FALSE);
    }
    this(v).count.set(1);
    Ok(Value::TRUE)
}

fn release(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    if this(v).count.replace(0) == 0 {
        return Err(m.runtime_error("release unlocked lock"));
    }
    Ok(Value::NONE)
}

fn locked(_: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    Ok(Value::from_bool(this(v).count.get() > 0))
}

fn acquire_recursive(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let patience = patience(m, args)?;
    let lock = this(v);
    if lock.count.get() > 0 && !is_mine(m, v) && !wait(m, v, patience)? {
        return Ok(Value::FALSE);
    }
    lock.count.set(lock.count.get() + 1);
    lock.owner.set(ident(m));
    Ok(Value::TRUE)
}

fn not_mine(m: &mut Machine) -> Raised {
    m.runtime_error("cannot release un-acquired lock")
}

fn release_recursive(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    if !is_mine(m, v) {
        return Err(not_mine(m));
    }
    this(v).count.set(this(v).count.get() - 1);
    Ok(Value::NONE)
}

fn save(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    if this(v).count.get() == 0 {
        return Err(not_mine(m));
    }
    let state = [Value::small(this(v).count.replace(0)), Value::small(this(v).owner.get())];
    Ok(m.new_tuple(&state).value())
}

fn restore(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let parts = m.collect(args.pos()[0])?;
    let &[count, owner] = &*parts else {
        return Err(m.type_error("_acquire_restore() expects a pair"));
    };
    let (count, owner) = (m.index_i64(count)?, m.index_i64(owner)?);
    if this(v).count.get() > 0 && !is_mine(m, v) {
        wait(m, v, Some(f64::INFINITY))?;
    }
    this(v).count.set(count);
    this(v).owner.set(owner);
    Ok(Value::NONE)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let state = if this(v).count.get() > 0 { "locked" } else { "unlocked" };
    let name = m.type_name(v);
    let text = format!("<{state} {name} object at {:#x}>", crate::object::object_type::address(v));
    Ok(m.str_value(&text))
}

fn repr_recursive(m: &mut Machine, v: Value) -> R<Value> {
    let lock = this(v);
    let state = if lock.count.get() > 0 { "locked" } else { "unlocked" };
    let (name, owner, count) = (m.type_name(v), if lock.count.get() > 0 { lock.owner.get() } else { 0 }, lock.count.get());
    let text = format!("<{state} {name} object owner={owner} count={count} at {:#x}>", crate::object::object_type::address(v));
    Ok(m.str_value(&text))
}

/// A `_local` object: attributes of its own for each thread.
#[repr(C)]
pub(super) struct Local {
    header: Header,
    /// The dict of the thread that used it last.
    dict: Cell<Value>,
    /// That thread.
    owner: Cell<i64>,
    /// The dicts of all threads, by thread.
    all: Value,
    /// Arguments of the constructor, for `__init__` in other threads.
    args: Value,
    keywords: Value,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for Local {
    const LAYOUT: &'static Layout = &layout_of::<Local>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [self.dict.get(), self.all, self.args, self.keywords] {
            m.mark(v);
        }
    }
}

/// `_thread._local`.
pub(super) static LOCAL: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(Local, dict),
    slots: Slots {
        new: Some(new_local),
        getattro: Some(|m, v, name| {
            enter(m, v)?;
            crate::object::attr::generic_get_attr(m, v, name)
        }),
        setattro: Some(set_local),
        init: Some(|_, _, _| Ok(())),
        ..Slots::EMPTY
    },
    getset: &[crate::object::object_type::DICT_CONST],
    doc: "Thread-local data",
    ..TypeSpec::new("_thread._local", Local::LAYOUT)
};

fn new_local(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.native_type(&LOCAL);
    let own_init = ty.slot(|s| s.init).map(|f| f as usize) != base.slot(|s| s.init).map(|f| f as usize);
    if !args.is_empty() && !own_init {
        return Err(m.type_error("Initialization arguments are not supported"));
    }
    let keywords = m.new_dict();
    for (name, value) in args.keywords() {
        keywords.insert(m, name.value(), value)?;
    }
    let (dict, all, positional) = (m.new_dict(), m.new_dict(), m.new_tuple(args.pos()).value());
    let owner = ident(m);
    all.insert(m, Value::small(owner), dict.value())?;
    let local = Local {
        header: Header::new(ty),
        dict: Cell::new(dict.value()),
        owner: Cell::new(owner),
        all: all.value(),
        args: positional,
        keywords: keywords.value(),
    };
    Ok(m.new_object(local).value())
}

/// Puts the running thread's attributes in place.
fn enter(m: &mut Machine, v: Value) -> R<()> {
    // SAFETY: called with instances of the type only.
    let local: Gc<Local> = unsafe { v.cast() };
    let thread = ident(m);
    if local.owner.get() == thread {
        return Ok(());
    }
    let Some(all) = local.all.downcast::<Dict>() else { return Ok(()) };
    local.owner.set(thread);
    if let Some(dict) = all.get(m, Value::small(thread))? {
        local.dict.set(dict);
        return Ok(());
    }
    let dict = m.new_dict().value();
    local.dict.set(dict);
    all.insert(m, Value::small(thread), dict)?;
    let name = m.names.init;
    let init = m.get_attr(v, name)?;
    m.call_applied(init, local.args, local.keywords)?;
    Ok(())
}

fn set_local(m: &mut Machine, v: Value, name: Gc<Str>, value: Value) -> R<()> {
    enter(m, v)?;
    if name == m.names.dict {
        let ty = m.type_name(v);
        let text = format!("'{ty}' object attribute '__dict__' is read-only");
        return Err(m.attribute_error_for(v, name, &text));
    }
    m.generic_set_attr(v, name, value)
}
