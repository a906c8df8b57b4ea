//! `bool`: what differs from `int`. Its two values are singletons in the word, so it has no memory of its own.

use super::header::{Gc, Payload};
use super::int::Int;
use super::int_arith;
use super::slots::{Binary, Slots};
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, TypeSpec};

/// `bool`.
pub static SPEC: TypeSpec = TypeSpec {
    base: Some(|t| t.int),
    flags: super::typeobj::TypeFlags::MATCH_SELF,
    slots: Slots { new: Some(new), repr: Some(repr), and: Some(and), or: Some(or), xor: Some(xor), invert: Some(invert), ..Slots::EMPTY },
    doc: "bool(object=False, /)\n--\n\nReturns True when the argument is true, False otherwise.\n\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.",
    ..TypeSpec::new("bool", Int::LAYOUT)
};

fn new(m: &mut Machine, _: Gc<Type>, args: Args<'_>) -> R<Value> {
    match args.between(m, "bool", 0, 1)? {
        [x] => Ok(Value::from_bool(m.truthy(*x)?)),
        _ => Ok(Value::FALSE),
    }
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    Ok(m.intern(if v == Value::TRUE { "True" } else { "False" }).value())
}

fn invert(m: &mut Machine, v: Value) -> R<Value> {
    let message = "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of \
                   the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for \
                   boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.";
    m.warn_deprecated(message)?;
    Ok(m.new_int(if v == Value::TRUE { -2 } else { -1 }))
}

impl Machine {
    /// Warns of a deprecation, at the running function.
    pub(crate) fn warn_deprecated(&mut self, message: &str) -> R<()> {
        let category = self.exceptions.deprecation_warning;
        self.warn(category, message, 1)
    }
}

/// Of two bools by `of_bools`, else as integers.
fn logic(m: &mut Machine, a: Value, b: Value, of_bools: fn(bool, bool) -> bool, of_ints: Binary) -> R<Value> {
    if a.is_bool() && b.is_bool() {
        return Ok(Value::from_bool(of_bools(a == Value::TRUE, b == Value::TRUE)));
    }
    of_ints(m, a, b)
}

fn and(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    logic(m, a, b, |x, y| x & y, int_arith::and)
}

fn or(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    logic(m, a, b, |x, y| x | y, int_arith::or)
}

fn xor(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    logic(m, a, b, |x, y| x ^ y, int_arith::xor)
}
