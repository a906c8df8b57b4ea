//! The second pass of the symbol table: from what each block does with its names to where each name lives.
//!
//! The first pass (`visit_stmt`, `visit_expr`) only collects facts; this one walks the blocks, hands the bindings of each down
//! to its children and takes their free variables back up, turning locals into cells and inlining comprehensions (PEP 709)
//! on the way.

use super::symbols::{NameSet as Names, Scope, Symbol, flag};
use super::{Block, BlockId, BlockKind, Outcome, SymbolTable, syntax_error};
use crate::compile::ast::Identifier;
use crate::compile::instr::Location;
use smallvec::SmallVec;
use std::rc::Rc;

/// Of each symbol, in the order of a block's symbols.
type Scopes = SmallVec<[Scope; 16]>;

/// What a block is told by, and tells to, the block around it. What it is told is shared with its siblings until it is changed.
struct Around<'a> {
    /// Names bound by enclosing functions; `None` at module level.
    bound: Option<Rc<Names>>,
    /// Free variables found so far.
    free: &'a mut Names,
    /// Names declared global by enclosing blocks.
    global: Rc<Names>,
    /// Names of enclosing type parameters.
    type_params: Rc<Names>,
    /// The class whose names this annotation scope sees.
    class: Option<BlockId>,
}

/// Removes a name from a shared set, which is copied only if the name is in it.
fn remove(names: &mut Rc<Names>, name: &Identifier) {
    if names.contains(name) {
        Rc::make_mut(names).remove(name);
    }
}

fn directive(block: &Block, name: &str) -> Location {
    block.directives.iter().find(|(n, _)| &**n == name).map_or(block.loc, |(_, loc)| *loc)
}

impl SymbolTable {
    /// Resolves every name of every block.
    pub(super) fn analyze(&mut self) -> Outcome {
        let none = Rc::new(Names::default());
        let around = Around { bound: None, free: &mut Names::default(), global: none.clone(), type_params: none, class: None };
        self.analyze_block(BlockId(0), around)
    }

    /// Decides the scope of one name from its flags.
    fn analyze_name(&self, id: BlockId, name: &Identifier, symbol: Symbol, around: &mut Around<'_>) -> Outcome<Scope> {
        let block = self.block(id);
        if symbol.any(flag::GLOBAL) {
            if symbol.any(flag::NONLOCAL) {
                return syntax_error(directive(block, name), format!("name '{name}' is nonlocal and global"));
            }
            Rc::make_mut(&mut around.global).insert(name);
            if let Some(bound) = &mut around.bound {
                remove(bound, name);
            }
            return Ok(Scope::GlobalExplicit);
        }
        if symbol.any(flag::NONLOCAL) {
            let Some(bound) = &around.bound else {
                return syntax_error(directive(block, name), "nonlocal declaration not allowed at module level");
            };
            if !bound.contains(name) {
                return syntax_error(directive(block, name), format!("no binding for nonlocal '{name}' found"));
            }
            if around.type_params.contains(name) {
                return syntax_error(directive(block, name), format!("nonlocal binding not allowed for type parameter '{name}'"));
            }
            around.free.insert(name);
            return Ok(Scope::Free);
        }
        if symbol.any(flag::BOUND) {
            remove(&mut around.global, name);
            if symbol.any(flag::TYPE_PARAM) {
                Rc::make_mut(&mut around.type_params).insert(name);
            } else {
                remove(&mut around.type_params, name);
            }
            return Ok(Scope::Local);
        }
        if let Some(class) = around.class {
            let in_class = self.block(class).symbol(name);
            if in_class.any(flag::GLOBAL) {
                return Ok(Scope::GlobalExplicit);
            }
            if in_class.any(flag::BOUND) && !in_class.any(flag::NONLOCAL) {
                return Ok(Scope::GlobalImplicit);
            }
        }
        if around.bound.as_ref().is_some_and(|bound| bound.contains(name)) {
            around.free.insert(name);
            return Ok(Scope::Free);
        }
        Ok(Scope::GlobalImplicit)
    }

    fn analyze_block(&mut self, id: BlockId, mut around: Around<'_>) -> Outcome {
        let kind = self.block(id).kind;
        let is_class = kind == BlockKind::Class;
        let function_like = self.block(id).is_function_like();
        let (mut new_free, mut inlined_cells) = (Names::default(), Names::default());
        // A class's own names are not visible in its methods, so what they see is settled before they are looked at.
        let before = is_class.then(|| (around.bound.clone(), around.global.clone()));
        let mut scopes = Scopes::new();
        for (name, symbol) in self.block(id).symbols.entries() {
            scopes.push(self.analyze_name(id, name, *symbol, &mut around)?);
        }
        if !self.block(id).children.is_empty() {
            let (bound, global) = before.unwrap_or_else(|| (around.bound.clone(), around.global.clone()));
            let mut bound = bound.unwrap_or_default();
            if is_class {
                Rc::make_mut(&mut bound).extend([&self.own.class, &self.own.classdict]);
            } else if function_like && scopes.contains(&Scope::Local) {
                let names = self.block(id).symbols.entries().iter().zip(&scopes).filter(|(_, scope)| **scope == Scope::Local);
                Rc::make_mut(&mut bound).extend(names.map(|((name, _), _)| name));
            }
            for at in 0..self.block(id).children.len() {
                let child = self.block(id).children[at];
                self.analyze_child(id, child, (&bound, &global), &around, (&mut scopes, &mut new_free, &mut inlined_cells))?;
            }
        }
        self.splice_inlined(id);

        if function_like {
            if !(new_free.is_empty() && inlined_cells.is_empty()) {
                for ((name, _), scope) in self.block(id).symbols.entries().iter().zip(&mut scopes) {
                    if *scope == Scope::Local && (new_free.contains(name) || inlined_cells.contains(name)) {
                        *scope = Scope::Cell;
                        new_free.remove(name);
                    }
                }
            }
        } else if is_class {
            let (class, classdict) = (new_free.remove(&self.own.class), new_free.remove(&self.own.classdict));
            let block = self.block_mut(id);
            block.needs_class_closure |= class;
            block.needs_classdict |= classdict;
        }
        let class_like = is_class || self.block(id).can_see_class_scope;
        self.update_symbols(id, &scopes, around.bound.as_deref(), &new_free, &inlined_cells, class_like);
        around.free.extend(new_free.iter());
        Ok(())
    }

