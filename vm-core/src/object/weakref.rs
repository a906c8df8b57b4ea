//! `weakref.ReferenceType`. Without reference counts an object dies at a collection: its weak references are cleared then, and their
//! callbacks run at the safepoint that collected (CPython's run at once). One reference without callback is shared, as CPython does.

use super::function::Function;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::import_boot::BOOTSTRAP;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A weak reference.
#[repr(C)]
pub struct WeakRef {
    /// Its type.
    pub header: Header,
    /// The object, or `NULL` once it has died. Not marked.
    pub target: Cell<Value>,
    /// The callback, or `NULL`.
    pub callback: Cell<Value>,
    /// The object's hash, or -1 while unknown.
    pub hash: Cell<i64>,
    /// Whether a program could notice that the object has died: not for classes, nor for what the library keeps for itself.
    pub watched: bool,
}

// SAFETY: repr(C), header first; the target is weak by intention and cleared by `ClassState::clear_weak`.
unsafe impl Payload for WeakRef {
    const LAYOUT: &'static Layout = &layout_of::<WeakRef>(LayoutId::WeakRef);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.callback.get());
    }
}

/// `weakref.ReferenceType`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        hash: Some(hash),
        richcompare: Some(compare),
        init: Some(|m, _, a| a.between(m, "ReferenceType", 1, 2).map(|_| ())),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::class("__class_getitem__", Convention::O, super::generic_alias::class_getitem)],
    getset: &[GetSetDef { name: "__callback__", get: |_, v| Ok(this(v).callback.get().non_null().unwrap_or(Value::NONE)), set: None }],
    ..TypeSpec::new("weakref.ReferenceType", WeakRef::LAYOUT)
};

fn this(v: Value) -> Gc<WeakRef> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

impl Machine {
    /// A weak reference of that class to an object; the callback may be `NULL`.
    pub fn new_weakref(&mut self, ty: Gc<Type>, target: Value, callback: Value) -> R<Value> {
        let target_type = self.type_of(target);
        if !target.is_ptr() || !target_type.has(TypeFlags::HAS_WEAKREF) {
            return Err(self.type_error(&format!("cannot create weak reference to '{}' object", target_type.name_str())));
        }
        if callback.is_null()
            && ty == self.types.weakref
            && let Some(known) = self.shared_weakref(target)
        {
            return Ok(known);
        }
        let header = Header::new(ty);
        let watched = target.downcast::<Type>().is_none() && self.would_be_noticed(target_type);
        let (target, callback, hash) = (Cell::new(target), Cell::new(callback), Cell::new(-1));
        let w = self.new_object(WeakRef { header, target, callback, hash, watched });
        self.classes.add_weakref(w);
        if watched {
            self.watch_deaths();
        }
        Ok(w.value())
    }

    /// Whether a program could notice the death of an instance of that class, to which the running code makes a weak reference. What
    /// the library keeps for itself it could not: while its modules are made, in containers of weak references for their callbacks, and
    /// in the lists of handlers, tasks, threads and executors.
    fn would_be_noticed(&mut self, target_type: Gc<Type>) -> bool {
        if self.imports.in_library() || self.lib.asyncio.is_some_and(|state| state.registering.get()) {
            return false;
        }
        let own = |name: &[u8]| [BOOTSTRAP.as_bytes(), b"weakref", b"_weakrefset"].contains(&name);
        let module = self.type_lookup(target_type, self.names.module).and_then(Value::downcast::<Str>);
        if module.is_some_and(|module| own(module.bytes())) {
            return false;
        }
        let key = self.names.name;
        let mut fp = self.fp;
        while !fp.is_null() {
            // SAFETY: the frames of the running thread are live.
            let frame = unsafe { &*Frame::of(fp) };
            fp = frame.previous;
            let Some(function) = frame.func.downcast::<Function>() else { continue };
            let module = function.globals.get_str(self, key).and_then(Value::downcast::<Str>);
            let Some(module) = module.filter(|m| !own(m.bytes())) else { continue };
            let package = module.bytes().split(|&b| b == b'.').next().unwrap_or_default();
            return ![&b"logging"[..], b"asyncio", b"concurrent", b"threading"].contains(&package);
        }
        true
    }

    fn shared_weakref(&self, target: Value) -> Option<Value> {
        let refs = self.classes.weakrefs_of(target);
        refs.iter().find(|w| w.callback.get().is_null() && std::ptr::eq(w.header.ty(), self.types.weakref.as_ptr())).map(|w| w.value())
    }

    /// The object's first weak reference, as `__weakref__` shows it.
    pub(crate) fn first_weakref(&self, target: Value) -> Option<Value> {
        self.shared_weakref(target).or_else(|| self.classes.weakrefs_of(target).first().map(|w| w.value()))
    }

