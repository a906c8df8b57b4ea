//! `_ast`: the classes of syntax-tree nodes. Trees become objects in `to_objects.rs` and objects trees in `from_objects.rs`.

mod from_objects;
mod grammar;
mod to_objects;

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use grammar::{Count, Field, POSITIONS};
use std::cell::Cell;
use std::mem::offset_of;

pub(crate) use from_objects::tree_of;

/// `_ast`.
pub(super) static SPEC: ModuleSpec = ModuleSpec { name: "_ast", functions: &[], init: Some(fill), doc: "" };

const FLAGS: [(&str, i64); 4] =
    [("PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000), ("PyCF_ONLY_AST", 0x400), ("PyCF_TYPE_COMMENTS", 0x1000), ("PyCF_OPTIMIZED_AST", 0x8400)];

/// A node: nothing but its attributes.
#[repr(C)]
struct Node {
    header: Header,
    dict: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Node {
    const LAYOUT: &'static Layout = &layout_of::<Node>(LayoutId::Other);
    fn trace(&self, m: &mut crate::heap::Marker<'_>) {
        m.mark(self.dict.get());
    }
}

/// `ast.AST`.
static AST: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: offset_of!(Node, dict),
    slots: Slots {
        new: Some(|m, ty, _| {
            let dict = Cell::new(m.new_dict().value());
            Ok(m.new_object(Node { header: Header::new(ty), dict }).value())
        }),
        init: Some(init),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, reduce)],
    getset: &[crate::object::object_type::DICT_CONST],
    finish: Some(|m, ty| {
        let empty = m.new_tuple(&[]).value();
        for name in ["_fields", "_attributes", "__match_args__"] {
            m.set_type_attr(ty, name, empty);
        }
    }),
    ..TypeSpec::new("ast.AST", Node::LAYOUT)
};

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let (class, empty) = (m.type_of(v).value(), m.new_tuple(&[]).value());
    let dict = m.instance_dict(v).map_or(Value::NONE, Gc::value);
    Ok(m.new_tuple(&[class, empty, dict]).value())
}

/// The module, imported if need be.
fn module(m: &mut Machine) -> R<Gc<Dict>> {
    let module = m.import_name("_ast")?;
    Ok(m.module_dict(module))
}

/// `__init__` of nodes.
fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let class = m.type_of(v);
    let key = m.intern("_fields");
    let fields = m.get_attr(class.value(), key)?;
    let fields = m.collect(fields)?;
    let mut given: Vec<bool> = vec![false; fields.len()];
    if args.len() > fields.len() {
        let (n, s) = (fields.len(), if fields.len() == 1 { "" } else { "s" });
        return Err(m.type_error(&format!("{} constructor takes at most {n} positional argument{s}", class.name_str())));
    }
    for (i, &value) in args.pos().iter().enumerate() {
        let name = m.attribute_name(fields[i])?;
        given[i] = true;
        m.set_attr(v, name, value)?;
    }
    for (key, value) in args.keywords() {
        let key = m.intern_str(key);
        let mut at = None;
        for i in 0..fields.len() {
            if m.equal(fields[i], key.value())? {
                at = Some(i);
                break;
            }
        }
        match at {
            Some(i) if given[i] => {
                let text = format!("{} got multiple values for argument '{}'", class.name_str(), key.to_string_lossy());
                return Err(m.type_error(&text));
            }
            Some(i) => given[i] = true,
            None => check_attribute(m, class, key)?,
        }
        m.set_attr(v, key, value)?;
    }
    let types = m.intern("_field_types");
    let Some(types) = m.get_attr_opt(class.value(), types)?.and_then(Value::downcast::<Dict>) else { return Ok(()) };
    for i in 0..fields.len() {
        if !given[i] {
            fill_in(m, v, class, fields[i], types)?;
        }
    }
    Ok(())
}

