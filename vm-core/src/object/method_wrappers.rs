//! `classmethod` and `staticmethod`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;
use std::mem::offset_of;

/// A `classmethod` or `staticmethod` object.
#[repr(C)]
pub struct MethodDecorator {
    /// Its type.
    pub header: Header,
    /// The wrapped callable, or `NULL` before `__init__`.
    pub callable: Cell<Value>,
    /// `__dict__`, or `NULL`.
    pub dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for MethodDecorator {
    const LAYOUT: &'static Layout = &layout_of::<MethodDecorator>(LayoutId::ClassMethod);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.callable.get());
        m.mark(self.dict.get());
    }
}

const GETSET: &[GetSetDef] = &[
    GetSetDef { name: "__func__", get: |_, v| Ok(this(v).callable.get().non_null().unwrap_or(Value::NONE)), set: None },
    GetSetDef { name: "__wrapped__", get: |_, v| Ok(this(v).callable.get().non_null().unwrap_or(Value::NONE)), set: None },
    GetSetDef { name: "__isabstractmethod__", get: is_abstract, set: None },
    super::object_type::DICT_CONST,
];

const CLASSMETHOD_METHODS: &[MethodDef] = &[];

/// `classmethod`.
pub static CLASSMETHOD: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    dict_offset: offset_of!(MethodDecorator, dict),
    slots: Slots {
        repr: Some(|m, v| repr(m, v, "classmethod")),
        descr_get: Some(class_get),
        init: Some(|m, v, a| init(m, v, a, "classmethod")),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: CLASSMETHOD_METHODS,
    getset: GETSET,
    doc: "classmethod(function, /)\n--\n\nConvert a function to be a class method.",
    ..TypeSpec::new("classmethod", MethodDecorator::LAYOUT)
};

/// `staticmethod`.
pub static STATICMETHOD: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    dict_offset: offset_of!(MethodDecorator, dict),
    slots: Slots {
        repr: Some(|m, v| repr(m, v, "staticmethod")),
        call: Some(|m, v, args| m.call_args(this(v).callable.get(), args)),
        descr_get: Some(static_get),
        init: Some(|m, v, a| init(m, v, a, "staticmethod")),
        new: Some(new),
        ..Slots::EMPTY
    },
    getset: GETSET,
    doc: "staticmethod(function, /)\n--\n\nConvert a function to be a static method.",
    ..TypeSpec::new("staticmethod", MethodDecorator::LAYOUT)
};

impl Machine {
    fn new_decorator(&mut self, ty: Gc<Type>, callable: Value) -> Gc<MethodDecorator> {
        self.new_object(MethodDecorator { header: Header::new(ty), callable: Cell::new(callable), dict: Cell::new(Value::NULL) })
    }

    /// `staticmethod(f)`, without copying the function's attributes.
    pub fn new_static_method(&mut self, f: Value) -> Value {
        let ty = self.types.staticmethod;
        self.new_decorator(ty, f).value()
    }

    /// `classmethod(f)`, without copying the function's attributes.
    pub fn new_class_method(&mut self, f: Value) -> Value {
        let ty = self.types.classmethod;
        self.new_decorator(ty, f).value()
    }
}

fn this(v: Value) -> Gc<MethodDecorator> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_decorator(ty, Value::NONE).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>, name: &str) -> R<()> {
    let args = args.between(m, name, 1, 1)?;
    this(v).callable.set(args[0]);
    // The wrapped function's identity is copied, as functools.wraps does.
    for attr in ["__module__", "__name__", "__qualname__", "__doc__"] {
        let attr = m.intern(attr);
        if let Some(value) = m.get_attr_opt(args[0], attr)? {
            m.set_attr(v, attr, value)?;
        }
    }
    let annotations = m.names.annotations;
    if let Some(value) = m.get_attr_opt(args[0], annotations)? {
        m.set_attr(v, annotations, value)?;
    }
    Ok(())
}

fn repr(m: &mut Machine, v: Value, name: &str) -> R<Value> {
    let inner = m.repr(this(v).callable.get())?;
    Ok(m.str_value(&format!("<{name}({})>", inner.to_string_lossy())))
}

fn is_abstract(m: &mut Machine, v: Value) -> R<Value> {
    let name = m.intern("__isabstractmethod__");
    match m.get_attr_opt(this(v).callable.get(), name)? {
        Some(flag) => Ok(Value::from_bool(m.truthy(flag)?)),
        None => Ok(Value::FALSE),
    }
}

fn class_get(m: &mut Machine, v: Value, object: Value, class: Value) -> R<Value> {
    let class = class.non_null().unwrap_or_else(|| m.type_of(object).value());
    let callable = this(v).callable.get();
    if callable.is_null() {
        return Err(m.runtime_error("uninitialized classmethod object"));
    }
    Ok(m.new_bound_method(callable, class).value())
}

fn static_get(m: &mut Machine, v: Value, _: Value, _: Value) -> R<Value> {
    match this(v).callable.get().non_null() {
        Some(f) => Ok(f),
        None => Err(m.runtime_error("uninitialized staticmethod object")),
    }
}
