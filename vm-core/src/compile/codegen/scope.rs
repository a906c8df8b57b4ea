//! Names: which instruction reads or writes each, qualified names, and closures.
//!
//! The symbol table knows where a name lives; this file turns that into `LOAD_FAST`, `LOAD_GLOBAL`, `LOAD_DEREF` and so on.

use super::{CodeGen, Op, Outcome, Scope, ScopeKind, Table, mangle, syntax_error};
use crate::code::{CodeObject, Const, LocalKind};
use crate::compile::ast::{ExprContext, Identifier};
use crate::compile::instr::Location;
use crate::compile::symtable::BlockKind;
use smallvec::SmallVec;
use std::sync::Arc;

/// Bits of `SET_FUNCTION_ATTRIBUTE`, and of what has been pushed for a function under construction.
pub(super) mod function_flag {
    /// A tuple of positional defaults.
    pub(in super::super) const DEFAULTS: usize = 1;
    /// A dict of keyword-only defaults.
    pub(in super::super) const KWDEFAULTS: usize = 2;
    /// A tuple of annotation names and values.
    pub(in super::super) const ANNOTATIONS: usize = 4;
    /// A tuple of cells.
    pub(in super::super) const CLOSURE: usize = 8;
}

impl CodeGen<'_> {
    /// The qualified name of the code object just entered.
    pub(super) fn qualname(&mut self) -> Arc<str> {
        let name = self.cur.unit.name.clone();
        let Some((parent, above)) = self.outer.split_last() else { return name };
        let Some(nearest) = above.last() else { return name };
        let parent = if parent.kind != ScopeKind::TypeParams {
            parent
        } else if above.len() == 1 {
            return name;
        } else {
            nearest
        };
        if matches!(self.cur.kind, ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Class) {
            let written = self.cur.written.clone().unwrap_or_else(|| self.made_up.intern(&name));
            if self.table.block(parent.block).scope(&mangle(parent.private.as_deref(), &written)) == Scope::GlobalExplicit {
                return name;
            }
        }
        let base = &parent.unit.qualname;
        let between = match parent.kind {
            ScopeKind::Function | ScopeKind::AsyncFunction | ScopeKind::Lambda => ".<locals>.",
            _ => ".",
        };
        let mut text = SmallVec::<[u8; 128]>::new();
        for part in [base, between, &name] {
            text.extend_from_slice(part.as_bytes());
        }
        // The parts are text, and so is the whole.
        std::str::from_utf8(&text).map_or_else(|_| name.clone(), Arc::from)
    }

    /// Fails for the one name that must not be rebound.
    #[inline]
    pub(super) fn forbid(&self, loc: Location, name: &Identifier, ctx: ExprContext) -> Outcome {
        match ctx {
            ExprContext::Store if name.is_debug() => syntax_error(loc, "cannot assign to __debug__"),
            ExprContext::Del if name.is_debug() => syntax_error(loc, "cannot delete __debug__"),
            _ => Ok(()),
        }
    }

    /// Reads, writes or deletes a variable.
    pub(super) fn name_op(&mut self, loc: Location, name: &Identifier, ctx: ExprContext) -> Outcome {
        self.forbid(loc, name, ctx)?;
        let mangled = self.maybe_mangle(name);
        let block = self.table.block(self.cur.block);
        let function_like = block.is_function_like();
        let in_class = block.kind == BlockKind::Class;
        let sees_class = block.can_see_class_scope;
        let inlined = self.cur.in_inlined_comprehension > 0;
        let scope = block.scope(&mangled);
        let pick = |load, store, del| match ctx {
            ExprContext::Load => load,
            ExprContext::Store => store,
            ExprContext::Del => del,
        };
        let fast = scope == Scope::Local && (function_like || self.cur.fast_hidden.get(&mangled) == Some(true));
        match scope {
            Scope::Free | Scope::Cell => {
                let mut load = Op::LOAD_DEREF;
                if ctx == ExprContext::Load {
                    if in_class && !inlined {
                        load = Op::LOAD_FROM_DICT_OR_DEREF;
                        self.emit(loc, Op::LOAD_LOCALS);
                    } else if sees_class {
                        load = Op::LOAD_FROM_DICT_OR_DEREF;
                        self.load_classdict(loc);
                    }
                }
                let op = pick(load, Op::STORE_DEREF, Op::DELETE_DEREF);
                let table = if scope == Scope::Free { Table::Freevars } else { Table::Cellvars };
                let at = self.number_of(table, &mangled);
                self.emit_i(loc, op, at);
            }
            _ if fast => {
                let at = self.number_of(Table::Varnames, &mangled);
                self.emit_i(loc, pick(Op::LOAD_FAST, Op::STORE_FAST, Op::DELETE_FAST), at);
            }
            Scope::GlobalImplicit | Scope::GlobalExplicit if function_like || scope == Scope::GlobalExplicit => {
                let mut load = Op::LOAD_GLOBAL;
                if ctx == ExprContext::Load && sees_class && scope == Scope::GlobalImplicit {
                    load = Op::LOAD_FROM_DICT_OR_GLOBALS;
                    self.load_classdict(loc);
                }
                self.emit_global(loc, pick(load, Op::STORE_GLOBAL, Op::DELETE_GLOBAL), &mangled);
            }
            _ => {
                let load = if in_class && inlined { Op::LOAD_GLOBAL } else { Op::LOAD_NAME };
                self.emit_global(loc, pick(load, Op::STORE_NAME, Op::DELETE_NAME), &mangled);
            }
        }
        Ok(())
    }

    fn emit_global(&mut self, loc: Location, op: Op, name: &Identifier) {
        let at = self.number_of(Table::Names, name);
        self.emit_i(loc, op, if op == Op::LOAD_GLOBAL { at << 1 } else { at });
    }

    fn load_classdict(&mut self, loc: Location) {
        let at = self.number_of(Table::Freevars, &self.table.own.classdict.clone());
        self.emit_i(loc, Op::LOAD_DEREF, at);
    }

    /// Like [`Self::name_op`], for a name the compiler made up.
    pub(super) fn name_str(&mut self, loc: Location, name: &str, ctx: ExprContext) -> Outcome {
        let name = self.made_up.intern(name);
        self.name_op(loc, &name, ctx)
    }

    /// Where the current block finds a variable that a nested one closes over.
    pub(super) fn ref_scope(&self, name: &Identifier) -> Outcome<Scope> {
        if self.cur.kind == ScopeKind::Class && (*name == self.table.own.class || *name == self.table.own.classdict) {
            return Ok(Scope::Cell);
        }
        match self.table.block(self.cur.block).scope(name) {
            Scope::Unknown => self.internal(&format!("unknown scope of '{name}'")),
            scope => Ok(scope),
        }
    }

    /// Makes a function of a code object; `flags` says what has been pushed for it.
    pub(super) fn make_closure(&mut self, loc: Location, code: Arc<CodeObject>, mut flags: usize) -> Outcome {
        let names = code.localsplusnames.iter().zip(&code.localspluskinds);
        let free: Vec<Identifier> =
            names.filter(|(_, kind)| **kind & LocalKind::FREE != 0).map(|(name, _)| Identifier::from(&**name)).collect();
        if !free.is_empty() {
            for name in &free {
                let at = if self.ref_scope(name)? == Scope::Cell {
                    self.cur.cellvars.get(name)
                } else {
                    self.cur.freevars.get(name).map(|at| at + self.cur.cellvars.len())
                };
                match at {
                    Some(at) => self.emit_i(loc, Op::LOAD_CLOSURE, at),
                    None => return self.internal(&format!("no cell for '{name}'")),
                }
            }
            flags |= function_flag::CLOSURE;
            self.emit_i(loc, Op::BUILD_TUPLE, free.len());
        }
        self.load_const(loc, Const::Code(code));
        self.emit(loc, Op::MAKE_FUNCTION);
        for bit in [function_flag::CLOSURE, function_flag::ANNOTATIONS, function_flag::KWDEFAULTS, function_flag::DEFAULTS] {
            if flags & bit != 0 {
                self.emit_i(loc, Op::SET_FUNCTION_ATTRIBUTE, bit);
            }
        }
        Ok(())
    }
}
