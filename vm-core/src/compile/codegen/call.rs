//! Calls: of methods, with keywords, with `*` and `**`, and the short cut for `super()`.

use super::assign::attribute_loc;
use super::container::TUPLE;
use super::{CodeGen, Op, Outcome, STACK_USE_GUIDELINE, Scope, Table, flag, str_tuple, syntax_error};
use crate::compile::ast::{Expr, ExprContext, ExprKind, Identifier, Keyword};
use crate::compile::instr::Location;
use crate::compile::warnings;

fn is_starred(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Starred { .. })
}

fn keyword_names(keywords: &[Keyword]) -> impl Iterator<Item = &Identifier> {
    keywords.iter().filter_map(|k| k.arg.as_ref())
}

impl<'a> CodeGen<'a> {
    fn check_keywords(&self, keywords: &[Keyword]) -> Outcome {
        for (i, keyword) in keywords.iter().enumerate() {
            let Some(name) = &keyword.arg else { continue };
            self.forbid(keyword.loc, name, ExprContext::Store)?;
            if let Some(again) = keywords[i + 1..].iter().find(|k| k.arg.as_ref() == Some(name)) {
                return syntax_error(again.loc, format!("keyword argument repeated: {name}"));
            }
        }
        Ok(())
    }

    pub(super) fn call(&mut self, loc: Location, func: &'a Expr, args: &'a [Expr], keywords: &'a [Keyword]) -> Outcome {
        self.check_keywords(keywords)?;
        if let ExprKind::Attribute { value, attr, ctx: ExprContext::Load } = &func.kind
            && self.is_plain_method_call(value, args, keywords)
        {
            return self.method_call(loc, func.loc, value, attr, args, keywords);
        }
        self.warn(func.loc, warnings::call(func));
        self.expr(func)?;
        match self.cur.unit.instrs.instrs.last_mut() {
            // One instruction in the end; `inline_small_blocks` counts it as two.
            Some(last) if last.op == Op::LOAD_GLOBAL && matches!(func.kind, ExprKind::Name { .. }) && last.loc.is(&func.loc) => {
                last.oparg |= 1;
            }
            _ => self.emit(func.loc, Op::PUSH_NULL),
        }
        self.call_helper(loc, 0, args, keywords, None)
    }

    /// Whether `value.attr(…)` needs no bound method.
    fn is_plain_method_call(&self, value: &Expr, args: &[Expr], keywords: &[Keyword]) -> bool {
        if let ExprKind::Name { id, .. } = &value.kind {
            // Functions of imported modules are no methods.
            if self.table.top().symbol(id).any(flag::IMPORT) {
                return false;
            }
        }
        args.len() + keywords.len() + usize::from(!keywords.is_empty()) < STACK_USE_GUIDELINE
            && !args.iter().any(is_starred)
            && keywords.iter().all(|k| k.arg.is_some())
    }

    fn method_call(
        &mut self,
        loc: Location,
        method_loc: Location,
        value: &'a Expr,
        attr: &Identifier,
        args: &'a [Expr],
        keywords: &'a [Keyword],
    ) -> Outcome {
        let at = attribute_loc(method_loc, method_loc, attr);
        if let Some(super_args) = self.optimizable_super(value, attr)? {
            self.super_args(value, super_args)?;
            let op = if super_args.is_empty() { Op::LOAD_ZERO_SUPER_METHOD } else { Op::LOAD_SUPER_METHOD };
            self.emit_name(method_loc, op, Table::Names, attr);
            self.emit(at, Op::NOP);
        } else {
            self.expr(value)?;
            self.emit_name(at, Op::LOAD_METHOD, Table::Names, attr);
        }
        self.exprs(args)?;
        let call_loc = attribute_loc(loc, method_loc, attr);
        if keywords.is_empty() {
            self.emit_i(call_loc, Op::CALL, args.len());
        } else {
            keywords.iter().try_for_each(|k| self.expr(&k.value))?;
            self.load_const(at, str_tuple(keyword_names(keywords)));
            self.emit_i(call_loc, Op::CALL_KW, args.len() + keywords.len());
        }
        Ok(())
    }

