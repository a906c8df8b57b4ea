//! The object: exponent, sign and kind, then the limbs of the coefficient, which the object holds itself. An instance of a subclass
//! refers to the exact `Decimal` of its value, as with `int`.

use super::number::{Dec, Kind, Num};
use crate::heap::Marker;
use crate::machine::Machine;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::typeobj::Type;
use crate::object::value::Value;
use std::cell::{Cell, UnsafeCell};

/// A `Decimal`.
#[repr(C)]
pub(crate) struct Decimal {
    header: Header,
    /// The hash once asked for, else [`NO_HASH`].
    pub(super) hash: Cell<i64>,
    exp: i64,
    len: u32,
    kind: Kind,
    negative: bool,
    /// The first word is the exact `Decimal`.
    refers: bool,
    first: UnsafeCell<u64>,
}

/// No hash has this value.
pub(super) const NO_HASH: i64 = -1;

// SAFETY: repr(C), header first, no references but the one traced.
unsafe impl Payload for Decimal {
    const LAYOUT: &'static Layout = &layout_of::<Decimal>(LayoutId::Decimal);
    fn trace(&self, marker: &mut Marker<'_>) {
        if let Some(exact) = self.exact() {
            marker.mark(exact);
        }
    }
}

impl Decimal {
    fn exact(&self) -> Option<Value> {
        // SAFETY: written once, when the object was made; the object keeps the value alive.
        self.refers.then(|| unsafe { Value::from_bits(*self.first.get()) })
    }

    /// The number.
    #[inline]
    pub(super) fn num(&self) -> Num<'_> {
        let object = if self.refers {
            // SAFETY: an instance of a subclass refers to an exact `Decimal`, which it keeps alive and which does not change.
            unsafe { &*Value::from_bits(*self.first.get()).cast::<Decimal>().as_ptr() }
        } else {
            self
        };
        // SAFETY: `new_decimal` wrote so many limbs; they do not change.
        let coeff = unsafe { std::slice::from_raw_parts(object.first.get(), object.len as usize) };
        Num { kind: object.kind, negative: object.negative, exp: object.exp, coeff }
    }
}

impl Machine {
    /// The class `Decimal`.
    #[inline]
    pub(super) fn decimal_class(&mut self) -> Gc<Type> {
        match self.lib.decimal.decimal {
            Some(class) => class,
            None => {
                let class = self.native_type(&super::DECIMAL);
                self.lib.decimal.decimal = Some(class);
                class
            }
        }
    }

    /// A `Decimal`.
    #[inline]
    pub(super) fn new_decimal(&mut self, number: Num<'_>) -> Value {
        let ty = self.decimal_class();
        let Num { kind, negative, exp, coeff } = number;
        let bytes = size_of::<Decimal>() + size_of_val(coeff) - if coeff.is_empty() { 0 } else { size_of::<u64>() };
        let cell = self.heap.allocate(Decimal::LAYOUT, ty.as_ptr(), bytes).cast::<Decimal>();
        let header = Header::new(ty);
        // SAFETY: the cell has room for the struct and the limbs behind its first; nothing else knows it yet.
        unsafe {
            let first = UnsafeCell::new(0);
            cell.write(Decimal { header, hash: Cell::new(NO_HASH), exp, len: coeff.len() as u32, kind, negative, refers: false, first });
            let to = (*cell).first.get();
            match *coeff {
                [low] => to.write(low),
                [low, high] => to.cast::<[u64; 2]>().write([low, high]),
                _ => to.copy_from_nonoverlapping(coeff.as_ptr(), coeff.len()),
            }
            Gc::from_raw(cell).value()
        }
    }

    /// An instance of `Decimal` or of a subclass with that number.
    pub(super) fn decimal_of(&mut self, class: Gc<Type>, number: &Dec) -> Value {
        let exact = self.new_decimal(number.num());
        self.decimal_as(class, exact)
    }

    /// The number of an exact `Decimal` as an instance of that class.
    pub(super) fn decimal_as(&mut self, class: Gc<Type>, exact: Value) -> Value {
        if class == self.decimal_class() {
            return exact;
        }
        let first = UnsafeCell::new(exact.bits());
        let header = Header::new(class);
        let (hash, kind) = (Cell::new(NO_HASH), Kind::Finite);
        self.new_object(Decimal { header, hash, exp: 0, len: 0, kind, negative: false, refers: true, first }).value()
    }
}
