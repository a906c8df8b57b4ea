//! Instances of Python classes: attribute values inline in the object, with keys shared by the class (CPython 3.13's inline values).
//!
//! An instance of an inline-values class is laid out as
//! `native struct | weakref? | __slots__ words… | dict word | meta word | values[capacity] | order bytes`.
//! The dict word is NULL until `__dict__` is materialised; the values then move to the dict and the inline ones are cleared, so that a
//! guard on "value present" suffices. `meta` holds capacity, number of values and whether they are valid.

use super::dict::Dict;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::hints::kept;

/// A plain object: no native state.
#[repr(C)]
pub struct Instance {
    /// Its class.
    pub header: Header,
}

// SAFETY: repr(C), header first, holds no reference itself; the tail is traced through the type.
unsafe impl Payload for Instance {
    const LAYOUT: &'static Layout = &layout_of::<Instance>(LayoutId::Instance);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// State of an object's inline values.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Meta {
    /// Values there is room for.
    pub capacity: u8,
    /// Values present.
    pub used: u8,
    /// Where the attributes are: [`Meta::INLINE`], [`Meta::MOVED`] or [`Meta::LOST`].
    pub valid: u8,
    /// Entries that a `__dict__` had when its keys were last found to be shared ones.
    checked: u8,
    pad: [u8; 4],
}

impl Meta {
    /// The inline values hold the attributes.
    pub const INLINE: u8 = 1;
    /// The `__dict__` that was asked for holds them; CPython's would share the inline values with the object, so caches still serve it.
    pub const MOVED: u8 = 2;
    /// A dict of another shape holds them.
    pub const LOST: u8 = 0;

    /// Of a new object.
    #[must_use]
    pub const fn new(capacity: usize) -> Meta {
        Meta { capacity: capacity as u8, used: 0, valid: Meta::INLINE, checked: 0, pad: [0; 4] }
    }
}

/// Pointers into an instance of an inline-values class.
#[derive(Clone, Copy)]
pub struct Inline {
    /// The `__dict__` word.
    pub dict: *mut Value,
    /// The state.
    pub meta: *mut Meta,
    /// The values.
    pub values: *mut Value,
}

impl Inline {
    /// Of an object whose type has `INLINE_VALUES`.
    ///
    /// # Safety
    /// `object` is a live instance of `ty`, which has inline values.
    #[inline(always)]
    #[must_use]
    pub unsafe fn of(ty: &Type, object: *const Header) -> Inline {
        // SAFETY: as the caller promises.
        unsafe { Inline::at(object, ty.dict_offset.get()) }
    }

    /// As [`Inline::of`], with the type's `dict_offset`.
    ///
    /// # Safety
    /// As there.
    #[inline(always)]
    #[must_use]
    pub unsafe fn at(object: *const Header, dict_offset: u32) -> Inline {
        // SAFETY: the dict word lies at that offset, the meta word and the values after it.
        unsafe {
            let dict = kept(object.cast::<u8>().add(dict_offset as usize).cast_mut().cast::<Value>());
            Inline { dict, meta: dict.add(1).cast(), values: dict.add(2) }
        }
    }

    /// The value in a slot, if the object has the slot and a value in it.
    ///
    /// # Safety
    /// As [`Inline::of`].
    #[inline(always)]
    #[must_use]
    pub unsafe fn get(self, index: usize) -> Option<Value> {
        // SAFETY: as the caller promises; the index is checked.
        unsafe { if index >= (*self.meta).capacity as usize { None } else { (*self.values.add(index)).non_null() } }
    }

