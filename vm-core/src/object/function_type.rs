//! `function`: making functions, their attributes, binding and calling.

use super::code::Code;
use super::dict::Dict;
use super::function::{CellObj, Function};
use super::header::{Gc, Header, Payload};
use super::slots::Slots;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::code::LocalKind;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, GetSetDef, TypeSpec};
use std::cell::Cell;
use std::mem::offset_of;

/// `function`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::METHOD_DESCRIPTOR | TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(Function, dict),
    slots: Slots { repr: Some(repr), call: Some(call), descr_get: Some(get), new: Some(new), ..Slots::EMPTY },
    getset: &[
        GetSetDef { name: "__code__", get: |_, v| Ok(this(v).code.get().value()), set: Some(set_code) },
        GetSetDef { name: "__defaults__", get: |_, v| Ok(or_none(this(v).defaults.get())), set: Some(set_defaults) },
        GetSetDef { name: "__kwdefaults__", get: |_, v| Ok(or_none(this(v).kwdefaults.get())), set: Some(set_kwdefaults) },
        GetSetDef { name: "__annotations__", get: get_annotations, set: Some(set_annotations) },
        super::object_type::DICT_CONST,
        GetSetDef { name: "__name__", get: |_, v| Ok(this(v).name.get()), set: Some(|m, v, x| set_text(m, x, &this(v).name, "__name__")) },
        GetSetDef {
            name: "__qualname__",
            get: |_, v| Ok(this(v).qualname.get()),
            set: Some(|m, v, x| set_text(m, x, &this(v).qualname, "__qualname__")),
        },
        GetSetDef { name: "__type_params__", get: get_type_params, set: Some(set_type_params) },
        GetSetDef { name: "__closure__", get: |_, v| Ok(or_none(this(v).closure.get())), set: None },
        GetSetDef {
            name: "__doc__",
            get: |_, v| Ok(or_none(this(v).doc.get())),
            set: Some(|_, v, x| {
                this(v).doc.set(x);
                Ok(())
            }),
        },
        GetSetDef { name: "__globals__", get: |_, v| Ok(this(v).globals.value()), set: None },
        GetSetDef {
            name: "__module__",
            get: |_, v| Ok(or_none(this(v).module.get())),
            set: Some(|_, v, x| {
                this(v).module.set(x);
                Ok(())
            }),
        },
        GetSetDef { name: "__builtins__", get: |_, v| Ok(this(v).builtins.value()), set: None },
    ],
    doc: "function(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)\n--\n\nCreate a function object.\n\n  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables\n  kwdefaults\n    a dictionary that specifies the default keyword argument values",
    ..TypeSpec::new("function", Function::LAYOUT)
};

fn this(v: Value) -> Gc<Function> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

/// Number of free variables of a code object.
pub(crate) fn free_count(code: Gc<Code>) -> usize {
    code.kinds().iter().filter(|&&k| k & LocalKind::FREE != 0).count()
}

impl Machine {
    /// A function of that code and globals, as `types.FunctionType` makes it: its builtins are those the globals name.
    pub fn new_function(&mut self, code: Gc<Code>, globals: Gc<Dict>) -> Gc<Function> {
        let builtins_name = self.names.builtins;
        let builtins = match globals.get_str(self, builtins_name) {
            Some(b) => match b.downcast::<Dict>() {
                Some(d) => d,
                None => b.downcast::<super::module::Module>().and_then(|m| m.dict.get().downcast()).unwrap_or(self.builtins),
            },
            None => self.builtins,
        };
        let function = self.make_function(code, globals, builtins);
        function.version.set(0);
        function
    }

