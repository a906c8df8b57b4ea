//! Where instances keep attributes: inline values while they fit, a dict of their own once `__dict__` was asked for or they do not.

use super::class_state::Place;
use super::dict::Dict;
use super::header::{Gc, Header};
use super::instance::{Inline, Meta, delete_inline, inline_items, set_inline};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};

/// The `__dict__` word of an instance of a class with `HAS_DICT`.
///
/// # Safety
/// `object` is a live instance of `ty`, which has a dict word.
unsafe fn dict_word(ty: Gc<Type>, object: *mut Header) -> *mut Value {
    // SAFETY: the word lies at dict_offset.
    unsafe { object.cast::<u8>().add(ty.dict_offset.get() as usize).cast() }
}

/// The dict in a word; subclasses of dict have its layout.
fn as_dict(word: Value) -> Option<Gc<Dict>> {
    // SAFETY: a dict word holds NULL or a dict.
    word.non_null().map(|v| unsafe { v.cast::<Dict>() })
}

impl Machine {
    /// An attribute of the instance itself; the class has `HAS_DICT`. `place`: what the method cache knows of the name.
    #[inline(always)]
    pub(crate) fn instance_get_at(&mut self, ty: Gc<Type>, v: Value, name: Gc<Str>, place: Place) -> Option<Value> {
        if ty.has(TypeFlags::INLINE_VALUES) {
            // SAFETY: `v` is an instance of `ty`, which has inline values.
            let inline = unsafe { Inline::of(&ty, v.as_ptr()) };
            // SAFETY: as above.
            if unsafe { (*inline.meta).valid } == Meta::INLINE {
                let index = match place.index() {
                    Some(index) => index,
                    None if place.is_absent(ty.shared_keys.len()) => return None,
                    None => self.find_place(ty, name).index()?,
                };
                // SAFETY: as above.
                return unsafe { inline.get(index) };
            }
        }
        self.dict_get(ty, v, name)
    }

    /// Looks a name up among the keys of a class's instances, and lets the method cache know.
    #[inline(never)]
    fn find_place(&mut self, ty: Gc<Type>, name: Gc<Str>) -> Place {
        let place = Place::found(ty.shared_keys.index_of(name), ty.shared_keys.len());
        self.classes.remember_place(ty.lookup_tag.get(), name, place);
        place
    }

    /// An attribute in the instance's dict, if it has one.
    fn dict_get(&mut self, ty: Gc<Type>, v: Value, name: Gc<Str>) -> Option<Value> {
        // SAFETY: `v` is an instance of `ty`, which has a dict.
        as_dict(unsafe { *dict_word(ty, v.as_ptr()) })?.get_str(self, name)
    }

    /// As [`Machine::dict_get`], where the attribute is likely to be the dict's entry of that index.
    pub(crate) fn dict_get_near(&mut self, ty: Gc<Type>, v: Value, name: Gc<Str>, index: usize) -> Option<Value> {
        // SAFETY: `v` is an instance of `ty`, which has a dict.
        let dict = as_dict(unsafe { *dict_word(ty, v.as_ptr()) })?;
        match dict.entry(index) {
            Some((key, value)) if key == name.value() => Some(value),
            _ => dict.get_str(self, name),
        }
    }

    /// Sets an attribute of the instance itself; the class has `HAS_DICT`. `place`: what the method cache knows of the name.
    pub(crate) fn instance_set(&mut self, ty: Gc<Type>, v: Value, name: Gc<Str>, value: Value, place: Place) -> R<()> {
        if ty.has(TypeFlags::INLINE_VALUES) {
            let place = if place == Place::UNKNOWN { self.find_place(ty, name) } else { place };
            // SAFETY: `v` is an instance of `ty`, which has inline values.
            if unsafe { set_inline(ty, v.as_ptr(), name, value, place.index()) } {
                return Ok(());
            }
        }
        if let Some(dict) = self.instance_dict(v) {
            dict.insert_str(self, name, value);
        }
        Ok(())
    }

    /// Deletes an attribute of the instance itself; whether it was there.
    pub(crate) fn instance_delete(&mut self, ty: Gc<Type>, v: Value, name: Gc<Str>) -> R<bool> {
        // SAFETY: `v` is an instance of `ty`, which has a dict.
        let word = unsafe {
            if ty.has(TypeFlags::INLINE_VALUES) && delete_inline(ty, v.as_ptr(), name) {
                return Ok(true);
            }
            *dict_word(ty, v.as_ptr())
        };
        match as_dict(word) {
            Some(dict) => Ok(dict.remove(self, name.value())?.is_some()),
            None => Ok(false),
        }
    }

    /// The instance's `__dict__`, made now if there is none yet; `None` if its class has no room for one.
    pub fn instance_dict(&mut self, v: Value) -> Option<Gc<Dict>> {
        let ty = self.type_of(v);
        if !v.is_ptr() || !ty.has(TypeFlags::HAS_DICT) {
            return None;
        }
        // SAFETY: `v` is an instance of `ty`, which has a dict.
        let word = unsafe { dict_word(ty, v.as_ptr()) };
        // SAFETY: as above.
        if let Some(dict) = as_dict(unsafe { *word }) {
            return Some(dict);
        }
        let dict = self.new_dict();
        if ty.has(TypeFlags::INLINE_VALUES) {
            // SAFETY: as above.
            let items = unsafe { inline_items(ty, v.as_ptr()) };
            for (name, value) in items {
                dict.insert_str(self, name, value);
            }
            clear_inline(ty, v, Meta::MOVED);
        } else if ty.has(TypeFlags::HEAP) && !ty.has(TypeFlags::NATIVE_DICT) {
            dict.start_split();
        }
        self.heap.touch(v);
        // SAFETY: as above.
        unsafe { *word = dict.value() };
        Some(dict)
    }

    /// Replaces the instance's `__dict__` (`NULL`: empties it).
    pub(crate) fn set_instance_dict(&mut self, v: Value, dict: Value) {
        self.heap.touch(v);
        let ty = self.type_of(v);
        if ty.has(TypeFlags::INLINE_VALUES) {
            clear_inline(ty, v, Meta::LOST);
        }
        // SAFETY: the caller has checked that the class has a dict.
        unsafe { *dict_word(ty, v.as_ptr()) = dict };
    }
}

/// Forgets the inline values: from now on the attributes are in the dict.
fn clear_inline(ty: Gc<Type>, v: Value, state: u8) {
    // SAFETY: `v` is an instance of `ty`, which has inline values.
    unsafe {
        let inline = Inline::of(&ty, v.as_ptr());
        for i in 0..(*inline.meta).capacity as usize {
            *inline.values.add(i) = Value::NULL;
        }
        (*inline.meta).used = 0;
        (*inline.meta).valid = state;
    }
}
