//! `_abc`: which classes an abstract class counts as its own, with the caches that make asking again cheap. The caches hold classes by
//! address and are cleared of dead ones when garbage is collected; CPython holds weak references.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

/// `Py_TPFLAGS_SEQUENCE` and `Py_TPFLAGS_MAPPING`, as `__abc_tpflags__` gives them.
const SEQUENCE: i64 = 1 << 5;
const MAPPING: i64 = 1 << 6;

/// `_abc`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_abc",
    functions: &[
        MethodDef::new("get_cache_token", Convention::NoArgs, |m, _, _| Ok(m.int_from_u64(m.lib.abc_registrations))),
        MethodDef::new("_abc_init", Convention::O, init),
        MethodDef::new("_abc_register", Convention::Fast, register),
        MethodDef::new("_abc_instancecheck", Convention::Fast, instance_check),
        MethodDef::new("_abc_subclasscheck", Convention::Fast, subclass_check),
        MethodDef::new("_get_dump", Convention::O, dump),
        MethodDef::new("_reset_registry", Convention::O, |m, _, args| {
            data_of(m, args.pos()[0])?.registry.borrow_mut().clear();
            Ok(Value::NONE)
        }),
        MethodDef::new("_reset_caches", Convention::O, |m, _, args| {
            let data = data_of(m, args.pos()[0])?;
            data.cache.borrow_mut().clear();
            data.negative.borrow_mut().clear();
            Ok(Value::NONE)
        }),
    ],
    init: None,
    doc: "Module contains faster C implementation of abc.ABCMeta",
};

/// Classes, in the order they were added.
type Classes = RefCell<Vec<Gc<Type>>>;

/// What an abstract class remembers.
#[repr(C)]
pub(crate) struct AbcData {
    header: Header,
    registry: Classes,
    cache: Classes,
    negative: Classes,
    /// Registrations there had been when the negative cache was valid.
    version: Cell<u64>,
}

