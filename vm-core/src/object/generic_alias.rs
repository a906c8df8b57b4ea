//! `list[int]` (`types.GenericAlias`) and `int | str` (`types.UnionType`). Substitution of type parameters is in `alias_subst.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A parameterised class.
#[repr(C)]
pub struct GenericAlias {
    /// Its type.
    pub header: Header,
    /// `__origin__`.
    pub origin: Value,
    /// `__args__`.
    pub args: Gc<Tuple>,
    /// `__parameters__`, or `NULL` until asked for.
    pub parameters: Cell<Value>,
    /// Whether this is `*tuple[…]`.
    pub starred: bool,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for GenericAlias {
    const LAYOUT: &'static Layout = &layout_of::<GenericAlias>(LayoutId::GenericAlias);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.origin);
        m.mark_gc(self.args);
        m.mark(self.parameters.get());
    }
}

/// A union of classes.
#[repr(C)]
pub struct Union {
    /// Its type.
    pub header: Header,
    /// `__args__`: flat and without duplicates.
    pub args: Gc<Tuple>,
    /// `__parameters__`, or `NULL` until asked for.
    pub parameters: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Union {
    const LAYOUT: &'static Layout = &layout_of::<Union>(LayoutId::Union);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.args);
        m.mark(self.parameters.get());
    }
}

/// `types.GenericAlias`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(repr),
        call: Some(call),
        hash: Some(hash),
        getattro: Some(get_attr),
        richcompare: Some(compare),
        getitem: Some(super::alias_subst::subscript),
        or: Some(union_or),
        iter: Some(iter),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__mro_entries__", Convention::O, |m, v, _| Ok(m.new_tuple(&[this(v).origin]).value())),
        MethodDef::new("__instancecheck__", Convention::O, |m, _, _| {
            Err(m.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        }),
        MethodDef::new("__subclasscheck__", Convention::O, |m, _, _| {
            Err(m.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let a = this(v);
            let args = m.new_tuple(&[a.origin, a.args.value()]).value();
            let class = m.types.generic_alias.value();
            Ok(m.new_tuple(&[class, args]).value())
        }),
    ],
    getset: &[
        GetSetDef { name: "__origin__", get: |_, v| Ok(this(v).origin), set: None },
        GetSetDef { name: "__args__", get: |_, v| Ok(this(v).args.value()), set: None },
        GetSetDef {
            name: "__parameters__",
            get: |m, v| super::alias_subst::parameters_of(m, this(v).args, &this(v).parameters),
            set: None,
        },
        GetSetDef { name: "__unpacked__", get: |_, v| Ok(Value::from_bool(this(v).starred)), set: None },
        GetSetDef {
            name: "__typing_unpacked_tuple_args__",
            get: |m, v| {
                let a = this(v);
                Ok(if a.starred && a.origin.is(m.types.tuple.value()) { a.args.value() } else { Value::NONE })
            },
            set: None,
        },
    ],
    doc: "GenericAlias(origin, args, /)\n--\n\nRepresent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).",
    ..TypeSpec::new("types.GenericAlias", GenericAlias::LAYOUT)
};

/// `types.UnionType`.
pub static UNION: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots {
        repr: Some(union_repr),
        hash: Some(union_hash),
        richcompare: Some(union_compare),
        getitem: Some(super::alias_subst::union_subscript),
        or: Some(union_or),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__instancecheck__", Convention::O, |m, v, a| {
            for &arg in union(v).args.slice() {
                if m.is_instance(a.pos()[0], arg)? {
                    return Ok(Value::TRUE);
                }
            }
            Ok(Value::FALSE)
        }),
        MethodDef::new("__subclasscheck__", Convention::O, |m, v, a| {
            if a.pos()[0].downcast::<Type>().is_none() {
                return Err(m.type_error("issubclass() arg 1 must be a class"));
            }
            for &arg in union(v).args.slice() {
                if m.is_subclass(a.pos()[0], arg)? {
                    return Ok(Value::TRUE);
                }
            }
            Ok(Value::FALSE)
        }),
    ],
    getset: &[
        GetSetDef { name: "__args__", get: |_, v| Ok(union(v).args.value()), set: None },
        GetSetDef {
            name: "__parameters__",
            get: |m, v| super::alias_subst::parameters_of(m, union(v).args, &union(v).parameters),
            set: None,
        },
    ],
    doc: "Represent a PEP 604 union type\n\nE.g. for int | str",
    ..TypeSpec::new("types.UnionType", Union::LAYOUT)
};

