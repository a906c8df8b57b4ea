//! Slots of Python classes: the functions that call a class's special methods, and the rules by which a class gets them.
//!
//! A class whose special method is the wrapper of a native slot gets that slot itself; any other method gets the function here that
//! looks it up and calls it (CPython's `slot_*` functions and `update_one_slot`).

use super::function::NativeFunction;
use super::header::Gc;
use super::slot_defs::{SLOT_DEFS, SlotDef};
use super::slot_wrapper::SlotWrapper;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::Args;

/// Calls a special method, or raises `AttributeError(name)` if it has gone (`vectorcall_method`).
fn method(m: &mut Machine, v: Value, name: Gc<Str>, args: &[Value]) -> R<Value> {
    match m.call_special(v, name, args)? {
        Some(result) => Ok(result),
        None => Err(m.attribute_error(name.as_static_str())),
    }
}

/// `__del__`.
pub(crate) fn finalize(m: &mut Machine, v: Value) -> R<()> {
    let name = m.names.del;
    m.call_special(v, name, &[]).map(|_| ())
}

macro_rules! unary {
    ($($fname:ident = $name:ident,)*) => {
        $(#[inline(never)]
        pub(crate) fn $fname(m: &mut Machine, v: Value) -> R<Value> {
            let name = m.names.$name;
            method(m, v, name, &[])
        })*
    };
}

macro_rules! in_place {
    ($($fname:ident = $name:ident,)*) => {
        $(#[inline(never)]
        pub(crate) fn $fname(m: &mut Machine, a: Value, b: Value) -> R<Value> {
            let name = m.names.$name;
            method(m, a, name, &[b])
        })*
    };
}

macro_rules! binary {
    ($($fname:ident = $name:ident / $reflected:ident,)*) => {
        $(#[inline(never)]
        pub(crate) fn $fname(m: &mut Machine, a: Value, b: Value) -> R<Value> {
            let (name, reflected) = (m.names.$name, m.names.$reflected);
            let generic = |t: Gc<Type>| t.slot(|s| s.$fname).is_some_and(|f| f as usize == $fname as *const () as usize);
            let (left, right) = (generic(m.type_of(a)), generic(m.type_of(b)));
            either_side(m, a, b, name, reflected, left, right)
        })*
    };
}

unary! {
    neg = neg, pos = pos, abs = abs, invert = invert, int = int, float = float, index = index, aiter = aiter, anext = anext,
}

in_place! {
    getitem = getitem, iadd = iadd, isub = isub, imul = imul, imatmul = imatmul, itruediv = itruediv, ifloordiv = ifloordiv, irem = imod,
    ilshift = ilshift, irshift = irshift, iand = iand, ixor = ixor, ior = ior,
}

binary! {
    add = add / radd, sub = sub / rsub, mul = mul / rmul, matmul = matmul / rmatmul, truediv = truediv / rtruediv,
    floordiv = floordiv / rfloordiv, rem = mod_ / rmod, divmod = divmod / rdivmod, lshift = lshift / rlshift, rshift = rshift / rrshift,
    and = and / rand, xor = xor / rxor, or = or / ror,
}

