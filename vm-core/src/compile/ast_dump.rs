//! Prints a tree as `python -m ast` does, for comparison with CPython.

use super::ast::Mod;
use super::ast_tree::{self, Tree};
use super::instr::Location;
use super::type_ignores::TypeIgnore;
use crate::code;

/// The output of `python -m ast --no-type-comments FILE`, or with `-a` too for `attributes`.
#[must_use]
pub fn dump(module: &Mod, attributes: bool) -> String {
    dump_with_type_ignores(module, attributes, &[])
}

/// The output of `python -m ast FILE`, for a file whose only type comments are the given ones.
#[must_use]
pub fn dump_with_type_ignores(module: &Mod, attributes: bool, ignores: &[TypeIgnore]) -> String {
    let tree = ast_tree::reduce(module, ignores);
    let mut out = String::new();
    Printer { attributes }.value(&tree, 0, &mut out);
    out.push('\n');
    out
}

struct Printer {
    attributes: bool,
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', 3 * level));
}

impl Printer {
    /// Appends the value; tells whether it is "simple", in which case a parent may stay on one line.
    fn value(&self, value: &Tree, level: usize, out: &mut String) -> bool {
        match value {
            Tree::Text(text) => {
                out.push_str(&code::str_repr(text.as_bytes()));
                true
            }
            Tree::Number(number) => {
                out.push_str(&number.to_string());
                true
            }
            Tree::Constant(value) => {
                out.push_str(&code::const_repr(value));
                true
            }
            Tree::Absent => {
                out.push_str("None");
                true
            }
            Tree::List(items) if items.is_empty() => {
                out.push_str("[]");
                true
            }
            Tree::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    new_line(out, level + 1);
                    self.value(item, level + 1, out);
                }
                out.push(']');
                false
            }
            Tree::Node(name, fields, loc) => self.node(name, fields, *loc, level, out),
        }
    }

    fn node(&self, name: &str, fields: &[(&str, Tree)], loc: Option<Location>, level: usize, out: &mut String) -> bool {
        let mut args: Vec<(&str, String)> = Vec::new();
        let mut all_simple = true;
        for (field, value) in fields {
            let is_empty = match value {
                Tree::Absent => true,
                Tree::List(items) => items.is_empty(),
                _ => false,
            };
            if !is_empty {
                let mut text = String::new();
                all_simple &= self.value(value, level + 1, &mut text);
                args.push((field, text));
            }
        }
        if let Some(loc) = loc.filter(|_| self.attributes) {
            args.push(("lineno", loc.line.to_string()));
            args.push(("col_offset", loc.col.to_string()));
            args.push(("end_lineno", loc.end_line.to_string()));
            args.push(("end_col_offset", loc.end_col.to_string()));
        }
        out.push_str(name);
        out.push('(');
        let one_line = all_simple && args.len() <= 3;
        for (index, (field, text)) in args.iter().enumerate() {
            if index > 0 {
                out.push_str(if one_line { ", " } else { "," });
            }
            if !one_line {
                new_line(out, level + 1);
            }
            out.push_str(field);
            out.push('=');
            out.push_str(text);
        }
        out.push(')');
        args.is_empty()
    }
}
