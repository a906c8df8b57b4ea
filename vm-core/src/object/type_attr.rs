//! Attributes of classes: look-up with the metaclass, setting (which ends caches and updates slots), and the computed ones such as
//! `__name__`, `__bases__`, `__doc__`.

use super::dict::Dict;
use super::header::Gc;
use super::string::Str;
use super::tuple::Tuple;
use super::type_type::this;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::GetSetDef;

/// Computed attributes of classes.
pub(super) static GETSET: &[GetSetDef] = &[
    GetSetDef { name: "__name__", get: get_name, set: Some(set_name) },
    GetSetDef { name: "__qualname__", get: |_, v| Ok(this(v).qualname.get()), set: Some(set_qualname) },
    GetSetDef { name: "__bases__", get: |_, v| Ok(this(v).bases.get()), set: Some(super::class_build::set_bases) },
    GetSetDef { name: "__mro__", get: get_mro, set: None },
    GetSetDef { name: "__base__", get: |_, v| Ok(this(v).base.get().non_null().unwrap_or(Value::NONE)), set: None },
    GetSetDef { name: "__module__", get: get_module, set: Some(set_module) },
    GetSetDef { name: "__abstractmethods__", get: get_abstract, set: Some(set_abstract) },
    GetSetDef { name: "__dict__", get: get_dict, set: None },
    GetSetDef { name: "__doc__", get: get_doc, set: Some(set_doc) },
    GetSetDef { name: "__text_signature__", get: get_signature, set: None },
    GetSetDef { name: "__annotations__", get: get_annotations, set: Some(set_annotations) },
    GetSetDef { name: "__type_params__", get: get_type_params, set: Some(set_type_params) },
    GetSetDef { name: "__basicsize__", get: |_, v| Ok(Value::small(i64::from(this(v).basic_size.get()))), set: None },
    GetSetDef { name: "__itemsize__", get: |m, v| Ok(Value::small(super::class_layout::item_size(m, this(v)))), set: None },
    GetSetDef { name: "__flags__", get: |_, v| Ok(Value::small(cpython_flags(this(v)))), set: None },
    GetSetDef { name: "__dictoffset__", get: |_, v| Ok(Value::small(dict_offset(this(v)))), set: None },
    GetSetDef { name: "__weakrefoffset__", get: |_, v| Ok(Value::small(i64::from(this(v).has(TypeFlags::HAS_WEAKREF)))), set: None },
];

/// `type.__getattribute__`.
#[inline(never)]
pub(crate) fn type_get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    match type_get_attr_opt(m, v, name)? {
        Some(found) => Ok(found),
        None => Err(m.no_attribute(v, name)),
    }
}

