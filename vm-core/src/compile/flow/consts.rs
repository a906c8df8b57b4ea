//! Drops constants that no instruction uses any more.

use crate::code::Const;
use crate::compile::consts::ConstTable;
use smallvec::SmallVec;

use super::FlowError;
use super::graph::{ENTRY, Graph};

/// How many constants most code objects have at most.
const USUAL: usize = 64;

/// Removes unused constants and renumbers the rest, which is returned. The first one stays: it may be the docstring.
pub(super) fn remove_unused(graph: &mut Graph, consts: &mut ConstTable) -> Result<Box<[Const]>, FlowError> {
    if consts.is_empty() {
        return Ok(Box::default());
    }
    let mut used = SmallVec::<[bool; USUAL]>::from_elem(false, consts.len());
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
    if unused > 0 {
        let mut renumbered = SmallVec::<[u32; USUAL]>::new();
        let mut count = 0;
        for &used in &used {
            renumbered.push(count);
            count += u32::from(used);
        }
        graph.each(|graph, b| {
            for instr in graph.instrs_mut(b).iter_mut().filter(|i| i.op.has_const()) {
                instr.oparg = renumbered[instr.oparg as usize];
            }
        });
    }
    Ok(consts.take(used.len() - unused, |at| used[at]))
}
