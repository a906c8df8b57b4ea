//! The abstract syntax tree, with the node and field names of CPython 3.13's `ast` module.
//!
//! The parser's own tree (ruff's) keeps what a linter wants; this one keeps what CPython's compiler reads: `elif` is a nested
//! `If`, implicitly joined strings are one node, and every position is the one CPython would report. `ast_dump` prints it
//! as `python -m ast` does, which is how the two are compared.
#![allow(missing_docs, reason = "nodes and fields are CPython's, described by its `ast` module's documentation")]

use super::instr::Location;
pub use super::literal::Literal;
pub use super::names::Identifier;
pub use super::pool::{List, Ptr};
use crate::code::Const;
use std::fmt;

/// What a source text is parsed into: `mod` of CPython's grammar.
#[derive(Clone, Debug)]
pub enum Mod {
    /// A file: `exec` mode.
    Module { body: List<Stmt> },
    /// One interactive statement: `single` mode.
    Interactive { body: List<Stmt> },
    /// One expression: `eval` mode.
    Expression { body: Ptr<Expr> },
}

/// A statement and where it stands.
#[derive(Clone)]
pub struct Stmt {
    /// From the first token to the last, decorators excluded.
    pub loc: Location,
    /// Which statement.
    pub kind: StmtKind,
    /// Nothing in it can be folded, as whoever made it knows. `false` is always right.
    pub plain: bool,
}

impl fmt::Debug for Stmt {
    /// What is known about folding is no part of the tree.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stmt").field("loc", &self.loc).field("kind", &self.kind).finish()
    }
}

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub struct Expr {
    /// From the first token to the last, enclosing parentheses excluded where CPython excludes them.
    pub loc: Location,
    /// Which expression.
    pub kind: ExprKind,
}

/// `def` and `async def`: the two differ only in the node's name.
#[derive(Clone, Debug)]
pub struct FunctionDef {
    pub name: Identifier,
    pub args: Ptr<Arguments>,
    pub body: List<Stmt>,
    pub decorator_list: List<Expr>,
    pub returns: Option<Ptr<Expr>>,
    pub type_params: List<TypeParam>,
}

/// `class`.
#[derive(Clone, Debug)]
pub struct ClassDef {
    pub name: Identifier,
    pub bases: List<Expr>,
    pub keywords: List<Keyword>,
    pub body: List<Stmt>,
    pub decorator_list: List<Expr>,
    pub type_params: List<TypeParam>,
}

/// The statements.
#[derive(Clone, Debug)]
pub enum StmtKind {
    FunctionDef(Ptr<FunctionDef>),
    AsyncFunctionDef(Ptr<FunctionDef>),
    ClassDef(Ptr<ClassDef>),
    Return {
        value: Option<Ptr<Expr>>,
    },
    Delete {
        targets: List<Expr>,
    },
    Assign {
        targets: List<Expr>,
        value: Ptr<Expr>,
    },
    TypeAlias {
        name: Ptr<Expr>,
        type_params: List<TypeParam>,
        value: Ptr<Expr>,
    },
    AugAssign {
        target: Ptr<Expr>,
        op: Operator,
        value: Ptr<Expr>,
    },
    /// `simple` tells a bare name without parentheses.
    AnnAssign {
        target: Ptr<Expr>,
        annotation: Ptr<Expr>,
        value: Option<Ptr<Expr>>,
        simple: bool,
    },
    For {
        target: Ptr<Expr>,
        iter: Ptr<Expr>,
        body: List<Stmt>,
        orelse: List<Stmt>,
    },
    AsyncFor {
        target: Ptr<Expr>,
        iter: Ptr<Expr>,
        body: List<Stmt>,
        orelse: List<Stmt>,
    },
    While {
        test: Ptr<Expr>,
        body: List<Stmt>,
        orelse: List<Stmt>,
    },
    If {
        test: Ptr<Expr>,
        body: List<Stmt>,
        orelse: List<Stmt>,
    },
    With {
        items: List<WithItem>,
        body: List<Stmt>,
    },
    AsyncWith {
        items: List<WithItem>,
        body: List<Stmt>,
    },
    Match {
        subject: Ptr<Expr>,
        cases: List<MatchCase>,
    },
    Raise {
        exc: Option<Ptr<Expr>>,
        cause: Option<Ptr<Expr>>,
    },
    Try {
        body: List<Stmt>,
        handlers: List<ExceptHandler>,
        orelse: List<Stmt>,
        finalbody: List<Stmt>,
    },
    TryStar {
        body: List<Stmt>,
        handlers: List<ExceptHandler>,
        orelse: List<Stmt>,
        finalbody: List<Stmt>,
    },
    Assert {
        test: Ptr<Expr>,
        msg: Option<Ptr<Expr>>,
    },
    Import {
        names: List<Alias>,
    },
    ImportFrom {
        module: Option<Identifier>,
        names: List<Alias>,
        level: u32,
    },
    Global {
        names: List<Identifier>,
    },
    Nonlocal {
        names: List<Identifier>,
    },
    Expr {
        value: Ptr<Expr>,
    },
    Pass,
    Break,
    Continue,
}

