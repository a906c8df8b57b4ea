//! What is known about a name in a block: flag bits, the resolved scope, and the ordered map that holds them.
//!
//! `mod.rs` describes blocks; this file only the entries of their symbol maps. The order of the map is the order in which
//! names were first met, because inlined comprehensions save their locals in that order.

use crate::compile::ast::Identifier;
use crate::compile::slots::Slots;
use smallvec::SmallVec;

/// Flag bits of a symbol, with CPython's values.
pub(crate) mod flag {
    /// A `global` statement names it.
    pub(crate) const GLOBAL: u32 = 1;
    /// Assigned in the block.
    pub(crate) const LOCAL: u32 = 1 << 1;
    /// A parameter.
    pub(crate) const PARAM: u32 = 1 << 2;
    /// A `nonlocal` statement names it.
    pub(crate) const NONLOCAL: u32 = 1 << 3;
    /// Read in the block.
    pub(crate) const USE: u32 = 1 << 4;
    /// Free in a method of this class, whatever the class itself does with the name.
    pub(crate) const FREE_CLASS: u32 = 1 << 6;
    /// Bound by an import.
    pub(crate) const IMPORT: u32 = 1 << 7;
    /// Annotated.
    pub(crate) const ANNOT: u32 = 1 << 8;
    /// An iteration variable of a comprehension.
    pub(crate) const COMP_ITER: u32 = 1 << 9;
    /// A type parameter.
    pub(crate) const TYPE_PARAM: u32 = 1 << 10;
    /// A cell of an inlined comprehension.
    pub(crate) const COMP_CELL: u32 = 1 << 11;
    /// Any binding.
    pub(crate) const BOUND: u32 = LOCAL | PARAM | IMPORT;
    /// Where the resolved scope starts.
    pub(crate) const SCOPE_OFFSET: u32 = 12;
}

/// Where a name lives, once resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Not a symbol of the block.
    Unknown,
    /// A local variable.
    Local,
    /// Declared global.
    GlobalExplicit,
    /// Global for want of a binding.
    GlobalImplicit,
    /// Bound in an enclosing block.
    Free,
    /// Bound here and used in an enclosed block.
    Cell,
}

/// The flags of one name together with its resolved scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Symbol(pub(crate) u32);

impl Symbol {
    /// Whether any bit of `mask` is set.
    pub(crate) fn any(self, mask: u32) -> bool {
        self.0 & mask != 0
    }

    /// The flags without the scope.
    pub(crate) fn flags(self) -> u32 {
        self.0 & ((1 << flag::SCOPE_OFFSET) - 1)
    }

    /// The resolved scope.
    pub(crate) fn scope(self) -> Scope {
        match self.0 >> flag::SCOPE_OFFSET {
            1 => Scope::Local,
            2 => Scope::GlobalExplicit,
            3 => Scope::GlobalImplicit,
            4 => Scope::Free,
            5 => Scope::Cell,
            _ => Scope::Unknown,
        }
    }

    /// The same flags with a scope.
    pub(crate) fn with_scope(flags: u32, scope: Scope) -> Self {
        let bits = match scope {
            Scope::Unknown => 0,
            Scope::Local => 1,
            Scope::GlobalExplicit => 2,
            Scope::GlobalImplicit => 3,
            Scope::Free => 4,
            Scope::Cell => 5,
        };
        Symbol(flags | bits << flag::SCOPE_OFFSET)
    }
}

/// How many names are searched one by one; only longer lists have an index.
const FEW: usize = 8;

/// An insertion-ordered map from names. Most hold a handful. Names remember where maps of a `SORT` have them.
#[derive(Clone, Debug)]
pub(crate) struct NameMap<V, const SORT: usize = 0> {
    entries: SmallVec<[(Identifier, V); FEW]>,
    index: Slots,
    /// A bit for each hash that was ever added: tells most names that are not there.
    seen: u64,
}

/// The bit of a name in `seen`.
#[inline]
fn bit(name: &Identifier) -> u64 {
    1 << (name.hash() & 63)
}

impl<V, const SORT: usize> Default for NameMap<V, SORT> {
    fn default() -> Self {
        NameMap { entries: SmallVec::new(), index: Slots::default(), seen: 0 }
    }
}

impl<V: Copy, const SORT: usize> NameMap<V, SORT> {
    /// The place of `name` in the order.
    #[inline]
    pub(crate) fn position(&self, name: &Identifier) -> Option<usize> {
        let hint = name.hint(SORT);
        if self.entries.get(hint).is_some_and(|(known, _)| known.is(name)) {
            return Some(hint);
        }
        if self.seen & bit(name) == 0 { None } else { self.search(name) }
    }

    fn search(&self, name: &Identifier) -> Option<usize> {
        let found = self.look_through(name);
        if let Some(at) = found {
            name.set_hint(SORT, at);
        }
        found
    }

