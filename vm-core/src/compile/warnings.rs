//! `SyntaxWarning`s: what is legal but hardly meant. Found while tokens are read and while code is generated, reported by whoever runs
//! the compiler, since only a running program has warning filters.

use super::ast::{Expr, ExprKind};
use super::instr::Location;
use super::lexer::TokenKind;
use super::syntax_error::{SyntaxError, SyntaxErrorClass};
use crate::code::Const;

/// A warning, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileWarning {
    /// CPython's message.
    pub message: String,
    /// What it is about.
    pub loc: Location,
}

impl CompileWarning {
    /// The syntax error that it becomes where warnings are errors.
    #[must_use]
    pub fn as_error(&self, filename: &str) -> SyntaxError {
        let mut error = SyntaxError::bare(SyntaxErrorClass::Syntax, self.message.clone(), filename);
        error.lineno = Some(self.loc.line);
        error.offset = Some(self.loc.col + 1);
        error
    }
}

/// Collects warnings about escape sequences from tokens in order.
#[derive(Default)]
pub(super) struct EscapeCheck {
    /// For each f-string being read, whether it is raw.
    raw: Vec<bool>,
}

impl EscapeCheck {
    /// The warning about one token, if there is one. `after` is the text behind it.
    pub(super) fn token(&mut self, kind: TokenKind, text: &str, after: &str) -> Option<String> {
        let is_raw = |prefix: &str| prefix.contains(['r', 'R']);
        match kind {
            TokenKind::FStringStart => self.raw.push(is_raw(text)),
            TokenKind::FStringEnd => {
                self.raw.pop();
            }
            TokenKind::FStringMiddle if text.contains('\\') && !self.raw.last().is_some_and(|&raw| raw) => {
                if text.ends_with('\\')
                    && after.starts_with('{')
                    && !text.trim_end_matches('\\').len().abs_diff(text.len()).is_multiple_of(2)
                {
                    return Some("invalid escape sequence '\\{'".into());
                }
                return invalid_escape(text, false).filter(|message| !message.ends_with("{'") && !message.ends_with("}'"));
            }
            TokenKind::String if text.contains('\\') => {
                let (prefix, rest) = text.split_at(text.find(['\'', '"']).unwrap_or(0));
                if !is_raw(prefix) {
                    let quotes = if rest.starts_with("'''") || rest.starts_with("\"\"\"") { 3 } else { 1 };
                    let inside = rest.get(quotes..rest.len().saturating_sub(quotes)).unwrap_or("");
                    return invalid_escape(inside, prefix.contains(['b', 'B']));
                }
            }
            _ => {}
        }
        None
    }
}

/// The message about the first escape sequence that means nothing.
fn invalid_escape(text: &str, bytes: bool) -> Option<String> {
    let mut rest = text.char_indices().skip_while(|(_, c)| *c != '\\');
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            continue;
        }
        let (_, escape) = rest.next()?;
        match escape {
            '\n' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' | '0'..='3' => {}
            'N' | 'u' | 'U' if !bytes => {}
            '4'..='7' => {
                let digits: String = text[at + 1..].chars().take(3).take_while(|d| ('0'..='7').contains(d)).collect();
                if digits.len() == 3 {
                    return Some(format!("invalid octal escape sequence '\\{digits}'"));
                }
            }
            other if other.is_ascii() => return Some(format!("invalid escape sequence '\\{other}'")),
            _ => {}
        }
    }
    None
}

/// The type an expression is known to give.
fn inferred(e: &Expr) -> Option<&'static str> {
    Some(match &e.kind {
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr { .. } | ExprKind::FormattedValue { .. } => "str",
        ExprKind::Constant { value, .. } => match &**value {
            Const::None => "NoneType",
            Const::Bool(_) => "bool",
            Const::Ellipsis => "ellipsis",
            Const::Int(_) => "int",
            Const::Float(_) => "float",
            Const::Complex(..) => "complex",
            Const::Str(_) => "str",
            Const::Bytes(_) => "bytes",
            Const::Tuple(_) => "tuple",
            Const::FrozenSet(_) => "frozenset",
            Const::Code(_) => "code",
        },
        _ => return None,
    })
}

/// `left is right` where one of them is a literal; `op` is the operator's text, `better` the one that was meant.
pub(super) fn identity(left: &Expr, right: &Expr, op: &str, better: &str) -> Option<String> {
    let literal = |e: &Expr| matches!(&e.kind, ExprKind::Constant { value, .. } if !matches!(**value, Const::None | Const::Bool(_) | Const::Ellipsis));
    let culprit = [left, right].into_iter().find(|e| literal(e))?;
    Some(format!("\"{op}\" with '{}' literal. Did you mean \"{better}\"?", inferred(culprit)?))
}

/// A call of what cannot be called.
pub(super) fn call(function: &Expr) -> Option<String> {
    if matches!(function.kind, ExprKind::Lambda { .. }) {
        return None;
    }
    Some(format!("'{}' object is not callable; perhaps you missed a comma?", inferred(function)?))
}

/// A subscript of what has none.
pub(super) fn subscripted(value: &Expr) -> Option<String> {
    let wrong = match &value.kind {
        ExprKind::Constant { value, .. } => matches!(
            **value,
            Const::None | Const::Ellipsis | Const::Bool(_) | Const::Int(_) | Const::Float(_) | Const::Complex(..) | Const::FrozenSet(_)
        ),
        ExprKind::Set { .. } | ExprKind::SetComp { .. } | ExprKind::GeneratorExp { .. } | ExprKind::Lambda { .. } => true,
        _ => false,
    };
    if wrong { Some(format!("'{}' object is not subscriptable; perhaps you missed a comma?", inferred(value)?)) } else { None }
}

/// A sequence indexed by what is no index.
pub(super) fn index(value: &Expr, slice: &Expr) -> Option<String> {
    let index = inferred(slice).filter(|t| !matches!(*t, "int" | "bool"))?;
    let sequence = match &value.kind {
        ExprKind::Constant { value, .. } => matches!(**value, Const::Str(_) | Const::Bytes(_) | Const::Tuple(_)),
        ExprKind::Tuple { .. }
        | ExprKind::List { .. }
        | ExprKind::ListComp { .. }
        | ExprKind::JoinedStr { .. }
        | ExprKind::FormattedValue { .. } => true,
        _ => false,
    };
    if !sequence {
        return None;
    }
    let value = inferred(value)?;
    Some(format!("{value} indices must be integers or slices, not {index}; perhaps you missed a comma?"))
}

/// An assertion of a tuple that is not empty.
pub(super) fn assertion(test: &Expr) -> Option<String> {
    let always = match &test.kind {
        ExprKind::Tuple { elts, .. } => !elts.is_empty(),
        ExprKind::Constant { value, .. } => matches!(&**value, Const::Tuple(items) if !items.is_empty()),
        _ => false,
    };
    always.then(|| "assertion is always true, perhaps remove parentheses?".into())
}

#[cfg(test)]
mod tests {
    use super::invalid_escape;

    #[test]
    fn first_meaningless_escape() {
        assert_eq!(invalid_escape(r"a\nb\q\w", false).as_deref(), Some(r"invalid escape sequence '\q'"));
        assert_eq!(invalid_escape(r"\N{DIGIT ONE}", true).as_deref(), Some(r"invalid escape sequence '\N'"));
        assert_eq!(invalid_escape(r"\377\\d", false), None);
        assert_eq!(invalid_escape(r"\400", false).as_deref(), Some(r"invalid octal escape sequence '\400'"));
    }
}