/// A binary operator of which one side or both are Python classes (`SLOT1BINFULL`): a subclass on the right that overrides the
/// reflected method goes first.
fn either_side(m: &mut Machine, a: Value, b: Value, name: Gc<Str>, reflected: Gc<Str>, left: bool, right: bool) -> R<Value> {
    let (ta, tb) = (m.type_of(a), m.type_of(b));
    let mut try_right = ta != tb && right;
    if left {
        if try_right && tb.is_subtype_of(ta) && overrides(m, ta, tb, reflected) {
            let r = m.call_special(b, reflected, &[a])?.unwrap_or(Value::NOT_IMPLEMENTED);
            if r != Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
            try_right = false;
        }
        let r = m.call_special(a, name, &[b])?.unwrap_or(Value::NOT_IMPLEMENTED);
        if r != Value::NOT_IMPLEMENTED || ta == tb {
            return Ok(r);
        }
    }
    if try_right {
        return Ok(m.call_special(b, reflected, &[a])?.unwrap_or(Value::NOT_IMPLEMENTED));
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// Whether the right operand's class has a method of its own, different from the left one's.
fn overrides(m: &mut Machine, left: Gc<Type>, right: Gc<Type>, name: Gc<Str>) -> bool {
    match m.type_lookup(right, name) {
        None => false,
        Some(r) => m.type_lookup(left, name).is_none_or(|l| !l.is(r)),
    }
}

#[inline(never)]
pub(crate) fn pow(m: &mut Machine, a: Value, b: Value, modulus: Value) -> R<Value> {
    let generic = |t: Gc<Type>| t.slot(|s| s.pow).is_some_and(|f| f as usize == pow as *const () as usize);
    let (name, reflected) = (m.names.pow, m.names.rpow);
    let (left, right) = (generic(m.type_of(a)), generic(m.type_of(b)));
    if modulus.is_none() || modulus.is_null() {
        return either_side(m, a, b, name, reflected, left, right);
    }
    if left { method(m, a, name, &[b, modulus]) } else { Ok(Value::NOT_IMPLEMENTED) }
}

#[inline(never)]
pub(crate) fn ipow(m: &mut Machine, a: Value, b: Value, _: Value) -> R<Value> {
    let name = m.names.ipow;
    method(m, a, name, &[b])
}

#[inline(never)]
pub(crate) fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let name = m.names.repr;
    match m.call_special(v, name, &[])? {
        Some(r) => Ok(r),
        None => super::object_type::default_repr(m, v),
    }
}

#[inline(never)]
pub(crate) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let name = m.names.str;
    method(m, v, name, &[])
}

/// The hash of what cannot be hashed.
#[inline(never)]
pub(crate) fn hash_not_implemented(m: &mut Machine, v: Value) -> R<i64> {
    let name = m.type_name(v);
    Err(m.type_error(&format!("unhashable type: '{name}'")))
}

#[inline(never)]
pub(crate) fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let (ty, name) = (m.type_of(v), m.names.hash);
    if m.type_lookup(ty, name).is_none_or(Value::is_none) {
        return hash_not_implemented(m, v);
    }
    let result = method(m, v, name, &[])?;
    let h = if result.is_int() {
        result.as_int()
    } else if m.type_of(result).is_subtype_of(m.types.int) {
        // Any 64-bit number is taken as it is; a longer one is hashed.
        match m.int_to_bigint(result).and_then(|i| i64::try_from(&i).ok()) {
            Some(h) => h,
            None => {
                let exact = m.exact_int(result);
                m.hash(exact)?
            }
        }
    } else {
        return Err(m.type_error("__hash__ method should return an integer"));
    };
    Ok(if h == -1 { -2 } else { h })
}

#[inline(never)]
pub(crate) fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (ty, name) = (m.type_of(v), m.names.call);
    let Some(f) = m.type_lookup(ty, name) else {
        return Err(m.attribute_error("__call__"));
    };
    if m.type_of(f).has(TypeFlags::METHOD_DESCRIPTOR) {
        return m.call_prepended(f, v, args);
    }
    let f = m.bind_descriptor(f, v, ty)?;
    m.call_args(f, args)
}

