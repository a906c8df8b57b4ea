//! Constant folding on the syntax tree, before the symbol table sees it.
//!
//! Mirrors CPython's `ast_opt.c`: what it folds decides which constants, jumps and instructions the later stages see, so this
//! pass folds the same expressions and leaves the same ones alone. The flow graph folds more, on instructions.

mod arith;
mod complex;
mod format;
mod index;
mod number;

use super::ast::{
    Arguments, CmpOp, Comprehension, ExceptHandler, Expr, ExprContext, ExprKind, FunctionDef, Keyword, List, Mod, Operator, Pattern,
    PatternKind, Ptr, Stmt, StmtKind, TypeParam, TypeParamKind, UnaryOp,
};
use super::symtable::{Outcome, RECURSION_LIMIT, recursion_error};
use crate::code::Const;
pub(crate) use arith::python_eq;

/// What folding depends on.
pub(crate) struct Options {
    /// The optimisation level: `__debug__` is true at 0.
    pub(crate) optimize: u8,
    /// Whether annotations stay as written.
    pub(crate) future_annotations: bool,
}

/// Folds constants in a whole program.
pub(crate) fn fold(program: &mut Mod, options: Options) -> Outcome {
    let mut folder = Folder { options, depth: 0 };
    match program {
        Mod::Module { body } => folder.definition_body(body),
        Mod::Interactive { body } => folder.body(body),
        Mod::Expression { body } => folder.expr(body),
    }
}

