//! Augmented and annotated assignment, unpacking, subscripts and slices.
//!
//! Plain assignment only visits its targets; these need care about what is evaluated once.

use super::{CodeGen, Op, Outcome, ScopeKind, Table, syntax_error};
use crate::code::{CodeFlags, Const};
use crate::compile::ast::{Expr, ExprContext, ExprKind, Operator};
use crate::compile::instr::Location;
use crate::compile::unparse::unparse;
use crate::compile::warnings;

fn is_two_element_slice(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Slice { step: None, .. })
}

/// Where an attribute access is reported: on the line of the attribute's name if that is another one.
pub(super) fn attribute_loc(mut loc: Location, at: Location, attr: &str) -> Location {
    if loc.line != at.end_line {
        loc.line = at.end_line;
        let len = i32::try_from(attr.chars().count()).unwrap_or(i32::MAX);
        if len <= at.end_col {
            loc.col = at.end_col - len;
        } else {
            loc.col = -1;
            loc.end_col = -1;
        }
        loc.end_line = loc.end_line.max(loc.line);
        if loc.line == loc.end_line {
            loc.end_col = loc.end_col.max(loc.col);
        }
    }
    loc
}

impl<'a> CodeGen<'a> {
    pub(super) fn binary_op(&mut self, loc: Location, op: Operator, in_place: bool) {
        let number = match op {
            Operator::Add => 0,
            Operator::BitAnd => 1,
            Operator::FloorDiv => 2,
            Operator::LShift => 3,
            Operator::MatMult => 4,
            Operator::Mult => 5,
            Operator::Mod => 6,
            Operator::BitOr => 7,
            Operator::Pow => 8,
            Operator::RShift => 9,
            Operator::Sub => 10,
            Operator::Div => 11,
            Operator::BitXor => 12,
        };
        self.emit_i(loc, Op::BINARY_OP, if in_place { number + 13 } else { number });
    }

    pub(super) fn aug_assign(&mut self, loc: Location, target: &'a Expr, op: Operator, value: &'a Expr) -> Outcome {
        let mut at = target.loc;
        match &target.kind {
            ExprKind::Attribute { value, attr, .. } => {
                self.expr(value)?;
                self.emit_i(at, Op::COPY, 1);
                at = attribute_loc(at, target.loc, attr);
                self.emit_name(at, Op::LOAD_ATTR, Table::Names, attr);
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                if is_two_element_slice(slice) {
                    self.slice(slice)?;
                    for _ in 0..3 {
                        self.emit_i(at, Op::COPY, 3);
                    }
                    self.emit(at, Op::BINARY_SLICE);
                } else {
                    self.expr(slice)?;
                    self.emit_i(at, Op::COPY, 2);
                    self.emit_i(at, Op::COPY, 2);
                    self.emit(at, Op::BINARY_SUBSCR);
                }
            }
            ExprKind::Name { id, .. } => self.name_op(at, id, ExprContext::Load)?,
            _ => return self.internal("invalid node type for augmented assignment"),
        }
        self.expr(value)?;
        self.binary_op(loc, op, true);
        match &target.kind {
            ExprKind::Attribute { attr, .. } => {
                self.emit_i(at, Op::SWAP, 2);
                self.emit_name(at, Op::STORE_ATTR, Table::Names, attr);
            }
            ExprKind::Subscript { slice, .. } => {
                let sliced = is_two_element_slice(slice);
                if sliced {
                    self.emit_i(at, Op::SWAP, 4);
                }
                self.emit_i(at, Op::SWAP, 3);
                self.emit_i(at, Op::SWAP, 2);
                self.emit(at, if sliced { Op::STORE_SLICE } else { Op::STORE_SUBSCR });
            }
            ExprKind::Name { id, .. } => self.name_op(at, id, ExprContext::Store)?,
            _ => {}
        }
        Ok(())
    }

    /// Whether annotations are kept as text.
    pub(super) fn future_annotations(&self) -> bool {
        self.settings.future_flags & CodeFlags::FUTURE_ANNOTATIONS != 0
    }

    /// Loads an annotation as text.
    pub(super) fn annotation_text(&mut self, annotation: &Expr) {
        self.load_const(annotation.loc, Const::Str(unparse(annotation).into()));
    }

    fn discard(&mut self, e: &'a Expr) -> Outcome {
        self.expr(e)?;
        self.emit(e.loc, Op::POP_TOP);
        Ok(())
    }

