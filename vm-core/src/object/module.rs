//! `module`: a namespace with a name, and a `__getattr__` of its own if it defines one.

use super::dict::Dict;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use std::cell::Cell;
use std::mem::offset_of;

/// A `module` object.
#[repr(C)]
pub struct Module {
    /// Its type.
    pub header: Header,
    /// `__dict__`: a dict, or `NULL` before `__init__` of a subclass.
    pub dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Module {
    const LAYOUT: &'static Layout = &layout_of::<Module>(LayoutId::Module);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.dict.get());
    }
}

/// `module`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(Module, dict),
    slots: Slots { repr: Some(repr), getattro: Some(get_attr), init: Some(init), new: Some(new), ..Slots::EMPTY },
    methods: &[MethodDef::new("__dir__", Convention::NoArgs, dir)],
    getset: &[
        GetSetDef { name: "__dict__", get: |_, v| Ok(this(v).dict.get().non_null().unwrap_or(Value::NONE)), set: None },
        GetSetDef { name: "__annotations__", get: get_annotations, set: Some(set_annotations) },
    ],
    doc: "module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional docstring can have any type.",
    ..TypeSpec::new("module", Module::LAYOUT)
};

fn this(v: Value) -> Gc<Module> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

impl Gc<Module> {
    /// The namespace.
    #[must_use]
    pub fn namespace(self) -> Option<Gc<Dict>> {
        self.dict.get().non_null().and_then(Value::downcast)
    }
}

impl Machine {
    /// A module with the attributes that every module has.
    pub fn new_module(&mut self, name: Gc<Str>) -> Value {
        let dict = self.new_dict();
        let header = Header::new(self.types.module);
        let module = self.new_object(Module { header, dict: Cell::new(dict.value()) });
        self.fill_module(dict, name.value(), Value::NONE);
        module.value()
    }

    /// A module's namespace; `builtins`' for what is not a module.
    pub fn module_dict(&mut self, module: Value) -> Gc<Dict> {
        module.downcast::<Module>().and_then(Gc::<Module>::namespace).unwrap_or(self.builtins)
    }

    /// Replaces a module's namespace.
    pub fn set_module_dict(&mut self, module: Value, dict: Gc<Dict>) {
        if let Some(module) = module.downcast::<Module>() {
            module.dict.set(dict.value());
        }
    }

    fn fill_module(&mut self, dict: Gc<Dict>, name: Value, doc: Value) {
        for (key, value) in
            [("__name__", name), ("__doc__", doc), ("__package__", Value::NONE), ("__loader__", Value::NONE), ("__spec__", Value::NONE)]
        {
            let key = self.intern(key);
            dict.insert_str(self, key, value);
        }
    }

    /// A native module, not yet entered in `sys.modules`.
    pub fn make_module(&mut self, spec: &'static ModuleSpec) -> R<Value> {
        let name = self.intern(spec.name);
        let module = self.new_module(name);
        let (dict, name) = (self.module_dict(module), name.value());
        if !spec.doc.is_empty() {
            let (key, doc) = (self.names.doc, self.str_value(spec.doc));
            dict.insert_str(self, key, doc);
        }
        for def in spec.functions {
            let f = self.new_native_function(def, module, name);
            let key = self.intern(def.name);
            dict.insert_str(self, key, f.value());
        }
        if let Some(init) = spec.init {
            init(self, dict)?;
        }
        Ok(module)
    }
}

