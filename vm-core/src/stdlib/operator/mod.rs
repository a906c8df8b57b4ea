//! `_operator`: the operators as functions; the objects that fetch items, attributes and call methods are in `getters.rs`.

mod getters;

use super::native_struct::ssize;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, ModuleSpec, NativeFn};
use crate::object::dict::Dict;
use crate::object::protocol::BinaryOp;
use crate::object::slots::Compare;
use crate::object::string::Str;
use crate::object::value::Value;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_operator",
    functions: FUNCTIONS,
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&getters::ITEM, &getters::ATTR, &getters::METHOD]);
        Ok(())
    }),
    doc: "Operator interface: functions that correspond to the operators.",
};

/// An operator of two arguments, by its number.
fn binary<const OP: usize>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 2, 2)?;
    m.binary(BinaryOp::ALL[OP], args[0], args[1])
}

fn compare<const OP: usize>(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let args = args.between(m, name, 2, 2)?;
    m.compare(args[0], args[1], Compare::from_number(OP))
}

macro_rules! two {
    ($name:literal, $f:ident, $op:expr) => {
        MethodDef::new($name, Convention::Fast, |m, _, args| $f::<{ $op as usize }>(m, $name, args))
    };
}

const fn one(name: &'static str, f: NativeFn) -> MethodDef {
    MethodDef::new(name, Convention::O, f)
}

static FUNCTIONS: &[MethodDef] = &[
    one("truth", |m, _, args| m.truthy(args.pos()[0]).map(Value::from_bool)),
    MethodDef::new("contains", Convention::Fast, |m, _, args| {
        let args = args.between(m, "contains", 2, 2)?;
        m.contains(args[0], args[1]).map(Value::from_bool)
    }),
    MethodDef::new("indexOf", Convention::Fast, index_of),
    MethodDef::new("countOf", Convention::Fast, count_of),
    MethodDef::new("is_", Convention::Fast, |m, _, args| {
        let args = args.between(m, "is_", 2, 2)?;
        Ok(Value::from_bool(args[0].is(args[1])))
    }),
    MethodDef::new("is_not", Convention::Fast, |m, _, args| {
        let args = args.between(m, "is_not", 2, 2)?;
        Ok(Value::from_bool(!args[0].is(args[1])))
    }),
    two!("add", binary, BinaryOp::Add),
    two!("sub", binary, BinaryOp::Sub),
    two!("mul", binary, BinaryOp::Mul),
    two!("matmul", binary, BinaryOp::MatMul),
    two!("floordiv", binary, BinaryOp::FloorDiv),
    two!("truediv", binary, BinaryOp::TrueDiv),
    two!("mod", binary, BinaryOp::Rem),
    one("neg", |m, _, args| m.negative(args.pos()[0])),
    one("pos", |m, _, args| m.positive(args.pos()[0])),
    one("abs", |m, _, args| m.absolute(args.pos()[0])),
    one("inv", |m, _, args| m.invert(args.pos()[0])),
    one("invert", |m, _, args| m.invert(args.pos()[0])),
    two!("lshift", binary, BinaryOp::LShift),
    two!("rshift", binary, BinaryOp::RShift),
    one("not_", |m, _, args| m.truthy(args.pos()[0]).map(|b| Value::from_bool(!b))),
    two!("and_", binary, BinaryOp::And),
    two!("xor", binary, BinaryOp::Xor),
    two!("or_", binary, BinaryOp::Or),
    two!("iadd", binary, BinaryOp::IAdd),
    two!("isub", binary, BinaryOp::ISub),
    two!("imul", binary, BinaryOp::IMul),
    two!("imatmul", binary, BinaryOp::IMatMul),
    two!("ifloordiv", binary, BinaryOp::IFloorDiv),
    two!("itruediv", binary, BinaryOp::ITrueDiv),
    two!("imod", binary, BinaryOp::IRem),
    two!("ilshift", binary, BinaryOp::ILShift),
    two!("irshift", binary, BinaryOp::IRShift),
    two!("iand", binary, BinaryOp::IAnd),
    two!("ixor", binary, BinaryOp::IXor),
    two!("ior", binary, BinaryOp::IOr),
    MethodDef::new("concat", Convention::Fast, |m, _, args| concat(m, "concat", args, BinaryOp::Add)),
    MethodDef::new("iconcat", Convention::Fast, |m, _, args| concat(m, "iconcat", args, BinaryOp::IAdd)),
    MethodDef::new("getitem", Convention::Fast, |m, _, args| {
        let args = args.between(m, "getitem", 2, 2)?;
        m.get_item(args[0], args[1])
    }),
    MethodDef::new("setitem", Convention::Fast, |m, _, args| {
        let args = args.between(m, "setitem", 3, 3)?;
        m.set_item(args[0], args[1], args[2])?;
        Ok(Value::NONE)
    }),
    MethodDef::new("delitem", Convention::Fast, |m, _, args| {
        let args = args.between(m, "delitem", 2, 2)?;
        m.del_item(args[0], args[1])?;
        Ok(Value::NONE)
    }),
    two!("pow", binary, BinaryOp::Pow),
    two!("ipow", binary, BinaryOp::IPow),
    two!("eq", compare, Compare::Eq),
    two!("ne", compare, Compare::Ne),
    two!("lt", compare, Compare::Lt),
    two!("le", compare, Compare::Le),
    two!("gt", compare, Compare::Gt),
    two!("ge", compare, Compare::Ge),
    one("index", |m, _, args| m.index(args.pos()[0])),
    MethodDef::new("length_hint", Convention::Fast, length_hint),
    MethodDef::new("_compare_digest", Convention::Fast, compare_digest),
    MethodDef::new("call", Convention::FastKeywords, |m, _, args| {
        if args.pos().is_empty() {
            return Err(m.type_error("call expected at least 1 argument, got 0"));
        }
        m.call_args(args.pos()[0], args.skip_first())
    }),
];

