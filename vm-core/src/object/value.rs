//! The representation of a Python value: one 64-bit word. The choice of representation is confined to this module.
//!
//! | low bits | meaning |
//! |---|---|
//! | `00` | integer of 62 bits, `value << 2` |
//! | `01` | pointer to a heap object (16-byte aligned), plus one |
//! | `10` | singleton: `NULL`, `None`, `False`, `True`, `NotImplemented`, `Ellipsis` |
//! | `11` | float whose magnitude is in [2^-255, 2^257): its bits plus a constant, rotated left by three |
//!
//! Floats outside that range (zero, subnormals, infinities and NaN among them) are boxed. Rotating brings the two exponent
//! bits that are constant over the common range to the tag position ("float self-tagging", Melançon, Serrano and Feeley, 2025;
//! Ruby's flonum is a relative), so integers stay wide and arithmetic on common floats does not allocate. ARCHITECTURE.md has the measurements.

use super::header::{Gc, Header, Payload};
use std::ptr::NonNull;

/// A Python value, or [`Value::NULL`] for "no value" (an unbound local, an absent argument).
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value(u64);

const TAG_MASK: u64 = 3;
const TAG_PTR: u64 = 1;
const TAG_SPECIAL: u64 = 2;
const TAG_FLOAT: u64 = 3;
const FLOAT_BIAS: u64 = 0x300 << 52;

impl Value {
    /// No value. Never visible to Python.
    pub const NULL: Value = Value(2);
    /// `None`.
    pub const NONE: Value = Value(6);
    /// `False`.
    pub const FALSE: Value = Value(0xa);
    /// `True`.
    pub const TRUE: Value = Value(0xe);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Value = Value(0x12);
    /// `Ellipsis`.
    pub const ELLIPSIS: Value = Value(0x16);
    /// Greatest integer held without a heap object.
    pub const INT_MAX: i64 = (1 << 61) - 1;
    /// Least integer held without a heap object.
    pub const INT_MIN: i64 = -(1 << 61);

    /// The raw word, for identity (`id`), hashing by identity and caches.
    #[inline(always)]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The value of a raw word taken by [`Value::bits`].
    ///
    /// # Safety
    /// `bits` must come from `bits()` of a value that is still alive.
    #[inline(always)]
    #[must_use]
    pub const unsafe fn from_bits(bits: u64) -> Value {
        Value(bits)
    }

    /// Whether this is "no value".
    #[inline(always)]
    #[must_use]
    pub const fn is_null(self) -> bool {
        self.0 == Self::NULL.0
    }

    /// How many kinds of values there are that are no pointers.
    pub(super) const IMMEDIATE_KINDS: usize = 8;
    /// A value of each kind that is no pointer.
    pub(super) const ONE_OF_EACH: [Value; Self::IMMEDIATE_KINDS] =
        [Self::NULL, Self::NONE, Self::FALSE, Self::TRUE, Self::NOT_IMPLEMENTED, Self::ELLIPSIS, Value(0), Value(TAG_FLOAT)];

    /// Which kind of value this is that is no pointer; computed without a branch on what it is.
    #[inline(always)]
    #[must_use]
    pub(super) const fn immediate_kind(self) -> usize {
        let kind = if self.0 & TAG_MASK == TAG_SPECIAL { self.0 >> 2 } else { 6 | self.0 };
        kind as usize & (Self::IMMEDIATE_KINDS - 1)
    }

    /// `None` for [`Value::NULL`].
    #[inline(always)]
    #[must_use]
    pub const fn non_null(self) -> Option<Value> {
        if self.is_null() { None } else { Some(self) }
    }

