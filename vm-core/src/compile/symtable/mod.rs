//! The symbol table: which block of the program each name belongs to, decided before any code is generated.
//!
//! Mirrors CPython's `symtable.c`: a first pass over the tree (`visit_stmt`, `visit_expr`) notes what each block does with each
//! name, a second (`analyze`) resolves scopes from the outside in and free variables from the inside out. Code generation
//! then only asks. It raises the syntax errors that concern names.

mod analyze;
pub(crate) mod symbols;
mod visit_expr;
mod visit_stmt;

use super::ast::{Expr, Identifier, Mod, Stmt, TypeParam};
use super::instr::Location;
use super::names::Names;
use super::unit::CompileError;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
pub(crate) use symbols::{NameMap, Scope, Symbol, flag};

/// How deeply the compiler follows nested nodes before it raises `RecursionError`, as CPython does.
pub(crate) const RECURSION_LIMIT: u32 = 10_000;

/// What the passes return.
pub(crate) type Outcome<T = ()> = Result<T, CompileError>;

/// How many blocks small programs have.
const BLOCKS: usize = 32;

/// The index of a block in its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct BlockId(u32);

/// Which node a block was made for. Nodes are told apart by where they stand in memory, which is stable since the tree is
/// not changed any more once the table is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// The whole program.
    Module,
    /// A function, class or type alias.
    Stmt(usize),
    /// A lambda or comprehension.
    Expr(usize),
    /// The parameters of a generic function, class or alias.
    TypeParams(usize),
    /// The bound of a type variable, or the default of another type parameter.
    TypeParam(usize),
    /// The default of a type variable.
    TypeVarDefault(usize),
    /// Annotations that are never evaluated.
    Annotation,
}

impl Key {
    /// The key of a statement.
    pub(crate) fn stmt(node: &Stmt) -> Self {
        Key::Stmt(std::ptr::from_ref(node) as usize)
    }

    /// The key of an expression.
    pub(crate) fn expr(node: &Expr) -> Self {
        Key::Expr(std::ptr::from_ref(node) as usize)
    }

    /// The key of a list of type parameters.
    pub(crate) fn type_params(params: &[TypeParam]) -> Self {
        Key::TypeParams(params.as_ptr() as usize)
    }

    /// The key of a type parameter's bound, or default if it has no bound.
    pub(crate) fn type_param(param: &TypeParam) -> Self {
        Key::TypeParam(std::ptr::from_ref(param) as usize)
    }

    /// The key of a type variable's default.
    pub(crate) fn type_var_default(param: &TypeParam) -> Self {
        Key::TypeVarDefault(std::ptr::from_ref(param) as usize)
    }
}

/// The kinds of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// `def`, `lambda` or a comprehension.
    Function,
    /// A class body.
    Class,
    /// The program.
    Module,
    /// Annotations under `from __future__ import annotations`.
    Annotation,
    /// A bound or default of a type parameter.
    TypeVariable,
    /// The value of a `type` statement.
    TypeAlias,
    /// The type parameters of a generic definition.
    TypeParameters,
}

/// The kinds of comprehensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComprehensionKind {
    /// `[…]`
    List,
    /// `{k: v …}`
    Dict,
    /// `{…}`
    Set,
    /// `(…)`
    Generator,
}

/// One block and its names.
#[derive(Debug)]
pub(crate) struct Block {
    name: Identifier,
    pub(crate) kind: BlockKind,
    pub(crate) symbols: NameMap<Symbol>,
    /// Parameters in slot order.
    pub(crate) varnames: SmallVec<[Identifier; 4]>,
    pub(crate) children: SmallVec<[BlockId; 4]>,
    directives: Vec<(Identifier, Location)>,
    /// In a generic class's type-parameter block and below: the only names that are mangled.
    mangled_names: Option<Rc<RefCell<HashSet<Identifier>>>>,
    scope_info: Option<&'static str>,
    pub(crate) nested: bool,
    pub(crate) generator: bool,
    pub(crate) coroutine: bool,
    pub(crate) comprehension: Option<ComprehensionKind>,
    pub(crate) varargs: bool,
    pub(crate) varkeywords: bool,
    pub(crate) needs_class_closure: bool,
    pub(crate) needs_classdict: bool,
    pub(crate) comp_inlined: bool,
    comp_iter_target: bool,
    comp_iter_expr: u32,
    pub(crate) can_see_class_scope: bool,
    loc: Location,
}

impl Block {
    /// Whether locals of the block live in fast slots.
    pub(crate) fn is_function_like(&self) -> bool {
        matches!(self.kind, BlockKind::Function | BlockKind::TypeVariable | BlockKind::TypeAlias | BlockKind::TypeParameters)
    }

    /// What is known about a (mangled) name.
    pub(crate) fn symbol(&self, name: &Identifier) -> Symbol {
        self.symbols.get(name).unwrap_or_default()
    }

    /// Where a (mangled) name lives.
    pub(crate) fn scope(&self, name: &Identifier) -> Scope {
        self.symbol(name).scope()
    }

