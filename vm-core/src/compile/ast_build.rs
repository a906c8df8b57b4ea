//! From names, fields and lists (`ast_tree.rs`) to the tree that the compiler reads: for programs that compile `ast` objects. That
//! fields are there and of the right kind was checked when the objects were read; what only makes sense together is checked here.

use super::ast::*;
use super::ast_tree::Tree;
use super::instr::Location;
use crate::code::Const;

/// What is wrong with a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// A `ValueError`.
    Value(String),
    /// A `TypeError`.
    Type(String),
}

type Result<T> = std::result::Result<T, BuildError>;

/// Builds a module, an interactive statement or an expression.
///
/// # Errors
///
/// What is wrong with the tree.
pub fn build(tree: &Tree) -> Result<Mod> {
    let node = Node::of(tree, "mod")?;
    Ok(match node.name {
        "Module" => Mod::Module { body: node.list("body", stmt)? },
        "Interactive" => Mod::Interactive { body: node.list("body", stmt)? },
        "Expression" => Mod::Expression { body: node.boxed("body")? },
        other => return Err(BuildError::Type(format!("expected Module node, got {other}"))),
    })
}

/// A node being read.
struct Node<'a> {
    name: &'static str,
    fields: &'a [(&'static str, Tree)],
    loc: Location,
}

fn value_error<T>(text: impl Into<String>) -> Result<T> {
    Err(BuildError::Value(text.into()))
}

impl<'a> Node<'a> {
    fn of(tree: &'a Tree, what: &str) -> Result<Node<'a>> {
        match tree {
            Tree::Node(name, fields, loc) => Ok(Node { name, fields, loc: loc.unwrap_or(Location::NONE) }),
            Tree::Absent => value_error(format!("None disallowed in {what} list")),
            _ => Err(BuildError::Type(format!("expected some sort of {what}"))),
        }
    }

    fn field(&self, name: &str) -> &'a Tree {
        self.fields.iter().find(|f| f.0 == name).map_or(&Tree::Absent, |f| &f.1)
    }

    fn missing<T>(&self, name: &str) -> Result<T> {
        Err(BuildError::Type(format!("required field \"{name}\" missing from {}", self.name)))
    }

    fn items(&self, name: &str) -> &'a [Tree] {
        match self.field(name) {
            Tree::List(items) => items,
            _ => &[],
        }
    }

    fn list<T>(&self, name: &str, each: impl Fn(&Tree) -> Result<T>) -> Result<List<T>> {
        self.items(name).iter().map(each).collect()
    }

    /// A list that must not be empty.
    fn some<T>(&self, name: &str, each: impl Fn(&Tree) -> Result<T>) -> Result<List<T>> {
        if self.items(name).is_empty() {
            return value_error(format!("empty {name} on {}", self.name));
        }
        self.list(name, each)
    }

    fn expr(&self, name: &str) -> Result<Expr> {
        match self.field(name) {
            Tree::Absent => value_error(format!("field '{name}' is required for {}", self.name)),
            tree => expr(tree),
        }
    }

    fn boxed(&self, name: &str) -> Result<Ptr<Expr>> {
        self.expr(name).map(Ptr::new)
    }

    fn optional(&self, name: &str) -> Result<Option<Ptr<Expr>>> {
        match self.field(name) {
            Tree::Absent => Ok(None),
            tree => Ok(Some(Ptr::new(expr(tree)?))),
        }
    }

    fn text(&self, name: &str) -> Result<Identifier> {
        match self.field(name) {
            Tree::Text(text) => checked(text),
            _ => self.missing(name),
        }
    }

    fn optional_text(&self, name: &str) -> Result<Option<Identifier>> {
        match self.field(name) {
            Tree::Text(text) => checked(text).map(Some),
            _ => Ok(None),
        }
    }

    fn texts(&self, name: &str) -> Result<List<Identifier>> {
        self.list(name, |tree| match tree {
            Tree::Text(text) => checked(text),
            _ => Err(BuildError::Type("AST identifier must be of type str".to_owned())),
        })
    }

    fn number(&self, name: &str) -> i64 {
        match self.field(name) {
            Tree::Number(n) => *n,
            _ => 0,
        }
    }

    /// The name of a node without fields: an operator or a context.
    fn word(&self, name: &str) -> Result<&'static str> {
        match self.field(name) {
            Tree::Node(word, ..) => Ok(word),
            _ => self.missing(name),
        }
    }

    fn context(&self) -> Result<ExprContext> {
        Ok(match self.word("ctx")? {
            "Store" => ExprContext::Store,
            "Del" => ExprContext::Del,
            _ => ExprContext::Load,
        })
    }
}

