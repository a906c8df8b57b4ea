//! `abs`, `divmod`, `pow`, `round`, `sum`, `min`, `max`, `bin`, `oct`, `hex`, `hash`.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::object::int::IntRef;
use crate::object::protocol::BinaryOp;
use crate::object::quick_order::quick_order;
use crate::object::slots::Compare;
use crate::object::string::{Str, put};
use crate::object::value::Value;
use crate::object::walk::Walk;
use crate::text::int_text;

fn abs(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let v = args.pos()[0];
    match m.type_of(v).slot(|s| s.abs) {
        Some(abs) => abs(m, v),
        None => {
            let name = m.type_name(v);
            Err(m.type_error(&format!("bad operand type for abs(): '{name}'")))
        }
    }
}

fn divmod(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "divmod", 2, 2)?;
    m.divmod(args[0], args[1])
}

fn pow(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 2, max_positional: 3 };
    let [base, exponent, modulus] = args.bind(m, "pow", ["base", "exp", "mod"], spec)?;
    if modulus.is_null() || modulus.is_none() {
        return m.binary(BinaryOp::Pow, base, exponent);
    }
    m.power(base, exponent, modulus)
}

fn round(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 2 };
    let [number, digits] = args.bind(m, "round", ["number", "ndigits"], spec)?;
    if m.type_of(number) == m.types.float
        && let Some(f) = m.float_value(number)
    {
        return m.round_float(f, digits.non_null().unwrap_or(Value::NONE));
    }
    if number.is_int() {
        if digits.is_null() || digits.is_none() || (digits.is_int() && digits.as_int() >= 0) {
            return Ok(number);
        }
        if digits.is_int() {
            return Ok(m.new_int(round_word(number.as_int(), digits.as_int().unsigned_abs())));
        }
    }
    let name = m.names.round;
    match m.lookup_special(number, name)? {
        Some(f) if digits.is_null() || digits.is_none() => m.call(f, &[]),
        Some(f) => m.call(f, &[digits]),
        None => {
            let name = m.type_name(number);
            Err(m.type_error(&format!("type {name} doesn't define __round__ method")))
        }
    }
}

/// An integer of the word rounded to a multiple of a power of ten, ties to even ones.
fn round_word(n: i64, zeros: u64) -> i64 {
    // Half of the next power of ten is more than any integer of the word.
    let Some(unit) = u32::try_from(zeros).ok().filter(|&zeros| zeros <= 18).map(|zeros| 10i64.pow(zeros)) else { return 0 };
    let rest = n.rem_euclid(unit);
    let (below, count) = (n - rest, n.div_euclid(unit));
    let up = rest > unit - rest || (rest == unit - rest && count % 2 != 0);
    if up { below + unit } else { below }
}