/// Concatenation of sequences: what is no sequence is refused even if it can be added.
fn concat(m: &mut Machine, name: &str, args: Args<'_>, op: BinaryOp) -> R<Value> {
    let args = args.between(m, name, 2, 2)?;
    let (a, b) = (args[0], args[1]);
    let is_sequence = |m: &Machine, v: Value| {
        let ty = m.type_of(v);
        ty.slot(|s| s.getitem).is_some() && v.downcast::<Dict>().is_none()
    };
    if m.type_of(a).slot(|s| s.concat).is_none() && !(is_sequence(m, a) && is_sequence(m, b)) {
        let ty = m.type_name(a);
        return Err(m.type_error(&format!("'{ty}' object can't be concatenated")));
    }
    m.binary(op, a, b)
}

/// Walks an iterable, with the error of a search in what is none.
fn search_iter(m: &mut Machine, v: Value) -> R<Value> {
    let found = m.iter(v);
    let class = m.exceptions.type_error;
    match m.catch(found, class)? {
        Some(iter) => Ok(iter),
        None => {
            let ty = m.type_name(v);
            Err(m.type_error(&format!("argument of type '{ty}' is not iterable")))
        }
    }
}

fn index_of(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "indexOf", 2, 2)?;
    let iter = search_iter(m, args[0])?;
    let mut i = 0;
    while let Some(item) = m.next(iter)? {
        if m.equal(item, args[1])? {
            return Ok(Value::small(i));
        }
        i += 1;
    }
    Err(m.value_error("sequence.index(x): x not in sequence"))
}

fn count_of(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "countOf", 2, 2)?;
    let iter = search_iter(m, args[0])?;
    let mut n = 0;
    while let Some(item) = m.next(iter)? {
        n += i64::from(m.equal(item, args[1])?);
    }
    Ok(Value::small(n))
}

fn length_hint(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "length_hint", 1, 2)?;
    let default = match args.get(1) {
        Some(&v) => ssize(m, v)?,
        None => 0,
    };
    // A negative default is passed through, so it must be told apart from a hint.
    let hint = m.length_hint(args[0], usize::MAX)?;
    Ok(if hint == usize::MAX { m.new_int(default) } else { m.int_from_usize(hint) })
}

/// Compares without stopping at the first difference.
fn compare_digest(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "_compare_digest", 2, 2)?;
    let (a, b): (&[u8], &[u8]) = match (args[0].downcast::<Str>(), args[1].downcast::<Str>()) {
        (Some(a), Some(b)) => {
            if !a.is_ascii() || !b.is_ascii() {
                return Err(m.type_error("comparing strings with non-ASCII characters is not supported"));
            }
            (a.as_static_str().as_bytes(), b.as_static_str().as_bytes())
        }
        _ => match (m.bytes_like(args[0]), m.bytes_like(args[1])) {
            (Some(a), Some(b)) => (a, b),
            _ => {
                let (x, y) = (m.type_name(args[0]), m.type_name(args[1]));
                let message = format!("unsupported operand types(s) or combination of types: '{x}' and '{y}'");
                return Err(m.type_error(&message));
            }
        },
    };
    let differing = a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y));
    Ok(Value::from_bool(a.len() == b.len() && std::hint::black_box(differing) == 0))
}
