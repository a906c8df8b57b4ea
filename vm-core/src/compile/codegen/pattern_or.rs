//! Alternatives in patterns: `a | b`.
//!
//! Apart from `pattern` because alternatives must bind the same names, and leave them on the stack in the same order whichever
//! matched.

use super::pattern::Context;
use super::{CodeGen, Op, Outcome, syntax_error};
use crate::compile::ast::{Identifier, Pattern};
use crate::compile::instr::Location;

impl<'a> CodeGen<'a> {
    pub(super) fn or_pattern(&mut self, loc: Location, patterns: &'a [Pattern], context: &mut Context) -> Outcome {
        let end = self.label();
        let mut control: Option<Vec<Identifier>> = None;
        for (i, alternative) in patterns.iter().enumerate() {
            let at = alternative.loc;
            let allow_irrefutable = i + 1 == patterns.len() && context.allow_irrefutable;
            let mut inner = Context { allow_irrefutable, ..Context::default() };
            self.emit_i(at, Op::COPY, 1);
            self.pattern(alternative, &mut inner)?;
            match &control {
                None => control = Some(inner.stores.clone()),
                Some(control) => self.reorder(at, loc, control, &mut inner.stores)?,
            }
            self.emit_jump(at, Op::JUMP, end);
            self.emit_fail_pop(at, &mut inner);
        }
        let control = control.unwrap_or_default();
        // No alternative matched.
        self.emit(loc, Op::POP_TOP);
        self.jump_to_fail_pop(loc, context, Op::JUMP);
        self.place(end);
        // Under the captures lie the subject, what must stay on top, and earlier captures.
        let rotations = control.len() + 1 + context.on_top + context.stores.len();
        for name in &control {
            self.rotate(loc, rotations);
            if context.stores.contains(name) {
                return self.duplicate_store(loc, name);
            }
            context.stores.push(name.clone());
        }
        self.emit(loc, Op::POP_TOP);
        Ok(())
    }

    /// Brings the captures of an alternative into the order of the first one's.
    fn reorder(&mut self, at: Location, loc: Location, control: &[Identifier], stores: &mut Vec<Identifier>) -> Outcome {
        let different = "alternative patterns bind different names";
        if stores.len() != control.len() {
            return syntax_error(loc, different);
        }
        for wanted in (0..control.len()).rev() {
            let Some(found) = stores.iter().position(|name| *name == control[wanted]) else {
                return syntax_error(loc, different);
            };
            if wanted == found {
                continue;
            }
            let rotated: Vec<Identifier> = stores.drain(..=found).collect();
            stores.splice(wanted - found..wanted - found, rotated);
            for _ in 0..=found {
                self.rotate(at, wanted + 1);
            }
        }
        Ok(())
    }
}
