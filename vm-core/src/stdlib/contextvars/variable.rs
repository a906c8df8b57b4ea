//! `contextvars.ContextVar`.

use super::context::{current, own_values};
use super::token::{Token, new_token, reset};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, read_only, this};

native_struct! {
    /// A `ContextVar` object.
    struct ContextVar {
        /// Its name.
        name: Value,
        /// Its value where none was set, or `NULL`.
        default: Value,
    }
}

/// `_contextvars.ContextVar`.
pub(super) static VARIABLE: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), repr: Some(repr), getattro: Some(crate::object::attr::generic_get_attr), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("get", Convention::Fast, get),
        MethodDef::new("set", Convention::O, set),
        MethodDef::new("reset", Convention::O, |m, v, args| {
            let token = args.pos()[0];
            match token.downcast::<Token>() {
                Some(token) => reset(m, v, token),
                None => {
                    let shown = m.repr(token)?.to_string_lossy().into_owned();
                    Err(m.type_error(&format!("expected an instance of Token, got {shown}")))
                }
            }
        }),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    getset: &[GetSetDef { name: "name", get: |m, v| Ok(this::<ContextVar>(m, v)?.name), set: Some(read_only) }],
    ..TypeSpec::new("_contextvars.ContextVar", ContextVar::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
    let [name, default] = args.bind(m, "ContextVar", ["", "default"], spec)?;
    if name.downcast::<Str>().is_none() {
        return Err(m.type_error("context variable name must be a str"));
    }
    Ok(m.new_object(ContextVar { header: Header::new(class), name, default }).value())
}

/// A variable without default.
pub(super) fn new_variable(m: &mut Machine, name: Value) -> Value {
    let header = Header::new(m.native_type(&VARIABLE));
    m.new_object(ContextVar { header, name, default: Value::NULL }).value()
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let var = this::<ContextVar>(m, v)?;
    let name = m.repr(var.name)?;
    let mut text = [b"<ContextVar name=", name.bytes()].concat();
    if !var.default.is_null() {
        text.extend_from_slice(b" default=");
        text.extend_from_slice(m.repr(var.default)?.bytes());
    }
    text.extend_from_slice(format!(" at {:#x}>", crate::object::object_type::address(v)).as_bytes());
    Ok(m.new_str_wtf8(&text)?.value())
}

fn get(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let default = args.between(m, "get", 0, 1)?.first().copied();
    let values = current(m).values.get();
    if let Some(value) = values.get(m, v)? {
        return Ok(value);
    }
    match default.or(this::<ContextVar>(m, v)?.default.non_null()) {
        Some(default) => Ok(default),
        None => {
            let class = m.exceptions.lookup_error;
            Err(m.raise_with(class, &[v]))
        }
    }
}

fn set(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let context = current(m);
    let values = own_values(m, context);
    let old = values.get(m, v)?.unwrap_or(Value::NULL);
    values.insert(m, v, args.pos()[0])?;
    Ok(new_token(m, v, context.value(), old))
}
