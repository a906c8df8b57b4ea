//! Type objects: what a class is. How attributes are found on one lives in `attr.rs`, how classes are made in `class.rs`.

use super::dict::Dict;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::value::Value;
use crate::heap::Marker;
use crate::hints::short_loop;
use std::cell::{Cell, RefCell};

/// `tp_flags`-like bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TypeFlags(pub u32);

impl TypeFlags {
    /// Made by a `class` statement or `type(...)`; attributes may be set.
    pub const HEAP: u32 = 1;
    /// May be subclassed.
    pub const BASETYPE: u32 = 2;
    /// `Py_TPFLAGS_IMMUTABLETYPE`.
    pub const IMMUTABLE: u32 = 4;
    /// Instances are functions or method descriptors: calling through the class binds `self` without an intermediate object.
    pub const METHOD_DESCRIPTOR: u32 = 8;
    /// Instances keep attributes in inline values with shared keys.
    pub const INLINE_VALUES: u32 = 16;
    /// Instances have a `__dict__` (inline values or a plain slot).
    pub const HAS_DICT: u32 = 32;
    /// Instances may be weakly referenced.
    pub const HAS_WEAKREF: u32 = 64;
    /// Matches sequence patterns.
    pub const SEQUENCE: u32 = 128;
    /// Matches mapping patterns.
    pub const MAPPING: u32 = 256;
    /// Class patterns with one positional sub-pattern match the subject itself (`_Py_TPFLAGS_MATCH_SELF`).
    pub const MATCH_SELF: u32 = 512;
    /// Cannot be instantiated from Python.
    pub const DISALLOW_INSTANTIATION: u32 = 1024;
    /// Abstract methods remain.
    pub const ABSTRACT: u32 = 2048;
    /// The class is the subclass of a native type with its own payload (list, dict, Exception, …).
    pub const NATIVE_PAYLOAD: u32 = 4096;
    /// A native type's `__dict__` is a plain word (functions, exceptions, modules), at `dict_offset`.
    pub const NATIVE_DICT: u32 = 8192;
    /// `__class__` of an instance is known to be its type: nothing overrides `object.__class__`, nor attribute access. Found when first asked
    /// for, forgotten with the type's version.
    pub const OWN_CLASS: u32 = 1 << 14;
}

/// Keys shared by the instances of a class: attribute names in order of first assignment, at most [`SharedKeys::MAX`].
pub struct SharedKeys {
    /// Names (interned), by slot index.
    pub names: RefCell<Vec<Gc<Str>>>,
    /// CPython's keys version: nonzero once a cache depends on it, cleared when a name is added.
    pub version: Cell<u32>,
    /// Names that may still be added; it also shrinks by one with each new instance, down to one (CPython's `dk_usable`).
    pub usable: Cell<u32>,
}

impl Default for SharedKeys {
    fn default() -> SharedKeys {
        SharedKeys { names: RefCell::default(), version: Cell::new(0), usable: Cell::new(Self::MAX as u32) }
    }
}

impl SharedKeys {
    /// CPython's `SHARED_KEYS_MAX_SIZE`.
    pub const MAX: usize = 30;

    /// How many there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.borrow().len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The capacity for inline values of the next instance.
    #[must_use]
    pub fn next_capacity(&self) -> u32 {
        let usable = self.usable.get();
        self.names.borrow().len() as u32 + if usable > 1 { usable - 1 } else { usable }
    }

    /// The slot index of an interned name, added now if there is room; `None` if there is not.
    pub fn index_or_add(&self, name: Gc<Str>) -> Option<usize> {
        if let Some(index) = self.index_of(name) {
            return Some(index);
        }
        let usable = self.usable.get();
        if usable == 0 {
            return None;
        }
        self.usable.set(usable - 1);
        self.version.set(0);
        let mut names = self.names.borrow_mut();
        names.push(name);
        Some(names.len() - 1)
    }

    /// The slot index of an interned name.
    #[inline]
    #[must_use]
    pub fn index_of(&self, name: Gc<Str>) -> Option<usize> {
        self.names.borrow().iter().position(|&n| n == name)
    }
}

