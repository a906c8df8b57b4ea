//! `object`: construction, representation, `__class__` and `__dict__` of instances, `__dir__`, `__format__`. Copying and pickling
//! (`__reduce_ex__`) are in `reduce.rs`.

use super::attr::{generic_get_attr, generic_set_attr};
use super::header::Gc;
use super::header::Payload;
use super::instance::Instance;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};

/// `object`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        repr: Some(default_repr),
        str: Some(str),
        hash: Some(hash),
        getattro: Some(generic_get_attr),
        setattro: Some(generic_set_attr),
        richcompare: Some(compare),
        init: Some(init),
        new: Some(new),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__reduce_ex__", Convention::O, super::reduce::reduce_ex),
        MethodDef::new("__reduce__", Convention::NoArgs, super::reduce::reduce),
        MethodDef::new("__getstate__", Convention::NoArgs, super::reduce::getstate),
        MethodDef::class("__subclasshook__", Convention::O, |_, _, _| Ok(Value::NOT_IMPLEMENTED)),
        MethodDef::class("__init_subclass__", Convention::VarArgsKeywords, init_subclass),
        MethodDef::new("__format__", Convention::O, format),
        MethodDef::new("__sizeof__", Convention::NoArgs, sizeof),
        MethodDef::new("__dir__", Convention::NoArgs, dir),
    ],
    getset: &[CLASS],
    doc: "object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\ninstance that has no instance attributes and cannot be given any.\n",
    ..TypeSpec::new("object", Instance::LAYOUT)
};

const CLASS: GetSetDef = GetSetDef { name: "__class__", get: |m, v| Ok(m.type_of(v).value()), set: Some(set_class) };

/// `__dict__` of the instances of Python classes.
pub(crate) static DICT: GetSetDef = DICT_CONST;

/// `__dict__` of builtin types whose instances have one.
pub(crate) const DICT_CONST: GetSetDef = GetSetDef { name: "__dict__", get: get_dict, set: Some(set_dict) };

/// `__weakref__` of the instances of Python classes.
pub(crate) static WEAKREF: GetSetDef =
    GetSetDef { name: "__weakref__", get: |m, v| Ok(m.first_weakref(v).unwrap_or(Value::NONE)), set: None };

/// The address that `repr` shows and `id` gives: that of a heap object, or an odd or doubly even number for an immediate value.
#[must_use]
pub fn address(v: Value) -> usize {
    if v.is_ptr() {
        v.as_ptr() as usize
    } else {
        // Addresses are multiples of 16; the words of integers may be, too.
        v.bits() as usize | usize::from(v.is_int())
    }
}

/// CPython's hash of an address.
#[must_use]
pub fn hash_pointer(v: Value) -> i64 {
    match address(v).rotate_right(4).cast_signed() as i64 {
        -1 => -2,
        h => h,
    }
}

/// `module.qualname` of a class, or only its name for builtins: how `repr` names it.
pub(crate) fn display_name(m: &mut Machine, ty: Gc<Type>) -> String {
    let module = super::type_attr::type_module(m, ty).and_then(Value::downcast::<Str>);
    match module {
        Some(module) if module.bytes() != b"builtins" => {
            format!("{}.{}", module.to_string_lossy(), super::descriptors::type_qualname(ty))
        }
        _ => ty.name_str().to_owned(),
    }
}

/// `object.__repr__`.
pub(crate) fn default_repr(m: &mut Machine, v: Value) -> R<Value> {
    let ty = m.type_of(v);
    let name = display_name(m, ty);
    Ok(m.str_value(&format!("<{name} object at {:#x}>", address(v))))
}

fn str(m: &mut Machine, v: Value) -> R<Value> {
    // Not `Machine::repr`: what is no string is to be blamed on `__str__`.
    match m.type_of(v).slot(|s| s.repr) {
        Some(repr) => repr(m, v),
        None => Ok(m.repr(v)?.value()),
    }
}

