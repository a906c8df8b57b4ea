//! `match` and its patterns.

use super::kind::T;
use super::{Bail, P, Parser};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprContext, ExprKind, List, MatchCase, Operator, Pattern, PatternKind, Ptr, Stmt, StmtKind, UnaryOp};

impl Parser<'_> {
    /// A `match` statement, where the token at hand is that word; `None` if it is no keyword here, and nothing has been read.
    pub(super) fn match_stmt(&mut self) -> Option<Stmt> {
        let checkpoint = self.checkpoint();
        let statement = self.deeper(Self::matched);
        if statement.is_err() {
            self.restore(checkpoint);
        }
        statement.ok()
    }

    fn matched(&mut self) -> P<Stmt> {
        let start = self.tok.from;
        self.advance()?;
        let subject = Ptr::new(self.subject()?);
        self.expect(T::Colon)?;
        self.expect(T::Newline)?;
        self.expect(T::Indent)?;
        let mut cases = Vec::new();
        while !self.take(T::Dedent)? {
            if self.tok.kind != T::Name || self.text() != b"case" {
                return Err(Bail);
            }
            self.advance()?;
            let pattern = self.patterns()?;
            let guard = if self.take(T::If)? { Some(Ptr::new(self.named_expression()?)) } else { None };
            cases.push(MatchCase { pattern, guard, body: self.block()? });
        }
        // Patterns hold numbers with signs.
        self.foldable = true;
        Ok(self.stmt(start, StmtKind::Match { subject, cases: cases.into() }))
    }

    fn subject(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let first = self.starred_or(true)?;
        if matches!(first.kind, ExprKind::Starred { .. }) && self.tok.kind != T::Comma {
            return Err(Bail);
        }
        self.rest_of_tuple(start, first, |this| this.starred_or(true))
    }

    /// The pattern of a `case`: without brackets a sequence may stand there.
    fn patterns(&mut self) -> P<Pattern> {
        let start = self.tok.from;
        let first = self.star_or_pattern()?;
        let is_star = matches!(first.kind, PatternKind::MatchStar { .. });
        if self.tok.kind != T::Comma {
            return if is_star { Err(Bail) } else { Ok(first) };
        }
        let patterns = self.rest_of_sequence(first)?;
        Ok(Pattern { loc: self.loc(start), kind: PatternKind::MatchSequence { patterns } })
    }

    fn rest_of_sequence(&mut self, first: Pattern) -> P<List<Pattern>> {
        let mut patterns = vec![first];
        while self.take(T::Comma)? {
            if matches!(self.tok.kind, T::CloseParen | T::CloseSquare | T::Colon | T::If) {
                break;
            }
            patterns.push(self.star_or_pattern()?);
        }
        Ok(patterns.into())
    }

    fn star_or_pattern(&mut self) -> P<Pattern> {
        let start = self.tok.from;
        if !self.take(T::Star)? {
            return self.pattern();
        }
        let name = self.captured()?;
        Ok(Pattern { loc: self.loc(start), kind: PatternKind::MatchStar { name } })
    }

    /// A name that is bound; `_` binds nothing.
    fn captured(&mut self) -> P<Option<crate::compile::ast::Identifier>> {
        let name = self.name()?;
        Ok((&*name != "_").then_some(name))
    }

    fn pattern(&mut self) -> P<Pattern> {
        self.deeper(|this| {
            let start = this.tok.from;
            let first = this.closed()?;
            let pattern = if this.tok.kind == T::Bar {
                let mut patterns = vec![first];
                while this.take(T::Bar)? {
                    patterns.push(this.closed()?);
                }
                Pattern { loc: this.loc(start), kind: PatternKind::MatchOr { patterns: patterns.into() } }
            } else {
                first
            };
            if !this.take(T::As)? {
                return Ok(pattern);
            }
            let name = Some(this.captured()?.ok_or(Bail)?);
            Ok(Pattern { loc: this.loc(start), kind: PatternKind::MatchAs { pattern: Some(Ptr::new(pattern)), name } })
        })
    }

    fn closed(&mut self) -> P<Pattern> {
        let start = self.tok.from;
        let kind = match self.tok.kind {
            T::Name => self.name_pattern()?,
            T::None => self.singleton(Const::None)?,
            T::True => self.singleton(Const::Bool(true))?,
            T::False => self.singleton(Const::Bool(false))?,
            T::Number | T::Minus | T::Str => PatternKind::MatchValue { value: Ptr::new(self.literal_pattern()?) },
            T::OpenSquare => {
                self.advance()?;
                let mut patterns = List::new();
                if self.tok.kind != T::CloseSquare {
                    let first = self.star_or_pattern()?;
                    patterns = self.rest_of_sequence(first)?;
                }
                self.expect(T::CloseSquare)?;
                PatternKind::MatchSequence { patterns }
            }
            T::OpenParen => {
                self.advance()?;
                let mut patterns = List::new();
                if self.tok.kind != T::CloseParen {
                    let first = self.star_or_pattern()?;
                    if self.tok.kind == T::CloseParen && !matches!(first.kind, PatternKind::MatchStar { .. }) {
                        self.advance()?;
                        return Ok(first);
                    }
                    if self.tok.kind != T::Comma {
                        return Err(Bail);
                    }
                    patterns = self.rest_of_sequence(first)?;
                }
                self.expect(T::CloseParen)?;
                PatternKind::MatchSequence { patterns }
            }
            T::OpenBrace => self.mapping()?,
            _ => return Err(Bail),
        };
        Ok(Pattern { loc: self.loc(start), kind })
    }

    fn singleton(&mut self, value: Const) -> P<PatternKind> {
        self.advance()?;
        Ok(PatternKind::MatchSingleton { value })
    }

    /// A capture, a dotted value or a class.
    fn name_pattern(&mut self) -> P<PatternKind> {
        let start = self.tok.from;
        let name = self.name()?;
        if !matches!(self.tok.kind, T::Dot | T::OpenParen) {
            let name = (&*name != "_").then_some(name);
            return Ok(PatternKind::MatchAs { pattern: None, name });
        }
        let mut value = Expr { loc: self.loc(start), kind: ExprKind::Name { id: name, ctx: ExprContext::Load } };
        self.attributes(start, &mut value)?;
        if self.tok.kind == T::OpenParen { self.class_pattern(value) } else { Ok(PatternKind::MatchValue { value: Ptr::new(value) }) }
    }

    fn attributes(&mut self, start: super::kind::Pos, e: &mut Expr) -> P {
        let mut links = 0;
        while self.take(T::Dot)? {
            let attr = self.name()?;
            let inner = std::mem::replace(e, Expr { loc: self.loc(start), kind: ExprKind::Set { elts: List::new() } });
            e.kind = ExprKind::Attribute { value: Ptr::new(inner), attr, ctx: ExprContext::Load };
            self.link()?;
            links += 1;
        }
        self.depth -= links;
        Ok(())
    }

    fn class_pattern(&mut self, class: Expr) -> P<PatternKind> {
        self.advance()?;
        let (mut patterns, mut kwd_attrs, mut kwd_patterns) = (Vec::new(), Vec::new(), Vec::new());
        while self.tok.kind != T::CloseParen {
            let is_keyword = self.tok.kind == T::Name && {
                let mut ahead = self.scanner.clone();
                ahead.scan()?.kind == T::Equal
            };
            if is_keyword {
                kwd_attrs.push(self.name()?);
                self.advance()?;
                kwd_patterns.push(self.pattern()?);
            } else if kwd_attrs.is_empty() {
                patterns.push(self.pattern()?);
            } else {
                return Err(Bail);
            }
            if !self.take(T::Comma)? {
                break;
            }
        }
        self.expect(T::CloseParen)?;
        Ok(PatternKind::MatchClass {
            cls: Ptr::new(class),
            patterns: patterns.into(),
            kwd_attrs: kwd_attrs.into(),
            kwd_patterns: kwd_patterns.into(),
        })
    }

    fn mapping(&mut self) -> P<PatternKind> {
        self.advance()?;
        let (mut keys, mut patterns, mut rest) = (Vec::new(), Vec::new(), None);
        while self.tok.kind != T::CloseBrace {
            if self.take(T::DoubleStar)? {
                rest = Some(self.captured()?.ok_or(Bail)?);
                self.take(T::Comma)?;
                break;
            }
            keys.push(self.key()?);
            self.expect(T::Colon)?;
            patterns.push(self.pattern()?);
            if !self.take(T::Comma)? {
                break;
            }
        }
        self.expect(T::CloseBrace)?;
        Ok(PatternKind::MatchMapping { keys: keys.into(), patterns: patterns.into(), rest })
    }

    fn key(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let value = match self.tok.kind {
            T::None => Const::None,
            T::True => Const::Bool(true),
            T::False => Const::Bool(false),
            T::Name => {
                let id = self.name()?;
                let mut e = Expr { loc: self.loc(start), kind: ExprKind::Name { id, ctx: ExprContext::Load } };
                self.attributes(start, &mut e)?;
                return if matches!(e.kind, ExprKind::Attribute { .. }) { Ok(e) } else { Err(Bail) };
            }
            _ => return self.literal_pattern(),
        };
        self.advance()?;
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Constant { value: value.into(), kind: None } })
    }

    /// Strings, and numbers with a sign, or a real and an imaginary part.
    fn literal_pattern(&mut self) -> P<Expr> {
        if self.tok.kind == T::Str {
            let e = self.strings()?;
            return if matches!(e.kind, ExprKind::Constant { .. }) { Ok(e) } else { Err(Bail) };
        }
        let start = self.tok.from;
        let real = self.signed_number()?;
        let op = match self.tok.kind {
            T::Plus => Operator::Add,
            T::Minus => Operator::Sub,
            _ => return Ok(real),
        };
        self.advance()?;
        let right = self.plain_number()?;
        let is_imaginary = |e: &Expr| matches!(&e.kind, ExprKind::Constant { value, .. } if matches!(**value, Const::Complex(..)));
        let left = match &real.kind {
            ExprKind::UnaryOp { operand, .. } => operand,
            _ => &real,
        };
        if is_imaginary(left) || !is_imaginary(&right) {
            return Err(Bail);
        }
        Ok(Expr { loc: self.loc(start), kind: ExprKind::BinOp { left: Ptr::new(real), op, right: Ptr::new(right) } })
    }

    fn signed_number(&mut self) -> P<Expr> {
        let start = self.tok.from;
        if !self.take(T::Minus)? {
            return self.plain_number();
        }
        let operand = Ptr::new(self.plain_number()?);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::UnaryOp { op: UnaryOp::USub, operand } })
    }

    fn plain_number(&mut self) -> P<Expr> {
        if self.tok.kind != T::Number {
            return Err(Bail);
        }
        let start = self.tok.from;
        let value = self.number()?;
        self.advance()?;
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Constant { value: value.into(), kind: None } })
    }
}
