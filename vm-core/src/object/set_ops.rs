//! Set algebra: union, intersection, difference and relations of a set with any iterable, in CPython's order of steps, since the order
//! in which keys are added and deleted decides how the result is walked.

use super::dict::Dict;
use super::header::Gc;
use super::list::List;
use super::set::Set;
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};

/// The dict, if the value is one and of no subclass.
fn plain_dict(m: &Machine, v: Value) -> Option<Gc<Dict>> {
    if m.type_of(v) == m.types.dict { v.downcast() } else { None }
}

/// The list, if the value is one and of no subclass.
fn plain_list(m: &Machine, v: Value) -> Option<Gc<List>> {
    if m.type_of(v) == m.types.list { v.downcast() } else { None }
}

/// The tuple, if the value is one and of no subclass.
fn plain_tuple(m: &Machine, v: Value) -> Option<Gc<Tuple>> {
    // SAFETY: instances of the type have that payload.
    unsafe { v.exactly(m.types.tuple) }
}

/// `set` or `frozenset`, whichever the class derives from: the class of results.
fn base_class(m: &Machine, set: Gc<Set>) -> Gc<Type> {
    let class = m.type_of(set.value());
    if class == m.types.set || class.is_subtype_of(m.types.set) { m.types.set } else { m.types.frozenset }
}

/// An empty set of the class that results have.
fn new_like(m: &mut Machine, set: Gc<Set>) -> Gc<Set> {
    let class = base_class(m, set);
    m.new_set_of(class)
}

impl Gc<Set> {
    /// A copy, of class `set` or `frozenset`.
    pub fn copy(self, m: &mut Machine) -> R<Gc<Set>> {
        let copy = new_like(m, self);
        copy.merge(m, self)?;
        Ok(copy)
    }

    /// The keys of both, in a set of class `set` or `frozenset`.
    pub fn union(self, m: &mut Machine, other: Value) -> R<Gc<Set>> {
        if let Some(other) = other.downcast::<Set>()
            && self != other
            && !self.is_empty()
        {
            let result = new_like(m, self);
            result.fill_from(m, self, other.len());
            result.merge(m, other)?;
            return Ok(result);
        }
        let result = self.copy(m)?;
        if !self.value().is(other) {
            result.update(m, other)?;
        }
        Ok(result)
    }

    /// Adds all items of an iterable.
    pub fn update(self, m: &mut Machine, items: Value) -> R<()> {
        if let Some(other) = items.downcast::<Set>() {
            return self.merge(m, other);
        }
        if let Some(dict) = plain_dict(m, items) {
            self.reserve(m, dict.len());
            let mut i = 0;
            while let Some((at, e)) = dict.next_entry(i) {
                i = at + 1;
                self.add_hashed(m, e.key, e.hash)?;
            }
            return Ok(());
        }
        if let Some(list) = plain_list(m, items) {
            let mut i = 0;
            while let Some(item) = list.get(i) {
                self.add(m, item)?;
                i += 1;
            }
            return Ok(());
        }
        if let Some(tuple) = plain_tuple(m, items) {
            for &item in tuple.slice() {
                self.add(m, item)?;
            }
            return Ok(());
        }
        let iterator = m.iter(items)?;
        while let Some(item) = m.next_quickly(iterator)? {
            self.add(m, item)?;
        }
        Ok(())
    }

    /// Keys that are in both.
    pub fn intersection(self, m: &mut Machine, other: Value) -> R<Gc<Set>> {
        if self.value().is(other) {
            return self.copy(m);
        }
        let result = new_like(m, self);
        if let Some(other) = other.downcast::<Set>() {
            let (large, small) = if other.len() > self.len() { (other, self) } else { (self, other) };
            small.select(m, large, true, result)?;
            return Ok(result);
        }
        let iterator = m.iter(other)?;
        while let Some(key) = m.next(iterator)? {
            let hash = m.hash(key)?;
            if self.contains_hashed(m, key, hash)? {
                result.add_hashed(m, key, hash)?;
                if result.len() >= self.len() {
                    break;
                }
            }
        }
        Ok(result)
    }

