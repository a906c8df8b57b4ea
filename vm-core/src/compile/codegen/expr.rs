//! Expressions: which code each is compiled by, and those that need only a few lines.

use super::assign::attribute_loc;
use super::{CodeGen, Op, Outcome, ScopeKind, Table, intrinsic1, resume, syntax_error};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprContext, ExprKind, Identifier, UnaryOp};
use crate::compile::instr::Location;

impl<'a> CodeGen<'a> {
    pub(super) fn expr(&mut self, e: &'a Expr) -> Outcome {
        let loc = e.loc;
        match &e.kind {
            ExprKind::NamedExpr { target, value } => {
                self.expr(value)?;
                self.emit_i(loc, Op::COPY, 1);
                self.expr(target)
            }
            ExprKind::BoolOp { op, values } => self.bool_op(loc, *op, values),
            ExprKind::BinOp { left, op, right } => {
                self.expr(left)?;
                self.expr(right)?;
                self.binary_op(loc, *op, false);
                Ok(())
            }
            ExprKind::UnaryOp { op, operand } => {
                self.expr(operand)?;
                match op {
                    UnaryOp::UAdd => self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::UNARY_POSITIVE),
                    UnaryOp::Not => {
                        self.emit(loc, Op::TO_BOOL);
                        self.emit(loc, Op::UNARY_NOT);
                    }
                    UnaryOp::Invert => self.emit(loc, Op::UNARY_INVERT),
                    UnaryOp::USub => self.emit(loc, Op::UNARY_NEGATIVE),
                }
                Ok(())
            }
            ExprKind::Lambda { args, body } => self.lambda(e, args, body),
            ExprKind::IfExp { test, body, orelse } => self.if_exp(test, body, orelse),
            ExprKind::Dict { keys, values } => self.dict(loc, keys, values),
            ExprKind::Set { elts } => self.set(loc, elts),
            ExprKind::GeneratorExp { .. } | ExprKind::ListComp { .. } | ExprKind::SetComp { .. } | ExprKind::DictComp { .. } => {
                self.comprehension(e)
            }
            ExprKind::Yield { value } => {
                self.in_function(loc, "'yield' outside function")?;
                match value {
                    Some(value) => self.expr(value)?,
                    None => self.load_const(loc, Const::None),
                }
                self.yield_value(loc);
                Ok(())
            }
            ExprKind::YieldFrom { value } => {
                self.in_function(loc, "'yield from' outside function")?;
                if self.cur.kind == ScopeKind::AsyncFunction {
                    return syntax_error(loc, "'yield from' inside async function");
                }
                self.expr(value)?;
                self.emit(loc, Op::GET_YIELD_FROM_ITER);
                self.load_const(loc, Const::None);
                self.yield_from(loc, false);
                Ok(())
            }
            ExprKind::Await { value } => {
                let allowed = self.may_await();
                if !allowed {
                    self.in_function(loc, "'await' outside function")?;
                }
                if !allowed && self.cur.kind != ScopeKind::Comprehension {
                    return syntax_error(loc, "'await' outside async function");
                }
                self.expr(value)?;
                self.await_top(loc, 0);
                Ok(())
            }
            ExprKind::Compare { left, ops, comparators } => self.compare(loc, left, ops, comparators),
            ExprKind::Call { func, args, keywords } => self.call(loc, func, args, keywords),
            ExprKind::Constant { value, .. } => {
                let at = self.cur.unit.consts.add_copy(value);
                self.emit_i(loc, Op::LOAD_CONST, at as usize);
                Ok(())
            }
            ExprKind::JoinedStr { values } => self.joined_str(loc, values),
            ExprKind::FormattedValue { value, conversion, format_spec } => {
                self.formatted_value(loc, value, *conversion, format_spec.as_deref())
            }
            ExprKind::Attribute { value, attr, ctx } => self.attribute(e, value, attr, *ctx),
            ExprKind::Subscript { value, slice, ctx } => self.subscript(loc, value, slice, *ctx),
            ExprKind::Starred { ctx: ExprContext::Store, .. } => syntax_error(loc, "starred assignment target must be in a list or tuple"),
            ExprKind::Starred { .. } => syntax_error(loc, "can't use starred expression here"),
            ExprKind::Slice { .. } => {
                let n = self.slice(e)?;
                self.emit_i(loc, Op::BUILD_SLICE, n);
                Ok(())
            }
            ExprKind::Name { id, ctx } => self.name_op(loc, id, *ctx),
            ExprKind::List { elts, ctx } => self.list_or_tuple(loc, elts, *ctx, false),
            ExprKind::Tuple { elts, ctx } => self.list_or_tuple(loc, elts, *ctx, true),
        }
    }

    fn in_function(&self, loc: Location, message: &str) -> Outcome {
        if self.table.block(self.cur.block).is_function_like() { Ok(()) } else { syntax_error(loc, message) }
    }

    pub(super) fn yield_value(&mut self, loc: Location) {
        let block = self.table.block(self.cur.block);
        if block.generator && block.coroutine {
            self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::ASYNC_GEN_WRAP);
        }
        self.emit_i(loc, Op::YIELD_VALUE, 0);
        self.emit_i(loc, Op::RESUME, resume::AFTER_YIELD);
    }

    fn attribute(&mut self, e: &'a Expr, value: &'a Expr, attr: &Identifier, ctx: ExprContext) -> Outcome {
        let at = attribute_loc(e.loc, e.loc, attr);
        if ctx == ExprContext::Load
            && let Some(args) = self.optimizable_super(value, attr)?
        {
            self.super_args(value, args)?;
            let op = if args.is_empty() { Op::LOAD_ZERO_SUPER_ATTR } else { Op::LOAD_SUPER_ATTR };
            self.emit_name(e.loc, op, Table::Names, attr);
            self.emit(at, Op::NOP);
            return Ok(());
        }
        self.note_static_attribute(value, attr, ctx);
        self.expr(value)?;
        let op = match ctx {
            ExprContext::Load => Op::LOAD_ATTR,
            ExprContext::Store => Op::STORE_ATTR,
            ExprContext::Del => Op::DELETE_ATTR,
        };
        if ctx == ExprContext::Store {
            self.forbid(at, attr, ctx)?;
        }
        self.emit_name(at, op, Table::Names, attr);
        Ok(())
    }
}
