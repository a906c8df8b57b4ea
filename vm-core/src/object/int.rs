//! The memory of integers beyond the word and of instances of subclasses of `int`, and the conversions between Python's and Rust's
//! integers. What integers do is in `int_type.rs` and its siblings; an `int` of 62 bits is never an object (see `value.rs`).

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::text::error::TextError;
use crate::text::limbs::{self, Limb};
use num_bigint::{BigInt, Sign};
use num_traits::Zero;
use std::cell::UnsafeCell;

/// An `int` that does not fit the word, or an instance of a subclass of `int` with any value. An exact `int` holds its limbs itself,
/// least significant first, the first of them in the struct and the others behind it; an instance of a subclass refers to the exact
/// `int` of its value.
#[repr(C)]
pub struct Int {
    /// Its type.
    pub header: Header,
    len: u32,
    negative: bool,
    /// The first word is that of the exact `int` of the same number.
    refers: bool,
    first: UnsafeCell<u64>,
}

// SAFETY: repr(C), header first, no references but the one traced.
unsafe impl Payload for Int {
    const LAYOUT: &'static Layout = &layout_of::<Int>(LayoutId::Int);
    fn trace(&self, marker: &mut Marker<'_>) {
        if let Some(exact) = self.exact() {
            marker.mark(exact);
        }
    }
}

impl Int {
    /// The exact `int` that an instance of a subclass stands for.
    #[inline]
    pub(super) fn exact(&self) -> Option<Value> {
        // SAFETY: written once, when the object was made; the object keeps the value alive.
        self.refers.then(|| unsafe { Value::from_bits(*self.first.get()) })
    }

    /// The limbs of an exact `int`, without leading zeros.
    #[inline]
    #[must_use]
    pub fn limbs(&self) -> &[Limb] {
        // SAFETY: `new_big` allocated and wrote them; they do not change.
        unsafe { std::slice::from_raw_parts(self.first.get(), self.len as usize) }
    }

    /// Whether an exact `int` is below zero.
    #[inline]
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    #[inline]
    fn to_i64(&self) -> Option<i64> {
        match *self.limbs() {
            [size] if self.negative => 0i64.checked_sub_unsigned(size),
            [size] => i64::try_from(size).ok(),
            _ => None,
        }
    }
}

/// The value of a magnitude that fits the word.
#[inline(always)]
fn small(negative: bool, size: Limb) -> Option<Value> {
    let n = i64::try_from(size).ok()?;
    Value::try_int(if negative { -n } else { n })
}

/// An integer operand: a machine integer where it fits, else the object.
#[derive(Clone, Copy)]
pub enum IntRef {
    /// Fits 64 bits.
    Word(i64),
    /// Does not fit 64 bits; an exact `int`.
    Big(Gc<Int>),
}

impl IntRef {
    /// The value as an integer, if it is an `int`, a `bool` or an instance of a subclass of `int`.
    #[inline(always)]
    #[must_use]
    pub fn of(v: Value) -> Option<IntRef> {
        if v.is_int() { Some(IntRef::Word(v.as_int())) } else { IntRef::of_other(v) }
    }

    #[inline(never)]
    fn of_other(v: Value) -> Option<IntRef> {
        if v.is_ptr() {
            let int = v.downcast::<Int>()?;
            return match int.exact() {
                Some(exact) => IntRef::of(exact),
                None => Some(int.to_i64().map_or(IntRef::Big(int), IntRef::Word)),
            };
        }
        v.is_bool().then(|| IntRef::Word(i64::from(v == Value::TRUE)))
    }

    /// As num-bigint has it.
    #[must_use]
    pub fn big(&self) -> BigInt {
        match self {
            IntRef::Word(i) => BigInt::from(*i),
            IntRef::Big(int) => limbs::to_bigint(int.negative, int.limbs()),
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
            IntRef::Big(int) => int.negative,
        }
    }
}

impl Machine {
    /// An `int`.
    #[inline]
    pub fn new_int(&mut self, i: i64) -> Value {
        match Value::try_int(i) {
            Some(v) => v,
            None => self.new_big(i < 0, 1, |limbs| limbs[0] = i.unsigned_abs()),
        }
    }

