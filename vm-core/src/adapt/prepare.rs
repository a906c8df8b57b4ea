//! Preparing code for a level: CPython's byte pairs become wide units, one for one, so that offsets stay CPython's.

use super::Level;
use super::policy::Policy;
use crate::code::{CodeObject, Form, instructions};
use crate::op::{Unit, unit};
use crate::opcodes::Opcode;

/// Why code cannot be prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrepareError {
    /// An argument needs more than 16 bits.
    ArgumentTooLarge(Opcode),
    /// A byte is not an opcode of 3.13.
    UnknownOpcode(u8),
}

impl std::fmt::Display for PrepareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PrepareError::ArgumentTooLarge(op) => write!(f, "code too large: an argument of {op:?} exceeds 65535"),
            PrepareError::UnknownOpcode(n) => write!(f, "unknown opcode {n}"),
        }
    }
}

/// The form of a code object that a level runs.
#[must_use]
pub fn form(code: &CodeObject, level: Level) -> Form<'_> {
    if level.fused() { code.fused() } else { code.unfused() }
}

/// The prepared units of a form's byte code.
pub fn prepare(bytes: &[u8], level: Level, policy: &Policy) -> Result<Box<[Unit]>, PrepareError> {
    let (quickens, adapts) = (policy.quickens(level), level.adapts());
    let first_cache = if adapts { u32::from(policy.initial) } else { 0 };
    let mut units = vec![0; bytes.len() / 2];
    let mut extended = 0u32;
    let mut at = 0;
    while let Some(&[number, low]) = bytes.get(2 * at..).and_then(<[u8]>::first_chunk) {
        let start = STARTS[usize::from(number)];
        let op = start.op.ok_or(PrepareError::UnknownOpcode(number))?;
        let arg = extended << 8 | u32::from(low);
        if op == Opcode::EXTENDED_ARG {
            extended = arg;
            units[at] = unit(op as u16, 0);
            at += 1;
            continue;
        }
        extended = 0;
        let arg = u16::try_from(arg).map_err(|_| PrepareError::ArgumentTooLarge(op))?;
        let opcode = match op {
            Opcode::RESUME if quickens => Opcode::WARMUP_RESUME,
            Opcode::JUMP_BACKWARD if quickens => Opcode::WARMUP_JUMP_BACKWARD,
            _ if adapts => start.adaptive,
            _ => op,
        };
        units[at] = unit(opcode as u16, arg);
        if start.caches > 0
            && let Some(cache) = units.get_mut(at + 1)
        {
            *cache = first_cache;
        }
        at += 1 + usize::from(start.caches);
    }
    Ok(units.into())
}

/// What a byte of code starts as.
#[derive(Clone, Copy)]
struct Start {
    op: Option<Opcode>,
    adaptive: Opcode,
    caches: u8,
}

static STARTS: [Start; 256] = {
    let mut table = [Start { op: None, adaptive: Opcode::CACHE, caches: 0 }; 256];
    let mut number = 0;
    while number < table.len() {
        if let Some(op) = Opcode::from_number(number as u16) {
            table[number] = Start { op: Some(op), adaptive: adaptive(op), caches: op.caches() as u8 };
        }
        number += 1;
    }
    table
};

/// The units of a form that will never adapt, and where its instructions start. An argument beyond 16 bits was refused before.
#[must_use]
pub(crate) fn bare_units(form: Form<'_>) -> (Vec<Unit>, Vec<usize>) {
    let (mut units, mut starts) = (vec![0; form.code.len() / 2], Vec::new());
    for instruction in instructions(form.code) {
        let prefix = instruction.op == Opcode::EXTENDED_ARG;
        units[instruction.unit] = unit(instruction.op as u16, if prefix { 0 } else { instruction.oparg as u16 });
        if !prefix {
            starts.push(instruction.unit);
        }
    }
    (units, starts)
}

/// The counting form of a generic opcode; itself if it has none.
#[must_use]
pub const fn adaptive(op: Opcode) -> Opcode {
    match op {
        Opcode::RESUME => Opcode::ADAPTIVE_RESUME,
        Opcode::TO_BOOL => Opcode::ADAPTIVE_TO_BOOL,
        Opcode::BINARY_OP => Opcode::ADAPTIVE_BINARY_OP,
        Opcode::BINARY_SUBSCR => Opcode::ADAPTIVE_BINARY_SUBSCR,
        Opcode::STORE_SUBSCR => Opcode::ADAPTIVE_STORE_SUBSCR,
        Opcode::SEND => Opcode::ADAPTIVE_SEND,
        Opcode::UNPACK_SEQUENCE => Opcode::ADAPTIVE_UNPACK_SEQUENCE,
        Opcode::STORE_ATTR => Opcode::ADAPTIVE_STORE_ATTR,
        Opcode::LOAD_GLOBAL => Opcode::ADAPTIVE_LOAD_GLOBAL,
        Opcode::LOAD_SUPER_ATTR => Opcode::ADAPTIVE_LOAD_SUPER_ATTR,
        Opcode::LOAD_ATTR => Opcode::ADAPTIVE_LOAD_ATTR,
        Opcode::COMPARE_OP => Opcode::ADAPTIVE_COMPARE_OP,
        Opcode::CONTAINS_OP => Opcode::ADAPTIVE_CONTAINS_OP,
        Opcode::FOR_ITER => Opcode::ADAPTIVE_FOR_ITER,
        Opcode::CALL => Opcode::ADAPTIVE_CALL,
        _ => op,
    }
}
