//! Trees as objects: what `compile(…, flags=PyCF_ONLY_AST)` gives.

use super::grammar::POSITIONS;
use super::{Node, module, singleton};
use crate::compile::ast_tree::Tree;
use crate::compile::instr::Location;
use crate::machine::{Machine, R};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::Cell;

/// Fields that the compiler's tree leaves out because they are always `None`.
const ALWAYS_NONE: &[(&str, &[&str])] =
    &[("type_comment", &["FunctionDef", "AsyncFunctionDef", "Assign", "For", "AsyncFor", "With", "AsyncWith", "arg"])];

impl Machine {
    /// A tree as an `ast` object.
    pub(crate) fn tree_object(&mut self, tree: &Tree) -> R<Value> {
        let classes = module(self)?;
        value(self, classes, tree)
    }
}

fn value(m: &mut Machine, classes: Gc<Dict>, tree: &Tree) -> R<Value> {
    m.check_native_stack()?;
    Ok(match tree {
        Tree::Absent => Value::NONE,
        Tree::Number(n) => m.new_int(*n),
        Tree::Text(text) => m.intern(text).value(),
        Tree::Constant(c) => m.constant(c)?,
        Tree::List(items) => {
            let list = m.new_list(&[]);
            for item in items {
                let item = value(m, classes, item)?;
                list.push(m, item);
            }
            list.value()
        }
        Tree::Node(name, fields, None) if fields.is_empty() && is_word(name) => {
            let name = m.intern(name);
            singleton(m, name)?
        }
        Tree::Node(name, fields, loc) => node(m, classes, name, fields, *loc)?,
    })
}

/// Whether a node without fields or position is shared: operators and contexts are.
fn is_word(name: &str) -> bool {
    !matches!(name, "Module" | "Interactive" | "arguments")
}

fn node(m: &mut Machine, classes: Gc<Dict>, name: &str, fields: &[(&'static str, Tree)], loc: Option<Location>) -> R<Value> {
    let key = m.intern(name);
    let Some(class) = classes.get_str(m, key).and_then(Value::downcast::<Type>) else {
        return Err(m.system_error(&format!("_ast has lost its class {name}")));
    };
    let dict = m.new_dict();
    let object = m.new_object(Node { header: Header::new(class), dict: Cell::new(dict.value()) });
    for (field, tree) in fields {
        let v = value(m, classes, tree)?;
        let key = m.intern(field);
        dict.insert_str(m, key, v);
        // In CPython's order, which `vars` shows.
        let none_next = match *field {
            "returns" | "value" | "orelse" | "body" | "annotation" => last_before_comment(name) == *field,
            _ => false,
        };
        if none_next {
            let key = m.intern("type_comment");
            dict.insert_str(m, key, Value::NONE);
        }
    }
    if let Some(loc) = loc {
        for (name, n) in POSITIONS.into_iter().zip([loc.line, loc.col, loc.end_line, loc.end_col]) {
            let key = m.intern(name);
            dict.insert_str(m, key, Value::small(i64::from(n)));
        }
    }
    Ok(object.value())
}

/// The field that `type_comment` follows.
fn last_before_comment(name: &str) -> &'static str {
    if !ALWAYS_NONE[0].1.contains(&name) {
        return "";
    }
    match name {
        "FunctionDef" | "AsyncFunctionDef" => "returns",
        "Assign" => "value",
        "For" | "AsyncFor" => "orelse",
        "arg" => "annotation",
        _ => "body",
    }
}
