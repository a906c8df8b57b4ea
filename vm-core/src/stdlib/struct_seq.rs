//! Tuples with named items, as `sys.version_info` and `time.struct_time` are: classes made at run time from a table of attributes.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef};
use crate::object::descriptors::GetSetDescr;
use crate::object::dict::Dict;
use crate::object::function::MethodDescr;
use crate::object::header::{Gc, Header};
use crate::object::string::Str;
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

/// `cls(sequence, dict)`: the items, and those that are attributes only.
fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [items, named] = args.bind(m, class.name_str(), ["sequence", "dict"], spec)?;
    let hidden = hidden_of(m, class);
    let name = format!("{}.{}", module_name(m, class)?, class.name_str());
    let key = m.intern("n_sequence_fields");
    let count = m.get_attr(class.value(), key)?;
    let least = usize::try_from(m.index_i64(count)?).unwrap_or(0);
    let most = least + hidden.len();
    if m.type_of(items).slot(|s| s.iter).is_none() && m.type_of(items).slot(|s| s.getitem).is_none() {
        return Err(m.type_error("constructor requires a sequence"));
    }
    let items = m.collect(items)?;
    let given = items.len();
    let wanted = match (hidden.is_empty(), given) {
        (true, n) if n != least => Some(format!("a {least}")),
        (false, n) if n < least => Some(format!("an at least {least}")),
        (false, n) if n > most => Some(format!("an at most {most}")),
        _ => None,
    };
    if let Some(wanted) = wanted {
        return Err(m.type_error(&format!("{name}() takes {wanted}-sequence ({given}-sequence given)")));
    }
    let made = m.new_tuple_of(class, &items[..least]).value();
    for (i, &attribute) in hidden.iter().enumerate() {
        if let Some(&v) = items.get(least + i) {
            let attribute = m.intern(attribute);
            m.generic_set_attr(made, attribute, v)?;
        }
    }
    if named.is_null() {
        return Ok(made);
    }
    let Some(named) = named.downcast::<Dict>() else {
        return Err(m.type_error(&format!("{name}() takes a dict as second arg, if any")));
    };
    let mut found = 0;
    for &attribute in hidden.iter().skip(given - least) {
        let attribute = m.intern(attribute);
        if let Some(v) = named.get(m, attribute.value())? {
            found += 1;
            m.generic_set_attr(made, attribute, v)?;
        }
    }
    if named.len() > found {
        return Err(m.type_error(&format!("{name}() got duplicate or unexpected field name(s)")));
    }
    Ok(made)
}

fn module_name(m: &mut Machine, class: Gc<Type>) -> R<String> {
    let key = m.names.module;
    let module = m.get_attr(class.value(), key)?;
    Ok(m.to_str(module)?.to_string_lossy().into_owned())
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

static REDUCE: MethodDef = MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
    let class = m.type_of(v);
    let named = m.new_dict();
    for &name in hidden_of(m, class) {
        let name = m.intern(name);
        if let Some(item) = m.get_attr_opt(v, name)? {
            named.insert_str(m, name, item);
        }
    }
    let items = m.collect(v)?;
    let items = m.new_tuple(&items).value();
    let arguments = m.new_tuple(&[items, named.value()]).value();
    Ok(m.new_tuple(&[class.value(), arguments]).value())
});

static REPLACE: MethodDef = MethodDef::new("__replace__", Convention::FastKeywords, |m, v, args| {
    if !args.pos().is_empty() {
        return Err(m.type_error("__replace__() takes no positional arguments"));
    }
    let class = m.type_of(v);
    let names = m.names.match_args;
    let names = m.get_attr(class.value(), names)?.downcast::<Tuple>();
    let visible: Vec<String> = names
        .map_or(Vec::new(), |t| t.slice().iter().filter_map(|n| n.downcast::<Str>()).map(|n| n.to_string_lossy().into_owned()).collect());
    let hidden = hidden_of(m, class);
    let items = m.collect(v)?;
    let out = m.new_list(&items);
    let named = m.new_dict();
    for &name in hidden {
        let name = m.intern(name);
        if let Some(item) = m.get_attr_opt(v, name)? {
            named.insert_str(m, name, item);
        }
    }
    let mut unexpected = Vec::new();
    for (key, value) in args.keywords() {
        let text = key.to_string_lossy().into_owned();
        if let Some(i) = visible.iter().position(|n| *n == text) {
            out.set(i, value);
        } else if hidden.contains(&text.as_str()) {
            named.insert_str(m, key, value);
        } else {
            unexpected.push(format!("'{text}'"));
        }
    }
    if !unexpected.is_empty() {
        return Err(m.type_error(&format!("Got unexpected field name(s): [{}]", unexpected.join(", "))));
    }
    m.call(class.value(), &[out.value(), named.value()])
});

/// The names of the items that are attributes only.
fn hidden_of(m: &Machine, class: Gc<Type>) -> &'static [&'static str] {
    m.lib.hidden_items.iter().find(|(c, _)| *c == class).map_or(&[][..], |(_, names)| names)
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

    /// A class of named tuples, made when it is first asked for, with items that are attributes only.
    pub(crate) fn struct_seq_hidden(
        &mut self,
        module: &str,
        name: &str,
        fields: &'static [GetSetDef],
        hidden: &'static [&'static str],
    ) -> R<Gc<Type>> {
        let known = self.native_types.len();
        let class = self.struct_seq_once(module, name, fields, true)?;
        if self.native_types.len() > known {
            let dict = class.dict.get().ok_or_else(|| self.system_error("class without namespace"))?;
            for name in hidden {
                let name = self.intern(name);
                dict.insert_str(self, name, Value::NONE);
            }
            let all = self.intern("n_fields");
            dict.insert_str(self, all, Value::small((fields.len() + hidden.len()) as i64));
            self.lib.hidden_items.push((class, hidden));
            self.type_modified(class);
        }
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
        let made: Gc<Type> = made.downcast().ok_or_else(|| self.system_error("not a class"))?;
        made.slots.borrow_mut().new = Some(new);
        Ok(made)
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
        for def in [&REDUCE, &REPLACE] {
            let header = Header::new(self.types.method_descriptor);
            let (key, method) = (self.intern(def.name), self.new_object(MethodDescr { header, def, owner: tuple }).value());
            dict.insert_str(self, key, method);
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
        let class: Gc<Type> = class.downcast().ok_or_else(|| self.system_error("not a class"))?;
        class.slots.borrow_mut().new = Some(new);
        Ok(class)
    }

    /// The only instance of a new class of named tuples.
    pub(crate) fn new_struct_seq(&mut self, module: &str, name: &str, fields: &'static [GetSetDef], items: &[Value]) -> R<Value> {
        let class = self.new_struct_seq_class(module, name, fields)?;
        Ok(self.new_tuple_of(class, items).value())
    }
}
