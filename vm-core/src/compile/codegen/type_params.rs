//! Type parameters (PEP 695, PEP 696) and `type` statements.
//!
//! `function` and `class` use the scope that is made here for what they define.

use super::{CodeGen, Op, Outcome, ScopeKind, intrinsic1, intrinsic2, syntax_error};
use crate::code::Const;
use crate::compile::ast::{Expr, ExprContext, ExprKind, Identifier, Stmt, TypeParam, TypeParamKind};
use crate::compile::symtable::Key;

impl<'a> CodeGen<'a> {
    /// Enters the scope that holds the type parameters of `name`.
    pub(super) fn enter_type_params(&mut self, name: &str, params: &[TypeParam], firstlineno: i32) -> Outcome {
        let name = format!("<generic parameters of {name}>");
        self.enter_scope(&*name, ScopeKind::TypeParams, Key::type_params(params), firstlineno)
    }

    /// Makes each parameter, binds it, and leaves all of them as a tuple.
    pub(super) fn type_params(&mut self, params: &'a [TypeParam]) -> Outcome {
        let mut seen_default = false;
        for param in params {
            let loc = param.loc;
            let (name, default, key) = match &param.kind {
                TypeParamKind::TypeVar { name, bound, default_value } => {
                    self.load_str(loc, name);
                    if let Some(bound) = bound {
                        self.bound_or_default(bound, name, Key::type_param(param), false)?;
                        let constrained = matches!(bound.kind, ExprKind::Tuple { .. });
                        let intrinsic = if constrained { intrinsic2::TYPEVAR_WITH_CONSTRAINTS } else { intrinsic2::TYPEVAR_WITH_BOUND };
                        self.emit_i(loc, Op::CALL_INTRINSIC_2, intrinsic);
                    } else {
                        self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::TYPEVAR);
                    }
                    (name, default_value, Key::type_var_default(param))
                }
                TypeParamKind::TypeVarTuple { name, default_value } => {
                    self.load_str(loc, name);
                    self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::TYPEVARTUPLE);
                    (name, default_value, Key::type_param(param))
                }
                TypeParamKind::ParamSpec { name, default_value } => {
                    self.load_str(loc, name);
                    self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::PARAMSPEC);
                    (name, default_value, Key::type_param(param))
                }
            };
            if let Some(default) = default {
                seen_default = true;
                let starred = matches!(param.kind, TypeParamKind::TypeVarTuple { .. });
                self.bound_or_default(default, name, key, starred)?;
                self.emit_i(loc, Op::CALL_INTRINSIC_2, intrinsic2::SET_TYPEPARAM_DEFAULT);
            } else if seen_default {
                let message = format!("non-default type parameter '{name}' follows default type parameter");
                return syntax_error(loc, message);
            }
            self.emit_i(loc, Op::COPY, 1);
            self.name_op(loc, name, ExprContext::Store)?;
        }
        if let Some(first) = params.first() {
            self.emit_i(first.loc, Op::BUILD_TUPLE, params.len());
        }
        Ok(())
    }

    /// Makes a function that evaluates a bound or default when asked.
    fn bound_or_default(&mut self, e: &'a Expr, name: &Identifier, key: Key, allow_starred: bool) -> Outcome {
        self.enter_scope(name, ScopeKind::TypeParams, key, e.loc.line)?;
        match &e.kind {
            ExprKind::Starred { value, .. } if allow_starred => {
                self.expr(value)?;
                self.emit_i(e.loc, Op::UNPACK_SEQUENCE, 1);
            }
            _ => self.expr(e)?,
        }
        self.emit(e.loc, Op::RETURN_VALUE);
        let code = self.finish_scope(true)?;
        self.make_closure(e.loc, code, 0)
    }

    pub(super) fn type_alias(&mut self, s: &'a Stmt, name: &'a Expr, params: &'a [TypeParam], value: &'a Expr) -> Outcome {
        let loc = s.loc;
        let ExprKind::Name { id, .. } = &name.kind else { return self.internal("type alias without a name") };
        let generic = !params.is_empty();
        if generic {
            self.enter_type_params(id, params, loc.line)?;
            self.load_str(loc, id);
            self.type_params(params)?;
        } else {
            self.load_str(loc, id);
            self.load_const(loc, Const::None);
        }
        self.enter_scope(id, ScopeKind::Function, Key::stmt(s), loc.line)?;
        // A first constant of `None` says that there is no docstring.
        self.cur.unit.consts.add(Const::None);
        self.expr(value)?;
        self.emit(loc, Op::RETURN_VALUE);
        let code = self.finish_scope(false)?;
        self.make_closure(loc, code, 0)?;
        self.emit_i(loc, Op::BUILD_TUPLE, 3);
        self.emit_i(loc, Op::CALL_INTRINSIC_1, intrinsic1::TYPEALIAS);
        if generic {
            let code = self.finish_scope(false)?;
            self.make_closure(loc, code, 0)?;
            self.emit(loc, Op::PUSH_NULL);
            self.emit_i(loc, Op::CALL, 0);
        }
        self.name_op(loc, id, ExprContext::Store)
    }
}