    /// Evaluates the parts of a subscript that is annotated but not assigned to.
    fn discard_subscript(&mut self, e: &'a Expr) -> Outcome {
        match &e.kind {
            ExprKind::Slice { lower, upper, step } => [lower, upper, step].into_iter().flatten().try_for_each(|part| self.discard(part)),
            ExprKind::Tuple { elts, .. } => elts.iter().try_for_each(|part| self.discard_subscript(part)),
            _ => self.discard(e),
        }
    }

    pub(super) fn ann_assign(
        &mut self,
        loc: Location,
        target: &'a Expr,
        annotation: &'a Expr,
        value: Option<&'a Expr>,
        simple: bool,
    ) -> Outcome {
        if let Some(value) = value {
            self.expr(value)?;
            self.expr(target)?;
        }
        let evaluated = matches!(self.cur.kind, ScopeKind::Module | ScopeKind::Class);
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.forbid(loc, id, ExprContext::Store)?;
                if simple && evaluated {
                    if self.future_annotations() {
                        self.annotation_text(annotation);
                    } else {
                        self.expr(annotation)?;
                    }
                    let annotations = self.made_up.intern("__annotations__");
                    self.emit_name(loc, Op::LOAD_NAME, Table::Names, &annotations);
                    let name = self.maybe_mangle(id).constant();
                    self.load_const(loc, name);
                    self.emit(loc, Op::STORE_SUBSCR);
                }
            }
            ExprKind::Attribute { value: object, attr, .. } => {
                self.forbid(loc, attr, ExprContext::Store)?;
                if value.is_none() {
                    self.discard(object)?;
                }
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                if value.is_none() {
                    self.discard(object)?;
                    self.discard_subscript(slice)?;
                }
            }
            _ => return self.internal("invalid node type for annotated assignment"),
        }
        if !simple && evaluated && !self.future_annotations() {
            self.discard(annotation)?;
        }
        Ok(())
    }

    pub(super) fn subscript(&mut self, loc: Location, value: &'a Expr, slice: &'a Expr, ctx: ExprContext) -> Outcome {
        if ctx == ExprContext::Load {
            self.warn(value.loc, warnings::subscripted(value));
            self.warn(value.loc, warnings::index(value, slice));
        }
        self.expr(value)?;
        if is_two_element_slice(slice) && ctx != ExprContext::Del {
            self.slice(slice)?;
            self.emit(loc, if ctx == ExprContext::Load { Op::BINARY_SLICE } else { Op::STORE_SLICE });
        } else {
            self.expr(slice)?;
            let op = match ctx {
                ExprContext::Load => Op::BINARY_SUBSCR,
                ExprContext::Store => Op::STORE_SUBSCR,
                ExprContext::Del => Op::DELETE_SUBSCR,
            };
            self.emit(loc, op);
        }
        Ok(())
    }

    /// Pushes the parts of a slice and says how many they are.
    pub(super) fn slice(&mut self, e: &'a Expr) -> Outcome<usize> {
        let ExprKind::Slice { lower, upper, step } = &e.kind else { return self.internal("not a slice") };
        for bound in [lower, upper] {
            match bound {
                Some(bound) => self.expr(bound)?,
                None => self.load_const(e.loc, Const::None),
            }
        }
        let Some(step) = step else { return Ok(2) };
        self.expr(step)?;
        Ok(3)
    }

    /// Assigns the value on the stack to a list or tuple of targets.
    pub(super) fn unpack_into(&mut self, loc: Location, elts: &'a [Expr]) -> Outcome {
        let mut star = None;
        for (i, elt) in elts.iter().enumerate() {
            if !matches!(elt.kind, ExprKind::Starred { .. }) {
                continue;
            }
            if star.is_some() {
                return syntax_error(loc, "multiple starred expressions in assignment");
            }
            let after = elts.len() - i - 1;
            if i >= 1 << 8 || after >= i32::MAX as usize >> 8 {
                return syntax_error(loc, "too many expressions in star-unpacking assignment");
            }
            star = Some(i | after << 8);
            self.emit_i(loc, Op::UNPACK_EX, i | after << 8);
        }
        if star.is_none() {
            self.emit_i(loc, Op::UNPACK_SEQUENCE, elts.len());
        }
        for elt in elts {
            match &elt.kind {
                ExprKind::Starred { value, .. } => self.expr(value)?,
                _ => self.expr(elt)?,
            }
        }
        Ok(())
    }
}
