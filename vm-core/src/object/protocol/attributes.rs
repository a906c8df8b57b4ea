//! Types, attributes, class membership.

use crate::machine::{Machine, R};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;

impl Machine {
    /// The class of a value.
    #[inline]
    #[must_use]
    pub fn type_of(&self, v: Value) -> Gc<Type> {
        if v.is_ptr() {
            // SAFETY: a pointer value denotes a live object.
            return unsafe { Gc::from_raw((*v.as_ptr()).ty().cast_mut()) };
        }
        if v.is_int() {
            return self.types.int;
        }
        if v.is_immediate_float() {
            return self.types.float;
        }
        match v {
            Value::NONE => self.types.none,
            Value::NOT_IMPLEMENTED => self.types.not_implemented,
            Value::ELLIPSIS => self.types.ellipsis,
            _ => self.types.bool,
        }
    }

    /// Name of the class of a value, as error messages show it.
    #[must_use]
    pub fn type_name(&self, v: Value) -> String {
        self.type_of(v).name_str().to_owned()
    }

    /// `getattr(object, name)`; the name is interned.
    pub fn get_attr(&mut self, _object: Value, _name: Gc<Str>) -> R<Value> {
        Err(self.system_error("get_attr"))
    }

    /// As [`Machine::get_attr`], `None` instead of an `AttributeError`.
    pub fn get_attr_opt(&mut self, _object: Value, _name: Gc<Str>) -> R<Option<Value>> {
        Ok(None)
    }

    /// `setattr(object, name, value)`; `NULL` deletes.
    pub fn set_attr(&mut self, _object: Value, _name: Gc<Str>, _value: Value) -> R<()> {
        Err(self.system_error("set_attr"))
    }

    /// Raises CPython's `AttributeError` for that object and name (with `name` and `obj` set).
    pub fn no_attribute(&mut self, _object: Value, _name: Gc<Str>) -> crate::machine::Raised {
        self.attribute_error("no_attribute")
    }

    /// Looks `name` up in the type and its bases; runs no Python.
    #[must_use]
    pub fn type_lookup(&mut self, _ty: Gc<Type>, _name: Gc<Str>) -> Option<Value> {
        None
    }

    /// A special method of the object's type, bound to it (`_PyObject_LookupSpecial`).
    pub fn lookup_special(&mut self, _object: Value, _name: Gc<Str>) -> R<Option<Value>> {
        Ok(None)
    }

    /// `isinstance(object, class_or_tuple)`.
    pub fn is_instance(&mut self, _object: Value, _class: Value) -> R<bool> {
        Err(self.system_error("is_instance"))
    }

    /// `issubclass(class, class_or_tuple)`.
    pub fn is_subclass(&mut self, _class: Value, _of: Value) -> R<bool> {
        Err(self.system_error("is_subclass"))
    }
}
