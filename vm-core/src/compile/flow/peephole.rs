//! Rewrites within a basic block: constant conditions, tests against `None`, constant tuples, jumps to jumps, and pairs of
//! instructions that one instruction can do.
//!
//! Shortened code leaves `NOP`s, which `clean.rs` removes afterwards.

use crate::code::Const;
use crate::compile::consts::ConstTable;
use crate::opcodes::{OPCODE_LIMIT, Opcode};

use super::FlowError;
use super::graph::{BlockId, CfgInstr, ENTRY, Graph};
use super::swaps;

fn constant(consts: &ConstTable, index: u32) -> Result<&Const, FlowError> {
    consts.get(index).ok_or(FlowError::Malformed("a constant that does not exist"))
}

/// Uses constants known at the jump, test or return that follows them.
pub(super) fn optimize_load_const(graph: &mut Graph, consts: &mut ConstTable) -> Result<(), FlowError> {
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        let Found { changed, decided } = load_const_in(graph.instrs_mut(b), consts)?;
        if changed {
            graph.set_untidy(b);
        }
        if decided {
            (graph.rerouted, graph.unconditional) = (true, true);
        }
        at = graph.blocks[b].next;
    }
    Ok(())
}

/// What was done in a block.
#[derive(Default)]
struct Found {
    /// Something.
    changed: bool,
    /// A jump has lost its condition.
    decided: bool,
}

fn load_const_in(instrs: &mut [CfgInstr], consts: &mut ConstTable) -> Result<Found, FlowError> {
    let mut found = Found::default();
    let mut op = Opcode::CACHE;
    let mut oparg = 0;
    let mut i = 0;
    while i < instrs.len() {
        let instr = &instrs[i];
        let copies_const = op == Opcode::LOAD_CONST && instr.op == Opcode::COPY && instr.oparg == 1;
        if !copies_const {
            op = instr.op;
            oparg = instr.oparg;
        }
        if op != Opcode::LOAD_CONST {
            // Until the next one, nothing is known.
            match instrs[i + 1..].iter().position(|instr| instr.op == Opcode::LOAD_CONST) {
                Some(ahead) => i += 1 + ahead,
                None => break,
            }
            continue;
        }
        let Some(next) = instrs.get(i + 1) else { break };
        match next.op {
            Opcode::POP_JUMP_IF_FALSE | Opcode::POP_JUMP_IF_TRUE => {
                let jumps = constant(consts, oparg)?.is_true() == (next.op == Opcode::POP_JUMP_IF_TRUE);
                instrs[i].set_op0(Opcode::NOP);
                found = Found { changed: true, decided: true };
                if jumps {
                    instrs[i + 1].op = Opcode::JUMP;
                } else {
                    instrs[i + 1].set_op0(Opcode::NOP);
                }
            }
            Opcode::IS_OP if matches!(constant(consts, oparg)?, Const::None) => {
                found.changed = true;
                fold_is_none(instrs, i);
            }
            Opcode::RETURN_VALUE => {
                found.changed = true;
                instrs[i].set_op0(Opcode::NOP);
                i += 1;
                instrs[i].set_op1(Opcode::RETURN_CONST, oparg);
            }
            Opcode::TO_BOOL => {
                found.changed = true;
                let truth = constant(consts, oparg)?.is_true();
                let index = consts.add(Const::Bool(truth));
                instrs[i].set_op0(Opcode::NOP);
                instrs[i + 1].set_op1(Opcode::LOAD_CONST, index);
            }
            _ => {}
        }
        i += 1;
    }
    Ok(found)
}

