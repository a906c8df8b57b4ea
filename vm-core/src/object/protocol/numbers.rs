//! Comparison, truth, hashing, unary operators and indices on any objects, as CPython's `abstract.c` and `object.c` define them.
//! Operators of two operands are in `binary.rs`; what one does for `int` or `float` is in the types' own files.

use crate::machine::{Machine, R, Raised};
use crate::object::header::LayoutId;
use crate::object::quick_order::compare_objects_quickly;
use crate::object::slots::{Compare, Slots, Unary};
use crate::object::value::Value;
use crate::text::hash::hash_i64;

/// Comparisons that may be under way inside one another, as many as CPython's limit on its C stack lets be.
const MAX_COMPARE_DEPTH: u32 = 9_999;

impl Machine {
    /// `left op right` for the six comparisons; any object may result.
    pub fn compare(&mut self, left: Value, right: Value, op: Compare) -> R<Value> {
        if Value::both_int(left, right)
            && let Some(f) = self.types.int.slot(|s| s.richcompare)
        {
            return f(self, left, right, op);
        }
        if !(left.is_ptr() && right.is_ptr()) {
            return self.compare_slots(left, right, op);
        }
        if let Some(holds) = compare_objects_quickly(self, left, right, op) {
            return Ok(Value::from_bool(holds));
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

    /// `hash(object)`. Integers of the word, whose class nobody can change, are hashed at once.
    #[inline]
    pub fn hash(&mut self, object: Value) -> R<i64> {
        if object.is_int() {
            return Ok(hash_i64(object.as_int()));
        }
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
        if !result.is(object) {
            self.warn_strict_subclass("__index__ returned non-int", result, int)?;
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

    /// Warns if a conversion method has returned an instance of a subclass.
    pub(crate) fn warn_strict_subclass(
        &mut self,
        what: &str,
        result: Value,
        class: crate::object::header::Gc<crate::object::typeobj::Type>,
    ) -> R<()> {
        if self.type_of(result) == class {
            return Ok(());
        }
        let (name, class) = (self.type_name(result), class.name_str());
        self.warn_deprecated(&format!(
            "{what} (type {name}).  The ability to return an instance of a strict subclass of {class} is deprecated, and may be \
             removed in a future version of Python."
        ))
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
