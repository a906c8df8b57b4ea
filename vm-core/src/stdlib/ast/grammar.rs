//! The classes of `_ast` and their fields, as Python 3.13's abstract grammar names them.

/// Where the nodes of a class may stand, and its position attributes.
pub(super) struct Sort {
    /// The abstract class's name.
    pub(super) name: &'static str,
    /// 0 without positions, 2 with, 4 where the end may not be left out.
    pub(super) positions: usize,
    /// Its classes, as `Name(kind field, …)`; a kind may be followed by `*` (list) or `?` (may be left out).
    pub(super) nodes: &'static str,
}

const fn sort(name: &'static str, positions: usize, nodes: &'static str) -> Sort {
    Sort { name, positions, nodes }
}

/// Sorts with several classes.
pub(super) static SUMS: &[Sort] = &[
    sort(
        "mod",
        0,
        "Module(stmt* body, type_ignore* type_ignores) Interactive(stmt* body) Expression(expr body) \
         FunctionType(expr* argtypes, expr returns)",
    ),
    sort(
        "stmt",
        2,
        "FunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, \
         type_param* type_params) AsyncFunctionDef(identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, \
         string? type_comment, type_param* type_params) ClassDef(identifier name, expr* bases, keyword* keywords, stmt* body, \
         expr* decorator_list, type_param* type_params) Return(expr? value) Delete(expr* targets) Assign(expr* targets, expr value, \
         string? type_comment) TypeAlias(expr name, type_param* type_params, expr value) AugAssign(expr target, operator op, expr value) \
         AnnAssign(expr target, expr annotation, expr? value, int simple) For(expr target, expr iter, stmt* body, stmt* orelse, \
         string? type_comment) AsyncFor(expr target, expr iter, stmt* body, stmt* orelse, string? type_comment) While(expr test, \
         stmt* body, stmt* orelse) If(expr test, stmt* body, stmt* orelse) With(withitem* items, stmt* body, string? type_comment) \
         AsyncWith(withitem* items, stmt* body, string? type_comment) Match(expr subject, match_case* cases) Raise(expr? exc, expr? cause) \
         Try(stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody) TryStar(stmt* body, excepthandler* handlers, \
         stmt* orelse, stmt* finalbody) Assert(expr test, expr? msg) Import(alias* names) ImportFrom(identifier? module, alias* names, \
         int? level) Global(identifier* names) Nonlocal(identifier* names) Expr(expr value) Pass() Break() Continue()",
    ),
    sort(
        "expr",
        2,
        "BoolOp(boolop op, expr* values) NamedExpr(expr target, expr value) BinOp(expr left, operator op, expr right) UnaryOp(unaryop op, \
         expr operand) Lambda(arguments args, expr body) IfExp(expr test, expr body, expr orelse) Dict(expr* keys, expr* values) \
         Set(expr* elts) ListComp(expr elt, comprehension* generators) SetComp(expr elt, comprehension* generators) DictComp(expr key, \
         expr value, comprehension* generators) GeneratorExp(expr elt, comprehension* generators) Await(expr value) Yield(expr? value) \
         YieldFrom(expr value) Compare(expr left, cmpop* ops, expr* comparators) Call(expr func, expr* args, keyword* keywords) \
         FormattedValue(expr value, int conversion, expr? format_spec) JoinedStr(expr* values) Constant(constant value, string? kind) \
         Attribute(expr value, identifier attr, expr_context ctx) Subscript(expr value, expr slice, expr_context ctx) Starred(expr value, \
         expr_context ctx) Name(identifier id, expr_context ctx) List(expr* elts, expr_context ctx) Tuple(expr* elts, expr_context ctx) \
         Slice(expr? lower, expr? upper, expr? step)",
    ),
    sort("expr_context", 0, "Load() Store() Del()"),
    sort("boolop", 0, "And() Or()"),
    sort("operator", 0, "Add() Sub() Mult() MatMult() Div() Mod() Pow() LShift() RShift() BitOr() BitXor() BitAnd() FloorDiv()"),
    sort("unaryop", 0, "Invert() Not() UAdd() USub()"),
    sort("cmpop", 0, "Eq() NotEq() Lt() LtE() Gt() GtE() Is() IsNot() In() NotIn()"),
    sort("excepthandler", 2, "ExceptHandler(expr? type, identifier? name, stmt* body)"),
    sort(
        "pattern",
        4,
        "MatchValue(expr value) MatchSingleton(constant value) MatchSequence(pattern* patterns) MatchMapping(expr* keys, \
         pattern* patterns, identifier? rest) MatchClass(expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns) \
         MatchStar(identifier? name) MatchAs(pattern? pattern, identifier? name) MatchOr(pattern* patterns)",
    ),
    sort("type_ignore", 0, "TypeIgnore(int lineno, string tag)"),
    sort(
        "type_param",
        4,
        "TypeVar(identifier name, expr? bound, expr? default_value) ParamSpec(identifier name, expr? default_value) \
         TypeVarTuple(identifier name, expr? default_value)",
    ),
];

/// Sorts that are a class of their own: the class has the sort's name.
pub(super) static PRODUCTS: &[Sort] = &[
    sort("comprehension", 0, "comprehension(expr target, expr iter, expr* ifs, int is_async)"),
    sort(
        "arguments",
        0,
        "arguments(arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr* kw_defaults, arg? kwarg, expr* defaults)",
    ),
    sort("arg", 2, "arg(identifier arg, expr? annotation, string? type_comment)"),
    sort("keyword", 2, "keyword(identifier? arg, expr value)"),
    sort("alias", 2, "alias(identifier name, identifier? asname)"),
    sort("withitem", 0, "withitem(expr context_expr, expr? optional_vars)"),
    sort("match_case", 0, "match_case(pattern pattern, expr? guard, stmt* body)"),
];

/// The position attributes, in order.
pub(super) const POSITIONS: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

/// How often a field's value stands there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    /// Once.
    One,
    /// Once or not at all.
    Optional,
    /// In a list.
    Many,
}

/// A field of a class.
#[derive(Clone, Copy)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: &'static str,
    /// A sort's name, or `identifier`, `int`, `string`, `constant`.
    pub(super) kind: &'static str,
    /// How often.
    pub(super) count: Count,
}

/// A class: its name and fields.
pub(super) struct NodeClass {
    /// Its name.
    pub(super) name: &'static str,
    /// The fields in order.
    pub(super) fields: Vec<Field>,
    /// What `__doc__` shows: the class as the grammar writes it.
    pub(super) doc: String,
}

/// The classes of a sort.
pub(super) fn classes(sort: &Sort) -> Vec<NodeClass> {
    let mut out = Vec::new();
    let mut rest = sort.nodes;
    while let Some((name, tail)) = rest.split_once('(') {
        let (inside, tail) = tail.split_once(')').unwrap_or((tail, ""));
        let fields: Vec<Field> = inside.split(',').filter_map(field).collect();
        let name = name.trim();
        let doc = if fields.is_empty() { name.to_owned() } else { format!("{name}({})", inside.trim()) };
        out.push(NodeClass { name, fields, doc });
        rest = tail;
    }
    out
}

fn field(text: &'static str) -> Option<Field> {
    let (kind, name) = text.trim().split_once(' ')?;
    let (kind, count) = match kind.strip_suffix('*') {
        Some(kind) => (kind, Count::Many),
        None => kind.strip_suffix('?').map_or((kind, Count::One), |kind| (kind, Count::Optional)),
    };
    Some(Field { name: name.trim(), kind, count })
}
