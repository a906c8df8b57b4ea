//! `if`, loops and the statements that leave them.
//!
//! Conditions are compiled in `jump`, what happens on the way out of `try` and `with` in `blocks`.

use super::blocks::BlockKind;
use super::{CodeGen, Op, Outcome, syntax_error};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprKind, Stmt};
use crate::compile::instr::Location;

impl<'a> CodeGen<'a> {
    pub(super) fn if_stmt(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Outcome {
        let end = self.label();
        let next = if orelse.is_empty() { end } else { self.label() };
        self.jump_if(test, next, false)?;
        self.body(body)?;
        if !orelse.is_empty() {
            self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
            self.place(next);
            self.body(orelse)?;
        }
        self.place(end);
        Ok(())
    }

    pub(super) fn for_stmt(&mut self, loc: Location, target: &'a Expr, iter: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Outcome {
        let (start, inside, cleanup, end) = (self.label(), self.label(), self.label(), self.label());
        self.push_block(loc, BlockKind::ForLoop { start, end })?;
        self.expr(iter)?;
        self.emit(iter.loc, Op::GET_ITER);
        self.place(start);
        self.emit_jump(iter.loc, Op::FOR_ITER, cleanup);
        // For tracing of loops over several lines; dropped later if nothing needs it.
        self.emit(target.loc, Op::NOP);
        self.place(inside);
        self.expr(target)?;
        self.body(body)?;
        self.emit_jump(Location::NONE, Op::JUMP, start);
        self.place(cleanup);
        self.emit(Location::NONE, Op::END_FOR);
        self.emit(Location::NONE, Op::POP_TOP);
        self.pop_block();
        self.body(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn async_for(&mut self, loc: Location, target: &'a Expr, iter: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Outcome {
        if !self.may_await() {
            return syntax_error(loc, "'async for' outside async function");
        }
        let (start, except, end) = (self.label(), self.label(), self.label());
        self.expr(iter)?;
        self.emit(iter.loc, Op::GET_AITER);
        self.place(start);
        self.push_block(loc, BlockKind::ForLoop { start, end })?;
        self.emit_jump(loc, Op::SETUP_FINALLY, except);
        self.emit(loc, Op::GET_ANEXT);
        self.load_const(loc, Const::None);
        self.yield_from(loc, true);
        self.emit(loc, Op::POP_BLOCK);
        self.expr(target)?;
        self.body(body)?;
        self.emit_jump(Location::NONE, Op::JUMP, start);
        self.pop_block();
        self.place(except);
        self.emit(iter.loc, Op::END_ASYNC_FOR);
        self.body(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn while_stmt(&mut self, loc: Location, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Outcome {
        let (start, inside, end, anchor) = (self.label(), self.label(), self.label(), self.label());
        self.place(start);
        self.push_block(loc, BlockKind::WhileLoop { start, end })?;
        self.jump_if(test, anchor, false)?;
        self.place(inside);
        self.body(body)?;
        self.jump_if(test, inside, true)?;
        self.pop_block();
        self.place(anchor);
        self.body(orelse)?;
        self.place(end);
        Ok(())
    }

    pub(super) fn return_stmt(&mut self, loc: Location, value: Option<&'a Expr>) -> Outcome {
        let block = self.table.block(self.cur.block);
        if !block.is_function_like() {
            return syntax_error(loc, "'return' outside function");
        }
        if value.is_some() && block.coroutine && block.generator {
            return syntax_error(loc, "'return' with value in async generator");
        }
        let mut at = loc;
        let mut constant = None;
        if let Some(value) = value {
            if let ExprKind::Constant { value: known, .. } = &value.kind {
                constant = Some(Const::clone(known));
                at = value.loc;
                self.emit(at, Op::NOP);
            } else {
                self.expr(value)?;
            }
        }
        let preserve_top = value.is_some() && constant.is_none();
        if value.is_none_or(|value| value.loc.line != loc.line) {
            at = loc;
            self.emit(at, Op::NOP);
        }
        self.unwind_blocks(&mut at, preserve_top, false)?;
        if !preserve_top {
            self.load_const(at, constant.unwrap_or(Const::None));
        }
        self.emit(at, Op::RETURN_VALUE);
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, loc: Location) -> Outcome {
        let mut at = loc;
        self.emit(at, Op::NOP);
        let found = self.unwind_blocks(&mut at, false, true)?;
        if let Some(block) = found
            && let BlockKind::WhileLoop { end, .. } | BlockKind::ForLoop { end, .. } = block.kind
        {
            self.unwind_block(&mut at, block, false)?;
            self.emit_jump(at, Op::JUMP, end);
            return Ok(());
        }
        syntax_error(loc, "'break' outside loop")
    }

    pub(super) fn continue_stmt(&mut self, loc: Location) -> Outcome {
        let mut at = loc;
        self.emit(at, Op::NOP);
        let found = self.unwind_blocks(&mut at, false, true)?.map(|block| block.kind);
        if let Some(BlockKind::WhileLoop { start, .. } | BlockKind::ForLoop { start, .. }) = found {
            self.emit_jump(at, Op::JUMP, start);
            return Ok(());
        }
        syntax_error(loc, "'continue' not properly in loop")
    }
}
