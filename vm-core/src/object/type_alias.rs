//! `type X = …` aliases, the base class `Generic`, and `NoDefault`'s class. `Generic` leaves its work to `typing`, once that is loaded
//! or a class is parameterised; until then a generic class is set up natively, so that `class C[T]` alone does not load it.

use super::generic_alias::GenericAlias;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::instance::Instance;
use super::slots::Slots;
use super::tuple::Tuple;
use super::type_param::{Lazy, with_unpacked};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use std::cell::Cell;

/// A `type X = …` alias.
#[repr(C)]
pub struct TypeAlias {
    /// Its type.
    pub header: Header,
    name: Value,
    /// A tuple, perhaps empty.
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

/// `typing.TypeAliasType`.
pub static ALIAS: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|_, v| Ok(this(v).name)),
        or: Some(super::generic_alias::union_or),
        getitem: Some(item),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |_, v, _| Ok(this(v).name))],
    getset: &[
        GetSetDef { name: "__name__", get: |_, v| Ok(this(v).name), set: None },
        GetSetDef { name: "__value__", get: |m, v| Ok(this(v).value.get(m)?.unwrap_or(Value::NONE)), set: None },
        GetSetDef { name: "__type_params__", get: |_, v| Ok(this(v).params), set: None },
        GetSetDef { name: "__parameters__", get: |m, v| with_unpacked(m, this(v).params), set: None },
        GetSetDef { name: "__module__", get: |_, v| Ok(this(v).module), set: None },
    ],
    doc: "Type alias.",
    ..TypeSpec::new("typing.TypeAliasType", TypeAlias::LAYOUT)
};

/// `typing.Generic`.
pub static GENERIC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots::EMPTY,
    methods: &[
        MethodDef::class("__class_getitem__", Convention::VarArgsKeywords, class_getitem),
        MethodDef::class("__init_subclass__", Convention::VarArgsKeywords, init_subclass),
    ],
    doc: "Abstract base class for generic types.",
    ..TypeSpec::new("typing.Generic", Instance::LAYOUT)
};

/// `typing.NoDefault`'s type.
pub static NO_DEFAULT: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, _| Ok(m.str_value("typing.NoDefault"))),
        new: Some(|m, _, args| {
            if !args.is_empty() {
                return Err(m.type_error("NoDefaultType takes no arguments"));
            }
            Ok(super::type_param::no_default(m))
        }),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, _, _| Ok(m.str_value("NoDefault")))],
    doc: "NoDefaultType()\n--\n\nThe type of the NoDefault singleton.",
    ..TypeSpec::new("NoDefaultType", Instance::LAYOUT)
};

fn this(v: Value) -> Gc<TypeAlias> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 2 };
    let [name, value, params] = args.bind(m, "typealias", ["name", "value", "type_params"], spec)?;
    if name.downcast::<super::string::Str>().is_none() {
        let got = m.type_name(name);
        return Err(m.type_error(&format!("typealias() argument 'name' must be str, not {got}")));
    }
    if !params.is_null() && params.downcast::<Tuple>().is_none() {
        return Err(m.type_error("type_params must be a tuple"));
    }
    let params = if params.is_null() { m.new_tuple(&[]).value() } else { params };
    let module = m.caller_module();
    Ok(m.new_object(TypeAlias { header: Header::new(ty), name, params, value: Lazy::known(value), module }).value())
}

fn make_alias(m: &mut Machine, origin: Value, item: Value) -> Value {
    let args = match item.downcast::<Tuple>() {
        Some(t) => t,
        None => m.new_tuple(&[item]),
    };
    let header = Header::new(m.types.generic_alias);
    m.new_object(GenericAlias { header, origin, args, parameters: Cell::new(Value::NULL), starred: false }).value()
}

fn item(m: &mut Machine, v: Value, item: Value) -> R<Value> {
    if this(v).params.downcast::<Tuple>().is_none_or(|t| t.is_empty()) {
        return Err(m.type_error("Only generic type aliases are subscriptable"));
    }
    Ok(make_alias(m, v, item))
}

/// Whether `typing` has been imported.
fn typing_is_loaded(m: &mut Machine) -> bool {
    let (key, modules) = (m.intern("typing"), m.modules);
    modules.get_str(m, key).is_some()
}

fn pass_on(m: &mut Machine, name: &str, class: Value, args: Args<'_>) -> R<Value> {
    let (typing, name) = (m.import_name("typing")?, m.intern(name));
    let f = m.get_attr(typing, name)?;
    m.call_prepended(f, class, args)
}

fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    if m.imports.stdlib.is_some() {
        return pass_on(m, "_generic_class_getitem", class, args);
    }
    let args = args.between(m, "__class_getitem__", 1, 1)?;
    Ok(make_alias(m, class, args[0]))
}

fn init_subclass(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    if typing_is_loaded(m) {
        return pass_on(m, "_generic_init_subclass", class, args);
    }
    let generic = m.types.generic.value();
    let superclass = m.types.super_.value();
    let (parent, name) = (m.call(superclass, &[generic, class])?, m.names.init_subclass);
    let inherited = m.get_attr(parent, name)?;
    m.call_args(inherited, args)?;
    let (bases, key) = (m.names.orig_bases, m.intern("__parameters__"));
    let own = class.downcast::<Type>().and_then(|t| t.dict.get()).and_then(|d| d.get_str(m, bases));
    let parameters = match own.and_then(Value::downcast::<Tuple>) {
        Some(bases) => super::alias_subst::parameters_of(m, bases, &Cell::new(Value::NULL))?,
        None => m.new_tuple(&[]).value(),
    };
    m.set_attr(class, key, parameters)?;
    Ok(Value::NONE)
}

impl Machine {
    /// `Generic[params]`, the base that a generic class gets.
    pub fn subscript_generic(&mut self, params: Value) -> R<Value> {
        let generic = self.types.generic.value();
        let params = with_unpacked(self, params)?;
        if typing_is_loaded(self) {
            return self.call_typing("_GenericAlias", &[generic, params]);
        }
        Ok(make_alias(self, generic, params))
    }

    /// `type name[params] = value`, from its parts: name, parameters or `None`, the function that evaluates the value.
    pub fn type_alias(&mut self, parts: Value) -> R<Value> {
        let Some(&[name, params, compute]) = parts.downcast::<Tuple>().map(|t| t.slice()) else {
            return Err(self.system_error("a type alias has three parts"));
        };
        let params = if params.is_none() { self.new_tuple(&[]).value() } else { params };
        let module = self.caller_module();
        let header = Header::new(self.types.type_alias);
        Ok(self.new_object(TypeAlias { header, name, params, value: Lazy::of(compute), module }).value())
    }

    /// Whether a value is a `type X = …` alias.
    #[must_use]
    pub fn is_type_alias(&self, v: Value) -> bool {
        v.downcast::<TypeAlias>().is_some()
    }
}
