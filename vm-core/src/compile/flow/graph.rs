//! The control-flow graph: basic blocks in an arena, linked in program order, over one array of instructions.
//!
//! Blocks are never freed: passes empty or unlink them. A block is a range of the array; one that grows moves to the array's end. An
//! instruction names blocks by index, so that cloning the graph (the code is assembled twice) is a plain copy. The arrays serve one code
//! object after the other.

use crate::compile::instr::{InstrSequence, Location};
use crate::opcodes::{OPCODE_LIMIT, Opcode};

use super::FlowError;
use super::starts::Starts;
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// The number of a block. It is kept as one more than its index, so that having none costs no space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockId(NonZeroU32);

impl BlockId {
    fn at(index: usize) -> BlockId {
        BlockId(NonZeroU32::new(u32::try_from(index + 1).unwrap_or(u32::MAX)).unwrap_or(NonZeroU32::MAX))
    }

    /// Its place in [`Graph::blocks`].
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Blocks, found by their number.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks(Vec<Block>);

impl Deref for Blocks {
    type Target = [Block];

    fn deref(&self) -> &[Block] {
        &self.0
    }
}

impl DerefMut for Blocks {
    fn deref_mut(&mut self) -> &mut [Block] {
        &mut self.0
    }
}

impl Index<BlockId> for Blocks {
    type Output = Block;

    #[inline]
    fn index(&self, b: BlockId) -> &Block {
        &self.0[b.index()]
    }
}

impl IndexMut<BlockId> for Blocks {
    #[inline]
    fn index_mut(&mut self, b: BlockId) -> &mut Block {
        &mut self.0[b.index()]
    }
}

/// An instruction inside the graph.
#[derive(Clone, Copy, Debug)]
pub(super) struct CfgInstr {
    /// Real or pseudo opcode.
    pub(super) op: Opcode,
    /// The argument; meaningless where `target` is set.
    pub(super) oparg: u32,
    /// Where it comes from.
    pub(super) loc: Location,
    /// Jump target or handler block.
    pub(super) target: Option<BlockId>,
    /// Innermost handler in force.
    pub(super) except: Option<BlockId>,
    /// The superinstruction that this one and the next are in the fused form.
    pub(super) fused: Option<Opcode>,
}

impl CfgInstr {
    /// An instruction without target or handler.
    #[inline]
    pub(super) fn new(op: Opcode, oparg: u32, loc: Location) -> Self {
        CfgInstr { op, oparg, loc, target: None, except: None, fused: None }
    }

    /// Replaces the operation by one without argument; location and handler stay.
    pub(super) fn set_op0(&mut self, op: Opcode) {
        self.op = op;
        self.oparg = 0;
        self.target = None;
    }

    /// Replaces the operation and its argument.
    pub(super) fn set_op1(&mut self, op: Opcode, oparg: u32) {
        self.op = op;
        self.oparg = oparg;
    }
}

/// A basic block.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Where its instructions stand in [`Graph::instrs`].
    start: u32,
    length: u32,
    /// The next block in program order.
    pub(super) next: Option<BlockId>,
    /// Number of ways into this block, as last counted.
    pub(super) predecessors: i32,
    /// Stack depth at entry; `None` until computed.
    pub(super) start_depth: Option<u32>,
    /// Whether something may jump here.
    pub(super) labelled: bool,
    /// A handler that also receives the failing instruction's offset.
    pub(super) preserve_lasti: bool,
    /// The start of an exception handler.
    pub(super) except_handler: bool,
    /// Only reachable through a handler.
    pub(super) cold: bool,
    /// Reachable without an exception.
    pub(super) warm: bool,
    /// Known to hold no `NOP`.
    pub(super) tidy: bool,
    /// Scratch mark of the traversal at hand.
    pub(super) visited: bool,
    /// Scratch of the unbound-local analysis: locals (below 64) that may be unbound at entry.
    pub(super) unsafe_locals: u64,
    /// Scratch of the writer.
    pub(super) place: Place,
}

