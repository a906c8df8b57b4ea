//! The syntax tree reduced to names, fields and lists: the form in which it is printed and handed to programs as `ast` objects. The
//! typed tree of `ast.rs` is what the compiler reads; `ast_build.rs` is the way back.

use super::ast::*;
use super::instr::Location;
use super::type_ignores::TypeIgnore;
use crate::code::Const;
use std::sync::Arc;

/// A node, or a field's value.
#[derive(Clone, Debug)]
pub enum Tree {
    /// Name, fields in order, and position.
    Node(&'static str, Vec<(&'static str, Tree)>, Option<Location>),
    /// A list.
    List(Vec<Tree>),
    /// An identifier.
    Text(Arc<str>),
    /// A number.
    Number(i64),
    /// A constant of the program.
    Constant(Const),
    /// `None`.
    Absent,
}

/// Reduces a tree.
#[must_use]
pub fn reduce(module: &Mod, ignores: &[TypeIgnore]) -> Tree {
    let type_ignores = list(ignores, |ignore| {
        Tree::Node("TypeIgnore", vec![("lineno", number(i64::from(ignore.line))), ("tag", text(&ignore.tag))], None)
    });
    match module {
        Mod::Module { body } => Tree::Node("Module", vec![("body", list(body, stmt)), ("type_ignores", type_ignores)], None),
        Mod::Interactive { body } => Tree::Node("Interactive", vec![("body", list(body, stmt))], None),
        Mod::Expression { body } => Tree::Node("Expression", vec![("body", expr(body))], None),
    }
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Tree) -> Tree {
    Tree::List(items.iter().map(each).collect())
}

fn optional(value: Option<&Expr>) -> Tree {
    value.map_or(Tree::Absent, expr)
}

fn text(value: &str) -> Tree {
    Tree::Text(Arc::from(value))
}

fn optional_text(value: Option<&Identifier>) -> Tree {
    value.map_or(Tree::Absent, |value| text(value))
}

fn number(value: i64) -> Tree {
    Tree::Number(value)
}

fn bare(name: &'static str) -> Tree {
    Tree::Node(name, Vec::new(), None)
}

fn constant(value: &Const) -> Tree {
    Tree::Constant(value.clone())
}

fn context(ctx: ExprContext) -> Tree {
    bare(match ctx {
        ExprContext::Load => "Load",
        ExprContext::Store => "Store",
        ExprContext::Del => "Del",
    })
}

fn operator(op: Operator) -> Tree {
    bare(match op {
        Operator::Add => "Add",
        Operator::Sub => "Sub",
        Operator::Mult => "Mult",
        Operator::MatMult => "MatMult",
        Operator::Div => "Div",
        Operator::Mod => "Mod",
        Operator::Pow => "Pow",
        Operator::LShift => "LShift",
        Operator::RShift => "RShift",
        Operator::BitOr => "BitOr",
        Operator::BitXor => "BitXor",
        Operator::BitAnd => "BitAnd",
        Operator::FloorDiv => "FloorDiv",
    })
}

fn cmp_op(op: CmpOp) -> Tree {
    bare(match op {
        CmpOp::Eq => "Eq",
        CmpOp::NotEq => "NotEq",
        CmpOp::Lt => "Lt",
        CmpOp::LtE => "LtE",
        CmpOp::Gt => "Gt",
        CmpOp::GtE => "GtE",
        CmpOp::Is => "Is",
        CmpOp::IsNot => "IsNot",
        CmpOp::In => "In",
        CmpOp::NotIn => "NotIn",
    })
}

