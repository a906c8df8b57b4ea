//! `code`: what Python sees of a compiled unit (`co_*`). The byte code and tables shown are CPython's, whatever form the machine runs.

use super::buffer::ValueVec;
use super::code::Code;
use super::header::{Gc, Payload};
use super::slots::{Compare, Slots};
use super::typeobj::TypeFlags;
use super::value::Value;
use crate::code::LocalKind;
use crate::machine::{Machine, R};
use crate::native::{Convention, GetSetDef, MethodDef, TypeSpec};

/// `code`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), hash: Some(hash), richcompare: Some(compare), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("replace", Convention::FastKeywords, super::code_replace::replace),
        MethodDef::new("__replace__", Convention::FastKeywords, super::code_replace::replace),
        MethodDef::new("co_lines", Convention::NoArgs, |m, v, _| super::code_positions::lines(m, this(v))),
        MethodDef::new("_varname_from_oparg", Convention::O, |m, v, args| {
            let n = m.index_i64(args.pos()[0])?;
            let name = usize::try_from(n).ok().and_then(|n| this(v).localsplus_names.get(n).copied());
            match name {
                Some(name) => Ok(name.value()),
                None => Err(m.index_error("tuple index out of range")),
            }
        }),
        MethodDef::new("co_positions", Convention::NoArgs, |m, v, _| super::code_positions::positions(m, this(v))),
    ],
    getset: &[
        GetSetDef { name: "co_argcount", get: |_, v| Ok(number(this(v).argcount)), set: None },
        GetSetDef { name: "co_posonlyargcount", get: |_, v| Ok(number(this(v).posonlyargcount)), set: None },
        GetSetDef { name: "co_kwonlyargcount", get: |_, v| Ok(number(this(v).kwonlyargcount)), set: None },
        GetSetDef { name: "co_stacksize", get: |_, v| Ok(number(this(v).stacksize)), set: None },
        GetSetDef { name: "co_flags", get: |_, v| Ok(number(this(v).flags)), set: None },
        GetSetDef { name: "co_firstlineno", get: |_, v| Ok(number(this(v).firstlineno)), set: None },
        GetSetDef {
            name: "co_nlocals",
            get: |_, v| Ok(number(this(v).kinds().iter().filter(|&&k| k & LocalKind::LOCAL != 0).count() as u32)),
            set: None,
        },
        GetSetDef { name: "co_name", get: |_, v| Ok(this(v).name.value()), set: None },
        GetSetDef { name: "co_qualname", get: |_, v| Ok(this(v).qualname.value()), set: None },
        GetSetDef { name: "co_filename", get: |_, v| Ok(this(v).filename.value()), set: None },
        GetSetDef {
            name: "co_consts",
            get: |m, v| {
                m.ready_code(this(v))?;
                Ok(m.new_tuple(this(v).consts()).value())
            },
            set: None,
        },
        GetSetDef { name: "co_names", get: names, set: None },
        GetSetDef { name: "co_varnames", get: |m, v| locals_of_kind(m, this(v), LocalKind::LOCAL), set: None },
        GetSetDef { name: "co_cellvars", get: |m, v| locals_of_kind(m, this(v), LocalKind::CELL), set: None },
        GetSetDef { name: "co_freevars", get: |m, v| locals_of_kind(m, this(v), LocalKind::FREE), set: None },
        GetSetDef { name: "co_code", get: |m, v| bytes(m, this(v).source().clone().fused().code), set: None },
        GetSetDef { name: "_co_code_adaptive", get: |m, v| bytes(m, this(v).source().clone().fused().code), set: None },
        GetSetDef { name: "co_linetable", get: |m, v| bytes(m, this(v).source().clone().fused().linetable), set: None },
        GetSetDef { name: "co_exceptiontable", get: |m, v| bytes(m, this(v).source().clone().fused().exceptiontable), set: None },
    ],
    doc: "Create a code object.  Not for mere mortals.",
    ..TypeSpec::new("code", Code::LAYOUT)
};

fn this(v: Value) -> Gc<Code> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn number(n: u32) -> Value {
    Value::small(i64::from(n))
}

fn bytes(m: &mut Machine, b: &[u8]) -> R<Value> {
    Ok(m.new_bytes(b)?.value())
}

fn names(m: &mut Machine, v: Value) -> R<Value> {
    let names: Vec<Value> = this(v).names_box.iter().map(|n| n.value()).collect();
    Ok(m.new_tuple(&names).value())
}

fn locals_of_kind(m: &mut Machine, code: Gc<Code>, kind: u8) -> R<Value> {
    let mut out = ValueVec::with_capacity(m, code.localsplus_names.len());
    for (name, k) in code.localsplus_names.iter().zip(code.kinds()) {
        if k & kind != 0 {
            out.push(m, name.value());
        }
    }
    Ok(m.new_tuple(&out).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let c = this(v);
    Ok(m.str_value(&format!(
        "<code object {} at {:#x}, file \"{}\", line {}>",
        c.name.to_string_lossy(),
        super::object_type::address(v),
        c.filename.to_string_lossy(),
        c.firstlineno
    )))
}

fn hash(m: &mut Machine, v: Value) -> R<i64> {
    let c = this(v);
    let mut h = m.hash(c.name.value())?;
    for part in [u64::from(c.argcount), u64::from(c.firstlineno), c.source().fused().code.len() as u64] {
        h = h.wrapping_mul(1_000_003) ^ part.cast_signed();
    }
    Ok(if h == -1 { -2 } else { h })
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<Code>(), b.downcast::<Code>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    m.ready_code(x)?;
    m.ready_code(y)?;
    let mut same = x.source().same_but_constants(y.source()) && x.consts_len == y.consts_len;
    for (&p, &q) in x.consts().iter().zip(y.consts()) {
        if !same {
            break;
        }
        same = m.type_of(p) == m.type_of(q) && m.equal(p, q)?;
    }
    Ok(Value::from_bool(same == (op == Compare::Eq)))
}
