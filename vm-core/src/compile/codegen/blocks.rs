//! Frame blocks: the loops, `try`s and `with`s around a statement, and the code that leaves them early.
//!
//! `return`, `break` and `continue` compile a copy of every `finally` body and every `__exit__` call between them and where they
//! go; this file writes those copies. The blocks themselves are compiled in `control`, `try_stmt` and `with`.

use super::{CodeGen, Op, Outcome, resume, syntax_error};
use crate::code::Const;
use crate::compile::ast::{ExprContext, Identifier, Stmt};
use crate::compile::instr::{Label, Location};

/// How deeply frame blocks may nest.
const MAX_BLOCKS: usize = 21;

/// What kind of construct a frame block stands for, with what is needed to leave it.
#[derive(Clone, Copy)]
pub(super) enum BlockKind<'a> {
    /// A `while` loop: where `continue` and `break` go.
    WhileLoop { start: Label, end: Label },
    /// A `for` loop, whose iterator is on the stack.
    ForLoop { start: Label, end: Label },
    /// The body of a `try` with handlers.
    TryExcept,
    /// The body of a `try` with this `finally`.
    FinallyTry(&'a [Stmt]),
    /// A `finally` body that runs because of an exception.
    FinallyEnd,
    /// The body of a `with`.
    With,
    /// The body of an `async with`.
    AsyncWith,
    /// The body of a handler, and the name it binds.
    HandlerCleanup(Option<&'a Identifier>),
    /// A value to be returned is on the stack.
    PopValue,
    /// The handlers of a `try`.
    ExceptionHandler,
    /// The handlers of a `try` with `except*`.
    ExceptionGroupHandler,
    /// The `__anext__` call of an asynchronous comprehension.
    AsyncComprehension,
    /// The whole of a generator or coroutine.
    StopIteration,
}

/// A frame block.
#[derive(Clone, Copy)]
pub(super) struct FrameBlock<'a> {
    pub(super) kind: BlockKind<'a>,
    loc: Location,
}

impl<'a> CodeGen<'a> {
    pub(super) fn push_block(&mut self, loc: Location, kind: BlockKind<'a>) -> Outcome {
        if self.cur.frame_blocks.len() >= MAX_BLOCKS {
            return syntax_error(loc, "too many statically nested blocks");
        }
        self.cur.frame_blocks.push(FrameBlock { kind, loc });
        Ok(())
    }

    pub(super) fn pop_block(&mut self) {
        self.cur.frame_blocks.pop();
    }

    pub(super) fn call_exit_with_nones(&mut self, loc: Location) {
        for _ in 0..3 {
            self.load_const(loc, Const::None);
        }
        self.emit_i(loc, Op::CALL, 2);
    }

    /// Delegates to the iterator under the `None` on the stack until it is exhausted.
    pub(super) fn yield_from(&mut self, loc: Location, is_await: bool) {
        let (send, fail, exit) = (self.label(), self.label(), self.label());
        self.place(send);
        self.emit_jump(loc, Op::SEND, exit);
        self.emit_jump(loc, Op::SETUP_FINALLY, fail);
        self.emit_i(loc, Op::YIELD_VALUE, 1);
        self.emit(Location::NONE, Op::POP_BLOCK);
        self.emit_i(loc, Op::RESUME, if is_await { resume::AFTER_AWAIT } else { resume::AFTER_YIELD_FROM });
        self.emit_jump(loc, Op::JUMP_NO_INTERRUPT, send);
        self.place(fail);
        self.emit(loc, Op::CLEANUP_THROW);
        self.place(exit);
        self.emit(loc, Op::END_SEND);
    }

    /// Awaits what is on the stack; `kind` tells `GET_AWAITABLE` whose it is.
    pub(super) fn await_top(&mut self, loc: Location, kind: usize) {
        self.emit_i(loc, Op::GET_AWAITABLE, kind);
        self.load_const(loc, Const::None);
        self.yield_from(loc, true);
    }

