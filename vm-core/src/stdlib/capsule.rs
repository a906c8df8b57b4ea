//! Capsules: what C modules hand to other C modules, named and otherwise opaque. Here nothing is in them; they exist because `types` takes
//! their class from one.

use super::native_struct::native_struct;
use crate::machine::Machine;
use crate::native::TypeSpec;
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::value::Value;

native_struct! {
    /// A `PyCapsule` object.
    struct Capsule {
        /// `module.attribute`.
        name: Gc<Str>,
    }
}

static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        repr: Some(|m, v| {
            let name = v.downcast::<Capsule>().map_or_else(String::new, |c| c.name.to_string_lossy().into_owned());
            Ok(m.str_value(&format!("<capsule object \"{name}\" at {:#x}>", v.bits())))
        }),
        ..Slots::EMPTY
    },
    ..TypeSpec::new("PyCapsule", Capsule::LAYOUT)
};

/// A capsule of that name.
pub(super) fn new(m: &mut Machine, name: &str) -> Value {
    let (ty, name) = (m.native_type(&SPEC), m.intern(name));
    m.new_object(Capsule { header: Header::new(ty), name }).value()
}
