//! Asks the parser what kind of expression a piece of source is, for the carets below it.

use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::Ranged;

/// Deepest nesting of brackets that is given to the parser, which recurses; CPython's own refuses more.
const NESTING_MAX: usize = 200;
/// Longest run of text that is parsed.
const LENGTH_MAX: usize = 100_000;

/// Operations whose operator or brackets are marked. Offsets are bytes of the piece of source.
pub(super) enum Operation {
    /// `left op right`: end of `left`, start of `right`.
    Binary(usize, usize),
    /// `value[index]`: end of `value`, end of all.
    Subscript(usize, usize),
    /// `function(arguments)`: end of `function`, end of all.
    Call(usize, usize),
}

fn is_moderate(text: &str) -> bool {
    let (mut depth, mut unary) = (0usize, 0usize);
    for b in text.bytes() {
        match b {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'-' | b'+' | b'~' => unary += 1,
            b' ' => {}
            _ => unary = 0,
        }
        if depth > NESTING_MAX || unary > NESTING_MAX {
            return false;
        }
    }
    text.len() <= LENGTH_MAX
}

/// What operation a piece of source is, as an expression.
pub(super) fn operation(segment: &str) -> Option<Operation> {
    if !is_moderate(segment) {
        return None;
    }
    const BEFORE: &str = "(\n";
    let parsed = parse_module(&format!("{BEFORE}{segment}\n)")).ok()?;
    let [Stmt::Expr(statement)] = parsed.syntax().body.as_slice() else { return None };
    let at = |offset: ruff_text_size::TextSize| offset.to_usize().saturating_sub(BEFORE.len());
    let end = |e: &Expr| at(e.range().end());
    Some(match &*statement.value {
        Expr::BinOp(e) => Operation::Binary(end(&e.left), at(e.right.range().start())),
        Expr::Subscript(e) => Operation::Subscript(end(&e.value), at(e.range().end())),
        Expr::Call(e) => Operation::Call(end(&e.func), at(e.range().end())),
        _ => return None,
    })
}

/// Where the call lies that a statement `return name(…)` or `name = …(…)` consists of, as byte offsets; `None` for other statements.
pub(super) fn call_statement(text: &str) -> Option<(usize, usize)> {
    if !is_moderate(text) {
        return None;
    }
    let parsed = parse_module(text).ok()?;
    let call = match parsed.syntax().body.first()? {
        Stmt::Return(s) => match s.value.as_deref()? {
            Expr::Call(call) if call.func.is_name_expr() => call,
            _ => return None,
        },
        Stmt::Assign(s) => match (s.targets.as_slice(), &*s.value) {
            ([Expr::Name(_)], Expr::Call(call)) => call,
            _ => return None,
        },
        _ => return None,
    };
    Some((call.range().start().to_usize(), call.range().end().to_usize()))
}
