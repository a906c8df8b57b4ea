//! Native functions and methods as objects: `builtin_function_or_method`, `method_descriptor`, `classmethod_descriptor`.

use super::descriptors::{check_owner, type_qualname};
use super::function::{MethodDescr, NativeFunction};
use super::header::{Gc, Payload};
use super::module::Module;
use super::object_type::{address, hash_pointer};
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Binding, Convention, GetSetDef, MethodDef, TypeSpec, call_checked};

/// `builtin_function_or_method`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), call: Some(call), hash: Some(hash), richcompare: Some(compare), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, reduce)],
    getset: &[
        GetSetDef { name: "__name__", get: |m, v| Ok(m.intern(this(v).def.name).value()), set: None },
        GetSetDef { name: "__qualname__", get: |m, v| Ok(qualname(m, v)), set: None },
        GetSetDef { name: "__doc__", get: |m, v| Ok(function_doc(m, this(v))), set: None },
        GetSetDef { name: "__text_signature__", get: |m, v| Ok(function_signature(m, this(v))), set: None },
        GetSetDef { name: "__self__", get: |_, v| Ok(this(v).this.non_null().unwrap_or(Value::NONE)), set: None },
        GetSetDef { name: "__module__", get: |_, v| Ok(this(v).module.non_null().unwrap_or(Value::NONE)), set: None },
    ],
    ..TypeSpec::new("builtin_function_or_method", NativeFunction::LAYOUT)
};

/// `method_descriptor`.
pub static METHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    flags: TypeFlags::METHOD_DESCRIPTOR,
    slots: Slots { repr: Some(descr_repr), call: Some(descr_call), descr_get: Some(descr_get), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, descr_reduce)],
    getset: DESCR_GETSET,
    ..TypeSpec::new("method_descriptor", MethodDescr::LAYOUT)
};

/// `classmethod_descriptor`.
pub static CLASSMETHOD_DESCRIPTOR: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(descr_repr), call: Some(class_call), descr_get: Some(class_get), ..Slots::EMPTY },
    getset: DESCR_GETSET,
    ..TypeSpec::new("classmethod_descriptor", MethodDescr::LAYOUT)
};

const DESCR_GETSET: &[GetSetDef] = &[
    GetSetDef { name: "__name__", get: |m, v| Ok(m.intern(descr(v).def.name).value()), set: None },
    GetSetDef {
        name: "__qualname__",
        get: |m, v| Ok(m.str_value(&format!("{}.{}", type_qualname(descr(v).owner), descr(v).def.name))),
        set: None,
    },
    GetSetDef { name: "__objclass__", get: |_, v| Ok(descr(v).owner.value()), set: None },
    GetSetDef { name: "__doc__", get: |m, v| Ok(method_doc(m, descr(v).def, &type_qualname(descr(v).owner))), set: None },
    GetSetDef { name: "__text_signature__", get: |m, v| Ok(method_signature(m, descr(v).def, descr(v).owner)), set: None },
];

fn this(v: Value) -> Gc<NativeFunction> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn descr(v: Value) -> Gc<MethodDescr> {
    // SAFETY: as in `this`.
    unsafe { v.cast() }
}

/// Whether it is one of the functions of `builtins`.
fn is_builtin(f: Gc<NativeFunction>) -> bool {
    f.module.downcast::<Str>().is_some_and(|s| s.bytes() == b"builtins")
}

fn function_doc(m: &mut Machine, f: Gc<NativeFunction>) -> Value {
    if !f.def.doc.is_empty() {
        return doc(m, f.def);
    }
    if is_builtin(f)
        && let Some((_, text)) = crate::builtins::docs::of(f.def.name)
    {
        return m.str_value(text);
    }
    match f.this.non_null() {
        None => Value::NONE,
        Some(this) if this.downcast::<Module>().is_some() => Value::NONE,
        Some(this) => {
            let owner = this.downcast::<Type>().unwrap_or_else(|| m.type_of(this));
            method_doc(m, f.def, &type_qualname(owner))
        }
    }
}

fn function_signature(m: &mut Machine, f: Gc<NativeFunction>) -> Value {
    match crate::builtins::docs::of(f.def.name) {
        Some((text, _)) if is_builtin(f) && f.def.doc.is_empty() && !text.is_empty() => m.str_value(text),
        _ => match f.this.non_null().filter(|v| v.downcast::<Module>().is_none()) {
            Some(this) => {
                let owner = this.downcast::<Type>().unwrap_or_else(|| m.type_of(this));
                method_signature(m, f.def, owner)
            }
            None => signature(m, f.def),
        },
    }
}

/// What is documented of a method, or at least whose it is.
fn method_doc(m: &mut Machine, def: &MethodDef, owner: &str) -> Value {
    if def.doc.is_empty() { m.str_value(&format!("The method '{}' of '{owner}' objects.", def.name)) } else { doc(m, def) }
}

/// `__doc__` without the signature it may start with.
fn doc(m: &mut Machine, def: &MethodDef) -> Value {
    let text = def.doc.split_once("\n--\n\n").map_or(def.doc, |(_, text)| text);
    if def.doc.is_empty() { Value::NONE } else { m.str_value(text) }
}

/// `__text_signature__` of a method of a type or of its bases.
fn method_signature(m: &mut Machine, def: &MethodDef, owner: Gc<Type>) -> Value {
    let mut class = Some(owner);
    while let Some(ty) = class {
        if !ty.has(TypeFlags::HEAP)
            && let Some(text) = super::signatures::of(ty.name_str(), def.name)
        {
            return m.str_value(text);
        }
        let own = m.intern(def.name);
        if ty.dict.get().is_some_and(|dict| dict.get_str(m, own).is_some()) {
            break;
        }
        class = ty.base.get().downcast::<Type>();
    }
    signature(m, def)
}

