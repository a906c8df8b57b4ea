//! Functions and lambdas.
//!
//! `annotation` pushes what belongs to the function object, `type_params` compiles the scope around a generic one.

use super::blocks::BlockKind;
use super::scope::function_flag;
use super::{CodeGen, Op, Outcome, ScopeKind, intrinsic1, intrinsic2, number};
use crate::code::Const;
use crate::compile::ast::{Arguments, Expr, ExprContext, FunctionDef, Stmt};
use crate::compile::fold::docstring;
use crate::compile::instr::Location;
use crate::compile::symtable::Key;

impl<'a> CodeGen<'a> {
    /// Calls the decorators, innermost first; they and what they decorate are on the stack.
    pub(super) fn apply_decorators(&mut self, decorators: &[Expr]) {
        for decorator in decorators.iter().rev() {
            self.emit_i(decorator.loc, Op::CALL, 0);
        }
    }

    fn parameter_counts(&mut self, args: &Arguments) {
        self.cur.unit.argcount = number(args.args.len());
        self.cur.unit.posonlyargcount = number(args.posonlyargs.len());
        self.cur.unit.kwonlyargcount = number(args.kwonlyargs.len());
    }

    pub(super) fn function(&mut self, s: &'a Stmt, def: &'a FunctionDef, is_async: bool) -> Outcome {
        let loc = s.loc;
        self.check_parameters(&def.args)?;
        self.exprs(&def.decorator_list)?;
        let firstlineno = def.decorator_list.first().map_or(loc.line, |d| d.loc.line);
        let mut flags = self.default_arguments(loc, &def.args)?;
        let generic = !def.type_params.is_empty();
        let passed = [function_flag::DEFAULTS, function_flag::KWDEFAULTS];
        let passed = passed.iter().filter(|bit| flags & **bit != 0).count();
        if generic {
            // The defaults are evaluated outside and passed in.
            if passed == 2 {
                self.emit_i(loc, Op::SWAP, 2);
            }
            self.enter_type_params(&def.name, &def.type_params, firstlineno)?;
            self.type_params(&def.type_params)?;
            for i in 0..passed {
                self.emit_i(loc, Op::LOAD_FAST, i);
            }
        }
        if self.annotations(loc, &def.args, def.returns.as_deref())? {
            flags |= function_flag::ANNOTATIONS;
        }
        self.function_body(s, def, is_async, flags, firstlineno)?;
        if generic {
            self.emit_i(loc, Op::SWAP, 2);
            self.emit_i(loc, Op::CALL_INTRINSIC_2, intrinsic2::SET_FUNCTION_TYPE_PARAMS);
            self.cur.unit.argcount = number(passed);
            let code = self.finish_scope(false)?;
            self.make_closure(loc, code, 0)?;
            if passed > 0 {
                self.emit_i(loc, Op::SWAP, passed + 1);
                self.emit_i(loc, Op::CALL, passed - 1);
            } else {
                self.emit(loc, Op::PUSH_NULL);
                self.emit_i(loc, Op::CALL, 0);
            }
        }
        self.apply_decorators(&def.decorator_list);
        self.name_op(loc, &def.name, ExprContext::Store)
    }

    fn function_body(&mut self, s: &'a Stmt, def: &'a FunctionDef, is_async: bool, flags: usize, firstlineno: i32) -> Outcome {
        let kind = if is_async { ScopeKind::AsyncFunction } else { ScopeKind::Function };
        self.enter_scope(&def.name, kind, Key::stmt(s), firstlineno)?;
        let text = docstring(&def.body);
        let body = if text.is_some() { &def.body[1..] } else { &def.body };
        // The first constant is the docstring, or `None`.
        let doc = text.filter(|_| self.settings.optimize < 2).map_or(Const::None, super::docstring::clean);
        self.cur.unit.consts.add(doc);
        self.parameter_counts(&def.args);
        let start = self.label();
        self.place(start);
        let block = self.table.block(self.cur.block);
        let suspends = block.coroutine || block.generator;
        if suspends {
            self.push_block(Location::NONE, BlockKind::StopIteration)?;
        }
        self.body(body)?;
        if suspends {
            self.wrap_in_stop_iteration_handler();
            self.pop_block();
        }
        let code = self.finish_scope(true)?;
        self.make_closure(s.loc, code, flags)
    }

    /// Turns a `StopIteration` that leaves a generator into a `RuntimeError`.
    pub(super) fn wrap_in_stop_iteration_handler(&mut self) {
        let handler = self.label();
        self.insert_first(Location::NONE, Op::SETUP_CLEANUP, handler);
        self.load_const(Location::NONE, Const::None);
        self.emit(Location::NONE, Op::RETURN_VALUE);
        self.place(handler);
        self.emit_i(Location::NONE, Op::CALL_INTRINSIC_1, intrinsic1::STOPITERATION_ERROR);
        self.emit_i(Location::NONE, Op::RERAISE, 1);
    }

    pub(super) fn lambda(&mut self, e: &'a Expr, args: &'a Arguments, body: &'a Expr) -> Outcome {
        self.check_parameters(args)?;
        let flags = self.default_arguments(e.loc, args)?;
        self.enter_scope("<lambda>", ScopeKind::Lambda, Key::expr(e), e.loc.line)?;
        // A first constant of `None` says that there is no docstring.
        self.cur.unit.consts.add(Const::None);
        self.parameter_counts(args);
        self.expr(body)?;
        let code = if self.table.block(self.cur.block).generator {
            self.finish_scope(false)?
        } else {
            self.emit(body.loc, Op::RETURN_VALUE);
            self.finish_scope(true)?
        };
        self.make_closure(e.loc, code, flags)
    }
}