    /// `name` as it is known inside the class `private`, unless this block exempts it.
    #[inline]
    pub(crate) fn maybe_mangle<'n>(&self, private: Option<&str>, name: &'n Identifier) -> Cow<'n, Identifier> {
        if !name.is_private() {
            return Cow::Borrowed(name);
        }
        match &self.mangled_names {
            Some(names) if !names.borrow().contains(name) => Cow::Borrowed(name),
            _ => mangle(private, name),
        }
    }
}

/// `_Class__name` for a private name inside a class, anything else unchanged.
pub(crate) fn mangle<'n>(private: Option<&str>, name: &'n Identifier) -> Cow<'n, Identifier> {
    let Some(private) = private.filter(|_| name.is_private()) else { return Cow::Borrowed(name) };
    let class = private.trim_start_matches('_');
    if class.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("_{class}{name}").into()) }
}

/// What programs see of a block, with the numbers of CPython's `_symtable`.
#[derive(Clone, Debug)]
pub struct NamedBlock {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: u8,
    /// Its first line.
    pub line: i32,
    /// Whether it lies in a function.
    pub nested: bool,
    /// Names and what is known of them.
    pub symbols: Vec<(String, u32)>,
    /// Parameters.
    pub varnames: Vec<String>,
    /// The blocks in it.
    pub children: Vec<NamedBlock>,
}

/// All blocks of a program.
#[derive(Debug)]
pub(crate) struct SymbolTable {
    blocks: Vec<Block>,
    by_key: HashMap<Key, BlockId>,
    /// Names that the compiler uses by itself.
    pub(crate) own: OwnNames,
}

/// Names that methods find the class under which they were defined by, and its names.
#[derive(Clone, Debug)]
pub(crate) struct OwnNames {
    /// `__class__`
    pub(crate) class: Identifier,
    /// `__classdict__`
    pub(crate) classdict: Identifier,
}

impl SymbolTable {
    /// Builds the table of a whole program.
    pub(crate) fn build(program: &Mod, future_annotations: bool) -> Outcome<SymbolTable> {
        let mut names = Names::default();
        let own = OwnNames { class: names.intern("__class__"), classdict: names.intern("__classdict__") };
        let mut builder = Builder {
            table: SymbolTable { blocks: Vec::with_capacity(BLOCKS), by_key: HashMap::default(), own },
            names,
            stack: Vec::new(),
            private: None,
            future_annotations,
            depth: 0,
        };
        builder.enter_named("top", BlockKind::Module, Key::Module, Location { line: 0, end_line: 0, col: 0, end_col: 0 });
        match program {
            Mod::Module { body } | Mod::Interactive { body } => builder.visit_body(body)?,
            Mod::Expression { body } => builder.visit_expr(body)?,
        }
        builder.exit();
        builder.table.analyze()?;
        Ok(builder.table)
    }

    /// What programs may see of a block and those in it.
    pub(crate) fn scope_of(&self, id: BlockId) -> NamedBlock {
        let block = self.block(id);
        NamedBlock {
            name: block.name.to_string(),
            kind: match block.kind {
                BlockKind::Function => 0,
                BlockKind::Class => 1,
                BlockKind::Module => 2,
                BlockKind::Annotation => 3,
                BlockKind::TypeAlias => 4,
                BlockKind::TypeParameters => 5,
                BlockKind::TypeVariable => 6,
            },
            line: block.loc.line,
            nested: block.nested,
            symbols: block.symbols.entries().iter().map(|(name, symbol)| (name.to_string(), symbol.0)).collect(),
            varnames: block.varnames.iter().map(ToString::to_string).collect(),
            children: block.children.iter().map(|&child| self.scope_of(child)).collect(),
        }
    }

    /// The outermost block.
    pub(crate) fn top_id(&self) -> BlockId {
        BlockId(0)
    }

    /// The block of a node.
    pub(crate) fn lookup(&self, key: Key) -> Outcome<BlockId> {
        self.by_key.get(&key).copied().ok_or_else(|| CompileError::Internal("unknown symbol table entry".to_owned()))
    }

    /// The outermost block.
    pub(crate) fn top(&self) -> &Block {
        &self.blocks[0]
    }

    /// A block.
    pub(crate) fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// A block, to be changed.
    pub(crate) fn block_mut(&mut self, id: BlockId) -> &mut Block {
        &mut self.blocks[id.0 as usize]
    }
}

/// The state of the first pass.
struct Builder {
    table: SymbolTable,
    /// Names that do not stand in the program as they are.
    names: Names,
    stack: Vec<BlockId>,
    private: Option<Identifier>,
    future_annotations: bool,
    depth: u32,
}

/// A syntax error at a location.
pub(crate) fn syntax_error<T>(loc: Location, message: impl Into<String>) -> Outcome<T> {
    Err(CompileError::Syntax { loc, message: message.into() })
}

/// The error of a program that is nested too deeply.
pub(crate) fn recursion_error<T>() -> Outcome<T> {
    Err(CompileError::Limit { exception: "RecursionError", message: "maximum recursion depth exceeded during compilation".to_owned() })
}

