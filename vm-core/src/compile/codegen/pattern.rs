//! `match` statements (PEP 634), all patterns but alternatives, which `pattern_or` compiles.
//!
//! Every pattern takes its subject from the top of the stack. Captures are kept on the stack below what is being matched until
//! the whole pattern has matched; a failure jumps to code that pops exactly what lies there.

use super::{CodeGen, Op, Outcome, syntax_error};
use crate::code::{Const, const_repr, str_repr};
use crate::compile::ast::{CmpOp, Expr, ExprContext, ExprKind, Identifier, MatchCase, Operator, Pattern, PatternKind};
use crate::compile::fold::python_eq;
use crate::compile::instr::{Label, Location};

/// What is known while a case is compiled.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// Names captured so far; their values lie on the stack in this order.
    pub(super) stores: Vec<Identifier>,
    /// Whether a pattern that always matches may stand here.
    pub(super) allow_irrefutable: bool,
    /// Where to fail to: the label at `n` pops `n` values.
    pub(super) fail_pop: Vec<Label>,
    /// How many values above the captures must stay there.
    pub(super) on_top: usize,
}

fn is_wildcard(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::MatchAs { name: None, .. })
}

fn is_star_wildcard(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::MatchStar { name: None })
}

fn is_star(p: &Pattern) -> bool {
    matches!(p.kind, PatternKind::MatchStar { .. })
}

impl<'a> CodeGen<'a> {
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Outcome {
        self.expr(subject)?;
        let end = self.label();
        let Some((last, firsts)) = cases.split_last() else { return self.internal("match without cases") };
        let has_default = is_wildcard(&last.pattern) && !firsts.is_empty();
        let tested = if has_default { firsts } else { cases };
        for (i, case) in tested.iter().enumerate() {
            let loc = case.pattern.loc;
            let keep_subject = i + 1 < tested.len();
            if keep_subject {
                self.emit_i(loc, Op::COPY, 1);
            }
            let allow_irrefutable = case.guard.is_some() || i + 1 == cases.len();
            let mut context = Context { allow_irrefutable, ..Context::default() };
            self.pattern(&case.pattern, &mut context)?;
            for name in &context.stores {
                self.name_op(loc, name, ExprContext::Store)?;
            }
            if let Some(guard) = &case.guard {
                self.ensure_fail_pop(&mut context, 0);
                self.jump_if(guard, context.fail_pop[0], false)?;
            }
            if keep_subject {
                self.emit(loc, Op::POP_TOP);
            }
            self.body(&case.body)?;
            self.emit_jump(Location::NONE, Op::JUMP, end);
            self.emit_fail_pop(loc, &mut context);
        }
        if has_default {
            // So that the line of the default case is traced.
            self.emit(last.pattern.loc, Op::NOP);
            if let Some(guard) = &last.guard {
                self.jump_if(guard, end, false)?;
            }
            self.body(&last.body)?;
        }
        self.place(end);
        Ok(())
    }

    fn ensure_fail_pop(&mut self, context: &mut Context, pops: usize) {
        while context.fail_pop.len() <= pops {
            let label = self.label();
            context.fail_pop.push(label);
        }
    }

    pub(super) fn jump_to_fail_pop(&mut self, loc: Location, context: &mut Context, op: Op) {
        let pops = context.on_top + context.stores.len();
        self.ensure_fail_pop(context, pops);
        self.emit_jump(loc, op, context.fail_pop[pops]);
    }

    pub(super) fn emit_fail_pop(&mut self, loc: Location, context: &mut Context) {
        let mut labels = std::mem::take(&mut context.fail_pop);
        while let Some(label) = labels.pop() {
            self.place(label);
            if !labels.is_empty() {
                self.emit(loc, Op::POP_TOP);
            }
        }
    }

    /// Moves the top of the stack below `count - 1` others.
    pub(super) fn rotate(&mut self, loc: Location, count: usize) {
        for n in (2..=count).rev() {
            self.emit_i(loc, Op::SWAP, n);
        }
    }

    pub(super) fn duplicate_store<T>(&self, loc: Location, name: &str) -> Outcome<T> {
        syntax_error(loc, format!("multiple assignments to name {} in pattern", str_repr(name.as_bytes())))
    }

    fn store_name(&mut self, loc: Location, name: Option<&Identifier>, context: &mut Context) -> Outcome {
        let Some(name) = name else {
            self.emit(loc, Op::POP_TOP);
            return Ok(());
        };
        self.forbid(loc, name, ExprContext::Store)?;
        if context.stores.contains(name) {
            return self.duplicate_store(loc, name);
        }
        self.rotate(loc, context.on_top + context.stores.len() + 1);
        context.stores.push(name.clone());
        Ok(())
    }