    /// Removes the items of an iterable.
    pub fn difference_update(self, m: &mut Machine, other: Value) -> R<()> {
        if self.value().is(other) {
            self.clear();
            return Ok(());
        }
        if let Some(mut other) = other.downcast::<Set>() {
            if other.len() >> 3 > self.len() {
                other = self.intersection(m, other.value())?;
            }
            let mut i = 0;
            while let Some((at, key, hash)) = other.next_key(i) {
                i = at + 1;
                self.discard_hashed(m, key, hash)?;
            }
        } else {
            let iterator = m.iter(other)?;
            while let Some(key) = m.next(iterator)? {
                self.discard(m, key)?;
            }
        }
        if self.has_many_deleted() {
            self.grow(m);
        }
        Ok(())
    }

    /// Keys that are not in the other.
    pub fn difference(self, m: &mut Machine, other: Value) -> R<Gc<Set>> {
        let (other_set, other_dict) = (other.downcast::<Set>(), plain_dict(m, other));
        let other_len = other_set.map(|s| s.len()).or(other_dict.map(|d| d.len()));
        // Much smaller: copy, then remove.
        let Some(other_len) = other_len.filter(|&n| self.len() >> 2 <= n) else {
            let result = self.copy(m)?;
            result.difference_update(m, other)?;
            return Ok(result);
        };
        let result = new_like(m, self);
        debug_assert!(other_len >= self.len() >> 2);
        if let Some(other) = other_set {
            self.select(m, other, false, result)?;
            return Ok(result);
        }
        let (mut i, shape) = (0, self.shape());
        while let Some((at, key, hash)) = self.next_key(i) {
            i = at + 1;
            let common = match other_dict {
                Some(dict) => dict.contains_hashed(m, key, hash)?,
                None => false,
            };
            if !common {
                result.add_next(m, key, hash, self.shape() == shape)?;
            }
        }
        Ok(result)
    }

    fn toggle_all(self, m: &mut Machine, other: Gc<Set>) -> R<()> {
        let mut i = 0;
        while let Some((at, key, hash)) = other.next_key(i) {
            i = at + 1;
            self.toggle(m, key, hash)?;
        }
        Ok(())
    }

    /// Keeps what is in one but not in both.
    pub fn symmetric_difference_update(self, m: &mut Machine, other: Value) -> R<()> {
        if self.value().is(other) {
            self.clear();
            return Ok(());
        }
        if let Some(dict) = plain_dict(m, other) {
            let mut i = 0;
            while let Some((at, e)) = dict.next_entry(i) {
                i = at + 1;
                self.toggle(m, e.key, e.hash)?;
            }
            return Ok(());
        }
        let other = match other.downcast::<Set>() {
            Some(other) => other,
            None => {
                let items = new_like(m, self);
                items.update(m, other)?;
                items
            }
        };
        self.toggle_all(m, other)
    }

    /// Keys that are in one but not in both.
    pub fn symmetric_difference(self, m: &mut Machine, other: Value) -> R<Gc<Set>> {
        let result = new_like(m, self);
        result.update(m, other)?;
        result.toggle_all(m, self)?;
        Ok(result)
    }

    /// Whether no item of an iterable is a key.
    pub fn is_disjoint(self, m: &mut Machine, other: Value) -> R<bool> {
        if self.value().is(other) {
            return Ok(self.is_empty());
        }
        let class = m.type_of(other);
        if let Some(other) = other.downcast::<Set>()
            && (class == m.types.set || class == m.types.frozenset)
        {
            let (large, small) = if other.len() > self.len() { (other, self) } else { (self, other) };
            let mut i = 0;
            while let Some((at, key, hash)) = small.next_key(i) {
                i = at + 1;
                if large.contains_hashed(m, key, hash)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        let iterator = m.iter(other)?;
        while let Some(key) = m.next(iterator)? {
            if self.contains(m, key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether every key is an item of the other.
    pub fn is_subset(self, m: &mut Machine, other: Value) -> R<bool> {
        let Some(other) = other.downcast::<Set>() else {
            return Ok(self.intersection(m, other)?.len() == self.len());
        };
        if self.len() > other.len() {
            return Ok(false);
        }
        let mut i = 0;
        while let Some((at, key, hash)) = self.next_key(i) {
            i = at + 1;
            if !other.contains_hashed(m, key, hash)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether every item of the other is a key.
    pub fn is_superset(self, m: &mut Machine, other: Value) -> R<bool> {
        if let Some(other) = other.downcast::<Set>() {
            return other.is_subset(m, self.value());
        }
        let iterator = m.iter(other)?;
        while let Some(key) = m.next(iterator)? {
            if !self.contains(m, key)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
