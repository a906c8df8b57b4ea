//! `range`: memory, type and methods. Machine integers where everything fits, big ones otherwise; its iterators are in `range_iter.rs`.

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::int::IntRef;
use super::slice::{Slice, read_only};
use super::slots::{Compare, Slots};
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

pub use super::range_iter::{ITER, LONG_ITER, LongRangeIter, RangeIter};

/// A `range` object: four exact integers.
#[repr(C)]
pub struct Range {
    /// Its type.
    pub header: Header,
    /// `start`.
    pub start: Value,
    /// `stop`.
    pub stop: Value,
    /// `step`, not zero.
    pub step: Value,
    /// Number of items.
    pub length: Value,
}

// SAFETY: repr(C), header first; traces every reference.
unsafe impl Payload for Range {
    const LAYOUT: &'static Layout = &layout_of::<Range>(LayoutId::Range);
    fn trace(&self, m: &mut Marker<'_>) {
        for v in [self.start, self.stop, self.step, self.length] {
            m.mark(v);
        }
    }
}

/// `range`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::SEQUENCE,
    slots: Slots {
        new: Some(new),
        getattro: Some(super::attr::generic_get_attr),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        bool: Some(|m, v| Ok(own(m, v)?.length != Value::small(0))),
        len: Some(len),
        getitem: Some(getitem),
        contains: Some(contains),
        iter: Some(|m, v| {
            let r = own(m, v)?;
            Ok(m.new_range_iter(r))
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| {
            let r = own(m, v)?;
            Ok(m.new_reversed_range_iter(r))
        }),
        MethodDef::new("__reduce__", Convention::NoArgs, reduce),
        MethodDef::new("count", Convention::O, count),
        MethodDef::new("index", Convention::O, index),
    ],
    getset: &[
        GetSetDef { name: "start", get: |m, v| Ok(own(m, v)?.start), set: Some(read_only) },
        GetSetDef { name: "stop", get: |m, v| Ok(own(m, v)?.stop), set: Some(read_only) },
        GetSetDef { name: "step", get: |m, v| Ok(own(m, v)?.step), set: Some(read_only) },
    ],
    doc: "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nReturn an object that produces a sequence of integers from start (inclusive)\nto stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\nstart defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\nThese are exactly the valid indices for a list of 4 elements.\nWhen step is given, it specifies the increment (or decrement).",
    ..TypeSpec::new("range", Range::LAYOUT)
};

fn own(m: &mut Machine, v: Value) -> R<Gc<Range>> {
    match v.downcast::<Range>() {
        Some(r) => Ok(r),
        None => Err(m.type_error("expected a range")),
    }
}

/// The number of an exact integer.
pub(super) fn big(v: Value) -> BigInt {
    IntRef::of(v).map_or_else(BigInt::zero, |i| i.big())
}

impl Range {
    /// Start, step and length as machine integers, if start, stop, step and length all are.
    #[must_use]
    pub fn words(&self) -> Option<(i64, i64, i64)> {
        let word = |v| IntRef::of(v)?.word();
        word(self.stop)?;
        Some((word(self.start)?, word(self.step)?, word(self.length)?))
    }
}

/// Number of items between `start` and `stop`; the step is not zero.
fn item_count(start: &BigInt, stop: &BigInt, step: &BigInt) -> BigInt {
    let (low, high) = if step.is_positive() { (start, stop) } else { (stop, start) };
    if low >= high { BigInt::zero() } else { (high - low - 1i32).div_floor(&step.abs()) + 1i32 }
}

impl Machine {
    /// A `range` of exact integers; the step is not zero.
    pub fn new_range(&mut self, start: Value, stop: Value, step: Value) -> Gc<Range> {
        let length = if let (Some(a), Some(b), Some(s)) = (word(start), word(stop), word(step)) {
            let (a, b, s) = (i128::from(a), i128::from(b), i128::from(s));
            let (low, high) = if s > 0 { (a, b) } else { (b, a) };
            self.int_from_i128(if low >= high { 0 } else { (high - low - 1) / s.abs() + 1 })
        } else {
            self.int_from_bigint(item_count(&big(start), &big(stop), &big(step)))
        };
        let header = Header::new(self.types.range);
        self.new_object(Range { header, start, stop, step, length })
    }
}

fn word(v: Value) -> Option<i64> {
    IntRef::of(v)?.word()
}

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    if args.has_keywords() {
        return Err(m.type_error("range() takes no keyword arguments"));
    }
    let (start, stop, step) = match *args.between(m, "range", 1, 3)? {
        [stop] => (Value::small(0), stop, Value::small(1)),
        [start, stop] => (start, stop, Value::small(1)),
        [start, stop, step] => (start, stop, step),
        _ => return Ok(Value::NONE),
    };
    let (start, stop, step) = (m.index(start)?, m.index(stop)?, m.index(step)?);
    if step == Value::small(0) {
        return Err(m.value_error("range() arg 3 must not be zero"));
    }
    Ok(m.new_range(start, stop, step).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let r = own(m, v)?;
    let (start, stop) = (m.repr(r.start)?, m.repr(r.stop)?);
    let mut text = format!("range({}, {}", start.to_string_lossy(), stop.to_string_lossy());
    if r.step != Value::small(1) {
        let step = m.repr(r.step)?;
        text = format!("{text}, {}", step.to_string_lossy());
    }
    text.push(')');
    Ok(m.str_value(&text))
}

