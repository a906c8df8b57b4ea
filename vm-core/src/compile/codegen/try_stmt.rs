//! `try` with `except`, `except*`, `else` and `finally`.
//!
//! A `finally` body is compiled once for each way into it: here for the normal and the exceptional one, in `blocks` for the
//! statements that leave early.

use super::blocks::BlockKind;
use super::{CodeGen, Op, Outcome, intrinsic2, syntax_error};
use crate::compile::ast::{ExceptHandler, ExprContext, Stmt};
use crate::compile::instr::Location;

const NONE: Location = Location::NONE;

impl<'a> CodeGen<'a> {
    pub(super) fn try_stmt(
        &mut self,
        loc: Location,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
        star: bool,
    ) -> Outcome {
        if finalbody.is_empty() {
            return self.try_handlers(loc, body, handlers, orelse, star);
        }
        let (inside, end, exit, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.emit_jump(loc, Op::SETUP_FINALLY, end);
        self.place(inside);
        self.push_block(loc, BlockKind::FinallyTry(finalbody))?;
        if handlers.is_empty() {
            self.body(body)?;
        } else {
            self.try_handlers(loc, body, handlers, orelse, star)?;
        }
        self.emit(NONE, Op::POP_BLOCK);
        self.pop_block();
        self.body(finalbody)?;
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, exit);
        self.place(end);
        self.emit_jump(NONE, Op::SETUP_CLEANUP, cleanup);
        self.emit(NONE, Op::PUSH_EXC_INFO);
        self.push_block(NONE, BlockKind::FinallyEnd)?;
        self.body(finalbody)?;
        self.pop_block();
        self.emit_i(NONE, Op::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise(NONE);
        self.place(exit);
        Ok(())
    }

    fn try_handlers(&mut self, loc: Location, body: &'a [Stmt], handlers: &'a [ExceptHandler], orelse: &'a [Stmt], star: bool) -> Outcome {
        if star { self.try_star_except(loc, body, handlers, orelse) } else { self.try_except(loc, body, handlers, orelse) }
    }

    fn try_except(&mut self, loc: Location, body: &'a [Stmt], handlers: &'a [ExceptHandler], orelse: &'a [Stmt]) -> Outcome {
        let (inside, except, end, cleanup) = (self.label(), self.label(), self.label(), self.label());
        self.emit_jump(loc, Op::SETUP_FINALLY, except);
        self.place(inside);
        self.push_block(loc, BlockKind::TryExcept)?;
        self.body(body)?;
        self.pop_block();
        self.emit(NONE, Op::POP_BLOCK);
        self.body(orelse)?;
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, end);
        self.place(except);
        self.emit_jump(NONE, Op::SETUP_CLEANUP, cleanup);
        self.emit(NONE, Op::PUSH_EXC_INFO);
        self.push_block(loc, BlockKind::ExceptionHandler)?;
        for (i, handler) in handlers.iter().enumerate() {
            let loc = handler.loc;
            if handler.typ.is_none() && i + 1 < handlers.len() {
                return syntax_error(loc, "default 'except:' must be last");
            }
            let next = self.label();
            if let Some(typ) = &handler.typ {
                self.expr(typ)?;
                self.emit(loc, Op::CHECK_EXC_MATCH);
                self.emit_jump(loc, Op::POP_JUMP_IF_FALSE, next);
            }
            if let Some(name) = &handler.name {
                let (cleanup_end, cleanup_body) = (self.label(), self.label());
                self.name_op(loc, name, ExprContext::Store)?;
                // The name is deleted however the handler ends.
                self.emit_jump(loc, Op::SETUP_CLEANUP, cleanup_end);
                self.place(cleanup_body);
                self.push_block(loc, BlockKind::HandlerCleanup(Some(name)))?;
                self.body(&handler.body)?;
                self.pop_block();
                self.emit(NONE, Op::POP_BLOCK);
                self.emit(NONE, Op::POP_BLOCK);
                self.emit(NONE, Op::POP_EXCEPT);
                self.clear_name(NONE, name)?;
                self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, end);
                self.place(cleanup_end);
                self.clear_name(NONE, name)?;
                self.emit_i(NONE, Op::RERAISE, 1);
            } else {
                let cleanup_body = self.label();
                self.emit(loc, Op::POP_TOP);
                self.place(cleanup_body);
                self.push_block(loc, BlockKind::HandlerCleanup(None))?;
                self.body(&handler.body)?;
                self.pop_block();
                self.emit(NONE, Op::POP_BLOCK);
                self.emit(NONE, Op::POP_EXCEPT);
                self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, end);
            }
            self.place(next);
        }
        self.pop_block();
        self.emit_i(NONE, Op::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise(NONE);
        self.place(end);
        Ok(())
    }

    fn try_star_except(&mut self, loc: Location, body: &'a [Stmt], handlers: &'a [ExceptHandler], orelse: &'a [Stmt]) -> Outcome {
        let (inside, except, otherwise) = (self.label(), self.label(), self.label());
        let (end, cleanup, reraise_star) = (self.label(), self.label(), self.label());
        self.emit_jump(loc, Op::SETUP_FINALLY, except);
        self.place(inside);
        self.push_block(loc, BlockKind::TryExcept)?;
        self.body(body)?;
        self.pop_block();
        self.emit(NONE, Op::POP_BLOCK);
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, otherwise);
        self.place(except);
        self.emit_jump(NONE, Op::SETUP_CLEANUP, cleanup);
        self.emit(NONE, Op::PUSH_EXC_INFO);
        self.push_block(loc, BlockKind::ExceptionGroupHandler)?;
        for (i, handler) in handlers.iter().enumerate() {
            if i == 0 {
                // A list for what the handlers raise, and a copy of the group to match against.
                let (next, with_error, no_match) = (self.label(), self.label(), self.label());
                self.emit_i(handler.loc, Op::BUILD_LIST, 0);
                self.emit_i(handler.loc, Op::COPY, 2);
                self.star_handler(handler, [next, with_error, no_match])?;
            } else {
                let labels = [self.label(), self.label(), self.label()];
                self.star_handler(handler, labels)?;
            }
            if i + 1 == handlers.len() {
                // What no handler took; `None` if nothing is left.
                self.emit_i(NONE, Op::LIST_APPEND, 1);
                self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, reraise_star);
            }
        }
        self.pop_block();
        let reraise = self.label();
        self.place(reraise_star);
        self.emit_i(NONE, Op::CALL_INTRINSIC_2, intrinsic2::PREP_RERAISE_STAR);
        self.emit_i(NONE, Op::COPY, 1);
        self.emit_jump(NONE, Op::POP_JUMP_IF_NOT_NONE, reraise);
        self.emit(NONE, Op::POP_TOP);
        self.emit(NONE, Op::POP_BLOCK);
        self.emit(NONE, Op::POP_EXCEPT);
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, end);
        self.place(reraise);
        self.emit(NONE, Op::POP_BLOCK);
        self.emit_i(NONE, Op::SWAP, 2);
        self.emit(NONE, Op::POP_EXCEPT);
        self.emit_i(NONE, Op::RERAISE, 0);
        self.place(cleanup);
        self.pop_except_and_reraise(NONE);
        self.place(otherwise);
        self.body(orelse)?;
        self.place(end);
        Ok(())
    }

    /// One `except*` clause. The labels: after the body, after an exception in it, and when nothing matches.
    fn star_handler(&mut self, handler: &'a ExceptHandler, [next, with_error, no_match]: [crate::compile::instr::Label; 3]) -> Outcome {
        let loc = handler.loc;
        if let Some(typ) = &handler.typ {
            self.expr(typ)?;
            self.emit(loc, Op::CHECK_EG_MATCH);
            self.emit_i(loc, Op::COPY, 1);
            self.emit_jump(loc, Op::POP_JUMP_IF_NONE, no_match);
        }
        let (cleanup_end, cleanup_body) = (self.label(), self.label());
        match &handler.name {
            Some(name) => self.name_op(loc, name, ExprContext::Store)?,
            None => self.emit(loc, Op::POP_TOP),
        }
        self.emit_jump(loc, Op::SETUP_CLEANUP, cleanup_end);
        self.place(cleanup_body);
        self.push_block(loc, BlockKind::HandlerCleanup(handler.name.as_ref()))?;
        self.body(&handler.body)?;
        self.pop_block();
        self.emit(NONE, Op::POP_BLOCK);
        if let Some(name) = &handler.name {
            self.clear_name(NONE, name)?;
        }
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, next);
        self.place(cleanup_end);
        if let Some(name) = &handler.name {
            self.clear_name(NONE, name)?;
        }
        self.emit_i(NONE, Op::LIST_APPEND, 3);
        self.emit(NONE, Op::POP_TOP);
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, with_error);
        self.place(next);
        // Carries the location that is propagated here.
        self.emit(NONE, Op::NOP);
        self.emit_jump(NONE, Op::JUMP_NO_INTERRUPT, with_error);
        self.place(no_match);
        self.emit(loc, Op::POP_TOP);
        self.place(with_error);
        Ok(())
    }
}
