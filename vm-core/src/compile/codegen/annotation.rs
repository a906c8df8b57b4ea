//! What is pushed before a function is made: defaults, keyword-only defaults and annotations.
//!
//! `function` compiles the body and makes the function of all this.

use super::scope::function_flag;
use super::{CodeGen, Op, Outcome, str_tuple};
use crate::compile::ast::{Arg, Arguments, Expr, ExprContext, ExprKind, Identifier};
use crate::compile::instr::Location;

/// All parameters, in the order in which CPython checks their names.
fn parameters(args: &Arguments) -> impl Iterator<Item = &Arg> {
    (args.posonlyargs.iter().chain(&args.args).chain(args.vararg.as_deref())).chain(&args.kwonlyargs).chain(args.kwarg.as_deref())
}

impl<'a> CodeGen<'a> {
    pub(super) fn check_parameters(&self, args: &Arguments) -> Outcome {
        parameters(args).try_for_each(|arg| self.forbid(arg.loc, &arg.arg, ExprContext::Store))
    }

    /// Pushes the defaults and says which there are.
    pub(super) fn default_arguments(&mut self, loc: Location, args: &'a Arguments) -> Outcome<usize> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            self.exprs(&args.defaults)?;
            self.emit_i(loc, Op::BUILD_TUPLE, args.defaults.len());
            flags |= function_flag::DEFAULTS;
        }
        let mut keys = Vec::new();
        for (arg, default) in args.kwonlyargs.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                keys.push(self.maybe_mangle(&arg.arg).into_owned());
                self.expr(default)?;
            }
        }
        if !keys.is_empty() {
            self.load_const(loc, str_tuple(&keys));
            self.emit_i(loc, Op::BUILD_CONST_KEY_MAP, keys.len());
            flags |= function_flag::KWDEFAULTS;
        }
        Ok(flags)
    }

    /// Pushes the annotations as a tuple of names and values; says whether there are any.
    pub(super) fn annotations(&mut self, loc: Location, args: &'a Arguments, returns: Option<&'a Expr>) -> Outcome<bool> {
        let mut count = 0;
        let ordered =
            (args.args.iter().chain(&args.posonlyargs).chain(args.vararg.as_deref())).chain(&args.kwonlyargs).chain(args.kwarg.as_deref());
        for arg in ordered {
            if let Some(annotation) = &arg.annotation {
                let name = self.maybe_mangle(&arg.arg).into_owned();
                self.annotation(loc, &name, annotation)?;
                count += 2;
            }
        }
        if let Some(returns) = returns {
            let name = self.made_up.intern("return");
            self.annotation(loc, &name, returns)?;
            count += 2;
        }
        if count > 0 {
            self.emit_i(loc, Op::BUILD_TUPLE, count);
        }
        Ok(count > 0)
    }

    fn annotation(&mut self, loc: Location, name: &Identifier, annotation: &'a Expr) -> Outcome {
        self.load_const(loc, name.constant());
        if self.future_annotations() {
            self.annotation_text(annotation);
            return Ok(());
        }
        if let ExprKind::Starred { value, .. } = &annotation.kind {
            // `*args: *Ts` annotates with the one thing that `*Ts` unpacks to.
            self.expr(value)?;
            self.emit_i(loc, Op::UNPACK_SEQUENCE, 1);
            return Ok(());
        }
        self.expr(annotation)
    }
}
