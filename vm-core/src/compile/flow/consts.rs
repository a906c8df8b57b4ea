//! Drops constants that no instruction uses any more.

use crate::code::Const;

use super::FlowError;
use super::graph::{ENTRY, Graph};

/// Removes unused constants and renumbers the rest. The first one stays: it may be the docstring.
pub(super) fn remove_unused(graph: &mut Graph, consts: Vec<Const>) -> Result<Vec<Const>, FlowError> {
    if consts.is_empty() {
        return Ok(consts);
    }
    let mut used = vec![false; consts.len()];
    used[0] = true;
    let mut unused = consts.len() - 1;
    let mut at = Some(ENTRY);
    while let Some(b) = at {
        for instr in graph.instrs(b).iter().filter(|i| i.op.has_const()) {
            let slot = used.get_mut(instr.oparg as usize).ok_or(FlowError::Malformed("a constant that does not exist"))?;
            unused -= usize::from(!std::mem::replace(slot, true));
        }
        at = graph.blocks[b].next;
    }
    if unused == 0 {
        return Ok(consts);
    }
    let mut renumbered = vec![0; consts.len()];
    let mut kept = Vec::new();
    for (index, value) in consts.into_iter().enumerate() {
        if used[index] {
            renumbered[index] = u32::try_from(kept.len()).map_err(|_| FlowError::TooManyConstants)?;
            kept.push(value);
        }
    }
    graph.each(|graph, b| {
        for instr in graph.instrs_mut(b).iter_mut().filter(|i| i.op.has_const()) {
            instr.oparg = renumbered[instr.oparg as usize];
        }
    });
    Ok(kept)
}
