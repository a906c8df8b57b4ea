//! Types, attributes, class membership.

use crate::machine::{Machine, R, Raised};
use crate::object::attr::{generic_get_attr, reads_generically};
use crate::object::function::Function;
use crate::object::generic_alias::Union;
use crate::object::header::Gc;
use crate::object::module;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::type_attr::{type_get_attr, type_get_attr_opt};
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

impl Machine {
    /// The class of a value.
    #[inline(always)]
    #[must_use]
    pub fn type_of(&self, v: Value) -> Gc<Type> {
        if v.is_ptr() {
            // SAFETY: a pointer value denotes a live object.
            return unsafe { Gc::from_raw((*v.as_ptr()).ty().cast_mut()) };
        }
        self.types.of_immediate[v.immediate_kind()]
    }

    /// Name of the class of a value, as error messages show it.
    #[must_use]
    pub fn type_name(&self, v: Value) -> String {
        self.type_of(v).name_str().to_owned()
    }

    /// `getattr(object, name)`; the name is interned.
    #[inline]
    pub fn get_attr(&mut self, object: Value, name: Gc<Str>) -> R<Value> {
        match self.type_of(object).slot(|s| s.getattro) {
            Some(get) => get(self, object, name),
            None => Err(self.no_attribute(object, name)),
        }
    }

    /// As [`Machine::get_attr`], `None` instead of an `AttributeError`.
    pub fn get_attr_opt(&mut self, object: Value, name: Gc<Str>) -> R<Option<Value>> {
        let Some(get) = self.type_of(object).slot(|s| s.getattro) else { return Ok(None) };
        let result = match get as usize {
            f if f == generic_get_attr as *const () as usize => self.generic_get_attr_opt(object, name),
            f if f == module::get_attr as *const () as usize => module::get_attr_opt(self, object, name),
            f if f == type_get_attr as *const () as usize => type_get_attr_opt(self, object, name),
            _ => get(self, object, name).map(Some),
        };
        match result {
            Ok(found) => Ok(found),
            Err(raised) => {
                let class = self.exceptions.attribute_error;
                self.catch(Err(raised), class)
            }
        }
    }

    /// `setattr(object, name, value)`; `NULL` deletes. The name is interned.
    pub fn set_attr(&mut self, object: Value, name: Gc<Str>, value: Value) -> R<()> {
        let ty = self.type_of(object);
        match ty.slot(|s| s.setattro) {
            Some(set) => set(self, object, name, value),
            None => {
                let verb = if value.is_null() { "del" } else { "assign to" };
                Err(self.type_error(&format!("'{}' object has no attributes ({verb} .{})", ty.name_str(), name.as_static_str())))
            }
        }
    }

    /// Raises CPython's `AttributeError` for that object and name (with `name` and `obj` set).
    #[cold]
    pub fn no_attribute(&mut self, object: Value, name: Gc<Str>) -> Raised {
        let n = name.to_string_lossy();
        let text = if let Some(ty) = object.downcast::<Type>() {
            format!("type object '{}' has no attribute '{n}'", ty.name_str())
        } else {
            format!("'{}' object has no attribute '{n}'", self.type_name(object))
        };
        self.attribute_error_for(object, name, &text)
    }

    /// A special method of the object's type, bound to it (`_PyObject_LookupSpecial`).
    pub fn lookup_special(&mut self, object: Value, name: Gc<Str>) -> R<Option<Value>> {
        let ty = self.type_of(object);
        match self.type_lookup(ty, name) {
            Some(descr) => self.bind_descriptor(descr, object, ty).map(Some),
            None => Ok(None),
        }
    }

    /// Calls a special method of the object's type, without making a bound method where that can be avoided; `None` if the type has
    /// no such method. At most four arguments.
    pub fn call_special(&mut self, object: Value, name: Gc<Str>, args: &[Value]) -> R<Option<Value>> {
        let ty = self.type_of(object);
        let Some(descr) = self.type_lookup(ty, name) else { return Ok(None) };
        if let Some(func) = descr.downcast::<Function>()
            && let Some(result) = self.call_if_exact(func, object, args)
        {
            return result.map(Some);
        }
        if self.type_of(descr).has(TypeFlags::METHOD_DESCRIPTOR) {
            let mut all = [Value::NULL; 5];
            all[0] = object;
            all[1..=args.len()].copy_from_slice(args);
            return self.call(descr, &all[..=args.len()]).map(Some);
        }
        let bound = self.bind_descriptor(descr, object, ty)?;
        self.call(bound, args).map(Some)
    }

