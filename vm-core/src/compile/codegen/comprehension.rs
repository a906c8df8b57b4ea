//! Comprehensions, compiled in place where possible (PEP 709), and generator expressions, which are functions.
//!
//! An inlined comprehension borrows the slots of the function around it: variables of the same name are saved on the stack and
//! restored afterwards, also when an exception passes.

use super::blocks::BlockKind;
use super::{CodeGen, Op, Outcome, Scope, ScopeKind, Table, flag, syntax_error};
use crate::code::Const;
use crate::compile::ast::{Comprehension, Expr, ExprKind, Identifier};
use crate::compile::instr::{Label, Location};
use crate::compile::symtable::{self, BlockId, Key, Symbol};

/// What the innermost loop does with its element.
#[derive(Clone, Copy)]
enum Collect<'a> {
    Generator(&'a Expr),
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
}

/// What has to be undone after an inlined comprehension.
#[derive(Default)]
struct Inlined {
    pushed: Vec<Identifier>,
    symbols: Vec<(Identifier, Symbol)>,
    hidden: Vec<Identifier>,
    /// The handler that restores variables after an exception, and where normal control goes on.
    exits: Option<(Label, Label)>,
}

impl<'a> CodeGen<'a> {
    pub(super) fn comprehension(&mut self, e: &'a Expr) -> Outcome {
        let (collect, generators, name, build) = match &e.kind {
            ExprKind::GeneratorExp { elt, generators } => (Collect::Generator(elt), generators, "<genexpr>", None),
            ExprKind::ListComp { elt, generators } => (Collect::List(elt), generators, "<listcomp>", Some(Op::BUILD_LIST)),
            ExprKind::SetComp { elt, generators } => (Collect::Set(elt), generators, "<setcomp>", Some(Op::BUILD_SET)),
            ExprKind::DictComp { key, value, generators } => (Collect::Dict(key, value), generators, "<dictcomp>", Some(Op::BUILD_MAP)),
            _ => return self.internal("not a comprehension"),
        };
        let Some(outermost) = generators.first() else { return self.internal("comprehension without loops") };
        let loc = e.loc;
        let outer_kind = self.cur.kind;
        let top_level = outer_kind == ScopeKind::Module && self.settings.top_level_await;
        let entry = self.table.lookup(Key::expr(e))?;
        let inlined = self.table.block(entry).comp_inlined;
        let is_async = self.table.block(entry).coroutine;
        let mut state = Inlined::default();
        if inlined {
            self.comprehension_iter(outermost)?;
            self.enter_inlined(loc, entry, &mut state);
        } else {
            self.enter_scope(name, ScopeKind::Comprehension, Key::expr(e), loc.line)?;
        }
        if top_level && is_async {
            self.awaits = true;
        }
        if is_async && build.is_some() && !top_level && !matches!(outer_kind, ScopeKind::AsyncFunction | ScopeKind::Comprehension) {
            return syntax_error(loc, "asynchronous comprehension outside of an asynchronous function");
        }
        if let Some(op) = build {
            self.emit_i(loc, op, 0);
            if inlined {
                self.emit_i(loc, Op::SWAP, 2);
            }
        }
        self.generator(loc, generators, 0, 0, collect, inlined)?;
        if inlined {
            self.leave_inlined(loc, state);
            return Ok(());
        }
        if build.is_some() {
            self.emit(loc, Op::RETURN_VALUE);
        } else {
            self.wrap_in_stop_iteration_handler();
        }
        let code = self.finish_scope(true)?;
        self.make_closure(loc, code, 0)?;
        self.comprehension_iter(outermost)?;
        self.emit_i(loc, Op::CALL, 0);
        if is_async && build.is_some() {
            self.await_top(loc, 0);
        }
        Ok(())
    }

    fn comprehension_iter(&mut self, generator: &'a Comprehension) -> Outcome {
        self.expr(&generator.iter)?;
        self.emit(generator.iter.loc, if generator.is_async { Op::GET_AITER } else { Op::GET_ITER });
        Ok(())
    }

