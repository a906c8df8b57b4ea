//! `_opcode`: what `opcode` and `dis` ask about instructions, answered from this machine's own opcode list.

use crate::code::{BINARY_OPERATORS, INTRINSICS_1, INTRINSICS_2, Operand, stack_effect};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec};
use crate::object::value::Value;
use crate::opcodes::Opcode;

/// Opcodes that CPython has and no compiler emits here: for tracing, for generators' closing and for executors.
const OTHERS: &[i64] = &[3, 17];

/// `_opcode`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_opcode",
    functions: &[
        MethodDef::new("stack_effect", Convention::FastKeywords, effect),
        MethodDef::new("is_valid", Convention::FastKeywords, |m, _, a| {
            let n = argument(m, a, "is_valid")?;
            Ok(Value::from_bool(opcode(n).is_some() || OTHERS.contains(&n)))
        }),
        MethodDef::new("has_arg", Convention::FastKeywords, |m, _, a| ask(m, a, "has_arg", Opcode::has_arg)),
        MethodDef::new("has_const", Convention::FastKeywords, |m, _, a| ask(m, a, "has_const", Opcode::has_const)),
        MethodDef::new("has_name", Convention::FastKeywords, |m, _, a| {
            ask(m, a, "has_name", |op| matches!(op.operand(), Operand::Name(_)))
        }),
        MethodDef::new("has_jump", Convention::FastKeywords, |m, _, a| ask(m, a, "has_jump", Opcode::is_jump)),
        MethodDef::new("has_free", Convention::FastKeywords, |m, _, a| ask(m, a, "has_free", |op| matches!(op.operand(), Operand::Cell))),
        MethodDef::new("has_local", Convention::FastKeywords, |m, _, a| {
            ask(m, a, "has_local", |op| matches!(op.operand(), Operand::Local | Operand::LocalPair))
        }),
        MethodDef::new("has_exc", Convention::FastKeywords, |m, _, a| ask(m, a, "has_exc", Opcode::is_block_push)),
        MethodDef::new("get_specialization_stats", Convention::NoArgs, |_, _, _| Ok(Value::NONE)),
        MethodDef::new("get_nb_ops", Convention::NoArgs, nb_ops),
        MethodDef::new("get_intrinsic1_descs", Convention::NoArgs, |m, _, _| Ok(texts(m, &INTRINSICS_1))),
        MethodDef::new("get_intrinsic2_descs", Convention::NoArgs, |m, _, _| Ok(texts(m, &INTRINSICS_2))),
        MethodDef::new("get_executor", Convention::FastKeywords, |m, _, _| {
            Err(m.runtime_error("Executors are not available in this build"))
        }),
    ],
    init: Some(|m, dict| {
        let key = m.intern("ENABLE_SPECIALIZATION");
        dict.insert_str(m, key, Value::TRUE);
        Ok(())
    }),
    doc: "Opcode support module.",
};

/// An opcode that CPython has, too.
fn opcode(n: i64) -> Option<Opcode> {
    u16::try_from(n).ok().filter(|&n| n < 300).and_then(Opcode::from_number)
}

fn argument(m: &mut Machine, args: Args<'_>, name: &str) -> R<i64> {
    let [n] = args.bind(m, name, ["opcode"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    m.index_argument(n)
}

fn ask(m: &mut Machine, args: Args<'_>, name: &str, f: impl Fn(Opcode) -> bool) -> R<Value> {
    let n = argument(m, args, name)?;
    Ok(Value::from_bool(opcode(n).is_some_and(f)))
}

fn effect(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 2, required: 1, max_positional: 2 };
    let [op, oparg, jump] = args.bind(m, "stack_effect", ["", "", "jump"], spec)?;
    let n = m.index_argument(op)?;
    let oparg = if oparg.is_null() || oparg.is_none() { 0 } else { m.index_argument(oparg)? };
    let jumps: &[bool] = match jump {
        Value::TRUE => &[true],
        Value::FALSE => &[false],
        v if v.is_null() || v.is_none() => &[false, true],
        _ => return Err(m.value_error("stack_effect: jump must be False, True or None")),
    };
    let found = opcode(n).filter(|op| !op.is_specialized()).and_then(|op| {
        let oparg = u32::try_from(oparg).ok()?;
        jumps.iter().map(|&j| stack_effect(op, oparg, j)).collect::<Option<Vec<i64>>>()?.into_iter().max()
    });
    match found {
        Some(n) => Ok(Value::small(n)),
        None => Err(m.value_error("invalid opcode or oparg")),
    }
}

fn texts(m: &mut Machine, list: &[&str]) -> Value {
    let texts: Vec<Value> = list.iter().map(|t| m.str_value(t)).collect();
    m.new_list(&texts).value()
}

fn nb_ops(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    const NAMES: [&str; 13] = [
        "ADD",
        "AND",
        "FLOOR_DIVIDE",
        "LSHIFT",
        "MATRIX_MULTIPLY",
        "MULTIPLY",
        "REMAINDER",
        "OR",
        "POWER",
        "RSHIFT",
        "SUBTRACT",
        "TRUE_DIVIDE",
        "XOR",
    ];
    let out = m.new_list(&[]);
    for (i, symbol) in BINARY_OPERATORS.iter().enumerate() {
        let name = if i < 13 { format!("NB_{}", NAMES[i]) } else { format!("NB_INPLACE_{}", NAMES[i - 13]) };
        let (name, symbol) = (m.str_value(&name), m.str_value(symbol));
        let pair = m.new_tuple(&[name, symbol]).value();
        out.push(m, pair);
    }
    Ok(out.value())
}