/// Where a block comes to stand in the code that is written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The number of its first instruction; `u32::MAX` for a block that is no part of the program.
    pub(super) index: u32,
    /// Its first code unit.
    pub(super) offset: u32,
    /// Code units, those of a jump at its end aside.
    pub(super) units: u32,
    /// Pairs of instructions that are one in the fused form.
    pub(super) pairs: u32,
}

impl Block {
    #[inline]
    fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.length) as usize
    }

    /// How many instructions it has.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.length as usize
    }

    /// Whether it has no instructions.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Leaves its first instructions only.
    pub(super) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(u32::try_from(length).unwrap_or(u32::MAX));
    }
}

/// What the passes need to know of an opcode at once.
mod kind {
    /// It names a block.
    pub(super) const TARGET: u8 = 1;
    /// It enters a protected block.
    pub(super) const PUSH: u8 = 2;
    /// It leaves one.
    pub(super) const POP: u8 = 4;
    /// It is the last of its block.
    pub(super) const TERMINATOR: u8 = 8;
    /// It is replaced by a real opcode, or makes a local unbound.
    pub(super) const PSEUDO: u8 = 16;
    /// It always jumps.
    pub(super) const UNCONDITIONAL: u8 = 32;
    /// It does nothing, or will do nothing.
    pub(super) const NOP: u8 = 64;
}

/// The `kind`s of each opcode.
static KINDS: [u8; OPCODE_LIMIT] = {
    let mut table = [0; OPCODE_LIMIT];
    let mut i = 0;
    while i < Opcode::ALL.len() {
        let op = Opcode::ALL[i];
        let mut kinds = 0;
        if op.has_target() {
            kinds |= kind::TARGET;
        }
        if op.is_block_push() {
            kinds |= kind::PUSH;
        }
        if op.is_terminator() {
            kinds |= kind::TERMINATOR;
        }
        if op.is_unconditional_jump() {
            kinds |= kind::UNCONDITIONAL;
        }
        if matches!(op, Opcode::POP_BLOCK) {
            kinds |= kind::POP | kind::NOP;
        }
        if matches!(op, Opcode::NOP) {
            kinds |= kind::NOP;
        }
        if matches!(op, Opcode::LOAD_CLOSURE | Opcode::STORE_FAST_MAYBE_NULL | Opcode::DELETE_FAST | Opcode::LOAD_FAST_AND_CLEAR) {
            kinds |= kind::PSEUDO;
        }
        table[op as usize] = kinds;
        i += 1;
    }
    table
};

/// The flow graph of one code object.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// All blocks ever made; block 0 is the entry.
    pub(super) blocks: Blocks,
    /// The instructions of all blocks, those of a block side by side.
    instrs: Vec<CfgInstr>,
    /// Whether there are exception handlers, or were.
    pub(super) handlers: bool,
    /// Whether a block is left explicitly.
    pub(super) pops: bool,
    /// Whether there are jumps without a condition.
    pub(super) unconditional: bool,
    /// Whether jumps may go backwards.
    pub(super) backward: bool,
    /// Whether ways between blocks may have changed since they were last counted.
    pub(super) rerouted: bool,
    /// Whether all instructions have lines.
    pub(super) lined: bool,
    /// Whether instructions other than jumps have to be replaced by real ones, or locals can become unbound again.
    pub(super) pseudo: bool,
    /// Blocks that a traversal still has to visit; empty between traversals.
    pub(super) stack: Vec<BlockId>,
    /// Whether some block may hold a `NOP`.
    pub(super) untidy: bool,
    /// Where the blocks of the sequence that was read start.
    starts: Starts,
    /// The jumps of that sequence and where they go.
    jumps: Vec<(u32, u32)>,
}

/// How many instructions may be added at once without another look for room.
const USUAL: usize = 64;

/// The entry block.
pub(super) const ENTRY: BlockId = BlockId(NonZeroU32::MIN);

impl Graph {
    /// Splits a sequence into blocks at labels and after terminators, and turns labels into block targets.
    #[cfg(test)]
    pub(super) fn from_sequence(seq: &InstrSequence) -> Result<Graph, FlowError> {
        let mut graph = Graph::default();
        graph.read(seq)?;
        Ok(graph)
    }

