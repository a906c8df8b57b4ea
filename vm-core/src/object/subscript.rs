//! Slices applied to sequences of a known length: what `str`, `bytes`, `bytearray` and `memoryview` share.

use super::slice::Slice;
use super::value::Value;
use crate::machine::{Machine, R};

/// The items that a slice selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SliceRange {
    /// Index of the first.
    pub(crate) start: usize,
    /// Distance between two.
    pub(crate) step: isize,
    /// How many.
    pub(crate) count: usize,
}

impl SliceRange {
    /// Their indices, in the slice's order.
    pub(crate) fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |i| self.start.wrapping_add_signed(self.step.wrapping_mul(i as isize)))
    }
}

impl Machine {
    /// What a slice selects from `len` items; `None` if the key is no slice.
    pub(crate) fn slice_range(&mut self, key: Value, len: usize) -> R<Option<SliceRange>> {
        let Some(slice) = key.downcast::<Slice>() else { return Ok(None) };
        let bounds = self.slice_bounds(slice, len)?;
        Ok(Some(SliceRange { start: bounds.start.max(0) as usize, step: bounds.step as isize, count: bounds.count }))
    }

    /// A `start` or `end` argument: `None` and absence give the default, large numbers are clipped.
    pub(crate) fn range_argument(&mut self, v: Value, default: i64) -> R<i64> {
        if v.is_int() {
            return Ok(v.as_int());
        }
        if v.is_null() || v.is_none() {
            return Ok(default);
        }
        if !self.is_index(v) {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.clipped_index(v)
    }
}