/// Names that are no identifiers.
fn checked(text: &str) -> Result<Identifier> {
    match text {
        "None" | "True" | "False" => value_error(format!("identifier field can't represent '{text}' constant")),
        _ => Ok(text.into()),
    }
}

fn function(n: &Node<'_>) -> Result<Ptr<FunctionDef>> {
    Ok(Ptr::new(FunctionDef {
        name: n.text("name")?,
        args: arguments(n.field("args"))?,
        body: n.some("body", stmt)?,
        decorator_list: n.list("decorator_list", expr)?,
        returns: n.optional("returns")?,
        type_params: n.list("type_params", type_param)?,
    }))
}

/// Contexts of the targets of an assignment or deletion.
fn in_context(e: Expr, wanted: ExprContext) -> Result<Expr> {
    let actual = match &e.kind {
        ExprKind::Attribute { ctx, .. }
        | ExprKind::Subscript { ctx, .. }
        | ExprKind::Starred { ctx, .. }
        | ExprKind::Name { ctx, .. }
        | ExprKind::List { ctx, .. }
        | ExprKind::Tuple { ctx, .. } => *ctx,
        _ if wanted == ExprContext::Load => return Ok(e),
        _ => return value_error("expression which can't be assigned to in Store context"),
    };
    if actual == wanted {
        return Ok(e);
    }
    value_error(format!("expression must have {wanted:?} context but has {actual:?} instead"))
}

fn target(tree: &Tree) -> Result<Expr> {
    in_context(expr(tree)?, ExprContext::Store)
}

fn stmt(tree: &Tree) -> Result<Stmt> {
    let n = Node::of(tree, "stmt")?;
    let boxed_target = |name: &str| target(n.field(name)).map(Ptr::new);
    let handlers = |n: &Node<'_>| -> Result<List<ExceptHandler>> { n.list("handlers", handler) };
    let kind = match n.name {
        "FunctionDef" => StmtKind::FunctionDef(function(&n)?),
        "AsyncFunctionDef" => StmtKind::AsyncFunctionDef(function(&n)?),
        "ClassDef" => StmtKind::ClassDef(Ptr::new(ClassDef {
            name: n.text("name")?,
            bases: n.list("bases", expr)?,
            keywords: n.list("keywords", keyword)?,
            body: n.some("body", stmt)?,
            decorator_list: n.list("decorator_list", expr)?,
            type_params: n.list("type_params", type_param)?,
        })),
        "Return" => StmtKind::Return { value: n.optional("value")? },
        "Delete" => StmtKind::Delete { targets: n.some("targets", |t| in_context(expr(t)?, ExprContext::Del))? },
        "Assign" => StmtKind::Assign { targets: n.some("targets", target)?, value: n.boxed("value")? },
        "TypeAlias" => {
            StmtKind::TypeAlias { name: boxed_target("name")?, type_params: n.list("type_params", type_param)?, value: n.boxed("value")? }
        }
        "AugAssign" => StmtKind::AugAssign { target: boxed_target("target")?, op: operator(n.word("op")?), value: n.boxed("value")? },
        "AnnAssign" => StmtKind::AnnAssign {
            target: boxed_target("target")?,
            annotation: n.boxed("annotation")?,
            value: n.optional("value")?,
            simple: n.number("simple") != 0,
        },
        "For" => StmtKind::For {
            target: boxed_target("target")?,
            iter: n.boxed("iter")?,
            body: n.some("body", stmt)?,
            orelse: n.list("orelse", stmt)?,
        },
        "AsyncFor" => StmtKind::AsyncFor {
            target: boxed_target("target")?,
            iter: n.boxed("iter")?,
            body: n.some("body", stmt)?,
            orelse: n.list("orelse", stmt)?,
        },
        "While" => StmtKind::While { test: n.boxed("test")?, body: n.some("body", stmt)?, orelse: n.list("orelse", stmt)? },
        "If" => StmtKind::If { test: n.boxed("test")?, body: n.some("body", stmt)?, orelse: n.list("orelse", stmt)? },
        "With" => StmtKind::With { items: n.some("items", with_item)?, body: n.some("body", stmt)? },
        "AsyncWith" => StmtKind::AsyncWith { items: n.some("items", with_item)?, body: n.some("body", stmt)? },
        "Match" => StmtKind::Match { subject: n.boxed("subject")?, cases: n.some("cases", match_case)? },
        "Raise" => {
            let (exc, cause) = (n.optional("exc")?, n.optional("cause")?);
            if exc.is_none() && cause.is_some() {
                return value_error("Raise with cause but no exception");
            }
            StmtKind::Raise { exc, cause }
        }
        "Try" | "TryStar" => {
            let (body, handlers) = (n.some("body", stmt)?, handlers(&n)?);
            let (orelse, finalbody) = (n.list("orelse", stmt)?, n.list("finalbody", stmt)?);
            if handlers.is_empty() && finalbody.is_empty() {
                return value_error(format!("{} has neither handlers nor finalbody", n.name));
            }
            if handlers.is_empty() && !orelse.is_empty() {
                return value_error(format!("{} has orelse but no except handlers", n.name));
            }
            if n.name == "Try" {
                StmtKind::Try { body, handlers, orelse, finalbody }
            } else {
                StmtKind::TryStar { body, handlers, orelse, finalbody }
            }
        }
        "Assert" => StmtKind::Assert { test: n.boxed("test")?, msg: n.optional("msg")? },
        "Import" => StmtKind::Import { names: n.some("names", alias)? },
        "ImportFrom" => {
            let level = n.number("level");
            let Ok(level) = u32::try_from(level) else { return value_error("Negative ImportFrom level") };
            StmtKind::ImportFrom { module: n.optional_text("module")?, names: n.some("names", alias)?, level }
        }
        "Global" | "Nonlocal" => {
            let names = n.texts("names")?;
            if names.is_empty() {
                return value_error(format!("empty names on {}", n.name));
            }
            if n.name == "Global" { StmtKind::Global { names } } else { StmtKind::Nonlocal { names } }
        }
        "Expr" => StmtKind::Expr { value: n.boxed("value")? },
        "Pass" => StmtKind::Pass,
        "Break" => StmtKind::Break,
        "Continue" => StmtKind::Continue,
        other => return Err(BuildError::Type(format!("expected some sort of stmt, but got {other}"))),
    };
    Ok(Stmt { loc: n.loc, kind, plain: false })
}

