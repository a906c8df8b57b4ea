//! Attribute look-up: on classes through the MRO with a cache, on instances by the descriptor protocol, and setting and deleting.
//! Where an instance keeps its attributes is the business of `instance_dict.rs`.

use super::class_state::Place;
use super::header::Gc;
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};

/// What a name means on a class for its instances, as the specialiser asks (CPython's `DescriptorClassification`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttrKind {
    /// A data descriptor of another kind than the following; only where attributes are set.
    Overriding,
    /// A function or method descriptor: calling binds `self`.
    Method,
    /// A `property`.
    Property,
    /// A word of `__slots__`, or what is a word of the object in CPython.
    ObjectSlot,
    /// What is a word of another kind in CPython.
    OtherSlot,
    /// A descriptor without `__set__`, or any other where attributes are read.
    NonOverriding,
    /// A native class method.
    BuiltinClassMethod,
    /// A `classmethod`.
    PythonClassMethod,
    /// A plain value.
    NonDescriptor,
    /// The descriptor's class may change.
    Mutable,
    /// Nothing on the class.
    Absent,
    /// `__class__`.
    DunderClass,
    /// `__getattribute__` or `__setattr__` is overridden.
    Overridden,
    /// `__getattribute__` is a Python function, and there is no `__getattr__`.
    GetAttribute,
}

