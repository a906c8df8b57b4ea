//! Prints a tree as `python -m ast` does, for comparison with CPython.

use super::ast::*;
use super::instr::Location;
use super::type_ignores::TypeIgnore;
use crate::code;
use crate::code::Const;

/// A node reduced to what printing needs.
enum Value {
    Node(&'static str, Vec<(&'static str, Value)>, Option<Location>),
    List(Vec<Value>),
    Atom(String),
    Absent,
}

/// The output of `python -m ast --no-type-comments FILE`, or with `-a` too for `attributes`.
#[must_use]
pub fn dump(module: &Mod, attributes: bool) -> String {
    dump_with_type_ignores(module, attributes, &[])
}

/// The output of `python -m ast FILE`, for a file whose only type comments are the given ones.
#[must_use]
pub fn dump_with_type_ignores(module: &Mod, attributes: bool, ignores: &[TypeIgnore]) -> String {
    let type_ignores = list(ignores, |ignore| {
        Value::Node("TypeIgnore", vec![("lineno", number(i64::from(ignore.line))), ("tag", text(&ignore.tag))], None)
    });
    let tree = match module {
        Mod::Module { body } => Value::Node("Module", vec![("body", list(body, stmt)), ("type_ignores", type_ignores)], None),
        Mod::Interactive { body } => Value::Node("Interactive", vec![("body", list(body, stmt))], None),
        Mod::Expression { body } => Value::Node("Expression", vec![("body", expr(body))], None),
    };
    let mut out = String::new();
    Printer { attributes }.value(&tree, 0, &mut out);
    out.push('\n');
    out
}

struct Printer {
    attributes: bool,
}

fn new_line(out: &mut String, level: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', 3 * level));
}

impl Printer {
    /// Appends the value; tells whether it is "simple", in which case a parent may stay on one line.
    fn value(&self, value: &Value, level: usize, out: &mut String) -> bool {
        match value {
            Value::Atom(text) => {
                out.push_str(text);
                true
            }
            Value::Absent => {
                out.push_str("None");
                true
            }
            Value::List(items) if items.is_empty() => {
                out.push_str("[]");
                true
            }
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    new_line(out, level + 1);
                    self.value(item, level + 1, out);
                }
                out.push(']');
                false
            }
            Value::Node(name, fields, loc) => self.node(name, fields, *loc, level, out),
        }
    }

    fn node(&self, name: &str, fields: &[(&str, Value)], loc: Option<Location>, level: usize, out: &mut String) -> bool {
        let mut args: Vec<(&str, String)> = Vec::new();
        let mut all_simple = true;
        for (field, value) in fields {
            let is_empty = match value {
                Value::Absent => true,
                Value::List(items) => items.is_empty(),
                _ => false,
            };
            if !is_empty {
                let mut text = String::new();
                all_simple &= self.value(value, level + 1, &mut text);
                args.push((field, text));
            }
        }
        if let Some(loc) = loc.filter(|_| self.attributes) {
            args.push(("lineno", loc.line.to_string()));
            args.push(("col_offset", loc.col.to_string()));
            args.push(("end_lineno", loc.end_line.to_string()));
            args.push(("end_col_offset", loc.end_col.to_string()));
        }
        out.push_str(name);
        out.push('(');
        let one_line = all_simple && args.len() <= 3;
        for (index, (field, text)) in args.iter().enumerate() {
            if index > 0 {
                out.push_str(if one_line { ", " } else { "," });
            }
            if !one_line {
                new_line(out, level + 1);
            }
            out.push_str(field);
            out.push('=');
            out.push_str(text);
        }
        out.push(')');
        args.is_empty()
    }
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Value) -> Value {
    Value::List(items.iter().map(each).collect())
}

fn optional(value: Option<&Expr>) -> Value {
    value.map_or(Value::Absent, expr)
}

fn text(value: &str) -> Value {
    Value::Atom(code::str_repr(value.as_bytes()))
}

fn optional_text(value: Option<&Identifier>) -> Value {
    value.map_or(Value::Absent, |value| text(value))
}

fn number(value: i64) -> Value {
    Value::Atom(value.to_string())
}

fn bare(name: &'static str) -> Value {
    Value::Node(name, Vec::new(), None)
}