    fn look_through(&self, name: &Identifier) -> Option<usize> {
        if self.entries.len() > FEW {
            return self.index.find(name.hash(), |at| self.entries[at].0 == *name);
        }
        // Mostly there is one copy of a name.
        let known = self.entries.iter().position(|(known, _)| known.is(name));
        known.or_else(|| self.entries.iter().position(|(known, _)| known == name))
    }

    /// The value of `name`.
    pub(crate) fn get(&self, name: &Identifier) -> Option<V> {
        self.position(name).map(|at| self.entries[at].1)
    }

    /// Sets the value of `name`, which keeps its place if it has one.
    pub(crate) fn set(&mut self, name: &Identifier, value: V) {
        match self.position(name) {
            Some(at) => self.entries[at].1 = value,
            None => self.push(name.clone(), value),
        }
    }

    /// Sets the value at a place of the order.
    pub(crate) fn set_at(&mut self, at: usize, value: V) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.1 = value;
        }
    }

    /// Gives a name a new value, made of the one that it has or of none.
    #[inline]
    pub(crate) fn update_one(&mut self, name: &Identifier, value: impl FnOnce(V) -> V)
    where
        V: Default,
    {
        match self.position(name) {
            Some(at) => self.entries[at].1 = value(self.entries[at].1),
            None => self.push(name.clone(), value(V::default())),
        }
    }

    /// Adds a name that is not there yet.
    pub(crate) fn push(&mut self, name: Identifier, value: V) {
        let at = self.entries.len();
        name.set_hint(SORT, at);
        self.seen |= bit(&name);
        self.entries.push((name, value));
        if at > FEW {
            let entries = &self.entries;
            let hash = |at: usize| entries[at].0.hash();
            self.index.add(hash(at), at, hash);
        } else if at == FEW {
            self.build_index();
        }
    }

    fn build_index(&mut self) {
        let entries = &self.entries;
        let hash = |at: usize| entries[at].0.hash();
        self.index.clear();
        (0..entries.len()).for_each(|at| self.index.add(hash(at), at, hash));
    }

    /// Forgets `name`; whether it was there.
    pub(crate) fn remove(&mut self, name: &Identifier) -> bool {
        let Some(at) = self.position(name) else { return false };
        self.entries.remove(at);
        if self.entries.len() > FEW {
            self.build_index();
        }
        true
    }

    /// Gives every name a new value; the function is told its place.
    pub(crate) fn update(&mut self, value: impl Fn(usize, &Identifier, V) -> V) {
        for (at, (name, old)) in self.entries.iter_mut().enumerate() {
            *old = value(at, name, *old);
        }
    }

    /// The entries in order.
    pub(crate) fn entries(&self) -> &[(Identifier, V)] {
        &self.entries
    }

    /// Forgets all names.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.index.clear();
        self.seen = 0;
    }

    /// The names in order.
    pub(crate) fn names(&self) -> impl ExactSizeIterator<Item = &Identifier> {
        self.entries.iter().map(|(name, _)| name)
    }
}

/// A set of names. Most hold a handful.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameSet(NameMap<(), 2>);

impl NameSet {
    /// Whether a name is in it.
    #[inline]
    pub(crate) fn contains(&self, name: &Identifier) -> bool {
        self.0.position(name).is_some()
    }

    /// Adds a name.
    pub(crate) fn insert(&mut self, name: &Identifier) {
        self.0.set(name, ());
    }

    /// Takes a name out; whether it was in it.
    pub(crate) fn remove(&mut self, name: &Identifier) -> bool {
        self.0.remove(name)
    }

    /// Whether there are no names.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.entries().is_empty()
    }

    /// The names, in the order in which they were added.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Identifier> {
        self.0.names()
    }
}

impl<'n> Extend<&'n Identifier> for NameSet {
    fn extend<I: IntoIterator<Item = &'n Identifier>>(&mut self, names: I) {
        names.into_iter().for_each(|name| self.insert(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_maps_behave_alike() {
        let name = |i: usize| -> Identifier { format!("n{i}").into() };
        let mut map = NameMap::<usize>::default();
        for i in 0..20 {
            assert_eq!(map.position(&name(i)), None);
            map.set(&name(i), i);
            map.set(&name(i / 2), i);
            assert_eq!((map.position(&name(i)), map.get(&name(i / 2))), (Some(i), Some(i)));
        }
        for i in (0..20).step_by(2) {
            assert!(map.remove(&name(i)) && !map.remove(&name(i)));
            assert_eq!((map.get(&name(i)), map.position(&name(19))), (None, Some(18 - i / 2)));
        }
        let mut set = NameSet::default();
        set.extend([name(1), name(2), name(1)].iter());
        assert!(set.contains(&name(2)) && set.remove(&name(2)) && !set.contains(&name(2)) && !set.is_empty() && set.iter().count() == 1);
        map.update(|_, _, value| value + 1);
        assert_eq!(map.get(&name(19)), Some(20));
        assert!(map.names().eq(map.entries().iter().map(|(name, _)| name)) && map.names().len() == 10);
    }
}