/// `__getattribute__`, then `__getattr__`.
#[inline(never)]
pub(crate) fn getattro(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    let ty = m.type_of(v);
    let (getattribute, getattr) = (m.names.getattribute, m.names.getattr);
    let getattr = m.type_lookup(ty, getattr);
    let found = match m.type_lookup(ty, getattribute).map(|f| (f, f.downcast::<SlotWrapper>())) {
        Some((_, Some(w))) => {
            let native = w.owner.slot(|s| s.getattro);
            match native {
                Some(f) if f as usize == super::attr::generic_get_attr as *const () as usize => {
                    if getattr.is_some() {
                        m.generic_get_attr_opt(v, name)
                    } else {
                        return super::attr::generic_get_attr(m, v, name);
                    }
                }
                Some(f) => f(m, v, name).map(Some),
                None => Err(m.no_attribute(v, name)),
            }
        }
        Some((f, None)) => {
            if m.type_of(f).has(TypeFlags::METHOD_DESCRIPTOR) {
                m.call(f, &[v, name.value()]).map(Some)
            } else {
                m.bind_descriptor(f, v, ty).and_then(|f| m.call(f, &[name.value()])).map(Some)
            }
        }
        None => m.generic_get_attr_opt(v, name),
    };
    match (found, getattr) {
        (Ok(Some(value)), _) => Ok(value),
        (Ok(None), None) => Err(m.no_attribute(v, name)),
        (Err(e), None) => Err(e),
        (Ok(None), Some(f)) => call_getattr(m, f, v, ty, name),
        (Err(e), Some(f)) => {
            let class = m.exceptions.attribute_error;
            if m.pending_is(class) {
                m.take_raised();
                call_getattr(m, f, v, ty, name)
            } else {
                Err(e)
            }
        }
    }
}

fn call_getattr(m: &mut Machine, f: Value, v: Value, ty: Gc<Type>, name: Gc<Str>) -> R<Value> {
    if m.type_of(f).has(TypeFlags::METHOD_DESCRIPTOR) {
        return m.call(f, &[v, name.value()]);
    }
    let f = m.bind_descriptor(f, v, ty)?;
    m.call(f, &[name.value()])
}

#[inline(never)]
pub(crate) fn setattro(m: &mut Machine, v: Value, name: Gc<Str>, value: Value) -> R<()> {
    if value.is_null() {
        let method_name = m.names.delattr;
        method(m, v, method_name, &[name.value()])?;
    } else {
        let method_name = m.names.setattr;
        method(m, v, method_name, &[name.value(), value])?;
    }
    Ok(())
}

#[inline(never)]
pub(crate) fn richcompare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let name = match op {
        Compare::Lt => m.names.lt,
        Compare::Le => m.names.le,
        Compare::Eq => m.names.eq,
        Compare::Ne => m.names.ne,
        Compare::Gt => m.names.gt,
        Compare::Ge => m.names.ge,
    };
    Ok(m.call_special(a, name, &[b])?.unwrap_or(Value::NOT_IMPLEMENTED))
}

#[inline(never)]
pub(crate) fn iter(m: &mut Machine, v: Value) -> R<Value> {
    let (ty, name) = (m.type_of(v), m.names.iter);
    if m.type_lookup(ty, name).is_none_or(Value::is_none) {
        let name = m.type_name(v);
        return Err(m.type_error(&format!("'{name}' object is not iterable")));
    }
    method(m, v, name, &[])
}

/// `__next__`; the value of its `StopIteration` is left for `yield from` ([`Machine::stop_value`]).
#[inline(never)]
pub(crate) fn iternext(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let name = m.names.next;
    let class = m.exceptions.stop_iteration;
    match method(m, v, name, &[]) {
        Ok(item) => Ok(Some(item)),
        Err(_) if m.pending_is(class) => {
            let exception = m.take_raised();
            let value = m.names.value;
            if let Ok(Some(value)) = m.get_attr_opt(exception, value) {
                m.stop_value = if value.is_none() { Value::NULL } else { value };
            }
            Ok(None)
        }
        Err(e) => Err(e),
    }
}

#[inline(never)]
pub(crate) fn await_(m: &mut Machine, v: Value) -> R<Value> {
    let name = m.names.await_;
    match m.call_special(v, name, &[])? {
        Some(r) => Ok(r),
        None => {
            let name = m.type_name(v);
            Err(m.attribute_error(&format!("object {name} does not have __await__ method")))
        }
    }
}

#[inline(never)]
pub(crate) fn descr_get(m: &mut Machine, descr: Value, object: Value, ty: Value) -> R<Value> {
    let (own, name) = (m.type_of(descr), m.names.get);
    if m.type_lookup(own, name).is_none() {
        return Ok(descr);
    }
    let or_none = |v: Value| v.non_null().unwrap_or(Value::NONE);
    method(m, descr, name, &[or_none(object), or_none(ty)])
}

