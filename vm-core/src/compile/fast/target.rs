//! What is assigned to or deleted: expressions that were read are checked, and marked as such.

use super::kind::{T, binds};
use super::{Bail, P, Parser};
use crate::compile::ast::{Expr, ExprContext, ExprKind};

impl Parser<'_> {
    /// `star_targets`: what `for` binds.
    pub(super) fn star_targets(&mut self) -> P<Expr> {
        let start = self.tok.from;
        let element = |this: &mut Self| if this.tok.kind == T::Star { this.starred_or(false) } else { this.binary(binds::BIT_OR) };
        let first = element(self)?;
        let mut target = self.rest_of_tuple(start, first, element)?;
        self.store(&mut target)?;
        Ok(target)
    }

    /// Makes an expression a target of an assignment.
    pub(super) fn store(&mut self, e: &mut Expr) -> P {
        match &mut e.kind {
            ExprKind::Starred { value, ctx } => {
                *ctx = ExprContext::Store;
                if matches!(value.kind, ExprKind::Starred { .. }) { Err(Bail) } else { self.store(value) }
            }
            _ => self.mark(e, ExprContext::Store),
        }
    }

    /// Makes an expression a target of `del`.
    pub(super) fn delete(&mut self, e: &mut Expr) -> P {
        self.mark(e, ExprContext::Del)
    }

    fn mark(&mut self, e: &mut Expr, context: ExprContext) -> P {
        match &mut e.kind {
            ExprKind::Name { ctx, .. } | ExprKind::Attribute { ctx, .. } | ExprKind::Subscript { ctx, .. } => {
                *ctx = context;
                Ok(())
            }
            ExprKind::Tuple { elts, ctx } | ExprKind::List { elts, ctx } => {
                *ctx = context;
                elts.iter_mut().try_for_each(|e| if context == ExprContext::Store { self.store(e) } else { self.mark(e, context) })
            }
            _ => Err(Bail),
        }
    }
}
