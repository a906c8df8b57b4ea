//! Code generation: from the syntax tree and its symbol table to one instruction sequence for each code object.
//!
//! Mirrors the code-generating half of CPython's `compile.c`, so that the sequences are the same, instruction by instruction
//! and location by location. It emits naive code with labels and pseudo-opcodes; making it good is the flow graph's job.

mod annotation;
mod assign;
mod blocks;
mod call;
mod class;
mod comprehension;
mod container;
mod control;
mod docstring;
mod expr;
mod function;
mod import;
mod jump;
mod pattern;
mod pattern_or;
mod scope;
mod stmt;
mod try_stmt;
mod type_params;
mod with;

use super::ast::{CmpOp, Expr, Identifier, Mod};
use super::flow;
use super::instr::{Instr, InstrSequence, Label, Location};
use super::names::Names;
use super::symtable::{BlockId, Key, NameMap, Outcome, Scope, SymbolTable, flag, mangle, syntax_error};
use super::unit::{CompileError, Unit};
use super::warnings::{self, CompileWarning};
use crate::code::{CodeFlags, CodeObject, Const};
use crate::opcodes::Opcode as Op;
use blocks::FrameBlock;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More values than this are not kept on the stack at once.
const STACK_USE_GUIDELINE: usize = 30;

/// How many instructions most code objects have at most.
const USUAL: usize = 128;

/// Numbers of `CALL_INTRINSIC_1`.
mod intrinsic1 {
    pub(super) const PRINT: usize = 1;
    pub(super) const IMPORT_STAR: usize = 2;
    pub(super) const STOPITERATION_ERROR: usize = 3;
    pub(super) const ASYNC_GEN_WRAP: usize = 4;
    pub(super) const UNARY_POSITIVE: usize = 5;
    pub(super) const LIST_TO_TUPLE: usize = 6;
    pub(super) const TYPEVAR: usize = 7;
    pub(super) const PARAMSPEC: usize = 8;
    pub(super) const TYPEVARTUPLE: usize = 9;
    pub(super) const SUBSCRIPT_GENERIC: usize = 10;
    pub(super) const TYPEALIAS: usize = 11;
}

/// Numbers of `CALL_INTRINSIC_2`.
mod intrinsic2 {
    pub(super) const PREP_RERAISE_STAR: usize = 1;
    pub(super) const TYPEVAR_WITH_BOUND: usize = 2;
    pub(super) const TYPEVAR_WITH_CONSTRAINTS: usize = 3;
    pub(super) const SET_FUNCTION_TYPE_PARAMS: usize = 4;
    pub(super) const SET_TYPEPARAM_DEFAULT: usize = 5;
}

/// Arguments of `RESUME`.
mod resume {
    pub(super) const AT_FUNC_START: usize = 0;
    pub(super) const AFTER_YIELD: usize = 1;
    pub(super) const AFTER_YIELD_FROM: usize = 2;
    pub(super) const AFTER_AWAIT: usize = 3;
}

/// What the program as a whole is compiled with.
pub(crate) struct Settings {
    /// `co_filename`.
    pub(crate) filename: Arc<str>,
    /// The optimisation level: 1 drops assertions, 2 docstrings too.
    pub(crate) optimize: u8,
    /// Future features as `co_flags` bits, inherited ones included.
    pub(crate) future_flags: u32,
    /// Where the last `from __future__` import stands that counts.
    pub(crate) future_loc: Location,
    /// Whether the program itself may `await`, which makes its code a coroutine's.
    pub(crate) top_level_await: bool,
}

/// Compiles a program whose symbol table has been built.
pub(crate) fn generate(
    program: &Mod,
    table: SymbolTable,
    settings: Settings,
    warnings: &mut Vec<CompileWarning>,
) -> Outcome<Arc<CodeObject>> {
    let mut codegen = CodeGen::new(table, settings)?;
    let loc = Location { line: 1, end_line: 1, col: 0, end_col: 0 };
    match program {
        Mod::Module { body } => codegen.module_body(loc, body)?,
        Mod::Interactive { body } => {
            if stmt::has_annotations(body) {
                codegen.emit(loc, Op::SETUP_ANNOTATIONS);
            }
            codegen.interactive = true;
            codegen.body(body)?;
        }
        Mod::Expression { body } => codegen.expr(body)?,
    }
    let code = codegen.finish_scope(!matches!(program, Mod::Expression { .. }));
    warnings.append(&mut codegen.warnings);
    code
}

/// The kinds of code objects, where code generation tells them apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum ScopeKind {
    #[default]
    Module,
    Class,
    Function,
    AsyncFunction,
    Lambda,
    Comprehension,
    TypeParams,
}