/// The expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    BoolOp {
        op: BoolOp,
        values: List<Expr>,
    },
    NamedExpr {
        target: Ptr<Expr>,
        value: Ptr<Expr>,
    },
    BinOp {
        left: Ptr<Expr>,
        op: Operator,
        right: Ptr<Expr>,
    },
    UnaryOp {
        op: UnaryOp,
        operand: Ptr<Expr>,
    },
    Lambda {
        args: Ptr<Arguments>,
        body: Ptr<Expr>,
    },
    IfExp {
        test: Ptr<Expr>,
        body: Ptr<Expr>,
        orelse: Ptr<Expr>,
    },
    /// A key of `None` is `**value`.
    Dict {
        keys: List<Option<Expr>>,
        values: List<Expr>,
    },
    Set {
        elts: List<Expr>,
    },
    ListComp {
        elt: Ptr<Expr>,
        generators: List<Comprehension>,
    },
    SetComp {
        elt: Ptr<Expr>,
        generators: List<Comprehension>,
    },
    DictComp {
        key: Ptr<Expr>,
        value: Ptr<Expr>,
        generators: List<Comprehension>,
    },
    GeneratorExp {
        elt: Ptr<Expr>,
        generators: List<Comprehension>,
    },
    Await {
        value: Ptr<Expr>,
    },
    Yield {
        value: Option<Ptr<Expr>>,
    },
    YieldFrom {
        value: Ptr<Expr>,
    },
    Compare {
        left: Ptr<Expr>,
        ops: List<CmpOp>,
        comparators: List<Expr>,
    },
    Call {
        func: Ptr<Expr>,
        args: List<Expr>,
        keywords: List<Keyword>,
    },
    /// `conversion` is -1 or the code of `s`, `r` or `a`; `format_spec` is a `JoinedStr`.
    FormattedValue {
        value: Ptr<Expr>,
        conversion: i32,
        format_spec: Option<Ptr<Expr>>,
    },
    JoinedStr {
        values: List<Expr>,
    },
    /// `kind` is `u` for a string written with that prefix.
    Constant {
        value: Literal,
        kind: Option<Identifier>,
    },
    Attribute {
        value: Ptr<Expr>,
        attr: Identifier,
        ctx: ExprContext,
    },
    Subscript {
        value: Ptr<Expr>,
        slice: Ptr<Expr>,
        ctx: ExprContext,
    },
    Starred {
        value: Ptr<Expr>,
        ctx: ExprContext,
    },
    Name {
        id: Identifier,
        ctx: ExprContext,
    },
    List {
        elts: List<Expr>,
        ctx: ExprContext,
    },
    Tuple {
        elts: List<Expr>,
        ctx: ExprContext,
    },
    Slice {
        lower: Option<Ptr<Expr>>,
        upper: Option<Ptr<Expr>>,
        step: Option<Ptr<Expr>>,
    },
}