    /// One loop and those inside it. `depth` is how many iterators lie above what is being built.
    fn generator(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        index: usize,
        depth: usize,
        collect: Collect<'a>,
        iter_on_stack: bool,
    ) -> Outcome {
        if generators[index].is_async {
            self.async_generator(loc, generators, index, depth, collect, iter_on_stack)
        } else {
            self.sync_generator(loc, generators, index, depth, collect, iter_on_stack)
        }
    }

    fn load_outermost(&mut self, loc: Location) {
        self.cur.unit.argcount = 1;
        self.emit_i(loc, Op::LOAD_FAST, 0);
    }

    fn sync_generator(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        index: usize,
        mut depth: usize,
        collect: Collect<'a>,
        iter_on_stack: bool,
    ) -> Outcome {
        let (start, if_cleanup, anchor) = (self.label(), self.label(), self.label());
        let generator = &generators[index];
        let mut loops = true;
        if !iter_on_stack {
            if index == 0 {
                self.load_outermost(loc);
            } else {
                // `for y in [f(x)]` only names a value.
                let single = match &generator.iter.kind {
                    ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match &elts[..] {
                        [Expr { kind: ExprKind::Starred { .. }, .. }] => None,
                        [only] => Some(only),
                        _ => None,
                    },
                    _ => None,
                };
                if let Some(only) = single {
                    self.expr(only)?;
                    loops = false;
                } else {
                    self.expr(&generator.iter)?;
                    self.emit(generator.iter.loc, Op::GET_ITER);
                }
            }
        }
        if loops {
            depth += 1;
            self.place(start);
            self.emit_jump(generator.iter.loc, Op::FOR_ITER, anchor);
        }
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, if_cleanup, false)?;
        }
        let elt_loc = self.inner(loc, generators, index, depth, collect)?;
        self.place(if_cleanup);
        if loops {
            self.emit_jump(elt_loc, Op::JUMP, start);
            self.place(anchor);
            self.emit(Location::NONE, Op::END_FOR);
            self.emit(Location::NONE, Op::POP_TOP);
        }
        Ok(())
    }

    fn async_generator(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        index: usize,
        depth: usize,
        collect: Collect<'a>,
        iter_on_stack: bool,
    ) -> Outcome {
        let (start, except, if_cleanup) = (self.label(), self.label(), self.label());
        let generator = &generators[index];
        if !iter_on_stack {
            if index == 0 {
                self.load_outermost(loc);
            } else {
                self.expr(&generator.iter)?;
                self.emit(generator.iter.loc, Op::GET_AITER);
            }
        }
        self.place(start);
        self.push_block(loc, BlockKind::AsyncComprehension)?;
        self.emit_jump(loc, Op::SETUP_FINALLY, except);
        self.emit(loc, Op::GET_ANEXT);
        self.load_const(loc, Const::None);
        self.yield_from(loc, true);
        self.emit(loc, Op::POP_BLOCK);
        self.expr(&generator.target)?;
        for condition in &generator.ifs {
            self.jump_if(condition, if_cleanup, false)?;
        }
        let elt_loc = self.inner(loc, generators, index, depth + 1, collect)?;
        self.place(if_cleanup);
        self.emit_jump(elt_loc, Op::JUMP, start);
        self.pop_block();
        self.place(except);
        self.emit(loc, Op::END_ASYNC_FOR);
        Ok(())
    }

    /// What stands inside a loop: the next loop, or the element.
    fn inner(
        &mut self,
        loc: Location,
        generators: &'a [Comprehension],
        index: usize,
        depth: usize,
        collect: Collect<'a>,
    ) -> Outcome<Location> {
        let (Collect::Generator(elt) | Collect::List(elt) | Collect::Set(elt) | Collect::Dict(elt, _)) = collect;
        if index + 1 < generators.len() {
            self.generator(loc, generators, index + 1, depth, collect, false)?;
            return Ok(elt.loc);
        }
        self.expr(elt)?;
        let mut at = elt.loc;
        match collect {
            Collect::Generator(_) => {
                self.yield_value(at);
                self.emit(at, Op::POP_TOP);
            }
            Collect::List(_) => self.emit_i(at, Op::LIST_APPEND, depth + 1),
            Collect::Set(_) => self.emit_i(at, Op::SET_ADD, depth + 1),
            Collect::Dict(_, value) => {
                self.expr(value)?;
                at.end_line = value.loc.end_line;
                at.end_col = value.loc.end_col;
                self.emit_i(at, Op::MAP_ADD, depth + 1);
            }
        }
        Ok(at)
    }

    /// Makes room for the variables of an inlined comprehension, whose outermost iterator is on the stack.
    fn enter_inlined(&mut self, loc: Location, entry: BlockId, state: &mut Inlined) {
        let block = self.table.block(self.cur.block);
        let in_class = block.kind == symtable::BlockKind::Class && self.cur.in_inlined_comprehension == 0;
        let function_like = block.is_function_like();
        self.cur.in_inlined_comprehension += 1;
        for (name, symbol) in self.table.block(entry).symbols.entries().to_vec() {
            let outer = self.table.block(self.cur.block).symbol(&name);
            let (scope, outer_scope) = (symbol.scope(), outer.scope());
            let differs = scope != outer_scope && scope != Scope::Free && !(scope == Scope::Cell && outer_scope == Scope::Free);
            if differs || in_class {
                self.table.block_mut(self.cur.block).symbols.set(&name, symbol);
                state.symbols.push((name.clone(), outer));
            }
            let bound = symbol.any(flag::LOCAL) && !symbol.any(flag::NONLOCAL);
            if !bound && !in_class {
                continue;
            }
            if !function_like && self.cur.fast_hidden.get(&name) != Some(true) {
                self.cur.fast_hidden.set(&name, true);
                state.hidden.push(name.clone());
            }
            self.emit_name(loc, Op::LOAD_FAST_AND_CLEAR, Table::Varnames, &name);
            if scope == Scope::Cell {
                let table = if outer_scope == Scope::Free { Table::Freevars } else { Table::Cellvars };
                self.emit_name(loc, Op::MAKE_CELL, table, &name);
            }
            state.pushed.push(name);
        }
        if !state.pushed.is_empty() {
            self.emit_i(loc, Op::SWAP, state.pushed.len() + 1);
            let (cleanup, end) = (self.label(), self.label());
            state.exits = Some((cleanup, end));
            self.emit_jump(loc, Op::SETUP_FINALLY, cleanup);
        }
    }

    fn restore_locals(&mut self, loc: Location, pushed: &[Identifier]) {
        self.emit_i(loc, Op::SWAP, pushed.len() + 1);
        for name in pushed.iter().rev() {
            self.emit_name(loc, Op::STORE_FAST_MAYBE_NULL, Table::Varnames, name);
        }
    }

    fn leave_inlined(&mut self, loc: Location, state: Inlined) {
        self.cur.in_inlined_comprehension -= 1;
        for (name, symbol) in state.symbols {
            self.table.block_mut(self.cur.block).symbols.set(&name, symbol);
        }
        if let Some((cleanup, end)) = state.exits {
            self.emit(Location::NONE, Op::POP_BLOCK);
            self.emit_jump(Location::NONE, Op::JUMP_NO_INTERRUPT, end);
            self.place(cleanup);
            self.emit_i(Location::NONE, Op::SWAP, 2);
            self.emit(Location::NONE, Op::POP_TOP);
            self.restore_locals(loc, &state.pushed);
            self.emit_i(Location::NONE, Op::RERAISE, 0);
            self.place(end);
            self.restore_locals(loc, &state.pushed);
        }
        for name in state.hidden {
            self.cur.fast_hidden.set(&name, false);
        }
    }
}
