//! The constants of a unit and when two of them are the same one.
//!
//! `code::Const` is the plain value; this file adds CPython's `_PyCode_ConstantKey` notion of identity: type-sensitive, telling
//! `0.0` from `-0.0`, looking into tuples and frozensets, and comparing nested code objects by content.

use crate::code::{CodeObject, Const};
use num_bigint::BigInt;
use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The identity of a constant: equal keys share one slot of `co_consts`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ConstKey {
    /// `None`.
    None,
    /// A boolean.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An integer.
    Int(BigInt),
    /// A float's bits.
    Float(u64),
    /// A complex number's bits.
    Complex(u64, u64),
    /// A string.
    Str(Arc<[u8]>),
    /// A bytes object.
    Bytes(Arc<[u8]>),
    /// A tuple.
    Tuple(Vec<ConstKey>),
    /// A frozenset by its elements' keys, spelled out and in order.
    FrozenSet(BTreeSet<String>),
    /// A code object, by what CPython's comparison of code objects looks at.
    Code(CodeKey),
}

/// A code object, equal to another if CPython's comparison of code objects says so.
///
/// Hashing looks at little, so that deeply nested code is not walked again at every level.
#[derive(Clone, Debug)]
pub struct CodeKey(Arc<CodeObject>);

impl PartialEq for CodeKey {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (&*self.0, &*other.0);
        let counts = |c: &CodeObject| [c.argcount, c.posonlyargcount, c.kwonlyargcount, c.flags.0, c.firstlineno];
        Arc::ptr_eq(&self.0, &other.0)
            || a.name == b.name
                && counts(a) == counts(b)
                && a.fused.code == b.fused.code
                && a.fused.linetable == b.fused.linetable
                && a.fused.exceptiontable == b.fused.exceptiontable
                && a.names == b.names
                && a.localsplusnames == b.localsplusnames
                && a.localspluskinds == b.localspluskinds
                && a.consts.iter().map(ConstKey::of).eq(b.consts.iter().map(ConstKey::of))
    }
}

impl Eq for CodeKey {}

impl Hash for CodeKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
        self.0.firstlineno.hash(state);
        self.0.fused.code.hash(state);
    }
}

impl ConstKey {
    /// The key of `value`.
    #[must_use]
    pub fn of(value: &Const) -> Self {
        match value {
            Const::None => ConstKey::None,
            Const::Bool(b) => ConstKey::Bool(*b),
            Const::Ellipsis => ConstKey::Ellipsis,
            Const::Int(i) => ConstKey::Int(i.clone()),
            Const::Float(f) => ConstKey::Float(f.to_bits()),
            Const::Complex(re, im) => ConstKey::Complex(re.to_bits(), im.to_bits()),
            Const::Str(s) => ConstKey::Str(s.clone()),
            Const::Bytes(b) => ConstKey::Bytes(b.clone()),
            Const::Tuple(items) => ConstKey::Tuple(items.iter().map(ConstKey::of).collect()),
            Const::FrozenSet(items) => ConstKey::FrozenSet(items.iter().map(|item| format!("{:?}", ConstKey::of(item))).collect()),
            Const::Code(code) => ConstKey::Code(CodeKey(code.clone())),
        }
    }
}

fn has_nan(value: &Const) -> bool {
    match value {
        Const::Float(f) => f.is_nan(),
        Const::Complex(re, im) => re.is_nan() || im.is_nan(),
        Const::Tuple(items) | Const::FrozenSet(items) => items.iter().any(has_nan),
        _ => false,
    }
}

/// An ordered table of distinct constants.
#[derive(Clone, Debug, Default)]
pub struct ConstTable {
    values: Vec<Const>,
    index: HashMap<ConstKey, u32>,
}

impl ConstTable {
    /// The index of `value`, added if no equal constant is there yet.
    pub fn add(&mut self, value: Const) -> u32 {
        if has_nan(&value) {
            // A NaN equals nothing, not even the same one.
            self.values.push(value);
            return u32::try_from(self.values.len() - 1).unwrap_or(u32::MAX);
        }
        let key = ConstKey::of(&value);
        if let Some(&at) = self.index.get(&key) {
            return at;
        }
        let at = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value);
        self.index.insert(key, at);
        at
    }

    /// The constants in index order.
    #[must_use]
    pub fn values(&self) -> &[Const] {
        &self.values
    }

    /// The constants in index order, by value.
    #[must_use]
    pub fn into_values(self) -> Vec<Const> {
        self.values
    }

    /// The constant at `index`.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&Const> {
        self.values.get(index as usize)
    }

    /// How many constants there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}
