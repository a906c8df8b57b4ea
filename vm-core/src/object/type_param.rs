//! What PEP 695 syntax makes: `TypeVar`, `ParamSpec`, `TypeVarTuple`, `type X = …` aliases, and the base class `Generic`.
//!
//! Bounds, constraints, defaults and values are functions that run when they are first asked for.

use super::generic_alias::GenericAlias;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::instance::Instance;
use super::slots::Slots;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A value that may still have to be computed.
#[derive(Default)]
struct Lazy {
    compute: Cell<Option<Value>>,
    value: Cell<Option<Value>>,
}

impl Lazy {
    fn of(compute: Value) -> Lazy {
        Lazy { compute: Cell::new(compute.non_null()), value: Cell::new(None) }
    }

    /// The value; `None` if there is none.
    fn get(&self, m: &mut Machine) -> R<Option<Value>> {
        if self.value.get().is_some() {
            return Ok(self.value.get());
        }
        let Some(f) = self.compute.get() else { return Ok(None) };
        let v = m.call(f, &[])?;
        self.value.set(Some(v));
        Ok(Some(v))
    }

    fn trace(&self, m: &mut Marker<'_>) {
        for v in [self.compute.get(), self.value.get()].into_iter().flatten() {
            m.mark(v);
        }
    }
}

/// A type parameter.
#[repr(C)]
pub struct TypeParam {
    /// Its type.
    pub header: Header,
    name: Value,
    bound: Lazy,
    constraints: Lazy,
    default: Lazy,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for TypeParam {
    const LAYOUT: &'static Layout = &layout_of::<TypeParam>(LayoutId::TypeVar);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.name);
        for lazy in [&self.bound, &self.constraints, &self.default] {
            lazy.trace(m);
        }
    }
}

/// A `type X = …` alias.
#[repr(C)]
pub struct TypeAlias {
    /// Its type.
    pub header: Header,
    name: Value,
    params: Value,
    value: Lazy,
    module: Value,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for TypeAlias {
    const LAYOUT: &'static Layout = &layout_of::<TypeAlias>(LayoutId::TypeAlias);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.name);
        m.mark(self.params);
        m.mark(self.module);
        self.value.trace(m);
    }
}

const DEFAULT: GetSetDef = GetSetDef { name: "__default__", get: default, set: None };
const NAME: GetSetDef = GetSetDef { name: "__name__", get: |m, v| Ok(param(m, v)?.name), set: None };
const HAS_DEFAULT: MethodDef = MethodDef::new("has_default", Convention::NoArgs, |m, v, _| {
    let p = param(m, v)?;
    Ok(Value::from_bool(p.default.compute.get().is_some()))
});
const SLOTS: Slots = Slots { repr: Some(|m, v| Ok(param(m, v)?.name)), or: Some(super::generic_alias::union_or), ..Slots::EMPTY };

/// `typing.TypeVar`.
pub static TYPE_VAR: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: SLOTS,
    methods: &[HAS_DEFAULT, MethodDef::new("__typing_subst__", Convention::O, |_, _, args| Ok(args.pos()[0]))],
    getset: &[
        NAME,
        DEFAULT,
        GetSetDef {
            name: "__bound__",
            get: |m, v| {
                let p = param(m, v)?;
                Ok(p.bound.get(m)?.unwrap_or(Value::NONE))
            },
            set: None,
        },
        GetSetDef { name: "__constraints__", get: constraints, set: None },
        GetSetDef { name: "__covariant__", get: |_, _| Ok(Value::FALSE), set: None },
        GetSetDef { name: "__contravariant__", get: |_, _| Ok(Value::FALSE), set: None },
        GetSetDef { name: "__infer_variance__", get: |_, _| Ok(Value::TRUE), set: None },
    ],
    ..TypeSpec::new("typing.TypeVar", TypeParam::LAYOUT)
};