    /// The arguments of `super` in `value`, if `value.attr` can be looked up without making a super object.
    pub(super) fn optimizable_super(&self, value: &'a Expr, attr: &str) -> Outcome<Option<&'a [Expr]>> {
        let ExprKind::Call { func, args, keywords } = &value.kind else { return Ok(None) };
        let ExprKind::Name { id, .. } = &func.kind else { return Ok(None) };
        if &**id != "super"
            || attr == "__class__"
            || !keywords.is_empty()
            || self.table.block(self.cur.block).scope(id) != Scope::GlobalImplicit
            || self.table.top().scope(id) != Scope::Unknown
        {
            return Ok(None);
        }
        let usable = match &args[..] {
            [a, b] => !is_starred(a) && !is_starred(b),
            [] => {
                (self.cur.unit.argcount != 0 || self.cur.unit.posonlyargcount != 0) && self.ref_scope(&self.table.own.class)? == Scope::Free
            }
            _ => false,
        };
        Ok(usable.then_some(args))
    }

    /// Pushes `super`, the class and the object.
    pub(super) fn super_args(&mut self, call: &'a Expr, args: &'a [Expr]) -> Outcome {
        let ExprKind::Call { func, .. } = &call.kind else { return self.internal("not a call of super") };
        self.name_str(func.loc, "super", ExprContext::Load)?;
        if !args.is_empty() {
            return self.exprs(args);
        }
        self.name_str(call.loc, "__class__", ExprContext::Load)?;
        match self.cur.varnames.0.entries().first().map(|(name, ())| name.clone()) {
            Some(first) => self.name_op(call.loc, &first, ExprContext::Load),
            None => self.internal("super without arguments"),
        }
    }

    /// Pushes the arguments and calls; `pushed` of them are on the stack, and the variable `extra` follows `args`.
    pub(super) fn call_helper(
        &mut self,
        loc: Location,
        pushed: usize,
        args: &'a [Expr],
        keywords: &'a [Keyword],
        extra: Option<&str>,
    ) -> Outcome {
        self.check_keywords(keywords)?;
        let count = args.len() + usize::from(extra.is_some());
        let unpacks = args.iter().any(is_starred) || keywords.iter().any(|k| k.arg.is_none());
        if count + keywords.len() * 2 > STACK_USE_GUIDELINE || unpacks {
            return self.call_ex(loc, pushed, args, keywords, extra);
        }
        for arg in args {
            self.expr(arg)?;
        }
        if let Some(name) = extra {
            self.name_str(loc, name, ExprContext::Load)?;
        }
        if keywords.is_empty() {
            self.emit_i(loc, Op::CALL, pushed + count);
        } else {
            keywords.iter().try_for_each(|k| self.expr(&k.value))?;
            self.load_const(loc, str_tuple(keyword_names(keywords)));
            self.emit_i(loc, Op::CALL_KW, pushed + count + keywords.len());
        }
        Ok(())
    }

    /// Calls with a tuple and perhaps a dict.
    fn call_ex(&mut self, loc: Location, pushed: usize, args: &'a [Expr], keywords: &'a [Keyword], extra: Option<&str>) -> Outcome {
        match args {
            [Expr { kind: ExprKind::Starred { value, .. }, .. }] if pushed == 0 && extra.is_none() => {
                self.expr(value)?;
            }
            _ => self.star_unpack(loc, args, pushed, TUPLE, extra)?,
        }
        let (mut have_dict, mut pending) = (false, 0);
        for (i, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                pending += 1;
                continue;
            }
            if pending > 0 {
                self.merge_keywords(loc, &keywords[i - pending..i], &mut have_dict)?;
                pending = 0;
            }
            if !have_dict {
                self.emit_i(loc, Op::BUILD_MAP, 0);
                have_dict = true;
            }
            self.expr(&keyword.value)?;
            self.emit_i(loc, Op::DICT_MERGE, 1);
        }
        if pending > 0 {
            self.merge_keywords(loc, &keywords[keywords.len() - pending..], &mut have_dict)?;
        }
        self.emit_i(loc, Op::CALL_FUNCTION_EX, usize::from(!keywords.is_empty()));
        Ok(())
    }

    fn merge_keywords(&mut self, loc: Location, keywords: &'a [Keyword], have_dict: &mut bool) -> Outcome {
        let n = keywords.len();
        let big = n * 2 > STACK_USE_GUIDELINE;
        if n > 1 && !big {
            keywords.iter().try_for_each(|k| self.expr(&k.value))?;
            self.load_const(loc, str_tuple(keyword_names(keywords)));
            self.emit_i(loc, Op::BUILD_CONST_KEY_MAP, n);
        } else {
            if big {
                self.emit_i(Location::NONE, Op::BUILD_MAP, 0);
            }
            for keyword in keywords {
                let name = keyword.arg.as_ref().map_or_else(|| super::str_const(""), Identifier::constant);
                self.load_const(loc, name);
                self.expr(&keyword.value)?;
                if big {
                    self.emit_i(Location::NONE, Op::MAP_ADD, 1);
                }
            }
            if !big {
                self.emit_i(loc, Op::BUILD_MAP, n);
            }
        }
        if *have_dict {
            self.emit_i(loc, Op::DICT_MERGE, 1);
        }
        *have_dict = true;
        Ok(())
    }
}