fn hash(_: &mut Machine, v: Value) -> R<i64> {
    Ok(hash_pointer(v))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    match op {
        Compare::Eq => Ok(if a.is(b) { Value::TRUE } else { Value::NOT_IMPLEMENTED }),
        Compare::Ne => {
            let Some(f) = m.type_of(a).slot(|s| s.richcompare) else { return Ok(Value::NOT_IMPLEMENTED) };
            let r = f(m, a, b, Compare::Eq)?;
            if r == Value::NOT_IMPLEMENTED {
                return Ok(r);
            }
            Ok(Value::from_bool(!m.truthy(r)?))
        }
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// Whether a class's `new` slot is `object`'s.
#[inline]
pub(crate) fn has_default_new(ty: Gc<Type>) -> bool {
    ty.slot(|s| s.new).is_some_and(|f| f as usize == new as *const () as usize)
}

/// Whether a class's `init` slot is `object`'s.
#[inline]
pub(crate) fn has_default_init(ty: Gc<Type>) -> bool {
    ty.slot(|s| s.init).is_some_and(|f| f as usize == init as *const () as usize)
}

/// `object.__new__`.
#[inline(never)]
pub(crate) fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    if !args.is_empty() {
        if !has_default_new(ty) {
            return Err(m.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
        }
        if has_default_init(ty) {
            return Err(m.type_error(&format!("{}() takes no arguments", ty.name_str())));
        }
    }
    if ty.has(TypeFlags::ABSTRACT) {
        return abstract_error(m, ty);
    }
    let object = m.new_instance(ty).value();
    if ty.slot(|s| s.finalize).is_some() {
        m.register_finalizer(object);
    }
    Ok(object)
}

#[cold]
fn abstract_error(m: &mut Machine, ty: Gc<Type>) -> R<Value> {
    let name = m.names.abstractmethods;
    let methods = m.get_attr(ty.value(), name)?;
    let items = m.collect(methods)?;
    let mut names = Vec::new();
    for &v in items.iter() {
        names.push(m.to_str(v)?.to_string_lossy().into_owned());
    }
    names.sort();
    let s = if names.len() > 1 { "s" } else { "" };
    Err(m.type_error(&format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{s} '{}'",
        ty.name_str(),
        names.join("', '")
    )))
}

/// `object.__init__`.
#[inline(never)]
pub(crate) fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    if !args.is_empty() {
        let ty = m.type_of(v);
        if !has_default_init(ty) {
            return Err(m.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
        }
        if has_default_new(ty) {
            return Err(m.type_error(&format!("{}.__init__() takes exactly one argument (the instance to initialize)", ty.name_str())));
        }
    }
    Ok(())
}

fn init_subclass(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    if args.has_keywords() || !args.pos().is_empty() {
        let name = match class.downcast::<Type>() {
            Some(ty) => super::descriptors::type_qualname(ty),
            None => String::new(),
        };
        if args.has_keywords() {
            return Err(m.type_error(&format!("{name}.__init_subclass__() takes no keyword arguments")));
        }
        let n = args.len();
        return Err(m.type_error(&format!("{name}.__init_subclass__() takes no arguments ({n} given)")));
    }
    Ok(Value::NONE)
}

fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let Some(spec) = args.pos()[0].downcast::<Str>() else {
        return Err(m.bad_argument("__format__", "argument", "str", args.pos()[0]));
    };
    if spec.char_len() > 0 {
        let name = m.type_name(v);
        return Err(m.type_error(&format!("unsupported format string passed to {name}.__format__")));
    }
    Ok(m.to_str(v)?.value())
}

fn sizeof(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let ty = m.type_of(v);
    Ok(Value::small(super::alloc::tail_bytes(&ty, 0) as i64))
}

fn dir(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (dict_name, class_name) = (m.names.dict, m.names.class);
    let own = m.get_attr_opt(v, dict_name)?.and_then(Value::downcast::<super::dict::Dict>);
    let merged = match own {
        Some(d) => d.copy(m),
        None => m.new_dict(),
    };
    if let Some(class) = m.get_attr_opt(v, class_name)? {
        super::type_attr::merge_class_dict(m, merged, class)?;
    }
    let keys: Vec<Value> = merged.iter().map(|(k, _)| k).collect();
    Ok(m.new_list(&keys).value())
}

fn get_dict(m: &mut Machine, v: Value) -> R<Value> {
    match m.instance_dict(v) {
        Some(d) => Ok(d.value()),
        None => {
            let name = m.names.dict;
            Err(m.no_attribute(v, name))
        }
    }
}

fn set_dict(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if !value.is_null() && value.downcast::<super::dict::Dict>().is_none() {
        let got = m.type_name(value);
        return Err(m.type_error(&format!("__dict__ must be set to a dictionary, not a '{got}'")));
    }
    if !m.type_of(v).has(TypeFlags::HAS_DICT) {
        return Err(m.attribute_error("This object has no __dict__"));
    }
    if value.is_null() && v.downcast::<super::function::Function>().is_some() {
        return Err(m.type_error("cannot delete __dict__"));
    }
    m.set_instance_dict(v, value);
    Ok(())
}

fn set_class(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.is_null() {
        return Err(m.type_error("can't delete __class__ attribute"));
    }
    let Some(to) = value.downcast::<Type>() else {
        let got = m.type_name(value);
        return Err(m.type_error(&format!("__class__ must be set to a class, not '{got}' object")));
    };
    let from = m.type_of(v);
    let modules = from.is_subtype_of(m.types.module) && to.is_subtype_of(m.types.module);
    if !modules && (to.has(TypeFlags::IMMUTABLE) || from.has(TypeFlags::IMMUTABLE)) {
        return Err(m.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    }
    check_compatible(m, from, to, "__class__")?;
    if from.has(TypeFlags::INLINE_VALUES) {
        m.instance_dict(v);
    }
    // SAFETY: only heap objects have mutable classes; the layouts agree.
    unsafe { (*v.as_ptr()).set_ty(to.as_ptr()) };
    Ok(())
}

/// Fails unless instances of one class can become instances of the other.
pub(crate) fn check_compatible(m: &mut Machine, from: Gc<Type>, to: Gc<Type>, attr: &str) -> R<()> {
    let shape = |t: Gc<Type>| {
        (t.layout.id, t.basic_size.get(), t.dict_offset.get(), t.flags.get() & (TypeFlags::INLINE_VALUES | TypeFlags::HAS_WEAKREF))
    };
    if shape(from) == shape(to) && super::class_layout::slot_names(m, from) == super::class_layout::slot_names(m, to) {
        return Ok(());
    }
    Err(m.type_error(&format!("{attr} assignment: '{}' object layout differs from '{}'", to.name_str(), from.name_str())))
}
