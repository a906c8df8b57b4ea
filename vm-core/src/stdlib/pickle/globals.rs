//! Names of classes and functions: dotted paths, the module that has an object, the names of Python 2, the registry of extensions.

use crate::machine::{Machine, R};
use crate::native::{Args, Keywords};
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;

/// The parts of a dotted name: a list, so that the collector sees them.
pub(super) struct Path(ValueVec);

impl Path {
    pub(super) fn parts(&self) -> impl Iterator<Item = Gc<Str>> {
        self.0.iter().filter_map(|v| v.downcast::<Str>())
    }
}

/// Splits a name at its dots; what is local to a function has no path. `of` is what the name is to be looked up in.
pub(super) fn path(m: &mut Machine, name: Gc<Str>, of: Option<Value>) -> R<Path> {
    let bytes = name.as_static_bytes();
    let mut parts = ValueVec::with_capacity(m, 1);
    for part in bytes.split(|&b| b == b'.') {
        if part == b"<locals>" {
            let shown = super::shown(m, name.value())?;
            return Err(match of {
                None => m.attribute_error(&format!("Can't get local object {shown}")),
                Some(of) => {
                    let of = super::shown(m, of)?;
                    m.attribute_error(&format!("Can't get local attribute {shown} on {of}"))
                }
            });
        }
        let part = if part.len() == bytes.len() { name } else { m.new_str_wtf8(part)? };
        parts.push(m, part.value());
    }
    Ok(Path(parts))
}

/// What a path leads to; errors on the way are forgotten.
pub(super) fn deep(m: &mut Machine, from: Value, path: &Path) -> Option<Value> {
    let mut at = from;
    for part in path.parts() {
        at = match m.get_attr_opt(at, part) {
            Ok(found) => found?,
            Err(_) => {
                m.take_raised();
                return None;
            }
        };
    }
    Some(at)
}

/// The module of that name; `None` if it cannot be imported.
pub(super) fn import(m: &mut Machine, name: Value) -> Option<Value> {
    let text = name.downcast::<Str>()?;
    match m.import_name(text.as_static_str()) {
        Ok(module) => Some(module),
        Err(_) => {
            m.take_raised();
            None
        }
    }
}

/// The name of the module that has an object at a path.
pub(super) fn module_of(m: &mut Machine, v: Value, path: &Path) -> R<Value> {
    let name = m.names.module;
    if let Some(module) = m.get_attr_opt(v, name)?.filter(|n| !n.is_none()) {
        return Ok(module);
    }
    let main = m.intern("__main__");
    let modules = m.modules;
    let mut i = 0;
    while let Some((at, e)) = modules.next_entry(i) {
        i = at + 1;
        let is_main = e.key.downcast::<Str>().is_some_and(|k| k.bytes() == b"__main__");
        if !is_main && !e.value.is_none() && deep(m, e.value, path) == Some(v) {
            return Ok(e.key);
        }
    }
    Ok(main.value())
}

/// A table of a module of the library.
fn table(m: &mut Machine, module: &str, name: &str) -> R<Option<Gc<Dict>>> {
    let (module, name) = (m.import_name(module)?, m.intern(name));
    Ok(m.get_attr(module, name)?.downcast::<Dict>())
}

fn entry(m: &mut Machine, module: &str, name: &str, key: Value) -> R<Option<Value>> {
    match table(m, module, name)? {
        Some(table) => table.get(m, key),
        None => Ok(None),
    }
}

/// Two names as a key.
fn pair(m: &mut Machine, a: Value, b: Value) -> Value {
    m.new_tuple(&[a, b]).value()
}

/// The number that the program has registered for a name.
pub(super) fn extension_code(m: &mut Machine, module: Value, name: Gc<Str>) -> R<Option<u32>> {
    let Some(registry) = table(m, "copyreg", "_extension_registry")?.filter(|r| !r.is_empty()) else { return Ok(None) };
    let key = pair(m, module, name.value());
    let Some(code) = registry.get(m, key)? else { return Ok(None) };
    match m.index_i64(code)? {
        code @ 1..=0x7fff_ffff => Ok(Some(code as u32)),
        code => Err(m.runtime_error(&format!("extension code {code} is out of range"))),
    }
}

