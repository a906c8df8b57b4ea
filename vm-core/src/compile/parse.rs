//! From source bytes to our tree, or to the error CPython reports.
//!
//! What [`super::fast`] takes has been parsed. For the rest ruff parses and [`super::lower`] rebuilds the tree; before that our own tokens
//! are read once, to bound the nesting: ruff and everything after it are recursive. A text that is refused goes to [`super::diagnose`].

use super::ast::Mod;
use super::instr::Location;
use super::lexer::{Lexer, TokenKind};
use super::source::{self, Source};
use super::syntax_error::{LineIndex, SyntaxError, SyntaxErrorClass};
use super::warnings::{CompileWarning, EscapeCheck};
use super::{deep, diagnose, fast, interactive, lower};
use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode as RuffMode, ParseError, ParseErrorType, ParseOptions};
use ruff_text_size::Ranged;

/// The deepest tree accepted, counted from tokens: open brackets and the operators since the last comma of each.
const NESTING_MAX: usize = 6000;
/// Nesting beyond which parsing moves to a stack that holds `NESTING_MAX`.
const NESTING_HERE_MAX: usize = 12;

/// What is parsed: CPython's `exec`, `single` and `eval`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file.
    Exec,
    /// One interactive statement.
    Single,
    /// One expression.
    Eval,
}

/// Parses a file's bytes.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it.
pub fn parse(bytes: &[u8], filename: &str) -> Result<Mod, SyntaxError> {
    parse_mode(bytes, filename, Mode::Exec)
}

/// Parses a text in a given mode.
///
/// The tree may be nested [some thousand levels](NESTING_MAX) deep: walk and drop it on a thread with a stack to match.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it.
pub fn parse_mode(bytes: &[u8], filename: &str, mode: Mode) -> Result<Mod, SyntaxError> {
    parse_warned(bytes, filename, mode, &mut Vec::new())
}

/// As [`parse_mode`]; warnings are added to `warnings`.
pub(super) fn parse_warned(bytes: &[u8], filename: &str, mode: Mode, warnings: &mut Vec<CompileWarning>) -> Result<Mod, SyntaxError> {
    if mode == Mode::Exec
        && let Some(program) = source::plain(bytes).filter(|text| text.ends_with('\n')).and_then(|text| fast::parse(text, mode))
    {
        return Ok(program);
    }
    let Source { text, .. } = source::decode(bytes, filename)?;
    let added_newline = mode != Mode::Exec && !text.ends_with('\n');
    // Only looked at where a line end is added.
    let line_ends = if added_newline { text.matches('\n').count() } else { 0 };
    let last_line = i32::try_from(line_ends).unwrap_or(i32::MAX).saturating_add(1);
    parse_decoded(text, filename, mode, warnings).map_err(|mut error| {
        // Only whole files and blocks get a line end where the last line has none.
        if added_newline
            && error.lineno == Some(last_line)
            && let Some(line) = &mut error.text
        {
            if line.ends_with('\n') {
                line.pop();
            }
            if error.offset.is_some_and(|at| usize::try_from(at).is_ok_and(|at| at > line.chars().count())) {
                error.offset = Some(0);
                error.end_offset = Some(0);
            }
        }
        error
    })
}

fn parse_decoded(mut text: String, filename: &str, mode: Mode, warnings: &mut Vec<CompileWarning>) -> Result<Mod, SyntaxError> {
    let added_newline = !text.ends_with('\n');
    if !text.is_empty() && added_newline {
        text.push('\n');
    }
    if let Some(program) = fast::parse(&text, mode) {
        return Ok(program);
    }
    let lines = LineIndex::new(&text);
    let parsed = parse_slowly(&text, &lines, filename, mode, warnings);
    if mode == Mode::Single && parsed.is_ok() {
        interactive::one_statement(&text, filename, &lines, added_newline)?;
    }
    parsed
}

/// The long way, for any text.
pub(super) fn parse_slowly(
    text: &str,
    lines: &LineIndex,
    filename: &str,
    mode: Mode,
    warnings: &mut Vec<CompileWarning>,
) -> Result<Mod, SyntaxError> {
    match nesting(text, warnings) {
        None => Err(diagnose::explain(text, filename, lines, mode, 0)
            .unwrap_or_else(|| SyntaxError::bare(SyntaxErrorClass::Syntax, "invalid syntax", filename))),
        Some(depth) if depth > NESTING_MAX => {
            let message = "Parser stack overflowed - Python source too complex to parse";
            Err(SyntaxError::bare(SyntaxErrorClass::Memory, message, filename))
        }
        Some(depth) if depth > NESTING_HERE_MAX => deep::on_deep_stack(|| parse_text(text, lines, filename, mode))
            .unwrap_or_else(|| Err(SyntaxError::bare(SyntaxErrorClass::Memory, "parser failed", filename))),
        Some(_) => parse_text(text, lines, filename, mode),
    }
}

