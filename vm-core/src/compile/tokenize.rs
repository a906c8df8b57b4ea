//! Prints a file's tokens as `python -m tokenize` does.

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
    let mut lexer = Lexer::with_extra_tokens(&text);
    loop {
        match lexer.next_token() {
            Ok(token) => {
                print_token(&mut out, &text, &lexer, &token, implicit_newline);
                if token.kind == TokenKind::EndMarker {
                    return TokenDump { output: out, error: None };
                }
            }
            Err(error) => return failed(lex_message(&error, &text, &lexer, filename)),
        }
    }
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

fn lex_message(error: &LexError, text: &str, lexer: &Lexer<'_>, filename: &str) -> String {
    let (line, column) = match error {
        LexError::Message { line, offset, .. } => (*line, usize::try_from(*offset).unwrap_or(0)),
        LexError::Eof => (lexer.line, 0),
        _ => (lexer.line, characters(text, lexer.line_start, lexer.line_end)),
    };
    let mut message = error.to_string();
    if message.contains("unterminated triple-quoted string literal") {
        message = "EOF in multi-line string".into();
    }
    format!("{filename}:{line}:{column}: error: {message}")
}

fn print_token(out: &mut String, source: &str, lexer: &Lexer<'_>, token: &Token, implicit_newline: bool) {
    let trailing = token.kind == TokenKind::EndMarker || (token.kind == TokenKind::Dedent && lexer.at_eof);
    if trailing {
        let at = (lexer.line + 1, 0);
        push(out, at, at, token.kind.name(), "");
        return;
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
    push(out, (token.line, start), (token.end_line, end), token.kind.name(), text);
}
