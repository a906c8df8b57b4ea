//! `float`: memory of those that do not fit the word, conversions, and the operations. Named methods are in `float_methods.rs`.

use super::float_methods;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::int::IntRef;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, TypeSpec};
use crate::text::error::TextError;
use crate::text::format_quick::shortest_plain;
use crate::text::{float_ops, float_parse, float_text, hash};
use std::cmp::Ordering;

/// A `float` outside the range held in the word, or an instance of a subclass of `float`.
#[repr(C)]
pub struct Float {
    /// Its type.
    pub header: Header,
    /// The number.
    pub value: f64,
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Float {
    const LAYOUT: &'static Layout = &layout_of::<Float>(LayoutId::Float);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// `float`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF,
    slots: Slots {
        new: Some(new),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        add: Some(add),
        sub: Some(sub),
        mul: Some(mul),
        truediv: Some(truediv),
        floordiv: Some(floordiv),
        rem: Some(rem),
        divmod: Some(divmod),
        pow: Some(pow),
        neg: Some(neg),
        pos: Some(itself),
        abs: Some(abs),
        bool: Some(is_true),
        int: Some(int),
        float: Some(itself),
        ..Slots::EMPTY
    },
    methods: float_methods::METHODS,
    getset: float_methods::GETSET,
    doc: "float(x=0, /)\n--\n\nConvert a string or number to a floating-point number, if possible.",
    ..TypeSpec::new("float", Float::LAYOUT)
};

impl Machine {
    /// A `float`.
    #[inline]
    pub fn new_float(&mut self, f: f64) -> Value {
        match Value::try_float(f) {
            Some(v) => v,
            None => self.boxed_float(f),
        }
    }

    #[inline(never)]
    fn boxed_float(&mut self, value: f64) -> Value {
        let header = Header::new(self.types.float);
        self.new_object(Float { header, value }).value()
    }

    /// The number of a `float` or of an instance of a subclass.
    #[inline]
    #[must_use]
    pub fn float_value(&self, v: Value) -> Option<f64> {
        if v.is_immediate_float() {
            return Some(v.as_immediate_float());
        }
        v.downcast::<Float>().map(|f| f.value)
    }

    /// The object as a float, through `__float__` or `__index__` (`PyFloat_AsDouble`).
    pub fn as_f64(&mut self, v: Value) -> R<f64> {
        if let Some(f) = self.float_value(v) {
            return Ok(f);
        }
        match self.float_by_slots(v)? {
            Some(f) => Ok(f),
            None => {
                let name = self.type_name(v);
                Err(self.type_error(&format!("must be real number, not {name}")))
            }
        }
    }

    /// Through the slots of `__float__` and `__index__`; `None` if the type has neither.
    pub(super) fn float_by_slots(&mut self, v: Value) -> R<Option<f64>> {
        if let Some(int) = IntRef::of(v)
            && (v.is_int() || v.is_bool() || self.type_of(v) == self.types.int)
        {
            return self.int_to_f64(int).map(Some);
        }
        let ty = self.type_of(v);
        if let Some(f) = ty.slot(|s| s.float) {
            let result = f(self, v)?;
            return match self.float_value(result) {
                Some(f) => {
                    if !result.is(v) && self.type_of(result) != self.types.float {
                        let (what, float) = (format!("{}.__float__ returned non-float", self.type_name(v)), self.types.float);
                        self.warn_strict_subclass(&what, result, float)?;
                    }
                    Ok(Some(f))
                }
                None => {
                    let (name, got) = (self.type_name(v), self.type_name(result));
                    Err(self.type_error(&format!("{name}.__float__ returned non-float (type {got})")))
                }
            };
        }
        if ty.slot(|s| s.index).is_none() {
            return Ok(None);
        }
        let n = self.index(v)?;
        match IntRef::of(n) {
            Some(int) => self.int_to_f64(int).map(Some),
            None => Ok(None),
        }
    }

    /// `float(x)` (`PyNumber_Float`).
    pub fn to_float(&mut self, x: Value) -> R<f64> {
        if let Some(f) = self.float_value(x)
            && (x.is_immediate_float() || self.type_of(x) == self.types.float)
        {
            return Ok(f);
        }
        if let Some(f) = self.float_by_slots(x)? {
            return Ok(f);
        }
        let parsed = if let Some(s) = x.downcast::<Str>() {
            float_parse::parse_float(s.text()).ok()
        } else if let Some(bytes) = self.bytes_like(x) {
            float_parse::parse_float_bytes(bytes).ok()
        } else {
            let name = self.type_name(x);
            return Err(self.type_error(&format!("float() argument must be a string or a real number, not '{name}'")));
        };
        match parsed {
            Some(f) => Ok(f),
            None => {
                let repr = self.repr(x)?;
                let message = [b"could not convert string to float: ", repr.bytes()].concat();
                Err(self.raise_text(TextError::value(message)))
            }
        }
    }

    /// Refuses keywords in `class(…)` of a native type that takes none, unless a subclass has its own `__init__`.
    pub(crate) fn refuse_keywords(&mut self, class: Gc<Type>, base: Gc<Type>, name: &str, args: Args<'_>) -> R<()> {
        let same = match (class.slot(|s| s.init), base.slot(|s| s.init)) {
            (Some(f), Some(g)) => std::ptr::fn_addr_eq(f, g),
            (None, None) => true,
            _ => false,
        };
        if args.has_keywords() && (class == base || same) {
            return Err(self.type_error(&format!("{name}() takes no keyword arguments")));
        }
        Ok(())
    }
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.types.float;
    m.refuse_keywords(class, base, "float", args)?;
    let f = match Args::positional(args.pos()).between(m, "float", 0, 1)? {
        [x] => m.to_float(*x)?,
        _ => 0.0,
    };
    if class == base {
        return Ok(m.new_float(f));
    }
    Ok(m.new_object(Float { header: Header::new(class), value: f }).value())
}

/// The number of a slot's own operand.
pub(super) fn own(m: &mut Machine, v: Value) -> R<f64> {
    match m.float_value(v) {
        Some(f) => Ok(f),
        None => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("expected a float, got '{name}'")))
        }
    }
}