    /// A pattern inside another, where one that always matches is fine.
    fn subpattern(&mut self, p: &'a Pattern, context: &mut Context) -> Outcome {
        let allowed = std::mem::replace(&mut context.allow_irrefutable, true);
        self.pattern(p, context)?;
        context.allow_irrefutable = allowed;
        Ok(())
    }

    pub(super) fn pattern(&mut self, p: &'a Pattern, context: &mut Context) -> Outcome {
        let loc = p.loc;
        match &p.kind {
            PatternKind::MatchValue { value } => {
                if !matches!(value.kind, ExprKind::Constant { .. } | ExprKind::Attribute { .. }) {
                    return syntax_error(loc, "patterns may only match literals and attribute lookups");
                }
                self.expr(value)?;
                self.compare_op(loc, CmpOp::Eq);
                self.emit(loc, Op::TO_BOOL);
                self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSingleton { value } => {
                self.load_const(loc, value.clone());
                self.compare_op(loc, CmpOp::Is);
                self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
                Ok(())
            }
            PatternKind::MatchSequence { patterns } => self.sequence_pattern(loc, patterns, context),
            PatternKind::MatchMapping { keys, patterns, rest } => self.mapping_pattern(loc, keys, patterns, rest.as_ref(), context),
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                self.class_pattern(loc, cls, patterns, (kwd_attrs, kwd_patterns), context)
            }
            PatternKind::MatchStar { name } => self.store_name(loc, name.as_ref(), context),
            PatternKind::MatchAs { pattern, name } => self.as_pattern(loc, pattern.as_deref(), name.as_ref(), context),
            PatternKind::MatchOr { patterns } => self.or_pattern(loc, patterns, context),
        }
    }

    fn as_pattern(&mut self, loc: Location, pattern: Option<&'a Pattern>, name: Option<&Identifier>, context: &mut Context) -> Outcome {
        let Some(pattern) = pattern else {
            return match name {
                _ if context.allow_irrefutable => self.store_name(loc, name, context),
                Some(name) => {
                    let name = str_repr(name.as_bytes());
                    syntax_error(loc, format!("name capture {name} makes remaining patterns unreachable"))
                }
                None => syntax_error(loc, "wildcard makes remaining patterns unreachable"),
            };
        };
        context.on_top += 1;
        self.emit_i(loc, Op::COPY, 1);
        self.pattern(pattern, context)?;
        context.on_top -= 1;
        self.store_name(loc, name, context)
    }

    fn sequence_pattern(&mut self, loc: Location, patterns: &'a [Pattern], context: &mut Context) -> Outcome {
        let mut stars = patterns.iter().enumerate().filter(|(_, p)| is_star(p));
        let star = stars.next();
        if stars.next().is_some() {
            return syntax_error(loc, "multiple starred names in sequence pattern");
        }
        let only_wildcard = patterns.iter().all(|p| is_wildcard(p) || is_star_wildcard(p));
        context.on_top += 1;
        self.emit(loc, Op::MATCH_SEQUENCE);
        self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
        let length = match star {
            None => Some((patterns.len(), CmpOp::Eq)),
            Some(_) if patterns.len() > 1 => Some((patterns.len() - 1, CmpOp::GtE)),
            Some(_) => None,
        };
        if let Some((length, op)) = length {
            self.emit(loc, Op::GET_LEN);
            self.load_int(loc, length);
            self.compare_op(loc, op);
            self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
        }
        context.on_top -= 1;
        match star {
            _ if only_wildcard => {
                self.emit(loc, Op::POP_TOP);
                Ok(())
            }
            Some((at, p)) if is_star_wildcard(p) => self.subscript_sequence(loc, patterns, at, context),
            _ => self.unpack_sequence(loc, patterns, star.map(|(at, _)| at), context),
        }
    }

    fn unpack_sequence(&mut self, loc: Location, patterns: &'a [Pattern], star: Option<usize>, context: &mut Context) -> Outcome {
        match star {
            Some(at) => {
                let after = patterns.len() - at - 1;
                if at >= 1 << 8 || after >= i32::MAX as usize >> 8 {
                    return syntax_error(loc, "too many expressions in star-unpacking sequence pattern");
                }
                self.emit_i(loc, Op::UNPACK_EX, at | after << 8);
            }
            None => self.emit_i(loc, Op::UNPACK_SEQUENCE, patterns.len()),
        }
        context.on_top += patterns.len();
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        Ok(())
    }

