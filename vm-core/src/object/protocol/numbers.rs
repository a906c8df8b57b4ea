//! Operators, comparison, truth, hashing and indices on any objects, as CPython's `abstract.c` and `object.c` define them: find the
//! slot of the left operand's type and of the right one's, call them in the right order, word the error if both decline.
//! What an operator does for `int` or `float` is in the types' own files; nothing is short-cut here.

use crate::machine::{Machine, R, Raised};
use crate::object::function::NativeFunction;
use crate::object::header::LayoutId;
use crate::object::slots::{Binary, Compare, Slots, Ternary, Unary};
use crate::object::value::Value;
use std::ptr::fn_addr_eq;

/// `BINARY_OP`'s operators, numbered as its argument: plain ones, then in-place ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "CPython's NB_* numbers")]
pub enum BinaryOp {
    Add = 0,
    And,
    FloorDiv,
    LShift,
    MatMul,
    Mul,
    Rem,
    Or,
    Pow,
    RShift,
    Sub,
    TrueDiv,
    Xor,
    IAdd,
    IAnd,
    IFloorDiv,
    ILShift,
    IMatMul,
    IMul,
    IRem,
    IOr,
    IPow,
    IRShift,
    ISub,
    ITrueDiv,
    IXor,
}

impl BinaryOp {
    /// All, by number.
    pub const ALL: [BinaryOp; 26] = {
        use BinaryOp::*;
        [
            Add, And, FloorDiv, LShift, MatMul, Mul, Rem, Or, Pow, RShift, Sub, TrueDiv, Xor, IAdd, IAnd, IFloorDiv, ILShift, IMatMul,
            IMul, IRem, IOr, IPow, IRShift, ISub, ITrueDiv, IXor,
        ]
    };

    /// The operator as it is written; `** or pow()` for the power, as errors show it.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        const SYMBOLS: [&str; 26] = [
            "+",
            "&",
            "//",
            "<<",
            "@",
            "*",
            "%",
            "|",
            "** or pow()",
            ">>",
            "-",
            "/",
            "^",
            "+=",
            "&=",
            "//=",
            "<<=",
            "@=",
            "*=",
            "%=",
            "|=",
            "**=",
            ">>=",
            "-=",
            "/=",
            "^=",
        ];
        SYMBOLS[self as usize]
    }
}

/// Comparisons that may be under way inside one another, as many as CPython's limit on its C stack lets be.
const MAX_COMPARE_DEPTH: u32 = 9_999;