    /// An `int`.
    #[inline]
    pub fn int_from_i128(&mut self, i: i128) -> Value {
        match i64::try_from(i) {
            Ok(i) => self.new_int(i),
            Err(_) => self.new_big(i < 0, 2, |limbs| {
                let size = i.unsigned_abs();
                (limbs[0], limbs[1]) = (size as Limb, (size >> 64) as Limb);
            }),
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
        let digits = value.magnitude().iter_u64_digits();
        self.new_big(value.sign() == Sign::Minus, digits.len(), |limbs| limbs.iter_mut().zip(digits).for_each(|(to, from)| *to = from))
    }

    /// An `int` of limbs, leading zeros perhaps among them: held in the word if it fits.
    pub fn int_from_limbs(&mut self, negative: bool, limbs: &[Limb]) -> Value {
        let limbs = limbs::trimmed(limbs);
        self.new_big(negative, limbs.len(), |out| out.copy_from_slice(limbs))
    }

    /// An `int` of a magnitude.
    #[inline]
    pub(super) fn int_from_u128(&mut self, negative: bool, size: u128) -> Value {
        let (low, high) = (size as Limb, (size >> 64) as Limb);
        if high == 0 {
            return self.int_from_limb(negative, low);
        }
        self.new_big(negative, 2, |limbs| (limbs[0], limbs[1]) = (low, high))
    }

    /// An `int` of a magnitude.
    #[inline]
    pub(super) fn int_from_limb(&mut self, negative: bool, size: Limb) -> Value {
        match small(negative, size) {
            Some(v) => v,
            None => self.new_big(negative, 1, |limbs| limbs[0] = size),
        }
    }

    /// An `int` of at most `len` limbs, all of which `fill` writes; held in the word if it fits.
    #[inline]
    pub(super) fn new_big(&mut self, negative: bool, len: usize, fill: impl FnOnce(&mut [Limb])) -> Value {
        if len == 0 {
            return Value::small(0);
        }
        let ty = self.types.int;
        let bytes = size_of::<Int>() + (len - 1) * size_of::<Limb>();
        let cell = self.heap.allocate(Int::LAYOUT, ty.as_ptr(), bytes).cast::<Int>();
        // SAFETY: the cell has room for the struct and the limbs behind its first; nothing else knows it yet. The limbs are what an earlier
        // object left there, or zero, and every word is a limb. The cell is given back if the number turns out to fit the word.
        unsafe {
            cell.write(Int { header: Header::new(ty), len: 0, negative, refers: false, first: UnsafeCell::new(0) });
            let limbs = std::slice::from_raw_parts_mut((&raw mut (*cell).first).cast::<Limb>(), len);
            fill(limbs);
            let used = limbs::significant(limbs);
            if used <= 1
                && let Some(v) = small(negative, limbs[0])
            {
                self.heap.free_now(cell.cast());
                return v;
            }
            (*cell).len = used as u32;
            Gc::from_raw(cell).value()
        }
    }

    /// An instance of a subclass of `int`, of the number of the exact `int` given.
    pub(super) fn int_object(&mut self, ty: Gc<super::typeobj::Type>, exact: Value) -> Gc<Int> {
        self.new_object(Int { header: Header::new(ty), len: 0, negative: false, refers: true, first: UnsafeCell::new(exact.bits()) })
    }

    /// The number of an `int`, a `bool` or an instance of a subclass of `int`.
    #[must_use]
    pub fn int_to_bigint(&self, v: Value) -> Option<BigInt> {
        Some(IntRef::of(v)?.big())
    }

    /// The number of an `int`, a `bool` or an instance of a subclass of `int`, if it fits 64 bits.
    #[inline]
    #[must_use]
    pub fn int_as_i64(&self, v: Value) -> Option<i64> {
        if v.is_int() { Some(v.as_int()) } else { IntRef::of(v)?.word() }
    }

    /// The exact `int` of the same number (an instance of a subclass becomes a plain one).
    pub fn exact_int(&mut self, v: Value) -> Value {
        if v.is_int() {
            return v;
        }
        if v.is_bool() {
            return Value::small(i64::from(v == Value::TRUE));
        }
        v.downcast::<Int>().and_then(|int| int.exact()).unwrap_or(v)
    }

    /// `operator.index(object)` as a big integer.
    pub fn index_bigint(&mut self, object: Value) -> R<BigInt> {
        let n = self.index(object)?;
        Ok(self.int_to_bigint(n).unwrap_or_else(BigInt::zero))
    }

    /// The nearest float of an integer, or the `OverflowError`.
    pub fn int_to_f64(&mut self, int: IntRef) -> R<f64> {
        let f = match int {
            IntRef::Word(i) => i as f64,
            IntRef::Big(int) => limbs::to_f64(int.negative, int.limbs()),
        };
        if f.is_finite() { Ok(f) } else { Err(self.raise_text(TextError::overflow("int too large to convert to float"))) }
    }
}