/// Warns of a keyword that is neither field nor attribute.
fn check_attribute(m: &mut Machine, class: Gc<Type>, key: Gc<Str>) -> R<()> {
    let name = m.intern("_attributes");
    let attributes = m.get_attr(class.value(), name)?;
    if m.contains(attributes, key.value())? {
        return Ok(());
    }
    let text = format!(
        "{}.__init__ got an unexpected keyword argument '{}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.",
        class.name_str(),
        key.to_string_lossy()
    );
    let category = m.exceptions.deprecation_warning;
    m.warn(category, &text, 1)
}

/// Gives a field that was left out its default: an empty list, `Load()`, or a warning.
fn fill_in(m: &mut Machine, v: Value, class: Gc<Type>, field: Value, types: Gc<Dict>) -> R<()> {
    let name = m.attribute_name(field)?;
    let shown = format!("{}", name.to_string_lossy());
    let category = m.exceptions.deprecation_warning;
    let Some(ty) = types.get(m, field)? else {
        let text = format!("Field '{shown}' is missing from {}._field_types. This will become an error in Python 3.15.", class.name_str());
        return m.warn(category, &text, 1);
    };
    if m.type_of(ty) == m.types.union {
        return Ok(());
    }
    if m.type_of(ty) == m.types.generic_alias {
        let empty = m.new_list(&[]).value();
        return m.set_attr(v, name, empty);
    }
    let dict = module(m)?;
    let (context, load) = (m.intern("expr_context"), m.intern("Load"));
    if dict.get_str(m, context) == Some(ty) {
        let load = singleton(m, load)?;
        return m.set_attr(v, name, load);
    }
    let text = format!(
        "{}.__init__ missing 1 required positional argument: '{shown}'. This will become an error in Python 3.15.",
        class.name_str()
    );
    m.warn(category, &text, 1)
}

/// The one instance of a class without fields that trees share.
fn singleton(m: &mut Machine, name: Gc<Str>) -> R<Value> {
    let dict = module(m)?;
    let class = dict.get_str(m, name).unwrap_or(Value::NONE);
    let key = m.intern("_singleton");
    if let Some(known) = class.downcast::<Type>().and_then(|t| t.dict.get()).and_then(|d| d.get_str(m, key)) {
        return Ok(known);
    }
    let made = m.call(class, &[])?;
    m.set_attr(class, key, made)?;
    Ok(made)
}

/// Attributes that every class of nodes gets.
fn class_entries(m: &mut Machine, fields: &[Field]) -> Gc<Dict> {
    let dict = m.new_dict();
    let names: Vec<Value> = fields.iter().map(|f| m.intern(f.name).value()).collect();
    let names = m.new_tuple(&names).value();
    let module = m.str_value("ast");
    for (key, value) in [("_fields", names), ("__match_args__", names), ("__module__", module)] {
        let key = m.intern(key);
        dict.insert_str(m, key, value);
    }
    for field in fields.iter().filter(|f| f.count == Count::Optional) {
        let key = m.intern(field.name);
        dict.insert_str(m, key, Value::NONE);
    }
    dict
}

fn make_class(m: &mut Machine, into: Gc<Dict>, name: &str, base: Value, dict: Gc<Dict>, doc: &str) -> R<Value> {
    let (meta, bases, text) = (m.types.type_.value(), m.new_tuple(&[base]).value(), m.str_value(name));
    let (key, doc) = (m.names.doc, m.str_value(doc));
    dict.insert_str(m, key, doc);
    let class = m.call(meta, &[text, bases, dict.value()])?;
    let key = m.intern(name);
    into.insert_str(m, key, class);
    Ok(class)
}

/// `_attributes`, and `None` for those that may be left out.
fn positions(m: &mut Machine, dict: Gc<Dict>, count: usize) {
    let names: Vec<Value> = POSITIONS[..if count == 0 { 0 } else { 4 }].iter().map(|n| m.intern(n).value()).collect();
    let (key, names) = (m.intern("_attributes"), m.new_tuple(&names).value());
    dict.insert_str(m, key, names);
    if count == 2 {
        for name in &POSITIONS[2..] {
            let key = m.intern(name);
            dict.insert_str(m, key, Value::NONE);
        }
    }
}