/// How a name, attribute, subscript or sequence is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExprContext {
    Load,
    Store,
    Del,
}

/// `and`, `or`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoolOp {
    And,
    Or,
}

/// Binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// Unary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// One `for … in … if …` of a comprehension.
#[derive(Clone, Debug)]
pub struct Comprehension {
    pub target: Expr,
    pub iter: Expr,
    pub ifs: List<Expr>,
    pub is_async: bool,
}

/// `except` or `except*` with its body.
#[derive(Clone, Debug)]
pub struct ExceptHandler {
    pub loc: Location,
    pub typ: Option<Ptr<Expr>>,
    pub name: Option<Identifier>,
    pub body: List<Stmt>,
}

/// The parameters of a function or lambda.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    pub posonlyargs: List<Arg>,
    pub args: List<Arg>,
    pub vararg: Option<Ptr<Arg>>,
    pub kwonlyargs: List<Arg>,
    /// As long as `kwonlyargs`; `None` for a required one.
    pub kw_defaults: List<Option<Expr>>,
    pub kwarg: Option<Ptr<Arg>>,
    /// The defaults of the last positional parameters.
    pub defaults: List<Expr>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Arg {
    pub loc: Location,
    pub arg: Identifier,
    pub annotation: Option<Ptr<Expr>>,
}

/// A keyword argument; `arg` is `None` for `**value`.
#[derive(Clone, Debug)]
pub struct Keyword {
    pub loc: Location,
    pub arg: Option<Identifier>,
    pub value: Expr,
}

/// An imported name, dotted in `import a.b`.
#[derive(Clone, Debug)]
pub struct Alias {
    pub loc: Location,
    pub name: Identifier,
    pub asname: Option<Identifier>,
}

/// One context manager of a `with`.
#[derive(Clone, Debug)]
pub struct WithItem {
    pub context_expr: Expr,
    pub optional_vars: Option<Ptr<Expr>>,
}

/// One `case`.
#[derive(Clone, Debug)]
pub struct MatchCase {
    pub pattern: Pattern,
    pub guard: Option<Ptr<Expr>>,
    pub body: List<Stmt>,
}

/// A pattern and where it stands.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub loc: Location,
    pub kind: PatternKind,
}

/// The patterns.
#[derive(Clone, Debug)]
pub enum PatternKind {
    MatchValue {
        value: Ptr<Expr>,
    },
    /// `None`, `True` or `False`.
    MatchSingleton {
        value: Const,
    },
    MatchSequence {
        patterns: List<Pattern>,
    },
    MatchMapping {
        keys: List<Expr>,
        patterns: List<Pattern>,
        rest: Option<Identifier>,
    },
    MatchClass {
        cls: Ptr<Expr>,
        patterns: List<Pattern>,
        kwd_attrs: List<Identifier>,
        kwd_patterns: List<Pattern>,
    },
    MatchStar {
        name: Option<Identifier>,
    },
    MatchAs {
        pattern: Option<Ptr<Pattern>>,
        name: Option<Identifier>,
    },
    MatchOr {
        patterns: List<Pattern>,
    },
}

/// A type parameter and where it stands.
#[derive(Clone, Debug)]
pub struct TypeParam {
    pub loc: Location,
    pub kind: TypeParamKind,
}

/// The type parameters.
#[derive(Clone, Debug)]
pub enum TypeParamKind {
    TypeVar { name: Identifier, bound: Option<Ptr<Expr>>, default_value: Option<Ptr<Expr>> },
    ParamSpec { name: Identifier, default_value: Option<Ptr<Expr>> },
    TypeVarTuple { name: Identifier, default_value: Option<Ptr<Expr>> },
}