    /// Matches the items around a starred wildcard by index, without unpacking.
    fn subscript_sequence(&mut self, loc: Location, patterns: &'a [Pattern], star: usize, context: &mut Context) -> Outcome {
        context.on_top += 1;
        for (i, pattern) in patterns.iter().enumerate() {
            if is_wildcard(pattern) || i == star {
                continue;
            }
            self.emit_i(loc, Op::COPY, 1);
            if i < star {
                self.load_int(loc, i);
            } else {
                // The subject may not take negative indices.
                self.emit(loc, Op::GET_LEN);
                self.load_int(loc, patterns.len() - i);
                self.binary_op(loc, Operator::Sub, false);
            }
            self.emit(loc, Op::BINARY_SUBSCR);
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 1;
        self.emit(loc, Op::POP_TOP);
        Ok(())
    }

    fn class_pattern(
        &mut self,
        loc: Location,
        cls: &'a Expr,
        patterns: &'a [Pattern],
        (attrs, attr_patterns): (&'a [Identifier], &'a [Pattern]),
        context: &mut Context,
    ) -> Outcome {
        for (i, (attr, pattern)) in attrs.iter().zip(attr_patterns).enumerate() {
            self.forbid(pattern.loc, attr, ExprContext::Store)?;
            let mut later = attrs.iter().zip(attr_patterns).skip(i + 1);
            if let Some((_, again)) = later.find(|(other, _)| *other == attr) {
                return syntax_error(again.loc, format!("attribute name repeated in class pattern: {attr}"));
            }
        }
        self.expr(cls)?;
        self.load_const(loc, super::str_tuple(attrs));
        self.emit_i(loc, Op::MATCH_CLASS, patterns.len());
        self.fail_if_none(loc, context, 1);
        let count = patterns.len() + attr_patterns.len();
        self.emit_i(loc, Op::UNPACK_SEQUENCE, count);
        context.on_top = context.on_top + count - 1;
        for pattern in patterns.iter().chain(attr_patterns) {
            context.on_top -= 1;
            if is_wildcard(pattern) {
                self.emit(loc, Op::POP_TOP);
            } else {
                self.subpattern(pattern, context)?;
            }
        }
        Ok(())
    }

    /// Fails if the top of the stack is `None`; it and `above - 1` new values below it stay otherwise.
    fn fail_if_none(&mut self, loc: Location, context: &mut Context, above: usize) {
        context.on_top += above;
        self.emit_i(loc, Op::COPY, 1);
        self.load_const(loc, Const::None);
        self.emit_i(loc, Op::IS_OP, 1);
        self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
    }

    fn mapping_keys(&mut self, loc: Location, keys: &'a [Expr]) -> Outcome {
        let mut seen: Vec<&Const> = Vec::new();
        for key in keys {
            match &key.kind {
                ExprKind::Constant { value, .. } => {
                    if seen.iter().any(|known| python_eq(known, value)) {
                        let key = const_repr(value);
                        return syntax_error(loc, format!("mapping pattern checks duplicate key ({key})"));
                    }
                    seen.push(value);
                }
                ExprKind::Attribute { .. } => {}
                _ => {
                    let message = "mapping pattern keys may only match literals and attribute lookups";
                    return syntax_error(loc, message);
                }
            }
            self.expr(key)?;
        }
        Ok(())
    }

    fn mapping_pattern(
        &mut self,
        loc: Location,
        keys: &'a [Expr],
        patterns: &'a [Pattern],
        rest: Option<&Identifier>,
        context: &mut Context,
    ) -> Outcome {
        let size = keys.len();
        context.on_top += 1;
        self.emit(loc, Op::MATCH_MAPPING);
        self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
        if size == 0 && rest.is_none() {
            context.on_top -= 1;
            self.emit(loc, Op::POP_TOP);
            return Ok(());
        }
        if size > 0 {
            self.emit(loc, Op::GET_LEN);
            self.load_int(loc, size);
            self.compare_op(loc, CmpOp::GtE);
            self.jump_to_fail_pop(loc, context, Op::POP_JUMP_IF_FALSE);
        }
        self.mapping_keys(loc, keys)?;
        self.emit_i(loc, Op::BUILD_TUPLE, size);
        self.emit(loc, Op::MATCH_KEYS);
        self.fail_if_none(loc, context, 2);
        self.emit_i(loc, Op::UNPACK_SEQUENCE, size);
        context.on_top = context.on_top + size - 1;
        for pattern in patterns {
            context.on_top -= 1;
            self.subpattern(pattern, context)?;
        }
        context.on_top -= 2;
        if rest.is_none() {
            // The keys and the subject.
            self.emit(loc, Op::POP_TOP);
            self.emit(loc, Op::POP_TOP);
            return Ok(());
        }
        // A copy of the subject without the keys.
        self.emit_i(loc, Op::BUILD_MAP, 0);
        self.emit_i(loc, Op::SWAP, 3);
        self.emit_i(loc, Op::DICT_UPDATE, 2);
        self.emit_i(loc, Op::UNPACK_SEQUENCE, size);
        for left in (1..=size).rev() {
            self.emit_i(loc, Op::COPY, 1 + left);
            self.emit_i(loc, Op::SWAP, 2);
            self.emit(loc, Op::DELETE_SUBSCR);
        }
        self.store_name(loc, rest, context)
    }
}