fn new(m: &mut Machine, ty: Gc<Type>, _: Args<'_>) -> R<Value> {
    let dict = m.new_dict();
    Ok(m.new_object(Module { header: Header::new(ty), dict: Cell::new(dict.value()) }).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let [name, doc] = args.bind(m, "module", ["name", "doc"], BindSpec { positional_only: 0, required: 1, max_positional: 2 })?;
    if name.downcast::<Str>().is_none() {
        return Err(m.bad_argument("module", "argument 'name'", "str", name));
    }
    if let Some(dict) = this(v).namespace() {
        m.fill_module(dict, name, doc.non_null().unwrap_or(Value::NONE));
    }
    Ok(())
}

fn text(m: &mut Machine, module: Gc<Module>, name: &str) -> Option<String> {
    let name = m.intern(name);
    let s = module.namespace()?.get_str(m, name)?.downcast::<Str>()?;
    Some(s.to_string_lossy().into_owned())
}

/// An attribute that a module has or that its `__getattr__` gives, which may raise.
pub(crate) fn get_attr_opt(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Option<Value>> {
    let found = m.generic_get_attr_opt(v, name);
    let class = m.exceptions.attribute_error;
    if let Some(Some(value)) = m.catch(found, class)? {
        return Ok(Some(value));
    }
    let (hook, Some(dict)) = (m.names.getattr, this(v).namespace()) else { return Ok(None) };
    match dict.get_str(m, hook) {
        Some(hook) => m.call(hook, &[name.value()]).map(Some),
        None => Ok(None),
    }
}

/// `module.__getattribute__`.
#[inline(never)]
pub(crate) fn get_attr(m: &mut Machine, v: Value, name: Gc<Str>) -> R<Value> {
    if let Some(found) = get_attr_opt(m, v, name)? {
        return Ok(found);
    }
    if this(v).namespace().is_none() {
        return Err(m.no_attribute(v, name));
    }
    let n = name.to_string_lossy().into_owned();
    let message = match text(m, this(v), "__name__") {
        Some(module) => m.missing_attribute_text(v, &module, &n)?,
        None => format!("module has no attribute '{n}'"),
    };
    Err(m.attribute_error_for(v, name, &message))
}

/// As `importlib` words it: by the module's spec, or else by its file and its loader.
fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let module = this(v);
    let known = |m: &mut Machine, name: &str| {
        let key = m.intern(name);
        module.namespace().and_then(|dict| dict.get_str(m, key)).filter(|v| !v.is_none())
    };
    if let Some(spec) = known(m, "__spec__") {
        return repr_by_spec(m, spec);
    }
    let name = text(m, module, "__name__").unwrap_or_else(|| "?".into());
    let name_value = m.str_value(&name);
    let shown = m.repr(name_value)?.to_string_lossy().into_owned();
    let text = if let Some(file) = known(m, "__file__") {
        format!("<module {shown} from {}>", m.repr(file)?.to_string_lossy())
    } else if let Some(loader) = known(m, "__loader__") {
        format!("<module {shown} ({})>", m.repr(loader)?.to_string_lossy())
    } else if name == "sys" || name == "builtins" || crate::stdlib::native_module(&name).is_some() {
        format!("<module {shown} (built-in)>")
    } else {
        format!("<module {shown}>")
    };
    Ok(m.str_value(&text))
}

fn repr_by_spec(m: &mut Machine, spec: Value) -> R<Value> {
    let part = |m: &mut Machine, name: &str| {
        let key = m.intern(name);
        m.get_attr(spec, key)
    };
    let name = match part(m, "name")? {
        name if name.is_none() => m.str_value("?"),
        name => name,
    };
    let shown = m.repr(name)?.to_string_lossy().into_owned();
    let origin = part(m, "origin")?;
    let text = if origin.is_none() {
        let loader = part(m, "loader")?;
        if loader.is_none() {
            format!("<module {shown}>")
        } else if m.type_of(loader).name_str() == "NamespaceLoader" {
            let key = m.intern("_path");
            let path = m.get_attr(loader, key)?;
            let list = m.types.list.value();
            let path = m.call(list, &[path])?;
            format!("<module {shown} (namespace) from {}>", m.repr(path)?.to_string_lossy())
        } else {
            format!("<module {shown} ({})>", m.repr(loader)?.to_string_lossy())
        }
    } else {
        let located = part(m, "has_location")?;
        if m.truthy(located)? {
            format!("<module {shown} from {}>", m.repr(origin)?.to_string_lossy())
        } else {
            format!("<module {shown} ({})>", m.to_str(origin)?.to_string_lossy())
        }
    };
    Ok(m.str_value(&text))
}

fn dir(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let Some(dict) = this(v).namespace() else { return Ok(m.new_list(&[]).value()) };
    let name = m.intern("__dir__");
    if let Some(f) = dict.get_str(m, name) {
        return m.call(f, &[]);
    }
    let keys: Vec<Value> = dict.iter().map(|(k, _)| k).collect();
    Ok(m.new_list(&keys).value())
}

fn get_annotations(m: &mut Machine, v: Value) -> R<Value> {
    let (name, Some(dict)) = (m.names.annotations, this(v).namespace()) else {
        return Err(m.attribute_error("__annotations__"));
    };
    if let Some(found) = dict.get_str(m, name) {
        return Ok(found);
    }
    let made = m.new_dict().value();
    dict.insert_str(m, name, made);
    Ok(made)
}

fn set_annotations(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let (name, Some(dict)) = (m.names.annotations, this(v).namespace()) else {
        return Err(m.attribute_error("__annotations__"));
    };
    if value.is_null() {
        if dict.remove_str(m, name).is_none() {
            return Err(m.attribute_error("__annotations__"));
        }
    } else {
        dict.insert_str(m, name, value);
    }
    Ok(())
}