fn operator(word: &str) -> Operator {
    match word {
        "Add" => Operator::Add,
        "Sub" => Operator::Sub,
        "Mult" => Operator::Mult,
        "MatMult" => Operator::MatMult,
        "Div" => Operator::Div,
        "Mod" => Operator::Mod,
        "Pow" => Operator::Pow,
        "LShift" => Operator::LShift,
        "RShift" => Operator::RShift,
        "BitOr" => Operator::BitOr,
        "BitXor" => Operator::BitXor,
        "BitAnd" => Operator::BitAnd,
        _ => Operator::FloorDiv,
    }
}

fn cmp_op(tree: &Tree) -> Result<CmpOp> {
    Ok(match Node::of(tree, "cmpop")?.name {
        "Eq" => CmpOp::Eq,
        "NotEq" => CmpOp::NotEq,
        "Lt" => CmpOp::Lt,
        "LtE" => CmpOp::LtE,
        "Gt" => CmpOp::Gt,
        "GtE" => CmpOp::GtE,
        "Is" => CmpOp::Is,
        "IsNot" => CmpOp::IsNot,
        "In" => CmpOp::In,
        _ => CmpOp::NotIn,
    })
}

fn expr(tree: &Tree) -> Result<Expr> {
    let n = Node::of(tree, "expr")?;
    let generators = |n: &Node<'_>| {
        if n.items("generators").is_empty() {
            return value_error("comprehension with no generators");
        }
        n.list("generators", comprehension)
    };
    let kind = match n.name {
        "BoolOp" => {
            let values = n.list("values", expr)?;
            if values.len() < 2 {
                return value_error("BoolOp with less than 2 values");
            }
            ExprKind::BoolOp { op: if n.word("op")? == "And" { BoolOp::And } else { BoolOp::Or }, values }
        }
        "NamedExpr" => ExprKind::NamedExpr { target: Ptr::new(target(n.field("target"))?), value: n.boxed("value")? },
        "BinOp" => ExprKind::BinOp { left: n.boxed("left")?, op: operator(n.word("op")?), right: n.boxed("right")? },
        "UnaryOp" => {
            let op = match n.word("op")? {
                "Invert" => UnaryOp::Invert,
                "Not" => UnaryOp::Not,
                "UAdd" => UnaryOp::UAdd,
                _ => UnaryOp::USub,
            };
            ExprKind::UnaryOp { op, operand: n.boxed("operand")? }
        }
        "Lambda" => ExprKind::Lambda { args: arguments(n.field("args"))?, body: n.boxed("body")? },
        "IfExp" => ExprKind::IfExp { test: n.boxed("test")?, body: n.boxed("body")?, orelse: n.boxed("orelse")? },
        "Dict" => {
            let (keys, values) = (n.list("keys", optional_item)?, n.list("values", expr)?);
            if keys.len() != values.len() {
                return value_error("Dict doesn't have the same number of keys as values");
            }
            ExprKind::Dict { keys, values }
        }
        "Set" => ExprKind::Set { elts: n.list("elts", expr)? },
        "ListComp" => ExprKind::ListComp { elt: n.boxed("elt")?, generators: generators(&n)? },
        "SetComp" => ExprKind::SetComp { elt: n.boxed("elt")?, generators: generators(&n)? },
        "DictComp" => ExprKind::DictComp { key: n.boxed("key")?, value: n.boxed("value")?, generators: generators(&n)? },
        "GeneratorExp" => ExprKind::GeneratorExp { elt: n.boxed("elt")?, generators: generators(&n)? },
        "Await" => ExprKind::Await { value: n.boxed("value")? },
        "Yield" => ExprKind::Yield { value: n.optional("value")? },
        "YieldFrom" => ExprKind::YieldFrom { value: n.boxed("value")? },
        "Compare" => {
            let (ops, comparators) = (n.list("ops", cmp_op)?, n.list("comparators", expr)?);
            if comparators.is_empty() {
                return value_error("Compare with no comparators");
            }
            if ops.len() != comparators.len() {
                return value_error("Compare has a different number of comparators and operands");
            }
            ExprKind::Compare { left: n.boxed("left")?, ops, comparators }
        }
        "Call" => ExprKind::Call { func: n.boxed("func")?, args: n.list("args", expr)?, keywords: n.list("keywords", keyword)? },
        "FormattedValue" => ExprKind::FormattedValue {
            value: n.boxed("value")?,
            conversion: i32::try_from(n.number("conversion")).unwrap_or(-1),
            format_spec: n.optional("format_spec")?,
        },
        "JoinedStr" => ExprKind::JoinedStr { values: n.list("values", expr)? },
        "Constant" => ExprKind::Constant { value: constant(n.field("value")).into(), kind: n.optional_text("kind")? },
        "Attribute" => ExprKind::Attribute { value: n.boxed("value")?, attr: n.text("attr")?, ctx: n.context()? },
        "Subscript" => ExprKind::Subscript { value: n.boxed("value")?, slice: n.boxed("slice")?, ctx: n.context()? },
        "Starred" => ExprKind::Starred { value: n.boxed("value")?, ctx: n.context()? },
        "Name" => ExprKind::Name { id: n.text("id")?, ctx: n.context()? },
        "List" | "Tuple" => {
            let ctx = n.context()?;
            let elts = n.list("elts", |t| in_context(expr(t)?, ctx))?;
            if n.name == "List" { ExprKind::List { elts, ctx } } else { ExprKind::Tuple { elts, ctx } }
        }
        "Slice" => ExprKind::Slice { lower: n.optional("lower")?, upper: n.optional("upper")?, step: n.optional("step")? },
        other => return Err(BuildError::Type(format!("expected some sort of expr, but got {other}"))),
    };
    Ok(Expr { loc: n.loc, kind })
}

