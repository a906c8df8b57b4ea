//! The second pass of the symbol table: from what each block does with its names to where each name lives.
//!
//! The first pass (`visit_stmt`, `visit_expr`) only collects facts; this one walks the blocks, hands the bindings of each down
//! to its children and takes their free variables back up, turning locals into cells and inlining comprehensions (PEP 709)
//! on the way.

use super::symbols::{NameMap, Scope, Symbol, flag};
use super::{Block, BlockId, BlockKind, Outcome, SymbolTable, syntax_error};
use crate::compile::ast::Identifier;
use crate::compile::instr::Location;
use std::collections::BTreeSet;

type Names = BTreeSet<Identifier>;

/// What a block is told by, and tells to, the block around it.
struct Around<'a> {
    /// Names bound by enclosing functions; `None` at module level.
    bound: Option<&'a mut Names>,
    /// Free variables found so far.
    free: &'a mut Names,
    /// Names declared global by enclosing blocks.
    global: &'a mut Names,
    /// Names of enclosing type parameters.
    type_params: &'a mut Names,
    /// The class whose names this annotation scope sees.
    class: Option<BlockId>,
}

fn directive(block: &Block, name: &str) -> Location {
    block.directives.iter().find(|(n, _)| &**n == name).map_or(block.loc, |(_, loc)| *loc)
}

impl SymbolTable {
    /// Resolves every name of every block.
    pub(super) fn analyze(&mut self) -> Outcome {
        let (mut free, mut global, mut type_params) = (Names::new(), Names::new(), Names::new());
        self.analyze_block(
            BlockId(0),
            Around { bound: None, free: &mut free, global: &mut global, type_params: &mut type_params, class: None },
        )
    }

    /// Decides the scope of one name from its flags.
    fn analyze_name(&self, id: BlockId, name: &Identifier, symbol: Symbol, local: &mut Names, around: &mut Around<'_>) -> Outcome<Scope> {
        let block = self.block(id);
        if symbol.any(flag::GLOBAL) {
            if symbol.any(flag::NONLOCAL) {
                return syntax_error(directive(block, name), format!("name '{name}' is nonlocal and global"));
            }
            around.global.insert(name.clone());
            if let Some(bound) = &mut around.bound {
                bound.remove(name);
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
            around.free.insert(name.clone());
            return Ok(Scope::Free);
        }
        if symbol.any(flag::BOUND) {
            local.insert(name.clone());
            around.global.remove(name);
            if symbol.any(flag::TYPE_PARAM) {
                around.type_params.insert(name.clone());
            } else {
                around.type_params.remove(name);
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
            around.free.insert(name.clone());
            return Ok(Scope::Free);
        }
        Ok(Scope::GlobalImplicit)
    }

    fn analyze_block(&mut self, id: BlockId, mut around: Around<'_>) -> Outcome {
        let kind = self.block(id).kind;
        let is_class = kind == BlockKind::Class;
        let function_like = self.block(id).is_function_like();
        let mut local = Names::new();
        let mut scopes: NameMap<Scope> = NameMap::default();
        let (mut new_bound, mut new_global, mut new_free) = (Names::new(), Names::new(), Names::new());
        let mut inlined_cells = Names::new();
        // A class's own names are not visible in its methods, so what they see is settled before they are looked at.
        if is_class {
            new_global.extend(around.global.iter().cloned());
            new_bound.extend(around.bound.iter().flat_map(|b| b.iter().cloned()));
        }
        for (name, symbol) in self.block(id).symbols.entries() {
            let scope = self.analyze_name(id, name, *symbol, &mut local, &mut around)?;
            scopes.push(name.clone(), scope);
        }
        if is_class {
            new_bound.insert("__class__".into());
            new_bound.insert("__classdict__".into());
        } else {
            if function_like {
                new_bound.extend(local.iter().cloned());
            }
            new_bound.extend(around.bound.iter().flat_map(|b| b.iter().cloned()));
            new_global.extend(around.global.iter().cloned());
        }

        let sees_class = self.block(id).can_see_class_scope;
        for child in self.block(id).children.clone() {
            let class = if !self.block(child).can_see_class_scope {
                None
            } else if is_class {
                Some(id)
            } else {
                around.class
            };
            let comprehension = self.block(child).comprehension.is_some() && !self.block(child).generator;
            let mut bound = new_bound.clone();
            let mut child_free = new_free.clone();
            let mut global = new_global.clone();
            let mut type_params = around.type_params.clone();
            self.analyze_block(
                child,
                Around { bound: Some(&mut bound), free: &mut child_free, global: &mut global, type_params: &mut type_params, class },
            )?;
            if comprehension && !sees_class {
                self.inline_comprehension(id, child, &mut scopes, &mut child_free, &mut inlined_cells);
                self.block_mut(child).comp_inlined = true;
            }
            new_free.extend(child_free);
        }
        self.splice_inlined(id);

        if function_like {
            for (name, scope) in scopes.entries().to_vec() {
                if scope == Scope::Local && (new_free.contains(&name) || inlined_cells.contains(&name)) {
                    scopes.set(&name, Scope::Cell);
                    new_free.remove(&name);
                }
            }
        } else if is_class {
            let block = self.block_mut(id);
            block.needs_class_closure |= new_free.remove("__class__");
            block.needs_classdict |= new_free.remove("__classdict__");
        }
        self.update_symbols(id, &scopes, around.bound.as_deref(), &new_free, &inlined_cells, is_class || sees_class);
        around.free.extend(new_free);
        Ok(())
    }

    /// Puts the children of inlined comprehensions where the comprehensions stood.
    fn splice_inlined(&mut self, id: BlockId) {
        let children = std::mem::take(&mut self.block_mut(id).children);
        let mut spliced = Vec::with_capacity(children.len());
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
    fn inline_comprehension(
        &mut self,
        id: BlockId,
        comp: BlockId,
        scopes: &mut NameMap<Scope>,
        comp_free: &mut Names,
        inlined_cells: &mut Names,
    ) {
        let is_class = self.block(id).kind == BlockKind::Class;
        let mut remove_dunder_class = false;
        for (name, symbol) in self.block(comp).symbols.entries().to_vec() {
            if symbol.any(flag::PARAM) {
                continue;
            }
            let mut scope = symbol.scope();
            if scope == Scope::Cell || symbol.any(flag::COMP_CELL) {
                inlined_cells.insert(name.clone());
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
                    scopes.set(&name, scope);
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
            self.block_mut(comp).symbols.remove("__class__");
        }
    }

    /// Records scopes in the block's symbols and adds the free variables that only its children use.
    fn update_symbols(
        &mut self,
        id: BlockId,
        scopes: &NameMap<Scope>,
        bound: Option<&Names>,
        free: &Names,
        inlined_cells: &Names,
        class_like: bool,
    ) {
        let symbols = &mut self.block_mut(id).symbols;
        symbols.update(|name, symbol| {
            let comp_cell = if inlined_cells.contains(name) { flag::COMP_CELL } else { 0 };
            Symbol::with_scope(symbol.flags() | comp_cell, scopes.get(name).unwrap_or(Scope::Unknown))
        });
        for name in free {
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