/// An upper bound of the tree's depth, or `None` for a text the tokenizer refuses. Adds warnings about tokens.
fn nesting(text: &str, warnings: &mut Vec<CompileWarning>) -> Option<usize> {
    let mut lexer = Lexer::new(text);
    let mut escapes = EscapeCheck::default();
    let mut warn = |line: i32, message: String| {
        warnings.push(CompileWarning { message, loc: Location { line, end_line: line, col: 0, end_col: 0 } });
    };
    // For each open bracket (and the statement): operators since its last comma.
    let mut open = vec![0_usize];
    let (mut total, mut deepest) = (0, 0);
    loop {
        let token = lexer.next_token().ok()?;
        for (line, message) in lexer.number_warnings.drain(..) {
            warn(line, message);
        }
        match token.kind {
            TokenKind::FStringStart | TokenKind::FStringMiddle | TokenKind::FStringEnd | TokenKind::String => {
                if let Some(message) = escapes.token(token.kind, lexer.text(&token), &text[token.end..]) {
                    warn(token.line, message);
                }
            }
            TokenKind::EndMarker => return Some(deepest),
            TokenKind::Newline => {
                open.truncate(1);
                open[0] = 0;
                total = 0;
                continue;
            }
            TokenKind::Indent => continue,
            _ => {}
        }
        let word = text.as_bytes().get(token.start..token.end).unwrap_or_default();
        match word {
            b"(" | b"[" | b"{" => {
                open.push(0);
                total += 1;
            }
            b")" | b"]" | b"}" => {
                let inner = open.pop().unwrap_or(0);
                total -= (inner + 1).min(total);
                match open.last_mut() {
                    // A call or subscript is one more link of its chain.
                    Some(chain) => *chain += 1,
                    None => open.push(1),
                }
                total += 1;
            }
            b"," | b";" => {
                let chain = open.last_mut()?;
                total -= (*chain).min(total);
                *chain = 0;
            }
            _ => {
                let nests = match token.kind {
                    TokenKind::Op => true,
                    TokenKind::Name => matches!(word, b"not" | b"await" | b"lambda" | b"if" | b"else" | b"yield"),
                    TokenKind::FStringStart => true,
                    _ => false,
                };
                if nests && let Some(chain) = open.last_mut() {
                    *chain += 1;
                    total += 1;
                }
            }
        }
        deepest = deepest.max(total + token.level);
    }
}

fn parse_text(text: &str, lines: &LineIndex, filename: &str, mode: Mode) -> Result<Mod, SyntaxError> {
    let ruff_mode = if mode == Mode::Eval { RuffMode::Expression } else { RuffMode::Module };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY313);
    let parsed = ruff_python_parser::parse_unchecked(text, options);
    let problem = match (parsed.errors().first(), parsed.unsupported_syntax_errors().first()) {
        (Some(error), _) => Some(error.range()),
        (None, Some(error)) => Some(error.range()),
        (None, None) => None,
    };
    // ruff takes any `match` behind a semicolon for a statement when it complains, but not when it parses.
    let spurious = |error: &ParseError| matches!(error.error, ParseErrorType::SimpleAndCompoundStatementOnSameLine);
    let problem = problem.filter(|range| {
        let start = range.start().to_usize();
        !(text[start..].starts_with("match")
            && parsed.errors().iter().all(spurious)
            && parsed.unsupported_syntax_errors().is_empty()
            && diagnose::explain(text, filename, lines, mode, start).is_none())
    });
    let Some(range) = problem else {
        return lower::lower(text, lines, filename, parsed.syntax(), mode == Mode::Single);
    };
    let (start, end) = (range.start().to_usize(), range.end().to_usize());
    Err(diagnose::explain(text, filename, lines, mode, start).unwrap_or_else(|| {
        // CPython's grammar has nothing against it: what ruff dislikes, CPython's symbol table would.
        let message = parsed.errors().first().map_or_else(|| "invalid syntax".to_owned(), |error| error.error.to_string());
        SyntaxError::at_offsets(message, filename, text, lines, start, end)
    }))
}