fn constant(tree: &Tree) -> Const {
    match tree {
        Tree::Constant(value) => value.clone(),
        _ => Const::None,
    }
}

fn optional_item(tree: &Tree) -> Result<Option<Expr>> {
    match tree {
        Tree::Absent => Ok(None),
        tree => expr(tree).map(Some),
    }
}

fn comprehension(tree: &Tree) -> Result<Comprehension> {
    let n = Node::of(tree, "comprehension")?;
    Ok(Comprehension {
        target: target(n.field("target"))?,
        iter: n.expr("iter")?,
        ifs: n.list("ifs", expr)?,
        is_async: n.number("is_async") != 0,
    })
}

fn handler(tree: &Tree) -> Result<ExceptHandler> {
    let n = Node::of(tree, "excepthandler")?;
    Ok(ExceptHandler { loc: n.loc, typ: n.optional("type")?, name: n.optional_text("name")?, body: n.some("body", stmt)? })
}

fn arguments(tree: &Tree) -> Result<Ptr<Arguments>> {
    let n = Node::of(tree, "arguments")?;
    let one = |name: &str| match n.field(name) {
        Tree::Absent => Ok(None),
        tree => arg(tree).map(|a| Some(Ptr::new(a))),
    };
    let made = Arguments {
        posonlyargs: n.list("posonlyargs", arg)?,
        args: n.list("args", arg)?,
        vararg: one("vararg")?,
        kwonlyargs: n.list("kwonlyargs", arg)?,
        kw_defaults: n.list("kw_defaults", optional_item)?,
        kwarg: one("kwarg")?,
        defaults: n.list("defaults", expr)?,
    };
    if made.defaults.len() > made.posonlyargs.len() + made.args.len() {
        return value_error("more positional defaults than args on arguments");
    }
    if made.kw_defaults.len() != made.kwonlyargs.len() {
        return value_error("length of kwonlyargs is not the same as kw_defaults on arguments");
    }
    Ok(Ptr::new(made))
}