/// Names with a number each, in order of first use.
#[derive(Default)]
struct Numbering(NameMap<(), 1>);

impl Numbering {
    fn start<'n>(&mut self, names: impl IntoIterator<Item = &'n Identifier>) {
        self.0.clear();
        for name in names {
            self.add(name);
        }
    }

    fn get(&self, name: &Identifier) -> Option<usize> {
        self.0.position(name)
    }

    fn add(&mut self, name: &Identifier) -> usize {
        if let Some(at) = self.get(name) {
            return at;
        }
        self.0.push(name.clone(), ());
        self.len() - 1
    }

    fn len(&self) -> usize {
        self.0.entries().len()
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The code object that is being generated.
#[derive(Default)]
struct UnitState<'a> {
    block: BlockId,
    kind: ScopeKind,
    /// Its name as it stands in the program, if it does.
    written: Option<Identifier>,
    /// The class whose private names are mangled here.
    private: Option<Identifier>,
    /// Attributes assigned through `self` in the methods of this class.
    static_attributes: BTreeSet<Identifier>,
    in_inlined_comprehension: u32,
    frame_blocks: Vec<FrameBlock<'a>>,
    names: Numbering,
    varnames: Numbering,
    cellvars: Numbering,
    freevars: Numbering,
    /// Locals of inlined comprehensions outside functions; true while one is being compiled.
    fast_hidden: NameMap<bool>,
    unit: Unit,
}

/// The name of a code object.
struct ScopeName {
    text: Arc<str>,
    /// As it stands in the program, if it does.
    written: Option<Identifier>,
}

impl From<&Identifier> for ScopeName {
    fn from(name: &Identifier) -> Self {
        ScopeName { text: name.shared(), written: Some(name.clone()) }
    }
}

impl From<&str> for ScopeName {
    fn from(name: &str) -> Self {
        ScopeName { text: name.into(), written: None }
    }
}

/// The tables of names an instruction may index.
#[derive(Clone, Copy)]
enum Table {
    Names,
    Varnames,
    Cellvars,
    Freevars,
}

struct CodeGen<'a> {
    table: SymbolTable,
    settings: Settings,
    interactive: bool,
    /// Whether the program itself contains something asynchronous, where it may.
    awaits: bool,
    warnings: Vec<CompileWarning>,
    workspace: flow::Workspace,
    /// The states of finished code objects, to be used again.
    #[allow(clippy::vec_box, reason = "states are large, and move when code objects start and end")]
    spare: Vec<Box<UnitState<'a>>>,
    /// Names that do not stand in the program.
    made_up: Names,
    cur: Box<UnitState<'a>>,
    #[allow(clippy::vec_box, reason = "as above")]
    outer: Vec<Box<UnitState<'a>>>,
}

impl<'a> CodeGen<'a> {
    fn new(table: SymbolTable, settings: Settings) -> Outcome<Self> {
        let block = table.lookup(Key::Module)?;
        let name: Arc<str> = "<module>".into();
        let mut cur = Box::<UnitState<'_>>::default();
        cur.start(&table, block, ScopeKind::Module, name.clone(), 1);
        cur.unit.qualname = name;
        let mut codegen = CodeGen {
            table,
            settings,
            interactive: false,
            awaits: false,
            warnings: Vec::new(),
            workspace: flow::Workspace::default(),
            spare: Vec::new(),
            made_up: Names::default(),
            cur,
            outer: Vec::new(),
        };
        codegen.emit_i(Location { line: 0, end_line: 1, col: 0, end_col: 0 }, Op::RESUME, resume::AT_FUNC_START);
        Ok(codegen)
    }

    fn warn(&mut self, loc: Location, message: Option<String>) {
        if let Some(message) = message {
            self.warnings.push(CompileWarning { message, loc });
        }
    }