/// An operand: a float, or an integer converted; `None` for anything else.
#[inline]
fn operand(m: &mut Machine, v: Value) -> R<Option<f64>> {
    if let Some(f) = m.float_value(v) {
        return Ok(Some(f));
    }
    match IntRef::of(v) {
        Some(int) => m.int_to_f64(int).map(Some),
        None => Ok(None),
    }
}

macro_rules! operands {
    ($m:ident, $a:ident, $b:ident) => {
        if Value::both_immediate_float($a, $b) {
            ($a.as_immediate_float(), $b.as_immediate_float())
        } else {
            match (operand($m, $a)?, $b) {
                (Some(a), b) => match operand($m, b)? {
                    Some(b) => (a, b),
                    None => return Ok(Value::NOT_IMPLEMENTED),
                },
                (None, _) => return Ok(Value::NOT_IMPLEMENTED),
            }
        }
    };
}

fn add(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    Ok(m.new_float(a + b))
}

fn sub(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    Ok(m.new_float(a - b))
}

fn mul(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    Ok(m.new_float(a * b))
}

fn truediv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    if b == 0.0 {
        return Err(m.zero_division_error("float division by zero"));
    }
    Ok(m.new_float(a / b))
}

/// Quotient rounded down and remainder with the divisor's sign; the divisor is not zero.
pub(super) fn floor_divmod(a: f64, b: f64) -> (f64, f64) {
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0f64.copysign(a / b), remainder);
    }
    let mut floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor += 1.0;
    }
    (floor, remainder)
}

fn floordiv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    if b == 0.0 {
        return Err(m.zero_division_error("float floor division by zero"));
    }
    Ok(m.new_float(floor_divmod(a, b).0))
}

fn rem(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    if b == 0.0 {
        return Err(m.zero_division_error("float modulo by zero"));
    }
    Ok(m.new_float(floor_divmod(a, b).1))
}

fn divmod(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let (a, b) = operands!(m, a, b);
    if b == 0.0 {
        return Err(m.zero_division_error("float divmod()"));
    }
    let (q, r) = floor_divmod(a, b);
    let (q, r) = (m.new_float(q), m.new_float(r));
    Ok(m.new_tuple(&[q, r]).value())
}

fn pow(m: &mut Machine, a: Value, b: Value, modulus: Value) -> R<Value> {
    if !modulus.is_none() {
        return Err(m.type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    }
    let (a, b) = operands!(m, a, b);
    power(m, a, b)
}

/// `a ** b` of floats.
pub(super) fn power(m: &mut Machine, a: f64, b: f64) -> R<Value> {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return Err(m.zero_division_error("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b != b.floor() {
        return super::complex_type::power(m, (a, 0.0), (b, 0.0));
    }
    // C's pow agrees with Python on zeros, infinities and nan.
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        let class = m.exceptions.overflow_error;
        let message = m.str_value("Numerical result out of range");
        return Err(m.raise_with(class, &[Value::small(34), message]));
    }
    Ok(m.new_float(result))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let f = own(m, v)?;
    if let Some(text) = shortest_plain(f, &mut ryu::Buffer::new()) {
        return Ok(m.new_str_counted(text.as_bytes(), text.len())?.value());
    }
    Ok(m.str_value(&float_text::float_repr(f)))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let f = own(m, v)?;
    Ok(float_hash(f, v))
}

/// Hash of a float that is (a part of) `v`; nan hashes by identity.
pub(super) fn float_hash(f: f64, v: Value) -> i64 {
    hash::hash_float(f).unwrap_or_else(|| super::object_type::hash_pointer(v))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let x = own(m, a)?;
    let order = if let Some(y) = m.float_value(b) {
        x.partial_cmp(&y)
    } else {
        match IntRef::of(b) {
            Some(int) => compare_int(x, int),
            None => return Ok(Value::NOT_IMPLEMENTED),
        }
    };
    Ok(Value::from_bool(match order {
        Some(order) => op.holds(order),
        None => op == Compare::Ne,
    }))
}

/// Exact order of a float and an integer; `None` for nan.
pub(super) fn compare_int(f: f64, int: IntRef) -> Option<Ordering> {
    match int {
        IntRef::Word(i) => float_ops::compare_i64(f, i),
        IntRef::Big(int) => float_ops::compare_int(f, &IntRef::Big(int).big()),
    }
}

fn neg(m: &mut Machine, v: Value) -> R<Value> {
    let f = own(m, v)?;
    Ok(m.new_float(-f))
}

/// The plain float of the same value.
pub(super) fn itself(m: &mut Machine, v: Value) -> R<Value> {
    if v.is_immediate_float() || m.type_of(v) == m.types.float {
        return Ok(v);
    }
    let f = own(m, v)?;
    Ok(m.new_float(f))
}

fn abs(m: &mut Machine, v: Value) -> R<Value> {
    let f = own(m, v)?;
    Ok(m.new_float(f.abs()))
}

fn is_true(m: &mut Machine, v: Value) -> R<bool> {
    Ok(own(m, v)? != 0.0)
}

fn int(m: &mut Machine, v: Value) -> R<Value> {
    let f = own(m, v)?;
    m.int_from_f64(f)
}
