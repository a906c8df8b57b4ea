//! A text's tokens as `tokenize` has them, and printed as `python -m tokenize` does.

use super::lexer::{LexError, Lexer, Token, TokenKind};
use super::source;
use super::syntax_error::SyntaxError;
use crate::code;
use std::fmt::Write;

/// A token dump: what goes to standard output, and the error that ended it, if one did.
#[derive(Clone, Debug)]
pub struct TokenDump {
    /// The lines of standard output; empty when there is an error, as CPython prints nothing then.
    pub output: String,
    /// CPython's line on standard error, without its newline.
    pub error: Option<String>,
}

/// Characters between a line's start and a byte offset.
fn characters(source: &str, line_start: usize, at: usize) -> usize {
    source.get(line_start..at).map_or(0, |text| text.chars().count())
}

fn push(out: &mut String, start: (i32, usize), end: (i32, usize), kind: &str, text: &str) {
    let range = format!("{},{}-{},{}:", start.0, start.1, end.0, end.1);
    let _ = writeln!(out, "{range:<20}{kind:<15}{:<15}", code::str_repr(text.as_bytes()));
}

/// A token as programs see it; columns are characters.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its kind.
    pub kind: TokenKind,
    /// Its text.
    pub text: String,
    /// Line and column of its start.
    pub start: (i32, usize),
    /// Line and column of its end.
    pub end: (i32, usize),
    /// The lines it is on.
    pub lines: String,
}

/// A text's tokens one after the other, comments and blank lines included.
pub struct Rows<'s> {
    text: &'s str,
    implicit_newline: bool,
    lexer: Lexer<'s>,
    done: bool,
}

impl<'s> Rows<'s> {
    /// Of a text that ends in a newline, or is empty; `implicit_newline` says that it had none.
    #[must_use]
    pub fn new(text: &'s str, implicit_newline: bool) -> Rows<'s> {
        Rows { text, implicit_newline, lexer: Lexer::with_extra_tokens(text), done: false }
    }

    /// Where an error is shown: line and column.
    #[must_use]
    pub fn error_position(&self, error: &LexError) -> (i32, usize) {
        match error {
            LexError::Message { line, offset, .. } => (*line, usize::try_from(*offset).unwrap_or(0)),
            LexError::Eof => (self.lexer.line, 0),
            _ => (self.lexer.line, characters(self.text, self.lexer.line_start, self.lexer.line_end)),
        }
    }

    /// The line that the lexer is on, without its end.
    #[must_use]
    pub fn current_line(&self) -> &'s str {
        self.text.get(self.lexer.line_start..self.lexer.line_end).unwrap_or("").trim_end_matches(['\n', '\r'])
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, LexError>;

    fn next(&mut self) -> Option<Result<Row, LexError>> {
        if self.done {
            return None;
        }
        match self.lexer.next_token() {
            Ok(token) => {
                self.done = token.kind == TokenKind::EndMarker;
                Some(Ok(row(self.text, &self.lexer, &token, self.implicit_newline)))
            }
            Err(error) => {
                self.done = true;
                Some(Err(error))
            }
        }
    }
}

/// The output of `python -m tokenize FILE`.
#[must_use]
pub fn dump(bytes: &[u8], filename: &str) -> TokenDump {
    let decoded = match source::decode_keeping_line_ends(bytes, filename) {
        Ok(decoded) => decoded,
        Err(error) => return failed(decode_message(&error, filename)),
    };
    let mut text = decoded.text;
    let implicit_newline = !text.is_empty() && !text.ends_with('\n');
    if implicit_newline {
        text.push('\n');
    }
    let mut out = String::new();
    push(&mut out, (0, 0), (0, 0), "ENCODING", &decoded.encoding);
    let mut rows = Rows::new(&text, implicit_newline);
    while let Some(next) = rows.next() {
        match next {
            Ok(row) => push(&mut out, row.start, row.end, row.kind.name(), &row.text),
            Err(error) => return failed(lex_message(&error, rows.error_position(&error), filename)),
        }
    }
    TokenDump { output: out, error: None }
}

fn failed(error: String) -> TokenDump {
    TokenDump { output: String::new(), error: Some(error) }
}

/// `tokenize` words encoding errors on its own.
fn decode_message(error: &SyntaxError, filename: &str) -> String {
    let shown = code::str_repr(filename.as_bytes());
    let message = match error.message.strip_prefix("encoding problem: ") {
        Some(name) if name.ends_with(" with BOM") => format!("encoding problem for {shown}: utf-8"),
        Some(name) => format!("unknown encoding for {shown}: {name}"),
        None if error.message.starts_with("Non-UTF-8") => format!("invalid or missing encoding declaration for {shown}"),
        None => error.message.clone(),
    };
    format!("{filename}: error: {message}")
}

fn lex_message(error: &LexError, (line, column): (i32, usize), filename: &str) -> String {
    let mut message = error.to_string();
    if message.contains("unterminated triple-quoted string literal") {
        message = "EOF in multi-line string".into();
    }
    format!("{filename}:{line}:{column}: error: {message}")
}

fn row(source: &str, lexer: &Lexer<'_>, token: &Token, implicit_newline: bool) -> Row {
    let trailing = token.kind == TokenKind::EndMarker || (token.kind == TokenKind::Dedent && lexer.at_eof);
    if trailing {
        let at = (lexer.line + 1, 0);
        return Row { kind: token.kind, text: String::new(), start: at, end: at, lines: String::new() };
    }
    // The token's first line starts `col` bytes before it.
    let first_line_start = token.start.saturating_sub(usize::try_from(token.col).unwrap_or(0));
    let start = characters(source, first_line_start, token.start);
    let mut end = if token.line == token.end_line {
        characters(source, first_line_start, token.end)
    } else {
        characters(source, lexer.line_start, token.end)
    };
    let on_implicit_line = implicit_newline && lexer.line_end == source.len();
    let mut text = lexer.text(token);
    match token.kind {
        TokenKind::Newline => {
            text = if on_implicit_line {
                ""
            } else if source.as_bytes().get(token.start) == Some(&b'\r') {
                "\r\n"
            } else {
                "\n"
            };
            end += 1;
        }
        TokenKind::Nl if on_implicit_line => text = "",
        _ => {}
    }
    // A token over several lines shows them all, if it is a string.
    let is_string = matches!(token.kind, TokenKind::String | TokenKind::FStringStart | TokenKind::FStringMiddle | TokenKind::FStringEnd);
    let from = if is_string { first_line_start } else { lexer.line_start };
    let mut lines = source.get(from..lexer.line_end).unwrap_or("");
    if on_implicit_line {
        lines = lines.strip_suffix('\n').unwrap_or(lines);
    }
    Row { kind: token.kind, text: text.to_owned(), start: (token.line, start), end: (token.end_line, end), lines: lines.to_owned() }
}
