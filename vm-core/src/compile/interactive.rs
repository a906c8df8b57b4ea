//! What is special about text typed at a prompt: it is one statement, and it may be only the beginning of one, which `codeop` and `code` ask
//! before they read another line. In contrast to `diagnose`, which says what is wrong, this says whether more text could put it right.

use super::lexer::{Lexer, Token, TokenKind};
use super::parse::{Mode, parse_mode};
use super::syntax_error::{LineIndex, SyntaxError, SyntaxErrorClass};
use super::{diagnose, source};

/// The error for a text that ends too early (`PyCF_ALLOW_INCOMPLETE_INPUT`). With `open_blocks`, the end of the text does not end the
/// blocks of an interactive statement whose last line has no line end (`PyCF_DONT_IMPLY_DEDENT`).
#[must_use]
pub fn incomplete(bytes: &[u8], filename: &str, mode: Mode, open_blocks: bool) -> Option<SyntaxError> {
    let mut text = source::decode(bytes, filename).ok()?.text;
    let last = i32::try_from(text.lines().count()).unwrap_or(i32::MAX);
    let added_newline = !text.ends_with('\n');
    if added_newline {
        text.push('\n');
    }
    let lines = LineIndex::new(&text);
    let early = match parse_mode(bytes, filename, mode) {
        Ok(_) => open_blocks && added_newline && mode == Mode::Single && ends_in_block(&text),
        Err(_) => diagnose::ends_too_early(&text, filename, &lines, mode, added_newline && mode != Mode::Exec),
    };
    early.then(|| SyntaxError::at_columns(SyntaxErrorClass::Incomplete, "incomplete input", filename, &text, &lines, (last, 1), (last, 0)))
}

/// Whether the last statement stands in an indented block.
fn ends_in_block(text: &str) -> bool {
    let mut lexer = Lexer::new(text);
    let mut dedents = false;
    while let Ok(token) = lexer.next_token() {
        match token.kind {
            TokenKind::EndMarker => return dedents,
            kind => dedents = kind == TokenKind::Dedent,
        }
    }
    false
}

/// Whether a statement starts here that has parts of its own, so that only an empty line or the end of the text ends it.
fn starts_compound(word: &str) -> bool {
    matches!(word, "if" | "while" | "for" | "try" | "with" | "def" | "class" | "async" | "@")
}

/// Checks that a text the grammar accepts as a file is one interactive statement. `added_newline`: its last line had no line end.
pub(super) fn one_statement(text: &str, filename: &str, lines: &LineIndex, added_newline: bool) -> Result<(), SyntaxError> {
    let invalid = |start: (i32, i32), end: (i32, i32)| {
        SyntaxError::at_columns(SyntaxErrorClass::Syntax, "invalid syntax", filename, text, lines, start, end)
    };
    let last_line = i32::try_from(text.lines().count()).unwrap_or(i32::MAX);
    let mut lexer = Lexer::new(text);
    let (mut depth, mut compound, mut decorated) = (0_usize, false, false);
    // The line end that may be the statement's, and whether a block ended just before.
    let mut line_end: Option<Token> = None;
    let (mut first, mut after_block) = (true, false);
    while let Ok(token) = lexer.next_token() {
        match token.kind {
            TokenKind::Indent => {
                depth += 1;
                compound = true;
                line_end = None;
            }
            TokenKind::Dedent => {
                depth = depth.saturating_sub(1);
                after_block = true;
            }
            TokenKind::EndMarker => {
                return match (first, compound && added_newline && !after_block) {
                    (true, _) => Err(invalid((last_line, 0), (last_line, 0))),
                    (false, true) => Err(invalid((last_line, 0), (last_line, 0))),
                    (false, false) => Ok(()),
                };
            }
            TokenKind::Newline => {
                after_block = false;
                if depth == 0 && !std::mem::take(&mut decorated) {
                    line_end = Some(token);
                }
            }
            _ => {
                let word = lexer.text(&token);
                if first {
                    compound = starts_compound(word);
                }
                let starts_line = first || line_end.is_some() || (after_block && depth == 0);
                let goes_on = compound && matches!(word, "elif" | "else" | "except" | "finally");
                if !first && starts_line && depth == 0 && !goes_on {
                    let end = line_end.filter(|_| !compound);
                    return Err(match end {
                        Some(end) => SyntaxError::at_columns(
                            SyntaxErrorClass::Syntax,
                            "multiple statements found while compiling a single statement",
                            filename,
                            text,
                            lines,
                            (end.line, end.col + 1),
                            (end.line, end.col + 2),
                        ),
                        None => invalid((token.line, token.col + 1), (token.end_line, token.end_col + 1)),
                    });
                }
                decorated |= depth == 0 && word == "@" && (first || starts_line);
                if depth == 0 && compound && goes_on {
                    line_end = None;
                }
                (first, after_block) = (false, false);
                if depth == 0 && line_end.is_some() {
                    line_end = None;
                }
            }
        }
    }
    Ok(())
}
