//! `complex`: memory, operations and methods. The arithmetic follows CPython's algorithms, so that results agree to the last bit.

use super::float_type::float_hash;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::int::IntRef;
use super::slice::read_only;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::text::format_apply::format_complex;
use crate::text::{float_parse, float_text, hash};

/// A `complex` object.
#[repr(C)]
pub struct Complex {
    /// Its type.
    pub header: Header,
    /// Real and imaginary part.
    pub value: (f64, f64),
}

// SAFETY: repr(C), header first, no references.
unsafe impl Payload for Complex {
    const LAYOUT: &'static Layout = &layout_of::<Complex>(LayoutId::Complex);
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// `complex`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(new),
        getattro: Some(super::attr::generic_get_attr),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        add: Some(|m, a, b| arithmetic(m, a, b, |a, b| (a.0 + b.0, a.1 + b.1))),
        sub: Some(|m, a, b| arithmetic(m, a, b, |a, b| (a.0 - b.0, a.1 - b.1))),
        mul: Some(|m, a, b| arithmetic(m, a, b, product)),
        truediv: Some(truediv),
        pow: Some(pow),
        neg: Some(neg),
        pos: Some(itself),
        abs: Some(abs),
        bool: Some(is_true),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("conjugate", Convention::NoArgs, conjugate),
        MethodDef::new("__complex__", Convention::NoArgs, |m, v, _| itself(m, v)),
        MethodDef::new("__getnewargs__", Convention::NoArgs, getnewargs),
        MethodDef::new("__format__", Convention::O, format),
    ],
    getset: &[
        GetSetDef {
            name: "real",
            get: |m, v| {
                let z = own(m, v)?;
                Ok(m.new_float(z.0))
            },
            set: Some(read_only),
        },
        GetSetDef {
            name: "imag",
            get: |m, v| {
                let z = own(m, v)?;
                Ok(m.new_float(z.1))
            },
            set: Some(read_only),
        },
    ],
    doc: "complex(real=0, imag=0)\n--\n\nCreate a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
    ..TypeSpec::new("complex", Complex::LAYOUT)
};

impl Machine {
    /// A `complex`.
    pub fn new_complex(&mut self, re: f64, im: f64) -> Value {
        let header = Header::new(self.types.complex);
        self.new_object(Complex { header, value: (re, im) }).value()
    }

    /// The number of a `complex` or of an instance of a subclass.
    #[must_use]
    pub fn complex_value(&self, v: Value) -> Option<(f64, f64)> {
        v.downcast::<Complex>().map(|z| z.value)
    }

    /// The object as a complex number, through `__complex__`, `__float__` or `__index__` (`PyComplex_AsCComplex`).
    pub fn as_complex(&mut self, v: Value) -> R<(f64, f64)> {
        if let Some(z) = self.complex_value(v) {
            return Ok(z);
        }
        if let Some(z) = self.by_complex_method(v)? {
            return Ok(z);
        }
        Ok((self.as_f64(v)?, 0.0))
    }

    fn by_complex_method(&mut self, v: Value) -> R<Option<(f64, f64)>> {
        let name = self.names.complex;
        let Some(method) = self.lookup_special(v, name)? else { return Ok(None) };
        let result = self.call(method, &[])?;
        match self.complex_value(result) {
            Some(z) => {
                let complex = self.types.complex;
                self.warn_strict_subclass("__complex__ returned non-complex", result, complex)?;
                Ok(Some(z))
            }
            None => {
                let name = self.type_name(result);
                Err(self.type_error(&format!("__complex__ returned non-complex (type {name})")))
            }
        }
    }
}

fn own(m: &mut Machine, v: Value) -> R<(f64, f64)> {
    match m.complex_value(v) {
        Some(z) => Ok(z),
        None => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("expected a complex, got '{name}'")))
        }
    }
}

fn operand(m: &mut Machine, v: Value) -> R<Option<(f64, f64)>> {
    if let Some(z) = m.complex_value(v) {
        return Ok(Some(z));
    }
    if let Some(f) = m.float_value(v) {
        return Ok(Some((f, 0.0)));
    }
    match IntRef::of(v) {
        Some(int) => Ok(Some((m.int_to_f64(int)?, 0.0))),
        None => Ok(None),
    }
}

