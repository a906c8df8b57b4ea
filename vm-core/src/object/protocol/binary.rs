//! Operators of two operands on any objects, as CPython's `abstract.c` defines them: find the slot of the left operand's type and of the
//! right one's, call them in the right order, word the error if both decline. What an operator does for `int` or `float` is in the
//! types' own files; nothing is short-cut here. Operands of one type are the common case: there the operator's number finds the slot.

use crate::machine::{Machine, R, Raised};
use crate::object::function::NativeFunction;
use crate::object::slots::{Binary, Slots, Ternary};
use crate::object::value::Value;
use std::mem::offset_of;
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

/// For each operator the slots that decide where both operands have one type: the in-place one, if there is any, and the plain one.
/// Powers have slots of three operands.
const SAME_TYPE: [Option<(BinarySlot, BinarySlot)>; 26] = {
    macro_rules! at {
        ($slot:ident) => {
            Some((BinarySlot::at(offset_of!(Slots, $slot)), BinarySlot::at(offset_of!(Slots, $slot))))
        };
        ($in_place:ident, $slot:ident) => {
            Some((BinarySlot::at(offset_of!(Slots, $in_place)), BinarySlot::at(offset_of!(Slots, $slot))))
        };
    }
    [
        at!(add),
        at!(and),
        at!(floordiv),
        at!(lshift),
        at!(matmul),
        at!(mul),
        at!(rem),
        at!(or),
        None,
        at!(rshift),
        at!(sub),
        at!(truediv),
        at!(xor),
        at!(iadd, add),
        at!(iand, and),
        at!(ifloordiv, floordiv),
        at!(ilshift, lshift),
        at!(imatmul, matmul),
        at!(imul, mul),
        at!(irem, rem),
        at!(ior, or),
        None,
        at!(irshift, rshift),
        at!(isub, sub),
        at!(itruediv, truediv),
        at!(ixor, xor),
    ]
};

/// Where in [`Slots`] a slot of type [`Binary`] is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct BinarySlot(u16);

impl BinarySlot {
    const fn at(offset: usize) -> BinarySlot {
        BinarySlot(offset as u16)
    }
}

impl Slots {
    #[inline(always)]
    fn binary_at(&self, slot: BinarySlot) -> Option<Binary> {
        // SAFETY: only `SAME_TYPE` makes such places, of fields of that type.
        unsafe { std::ptr::from_ref(self).byte_add(usize::from(slot.0)).cast::<Option<Binary>>().read() }
    }
}

/// Where to find the plain operators, by number. Powers have slots of three operands: `@` stands for them, which no number has.
const PLAIN: [BinarySlot; 32] = {
    let mut places = [BinarySlot::at(offset_of!(Slots, matmul)); 32];
    let mut i = 0;
    while i < SAME_TYPE.len() {
        if let Some((_, plain)) = SAME_TYPE[i] {
            places[i] = plain;
        }
        i += 1;
    }
    places
};

impl Machine {
    /// The slot for two numbers of the word: the integers' for two integers, else the floats', to which an integer's slot would leave it.
    /// Their classes have no in-place slots, and do not decline.
    #[inline(always)]
    pub(crate) fn word_operator(&self, number: usize, left: Value, right: Value) -> Option<Binary> {
        if !Value::both_word_numbers(left, right) {
            return None;
        }
        let ty = if Value::both_int(left, right) { self.types.int } else { self.types.float };
        ty.slot(|s| s.binary_at(PLAIN[number & 31]))
    }

    /// `left op right`, through the types' slots; in-place operators fall back to plain ones.
    #[inline]
    pub fn binary(&mut self, op: BinaryOp, left: Value, right: Value) -> R<Value> {
        let ty = self.type_of(left);
        if let Some((first, then)) = SAME_TYPE[op as usize]
            && ty == self.type_of(right)
        {
            let Some(f) = ty.slot(|s| s.binary_at(first).or_else(|| s.binary_at(then))) else {
                return self.binary_declined(op, left, right);
            };
            let result = f(self, left, right)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
            if first == then {
                return self.binary_declined(op, left, right);
            }
            // The in-place slot may be the one that declined: it is not asked again.
            return match ty.slot(|s| s.binary_at(first).and_then(|_| s.binary_at(then))) {
                Some(f) => match f(self, left, right)? {
                    Value::NOT_IMPLEMENTED => self.binary_declined(op, left, right),
                    result => Ok(result),
                },
                None => self.binary_declined(op, left, right),
            };
        }
        self.binary_mixed(op, left, right)
    }

    /// The number slots declined: sequences are tried for `+` and `*`.
    #[inline(never)]
    fn binary_declined(&mut self, op: BinaryOp, left: Value, right: Value) -> R<Value> {
        match op {
            BinaryOp::Add => self.concatenate(left, right),
            BinaryOp::IAdd => self.concatenate_in_place(left, right),
            BinaryOp::Mul => self.repeat_either(left, right),
            BinaryOp::IMul => self.repeat_in_place(left, right),
            _ => Err(self.unsupported(op.symbol(), left, right)),
        }
    }

    /// Operands of different types, or whose type has no such number slot.
    #[inline(never)]
    fn binary_mixed(&mut self, op: BinaryOp, left: Value, right: Value) -> R<Value> {
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
        self.concatenate(left, right)
    }

    fn concatenate(&mut self, left: Value, right: Value) -> R<Value> {
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
        self.concatenate_in_place(left, right)
    }

    fn concatenate_in_place(&mut self, left: Value, right: Value) -> R<Value> {
        match self.type_of(left).slot(|s| s.iconcat.or(s.concat)) {
            Some(f) => f(self, left, right),
            None => Err(self.unsupported("+=", left, right)),
        }
    }

    fn multiply(&mut self, left: Value, right: Value) -> R<Value> {
        // An integer's slot declines what is no integer: it need not be asked.
        if right.is_int()
            && let ty = self.type_of(left)
            && ty.slot(|s| s.mul).is_none()
            && let Some(f) = ty.slot(|s| s.repeat)
        {
            return f(self, left, right);
        }
        let result = number_slots(self, left, right, |s| s.mul)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
        self.repeat_either(left, right)
    }

    fn repeat_either(&mut self, left: Value, right: Value) -> R<Value> {
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
        self.repeat_in_place(left, right)
    }

    fn repeat_in_place(&mut self, left: Value, right: Value) -> R<Value> {
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
}
