//! LOAD_ATTR, STORE_ATTR, LOAD_SUPER_ATTR. Cache units of LOAD_ATTR: counter, type version (two units), keys version or index or
//! offset (two units), descriptor (four units).

use super::Choice;
use crate::object::attr::AttrKind;
use crate::object::descriptors::MemberDescr;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::header::Gc;
use crate::object::instance::Inline;
use crate::object::property::Property;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::op::Slow;
use crate::opcodes::Opcode;

/// Cache unit of an index, a byte offset or a keys version.
pub(crate) const INDEX: usize = 3;
/// First cache unit of a descriptor.
pub(crate) const DESCR: usize = 5;

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
    let (kind, descr) = s.m.lookup_attr_kind(ty, name);
    version(s, ty)?;
    match kind {
        AttrKind::Overriding => Err("overriding descriptor"),
        AttrKind::Method if as_method => from_class(s, ty, owner, name, descr, true),
        AttrKind::Method => Err("method"),
        AttrKind::Property => {
            // SAFETY: the kind says so.
            let fget = unsafe { descr.cast::<Property>() }.get.get();
            let Some(func) = fget.downcast::<Function>() else { return Err("property not py function") };
            let code = func.code.get();
            if !code.simple_args || code.argcount != 1 {
                return Err("wrong number arguments");
            }
            if as_method {
                return Err("method");
            }
            let version = s.m.function_version(func);
            if version == 0 {
                return Err("out of versions");
            }
            s.set_cache(INDEX, version);
            s.set_cache_word(DESCR, fget.bits());
            Ok(Opcode::LOAD_ATTR_PROPERTY)
        }
        AttrKind::Slot => {
            // SAFETY: the kind says so.
            let member = unsafe { descr.cast::<MemberDescr>() };
            if as_method {
                return Err("method");
            }
            if !ty.is_subtype_of(member.owner) {
                return Err("expected error");
            }
            s.set_cache(INDEX, member.offset);
            Ok(Opcode::LOAD_ATTR_SLOT)
        }
        AttrKind::GetAttribute => {
            let Some(func) = descr.downcast::<Function>() else { return Err("overridden") };
            let _ = func;
            Err("overridden")
        }
        AttrKind::Mutable => Err("mutable class"),
        AttrKind::Plain if !ty.has(TypeFlags::HAS_DICT) => {
            if as_method {
                Err("method")
            } else {
                from_class(s, ty, owner, name, descr, false)
            }
        }
        AttrKind::Plain | AttrKind::NonOverriding | AttrKind::Absent => {
            if kind == AttrKind::Plain
                && ty.has(TypeFlags::INLINE_VALUES)
                && ty.shared_keys.index_of(name).is_none()
                && !as_method
                && inline_valid(ty, owner)
            {
                return from_class(s, ty, owner, name, descr, false);
            }
            from_instance(s, ty, owner, name, false)
        }
    }
}

fn inline_valid(ty: Gc<Type>, owner: Value) -> bool {
    // SAFETY: the caller has checked that the class has inline values.
    unsafe { (*Inline::of(&ty, owner.as_ptr()).meta).valid != 0 }
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
    if !ty.has(TypeFlags::HAS_DICT) || ty.has(TypeFlags::NATIVE_DICT) {
        return Err("not managed dict");
    }
    // SAFETY: the class has a dict word.
    let dict = unsafe { *owner.as_ptr().cast::<u8>().add(ty.dict_offset.get() as usize).cast::<Value>() };
    if ty.has(TypeFlags::INLINE_VALUES) && inline_valid(ty, owner) && dict.is_null() {
        let Some(index) = ty.shared_keys.index_of(name) else { return Err("not in keys") };
        s.set_cache(INDEX, index as u32);
        return Ok(if store { Opcode::STORE_ATTR_INSTANCE_VALUE } else { Opcode::LOAD_ATTR_INSTANCE_VALUE });
    }
    let Some(dict) = dict.downcast::<Dict>().filter(|d| s.m.type_of(d.value()) == s.m.types.dict) else { return Err("no dict") };
    let Some(index) = dict.index_of_str(name) else { return Err("not in dict") };
    s.set_cache(INDEX, index as u32);
    Ok(if store { Opcode::STORE_ATTR_WITH_HINT } else { Opcode::LOAD_ATTR_WITH_HINT })
}

fn module(s: &mut Slow<'_>, owner: Value, name: Gc<Str>) -> Choice {
    let dict = s.m.module_dict(owner);
    let Some(index) = dict.index_of_str(name) else { return Err("expected error") };
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
    if s.m.type_lookup(metatype, name).is_some() {
        return Err("metaclass attribute");
    }
    if metatype != s.m.types.type_ && !metatype.is_subtype_of(s.m.types.type_) {
        return Err("other");
    }
    let getattro = metatype.slot(|x| x.getattro).map(|f| f as usize);
    if getattro != s.m.types.type_.slot(|x| x.getattro).map(|f| f as usize) {
        return Err("metaclass overridden");
    }
    let Some(found) = s.m.type_lookup(class, name) else { return Err("expected error") };
    let dt = s.m.type_of(found);
    let plain = dt.slot(|x| x.descr_get).is_none();
    if !(plain || dt.has(TypeFlags::METHOD_DESCRIPTOR)) {
        return Err("other");
    }
    version(s, class)?;
    s.set_cache_word(DESCR, found.bits());
    Ok(Opcode::LOAD_ATTR_CLASS)
}

/// STORE_ATTR. Cache units: counter, type version (two units), index or offset.
pub(super) fn store_attr(s: &mut Slow<'_>) -> Choice {
    let owner = s.top(1);
    let name = s.name(s.oparg);
    let ty = s.m.type_of(owner);
    if ty == s.m.types.module {
        return Err("overridden");
    }
    let plain = s.m.types.object.slot(|x| x.setattro).map(|f| f as usize);
    if ty.slot(|x| x.setattro).map(|f| f as usize) != plain || !owner.is_ptr() {
        return Err("overridden");
    }
    let (kind, descr) = s.m.lookup_attr_kind(ty, name);
    version(s, ty)?;
    match kind {
        AttrKind::Overriding => Err("overriding descriptor"),
        AttrKind::Property => Err("property"),
        AttrKind::Slot => {
            // SAFETY: the kind says so.
            let member = unsafe { descr.cast::<MemberDescr>() };
            if !ty.is_subtype_of(member.owner) {
                return Err("expected error");
            }
            s.set_cache(INDEX, member.offset);
            Ok(Opcode::STORE_ATTR_SLOT)
        }
        AttrKind::Mutable => Err("mutable class"),
        AttrKind::GetAttribute if descr.is_null() => from_instance(s, ty, owner, name, true),
        AttrKind::Method => Err("method"),
        AttrKind::Plain => Err("class attr simple"),
        AttrKind::NonOverriding => Err("non overriding descriptor"),
        AttrKind::GetAttribute => Err("class attr simple"),
        AttrKind::Absent => from_instance(s, ty, owner, name, true),
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