fn fill(m: &mut Machine, dict: Gc<Dict>) -> R<()> {
    let ast = m.native_type(&AST).value();
    let key = m.intern("AST");
    dict.insert_str(m, key, ast);
    for (name, value) in FLAGS {
        let name = m.intern(name);
        dict.insert_str(m, name, Value::small(value));
    }
    let mut made = Vec::new();
    for sort in grammar::SUMS {
        let entries = class_entries(m, &[]);
        positions(m, entries, sort.positions);
        let nodes = grammar::classes(sort);
        let docs: Vec<&str> = nodes.iter().map(|n| n.doc.as_str()).collect();
        let indent = " ".repeat(sort.name.len() + 1);
        let doc = format!("{} = {}", sort.name, docs.join(&format!("\n{indent}| ")));
        let base = make_class(m, dict, sort.name, ast, entries, &doc)?;
        for node in nodes {
            let entries = class_entries(m, &node.fields);
            let class = make_class(m, dict, node.name, base, entries, &node.doc)?;
            made.push((m.pin(class), node.fields));
        }
    }
    for sort in grammar::PRODUCTS {
        for node in grammar::classes(sort) {
            let entries = class_entries(m, &node.fields);
            positions(m, entries, sort.positions);
            let class = make_class(m, dict, node.name, ast, entries, &node.doc)?;
            made.push((m.pin(class), node.fields));
        }
    }
    for (class, fields) in made {
        let types = m.new_dict();
        for field in fields {
            let ty = field_type(m, dict, field)?;
            let name = m.intern(field.name);
            types.insert_str(m, name, ty);
        }
        for key in ["_field_types", "__annotations__"] {
            let key = m.intern(key);
            m.set_attr(class, key, types.value())?;
        }
    }
    Ok(())
}

fn field_type(m: &mut Machine, dict: Gc<Dict>, field: Field) -> R<Value> {
    let ty = match field.kind {
        "identifier" | "string" => m.types.str.value(),
        "int" => m.types.int.value(),
        "constant" => m.types.object.value(),
        name => {
            let name = m.intern(name);
            dict.get_str(m, name).unwrap_or(Value::NONE)
        }
    };
    match field.count {
        Count::One => Ok(ty),
        Count::Optional => m.new_union(&[ty, Value::NONE]),
        Count::Many => {
            let list = m.types.list.value();
            let args = m.new_tuple(&[ty]).value();
            Ok(m.new_generic_alias(list, args))
        }
    }
}

/// The class of a value if it is a node's, by the name that the grammar has for it: subclasses count as their base.
fn node_class(m: &mut Machine, v: Value) -> Option<(Gc<Type>, &'static str)> {
    let ast = m.native_type(&AST);
    let class = m.type_of(v);
    if !class.is_subtype_of(ast) {
        return None;
    }
    let mro: Vec<Gc<Type>> = class.mro.borrow().to_vec();
    mro.into_iter().find_map(|c| known_name(c.name_str()).map(|name| (c, name)))
}

/// A class's name as a static text.
fn known_name(name: &str) -> Option<&'static str> {
    let all = grammar::SUMS.iter().chain(grammar::PRODUCTS);
    all.flat_map(|sort| sort.nodes.split(')')).filter_map(|node| node.split_once('(')).map(|(n, _)| n.trim()).find(|n| *n == name)
}

/// The fields of a class.
fn fields_of(name: &str) -> (&'static str, usize, Vec<Field>) {
    let all = grammar::SUMS.iter().chain(grammar::PRODUCTS);
    for sort in all {
        if let Some(node) = grammar::classes(sort).into_iter().find(|n| n.name == name) {
            return (sort.name, sort.positions, node.fields);
        }
    }
    ("mod", 0, Vec::new())
}

/// Whether a class derives from `AST`.
fn is_node(m: &mut Machine, class: Gc<Type>) -> bool {
    let ast = m.native_type(&AST);
    class.is_subtype_of(ast)
}

impl Machine {
    /// Whether a value is an `ast` node.
    pub(crate) fn is_syntax_tree(&mut self, v: Value) -> bool {
        let class = self.type_of(v);
        is_node(self, class)
    }
}
