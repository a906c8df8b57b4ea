//! Compiling while a program runs (`import`, `exec`, `eval`, `compile`): a syntax error becomes a Python exception, and warnings go
//! through the program's filters.

use super::{Machine, R};
use crate::code::CodeObject;
use crate::compile::{CompileOptions, CompileWarning, Compiled, compile_warned};
use std::sync::Arc;

impl Machine {
    /// Compiles a text; the exception is CPython's.
    pub(crate) fn compile_text(&mut self, source: &[u8], filename: &str, options: CompileOptions) -> R<Arc<CodeObject>> {
        let compiled = compile_warned(source, filename, options);
        self.take_compiled(compiled, filename)
    }

    /// What the compiler made: gives its warnings, and raises its error.
    pub fn take_compiled(&mut self, (result, warnings): Compiled, filename: &str) -> R<Arc<CodeObject>> {
        for warning in &warnings {
            self.compile_warning(warning, filename)?;
        }
        result.map_err(|e| self.raise_syntax_error(&e))
    }

    /// Gives a warning of the compiler. If the filters make it an error, that is a syntax error.
    fn compile_warning(&mut self, warning: &CompileWarning, filename: &str) -> R<()> {
        let category = self.exceptions.syntax_warning;
        self.warn_at_line(category, &warning.message, filename, i64::from(warning.loc.line)).map_err(|raised| {
            if !self.pending_is(category) {
                return raised;
            }
            self.take_raised();
            self.raise_syntax_error(&warning.as_error(filename))
        })
    }
}