    /// Order bytes: `order()[i]` is the slot of the i-th attribute set.
    ///
    /// # Safety
    /// As [`Inline::of`].
    #[inline]
    #[must_use]
    pub unsafe fn order(self) -> *mut u8 {
        // SAFETY: they follow the values.
        unsafe { self.values.add((*self.meta).capacity as usize).cast() }
    }
}

/// Bytes that inline values with `capacity` take after the dict word.
#[must_use]
pub const fn inline_bytes(capacity: usize) -> usize {
    8 + capacity * 8 + capacity.next_multiple_of(8)
}

/// # Safety
/// `object` is a live instance of `ty`, which has inline values.
pub(super) unsafe fn trace_inline_values(ty: &Type, object: *const Header, marker: &mut Marker<'_>) {
    // SAFETY: as the caller promises.
    unsafe {
        let inline = Inline::of(ty, object);
        for i in 0..(*inline.meta).capacity as usize {
            marker.mark(*inline.values.add(i));
        }
    }
}

/// Sets an attribute inline; false if it does not fit (the caller must materialise the dict). `known`: its index, if that is known.
///
/// # Safety
/// `object` is a live instance of `ty`, which has inline values.
pub unsafe fn set_inline(ty: Gc<Type>, object: *const Header, name: Gc<Str>, value: Value, known: Option<usize>) -> bool {
    // SAFETY: as the caller promises.
    unsafe {
        let inline = Inline::of(&ty, object);
        if (*inline.meta).valid != Meta::INLINE {
            return false;
        }
        let index = match known {
            Some(index) => index,
            None => {
                let Some(index) = ty.shared_keys.index_or_add(name) else { return false };
                ty.inline_capacity.set(ty.shared_keys.next_capacity());
                index
            }
        };
        if index >= (*inline.meta).capacity as usize {
            return false;
        }
        *claim(inline, index) = value;
        true
    }
}

/// Whether CPython would still hold the object's attributes inline: they are here, or in a `__dict__` that was asked for and to which no
/// other key was added.
///
/// # Safety
/// `object` is a live instance of `ty`, which has inline values.
#[must_use]
pub unsafe fn holds_values(ty: Gc<Type>, object: *const Header) -> bool {
    // SAFETY: as the caller promises; the dict word holds NULL or a dict.
    unsafe {
        let inline = Inline::of(&ty, object);
        match (*inline.meta).valid {
            Meta::INLINE => true,
            Meta::MOVED => {
                let Some(dict) = (*inline.dict).non_null() else { return false };
                let dict = dict.cast::<Dict>();
                if dict.entries_len() == (*inline.meta).checked as usize {
                    return true;
                }
                let shared = shares_keys(ty, dict, (*inline.meta).capacity as usize);
                if shared {
                    (*inline.meta).checked = dict.entries_len() as u8;
                } else {
                    (*inline.meta).valid = Meta::LOST;
                }
                shared
            }
            _ => false,
        }
    }
}

/// Whether all keys of a dict are shared keys of the class, or become so now: in CPython a key that comes to the dict does.
fn shares_keys(ty: Gc<Type>, dict: Gc<Dict>, capacity: usize) -> bool {
    let shared = |i: usize, key: Value| {
        if ty.shared_keys.names.borrow().get(i).is_some_and(|name| name.value() == key) {
            return true;
        }
        let Some(name) = key.downcast::<Str>().filter(|name| name.is_interned()) else { return false };
        ty.shared_keys.index_or_add(name).is_some_and(|index| index < capacity)
    };
    let all = dict.has_str_keys() && dict.iter().enumerate().all(|(i, (key, _))| shared(i, key));
    ty.inline_capacity.set(ty.shared_keys.next_capacity());
    all
}

/// The place of a slot that is about to be stored into: the order of first assignment is recorded.
///
/// # Safety
/// `inline` is of a live object and `index` below its capacity.
#[inline(always)]
#[must_use]
pub unsafe fn claim(inline: Inline, index: usize) -> *mut Value {
    // SAFETY: as the caller promises.
    unsafe {
        let slot = inline.values.add(index);
        if (*slot).is_null() {
            let meta = inline.meta;
            *inline.order().add((*meta).used as usize) = index as u8;
            (*meta).used += 1;
        }
        slot
    }
}

/// Removes an attribute held inline; whether it was there.
///
/// # Safety
/// `object` is a live instance of `ty`, which has inline values.
pub unsafe fn delete_inline(ty: Gc<Type>, object: *const Header, name: Gc<Str>) -> bool {
    let Some(index) = ty.shared_keys.index_of(name) else { return false };
    // SAFETY: as the caller promises.
    unsafe {
        let inline = Inline::of(&ty, object);
        if index >= (*inline.meta).capacity as usize || (*inline.values.add(index)).is_null() {
            return false;
        }
        *inline.values.add(index) = Value::NULL;
        let order = inline.order();
        let used = (*inline.meta).used as usize;
        let mut kept = 0;
        for i in 0..used {
            let slot = *order.add(i);
            if slot as usize != index {
                *order.add(kept) = slot;
                kept += 1;
            }
        }
        (*inline.meta).used = kept as u8;
        true
    }
}

/// Names and values held inline, in order of first assignment.
///
/// # Safety
/// `object` is a live instance of `ty`, which has inline values.
#[must_use]
pub unsafe fn inline_items(ty: Gc<Type>, object: *const Header) -> Vec<(Gc<Str>, Value)> {
    // SAFETY: as the caller promises.
    unsafe {
        let inline = Inline::of(&ty, object);
        let names = ty.shared_keys.names.borrow();
        let order = inline.order();
        (0..(*inline.meta).used as usize).map(|i| *order.add(i) as usize).map(|slot| (names[slot], *inline.values.add(slot))).collect()
    }
}