/// Attributes that are computed here but are words of the object in CPython (`_Py_T_OBJECT`), so that it specialises them as slots.
const OBJECT_MEMBERS: &[(&str, &[&str])] = &[
    ("method", &["__func__", "__self__"]),
    ("code", &["co_consts", "co_names", "co_filename", "co_name", "co_qualname", "co_linetable", "co_exceptiontable"]),
    ("property", &["fget", "fset", "fdel", "__doc__"]),
    ("StopIteration", &["value"]),
    ("SystemExit", &["code"]),
    ("BaseExceptionGroup", &["message", "exceptions"]),
    ("ImportError", &["msg", "name", "path", "name_from"]),
    ("OSError", &["errno", "strerror", "filename", "filename2"]),
    ("NameError", &["name"]),
    ("AttributeError", &["name", "obj"]),
    ("SyntaxError", &["msg", "filename", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line"]),
    ("UnicodeEncodeError", &["encoding", "object", "reason"]),
    ("UnicodeDecodeError", &["encoding", "object", "reason"]),
    ("UnicodeTranslateError", &["object", "reason"]),
    ("function", &["__closure__", "__doc__", "__globals__", "__module__", "__builtins__"]),
    ("builtin_function_or_method", &["__module__"]),
    ("method_descriptor", &["__objclass__", "__name__"]),
    ("classmethod_descriptor", &["__objclass__", "__name__"]),
    ("getset_descriptor", &["__objclass__", "__name__"]),
    ("member_descriptor", &["__objclass__", "__name__"]),
    ("wrapper_descriptor", &["__objclass__", "__name__"]),
    ("method-wrapper", &["__self__"]),
    ("traceback", &["tb_frame"]),
    ("GenericAlias", &["__origin__", "__args__"]),
    ("UnionType", &["__args__"]),
    ("ReferenceType", &["__callback__"]),
    ("TypeVar", &["__name__"]),
    ("TypeVarTuple", &["__name__"]),
    ("ParamSpec", &["__name__", "__bound__"]),
    ("ParamSpecArgs", &["__origin__"]),
    ("ParamSpecKwargs", &["__origin__"]),
    ("TypeAliasType", &["__name__"]),
    ("TextIOWrapper", &["encoding", "buffer"]),
    ("BufferedReader", &["raw"]),
    ("BufferedWriter", &["raw"]),
    ("BufferedRandom", &["raw"]),
    ("DirEntry", &["name", "path"]),
    ("Pattern", &["pattern"]),
    ("Match", &["string", "re"]),
    ("SRE_Scanner", &["pattern"]),
    ("ContextVar", &["name"]),
    ("defaultdict", &["default_factory"]),
    ("partial", &["func", "args", "keywords"]),
    ("Decompress", &["unused_data", "unconsumed_tail"]),
    ("classmethod", &["__func__", "__wrapped__"]),
    ("staticmethod", &["__func__", "__wrapped__"]),
    ("range", &["start", "stop", "step"]),
    ("slice", &["start", "stop", "step"]),
    ("super", &["__thisclass__", "__self__", "__self_class__"]),
    ("coroutine", &["cr_origin"]),
    ("type", &["__base__"]),
    ("module", &["__dict__"]),
    ("SimpleNamespace", &["__dict__"]),
];

/// Attributes that are words of the object in CPython, but of no object reference (integers, floats): it does not specialise for them.
const OTHER_MEMBERS: &[(&str, &[&str])] = &[
    ("complex", &["real", "imag"]),
    ("code", &["co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_stacksize", "co_flags", "co_firstlineno", "co_nlocals"]),
    ("BaseException", &["__suppress_context__"]),
    ("UnicodeEncodeError", &["start", "end"]),
    ("UnicodeDecodeError", &["start", "end"]),
    ("UnicodeTranslateError", &["start", "end"]),
    ("frame", &["f_trace_lines"]),
    ("async_generator", &["ag_running"]),
    ("GenericAlias", &["__unpacked__"]),
    ("type", &["__basicsize__", "__dictoffset__", "__flags__", "__itemsize__", "__weakrefoffset__"]),
    ("traceback", &["tb_lasti"]),
    ("TextIOWrapper", &["line_buffering", "write_through"]),
    ("Pattern", &["flags", "groups"]),
    ("Match", &["pos", "endpos"]),
    ("Decompress", &["eof"]),
    ("timedelta", &["days", "seconds", "microseconds"]),
];

/// Whether attributes of a class's instances are read as `object` does it.
#[inline(always)]
pub(crate) fn reads_generically(ty: Gc<Type>) -> bool {
    ty.slot(|s| s.getattro).is_some_and(|f| f as usize == generic_get_attr as *const () as usize)
}

/// Whether attributes of a class's instances are set as `object` does it.
#[inline(always)]
pub(crate) fn writes_generically(ty: Gc<Type>) -> bool {
    ty.slot(|s| s.setattro).is_some_and(|f| f as usize == generic_set_attr as *const () as usize)
}

/// Versions that one class may use up (CPython's `MAX_VERSIONS_PER_CLASS`); a class that changes more often is no longer specialised for.
const MAX_VERSIONS_PER_CLASS: u32 = 1000;

impl Machine {
    /// The class's version, assigned now if it has none; 0 if versions are used up.
    pub fn type_version(&mut self, ty: Gc<Type>) -> u32 {
        let version = ty.version.get();
        if version != 0 {
            return version;
        }
        // Bases first, so that a change to one of them finds a version to take away and passes it on to this class.
        let mut i = ty.mro.borrow().len();
        while i > 1 {
            i -= 1;
            let base = ty.mro.borrow()[i];
            if base.version.get() == 0 && !self.assign_version(base) {
                return 0;
            }
        }
        self.assign_version(ty);
        ty.version.get()
    }

    /// The number under which the method cache knows the class, assigned now if it has none. Classes change it with their version, but
    /// never use it up: a class that is no longer specialised for is still looked up quickly. 0 if four billion have been assigned.
    pub(crate) fn lookup_tag(&mut self, ty: Gc<Type>) -> u32 {
        if ty.lookup_tag.get() == 0 {
            // Bases too, so that a change to one of them finds a tag to take away and passes it on to this class.
            for t in ty.mro.borrow().iter().rev().filter(|t| t.lookup_tag.get() == 0) {
                t.lookup_tag.set(self.classes.fresh_tag());
            }
        }
        ty.lookup_tag.get()
    }

    fn assign_version(&mut self, ty: Gc<Type>) -> bool {
        if ty.versions_used.get() >= MAX_VERSIONS_PER_CLASS {
            return false;
        }
        let version = self.fresh_type_version();
        ty.version.set(version);
        ty.versions_used.set(ty.versions_used.get() + 1);
        version != 0
    }

    /// Notes a change to a class: takes its version and those of its subclasses away (`PyType_Modified`).
    pub fn type_modified(&mut self, ty: Gc<Type>) {
        if let Some(namespace) = ty.dict.get() {
            self.heap.touch(namespace.value());
        }
        if ty.version.get() == 0 && ty.lookup_tag.get() == 0 {
            return;
        }
        ty.version.set(0);
        ty.lookup_tag.set(0);
        ty.clear_flags(TypeFlags::OWN_CLASS);
        ty.cached_init.set((Value::NULL, 0));
        ty.cached_getitem.set((Value::NULL, 0));
        let subclasses = ty.subclasses.borrow().clone();
        for sub in subclasses {
            self.type_modified(sub);
        }
    }

    /// Looks `name` (interned) up in the type and its bases; runs no Python.
    #[inline]
    #[must_use]
    pub fn type_lookup(&mut self, ty: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        self.type_lookup_place(ty, name).0
    }

    /// As [`Machine::type_lookup`]; also what is known of the name's place among the keys of the type's instances.
    #[inline(always)]
    fn type_lookup_place(&mut self, ty: Gc<Type>, name: Gc<Str>) -> (Option<Value>, Place) {
        let tag = ty.lookup_tag.get();
        if tag != 0
            && let Some((value, place)) = self.classes.cached(tag, name)
        {
            return (value.non_null(), place);
        }
        (self.type_lookup_slow(ty, name), Place::UNKNOWN)
    }

    #[cold]
    #[inline(never)]
    fn type_lookup_slow(&mut self, ty: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        let found = self.type_lookup_mro(ty, name);
        // As in CPython, looking up takes one of the class's versions.
        let _ = self.type_version(ty);
        let tag = self.lookup_tag(ty);
        if tag != 0 && name.is_interned() {
            self.classes.remember(tag, name, found.unwrap_or(Value::NULL));
        }
        found
    }

    fn type_lookup_mro(&mut self, ty: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        let mut i = 0;
        loop {
            let base = ty.mro.borrow().get(i).copied()?;
            if let Some(value) = base.dict.get().and_then(|d| d.get_str(self, name)) {
                return Some(value);
            }
            i += 1;
        }
    }

    /// `descr.__get__(object, ty)`, or the descriptor itself if its class has no `__get__`.
    #[inline]
    pub fn bind_descriptor(&mut self, descr: Value, object: Value, ty: Gc<Type>) -> R<Value> {
        match self.type_of(descr).slot(|s| s.descr_get) {
            Some(get) => get(self, descr, object, ty.value()),
            None => Ok(descr),
        }
    }

    /// Whether a value is a data descriptor.
    #[inline]
    #[must_use]
    pub fn is_data_descriptor(&self, descr: Value) -> bool {
        self.type_of(descr).slot(|s| s.descr_set).is_some()
    }

    /// `object.__getattribute__`, with `None` where nothing is found. An `AttributeError` raised by a descriptor stays an error.
    #[inline(always)]
    pub fn generic_get_attr_opt(&mut self, v: Value, name: Gc<Str>) -> R<Option<Value>> {
        let ty = self.type_of(v);
        let (descr, place) = self.type_lookup_place(ty, name);
        let mut get = None;
        if let Some(d) = descr {
            let dt = self.type_of(d);
            get = dt.slot(|s| s.descr_get);
            if let Some(get) = get
                && dt.slot(|s| s.descr_set).is_some()
            {
                return get(self, d, v, ty.value()).map(Some);
            }
        }
        if ty.has(TypeFlags::HAS_DICT)
            && let Some(value) = self.instance_get_at(ty, v, name, place)
        {
            return Ok(Some(value));
        }
        match (descr, get) {
            (Some(d), Some(get)) => get(self, d, v, ty.value()).map(Some),
            (descr, _) => Ok(descr),
        }
    }

    /// `object.__setattr__` and `__delattr__` (`NULL`).
    pub fn generic_set_attr(&mut self, v: Value, name: Gc<Str>, value: Value) -> R<()> {
        let ty = self.type_of(v);
        let (descr, place) = self.type_lookup_place(ty, name);
        if let Some(d) = descr
            && let Some(set) = self.type_of(d).slot(|s| s.descr_set)
        {
            return set(self, d, v, value);
        }
        if !ty.has(TypeFlags::HAS_DICT) {
            let text = match descr {
                Some(_) => format!("'{}' object attribute '{}' is read-only", ty.name_str(), name.as_static_str()),
                None => {
                    let own = writes_generically(ty);
                    let hint = if own { " and no __dict__ for setting new attributes" } else { "" };
                    format!("'{}' object has no attribute '{}'{hint}", ty.name_str(), name.as_static_str())
                }
            };
            return Err(match descr {
                Some(_) => self.attribute_error(&text),
                None => self.attribute_error_for(v, name, &text),
            });
        }
        if value.is_null() {
            return if self.instance_delete(ty, v, name)? { Ok(()) } else { Err(self.no_attribute(v, name)) };
        }
        self.instance_set(ty, v, name, value, place)
    }

    /// For a call of `object.name(…)`: the callable, and `object` if it must be passed first, else `NULL`
    /// (`_PyObject_GetMethod`).
    pub fn load_method(&mut self, object: Value, name: Gc<Str>) -> R<(Value, Value)> {
        let ty = self.type_of(object);
        if !reads_generically(ty) {
            return Ok((self.get_attr(object, name)?, Value::NULL));
        }
        let (descr, place) = self.type_lookup_place(ty, name);
        let (mut get, mut is_method) = (None, false);
        if let Some(d) = descr {
            let dt = self.type_of(d);
            if dt.has(TypeFlags::METHOD_DESCRIPTOR) {
                is_method = true;
            } else {
                get = dt.slot(|s| s.descr_get);
                if let Some(get) = get
                    && dt.slot(|s| s.descr_set).is_some()
                {
                    return Ok((get(self, d, object, ty.value())?, Value::NULL));
                }
            }
        }
        if ty.has(TypeFlags::HAS_DICT)
            && let Some(value) = self.instance_get_at(ty, object, name, place)
        {
            return Ok((value, Value::NULL));
        }
        match (descr, get) {
            (Some(d), _) if is_method => Ok((d, object)),
            (Some(d), Some(get)) => Ok((get(self, d, object, ty.value())?, Value::NULL)),
            (Some(d), None) => Ok((d, Value::NULL)),
            (None, _) => Err(self.no_attribute(object, name)),
        }
    }

    /// What a name resolves to on a class, and how its instances' attribute access treats it (CPython's `analyze_descriptor`).
    pub fn lookup_attr_kind(&mut self, ty: Gc<Type>, name: Gc<Str>, store: bool) -> (AttrKind, Value) {
        let mut has_getattr = false;
        if store {
            if !writes_generically(ty) {
                return (AttrKind::Overridden, Value::NULL);
            }
        } else {
            let getattro = ty.slot(|s| s.getattro).map_or(0, |f| f as usize);
            if getattro == super::type_slots::getattro as *const () as usize {
                let (getattribute_name, getattr_name) = (self.names.getattribute, self.names.getattr);
                has_getattr = self.type_lookup(ty, getattr_name).is_some();
                let object = self.types.object;
                let getattribute = self.type_lookup(ty, getattribute_name);
                if getattribute.is_some() && getattribute != self.type_lookup(object, getattribute_name) {
                    return match getattribute {
                        Some(f) if !has_getattr && f.downcast::<super::function::Function>().is_some() => (AttrKind::GetAttribute, f),
                        _ => (AttrKind::Overridden, Value::NULL),
                    };
                }
            } else if getattro != generic_get_attr as *const () as usize {
                return (AttrKind::Overridden, Value::NULL);
            }
        }
        let Some(descr) = self.type_lookup(ty, name) else { return (AttrKind::Absent, Value::NULL) };
        (self.descriptor_kind(descr, name, store, has_getattr), descr)
    }

    fn descriptor_kind(&mut self, descr: Value, name: Gc<Str>, store: bool, has_getattr: bool) -> AttrKind {
        let dt = self.type_of(descr);
        if !dt.has(TypeFlags::IMMUTABLE) {
            return AttrKind::Mutable;
        }
        if dt.slot(|s| s.descr_set).is_some() {
            if let Some(member) = descr.downcast::<super::descriptors::MemberDescr>() {
                let other = member.computed.is_some_and(|def| is_listed(OTHER_MEMBERS, member.owner, def.name));
                return if other { AttrKind::OtherSlot } else { AttrKind::ObjectSlot };
            }
            if descr.downcast::<super::descriptors::GetSetDescr>().is_some_and(|d| d.owner == self.types.tuple) {
                // A field of a struct sequence.
                return AttrKind::ObjectSlot;
            }
            if dt == self.types.property {
                return if has_getattr { AttrKind::Overridden } else { AttrKind::Property };
            }
            let object = self.types.object;
            if name == self.names.class && self.type_lookup(object, name) == Some(descr) {
                return AttrKind::DunderClass;
            }
            if store {
                return AttrKind::Overriding;
            }
        }
        if dt.slot(|s| s.descr_get).is_none() {
            return AttrKind::NonDescriptor;
        }
        if dt.has(TypeFlags::METHOD_DESCRIPTOR) {
            AttrKind::Method
        } else if dt == self.types.classmethod_descriptor {
            AttrKind::BuiltinClassMethod
        } else if dt == self.types.classmethod {
            AttrKind::PythonClassMethod
        } else {
            AttrKind::NonOverriding
        }
    }

    /// Checks that an attribute name given by Python code is a `str`, and interns it.
    pub fn attribute_name(&mut self, name: Value) -> R<Gc<Str>> {
        match name.downcast::<Str>() {
            Some(s) => Ok(self.intern_str(s)),
            None => {
                let got = self.type_name(name);
                Err(self.type_error(&format!("attribute name must be string, not '{got}'")))
            }
        }
    }
}

/// Whether an attribute of a builtin type is a word of the object in CPython.
pub(super) fn is_native_member(owner: Gc<Type>, name: &str) -> bool {
    if owner.has(TypeFlags::HEAP) {
        return false;
    }
    is_listed(OBJECT_MEMBERS, owner, name) || is_listed(OTHER_MEMBERS, owner, name)
}

fn is_listed(members: &[(&str, &[&str])], owner: Gc<Type>, name: &str) -> bool {
    let class = owner.name_str().rsplit('.').next();
    members.iter().any(|(owner, names)| Some(*owner) == class && names.contains(&name))
}

/// The `getattro` slot of `object`.
#[inline(never)]
pub(crate) fn generic_get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    match m.generic_get_attr_opt(v, name)? {
        Some(value) => Ok(value),
        None => Err(m.no_attribute(v, name)),
    }
}

/// The `setattro` slot of `object`.
#[inline(never)]
pub(crate) fn generic_set_attr(m: &mut Machine, v: Value, name: Gc<Str>, value: Value) -> R<()> {
    m.generic_set_attr(v, name, value)
}
