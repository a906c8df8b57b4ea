//! From a finished graph to bytes: code units with `EXTENDED_ARG`s and cache slots, location table, exception table, in CPython 3.13's
//! encodings (its `assemble.c`).
//!
//! The passes decide what is executed; nothing here does. All three are written in one walk over the blocks, once it is known where
//! they come to stand.

mod exceptions;
mod locations;
mod measure;

use crate::code::{Assembled, Form};
use crate::compile::instr::Location;
use crate::compile::unit::CompileError;
use crate::opcodes::{OPCODE_LIMIT, Opcode};

use super::graph::{ENTRY, Graph};
use super::superinstructions;
use exceptions::Exceptions;
use locations::Lines;
use measure::{Jump, Size};

/// `EXTENDED_ARG`s that an argument needs.
#[inline]
fn extended_args(oparg: u32) -> usize {
    if oparg <= 0xFF {
        return 0;
    }
    1 + usize::from(oparg > 0xFFFF) + usize::from(oparg > 0xFF_FFFF)
}

/// Size of an instruction in code units, `EXTENDED_ARG`s and caches included.
#[inline]
fn units(op: Opcode, oparg: u32) -> u32 {
    let units = u32::from(UNITS[op as usize]);
    if oparg <= 0xFF { units } else { units + extended_args(oparg) as u32 }
}

/// Size of each instruction in code units, caches included.
static UNITS: [u8; OPCODE_LIMIT] = {
    let mut table = [0; OPCODE_LIMIT];
    let mut i = 0;
    while i < Opcode::ALL.len() {
        let op = Opcode::ALL[i];
        table[op as usize] = 1 + op.caches() as u8;
        i += 1;
    }
    table
};

/// Writes code; its buffers serve one code object after the other.
#[derive(Debug, Default)]
pub(super) struct Writer {
    jumps: Vec<Jump>,
    code: Vec<[u8; 2]>,
    lines: Vec<u8>,
    exceptions: Vec<u8>,
}

impl Writer {
    /// Writes the graph as it is.
    pub(super) fn write(&mut self, graph: &mut Graph, firstlineno: u32) -> Result<Assembled, CompileError> {
        let count = measure::sizes(graph, &mut self.jumps)?;
        let size = measure::place(graph, count, &mut self.jumps)?;
        self.form::<false>(graph, size, firstlineno)
    }

    /// Writes the graph that was written last once more, with marked pairs as one instruction each.
    pub(super) fn write_fused(&mut self, graph: &mut Graph, firstlineno: u32) -> Result<Assembled, CompileError> {
        let count = measure::fused_sizes(graph, &mut self.jumps);
        let size = measure::place(graph, count, &mut self.jumps)?;
        self.form::<true>(graph, size, firstlineno)
    }

    fn form<const FUSED: bool>(&mut self, graph: &Graph, size: Size, firstlineno: u32) -> Result<Assembled, CompileError> {
        let code = &mut self.code;
        code.clear();
        code.resize(size.units as usize, [0; 2]);
        let code = code.as_mut_slice();
        let mut lines = Lines::new(&mut self.lines, firstlineno, size);
        let mut exceptions = Exceptions::new(&mut self.exceptions);
        let (mut offset, mut loc, mut start) = (0, &Location::NONE, 0);
        let mut at = Some(ENTRY);
        while let Some(b) = at {
            let mut instrs = graph.instrs(b).iter();
            while let Some(instr) = instrs.next() {
                let (mut op, mut oparg) = (instr.op, instr.oparg);
                if FUSED && let Some(pair) = instr.fused {
                    let second = instrs.next().map_or(0, |second| second.oparg);
                    (op, oparg) = (pair, superinstructions::argument(oparg, second));
                }
                if !instr.loc.is(loc) {
                    lines.run(loc, offset - start);
                    (loc, start) = (&instr.loc, offset);
                }
                if graph.handlers {
                    exceptions.handler(graph, instr.except, offset, size)?;
                }
                if oparg > 0xFF {
                    offset += put_extended(code, offset as usize, oparg);
                }
                code[offset as usize] = [op.number() as u8, oparg as u8];
                offset += u32::from(UNITS[op as usize]);
            }
            at = graph.blocks[b].next;
        }
        lines.run(loc, offset - start);
        exceptions.handler(graph, None, offset, size)?;
        let linetable = lines.table();
        Ok(Form { code: code.as_flattened(), linetable, exceptiontable: &self.exceptions }.into())
    }
}

/// Writes what an argument of more than a byte needs before its instruction; how many units.
#[cold]
fn put_extended(code: &mut [[u8; 2]], offset: usize, oparg: u32) -> u32 {
    let count = extended_args(oparg);
    for (unit, level) in code[offset..offset + count].iter_mut().zip((1..=count).rev()) {
        *unit = [Opcode::EXTENDED_ARG.number() as u8, (oparg >> (8 * level)) as u8];
    }
    count as u32
}
