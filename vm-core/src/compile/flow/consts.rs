//! Drops constants that no instruction uses any more.

use crate::code::Const;

use super::FlowError;
use super::graph::Graph;

/// Removes unused constants and renumbers the rest. The first one stays: it may be the docstring.
pub(super) fn remove_unused(graph: &mut Graph, consts: Vec<Const>) -> Result<Vec<Const>, FlowError> {
    if consts.is_empty() {
        return Ok(consts);
    }
    let order = graph.order();
    let mut used = vec![false; consts.len()];
    used[0] = true;
    for &b in &order {
        for instr in graph.blocks[b].instrs.iter().filter(|i| i.op.has_const()) {
            *used.get_mut(instr.oparg as usize).ok_or(FlowError::Malformed("a constant that does not exist"))? = true;
        }
    }
    let mut renumbered = vec![0; consts.len()];
    let mut kept = Vec::new();
    for (index, value) in consts.into_iter().enumerate() {
        if used[index] {
            renumbered[index] = u32::try_from(kept.len()).map_err(|_| FlowError::TooManyConstants)?;
            kept.push(value);
        }
    }
    for b in order {
        for instr in graph.blocks[b].instrs.iter_mut().filter(|i| i.op.has_const()) {
            instr.oparg = renumbered[instr.oparg as usize];
        }
    }
    Ok(kept)
}
