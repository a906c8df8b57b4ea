//! Descriptors over native state: computed attributes (`getset_descriptor`), and the words of `__slots__` together with those attributes
//! of builtin types that are words of the object in CPython (`member_descriptor`), although they may be computed here.
//! Both apply to instances of one class only; methods have descriptors of their own in `native_function_type.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{GetSetDef, TypeSpec};

/// A computed attribute of a class.
#[repr(C)]
pub struct GetSetDescr {
    /// Its type.
    pub header: Header,
    /// How it is read and written.
    pub def: &'static GetSetDef,
    /// The class it belongs to.
    pub owner: Gc<Type>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for GetSetDescr {
    const LAYOUT: &'static Layout = &layout_of::<GetSetDescr>(LayoutId::GetSetDescr);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.owner);
    }
}

/// A word of the instances: named in `__slots__`, or shown as one by a builtin type.
#[repr(C)]
pub struct MemberDescr {
    /// Its type.
    pub header: Header,
    /// The attribute.
    pub name: Gc<Str>,
    /// The class it belongs to.
    pub owner: Gc<Type>,
    /// Where the word lies in an instance.
    pub offset: u32,
    /// Whether the attribute can only be read; an absent value then reads as `None`.
    pub read_only: bool,
    /// How a builtin type's attribute is read and written; the word above has no meaning then.
    pub computed: Option<&'static GetSetDef>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for MemberDescr {
    const LAYOUT: &'static Layout = &layout_of::<MemberDescr>(LayoutId::MemberDescr);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.name);
        m.mark_gc(self.owner);
    }
}

impl MemberDescr {
    /// The word in an instance.
    ///
    /// # Safety
    /// `object` is an instance of the descriptor's owner.
    #[inline(always)]
    #[must_use]
    pub unsafe fn word(&self, object: Value) -> *mut Value {
        // SAFETY: the owner's instances have a value at this offset.
        unsafe { object.as_ptr().cast::<u8>().add(self.offset as usize).cast() }
    }
}

/// `getset_descriptor`.
pub static GETSET: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(getset_repr), descr_get: Some(getset_get), descr_set: Some(getset_set), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__name__", get: |m, v| Ok(m.str_value(getset(v).def.name)), set: None },
        GetSetDef {
            name: "__qualname__",
            get: |m, v| Ok(m.str_value(&format!("{}.{}", type_qualname(getset(v).owner), getset(v).def.name))),
            set: None,
        },
        GetSetDef { name: "__objclass__", get: |_, v| Ok(getset(v).owner.value()), set: None },
        GetSetDef {
            name: "__doc__",
            get: |m, v| {
                let (name, owner) = (getset(v).def.name, type_qualname(getset(v).owner));
                Ok(m.str_value(&format!("The attribute '{name}' of '{owner}' objects.")))
            },
            set: None,
        },
    ],
    ..TypeSpec::new("getset_descriptor", GetSetDescr::LAYOUT)
};

/// `member_descriptor`.
pub static MEMBER: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(member_repr), descr_get: Some(member_get), descr_set: Some(member_set), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__name__", get: |_, v| Ok(member(v).name.value()), set: None },
        GetSetDef {
            name: "__qualname__",
            get: |m, v| Ok(m.str_value(&format!("{}.{}", type_qualname(member(v).owner), member(v).name.as_static_str()))),
            set: None,
        },
        GetSetDef { name: "__objclass__", get: |_, v| Ok(member(v).owner.value()), set: None },
        GetSetDef { name: "__doc__", get: |_, _| Ok(Value::NONE), set: None },
    ],
    ..TypeSpec::new("member_descriptor", MemberDescr::LAYOUT)
};

/// Whether it is one of the descriptors of builtin types' attributes.
pub(super) fn is_native_attribute(v: Value) -> bool {
    v.downcast::<GetSetDescr>().is_some() || v.downcast::<MemberDescr>().is_some_and(|d| d.computed.is_some())
}

fn getset(v: Value) -> Gc<GetSetDescr> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn member(v: Value) -> Gc<MemberDescr> {
    // SAFETY: as in `getset`.
    unsafe { v.cast() }
}

/// `__qualname__` of a class as text.
pub(crate) fn type_qualname(ty: Gc<Type>) -> String {
    match ty.qualname.get().downcast::<Str>() {
        Some(name) => name.to_string_lossy().into_owned(),
        None => ty.name_str().to_owned(),
    }
}

/// Fails unless `object` is an instance of `owner`, with CPython's text.
pub(crate) fn check_owner(m: &mut Machine, name: &str, owner: Gc<Type>, object: Value) -> R<()> {
    if m.type_of(object).is_subtype_of(owner) {
        return Ok(());
    }
    let got = m.type_name(object);
    Err(m.type_error(&format!("descriptor '{name}' for '{}' objects doesn't apply to a '{got}' object", owner.name_str())))
}

fn getset_repr(m: &mut Machine, v: Value) -> R<Value> {
    let d = getset(v);
    Ok(m.str_value(&format!("<attribute '{}' of '{}' objects>", d.def.name, d.owner.name_str())))
}

fn getset_get(m: &mut Machine, descr: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() {
        return Ok(descr);
    }
    let d = getset(descr);
    check_owner(m, d.def.name, d.owner, object)?;
    (d.def.get)(m, object)
}

fn getset_set(m: &mut Machine, descr: Value, object: Value, value: Value) -> R<()> {
    let d = getset(descr);
    check_owner(m, d.def.name, d.owner, object)?;
    m.heap.touch(object);
    match d.def.set {
        Some(set) => set(m, object, value),
        None => Err(m.attribute_error(&format!("attribute '{}' of '{}' objects is not writable", d.def.name, d.owner.name_str()))),
    }
}

fn member_repr(m: &mut Machine, v: Value) -> R<Value> {
    let d = member(v);
    Ok(m.str_value(&format!("<member '{}' of '{}' objects>", d.name.as_static_str(), d.owner.name_str())))
}

fn member_get(m: &mut Machine, descr: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() {
        return Ok(descr);
    }
    let d = member(descr);
    check_owner(m, d.name.as_static_str(), d.owner, object)?;
    if let Some(def) = d.computed {
        return (def.get)(m, object);
    }
    // SAFETY: just checked.
    let value = unsafe { *d.word(object) };
    match value.non_null() {
        Some(value) => Ok(value),
        None if d.read_only => Ok(Value::NONE),
        None => Err(m.no_attribute(object, d.name)),
    }
}

fn member_set(m: &mut Machine, descr: Value, object: Value, value: Value) -> R<()> {
    let d = member(descr);
    check_owner(m, d.name.as_static_str(), d.owner, object)?;
    if d.read_only {
        return Err(m.attribute_error("readonly attribute"));
    }
    if let Some(set) = d.computed.and_then(|def| def.set) {
        return set(m, object, value);
    }
    // SAFETY: just checked.
    let word = unsafe { d.word(object) };
    // SAFETY: as above.
    unsafe {
        if value.is_null() && (*word).is_null() {
            return Err(m.attribute_error(d.name.as_static_str()));
        }
        *word = value;
    }
    Ok(())
}
