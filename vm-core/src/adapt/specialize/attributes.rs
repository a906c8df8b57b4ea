//! LOAD_ATTR, STORE_ATTR, LOAD_SUPER_ATTR. Cache units of LOAD_ATTR: counter, type version (two units), keys version or index or
//! offset (two units), descriptor (four units).

use super::Choice;
use crate::object::attr::AttrKind;
use crate::object::descriptors::{GetSetDescr, MemberDescr};
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::instance::holds_values;
use crate::object::property::Property;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::op::Slow;
use crate::opcodes::Opcode;

/// Cache unit of the byte offset of an instance's dict word, after which its inline values stand: CPython has the version's other half there.
pub(crate) const DICT_OFFSET: usize = 2;
/// Cache unit of an index, a byte offset or a keys version.
pub(crate) const INDEX: usize = 3;
/// First cache unit of a descriptor.
pub(crate) const DESCR: usize = 5;
/// Bit of the cached type version that says: a word of the object in CPython, computed by a native descriptor here.
pub(crate) const COMPUTED: u32 = 1 << 31;

fn version(s: &mut Slow<'_>, ty: Gc<Type>) -> Result<(), &'static str> {
    match s.m.type_version(ty) {
        0 => Err("out of versions"),
        v => {
            s.set_cache(1, v);
            Ok(())
        }
    }
}

pub(super) fn load_attr(s: &mut Slow<'_>) -> Choice {
    let owner = s.top(1);
    let name = s.name(s.oparg >> 1);
    let as_method = s.oparg & 1 != 0;
    let ty = s.m.type_of(owner);
    if ty == s.m.types.module {
        return module(s, owner, name);
    }
    if let Some(class) = owner.downcast::<Type>() {
        return class_attr(s, class, name);
    }
    let (kind, descr) = s.m.lookup_attr_kind(ty, name, false);
    version(s, ty)?;
    match kind {
        AttrKind::Overriding => Err("overriding descriptor"),
        AttrKind::Method if as_method => from_class(s, ty, owner, name, descr, true),
        AttrKind::Method => Err("method"),
        AttrKind::Property => {
            // SAFETY: the kind says so.
            let fget = unsafe { descr.cast::<Property>() }.get.get();
            if fget.is_null() || fget.is_none() {
                return Err("expected error");
            }
            let Some(getter) = fget.downcast::<Function>() else { return Err("property not py function") };
            inlined_call(s, getter, 1, as_method)?;
            Ok(Opcode::LOAD_ATTR_PROPERTY)
        }
        AttrKind::ObjectSlot => {
            slot(s, ty, descr)?;
            Ok(Opcode::LOAD_ATTR_SLOT)
        }
        AttrKind::OtherSlot => Err("non object slot"),
        AttrKind::DunderClass => {
            computed_slot(s);
            Ok(Opcode::LOAD_ATTR_SLOT)
        }
        AttrKind::Mutable => Err("mutable class"),
        AttrKind::Overridden => Err("overridden"),
        AttrKind::GetAttribute => {
            let Some(getter) = descr.downcast::<Function>() else { return Err("overridden") };
            inlined_call(s, getter, 2, as_method)?;
            Ok(Opcode::LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN)
        }
        AttrKind::BuiltinClassMethod => Err("builtin class method obj"),
        AttrKind::PythonClassMethod => Err("class method obj"),
        AttrKind::NonOverriding => Err(if has_managed_dict(ty) { "class attr descriptor" } else { "not managed dict" }),
        AttrKind::NonDescriptor if as_method => Err("class attr simple"),
        AttrKind::NonDescriptor => from_class(s, ty, owner, name, descr, false),
        AttrKind::Absent => from_instance(s, ty, owner, name, false),
    }
}

/// Caches a Python function that stands for the attribute and takes `argcount` arguments.
fn inlined_call(s: &mut Slow<'_>, getter: Gc<Function>, argcount: u32, as_method: bool) -> Result<(), &'static str> {
    let code = getter.code.get();
    super::simple_function(&code)?;
    if code.argcount as usize != argcount as usize {
        return Err("wrong number arguments");
    }
    if as_method {
        return Err("method");
    }
    match getter.version.get() {
        0 => Err("out of versions"),
        version => {
            s.set_cache(INDEX, version);
            s.set_cache_word(DESCR, getter.value().bits());
            Ok(())
        }
    }
}

/// Caches where the word of a slot lies.
fn slot(s: &mut Slow<'_>, ty: Gc<Type>, descr: Value) -> Result<(), &'static str> {
    match descr.downcast::<MemberDescr>() {
        Some(member) if !ty.is_subtype_of(member.owner) => Err("expected error"),
        Some(member) if member.computed.is_none() => {
            s.set_cache(INDEX, member.offset);
            Ok(())
        }
        _ => {
            computed_slot(s);
            Ok(())
        }
    }
}

/// Marks the version, so that the fast path does not take what is no word of the object here for one.
fn computed_slot(s: &mut Slow<'_>) {
    let version = s.cache(1);
    s.set_cache(1, version | COMPUTED);
    s.set_cache(INDEX, 0);
}

/// Whether instances keep attributes as CPython's managed dicts do.
fn has_managed_dict(ty: Gc<Type>) -> bool {
    ty.has(TypeFlags::HAS_DICT) && !ty.has(TypeFlags::NATIVE_DICT)
}

/// An attribute found on the class, that instances do not hide.
fn from_class(s: &mut Slow<'_>, ty: Gc<Type>, owner: Value, name: Gc<Str>, descr: Value, is_method: bool) -> Choice {
    let form = if ty.has(TypeFlags::INLINE_VALUES) {
        if ty.shared_keys.index_of(name).is_some() {
            return Err("shadowed");
        }
        if ty.shared_keys.version.get() == 0 {
            let v = s.m.fresh_keys_version();
            ty.shared_keys.version.set(v);
        }
        match ty.shared_keys.version.get() {
            0 => return Err("out of versions"),
            v => s.set_cache(INDEX, v),
        }
        s.set_cache(DICT_OFFSET, ty.dict_offset.get());
        if is_method { Opcode::LOAD_ATTR_METHOD_WITH_VALUES } else { Opcode::LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES }
    } else if !ty.has(TypeFlags::HAS_DICT) {
        if is_method { Opcode::LOAD_ATTR_METHOD_NO_DICT } else { Opcode::LOAD_ATTR_NONDESCRIPTOR_NO_DICT }
    } else if is_method {
        let offset = ty.dict_offset.get();
        // SAFETY: the word lies at dict_offset of an instance.
        let dict = unsafe { *owner.as_ptr().cast::<u8>().add(offset as usize).cast::<Value>() };
        if !dict.is_null() {
            return Err("not managed dict");
        }
        s.set_cache(INDEX, offset);
        Opcode::LOAD_ATTR_METHOD_LAZY_DICT
    } else {
        return Err("class attr simple");
    };
    s.set_cache_word(DESCR, descr.bits());
    Ok(form)
}

/// An attribute of the instance itself: in its inline values, or in its dict.
fn from_instance(s: &mut Slow<'_>, ty: Gc<Type>, owner: Value, name: Gc<Str>, store: bool) -> Choice {
    if !has_managed_dict(ty) {
        return Err("not managed dict");
    }
    // SAFETY: the class has a dict word.
    let dict = unsafe { *owner.as_ptr().cast::<u8>().add(ty.dict_offset.get() as usize).cast::<Value>() };
    // SAFETY: the class has inline values.
    let inline = ty.has(TypeFlags::INLINE_VALUES) && unsafe { holds_values(ty, owner.as_ptr()) };
    if inline && (dict.is_null() || !store) {
        let Some(index) = ty.shared_keys.index_of(name) else { return Err("not in keys") };
        s.set_cache(INDEX, index as u32);
        s.set_cache(DICT_OFFSET, ty.dict_offset.get());
        return Ok(if store { Opcode::STORE_ATTR_INSTANCE_VALUE } else { Opcode::LOAD_ATTR_INSTANCE_VALUE });
    }
    let Some(dict) = dict.downcast::<Dict>().filter(|d| s.m.type_of(d.value()) == s.m.types.dict) else { return Err("no dict") };
    if inline || dict.is_split() {
        return Err("non string or split");
    }
    let Some(index) = dict.index_of_str(name) else { return Err("not in dict") };
    s.set_cache(INDEX, index as u32);
    Ok(if store { Opcode::STORE_ATTR_WITH_HINT } else { Opcode::LOAD_ATTR_WITH_HINT })
}

fn module(s: &mut Slow<'_>, owner: Value, name: Gc<Str>) -> Choice {
    let dict = s.m.module_dict(owner);
    if !dict.has_str_keys() {
        return Err("non string or split");
    }
    let getattr = s.m.names.getattr;
    if dict.index_of_str(getattr).is_some() {
        return Err("module attr not found");
    }
    let Some(index) = dict.index_of_str(name) else { return Err("module attr not found") };
    match dict.keys_version(s.m) {
        0 => Err("out of versions"),
        v => {
            s.set_cache(1, v);
            s.set_cache(INDEX, index as u32);
            Ok(Opcode::LOAD_ATTR_MODULE)
        }
    }
}

fn class_attr(s: &mut Slow<'_>, class: Gc<Type>, name: Gc<Str>) -> Choice {
    let metatype = s.m.type_of(class.value());
    if metatype != s.m.types.type_ || s.m.type_lookup(metatype, name).is_some() {
        return Err("metaclass attribute");
    }
    let (kind, descr) = s.m.lookup_attr_kind(class, name, false);
    version(s, class)?;
    match kind {
        AttrKind::Method | AttrKind::NonDescriptor => {
            s.set_cache_word(DESCR, descr.bits());
            Ok(Opcode::LOAD_ATTR_CLASS)
        }
        AttrKind::Absent => Err("expected error"),
        AttrKind::Overriding => Err("overriding descriptor"),
        AttrKind::Property => Err("property"),
        AttrKind::ObjectSlot => Err("object slot"),
        AttrKind::OtherSlot => Err("non object slot"),
        AttrKind::DunderClass => Err("other"),
        AttrKind::Mutable => Err("mutable class"),
        AttrKind::Overridden | AttrKind::GetAttribute => Err("overridden"),
        AttrKind::BuiltinClassMethod => Err("builtin class method"),
        AttrKind::PythonClassMethod => Err("class method obj"),
        AttrKind::NonOverriding => Err("non overriding descriptor"),
    }
}

/// STORE_ATTR. Cache units: counter, type version (two units), index or offset.
pub(super) fn store_attr(s: &mut Slow<'_>) -> Choice {
    let owner = s.top(1);
    let name = s.name(s.oparg);
    let ty = s.m.type_of(owner);
    if ty == s.m.types.module {
        return Err("overridden");
    }
    let (kind, descr) = s.m.lookup_attr_kind(ty, name, true);
    version(s, ty)?;
    match kind {
        AttrKind::Overriding => Err("overriding descriptor"),
        AttrKind::Method => Err("method"),
        AttrKind::Property => Err("property"),
        AttrKind::ObjectSlot if is_read_only(descr) => Err("read only"),
        AttrKind::ObjectSlot => {
            slot(s, ty, descr)?;
            Ok(Opcode::STORE_ATTR_SLOT)
        }
        AttrKind::DunderClass | AttrKind::OtherSlot => Err("non object slot"),
        AttrKind::Mutable => Err("mutable class"),
        AttrKind::Overridden | AttrKind::GetAttribute => Err("overridden"),
        AttrKind::BuiltinClassMethod => Err("builtin class method obj"),
        AttrKind::PythonClassMethod => Err("class method obj"),
        AttrKind::NonOverriding => Err("class attr descriptor"),
        AttrKind::NonDescriptor => Err("class attr simple"),
        AttrKind::Absent => from_instance(s, ty, owner, name, true),
    }
}

fn is_read_only(descr: Value) -> bool {
    match (descr.downcast::<MemberDescr>(), descr.downcast::<GetSetDescr>()) {
        (Some(member), _) => member.read_only,
        (_, Some(computed)) => computed.def.set.is_none(),
        _ => false,
    }
}

pub(super) fn load_super_attr(s: &mut Slow<'_>) -> Choice {
    let (global_super, class) = (s.top(3), s.top(2));
    if global_super != s.m.types.super_.value() {
        return Err("shadowed");
    }
    if class.downcast::<Type>().is_none() {
        return Err("bad class");
    }
    Ok(if s.oparg & 1 != 0 { Opcode::LOAD_SUPER_ATTR_METHOD } else { Opcode::LOAD_SUPER_ATTR_ATTR })
}
