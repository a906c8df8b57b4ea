//! What the disassembler prints in brackets after an argument, and how it names the fields of inline caches.

use super::CodeObject;
use super::const_repr::const_repr;
use super::instructions::Decoded;
use super::op_info::Operand;
use crate::opcodes::Opcode;

/// `BINARY_OP`'s operators by argument.
pub(crate) const BINARY_OPERATORS: [&str; 26] = [
    "+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^", "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=",
    "-=", "/=", "^=",
];

const COMPARISONS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];
const CONVERSIONS: [&str; 4] = ["", "str", "repr", "ascii"];
const FUNCTION_ATTRIBUTES: [&str; 4] = ["defaults", "kwdefaults", "annotations", "closure"];

/// `CALL_INTRINSIC_1`'s functions by argument.
pub(crate) const INTRINSICS_1: [&str; 12] = [
    "INTRINSIC_1_INVALID",
    "INTRINSIC_PRINT",
    "INTRINSIC_IMPORT_STAR",
    "INTRINSIC_STOPITERATION_ERROR",
    "INTRINSIC_ASYNC_GEN_WRAP",
    "INTRINSIC_UNARY_POSITIVE",
    "INTRINSIC_LIST_TO_TUPLE",
    "INTRINSIC_TYPEVAR",
    "INTRINSIC_PARAMSPEC",
    "INTRINSIC_TYPEVARTUPLE",
    "INTRINSIC_SUBSCRIPT_GENERIC",
    "INTRINSIC_TYPEALIAS",
];

/// `CALL_INTRINSIC_2`'s functions by argument.
pub(crate) const INTRINSICS_2: [&str; 6] = [
    "INTRINSIC_2_INVALID",
    "INTRINSIC_PREP_RERAISE_STAR",
    "INTRINSIC_TYPEVAR_WITH_BOUND",
    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
    "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
    "INTRINSIC_SET_TYPEPARAM_DEFAULT",
];

/// The description of an instruction's argument; empty if it has none. `label` numbers the targets of jumps.
pub(super) fn arg_repr(code: &CodeObject, instr: &Decoded, label: &dyn Fn(usize) -> Option<usize>) -> String {
    let arg = instr.oparg as usize;
    let family = instr.op.family();
    let local = |index: usize| code.localsplusnames.get(index).map_or("", |n| n);
    let pick = |table: &[&str]| table.get(arg).copied().unwrap_or("").to_owned();
    match instr.op.operand() {
        Operand::Const => code.consts.get(arg).map_or_else(String::new, const_repr),
        Operand::Name(shift) => {
            let name = code.names.get(arg >> shift).map_or("", |n| n);
            let suffix = match family {
                _ if shift == 0 || arg & 1 == 0 => "",
                Opcode::LOAD_GLOBAL => " + NULL",
                _ => " + NULL|self",
            };
            format!("{name}{suffix}")
        }
        Operand::Jump => match instr.jump_target().and_then(label) {
            Some(number) => format!("to L{number}"),
            None => String::new(),
        },
        Operand::LocalPair => format!("{}, {}", local(arg >> 4), local(arg & 15)),
        Operand::Local | Operand::Cell => local(arg).to_owned(),
        Operand::None | Operand::Handler => String::new(),
        Operand::Number => match family {
            Opcode::COMPARE_OP => {
                let comparison = COMPARISONS.get(arg >> 5).copied().unwrap_or("");
                if arg & 16 == 0 { comparison.to_owned() } else { format!("bool({comparison})") }
            }
            Opcode::CONVERT_VALUE => pick(&CONVERSIONS),
            Opcode::SET_FUNCTION_ATTRIBUTE => {
                let set: Vec<&str> = FUNCTION_ATTRIBUTES.iter().enumerate().filter(|(i, _)| arg >> i & 1 == 1).map(|(_, n)| *n).collect();
                set.join(", ")
            }
            Opcode::BINARY_OP => pick(&BINARY_OPERATORS),
            Opcode::CALL_INTRINSIC_1 => pick(&INTRINSICS_1),
            Opcode::CALL_INTRINSIC_2 => pick(&INTRINSICS_2),
            _ => String::new(),
        },
    }
}

/// Names and sizes, in code units, of the fields of an instruction's cache.
#[must_use]
pub fn cache_format(op: Opcode) -> &'static [(&'static str, usize)] {
    match op.family() {
        Opcode::LOAD_GLOBAL => &[("counter", 1), ("index", 1), ("module_keys_version", 1), ("builtin_keys_version", 1)],
        Opcode::LOAD_ATTR => &[("counter", 1), ("version", 2), ("keys_version", 2), ("descr", 4)],
        Opcode::STORE_ATTR => &[("counter", 1), ("version", 2), ("index", 1)],
        Opcode::CALL => &[("counter", 1), ("func_version", 2)],
        Opcode::TO_BOOL => &[("counter", 1), ("version", 2)],
        family if family.caches() == 1 => &[("counter", 1)],
        _ => &[],
    }
}