/// `__text_signature__`: what stands between name and separator.
fn signature(m: &mut Machine, def: &MethodDef) -> Value {
    match def.doc.split_once("\n--\n\n") {
        Some((head, _)) if head.contains('(') => m.str_value(&head[head.find('(').unwrap_or(0)..]),
        // As CPython has it, what follows from the calling convention.
        _ => match (def.convention, def.binding) {
            (Convention::NoArgs, Binding::Instance) => m.str_value("($self, /)"),
            (Convention::NoArgs, Binding::Class) => m.str_value("($type, /)"),
            (Convention::NoArgs, Binding::Static) => m.str_value("()"),
            (Convention::O, Binding::Instance) => m.str_value("($self, object, /)"),
            (Convention::O, Binding::Class) => m.str_value("($type, object, /)"),
            (Convention::O, Binding::Static) => m.str_value("(object, /)"),
            _ => Value::NONE,
        },
    }
}

fn qualname(m: &mut Machine, v: Value) -> Value {
    let f = this(v);
    if f.this.is_null() || f.this.downcast::<Module>().is_some() {
        return m.intern(f.def.name).value();
    }
    let owner = match f.this.downcast::<Type>() {
        Some(ty) => ty,
        None => m.type_of(f.this),
    };
    m.str_value(&format!("{}.{}", type_qualname(owner), f.def.name))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let f = this(v);
    let text = if f.this.is_null() || f.this.downcast::<Module>().is_some() {
        format!("<built-in function {}>", f.def.name)
    } else {
        format!("<built-in method {} of {} object at {:#x}>", f.def.name, m.type_name(f.this), address(f.this))
    };
    Ok(m.str_value(&text))
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let f = this(v);
    call_checked(m, f.def, f.this, args, |m| name_for_errors(m, v))
}

/// `module.qualname` as `_PyObject_FunctionStr` gives it, without its parentheses.
fn name_for_errors(m: &mut Machine, f: Value) -> String {
    match m.function_str(f) {
        Ok(name) => name.trim_end_matches("()").to_owned(),
        Err(_) => {
            m.take_raised();
            "?".to_owned()
        }
    }
}

fn hash(_: &mut Machine, v: Value) -> R<i64> {
    let f = this(v);
    let own = (std::ptr::from_ref(f.def) as usize).rotate_right(4) as i64;
    Ok(match hash_pointer(f.this) ^ own {
        -1 => -2,
        h => h,
    })
}

fn compare(_: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<NativeFunction>(), b.downcast::<NativeFunction>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let same = x.this.is(y.this) && std::ptr::eq(x.def, y.def);
    match op {
        Compare::Eq => Ok(Value::from_bool(same)),
        Compare::Ne => Ok(Value::from_bool(!same)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let f = this(v);
    if f.this.is_null() || f.this.downcast::<Module>().is_some() {
        return Ok(m.str_value(f.def.name));
    }
    let getattr = m.intern("getattr");
    let getattr = m.builtins.get_str(m, getattr).unwrap_or(Value::NONE);
    let name = m.str_value(f.def.name);
    let args = m.new_tuple(&[f.this, name]).value();
    Ok(m.new_tuple(&[getattr, args]).value())
}

fn descr_repr(m: &mut Machine, v: Value) -> R<Value> {
    let d = descr(v);
    Ok(m.str_value(&format!("<method '{}' of '{}' objects>", d.def.name, d.owner.name_str())))
}

fn descr_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = descr(v);
    let Some(&object) = args.pos().first() else {
        let name = m.function_str(v)?;
        return Err(m.type_error(&format!("unbound method {name} needs an argument")));
    };
    check_owner(m, d.def.name, d.owner, object)?;
    call_checked(m, d.def, object, args.skip_first(), |m| name_for_errors(m, v))
}

fn descr_get(m: &mut Machine, v: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() {
        return Ok(v);
    }
    let d = descr(v);
    check_owner(m, d.def.name, d.owner, object)?;
    Ok(m.new_native_function(d.def, object, Value::NULL).value())
}

fn descr_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let getattr = m.intern("getattr");
    let getattr = m.builtins.get_str(m, getattr).unwrap_or(Value::NONE);
    let name = m.str_value(descr(v).def.name);
    let args = m.new_tuple(&[descr(v).owner.value(), name]).value();
    Ok(m.new_tuple(&[getattr, args]).value())
}

fn class_get(m: &mut Machine, v: Value, object: Value, class: Value) -> R<Value> {
    let d = descr(v);
    let (name, owner) = (d.def.name, d.owner.name_str().to_owned());
    let class = if class.is_null() {
        if object.is_null() {
            return Err(m.type_error(&format!("descriptor '{name}' for type '{owner}' needs either an object or a type")));
        }
        m.type_of(object)
    } else {
        match class.downcast::<Type>() {
            Some(ty) => ty,
            None => {
                let got = m.type_name(class);
                return Err(m.type_error(&format!("descriptor '{name}' for type '{owner}' needs a type, not a '{got}' as arg 2")));
            }
        }
    };
    if !class.is_subtype_of(d.owner) {
        return Err(m.type_error(&format!("descriptor '{name}' requires a subtype of '{owner}' but received '{}'", class.name_str())));
    }
    debug_assert!(d.def.binding == Binding::Class);
    Ok(m.new_native_function(d.def, class.value(), Value::NULL).value())
}

fn class_call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let d = descr(v);
    let Some(&class) = args.pos().first() else {
        return Err(m.type_error(&format!("descriptor '{}' of '{}' object needs an argument", d.def.name, d.owner.name_str())));
    };
    let bound = class_get(m, v, Value::NULL, class)?;
    m.call_args(bound, args.skip_first())
}
