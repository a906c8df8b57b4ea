//! The constants of a unit and when two of them are the same one.
//!
//! `code::Const` is the plain value; this file adds CPython's `_PyCode_ConstantKey` notion of identity: type-sensitive, telling
//! `0.0` from `-0.0`, looking into tuples and frozensets, and comparing nested code objects by content.

use super::slots::{Slots, hash_of};
use crate::code::{CodeObject, Const};
use std::sync::Arc;

/// Whether two constants share one slot of `co_consts`. A NaN equals nothing, not even the same one.
fn same(a: &Const, b: &Const) -> bool {
    let same_float = |a: &f64, b: &f64| !a.is_nan() && a.to_bits() == b.to_bits();
    match (a, b) {
        (Const::None, Const::None) | (Const::Ellipsis, Const::Ellipsis) => true,
        (Const::Bool(a), Const::Bool(b)) => a == b,
        (Const::Int(a), Const::Int(b)) => a == b,
        (Const::Float(a), Const::Float(b)) => same_float(a, b),
        (Const::Complex(re1, im1), Const::Complex(re2, im2)) => same_float(re1, re2) && same_float(im1, im2),
        (Const::Str(a), Const::Str(b)) | (Const::Bytes(a), Const::Bytes(b)) => a == b,
        (Const::Tuple(a), Const::Tuple(b)) => a.len() == b.len() && a.iter().zip(&**b).all(|(a, b)| same(a, b)),
        // No two elements of one are the same.
        (Const::FrozenSet(a), Const::FrozenSet(b)) => a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| same(a, b))),
        (Const::Code(a), Const::Code(b)) => same_code(a, b),
        _ => false,
    }
}

/// Whether CPython's comparison of code objects says that they are equal.
fn same_code(first: &Arc<CodeObject>, second: &Arc<CodeObject>) -> bool {
    let (a, b) = (&**first, &**second);
    Arc::ptr_eq(first, second)
        || a.same_but_constants(b) && a.consts.len() == b.consts.len() && a.consts.iter().zip(&b.consts[..]).all(|(a, b)| same(a, b))
}

/// A hash that constants which are the same have in common. It looks at little of nested code, so that it is not walked again at every level.
fn hash(value: &Const) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    match value {
        Const::None => 1,
        Const::Ellipsis => 2,
        Const::Bool(b) => 3 + u64::from(*b),
        Const::Int(i) => i.word().map_or(4, i64::cast_unsigned).wrapping_mul(MIX).rotate_left(20),
        Const::Float(f) => f.to_bits().wrapping_mul(MIX).rotate_left(21),
        Const::Complex(re, im) => (re.to_bits() ^ im.to_bits().rotate_left(32)).wrapping_mul(MIX).rotate_left(22),
        Const::Str(text) => hash_of(text),
        Const::Bytes(bytes) => hash_of(bytes).wrapping_add(5),
        Const::Tuple(items) => items.iter().fold(6, |all, item| (all ^ hash(item)).wrapping_mul(MIX).rotate_left(23)),
        Const::FrozenSet(items) => items.iter().fold(7, |all, item| all.wrapping_add(hash(item))),
        Const::Code(code) => hash_of(code.name.as_bytes()) ^ u64::from(code.firstlineno).wrapping_mul(MIX),
    }
}

/// How many constants are searched one by one; only longer lists have an index.
const FEW: usize = 12;

/// An ordered table of distinct constants.
#[derive(Clone, Debug, Default)]
pub struct ConstTable {
    values: Vec<Const>,
    hashes: Vec<u64>,
    index: Slots,
}

impl ConstTable {
    /// The index of `value`, added if no equal constant is there yet.
    pub fn add(&mut self, value: Const) -> u32 {
        let hash = hash(&value);
        self.find(&value, hash).unwrap_or_else(|| self.push(value, hash))
    }

    /// The same; the value is copied only if it is added.
    pub fn add_copy(&mut self, value: &Const) -> u32 {
        let hash = hash(value);
        self.find(value, hash).unwrap_or_else(|| self.push(value.clone(), hash))
    }

    fn find(&self, value: &Const, hash: u64) -> Option<u32> {
        let count = self.values.len();
        let is = |at: usize| self.hashes[at] == hash && same(&self.values[at], value);
        let known = if count <= FEW { (0..count).find(|&at| is(at)) } else { self.index.find(hash, is) };
        known.map(|at| u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn push(&mut self, value: Const, hash: u64) -> u32 {
        let count = self.values.len();
        self.values.push(value);
        self.hashes.push(hash);
        let hashes = &self.hashes;
        if count > FEW {
            self.index.add(hash, count, |at| hashes[at]);
        } else if count == FEW {
            (0..=count).for_each(|at| self.index.add(hashes[at], at, |at| hashes[at]));
        }
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The constants in index order.
    #[must_use]
    pub fn values(&self) -> &[Const] {
        &self.values
    }

    /// Empties the table; gives the constants for which `kept` says so, in index order. There are `count` of them.
    pub(super) fn take(&mut self, count: usize, kept: impl Fn(usize) -> bool) -> Box<[Const]> {
        self.hashes.clear();
        self.index.clear();
        if count == self.values.len() {
            return self.values.drain(..).collect();
        }
        let mut values = Vec::with_capacity(count);
        values.extend(self.values.drain(..).enumerate().filter(|(at, _)| kept(*at)).map(|(_, value)| value));
        values.into()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_told_apart_by_type_and_sign() {
        let mut table = ConstTable::default();
        let text = |text: &str| Const::Str(text.as_bytes().into());
        let all = || {
            let mut all = vec![Const::None, Const::Ellipsis, Const::Bool(true), Const::Int(1.into()), Const::Float(1.0)];
            all.extend([Const::Int(0.into()), Const::Int((-1).into()), Const::Float(0.0), Const::Float(-0.0), Const::Complex(0.0, -0.0)]);
            all.extend([Const::Complex(0.0, 0.0), text(""), Const::Bytes([].into()), Const::Tuple([].into()), Const::FrozenSet([].into())]);
            all.extend([Const::Tuple([text("a"), text("b")].into()), Const::Tuple([text("b"), text("a")].into())]);
            all.extend((0..100).map(|n| text(&n.to_string())));
            all
        };
        for (index, value) in all().into_iter().enumerate() {
            assert_eq!(table.add(value), index as u32);
        }
        for (index, value) in all().into_iter().enumerate() {
            assert_eq!(table.add(value), index as u32);
        }
        let pair = |a: &str, b: &str| Const::FrozenSet([text(a), text(b)].into());
        assert_eq!(table.add(pair("a", "b")), table.add(pair("b", "a")));
        assert_ne!(table.add(Const::Float(f64::NAN)), table.add(Const::Float(f64::NAN)));
    }
}
