//! What native modules do with types of their own, which start-up does not make: the table of those made so far, entering them into
//! namespaces. Making one is [`Machine::native_type`]'s business.

use super::header::Gc;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::Machine;
use crate::native::TypeSpec;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Addresses are spread well enough by one multiplication.
#[derive(Default)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_usize(usize::from(b));
        }
    }
    fn write_usize(&mut self, n: usize) {
        self.0 = (self.0 ^ n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    }
}

/// The types made so far, by the address of their specification; all are pinned.
pub(crate) type NativeTypes = HashMap<usize, Gc<Type>, BuildHasherDefault<AddressHasher>>;

impl Machine {
    /// Whether a value is an instance of such a type or of a class derived from it.
    #[inline]
    pub fn is_native_instance(&mut self, v: Value, spec: &'static TypeSpec) -> bool {
        let ty = self.native_type(spec);
        self.type_of(v).is_subtype_of(ty)
    }

    /// Enters native types into a module's namespace under their own names.
    pub fn add_native_types(&mut self, dict: Gc<super::dict::Dict>, specs: &[&'static TypeSpec]) {
        for spec in specs {
            let ty = self.native_type(spec);
            let short = spec.name.rsplit('.').next().unwrap_or(spec.name);
            let name = self.intern(short);
            dict.insert_str(self, name, ty.value());
        }
    }

    /// An exception class that only a native module has, made as a `class` statement in that module would.
    pub fn new_exception_class(&mut self, module: &str, name: &str, base: Gc<Type>, doc: &str) -> crate::machine::R<Gc<Type>> {
        let dict = self.new_dict();
        let (module_key, doc_key) = (self.names.module, self.names.doc);
        let (module, text) = (self.str_value(module), self.str_value(doc));
        dict.insert_str(self, module_key, module);
        dict.insert_str(self, doc_key, text);
        let bases = self.new_tuple(&[base.value()]).value();
        let (name, metatype) = (self.str_value(name), self.types.type_.value());
        let class = self.call(metatype, &[name, bases, dict.value()])?;
        self.pin(class);
        class.downcast().ok_or_else(|| self.system_error("not a class"))
    }
}
