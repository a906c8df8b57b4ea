//! Writes the exception table (`co_exceptiontable`): one entry for each run of instructions with the same handler.
//! `code/exceptions.rs` reads it.

use crate::compile::unit::CompileError;

use super::super::FlowError;
use super::super::graph::{BlockId, Graph};
use super::Size;

/// Handlers in force, and the table of those that were.
pub(super) struct Exceptions<'w> {
    out: &'w mut Vec<u8>,
    /// What the instruction before had.
    known: Option<BlockId>,
    /// The handler of the run at hand, with its first instruction's number.
    current: Option<(BlockId, u32)>,
    start: u32,
}

impl<'w> Exceptions<'w> {
    /// An empty table.
    pub(super) fn new(out: &'w mut Vec<u8>) -> Self {
        out.clear();
        Exceptions { out, known: None, current: None, start: 0 }
    }

    /// From `here` on `handler` is in force.
    #[inline]
    pub(super) fn handler(&mut self, graph: &Graph, handler: Option<BlockId>, here: u32, size: Size) -> Result<(), CompileError> {
        if handler == self.known { Ok(()) } else { self.change(graph, handler, here, size) }
    }

    fn change(&mut self, graph: &Graph, handler: Option<BlockId>, here: u32, size: Size) -> Result<(), CompileError> {
        self.known = handler;
        let handler = handler.map(|b| (b, graph.blocks[b].place.index));
        // Empty blocks may stand before the one that is really the handler.
        if handler.map(|h| h.1) == self.current.map(|h| h.1) {
            return Ok(());
        }
        if let Some((b, index)) = self.current {
            if index >= size.count {
                return Err(CompileError::Internal("an exception handler past the end".to_owned()));
            }
            let block = &graph.blocks[b];
            let depth = block.start_depth.and_then(|depth| depth.checked_sub(1 + u32::from(block.preserve_lasti)));
            let depth = depth.ok_or(FlowError::Malformed("a handler without a stack depth"))?;
            number(self.out, self.start, 0x80);
            number(self.out, here - self.start, 0);
            number(self.out, block.place.offset, 0);
            number(self.out, depth << 1 | u32::from(block.preserve_lasti), 0);
        }
        (self.start, self.current) = (here, handler);
        Ok(())
    }
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
