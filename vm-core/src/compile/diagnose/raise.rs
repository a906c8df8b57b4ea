//! Errors with CPython's wording and positions: the simple forms, and what the grammar leaves to code.

use super::interpreter::{Matched, Parser, Raised};
use super::value::{Node, Value};
use crate::compile::lexer::{Token, TokenKind};
use crate::compile::lower::{check_bytes, decode_str};
use crate::compile::syntax_error::{SyntaxError, SyntaxErrorClass};
use std::rc::Rc;

/// What kind of statement a target stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Targets {
    Star,
    Delete,
    For,
}

impl Parser<'_> {
    /// Raises between two points given as line and 1-based byte column; an end column below 1 is unknown.
    pub(super) fn raise(&mut self, class: SyntaxErrorClass, message: String, start: (i32, i32), end: (i32, i32)) -> Raised {
        let error = SyntaxError::at_columns(class, message, self.filename, self.source, self.lines, start, end);
        self.error.get_or_insert(error);
        Raised
    }

    /// Raises at the last token read.
    pub(super) fn raise_last(&mut self, class: SyntaxErrorClass, message: String) -> Raised {
        match self.tokens.last().copied() {
            Some(token) => self.raise_token(class, message, &token),
            None => self.raise(class, message, (0, 0), (0, -1)),
        }
    }

    fn raise_token(&mut self, class: SyntaxErrorClass, message: String, token: &Token) -> Raised {
        let col = if token.col == -1 {
            i32::try_from(self.lexer.cur.saturating_sub(self.lexer.line_start)).unwrap_or(i32::MAX)
        } else {
            token.col + 1
        };
        let end_col = if token.end_col == -1 { -1 } else { token.end_col + 1 };
        self.raise(class, message, (token.line, col), (token.end_line, end_col))
    }

    /// Raises from the start of one token to the end of another.
    pub(super) fn raise_at(&mut self, first: usize, last: usize, message: String) -> Raised {
        let (Some(first), Some(last)) = (self.tokens.get(first).copied(), self.tokens.get(last).copied()) else {
            return self.raise_last(SyntaxErrorClass::Syntax, message);
        };
        let (start, end) = ((first.line, first.col + 1), (last.end_line, last.end_col + 1));
        self.raise(SyntaxErrorClass::Syntax, message, start, end)
    }

    /// Raises at the innermost open bracket.
    pub(super) fn raise_unclosed(&mut self) -> Raised {
        let Some(open) = self.lexer.brackets.last().copied() else { return Raised };
        let message = format!("'{}' was never closed", char::from(open.byte));
        self.raise(SyntaxErrorClass::Syntax, message, (open.line, open.col + 1), (open.line, 0))
    }

    fn raise_span(&mut self, a: &Value, b: &Value, message: String) -> Raised {
        match (a.span(), b.span()) {
            (Some((first, _)), Some((_, last))) => self.raise_at(first, last, message),
            _ => self.raise_last(SyntaxErrorClass::Syntax, message),
        }
    }

    fn raise_nodes(&mut self, first: &Node, last: &Node, message: &str) -> Raised {
        self.raise_at(first.first, last.last, message.to_owned())
    }

    fn raise_from(&mut self, a: &Value, message: String) -> Raised {
        let Some(token) = a.span().and_then(|(first, _)| self.tokens.get(first)).copied() else {
            return self.raise_last(SyntaxErrorClass::Syntax, message);
        };
        let end_col = i32::try_from(self.lexer.cur.saturating_sub(self.lexer.line_start)).unwrap_or(i32::MAX);
        let end = (self.lexer.line, end_col);
        self.raise(SyntaxErrorClass::Syntax, message, (token.line, token.col + 1), end)
    }

    fn first_token(&self, value: &Value) -> Option<&Token> {
        value.span().and_then(|(first, _)| self.tokens.get(first))
    }

    /// An error whose form and message stand in the grammar.
    pub(super) fn raise_form(&mut self, form: &str, a: &Value, b: &Value, message: &str) -> Raised {
        let mut text = message.to_owned();
        if text.contains("$e") {
            text = text.replace("$e", a.node().map_or("literal", |node| node.description()));
        }
        if let Some(token) = self.first_token(a).copied() {
            text = text.replace("$t", self.lexer.text(&token)).replace("$l", &token.line.to_string());
        }
        match form {
            "at" => self.raise_span(a, a, text),
            "range" => self.raise_span(a, b, text),
            "from" => self.raise_from(a, text),
            "indent" => self.raise_last(SyntaxErrorClass::Indentation, text),
            "next" => match self.current() {
                Ok(token) => self.raise_token(SyntaxErrorClass::Syntax, text, &token),
                Err(raised) => raised,
            },
            _ => self.raise_last(SyntaxErrorClass::Syntax, text),
        }
    }

    /// An alternative decided in code: its value, no match, or an error.
    pub(super) fn call(&mut self, function: &str, start: usize, a: &Value, b: &Value) -> Matched {
        match function {
            "string" => return self.string(start, a),
            "fstring" => return self.fstring(start, a, b),
            "strings" => return self.strings(start, a),
            "conversion" => return self.conversion(a, b),
            "real" | "imaginary" => return self.complex_part(function, a),
            _ => {}
        }
        let raised = match function {
            "bound_tuple" | "bound_spec" => {
                let what = if b.node().is_some_and(|node| node.kind == "Tuple") { "constraints" } else { "bound" };
                let kind = if function == "bound_tuple" { "TypeVarTuple" } else { "ParamSpec" };
                Some(self.raise_from(a, format!("cannot use {what} with {kind}")))
            }
            "genexp" => self.generator(a.node(), b),
            "genexp_in_call" => {
                let positional = a.node().map(|args| positional(args)).unwrap_or_default();
                if positional.len() > 1 { self.generator(positional.last(), b) } else { None }
            }
            "arguments" => {
                let unpacked = a
                    .node()
                    .is_some_and(|args| args.children.iter().any(|child| child.kind == "Keyword" && self.token_text(child.first) == "**"));
                let suffix = if unpacked { " unpacking" } else { "" };
                let message = format!("positional argument follows keyword argument{suffix}");
                Some(self.raise_last(SyntaxErrorClass::Syntax, message))
            }
            "legacy" => self
                .legacy_name(a)
                .map(|name| self.raise_span(a, b, format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?"))),
            "comma" => {
                let level = self.mark.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.level);
                let is_name = a.node().is_some_and(|node| node.kind == "Name");
                if (is_name && self.legacy_name(a).is_some()) || level == 0 {
                    None
                } else {
                    Some(self.raise_span(a, b, "invalid syntax. Perhaps you forgot a comma?".into()))
                }
            }
            "target" => self.target(a, Targets::Star),
            "del_target" => self.target(a, Targets::Delete),
            "for_target" => self.target(a, Targets::For),
            "comprehension_target" => {
                let mut items = Vec::new();
                b.nodes(&mut items);
                let message = "did you forget parentheses around the comprehension target?";
                match (a.node(), items.last()) {
                    (Some(first), Some(last)) => Some(self.raise_nodes(first, last, message)),
                    _ => Some(self.raise_span(a, b, message.into())),
                }
            }
            "dict_key" => a.span().and_then(|(first, last)| {
                let (first, last) = (*self.tokens.get(first)?, *self.tokens.get(last)?);
                let message = "':' expected after dictionary key".into();
                Some(self.raise(SyntaxErrorClass::Syntax, message, (first.line, last.end_col), (last.end_line, 0)))
            }),
            _ => None,
        };
        match raised {
            Some(raised) => Err(raised),
            None => Ok(None),
        }
    }

    fn token_text(&self, number: usize) -> &str {
        self.tokens.get(number).map_or("", |token| self.lexer.text(token))
    }

    /// The name of a statement of Python 2 that is a function now.
    fn legacy_name(&self, value: &Value) -> Option<String> {
        let text = self.lexer.text(self.first_token(value)?);
        matches!(text, "print" | "exec").then(|| text.to_owned())
    }

    fn generator(&mut self, first: Option<&Rc<Node>>, clauses: &Value) -> Option<Raised> {
        let mut nodes = Vec::new();
        clauses.nodes(&mut nodes);
        // A comprehension's last sub-expression is its last condition, or else what it iterates over.
        let last = nodes.last()?.children.last()?;
        Some(self.raise_nodes(first?, last, "Generator expression must be parenthesized"))
    }

    fn target(&mut self, value: &Value, targets: Targets) -> Option<Raised> {
        let node = self.invalid_target(value.node()?, targets)?;
        let verb = if targets == Targets::Delete { "delete" } else { "assign to" };
        let message = format!("cannot {verb} {}", node.description());
        Some(self.raise_nodes(&node, &node, &message))
    }

    fn invalid_target(&self, node: &Rc<Node>, targets: Targets) -> Option<Rc<Node>> {
        match node.kind {
            "Name" | "Subscript" | "Attribute" => None,
            "List" | "Tuple" => node.children.iter().find_map(|child| self.invalid_target(child, targets)),
            "Starred" if targets != Targets::Delete => self.invalid_target(node.children.first()?, targets),
            "Compare" if targets == Targets::For => {
                // `a in b` of `for a in b` was read as a comparison.
                let left = node.children.first()?;
                let operator = (left.last + 1..=node.last).map(|at| self.token_text(at)).find(|text| *text != ")");
                if operator == Some("in") { self.invalid_target(left, targets) } else { None }
            }
            _ => Some(Rc::clone(node)),
        }
    }

    fn leaf(&self, kind: &'static str, start: usize) -> Matched {
        let last = self.mark.saturating_sub(1).max(start);
        Ok(Some(Value::Node(Rc::new(Node { kind, first: start, last, children: Vec::new() }))))
    }

    fn string(&mut self, start: usize, a: &Value) -> Matched {
        let Some(token) = self.first_token(a).copied() else { return Ok(None) };
        let text = self.lexer.text(&token);
        let prefix = text.find(['\'', '"']).unwrap_or(0);
        let quotes = if text[prefix..].starts_with("\"\"\"") || text[prefix..].starts_with("'''") { 3 } else { 1 };
        let inner = text.get(prefix + quotes..text.len().saturating_sub(quotes)).unwrap_or("");
        let (letters, raw) = (&text[..prefix], text[..prefix].contains(['r', 'R']));
        let is_bytes = letters.contains(['b', 'B']);
        if is_bytes && !inner.is_ascii() {
            let message = "bytes can only contain ASCII literal characters".to_owned();
            return Err(self.raise_span(a, a, message));
        }
        let problem = match (raw, is_bytes) {
            (true, _) => None,
            (false, true) => check_bytes(inner).err(),
            (false, false) => decode_str(inner).err(),
        };
        match problem {
            Some(problem) => Err(self.raise_last(SyntaxErrorClass::Syntax, problem.message())),
            None => self.leaf(if is_bytes { "Bytes" } else { "Constant" }, start),
        }
    }

    fn fstring(&mut self, start: usize, a: &Value, b: &Value) -> Matched {
        let (Some((first, _)), Some((last, _))) = (a.span(), b.span()) else { return Ok(None) };
        let raw = self.token_text(first).contains(['r', 'R']);
        let mut depth = 0_usize;
        for at in first + 1..last {
            let Some(token) = self.tokens.get(at).copied() else { break };
            match token.kind {
                TokenKind::FStringStart => depth += 1,
                TokenKind::FStringEnd => depth = depth.saturating_sub(1),
                TokenKind::FStringMiddle if depth == 0 && !raw => {
                    if let Err(problem) = decode_str(self.lexer.text(&token)) {
                        return Err(self.raise_last(SyntaxErrorClass::Syntax, problem.message()));
                    }
                }
                _ => {}
            }
        }
        self.leaf("JoinedStr", start)
    }

    fn strings(&mut self, start: usize, a: &Value) -> Matched {
        let mut parts = Vec::new();
        a.nodes(&mut parts);
        let bytes = parts.iter().filter(|part| part.kind == "Bytes").count();
        if bytes != 0 && bytes != parts.len() {
            return Err(self.raise_last(SyntaxErrorClass::Syntax, "cannot mix bytes and nonbytes literals".into()));
        }
        let formatted = parts.iter().any(|part| part.kind == "JoinedStr");
        self.leaf(if formatted { "JoinedStr" } else { "Constant" }, start)
    }

    fn conversion(&mut self, a: &Value, b: &Value) -> Matched {
        let (Some(sign), Some(name)) = (self.first_token(a).copied(), self.first_token(b).copied()) else { return Ok(None) };
        if sign.end != name.start {
            // The misspelling is 3.13.0's.
            let message = "f-string: conversion type must come right after the exclamanation mark";
            return Err(self.raise_span(a, b, message.into()));
        }
        let letter = self.lexer.text(&name);
        if !matches!(letter, "s" | "r" | "a") {
            let message = format!("f-string: invalid conversion character '{letter}': expected 's', 'r', or 'a'");
            return Err(self.raise_span(b, b, message));
        }
        Ok(Some(a.clone()))
    }

    fn complex_part(&mut self, wanted: &str, a: &Value) -> Matched {
        let text = self.first_token(a).map_or("", |token| self.lexer.text(token));
        let is_imaginary = text.ends_with(['j', 'J']);
        if is_imaginary != (wanted == "imaginary") {
            return Err(self.raise_span(a, a, format!("{wanted} number required in complex literal")));
        }
        Ok(Some(a.clone()))
    }
}

/// The arguments that are not keywords.
fn positional(args: &Node) -> Vec<Rc<Node>> {
    args.children.iter().filter(|child| child.kind != "Keyword").cloned().collect()
}