    /// Analyses a block inside another one, and merges it into that if it is compiled in place.
    fn analyze_child(
        &mut self,
        id: BlockId,
        child: BlockId,
        (bound, global): (&Rc<Names>, &Rc<Names>),
        around: &Around<'_>,
        (scopes, new_free, inlined_cells): (&mut Scopes, &mut Names, &mut Names),
    ) -> Outcome {
        let is_class = self.block(id).kind == BlockKind::Class;
        let class = if !self.block(child).can_see_class_scope {
            None
        } else if is_class {
            Some(id)
        } else {
            around.class
        };
        let comprehension = self.block(child).comprehension.is_some() && !self.block(child).generator;
        let mut free = Names::default();
        self.analyze_block(
            child,
            Around { bound: Some(bound.clone()), free: &mut free, global: global.clone(), type_params: around.type_params.clone(), class },
        )?;
        if comprehension && !self.block(id).can_see_class_scope {
            self.inline_comprehension(id, child, scopes, &mut free, inlined_cells);
            self.block_mut(child).comp_inlined = true;
        }
        new_free.extend(free.iter());
        Ok(())
    }

    /// Puts the children of inlined comprehensions where the comprehensions stood.
    fn splice_inlined(&mut self, id: BlockId) {
        if !self.block(id).children.iter().any(|&child| self.block(child).comp_inlined) {
            return;
        }
        let children = std::mem::take(&mut self.block_mut(id).children);
        let mut spliced = SmallVec::new();
        for child in children {
            if self.block(child).comp_inlined {
                spliced.extend_from_slice(&self.block(child).children);
            } else {
                spliced.push(child);
            }
        }
        self.block_mut(id).children = spliced;
    }

    /// Merges the names of a comprehension that is compiled in place into the block around it.
    fn inline_comprehension(&mut self, id: BlockId, comp: BlockId, scopes: &mut Scopes, comp_free: &mut Names, inlined_cells: &mut Names) {
        let is_class = self.block(id).kind == BlockKind::Class;
        let mut remove_dunder_class = false;
        for (name, symbol) in self.block(comp).symbols.entries().to_vec() {
            if symbol.any(flag::PARAM) {
                continue;
            }
            let mut scope = symbol.scope();
            if scope == Scope::Cell || symbol.any(flag::COMP_CELL) {
                inlined_cells.insert(&name);
            }
            let existing = self.block(id).symbols.get(&name);
            // `__class__` is never free through a class scope.
            if scope == Scope::Free && is_class && &*name == "__class__" {
                scope = Scope::GlobalImplicit;
                comp_free.remove(&name);
                remove_dunder_class = true;
            }
            match existing {
                None => {
                    self.block_mut(id).symbols.set(&name, Symbol(symbol.flags()));
                    scopes.push(scope);
                }
                Some(existing) => {
                    let free_below = self.block(comp).children.iter().any(|&c| self.block(c).scope(&name) == Scope::Free);
                    if existing.any(flag::BOUND) && !free_below && !is_class {
                        comp_free.remove(&name);
                    }
                }
            }
        }
        if remove_dunder_class {
            let class = self.own.class.clone();
            self.block_mut(comp).symbols.remove(&class);
        }
    }

    /// Records scopes in the block's symbols and adds the free variables that only its children use.
    fn update_symbols(
        &mut self,
        id: BlockId,
        scopes: &[Scope],
        bound: Option<&Names>,
        free: &Names,
        inlined_cells: &Names,
        class_like: bool,
    ) {
        let symbols = &mut self.block_mut(id).symbols;
        symbols.update(|at, name, symbol| {
            let comp_cell = if !inlined_cells.is_empty() && inlined_cells.contains(name) { flag::COMP_CELL } else { 0 };
            Symbol::with_scope(symbol.flags() | comp_cell, scopes.get(at).copied().unwrap_or(Scope::Unknown))
        });
        // Symbols keep the order in which they are added.
        let mut sorted: Vec<&Identifier> = free.iter().collect();
        sorted.sort_unstable();
        for name in sorted {
            if let Some(known) = symbols.get(name) {
                if class_like {
                    symbols.set(name, Symbol(known.0 | flag::FREE_CLASS));
                }
            } else if bound.is_none_or(|bound| bound.contains(name)) {
                symbols.set(name, Symbol::with_scope(0, Scope::Free));
            }
        }
    }
}
