//! Tuples with named items, as `sys.version_info` and `time.struct_time` are: classes made at run time from a table of attributes.

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use crate::object::descriptors::GetSetDescr;
use crate::object::function::MethodDescr;
use crate::object::header::{Gc, Header};
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// Attributes of a class of named tuples, in order, as a static table for [`Machine::new_struct_seq_class`].
#[macro_export]
macro_rules! struct_seq_fields {
    ($($name:literal = $index:literal),* $(,)?) => {
        &[$($crate::native::GetSetDef { name: $name, get: $crate::stdlib::struct_seq::item::<$index>, set: None }),*]
    };
}

/// Item `N`.
pub(crate) fn item<const N: usize>(m: &mut Machine, v: Value) -> R<Value> {
    match v.downcast::<Tuple>().and_then(|t| t.slice().get(N).copied()) {
        Some(v) => Ok(v),
        None => Err(m.attribute_error("no such item")),
    }
}

static REPR: MethodDef = MethodDef::new("__repr__", Convention::NoArgs, repr);

fn repr(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let class = m.type_of(v);
    let (module, names) = (m.names.module, m.names.match_args);
    let module = m.get_attr(class.value(), module)?;
    let names = m.get_attr(class.value(), names)?.downcast::<Tuple>();
    let items = v.downcast::<Tuple>();
    let mut text = format!("{}.{}(", m.to_str(module)?.to_string_lossy(), class.name_str());
    if let (Some(names), Some(items)) = (names, items) {
        for i in 0..names.len().min(items.len()) {
            let (name, shown) = (m.to_str(names.slice()[i])?, m.repr(items.slice()[i])?);
            let comma = if i == 0 { "" } else { ", " };
            text.push_str(&format!("{comma}{}={}", name.to_string_lossy(), shown.to_string_lossy()));
        }
    }
    text.push(')');
    Ok(m.new_str_wtf8(text.as_bytes())?.value())
}

impl Machine {
    /// A class of named tuples, made when it is first asked for. Instances of an `open` one have attributes of their own
    /// besides their items.
    pub(crate) fn struct_seq_once(&mut self, module: &str, name: &str, fields: &'static [GetSetDef], open: bool) -> R<Gc<Type>> {
        let key = std::ptr::from_ref(fields).cast::<()>() as usize;
        if let Some(&class) = self.native_types.get(&key) {
            return Ok(class);
        }
        let class = self.new_struct_seq_class(module, name, fields)?;
        let class = if open { self.with_attributes(class)? } else { class };
        self.native_types.insert(key, class);
        Ok(class)
    }

    /// A subclass of the same name whose instances have attributes.
    fn with_attributes(&mut self, class: Gc<Type>) -> R<Gc<Type>> {
        let dict = self.new_dict();
        let (module_key, match_args) = (self.names.module, self.names.match_args);
        let module = self.get_attr(class.value(), module_key)?;
        dict.insert_str(self, module_key, module);
        let names = self.get_attr(class.value(), match_args)?;
        dict.insert_str(self, match_args, names);
        let bases = self.new_tuple(&[class.value()]).value();
        let name = self.str_value(class.name_str());
        let metatype = self.types.type_.value();
        let made = self.call(metatype, &[name, bases, dict.value()])?;
        self.pin(made);
        made.downcast().ok_or_else(|| self.system_error("not a class"))
    }

    /// A class of named tuples.
    pub(crate) fn new_struct_seq_class(&mut self, module: &str, name: &str, fields: &'static [GetSetDef]) -> R<Gc<Type>> {
        let tuple = self.types.tuple;
        let dict = self.new_dict();
        let names: Vec<Value> = fields.iter().map(|f| self.intern(f.name).value()).collect();
        for (def, key) in fields.iter().zip(&names) {
            let header = Header::new(self.types.getset_descriptor);
            let descr = self.new_object(GetSetDescr { header, def, owner: tuple }).value();
            dict.insert(self, *key, descr)?;
        }
        let header = Header::new(self.types.method_descriptor);
        let shown = self.new_object(MethodDescr { header, def: &REPR, owner: tuple }).value();
        let (repr_key, match_args, module_key, slots) = (self.names.repr, self.names.match_args, self.names.module, self.names.slots);
        dict.insert_str(self, repr_key, shown);
        let names = self.new_tuple(&names).value();
        dict.insert_str(self, match_args, names);
        let module = self.str_value(module);
        dict.insert_str(self, module_key, module);
        let empty = self.new_tuple(&[]).value();
        dict.insert_str(self, slots, empty);
        for key in ["n_fields", "n_sequence_fields"] {
            let key = self.intern(key);
            dict.insert_str(self, key, Value::small(fields.len() as i64));
        }
        let key = self.intern("n_unnamed_fields");
        dict.insert_str(self, key, Value::small(0));
        let bases = self.new_tuple(&[tuple.value()]).value();
        let name = self.str_value(name);
        let metatype = self.types.type_.value();
        let class = self.call(metatype, &[name, bases, dict.value()])?;
        self.pin(class);
        class.downcast().ok_or_else(|| self.system_error("not a class"))
    }

    /// The only instance of a new class of named tuples.
    pub(crate) fn new_struct_seq(&mut self, module: &str, name: &str, fields: &'static [GetSetDef], items: &[Value]) -> R<Value> {
        let class = self.new_struct_seq_class(module, name, fields)?;
        Ok(self.new_tuple_of(class, items).value())
    }
}
