//! Arguments and subscripts.

use super::kind::T;
use super::{Bail, P, Parser};
use crate::compile::ast::{Expr, ExprContext, ExprKind, Keyword, List, Ptr};

impl Parser<'_> {
    /// Arguments in parentheses. `generator` says that a bare generator expression may be the only one; it owns the parentheses.
    pub(super) fn arguments(&mut self, generator: bool) -> P<(List<Expr>, List<Keyword>)> {
        let open = self.tok.from;
        self.expect(T::OpenParen)?;
        let (base, keywords) = (self.pile.len(), self.keywords.len());
        let mut unpacked = false;
        while self.tok.kind != T::CloseParen {
            let (start, kind) = (self.tok.from, self.tok.kind);
            match kind {
                T::Star if !unpacked => {
                    self.advance()?;
                    let value = Ptr::new(self.expression()?);
                    let loc = self.loc(start);
                    self.pile.push(Expr { loc, kind: ExprKind::Starred { value, ctx: ExprContext::Load } });
                }
                T::DoubleStar => {
                    self.advance()?;
                    let value = self.expression()?;
                    let loc = self.loc(start);
                    self.keywords.push(Keyword { loc, arg: None, value });
                    unpacked = true;
                }
                _ => {
                    let e = self.expression()?;
                    match (self.tok.kind, e.kind) {
                        (T::Equal, ExprKind::Name { id, .. }) if kind == T::Name => {
                            self.advance()?;
                            let value = self.expression()?;
                            let loc = self.loc(start);
                            self.keywords.push(Keyword { loc, arg: Some(id), value });
                        }
                        (next, node) => {
                            if self.keywords.len() > keywords {
                                return Err(Bail);
                            }
                            let mut e = Expr { loc: e.loc, kind: node };
                            if next == T::ColonEqual {
                                e = self.bound_to(start, kind, e)?;
                            }
                            if matches!(self.tok.kind, T::For | T::Async) {
                                if !generator || self.pile.len() > base {
                                    return Err(Bail);
                                }
                                let generators = self.generators()?;
                                self.expect(T::CloseParen)?;
                                let kind = ExprKind::GeneratorExp { elt: Ptr::new(e), generators };
                                return Ok((List::of(Expr { loc: self.loc(open), kind }), List::new()));
                            }
                            self.pile.push(e);
                        }
                    }
                }
            }
            if !self.take(T::Comma)? {
                break;
            }
        }
        self.expect(T::CloseParen)?;
        Ok((self.piled(base), List::taken(&mut self.keywords, keywords)))
    }

    /// What stands in the brackets of a subscript.
    pub(super) fn slices(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let first = self.slice()?;
        if self.tok.kind != T::Comma && !matches!(first.kind, ExprKind::Starred { .. }) {
            return Ok(first);
        }
        let base = self.pile.len();
        self.pile.push(first);
        while self.take(T::Comma)? {
            if self.tok.kind == T::CloseSquare {
                break;
            }
            let e = self.slice()?;
            self.pile.push(e);
        }
        let elts = self.piled(base);
        let kind = self.tuple(elts);
        Ok(Expr { loc: self.loc(start), kind })
    }

    fn slice(&mut self) -> P<Expr> {
        let start = self.tok.from;
        if self.tok.kind == T::Star {
            self.advance()?;
            let value = Ptr::new(self.expression()?);
            return Ok(Expr { loc: self.loc(start), kind: ExprKind::Starred { value, ctx: ExprContext::Load } });
        }
        let lower = match self.tok.kind {
            T::Colon => None,
            _ => {
                let e = self.named_expression()?;
                if self.tok.kind != T::Colon {
                    return Ok(e);
                }
                if matches!(e.kind, ExprKind::NamedExpr { .. }) {
                    return Err(Bail);
                }
                Some(Ptr::new(e))
            }
        };
        self.expect(T::Colon)?;
        let upper = self.bound_of_slice()?;
        let step = if self.take(T::Colon)? { self.bound_of_slice()? } else { None };
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Slice { lower, upper, step } })
    }

    fn bound_of_slice(&mut self) -> P<Option<Ptr<Expr>>> {
        if matches!(self.tok.kind, T::Colon | T::Comma | T::CloseSquare) {
            return Ok(None);
        }
        Ok(Some(Ptr::new(self.expression()?)))
    }
}