    /// A function with no defaults and no closure; name, docstring and module come from the code and its globals.
    pub fn make_function(&mut self, code: Gc<Code>, globals: Gc<Dict>, builtins: Gc<Dict>) -> Gc<Function> {
        let name = self.names.name;
        let module = globals.get_str(self, name).unwrap_or(Value::NULL);
        let doc = if code.flags().has(crate::code::CodeFlags::OPTIMIZED) {
            code.consts().first().copied().filter(|v| v.downcast::<Str>().is_some()).unwrap_or(Value::NONE)
        } else {
            Value::NONE
        };
        let header = Header::new(self.types.function);
        self.new_object(Function {
            header,
            version: Cell::new(code.version.get()),
            code: Cell::new(code),
            globals,
            builtins,
            closure: Cell::new(Value::NULL),
            defaults: Cell::new(Value::NULL),
            kwdefaults: Cell::new(Value::NULL),
            name: Cell::new(code.name.value()),
            qualname: Cell::new(code.qualname.value()),
            doc: Cell::new(doc),
            module: Cell::new(module),
            annotations: Cell::new(Value::NULL),
            type_params: Cell::new(Value::NULL),
            dict: Cell::new(Value::NULL),
        })
    }
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    let [code, globals, name, defaults, closure, kwdefaults] = args.bind(
        m,
        "function",
        ["code", "globals", "name", "argdefs", "closure", "kwdefaults"],
        BindSpec { positional_only: 0, required: 2, max_positional: 6 },
    )?;
    let opt = |v: Value| v.non_null().filter(|v| !v.is_none());
    let wrong =
        |m: &mut Machine, what: &str, wanted: &str, v: Value| Err(m.bad_argument("function", &format!("argument '{what}'"), wanted, v));
    let Some(code_obj) = code.downcast::<Code>() else { return wrong(m, "code", "code", code) };
    let Some(globals_dict) = globals.downcast::<Dict>() else { return wrong(m, "globals", "dict", globals) };
    if let Some(name) = opt(name)
        && name.downcast::<Str>().is_none()
    {
        return Err(m.type_error("arg 3 (name) must be None or string"));
    }
    if let Some(d) = opt(defaults)
        && d.downcast::<Tuple>().is_none()
    {
        return Err(m.type_error("arg 4 (defaults) must be None or tuple"));
    }
    let free = free_count(code_obj);
    let cells = match opt(closure) {
        None if free > 0 => return Err(m.type_error("arg 5 (closure) must be tuple")),
        None => None,
        Some(c) => match c.downcast::<Tuple>() {
            Some(cells) => Some(cells),
            None if free > 0 => return Err(m.type_error("arg 5 (closure) must be tuple")),
            None => return Err(m.type_error("arg 5 (closure) must be None or tuple")),
        },
    };
    if let Some(k) = opt(kwdefaults)
        && k.downcast::<Dict>().is_none()
    {
        return Err(m.type_error("arg 6 (kwdefaults) must be None or dict"));
    }
    let given = cells.map_or(0, |t| t.len());
    if given != free {
        return Err(m.value_error(&format!("{} requires closure of length {free}, not {given}", code_obj.name.as_static_str())));
    }
    if let Some(cells) = cells {
        for &c in cells.slice() {
            if c.downcast::<CellObj>().is_none() {
                let got = m.type_name(c);
                return Err(m.type_error(&format!("arg 5 (closure) expected cell, found {got}")));
            }
        }
    }
    let f = m.new_function(code_obj, globals_dict);
    if let Some(name) = opt(name) {
        f.name.set(name);
    }
    f.defaults.set(opt(defaults).unwrap_or(Value::NULL));
    f.kwdefaults.set(opt(kwdefaults).unwrap_or(Value::NULL));
    f.closure.set(cells.filter(|c| !c.is_empty()).map_or(Value::NULL, Gc::value));
    Ok(f.value())
}

fn call(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    m.call_function(this(v), args)
}

fn get(m: &mut Machine, v: Value, object: Value, _: Value) -> R<Value> {
    if object.is_null() {
        return Ok(v);
    }
    Ok(m.new_bound_method(v, object).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let name = this(v).qualname.get().downcast::<Str>().map_or("?", Gc::as_static_str).to_owned();
    Ok(m.str_value(&format!("<function {name} at {:#x}>", super::object_type::address(v))))
}

fn set_code(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let f = this(v);
    let Some(code) = value.non_null().and_then(Value::downcast::<Code>) else {
        return Err(m.type_error("__code__ must be set to a code object"));
    };
    let free = free_count(code);
    let cells = f.closure.get().non_null().and_then(Value::downcast::<Tuple>).map_or(0, |t| t.len());
    if free != cells {
        let name = f.name.get().downcast::<Str>().map_or("?", Gc::as_static_str).to_owned();
        return Err(m.value_error(&format!("{name}() requires a code object with {cells} free vars, not {free}")));
    }
    f.version.set(0);
    f.code.set(code);
    Ok(())
}

fn set_defaults(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let value = if value.is_none() { Value::NULL } else { value };
    if !value.is_null() && value.downcast::<Tuple>().is_none() {
        return Err(m.type_error("__defaults__ must be set to a tuple object"));
    }
    this(v).version.set(0);
    this(v).defaults.set(value);
    Ok(())
}

fn set_kwdefaults(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let value = if value.is_none() { Value::NULL } else { value };
    if !value.is_null() && value.downcast::<Dict>().is_none() {
        return Err(m.type_error("__kwdefaults__ must be set to a dict object"));
    }
    this(v).version.set(0);
    this(v).kwdefaults.set(value);
    Ok(())
}

fn get_annotations(m: &mut Machine, v: Value) -> R<Value> {
    let f = this(v);
    let held = f.annotations.get();
    if let Some(dict) = held.downcast::<Dict>() {
        return Ok(dict.value());
    }
    // The compiler leaves a tuple of alternating names and values.
    let dict = m.new_dict();
    if let Some(pairs) = held.downcast::<Tuple>() {
        for pair in pairs.slice().chunks_exact(2) {
            dict.insert(m, pair[0], pair[1])?;
        }
    }
    m.heap.touch(v);
    f.annotations.set(dict.value());
    Ok(dict.value())
}

fn set_annotations(m: &mut Machine, v: Value, value: Value) -> R<()> {
    let value = if value.is_none() { Value::NULL } else { value };
    if !value.is_null() && value.downcast::<Dict>().is_none() {
        return Err(m.type_error("__annotations__ must be set to a dict object"));
    }
    this(v).annotations.set(value);
    Ok(())
}

fn set_text(m: &mut Machine, value: Value, place: &Cell<Value>, name: &str) -> R<()> {
    if value.is_null() || value.downcast::<Str>().is_none() {
        return Err(m.type_error(&format!("{name} must be set to a string object")));
    }
    place.set(value);
    Ok(())
}

fn get_type_params(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).type_params.get().non_null() {
        Some(p) => Ok(p),
        None => Ok(m.new_tuple(&[]).value()),
    }
}

fn set_type_params(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.is_null() || value.downcast::<Tuple>().is_none() {
        return Err(m.type_error("__type_params__ must be set to a tuple"));
    }
    this(v).type_params.set(value);
    Ok(())
}
