//! Parameters, of functions and lambdas, and type parameters.

use super::kind::T;
use super::{Bail, P, Parser};
use crate::compile::ast::{Arg, Arguments, Expr, ExprKind, List, Ptr, TypeParam, TypeParamKind};

impl Parser<'_> {
    pub(super) fn lambda(&mut self) -> P<Expr> {
        // There, the colon would end the field.
        if self.scanner.brackets == self.scanner.field {
            return Err(Bail);
        }
        let start = self.tok.from;
        self.advance()?;
        let args = Ptr::new(self.parameters(T::Colon)?);
        self.expect(T::Colon)?;
        let body = Ptr::new(self.expression()?);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Lambda { args, body } })
    }

    /// Parameters up to the token `close`; those of a lambda have no annotations.
    pub(super) fn parameters(&mut self, close: T) -> P<Arguments> {
        let annotated = close == T::CloseParen;
        let mut all = Arguments::default();
        // Positional parameters first, then keyword-only ones.
        let (mut base, defaults) = (self.params.len(), self.pile.len());
        let mut kw_defaults = Vec::new();
        let (mut keyword_only, mut slash) = (false, false);
        while self.tok.kind != close {
            match self.tok.kind {
                T::Slash if !slash && !keyword_only && self.params.len() > base => {
                    self.advance()?;
                    slash = true;
                    all.posonlyargs = List::taken(&mut self.params, base);
                }
                T::Star if !keyword_only => {
                    self.advance()?;
                    keyword_only = true;
                    all.args = List::taken(&mut self.params, base);
                    base = self.params.len();
                    if self.tok.kind == T::Comma {
                        // A star alone: a name must follow.
                        self.advance()?;
                        if self.tok.kind != T::Name {
                            return Err(Bail);
                        }
                        continue;
                    }
                    all.vararg = Some(Ptr::new(self.parameter(annotated, true)?));
                }
                T::DoubleStar => {
                    self.advance()?;
                    all.kwarg = Some(Ptr::new(self.parameter(annotated, false)?));
                    self.take(T::Comma)?;
                    break;
                }
                _ => {
                    let parameter = self.parameter(annotated, false)?;
                    let default = if self.take(T::Equal)? { Some(self.expression()?) } else { None };
                    self.params.push(parameter);
                    if keyword_only {
                        kw_defaults.push(default);
                    } else {
                        if default.is_none() && self.pile.len() > defaults {
                            return Err(Bail);
                        }
                        self.pile.extend(default);
                    }
                }
            }
            if !self.take(T::Comma)? {
                break;
            }
        }
        if keyword_only {
            all.kwonlyargs = List::taken(&mut self.params, base);
            all.kw_defaults = kw_defaults.into();
        } else {
            all.args = List::taken(&mut self.params, base);
        }
        all.defaults = self.piled(defaults);
        if self.tok.kind == close { Ok(all) } else { Err(Bail) }
    }

    /// A name with its annotation, which may be starred behind a star.
    fn parameter(&mut self, annotated: bool, starred: bool) -> P<Arg> {
        let start = self.tok.from;
        let arg = self.name()?;
        let annotation = if annotated && self.take(T::Colon)? {
            let e = if starred { self.starred_or(false)? } else { self.expression()? };
            Some(Ptr::new(e))
        } else {
            None
        };
        Ok(Arg { loc: self.loc(start), arg, annotation })
    }

    /// Type parameters in brackets, if there are any.
    pub(super) fn type_params(&mut self) -> P<List<TypeParam>> {
        if !self.take(T::OpenSquare)? {
            return Ok(List::new());
        }
        let mut params = Vec::new();
        loop {
            let start = self.tok.from;
            let stars = self.tok.kind;
            if matches!(stars, T::Star | T::DoubleStar) {
                self.advance()?;
            }
            let name = self.name()?;
            let kind = match stars {
                T::Star => TypeParamKind::TypeVarTuple { name, default_value: self.default_of_type(true)? },
                T::DoubleStar => TypeParamKind::ParamSpec { name, default_value: self.default_of_type(false)? },
                _ => {
                    let bound = if self.take(T::Colon)? { Some(Ptr::new(self.expression()?)) } else { None };
                    TypeParamKind::TypeVar { name, bound, default_value: self.default_of_type(false)? }
                }
            };
            params.push(TypeParam { loc: self.loc(start), kind });
            if !self.take(T::Comma)? || self.tok.kind == T::CloseSquare {
                break;
            }
        }
        self.expect(T::CloseSquare)?;
        Ok(params.into())
    }

    fn default_of_type(&mut self, starred: bool) -> P<Option<Ptr<Expr>>> {
        if !self.take(T::Equal)? {
            return Ok(None);
        }
        Ok(Some(Ptr::new(if starred { self.starred_or(false)? } else { self.expression()? })))
    }
}