fn sum(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 1, required: 1, max_positional: 2 };
    let [iterable, start] = args.bind(m, "sum", ["iterable", "start"], spec)?;
    let mut total = if start.is_null() { Value::small(0) } else { start };
    if total.downcast::<Str>().is_some() {
        return Err(m.type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    if m.bytes_like(total).is_some() {
        let (what, how) = if m.type_of(total) == m.types.bytes { ("bytes", "b''") } else { ("bytearray", "b''") };
        return Err(m.type_error(&format!("sum() can't sum {what} [use {how}.join(seq) instead]")));
    }
    let mut items = Walk::new(m, iterable)?;
    // Floats are summed with Neumaier's compensation, as CPython 3.12 and later do.
    let mut float_sum: Option<(f64, f64)> = None;
    while let Some(item) = items.next(m)? {
        if Value::both_int(total, item)
            && float_sum.is_none()
            && let Some(v) = Value::try_int(total.as_int() + item.as_int())
        {
            total = v;
            continue;
        }
        if float_sum.is_none() && m.type_of(total) == m.types.float {
            float_sum = m.float_value(total).map(|f| (f, 0.0));
        }
        if let Some((s, c)) = float_sum {
            let x = if m.type_of(item) == m.types.float {
                m.float_value(item)
            } else if item.is_int() {
                Some(item.as_int() as f64)
            } else {
                None
            };
            if let Some(x) = x {
                let t = s + x;
                let lost = if item.is_int() {
                    0.0
                } else if s.abs() >= x.abs() {
                    (s - t) + x
                } else {
                    (x - t) + s
                };
                float_sum = Some((t, c + lost));
                continue;
            }
            total = finish_float_sum(m, s, c);
            float_sum = None;
        }
        total = m.binary(BinaryOp::Add, total, item)?;
    }
    if let Some((s, c)) = float_sum {
        total = finish_float_sum(m, s, c);
    }
    Ok(total)
}

fn finish_float_sum(m: &mut Machine, sum: f64, lost: f64) -> Value {
    m.new_float(if lost != 0.0 && lost.is_finite() { sum + lost } else { sum })
}

/// Whether an item is less or greater than another one.
#[inline(always)]
fn is_better(m: &mut Machine, item: Value, best: Value, op: Compare) -> R<bool> {
    if Value::both_int(item, best) {
        return Ok(if op == Compare::Lt { item.as_int() < best.as_int() } else { item.as_int() > best.as_int() });
    }
    if Value::both_immediate_float(item, best) {
        let (a, b) = (item.as_immediate_float(), best.as_immediate_float());
        return Ok(if op == Compare::Lt { a < b } else { a > b });
    }
    match quick_order(m, item, best) {
        Some(order) => Ok(op.holds(order)),
        None => {
            let r = m.compare(item, best, op)?;
            m.truthy(r)
        }
    }
}

fn extreme(m: &mut Machine, args: Args<'_>, name: &'static str, op: Compare) -> R<Value> {
    if let (&[first, second], false) = (args.pos(), args.has_keywords())
        && let Some(order) = quick_order(m, second, first)
    {
        return Ok(if op.holds(order) { second } else { first });
    }
    let (mut key, mut default) = (Value::NULL, Value::NULL);
    if args.is_empty() || args.pos().is_empty() {
        return Err(m.type_error(&format!("{name} expected at least 1 argument, got 0")));
    }
    let named = args.keywords().count();
    if named > 2 {
        return Err(m.type_error(&format!("{name}() takes at most 2 keyword arguments ({named} given)")));
    }
    for (k, v) in args.keywords() {
        match k.as_static_str() {
            "key" => key = v,
            "default" => default = v,
            other => {
                let hint = crate::object::suggest::closest(other, ["key", "default"].into_iter());
                let hint = hint.map_or(String::new(), |s| format!(". Did you mean '{s}'?"));
                return Err(m.type_error(&format!("{name}() got an unexpected keyword argument '{other}'{hint}")));
            }
        }
    }
    if key.is_none() {
        key = Value::NULL;
    }
    let positional = args.pos();
    let (mut best, mut best_key) = (Value::NULL, Value::NULL);
    let mut consider = |m: &mut Machine, item: Value| -> R<()> {
        let item_key = if key.is_null() { item } else { m.call(key, &[item])? };
        if best.is_null() || is_better(m, item_key, best_key, op)? {
            best = item;
            best_key = item_key;
        }
        Ok(())
    };
    if key.is_null()
        && let &[iterable] = positional
    {
        let mut items = Walk::new(m, iterable)?;
        let mut best = Value::NULL;
        while let Some(item) = items.next(m)? {
            if best.is_null() || is_better(m, item, best, op)? {
                best = item;
            }
        }
        return match (best.non_null(), default.non_null()) {
            (Some(found), _) | (None, Some(found)) => Ok(found),
            (None, None) => Err(m.value_error(&format!("{name}() iterable argument is empty"))),
        };
    }
    match positional {
        [] => return Err(m.type_error(&format!("{name} expected at least 1 argument, got 0"))),
        &[iterable] => {
            let mut items = Walk::new(m, iterable)?;
            while let Some(item) = items.next(m)? {
                consider(m, item)?;
            }
        }
        several => {
            if !default.is_null() {
                return Err(m.type_error(&format!("Cannot specify a default for {name}() with multiple positional arguments")));
            }
            for &item in several {
                consider(m, item)?;
            }
        }
    }
    if !best.is_null() {
        return Ok(best);
    }
    if default.is_null() { Err(m.value_error(&format!("{name}() iterable argument is empty"))) } else { Ok(default) }
}

fn min(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    extreme(m, args, "min", Compare::Lt)
}

fn max(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    extreme(m, args, "max", Compare::Gt)
}

fn in_base(m: &mut Machine, v: Value, base: u32, prefix: &str) -> R<Value> {
    let v = m.index(v)?;
    let n = match IntRef::of(v) {
        Some(IntRef::Word(n)) => n,
        Some(IntRef::Big(int)) => {
            let text = int_text::int_with_prefix(int.is_negative(), int.limbs(), base);
            return Ok(m.new_str_counted(text.as_bytes(), text.len())?.value());
        }
        None => return Err(m.system_error("an int was expected")),
    };
    let (width, size) = (base.trailing_zeros(), n.unsigned_abs());
    let digits = (64 - size.leading_zeros()).div_ceil(width).max(1) as usize;
    let len = usize::from(n < 0) + prefix.len() + digits;
    let text = m.new_str_filled(len, len, |mut out| {
        if n < 0 {
            out = put(out, b"-");
        }
        out = put(out, prefix.as_bytes());
        let mut rest = size;
        for to in out.iter_mut().rev() {
            *to = b"0123456789abcdef"[(rest & u64::from(base - 1)) as usize & 15];
            rest >>= width;
        }
    })?;
    Ok(text.value())
}

fn bin(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    in_base(m, args.pos()[0], 2, "0b")
}

fn oct(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    in_base(m, args.pos()[0], 8, "0o")
}

fn hex(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    in_base(m, args.pos()[0], 16, "0x")
}

fn hash(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let h = m.hash(args.pos()[0])?;
    Ok(m.new_int(h))
}

/// The functions.
pub(super) static FUNCTIONS: &[MethodDef] = &[
    MethodDef::new("abs", Convention::O, abs),
    MethodDef::new("divmod", Convention::Fast, divmod),
    MethodDef::new("pow", Convention::FastKeywords, pow),
    MethodDef::new("round", Convention::FastKeywords, round),
    MethodDef::new("sum", Convention::FastKeywords, sum),
    MethodDef::new("min", Convention::FastKeywords, min),
    MethodDef::new("max", Convention::FastKeywords, max),
    MethodDef::new("bin", Convention::O, bin),
    MethodDef::new("oct", Convention::O, oct),
    MethodDef::new("hex", Convention::O, hex),
    MethodDef::new("hash", Convention::O, hash),
];
