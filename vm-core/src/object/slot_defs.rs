//! Which special method names which slot: the table that makes wrappers of a builtin class's slots and slots of a Python class's
//! methods (CPython's `slotdefs`), with the conversions of arguments and results that calling a slot from Python needs.

use super::header::Gc;
use super::slots::{Binary, Compare, Setter, Slots, Ternary, Unary};
use super::type_slots as g;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::Args;

/// Calls a slot of `owner` from Python.
pub type WrapFn = fn(&mut Machine, Gc<Type>, Value, Args<'_>) -> R<Value>;

/// One special method.
pub struct SlotDef {
    /// Its name.
    pub name: &'static str,
    /// The field of [`Slots`]; rows of one field belong together.
    pub slot: &'static str,
    /// Address of the function there; 0 for none.
    pub address: fn(&Slots) -> usize,
    /// Copies the field.
    pub copy: fn(&mut Slots, &Slots),
    /// Sets the field to the function that calls the Python method; clears it where CPython has none.
    pub set_generic: fn(&mut Slots),
    /// Clears the field.
    pub clear: fn(&mut Slots),
    /// Calls the slot from Python; absent for names that only Python classes define.
    pub wrap: Option<WrapFn>,
    /// Whether keyword arguments are passed on.
    pub keywords: bool,
    /// `__doc__`.
    pub doc: &'static str,
    /// `__text_signature__`.
    pub signature: &'static str,
}

macro_rules! rows {
    ($(($name:literal, $slot:ident, $generic:expr, $wrap:expr, $keywords:literal, $doc:literal, $signature:literal),)*) => {
        /// All of them.
        pub static SLOT_DEFS: &[SlotDef] = &[$(SlotDef {
            name: $name,
            slot: stringify!($slot),
            address: |s| s.$slot.map_or(0, |f| f as usize),
            copy: |to, from| to.$slot = from.$slot,
            set_generic: |s| s.$slot = $generic,
            clear: |s| s.$slot = None,
            wrap: $wrap,
            keywords: $keywords,
            doc: $doc,
            signature: $signature,
        },)*];
    };
}

rows! {
    ("__repr__", repr, Some(g::repr), Some(|m, o, v, a| unary(m, o.slot(|s| s.repr), v, a)), false, "Return repr(self).", "($self, /)"),
    ("__hash__", hash, Some(g::hash), Some(|m, o, v, a| hash(m, o.slot(|s| s.hash), v, a)), false, "Return hash(self).", "($self, /)"),
    ("__call__", call, Some(g::call), Some(|m, o, v, a| call(m, o.slot(|s| s.call), v, a)), true, "Call self as a function.", "($self, /, *args, **kwargs)"),
    ("__str__", str, Some(g::str), Some(|m, o, v, a| unary(m, o.slot(|s| s.str), v, a)), false, "Return str(self).", "($self, /)"),
    ("__getattribute__", getattro, Some(g::getattro), Some(|m, o, v, a| getattr(m, o.slot(|s| s.getattro), v, a)), false, "Return getattr(self, name).", "($self, name, /)"),
    ("__getattr__", getattro, Some(g::getattro), None, false, "Implement getattr(self, name).", "($self, name, /)"),
    ("__setattr__", setattro, Some(g::setattro), Some(|m, o, v, a| setattr(m, o.slot(|s| s.setattro), v, a)), false, "Implement setattr(self, name, value).", "($self, name, value, /)"),
    ("__delattr__", setattro, Some(g::setattro), Some(|m, o, v, a| delattr(m, o.slot(|s| s.setattro), v, a)), false, "Implement delattr(self, name).", "($self, name, /)"),
    ("__lt__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Lt)), false, "Return self<value.", "($self, value, /)"),
    ("__le__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Le)), false, "Return self<=value.", "($self, value, /)"),
    ("__eq__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Eq)), false, "Return self==value.", "($self, value, /)"),
    ("__ne__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Ne)), false, "Return self!=value.", "($self, value, /)"),
    ("__gt__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Gt)), false, "Return self>value.", "($self, value, /)"),
    ("__ge__", richcompare, Some(g::richcompare), Some(|m, o, v, a| compare(m, o.slot(|s| s.richcompare), v, a, Compare::Ge)), false, "Return self>=value.", "($self, value, /)"),
    ("__iter__", iter, Some(g::iter), Some(|m, o, v, a| unary(m, o.slot(|s| s.iter), v, a)), false, "Implement iter(self).", "($self, /)"),
    ("__next__", iternext, Some(g::iternext), Some(|m, o, v, a| next(m, o.slot(|s| s.iternext), v, a)), false, "Implement next(self).", "($self, /)"),
    ("__get__", descr_get, Some(g::descr_get), Some(|m, o, v, a| descr_get(m, o.slot(|s| s.descr_get), v, a)), false, "Return an attribute of instance, which is of type owner.", "($self, instance, owner=None, /)"),
    ("__set__", descr_set, Some(g::descr_set), Some(|m, o, v, a| descr_set(m, o.slot(|s| s.descr_set), v, a)), false, "Set an attribute of instance to value.", "($self, instance, value, /)"),
    ("__delete__", descr_set, Some(g::descr_set), Some(|m, o, v, a| descr_delete(m, o.slot(|s| s.descr_set), v, a)), false, "Delete an attribute of instance.", "($self, instance, /)"),
    ("__init__", init, Some(g::init), Some(|m, o, v, a| init(m, o.slot(|s| s.init), v, a)), true, "Initialize self.  See help(type(self)) for accurate signature.", "($self, /, *args, **kwargs)"),
    ("__new__", new, Some(g::new), None, false, "Create and return new object.  See help(type) for accurate signature.", "(type, /, *args, **kwargs)"),
    ("__del__", finalize, Some(g::finalize), Some(|m, o, v, a| finalize(m, o.slot(|s| s.finalize), v, a)), false, "Called when nothing refers to the object any more.", "($self, /)"),
    ("__await__", await_, Some(g::await_), Some(|m, o, v, a| unary(m, o.slot(|s| s.await_), v, a)), false, "Return an iterator to be used in await expression.", "($self, /)"),
    ("__aiter__", aiter, Some(g::aiter), Some(|m, o, v, a| unary(m, o.slot(|s| s.aiter), v, a)), false, "Return an awaitable, that resolves in asynchronous iterator.", "($self, /)"),
    ("__anext__", anext, Some(g::anext), Some(|m, o, v, a| unary(m, o.slot(|s| s.anext), v, a)), false, "Return a value or raise StopAsyncIteration.", "($self, /)"),
    ("__add__", add, Some(g::add), Some(|m, o, v, a| binary(m, o.slot(|s| s.add), v, a)), false, "Return self+value.", "($self, value, /)"),
    ("__radd__", add, Some(g::add), Some(|m, o, v, a| reflected(m, o.slot(|s| s.add), v, a)), false, "Return value+self.", "($self, value, /)"),
    ("__sub__", sub, Some(g::sub), Some(|m, o, v, a| binary(m, o.slot(|s| s.sub), v, a)), false, "Return self-value.", "($self, value, /)"),
    ("__rsub__", sub, Some(g::sub), Some(|m, o, v, a| reflected(m, o.slot(|s| s.sub), v, a)), false, "Return value-self.", "($self, value, /)"),
    ("__mul__", mul, Some(g::mul), Some(|m, o, v, a| binary(m, o.slot(|s| s.mul), v, a)), false, "Return self*value.", "($self, value, /)"),
    ("__rmul__", mul, Some(g::mul), Some(|m, o, v, a| reflected(m, o.slot(|s| s.mul), v, a)), false, "Return value*self.", "($self, value, /)"),
    ("__mod__", rem, Some(g::rem), Some(|m, o, v, a| binary(m, o.slot(|s| s.rem), v, a)), false, "Return self%value.", "($self, value, /)"),
    ("__rmod__", rem, Some(g::rem), Some(|m, o, v, a| reflected(m, o.slot(|s| s.rem), v, a)), false, "Return value%self.", "($self, value, /)"),
    ("__divmod__", divmod, Some(g::divmod), Some(|m, o, v, a| binary(m, o.slot(|s| s.divmod), v, a)), false, "Return divmod(self, value).", "($self, value, /)"),
    ("__rdivmod__", divmod, Some(g::divmod), Some(|m, o, v, a| reflected(m, o.slot(|s| s.divmod), v, a)), false, "Return divmod(value, self).", "($self, value, /)"),
    ("__pow__", pow, Some(g::pow), Some(|m, o, v, a| ternary(m, o.slot(|s| s.pow), v, a)), false, "Return pow(self, value, mod).", "($self, value, mod=None, /)"),
    ("__rpow__", pow, Some(g::pow), Some(|m, o, v, a| ternary_r(m, o.slot(|s| s.pow), v, a)), false, "Return pow(value, self, mod).", "($self, value, mod=None, /)"),
    ("__neg__", neg, Some(g::neg), Some(|m, o, v, a| unary(m, o.slot(|s| s.neg), v, a)), false, "-self", "($self, /)"),
    ("__pos__", pos, Some(g::pos), Some(|m, o, v, a| unary(m, o.slot(|s| s.pos), v, a)), false, "+self", "($self, /)"),
    ("__abs__", abs, Some(g::abs), Some(|m, o, v, a| unary(m, o.slot(|s| s.abs), v, a)), false, "abs(self)", "($self, /)"),
    ("__bool__", bool, Some(g::bool), Some(|m, o, v, a| bool(m, o.slot(|s| s.bool), v, a)), false, "True if self else False", "($self, /)"),
    ("__invert__", invert, Some(g::invert), Some(|m, o, v, a| unary(m, o.slot(|s| s.invert), v, a)), false, "~self", "($self, /)"),
    ("__lshift__", lshift, Some(g::lshift), Some(|m, o, v, a| binary(m, o.slot(|s| s.lshift), v, a)), false, "Return self<<value.", "($self, value, /)"),
    ("__rlshift__", lshift, Some(g::lshift), Some(|m, o, v, a| reflected(m, o.slot(|s| s.lshift), v, a)), false, "Return value<<self.", "($self, value, /)"),
    ("__rshift__", rshift, Some(g::rshift), Some(|m, o, v, a| binary(m, o.slot(|s| s.rshift), v, a)), false, "Return self>>value.", "($self, value, /)"),
    ("__rrshift__", rshift, Some(g::rshift), Some(|m, o, v, a| reflected(m, o.slot(|s| s.rshift), v, a)), false, "Return value>>self.", "($self, value, /)"),
    ("__and__", and, Some(g::and), Some(|m, o, v, a| binary(m, o.slot(|s| s.and), v, a)), false, "Return self&value.", "($self, value, /)"),
    ("__rand__", and, Some(g::and), Some(|m, o, v, a| reflected(m, o.slot(|s| s.and), v, a)), false, "Return value&self.", "($self, value, /)"),
    ("__xor__", xor, Some(g::xor), Some(|m, o, v, a| binary(m, o.slot(|s| s.xor), v, a)), false, "Return self^value.", "($self, value, /)"),
    ("__rxor__", xor, Some(g::xor), Some(|m, o, v, a| reflected(m, o.slot(|s| s.xor), v, a)), false, "Return value^self.", "($self, value, /)"),
    ("__or__", or, Some(g::or), Some(|m, o, v, a| binary(m, o.slot(|s| s.or), v, a)), false, "Return self|value.", "($self, value, /)"),
    ("__ror__", or, Some(g::or), Some(|m, o, v, a| reflected(m, o.slot(|s| s.or), v, a)), false, "Return value|self.", "($self, value, /)"),
    ("__int__", int, Some(g::int), Some(|m, o, v, a| unary(m, o.slot(|s| s.int), v, a)), false, "int(self)", "($self, /)"),
    ("__float__", float, Some(g::float), Some(|m, o, v, a| unary(m, o.slot(|s| s.float), v, a)), false, "float(self)", "($self, /)"),
    ("__iadd__", iadd, Some(g::iadd), Some(|m, o, v, a| binary(m, o.slot(|s| s.iadd), v, a)), false, "Return self+=value.", "($self, value, /)"),
    ("__isub__", isub, Some(g::isub), Some(|m, o, v, a| binary(m, o.slot(|s| s.isub), v, a)), false, "Return self-=value.", "($self, value, /)"),
    ("__imul__", imul, Some(g::imul), Some(|m, o, v, a| binary(m, o.slot(|s| s.imul), v, a)), false, "Return self*=value.", "($self, value, /)"),
    ("__imod__", irem, Some(g::irem), Some(|m, o, v, a| binary(m, o.slot(|s| s.irem), v, a)), false, "Return self%=value.", "($self, value, /)"),
    ("__ipow__", ipow, Some(g::ipow), Some(|m, o, v, a| ternary(m, o.slot(|s| s.ipow), v, a)), false, "Return self**=value.", "($self, value, /)"),
    ("__ilshift__", ilshift, Some(g::ilshift), Some(|m, o, v, a| binary(m, o.slot(|s| s.ilshift), v, a)), false, "Return self<<=value.", "($self, value, /)"),
    ("__irshift__", irshift, Some(g::irshift), Some(|m, o, v, a| binary(m, o.slot(|s| s.irshift), v, a)), false, "Return self>>=value.", "($self, value, /)"),
    ("__iand__", iand, Some(g::iand), Some(|m, o, v, a| binary(m, o.slot(|s| s.iand), v, a)), false, "Return self&=value.", "($self, value, /)"),
    ("__ixor__", ixor, Some(g::ixor), Some(|m, o, v, a| binary(m, o.slot(|s| s.ixor), v, a)), false, "Return self^=value.", "($self, value, /)"),
    ("__ior__", ior, Some(g::ior), Some(|m, o, v, a| binary(m, o.slot(|s| s.ior), v, a)), false, "Return self|=value.", "($self, value, /)"),
    ("__floordiv__", floordiv, Some(g::floordiv), Some(|m, o, v, a| binary(m, o.slot(|s| s.floordiv), v, a)), false, "Return self//value.", "($self, value, /)"),
    ("__rfloordiv__", floordiv, Some(g::floordiv), Some(|m, o, v, a| reflected(m, o.slot(|s| s.floordiv), v, a)), false, "Return value//self.", "($self, value, /)"),
    ("__truediv__", truediv, Some(g::truediv), Some(|m, o, v, a| binary(m, o.slot(|s| s.truediv), v, a)), false, "Return self/value.", "($self, value, /)"),
    ("__rtruediv__", truediv, Some(g::truediv), Some(|m, o, v, a| reflected(m, o.slot(|s| s.truediv), v, a)), false, "Return value/self.", "($self, value, /)"),
    ("__ifloordiv__", ifloordiv, Some(g::ifloordiv), Some(|m, o, v, a| binary(m, o.slot(|s| s.ifloordiv), v, a)), false, "Return self//=value.", "($self, value, /)"),
    ("__itruediv__", itruediv, Some(g::itruediv), Some(|m, o, v, a| binary(m, o.slot(|s| s.itruediv), v, a)), false, "Return self/=value.", "($self, value, /)"),
    ("__index__", index, Some(g::index), Some(|m, o, v, a| unary(m, o.slot(|s| s.index), v, a)), false, "Return self converted to an integer, if self is suitable for use as an index into a list.", "($self, /)"),
    ("__matmul__", matmul, Some(g::matmul), Some(|m, o, v, a| binary(m, o.slot(|s| s.matmul), v, a)), false, "Return self@value.", "($self, value, /)"),
    ("__rmatmul__", matmul, Some(g::matmul), Some(|m, o, v, a| reflected(m, o.slot(|s| s.matmul), v, a)), false, "Return value@self.", "($self, value, /)"),
    ("__imatmul__", imatmul, Some(g::imatmul), Some(|m, o, v, a| binary(m, o.slot(|s| s.imatmul), v, a)), false, "Return self@=value.", "($self, value, /)"),
    ("__len__", len, Some(g::len), Some(|m, o, v, a| len(m, o.slot(|s| s.len), v, a)), false, "Return len(self).", "($self, /)"),
    ("__getitem__", getitem, Some(g::getitem), Some(|m, o, v, a| binary(m, o.slot(|s| s.getitem), v, a)), false, "Return self[key].", "($self, key, /)"),
    ("__setitem__", setitem, Some(g::setitem), Some(|m, o, v, a| setitem(m, o.slot(|s| s.setitem), v, a)), false, "Set self[key] to value.", "($self, key, value, /)"),
    ("__delitem__", setitem, Some(g::setitem), Some(|m, o, v, a| delitem(m, o.slot(|s| s.setitem), v, a)), false, "Delete self[key].", "($self, key, /)"),
    ("__add__", concat, None, Some(|m, o, v, a| binary(m, o.slot(|s| s.concat), v, a)), false, "Return self+value.", "($self, value, /)"),
    ("__mul__", repeat, None, Some(|m, o, v, a| repeat(m, o.slot(|s| s.repeat), v, a)), false, "Return self*value.", "($self, value, /)"),
    ("__rmul__", repeat, None, Some(|m, o, v, a| repeat(m, o.slot(|s| s.repeat), v, a)), false, "Return value*self.", "($self, value, /)"),
    ("__contains__", contains, Some(g::contains), Some(|m, o, v, a| contains(m, o.slot(|s| s.contains), v, a)), false, "Return bool(key in self).", "($self, key, /)"),
    ("__iadd__", iconcat, None, Some(|m, o, v, a| binary(m, o.slot(|s| s.iconcat), v, a)), false, "Implement self+=value.", "($self, value, /)"),
    ("__imul__", irepeat, None, Some(|m, o, v, a| repeat(m, o.slot(|s| s.irepeat), v, a)), false, "Implement self*=value.", "($self, value, /)"),
}

type CallFn = fn(&mut Machine, Value, Args<'_>) -> R<Value>;
type InitFn = fn(&mut Machine, Value, Args<'_>) -> R<()>;
type GetAttrFn = fn(&mut Machine, Value, Gc<super::string::Str>) -> R<Value>;
type CompareFn = fn(&mut Machine, Value, Value, Compare) -> R<Value>;
type NextFn = fn(&mut Machine, Value) -> R<Option<Value>>;
type GetFn = fn(&mut Machine, Value, Value, Value) -> R<Value>;
type HashFn = fn(&mut Machine, Value) -> R<i64>;
type BoolFn = fn(&mut Machine, Value) -> R<bool>;
type ContainsFn = fn(&mut Machine, Value, Value) -> R<bool>;
type FinalizeFn = fn(&mut Machine, Value) -> R<()>;
type LenFn = fn(&mut Machine, Value) -> R<usize>;

fn gone<T>(m: &mut Machine, f: Option<T>) -> R<T> {
    match f {
        Some(f) => Ok(f),
        None => Err(m.system_error("the wrapped slot is gone")),
    }
}

/// Exactly `N` arguments (`check_num_args`).
fn exactly<'a, const N: usize>(m: &mut Machine, args: Args<'a>) -> R<&'a [Value; N]> {
    let n = args.len();
    match args.pos().first_chunk::<N>() {
        Some(values) if n == N => Ok(values),
        _ => Err(m.type_error(&format!("expected {N} argument{}, got {n}", if N == 1 { "" } else { "s" }))),
    }
}

/// Between `min` and `max` arguments (`PyArg_UnpackTuple` without a name).
fn unpack<'a>(m: &mut Machine, args: Args<'a>, min: usize, max: usize) -> R<&'a [Value]> {
    if !(min..=max).contains(&args.len()) {
        return Err(args.wrong_number(m, "", min, max));
    }
    Ok(args.pos())
}

fn unary(m: &mut Machine, f: Option<Unary>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    gone(m, f)?(m, v)
}

fn finalize(m: &mut Machine, f: Option<FinalizeFn>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    gone(m, f)?(m, v)?;
    Ok(Value::NONE)
}

fn hash(m: &mut Machine, f: Option<HashFn>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    let h = gone(m, f)?(m, v)?;
    Ok(m.new_int(h))
}

fn call(m: &mut Machine, f: Option<CallFn>, v: Value, args: Args<'_>) -> R<Value> {
    gone(m, f)?(m, v, args)
}

fn init(m: &mut Machine, f: Option<InitFn>, v: Value, args: Args<'_>) -> R<Value> {
    gone(m, f)?(m, v, args)?;
    Ok(Value::NONE)
}

fn getattr(m: &mut Machine, f: Option<GetAttrFn>, v: Value, args: Args<'_>) -> R<Value> {
    let [name] = *exactly::<1>(m, args)?;
    let name = m.attribute_name(name)?;
    gone(m, f)?(m, v, name)
}

type SetAttr = fn(&mut Machine, Value, Gc<super::string::Str>, Value) -> R<()>;

/// Refuses a `__setattr__` of a base class that would step over a native override (`object.__setattr__(int, …)`).
fn hack_check(m: &mut Machine, v: Value, f: SetAttr, what: &str) -> R<()> {
    let ty = m.type_of(v);
    let own = ty.slot(|s| s.setattro).map_or(0, |s| s as usize);
    let generic = g::setattro as SetAttr as usize;
    let mro: Vec<Gc<Type>> = ty.mro.borrow().to_vec();
    let address = |t: Gc<Type>| t.slot(|s| s.setattro).map_or(0, |s| s as usize);
    let mut at = mro.iter().rev().copied().find(|&b| address(b) != generic && address(b) == own).or(Some(ty));
    while let Some(base) = at {
        if address(base) == f as usize {
            return Ok(());
        }
        if address(base) != generic {
            return Err(m.type_error(&format!("can't apply this {what} to {} object", ty.name_str())));
        }
        at = base.base.get().downcast::<Type>();
    }
    Ok(())
}

fn setattr(m: &mut Machine, f: Option<SetAttr>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 2, 2)?;
    let f = gone(m, f)?;
    hack_check(m, v, f, "__setattr__")?;
    let name = m.attribute_name(args[0])?;
    f(m, v, name, args[1])?;
    Ok(Value::NONE)
}

fn delattr(m: &mut Machine, f: Option<SetAttr>, v: Value, args: Args<'_>) -> R<Value> {
    let [name] = *exactly::<1>(m, args)?;
    let f = gone(m, f)?;
    hack_check(m, v, f, "__delattr__")?;
    let name = m.attribute_name(name)?;
    f(m, v, name, Value::NULL)?;
    Ok(Value::NONE)
}

fn compare(m: &mut Machine, f: Option<CompareFn>, v: Value, args: Args<'_>, op: Compare) -> R<Value> {
    let [other] = *exactly::<1>(m, args)?;
    gone(m, f)?(m, v, other, op)
}

fn next(m: &mut Machine, f: Option<NextFn>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    m.stop_value = Value::NULL;
    match gone(m, f)?(m, v)? {
        Some(item) => Ok(item),
        None => {
            let value = m.stop_value();
            Err(m.stop_iteration(value))
        }
    }
}

fn descr_get(m: &mut Machine, f: Option<GetFn>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 1, 2)?;
    let or_null = |x: Option<&Value>| x.copied().filter(|x| !x.is_none()).unwrap_or(Value::NULL);
    let (object, ty) = (or_null(args.first()), or_null(args.get(1)));
    if object.is_null() && ty.is_null() {
        return Err(m.type_error("__get__(None, None) is invalid"));
    }
    gone(m, f)?(m, v, object, ty)
}

fn descr_set(m: &mut Machine, f: Option<Setter>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 2, 2)?;
    gone(m, f)?(m, v, args[0], args[1])?;
    Ok(Value::NONE)
}

fn descr_delete(m: &mut Machine, f: Option<Setter>, v: Value, args: Args<'_>) -> R<Value> {
    let [object] = *exactly::<1>(m, args)?;
    gone(m, f)?(m, v, object, Value::NULL)?;
    Ok(Value::NONE)
}

fn setitem(m: &mut Machine, f: Option<Setter>, v: Value, args: Args<'_>) -> R<Value> {
    descr_set(m, f, v, args)
}

fn delitem(m: &mut Machine, f: Option<Setter>, v: Value, args: Args<'_>) -> R<Value> {
    descr_delete(m, f, v, args)
}

fn binary(m: &mut Machine, f: Option<Binary>, v: Value, args: Args<'_>) -> R<Value> {
    let [other] = *exactly::<1>(m, args)?;
    gone(m, f)?(m, v, other)
}

fn reflected(m: &mut Machine, f: Option<Binary>, v: Value, args: Args<'_>) -> R<Value> {
    let [other] = *exactly::<1>(m, args)?;
    gone(m, f)?(m, other, v)
}

fn repeat(m: &mut Machine, f: Option<Binary>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 1, 1)?;
    let count = m.index(args[0])?;
    gone(m, f)?(m, v, count)
}

fn ternary(m: &mut Machine, f: Option<Ternary>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 1, 2)?;
    gone(m, f)?(m, v, args[0], args.get(1).copied().unwrap_or(Value::NONE))
}

fn ternary_r(m: &mut Machine, f: Option<Ternary>, v: Value, args: Args<'_>) -> R<Value> {
    let args = unpack(m, args, 1, 2)?;
    gone(m, f)?(m, args[0], v, args.get(1).copied().unwrap_or(Value::NONE))
}

fn bool(m: &mut Machine, f: Option<BoolFn>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    Ok(Value::from_bool(gone(m, f)?(m, v)?))
}

fn contains(m: &mut Machine, f: Option<ContainsFn>, v: Value, args: Args<'_>) -> R<Value> {
    let [item] = *exactly::<1>(m, args)?;
    Ok(Value::from_bool(gone(m, f)?(m, v, item)?))
}

fn len(m: &mut Machine, f: Option<LenFn>, v: Value, args: Args<'_>) -> R<Value> {
    exactly::<0>(m, args)?;
    let n = gone(m, f)?(m, v)?;
    Ok(m.int_from_usize(n))
}
