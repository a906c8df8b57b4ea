//! Start-up: makes the builtin types, exception classes, names and the namespace of `builtins`, in the order in which they need one another.
//!
//! `object` and `type` are instances of each other's kind, and types have names before there are strings: so all type objects are
//! made first as bare memory, then names, then namespaces. Nothing is collected before start-up is over.

use super::class_state::ClassState;
use super::descriptors::{GetSetDescr, MemberDescr};
use super::dict::Dict;
use super::exception_types::ExceptionTypes;
use super::function::MethodDescr;
use super::header::{Gc, Header, Layout, Payload};
use super::names::Names;
use super::slots::Slots;
use super::typeobj::{SharedKeys, Type, TypeFlags};
use super::types::Types;
use super::value::Value;
use crate::heap::{Heap, stack};
use crate::machine::Machine;
use crate::native::{Binding, GetSetDef, MethodDef, TypeSpec};
use std::cell::{Cell, RefCell};

/// Types that have `__getattribute__` in their own namespace although it is `object`'s, because CPython's name the slot.
const NAMES_GETATTR: &[&str] = &[
    "memoryview",
    "bytearray",
    "bytes",
    "complex",
    "dict",
    "enumerate",
    "filter",
    "property",
    "int",
    "list",
    "map",
    "range",
    "reversed",
    "set",
    "slice",
    "tuple",
    "zip",
    "types.UnionType",
];

/// What a machine needs to know before it starts.
#[derive(Clone, Copy, Debug)]
pub struct BootConfig {
    /// `PYTHONHASHSEED`; 0 gives CPython's hashes with `PYTHONHASHSEED=0`.
    pub hash_seed: u32,
    /// Bytes of native stack that natives may use below the place where the machine is started.
    pub native_stack_bytes: usize,
}

impl Default for BootConfig {
    fn default() -> Self {
        // Threads of Rust programs have 2 MiB unless they ask for more.
        BootConfig { hash_seed: 0, native_stack_bytes: 3 << 19 }
    }
}

/// The key of `str` hashes that CPython derives from `PYTHONHASHSEED`.
fn hash_key(seed: u32) -> (u64, u64) {
    if seed == 0 {
        return (0, 0);
    }
    let mut x = seed;
    let mut bytes = [0u8; 16];
    for b in &mut bytes {
        x = x.wrapping_mul(214_013).wrapping_add(2_531_011);
        *b = (x >> 16) as u8;
    }
    let half = |at: usize| bytes[at..at + 8].iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b));
    (half(0), half(8))
}

impl Machine {
    /// A machine with all its builtin types and an almost empty `builtins`.
    #[must_use]
    pub fn boot(config: &BootConfig) -> Box<Machine> {
        let nowhere: Gc<Dict> = {
            // SAFETY: replaced below before anything uses it.
            unsafe { Gc::from_raw(std::ptr::NonNull::<Dict>::dangling().as_ptr()) }
        };
        let here = stack::here();
        let mut m = Box::new(Machine::unbooted(
            Heap::new(),
            nowhere,
            here,
            here.saturating_sub(config.native_stack_bytes),
            hash_key(config.hash_seed),
        ));
        m.make_types();
        m.heap.breaker = &raw const m.breaker;
        m
    }

