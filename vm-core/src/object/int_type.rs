//! `int`: its specification, and the operations of one operand. Binary arithmetic is in `int_arith.rs`, construction in `int_new.rs`,
//! named methods in `int_methods.rs`, memory and conversions in `int.rs`.

use super::header::{Gc, Payload};
use super::int::{Int, IntRef};
use super::int_big::Operand;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::TypeFlags;
use super::value::Value;
use super::{int_arith, int_big, int_methods, int_new};
use crate::machine::{Machine, R};
use crate::native::TypeSpec;
use crate::text::{hash, int_text, limbs};

/// `int`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF,
    slots: Slots {
        new: Some(int_new::new),
        getattro: Some(super::attr::generic_get_attr),
        repr: Some(repr),
        hash: Some(hash),
        richcompare: Some(compare),
        add: Some(int_arith::add),
        sub: Some(int_arith::sub),
        mul: Some(int_arith::mul),
        floordiv: Some(int_arith::floordiv),
        rem: Some(int_arith::rem),
        divmod: Some(int_arith::divmod),
        truediv: Some(int_arith::truediv),
        pow: Some(int_arith::pow),
        lshift: Some(int_arith::lshift),
        rshift: Some(int_arith::rshift),
        and: Some(int_arith::and),
        or: Some(int_arith::or),
        xor: Some(int_arith::xor),
        neg: Some(neg),
        pos: Some(itself),
        abs: Some(abs),
        invert: Some(invert),
        bool: Some(is_true),
        int: Some(itself),
        index: Some(itself),
        float: Some(float),
        ..Slots::EMPTY
    },
    methods: int_methods::METHODS,
    getset: int_methods::GETSET,
    doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.",
    ..TypeSpec::new("int", Int::LAYOUT)
};

/// The integer of a slot's own operand.
#[inline(always)]
pub(super) fn own(m: &mut Machine, v: Value) -> R<IntRef> {
    if v.is_int() { Ok(IntRef::Word(v.as_int())) } else { own_other(m, v) }
}

#[inline(never)]
fn own_other(m: &mut Machine, v: Value) -> R<IntRef> {
    match IntRef::of(v) {
        Some(i) => Ok(i),
        None => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("expected an int, got '{name}'")))
        }
    }
}

/// Limbs up to which digits are written without an allocation.
const SHORT_LIMBS: usize = 8;

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    match own(m, v)? {
        IntRef::Word(i) => Ok(m.str_of_word(i)?.value()),
        IntRef::Big(int) if int.limbs().len() <= SHORT_LIMBS => {
            // So few digits are never refused.
            let (mut limbs, mut text) = ([0; SHORT_LIMBS], [0; 20 * SHORT_LIMBS + 1]);
            let n = int.limbs().len();
            limbs[..n].copy_from_slice(int.limbs());
            let mut at = limbs::write_decimal(&mut text, &mut limbs[..n]);
            if int.is_negative() {
                at -= 1;
                text[at] = b'-';
            }
            Ok(m.fresh_str(&text[at..], text.len() - at)?.value())
        }
        IntRef::Big(int) => match int_text::limbs_to_decimal(int.is_negative(), int.limbs(), m.int_max_str_digits) {
            Ok(text) => Ok(m.new_str_counted(text.as_bytes(), text.len())?.value()),
            Err(e) => Err(m.raise_text(e)),
        },
    }
}

impl Machine {
    /// The decimal digits of a machine integer.
    pub(super) fn str_of_word(&mut self, i: i64) -> R<Gc<Str>> {
        let mut out = [0; 20];
        let at = limbs::write_word(&mut out, i.unsigned_abs());
        let at = if i < 0 {
            out[at - 1] = b'-';
            at - 1
        } else {
            at
        };
        // CPython makes a new string even of a single digit.
        self.fresh_str(&out[at..], out.len() - at)
    }
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    Ok(match own(m, v)? {
        IntRef::Word(i) => hash::hash_i64(i),
        IntRef::Big(int) => hash::hash_limbs(int.is_negative(), int.limbs()),
    })
}

fn compare(_: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if Value::both_int(a, b) {
        return Ok(Value::from_bool(op.holds(a.raw_int().cmp(&b.raw_int()))));
    }
    let (mut x, mut y) = (0, 0);
    let (Some(a), Some(b)) = (Operand::of(a, &mut x), Operand::of(b, &mut y)) else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::from_bool(op.holds(int_big::order(a, b))))
}

/// Whether two integers are equal.
pub(super) fn same_number(a: Value, b: Value) -> bool {
    let (mut x, mut y) = (0, 0);
    match (Operand::of(a, &mut x), Operand::of(b, &mut y)) {
        (Some(a), Some(b)) => int_big::order(a, b).is_eq(),
        _ => false,
    }
}

fn neg(m: &mut Machine, v: Value) -> R<Value> {
    Ok(match own(m, v)? {
        IntRef::Word(i) => m.int_from_i128(-i128::from(i)),
        IntRef::Big(int) => int_big::neg(m, int),
    })
}

fn abs(m: &mut Machine, v: Value) -> R<Value> {
    if own(m, v)?.is_negative() { neg(m, v) } else { itself(m, v) }
}

fn invert(m: &mut Machine, v: Value) -> R<Value> {
    Ok(match own(m, v)? {
        IntRef::Word(i) => m.new_int(!i),
        IntRef::Big(int) => int_big::invert(m, int),
    })
}

fn is_true(m: &mut Machine, v: Value) -> R<bool> {
    Ok(!own(m, v)?.is_zero())
}

/// The plain `int` of the same value.
pub(super) fn itself(m: &mut Machine, v: Value) -> R<Value> {
    own(m, v)?;
    Ok(m.exact_int(v))
}

fn float(m: &mut Machine, v: Value) -> R<Value> {
    let int = own(m, v)?;
    let f = m.int_to_f64(int)?;
    Ok(m.new_float(f))
}
