//! The first pass of the symbol table over expressions, comprehensions and patterns.
//!
//! `visit_stmt` is its counterpart for statements and definitions. The rules about assignment expressions in comprehensions
//! (PEP 572) are here.

use super::symbols::flag;
use super::{BlockKind, Builder, ComprehensionKind, Key, Outcome, RECURSION_LIMIT, syntax_error};
use crate::compile::ast::{Comprehension, Expr, ExprContext, ExprKind, Identifier, Pattern, PatternKind};

impl Builder {
    #[inline]
    pub(super) fn visit_expr(&mut self, e: &Expr) -> Outcome {
        // Leaves, which most expressions are, go no deeper.
        match &e.kind {
            ExprKind::Name { id, ctx } if self.depth < RECURSION_LIMIT => self.visit_name(e, id, *ctx),
            ExprKind::Constant { .. } if self.depth < RECURSION_LIMIT => Ok(()),
            _ => self.visit_nested_expr(e),
        }
    }

    fn visit_name(&mut self, e: &Expr, id: &Identifier, ctx: ExprContext) -> Outcome {
        let load = ctx == ExprContext::Load;
        self.add_def(id, if load { flag::USE } else { flag::LOCAL }, e.loc)?;
        // `super` without arguments needs the class.
        if load && &**id == "super" && self.cur().is_function_like() {
            self.add_str("__class__", flag::USE, e.loc)?;
        }
        Ok(())
    }

    fn visit_nested_expr(&mut self, e: &Expr) -> Outcome {
        self.deeper()?;
        self.visit_expr_kind(e)?;
        self.depth -= 1;
        Ok(())
    }

    fn visit_expr_kind(&mut self, e: &Expr) -> Outcome {
        match &e.kind {
            ExprKind::NamedExpr { target, value } => {
                self.forbid_in_annotation("named expression", e)?;
                self.visit_named(e, target, value)
            }
            ExprKind::BoolOp { values, .. } | ExprKind::JoinedStr { values } => self.visit_exprs(values),
            ExprKind::BinOp { left, right, .. } => {
                self.visit_expr(left)?;
                self.visit_expr(right)
            }
            ExprKind::UnaryOp { operand, .. } => self.visit_expr(operand),
            ExprKind::Lambda { args, body } => {
                self.visit_defaults(args)?;
                self.enter_named("lambda", BlockKind::Function, Key::expr(e), e.loc);
                self.visit_arguments(args)?;
                self.visit_expr(body)?;
                self.exit();
                Ok(())
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.visit_expr(test)?;
                self.visit_expr(body)?;
                self.visit_expr(orelse)
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().flatten().try_for_each(|k| self.visit_expr(k))?;
                self.visit_exprs(values)
            }
            ExprKind::Set { elts } | ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.visit_exprs(elts),
            ExprKind::GeneratorExp { elt, generators } => self.visit_comprehension(e, ComprehensionKind::Generator, generators, elt, None),
            ExprKind::ListComp { elt, generators } => self.visit_comprehension(e, ComprehensionKind::List, generators, elt, None),
            ExprKind::SetComp { elt, generators } => self.visit_comprehension(e, ComprehensionKind::Set, generators, elt, None),
            ExprKind::DictComp { key, value, generators } => {
                self.visit_comprehension(e, ComprehensionKind::Dict, generators, key, Some(value))
            }
            ExprKind::Yield { value } => {
                self.forbid_in_annotation("yield expression", e)?;
                self.visit_opt(value.as_deref())?;
                self.mark_generator(e)
            }
            ExprKind::YieldFrom { value } => {
                self.forbid_in_annotation("yield expression", e)?;
                self.visit_expr(value)?;
                self.mark_generator(e)
            }
            ExprKind::Await { value } => {
                self.forbid_in_annotation("await expression", e)?;
                self.visit_expr(value)?;
                self.cur_mut().coroutine = true;
                Ok(())
            }
            ExprKind::Compare { left, comparators, .. } => {
                self.visit_expr(left)?;
                self.visit_exprs(comparators)
            }
            ExprKind::Call { func, args, keywords } => {
                self.visit_expr(func)?;
                self.visit_exprs(args)?;
                self.visit_keywords(keywords)
            }
            ExprKind::FormattedValue { value, format_spec, .. } => {
                self.visit_expr(value)?;
                self.visit_opt(format_spec.as_deref())
            }
            ExprKind::Constant { .. } => Ok(()),
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => self.visit_expr(value),
            ExprKind::Subscript { value, slice, .. } => {
                self.visit_expr(value)?;
                self.visit_expr(slice)
            }
            ExprKind::Slice { lower, upper, step } => {
                self.visit_opt(lower.as_deref())?;
                self.visit_opt(upper.as_deref())?;
                self.visit_opt(step.as_deref())
            }
            ExprKind::Name { id, ctx } => self.visit_name(e, id, *ctx),
        }
    }

    fn mark_generator(&mut self, e: &Expr) -> Outcome {
        self.cur_mut().generator = true;
        let place = match self.cur().comprehension {
            None => return Ok(()),
            Some(ComprehensionKind::List) => "list comprehension",
            Some(ComprehensionKind::Set) => "set comprehension",
            Some(ComprehensionKind::Dict) => "dict comprehension",
            Some(ComprehensionKind::Generator) => "generator expression",
        };
        syntax_error(e.loc, format!("'yield' inside {place}"))
    }

