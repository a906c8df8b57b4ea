//! `slice`: memory, type, and the arithmetic of slice bounds that every sequence uses.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::{Compare, Slots};
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

/// A `slice` object.
#[repr(C)]
pub struct Slice {
    /// Its type.
    pub header: Header,
    /// `start`.
    pub start: Value,
    /// `stop`.
    pub stop: Value,
    /// `step`.
    pub step: Value,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for Slice {
    const LAYOUT: &'static Layout = &layout_of::<Slice>(LayoutId::Slice);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.start);
        m.mark(self.stop);
        m.mark(self.step);
    }
}

/// `slice`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(new),
        getattro: Some(super::attr::generic_get_attr),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        ..Slots::EMPTY
    },
    methods: &[MethodDef::new("indices", Convention::O, indices), MethodDef::new("__reduce__", Convention::NoArgs, reduce)],
    getset: &[
        GetSetDef { name: "start", get: |m, v| Ok(own(m, v)?.start), set: Some(read_only) },
        GetSetDef { name: "stop", get: |m, v| Ok(own(m, v)?.stop), set: Some(read_only) },
        GetSetDef { name: "step", get: |m, v| Ok(own(m, v)?.step), set: Some(read_only) },
    ],
    doc: "slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    ..TypeSpec::new("slice", Slice::LAYOUT)
};

/// Bounds of a slice applied to a sequence: items `start`, `start + step`, …, `count` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceBounds {
    /// First index; where an insertion goes if there is no item.
    pub start: i64,
    /// The bound.
    pub stop: i64,
    /// Not zero.
    pub step: i64,
    /// Number of items.
    pub count: usize,
}

impl SliceBounds {
    /// Fits unpacked bounds to a length (`PySlice_AdjustIndices`).
    #[must_use]
    pub fn adjust((start, stop, step): (i64, i64, i64), len: usize) -> SliceBounds {
        let len = len as i64;
        let fit = |i: i64| {
            let i = if i < 0 { i + len } else { i };
            if i < 0 {
                if step < 0 { -1 } else { 0 }
            } else if i >= len {
                if step < 0 { len - 1 } else { len }
            } else {
                i
            }
        };
        let (start, stop) = (fit(start), fit(stop));
        let count = if step == 1 {
            (stop - start).max(0)
        } else if step < 0 && stop < start {
            (start - stop - 1) / -step + 1
        } else if step > 0 && start < stop {
            (stop - start - 1) / step + 1
        } else {
            0
        };
        SliceBounds { start, stop, step, count: count as usize }
    }

    /// Copies these items of a sequence.
    ///
    /// # Safety
    /// There is room for `count` values.
    #[inline]
    pub(super) unsafe fn copy_items(self, items: &[Value], to: *mut Value) {
        let (mut at, mut i) = (self.start, 0);
        while i < self.count {
            // SAFETY: as the caller promises.
            unsafe { to.add(i).write(items[at as usize]) };
            at = at.wrapping_add(self.step);
            i += 1;
        }
    }

    /// The indices, in order.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.count as i64).map(move |i| (self.start + i * self.step) as usize)
    }
}

impl Machine {
    /// A `slice`; absent parts are `None`.
    pub fn new_slice(&mut self, start: Value, stop: Value, step: Value) -> Value {
        let header = Header::new(self.types.slice);
        let none = |v: Value| v.non_null().unwrap_or(Value::NONE);
        self.new_object(Slice { header, start: none(start), stop: none(stop), step: none(step) }).value()
    }

