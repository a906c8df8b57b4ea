//! Writes the exception table (`co_exceptiontable`): one entry for each run of instructions with the same handler.
//! `code/exceptions.rs` reads it.

use crate::compile::unit::CompileError;

use super::{Handler, Sequence};

/// The table for a whole sequence; `offsets` says where each instruction starts and, last, where the code ends.
pub(super) fn table(sequence: &Sequence, offsets: &[u32]) -> Result<Box<[u8]>, CompileError> {
    if sequence.handlers.is_empty() {
        return Ok(Box::default());
    }
    let mut out = Vec::new();
    let (mut current, mut known) = (None, None);
    let mut start = 0;
    for (instr, &here) in sequence.instrs.iter().zip(offsets) {
        if instr.handler == known {
            continue;
        }
        known = instr.handler;
        let handler = known.and_then(|id| sequence.handler(id));
        if handler.map(|h| h.target) != current.map(|h: &Handler| h.target) {
            if let Some(handler) = current {
                entry(&mut out, start..here, handler, offsets)?;
            }
            start = here;
            current = handler;
        }
    }
    if let (Some(handler), Some(&end)) = (current, offsets.last()) {
        entry(&mut out, start..end, handler, offsets)?;
    }
    Ok(out.into())
}

fn entry(out: &mut Vec<u8>, covered: std::ops::Range<u32>, handler: &Handler, offsets: &[u32]) -> Result<(), CompileError> {
    let target = offsets.get(handler.target as usize).filter(|_| handler.target as usize + 1 < offsets.len());
    let target = *target.ok_or_else(|| CompileError::Internal("an exception handler past the end".to_owned()))?;
    number(out, covered.start, 0x80);
    number(out, covered.end - covered.start, 0);
    number(out, target, 0);
    number(out, handler.depth << 1 | u32::from(handler.lasti), 0);
    Ok(())
}

/// Big-endian groups of six bits; bit 6 says that more follow, bit 7 (`mark`) starts an entry.
fn number(out: &mut Vec<u8>, value: u32, mut mark: u8) {
    for shift in [24, 18, 12, 6] {
        if value >= 1 << shift {
            out.push((value >> shift & 63) as u8 | 0x40 | mark);
            mark = 0;
        }
    }
    out.push((value & 63) as u8 | mark);
}
