//! The types of `None`, `NotImplemented` and `...`, which are single values held in the word.

use super::header::Payload;
use super::instance::Instance;
use super::slots::{Slots, Unary};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};

/// `NoneType`.
pub static NONE: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, _| Ok(m.str_value("None"))),
        bool: Some(|_, _| Ok(false)),
        hash: Some(|_, _| Ok(0xfca8_6420)),
        new: Some(|m, _, args| only(m, args, "NoneType", Value::NONE)),
        ..Slots::EMPTY
    },
    doc: "The type of the None singleton.",
    ..TypeSpec::new("NoneType", Instance::LAYOUT)
};

/// `NotImplementedType`.
pub static NOT_IMPLEMENTED: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, _| Ok(m.str_value("NotImplemented"))),
        bool: Some(|m, _| m.warn_deprecated("NotImplemented should not be used in a boolean context").map(|()| true)),
        new: Some(|m, _, args| only(m, args, "NotImplementedType", Value::NOT_IMPLEMENTED)),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, _, _| Ok(m.str_value("NotImplemented")))],
    doc: "The type of the NotImplemented singleton.",
    ..TypeSpec::new("NotImplementedType", Instance::LAYOUT)
};

/// `ellipsis`.
pub static ELLIPSIS: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(ELLIPSIS_REPR), new: Some(|m, _, args| only(m, args, "EllipsisType", Value::ELLIPSIS)), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, _, _| Ok(m.str_value("Ellipsis")))],
    doc: "The type of the Ellipsis singleton.",
    ..TypeSpec::new("ellipsis", Instance::LAYOUT)
};

const ELLIPSIS_REPR: Unary = |m, _| Ok(m.str_value("Ellipsis"));

fn only(m: &mut Machine, args: Args<'_>, name: &str, value: Value) -> R<Value> {
    if args.is_empty() { Ok(value) } else { Err(m.type_error(&format!("{name} takes no arguments"))) }
}