/// `LOAD_CONST None`, `IS_OP`, a conditional jump → `POP_JUMP_IF_(NOT_)NONE`; a `TO_BOOL` in between goes in any case.
fn fold_is_none(instrs: &mut [CfgInstr], i: usize) {
    let mut jump = i + 2;
    if instrs.get(jump).is_some_and(|j| j.op == Opcode::TO_BOOL) {
        instrs[jump].set_op0(Opcode::NOP);
        jump += 1;
    }
    let Some(jump_op) = instrs.get(jump).map(|j| j.op) else { return };
    let mut invert = instrs[i + 1].oparg != 0;
    match jump_op {
        Opcode::POP_JUMP_IF_FALSE => invert = !invert,
        Opcode::POP_JUMP_IF_TRUE => {}
        _ => return,
    }
    instrs[i].set_op0(Opcode::NOP);
    instrs[i + 1].set_op0(Opcode::NOP);
    instrs[jump].op = if invert { Opcode::POP_JUMP_IF_NOT_NONE } else { Opcode::POP_JUMP_IF_NONE };
}

/// Optimises each block.
pub(super) fn optimize_blocks(graph: &mut Graph, consts: &mut ConstTable) -> Result<(), FlowError> {
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        optimize_block(graph, b, consts)?;
        at = graph.blocks[b].next;
    }
    Ok(())
}

fn optimize_block(graph: &mut Graph, b: BlockId, consts: &mut ConstTable) -> Result<(), FlowError> {
    let instrs = graph.instrs_mut(b);
    let (mut swaps, mut untidy, mut at) = (false, false, 0);
    while let Some(ahead) = instrs[at..].iter().position(|instr| REWRITTEN[instr.op as usize]) {
        let i = at + ahead;
        at = i + 1;
        let op = instrs[i].op;
        // The usual ones, of which little can be made.
        let partner = match op {
            Opcode::LOAD_GLOBAL => Some(Opcode::PUSH_NULL),
            Opcode::STORE_FAST => Some(Opcode::STORE_FAST),
            _ => None,
        };
        if partner.is_some() && instrs.get(at).map(|next| next.op) != partner {
            continue;
        }
        swaps |= op == Opcode::SWAP;
        rewrite_pair(instrs, i, consts)?;
        let next = instrs.get(at).map(|next| next.op);
        // An instruction may have become one that swaps.
        swaps |= next == Some(Opcode::SWAP);
        untidy |= op == Opcode::BUILD_TUPLE || instrs[i].op == Opcode::NOP || next == Some(Opcode::NOP);
    }
    if swaps || untidy {
        graph.set_untidy(b);
    }
    // Jumps stand last. A new one takes the place of an old one and is looked at in turn.
    while let Some(last) = graph.last(b)
        && let Some(target) = last.target
        && let Some(first) = graph.instrs(target).first().copied()
        && let Some(op) = threaded(last.op, first.op)
        && jump_thread(graph, b, &first, op)
    {}
    if swaps {
        swaps::optimize(graph.instrs_mut(b));
    }
    Ok(())
}

/// The opcode for going straight to where a jump at the target goes; none if that is not possible.
fn threaded(op: Opcode, target: Opcode) -> Option<Opcode> {
    match (op, target) {
        (Opcode::POP_JUMP_IF_NOT_NONE | Opcode::POP_JUMP_IF_NONE | Opcode::POP_JUMP_IF_FALSE | Opcode::POP_JUMP_IF_TRUE, Opcode::JUMP) => {
            Some(op)
        }
        (Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT, Opcode::JUMP) => Some(Opcode::JUMP),
        (Opcode::JUMP | Opcode::JUMP_NO_INTERRUPT, Opcode::JUMP_NO_INTERRUPT) => Some(op),
        _ => None,
    }
}

fn jump_thread(graph: &mut Graph, b: BlockId, first: &CfgInstr, op: Opcode) -> bool {
    let Some(last) = graph.last_mut(b).filter(|last| last.target != first.target) else { return false };
    last.set_op0(Opcode::NOP);
    graph.rerouted = true;
    graph.set_untidy(b);
    graph.push(b, CfgInstr { target: first.target, ..CfgInstr::new(op, 0, first.loc) });
    true
}

/// The opcodes that `rewrite_pair` may do something about.
static REWRITTEN: [bool; OPCODE_LIMIT] = {
    let mut table = [false; OPCODE_LIMIT];
    let listed = [
        Opcode::BUILD_TUPLE,
        Opcode::STORE_FAST,
        Opcode::SWAP,
        Opcode::LOAD_GLOBAL,
        Opcode::COMPARE_OP,
        Opcode::CONTAINS_OP,
        Opcode::IS_OP,
        Opcode::TO_BOOL,
        Opcode::UNARY_NOT,
    ];
    let mut i = 0;
    while i < listed.len() {
        table[listed[i] as usize] = true;
        i += 1;
    }
    table
};