    fn make_types(&mut self) {
        for &(spec, place) in Types::SPECS {
            // Start-up itself needs these, whatever else their types can do yet.
            let layout = match spec.name {
                "str" => super::string::Str::LAYOUT,
                "tuple" => super::tuple::Tuple::LAYOUT,
                "list" => super::list::List::LAYOUT,
                _ => spec.layout,
            };
            let ty = self.bare_type(layout, spec.flags | TypeFlags::IMMUTABLE);
            *place(&mut self.types) = ty;
        }
        self.types.complete();
        self.heap.text = self.types.str.as_ptr();
        let type_ = self.types.type_;
        self.types.each(|t| t.header.set_ty(type_.as_ptr()));
        let names = Names::make(self);
        *self.names = names;
        self.empty_tuple = self.new_tuple(&[]).value();
        ClassState::intern_slot_names(self);
        let specs: Vec<(&'static TypeSpec, Gc<Type>)> = Types::SPECS.iter().map(|&(spec, place)| (spec, *place(&mut self.types))).collect();
        for &(spec, ty) in &specs {
            self.link_type(ty, spec.name, spec.base.map_or(Value::NULL, |b| b(&self.types).value()));
        }
        for &(spec, ty) in &specs {
            self.set_mro_from_bases(ty);
            let dict = self.new_dict();
            ty.dict.set(Some(dict));
            if spec.dict_offset != 0 {
                ty.dict_offset.set(spec.dict_offset as u32);
                ty.set_flags(TypeFlags::HAS_DICT | TypeFlags::NATIVE_DICT);
            }
        }
        for &(spec, ty) in &specs {
            self.inherit_layout(ty);
            self.fill_namespace(ty, &spec.slots, spec.methods, spec.getset);
            self.set_builtin_doc(ty, spec.doc);
        }
        for &(spec, ty) in &specs {
            self.inherit_slots(ty);
            if NAMES_GETATTR.contains(&spec.name) {
                self.show_getattribute(ty);
            }
        }
        for (name, base, place) in ExceptionTypes::TABLE {
            let base = match ExceptionTypes::TABLE.iter().find(|(n, ..)| n == base) {
                Some((.., place)) => *place(&mut self.exceptions),
                None => self.types.object,
            };
            let layout = super::exception::layout_of_class(name).unwrap_or(base.layout);
            let ty = self.bare_type(layout, TypeFlags::IMMUTABLE | TypeFlags::BASETYPE);
            ty.header.set_ty(type_.as_ptr());
            *place(&mut self.exceptions) = ty;
            self.link_type(ty, name, base.value());
            self.set_mro_from_bases(ty);
            let dict = self.new_dict();
            ty.dict.set(Some(dict));
            self.inherit_layout(ty);
        }
        super::exception::finish(self);
        for (_, _, place) in ExceptionTypes::TABLE {
            let ty = *place(&mut self.exceptions);
            self.inherit_layout(ty);
            self.inherit_slots(ty);
        }
        let base_exception = self.exceptions.base_exception;
        self.show_getattribute(base_exception);
        self.builtins = self.new_dict();
        self.modules = self.new_dict();
        self.publish_types();
        for (spec, ty) in specs {
            if let Some(finish) = spec.finish {
                finish(self, ty);
            }
        }
    }

    /// The type of a specification that is not among [`Types`]: made when a module first asks for it, one for each machine.
    #[inline]
    pub fn native_type(&mut self, spec: &'static TypeSpec) -> Gc<Type> {
        if let Some(&ty) = self.native_types.get(&(std::ptr::from_ref(spec) as usize)) {
            return ty;
        }
        let base = spec.base.map_or(self.types.object, |b| b(&self.types));
        self.native_type_derived(spec, base)
    }

    /// As [`Machine::native_type`], with a base that was itself made so.
    pub fn native_type_derived(&mut self, spec: &'static TypeSpec, base: Gc<Type>) -> Gc<Type> {
        let key = std::ptr::from_ref(spec) as usize;
        if let Some(&ty) = self.native_types.get(&key) {
            return ty;
        }
        let metatype = self.types.type_;
        let ty = self.bare_type(spec.layout, spec.flags | TypeFlags::IMMUTABLE);
        ty.header.set_ty(metatype.as_ptr());
        self.native_types.insert(key, ty);
        self.link_type(ty, spec.name, base.value());
        self.set_mro_from_bases(ty);
        let dict = self.new_dict();
        ty.dict.set(Some(dict));
        if spec.dict_offset != 0 {
            ty.dict_offset.set(spec.dict_offset as u32);
            ty.set_flags(TypeFlags::HAS_DICT | TypeFlags::NATIVE_DICT);
        }
        self.inherit_layout(ty);
        self.fill_namespace(ty, &spec.slots, spec.methods, spec.getset);
        self.set_builtin_doc(ty, spec.doc);
        self.inherit_slots(ty);
        if let Some(finish) = spec.finish {
            finish(self, ty);
        }
        ty
    }

    /// Puts `__getattribute__` into the namespace of a type that does not override it.
    fn show_getattribute(&mut self, ty: Gc<Type>) {
        let own = Slots { getattro: ty.slot(|s| s.getattro), ..Slots::EMPTY };
        super::type_slots::add_wrappers(self, ty, &own);
    }

    /// Memory of a type, without a name, bases or namespace.
    fn bare_type(&mut self, layout: &'static Layout, flags: u32) -> Gc<Type> {
        let metatype = self.types.type_;
        let cell = self.heap.allocate(Type::LAYOUT, metatype.as_ptr(), size_of::<Type>()).cast::<Type>();
        // SAFETY: the cell has room for a type.
        unsafe {
            cell.write(Type {
                header: Header::new(metatype),
                version: Cell::new(0),
                flags: Cell::new(flags),
                layout,
                basic_size: Cell::new(layout.size as u32),
                dict_offset: Cell::new(0),
                weakref_offset: Cell::new(0),
                versions_used: Cell::new(0),
                lookup_tag: Cell::new(0),
                inline_capacity: Cell::new(0),
                slots: RefCell::new(Slots::EMPTY),
                name: Cell::new(Value::NULL),
                qualname: Cell::new(Value::NULL),
                base: Cell::new(Value::NULL),
                bases: Cell::new(Value::NULL),
                mro: RefCell::new(Box::new([])),
                dict: Cell::new(None),
                subclasses: RefCell::new(Vec::new()),
                shared_keys: SharedKeys::default(),
                cached_init: Cell::new((Value::NULL, 0)),
                cached_getitem: Cell::new((Value::NULL, 0)),
                doc: Cell::new(Value::NULL),
            });
            Gc::from_raw(cell)
        }
    }

    /// Name, base and the base's list of subclasses; no base means `object`.
    fn link_type(&mut self, ty: Gc<Type>, name: &str, base: Value) {
        let full = self.intern(name);
        ty.name.set(full.value());
        let short = name.rsplit('.').next().unwrap_or(name);
        let short = self.intern(short);
        ty.qualname.set(short.value());
        if ty == self.types.object {
            ty.bases.set(self.empty_tuple);
            return;
        }
        let base = base.downcast::<Type>().unwrap_or(self.types.object);
        ty.base.set(base.value());
        let bases = self.new_tuple(&[base.value()]);
        ty.bases.set(bases.value());
        base.subclasses.borrow_mut().push(ty);
    }

    /// The MRO of a builtin type: single inheritance.
    fn set_mro_from_bases(&mut self, ty: Gc<Type>) {
        let mut mro = vec![ty];
        while let Some(base) = mro.last().and_then(|t| t.base.get().downcast::<Type>()) {
            mro.push(base);
        }
        *ty.mro.borrow_mut() = mro.into();
    }

    /// Flags and the place of the dict that come from the base.
    fn inherit_layout(&mut self, ty: Gc<Type>) {
        let Some(base) = ty.base.get().downcast::<Type>() else { return };
        ty.set_flags(
            base.flags.get()
                & (TypeFlags::SEQUENCE
                    | TypeFlags::MAPPING
                    | TypeFlags::MATCH_SELF
                    | TypeFlags::HAS_DICT
                    | TypeFlags::NATIVE_DICT
                    | TypeFlags::HAS_WEAKREF),
        );
        if ty.dict_offset.get() == 0 {
            ty.dict_offset.set(base.dict_offset.get());
        }
    }

    /// Puts methods, computed attributes and wrappers of slots into a builtin type's namespace and sets its own slots. What is
    /// inherited is added by [`Machine::inherit_slots`].
    pub(crate) fn fill_namespace(&mut self, ty: Gc<Type>, slots: &Slots, methods: &'static [MethodDef], getset: &'static [GetSetDef]) {
        {
            let mut own = ty.slots.borrow_mut();
            let before = std::mem::replace(&mut *own, *slots);
            own.inherit(&before);
        }
        super::type_slots::add_wrappers(self, ty, slots);
        for def in methods {
            self.add_method(ty, def);
        }
        for def in getset {
            self.add_getset(ty, def);
        }
    }

    /// Adds a method to a builtin type.
    pub(crate) fn add_method(&mut self, ty: Gc<Type>, def: &'static MethodDef) {
        let value = match def.binding {
            Binding::Instance => {
                let header = Header::new(self.types.method_descriptor);
                self.new_object(MethodDescr { header, def, owner: ty }).value()
            }
            Binding::Class => {
                let header = Header::new(self.types.classmethod_descriptor);
                self.new_object(MethodDescr { header, def, owner: ty }).value()
            }
            Binding::Static => {
                let f = self.new_native_function(def, ty.value(), Value::NULL).value();
                self.new_static_method(f)
            }
        };
        self.set_type_attr(ty, def.name, value);
    }

    /// Adds a computed attribute to a builtin type.
    pub(crate) fn add_getset(&mut self, ty: Gc<Type>, def: &'static GetSetDef) {
        let value = if super::attr::is_native_member(ty, def.name) {
            let (header, name) = (Header::new(self.types.member_descriptor), self.intern(def.name));
            let read_only = def.set.is_none();
            self.new_object(MemberDescr { header, name, owner: ty, offset: 0, read_only, computed: Some(def) }).value()
        } else {
            let header = Header::new(self.types.getset_descriptor);
            self.new_object(GetSetDescr { header, def, owner: ty }).value()
        };
        self.set_type_attr(ty, def.name, value);
    }

    /// Sets an entry of a builtin type's namespace, at start-up.
    pub fn set_type_attr(&mut self, ty: Gc<Type>, name: &str, value: Value) {
        let name = self.intern(name);
        if let Some(dict) = ty.dict.get() {
            dict.insert_str(self, name, value);
        }
        self.type_modified(ty);
    }

    /// `__doc__` of a builtin type, and its signature if the text starts with one.
    fn set_builtin_doc(&mut self, ty: Gc<Type>, doc: &str) {
        let text = match doc.split_once("--\n\n") {
            Some((_, text)) => text,
            None => doc,
        };
        let value = if text.is_empty() { Value::NONE } else { self.str_value(text) };
        if !doc.is_empty() {
            let full = self.str_value(doc);
            ty.doc.set(full);
        }
        let (name, Some(dict)) = (self.names.doc, ty.dict.get()) else { return };
        if dict.get_str(self, name).is_none() {
            dict.insert_str(self, name, value);
        }
    }

    /// Fills the slots a builtin type lacks from its base, by CPython's rules.
    pub(crate) fn inherit_slots(&mut self, ty: Gc<Type>) {
        let Some(base) = ty.base.get().downcast::<Type>() else { return };
        let inherited: Slots = *base.slots.borrow();
        let mut slots = ty.slots.borrow_mut();
        let (new, hash) = (slots.new, slots.hash.is_none() && slots.richcompare.is_some());
        slots.inherit(&inherited);
        if base == self.types.object && ty.has(TypeFlags::IMMUTABLE) && new.is_none() {
            // A builtin type that does not say how it is made cannot be made from Python.
            slots.new = None;
            ty.set_flags(TypeFlags::DISALLOW_INSTANTIATION);
        }
        if hash {
            slots.hash = Some(super::type_slots::hash_not_implemented);
        }
    }

    /// Puts the types that programs see by name into `builtins`.
    fn publish_types(&mut self) {
        let t = &self.types;
        let public = [
            t.bool,
            t.memoryview,
            t.bytearray,
            t.bytes,
            t.classmethod,
            t.complex,
            t.dict,
            t.enumerate,
            t.filter,
            t.float,
            t.frozenset,
            t.property,
            t.int,
            t.list,
            t.map,
            t.object,
            t.range,
            t.reversed,
            t.set,
            t.slice,
            t.staticmethod,
            t.str,
            t.super_,
            t.tuple,
            t.type_,
            t.zip,
        ];
        let builtins = self.builtins;
        for (name, value) in [
            ("None", Value::NONE),
            ("Ellipsis", Value::ELLIPSIS),
            ("NotImplemented", Value::NOT_IMPLEMENTED),
            ("False", Value::FALSE),
            ("True", Value::TRUE),
        ] {
            let name = self.intern(name);
            builtins.insert_str(self, name, value);
        }
        let mut all: Vec<Gc<Type>> = public.to_vec();
        for (_, _, place) in ExceptionTypes::TABLE {
            all.push(*place(&mut self.exceptions));
        }
        for ty in all {
            let name = self.intern(ty.name_str());
            builtins.insert_str(self, name, ty.value());
        }
        for (alias, ty) in [("EnvironmentError", self.exceptions.os_error), ("IOError", self.exceptions.os_error)] {
            let name = self.intern(alias);
            builtins.insert_str(self, name, ty.value());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BootConfig, Machine};
    use crate::native::Args;
    use crate::object::typeobj::Type;
    use crate::object::value::Value;

    #[test]
    fn types_know_one_another() {
        let m = &mut *Machine::boot(&BootConfig::default());
        let t = &m.types;
        assert!(t.int.is_subtype_of(t.object) && t.type_.is_subtype_of(t.object));
        assert_eq!(t.object.mro.borrow().len(), 1);
        assert_eq!(m.type_of(m.types.int.value()), m.types.type_);
        let hash = m.names.hash;
        assert_eq!(m.type_lookup(m.types.dict, hash), Some(Value::NONE));
        let repr = m.repr(m.exceptions.key_error.value()).expect("repr of a class");
        assert_eq!(repr.as_static_str(), "<class 'KeyError'>");
    }

    #[test]
    fn classes_are_made_and_called() {
        let m = &mut *Machine::boot(&BootConfig::default());
        let (name, empty) = (m.str_value("C"), m.new_tuple(&[]).value());
        let dict = m.new_dict();
        let x = m.intern("x");
        dict.insert_str(m, x, Value::small(5));
        let class = m.call(m.types.type_.value(), &[name, empty, dict.value()]).expect("class");
        let class_type = class.downcast::<Type>().expect("a type");
        let object = m.call_type(class_type, Args::positional(&[])).expect("instance");
        assert_eq!(m.get_attr(object, x), Ok(Value::small(5)));
        m.set_attr(object, x, Value::small(6)).expect("set");
        assert_eq!(m.get_attr(object, x), Ok(Value::small(6)));
        let d = m.instance_dict(object).expect("dict");
        assert_eq!(d.get_str(m, x), Some(Value::small(6)));
        m.set_attr(object, x, Value::NULL).expect("delete");
        assert_eq!(m.get_attr(object, x), Ok(Value::small(5)));
        assert!(m.call_type(class_type, Args::positional(&[Value::NONE])).is_err());
        m.take_raised();
        let y = m.intern("y");
        for i in 0..40 {
            let name = m.intern(&format!("a{i}"));
            m.set_attr(object, name, Value::small(i)).expect("set");
        }
        m.set_attr(class, y, Value::TRUE).expect("set on class");
        assert_eq!(m.get_attr(object, y), Ok(Value::TRUE));
    }
}
