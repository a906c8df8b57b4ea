//! Not written yet.
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::string::Str;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};

/// A `dict` object.
#[repr(C)]
pub struct Dict {
    /// Its type.
    pub header: Header,
}

// SAFETY: stub.
unsafe impl Payload for Dict {
    const LAYOUT: &'static Layout = &layout_of::<Dict>(LayoutId::Dict);
    fn trace(&self, _: &mut Marker<'_>) {}
}

impl Machine {
    /// An empty dict.
    pub fn new_dict(&mut self) -> Gc<Dict> {
        let ty = self.types.dict;
        self.new_object(Dict { header: Header::new(ty) })
    }
}

impl Dict {
    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        0
    }
    /// Entries ever appended, deleted ones included: the bound of [`Dict::entry`].
    #[must_use]
    pub fn entries_len(&self) -> usize {
        0
    }
    /// Entry `i` in insertion order; `None` where it was deleted or `i` is out of range.
    #[must_use]
    pub fn entry(&self, _i: usize) -> Option<(Value, Value)> {
        None
    }
}

impl Gc<Dict> {
    /// Looks a key up; may run `__hash__` and `__eq__`.
    pub fn get(self, _m: &mut Machine, _key: Value) -> R<Option<Value>> {
        Ok(None)
    }
    /// Looks an exact `str` key up; runs no Python when all keys are `str`.
    pub fn get_str(self, _m: &mut Machine, _key: Gc<Str>) -> Option<Value> {
        None
    }
    /// Sets.
    pub fn insert(self, _m: &mut Machine, _key: Value, _value: Value) -> R<()> {
        Ok(())
    }
    /// Sets an exact `str` key.
    pub fn insert_str(self, _m: &mut Machine, _key: Gc<Str>, _value: Value) {}
    /// Removes; the value it had.
    pub fn remove(self, _m: &mut Machine, _key: Value) -> R<Option<Value>> {
        Ok(None)
    }
    /// Removes all.
    pub fn clear(self, _m: &mut Machine) {}
    /// Index of the entry of an interned key, for caches.
    #[must_use]
    pub fn index_of_str(self, _key: Gc<Str>) -> Option<usize> {
        None
    }
    /// The keys version that caches guard on (assigned on demand; 0 when none is to be had).
    pub fn keys_version(self, _m: &mut Machine) -> u32 {
        0
    }
}
