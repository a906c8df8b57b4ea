//! `property`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A `property` object. Absent functions are `NULL`.
#[repr(C)]
pub struct Property {
    /// Its type.
    pub header: Header,
    /// `fget`.
    pub get: Cell<Value>,
    /// `fset`.
    pub set: Cell<Value>,
    /// `fdel`.
    pub del: Cell<Value>,
    /// `__doc__`.
    pub doc: Cell<Value>,
    /// The name given by `__set_name__`.
    pub name: Cell<Value>,
    /// Whether the doc came from the getter.
    pub getter_doc: Cell<bool>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Property {
    const LAYOUT: &'static Layout = &layout_of::<Property>(LayoutId::Property);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [&self.get, &self.set, &self.del, &self.doc, &self.name] {
            m.mark(v.get());
        }
    }
}

/// `property`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { descr_get: Some(get), descr_set: Some(set), init: Some(init), new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("getter", Convention::O, |m, v, a| copy(m, v, a.pos()[0], Value::NONE, Value::NONE)),
        MethodDef::new("setter", Convention::O, |m, v, a| copy(m, v, Value::NONE, a.pos()[0], Value::NONE)),
        MethodDef::new("deleter", Convention::O, |m, v, a| copy(m, v, Value::NONE, Value::NONE, a.pos()[0])),
        MethodDef::new("__set_name__", Convention::VarArgs, |m, v, a| {
            if a.len() != 2 {
                let n = a.len();
                return Err(m.type_error(&format!("__set_name__() takes 2 positional arguments but {n} were given")));
            }
            this(v).name.set(a.pos()[1]);
            Ok(Value::NONE)
        }),
    ],
    getset: &[
        GetSetDef { name: "fget", get: |_, v| Ok(or_none(this(v).get.get())), set: None },
        GetSetDef { name: "fset", get: |_, v| Ok(or_none(this(v).set.get())), set: None },
        GetSetDef { name: "fdel", get: |_, v| Ok(or_none(this(v).del.get())), set: None },
        GetSetDef {
            name: "__doc__",
            get: |_, v| Ok(or_none(this(v).doc.get())),
            set: Some(|_, v, x| {
                this(v).doc.set(x);
                Ok(())
            }),
        },
        GetSetDef { name: "__isabstractmethod__", get: is_abstract, set: None },
        GetSetDef {
            name: "__name__",
            get: |m, v| match name(m, v)? {
                Some(n) => Ok(n),
                None => {
                    let key = m.intern("__name__");
                    Err(m.no_attribute(v, key))
                }
            },
            set: Some(|_, v, x| {
                this(v).name.set(x);
                Ok(())
            }),
        },
    ],
    doc: "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del\'ing an attribute\n  doc\n    docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I\'m the \'x\' property.\")\n\nDecorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n        \"I am the \'x\' property.\"\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n    @x.deleter\n    def x(self):\n        del self._x",
    ..TypeSpec::new("property", Property::LAYOUT)
};

fn this(v: Value) -> Gc<Property> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

fn or_null(v: Value) -> Value {
    if v.is_none() { Value::NULL } else { v }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let null = || Cell::new(Value::NULL);
    let p = Property {
        header: Header::new(ty),
        get: null(),
        set: null(),
        del: null(),
        doc: null(),
        name: null(),
        getter_doc: Cell::new(false),
    };
    Ok(m.new_object(p).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let [get, set, del, doc] =
        args.bind(m, "property", ["fget", "fset", "fdel", "doc"], BindSpec { positional_only: 0, required: 0, max_positional: 4 })?;
    let p = this(v);
    p.get.set(or_null(get));
    p.set.set(or_null(set));
    p.del.set(or_null(del));
    p.doc.set(Value::NULL);
    p.name.set(Value::NULL);
    p.getter_doc.set(false);
    let doc_name = m.names.doc;
    let mut text = or_null(doc);
    if text.is_null() && !p.get.get().is_null() {
        text = or_null(m.get_attr_opt(p.get.get(), doc_name)?.unwrap_or(Value::NULL));
        p.getter_doc.set(!text.is_null());
    }
    if m.type_of(v) == m.types.property {
        p.doc.set(text);
        return Ok(());
    }
    // A subclass's own `__doc__` would hide the descriptor, so the text goes into the instance.
    if m.set_attr(v, doc_name, or_none(text)).is_err() {
        let class = m.exceptions.attribute_error;
        if p.getter_doc.get() || !m.pending_is(class) {
            return Err(crate::machine::Raised);
        }
        m.take_raised();
    }
    Ok(())
}

fn copy(m: &mut Machine, v: Value, get: Value, set: Value, del: Value) -> R<Value> {
    let p = this(v);
    let pick = |new: Value, old: &Cell<Value>| if new.is_none() { or_none(old.get()) } else { new };
    let (get, set, del) = (pick(get, &p.get), pick(set, &p.set), pick(del, &p.del));
    let doc = if p.getter_doc.get() && !get.is_none() { Value::NONE } else { or_none(p.doc.get()) };
    let class = m.type_of(v).value();
    let made = m.call(class, &[get, set, del, doc])?;
    if let Some(new) = made.downcast::<Property>() {
        new.name.set(p.name.get());
    }
    Ok(made)
}

/// The property's name: given by `__set_name__`, or its getter's.
fn name(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let p = this(v);
    if let Some(n) = p.name.get().non_null() {
        return Ok(Some(n));
    }
    match p.get.get().non_null() {
        Some(f) => {
            let key = m.intern("__name__");
            m.get_attr_opt(f, key)
        }
        None => Ok(None),
    }
}

fn missing(m: &mut Machine, v: Value, object: Value, what: &str) -> R<crate::machine::Raised> {
    let own = name(m, v)?;
    let ty = m.type_of(object);
    let class = m.repr(ty.qualname.get())?.to_string_lossy().into_owned();
    let text = match own {
        Some(n) => format!("property {} of {class} object has no {what}", m.repr(n)?.to_string_lossy()),
        None => format!("property of {class} object has no {what}"),
    };
    Ok(m.attribute_error(&text))
}

fn get(m: &mut Machine, v: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() || object.is_none() {
        return Ok(v);
    }
    match this(v).get.get().non_null() {
        Some(f) => m.call(f, &[object]),
        None => Err(missing(m, v, object, "getter")?),
    }
}

fn set(m: &mut Machine, v: Value, object: Value, value: Value) -> R<()> {
    let p = this(v);
    if value.is_null() {
        return match p.del.get().non_null() {
            Some(f) => m.call(f, &[object]).map(|_| ()),
            None => Err(missing(m, v, object, "deleter")?),
        };
    }
    match p.set.get().non_null() {
        Some(f) => m.call(f, &[object, value]).map(|_| ()),
        None => Err(missing(m, v, object, "setter")?),
    }
}

fn is_abstract(m: &mut Machine, v: Value) -> R<Value> {
    let key = m.intern("__isabstractmethod__");
    let p = this(v);
    for f in [p.get.get(), p.set.get(), p.del.get()] {
        if !f.is_null()
            && let Some(flag) = m.get_attr_opt(f, key)?
            && m.truthy(flag)?
        {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}