fn arg(tree: &Tree) -> Result<Arg> {
    let n = Node::of(tree, "arg")?;
    Ok(Arg { loc: n.loc, arg: n.text("arg")?, annotation: n.optional("annotation")? })
}

fn keyword(tree: &Tree) -> Result<Keyword> {
    let n = Node::of(tree, "keyword")?;
    Ok(Keyword { loc: n.loc, arg: n.optional_text("arg")?, value: n.expr("value")? })
}

fn alias(tree: &Tree) -> Result<Alias> {
    let n = Node::of(tree, "alias")?;
    Ok(Alias { loc: n.loc, name: n.text("name")?, asname: n.optional_text("asname")? })
}

fn with_item(tree: &Tree) -> Result<WithItem> {
    let n = Node::of(tree, "withitem")?;
    let optional_vars = match n.field("optional_vars") {
        Tree::Absent => None,
        tree => Some(Ptr::new(target(tree)?)),
    };
    Ok(WithItem { context_expr: n.expr("context_expr")?, optional_vars })
}

fn match_case(tree: &Tree) -> Result<MatchCase> {
    let n = Node::of(tree, "match_case")?;
    Ok(MatchCase { pattern: pattern(n.field("pattern"))?, guard: n.optional("guard")?, body: n.some("body", stmt)? })
}

fn pattern(tree: &Tree) -> Result<Pattern> {
    let n = Node::of(tree, "pattern")?;
    let kind = match n.name {
        "MatchValue" => PatternKind::MatchValue { value: n.boxed("value")? },
        "MatchSingleton" => match constant(n.field("value")) {
            value @ (Const::None | Const::Bool(_)) => PatternKind::MatchSingleton { value },
            _ => return value_error("MatchSingleton can only contain True, False and None"),
        },
        "MatchSequence" => PatternKind::MatchSequence { patterns: n.list("patterns", pattern)? },
        "MatchMapping" => {
            let (keys, patterns) = (n.list("keys", expr)?, n.list("patterns", pattern)?);
            if keys.len() != patterns.len() {
                return value_error("MatchMapping doesn't have the same number of keys as patterns");
            }
            PatternKind::MatchMapping { keys, patterns, rest: n.optional_text("rest")? }
        }
        "MatchClass" => {
            let (kwd_attrs, kwd_patterns) = (n.texts("kwd_attrs")?, n.list("kwd_patterns", pattern)?);
            if kwd_attrs.len() != kwd_patterns.len() {
                return value_error("MatchClass doesn't have the same number of keyword attributes as patterns");
            }
            PatternKind::MatchClass { cls: n.boxed("cls")?, patterns: n.list("patterns", pattern)?, kwd_attrs, kwd_patterns }
        }
        "MatchStar" => PatternKind::MatchStar { name: n.optional_text("name")? },
        "MatchAs" => {
            let inner = match n.field("pattern") {
                Tree::Absent => None,
                tree => Some(Ptr::new(pattern(tree)?)),
            };
            let name = n.optional_text("name")?;
            if inner.is_some() && name.is_none() {
                return value_error("MatchAs must specify a target name if a pattern is given");
            }
            PatternKind::MatchAs { pattern: inner, name }
        }
        "MatchOr" => {
            let patterns = n.list("patterns", pattern)?;
            if patterns.len() < 2 {
                return value_error("MatchOr requires at least 2 patterns");
            }
            PatternKind::MatchOr { patterns }
        }
        other => return Err(BuildError::Type(format!("expected some sort of pattern, but got {other}"))),
    };
    Ok(Pattern { loc: n.loc, kind })
}

fn type_param(tree: &Tree) -> Result<TypeParam> {
    let n = Node::of(tree, "type_param")?;
    let (name, default_value) = (n.text("name")?, n.optional("default_value")?);
    let kind = match n.name {
        "TypeVar" => TypeParamKind::TypeVar { name, bound: n.optional("bound")?, default_value },
        "ParamSpec" => TypeParamKind::ParamSpec { name, default_value },
        _ => TypeParamKind::TypeVarTuple { name, default_value },
    };
    Ok(TypeParam { loc: n.loc, kind })
}