    pub(super) fn pop_except_and_reraise(&mut self, loc: Location) {
        self.emit_i(loc, Op::COPY, 3);
        self.emit(loc, Op::POP_EXCEPT);
        self.emit_i(loc, Op::RERAISE, 1);
    }

    /// `name = None; del name`.
    pub(super) fn clear_name(&mut self, loc: Location, name: &Identifier) -> Outcome {
        self.load_const(loc, Const::None);
        self.name_op(loc, name, ExprContext::Store)?;
        self.name_op(loc, name, ExprContext::Del)
    }

    fn swap_below(&mut self, loc: Location, preserve_top: bool) {
        if preserve_top {
            self.emit_i(loc, Op::SWAP, 2);
        }
    }

    /// Leaves one frame block. `loc` becomes artificial after code that seems to run after the statement that leaves.
    pub(super) fn unwind_block(&mut self, loc: &mut Location, block: FrameBlock<'a>, preserve_top: bool) -> Outcome {
        match block.kind {
            BlockKind::WhileLoop { .. }
            | BlockKind::ExceptionHandler
            | BlockKind::ExceptionGroupHandler
            | BlockKind::AsyncComprehension
            | BlockKind::StopIteration => {}
            BlockKind::ForLoop { .. } | BlockKind::PopValue => {
                self.swap_below(*loc, preserve_top);
                self.emit(*loc, Op::POP_TOP);
            }
            BlockKind::TryExcept => self.emit(*loc, Op::POP_BLOCK),
            BlockKind::FinallyTry(body) => {
                self.emit(*loc, Op::POP_BLOCK);
                if preserve_top {
                    self.push_block(*loc, BlockKind::PopValue)?;
                }
                self.body(body)?;
                if preserve_top {
                    self.pop_block();
                }
                *loc = Location::NONE;
            }
            BlockKind::FinallyEnd => {
                self.swap_below(*loc, preserve_top);
                self.emit(*loc, Op::POP_TOP);
                self.swap_below(*loc, preserve_top);
                self.emit(*loc, Op::POP_BLOCK);
                self.emit(*loc, Op::POP_EXCEPT);
            }
            BlockKind::With | BlockKind::AsyncWith => {
                *loc = block.loc;
                self.emit(*loc, Op::POP_BLOCK);
                self.swap_below(*loc, preserve_top);
                self.call_exit_with_nones(*loc);
                if matches!(block.kind, BlockKind::AsyncWith) {
                    self.await_top(*loc, 2);
                }
                self.emit(*loc, Op::POP_TOP);
                *loc = Location::NONE;
            }
            BlockKind::HandlerCleanup(name) => {
                if name.is_some() {
                    self.emit(*loc, Op::POP_BLOCK);
                }
                self.swap_below(*loc, preserve_top);
                self.emit(*loc, Op::POP_BLOCK);
                self.emit(*loc, Op::POP_EXCEPT);
                if let Some(name) = name {
                    self.clear_name(*loc, name)?;
                }
            }
        }
        Ok(())
    }

    /// Leaves frame blocks from the innermost on: all of them, or with `to_loop` those up to a loop, which is returned.
    pub(super) fn unwind_blocks(&mut self, loc: &mut Location, preserve_top: bool, to_loop: bool) -> Outcome<Option<FrameBlock<'a>>> {
        let Some(&top) = self.cur.frame_blocks.last() else { return Ok(None) };
        match top.kind {
            BlockKind::ExceptionGroupHandler => {
                return syntax_error(*loc, "'break', 'continue' and 'return' cannot appear in an except* block");
            }
            BlockKind::WhileLoop { .. } | BlockKind::ForLoop { .. } if to_loop => return Ok(Some(top)),
            _ => {}
        }
        // While a block is being left its own code must not see it.
        self.cur.frame_blocks.pop();
        self.unwind_block(loc, top, preserve_top)?;
        let found = self.unwind_blocks(loc, preserve_top, to_loop)?;
        self.cur.frame_blocks.push(top);
        Ok(found)
    }
}
