//! What matching yields: just enough of a tree to word an error.

use std::rc::Rc;

/// The result of an item.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// An optional item that is absent.
    Nothing,
    /// A token, by number.
    Token(usize),
    /// Several values.
    Sequence(Rc<[Value]>),
    /// An expression.
    Node(Rc<Node>),
}

/// An expression: its kind, its first and last token, its sub-expressions in order.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: &'static str,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) children: Vec<Rc<Node>>,
}

impl Value {
    /// The first and last token.
    pub(super) fn span(&self) -> Option<(usize, usize)> {
        match self {
            Value::Nothing => None,
            Value::Token(token) => Some((*token, *token)),
            Value::Node(node) => Some((node.first, node.last)),
            Value::Sequence(values) => {
                let first = values.iter().find_map(Value::span)?;
                let last = values.iter().rev().find_map(Value::span)?;
                Some((first.0, last.1))
            }
        }
    }

    /// The node it is, also where a sequence holds nothing else.
    pub(super) fn node(&self) -> Option<&Rc<Node>> {
        match self {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    /// All outermost nodes, in order.
    pub(super) fn nodes(&self, out: &mut Vec<Rc<Node>>) {
        match self {
            Value::Node(node) => out.push(Rc::clone(node)),
            Value::Sequence(values) => values.iter().for_each(|value| value.nodes(out)),
            Value::Nothing | Value::Token(_) => {}
        }
    }
}

impl Node {
    /// How messages call the expression.
    pub(super) fn description(&self) -> &'static str {
        match self.kind {
            "Attribute" => "attribute",
            "Subscript" => "subscript",
            "Starred" => "starred",
            "Name" => "name",
            "List" => "list",
            "Tuple" => "tuple",
            "Lambda" => "lambda",
            "Call" => "function call",
            "Operation" => "expression",
            "GeneratorExp" => "generator expression",
            "Yield" => "yield expression",
            "Await" => "await expression",
            "ListComp" => "list comprehension",
            "SetComp" => "set comprehension",
            "DictComp" => "dict comprehension",
            "Dict" => "dict literal",
            "Set" => "set display",
            "JoinedStr" => "f-string expression",
            "Ellipsis" => "ellipsis",
            "Compare" => "comparison",
            "IfExp" => "conditional expression",
            "NamedExpr" => "named expression",
            constant @ ("None" | "True" | "False") => constant,
            _ => "literal",
        }
    }
}
