//! The operations a type may implement, as CPython's `PyTypeObject` has them: one function pointer each, inherited down the MRO.
//!
//! Conventions: binary operations return [`Value::NOT_IMPLEMENTED`] to decline; `NULL` as the last argument of a setter means deletion;
//! `iternext` returns `None` when exhausted (no `StopIteration` is raised then).

use super::header::Gc;
use super::string::Str;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::Args;

/// Rich comparisons, numbered as `COMPARE_OP`'s argument and CPython's `Py_LT`… are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "the six comparison operators")]
pub enum Compare {
    Lt = 0,
    Le = 1,
    Eq = 2,
    Ne = 3,
    Gt = 4,
    Ge = 5,
}

impl Compare {
    /// The operator with its operands exchanged.
    #[must_use]
    pub const fn swapped(self) -> Compare {
        match self {
            Compare::Lt => Compare::Gt,
            Compare::Le => Compare::Ge,
            Compare::Gt => Compare::Lt,
            Compare::Ge => Compare::Le,
            same => same,
        }
    }

    /// The operator's text.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        ["<", "<=", "==", "!=", ">", ">="][self as usize]
    }

    /// Whether an ordering satisfies the operator.
    #[must_use]
    pub const fn holds(self, o: std::cmp::Ordering) -> bool {
        match self {
            Compare::Lt => o.is_lt(),
            Compare::Le => o.is_le(),
            Compare::Eq => o.is_eq(),
            Compare::Ne => o.is_ne(),
            Compare::Gt => o.is_gt(),
            Compare::Ge => o.is_ge(),
        }
    }

    /// The operator numbered `n` (0 to 5).
    #[inline(always)]
    #[must_use]
    pub const fn from_number(n: usize) -> Compare {
        use Compare::{Eq, Ge, Gt, Le, Lt, Ne};
        const ALL: [Compare; 8] = [Lt, Le, Eq, Ne, Gt, Ge, Ge, Ge];
        ALL[n & 7]
    }
}

/// `op(self)`.
pub type Unary = fn(&mut Machine, Value) -> R<Value>;
/// `op(left, right)`; for reflected use CPython's rule holds: the function is called with the operands in source order.
pub type Binary = fn(&mut Machine, Value, Value) -> R<Value>;
/// `left op right` for the six comparisons.
pub type Comparison = fn(&mut Machine, Value, Value, Compare) -> R<Value>;
/// `pow(base, exponent, modulus-or-None)`.
pub type Ternary = fn(&mut Machine, Value, Value, Value) -> R<Value>;
/// `op(self, key-or-instance, value-or-NULL)`.
pub type Setter = fn(&mut Machine, Value, Value, Value) -> R<()>;

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident: $ty:ty,)*) => {
        /// One optional function for each operation.
        #[derive(Clone, Copy, Default)]
        pub struct Slots { $($(#[$doc])* pub $name: Option<$ty>,)* }

        impl Slots {
            /// No operation.
            pub const EMPTY: Slots = Slots { $($name: None,)* };

            /// Fills what is missing from a base type.
            pub fn inherit(&mut self, base: &Slots) {
                $(if self.$name.is_none() { self.$name = base.$name; })*
            }
        }
    };
}

slots! {
    /// `__repr__`.
    repr: Unary,
    /// `__str__`.
    str: Unary,
    /// `__hash__`; inherited together with `richcompare`, as CPython does.
    hash: fn(&mut Machine, Value) -> R<i64>,
    /// `__call__`.
    call: fn(&mut Machine, Value, Args<'_>) -> R<Value>,
    /// `__getattribute__` (and `__getattr__`).
    getattro: fn(&mut Machine, Value, Gc<Str>) -> R<Value>,
    /// `__setattr__`, `__delattr__`.
    setattro: fn(&mut Machine, Value, Gc<Str>, Value) -> R<()>,
    /// `__lt__` … `__ge__`.
    richcompare: Comparison,
    /// `__iter__`.
    iter: Unary,
    /// `__next__`.
    iternext: fn(&mut Machine, Value) -> R<Option<Value>>,
    /// `__get__(descriptor, instance-or-NULL, type)`.
    descr_get: fn(&mut Machine, Value, Value, Value) -> R<Value>,
    /// `__set__`, `__delete__`.
    descr_set: Setter,
    /// `__init__`.
    init: fn(&mut Machine, Value, Args<'_>) -> R<()>,
    /// `__new__`; the arguments do not include the class.
    new: fn(&mut Machine, Gc<Type>, Args<'_>) -> R<Value>,
    /// `__del__`.
    finalize: fn(&mut Machine, Value) -> R<()>,
    /// `__await__`.
    await_: Unary,
    /// `__aiter__`.
    aiter: Unary,
    /// `__anext__`.
    anext: Unary,
    /// `__add__` of numbers.
    add: Binary,
    /// `-`.
    sub: Binary,
    /// `*`.
    mul: Binary,
    /// `@`.
    matmul: Binary,
    /// `/`.
    truediv: Binary,
    /// `//`.
    floordiv: Binary,
    /// `%`.
    rem: Binary,
    /// `divmod`.
    divmod: Binary,
    /// `**`.
    pow: Ternary,
    /// `<<`.
    lshift: Binary,
    /// `>>`.
    rshift: Binary,
    /// `&`.
    and: Binary,
    /// `^`.
    xor: Binary,
    /// `|`.
    or: Binary,
    /// `+=`.
    iadd: Binary,
    /// `-=`.
    isub: Binary,
    /// `*=`.
    imul: Binary,
    /// `@=`.
    imatmul: Binary,
    /// `/=`.
    itruediv: Binary,
    /// `//=`.
    ifloordiv: Binary,
    /// `%=`.
    irem: Binary,
    /// `**=`.
    ipow: Ternary,
    /// `<<=`.
    ilshift: Binary,
    /// `>>=`.
    irshift: Binary,
    /// `&=`.
    iand: Binary,
    /// `^=`.
    ixor: Binary,
    /// `|=`.
    ior: Binary,
    /// Unary `-`.
    neg: Unary,
    /// Unary `+`.
    pos: Unary,
    /// `abs`.
    abs: Unary,
    /// `~`.
    invert: Unary,
    /// `__bool__`.
    bool: fn(&mut Machine, Value) -> R<bool>,
    /// `__int__`.
    int: Unary,
    /// `__float__`.
    float: Unary,
    /// `__index__`.
    index: Unary,
    /// `__len__` (mapping or sequence).
    len: fn(&mut Machine, Value) -> R<usize>,
    /// `__getitem__` (`mp_subscript`).
    getitem: Binary,
    /// `__setitem__`, `__delitem__` (`mp_ass_subscript`).
    setitem: Setter,
    /// `__contains__`.
    contains: fn(&mut Machine, Value, Value) -> R<bool>,
    /// Sequence concatenation (`sq_concat`), tried by `+` after the number slots.
    concat: Binary,
    /// Sequence repetition (`sq_repeat`), tried by `*` after the number slots; the count is an index.
    repeat: Binary,
    /// In-place concatenation (`sq_inplace_concat`).
    iconcat: Binary,
    /// In-place repetition (`sq_inplace_repeat`).
    irepeat: Binary,
}
