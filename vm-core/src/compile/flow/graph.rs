//! The control-flow graph: basic blocks in an arena, linked in program order.
//!
//! Blocks are never freed: passes empty or unlink them. An instruction names blocks by index, so that cloning the graph (the
//! code is assembled twice) is a plain copy.

use crate::compile::instr::{InstrSequence, Location};
use crate::opcodes::Opcode;

use super::FlowError;

/// Index of a block in [`Graph::blocks`].
pub(super) type BlockId = usize;

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
        self.instrs.iter().all(|i| i.loc.line < 0)
    }
}

/// The flow graph of one code object.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// All blocks ever made; block 0 is the entry.
    pub(super) blocks: Vec<Block>,
}

/// The entry block.
pub(super) const ENTRY: BlockId = 0;

impl Graph {
    /// Splits a sequence into blocks at labels and after terminators, and turns labels into block targets.
    pub(super) fn from_sequence(seq: &InstrSequence) -> Result<Graph, FlowError> {
        let position = |label: u32| -> Result<usize, FlowError> {
            match seq.labels.get(label as usize) {
                Some(&at) if (at as usize) < seq.instrs.len() => Ok(at as usize),
                _ => Err(FlowError::Malformed("a jump to an unbound label")),
            }
        };
        let mut is_target = vec![false; seq.instrs.len()];
        for instr in &seq.instrs {
            if instr.op.has_target() {
                is_target[position(instr.oparg)?] = true;
            }
        }
        let mut graph = Graph { blocks: vec![Block::default()] };
        let mut block_at = vec![ENTRY; seq.instrs.len()];
        let mut current = ENTRY;
        for (index, instr) in seq.instrs.iter().enumerate() {
            let block = &graph.blocks[current];
            let ended = block.last().is_some_and(|i| i.op.is_terminator());
            if ended || (is_target[index] && (block.labelled || !block.instrs.is_empty())) {
                let fresh = graph.new_block();
                graph.blocks[current].next = Some(fresh);
                current = fresh;
            }
            if graph.blocks[current].instrs.is_empty() {
                let rest = seq.instrs[index..].iter().zip(&is_target[index + 1..]);
                let length = 1 + rest.take_while(|(instr, next)| !instr.op.is_terminator() && !**next).count();
                graph.blocks[current].instrs.reserve_exact(length);
            }
            if is_target[index] {
                graph.blocks[current].labelled = true;
                block_at[index] = current;
            }
            graph.blocks[current].instrs.push(CfgInstr::new(instr.op, instr.oparg, instr.loc));
        }
        for block in &mut graph.blocks {
            for instr in &mut block.instrs {
                if instr.op.has_target() {
                    instr.target = Some(block_at[position(instr.oparg)?]);
                }
            }
        }
        Ok(graph)
    }

    /// Adds an empty, unlinked block.
    pub(super) fn new_block(&mut self) -> BlockId {
        self.blocks.push(Block::default());
        self.blocks.len() - 1
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
        for block in &mut self.blocks {
            block.visited = false;
        }
    }

    /// Marks `b` and reports whether it was unmarked.
    pub(super) fn visit(&mut self, b: BlockId) -> bool {
        !std::mem::replace(&mut self.blocks[b].visited, true)
    }

    /// Fails unless jumps and exits stand last in their blocks.
    pub(super) fn check(&self) -> Result<(), FlowError> {
        for block in &self.blocks {
            if let Some((_, before)) = block.instrs.split_last()
                && before.iter().any(|i| i.op.is_terminator())
            {
                return Err(FlowError::Malformed("a terminator inside a block"));
            }
        }
        Ok(())
    }
}