/// Rewrites the instruction at `i` together with its neighbours.
fn rewrite_pair(instrs: &mut [CfgInstr], i: usize, consts: &mut ConstTable) -> Result<(), FlowError> {
    let (op, oparg) = (instrs[i].op, instrs[i].oparg);
    let next = instrs.get(i + 1).copied();
    let next_op = next.map_or(Opcode::CACHE, |n| n.op);
    match op {
        Opcode::BUILD_TUPLE => {
            if next.is_some_and(|n| n.op == Opcode::UNPACK_SEQUENCE && n.oparg == oparg) {
                match oparg {
                    1 => {
                        instrs[i].set_op0(Opcode::NOP);
                        instrs[i + 1].set_op0(Opcode::NOP);
                        return Ok(());
                    }
                    2 | 3 => {
                        instrs[i].set_op0(Opcode::NOP);
                        instrs[i + 1].op = Opcode::SWAP;
                        return Ok(());
                    }
                    _ => {}
                }
            }
            if let Some(start) = i.checked_sub(oparg as usize) {
                fold_tuple(&mut instrs[start..=i], consts)?;
            }
        }
        Opcode::STORE_FAST if next.is_some_and(|n| n.op == op && n.oparg == oparg && n.loc.line == instrs[i].loc.line) => {
            instrs[i].set_op0(Opcode::POP_TOP);
        }
        Opcode::SWAP if oparg == 1 => instrs[i].set_op0(Opcode::NOP),
        Opcode::LOAD_GLOBAL if next_op == Opcode::PUSH_NULL && oparg & 1 == 0 => {
            instrs[i].oparg |= 1;
            instrs[i + 1].set_op0(Opcode::NOP);
        }
        Opcode::COMPARE_OP if next_op == Opcode::TO_BOOL => {
            instrs[i].set_op0(Opcode::NOP);
            instrs[i + 1].set_op1(Opcode::COMPARE_OP, oparg | COMPARE_TO_BOOL);
        }
        Opcode::CONTAINS_OP | Opcode::IS_OP if next_op == Opcode::TO_BOOL => {
            instrs[i].set_op0(Opcode::NOP);
            instrs[i + 1].set_op1(op, oparg);
        }
        Opcode::TO_BOOL if next_op == Opcode::TO_BOOL => instrs[i].set_op0(Opcode::NOP),
        Opcode::UNARY_NOT if next_op == Opcode::TO_BOOL => {
            instrs[i].set_op0(Opcode::NOP);
            instrs[i + 1].set_op0(Opcode::UNARY_NOT);
        }
        Opcode::UNARY_NOT if next_op == Opcode::UNARY_NOT => {
            instrs[i].set_op0(Opcode::NOP);
            instrs[i + 1].set_op0(Opcode::NOP);
        }
        _ => {}
    }
    Ok(())
}

/// `COMPARE_OP`'s flag for a result converted to `bool`.
const COMPARE_TO_BOOL: u32 = 16;

/// Folds constants followed by the `BUILD_TUPLE` of all of them into one constant.
fn fold_tuple(instrs: &mut [CfgInstr], consts: &mut ConstTable) -> Result<(), FlowError> {
    let Some((build, items)) = instrs.split_last_mut() else { return Ok(()) };
    // A RETURN_CONST cannot stand before another instruction of its block, so only LOAD_CONST is left.
    if !items.iter().all(|i| i.op == Opcode::LOAD_CONST) {
        return Ok(());
    }
    let values = items.iter().map(|i| constant(consts, i.oparg).cloned()).collect::<Result<Vec<_>, _>>()?;
    let index = consts.add(Const::Tuple(values.into()));
    for item in items {
        item.set_op0(Opcode::NOP);
    }
    build.set_op1(Opcode::LOAD_CONST, index);
    Ok(())
}