/// A type object.
#[repr(C)]
pub struct Type {
    /// The metatype.
    pub header: Header,
    /// What the specialiser guards on: nonzero and never reused once assigned; zeroed by a change to the class or its bases.
    pub version: Cell<u32>,
    /// Versions that were assigned so far.
    pub versions_used: Cell<u32>,
    /// The method cache's number of the class: [`Machine::lookup_tag`](crate::machine::Machine).
    pub lookup_tag: Cell<u32>,
    /// See [`TypeFlags`].
    pub flags: Cell<u32>,
    /// Native struct of the instances.
    pub layout: &'static Layout,
    /// Bytes of an instance before inline values: the native struct plus dict, weak-reference and `__slots__` words.
    pub basic_size: Cell<u32>,
    /// Byte offset of the `__dict__` word in an instance; 0 if it has none. For inline-values classes it is the word before the values.
    pub dict_offset: Cell<u32>,
    /// Byte offset of the weak-reference list word; 0 if none.
    pub weakref_offset: Cell<u32>,
    /// Capacity for inline values that the next instance gets: [`SharedKeys::next_capacity`].
    pub inline_capacity: Cell<u32>,
    /// The operations, own and inherited.
    pub slots: RefCell<Slots>,
    /// `__name__`.
    pub name: Cell<Value>,
    /// `__qualname__`.
    pub qualname: Cell<Value>,
    /// `tp_base`; `NULL` for `object`.
    pub base: Cell<Value>,
    /// Tuple of bases.
    pub bases: Cell<Value>,
    /// The MRO, this type first.
    pub mro: RefCell<Box<[Gc<Type>]>>,
    /// The namespace.
    pub dict: Cell<Option<Gc<Dict>>>,
    /// Direct subclasses (weak in CPython; kept alive here by nothing: cleared of dead ones at collection).
    pub subclasses: RefCell<Vec<Gc<Type>>>,
    /// Keys of inline values.
    pub shared_keys: SharedKeys,
    /// `__init__` cached for `CALL_ALLOC_AND_ENTER_INIT`, with the type version it was read at.
    pub cached_init: Cell<(Value, u32)>,
    /// `__getitem__` cached for `BINARY_SUBSCR_GETITEM`, with its function version; a change to the class empties it.
    pub cached_getitem: Cell<(Value, u32)>,
    /// Which builtin this is, for tables keyed by type.
    pub doc: Cell<Value>,
}

// SAFETY: repr(C) with the header first; trace visits all references but the weak ones.
unsafe impl Payload for Type {
    const LAYOUT: &'static Layout = &layout_of::<Type>(LayoutId::Type);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [&self.name, &self.qualname, &self.base, &self.bases, &self.doc] {
            m.mark(v.get());
        }
        m.mark(self.cached_init.get().0);
        m.mark(self.cached_getitem.get().0);
        for &t in self.mro.borrow().iter() {
            m.mark_gc(t);
        }
        if let Some(d) = self.dict.get() {
            m.mark_gc(d);
        }
        for &n in self.shared_keys.names.borrow().iter() {
            m.mark_gc(n);
        }
    }
}

impl Type {
    /// Whether all bits of `mask` are set.
    #[inline(always)]
    #[must_use]
    pub fn has(&self, mask: u32) -> bool {
        self.flags.get() & mask == mask
    }

    /// Sets bits.
    pub fn set_flags(&self, mask: u32) {
        self.flags.set(self.flags.get() | mask);
    }

    /// Clears bits.
    pub fn clear_flags(&self, mask: u32) {
        self.flags.set(self.flags.get() & !mask);
    }

    /// The name as text.
    #[must_use]
    pub fn name_str(&self) -> &str {
        // SAFETY: the name of a type is always a str object.
        unsafe { self.name.get().cast::<Str>() }.as_static_str()
    }

    /// Whether this type is `other` or derives from it, by MRO.
    #[inline]
    #[must_use]
    pub fn is_subtype_of(&self, other: Gc<Type>) -> bool {
        std::ptr::eq(self, other.as_ptr()) || self.has_ancestor(other.value())
    }

    /// Whether `class`, which may be no type, is among the types this one derives from; itself is the first.
    #[inline(always)]
    pub(crate) fn has_ancestor(&self, class: Value) -> bool {
        // SAFETY: the MRO is replaced as a whole, and nothing runs here.
        for ancestor in unsafe { &*self.mro.as_ptr() } {
            if ancestor.value().is(class) {
                return true;
            }
            short_loop();
        }
        false
    }

    /// One operation, copied out.
    #[inline(always)]
    pub fn slot<T: Copy>(&self, pick: impl FnOnce(&Slots) -> Option<T>) -> Option<T> {
        // SAFETY: slots are replaced only by whole-struct writes between reads; nothing holds this reference across a call.
        pick(unsafe { &*self.slots.as_ptr() })
    }

    /// Marks the words of an instance after its native struct: dict, `__slots__`, inline values.
    ///
    /// # Safety
    /// `object` is a live instance of this type.
    #[inline(always)]
    pub unsafe fn trace_tail(&self, object: *const Header, marker: &mut Marker<'_>) {
        let mut at = self.layout.size;
        let end = self.basic_size.get() as usize;
        // SAFETY: the words up to the basic size were initialised when the object was made.
        unsafe {
            while at < end {
                marker.mark(*object.cast::<u8>().add(at).cast::<Value>());
                at += size_of::<Value>();
            }
            if self.has(TypeFlags::INLINE_VALUES) {
                super::instance::trace_inline_values(self, object, marker);
            }
        }
    }
}