/// `typing.ParamSpec`.
pub static PARAM_SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: SLOTS,
    methods: &[HAS_DEFAULT, MethodDef::new("__typing_subst__", Convention::O, |_, _, args| Ok(args.pos()[0]))],
    getset: &[
        NAME,
        DEFAULT,
        GetSetDef { name: "args", get: |m, v| part(m, v, "args"), set: None },
        GetSetDef { name: "kwargs", get: |m, v| part(m, v, "kwargs"), set: None },
        GetSetDef { name: "__infer_variance__", get: |_, _| Ok(Value::TRUE), set: None },
    ],
    ..TypeSpec::new("typing.ParamSpec", TypeParam::LAYOUT)
};

/// `typing.TypeVarTuple`.
pub static TYPE_VAR_TUPLE: TypeSpec =
    TypeSpec {
        flags: TypeFlags::HAS_WEAKREF,
        slots: Slots { iter: Some(unpacked), ..SLOTS },
        methods: &[
            HAS_DEFAULT,
            MethodDef::new("__typing_subst__", Convention::O, |m, _, _| {
                Err(m.type_error("Substitution of bare TypeVarTuple is not supported"))
            }),
        ],
        getset: &[NAME, DEFAULT],
        ..TypeSpec::new("typing.TypeVarTuple", TypeParam::LAYOUT)
    };

/// `typing.TypeAliasType`.
pub static ALIAS: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, v| Ok(alias(m, v)?.name)),
        or: Some(super::generic_alias::union_or),
        getitem: Some(alias_item),
        ..Slots::EMPTY
    },
    getset: &[
        GetSetDef { name: "__name__", get: |m, v| Ok(alias(m, v)?.name), set: None },
        GetSetDef {
            name: "__value__",
            get: |m, v| {
                let a = alias(m, v)?;
                Ok(a.value.get(m)?.unwrap_or(Value::NONE))
            },
            set: None,
        },
        GetSetDef { name: "__type_params__", get: |m, v| Ok(alias(m, v)?.params), set: None },
        GetSetDef { name: "__parameters__", get: |m, v| Ok(alias(m, v)?.params), set: None },
        GetSetDef { name: "__module__", get: |m, v| Ok(alias(m, v)?.module), set: None },
    ],
    ..TypeSpec::new("typing.TypeAliasType", TypeAlias::LAYOUT)
};

/// `typing.Generic`.
pub static GENERIC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(new_generic), ..Slots::EMPTY },
    methods: &[MethodDef::class("__class_getitem__", Convention::O, |m, class, args| Ok(make_alias(m, class, args.pos()[0])))],
    doc: "Abstract base class for generic types.",
    ..TypeSpec::new("typing.Generic", Instance::LAYOUT)
};

/// `typing.NoDefault`'s type.
pub static NO_DEFAULT: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(|m, _| Ok(m.str_value("typing.NoDefault"))), ..Slots::EMPTY },
    ..TypeSpec::new("NoDefaultType", Instance::LAYOUT)
};

fn param(m: &mut Machine, v: Value) -> R<Gc<TypeParam>> {
    v.downcast().ok_or_else(|| m.type_error("a type parameter is required"))
}

fn alias(m: &mut Machine, v: Value) -> R<Gc<TypeAlias>> {
    v.downcast().ok_or_else(|| m.type_error("a type alias is required"))
}

fn default(m: &mut Machine, v: Value) -> R<Value> {
    let p = param(m, v)?;
    match p.default.get(m)? {
        Some(v) => Ok(v),
        None => {
            let class = m.types.no_default;
            Ok(m.new_instance(class).value())
        }
    }
}

fn constraints(m: &mut Machine, v: Value) -> R<Value> {
    let p = param(m, v)?;
    match p.constraints.get(m)? {
        Some(v) => Ok(v),
        None => Ok(m.new_tuple(&[]).value()),
    }
}