    /// Warns of literals compared by identity: of the first such comparison.
    fn check_identity(&mut self, loc: Location, left: &Expr, ops: &[CmpOp], comparators: &[Expr]) {
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            let found = match op {
                CmpOp::Is => warnings::identity(left, right, "is", "=="),
                CmpOp::IsNot => warnings::identity(left, right, "is not", "!="),
                _ => None,
            };
            if found.is_some() {
                return self.warn(loc, found);
            }
            left = right;
        }
    }

    /// Starts a nested code object.
    fn enter_scope(&mut self, name: impl Into<ScopeName>, kind: ScopeKind, key: Key, firstlineno: i32) -> Outcome {
        let block = self.table.lookup(key)?;
        let ScopeName { text: name, written } = name.into();
        let mut inner = self.spare.pop().unwrap_or_default();
        inner.start(&self.table, block, kind, name, firstlineno);
        inner.private.clone_from(&self.cur.private);
        inner.written = written;
        let outer = std::mem::replace(&mut self.cur, inner);
        self.outer.push(outer);
        self.cur.unit.qualname = self.qualname();
        let loc = Location { line: firstlineno, end_line: firstlineno, col: 0, end_col: 0 };
        self.emit_i(loc, Op::RESUME, resume::AT_FUNC_START);
        Ok(())
    }

    /// Whether something asynchronous may stand here; it then makes the program a coroutine, if here is the program's top level.
    fn may_await(&mut self) -> bool {
        if self.cur.kind == ScopeKind::Module && self.settings.top_level_await {
            self.awaits = true;
            return true;
        }
        self.cur.kind == ScopeKind::AsyncFunction
    }

    /// Finishes the current code object and goes back to the one around it. With `add_none`, control falling off the end
    /// returns `None`; otherwise what is on the stack.
    fn finish_scope(&mut self, add_none: bool) -> Outcome<Arc<CodeObject>> {
        if add_none {
            let none = self.cur.unit.consts.add(Const::None);
            // What nothing gets to need not be made just to be removed.
            if self.end_is_reached() {
                self.emit_i(Location::NONE, Op::LOAD_CONST, none as usize);
                self.emit(Location::NONE, Op::RETURN_VALUE);
            }
        } else {
            self.emit(Location::NONE, Op::RETURN_VALUE);
        }
        let block = self.table.block(self.cur.block);
        let mut flags = self.settings.future_flags;
        if block.is_function_like() {
            flags |= CodeFlags::NEWLOCALS | CodeFlags::OPTIMIZED;
            let conditional = [
                (block.nested, CodeFlags::NESTED),
                (block.generator && !block.coroutine, CodeFlags::GENERATOR),
                (!block.generator && block.coroutine, CodeFlags::COROUTINE),
                (block.generator && block.coroutine, CodeFlags::ASYNC_GENERATOR),
                (block.varargs, CodeFlags::VARARGS),
                (block.varkeywords, CodeFlags::VARKEYWORDS),
            ];
            flags |= conditional.iter().filter(|(on, _)| *on).fold(0, |bits, (_, bit)| bits | bit);
        }
        if self.cur.kind == ScopeKind::Module && self.settings.top_level_await && (self.awaits || block.coroutine) && !block.generator {
            flags |= CodeFlags::COROUTINE;
        }
        let nparams = number(block.varnames.len());
        let state = &mut self.cur;
        let unit = &mut state.unit;
        unit.flags = CodeFlags(flags);
        unit.nparams = nparams;
        let texts = |names: &Numbering| names.0.names().map(Identifier::shared).collect();
        unit.names = texts(&state.names);
        unit.varnames = texts(&state.varnames);
        unit.cellvars = texts(&state.cellvars);
        unit.freevars = texts(&state.freevars);
        unit.fast_hidden = state.fast_hidden.names().map(Identifier::shared).collect();
        let code = flow::assemble(unit, &self.settings.filename, &mut self.workspace);
        if let Some(outer) = self.outer.pop() {
            self.spare.push(std::mem::replace(&mut self.cur, outer));
        }
        code
    }

    /// Whether control may get behind the last instruction.
    fn end_is_reached(&self) -> bool {
        let InstrSequence { instrs, labels } = &self.cur.unit.instrs;
        let end = number(instrs.len());
        !instrs.last().is_some_and(|last| last.op.never_falls_through()) || labels.contains(&end)
    }

    fn emit(&mut self, loc: Location, op: Op) {
        self.emit_i(loc, op, 0);
    }

    fn emit_i(&mut self, loc: Location, op: Op, oparg: usize) {
        self.cur.unit.instrs.instrs.push(Instr { op, oparg: number(oparg), loc });
    }

    fn emit_jump(&mut self, loc: Location, op: Op, target: Label) {
        self.emit_i(loc, op, target.0 as usize);
    }

    fn label(&mut self) -> Label {
        let labels = &mut self.cur.unit.instrs.labels;
        labels.push(u32::MAX);
        Label(number(labels.len() - 1))
    }

    fn place(&mut self, label: Label) {
        let sequence = &mut self.cur.unit.instrs;
        let here = number(sequence.instrs.len());
        if let Some(slot) = sequence.labels.get_mut(label.0 as usize) {
            *slot = here;
        }
    }

    /// Puts an instruction before all others.
    fn insert_first(&mut self, loc: Location, op: Op, target: Label) {
        let sequence = &mut self.cur.unit.instrs;
        sequence.instrs.insert(0, Instr { op, oparg: target.0, loc });
        for at in sequence.labels.iter_mut().filter(|at| **at != u32::MAX) {
            *at += 1;
        }
    }

    fn load_const(&mut self, loc: Location, value: Const) {
        let at = self.cur.unit.consts.add(value);
        self.emit_i(loc, Op::LOAD_CONST, at as usize);
    }

    fn load_str(&mut self, loc: Location, text: &str) {
        self.load_const(loc, str_const(text));
    }

    fn load_int(&mut self, loc: Location, value: usize) {
        self.load_const(loc, Const::Int(value.into()));
    }

    /// The number of `name` in a table, added if new.
    fn number_of(&mut self, table: Table, name: &Identifier) -> usize {
        match table {
            Table::Names => self.cur.names.add(name),
            Table::Varnames => self.cur.varnames.add(name),
            Table::Cellvars => self.cur.cellvars.add(name),
            Table::Freevars => self.cur.cellvars.len() + self.cur.freevars.add(name),
        }
    }

    /// Emits an instruction on a name after mangling it; pseudo-opcodes of attribute access become real ones.
    fn emit_name(&mut self, loc: Location, op: Op, table: Table, name: &Identifier) {
        let mangled = self.maybe_mangle(name);
        let at = self.number_of(table, &mangled);
        let (op, oparg) = match op {
            Op::LOAD_ATTR => (op, at << 1),
            Op::LOAD_METHOD => (Op::LOAD_ATTR, at << 1 | 1),
            Op::LOAD_SUPER_ATTR => (op, at << 2 | 2),
            Op::LOAD_SUPER_METHOD => (Op::LOAD_SUPER_ATTR, at << 2 | 3),
            Op::LOAD_ZERO_SUPER_ATTR => (Op::LOAD_SUPER_ATTR, at << 2),
            Op::LOAD_ZERO_SUPER_METHOD => (Op::LOAD_SUPER_ATTR, at << 2 | 1),
            _ => (op, at),
        };
        self.emit_i(loc, op, oparg);
    }

    #[inline]
    fn maybe_mangle<'n>(&self, name: &'n Identifier) -> Cow<'n, Identifier> {
        if !name.is_private() {
            return Cow::Borrowed(name);
        }
        self.table.block(self.cur.block).maybe_mangle(self.cur.private.as_deref(), name)
    }

    fn exprs(&mut self, exprs: &'a [Expr]) -> Outcome {
        exprs.iter().try_for_each(|e| self.expr(e))
    }

    fn internal<T>(&self, what: &str) -> Outcome<T> {
        Err(CompileError::Internal(format!("{what} in {}", self.cur.unit.name)))
    }
}