/// The docstring of a body, if it starts with one.
pub(crate) fn docstring(body: &[Stmt]) -> Option<&[u8]> {
    match body.first().map(|s| &s.kind) {
        Some(StmtKind::Expr { value }) => match &value.kind {
            ExprKind::Constant { value, .. } => match &**value {
                Const::Str(text) => Some(text),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn constant(value: Const) -> ExprKind {
    ExprKind::Constant { value: value.into(), kind: None }
}

fn as_const(e: &Expr) -> Option<&Const> {
    match &e.kind {
        ExprKind::Constant { value, .. } => Some(value),
        _ => None,
    }
}

/// The values of a list of constants; `None` if one of them is not constant.
pub(crate) fn all_constants(elts: &[Expr]) -> Option<Vec<Const>> {
    elts.iter().map(|e| as_const(e).cloned()).collect()
}

/// A frozenset of `values`, equal ones dropped as Python's equality sees them.
pub(crate) fn frozenset(values: Vec<Const>) -> Const {
    let mut distinct: Vec<Const> = Vec::with_capacity(values.len());
    for value in values {
        if !distinct.iter().any(|known| python_eq(known, &value)) {
            distinct.push(value);
        }
    }
    Const::FrozenSet(distinct.into())
}

fn has_starred(elts: &[Expr]) -> bool {
    elts.iter().any(|e| matches!(e.kind, ExprKind::Starred { .. }))
}

/// Turns a literal list or set that is only iterated over, or searched, into a tuple or frozenset.
fn fold_iter(e: &mut Expr) {
    match &mut e.kind {
        ExprKind::List { elts, ctx } => {
            if has_starred(elts) {
                return;
            }
            e.kind = match all_constants(elts) {
                Some(values) => constant(Const::Tuple(values.into())),
                None => ExprKind::Tuple { elts: std::mem::take(elts), ctx: *ctx },
            };
        }
        ExprKind::Set { elts } => {
            if let Some(values) = all_constants(elts) {
                e.kind = constant(frozenset(values));
            }
        }
        _ => {}
    }
}

fn fold_unary(e: &mut Expr) {
    let ExprKind::UnaryOp { op, operand } = &mut e.kind else { return };
    if let Some(value) = as_const(operand) {
        if let Some(folded) = arith::unary(*op, value) {
            e.kind = constant(folded);
        }
        return;
    }
    if *op != UnaryOp::Not {
        return;
    }
    if let ExprKind::Compare { ops, .. } = &mut operand.kind {
        let inverted = match ops[..] {
            [CmpOp::Is] => CmpOp::IsNot,
            [CmpOp::IsNot] => CmpOp::Is,
            [CmpOp::In] => CmpOp::NotIn,
            [CmpOp::NotIn] => CmpOp::In,
            _ => return,
        };
        ops[0] = inverted;
        let inner = std::mem::replace(&mut **operand, Expr { loc: e.loc, kind: constant(Const::None) });
        *e = inner;
    }
}

fn fold_binary(e: &mut Expr) {
    let ExprKind::BinOp { left, op, right } = &mut e.kind else { return };
    let Some(lhs) = as_const(left) else { return };
    if let (Operator::Mod, Const::Str(text), ExprKind::Tuple { elts, .. }) = (*op, lhs, &mut right.kind)
        && !has_starred(elts)
    {
        if let Some(values) = format::percent_to_fstring(text, elts) {
            e.kind = ExprKind::JoinedStr { values };
        }
        return;
    }
    if let Some(folded) = as_const(right).and_then(|rhs| arith::binary(*op, lhs, rhs)) {
        e.kind = constant(folded);
    }
}

struct Folder {
    options: Options,
    depth: u32,
}

impl Folder {
    fn deeper(&mut self) -> Outcome {
        self.depth += 1;
        if self.depth > RECURSION_LIMIT { recursion_error() } else { Ok(()) }
    }

    /// The body of a module, class or function: an expression must not become a docstring by being folded.
    fn definition_body(&mut self, body: &mut [Stmt]) -> Outcome {
        let had_docstring = docstring(body).is_some();
        self.body(body)?;
        if !had_docstring
            && docstring(body).is_some()
            && let Some(Stmt { loc, kind: StmtKind::Expr { value }, .. }) = body.first_mut()
        {
            let inner = std::mem::replace(&mut **value, Expr { loc: *loc, kind: constant(Const::None) });
            value.kind = ExprKind::JoinedStr { values: List::of(inner) };
        }
        Ok(())
    }

    fn body(&mut self, body: &mut [Stmt]) -> Outcome {
        body.iter_mut().try_for_each(|s| self.stmt(s))
    }

    fn exprs(&mut self, exprs: &mut [Expr]) -> Outcome {
        exprs.iter_mut().try_for_each(|e| self.expr(e))
    }

    fn opt(&mut self, expr: &mut Option<Ptr<Expr>>) -> Outcome {
        expr.as_mut().map_or(Ok(()), |e| self.expr(e))
    }

    fn keywords(&mut self, keywords: &mut [Keyword]) -> Outcome {
        keywords.iter_mut().try_for_each(|k| self.expr(&mut k.value))
    }

    fn annotation(&mut self, annotation: &mut Option<Ptr<Expr>>) -> Outcome {
        if self.options.future_annotations { Ok(()) } else { self.opt(annotation) }
    }

    fn arguments(&mut self, args: &mut Arguments) -> Outcome {
        let named = args.posonlyargs.iter_mut().chain(&mut args.args).chain(&mut args.kwonlyargs);
        for arg in named.chain(args.vararg.as_deref_mut()).chain(args.kwarg.as_deref_mut()) {
            self.annotation(&mut arg.annotation)?;
        }
        args.kw_defaults.iter_mut().flatten().try_for_each(|e| self.expr(e))?;
        self.exprs(&mut args.defaults)
    }

    fn type_params(&mut self, params: &mut [TypeParam]) -> Outcome {
        for param in params {
            match &mut param.kind {
                TypeParamKind::TypeVar { bound, default_value, .. } => {
                    self.opt(bound)?;
                    self.opt(default_value)?;
                }
                TypeParamKind::ParamSpec { default_value, .. } | TypeParamKind::TypeVarTuple { default_value, .. } => {
                    self.opt(default_value)?;
                }
            }
        }
        Ok(())
    }

    fn function(&mut self, def: &mut FunctionDef) -> Outcome {
        self.type_params(&mut def.type_params)?;
        self.arguments(&mut def.args)?;
        self.definition_body(&mut def.body)?;
        self.exprs(&mut def.decorator_list)?;
        self.annotation(&mut def.returns)
    }

    fn stmt(&mut self, s: &mut Stmt) -> Outcome {
        if s.plain {
            return Ok(());
        }
        self.deeper()?;
        self.stmt_kind(&mut s.kind)?;
        self.depth -= 1;
        Ok(())
    }

    fn stmt_kind(&mut self, kind: &mut StmtKind) -> Outcome {
        match kind {
            StmtKind::FunctionDef(def) | StmtKind::AsyncFunctionDef(def) => self.function(def),
            StmtKind::ClassDef(def) => {
                self.type_params(&mut def.type_params)?;
                self.exprs(&mut def.bases)?;
                self.keywords(&mut def.keywords)?;
                self.definition_body(&mut def.body)?;
                self.exprs(&mut def.decorator_list)
            }
            StmtKind::Return { value } => self.opt(value),
            StmtKind::Delete { targets } => self.exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, .. } => {
                self.expr(target)?;
                if !self.options.future_annotations {
                    self.expr(annotation)?;
                }
                self.opt(value)
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                self.expr(name)?;
                self.type_params(type_params)?;
                self.expr(value)
            }
            StmtKind::For { target, iter, body, orelse } => {
                self.expr(target)?;
                self.expr(iter)?;
                self.body(body)?;
                self.body(orelse)?;
                fold_iter(iter);
                Ok(())
            }
            StmtKind::AsyncFor { target, iter, body, orelse } => {
                self.expr(target)?;
                self.expr(iter)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::With { items, body } | StmtKind::AsyncWith { items, body } => {
                for item in items {
                    self.expr(&mut item.context_expr)?;
                    self.opt(&mut item.optional_vars)?;
                }
                self.body(body)
            }
            StmtKind::Raise { exc, cause } => {
                self.opt(exc)?;
                self.opt(cause)
            }
            StmtKind::Try { body, handlers, orelse, finalbody } | StmtKind::TryStar { body, handlers, orelse, finalbody } => {
                self.body(body)?;
                handlers.iter_mut().try_for_each(|h| self.handler(h))?;
                self.body(orelse)?;
                self.body(finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.opt(msg)
            }
            StmtKind::Expr { value } => self.expr(value),
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&mut case.pattern)?;
                    self.opt(&mut case.guard)?;
                    self.body(&mut case.body)?;
                }
                Ok(())
            }
            StmtKind::Import { .. }
            | StmtKind::ImportFrom { .. }
            | StmtKind::Global { .. }
            | StmtKind::Nonlocal { .. }
            | StmtKind::Pass
            | StmtKind::Break
            | StmtKind::Continue => Ok(()),
        }
    }

    fn handler(&mut self, handler: &mut ExceptHandler) -> Outcome {
        self.opt(&mut handler.typ)?;
        self.body(&mut handler.body)
    }

    fn pattern(&mut self, p: &mut Pattern) -> Outcome {
        self.deeper()?;
        match &mut p.kind {
            PatternKind::MatchValue { value } => self.expr(value)?,
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => self.patterns(patterns)?,
            PatternKind::MatchMapping { keys, patterns, .. } => {
                self.exprs(keys)?;
                self.patterns(patterns)?;
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.expr(cls)?;
                self.patterns(patterns)?;
                self.patterns(kwd_patterns)?;
            }
            PatternKind::MatchAs { pattern: Some(pattern), .. } => self.pattern(pattern)?,
            PatternKind::MatchSingleton { .. } | PatternKind::MatchStar { .. } | PatternKind::MatchAs { .. } => {}
        }
        self.depth -= 1;
        Ok(())
    }

    fn patterns(&mut self, patterns: &mut [Pattern]) -> Outcome {
        patterns.iter_mut().try_for_each(|p| self.pattern(p))
    }

    fn comprehensions(&mut self, generators: &mut [Comprehension]) -> Outcome {
        for generator in generators {
            self.expr(&mut generator.target)?;
            self.expr(&mut generator.iter)?;
            self.exprs(&mut generator.ifs)?;
            fold_iter(&mut generator.iter);
        }
        Ok(())
    }

    #[inline]
    fn expr(&mut self, e: &mut Expr) -> Outcome {
        // Leaves, which most expressions are, go no deeper.
        match &e.kind {
            ExprKind::Name { id, .. } if self.depth < RECURSION_LIMIT && !id.is_debug() => Ok(()),
            ExprKind::Constant { .. } if self.depth < RECURSION_LIMIT => Ok(()),
            _ => self.nested_expr(e),
        }
    }

    fn nested_expr(&mut self, e: &mut Expr) -> Outcome {
        self.deeper()?;
        self.expr_kind(e)?;
        self.depth -= 1;
        Ok(())
    }

    fn expr_kind(&mut self, e: &mut Expr) -> Outcome {
        match &mut e.kind {
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => self.exprs(values)?,
            ExprKind::NamedExpr { value, .. }
            | ExprKind::Await { value }
            | ExprKind::YieldFrom { value }
            | ExprKind::Attribute { value, .. }
            | ExprKind::Starred { value, .. } => self.expr(value)?,
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)?;
                fold_binary(e);
            }
            ExprKind::UnaryOp { operand, .. } => {
                self.expr(operand)?;
                fold_unary(e);
            }
            ExprKind::Lambda { args, body } => {
                self.arguments(args)?;
                self.expr(body)?;
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                keys.iter_mut().flatten().try_for_each(|k| self.expr(k))?;
                self.exprs(values)?;
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } => self.exprs(elts)?,
            ExprKind::Tuple { elts, ctx } => {
                self.exprs(elts)?;
                if *ctx == ExprContext::Load
                    && let Some(values) = all_constants(elts)
                {
                    e.kind = constant(Const::Tuple(values.into()));
                }
            }
            ExprKind::ListComp { elt, generators } | ExprKind::SetComp { elt, generators } | ExprKind::GeneratorExp { elt, generators } => {
                self.expr(elt)?;
                self.comprehensions(generators)?;
            }
            ExprKind::DictComp { key, value, generators } => {
                self.expr(key)?;
                self.expr(value)?;
                self.comprehensions(generators)?;
            }
            ExprKind::Yield { value } => self.opt(value)?,
            ExprKind::Compare { left, ops, comparators } => {
                self.expr(left)?;
                self.exprs(comparators)?;
                if let (Some(CmpOp::In | CmpOp::NotIn), Some(last)) = (ops.last(), comparators.last_mut()) {
                    fold_iter(last);
                }
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)?;
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.expr(value)?;
                self.opt(format_spec)?;
            }
            ExprKind::Subscript { value, slice, ctx } => {
                self.expr(value)?;
                self.expr(slice)?;
                if *ctx == ExprContext::Load
                    && let (Some(object), Some(index)) = (as_const(value), as_const(slice))
                    && let Some(folded) = index::subscript(object, index)
                {
                    e.kind = constant(folded);
                }
            }
            ExprKind::Slice { lower, upper, step } => {
                self.opt(lower)?;
                self.opt(upper)?;
                self.opt(step)?;
            }
            ExprKind::Name { id, ctx } => {
                if *ctx == ExprContext::Load && id.is_debug() {
                    e.kind = constant(Const::Bool(self.options.optimize == 0));
                }
            }
            ExprKind::Constant { .. } => {}
        }
        Ok(())
    }
}
