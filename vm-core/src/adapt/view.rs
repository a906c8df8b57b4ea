//! Code as it was rewritten while it ran, in the form the disassembler reads.

use crate::code::{CodeObject, CodeView};
use crate::machine::Machine;
use crate::object::code::Code;
use crate::object::header::Gc;
use crate::op::{unit_arg, unit_op};
use crate::opcodes::Opcode;
use std::collections::HashMap;
use std::sync::Arc;

/// The adapted instructions of a machine's code objects.
pub struct AdaptedView {
    units: HashMap<*const CodeObject, Box<[u8]>>,
}

impl AdaptedView {
    /// Reads every code object that the machine has made ready to run.
    #[must_use]
    pub fn of(m: &Machine) -> AdaptedView {
        AdaptedView { units: m.codes.iter().filter(|c| c.is_ready()).map(|&c| (Arc::as_ptr(c.source()), bytes(c))).collect() }
    }
}

impl CodeView for AdaptedView {
    fn units<'c>(&'c self, code: &'c CodeObject) -> std::borrow::Cow<'c, [u8]> {
        match self.units.get(&std::ptr::from_ref(code)) {
            Some(bytes) => bytes[..].into(),
            None => code.fused().code[..].into(),
        }
    }
}

/// CPython's bytes for prepared units: opcode numbers below 256, arguments cut to a byte, caches as 16-bit words.
fn bytes(code: Gc<Code>) -> Box<[u8]> {
    let mut out = code.source().fused().code.to_vec();
    if !code.fused {
        return out.into();
    }
    let mut i = 0;
    while i < code.unit_count() {
        // SAFETY: within the code's units.
        let unit = unsafe { *code.units.get().add(i) };
        let Some(op) = Opcode::from_number(unit_op(unit) as u16) else { break };
        out[2 * i] = op.shown() as u8;
        let _ = unit_arg(unit);
        for k in 1..=op.caches() {
            // SAFETY: caches follow the instruction.
            let word = unsafe { *code.units.get().add(i + k) } as u16;
            out[2 * (i + k)..2 * (i + k) + 2].copy_from_slice(&word.to_le_bytes());
        }
        i += 1 + op.caches();
    }
    out.into()
}
