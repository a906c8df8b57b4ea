//! Conditions: jumping on an expression, comparisons, `and`, `or` and conditional expressions.
//!
//! `control` decides where to jump; here a test is compiled without making a bool that nobody looks at.

use super::{CodeGen, Op, Outcome};
use crate::compile::ast::{BoolOp, CmpOp, Expr, ExprKind, UnaryOp};
use crate::compile::instr::{Label, Location};

impl<'a> CodeGen<'a> {
    pub(super) fn compare_op(&mut self, loc: Location, op: CmpOp) {
        // The comparison stands above five bits; the low four say which outcomes make it true.
        let (number, mask) = match op {
            CmpOp::Lt => (0, 2),
            CmpOp::LtE => (1, 2 | 8),
            CmpOp::Eq => (2, 8),
            CmpOp::NotEq => (3, 1 | 2 | 4),
            CmpOp::Gt => (4, 4),
            CmpOp::GtE => (5, 4 | 8),
            CmpOp::Is => return self.emit_i(loc, Op::IS_OP, 0),
            CmpOp::IsNot => return self.emit_i(loc, Op::IS_OP, 1),
            CmpOp::In => return self.emit_i(loc, Op::CONTAINS_OP, 0),
            CmpOp::NotIn => return self.emit_i(loc, Op::CONTAINS_OP, 1),
        };
        self.emit_i(loc, Op::COMPARE_OP, number << 5 | mask);
    }

    fn pop_jump(condition: bool) -> Op {
        if condition { Op::POP_JUMP_IF_TRUE } else { Op::POP_JUMP_IF_FALSE }
    }

    /// Jumps to `next` if the truth of `e` is `condition`.
    pub(super) fn jump_if(&mut self, e: &'a Expr, next: Label, condition: bool) -> Outcome {
        match &e.kind {
            ExprKind::UnaryOp { op: UnaryOp::Not, operand } => return self.jump_if(operand, next, !condition),
            ExprKind::BoolOp { op, values } => {
                let short = *op == BoolOp::Or;
                let elsewhere = if short == condition { next } else { self.label() };
                if let Some((last, firsts)) = values.split_last() {
                    for value in firsts {
                        self.jump_if(value, elsewhere, short)?;
                    }
                    self.jump_if(last, next, condition)?;
                }
                if elsewhere != next {
                    self.place(elsewhere);
                }
                return Ok(());
            }
            ExprKind::IfExp { test, body, orelse } => {
                let (end, other) = (self.label(), self.label());
                self.jump_if(test, other, false)?;
                self.jump_if(body, next, condition)?;
                self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
                self.place(other);
                self.jump_if(orelse, next, condition)?;
                self.place(end);
                return Ok(());
            }
            ExprKind::Compare { left, ops, comparators } if ops.len() > 1 => {
                self.check_identity(e.loc, left, ops, comparators);
                return self.jump_if_chain(e.loc, (left, ops, comparators), next, condition);
            }
            _ => {}
        }
        self.expr(e)?;
        self.emit(e.loc, Op::TO_BOOL);
        self.emit_jump(e.loc, Self::pop_jump(condition), next);
        Ok(())
    }

    /// Jumps on a chained comparison.
    fn jump_if_chain(
        &mut self,
        at: Location,
        (left, ops, comparators): (&'a Expr, &'a [CmpOp], &'a [Expr]),
        next: Label,
        condition: bool,
    ) -> Outcome {
        let (Some((last_op, ops)), Some((last, comparators))) = (ops.split_last(), comparators.split_last()) else {
            return Ok(());
        };
        let cleanup = self.label();
        self.expr(left)?;
        for (op, comparator) in ops.iter().zip(comparators) {
            self.expr(comparator)?;
            self.emit_i(at, Op::SWAP, 2);
            self.emit_i(at, Op::COPY, 2);
            self.compare_op(at, *op);
            self.emit(at, Op::TO_BOOL);
            self.emit_jump(at, Op::POP_JUMP_IF_FALSE, cleanup);
        }
        self.expr(last)?;
        self.compare_op(at, *last_op);
        self.emit(at, Op::TO_BOOL);
        self.emit_jump(at, Self::pop_jump(condition), next);
        let end = self.label();
        self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
        self.place(cleanup);
        self.emit(at, Op::POP_TOP);
        if !condition {
            self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, next);
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn if_exp(&mut self, test: &'a Expr, body: &'a Expr, orelse: &'a Expr) -> Outcome {
        let (end, next) = (self.label(), self.label());
        self.jump_if(test, next, false)?;
        self.expr(body)?;
        self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
        self.place(next);
        self.expr(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn bool_op(&mut self, loc: Location, op: BoolOp, values: &'a [Expr]) -> Outcome {
        let jump = Self::pop_jump(op == BoolOp::Or);
        let end = self.label();
        if let Some((last, firsts)) = values.split_last() {
            for value in firsts {
                self.expr(value)?;
                self.emit_i(loc, Op::COPY, 1);
                self.emit(loc, Op::TO_BOOL);
                self.emit_jump(loc, jump, end);
                self.emit(loc, Op::POP_TOP);
            }
            self.expr(last)?;
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn compare(&mut self, loc: Location, left: &'a Expr, ops: &'a [CmpOp], comparators: &'a [Expr]) -> Outcome {
        self.check_identity(loc, left, ops, comparators);
        self.expr(left)?;
        let (Some((last_op, ops)), Some((last, comparators))) = (ops.split_last(), comparators.split_last()) else {
            return Ok(());
        };
        if ops.is_empty() {
            self.expr(last)?;
            self.compare_op(loc, *last_op);
            return Ok(());
        }
        let cleanup = self.label();
        for (op, comparator) in ops.iter().zip(comparators) {
            self.expr(comparator)?;
            self.emit_i(loc, Op::SWAP, 2);
            self.emit_i(loc, Op::COPY, 2);
            self.compare_op(loc, *op);
            self.emit_i(loc, Op::COPY, 1);
            self.emit(loc, Op::TO_BOOL);
            self.emit_jump(loc, Op::POP_JUMP_IF_FALSE, cleanup);
            self.emit(loc, Op::POP_TOP);
        }
        self.expr(last)?;
        self.compare_op(loc, *last_op);
        let end = self.label();
        self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
        self.place(cleanup);
        self.emit_i(loc, Op::SWAP, 2);
        self.emit(loc, Op::POP_TOP);
        self.place(end);
        Ok(())
    }
}
