//! `super`: attribute look-up that starts after a class in an object's MRO.

use super::attr::generic_get_attr;
use super::code::Code;
use super::dict::Dict;
use super::function::{CellObj, Function};
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::code::LocalKind;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef, TypeSpec};
use std::cell::Cell;

/// A `super` object.
#[repr(C)]
pub struct Super {
    /// Its type.
    pub header: Header,
    /// `__thisclass__`, or `NULL` before `__init__`.
    pub class: Cell<Value>,
    /// `__self__`, or `NULL` while unbound.
    pub object: Cell<Value>,
    /// `__self_class__`, or `NULL` while unbound.
    pub object_class: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Super {
    const LAYOUT: &'static Layout = &layout_of::<Super>(LayoutId::Super);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.class.get());
        m.mark(self.object.get());
        m.mark(self.object_class.get());
    }
}

/// `super`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { repr: Some(repr), getattro: Some(get_attr), descr_get: Some(get), init: Some(init), new: Some(new), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__thisclass__", get: |_, v| Ok(or_none(this(v).class.get())), set: None },
        GetSetDef { name: "__self__", get: |_, v| Ok(or_none(this(v).object.get())), set: None },
        GetSetDef { name: "__self_class__", get: |_, v| Ok(or_none(this(v).object_class.get())), set: None },
    ],
    doc: "super() -> same as super(__class__, <first argument>)\nsuper(type) -> unbound super object\nsuper(type, obj) -> bound super object; requires isinstance(obj, type)\nsuper(type, type2) -> bound super object; requires issubclass(type2, type)\nTypical use to call a cooperative superclass method:\nclass C(B):\n    def meth(self, arg):\n        super().meth(arg)\nThis works for class methods too:\nclass C(B):\n    @classmethod\n    def cmeth(cls, arg):\n        super().cmeth(arg)\n",
    ..TypeSpec::new("super", Super::LAYOUT)
};

fn this(v: Value) -> Gc<Super> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

impl Machine {
    /// A bound super object; the object must be an instance or subclass of the class.
    pub fn new_super(&mut self, class: Gc<Type>, object: Value) -> R<Value> {
        let object_class = super_check(self, class, object)?;
        let header = Header::new(self.types.super_);
        let (class, object, object_class) = (Cell::new(class.value()), Cell::new(object), Cell::new(object_class.value()));
        Ok(self.new_object(Super { header, class, object, object_class }).value())
    }

    /// `super(class, object).name` without making the super object: the value, and whether it is a method yet to be given `object`
    /// as its first argument.
    pub fn super_lookup(&mut self, class: Gc<Type>, object: Value, name: Gc<Str>) -> R<(Value, bool)> {
        let object_class = super_check(self, class, object)?;
        if name != self.names.class
            && let Some(descr) = self.super_descr(class, object_class, name)
        {
            let dt = self.type_of(descr);
            let unbound = object.is(object_class.value());
            if dt.has(TypeFlags::METHOD_DESCRIPTOR) {
                return Ok((descr, !unbound));
            }
            return match dt.slot(|s| s.descr_get) {
                Some(get) => Ok((get(self, descr, if unbound { Value::NULL } else { object }, object_class.value())?, false)),
                None => Ok((descr, false)),
            };
        }
        let s = self.new_super(class, object)?;
        Ok((generic_get_attr(self, s, name)?, false))
    }

    /// What the classes after `class` in the MRO of `of` have under a name.
    pub(crate) fn super_descr(&mut self, class: Gc<Type>, of: Gc<Type>, name: Gc<Str>) -> Option<Value> {
        let mro: &[Gc<Type>] = &of.mro.borrow().clone();
        let at = mro.iter().position(|&t| t == class)?;
        mro[at + 1..].iter().find_map(|t| t.dict.get().and_then(|d| d.get_str(self, name)))
    }
}

impl Machine {
    /// What `super()` without arguments means in the running frame: the class in its `__class__` cell, and its first argument.
    pub fn super_context(&mut self) -> R<(Gc<Type>, Value)> {
        if self.fp.is_null() {
            return Err(self.runtime_error("super(): no current frame"));
        }
        // SAFETY: the running frame's header and locals are live.
        let code: &Code = unsafe { &*(*Frame::of(self.fp)).code };
        if code.argcount == 0 {
            return Err(self.runtime_error("super(): no arguments"));
        }
        // SAFETY: as above; there is at least one local.
        let mut first = unsafe { *self.fp };
        if code.kinds()[0] & LocalKind::CELL != 0
            && let Some(cell) = first.downcast::<CellObj>()
        {
            first = cell.contents.get();
        }
        if first.is_null() {
            return Err(self.runtime_error("super(): arg[0] deleted"));
        }
        let class_name = self.names.class;
        let at =
            (0..code.localsplus_names.len()).find(|&i| code.localsplus_names[i] == class_name && code.kinds()[i] & LocalKind::FREE != 0);
        let Some(at) = at else { return Err(self.runtime_error("super(): __class__ cell not found")) };
        // SAFETY: as above.
        let cell = unsafe { *self.fp.add(at) };
        let Some(cell) = cell.downcast::<CellObj>() else { return Err(self.runtime_error("super(): bad __class__ cell")) };
        let class = cell.contents.get();
        if class.is_null() {
            return Err(self.runtime_error("super(): empty __class__ cell"));
        }
        match class.downcast::<Type>() {
            Some(class) => Ok((class, first)),
            None => {
                let got = self.type_name(class);
                Err(self.runtime_error(&format!("super(): __class__ is not a type ({got})")))
            }
        }
    }