// SAFETY: repr(C), header first; the classes are weak by intention and cleared by `LibState::clear_weak`.
unsafe impl Payload for AbcData {
    const LAYOUT: &'static Layout = &layout_of::<AbcData>(LayoutId::Other);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

impl AbcData {
    /// Forgets the classes for which `live` is false.
    pub(super) fn retain(&self, mut live: impl FnMut(Value) -> bool) {
        for classes in [&self.registry, &self.cache, &self.negative] {
            classes.borrow_mut().retain(|c| live(c.value()));
        }
    }
}

fn add(classes: &Classes, class: Gc<Type>) {
    let mut classes = classes.borrow_mut();
    if !classes.contains(&class) {
        classes.push(class);
    }
}

fn has(classes: &Classes, class: Gc<Type>) -> bool {
    classes.borrow().contains(&class)
}

static DATA: TypeSpec =
    TypeSpec { slots: Slots::EMPTY, doc: "Internal state held by ABC machinery.", ..TypeSpec::new("_abc._abc_data", AbcData::LAYOUT) };

fn data_of(m: &mut Machine, class: Value) -> R<Gc<AbcData>> {
    let (name, ty) = (m.intern("_abc_impl"), m.native_type(&DATA));
    let data = m.get_attr(class, name)?;
    if m.type_of(data) != ty {
        return Err(m.type_error("_abc_impl is set to a wrong type"));
    }
    // SAFETY: the instances of that type are of this struct.
    Ok(unsafe { data.cast() })
}

fn is_abstract(m: &mut Machine, v: Value) -> R<bool> {
    let name = m.intern("__isabstractmethod__");
    match m.get_attr_opt(v, name)? {
        Some(flag) => m.truthy(flag),
        None => Ok(false),
    }
}

/// Sets `__abstractmethods__`.
fn set_abstract_methods(m: &mut Machine, class: Value) -> R<()> {
    let ty = m.types.frozenset;
    let found: Gc<Set> = m.new_set_of(ty);
    let (dict, items, bases, key) = (m.names.dict, m.names.items, m.names.bases, m.names.abstractmethods);
    let namespace = m.get_attr(class, dict)?;
    let items = m.call_method(namespace, items, &[])?;
    let items = m.collect(items)?;
    for i in 0..items.len() {
        let pair = m.collect(items[i])?;
        let &[name, value] = &*pair else {
            return Err(m.type_error("items() returned item which size is not 2"));
        };
        if is_abstract(m, value)? {
            found.add(m, name)?;
        }
    }
    let bases = m.get_attr(class, bases)?;
    let Some(bases) = bases.downcast::<Tuple>() else {
        return Err(m.type_error("__bases__ is not tuple"));
    };
    for &base in bases.slice() {
        let Some(inherited) = m.get_attr_opt(base, key)? else { continue };
        let names = m.collect(inherited)?;
        for i in 0..names.len() {
            let name = m.attribute_name(names[i])?;
            if let Some(value) = m.get_attr_opt(class, name)?
                && is_abstract(m, value)?
            {
                found.add(m, name.value())?;
            }
        }
    }
    m.set_attr(class, key, found.value())
}

fn init(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let class = args.pos()[0];
    set_abstract_methods(m, class)?;
    let ty = m.native_type(&DATA);
    let data = m.new_object(AbcData {
        header: Header::new(ty),
        registry: Classes::default(),
        cache: Classes::default(),
        negative: Classes::default(),
        version: Cell::new(m.lib.abc_registrations),
    });
    m.lib.abc_data.push(data);
    let name = m.intern("_abc_impl");
    m.set_attr(class, name, data.value())?;
    let key = m.intern("__abc_tpflags__");
    if let Some(ty) = class.downcast::<Type>()
        && let Some(flags) = ty.dict.get().and_then(|d| d.remove_str(m, key))
        && let Some(flags) = m.int_as_i64(flags)
    {
        if flags & SEQUENCE != 0 && flags & MAPPING != 0 {
            return Err(m.type_error("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING"));
        }
        let mask = if flags & SEQUENCE != 0 { TypeFlags::SEQUENCE } else { 0 } | if flags & MAPPING != 0 { TypeFlags::MAPPING } else { 0 };
        ty.set_flags(mask);
    }
    Ok(Value::NONE)
}

/// Lets a class and all its subclasses match the same patterns as the abstract class.
fn pass_flags(class: Gc<Type>, flags: u32) {
    if class.has(TypeFlags::IMMUTABLE) || class.has(flags) {
        return;
    }
    class.clear_flags(TypeFlags::SEQUENCE | TypeFlags::MAPPING);
    class.set_flags(flags);
    let subclasses = class.subclasses.borrow().clone();
    for sub in subclasses {
        pass_flags(sub, flags);
    }
}

fn register(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let &[class, subclass] = args.between(m, "_abc_register", 2, 2)? else { return Ok(Value::NONE) };
    let Some(sub) = subclass.downcast::<Type>() else {
        return Err(m.type_error("Can only register classes"));
    };
    if m.is_subclass(subclass, class)? {
        return Ok(subclass);
    }
    if m.is_subclass(class, subclass)? {
        return Err(m.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data_of(m, class)?;
    add(&data.registry, sub);
    m.lib.abc_registrations += 1;
    if let Some(ty) = class.downcast::<Type>() {
        let flags = ty.flags.get() & (TypeFlags::SEQUENCE | TypeFlags::MAPPING);
        if flags != 0 {
            pass_flags(sub, flags);
        }
    }
    Ok(subclass)
}

fn instance_check(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let &[class, instance] = args.between(m, "_abc_instancecheck", 2, 2)? else { return Ok(Value::NONE) };
    let data = data_of(m, class)?;
    let name = m.names.class;
    let subclass = m.get_attr(instance, name)?;
    let known = subclass.downcast::<Type>();
    if known.is_some_and(|c| has(&data.cache, c)) {
        return Ok(Value::TRUE);
    }
    let subtype = m.type_of(instance);
    let check = m.names.subclasscheck;
    if subtype.value().is(subclass) {
        if data.version.get() == m.lib.abc_registrations && has(&data.negative, subtype) {
            return Ok(Value::FALSE);
        }
        return m.call_method(class, check, &[subclass]);
    }
    let result = m.call_method(class, check, &[subclass])?;
    if m.truthy(result)? { Ok(result) } else { m.call_method(class, check, &[subtype.value()]) }
}

fn subclass_check(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let &[class, subclass] = args.between(m, "_abc_subclasscheck", 2, 2)? else { return Ok(Value::NONE) };
    let Some(sub) = subclass.downcast::<Type>() else {
        return Err(m.type_error("issubclass() arg 1 must be a class"));
    };
    m.check_native_stack()?;
    let data = data_of(m, class)?;
    if has(&data.cache, sub) {
        return Ok(Value::TRUE);
    }
    if data.version.get() < m.lib.abc_registrations {
        data.negative.borrow_mut().clear();
        data.version.set(m.lib.abc_registrations);
    } else if has(&data.negative, sub) {
        return Ok(Value::FALSE);
    }
    let found = counts_as(m, class, sub, data)?;
    add(if found { &data.cache } else { &data.negative }, sub);
    Ok(Value::from_bool(found))
}

fn counts_as(m: &mut Machine, class: Value, sub: Gc<Type>, data: Gc<AbcData>) -> R<bool> {
    let hook = m.intern("__subclasshook__");
    match m.call_method(class, hook, &[sub.value()])? {
        Value::TRUE => return Ok(true),
        Value::FALSE => return Ok(false),
        Value::NOT_IMPLEMENTED => {}
        _ => {
            let error = m.exceptions.assertion_error;
            return Err(m.raise_message(error, "__subclasshook__ must return either False, True, or NotImplemented"));
        }
    }
    if class.downcast::<Type>().is_some_and(|c| sub.is_subtype_of(c)) || has(&data.registry, sub) {
        return Ok(true);
    }
    let registered: Vec<Value> = data.registry.borrow().iter().map(|c| c.value()).collect();
    let registered = m.new_tuple(&registered);
    for &known in registered.slice() {
        if m.is_subclass(sub.value(), known)? {
            return Ok(true);
        }
    }
    let name = m.intern("__subclasses__");
    let subclasses = m.call_method(class, name, &[])?;
    let Some(list) = subclasses.downcast::<List>() else {
        return Err(m.type_error("__subclasses__() must return a list"));
    };
    let mut i = 0;
    while let Some(known) = list.get(i) {
        if m.is_subclass(sub.value(), known)? {
            return Ok(true);
        }
        i += 1;
    }
    Ok(false)
}

fn dump(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let data = data_of(m, args.pos()[0])?;
    let parts = m.new_list(&[]);
    for classes in [&data.registry, &data.cache, &data.negative] {
        let (set, ty) = (m.new_set(), m.types.weakref);
        for i in 0..classes.borrow().len() {
            let class = classes.borrow()[i].value();
            let reference = m.new_weakref(ty, class, Value::NULL)?;
            set.add(m, reference)?;
        }
        parts.push(m, set.value());
    }
    let version = m.int_from_u64(data.version.get());
    parts.push(m, version);
    Ok(m.new_tuple(parts.items()).value())
}
