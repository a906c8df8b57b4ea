//! The control-flow graph: basic blocks in an arena, linked in program order.
//!
//! Blocks are never freed: passes empty or unlink them. An instruction names blocks by index, so that cloning the graph (the
//! code is assembled twice) is a plain copy.

use crate::compile::instr::{InstrSequence, Location};
use crate::opcodes::Opcode;

use super::FlowError;
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
    /// Whether something may jump here.
    pub(super) labelled: bool,
    /// The instructions.
    pub(super) instrs: Vec<CfgInstr>,
    /// The next block in program order.
    pub(super) next: Option<BlockId>,
    /// Number of ways into this block, as last counted.
    pub(super) predecessors: i32,
    /// Stack depth at entry; `None` until computed.
    pub(super) start_depth: Option<u32>,
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
}

impl Block {
    /// The last instruction.
    pub(super) fn last(&self) -> Option<&CfgInstr> {
        self.instrs.last()
    }

    /// Whether control may run on into the next block.
    pub(super) fn falls_through(&self) -> bool {
        !self.last().is_some_and(|i| i.op.never_falls_through())
    }

    /// Whether the block ends by leaving the code object.
    pub(super) fn exits_scope(&self) -> bool {
        self.last().is_some_and(|i| i.op.is_scope_exit())
    }

    /// Whether no instruction has a line number.
    pub(super) fn has_no_line(&self) -> bool {
        // Mostly the first one has.
        self.instrs.iter().all(|i| i.loc.line < 0)
    }
}

/// The flow graph of one code object.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// All blocks ever made; block 0 is the entry.
    pub(super) blocks: Blocks,
    /// Whether there are exception handlers, or were.
    pub(super) handlers: bool,
}

/// The entry block.
pub(super) const ENTRY: BlockId = BlockId(NonZeroU32::MIN);

impl Graph {
    /// Splits a sequence into blocks at labels and after terminators, and turns labels into block targets.
    pub(super) fn from_sequence(seq: &InstrSequence) -> Result<Graph, FlowError> {
        let instrs = &seq.instrs[..];
        let position = |label: u32| -> Result<usize, FlowError> {
            match seq.labels.get(label as usize) {
                Some(&at) if (at as usize) < instrs.len() => Ok(at as usize),
                _ => Err(FlowError::Malformed("a jump to an unbound label")),
            }
        };
        // For each instruction that something jumps to, its block, once that is known.
        let mut block_at: Vec<Option<BlockId>> = vec![None; instrs.len()];
        let mut handlers = false;
        let mut count = 1;
        for instr in instrs {
            count += usize::from(instr.op.is_terminator());
            if instr.op.has_target() {
                block_at[position(instr.oparg)?] = Some(ENTRY);
                count += 1;
                handlers |= instr.op.is_block_push();
            }
        }
        let mut graph = Graph { blocks: Blocks(Vec::with_capacity(count)), handlers };
        let mut start = 0;
        while start < instrs.len() {
            let b = BlockId::at(graph.blocks.len());
            let labelled = block_at[start].is_some();
            if labelled {
                block_at[start] = Some(b);
            }
            let mut end = start;
            while end < instrs.len() && (end == start || block_at[end].is_none()) {
                end += 1;
                if instrs[end - 1].op.is_terminator() {
                    break;
                }
            }
            let content = instrs[start..end].iter().map(|instr| CfgInstr::new(instr.op, instr.oparg, instr.loc)).collect();
            let next = (end < instrs.len()).then(|| BlockId::at(graph.blocks.len() + 1));
            graph.blocks.0.push(Block { labelled, instrs: content, next, ..Block::default() });
            start = end;
        }
        if graph.blocks.is_empty() {
            graph.new_block();
        }
        for block in &mut *graph.blocks {
            if handlers {
                for instr in block.instrs.iter_mut().filter(|instr| instr.op.has_target()) {
                    instr.target = block_at[position(instr.oparg)?];
                }
            } else if let Some(last) = block.instrs.last_mut().filter(|last| last.op.has_target()) {
                last.target = block_at[position(last.oparg)?];
            }
        }
        Ok(graph)
    }

    /// Adds an empty, unlinked block.
    pub(super) fn new_block(&mut self) -> BlockId {
        self.blocks.0.push(Block::default());
        BlockId::at(self.blocks.len() - 1)
    }

    /// The linked blocks in program order, as it is now.
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
    pub(super) fn each(&mut self, mut f: impl FnMut(&mut Graph, BlockId)) {
        let mut at = Some(ENTRY);
        while let Some(b) = at {
            at = self.blocks[b].next;
            f(self, b);
        }
    }

    /// The first block at or after `from` that has instructions.
    pub(super) fn next_nonempty(&self, from: Option<BlockId>) -> Option<BlockId> {
        let mut at = from;
        while let Some(b) = at {
            if !self.blocks[b].instrs.is_empty() {
                break;
            }
            at = self.blocks[b].next;
        }
        at
    }

    /// The block that control falls into after `b`, if it does.
    pub(super) fn fall_through(&self, b: BlockId) -> Option<BlockId> {
        if self.blocks[b].falls_through() { self.blocks[b].next } else { None }
    }

    /// Clears the traversal mark of every block.
    pub(super) fn clear_visited(&mut self) {
        for block in &mut *self.blocks {
            block.visited = false;
        }
    }

    /// Marks `b` and reports whether it was unmarked.
    pub(super) fn visit(&mut self, b: BlockId) -> bool {
        !std::mem::replace(&mut self.blocks[b].visited, true)
    }

    /// Fails unless jumps and exits stand last in their blocks.
    pub(super) fn check(&self) -> Result<(), FlowError> {
        for block in &*self.blocks {
            if let Some((_, before)) = block.instrs.split_last()
                && before.iter().any(|i| i.op.is_terminator())
            {
                return Err(FlowError::Malformed("a terminator inside a block"));
            }
        }
        Ok(())
    }
}