    /// Whether this is Python's `None`.
    #[inline(always)]
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == Self::NONE.0
    }

    /// `True` or `False`.
    #[inline(always)]
    #[must_use]
    pub const fn from_bool(b: bool) -> Value {
        Value(Self::FALSE.0 + ((b as u64) << 2))
    }

    /// Whether this is `True` or `False`.
    #[inline(always)]
    #[must_use]
    pub const fn is_bool(self) -> bool {
        self.0 & !4 == Self::FALSE.0
    }

    /// Whether this is an integer held in the word (never a bool, never a big integer).
    #[inline(always)]
    #[must_use]
    pub const fn is_int(self) -> bool {
        self.0 & TAG_MASK == 0
    }

    /// Whether both are integers held in the word.
    #[inline(always)]
    #[must_use]
    pub const fn both_int(a: Value, b: Value) -> bool {
        (a.0 | b.0) & TAG_MASK == 0
    }

    /// The integer, assuming [`Value::is_int`].
    #[inline(always)]
    #[must_use]
    pub const fn as_int(self) -> i64 {
        self.0.cast_signed() >> 2
    }

    /// The word as a signed number (four times the integer), for arithmetic that keeps the tag.
    #[inline(always)]
    #[must_use]
    pub const fn raw_int(self) -> i64 {
        self.0.cast_signed()
    }

    /// The integer value of a word made by arithmetic on [`Value::raw_int`]; the two low bits must be zero.
    #[inline(always)]
    #[must_use]
    pub const fn from_raw_int(raw: i64) -> Value {
        Value(raw.cast_unsigned())
    }

    /// An integer that is known to fit 62 bits (lengths, characters, small results).
    #[inline(always)]
    #[must_use]
    pub const fn small(i: i64) -> Value {
        debug_assert!(i >= Self::INT_MIN && i <= Self::INT_MAX);
        Value((i << 2).cast_unsigned())
    }

    /// An integer, if it fits 62 bits.
    #[inline(always)]
    #[must_use]
    pub const fn try_int(i: i64) -> Option<Value> {
        if i >= Self::INT_MIN && i <= Self::INT_MAX { Some(Value((i << 2).cast_unsigned())) } else { None }
    }

    /// Whether this integer is "compact" in CPython's sense (one 30-bit digit or none), which its specialiser's guards test.
    #[inline(always)]
    #[must_use]
    pub const fn is_compact_int(self) -> bool {
        self.is_int() && self.as_int().unsigned_abs() < (1 << 30)
    }

    /// Whether both are compact integers: see [`Value::is_compact_int`]. One test covers both tags and both ranges, at the price of
    /// taking -2^30 for compact.
    #[inline(always)]
    #[must_use]
    pub const fn both_compact_int(a: Value, b: Value) -> bool {
        const BIAS: u64 = 1 << 32;
        (a.0.wrapping_add(BIAS) | b.0.wrapping_add(BIAS)).rotate_right(2) >> 31 == 0
    }

    /// Whether both are integers or floats held in the word.
    #[inline(always)]
    #[must_use]
    pub const fn both_word_numbers(a: Value, b: Value) -> bool {
        // Of the tags, these two have bit 1 clear in their successor.
        const { assert!(TAG_FLOAT == 3 && TAG_MASK == 3) };
        (a.0.wrapping_add(1) | b.0.wrapping_add(1)) & 2 == 0
    }

    /// Whether this is a float held in the word. A float may also be boxed: see `Machine::float_value`.
    #[inline(always)]
    #[must_use]
    pub const fn is_immediate_float(self) -> bool {
        self.0 & TAG_MASK == TAG_FLOAT
    }

    /// Whether both are floats held in the word.
    #[inline(always)]
    #[must_use]
    pub const fn both_immediate_float(a: Value, b: Value) -> bool {
        a.0 & b.0 & TAG_MASK == TAG_FLOAT
    }

    /// The float, assuming [`Value::is_immediate_float`].
    #[inline(always)]
    #[must_use]
    pub const fn as_immediate_float(self) -> f64 {
        f64::from_bits(self.0.rotate_right(3).wrapping_sub(FLOAT_BIAS))
    }

    /// A float held in the word, if it is in the range for that.
    #[inline(always)]
    #[must_use]
    pub const fn try_float(f: f64) -> Option<Value> {
        let word = f.to_bits().wrapping_add(FLOAT_BIAS).rotate_left(3);
        if word & TAG_MASK == TAG_FLOAT { Some(Value(word)) } else { None }
    }

    /// Whether this is a pointer to a heap object.
    #[inline(always)]
    #[must_use]
    pub const fn is_ptr(self) -> bool {
        self.0 & TAG_MASK == TAG_PTR
    }

    /// What is the address of a heap object if it is a multiple of four, which only [`Value::is_ptr`] values give. To check that, rather
    /// than the tag, leaves the address in a register.
    #[inline(always)]
    #[must_use]
    pub(crate) fn address(self) -> u64 {
        crate::hints::kept_word(self.0.wrapping_sub(TAG_PTR))
    }

    /// The heap object, assuming [`Value::is_ptr`].
    #[inline(always)]
    #[must_use]
    pub const fn as_ptr(self) -> *mut Header {
        self.0.wrapping_sub(TAG_PTR) as *mut Header
    }

    /// The value of a heap object.
    #[inline(always)]
    #[must_use]
    pub fn from_ptr(p: NonNull<Header>) -> Value {
        Value(p.as_ptr() as u64 + TAG_PTR)
    }

    /// The object seen as `T`, if it is a heap object whose native layout is `T`'s (subclasses share their base's layout).
    #[inline(always)]
    #[must_use]
    pub fn downcast<T: Payload>(self) -> Option<Gc<T>> {
        if self.is_ptr() {
            // SAFETY: a pointer value denotes a live object, and its layout id proves its payload type.
            unsafe {
                if (*(*self.as_ptr()).ty()).layout.id == T::LAYOUT.id {
                    return Some(Gc::from_header(self.as_ptr()));
                }
            }
        }
        None
    }

    /// The object seen as `T`, if it is a heap object of exactly that type.
    ///
    /// # Safety
    /// Instances of the type have `T`'s layout.
    #[inline(always)]
    #[must_use]
    pub unsafe fn exactly<T: Payload>(self, ty: Gc<super::typeobj::Type>) -> Option<Gc<T>> {
        // SAFETY: a pointer value denotes a live object, and the type tells its payload.
        unsafe {
            if self.is_ptr() && (*self.as_ptr()).ty() == ty.as_ptr().cast_const() { Some(Gc::from_header(self.as_ptr())) } else { None }
        }
    }

    /// The object seen as `T` without a check.
    ///
    /// # Safety
    /// It must be a heap object whose native layout is `T`'s.
    #[inline(always)]
    #[must_use]
    pub unsafe fn cast<T: Payload>(self) -> Gc<T> {
        debug_assert!(self.downcast::<T>().is_some());
        // SAFETY: as the caller promises.
        unsafe { Gc::from_header(self.as_ptr()) }
    }

    /// Identity as Python's `is` sees it: floats and integers held in the word are identical when equal.
    #[inline(always)]
    #[must_use]
    pub const fn is(self, other: Value) -> bool {
        self.0 == other.0
    }

    /// Whether this is one of the singletons (or `NULL`).
    #[inline(always)]
    #[must_use]
    pub const fn is_singleton(self) -> bool {
        self.0 & TAG_MASK == TAG_SPECIAL
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {
            Value::NULL => f.write_str("NULL"),
            Value::NONE => f.write_str("None"),
            Value::FALSE => f.write_str("False"),
            Value::TRUE => f.write_str("True"),
            Value::NOT_IMPLEMENTED => f.write_str("NotImplemented"),
            Value::ELLIPSIS => f.write_str("Ellipsis"),
            v if v.is_int() => write!(f, "{}", v.as_int()),
            v if v.is_immediate_float() => write!(f, "{:?}", v.as_immediate_float()),
            v => write!(f, "<object at {:p}>", v.as_ptr()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn floats_round_trip_or_are_refused() {
        for f in [1.0, -1.0, 0.5, 1e77, -1e77, 1e-76, std::f64::consts::PI, 123_456.789, -2.5e-10] {
            let v = Value::try_float(f).expect("in range");
            assert!(v.is_immediate_float() && !v.is_int() && !v.is_ptr());
            assert_eq!(v.as_immediate_float().to_bits(), f.to_bits());
        }
        for f in [0.0, -0.0, 1e300, -1e300, 1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 5e-324] {
            assert!(Value::try_float(f).is_none(), "{f} must be boxed");
        }
        for e in -255..257 {
            assert!(Value::try_float(2f64.powi(e)).is_some(), "2**{e}");
        }
        assert!(Value::try_float(2f64.powi(257)).is_none());
        assert!(Value::try_float(2f64.powi(-256)).is_none());
    }

    #[test]
    fn integers_keep_their_range() {
        for i in [0, 1, -1, Value::INT_MAX, Value::INT_MIN] {
            let v = Value::try_int(i).expect("in range");
            assert!(v.is_int() && v.as_int() == i);
        }
        assert!(Value::try_int(Value::INT_MAX + 1).is_none());
        assert!(Value::try_int(Value::INT_MIN - 1).is_none());
        for (n, compact) in [((1 << 30) - 1, true), (1 << 30, false), (1 - (1 << 30), true), (-1 - (1 << 30), false), (0, true)] {
            let v = Value::small(n);
            assert_eq!((v.is_compact_int(), Value::both_compact_int(v, Value::small(7))), (compact, compact), "{n}");
        }
        // The one integer on which the two differ.
        let lowest = Value::small(-(1 << 30));
        assert_eq!((lowest.is_compact_int(), Value::both_compact_int(lowest, lowest)), (false, true));
        assert!(!Value::both_compact_int(Value::NONE, Value::small(1)) && !Value::both_compact_int(Value::small(1), Value::TRUE));
    }
}
