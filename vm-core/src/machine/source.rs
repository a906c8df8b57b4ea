//! Compiling while a program runs (`import`, `exec`, `eval`, `compile`): a syntax error becomes a Python exception.

use super::{Machine, R};
use crate::code::CodeObject;
use crate::compile::{CompileOptions, compile_with};
use std::sync::Arc;

impl Machine {
    /// Compiles a text; the exception is CPython's.
    pub(crate) fn compile_text(&mut self, source: &[u8], filename: &str, options: CompileOptions) -> R<Arc<CodeObject>> {
        compile_with(source, filename, options).map_err(|e| self.raise_syntax_error(&e))
    }
}