impl Builder {
    fn cur(&self) -> &Block {
        // The module's block is on the stack from first to last.
        self.table.block(self.cur_id())
    }

    fn cur_id(&self) -> BlockId {
        self.stack.last().copied().unwrap_or(BlockId(0))
    }

    fn cur_mut(&mut self) -> &mut Block {
        let id = self.cur_id();
        self.table.block_mut(id)
    }

    fn deeper(&mut self) -> Outcome {
        self.depth += 1;
        if self.depth > RECURSION_LIMIT { recursion_error() } else { Ok(()) }
    }

    fn enter_named(&mut self, name: &str, kind: BlockKind, key: Key, loc: Location) {
        let name = self.names.intern(name);
        self.enter(&name, kind, key, loc);
    }

    fn enter(&mut self, name: &Identifier, kind: BlockKind, key: Key, loc: Location) {
        let id = BlockId(u32::try_from(self.table.blocks.len()).unwrap_or(u32::MAX));
        let prev = self.stack.last().map(|&id| self.table.block(id));
        let block = Block {
            name: name.clone(),
            kind,
            symbols: NameMap::default(),
            varnames: SmallVec::new(),
            children: SmallVec::new(),
            directives: Vec::new(),
            mangled_names: prev.filter(|_| kind != BlockKind::Class).and_then(|p| p.mangled_names.clone()),
            scope_info: None,
            nested: prev.is_some_and(|p| p.nested || p.is_function_like()),
            generator: false,
            coroutine: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            needs_class_closure: false,
            needs_classdict: false,
            comp_inlined: false,
            comp_iter_target: false,
            comp_iter_expr: prev.map_or(0, |p| p.comp_iter_expr),
            can_see_class_scope: false,
            loc,
        };
        self.table.blocks.push(block);
        self.table.by_key.insert(key, id);
        if kind != BlockKind::Annotation
            && let Some(&prev) = self.stack.last()
        {
            self.table.block_mut(prev).children.push(id);
        }
        self.stack.push(id);
    }

    fn exit(&mut self) {
        self.stack.pop();
    }

    fn mangle<'n>(&self, name: &'n Identifier) -> Cow<'n, Identifier> {
        self.cur().maybe_mangle(self.private.as_deref(), name)
    }

    fn lookup_in(&self, id: BlockId, name: &Identifier) -> Symbol {
        let block = self.table.block(id);
        block.symbol(&block.maybe_mangle(self.private.as_deref(), name))
    }

    fn lookup(&self, name: &Identifier) -> Symbol {
        self.lookup_in(self.cur_id(), name)
    }

    fn add_def(&mut self, name: &Identifier, flags: u32, loc: Location) -> Outcome {
        const PLAIN: u32 = flag::USE | flag::LOCAL;
        if flags & !PLAIN == 0 && !name.is_private() {
            // Nothing can be wrong with it, but in the target of a comprehension.
            let block = self.cur_mut();
            if !block.comp_iter_target {
                block.symbols.update_one(name, |known| Symbol(known.0 | flags));
                return Ok(());
            }
        }
        if flags & flag::TYPE_PARAM != 0
            && let Some(names) = &self.cur().mangled_names
        {
            names.borrow_mut().insert(name.clone());
        }
        self.add_def_in(self.cur_id(), name, flags, loc)
    }

    fn add_str(&mut self, name: &str, flags: u32, loc: Location) -> Outcome {
        let name = self.names.intern(name);
        self.add_def(&name, flags, loc)
    }

    fn add_def_in(&mut self, id: BlockId, name: &Identifier, flags: u32, loc: Location) -> Outcome {
        let mangled = self.mangle(name);
        let block = self.table.block_mut(id);
        let at = block.symbols.position(&mangled);
        let known = at.and_then(|at| block.symbols.entries().get(at)).map_or_else(Symbol::default, |entry| entry.1);
        if flags & flag::PARAM != 0 && known.any(flag::PARAM) {
            return syntax_error(loc, format!("duplicate argument '{name}' in function definition"));
        }
        if flags & flag::TYPE_PARAM != 0 && known.any(flag::TYPE_PARAM) {
            return syntax_error(loc, format!("duplicate type parameter '{name}'"));
        }
        let mut value = known.0 | flags;
        if block.comp_iter_target {
            if value & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                return syntax_error(loc, format!("comprehension inner loop cannot rebind assignment expression target '{name}'"));
            }
            value |= flag::COMP_ITER;
        }
        match at {
            Some(at) => block.symbols.set_at(at, Symbol(value)),
            None => block.symbols.push(mangled.clone().into_owned(), Symbol(value)),
        }
        if flags & flag::PARAM != 0 {
            block.varnames.push(mangled.into_owned());
        } else if flags & flag::GLOBAL != 0 {
            let top = self.table.block_mut(BlockId(0));
            let value = top.symbol(&mangled).0 | flags;
            top.symbols.set(&mangled, Symbol(value));
        }
        Ok(())
    }

    fn record_directive(&mut self, name: &Identifier, loc: Location) {
        let mangled = self.mangle(name).into_owned();
        self.cur_mut().directives.push((mangled, loc));
    }
}
