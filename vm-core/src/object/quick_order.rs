//! Order and equality of the values that native code compares most, where that runs no Python and cannot fail: integers and floats of
//! the word, exact strings, and tuples of these. For loops in natives (sorting, searching, `min`); operators go through the slots.

use super::dict::quick_equal;
use super::slots::Compare;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;
use crate::machine::Machine;
use std::cmp::Ordering;

/// Tuples inside tuples that are looked into.
const MAX_DEPTH: u32 = 8;

/// Order of two values, if they are of the kinds above and alike.
#[inline]
pub(crate) fn quick_order(m: &Machine, a: Value, b: Value) -> Option<Ordering> {
    if Value::both_int(a, b) {
        return Some(a.as_int().cmp(&b.as_int()));
    }
    if Value::both_immediate_float(a, b) {
        return a.as_immediate_float().partial_cmp(&b.as_immediate_float());
    }
    order_of_objects(m, a, b, MAX_DEPTH)
}

fn order_of_objects(m: &Machine, a: Value, b: Value, depth: u32) -> Option<Ordering> {
    if !(a.is_ptr() && b.is_ptr()) {
        return None;
    }
    let ty = m.type_of(a);
    if ty != m.type_of(b) {
        return None;
    }
    // SAFETY: exact strs and tuples have these layouts.
    unsafe {
        if ty == m.types.str {
            return Some(a.cast::<Str>().bytes().cmp(b.cast::<Str>().bytes()));
        }
        // Subclasses that compare as tuples do, such as named tuples, are laid out like them.
        let of_tuples = super::tuple_type::compare as *const () as usize;
        if ty.slot(|s| s.richcompare.map(|f| f as usize)) != Some(of_tuples) || depth == 0 {
            return None;
        }
        let (a, b) = (a.cast::<Tuple>(), b.cast::<Tuple>());
        for (&x, &y) in a.slice().iter().zip(b.slice()) {
            if x.is(y) {
                continue;
            }
            let order = if Value::both_int(x, y) || Value::both_immediate_float(x, y) {
                quick_order(m, x, y)?
            } else {
                order_of_objects(m, x, y, depth - 1)?
            };
            if order != Ordering::Equal {
                return Some(order);
            }
        }
        Some(a.len().cmp(&b.len()))
    }
}

/// A comparison of two heap objects, if they are of the kinds above and alike.
#[inline]
pub(crate) fn compare_objects_quickly(m: &Machine, a: Value, b: Value, op: Compare) -> Option<bool> {
    match op {
        // Whether what is identical is equal, its type says.
        Compare::Eq | Compare::Ne if a.is(b) => None,
        Compare::Eq => quick_equal(m, a, b),
        Compare::Ne => quick_equal(m, a, b).map(|equal| !equal),
        _ => order_of_objects(m, a, b, MAX_DEPTH).map(|order| op.holds(order)),
    }
}

impl Machine {
    /// [`Machine::equal`] for native code.
    #[inline]
    pub(super) fn equal_quickly(&mut self, a: Value, b: Value) -> crate::machine::R<bool> {
        if a.is(b) {
            return Ok(true);
        }
        if Value::both_immediate_float(a, b) {
            return Ok(false);
        }
        match quick_equal(self, a, b) {
            Some(equal) => Ok(equal),
            None => self.equal(a, b),
        }
    }
}