/// Calls number slots in CPython's order: the right operand's first if its type derives from the left one's.
/// `NotImplemented` if all decline.
#[inline(always)]
fn number_slots(m: &mut Machine, left: Value, right: Value, pick: impl Fn(&Slots) -> Option<Binary>) -> R<Value> {
    let (left_type, right_type) = (m.type_of(left), m.type_of(right));
    let of_left = left_type.slot(&pick);
    if left_type == right_type {
        return match of_left {
            Some(f) => f(m, left, right),
            None => Ok(Value::NOT_IMPLEMENTED),
        };
    }
    let mut of_right = right_type.slot(&pick);
    if let Some(f) = of_left {
        if let Some(g) = of_right {
            if fn_addr_eq(f, g) {
                of_right = None;
            } else if right_type.is_subtype_of(left_type) {
                let result = g(m, left, right)?;
                if result != Value::NOT_IMPLEMENTED {
                    return Ok(result);
                }
                of_right = None;
            }
        }
        let result = f(m, left, right)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
    }
    match of_right {
        Some(g) => g(m, left, right),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// A plain operator on number slots alone.
#[inline(always)]
fn plain(m: &mut Machine, op: BinaryOp, left: Value, right: Value, pick: impl Fn(&Slots) -> Option<Binary>) -> R<Value> {
    match number_slots(m, left, right, pick) {
        Ok(Value::NOT_IMPLEMENTED) => Err(m.unsupported(op.symbol(), left, right)),
        result => result,
    }
}

/// The in-place slot, then the plain ones; `NotImplemented` if all decline.
#[inline(always)]
fn in_place_slots(
    m: &mut Machine,
    left: Value,
    right: Value,
    pick_in_place: impl Fn(&Slots) -> Option<Binary>,
    pick: impl Fn(&Slots) -> Option<Binary>,
) -> R<Value> {
    if let Some(f) = m.type_of(left).slot(pick_in_place) {
        let result = f(m, left, right)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
    }
    number_slots(m, left, right, pick)
}

#[inline(always)]
fn in_place(
    m: &mut Machine,
    op: BinaryOp,
    left: Value,
    right: Value,
    pick_in_place: impl Fn(&Slots) -> Option<Binary>,
    pick: impl Fn(&Slots) -> Option<Binary>,
) -> R<Value> {
    match in_place_slots(m, left, right, pick_in_place, pick) {
        Ok(Value::NOT_IMPLEMENTED) => Err(m.unsupported(op.symbol(), left, right)),
        result => result,
    }
}

/// Calls a sequence's repetition; the count may be any index.
fn repeat(m: &mut Machine, f: Binary, sequence: Value, count: Value) -> R<Value> {
    if !m.is_index(count) {
        let name = m.type_name(count);
        return Err(m.type_error(&format!("can't multiply sequence by non-int of type '{name}'")));
    }
    let n = m.index(count)?;
    match m.int_as_i64(n) {
        // Beyond the word is beyond every length, too.
        Some(i) => f(m, sequence, Value::small(i.clamp(Value::INT_MIN, Value::INT_MAX))),
        None => {
            let name = m.type_name(count);
            Err(m.overflow_error(&format!("cannot fit '{name}' into an index-sized integer")))
        }
    }
}

impl Machine {
    /// `left op right`, through the types' slots; in-place operators fall back to plain ones.
    pub fn binary(&mut self, op: BinaryOp, left: Value, right: Value) -> R<Value> {
        use BinaryOp as B;
        match op {
            B::Add => self.add(left, right),
            B::And => plain(self, op, left, right, |s| s.and),
            B::FloorDiv => plain(self, op, left, right, |s| s.floordiv),
            B::LShift => plain(self, op, left, right, |s| s.lshift),
            B::MatMul => plain(self, op, left, right, |s| s.matmul),
            B::Mul => self.multiply(left, right),
            B::Rem => plain(self, op, left, right, |s| s.rem),
            B::Or => plain(self, op, left, right, |s| s.or),
            B::Pow => self.power(left, right, Value::NONE),
            B::RShift => plain(self, op, left, right, |s| s.rshift),
            B::Sub => plain(self, op, left, right, |s| s.sub),
            B::TrueDiv => plain(self, op, left, right, |s| s.truediv),
            B::Xor => plain(self, op, left, right, |s| s.xor),
            B::IAdd => self.add_in_place(left, right),
            B::IAnd => in_place(self, op, left, right, |s| s.iand, |s| s.and),
            B::IFloorDiv => in_place(self, op, left, right, |s| s.ifloordiv, |s| s.floordiv),
            B::ILShift => in_place(self, op, left, right, |s| s.ilshift, |s| s.lshift),
            B::IMatMul => in_place(self, op, left, right, |s| s.imatmul, |s| s.matmul),
            B::IMul => self.multiply_in_place(left, right),
            B::IRem => in_place(self, op, left, right, |s| s.irem, |s| s.rem),
            B::IOr => in_place(self, op, left, right, |s| s.ior, |s| s.or),
            B::IPow => self.power_in_place(left, right),
            B::IRShift => in_place(self, op, left, right, |s| s.irshift, |s| s.rshift),
            B::ISub => in_place(self, op, left, right, |s| s.isub, |s| s.sub),
            B::ITrueDiv => in_place(self, op, left, right, |s| s.itruediv, |s| s.truediv),
            B::IXor => in_place(self, op, left, right, |s| s.ixor, |s| s.xor),
        }
    }

    fn add(&mut self, left: Value, right: Value) -> R<Value> {
        let result = number_slots(self, left, right, |s| s.add)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        match self.type_of(left).slot(|s| s.concat) {
            Some(f) => f(self, left, right),
            None => Err(self.unsupported("+", left, right)),
        }
    }

    fn add_in_place(&mut self, left: Value, right: Value) -> R<Value> {
        let result = in_place_slots(self, left, right, |s| s.iadd, |s| s.add)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        match self.type_of(left).slot(|s| s.iconcat.or(s.concat)) {
            Some(f) => f(self, left, right),
            None => Err(self.unsupported("+=", left, right)),
        }
    }

    fn multiply(&mut self, left: Value, right: Value) -> R<Value> {
        let result = number_slots(self, left, right, |s| s.mul)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        if let Some(f) = self.type_of(left).slot(|s| s.repeat) {
            return repeat(self, f, left, right);
        }
        match self.type_of(right).slot(|s| s.repeat) {
            Some(f) => repeat(self, f, right, left),
            None => Err(self.unsupported("*", left, right)),
        }
    }

    fn multiply_in_place(&mut self, left: Value, right: Value) -> R<Value> {
        let result = in_place_slots(self, left, right, |s| s.imul, |s| s.mul)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        if let Some(f) = self.type_of(left).slot(|s| s.irepeat.or(s.repeat)) {
            return repeat(self, f, left, right);
        }
        // The right operand is not the one to be changed, so its plain repetition is used.
        match self.type_of(right).slot(|s| s.repeat) {
            Some(f) => repeat(self, f, right, left),
            None => Err(self.unsupported("*=", left, right)),
        }
    }

    /// `pow(base, exponent, modulus)`; the modulus is `None` for `**`.
    pub fn power(&mut self, base: Value, exponent: Value, modulus: Value) -> R<Value> {
        self.power_named("** or pow()", base, exponent, modulus)
    }

    fn power_in_place(&mut self, base: Value, exponent: Value) -> R<Value> {
        if let Some(f) = self.type_of(base).slot(|s| s.ipow) {
            let result = f(self, base, exponent, Value::NONE)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        self.power_named("**=", base, exponent, Value::NONE)
    }

    fn power_named(&mut self, symbol: &str, base: Value, exponent: Value, modulus: Value) -> R<Value> {
        let same = |f: Option<Ternary>, g: Option<Ternary>| matches!((f, g), (Some(f), Some(g)) if fn_addr_eq(f, g));
        let (base_type, exponent_type) = (self.type_of(base), self.type_of(exponent));
        let of_base = base_type.slot(|s| s.pow);
        let of_exponent =
            if base_type == exponent_type { None } else { exponent_type.slot(|s| s.pow).filter(|&g| !same(of_base, Some(g))) };
        let derived = of_exponent.is_some() && of_base.is_some() && exponent_type.is_subtype_of(base_type);
        let of_modulus = self.type_of(modulus).slot(|s| s.pow).filter(|&f| !same(Some(f), of_base) && !same(Some(f), of_exponent));
        let order = if derived { [of_exponent, of_base, of_modulus] } else { [of_base, of_exponent, of_modulus] };
        for f in order.into_iter().flatten() {
            let result = f(self, base, exponent, modulus)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if modulus.is_none() {
            return Err(self.unsupported(symbol, base, exponent));
        }
        let (a, b, c) = (self.type_name(base), self.type_name(exponent), self.type_name(modulus));
        Err(self.type_error(&format!("unsupported operand type(s) for {symbol}: '{a}', '{b}', '{c}'")))
    }

    /// `divmod(left, right)`.
    pub fn divmod(&mut self, left: Value, right: Value) -> R<Value> {
        match number_slots(self, left, right, |s| s.divmod) {
            Ok(Value::NOT_IMPLEMENTED) => Err(self.unsupported("divmod()", left, right)),
            result => result,
        }
    }

    #[cold]
    #[inline(never)]
    fn unsupported(&mut self, symbol: &str, left: Value, right: Value) -> Raised {
        let (a, b) = (self.type_name(left), self.type_name(right));
        let is_print = symbol == ">>" && left.downcast::<NativeFunction>().is_some_and(|f| f.def.name == "print");
        let hint = if is_print { ". Did you mean \"print(<message>, file=<output_stream>)\"?" } else { "" };
        self.type_error(&format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'{hint}"))
    }

    /// `left op right` for the six comparisons; any object may result.
    pub fn compare(&mut self, left: Value, right: Value, op: Compare) -> R<Value> {
        if !(left.is_ptr() && right.is_ptr()) {
            return self.compare_slots(left, right, op);
        }
        if self.compare_depth >= MAX_COMPARE_DEPTH {
            return Err(self.recursion_error("maximum recursion depth exceeded in comparison"));
        }
        self.guard_recursion(" in comparison")?;
        self.compare_depth += 1;
        let result = self.compare_slots(left, right, op);
        self.compare_depth -= 1;
        result
    }

    #[inline(always)]
    fn compare_slots(&mut self, left: Value, right: Value, op: Compare) -> R<Value> {
        let (left_type, right_type) = (self.type_of(left), self.type_of(right));
        let mut reflected = false;
        if left_type != right_type
            && let Some(f) = right_type.slot(|s| s.richcompare)
            && right_type.is_subtype_of(left_type)
        {
            reflected = true;
            let result = f(self, right, left, op.swapped())?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if let Some(f) = left_type.slot(|s| s.richcompare) {
            let result = f(self, left, right, op)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        if !reflected && let Some(f) = right_type.slot(|s| s.richcompare) {
            let result = f(self, right, left, op.swapped())?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
        }
        match op {
            Compare::Eq => Ok(Value::from_bool(left.is(right))),
            Compare::Ne => Ok(Value::from_bool(!left.is(right))),
            _ => {
                let (symbol, a, b) = (op.symbol(), self.type_name(left), self.type_name(right));
                Err(self.type_error(&format!("'{symbol}' not supported between instances of '{a}' and '{b}'")))
            }
        }
    }

    /// Truth of a comparison; identical objects are equal (`PyObject_RichCompareBool`).
    #[inline]
    pub fn compare_bool(&mut self, left: Value, right: Value, op: Compare) -> R<bool> {
        if left.is(right) {
            match op {
                Compare::Eq => return Ok(true),
                Compare::Ne => return Ok(false),
                _ => {}
            }
        }
        let result = self.compare(left, right, op)?;
        if result.is_bool() { Ok(result == Value::TRUE) } else { self.truthy(result) }
    }

    /// `left is right or left == right`.
    #[inline]
    pub fn equal(&mut self, left: Value, right: Value) -> R<bool> {
        self.compare_bool(left, right, Compare::Eq)
    }

    /// `bool(object)`.
    pub fn truthy(&mut self, object: Value) -> R<bool> {
        match object {
            Value::TRUE => return Ok(true),
            Value::FALSE | Value::NONE => return Ok(false),
            _ => {}
        }
        let ty = self.type_of(object);
        if let Some(f) = ty.slot(|s| s.bool) {
            return f(self, object);
        }
        match ty.slot(|s| s.len) {
            Some(f) => Ok(f(self, object)? != 0),
            None => Ok(true),
        }
    }

    /// `hash(object)`.
    pub fn hash(&mut self, object: Value) -> R<i64> {
        match self.type_of(object).slot(|s| s.hash) {
            Some(f) => f(self, object),
            None => Err(self.unhashable(object)),
        }
    }

    /// Raises the `TypeError` of `hash(object)` for an object without hash: also the slot function of such types calls it.
    #[cold]
    pub fn unhashable(&mut self, object: Value) -> Raised {
        let name = self.type_name(object);
        self.type_error(&format!("unhashable type: '{name}'"))
    }

    #[inline(always)]
    fn unary(&mut self, object: Value, what: &str, pick: impl FnOnce(&Slots) -> Option<Unary>) -> R<Value> {
        match self.type_of(object).slot(pick) {
            Some(f) => f(self, object),
            None => {
                let name = self.type_name(object);
                Err(self.type_error(&format!("bad operand type for {what}: '{name}'")))
            }
        }
    }

    /// `-object`.
    pub fn negative(&mut self, object: Value) -> R<Value> {
        self.unary(object, "unary -", |s| s.neg)
    }

    /// `+object`.
    pub fn positive(&mut self, object: Value) -> R<Value> {
        self.unary(object, "unary +", |s| s.pos)
    }

    /// `~object`.
    pub fn invert(&mut self, object: Value) -> R<Value> {
        self.unary(object, "unary ~", |s| s.invert)
    }

    /// `abs(object)`.
    pub fn absolute(&mut self, object: Value) -> R<Value> {
        self.unary(object, "abs()", |s| s.abs)
    }

    /// Whether the object is an `int`, a `bool` or an instance of a subclass of `int`.
    #[inline]
    #[must_use]
    pub fn is_int_instance(&self, v: Value) -> bool {
        v.is_int() || v.is_bool() || (v.is_ptr() && self.type_of(v).layout.id == LayoutId::Int)
    }

    /// Whether the object can be used as an index.
    #[must_use]
    pub fn is_index(&self, v: Value) -> bool {
        v.is_int() || self.type_of(v).slot(|s| s.index).is_some()
    }

    /// `operator.index(object)`: an exact int (held in the word or big).
    pub fn index(&mut self, object: Value) -> R<Value> {
        if object.is_int() {
            return Ok(object);
        }
        if object.is_bool() {
            return Ok(Value::small(i64::from(object == Value::TRUE)));
        }
        let int = self.types.int;
        let ty = self.type_of(object);
        if ty == int {
            return Ok(object);
        }
        let result = if ty.layout.id == LayoutId::Int {
            object
        } else {
            let Some(f) = ty.slot(|s| s.index) else {
                let name = self.type_name(object);
                return Err(self.type_error(&format!("'{name}' object cannot be interpreted as an integer")));
            };
            f(self, object)?
        };
        if !self.is_int_instance(result) {
            let name = self.type_name(result);
            return Err(self.type_error(&format!("__index__ returned non-int (type {name})")));
        }
        if result.is_bool() {
            return Ok(Value::small(i64::from(result == Value::TRUE)));
        }
        match int.slot(|s| s.index) {
            // An instance of a subclass gives its value.
            Some(f) if result.is_ptr() && self.type_of(result) != int => f(self, result),
            _ => Ok(result),
        }
    }

    /// An exact int as a machine integer, if it fits.
    #[inline]
    #[must_use]
    pub fn int_to_i64(&self, int: Value) -> Option<i64> {
        // Beyond the word is beyond every length, too.
        Some(self.int_as_i64(int)?.clamp(Value::INT_MIN, Value::INT_MAX))
    }

    /// As [`Machine::index`], as a machine integer, for subscripts: `IndexError` if it is too large.
    #[inline]
    pub fn index_i64(&mut self, object: Value) -> R<i64> {
        if object.is_int() {
            return Ok(object.as_int());
        }
        let n = self.index(object)?;
        match self.int_as_i64(n) {
            // Beyond the word is beyond every length, too.
            Some(i) => Ok(i.clamp(Value::INT_MIN, Value::INT_MAX)),
            None => {
                let name = self.type_name(object);
                Err(self.index_error(&format!("cannot fit '{name}' into an index-sized integer")))
            }
        }
    }

    /// As [`Machine::index`], as a machine integer, for arguments: `OverflowError` if it is too large.
    pub fn index_argument(&mut self, object: Value) -> R<i64> {
        if object.is_int() {
            return Ok(object.as_int());
        }
        let n = self.index(object)?;
        match self.int_to_i64(n) {
            Some(i) => Ok(i),
            None => Err(self.overflow_error("Python int too large to convert to C ssize_t")),
        }
    }
}
