//! The way in: source text to code object, all stages in order.
//!
//! The stages follow nested programs by recursion as deep as CPython allows, so they run on a stack that is large enough for that; the
//! caller's may be of any size.
#![allow(clippy::result_large_err, reason = "an error ends the program or is boxed by the caller, and is made once")]

use super::ast_build::{BuildError, build};
use super::ast_tree::{Tree, reduce};
use super::codegen::{self, Settings};
use super::fold::{self, Options};
use super::parse::{Mode, parse_mode, parse_warned};
use super::symtable::{NamedBlock, SymbolTable};
use super::syntax_error::{LineIndex, SyntaxError, SyntaxErrorClass};
use super::unit::CompileError;
use super::warnings::CompileWarning;
use super::{ast::Mod, deep, future, pool, source};
use crate::code::{CodeFlags, CodeObject};
use std::mem::ManuallyDrop;
use std::sync::Arc;

/// What `compile()` lets a caller choose.
#[derive(Clone, Copy, Debug)]
pub struct CompileOptions {
    /// What is compiled: a file, an interactive statement or an expression.
    pub mode: Mode,
    /// Future features inherited from the calling code, as `co_flags` bits.
    pub future_flags: u32,
    /// The optimisation level: 0, 1 (`-O`) or 2 (`-OO`).
    pub optimize: u8,
    /// Whether the program itself may `await` (`PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub top_level_await: bool,
}

impl Default for CompileOptions {
    fn default() -> Self {
        CompileOptions { mode: Mode::Exec, future_flags: 0, optimize: 0, top_level_await: false }
    }
}

/// Compiles a file.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it, from whichever stage.
pub fn compile_module(source: &[u8], filename: &str) -> Result<Arc<CodeObject>, SyntaxError> {
    compile_with(source, filename, CompileOptions::default())
}

/// Compiles a text as `compile()` does.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it, from whichever stage.
pub fn compile_with(source: &[u8], filename: &str, options: CompileOptions) -> Result<Arc<CodeObject>, SyntaxError> {
    compile_warned(source, filename, options).0
}

/// A compiled program or what is wrong with it, and the warnings found on the way.
pub type Compiled = (Result<Arc<CodeObject>, SyntaxError>, Vec<CompileWarning>);

/// Compiles a text as `compile()` does, with the warnings it would give.
pub fn compile_warned(source: &[u8], filename: &str, options: CompileOptions) -> Compiled {
    let mut warnings = Vec::new();
    // SAFETY: code objects, errors and warnings hold no nodes.
    let result = on_deep_stack(filename, || unsafe { pool::leaving_nodes(|| run(source, filename, options, &mut warnings)) });
    (result, warnings)
}

/// Runs `work` on a stack deep enough for every tree that is accepted.
fn on_deep_stack<T>(filename: &str, work: impl FnOnce() -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
    deep::on_deep_stack(work).unwrap_or_else(|| Err(SyntaxError::bare(SyntaxErrorClass::Recursion, "the compiler failed", filename)))
}

/// Parses a text as `compile()` does with `PyCF_ONLY_AST`; with options the tree is folded as it is before code is made of it
/// (`PyCF_OPTIMIZED_AST`).
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it.
pub fn parse_with(source: &[u8], filename: &str, mode: Mode, folded: Option<CompileOptions>) -> Result<Tree, SyntaxError> {
    on_deep_stack(filename, || {
        let mut program = parse_mode(source, filename, mode)?;
        if let Some(options) = folded {
            fold_program(&mut program, options).map_err(|error| describe(error, source, filename))?;
        }
        Ok(reduce(&program, &[]))
    })
}

/// The symbol tables of a text.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it.
pub fn symbol_table(source: &[u8], filename: &str, mode: Mode) -> Result<NamedBlock, SyntaxError> {
    on_deep_stack(filename, || {
        let program = parse_mode(source, filename, mode)?;
        let built = future::features(&program).and_then(|f| SymbolTable::build(&program, f.flags & CodeFlags::FUTURE_ANNOTATIONS != 0));
        built.map(|table| table.scope_of(table.top_id())).map_err(|error| describe(error, source, filename))
    })
}

/// Compiles a tree as `compile()` does; the inner error is about the tree itself.
///
/// # Errors
///
/// The `SyntaxError` CPython raises for it, or what is wrong with the tree.
pub fn compile_tree(tree: &Tree, filename: &str, options: CompileOptions) -> Result<Result<Arc<CodeObject>, BuildError>, SyntaxError> {
    let work = || {
        let program = match build(tree) {
            Ok(program) => program,
            Err(error) => return Ok(Err(error)),
        };
        stages(program, filename, options, &mut Vec::new()).map(Ok).map_err(|error| describe(error, &[], filename))
    };
    // SAFETY: code objects and errors hold no nodes; the tree that is given is of another kind.
    on_deep_stack(filename, || unsafe { pool::leaving_nodes(work) })
}

fn run(source: &[u8], filename: &str, options: CompileOptions, warnings: &mut Vec<CompileWarning>) -> Result<Arc<CodeObject>, SyntaxError> {
    let program = parse_warned(source, filename, options.mode, warnings)?;
    stages(program, filename, options, warnings).map_err(|error| describe(error, source, filename))
}

/// All stages behind the parser. The tree is left to whoever called for it to be given back.
fn stages(
    program: Mod,
    filename: &str,
    options: CompileOptions,
    warnings: &mut Vec<CompileWarning>,
) -> Result<Arc<CodeObject>, CompileError> {
    let mut program = ManuallyDrop::new(program);
    let future = future::features(&program)?;
    let future_flags = options.future_flags | future.flags;
    let future_annotations = future_flags & CodeFlags::FUTURE_ANNOTATIONS != 0;
    fold::fold(&mut program, Options { optimize: options.optimize, future_annotations })?;
    let table = SymbolTable::build(&program, future_annotations)?;
    let settings = Settings {
        filename: filename.into(),
        optimize: options.optimize,
        future_flags,
        future_loc: future.loc,
        top_level_await: options.top_level_await,
    };
    codegen::generate(&program, table, settings, warnings)
}

fn fold_program(program: &mut Mod, options: CompileOptions) -> Result<(), CompileError> {
    let future_annotations = (options.future_flags | future::features(program)?.flags) & CodeFlags::FUTURE_ANNOTATIONS != 0;
    fold::fold(program, Options { optimize: options.optimize, future_annotations })
}

fn describe(error: CompileError, source: &[u8], filename: &str) -> SyntaxError {
    match error {
        CompileError::Syntax { loc, message } => match source::decode(source, filename) {
            Ok(decoded) => {
                let lines = LineIndex::new(&decoded.text);
                let class = SyntaxErrorClass::Syntax;
                let mut error = SyntaxError::at_location(class, message, filename, &decoded.text, &lines, loc);
                // The parser counts characters; these stages count bytes, as CPython's do.
                error.offset = Some(loc.col + 1);
                error.end_offset = (loc.end_col >= 0).then(|| loc.end_col + 1);
                // They have no text any more, and take the line from the file.
                if !std::path::Path::new(filename).is_file() {
                    error.text = None;
                }
                error
            }
            Err(error) => error,
        },
        CompileError::Limit { message, .. } | CompileError::Internal(message) => {
            SyntaxError::bare(SyntaxErrorClass::Recursion, message, filename)
        }
    }
}
