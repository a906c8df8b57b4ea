//! From ruff's syntax tree to CPython's: statements here, expressions, strings and patterns in the files beside this one.
//!
//! The two trees mean the same program; the work is in positions (decorators, `elif`, bare generator arguments, parameters with stars)
//! and in what ruff leaves as source text (big integers, lone surrogates, self-documenting f-strings).

mod expr;
mod pattern;
mod string;
mod unescape;

use super::ast::*;
use super::instr::Location;
use super::names::Names;
use super::syntax_error::{LineIndex, SyntaxError};
use crate::code::Const;
use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange};
use std::sync::Arc;

pub(super) use string::fold as join_parts;
pub(crate) use unescape::named as character_named;
pub(super) use unescape::{check_bytes, decode_str, push_code_point, simple_escape};

/// Longest chain of `elif` clauses: each one nests the tree a level deeper.
const ELIF_CHAIN_MAX: usize = 2500;

/// Lowers a parsed text; `source` is what ruff parsed.
pub(super) fn lower(source: &str, lines: &LineIndex, filename: &str, syntax: &ruff::Mod, single: bool) -> Result<Mod, SyntaxError> {
    let mut lowering = Lowering { source, lines, filename, error: None, names: Names::default() };
    let result = match syntax {
        ruff::Mod::Module(module) => {
            let body = lowering.body(&module.body);
            if single { Mod::Interactive { body } } else { Mod::Module { body } }
        }
        ruff::Mod::Expression(expression) => Mod::Expression { body: lowering.boxed(&expression.body) },
    };
    match lowering.error {
        Some(error) => Err(*error),
        None => Ok(result),
    }
}

/// The state of one lowering; the first error is kept and the walk goes on, so that it needs no early returns.
struct Lowering<'a> {
    source: &'a str,
    lines: &'a LineIndex,
    filename: &'a str,
    error: Option<Box<SyntaxError>>,
    /// Every name met so far: equal ones share their text.
    names: Names,
}

