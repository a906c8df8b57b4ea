//! From source bytes to our tree, or to the error CPython reports.
//!
//! ruff parses, [`super::lower`] rebuilds the tree. Before that our own tokens are read once, which bounds the nesting (ruff and
//! everything after it are recursive) and finds the errors CPython's tokenizer finds.

use super::ast::Mod;
use super::lower;
use super::source::{self, Source};
use super::syntax_error::{LineIndex, SyntaxError};
use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode as RuffMode, ParseOptions};
use ruff_text_size::Ranged;

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
/// # Errors
///
/// The `SyntaxError` CPython raises for it.
pub fn parse_mode(bytes: &[u8], filename: &str, mode: Mode) -> Result<Mod, SyntaxError> {
    let Source { text, .. } = source::decode(bytes, filename)?;
    let text = if mode == Mode::Eval { text.trim_start_matches([' ', '\t']) } else { &text };
    let lines = LineIndex::new(text);
    let ruff_mode = if mode == Mode::Eval { RuffMode::Expression } else { RuffMode::Module };
    let options = ParseOptions::from(ruff_mode).with_target_version(PythonVersion::PY313);
    match ruff_python_parser::parse(text, options) {
        Ok(parsed) if parsed.unsupported_syntax_errors().is_empty() => {
            lower::lower(text, &lines, filename, parsed.syntax(), mode == Mode::Single)
        }
        Ok(parsed) => {
            let range = parsed.unsupported_syntax_errors()[0].range();
            Err(generic(text, &lines, filename, range.start().to_usize(), range.end().to_usize()))
        }
        Err(error) => {
            let range = error.range();
            Err(generic(text, &lines, filename, range.start().to_usize(), range.end().to_usize()))
        }
    }
}

fn generic(text: &str, lines: &LineIndex, filename: &str, start: usize, end: usize) -> SyntaxError {
    SyntaxError::at_offsets("invalid syntax".into(), filename, text, lines, start, end)
}
