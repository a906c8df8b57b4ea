//! `with` and `async with`.
//!
//! Leaving the body early is compiled in `blocks`; here are the normal way out and the exceptional one.

use super::blocks::BlockKind;
use super::{CodeGen, Op, Outcome, syntax_error};
use crate::compile::ast::{Stmt, WithItem};
use crate::compile::instr::{Label, Location};

impl<'a> CodeGen<'a> {
    pub(super) fn with(&mut self, items: &'a [WithItem], body: &'a [Stmt]) -> Outcome {
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        let (inside, handler, exit, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.expr(&item.context_expr)?;
        let loc = item.context_expr.loc;
        self.emit(loc, Op::BEFORE_WITH);
        self.emit_jump(loc, Op::SETUP_WITH, handler);
        self.place(inside);
        self.push_block(loc, BlockKind::With)?;
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.emit(loc, Op::POP_TOP),
        }
        self.with(rest, body)?;
        self.emit(Location::NONE, Op::POP_BLOCK);
        self.pop_block();
        self.call_exit_with_nones(loc);
        self.emit(loc, Op::POP_TOP);
        self.emit_jump(loc, Op::JUMP, exit);
        self.place(handler);
        self.emit_jump(loc, Op::SETUP_CLEANUP, cleanup);
        self.emit(loc, Op::PUSH_EXC_INFO);
        self.emit(loc, Op::WITH_EXCEPT_START);
        self.with_except_finish(cleanup);
        self.place(exit);
        Ok(())
    }

    pub(super) fn async_with(&mut self, stmt_loc: Location, items: &'a [WithItem], body: &'a [Stmt]) -> Outcome {
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        if !self.may_await() {
            return syntax_error(stmt_loc, "'async with' outside async function");
        }
        let (inside, handler, exit, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.expr(&item.context_expr)?;
        let loc = item.context_expr.loc;
        self.emit(loc, Op::BEFORE_ASYNC_WITH);
        self.await_top(loc, 1);
        self.emit_jump(loc, Op::SETUP_WITH, handler);
        self.place(inside);
        self.push_block(loc, BlockKind::AsyncWith)?;
        match &item.optional_vars {
            Some(target) => self.expr(target)?,
            None => self.emit(loc, Op::POP_TOP),
        }
        self.async_with(stmt_loc, rest, body)?;
        self.pop_block();
        self.emit(loc, Op::POP_BLOCK);
        self.call_exit_with_nones(loc);
        self.await_top(loc, 2);
        self.emit(loc, Op::POP_TOP);
        self.emit_jump(loc, Op::JUMP, exit);
        self.place(handler);
        self.emit_jump(loc, Op::SETUP_CLEANUP, cleanup);
        self.emit(loc, Op::PUSH_EXC_INFO);
        self.emit(loc, Op::WITH_EXCEPT_START);
        self.await_top(loc, 2);
        self.with_except_finish(cleanup);
        self.place(exit);
        Ok(())
    }

    /// Looks at what `__exit__` returned: raises again or goes on.
    fn with_except_finish(&mut self, cleanup: Label) {
        let none = Location::NONE;
        let suppress = self.label();
        self.emit(none, Op::TO_BOOL);
        self.emit_jump(none, Op::POP_JUMP_IF_TRUE, suppress);
        self.emit_i(none, Op::RERAISE, 2);
        self.place(suppress);
        self.emit(none, Op::POP_TOP);
        self.emit(none, Op::POP_BLOCK);
        self.emit(none, Op::POP_EXCEPT);
        self.emit(none, Op::POP_TOP);
        self.emit(none, Op::POP_TOP);
        let exit = self.label();
        self.emit_jump(none, Op::JUMP_NO_INTERRUPT, exit);
        self.place(cleanup);
        self.pop_except_and_reraise(none);
        self.place(exit);
    }
}