    /// All weak references to an object.
    #[must_use]
    pub fn weakrefs(&self, target: Value) -> Vec<Value> {
        self.classes.weakrefs_of(target).iter().map(|w| w.value()).collect()
    }

    /// Calls what is to be called after weak references were cleared; errors are unraisable, i.e. dropped.
    pub fn run_pending_callbacks(&mut self) -> R<()> {
        while let Some(w) = self.classes.take_callback() {
            let callback = this(w).callback.replace(Value::NULL);
            if !callback.is_null() && self.call(callback, &[w]).is_err() {
                let exception = self.take_raised();
                self.show_unraisable(exception, callback);
            }
        }
        Ok(())
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let pos = args.pos();
    if pos.is_empty() || pos.len() > 2 {
        let (n, bound) = (pos.len(), if pos.is_empty() { "at least 1 argument" } else { "at most 2 arguments" });
        return Err(m.type_error(&format!("__new__ expected {bound}, got {n}")));
    }
    let callback = pos.get(1).copied().filter(|c| !c.is_none()).unwrap_or(Value::NULL);
    m.new_weakref(ty, pos[0], callback)
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    if !args.is_empty() {
        args.no_keywords(m, "weakref.ReferenceType")?;
        args.between(m, "weakref.ReferenceType", 0, 0)?;
    }
    Ok(this(v).target.get().non_null().unwrap_or(Value::NONE))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let w = this(v);
    if w.hash.get() == -1 {
        let Some(target) = w.target.get().non_null() else { return Err(m.type_error("weak object has gone away")) };
        let h = m.hash(target)?;
        w.hash.set(h);
    }
    Ok(w.hash.get())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<WeakRef>(), b.downcast::<WeakRef>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match (x.target.get().non_null(), y.target.get().non_null()) {
        (Some(s), Some(t)) => m.compare(s, t, op),
        _ => Ok(Value::from_bool(a.is(b) == (op == Compare::Eq))),
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let at = super::object_type::address(v);
    let text = match this(v).target.get().non_null() {
        None => format!("<weakref at {at:#x}; dead>"),
        Some(target) => {
            let name = m.intern("__name__");
            let named = m.get_attr_opt(target, name)?.and_then(Value::downcast::<super::string::Str>);
            let (ty, to) = (m.type_name(target), super::object_type::address(target));
            match named {
                Some(n) => format!("<weakref at {at:#x}; to '{ty}' at {to:#x} ({})>", n.to_string_lossy()),
                None => format!("<weakref at {at:#x}; to '{ty}' at {to:#x}>"),
            }
        }
    };
    Ok(m.str_value(&text))
}

#[cfg(test)]
mod tests {
    use crate::machine::Machine;
    use crate::native::Args;
    use crate::object::bootstrap::BootConfig;
    use crate::object::typeobj::Type;
    use crate::object::value::Value;
    use crate::object::weakref::WeakRef;

    /// Weak references to `n` new objects, in a list that is kept.
    #[inline(never)]
    fn refs_to_new_objects(m: &mut Machine, class: Value, n: usize) -> Value {
        let list = m.new_list(&[]);
        let list_value = m.pin(list.value());
        for _ in 0..n {
            let object = m.call(class, &[]).expect("instance");
            let ty = m.types.weakref;
            let w = m.new_weakref(ty, object, Value::NULL).expect("weakly referenceable");
            list.push(m, w);
        }
        list_value
    }

    #[test]
    fn references_to_the_dead_are_cleared() {
        let m = &mut *Machine::boot(&BootConfig::default());
        m.set_native_stack(crate::heap::stack::here() + 4096, 1 << 20);
        let (name, empty) = (m.str_value("C"), m.new_tuple(&[]).value());
        let dict = m.new_dict().value();
        let class = m.types.type_.value();
        let class = m.call(class, &[name, empty, dict]).expect("class");
        m.pin(class);
        let kept = m.call_type(class.downcast::<Type>().expect("type"), Args::positional(&[])).expect("instance");
        m.pin(kept);
        let ty = m.types.weakref;
        let to_kept = m.new_weakref(ty, kept, Value::NULL).expect("weak reference");
        m.pin(to_kept);
        assert!(m.new_weakref(ty, kept, Value::NULL) == Ok(to_kept), "one reference without callback is shared");
        assert!(m.new_weakref(ty, Value::small(1), Value::NULL).is_err());
        m.take_raised();
        let list = refs_to_new_objects(m, class, 100);
        m.collect_garbage();
        let list = list.downcast::<crate::object::list::List>().expect("list");
        let dead = list.items().iter().filter_map(|w| w.downcast::<WeakRef>()).filter(|w| w.target.get().is_null()).count();
        assert!(dead > 90, "{dead} of 100 were cleared; stray words on the stack may keep a few");
        assert!(to_kept.downcast::<WeakRef>().is_some_and(|w| w.target.get() == kept));
    }
}