/// Real and imaginary part.
type Pair = (f64, f64);

fn arithmetic(m: &mut Machine, a: Value, b: Value, f: fn(Pair, Pair) -> Pair) -> R<Value> {
    let Some(a) = operand(m, a)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let Some(b) = operand(m, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let (re, im) = f(a, b);
    Ok(m.new_complex(re, im))
}

fn product(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// The quotient by Smith's method; `None` for a zero divisor.
fn quotient(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b.0.abs() >= b.1.abs() {
        if b.0 == 0.0 {
            return None;
        }
        let ratio = b.1 / b.0;
        let denominator = b.0 + b.1 * ratio;
        Some(((a.0 + a.1 * ratio) / denominator, (a.1 - a.0 * ratio) / denominator))
    } else if b.1.abs() >= b.0.abs() {
        let ratio = b.0 / b.1;
        let denominator = b.0 * ratio + b.1;
        Some(((a.0 * ratio + a.1) / denominator, (a.1 * ratio - a.0) / denominator))
    } else {
        Some((f64::NAN, f64::NAN))
    }
}

fn truediv(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let Some(a) = operand(m, a)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let Some(b) = operand(m, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    match quotient(a, b) {
        Some((re, im)) => Ok(m.new_complex(re, im)),
        None => Err(m.zero_division_error("complex division by zero")),
    }
}

/// A power by squaring; the exponent is not negative.
fn power_by_squaring(base: (f64, f64), exponent: u32) -> (f64, f64) {
    let (mut result, mut square, mut mask) = ((1.0, 0.0), base, 1);
    while exponent >= mask {
        if exponent & mask != 0 {
            result = product(result, square);
        }
        mask <<= 1;
        square = product(square, square);
    }
    result
}

/// The power; `None` for zero to a negative or complex power.
fn power_value(a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
    if b.1 == 0.0 && b.0 == b.0.floor() && b.0.abs() <= 100.0 {
        return if b.0 > 0.0 { Some(power_by_squaring(a, b.0 as u32)) } else { quotient((1.0, 0.0), power_by_squaring(a, -b.0 as u32)) };
    }
    if a == (0.0, 0.0) {
        return if b.1 != 0.0 || b.0 < 0.0 { None } else { Some((0.0, 0.0)) };
    }
    let size = a.0.hypot(a.1);
    let angle = a.1.atan2(a.0);
    let mut len = size.powf(b.0);
    let mut phase = angle * b.0;
    if b.1 != 0.0 {
        len /= (angle * b.1).exp();
        phase += b.1 * size.ln();
    }
    // The cosine of an infinity is a domain error, which CPython takes for a zero base.
    if phase.is_infinite() { None } else { Some((len * phase.cos(), len * phase.sin())) }
}

/// `a ** b` of complex numbers.
pub(super) fn power(m: &mut Machine, a: (f64, f64), b: (f64, f64)) -> R<Value> {
    match power_value(a, b) {
        None => Err(m.zero_division_error("0.0 to a negative or complex power")),
        Some((re, im)) if re.is_infinite() || im.is_infinite() => Err(m.overflow_error("complex exponentiation")),
        Some((re, im)) => Ok(m.new_complex(re, im)),
    }
}

fn pow(m: &mut Machine, a: Value, b: Value, modulus: Value) -> R<Value> {
    let Some(a) = operand(m, a)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let Some(b) = operand(m, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    if !modulus.is_none() {
        return Err(m.value_error("complex modulo"));
    }
    power(m, a, b)
}

fn neg(m: &mut Machine, v: Value) -> R<Value> {
    let z = own(m, v)?;
    Ok(m.new_complex(-z.0, -z.1))
}

fn itself(m: &mut Machine, v: Value) -> R<Value> {
    if m.type_of(v) == m.types.complex {
        return Ok(v);
    }
    let z = own(m, v)?;
    Ok(m.new_complex(z.0, z.1))
}

fn abs(m: &mut Machine, v: Value) -> R<Value> {
    let z = own(m, v)?;
    let size = z.0.hypot(z.1);
    if size.is_infinite() && z.0.is_finite() && z.1.is_finite() {
        return Err(m.overflow_error("absolute value too large"));
    }
    Ok(m.new_float(size))
}

fn is_true(m: &mut Machine, v: Value) -> R<bool> {
    Ok(own(m, v)? != (0.0, 0.0))
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let z = own(m, v)?;
    Ok(m.str_value(&float_text::complex_repr(z.0, z.1)))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let z = own(m, v)?;
    Ok(hash::combine_complex(float_hash(z.0, v), float_hash(z.1, v)))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let z = own(m, a)?;
    let same = if let Some(w) = m.complex_value(b) {
        z == w
    } else if let Some(f) = m.float_value(b) {
        z == (f, 0.0)
    } else if let Some(int) = IntRef::of(b) {
        z.1 == 0.0 && super::float_type::compare_int(z.0, int) == Some(std::cmp::Ordering::Equal)
    } else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}

fn conjugate(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let z = own(m, v)?;
    Ok(m.new_complex(z.0, -z.1))
}

fn getnewargs(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let z = own(m, v)?;
    let (re, im) = (m.new_float(z.0), m.new_float(z.1));
    Ok(m.new_tuple(&[re, im]).value())
}

fn format(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = m.format_spec_argument(args.pos()[0])?;
    if spec.char_len() == 0 {
        return Ok(m.to_str(v)?.value());
    }
    let name = m.type_name(v);
    let z = own(m, v)?;
    let text = format_complex(z.0, z.1, spec.text(), &name).map_err(|e| m.raise_text(e))?;
    Ok(m.str_from_text(&text)?.value())
}

fn make(m: &mut Machine, class: Gc<Type>, re: f64, im: f64) -> Value {
    if class == m.types.complex {
        return m.new_complex(re, im);
    }
    m.new_object(Complex { header: Header::new(class), value: (re, im) }).value()
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [re, im] = args.bind(m, "complex", ["real", "imag"], spec)?;
    let re = if re.is_null() { Value::small(0) } else { re };
    if im.is_null() && class == m.types.complex && m.type_of(re) == class {
        return Ok(re);
    }
    if let Some(text) = re.downcast::<Str>() {
        if !im.is_null() {
            return Err(m.type_error("complex() can't take second arg if first is a string"));
        }
        let (x, y) = float_parse::parse_complex(text.text()).map_err(|e| m.raise_text(e))?;
        return Ok(make(m, class, x, y));
    }
    if !im.is_null() && im.downcast::<Str>().is_some() {
        return Err(m.type_error("complex() second arg can't be a string"));
    }
    let by_method = if m.complex_value(re).is_some() && m.type_of(re) == m.types.complex { None } else { m.by_complex_method(re)? };
    let first = by_method.or_else(|| m.complex_value(re));
    if first.is_none() && !is_real(m, re) {
        let name = m.type_name(re);
        return Err(m.type_error(&format!("complex() first argument must be a string or a number, not '{name}'")));
    }
    let second = if im.is_null() { None } else { m.complex_value(im) };
    if !im.is_null() && second.is_none() && !is_real(m, im) {
        let name = m.type_name(im);
        return Err(m.type_error(&format!("complex() second argument must be a number, not '{name}'")));
    }
    // Either argument may be complex: the result is first + second * 1j.
    let (mut x, rest) = match first {
        Some(z) => (z.0, Some(z.1)),
        None => (m.to_float(re)?, None),
    };
    let mut y = match second {
        Some(w) => {
            x -= w.1;
            w.0
        }
        None if im.is_null() => return Ok(make(m, class, x, rest.unwrap_or(0.0))),
        None => m.to_float(im)?,
    };
    // Adding nothing is not adding zero, which would lose a minus sign.
    if let Some(rest) = rest {
        y += rest;
    }
    Ok(make(m, class, x, y))
}

/// Whether the type converts to a float.
fn is_real(m: &Machine, v: Value) -> bool {
    m.type_of(v).slot(|s| s.float.or(s.index)).is_some()
}