    /// The globals of the running frame.
    pub(crate) fn running_globals(&self) -> Option<Gc<Dict>> {
        if self.fp.is_null() {
            return None;
        }
        // SAFETY: the running frame's header is live.
        let func = unsafe { (*Frame::of(self.fp)).func };
        func.downcast::<Function>().map(|f| f.globals)
    }

    /// The namespace in which the running frame looks up builtins.
    pub(crate) fn running_builtins(&self) -> Option<Gc<Dict>> {
        if self.fp.is_null() {
            return None;
        }
        // SAFETY: the running frame's header is live.
        let func = unsafe { (*Frame::of(self.fp)).func };
        func.downcast::<Function>().map(|f| f.builtins)
    }

    /// The code of the running frame.
    pub(crate) fn running_code(&self) -> Option<Gc<super::code::Code>> {
        if self.fp.is_null() {
            return None;
        }
        // SAFETY: the running frame's header is live, and its code with it.
        Some(unsafe { Gc::from_raw((*Frame::of(self.fp)).code.cast_mut()) })
    }

    /// The `builtins` module.
    pub(crate) fn builtins_module(&mut self) -> Value {
        let (key, modules) = (self.intern("builtins"), self.modules);
        modules.get_str(self, key).unwrap_or(Value::NONE)
    }

    /// `globals()`.
    pub fn current_globals(&mut self) -> R<Value> {
        match self.running_globals() {
            Some(dict) => Ok(dict.value()),
            None => Err(self.system_error("globals() without a running frame")),
        }
    }
}

fn super_check(m: &mut Machine, class: Gc<Type>, object: Value) -> R<Gc<Type>> {
    if let Some(t) = object.downcast::<Type>()
        && t.is_subtype_of(class)
    {
        return Ok(t);
    }
    let ty = m.type_of(object);
    if ty.is_subtype_of(class) {
        return Ok(ty);
    }
    let name = m.names.class;
    if let Some(t) = m.get_attr_opt(object, name)?.and_then(Value::downcast::<Type>)
        && t != ty
        && t.is_subtype_of(class)
    {
        return Ok(t);
    }
    let (kind, shown) = match object.downcast::<Type>() {
        Some(t) => ("type", t.name_str().to_owned()),
        None => ("instance of", ty.name_str().to_owned()),
    };
    Err(m.type_error(&format!("super(type, obj): obj ({kind} {shown}) is not an instance or subtype of type ({}).", class.name_str())))
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let null = || Cell::new(Value::NULL);
    Ok(m.new_object(Super { header: Header::new(ty), class: null(), object: null(), object_class: null() }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    args.no_keywords(m, "super")?;
    let pos = args.between(m, "super", 0, 2)?;
    let (class, object) = match pos.first() {
        None => {
            let (class, object) = m.super_context()?;
            (class, object)
        }
        Some(&c) => match c.downcast::<Type>() {
            Some(class) => (class, pos.get(1).copied().filter(|o| !o.is_none()).unwrap_or(Value::NULL)),
            None => {
                let got = m.type_name(c);
                return Err(m.type_error(&format!("super() argument 1 must be a type, not {got}")));
            }
        },
    };
    let object_class = if object.is_null() { Value::NULL } else { super_check(m, class, object)?.value() };
    let s = this(v);
    s.class.set(class.value());
    s.object.set(object);
    s.object_class.set(object_class);
    Ok(())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let s = this(v);
    let class = s.class.get().downcast::<Type>().map_or("NULL".to_owned(), |t| t.name_str().to_owned());
    let text = match s.object_class.get().downcast::<Type>() {
        Some(t) => format!("<super: <class '{class}'>, <{} object>>", t.name_str()),
        None => format!("<super: <class '{class}'>, NULL>"),
    };
    Ok(m.str_value(&text))
}

fn get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    let s = this(v);
    if name != m.names.class
        && let (Some(class), Some(of)) = (s.class.get().downcast::<Type>(), s.object_class.get().downcast::<Type>())
        && let Some(descr) = m.super_descr(class, of, name)
    {
        let object = s.object.get();
        let object = if object.is(of.value()) { Value::NULL } else { object };
        return match m.type_of(descr).slot(|x| x.descr_get) {
            Some(get) => get(m, descr, object, of.value()),
            None => Ok(descr),
        };
    }
    generic_get_attr(m, v, name)
}

fn get(m: &mut Machine, v: Value, object: Value, _: Value) -> R<Value> {
    let s = this(v);
    if object.is_null() || object.is_none() || !s.object.get().is_null() {
        return Ok(v);
    }
    let Some(class) = s.class.get().downcast::<Type>() else { return Ok(v) };
    let ty = m.type_of(v);
    if ty != m.types.super_ {
        return m.call(ty.value(), &[class.value(), object]);
    }
    m.new_super(class, object)
}
