//! The first pass of the symbol table over statements and definitions.
//!
//! `visit_expr` is its counterpart for expressions and patterns. Both only note uses and bindings; `analyze` draws conclusions.

use super::symbols::flag;
use super::{BlockKind, Builder, Key, Outcome, syntax_error};
use crate::compile::ast::{
    Alias, Arg, Arguments, ClassDef, ExceptHandler, Expr, ExprKind, FunctionDef, Identifier, Keyword, Stmt, StmtKind, TypeParam,
    TypeParamKind, WithItem,
};
use crate::compile::instr::Location;
use rustc_hash::FxHashSet as HashSet;
use std::cell::RefCell;
use std::rc::Rc;

/// Whether any keyword-only parameter has a default.
pub(crate) fn has_kwonly_defaults(args: &Arguments) -> bool {
    args.kw_defaults.iter().any(Option::is_some)
}

impl Builder {
    pub(super) fn visit_body(&mut self, body: &[Stmt]) -> Outcome {
        body.iter().try_for_each(|s| self.visit_stmt(s))
    }

    pub(super) fn visit_exprs(&mut self, exprs: &[Expr]) -> Outcome {
        exprs.iter().try_for_each(|e| self.visit_expr(e))
    }

    pub(super) fn visit_opt(&mut self, expr: Option<&Expr>) -> Outcome {
        expr.map_or(Ok(()), |e| self.visit_expr(e))
    }

    pub(super) fn visit_keywords(&mut self, keywords: &[Keyword]) -> Outcome {
        keywords.iter().try_for_each(|k| self.visit_expr(&k.value))
    }

    fn visit_stmt(&mut self, s: &Stmt) -> Outcome {
        self.deeper()?;
        self.visit_stmt_kind(s)?;
        self.depth -= 1;
        Ok(())
    }