#[inline(never)]
pub(crate) fn descr_set(m: &mut Machine, descr: Value, object: Value, value: Value) -> R<()> {
    if value.is_null() {
        let name = m.names.delete;
        method(m, descr, name, &[object])?;
    } else {
        let name = m.names.set;
        method(m, descr, name, &[object, value])?;
    }
    Ok(())
}

#[inline(never)]
pub(crate) fn setitem(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    if value.is_null() {
        let name = m.names.delitem;
        method(m, v, name, &[key])?;
    } else {
        let name = m.names.setitem;
        method(m, v, name, &[key, value])?;
    }
    Ok(())
}

#[inline(never)]
pub(crate) fn contains(m: &mut Machine, v: Value, item: Value) -> R<bool> {
    let (ty, name) = (m.type_of(v), m.names.contains);
    match m.type_lookup(ty, name) {
        Some(Value::NONE) => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("'{name}' object is not a container")))
        }
        _ => {
            let r = method(m, v, name, &[item])?;
            m.truthy(r)
        }
    }
}

#[inline(never)]
pub(crate) fn len(m: &mut Machine, v: Value) -> R<usize> {
    let name = m.names.len;
    let r = method(m, v, name, &[])?;
    let n = if r.is_int() {
        r.as_int()
    } else {
        let r = m.index(r)?;
        match m.int_as_i64(r) {
            Some(n) => n,
            None if super::int::IntRef::of(r).is_some_and(super::int::IntRef::is_negative) => -1,
            None => return Err(m.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    };
    usize::try_from(n).map_err(|_| m.value_error("__len__() should return >= 0"))
}

#[inline(never)]
pub(crate) fn bool(m: &mut Machine, v: Value) -> R<bool> {
    let (by_bool, by_len) = (m.names.bool, m.names.len);
    if let Some(r) = m.call_special(v, by_bool, &[])? {
        return match r {
            Value::TRUE => Ok(true),
            Value::FALSE => Ok(false),
            _ => {
                let name = m.type_name(r);
                Err(m.type_error(&format!("__bool__ should return bool, returned {name}")))
            }
        };
    }
    match m.call_special(v, by_len, &[])? {
        Some(r) => m.truthy(r),
        None => Ok(true),
    }
}

#[inline(never)]
pub(crate) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let (ty, name) = (m.type_of(v), m.names.init);
    let Some(f) = m.type_lookup(ty, name) else {
        return Err(m.attribute_error("__init__"));
    };
    let r = if m.type_of(f).has(TypeFlags::METHOD_DESCRIPTOR) {
        m.call_prepended(f, v, args)?
    } else {
        let f = m.bind_descriptor(f, v, ty)?;
        m.call_args(f, args)?
    };
    if r.is_none() {
        return Ok(());
    }
    let name = m.type_name(r);
    Err(m.type_error(&format!("__init__() should return None, not '{name}'")))
}

#[inline(never)]
pub(crate) fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let name = m.names.new;
    let f = m.get_attr(ty.value(), name)?;
    m.call_prepended(f, ty.value(), args)
}

/// Rows of each slot, as ranges of [`SLOT_DEFS`]: rows of one slot stand together.
fn groups() -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let slot = SLOT_DEFS.get(start)?.slot;
        let end = (start..SLOT_DEFS.len()).find(|&i| SLOT_DEFS[i].slot != slot).unwrap_or(SLOT_DEFS.len());
        Some(std::mem::replace(&mut start, end)..end)
    })
}

/// Whether a value is the `__new__` that wraps a builtin class's `new` slot; then that class.
pub(crate) fn wrapped_new(descr: Value) -> Option<Gc<Type>> {
    let f = descr.downcast::<NativeFunction>()?;
    if std::ptr::eq(f.def, &raw const super::type_type::NEW) { f.this.downcast::<Type>() } else { None }
}