fn constant(value: &Const) -> Value {
    Value::Atom(code::const_repr(value))
}

fn context(ctx: ExprContext) -> Value {
    bare(match ctx {
        ExprContext::Load => "Load",
        ExprContext::Store => "Store",
        ExprContext::Del => "Del",
    })
}

fn operator(op: Operator) -> Value {
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

fn cmp_op(op: CmpOp) -> Value {
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

fn function(name: &'static str, def: &FunctionDef) -> (&'static str, Vec<(&'static str, Value)>) {
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

fn stmt(node: &Stmt) -> Value {
    let body = |stmts: &[Stmt]| list(stmts, stmt);
    let (name, fields) = match &node.kind {
        StmtKind::FunctionDef(def) => function("FunctionDef", def),
        StmtKind::AsyncFunctionDef(def) => function("AsyncFunctionDef", def),
        StmtKind::ClassDef { name, bases, keywords, body: stmts, decorator_list, type_params } => (
            "ClassDef",
            vec![
                ("name", text(name)),
                ("bases", list(bases, expr)),
                ("keywords", list(keywords, keyword)),
                ("body", body(stmts)),
                ("decorator_list", list(decorator_list, expr)),
                ("type_params", list(type_params, type_param)),
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
    Value::Node(name, fields, Some(node.loc))
}

fn expr(node: &Expr) -> Value {
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
    Value::Node(name, fields, Some(node.loc))
}

fn comprehension(node: &Comprehension) -> Value {
    let fields = vec![
        ("target", expr(&node.target)),
        ("iter", expr(&node.iter)),
        ("ifs", list(&node.ifs, expr)),
        ("is_async", number(i64::from(node.is_async))),
    ];
    Value::Node("comprehension", fields, None)
}

fn handler(node: &ExceptHandler) -> Value {
    let fields =
        vec![("type", optional(node.typ.as_deref())), ("name", optional_text(node.name.as_ref())), ("body", list(&node.body, stmt))];
    Value::Node("ExceptHandler", fields, Some(node.loc))
}

fn arguments(node: &Arguments) -> Value {
    let fields = vec![
        ("posonlyargs", list(&node.posonlyargs, arg)),
        ("args", list(&node.args, arg)),
        ("vararg", node.vararg.as_deref().map_or(Value::Absent, arg)),
        ("kwonlyargs", list(&node.kwonlyargs, arg)),
        ("kw_defaults", list(&node.kw_defaults, |default| optional(default.as_ref()))),
        ("kwarg", node.kwarg.as_deref().map_or(Value::Absent, arg)),
        ("defaults", list(&node.defaults, expr)),
    ];
    Value::Node("arguments", fields, None)
}

fn arg(node: &Arg) -> Value {
    let fields = vec![("arg", text(&node.arg)), ("annotation", optional(node.annotation.as_deref()))];
    Value::Node("arg", fields, Some(node.loc))
}

fn keyword(node: &Keyword) -> Value {
    let fields = vec![("arg", optional_text(node.arg.as_ref())), ("value", expr(&node.value))];
    Value::Node("keyword", fields, Some(node.loc))
}

fn alias(node: &Alias) -> Value {
    let fields = vec![("name", text(&node.name)), ("asname", optional_text(node.asname.as_ref()))];
    Value::Node("alias", fields, Some(node.loc))
}

fn with_item(node: &WithItem) -> Value {
    let fields = vec![("context_expr", expr(&node.context_expr)), ("optional_vars", optional(node.optional_vars.as_deref()))];
    Value::Node("withitem", fields, None)
}

fn match_case(node: &MatchCase) -> Value {
    let fields = vec![("pattern", pattern(&node.pattern)), ("guard", optional(node.guard.as_deref())), ("body", list(&node.body, stmt))];
    Value::Node("match_case", fields, None)
}

fn pattern(node: &Pattern) -> Value {
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
            ("MatchAs", vec![("pattern", inner.as_deref().map_or(Value::Absent, pattern)), ("name", optional_text(name.as_ref()))])
        }
        PatternKind::MatchOr { patterns } => ("MatchOr", vec![("patterns", list(patterns, pattern))]),
    };
    Value::Node(name, fields, Some(node.loc))
}

fn type_param(node: &TypeParam) -> Value {
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
    Value::Node(name, fields, Some(node.loc))
}