    /// The same, into the arrays that are there.
    pub(super) fn read(&mut self, seq: &InstrSequence) -> Result<(), FlowError> {
        let count = seq.instrs.len();
        self.stack.clear();
        self.blocks.0.clear();
        self.instrs.clear();
        self.jumps.clear();
        self.starts.reset(count);
        // Passes add some.
        self.instrs.reserve(count + count / 4 + USUAL);
        self.blocks.0.reserve(USUAL);
        let (mut kinds, mut unbound, mut backward, mut lineless) = (0, false, false, 0);
        let (starts, jumps) = (&mut self.starts, &mut self.jumps);
        self.instrs.extend(seq.instrs.iter().enumerate().map(|(here, instr)| {
            let kind = KINDS[instr.op as usize];
            kinds |= kind;
            // The sign, if there is one.
            lineless |= instr.loc.line;
            if kind & (kind::TARGET | kind::TERMINATOR) != 0 {
                if kind & kind::TARGET != 0 {
                    let at = seq.labels.get(instr.oparg as usize).map_or(count, |&at| at as usize);
                    if at < count {
                        starts.label(at);
                        jumps.push((here as u32, at as u32));
                        backward |= at <= here;
                    }
                    unbound |= at >= count;
                }
                if kind & kind::TERMINATOR != 0 {
                    starts.start(here + 1);
                }
            }
            CfgInstr::new(instr.op, instr.oparg, instr.loc)
        }));
        if unbound {
            return Err(FlowError::Malformed("a jump to an unbound label"));
        }
        self.handlers = kinds & kind::PUSH != 0;
        self.pops = kinds & kind::POP != 0;
        self.pseudo = kinds & kind::PSEUDO != 0;
        self.unconditional = kinds & kind::UNCONDITIONAL != 0;
        (self.rerouted, self.lined, self.backward) = (true, lineless >= 0, backward);
        let tidy = kinds & kind::NOP == 0;
        self.untidy = !tidy;
        let blocks = &mut self.blocks.0;
        self.starts.blocks(|start, end, labelled| {
            let next = (end < count).then(|| BlockId::at(blocks.len() + 1));
            blocks.push(Block { labelled, start: start as u32, length: (end - start) as u32, next, tidy, ..Block::default() });
        });
        if blocks.is_empty() {
            blocks.push(Block::default());
        }
        for &(here, at) in &self.jumps {
            self.instrs[here as usize].target = Some(BlockId::at(self.starts.block_of(at as usize)));
        }
        Ok(())
    }

    /// Adds an empty, unlinked block.
    pub(super) fn new_block(&mut self) -> BlockId {
        self.blocks.0.push(Block { start: self.instrs.len() as u32, ..Block::default() });
        self.untidy = true;
        BlockId::at(self.blocks.len() - 1)
    }