/// Works out one slot of a Python class from the special methods it has and inherits.
fn update_group(m: &mut Machine, ty: Gc<Type>, rows: std::ops::Range<usize>) {
    let mut native: Option<(Gc<Type>, &'static SlotDef)> = None;
    let (mut generic, mut unhashable) = (false, false);
    for i in rows.clone() {
        let row = &SLOT_DEFS[i];
        let name = m.classes.slot_names[i];
        let Some(descr) = m.type_lookup(ty, name) else { continue };
        if let Some(w) = descr.downcast::<SlotWrapper>() {
            let applies = ty.is_subtype_of(w.owner);
            if std::ptr::eq(w.def, row) && applies {
                let address = |t: Gc<Type>| (row.address)(&t.slots.borrow());
                match native {
                    None => native = Some((w.owner, row)),
                    Some((owner, _)) if address(owner) == address(w.owner) => {}
                    Some(_) => generic = true,
                }
            } else if !(applies && w.def.name == row.name && w.def.slot != row.slot) {
                generic = true;
            }
        } else if row.slot == "new"
            && let Some(owner) = wrapped_new(descr)
        {
            native = Some((owner, row));
        } else if row.slot == "hash" && descr.is_none() {
            unhashable = true;
        } else {
            generic = true;
        }
    }
    let row = &SLOT_DEFS[rows.start];
    let mut slots = ty.slots.borrow_mut();
    if generic {
        (row.set_generic)(&mut slots);
    } else if unhashable {
        slots.hash = Some(hash_not_implemented);
    } else if let Some((owner, row)) = native {
        let from: Slots = *owner.slots.borrow();
        (row.copy)(&mut slots, &from);
    } else {
        (row.clear)(&mut slots);
    }
}

/// Works out all slots of a new Python class.
pub(crate) fn update_all(m: &mut Machine, ty: Gc<Type>) {
    for rows in groups() {
        update_group(m, ty, rows);
    }
}

/// Brings slots up to date after an attribute of a class was set or deleted, in the class and its subclasses.
pub(crate) fn attribute_changed(m: &mut Machine, ty: Gc<Type>, name: Gc<Str>) {
    if !name.bytes().starts_with(b"__") || !m.classes.slot_names.contains(&name) {
        return;
    }
    let affected: Vec<std::ops::Range<usize>> = groups().filter(|rows| rows.clone().any(|i| m.classes.slot_names[i] == name)).collect();
    update_tree(m, ty, &affected);
}

fn update_tree(m: &mut Machine, ty: Gc<Type>, affected: &[std::ops::Range<usize>]) {
    if ty.has(TypeFlags::HEAP) {
        for rows in affected {
            update_group(m, ty, rows.clone());
        }
    }
    let subclasses = ty.subclasses.borrow().clone();
    for sub in subclasses {
        update_tree(m, sub, affected);
    }
}

/// Adds wrappers of a builtin class's own slots to its namespace.
pub(crate) fn add_wrappers(m: &mut Machine, ty: Gc<Type>, own: &Slots) {
    let Some(dict) = ty.dict.get() else { return };
    for (i, row) in SLOT_DEFS.iter().enumerate() {
        let name = m.classes.slot_names[i];
        if row.wrap.is_none() || (row.address)(own) == 0 || dict.get_str(m, name).is_some() {
            continue;
        }
        let header = super::header::Header::new(m.types.wrapper_descriptor);
        let wrapper = m.new_object(SlotWrapper { header, def: row, owner: ty });
        dict.insert_str(m, name, wrapper.value());
    }
    let name = m.names.new;
    if own.new.is_some() && dict.get_str(m, name).is_none() {
        let f = m.new_native_function(&super::type_type::NEW, ty.value(), Value::NULL);
        dict.insert_str(m, name, f.value());
    }
    let name = m.names.hash;
    if own.hash.is_none() && own.richcompare.is_some() && dict.get_str(m, name).is_none() {
        dict.insert_str(m, name, Value::NONE);
    }
}