    fn visit_stmt_kind(&mut self, s: &Stmt) -> Outcome {
        match &s.kind {
            StmtKind::FunctionDef(def) => self.visit_function(s, def, false),
            StmtKind::AsyncFunctionDef(def) => self.visit_function(s, def, true),
            StmtKind::ClassDef(def) => self.visit_class(s, def),
            StmtKind::TypeAlias { name, type_params, value } => self.visit_type_alias(s, name, type_params, value),
            StmtKind::Return { value } => self.visit_opt(value.as_deref()),
            StmtKind::Delete { targets } => self.visit_exprs(targets),
            StmtKind::Assign { targets, value } => {
                self.visit_exprs(targets)?;
                self.visit_expr(value)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.visit_ann_assign(s.loc, target, value.is_some(), *simple)?;
                self.visit_annotation(annotation)?;
                self.visit_opt(value.as_deref())
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.visit_expr(target)?;
                self.visit_expr(value)
            }
            StmtKind::For { target, iter, body, orelse } | StmtKind::AsyncFor { target, iter, body, orelse } => {
                self.visit_expr(target)?;
                self.visit_expr(iter)?;
                self.visit_body(body)?;
                self.visit_body(orelse)
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.visit_expr(test)?;
                self.visit_body(body)?;
                self.visit_body(orelse)
            }
            StmtKind::Match { subject, cases } => {
                self.visit_expr(subject)?;
                for case in cases {
                    self.visit_pattern(&case.pattern)?;
                    self.visit_opt(case.guard.as_deref())?;
                    self.visit_body(&case.body)?;
                }
                Ok(())
            }
            StmtKind::Raise { exc, cause } => {
                self.visit_opt(exc.as_deref())?;
                self.visit_opt(cause.as_deref())
            }
            StmtKind::Try { body, handlers, orelse, finalbody } | StmtKind::TryStar { body, handlers, orelse, finalbody } => {
                self.visit_body(body)?;
                handlers.iter().try_for_each(|h| self.visit_handler(h))?;
                self.visit_body(orelse)?;
                self.visit_body(finalbody)
            }
            StmtKind::Assert { test, msg } => {
                self.visit_expr(test)?;
                self.visit_opt(msg.as_deref())
            }
            StmtKind::Import { names } | StmtKind::ImportFrom { names, .. } => names.iter().try_for_each(|a| self.visit_alias(a)),
            StmtKind::Global { names } => names.iter().try_for_each(|n| self.declare(n, s.loc, flag::GLOBAL, "global")),
            StmtKind::Nonlocal { names } => names.iter().try_for_each(|n| self.declare(n, s.loc, flag::NONLOCAL, "nonlocal")),
            StmtKind::Expr { value } => self.visit_expr(value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
            StmtKind::With { items, body } | StmtKind::AsyncWith { items, body } => {
                items.iter().try_for_each(|i| self.visit_with_item(i))?;
                self.visit_body(body)
            }
        }
    }

    fn visit_with_item(&mut self, item: &WithItem) -> Outcome {
        self.visit_expr(&item.context_expr)?;
        self.visit_opt(item.optional_vars.as_deref())
    }

    fn visit_handler(&mut self, handler: &ExceptHandler) -> Outcome {
        self.visit_opt(handler.typ.as_deref())?;
        if let Some(name) = &handler.name {
            self.add_def(name, flag::LOCAL, handler.loc)?;
        }
        self.visit_body(&handler.body)
    }

    fn visit_alias(&mut self, alias: &Alias) -> Outcome {
        let name = alias.asname.as_ref().unwrap_or(&alias.name);
        if &**name == "*" {
            if self.cur().kind != BlockKind::Module {
                return syntax_error(alias.loc, "import * only allowed at module level");
            }
            return Ok(());
        }
        match name.split_once('.') {
            Some((first, _)) => self.add_str(first, flag::IMPORT, alias.loc),
            None => self.add_def(name, flag::IMPORT, alias.loc),
        }
    }

    fn declare(&mut self, name: &Identifier, loc: Location, declaration: u32, word: &str) -> Outcome {
        let known = self.lookup(name);
        if known.any(flag::PARAM | flag::LOCAL | flag::USE | flag::ANNOT) {
            let message = if known.any(flag::PARAM) {
                format!("name '{name}' is parameter and {word}")
            } else if known.any(flag::USE) {
                format!("name '{name}' is used prior to {word} declaration")
            } else if known.any(flag::ANNOT) {
                format!("annotated name '{name}' can't be {word}")
            } else {
                format!("name '{name}' is assigned to before {word} declaration")
            };
            return syntax_error(loc, message);
        }
        self.add_def(name, declaration, loc)?;
        self.record_directive(name, loc);
        Ok(())
    }

    fn visit_ann_assign(&mut self, loc: Location, target: &Expr, has_value: bool, simple: bool) -> Outcome {
        let ExprKind::Name { id, .. } = &target.kind else { return self.visit_expr(target) };
        let known = self.lookup(id);
        if known.any(flag::GLOBAL | flag::NONLOCAL) && self.stack.len() > 1 && simple {
            let word = if known.any(flag::GLOBAL) { "global" } else { "nonlocal" };
            return syntax_error(loc, format!("annotated name '{id}' can't be {word}"));
        }
        if simple {
            self.add_def(id, flag::ANNOT | flag::LOCAL, target.loc)
        } else if has_value {
            self.add_def(id, flag::LOCAL, target.loc)
        } else {
            Ok(())
        }
    }

    fn visit_function(&mut self, s: &Stmt, def: &FunctionDef, is_async: bool) -> Outcome {
        self.add_def(&def.name, flag::LOCAL, s.loc)?;
        self.visit_defaults(&def.args)?;
        self.visit_exprs(&def.decorator_list)?;
        let generic = !def.type_params.is_empty();
        if generic {
            // CPython's parser always supplies a list of positional defaults, so the symbol table always sees one.
            let defaults = (true, has_kwonly_defaults(&def.args));
            self.enter_type_params(&def.name, &def.type_params, defaults, false, s.loc)?;
            self.visit_type_params(&def.type_params)?;
        }
        self.visit_annotations(s, &def.args, def.returns.as_deref())?;
        self.enter(&def.name, BlockKind::Function, Key::stmt(s), s.loc);
        self.cur_mut().coroutine = is_async;
        self.visit_arguments(&def.args)?;
        self.visit_body(&def.body)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn visit_class(&mut self, s: &Stmt, def: &ClassDef) -> Outcome {
        let ClassDef { name, bases, keywords, body, decorator_list, type_params } = def;
        self.add_def(name, flag::LOCAL, s.loc)?;
        self.visit_exprs(decorator_list)?;
        let outer_private = self.private.clone();
        let generic = !type_params.is_empty();
        if generic {
            self.enter_type_params(name, type_params, (false, false), true, s.loc)?;
            self.private = Some(name.clone());
            self.cur_mut().mangled_names = Some(Rc::new(RefCell::new(HashSet::default())));
            self.visit_type_params(type_params)?;
        }
        self.visit_exprs(bases)?;
        self.visit_keywords(keywords)?;
        self.enter(name, BlockKind::Class, Key::stmt(s), s.loc);
        self.private = Some(name.clone());
        if generic {
            self.add_str("__type_params__", flag::LOCAL, s.loc)?;
            self.add_str(".type_params", flag::USE, s.loc)?;
        }
        self.visit_body(body)?;
        self.exit();
        if generic {
            self.exit();
        }
        self.private = outer_private;
        Ok(())
    }

    fn visit_type_alias(&mut self, s: &Stmt, name: &Expr, type_params: &[TypeParam], value: &Expr) -> Outcome {
        self.visit_expr(name)?;
        let ExprKind::Name { id, .. } = &name.kind else { return Ok(()) };
        let in_class = self.cur().kind == BlockKind::Class;
        let generic = !type_params.is_empty();
        if generic {
            self.enter_type_params(id, type_params, (false, false), false, s.loc)?;
            self.visit_type_params(type_params)?;
        }
        self.enter(id, BlockKind::TypeAlias, Key::stmt(s), s.loc);
        self.cur_mut().can_see_class_scope = in_class;
        if in_class {
            self.add_str("__classdict__", flag::USE, value.loc)?;
        }
        self.visit_expr(value)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }

    fn enter_type_params(
        &mut self,
        name: &Identifier,
        params: &[TypeParam],
        (defaults, kwdefaults): (bool, bool),
        is_class: bool,
        loc: Location,
    ) -> Outcome {
        let in_class = self.cur().kind == BlockKind::Class;
        self.enter(name, BlockKind::TypeParameters, Key::type_params(params), loc);
        if in_class {
            self.cur_mut().can_see_class_scope = true;
            self.add_str("__classdict__", flag::USE, loc)?;
        }
        if is_class {
            // Set when the tuple of parameters is made, used for the class's bases.
            for name in [".type_params", ".generic_base"] {
                self.add_str(name, flag::LOCAL, loc)?;
                self.add_str(name, flag::USE, loc)?;
            }
        }
        if defaults {
            self.add_str(".defaults", flag::PARAM, loc)?;
        }
        if kwdefaults {
            self.add_str(".kwdefaults", flag::PARAM, loc)?;
        }
        Ok(())
    }

    fn visit_type_params(&mut self, params: &[TypeParam]) -> Outcome {
        for param in params {
            self.deeper()?;
            match &param.kind {
                TypeParamKind::TypeVar { name, bound, default_value } => {
                    self.add_def(name, flag::TYPE_PARAM | flag::LOCAL, param.loc)?;
                    let info = match bound.as_deref() {
                        Some(Expr { kind: ExprKind::Tuple { .. }, .. }) => "a TypeVar constraint",
                        _ => "a TypeVar bound",
                    };
                    self.visit_bound(bound.as_deref(), name, Key::type_param(param), info)?;
                    let key = Key::type_var_default(param);
                    self.visit_bound(default_value.as_deref(), name, key, "a TypeVar default")?;
                }
                TypeParamKind::TypeVarTuple { name, default_value } => {
                    self.add_def(name, flag::TYPE_PARAM | flag::LOCAL, param.loc)?;
                    let key = Key::type_param(param);
                    self.visit_bound(default_value.as_deref(), name, key, "a TypeVarTuple default")?;
                }
                TypeParamKind::ParamSpec { name, default_value } => {
                    self.add_def(name, flag::TYPE_PARAM | flag::LOCAL, param.loc)?;
                    let key = Key::type_param(param);
                    self.visit_bound(default_value.as_deref(), name, key, "a ParamSpec default")?;
                }
            }
            self.depth -= 1;
        }
        Ok(())
    }

    fn visit_bound(&mut self, expr: Option<&Expr>, name: &Identifier, key: Key, info: &'static str) -> Outcome {
        let Some(expr) = expr else { return Ok(()) };
        let in_class = self.cur().can_see_class_scope;
        self.enter(name, BlockKind::TypeVariable, key, expr.loc);
        self.cur_mut().can_see_class_scope = in_class;
        if in_class {
            self.add_str("__classdict__", flag::USE, expr.loc)?;
        }
        self.cur_mut().scope_info = Some(info);
        self.visit_expr(expr)?;
        self.exit();
        Ok(())
    }

    pub(super) fn visit_defaults(&mut self, args: &Arguments) -> Outcome {
        self.visit_exprs(&args.defaults)?;
        args.kw_defaults.iter().flatten().try_for_each(|e| self.visit_expr(e))
    }

    pub(super) fn visit_arguments(&mut self, args: &Arguments) -> Outcome {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            self.add_def(&arg.arg, flag::PARAM, arg.loc)?;
        }
        if let Some(arg) = &args.vararg {
            self.add_def(&arg.arg, flag::PARAM, arg.loc)?;
            self.cur_mut().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.add_def(&arg.arg, flag::PARAM, arg.loc)?;
            self.cur_mut().varkeywords = true;
        }
        Ok(())
    }

    fn visit_annotation(&mut self, annotation: &Expr) -> Outcome {
        if self.future_annotations {
            self.enter_named("_annotation", BlockKind::Annotation, Key::Annotation, annotation.loc);
        }
        self.visit_expr(annotation)?;
        if self.future_annotations {
            self.exit();
        }
        Ok(())
    }

    fn visit_annotations(&mut self, s: &Stmt, args: &Arguments, returns: Option<&Expr>) -> Outcome {
        if self.future_annotations {
            self.enter_named("_annotation", BlockKind::Annotation, Key::Annotation, s.loc);
        }
        let annotated = |arg: &Arg| arg.annotation.is_some();
        let groups = args.posonlyargs.iter().chain(&args.args);
        let rest = args.vararg.as_deref().into_iter().chain(args.kwarg.as_deref()).chain(&args.kwonlyargs);
        for arg in groups.chain(rest).filter(|a| annotated(a)) {
            self.visit_opt(arg.annotation.as_deref())?;
        }
        if self.future_annotations {
            self.exit();
        }
        returns.map_or(Ok(()), |e| self.visit_annotation(e))
    }
}
