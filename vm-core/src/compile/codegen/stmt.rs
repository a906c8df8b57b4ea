//! Statements: which code each is compiled by, and bodies of statements.
//!
//! Only the statements that need a few lines are compiled here; the others have files of their own.

use super::{CodeGen, Op, Outcome, intrinsic1};
use crate::compile::ast::{Expr, ExprContext, ExprKind, Stmt, StmtKind};
use crate::compile::fold::docstring;
use crate::compile::instr::Location;
use crate::compile::warnings;

/// Whether variable annotations stand anywhere in a body, nested blocks aside.
pub(super) fn has_annotations(body: &[Stmt]) -> bool {
    body.iter().any(|s| match &s.kind {
        StmtKind::AnnAssign { .. } => true,
        StmtKind::For { body, orelse, .. }
        | StmtKind::AsyncFor { body, orelse, .. }
        | StmtKind::While { body, orelse, .. }
        | StmtKind::If { body, orelse, .. } => has_annotations(body) || has_annotations(orelse),
        StmtKind::With { body, .. } | StmtKind::AsyncWith { body, .. } => has_annotations(body),
        StmtKind::Try { body, handlers, orelse, finalbody } | StmtKind::TryStar { body, handlers, orelse, finalbody } => {
            handlers.iter().any(|h| has_annotations(&h.body))
                || has_annotations(body)
                || has_annotations(finalbody)
                || has_annotations(orelse)
        }
        StmtKind::Match { cases, .. } => cases.iter().any(|c| has_annotations(&c.body)),
        _ => false,
    })
}

impl<'a> CodeGen<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Outcome {
        body.iter().try_for_each(|s| self.stmt(s))
    }

    /// The body of a module or class: annotations, docstring, statements.
    pub(super) fn module_body(&mut self, mut loc: Location, body: &'a [Stmt]) -> Outcome {
        if let (true, Some(first)) = (self.cur.kind == super::ScopeKind::Module, body.first()) {
            loc = first.loc;
        }
        if has_annotations(body) {
            self.emit(loc, Op::SETUP_ANNOTATIONS);
        }
        let Some((first, rest)) = body.split_first() else { return Ok(()) };
        let Some(text) = docstring(body) else { return self.body(body) };
        if self.settings.optimize < 2 {
            let loc = match &first.kind {
                StmtKind::Expr { value } => value.loc,
                _ => first.loc,
            };
            self.load_const(loc, super::docstring::clean(text));
            self.name_str(Location::NONE, "__doc__", ExprContext::Store)?;
        }
        self.body(rest)
    }

    fn stmt(&mut self, s: &'a Stmt) -> Outcome {
        let loc = s.loc;
        match &s.kind {
            StmtKind::FunctionDef(def) => self.function(s, def, false),
            StmtKind::AsyncFunctionDef(def) => self.function(s, def, true),
            StmtKind::ClassDef(def) => self.class(s, def),
            StmtKind::TypeAlias { name, type_params, value } => self.type_alias(s, name, type_params, value),
            StmtKind::Return { value } => self.return_stmt(loc, value.as_deref()),
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.expr(value)?;
                for (i, target) in targets.iter().enumerate() {
                    if i + 1 < targets.len() {
                        self.emit_i(loc, Op::COPY, 1);
                    }
                    self.expr(target)?;
                }
                Ok(())
            }
            StmtKind::AugAssign { target, op, value } => self.aug_assign(loc, target, *op, value),
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.ann_assign(loc, target, annotation, value.as_deref(), *simple)
            }
            StmtKind::For { target, iter, body, orelse } => self.for_stmt(loc, target, iter, body, orelse),
            StmtKind::AsyncFor { target, iter, body, orelse } => self.async_for(loc, target, iter, body, orelse),
            StmtKind::While { test, body, orelse } => self.while_stmt(loc, test, body, orelse),
            StmtKind::If { test, body, orelse } => self.if_stmt(test, body, orelse),
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases),
            StmtKind::Raise { exc, cause } => {
                let mut n = 0;
                for value in exc.iter().chain(cause.as_ref().filter(|_| exc.is_some())) {
                    self.expr(value)?;
                    n += 1;
                }
                self.emit_i(loc, Op::RAISE_VARARGS, n);
                Ok(())
            }
            StmtKind::Try { body, handlers, orelse, finalbody } => self.try_stmt(loc, body, handlers, orelse, finalbody, false),
            StmtKind::TryStar { body, handlers, orelse, finalbody } => self.try_stmt(loc, body, handlers, orelse, finalbody, true),
            StmtKind::Assert { test, msg } => self.assert_stmt(loc, test, msg.as_deref()),
            StmtKind::Import { names } => self.import(loc, names),
            StmtKind::ImportFrom { module, names, level } => self.import_from(loc, module.as_ref(), names, *level),
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } => Ok(()),
            StmtKind::Expr { value } => self.expr_stmt(loc, value),
            StmtKind::Pass => {
                self.emit(loc, Op::NOP);
                Ok(())
            }
            StmtKind::Break => self.break_stmt(loc),
            StmtKind::Continue => self.continue_stmt(loc),
            StmtKind::With { items, body } => self.with(items, body),
            StmtKind::AsyncWith { items, body } => self.async_with(loc, items, body),
        }
    }

    fn expr_stmt(&mut self, loc: Location, value: &'a Expr) -> Outcome {
        if self.interactive && self.outer.is_empty() {
            self.expr(value)?;
            self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::PRINT);
        } else if matches!(value.kind, ExprKind::Constant { .. }) {
            self.emit(loc, Op::NOP);
            return Ok(());
        } else {
            self.expr(value)?;
        }
        self.emit(Location::NONE, Op::POP_TOP);
        Ok(())
    }

    fn assert_stmt(&mut self, loc: Location, test: &'a Expr, msg: Option<&'a Expr>) -> Outcome {
        self.warn(test.loc, warnings::assertion(test));
        if self.settings.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_if(test, end, true)?;
        self.emit(loc, Op::LOAD_ASSERTION_ERROR);
        if let Some(msg) = msg {
            self.expr(msg)?;
            self.emit_i(loc, Op::CALL, 0);
        }
        self.emit_i(test.loc, Op::RAISE_VARARGS, 1);
        self.place(end);
        Ok(())
    }
}