/// As [`type_get_attr`], `None` if there is no such attribute; what a descriptor raises is raised.
#[inline(always)]
pub(crate) fn type_get_attr_opt(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Option<Value>> {
    let ty = this(v);
    let meta = m.type_of(v);
    let on_meta = m.type_lookup(meta, name);
    let mut meta_get = None;
    if let Some(d) = on_meta {
        let dt = m.type_of(d);
        meta_get = dt.slot(|s| s.descr_get);
        if let Some(get) = meta_get
            && dt.slot(|s| s.descr_set).is_some()
        {
            return get(m, d, v, meta.value()).map(Some);
        }
    }
    if let Some(found) = m.type_lookup(ty, name) {
        return match m.type_of(found).slot(|s| s.descr_get) {
            Some(get) => get(m, found, Value::NULL, v).map(Some),
            None => Ok(Some(found)),
        };
    }
    match (on_meta, meta_get) {
        (Some(d), Some(get)) => get(m, d, v, meta.value()).map(Some),
        (found, _) => Ok(found),
    }
}

/// `type.__setattr__` and `__delattr__` (`NULL`).
#[inline(never)]
pub(crate) fn type_set_attr(m: &mut Machine, v: Value, name: Gc<Str>, value: Value) -> R<()> {
    let ty = this(v);
    if ty.has(TypeFlags::IMMUTABLE) {
        let shown = m.repr(name.value())?;
        return Err(m.type_error(&format!("cannot set {} attribute of immutable type '{}'", shown.to_string_lossy(), ty.name_str())));
    }
    let meta = m.type_of(v);
    if let Some(d) = m.type_lookup(meta, name)
        && let Some(set) = m.type_of(d).slot(|s| s.descr_set)
    {
        return set(m, d, v, value);
    }
    let Some(dict) = ty.dict.get() else { return Err(m.system_error("class without namespace")) };
    m.type_modified(ty);
    if value.is_null() {
        if dict.remove_str(m, name).is_none() {
            return Err(m.no_attribute(v, name));
        }
    } else {
        dict.insert_str(m, name, value);
    }
    super::type_slots::attribute_changed(m, ty, name);
    Ok(())
}

/// Fails for builtin classes and deletion (`check_set_special_type_attr`).
fn check_special(m: &mut Machine, ty: Gc<Type>, value: Value, name: &str) -> R<()> {
    if ty.has(TypeFlags::IMMUTABLE) {
        return Err(m.type_error(&format!("cannot set '{name}' attribute of immutable type '{}'", ty.name_str())));
    }
    if value.is_null() {
        return Err(m.type_error(&format!("cannot delete '{name}' attribute of immutable type '{}'", ty.name_str())));
    }
    Ok(())
}

/// An entry of the class's own namespace.
pub(super) fn own(m: &mut Machine, ty: Gc<Type>, name: Gc<Str>) -> Option<Value> {
    ty.dict.get().and_then(|d| d.get_str(m, name))
}

fn set_own(m: &mut Machine, ty: Gc<Type>, name: Gc<Str>, value: Value) {
    m.type_modified(ty);
    if let Some(d) = ty.dict.get() {
        d.insert_str(m, name, value);
    }
}

/// `__module__` of a class.
pub(crate) fn type_module(m: &mut Machine, ty: Gc<Type>) -> Option<Value> {
    if ty.has(TypeFlags::HEAP) {
        let name = m.names.module;
        return own(m, ty, name);
    }
    let name = ty.name_str();
    Some(m.intern(name.rsplit_once('.').map_or("builtins", |(module, _)| module)).value())
}

fn get_name(m: &mut Machine, v: Value) -> R<Value> {
    let ty = this(v);
    if ty.has(TypeFlags::HEAP) {
        return Ok(ty.name.get());
    }
    let name = ty.name_str();
    Ok(m.intern(name.rsplit('.').next().unwrap_or(name)).value())
}

fn set_name(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let ty = this(v);
    check_special(m, ty, value, "__name__")?;
    let Some(name) = value.downcast::<Str>() else {
        let got = m.type_name(value);
        return Err(m.type_error(&format!("can only assign string to {}.__name__, not '{got}'", ty.name_str())));
    };
    if name.bytes().contains(&0) {
        return Err(m.value_error("type name must not contain null characters"));
    }
    ty.name.set(value);
    Ok(())
}

fn set_qualname(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let ty = this(v);
    check_special(m, ty, value, "__qualname__")?;
    if value.downcast::<Str>().is_none() {
        let got = m.type_name(value);
        return Err(m.type_error(&format!("can only assign string to {}.__qualname__, not '{got}'", ty.name_str())));
    }
    ty.qualname.set(value);
    Ok(())
}

fn get_mro(m: &mut Machine, v: Value) -> R<Value> {
    let mro: Vec<Value> = this(v).mro.borrow().iter().map(|t| t.value()).collect();
    Ok(m.new_tuple(&mro).value())
}

fn get_module(m: &mut Machine, v: Value) -> R<Value> {
    match type_module(m, this(v)) {
        Some(module) => Ok(module),
        None => Err(m.attribute_error("__module__")),
    }
}

fn set_module(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let ty = this(v);
    check_special(m, ty, value, "__module__")?;
    let (name, line) = (m.names.module, m.names.firstlineno);
    set_own(m, ty, name, value);
    if let Some(d) = ty.dict.get() {
        d.remove_str(m, line);
    }
    Ok(())
}

fn get_abstract(m: &mut Machine, v: Value) -> R<Value> {
    let (ty, name) = (this(v), m.names.abstractmethods);
    match own(m, ty, name).filter(|_| ty != m.types.type_) {
        Some(value) if !super::descriptors::is_native_attribute(value) => Ok(value),
        _ => Err(m.attribute_error("__abstractmethods__")),
    }
}

fn set_abstract(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (ty, name) = (this(v), m.names.abstractmethods);
    if value.is_null() {
        m.type_modified(ty);
        if ty.dict.get().and_then(|d| d.remove_str(m, name)).is_none() {
            return Err(m.attribute_error("__abstractmethods__"));
        }
        ty.clear_flags(TypeFlags::ABSTRACT);
        return Ok(());
    }
    if m.truthy(value)? {
        ty.set_flags(TypeFlags::ABSTRACT);
    } else {
        ty.clear_flags(TypeFlags::ABSTRACT);
    }
    set_own(m, ty, name, value);
    Ok(())
}

fn get_dict(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).dict.get() {
        Some(d) => Ok(m.new_mapping_proxy(d.value())),
        None => Ok(Value::NONE),
    }
}

fn get_doc(m: &mut Machine, v: Value) -> R<Value> {
    let (ty, name) = (this(v), m.names.doc);
    // Some builtin classes have a descriptor for their instances' `__doc__` in their namespace.
    if !ty.has(TypeFlags::HEAP)
        && let Some(doc) = ty.doc.get().downcast::<Str>()
    {
        return match doc.as_static_str().split_once("\n--\n\n") {
            Some((_, text)) => Ok(m.str_value(text)),
            None => Ok(doc.value()),
        };
    }
    match own(m, ty, name) {
        Some(d) if !ty.has(TypeFlags::HEAP) && super::descriptors::is_native_attribute(d) => Ok(Value::NONE),
        Some(d) => match m.type_of(d).slot(|s| s.descr_get) {
            Some(get) => get(m, d, Value::NULL, v),
            None => Ok(d),
        },
        None => Ok(Value::NONE),
    }
}