fn function(name: &'static str, def: &FunctionDef) -> (&'static str, Vec<(&'static str, Tree)>) {
    let fields = vec![
        ("name", text(&def.name)),
        ("args", arguments(&def.args)),
        ("body", list(&def.body, stmt)),
        ("decorator_list", list(&def.decorator_list, expr)),
        ("returns", optional(def.returns.as_deref())),
        ("type_params", list(&def.type_params, type_param)),
    ];
    (name, fields)
}

fn stmt(node: &Stmt) -> Tree {
    let body = |stmts: &[Stmt]| list(stmts, stmt);
    let (name, fields) = match &node.kind {
        StmtKind::FunctionDef(def) => function("FunctionDef", def),
        StmtKind::AsyncFunctionDef(def) => function("AsyncFunctionDef", def),
        StmtKind::ClassDef(def) => (
            "ClassDef",
            vec![
                ("name", text(&def.name)),
                ("bases", list(&def.bases, expr)),
                ("keywords", list(&def.keywords, keyword)),
                ("body", body(&def.body)),
                ("decorator_list", list(&def.decorator_list, expr)),
                ("type_params", list(&def.type_params, type_param)),
            ],
        ),
        StmtKind::Return { value } => ("Return", vec![("value", optional(value.as_deref()))]),
        StmtKind::Delete { targets } => ("Delete", vec![("targets", list(targets, expr))]),
        StmtKind::Assign { targets, value } => ("Assign", vec![("targets", list(targets, expr)), ("value", expr(value))]),
        StmtKind::TypeAlias { name, type_params, value } => {
            ("TypeAlias", vec![("name", expr(name)), ("type_params", list(type_params, type_param)), ("value", expr(value))])
        }
        StmtKind::AugAssign { target, op, value } => {
            ("AugAssign", vec![("target", expr(target)), ("op", operator(*op)), ("value", expr(value))])
        }
        StmtKind::AnnAssign { target, annotation, value, simple } => (
            "AnnAssign",
            vec![
                ("target", expr(target)),
                ("annotation", expr(annotation)),
                ("value", optional(value.as_deref())),
                ("simple", number(i64::from(*simple))),
            ],
        ),
        StmtKind::For { target, iter, body: stmts, orelse } => {
            ("For", vec![("target", expr(target)), ("iter", expr(iter)), ("body", body(stmts)), ("orelse", body(orelse))])
        }
        StmtKind::AsyncFor { target, iter, body: stmts, orelse } => {
            ("AsyncFor", vec![("target", expr(target)), ("iter", expr(iter)), ("body", body(stmts)), ("orelse", body(orelse))])
        }
        StmtKind::While { test, body: stmts, orelse } => {
            ("While", vec![("test", expr(test)), ("body", body(stmts)), ("orelse", body(orelse))])
        }
        StmtKind::If { test, body: stmts, orelse } => ("If", vec![("test", expr(test)), ("body", body(stmts)), ("orelse", body(orelse))]),
        StmtKind::With { items, body: stmts } => ("With", vec![("items", list(items, with_item)), ("body", body(stmts))]),
        StmtKind::AsyncWith { items, body: stmts } => ("AsyncWith", vec![("items", list(items, with_item)), ("body", body(stmts))]),
        StmtKind::Match { subject, cases } => ("Match", vec![("subject", expr(subject)), ("cases", list(cases, match_case))]),
        StmtKind::Raise { exc, cause } => ("Raise", vec![("exc", optional(exc.as_deref())), ("cause", optional(cause.as_deref()))]),
        StmtKind::Try { body: stmts, handlers, orelse, finalbody } => (
            "Try",
            vec![("body", body(stmts)), ("handlers", list(handlers, handler)), ("orelse", body(orelse)), ("finalbody", body(finalbody))],
        ),
        StmtKind::TryStar { body: stmts, handlers, orelse, finalbody } => (
            "TryStar",
            vec![("body", body(stmts)), ("handlers", list(handlers, handler)), ("orelse", body(orelse)), ("finalbody", body(finalbody))],
        ),
        StmtKind::Assert { test, msg } => ("Assert", vec![("test", expr(test)), ("msg", optional(msg.as_deref()))]),
        StmtKind::Import { names } => ("Import", vec![("names", list(names, alias))]),
        StmtKind::ImportFrom { module, names, level } => (
            "ImportFrom",
            vec![("module", optional_text(module.as_ref())), ("names", list(names, alias)), ("level", number(i64::from(*level)))],
        ),
        StmtKind::Global { names } => ("Global", vec![("names", list(names, |name| text(name)))]),
        StmtKind::Nonlocal { names } => ("Nonlocal", vec![("names", list(names, |name| text(name)))]),
        StmtKind::Expr { value } => ("Expr", vec![("value", expr(value))]),
        StmtKind::Pass => ("Pass", Vec::new()),
        StmtKind::Break => ("Break", Vec::new()),
        StmtKind::Continue => ("Continue", Vec::new()),
    };
    Tree::Node(name, fields, Some(node.loc))
}

fn expr(node: &Expr) -> Tree {
    let (name, fields) = match &node.kind {
        ExprKind::BoolOp { op, values } => {
            let op = bare(if *op == BoolOp::And { "And" } else { "Or" });
            ("BoolOp", vec![("op", op), ("values", list(values, expr))])
        }
        ExprKind::NamedExpr { target, value } => ("NamedExpr", vec![("target", expr(target)), ("value", expr(value))]),
        ExprKind::BinOp { left, op, right } => ("BinOp", vec![("left", expr(left)), ("op", operator(*op)), ("right", expr(right))]),
        ExprKind::UnaryOp { op, operand } => {
            let op = bare(match op {
                UnaryOp::Invert => "Invert",
                UnaryOp::Not => "Not",
                UnaryOp::UAdd => "UAdd",
                UnaryOp::USub => "USub",
            });
            ("UnaryOp", vec![("op", op), ("operand", expr(operand))])
        }
        ExprKind::Lambda { args, body } => ("Lambda", vec![("args", arguments(args)), ("body", expr(body))]),
        ExprKind::IfExp { test, body, orelse } => ("IfExp", vec![("test", expr(test)), ("body", expr(body)), ("orelse", expr(orelse))]),
        ExprKind::Dict { keys, values } => {
            ("Dict", vec![("keys", list(keys, |key| optional(key.as_ref()))), ("values", list(values, expr))])
        }
        ExprKind::Set { elts } => ("Set", vec![("elts", list(elts, expr))]),
        ExprKind::ListComp { elt, generators } => ("ListComp", vec![("elt", expr(elt)), ("generators", list(generators, comprehension))]),
        ExprKind::SetComp { elt, generators } => ("SetComp", vec![("elt", expr(elt)), ("generators", list(generators, comprehension))]),
        ExprKind::DictComp { key, value, generators } => {
            ("DictComp", vec![("key", expr(key)), ("value", expr(value)), ("generators", list(generators, comprehension))])
        }
        ExprKind::GeneratorExp { elt, generators } => {
            ("GeneratorExp", vec![("elt", expr(elt)), ("generators", list(generators, comprehension))])
        }
        ExprKind::Await { value } => ("Await", vec![("value", expr(value))]),
        ExprKind::Yield { value } => ("Yield", vec![("value", optional(value.as_deref()))]),
        ExprKind::YieldFrom { value } => ("YieldFrom", vec![("value", expr(value))]),
        ExprKind::Compare { left, ops, comparators } => {
            ("Compare", vec![("left", expr(left)), ("ops", list(ops, |op| cmp_op(*op))), ("comparators", list(comparators, expr))])
        }
        ExprKind::Call { func, args, keywords } => {
            ("Call", vec![("func", expr(func)), ("args", list(args, expr)), ("keywords", list(keywords, keyword))])
        }
        ExprKind::FormattedValue { value, conversion, format_spec } => (
            "FormattedValue",
            vec![("value", expr(value)), ("conversion", number(i64::from(*conversion))), ("format_spec", optional(format_spec.as_deref()))],
        ),
        ExprKind::JoinedStr { values } => ("JoinedStr", vec![("values", list(values, expr))]),
        ExprKind::Constant { value, kind } => ("Constant", vec![("value", constant(value)), ("kind", optional_text(kind.as_ref()))]),
        ExprKind::Attribute { value, attr, ctx } => {
            ("Attribute", vec![("value", expr(value)), ("attr", text(attr)), ("ctx", context(*ctx))])
        }
        ExprKind::Subscript { value, slice, ctx } => {
            ("Subscript", vec![("value", expr(value)), ("slice", expr(slice)), ("ctx", context(*ctx))])
        }
        ExprKind::Starred { value, ctx } => ("Starred", vec![("value", expr(value)), ("ctx", context(*ctx))]),
        ExprKind::Name { id, ctx } => ("Name", vec![("id", text(id)), ("ctx", context(*ctx))]),
        ExprKind::List { elts, ctx } => ("List", vec![("elts", list(elts, expr)), ("ctx", context(*ctx))]),
        ExprKind::Tuple { elts, ctx } => ("Tuple", vec![("elts", list(elts, expr)), ("ctx", context(*ctx))]),
        ExprKind::Slice { lower, upper, step } => (
            "Slice",
            vec![("lower", optional(lower.as_deref())), ("upper", optional(upper.as_deref())), ("step", optional(step.as_deref()))],
        ),
    };
    Tree::Node(name, fields, Some(node.loc))
}

fn comprehension(node: &Comprehension) -> Tree {
    let fields = vec![
        ("target", expr(&node.target)),
        ("iter", expr(&node.iter)),
        ("ifs", list(&node.ifs, expr)),
        ("is_async", number(i64::from(node.is_async))),
    ];
    Tree::Node("comprehension", fields, None)
}

fn handler(node: &ExceptHandler) -> Tree {
    let fields =
        vec![("type", optional(node.typ.as_deref())), ("name", optional_text(node.name.as_ref())), ("body", list(&node.body, stmt))];
    Tree::Node("ExceptHandler", fields, Some(node.loc))
}

fn arguments(node: &Arguments) -> Tree {
    let fields = vec![
        ("posonlyargs", list(&node.posonlyargs, arg)),
        ("args", list(&node.args, arg)),
        ("vararg", node.vararg.as_deref().map_or(Tree::Absent, arg)),
        ("kwonlyargs", list(&node.kwonlyargs, arg)),
        ("kw_defaults", list(&node.kw_defaults, |default| optional(default.as_ref()))),
        ("kwarg", node.kwarg.as_deref().map_or(Tree::Absent, arg)),
        ("defaults", list(&node.defaults, expr)),
    ];
    Tree::Node("arguments", fields, None)
}

fn arg(node: &Arg) -> Tree {
    let fields = vec![("arg", text(&node.arg)), ("annotation", optional(node.annotation.as_deref()))];
    Tree::Node("arg", fields, Some(node.loc))
}

fn keyword(node: &Keyword) -> Tree {
    let fields = vec![("arg", optional_text(node.arg.as_ref())), ("value", expr(&node.value))];
    Tree::Node("keyword", fields, Some(node.loc))
}

fn alias(node: &Alias) -> Tree {
    let fields = vec![("name", text(&node.name)), ("asname", optional_text(node.asname.as_ref()))];
    Tree::Node("alias", fields, Some(node.loc))
}

fn with_item(node: &WithItem) -> Tree {
    let fields = vec![("context_expr", expr(&node.context_expr)), ("optional_vars", optional(node.optional_vars.as_deref()))];
    Tree::Node("withitem", fields, None)
}

fn match_case(node: &MatchCase) -> Tree {
    let fields = vec![("pattern", pattern(&node.pattern)), ("guard", optional(node.guard.as_deref())), ("body", list(&node.body, stmt))];
    Tree::Node("match_case", fields, None)
}

fn pattern(node: &Pattern) -> Tree {
    let (name, fields) = match &node.kind {
        PatternKind::MatchValue { value } => ("MatchValue", vec![("value", expr(value))]),
        PatternKind::MatchSingleton { value } => ("MatchSingleton", vec![("value", constant(value))]),
        PatternKind::MatchSequence { patterns } => ("MatchSequence", vec![("patterns", list(patterns, pattern))]),
        PatternKind::MatchMapping { keys, patterns, rest } => (
            "MatchMapping",
            vec![("keys", list(keys, expr)), ("patterns", list(patterns, pattern)), ("rest", optional_text(rest.as_ref()))],
        ),
        PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => (
            "MatchClass",
            vec![
                ("cls", expr(cls)),
                ("patterns", list(patterns, pattern)),
                ("kwd_attrs", list(kwd_attrs, |attr| text(attr))),
                ("kwd_patterns", list(kwd_patterns, pattern)),
            ],
        ),
        PatternKind::MatchStar { name } => ("MatchStar", vec![("name", optional_text(name.as_ref()))]),
        PatternKind::MatchAs { pattern: inner, name } => {
            ("MatchAs", vec![("pattern", inner.as_deref().map_or(Tree::Absent, pattern)), ("name", optional_text(name.as_ref()))])
        }
        PatternKind::MatchOr { patterns } => ("MatchOr", vec![("patterns", list(patterns, pattern))]),
    };
    Tree::Node(name, fields, Some(node.loc))
}

fn type_param(node: &TypeParam) -> Tree {
    let (name, fields) = match &node.kind {
        TypeParamKind::TypeVar { name, bound, default_value } => (
            "TypeVar",
            vec![("name", text(name)), ("bound", optional(bound.as_deref())), ("default_value", optional(default_value.as_deref()))],
        ),
        TypeParamKind::ParamSpec { name, default_value } => {
            ("ParamSpec", vec![("name", text(name)), ("default_value", optional(default_value.as_deref()))])
        }
        TypeParamKind::TypeVarTuple { name, default_value } => {
            ("TypeVarTuple", vec![("name", text(name)), ("default_value", optional(default_value.as_deref()))])
        }
    };
    Tree::Node(name, fields, Some(node.loc))
}
