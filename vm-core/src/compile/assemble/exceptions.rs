//! Writes the exception table (`co_exceptiontable`): one entry for each run of instructions with the same handler.
//! `code/exceptions.rs` reads it.

use crate::compile::unit::CompileError;

use super::{AsmInstr, Handler};

/// The table for a whole sequence.
pub(super) fn table(instrs: &[AsmInstr]) -> Result<Box<[u8]>, CompileError> {
    if instrs.iter().all(|instr| instr.handler.is_none()) {
        return Ok(Box::default());
    }
    let mut offsets = Vec::with_capacity(instrs.len());
    let mut end = 0;
    for instr in instrs {
        offsets.push(end);
        end += instr.units();
    }
    let mut out = Vec::new();
    let mut current: Option<Handler> = None;
    let mut start = 0;
    for (instr, &here) in instrs.iter().zip(&offsets) {
        if instr.handler.map(|h| h.target) != current.map(|h| h.target) {
            if let Some(handler) = current {
                entry(&mut out, start..here, &handler, &offsets)?;
            }
            start = here;
            current = instr.handler;
        }
    }
    if let Some(handler) = current {
        entry(&mut out, start..end, &handler, &offsets)?;
    }
    Ok(out.into())
}

fn entry(out: &mut Vec<u8>, covered: std::ops::Range<usize>, handler: &Handler, offsets: &[usize]) -> Result<(), CompileError> {
    let target = *offsets.get(handler.target).ok_or_else(|| CompileError::Internal("an exception handler past the end".to_owned()))?;
    number(out, covered.start, 0x80);
    number(out, covered.len(), 0);
    number(out, target, 0);
    number(out, (handler.depth as usize) << 1 | usize::from(handler.lasti), 0);
    Ok(())
}

/// Big-endian groups of six bits; bit 6 says that more follow, bit 7 (`mark`) starts an entry.
fn number(out: &mut Vec<u8>, value: usize, mut mark: u8) {
    for shift in [24, 18, 12, 6] {
        if value >= 1 << shift {
            out.push((value >> shift & 63) as u8 | 0x40 | mark);
            mark = 0;
        }
    }
    out.push((value & 63) as u8 | mark);
}