    fn slice_index(&mut self, v: Value) -> R<i64> {
        if v.is_int() {
            return Ok(v.as_int());
        }
        if !self.is_index(v) {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.clipped_index(v)
    }

    /// An optional bound of a search method such as `list.index`.
    pub(crate) fn search_bound(&mut self, v: Value) -> R<i64> {
        if !self.is_index(v) {
            return Err(self.type_error("slice indices must be integers or have an __index__ method"));
        }
        self.clipped_index(v)
    }

    /// Start, stop and step as machine integers, with defaults (`PySlice_Unpack`). May run Python: take the length afterwards.
    pub fn unpack_slice(&mut self, slice: Gc<Slice>) -> R<(i64, i64, i64)> {
        let step = if slice.step.is_none() { 1 } else { self.slice_index(slice.step)?.max(-i64::MAX) };
        if step == 0 {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let start = match slice.start {
            Value::NONE if step < 0 => i64::MAX,
            Value::NONE => 0,
            v => self.slice_index(v)?,
        };
        let stop = match slice.stop {
            Value::NONE if step < 0 => i64::MIN,
            Value::NONE => i64::MAX,
            v => self.slice_index(v)?,
        };
        Ok((start, stop, step))
    }

    /// The bounds for a sequence whose length cannot change.
    pub fn slice_bounds(&mut self, slice: Gc<Slice>, len: usize) -> R<SliceBounds> {
        Ok(SliceBounds::adjust(self.unpack_slice(slice)?, len))
    }

    fn slice_bigint(&mut self, v: Value) -> R<BigInt> {
        if !self.is_index(v) {
            return Err(self.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        self.index_bigint(v)
    }

    /// Start, stop and step for a length of any size (`_PySlice_GetLongIndices`).
    pub(super) fn slice_long_bounds(&mut self, slice: Gc<Slice>, len: &BigInt) -> R<(BigInt, BigInt, BigInt)> {
        let step = if slice.step.is_none() { BigInt::from(1) } else { self.slice_bigint(slice.step)? };
        if step.is_zero() {
            return Err(self.value_error("slice step cannot be zero"));
        }
        let down = step.is_negative();
        let (lower, upper) = if down { (BigInt::from(-1), len - 1) } else { (BigInt::zero(), len.clone()) };
        let mut part = |v: Value, default: &BigInt| -> R<BigInt> {
            if v.is_none() {
                return Ok(default.clone());
            }
            let n = self.slice_bigint(v)?;
            Ok(if n.is_negative() { (n + len).max(lower.clone()) } else { n.min(upper.clone()) })
        };
        let (first, last) = if down { (&upper, &lower) } else { (&lower, &upper) };
        let start = part(slice.start, first)?;
        let stop = part(slice.stop, last)?;
        Ok((start, stop, step))
    }
}

fn own(m: &mut Machine, v: Value) -> R<Gc<Slice>> {
    match v.downcast::<Slice>() {
        Some(s) => Ok(s),
        None => Err(m.type_error("expected a slice")),
    }
}

/// The setter of attributes that CPython makes read-only members.
pub(super) fn read_only(m: &mut Machine, _: Value, _: Value) -> R<()> {
    Err(m.attribute_error("readonly attribute"))
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    if args.has_keywords() {
        return Err(m.type_error("slice() takes no keyword arguments"));
    }
    Ok(match *args.between(m, "slice", 1, 3)? {
        [stop] => m.new_slice(Value::NONE, stop, Value::NONE),
        [start, stop] => m.new_slice(start, stop, Value::NONE),
        [start, stop, step] => m.new_slice(start, stop, step),
        _ => Value::NONE,
    })
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let slice = own(m, v)?;
    let mut out = b"slice(".to_vec();
    for (i, part) in [slice.start, slice.stop, slice.step].into_iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(m.repr(part)?.bytes());
    }
    out.push(b')');
    Ok(m.new_str_wtf8(&out)?.value())
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    // As a tuple's, without its length.
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    let slice = own(m, v)?;
    let mut acc = P5;
    for part in [slice.start, slice.stop, slice.step] {
        let lane = m.hash(part)?.cast_unsigned();
        acc = acc.wrapping_add(lane.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
    }
    Ok(if acc == u64::MAX { 1_546_275_796 } else { acc.cast_signed() })
}

fn parts(m: &mut Machine, v: Value) -> R<Value> {
    let slice = own(m, v)?;
    Ok(m.new_tuple(&[slice.start, slice.stop, slice.step]).value())
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if b.downcast::<Slice>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if a.is(b) {
        return Ok(Value::from_bool(op.holds(std::cmp::Ordering::Equal)));
    }
    let (a, b) = (parts(m, a)?, parts(m, b)?);
    m.compare(a, b, op)
}

fn indices(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let slice = own(m, v)?;
    let len = m.index_bigint(args.pos()[0])?;
    if len.is_negative() {
        return Err(m.value_error("length should not be negative"));
    }
    let (start, stop, step) = m.slice_long_bounds(slice, &len)?;
    let items = [m.int_from_bigint(start), m.int_from_bigint(stop), m.int_from_bigint(step)];
    Ok(m.new_tuple(&items).value())
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let args = parts(m, v)?;
    let class = m.types.slice.value();
    Ok(m.new_tuple(&[class, args]).value())
}

#[cfg(test)]
mod tests {
    use super::SliceBounds;

    #[test]
    fn bounds_are_clipped() {
        let bounds = |b, len| {
            let s = SliceBounds::adjust(b, len);
            (s.start, s.stop, s.count)
        };
        assert_eq!(bounds((0, i64::MAX, 1), 5), (0, 5, 5));
        assert_eq!(bounds((i64::MAX, i64::MIN, -1), 5), (4, -1, 5));
        assert_eq!(bounds((-3, -1, 1), 5), (2, 4, 2));
        assert_eq!(bounds((3, 1, 1), 5), (3, 1, 0));
        assert_eq!(bounds((0, 5, 2), 5), (0, 5, 3));
        assert_eq!(bounds((i64::MAX, i64::MIN, -i64::MAX), 5), (4, -1, 1));
        assert_eq!(bounds((i64::MIN, i64::MAX, i64::MAX), 0), (0, 0, 0));
    }
}
