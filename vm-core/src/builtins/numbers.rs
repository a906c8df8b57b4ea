//! `abs`, `divmod`, `pow`, `round`, `sum`, `min`, `max`, `bin`, `oct`, `hex`, `hash`.

use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::object::protocol::BinaryOp;
use crate::object::quick_order::quick_order;
use crate::object::slots::Compare;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::object::walk::Walk;

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
        if best.is_null()
            || match quick_order(m, item_key, best_key) {
                Some(order) => op.holds(order),
                None => {
                    let r = m.compare(item_key, best_key, op)?;
                    m.truthy(r)?
                }
            }
        {
            best = item;
            best_key = item_key;
        }
        Ok(())
    };
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
    let digits = match m.int_as_i64(v) {
        Some(i) => {
            let (shift, mut n) = (base.trailing_zeros(), i.unsigned_abs());
            let mut text = [0; 67];
            let mut at = text.len();
            loop {
                at -= 1;
                text[at] = b"0123456789abcdef"[(n % u64::from(base)) as usize];
                n >>= shift;
                if n == 0 {
                    break;
                }
            }
            for b in prefix.bytes().rev().chain((i < 0).then_some(b'-')) {
                at -= 1;
                text[at] = b;
            }
            return Ok(m.str_value(std::str::from_utf8(&text[at..]).unwrap_or_default()));
        }
        None => {
            let big = m.int_to_bigint(v).unwrap_or_default();
            let sign = if big.sign() == num_bigint::Sign::Minus { "-" } else { "" };
            format!("{sign}{prefix}{}", big.magnitude().to_str_radix(base))
        }
    };
    Ok(m.str_value(&digits))
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