    /// `isinstance(object, class_or_tuple)`.
    pub fn is_instance(&mut self, object: Value, class: Value) -> R<bool> {
        if self.type_of(object).value().is(class) {
            return Ok(true);
        }
        if self.type_of(class) == self.types.type_ {
            // SAFETY: instances of `type` are types.
            return self.is_instance_of_type(object, unsafe { class.cast() });
        }
        let class = class.downcast::<Union>().map_or(class, |u| u.args.value());
        if let Some(classes) = class.downcast::<Tuple>() {
            self.check_native_stack()?;
            for &c in classes.slice() {
                if self.is_instance(object, c)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let name = self.names.instancecheck;
        match self.call_special(class, name, &[object])? {
            Some(r) => self.truthy(r),
            None => self.is_instance_plain(object, class),
        }
    }

    /// `type.__instancecheck__` (`object_isinstance`).
    pub(crate) fn is_instance_plain(&mut self, object: Value, class: Value) -> R<bool> {
        if let Some(class) = class.downcast::<Type>() {
            return self.is_instance_of_type(object, class);
        }
        let class_name = self.names.class;
        self.check_class(class, "isinstance() arg 2 must be a type, a tuple of types, or a union")?;
        match self.get_attr_opt(object, class_name)? {
            Some(reported) => self.is_abstract_subclass(reported, class),
            None => Ok(false),
        }
    }

    fn is_instance_of_type(&mut self, object: Value, class: Gc<Type>) -> R<bool> {
        let ty = self.type_of(object);
        if ty.is_subtype_of(class) {
            return Ok(true);
        }
        if ty.has(TypeFlags::OWN_CLASS) {
            return Ok(false);
        }
        self.is_reported_instance(object, class)
    }

    /// Whether the `__class__` of an object that is not of that class, but may say so, derives from it.
    #[cold]
    #[inline(never)]
    fn is_reported_instance(&mut self, object: Value, class: Gc<Type>) -> R<bool> {
        let class_name = self.names.class;
        let ty = self.type_of(object);
        if reads_generically(ty) && self.type_lookup(ty, class_name).is_some_and(|d| self.type_of(d) == self.types.getset_descriptor) {
            if self.lookup_tag(ty) != 0 {
                ty.set_flags(TypeFlags::OWN_CLASS);
            }
            return Ok(false);
        }
        let reported = self.get_attr_opt(object, class_name)?;
        Ok(reported.and_then(Value::downcast::<Type>).is_some_and(|r| r != ty && r.is_subtype_of(class)))
    }

    /// `issubclass(class, class_or_tuple)`.
    pub fn is_subclass(&mut self, class: Value, of: Value) -> R<bool> {
        if self.type_of(of) == self.types.type_ {
            if class.is(of) {
                return Ok(true);
            }
            return self.is_subclass_plain(class, of);
        }
        let of = of.downcast::<Union>().map_or(of, |u| u.args.value());
        if let Some(classes) = of.downcast::<Tuple>() {
            self.check_native_stack()?;
            for &c in classes.slice() {
                if self.is_subclass(class, c)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        let name = self.names.subclasscheck;
        match self.call_special(of, name, &[class])? {
            Some(r) => self.truthy(r),
            None => self.is_subclass_plain(class, of),
        }
    }

    /// `type.__subclasscheck__` (`recursive_issubclass`).
    pub(crate) fn is_subclass_plain(&mut self, class: Value, of: Value) -> R<bool> {
        if let (Some(c), Some(o)) = (class.downcast::<Type>(), of.downcast::<Type>()) {
            return Ok(c.is_subtype_of(o));
        }
        self.check_class(class, "issubclass() arg 1 must be a class")?;
        self.check_class(of, "issubclass() arg 2 must be a class, a tuple of classes, or a union")?;
        self.is_abstract_subclass(class, of)
    }

    /// The `__bases__` of something that looks like a class.
    fn bases_of(&mut self, class: Value) -> R<Option<Gc<Tuple>>> {
        let name = self.names.bases;
        Ok(self.get_attr_opt(class, name)?.and_then(Value::downcast::<Tuple>))
    }

    fn check_class(&mut self, class: Value, message: &str) -> R<()> {
        match self.bases_of(class)? {
            Some(_) => Ok(()),
            None => Err(self.type_error(message)),
        }
    }

    fn is_abstract_subclass(&mut self, class: Value, of: Value) -> R<bool> {
        self.check_native_stack()?;
        if class.is(of) {
            return Ok(true);
        }
        if let Some(bases) = self.bases_of(class)? {
            for &b in bases.slice() {
                if self.is_abstract_subclass(b, of)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}
