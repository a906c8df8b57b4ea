//! Attributes that the method cache and the instance's inline values give at once: what most accesses come to at sites that have seen several
//! classes. In contrast to `attr.rs`, nothing here calls anything or raises; what is not found here is asked for there.

use super::attr::{reads_generically, writes_generically};
use super::header::{Gc, Header};
use super::instance::{Inline, Meta, claim};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::Machine;

/// The inline values of an instance of that type, if it keeps its attributes there.
///
/// # Safety
/// `object` is a live instance of `ty`.
#[inline(always)]
unsafe fn inline_of(ty: Gc<Type>, object: *const Header) -> Option<Inline> {
    if !ty.has(TypeFlags::INLINE_VALUES) {
        return None;
    }
    // SAFETY: as the caller promises; the type has inline values.
    unsafe {
        let inline = Inline::of(&ty, object);
        ((*inline.meta).valid == Meta::INLINE).then_some(inline)
    }
}

impl Machine {
    /// `owner.name`, if it is the instance's own and the class has nothing of that name.
    #[inline(always)]
    pub(crate) fn attribute_at_hand(&self, owner: Value, name: Gc<Str>) -> Option<Value> {
        let ty = self.generic_reader(owner)?;
        let (class_value, place) = self.classes.cached(ty.lookup_tag.get(), name)?;
        let index = place.index()?;
        if !class_value.is_null() {
            return None;
        }
        // SAFETY: a live instance of its type.
        unsafe { inline_of(ty, owner.as_ptr())?.get(index) }
    }

    /// What a call of `owner.name(…)` needs, as [`Machine::load_method`] gives it: a method that the instance does not hide, and the
    /// instance; or an attribute of its own, and `NULL`.
    #[inline(always)]
    pub(crate) fn method_at_hand(&self, owner: Value, name: Gc<Str>) -> Option<(Value, Value)> {
        let ty = self.generic_reader(owner)?;
        let (class_value, place) = self.classes.cached(ty.lookup_tag.get(), name)?;
        // SAFETY: a live instance of its type; a pointer value denotes a live object.
        unsafe {
            if class_value.is_null() {
                let index = place.index()?;
                return Some((inline_of(ty, owner.as_ptr())?.get(index)?, Value::NULL));
            }
            if !class_value.is_ptr() || (*(*class_value.as_ptr()).ty()).flags.get() & TypeFlags::METHOD_DESCRIPTOR == 0 {
                return None;
            }
            if ty.has(TypeFlags::HAS_DICT) {
                inline_of(ty, owner.as_ptr())?;
                if !place.is_absent(ty.shared_keys.len()) {
                    return None;
                }
            }
            Some((class_value, owner))
        }
    }

    /// Carries out `owner.name = value`, if that is a matter of the instance's inline values alone.
    #[inline(always)]
    pub(crate) fn store_at_hand(&self, owner: Value, name: Gc<Str>, value: Value) -> Option<()> {
        let ty = self.type_at(owner)?;
        if !writes_generically(ty) {
            return None;
        }
        let (class_value, place) = self.classes.cached(ty.lookup_tag.get(), name)?;
        let index = place.index()?;
        if !class_value.is_null() {
            return None;
        }
        // SAFETY: a live instance of its type; the index is checked.
        unsafe {
            let inline = inline_of(ty, owner.as_ptr())?;
            if index >= (*inline.meta).capacity as usize {
                return None;
            }
            *claim(inline, index) = value;
        }
        Some(())
    }

    /// The type of an object that is no number in a word, if the method cache may know it.
    #[inline(always)]
    fn type_at(&self, owner: Value) -> Option<Gc<Type>> {
        if !owner.is_ptr() {
            return None;
        }
        // SAFETY: a pointer value denotes a live object.
        let ty: Gc<Type> = unsafe { Gc::from_raw((*owner.as_ptr()).ty().cast_mut()) };
        (ty.lookup_tag.get() != 0).then_some(ty)
    }

    /// As [`Machine::type_at`], if its attributes are read as `object` does it.
    #[inline(always)]
    fn generic_reader(&self, owner: Value) -> Option<Gc<Type>> {
        self.type_at(owner).filter(|&ty| reads_generically(ty))
    }
}