fn part(m: &mut Machine, v: Value, what: &str) -> R<Value> {
    let p = param(m, v)?;
    let name = p.name.downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let text = m.str_value(&format!("{name}.{what}"));
    let class = m.types.type_var;
    Ok(m.new_param(class, text, Value::NULL, Value::NULL))
}

/// `*Ts`: one item, which stands for all the arguments.
fn unpacked(m: &mut Machine, v: Value) -> R<Value> {
    let items = m.new_tuple(&[v]).value();
    m.iter(items)
}

fn make_alias(m: &mut Machine, origin: Value, item: Value) -> Value {
    let args = match item.downcast::<Tuple>() {
        Some(t) => t,
        None => m.new_tuple(&[item]),
    };
    let header = Header::new(m.types.generic_alias);
    m.new_object(GenericAlias { header, origin, args, parameters: Cell::new(Value::NULL), starred: false }).value()
}

fn alias_item(m: &mut Machine, v: Value, item: Value) -> R<Value> {
    let a = alias(m, v)?;
    if a.params.downcast::<Tuple>().is_none_or(|t| t.is_empty()) {
        return Err(m.type_error("Only generic type aliases are subscriptable"));
    }
    Ok(make_alias(m, v, item))
}

fn new_generic(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    if ty == m.types.generic {
        return Err(m.type_error("Type Generic cannot be instantiated; it can be used only as a base class"));
    }
    Ok(m.new_instance(ty).value())
}

impl Machine {
    fn new_param(&mut self, class: Gc<Type>, name: Value, bound: Value, constraints: Value) -> Value {
        let header = Header::new(class);
        let (bound, constraints) = (Lazy::of(bound), Lazy::of(constraints));
        self.new_object(TypeParam { header, name, bound, constraints, default: Lazy::default() }).value()
    }

    /// `T`, `T: bound`, `T: (constraints)`: the functions that evaluate them, or `NULL`.
    pub fn type_var(&mut self, name: Value, bound: Value, constraints: Value) -> R<Value> {
        let class = self.types.type_var;
        Ok(self.new_param(class, name, bound, constraints))
    }

    /// `**P`.
    pub fn param_spec(&mut self, name: Value) -> R<Value> {
        let class = self.types.param_spec;
        Ok(self.new_param(class, name, Value::NULL, Value::NULL))
    }

    /// `*Ts`.
    pub fn type_var_tuple(&mut self, name: Value) -> R<Value> {
        let class = self.types.type_var_tuple;
        Ok(self.new_param(class, name, Value::NULL, Value::NULL))
    }

    /// `T = default`: the function that evaluates it.
    pub fn set_type_param_default(&mut self, v: Value, compute: Value) -> R<Value> {
        let p = param(self, v)?;
        p.default.compute.set(Some(compute));
        Ok(v)
    }

    /// `Generic[params]`, the base that a generic class gets.
    pub fn subscript_generic(&mut self, params: Value) -> R<Value> {
        let generic = self.types.generic.value();
        Ok(make_alias(self, generic, params))
    }

    /// `type name[params] = value`, from its parts: name, parameters or `None`, the function that evaluates the value.
    pub fn type_alias(&mut self, parts: Value) -> R<Value> {
        let Some(&[name, params, compute]) = parts.downcast::<Tuple>().map(|t| t.slice()) else {
            return Err(self.system_error("a type alias has three parts"));
        };
        let params = if params.is_none() { self.new_tuple(&[]).value() } else { params };
        let name_key = self.names.name;
        let module = self.running_globals().and_then(|g| g.get_str(self, name_key)).unwrap_or(Value::NONE);
        let header = Header::new(self.types.type_alias);
        Ok(self.new_object(TypeAlias { header, name, params, value: Lazy::of(compute), module }).value())
    }

    /// Whether a value is a `type X = …` alias or a type parameter: what `|` joins besides classes.
    #[must_use]
    pub fn is_type_alias(&self, v: Value) -> bool {
        v.downcast::<TypeAlias>().is_some() || v.downcast::<TypeParam>().is_some()
    }
}