fn set_doc(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (ty, name) = (this(v), m.names.doc);
    check_special(m, ty, value, "__doc__")?;
    set_own(m, ty, name, value);
    Ok(())
}

fn get_signature(m: &mut Machine, v: Value) -> R<Value> {
    let Some(doc) = this(v).doc.get().downcast::<Str>() else { return Ok(Value::NONE) };
    match doc.as_static_str().split_once("\n--\n\n") {
        Some((head, _)) => match head.find('(') {
            Some(at) => Ok(m.str_value(&head[at..])),
            None => Ok(Value::NONE),
        },
        None => Ok(Value::NONE),
    }
}

fn get_annotations(m: &mut Machine, v: Value) -> R<Value> {
    let (ty, name) = (this(v), m.names.annotations);
    if !ty.has(TypeFlags::HEAP) {
        return Err(m.attribute_error(&format!("type object '{}' has no attribute '__annotations__'", ty.name_str())));
    }
    if let Some(found) = own(m, ty, name) {
        return match m.type_of(found).slot(|s| s.descr_get) {
            Some(get) => get(m, found, Value::NULL, v),
            None => Ok(found),
        };
    }
    let dict = m.new_dict().value();
    set_own(m, ty, name, dict);
    Ok(dict)
}

fn set_annotations(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (ty, name) = (this(v), m.names.annotations);
    if ty.has(TypeFlags::IMMUTABLE) {
        return Err(m.type_error(&format!("cannot set '__annotations__' attribute of immutable type '{}'", ty.name_str())));
    }
    if value.is_null() {
        m.type_modified(ty);
        if ty.dict.get().and_then(|d| d.remove_str(m, name)).is_none() {
            return Err(m.attribute_error("__annotations__"));
        }
        return Ok(());
    }
    set_own(m, ty, name, value);
    Ok(())
}

fn get_type_params(m: &mut Machine, v: Value) -> R<Value> {
    let (ty, name) = (this(v), m.names.type_params);
    match own(m, ty, name) {
        Some(params) if ty != m.types.type_ => Ok(params),
        _ => Ok(m.new_tuple(&[]).value()),
    }
}

fn set_type_params(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (ty, name) = (this(v), m.names.type_params);
    check_special(m, ty, value, "__type_params__")?;
    set_own(m, ty, name, value);
    Ok(())
}

/// `Py_TPFLAGS_*` as far as this model has them.
fn cpython_flags(ty: Gc<Type>) -> i64 {
    let mut flags = 1 << 12;
    for (ours, theirs) in [
        (TypeFlags::HEAP, 9),
        (TypeFlags::BASETYPE, 10),
        (TypeFlags::IMMUTABLE, 8),
        (TypeFlags::DISALLOW_INSTANTIATION, 7),
        (TypeFlags::SEQUENCE, 5),
        (TypeFlags::MAPPING, 6),
        (TypeFlags::METHOD_DESCRIPTOR, 17),
        (TypeFlags::ABSTRACT, 20),
        (TypeFlags::MATCH_SELF, 22),
        (TypeFlags::INLINE_VALUES, 2),
    ] {
        if ty.has(ours) {
            flags |= 1 << theirs;
        }
    }
    // There it is made at run time, and looks as if the program had made it.
    if matches!(ty.name_str(), "Generic" | "typing.Generic") && !ty.has(TypeFlags::HEAP) {
        flags |= 1 << 9;
    }
    flags
}

fn dict_offset(ty: Gc<Type>) -> i64 {
    if ty.has(TypeFlags::INLINE_VALUES) { -1 } else { i64::from(ty.dict_offset.get()) }
}

/// Adds the names of a class and its bases to a dict, for `dir`.
pub(crate) fn merge_class_dict(m: &mut Machine, into: Gc<Dict>, class: Value) -> R<()> {
    m.check_native_stack()?;
    let (dict_name, bases_name) = (m.names.dict, m.names.bases);
    if let Some(d) = class.downcast::<Type>().and_then(|t| t.dict.get()) {
        for (name, _) in d.copy(m).iter() {
            into.insert(m, name, Value::NONE)?;
        }
    } else if let Some(d) = m.get_attr_opt(class, dict_name)? {
        let names = m.collect(d)?;
        for &name in names.iter() {
            into.insert(m, name, Value::NONE)?;
        }
    }
    if let Some(bases) = m.get_attr_opt(class, bases_name)?.and_then(Value::downcast::<Tuple>) {
        for &base in bases.slice() {
            merge_class_dict(m, into, base)?;
        }
    }
    Ok(())
}
