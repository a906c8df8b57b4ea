//! `contextvars.Token`: what undoes setting a variable.

use super::context::{current, own_values};
use crate::machine::{Machine, R};
use crate::native::{Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::instance::Instance;
use crate::object::slots::Slots;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};
use std::cell::Cell;

native_struct! {
    /// A `Token` object.
    struct Token {
        /// The variable.
        var: Value,
        /// The context in which it was set.
        context: Value,
        /// The value it had before, or `NULL`.
        old: Value,
        /// Whether the setting was undone.
        used: Cell<bool>,
    }
}

/// The type of `Token.MISSING`.
static MISSING: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(|m, _| Ok(m.str_value("<Token.MISSING>"))), ..Slots::EMPTY },
    ..TypeSpec::new("Token.MISSING", Instance::LAYOUT)
};

/// `_contextvars.Token`.
pub(super) static TOKEN: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, _, _| Err(m.runtime_error("Tokens can only be created by ContextVars"))),
        repr: Some(repr),
        hash: Some(crate::object::type_slots::hash_not_implemented),
        getattro: Some(crate::object::attr::generic_get_attr),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem)],
    getset: &[
        GetSetDef { name: "var", get: |m, v| Ok(this::<Token>(m, v)?.var), set: None },
        GetSetDef {
            name: "old_value",
            get: |m, v| {
                let old = this::<Token>(m, v)?.old;
                if !old.is_null() {
                    return Ok(old);
                }
                let (class, name) = (m.native_type(&TOKEN).value(), m.intern("MISSING"));
                m.get_attr(class, name)
            },
            set: None,
        },
    ],
    finish: Some(|m, ty| {
        let class = m.native_type(&MISSING);
        let missing = m.new_instance(class).value();
        m.set_type_attr(ty, "MISSING", missing);
    }),
    ..TypeSpec::new("_contextvars.Token", Token::LAYOUT)
};

/// A token for a variable that was set.
pub(super) fn new_token(m: &mut Machine, var: Value, context: Value, old: Value) -> Value {
    let header = Header::new(m.native_type(&TOKEN));
    m.new_object(Token { header, var, context, old, used: Cell::new(false) }).value()
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let token = this::<Token>(m, v)?;
    let var = m.repr(token.var)?;
    let used = if token.used.get() { " used" } else { "" };
    let address = crate::object::object_type::address(v);
    let text = [format!("<Token{used} var=").as_bytes(), var.bytes(), format!(" at {address:#x}>").as_bytes()].concat();
    Ok(m.new_str_wtf8(&text)?.value())
}

/// Gives a variable the value it had before.
pub(super) fn reset(m: &mut Machine, var: Value, token: Gc<Token>) -> R<Value> {
    let context = current(m);
    if token.used.get() {
        let shown = m.repr(token.value())?.to_string_lossy().into_owned();
        return Err(m.runtime_error(&format!("{shown} has already been used once")));
    }
    let wrong = if !token.var.is(var) {
        "was created by a different ContextVar"
    } else if !token.context.is(context.value()) {
        "was created in a different Context"
    } else {
        ""
    };
    if !wrong.is_empty() {
        let shown = m.repr(token.value())?.to_string_lossy().into_owned();
        return Err(m.value_error(&format!("{shown} {wrong}")));
    }
    token.used.set(true);
    let values = own_values(m, context);
    if token.old.is_null() {
        values.remove(m, var)?;
    } else {
        values.insert(m, var, token.old)?;
    }
    Ok(Value::NONE)
}
