//! The memory of integers beyond the word and of instances of subclasses of `int`, and the conversions between Python's and Rust's
//! integers. What integers do is in `int_type.rs` and its siblings; an `int` of 62 bits is never an object (see `value.rs`).

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::text::float_ops;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::borrow::Cow;

/// An `int` that does not fit the word, or an instance of a subclass of `int` with any value.
#[repr(C)]
pub struct Int {
    /// Its type.
    pub header: Header,
    /// The number.
    pub value: BigInt,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Int {
    const LAYOUT: &'static Layout = &layout_of::<Int>(LayoutId::Int);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// An integer operand: a machine integer where it fits, else the object.
#[derive(Clone, Copy)]
pub enum IntRef {
    /// Fits 64 bits.
    Word(i64),
    /// Does not fit 64 bits.
    Big(Gc<Int>),
}

impl IntRef {
    /// The value as an integer, if it is an `int`, a `bool` or an instance of a subclass of `int`.
    #[inline]
    #[must_use]
    pub fn of(v: Value) -> Option<IntRef> {
        if v.is_int() {
            return Some(IntRef::Word(v.as_int()));
        }
        if v.is_ptr() {
            let int = v.downcast::<Int>()?;
            return Some(int.value.to_i64().map_or(IntRef::Big(int), IntRef::Word));
        }
        v.is_bool().then(|| IntRef::Word(i64::from(v == Value::TRUE)))
    }

    /// As a big integer.
    #[must_use]
    pub fn big(&self) -> Cow<'_, BigInt> {
        match self {
            IntRef::Word(i) => Cow::Owned(BigInt::from(*i)),
            IntRef::Big(int) => Cow::Borrowed(&int.value),
        }
    }

    /// As a machine integer, if it fits.
    #[inline]
    #[must_use]
    pub fn word(self) -> Option<i64> {
        match self {
            IntRef::Word(i) => Some(i),
            IntRef::Big(_) => None,
        }
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        matches!(self, IntRef::Word(0))
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Word(i) => i < 0,
            IntRef::Big(int) => int.value.is_negative(),
        }
    }
}

impl Machine {
    /// An `int`.
    #[inline]
    pub fn new_int(&mut self, i: i64) -> Value {
        match Value::try_int(i) {
            Some(v) => v,
            None => self.boxed_int(BigInt::from(i)),
        }
    }

    /// An `int`.
    #[inline]
    pub fn int_from_i128(&mut self, i: i128) -> Value {
        match i64::try_from(i) {
            Ok(i) => self.new_int(i),
            Err(_) => self.boxed_int(BigInt::from(i)),
        }
    }

    /// An `int` of a length or count.
    #[inline]
    pub fn int_from_usize(&mut self, n: usize) -> Value {
        self.int_from_i128(n as i128)
    }

    /// An `int` of an unsigned number.
    pub fn int_from_u64(&mut self, n: u64) -> Value {
        self.int_from_i128(i128::from(n))
    }

    /// An `int`: held in the word if it fits.
    pub fn int_from_bigint(&mut self, value: BigInt) -> Value {
        if value.bits() < 64
            && let Some(v) = value.to_i64().and_then(Value::try_int)
        {
            return v;
        }
        self.boxed_int(value)
    }

    #[inline(never)]
    fn boxed_int(&mut self, value: BigInt) -> Value {
        let ty = self.types.int;
        self.int_object(ty, value).value()
    }

    /// An integer object of that class, which is a subclass of `int` (or `int` itself for a number beyond the word).
    pub(super) fn int_object(&mut self, ty: Gc<super::typeobj::Type>, value: BigInt) -> Gc<Int> {
        self.heap.note_external((value.bits() / 8) as usize);
        self.new_object(Int { header: Header::new(ty), value })
    }

    /// The number of an `int`, a `bool` or an instance of a subclass of `int`.
    #[must_use]
    pub fn int_to_bigint(&self, v: Value) -> Option<BigInt> {
        Some(match IntRef::of(v)? {
            IntRef::Word(i) => BigInt::from(i),
            IntRef::Big(int) => int.value.clone(),
        })
    }

    /// The number of an `int`, a `bool` or an instance of a subclass of `int`, if it fits 64 bits.
    #[inline]
    #[must_use]
    pub fn int_as_i64(&self, v: Value) -> Option<i64> {
        if v.is_int() { Some(v.as_int()) } else { IntRef::of(v)?.word() }
    }

    /// The exact `int` of the same number (an instance of a subclass becomes a plain one).
    pub fn exact_int(&mut self, v: Value) -> Value {
        if v.is_int() || (v.is_ptr() && self.type_of(v) == self.types.int) {
            return v;
        }
        match IntRef::of(v) {
            Some(IntRef::Word(i)) => self.new_int(i),
            Some(IntRef::Big(int)) => self.boxed_int(int.value.clone()),
            None => v,
        }
    }

    /// `operator.index(object)` as a big integer.
    pub fn index_bigint(&mut self, object: Value) -> R<BigInt> {
        let n = self.index(object)?;
        Ok(self.int_to_bigint(n).unwrap_or_else(BigInt::zero))
    }

    /// The nearest float of an integer, or the `OverflowError`.
    pub fn int_to_f64(&mut self, int: IntRef) -> R<f64> {
        match int {
            IntRef::Word(i) => Ok(i as f64),
            IntRef::Big(int) => match float_ops::from_int(&int.value) {
                Ok(f) => Ok(f),
                Err(e) => Err(self.raise_text(e)),
            },
        }
    }
}
