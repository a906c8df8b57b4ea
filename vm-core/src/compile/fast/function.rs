//! Parameters, of functions and lambdas, and type parameters.

use super::kind::T;
use super::{Bail, P, Parser};
use crate::compile::ast::{Arg, Arguments, Expr, ExprKind, TypeParam, TypeParamKind};

impl Parser<'_> {
    pub(super) fn lambda(&mut self) -> P<Expr> {
        // There, the colon would end the field.
        if self.scanner.brackets == self.scanner.field {
            return Err(Bail);
        }
        let start = self.tok.from;
        self.advance()?;
        let args = Box::new(self.parameters(T::Colon)?);
        self.expect(T::Colon)?;
        let body = Box::new(self.expression()?);
        Ok(Expr { loc: self.loc(start), kind: ExprKind::Lambda { args, body } })
    }

    /// Parameters up to the token `close`; those of a lambda have no annotations.
    pub(super) fn parameters(&mut self, close: T) -> P<Arguments> {
        let annotated = close == T::CloseParen;
        let mut all = Arguments::default();
        let (mut keyword_only, mut slash) = (false, false);
        while self.tok.kind != close {
            match self.tok.kind {
                T::Slash if !slash && !keyword_only && !all.args.is_empty() => {
                    self.advance()?;
                    slash = true;
                    all.posonlyargs = std::mem::take(&mut all.args);
                }
                T::Star if !keyword_only => {
                    self.advance()?;
                    keyword_only = true;
                    if self.tok.kind == T::Comma {
                        // A star alone: a name must follow.
                        self.advance()?;
                        if self.tok.kind != T::Name {
                            return Err(Bail);
                        }
                        continue;
                    }
                    all.vararg = Some(Box::new(self.parameter(annotated, true)?));
                }
                T::DoubleStar => {
                    self.advance()?;
                    all.kwarg = Some(Box::new(self.parameter(annotated, false)?));
                    self.take(T::Comma)?;
                    break;
                }
                _ => {
                    let parameter = self.parameter(annotated, false)?;
                    let default = if self.take(T::Equal)? { Some(self.expression()?) } else { None };
                    if keyword_only {
                        all.kwonlyargs.push(parameter);
                        all.kw_defaults.push(default);
                    } else {
                        if default.is_none() && !all.defaults.is_empty() {
                            return Err(Bail);
                        }
                        all.args.push(parameter);
                        all.defaults.extend(default);
                    }
                }
            }
            if !self.take(T::Comma)? {
                break;
            }
        }
        if self.tok.kind == close { Ok(all) } else { Err(Bail) }
    }

    /// A name with its annotation, which may be starred behind a star.
    fn parameter(&mut self, annotated: bool, starred: bool) -> P<Arg> {
        let start = self.tok.from;
        let arg = self.name()?;
        let annotation = if annotated && self.take(T::Colon)? {
            let e = if starred { self.starred_or(false)? } else { self.expression()? };
            Some(Box::new(e))
        } else {
            None
        };
        Ok(Arg { loc: self.loc(start), arg, annotation })
    }

    /// Type parameters in brackets, if there are any.
    pub(super) fn type_params(&mut self) -> P<Vec<TypeParam>> {
        let mut params = Vec::new();
        if !self.take(T::OpenSquare)? {
            return Ok(params);
        }
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
                    let bound = if self.take(T::Colon)? { Some(Box::new(self.expression()?)) } else { None };
                    TypeParamKind::TypeVar { name, bound, default_value: self.default_of_type(false)? }
                }
            };
            params.push(TypeParam { loc: self.loc(start), kind });
            if !self.take(T::Comma)? || self.tok.kind == T::CloseSquare {
                break;
            }
        }
        self.expect(T::CloseSquare)?;
        Ok(params)
    }

    fn default_of_type(&mut self, starred: bool) -> P<Option<Box<Expr>>> {
        if !self.take(T::Equal)? {
            return Ok(None);
        }
        Ok(Some(Box::new(if starred { self.starred_or(false)? } else { self.expression()? })))
    }
}