fn len(m: &mut Machine, v: Value) -> R<usize> {
    match word(own(m, v)?.length) {
        Some(n) => Ok(n as usize),
        None => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// Item `i`, which is within the length.
fn item(m: &mut Machine, r: Gc<Range>, i: &BigInt) -> Value {
    m.int_from_bigint(big(r.start) + i * big(r.step))
}

fn getitem(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    let r = own(m, v)?;
    if let Some(slice) = key.downcast::<Slice>() {
        return sliced(m, r, slice);
    }
    if !m.is_index(key) {
        let name = m.type_name(key);
        return Err(m.type_error(&format!("range indices must be integers or slices, not {name}")));
    }
    let i = m.index(key)?;
    if let (Some((start, step, length)), Some(i)) = (r.words(), word(i)) {
        let i = if i < 0 { i128::from(i) + i128::from(length) } else { i128::from(i) };
        if i < 0 || i >= i128::from(length) {
            return Err(m.index_error("range object index out of range"));
        }
        return Ok(m.int_from_i128(i128::from(start) + i * i128::from(step)));
    }
    let (i, length) = (big(i), big(r.length));
    let i = if i.is_negative() { i + &length } else { i };
    if i.is_negative() || i >= length {
        return Err(m.index_error("range object index out of range"));
    }
    Ok(item(m, r, &i))
}

fn sliced(m: &mut Machine, r: Gc<Range>, slice: Gc<Slice>) -> R<Value> {
    let (start, stop, step) = m.slice_long_bounds(slice, &big(r.length))?;
    let (start, stop) = (item(m, r, &start), item(m, r, &stop));
    let step = m.int_from_bigint(step * big(r.step));
    Ok(m.new_range(start, stop, step).value())
}

/// The position of an integer in the range, if it is one of its items.
fn position(r: Gc<Range>, v: Value) -> Option<BigInt> {
    if let (Some((start, step, length)), Some(v)) = (r.words(), word(v)) {
        let (offset, step) = (i128::from(v) - i128::from(start), i128::from(step));
        let i = offset / step;
        return (offset % step == 0 && i >= 0 && i < i128::from(length)).then(|| BigInt::from(i));
    }
    let (i, rest) = (big(v) - big(r.start)).div_mod_floor(&big(r.step));
    (rest.is_zero() && !i.is_negative() && i < big(r.length)).then_some(i)
}

/// Whether membership is arithmetic: for exact ints and bools; others are compared one by one.
fn is_plain_int(m: &Machine, v: Value) -> bool {
    v.is_int() || v.is_bool() || m.type_of(v) == m.types.int
}

fn contains(m: &mut Machine, v: Value, wanted: Value) -> R<bool> {
    let r = own(m, v)?;
    if is_plain_int(m, wanted) { Ok(position(r, wanted).is_some()) } else { m.contains_by_iteration(v, wanted) }
}

fn count(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (r, wanted) = (own(m, v)?, args.pos()[0]);
    if is_plain_int(m, wanted) {
        return Ok(Value::small(i64::from(position(r, wanted).is_some())));
    }
    let iterator = m.new_range_iter(r);
    let mut n = 0;
    while let Some(x) = m.next(iterator)? {
        n += i64::from(m.equal(x, wanted)?);
    }
    Ok(Value::small(n))
}

fn index(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let (r, wanted) = (own(m, v)?, args.pos()[0]);
    if is_plain_int(m, wanted) {
        if let Some(i) = position(r, wanted) {
            return Ok(m.int_from_bigint(i));
        }
        let repr = m.repr(wanted)?;
        return Err(m.value_error(&format!("{} is not in range", repr.to_string_lossy())));
    }
    let iterator = m.new_range_iter(r);
    let mut i = 0;
    while let Some(x) = m.next(iterator)? {
        if m.equal(x, wanted)? {
            return Ok(Value::small(i));
        }
        i += 1;
    }
    Err(m.value_error("sequence.index(x): x not in sequence"))
}

/// What equality and hash depend on: length, start unless empty, step unless there is at most one item.
fn identity(r: Gc<Range>) -> [Value; 3] {
    let length = big(r.length);
    [r.length, if length.is_zero() { Value::NONE } else { r.start }, if length.is_zero() || length.is_one() { Value::NONE } else { r.step }]
}

fn compare(_: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (a.downcast::<Range>(), b.downcast::<Range>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let same = identity(a).into_iter().zip(identity(b)).all(|(x, y)| x.is(y) || super::int_type::same_number(x, y));
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let r = own(m, v)?;
    let parts = m.new_tuple(&identity(r)).value();
    m.hash(parts)
}

fn reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let r = own(m, v)?;
    let class = m.types.range.value();
    Ok(m.reduced(class, &[r.start, r.stop, r.step], None))
}

/// Last item of a range that has one.
pub(super) fn last(start: &BigInt, step: &BigInt, length: &BigInt) -> BigInt {
    debug_assert!(length.to_i64() != Some(0));
    start + (length - 1i32) * step
}
