//! Operators, comparison, truth, hashing, indices.

use crate::machine::{Machine, R};
use crate::object::slots::Compare;
use crate::object::value::Value;

/// `BINARY_OP`'s operators, numbered as its argument: plain ones, then in-place ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "CPython's NB_* numbers")]
pub enum BinaryOp {
    Add = 0, And, FloorDiv, LShift, MatMul, Mul, Rem, Or, Pow, RShift, Sub, TrueDiv, Xor,
    IAdd, IAnd, IFloorDiv, ILShift, IMatMul, IMul, IRem, IOr, IPow, IRShift, ISub, ITrueDiv, IXor,
}

impl Machine {
    /// `left op right`, through the types' slots; in-place operators fall back to plain ones.
    pub fn binary(&mut self, _op: BinaryOp, _left: Value, _right: Value) -> R<Value> {
        Err(self.system_error("binary"))
    }

    /// `left op right` for the six comparisons; any object may result.
    pub fn compare(&mut self, _left: Value, _right: Value, _op: Compare) -> R<Value> {
        Err(self.system_error("compare"))
    }

    /// Truth of a comparison; identical objects are equal (`PyObject_RichCompareBool`).
    pub fn compare_bool(&mut self, _left: Value, _right: Value, _op: Compare) -> R<bool> {
        Err(self.system_error("compare_bool"))
    }

    /// `left is right or left == right`.
    pub fn equal(&mut self, left: Value, right: Value) -> R<bool> {
        self.compare_bool(left, right, Compare::Eq)
    }

    /// `bool(object)`.
    pub fn truthy(&mut self, _object: Value) -> R<bool> {
        Err(self.system_error("truthy"))
    }

    /// `hash(object)`.
    pub fn hash(&mut self, _object: Value) -> R<i64> {
        Err(self.system_error("hash"))
    }

    /// `-object`.
    pub fn negative(&mut self, _object: Value) -> R<Value> {
        Err(self.system_error("negative"))
    }

    /// `~object`.
    pub fn invert(&mut self, _object: Value) -> R<Value> {
        Err(self.system_error("invert"))
    }

    /// `operator.index(object)`: an int (held in the word or big).
    pub fn index(&mut self, _object: Value) -> R<Value> {
        Err(self.system_error("index"))
    }

    /// As [`Machine::index`], as a machine integer; `IndexError`/`OverflowError` with CPython's text if too large for `ssize_t`.
    pub fn index_i64(&mut self, _object: Value) -> R<i64> {
        Err(self.system_error("index_i64"))
    }
}