    fn forbid_in_annotation(&self, what: &str, e: &Expr) -> Outcome {
        let place = match self.cur().kind {
            BlockKind::Annotation => "an annotation",
            BlockKind::TypeVariable => self.cur().scope_info.unwrap_or("a TypeVar bound"),
            BlockKind::TypeAlias => "a type alias",
            BlockKind::TypeParameters => "the definition of a generic",
            BlockKind::Function | BlockKind::Class | BlockKind::Module => return Ok(()),
        };
        syntax_error(e.loc, format!("{what} cannot be used within {place}"))
    }

    fn visit_named(&mut self, e: &Expr, target: &Expr, value: &Expr) -> Outcome {
        if self.cur().comp_iter_expr > 0 {
            return syntax_error(e.loc, "assignment expression cannot be used in a comprehension iterable expression");
        }
        if self.cur().comprehension.is_some()
            && let ExprKind::Name { id, .. } = &target.kind
        {
            self.bind_outside_comprehension(id, target)?;
        }
        self.visit_expr(value)?;
        self.visit_expr(target)
    }

    /// Binds the target of an assignment expression in the nearest block that is not a comprehension.
    fn bind_outside_comprehension(&mut self, name: &Identifier, target: &Expr) -> Outcome {
        for id in self.stack.clone().into_iter().rev() {
            let block = self.table.block(id);
            if block.comprehension.is_some() {
                let known = self.lookup_in(id, name);
                if known.any(flag::COMP_ITER) && known.any(flag::LOCAL) {
                    let message = format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                    return syntax_error(target.loc, message);
                }
                continue;
            }
            match block.kind {
                BlockKind::Function => {
                    let global = self.lookup_in(id, name).any(flag::GLOBAL);
                    self.add_def(name, if global { flag::GLOBAL } else { flag::NONLOCAL }, target.loc)?;
                    self.record_directive(name, target.loc);
                    return self.add_def_in(id, name, flag::LOCAL, target.loc);
                }
                BlockKind::Module => {
                    self.add_def(name, flag::GLOBAL, target.loc)?;
                    self.record_directive(name, target.loc);
                    return self.add_def_in(id, name, flag::GLOBAL, target.loc);
                }
                BlockKind::Annotation => {}
                BlockKind::Class | BlockKind::TypeParameters | BlockKind::TypeAlias | BlockKind::TypeVariable => {
                    let place = match block.kind {
                        BlockKind::Class => "in a class body",
                        BlockKind::TypeParameters => "within the definition of a generic",
                        BlockKind::TypeAlias => "in a type alias",
                        _ => "in a TypeVar bound",
                    };
                    let message = format!("assignment expression within a comprehension cannot be used {place}");
                    return syntax_error(target.loc, message);
                }
            }
        }
        Ok(())
    }

    fn visit_comprehension(
        &mut self,
        e: &Expr,
        kind: ComprehensionKind,
        generators: &[Comprehension],
        elt: &Expr,
        value: Option<&Expr>,
    ) -> Outcome {
        let Some((outermost, rest)) = generators.split_first() else { return Ok(()) };
        // The outermost iterable is evaluated outside.
        self.cur_mut().comp_iter_expr += 1;
        self.visit_expr(&outermost.iter)?;
        self.cur_mut().comp_iter_expr -= 1;
        let name = match kind {
            ComprehensionKind::List => "listcomp",
            ComprehensionKind::Set => "setcomp",
            ComprehensionKind::Dict => "dictcomp",
            ComprehensionKind::Generator => "genexpr",
        };
        self.enter_named(name, BlockKind::Function, Key::expr(e), e.loc);
        self.cur_mut().comprehension = Some(kind);
        self.cur_mut().coroutine = outermost.is_async;
        self.add_str(".0", flag::PARAM, e.loc)?;
        self.visit_target(&outermost.target)?;
        self.visit_exprs(&outermost.ifs)?;
        for generator in rest {
            self.visit_target(&generator.target)?;
            self.cur_mut().comp_iter_expr += 1;
            self.visit_expr(&generator.iter)?;
            self.cur_mut().comp_iter_expr -= 1;
            self.visit_exprs(&generator.ifs)?;
            if generator.is_async {
                self.cur_mut().coroutine = true;
            }
        }
        self.visit_opt(value)?;
        self.visit_expr(elt)?;
        let is_generator = kind == ComprehensionKind::Generator;
        self.cur_mut().generator = is_generator;
        let is_async = self.cur().coroutine && !is_generator;
        self.exit();
        if is_async {
            self.cur_mut().coroutine = true;
        }
        Ok(())
    }

    fn visit_target(&mut self, target: &Expr) -> Outcome {
        self.cur_mut().comp_iter_target = true;
        self.visit_expr(target)?;
        self.cur_mut().comp_iter_target = false;
        Ok(())
    }

    pub(super) fn visit_pattern(&mut self, p: &Pattern) -> Outcome {
        self.deeper()?;
        let bind = match &p.kind {
            PatternKind::MatchValue { value } => {
                self.visit_expr(value)?;
                None
            }
            PatternKind::MatchSingleton { .. } => None,
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                self.visit_patterns(patterns)?;
                None
            }
            PatternKind::MatchStar { name } => name.as_ref(),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                self.visit_exprs(keys)?;
                self.visit_patterns(patterns)?;
                rest.as_ref()
            }
            PatternKind::MatchClass { cls, patterns, kwd_patterns, .. } => {
                self.visit_expr(cls)?;
                self.visit_patterns(patterns)?;
                self.visit_patterns(kwd_patterns)?;
                None
            }
            PatternKind::MatchAs { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.visit_pattern(pattern)?;
                }
                name.as_ref()
            }
        };
        if let Some(name) = bind {
            self.add_def(name, flag::LOCAL, p.loc)?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn visit_patterns(&mut self, patterns: &[Pattern]) -> Outcome {
        patterns.iter().try_for_each(|p| self.visit_pattern(p))
    }
}