fn this(v: Value) -> Gc<GenericAlias> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn union(v: Value) -> Gc<Union> {
    // SAFETY: as in `this`.
    unsafe { v.cast() }
}

impl Machine {
    /// `origin[args]`; `args` is the tuple of arguments, or the one argument.
    pub fn new_generic_alias(&mut self, origin: Value, args: Value) -> Value {
        let args = match args.downcast::<Tuple>() {
            Some(args) => args,
            None => self.new_tuple(&[args]),
        };
        let header = Header::new(self.types.generic_alias);
        self.new_object(GenericAlias { header, origin, args, parameters: Cell::new(Value::NULL), starred: false }).value()
    }

    /// The union of those classes: flattened, duplicates dropped; a single one stays itself.
    pub fn new_union(&mut self, args: &[Value]) -> R<Value> {
        let mut flat: Vec<Value> = Vec::new();
        for &a in args {
            let parts: &[Value] = match a.downcast::<Union>() {
                Some(u) => u.args.slice(),
                None => std::slice::from_ref(&a),
            };
            for &part in parts {
                let part = if part.is_none() { self.types.none.value() } else { part };
                let held = self.new_tuple(&flat);
                let mut known = false;
                for &f in held.slice() {
                    // Classes are compared by identity, aliases by value.
                    if f.is(part) || (f.downcast::<Type>().is_none() && self.equal(f, part)?) {
                        known = true;
                        break;
                    }
                }
                if !known {
                    flat = held.slice().to_vec();
                    flat.push(part);
                }
            }
        }
        if let [only] = flat[..] {
            return Ok(only);
        }
        let args = self.new_tuple(&flat);
        let header = Header::new(self.types.union);
        Ok(self.new_object(Union { header, args, parameters: Cell::new(Value::NULL) }).value())
    }
}

/// `__class_getitem__` of builtin generic classes.
pub(crate) fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    Ok(m.new_generic_alias(class, args.pos()[0]))
}

/// Whether a value may stand in a union made by `|`.
fn is_unionable(m: &Machine, v: Value) -> bool {
    v.is_none()
        || v.downcast::<Type>().is_some()
        || v.downcast::<GenericAlias>().is_some()
        || v.downcast::<Union>().is_some()
        || m.is_type_alias(v)
}

/// `|` of classes, aliases and unions.
pub(crate) fn union_or(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    if is_unionable(m, a) && is_unionable(m, b) { m.new_union(&[a, b]) } else { Ok(Value::NOT_IMPLEMENTED) }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let a = args.between(m, "GenericAlias", 2, 2)?;
    let args = match a[1].downcast::<Tuple>() {
        Some(t) => t,
        None => m.new_tuple(&[a[1]]),
    };
    let origin = a[0];
    Ok(m.new_object(GenericAlias { header: Header::new(ty), origin, args, parameters: Cell::new(Value::NULL), starred: false }).value())
}