impl UnitState<'_> {
    /// Starts with another code object.
    fn start(&mut self, table: &SymbolTable, block: BlockId, kind: ScopeKind, name: Arc<str>, firstlineno: i32) {
        let symbols = table.block(block);
        let (mut cells, mut free) = (SmallVec::<[&Identifier; 8]>::new(), SmallVec::<[&Identifier; 8]>::new());
        for (name, symbol) in symbols.symbols.entries() {
            let scope = symbol.scope();
            if scope == Scope::Cell || symbol.any(flag::COMP_CELL) {
                cells.push(name);
            }
            if scope == Scope::Free || symbol.any(flag::FREE_CLASS) {
                free.push(name);
            }
        }
        cells.sort_unstable();
        free.sort_unstable();
        self.cellvars.start(cells);
        if symbols.needs_class_closure {
            self.cellvars.add(&table.own.class);
        }
        if symbols.needs_classdict {
            self.cellvars.add(&table.own.classdict);
        }
        self.freevars.start(free);
        self.varnames.start(&symbols.varnames);
        self.names.0.clear();
        self.fast_hidden.clear();
        self.static_attributes.clear();
        self.frame_blocks.clear();
        (self.block, self.kind, self.private, self.in_inlined_comprehension) = (block, kind, None, 0);
        self.written = None;
        let (mut instrs, consts) = (std::mem::take(&mut self.unit.instrs), std::mem::take(&mut self.unit.consts));
        instrs.clear();
        instrs.instrs.reserve(USUAL);
        self.unit = Unit { name, firstlineno: firstlineno.unsigned_abs(), instrs, consts, ..Unit::default() };
    }
}

fn str_const(text: &str) -> Const {
    Const::Str(text.as_bytes().into())
}

/// A tuple of names.
fn str_tuple<'n>(names: impl IntoIterator<Item = &'n Identifier>) -> Const {
    Const::Tuple(names.into_iter().map(Identifier::constant).collect())
}
