//! Statements, and the simple ones among them.

use super::kind::{T, operator};
use super::{Bail, P, Parser};
use crate::compile::ast::{Alias, Expr, ExprContext, ExprKind, Identifier, List, Ptr, StmtKind};

/// The kinds that operators of augmented assignments have.
const AUGMENTED: [T; 13] = [
    T::Plus,
    T::Minus,
    T::Star,
    T::At,
    T::Slash,
    T::Percent,
    T::DoubleStar,
    T::LeftShift,
    T::RightShift,
    T::Bar,
    T::Caret,
    T::Ampersand,
    T::DoubleSlash,
];

impl Parser<'_> {
    /// A compound statement, or the simple ones of a line.
    pub(super) fn statement(&mut self) -> P {
        let around = std::mem::take(&mut self.foldable);
        let compound = match self.tok.kind {
            T::If => self.deeper(Self::if_stmt)?,
            T::For => self.deeper(|this| this.for_stmt(false))?,
            T::While => self.deeper(Self::while_stmt)?,
            T::With => self.deeper(|this| this.with_stmt(false))?,
            T::Try => self.deeper(Self::try_stmt)?,
            T::Def => self.deeper(|this| this.function(List::new(), false))?,
            T::Class => self.deeper(|this| this.class(List::new()))?,
            T::At => self.deeper(Self::decorated)?,
            T::Async => self.deeper(Self::async_stmt)?,
            T::Name if self.text() == b"match" => match self.match_stmt() {
                Some(statement) => statement,
                None => {
                    self.simple_statements()?;
                    self.foldable |= around;
                    return Ok(());
                }
            },
            _ => {
                self.foldable = around;
                return self.simple_statements();
            }
        };
        self.stmts.push(compound);
        self.foldable |= around;
        Ok(())
    }

    pub(super) fn simple_statements(&mut self) -> P {
        loop {
            let start = self.tok.from;
            let around = std::mem::take(&mut self.foldable);
            let kind = self.simple()?;
            let stmt = self.stmt(start, kind);
            self.stmts.push(stmt);
            self.foldable |= around;
            if !self.take(T::Semicolon)? {
                break;
            }
            if self.tok.kind == T::Newline {
                break;
            }
        }
        self.expect(T::Newline)
    }

    fn simple(&mut self) -> P<StmtKind> {
        match self.tok.kind {
            T::Name if self.text() == b"type" && self.starts_alias() => self.type_alias(),
            T::Return => {
                self.advance()?;
                let value = if self.ends_simple() { None } else { Some(Ptr::new(self.star_expressions()?)) };
                Ok(StmtKind::Return { value })
            }
            T::Import => {
                self.advance()?;
                Ok(StmtKind::Import { names: self.imported_modules()? })
            }
            T::From => self.import_from(),
            T::Raise => self.raise(),
            T::Pass => self.bare(StmtKind::Pass),
            T::Break => self.bare(StmtKind::Break),
            T::Continue => self.bare(StmtKind::Continue),
            T::Del => self.del(),
            T::Assert => {
                self.advance()?;
                let test = Ptr::new(self.expression()?);
                let msg = if self.take(T::Comma)? { Some(Ptr::new(self.expression()?)) } else { None };
                Ok(StmtKind::Assert { test, msg })
            }
            T::Global => Ok(StmtKind::Global { names: self.declared()? }),
            T::Nonlocal => Ok(StmtKind::Nonlocal { names: self.declared()? }),
            _ => self.assignment(),
        }
    }

    fn bare(&mut self, kind: StmtKind) -> P<StmtKind> {
        self.advance()?;
        Ok(kind)
    }

    fn ends_simple(&self) -> bool {
        matches!(self.tok.kind, T::Newline | T::Semicolon)
    }

    /// An expression, or one of the assignments.
    fn assignment(&mut self) -> P<StmtKind> {
        let starts_with = self.tok.kind;
        let first = self.yield_or_star_expressions()?;
        match self.tok.kind {
            T::Equal => self.assign(first),
            T::Augmented => {
                let mut target = first;
                self.single(&mut target)?;
                let detail = self.tok.detail;
                let op = AUGMENTED.into_iter().find(|kind| *kind as u8 == detail).and_then(operator).ok_or(Bail)?;
                self.advance()?;
                let value = Ptr::new(self.yield_or_star_expressions()?);
                Ok(StmtKind::AugAssign { target: Ptr::new(target), op, value })
            }
            T::Colon => {
                let mut target = first;
                self.single(&mut target)?;
                self.advance()?;
                let annotation = Ptr::new(self.expression()?);
                let value = if self.take(T::Equal)? { Some(Ptr::new(self.yield_or_star_expressions()?)) } else { None };
                let simple = starts_with == T::Name && matches!(target.kind, ExprKind::Name { .. });
                Ok(StmtKind::AnnAssign { target: Ptr::new(target), annotation, value, simple })
            }
            _ => Ok(StmtKind::Expr { value: Ptr::new(first) }),
        }
    }

    fn assign(&mut self, first: Expr) -> P<StmtKind> {
        let base = self.pile.len();
        let mut last = first;
        while self.take(T::Equal)? {
            self.store(&mut last)?;
            self.pile.push(last);
            last = self.yield_or_star_expressions()?;
        }
        Ok(StmtKind::Assign { targets: self.piled(base), value: Ptr::new(last) })
    }

    /// A target that is no sequence.
    fn single(&mut self, e: &mut Expr) -> P {
        match e.kind {
            ExprKind::Name { .. } | ExprKind::Attribute { .. } | ExprKind::Subscript { .. } => self.store(e),
            _ => Err(Bail),
        }
    }

    fn raise(&mut self) -> P<StmtKind> {
        self.advance()?;
        if self.ends_simple() {
            return Ok(StmtKind::Raise { exc: None, cause: None });
        }
        let exc = Some(Ptr::new(self.expression()?));
        let cause = if self.take(T::From)? { Some(Ptr::new(self.expression()?)) } else { None };
        Ok(StmtKind::Raise { exc, cause })
    }

    fn del(&mut self) -> P<StmtKind> {
        self.advance()?;
        let base = self.pile.len();
        loop {
            let mut target = self.expression()?;
            self.delete(&mut target)?;
            self.pile.push(target);
            if !self.take(T::Comma)? || self.ends_simple() {
                return Ok(StmtKind::Delete { targets: self.piled(base) });
            }
        }
    }

    fn declared(&mut self) -> P<List<Identifier>> {
        self.advance()?;
        let mut names = Vec::with_capacity(1);
        loop {
            names.push(self.name()?);
            if !self.take(T::Comma)? {
                return Ok(names.into());
            }
        }
    }

    /// `a.b.c` as one name.
    fn dotted_name(&mut self) -> P<Identifier> {
        let first = self.name()?;
        if self.tok.kind != T::Dot {
            return Ok(first);
        }
        let mut text = String::from(&*first);
        while self.take(T::Dot)? {
            text.push('.');
            text.push_str(&self.name()?);
        }
        Ok(self.names.intern(&text))
    }

    fn alias(&mut self, read: impl FnOnce(&mut Self) -> P<Identifier>) -> P<Alias> {
        let start = self.tok.from;
        let name = read(self)?;
        let asname = if self.take(T::As)? { Some(self.name()?) } else { None };
        Ok(Alias { loc: self.loc(start), name, asname })
    }

    fn imported_modules(&mut self) -> P<List<Alias>> {
        let mut names = Vec::with_capacity(1);
        loop {
            names.push(self.alias(Self::dotted_name)?);
            if !self.take(T::Comma)? {
                return Ok(names.into());
            }
        }
    }

    fn import_from(&mut self) -> P<StmtKind> {
        self.advance()?;
        let mut level = 0;
        loop {
            level += match self.tok.kind {
                T::Dot => 1,
                T::Ellipsis => 3,
                _ => break,
            };
            self.advance()?;
        }
        let module = if self.tok.kind == T::Import && level > 0 { None } else { Some(self.dotted_name()?) };
        self.expect(T::Import)?;
        let mut names = Vec::with_capacity(1);
        if self.tok.kind == T::Star {
            let start = self.tok.from;
            self.advance()?;
            names.push(Alias { loc: self.loc(start), name: self.names.intern("*"), asname: None });
            return Ok(StmtKind::ImportFrom { module, names: names.into(), level });
        }
        let parenthesised = self.take(T::OpenParen)?;
        loop {
            names.push(self.alias(Self::name)?);
            if !self.take(T::Comma)? || (parenthesised && self.tok.kind == T::CloseParen) {
                break;
            }
        }
        if parenthesised {
            self.expect(T::CloseParen)?;
        }
        Ok(StmtKind::ImportFrom { module, names: names.into(), level })
    }

    /// Whether `type`, which is the token at hand, is followed by a name on its line, and so starts a `type` statement.
    fn starts_alias(&self) -> bool {
        let mut ahead = self.scanner.clone();
        matches!(ahead.scan(), Ok(token) if token.kind == T::Name)
    }

    fn type_alias(&mut self) -> P<StmtKind> {
        self.advance()?;
        let start = self.tok.from;
        let id = self.name()?;
        let name = Ptr::new(Expr { loc: self.loc(start), kind: ExprKind::Name { id, ctx: ExprContext::Store } });
        let type_params = self.type_params()?;
        self.expect(T::Equal)?;
        let value = Ptr::new(self.expression()?);
        Ok(StmtKind::TypeAlias { name, type_params, value })
    }
}