/// How an argument shows in an alias or union.
pub(crate) fn item_repr(m: &mut Machine, v: Value) -> R<String> {
    if v == Value::ELLIPSIS {
        return Ok("...".into());
    }
    if v.is(m.types.none.value()) {
        return Ok("None".into());
    }
    let (origin, args) = (m.intern("__origin__"), m.intern("__args__"));
    if m.get_attr_opt(v, origin)?.is_some() && m.get_attr_opt(v, args)?.is_some() {
        return Ok(m.repr(v)?.to_string_lossy().into_owned());
    }
    let (qualname, module) = (m.names.qualname, m.names.module);
    let q = m.get_attr_opt(v, qualname)?;
    let module = if q.is_some() { m.get_attr_opt(v, module)?.filter(|x| !x.is_none()) } else { None };
    match (q, module) {
        (Some(q), Some(module)) => {
            let (q, module) = (m.to_str(q)?, m.to_str(module)?);
            let q = q.to_string_lossy().into_owned();
            Ok(if module.bytes() == b"builtins" { q } else { format!("{}.{q}", module.to_string_lossy()) })
        }
        _ => Ok(m.repr(v)?.to_string_lossy().into_owned()),
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    m.check_native_stack()?;
    let a = this(v);
    let mut text = String::from(if a.starred { "*" } else { "" });
    text += &item_repr(m, a.origin)?;
    text.push('[');
    if a.args.is_empty() {
        text += "()";
    }
    for (i, &arg) in a.args.slice().iter().enumerate() {
        if i > 0 {
            text += ", ";
        }
        if let Some(list) = arg.downcast::<super::list::List>() {
            text.push('[');
            let mut j = 0;
            while let Some(x) = list.get(j) {
                if j > 0 {
                    text += ", ";
                }
                text += &item_repr(m, x)?;
                j += 1;
            }
            text.push(']');
        } else {
            text += &item_repr(m, arg)?;
        }
    }
    text.push(']');
    Ok(m.str_value(&text))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let a = this(v);
    Ok(m.hash(a.origin)? ^ m.hash(a.args.value())?)
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let made = m.call_args(this(v).origin, args)?;
    let name = m.intern("__orig_class__");
    if m.set_attr(made, name, v).is_err() {
        let (attribute, type_error) = (m.exceptions.attribute_error, m.exceptions.type_error);
        if !m.pending_is(attribute) && !m.pending_is(type_error) {
            return Err(crate::machine::Raised);
        }
        m.take_raised();
    }
    Ok(made)
}

/// Attributes are the origin's, but for those of the alias itself.
fn get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    const OWN: &[&str] = &[
        "__class__",
        "__origin__",
        "__args__",
        "__unpacked__",
        "__parameters__",
        "__typing_unpacked_tuple_args__",
        "__mro_entries__",
        "__reduce_ex__",
        "__reduce__",
        "__copy__",
        "__deepcopy__",
        "__bases__",
    ];
    if !OWN.contains(&name.as_static_str()) {
        return m.get_attr(this(v).origin, name);
    }
    super::attr::generic_get_attr(m, v, name)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<GenericAlias>(), b.downcast::<GenericAlias>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = x.starred == y.starred && m.equal(x.origin, y.origin)? && m.equal(x.args.value(), y.args.value())?;
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}

/// `*tuple[int, str]`: an iterator over one starred alias.
fn iter(m: &mut Machine, v: Value) -> R<Value> {
    let a = this(v);
    let header = Header::new(m.types.generic_alias);
    let starred = GenericAlias { header, origin: a.origin, args: a.args, parameters: Cell::new(Value::NULL), starred: true };
    let starred = m.new_object(starred).value();
    let one = m.new_tuple(&[starred]);
    m.iter(one.value())
}

fn union_repr(m: &mut Machine, v: Value) -> R<Value> {
    let mut text = String::new();
    for (i, &arg) in union(v).args.slice().iter().enumerate() {
        if i > 0 {
            text += " | ";
        }
        text += &item_repr(m, arg)?;
    }
    Ok(m.str_value(&text))
}

fn union_hash(m: &mut Machine, v: Value) -> R<i64> {
    let mut h = 0x9e37_79b9;
    for &arg in union(v).args.slice() {
        h ^= m.hash(arg)?;
    }
    Ok(if h == -1 { -2 } else { h })
}

fn union_compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Union>(), b.downcast::<Union>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let mut same = x.args.len() == y.args.len();
    for &s in x.args.slice() {
        if !same {
            break;
        }
        same = false;
        for &t in y.args.slice() {
            if m.equal(s, t)? {
                same = true;
                break;
            }
        }
    }
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}