impl Lowering<'_> {
    fn intern(&mut self, name: &str) -> Identifier {
        self.names.intern(name)
    }

    fn name(&mut self, identifier: &ruff::Identifier) -> Identifier {
        self.intern(identifier.id.as_str())
    }

    fn fail(&mut self, message: String, start: usize, end: usize) {
        if self.error.is_none() {
            self.error = Some(Box::new(SyntaxError::at_offsets(message, self.filename, self.source, self.lines, start, end)));
        }
    }

    fn text(&self, start: usize, end: usize) -> &str {
        self.source.get(start..end).unwrap_or("")
    }

    fn span(&self, start: usize, end: usize) -> Location {
        self.lines.location(start, end)
    }

    fn loc(&self, range: TextRange) -> Location {
        self.span(range.start().to_usize(), range.end().to_usize())
    }

    /// The first offset from `pos` on that is not white space, a comment or a line continuation.
    fn skip_trivia(&self, mut pos: usize) -> usize {
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(pos) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\x0c' | b'\\' => pos += 1,
                b'#' => {
                    while bytes.get(pos).is_some_and(|&b| b != b'\n') {
                        pos += 1;
                    }
                }
                _ => break,
            }
        }
        pos
    }

    fn body(&mut self, body: &[ruff::Stmt]) -> List<Stmt> {
        body.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    fn decorators(&mut self, list: &[ruff::Decorator]) -> List<Expr> {
        list.iter().map(|decorator| self.expr(&decorator.expression)).collect()
    }

    /// Where a compound statement ends: CPython counts a `;` after its last simple statement.
    fn end_of(&self, range: TextRange) -> usize {
        let end = range.end().to_usize();
        let bytes = self.source.as_bytes();
        let mut pos = end;
        while matches!(bytes.get(pos), Some(b' ' | b'\t' | b'\x0c')) {
            pos += 1;
        }
        if bytes.get(pos) == Some(&b';') { pos + 1 } else { end }
    }

    fn stmt(&mut self, stmt: &ruff::Stmt) -> Stmt {
        let range = stmt.range();
        let mut loc = self.loc(range);
        let start = range.start().to_usize();
        let is_compound = matches!(
            stmt,
            ruff::Stmt::FunctionDef(_)
                | ruff::Stmt::ClassDef(_)
                | ruff::Stmt::For(_)
                | ruff::Stmt::While(_)
                | ruff::Stmt::If(_)
                | ruff::Stmt::With(_)
                | ruff::Stmt::Match(_)
                | ruff::Stmt::Try(_)
        );
        if is_compound {
            loc = self.span(start, self.end_of(range));
        }
        let after_decorators = |this: &Self, list: &[ruff::Decorator]| match list.last() {
            Some(last) => this.span(this.skip_trivia(last.range().end().to_usize()), this.end_of(range)),
            None => loc,
        };
        let kind = match stmt {
            ruff::Stmt::FunctionDef(def) => {
                loc = after_decorators(self, &def.decorator_list);
                let function = Ptr::new(FunctionDef {
                    name: self.name(&def.name),
                    args: Ptr::new(self.parameters(&def.parameters)),
                    body: self.body(&def.body),
                    decorator_list: self.decorators(&def.decorator_list),
                    returns: self.optional(def.returns.as_deref()),
                    type_params: self.type_params(def.type_params.as_deref()),
                });
                if def.is_async { StmtKind::AsyncFunctionDef(function) } else { StmtKind::FunctionDef(function) }
            }
            ruff::Stmt::ClassDef(def) => {
                loc = after_decorators(self, &def.decorator_list);
                let (bases, keywords) = match &def.arguments {
                    Some(arguments) => self.arguments(arguments),
                    None => (List::new(), List::new()),
                };
                StmtKind::ClassDef(Ptr::new(ClassDef {
                    name: self.name(&def.name),
                    bases,
                    keywords,
                    body: self.body(&def.body),
                    decorator_list: self.decorators(&def.decorator_list),
                    type_params: self.type_params(def.type_params.as_deref()),
                }))
            }
            ruff::Stmt::Return(node) => StmtKind::Return { value: self.optional(node.value.as_deref()) },
            ruff::Stmt::Delete(node) => StmtKind::Delete { targets: self.exprs(&node.targets) },
            ruff::Stmt::TypeAlias(node) => StmtKind::TypeAlias {
                name: self.boxed(&node.name),
                type_params: self.type_params(node.type_params.as_deref()),
                value: self.boxed(&node.value),
            },
            ruff::Stmt::Assign(node) => StmtKind::Assign { targets: self.exprs(&node.targets), value: self.boxed(&node.value) },
            ruff::Stmt::AugAssign(node) => {
                StmtKind::AugAssign { target: self.boxed(&node.target), op: expr::operator(node.op), value: self.boxed(&node.value) }
            }
            ruff::Stmt::AnnAssign(node) => StmtKind::AnnAssign {
                target: self.boxed(&node.target),
                annotation: self.boxed(&node.annotation),
                value: self.optional(node.value.as_deref()),
                simple: node.simple,
            },
            ruff::Stmt::For(node) => {
                let (target, iter) = (self.boxed(&node.target), self.boxed(&node.iter));
                let (body, orelse) = (self.body(&node.body), self.body(&node.orelse));
                if node.is_async { StmtKind::AsyncFor { target, iter, body, orelse } } else { StmtKind::For { target, iter, body, orelse } }
            }
            ruff::Stmt::While(node) => {
                StmtKind::While { test: self.boxed(&node.test), body: self.body(&node.body), orelse: self.body(&node.orelse) }
            }
            ruff::Stmt::If(node) => {
                let end = self.end_of(range);
                self.if_stmt(node, end)
            }
            ruff::Stmt::With(node) => {
                let items = node
                    .items
                    .iter()
                    .map(|item| WithItem {
                        context_expr: self.expr(&item.context_expr),
                        optional_vars: self.optional(item.optional_vars.as_deref()),
                    })
                    .collect();
                let body = self.body(&node.body);
                if node.is_async { StmtKind::AsyncWith { items, body } } else { StmtKind::With { items, body } }
            }
            ruff::Stmt::Match(node) => {
                let subject = self.boxed(&node.subject);
                let cases = node
                    .cases
                    .iter()
                    .map(|case| MatchCase {
                        pattern: self.pattern(&case.pattern),
                        guard: self.optional(case.guard.as_deref()),
                        body: self.body(&case.body),
                    })
                    .collect();
                StmtKind::Match { subject, cases }
            }
            ruff::Stmt::Raise(node) => {
                StmtKind::Raise { exc: self.optional(node.exc.as_deref()), cause: self.optional(node.cause.as_deref()) }
            }
            ruff::Stmt::Try(node) => {
                let body = self.body(&node.body);
                let handlers = node.handlers.iter().map(|handler| self.handler(handler)).collect();
                let (orelse, finalbody) = (self.body(&node.orelse), self.body(&node.finalbody));
                if node.is_star {
                    StmtKind::TryStar { body, handlers, orelse, finalbody }
                } else {
                    StmtKind::Try { body, handlers, orelse, finalbody }
                }
            }
            ruff::Stmt::Assert(node) => StmtKind::Assert { test: self.boxed(&node.test), msg: self.optional(node.msg.as_deref()) },
            ruff::Stmt::Import(node) => StmtKind::Import { names: self.aliases(&node.names) },
            ruff::Stmt::ImportFrom(node) => StmtKind::ImportFrom {
                module: node.module.as_ref().map(|name| self.name(name)),
                names: self.aliases(&node.names),
                level: node.level,
            },
            ruff::Stmt::Global(node) => StmtKind::Global { names: node.names.iter().map(|name| self.name(name)).collect() },
            ruff::Stmt::Nonlocal(node) => StmtKind::Nonlocal { names: node.names.iter().map(|name| self.name(name)).collect() },
            ruff::Stmt::Expr(node) => StmtKind::Expr { value: self.boxed(&node.value) },
            ruff::Stmt::Pass(_) => StmtKind::Pass,
            ruff::Stmt::Break(_) => StmtKind::Break,
            ruff::Stmt::Continue(_) => StmtKind::Continue,
            ruff::Stmt::IpyEscapeCommand(_) => {
                self.fail("invalid syntax".into(), start, range.end().to_usize());
                StmtKind::Pass
            }
        };
        Stmt { loc, kind, plain: false }
    }

    /// `if` with its `elif`s, which nest from the last one outwards and all end where the whole statement ends.
    fn if_stmt(&mut self, node: &ruff::StmtIf, end: usize) -> StmtKind {
        if node.elif_else_clauses.len() > ELIF_CHAIN_MAX {
            let start = node.range().start().to_usize();
            self.fail("too many statically nested blocks".into(), start, start + 2);
            return StmtKind::Pass;
        }
        let test = self.boxed(&node.test);
        let body = self.body(&node.body);
        let mut orelse = List::new();
        for clause in node.elif_else_clauses.iter().rev() {
            let body = self.body(&clause.body);
            orelse = match &clause.test {
                None => body,
                Some(test) => {
                    let loc = self.span(clause.range().start().to_usize(), end);
                    List::of(Stmt { loc, kind: StmtKind::If { test: self.boxed(test), body, orelse }, plain: false })
                }
            };
        }
        StmtKind::If { test, body, orelse }
    }

    fn handler(&mut self, handler: &ruff::ExceptHandler) -> ExceptHandler {
        let ruff::ExceptHandler::ExceptHandler(node) = handler;
        ExceptHandler {
            loc: self.span(node.range().start().to_usize(), self.end_of(node.range())),
            typ: self.optional(node.type_.as_deref()),
            name: node.name.as_ref().map(|name| self.name(name)),
            body: self.body(&node.body),
        }
    }

    fn aliases(&mut self, aliases: &[ruff::Alias]) -> List<Alias> {
        aliases
            .iter()
            .map(|alias| {
                // Blanks inside a dotted name are allowed in the source and no part of the name.
                let full: String = alias.name.id.chars().filter(|c| !c.is_whitespace() && *c != '\\').collect();
                Alias { loc: self.loc(alias.range()), name: self.intern(&full), asname: alias.asname.as_ref().map(|name| self.name(name)) }
            })
            .collect()
    }

    fn type_params(&mut self, params: Option<&ruff::TypeParams>) -> List<TypeParam> {
        let Some(params) = params else { return List::new() };
        params
            .type_params
            .iter()
            .map(|param| {
                let kind = match param {
                    ruff::TypeParam::TypeVar(p) => TypeParamKind::TypeVar {
                        name: self.name(&p.name),
                        bound: self.optional(p.bound.as_deref()),
                        default_value: self.optional(p.default.as_deref()),
                    },
                    ruff::TypeParam::ParamSpec(p) => {
                        TypeParamKind::ParamSpec { name: self.name(&p.name), default_value: self.optional(p.default.as_deref()) }
                    }
                    ruff::TypeParam::TypeVarTuple(p) => {
                        TypeParamKind::TypeVarTuple { name: self.name(&p.name), default_value: self.optional(p.default.as_deref()) }
                    }
                };
                TypeParam { loc: self.loc(param.range()), kind }
            })
            .collect()
    }

    fn parameters(&mut self, params: &ruff::Parameters) -> Arguments {
        let names = |this: &mut Self, list: &[ruff::ParameterWithDefault]| list.iter().map(|p| this.parameter(&p.parameter)).collect();
        let positional = params.posonlyargs.iter().chain(&params.args);
        Arguments {
            posonlyargs: names(self, &params.posonlyargs),
            args: names(self, &params.args),
            vararg: params.vararg.as_deref().map(|p| Ptr::new(self.parameter(p))),
            kwonlyargs: names(self, &params.kwonlyargs),
            kw_defaults: params.kwonlyargs.iter().map(|p| p.default.as_deref().map(|e| self.expr(e))).collect(),
            kwarg: params.kwarg.as_deref().map(|p| Ptr::new(self.parameter(p))),
            defaults: positional.filter_map(|p| p.default.as_deref()).map(|e| self.expr(e)).collect(),
        }
    }

    fn parameter(&mut self, param: &ruff::Parameter) -> Arg {
        // ruff's range includes the stars of `*args`; CPython's starts at the name.
        let loc = self.span(param.name.range().start().to_usize(), param.range().end().to_usize());
        Arg { loc, arg: self.name(&param.name), annotation: self.optional(param.annotation.as_deref()) }
    }
}

fn str_const(text: &str) -> Const {
    Const::Str(Arc::from(text.as_bytes()))
}