    /// The instructions of a block.
    #[inline]
    pub(super) fn instrs(&self, b: BlockId) -> &[CfgInstr] {
        &self.instrs[self.blocks[b].range()]
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn instrs_mut(&mut self, b: BlockId) -> &mut [CfgInstr] {
        &mut self.instrs[self.blocks[b].range()]
    }

    /// A block and its instructions.
    #[inline]
    pub(super) fn parts_mut(&mut self, b: BlockId) -> (&mut Block, &mut [CfgInstr]) {
        let block = &mut self.blocks[b];
        let range = block.range();
        (block, &mut self.instrs[range])
    }

    /// All blocks, and the instructions of one of them.
    #[inline]
    pub(super) fn split(&mut self, b: BlockId) -> (&mut Blocks, &mut [CfgInstr]) {
        let range = self.blocks[b].range();
        (&mut self.blocks, &mut self.instrs[range])
    }

    /// The instructions of all blocks, in no order, and maybe some that are no longer in any.
    pub(super) fn all_instrs_mut(&mut self) -> &mut [CfgInstr] {
        &mut self.instrs
    }

    /// A block may hold `NOP`s now.
    #[inline]
    pub(super) fn set_untidy(&mut self, b: BlockId) {
        self.blocks[b].tidy = false;
        self.untidy = true;
    }

    /// The last instruction of a block.
    #[inline]
    pub(super) fn last(&self, b: BlockId) -> Option<&CfgInstr> {
        self.instrs(b).last()
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn last_mut(&mut self, b: BlockId) -> Option<&mut CfgInstr> {
        self.instrs_mut(b).last_mut()
    }

    /// Moves a block to the end of the array, if it is not there, so that it can grow.
    fn make_room(&mut self, b: BlockId) {
        let range = self.blocks[b].range();
        if range.end != self.instrs.len() {
            self.blocks[b].start = self.instrs.len() as u32;
            self.instrs.extend_from_within(range);
        }
    }

    /// Adds an instruction to a block.
    pub(super) fn push(&mut self, b: BlockId, instr: CfgInstr) {
        self.make_room(b);
        self.instrs.push(instr);
        self.blocks[b].length += 1;
    }

    /// Adds copies of another block's instructions to a block.
    pub(super) fn push_copies(&mut self, b: BlockId, from: BlockId) {
        self.make_room(b);
        let range = self.blocks[from].range();
        self.blocks[b].length += range.len() as u32;
        self.instrs.extend_from_within(range);
    }

    /// Puts instructions before those of a block.
    pub(super) fn prepend(&mut self, b: BlockId, prefix: impl IntoIterator<Item = CfgInstr>) {
        let (start, range) = (self.instrs.len(), self.blocks[b].range());
        self.instrs.extend(prefix);
        self.instrs.extend_from_within(range);
        self.blocks[b].start = start as u32;
        self.blocks[b].length = (self.instrs.len() - start) as u32;
    }

    /// Whether control may run on from a block into the next one.
    #[inline]
    pub(super) fn falls_through(&self, b: BlockId) -> bool {
        !self.last(b).is_some_and(|i| i.op.never_falls_through())
    }

    /// Whether a block ends by leaving the code object.
    pub(super) fn exits_scope(&self, b: BlockId) -> bool {
        self.last(b).is_some_and(|i| i.op.is_scope_exit())
    }

    /// Whether no instruction of a block has a line number.
    #[inline]
    pub(super) fn has_no_line(&self, b: BlockId) -> bool {
        // Mostly the first one has.
        self.instrs(b).iter().all(|i| i.loc.line < 0)
    }

    /// The linked blocks in program order, as it is now.
    #[cfg(test)]
    pub(super) fn order(&self) -> Vec<BlockId> {
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut at = Some(ENTRY);
        while let Some(b) = at {
            order.push(b);
            at = self.blocks[b].next;
        }
        order
    }

    /// Calls `f` for each linked block in program order; it may not relink blocks that are still to come.
    #[inline]
    pub(super) fn each(&mut self, mut f: impl FnMut(&mut Graph, BlockId)) {
        let mut at = Some(ENTRY);
        while let Some(b) = at {
            at = self.blocks[b].next;
            f(self, b);
        }
    }

    /// The first block at or after `from` that has instructions.
    #[inline]
    pub(super) fn next_nonempty(&self, from: Option<BlockId>) -> Option<BlockId> {
        let mut at = from;
        while let Some(b) = at {
            if !self.blocks[b].is_empty() {
                break;
            }
            at = self.blocks[b].next;
        }
        at
    }

    /// The block that control falls into after `b`, if it does.
    #[inline]
    pub(super) fn fall_through(&self, b: BlockId) -> Option<BlockId> {
        if self.falls_through(b) { self.blocks[b].next } else { None }
    }

    /// Clears the traversal mark of every block.
    pub(super) fn clear_visited(&mut self) {
        for block in &mut *self.blocks {
            block.visited = false;
        }
    }

    /// Marks `b` and reports whether it was unmarked.
    #[inline]
    pub(super) fn visit(&mut self, b: BlockId) -> bool {
        !std::mem::replace(&mut self.blocks[b].visited, true)
    }
}
