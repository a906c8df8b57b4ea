//! Why a text is no Python: CPython's message and position.
//!
//! ruff finds that a text is wrong; what CPython says about it depends on the order in which CPython's own grammar fails. So a text
//! that ruff refuses is read once more with that grammar, twice as CPython does: once to see how far the tokens make sense, once
//! with the rules that recognise common mistakes. None of this runs for correct programs.

mod grammar;
mod interpreter;
mod raise;
mod value;

use super::deep;
use super::lexer::{LexError, Lexer, TokenKind};
use super::parse::Mode;
use super::syntax_error::{LineIndex, SyntaxError, SyntaxErrorClass};
use interpreter::{Parser, Raised};

/// The error CPython reports for a text (whose last line ends in a newline), or `None` if its grammar accepts it. The statements
/// before the one at `wrong`, a byte offset, are taken to be right.
pub(super) fn explain(source: &str, filename: &str, lines: &LineIndex, mode: Mode, wrong: usize) -> Option<SyntaxError> {
    // The interpreter of the grammar is recursive.
    deep::on_deep_stack(|| explain_here(source, filename, lines, mode, wrong)).flatten()
}

/// The number of the token that starts the last top-level statement but one before an offset.
fn statement_before(source: &str, offset: usize) -> usize {
    let mut lexer = Lexer::new(source);
    let (mut starts, mut depth, mut fresh, mut number) = ([0, 0], 0_usize, true, 0);
    while let Ok(token) = lexer.next_token() {
        if token.kind == TokenKind::EndMarker || token.start > offset {
            break;
        }
        match token.kind {
            TokenKind::Indent => depth += 1,
            TokenKind::Dedent => depth = depth.saturating_sub(1),
            TokenKind::Newline => fresh = true,
            _ => {
                if fresh && depth == 0 && !matches!(lexer.text(&token), "elif" | "else" | "except" | "finally") {
                    starts = [starts[1], number];
                }
                fresh = false;
            }
        }
        number += 1;
    }
    starts[0]
}

/// Whether the grammar fails only where the text ends, so that more text might make it right.
/// With `added_newline` the text itself ends before its last line end.
pub(super) fn ends_too_early(source: &str, filename: &str, lines: &LineIndex, mode: Mode, added_newline: bool) -> bool {
    deep::on_deep_stack(|| {
        let mut parser = Parser::new(source, filename, lines);
        match parser.run(start_rule(mode), false) {
            Ok(Some(_)) => false,
            Ok(None) => parser.tokens.last().is_some_and(|token| token.end + usize::from(added_newline) >= source.len()),
            Err(Raised) => parser.failed_at_end,
        }
    })
    .unwrap_or(false)
}

fn start_rule(mode: Mode) -> &'static str {
    match mode {
        Mode::Exec => "file",
        Mode::Single => "interactive",
        Mode::Eval => "eval",
    }
}

fn explain_here(source: &str, filename: &str, lines: &LineIndex, mode: Mode, wrong: usize) -> Option<SyntaxError> {
    let start = start_rule(mode);
    let mut parser = Parser::new(source, filename, lines);
    if mode == Mode::Exec {
        parser.start_at(statement_before(source, wrong));
    }
    match parser.run(start, false) {
        Ok(Some(_)) => return None,
        Err(Raised) => return Some(settle(parser)),
        Ok(None) => {}
    }
    let last = parser.tokens.last().copied()?;
    let last_number = parser.tokens.len() - 1;
    if parser.run(start, true).is_ok() {
        if let TokenKind::Indent | TokenKind::Dedent = last.kind {
            let what = if last.kind == TokenKind::Indent { "unexpected indent" } else { "unexpected unindent" };
            parser.raise_last(SyntaxErrorClass::Indentation, what.into());
            return parser.error;
        }
        parser.raise_at(last_number, last_number, "invalid syntax".into());
    }
    Some(settle(parser))
}

/// The error raised, unless the rest of the text holds one that goes before it: any the tokenizer words itself, or a bracket left open
/// on an earlier line.
fn settle(mut parser: Parser<'_>) -> SyntaxError {
    let fallback = SyntaxError::bare(SyntaxErrorClass::Syntax, "invalid syntax", parser.filename);
    let Some(error) = parser.error.take() else { return fallback };
    if parser.lexer_failed {
        return error;
    }
    let error_line = parser.tokens.last().map_or(0, |token| token.line);
    loop {
        match parser.lexer.next_token() {
            Ok(token) if token.kind == TokenKind::EndMarker => return error,
            Ok(_) => {}
            Err(LexError::Message { message, line, offset, end_offset }) => {
                if parser.lexer.inside_fstring() {
                    return error;
                }
                return SyntaxError::at_characters(message, parser.filename, parser.source, parser.lines, line, (offset, end_offset));
            }
            Err(_) => {
                if parser.lexer.brackets.last().is_some_and(|open| error_line > open.line) && !parser.lexer.inside_fstring() {
                    parser.raise_unclosed();
                    return parser.error.take().unwrap_or(error);
                }
                return error;
            }
        }
    }
}