/// What an extension's number stands for.
pub(super) enum Extension {
    /// The object, which is known.
    Known(Value),
    /// The names of its module and of the object.
    Named(Gc<Str>, Gc<Str>),
}

/// What the program has registered for an extension's number.
pub(super) fn extension(m: &mut Machine, code: i64) -> R<Extension> {
    let key = Value::small(code);
    if let Some(known) = entry(m, "copyreg", "_extension_cache", key)? {
        return Ok(Extension::Known(known));
    }
    let Some(names) = entry(m, "copyreg", "_inverted_registry", key)? else {
        return Err(m.value_error(&format!("unregistered extension code {code}")));
    };
    match text_pair(names) {
        Some((module, name)) => Ok(Extension::Named(module, name)),
        None => Err(m.value_error(&format!("_inverted_registry[{code}] isn't a 2-tuple of strings"))),
    }
}

/// Notes the object of an extension's number.
pub(super) fn cache_extension(m: &mut Machine, code: i64, v: Value) -> R<()> {
    match table(m, "copyreg", "_extension_cache")? {
        Some(cache) => cache.insert(m, Value::small(code), v),
        None => Ok(()),
    }
}

fn text_pair(v: Value) -> Option<(Gc<Str>, Gc<Str>)> {
    match v.downcast::<Tuple>()?.slice() {
        &[a, b] => Some((a.downcast()?, b.downcast()?)),
        _ => None,
    }
}

/// Module and name as the tables of `_compat_pickle` change them.
fn renamed(m: &mut Machine, module: Gc<Str>, name: Gc<Str>, names: &str, modules: &str) -> R<(Gc<Str>, Gc<Str>)> {
    let key = pair(m, module.value(), name.value());
    if let Some(found) = entry(m, "_compat_pickle", names, key)? {
        return match text_pair(found) {
            Some(found) => Ok(found),
            None => {
                let ty = m.type_name(found);
                Err(m.runtime_error(&format!("_compat_pickle.{names} values should be 2-tuples, not {ty}")))
            }
        };
    }
    let Some(found) = entry(m, "_compat_pickle", modules, module.value())? else { return Ok((module, name)) };
    match found.downcast::<Str>() {
        Some(module) => Ok((module, name)),
        None => {
            let ty = m.type_name(found);
            Err(m.runtime_error(&format!("_compat_pickle.{modules} values should be strings, not {ty}")))
        }
    }
}

/// Python 2's names.
pub(super) fn old_names(m: &mut Machine, module: Gc<Str>, name: Gc<Str>) -> R<(Gc<Str>, Gc<Str>)> {
    renamed(m, module, name, "REVERSE_NAME_MAPPING", "REVERSE_IMPORT_MAPPING")
}

/// The names that Python 2's have become.
pub(super) fn new_names(m: &mut Machine, module: Gc<Str>, name: Gc<Str>) -> R<(Gc<Str>, Gc<Str>)> {
    renamed(m, module, name, "NAME_MAPPING", "IMPORT_MAPPING")
}

/// `callable(*values, **named)`
pub(super) fn call_with_dict(m: &mut Machine, callable: Value, values: &[Value], named: Gc<Dict>) -> R<Value> {
    let mut all = ValueVec::from_slice(m, values);
    let mut names = ValueVec::with_capacity(m, named.len());
    for (name, value) in named.iter() {
        if name.downcast::<Str>().is_none() {
            return Err(m.type_error("keywords must be strings"));
        }
        names.push(m, name);
        all.push(m, value);
    }
    let names = m.new_tuple(&names);
    m.call_args(callable, Args::with_keywords(&all, &Keywords::new(&all, names.slice())))
}
