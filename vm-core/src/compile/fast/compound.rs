//! Compound statements other than `match`.

use super::kind::T;
use super::{Bail, P, Parser};
use crate::compile::ast::{ClassDef, ExceptHandler, Expr, FunctionDef, List, Ptr, Stmt, StmtKind, WithItem};
use smallvec::SmallVec;

/// Longest chain of `elif` clauses: each one nests the tree a level deeper.
const ELIF_CHAIN_MAX: usize = 500;

impl Parser<'_> {
    /// `:` and what belongs to it: the rest of the line, or indented lines.
    pub(super) fn block(&mut self) -> P<List<Stmt>> {
        self.expect(T::Colon)?;
        let base = self.stmts.len();
        if self.take(T::Newline)? {
            self.expect(T::Indent)?;
            while !self.take(T::Dedent)? {
                self.statement()?;
            }
        } else {
            self.simple_statements()?;
        }
        Ok(List::taken(&mut self.stmts, base))
    }

    fn else_block(&mut self) -> P<List<Stmt>> {
        if self.take(T::Else)? { self.block() } else { Ok(List::new()) }
    }

    pub(super) fn if_stmt(&mut self) -> P<Stmt> {
        // All of them end where the last one does, so they are nested once it is known.
        let mut tests = SmallVec::<[_; 2]>::new();
        loop {
            let start = self.tok.from;
            self.advance()?;
            let test = Ptr::new(self.named_expression()?);
            tests.push((start, test, self.block()?));
            if self.tok.kind != T::Elif {
                break;
            }
            if tests.len() > ELIF_CHAIN_MAX {
                return Err(Bail);
            }
        }
        let mut orelse = self.else_block()?;
        loop {
            let (start, test, body) = tests.pop().ok_or(Bail)?;
            let stmt = self.stmt(start, StmtKind::If { test, body, orelse });
            if tests.is_empty() {
                return Ok(stmt);
            }
            orelse = List::of(stmt);
        }
    }

    pub(super) fn while_stmt(&mut self) -> P<Stmt> {
        let start = self.tok.from;
        self.advance()?;
        let test = Ptr::new(self.named_expression()?);
        let (body, orelse) = (self.block()?, self.else_block()?);
        Ok(self.stmt(start, StmtKind::While { test, body, orelse }))
    }

    pub(super) fn for_stmt(&mut self, is_async: bool) -> P<Stmt> {
        let start = self.tok.from;
        if is_async {
            self.advance()?;
        }
        self.expect(T::For)?;
        let target = Ptr::new(self.star_targets()?);
        self.expect(T::In)?;
        let iter = Ptr::new(self.star_expressions()?);
        self.note_searched(&iter);
        let (body, orelse) = (self.block()?, self.else_block()?);
        let kind = if is_async { StmtKind::AsyncFor { target, iter, body, orelse } } else { StmtKind::For { target, iter, body, orelse } };
        Ok(self.stmt(start, kind))
    }

    pub(super) fn with_stmt(&mut self, is_async: bool) -> P<Stmt> {
        let start = self.tok.from;
        if is_async {
            self.advance()?;
        }
        self.expect(T::With)?;
        // Parentheses may be around the items, or be part of the first.
        let mut items = None;
        if self.tok.kind == T::OpenParen {
            let checkpoint = self.checkpoint();
            match self.with_items_in_parentheses() {
                Ok(found) => items = Some(found),
                Err(Bail) => self.restore(checkpoint),
            }
        }
        let items = match items {
            Some(items) => items,
            None => {
                let mut items = vec![self.with_item()?];
                while self.take(T::Comma)? {
                    items.push(self.with_item()?);
                }
                items.into()
            }
        };
        let body = self.block()?;
        let kind = if is_async { StmtKind::AsyncWith { items, body } } else { StmtKind::With { items, body } };
        Ok(self.stmt(start, kind))
    }

    fn with_items_in_parentheses(&mut self) -> P<List<WithItem>> {
        self.advance()?;
        let mut items = Vec::new();
        loop {
            items.push(self.with_item()?);
            if !self.take(T::Comma)? || self.tok.kind == T::CloseParen {
                break;
            }
        }
        self.expect(T::CloseParen)?;
        if self.tok.kind == T::Colon { Ok(items.into()) } else { Err(Bail) }
    }

    fn with_item(&mut self) -> P<WithItem> {
        let context_expr = self.deeper(Self::expression)?;
        let optional_vars = if self.take(T::As)? {
            let mut target = self.starred_or(false)?;
            self.store(&mut target)?;
            Some(Ptr::new(target))
        } else {
            None
        };
        Ok(WithItem { context_expr, optional_vars })
    }

    pub(super) fn try_stmt(&mut self) -> P<Stmt> {
        let start = self.tok.from;
        self.advance()?;
        let body = self.block()?;
        let (mut handlers, mut star) = (Vec::new(), None);
        while self.tok.kind == T::Except {
            let start = self.tok.from;
            self.advance()?;
            let is_star = self.take(T::Star)?;
            if star.replace(is_star).is_some_and(|before| before != is_star) {
                return Err(Bail);
            }
            let (mut typ, mut name) = (None, None);
            if self.tok.kind != T::Colon {
                typ = Some(Ptr::new(self.expression()?));
                if self.take(T::As)? {
                    name = Some(self.name()?);
                }
            } else if is_star {
                return Err(Bail);
            }
            let body = self.block()?;
            handlers.push(ExceptHandler { loc: self.loc(start), typ, name, body });
        }
        let orelse = if handlers.is_empty() { List::new() } else { self.else_block()? };
        let finalbody = if self.take(T::Finally)? { self.block()? } else { List::new() };
        if handlers.is_empty() && finalbody.is_empty() {
            return Err(Bail);
        }
        let handlers = handlers.into();
        let kind = if star == Some(true) {
            StmtKind::TryStar { body, handlers, orelse, finalbody }
        } else {
            StmtKind::Try { body, handlers, orelse, finalbody }
        };
        Ok(self.stmt(start, kind))
    }

    pub(super) fn async_stmt(&mut self) -> P<Stmt> {
        let mut ahead = self.scanner.clone();
        match ahead.scan()?.kind {
            T::Def => self.function(List::new(), true),
            T::For => self.for_stmt(true),
            T::With => self.with_stmt(true),
            _ => Err(Bail),
        }
    }

    pub(super) fn decorated(&mut self) -> P<Stmt> {
        let base = self.pile.len();
        while self.take(T::At)? {
            let decorator = self.named_expression()?;
            self.pile.push(decorator);
            self.expect(T::Newline)?;
        }
        let decorators = self.piled(base);
        match self.tok.kind {
            T::Class => self.class(decorators),
            T::Def => self.function(decorators, false),
            T::Async => self.function(decorators, true),
            _ => Err(Bail),
        }
    }

    pub(super) fn function(&mut self, decorator_list: List<Expr>, is_async: bool) -> P<Stmt> {
        let start = self.tok.from;
        if is_async {
            self.advance()?;
        }
        self.expect(T::Def)?;
        let name = self.name()?;
        let type_params = self.type_params()?;
        self.expect(T::OpenParen)?;
        let args = Ptr::new(self.parameters(T::CloseParen)?);
        self.expect(T::CloseParen)?;
        let returns = if self.take(T::Arrow)? { Some(Ptr::new(self.expression()?)) } else { None };
        let body = self.block()?;
        let function = Ptr::new(FunctionDef { name, args, body, decorator_list, returns, type_params });
        let kind = if is_async { StmtKind::AsyncFunctionDef(function) } else { StmtKind::FunctionDef(function) };
        Ok(self.stmt(start, kind))
    }

    pub(super) fn class(&mut self, decorator_list: List<Expr>) -> P<Stmt> {
        let start = self.tok.from;
        self.advance()?;
        let name = self.name()?;
        let type_params = self.type_params()?;
        let (bases, keywords) = if self.tok.kind == T::OpenParen { self.arguments(false)? } else { (List::new(), List::new()) };
        let body = self.block()?;
        let kind = StmtKind::ClassDef(Ptr::new(ClassDef { name, bases, keywords, body, decorator_list, type_params }));
        Ok(self.stmt(start, kind))
    }
}
