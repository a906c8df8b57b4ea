//! The flow graph: CPython 3.13's `flowgraph.c`, from an instruction sequence to assembled code.
//!
//! Each pass is a file; this one fixes their order, which is observable in the output and therefore CPython's. The graph is
//! optimised once and finished twice: with 3.13's superinstructions, and without. Passes that have nothing to do in most code
//! objects know so from what was seen when the sequence was read.

mod clean;
mod cold;
mod consts;
mod depth;
mod except;
mod graph;
mod lines;
mod locals;
mod lower;
mod peephole;
mod starts;
mod superinstructions;
mod swaps;
mod unbound;
mod write;

use crate::code::CodeObject;
use crate::compile::unit::{CompileError, Unit};
use std::sync::Arc;

use graph::{ENTRY, Graph};
use superinstructions::Fusion;
use write::Writer;

#[cfg(test)]
mod tests;

/// What can go wrong in the flow graph: code generation emitted nonsense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlowError {
    /// The sequence contradicts itself.
    Malformed(&'static str),
}

impl From<FlowError> for CompileError {
    fn from(error: FlowError) -> Self {
        match error {
            FlowError::Malformed(what) => CompileError::Internal(format!("malformed control flow graph: {what}")),
        }
    }
}

/// What the passes work in; one serves all code objects of a program.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    graph: Graph,
    writer: Writer,
}

/// Optimises a unit and assembles both forms of its code object.
///
/// # Errors
///
/// If the unit's instructions do not form a valid graph, or a limit of the format is exceeded.
pub(super) fn assemble(unit: &mut Unit, filename: &Arc<str>, workspace: &mut Workspace) -> Result<Arc<CodeObject>, CompileError> {
    let Workspace { graph, writer } = workspace;
    graph.read(&unit.instrs)?;
    except::mark_handlers(graph);
    except::label_targets(graph)?;
    optimize(graph, unit)?;
    let consts = consts::remove_unused(graph, &mut unit.consts)?;
    let nlocals = unit.varnames.len();
    unbound::add_checks(graph, nlocals, unit.nparams as usize);

    let layout = locals::Layout::of(unit);
    let fusion = superinstructions::mark(graph, nlocals);
    let apart = (fusion == Fusion::Apart).then(|| graph.clone());
    let mut stacksize = lay_out(graph, unit, &layout)?;
    let plain = writer.write(graph, unit.firstlineno)?;
    let joined = match apart {
        _ if fusion == Fusion::None => None,
        None => Some(writer.write_fused(graph, unit.firstlineno)?),
        Some(mut graph) => {
            superinstructions::insert(&mut graph);
            stacksize = stacksize.max(lay_out(&mut graph, unit, &layout)?);
            Some(writer.write(&mut graph, unit.firstlineno)?)
        }
    };
    Ok(Arc::new(CodeObject {
        argcount: unit.posonlyargcount + unit.argcount,
        posonlyargcount: unit.posonlyargcount,
        kwonlyargcount: unit.kwonlyargcount,
        flags: unit.flags,
        stacksize: stacksize.max(1),
        name: unit.name.clone(),
        qualname: unit.qualname.clone(),
        filename: filename.clone(),
        firstlineno: unit.firstlineno,
        names: std::mem::take(&mut unit.names).into(),
        consts,
        localsplusnames: layout.names.into(),
        localspluskinds: layout.kinds.into(),
        plain,
        joined,
    }))
}

fn optimize(graph: &mut Graph, unit: &mut Unit) -> Result<(), FlowError> {
    clean::inline_small_blocks(graph);
    clean::remove_unreachable(graph);
    lines::resolve(graph);
    peephole::optimize_load_const(graph, &mut unit.consts)?;
    peephole::optimize_blocks(graph, &mut unit.consts)?;
    clean::remove_nops_and_pairs(graph);
    clean::remove_unreachable(graph);
    clean::remove_nops_and_jumps(graph);
    Ok(())
}

/// What follows the choice of superinstructions: block order, lines, stack depth (which is returned), frame prefix.
fn lay_out(graph: &mut Graph, unit: &Unit, layout: &locals::Layout) -> Result<u32, CompileError> {
    cold::push_to_end(graph);
    lines::resolve(graph);
    let depth = depth::compute(graph)?;
    locals::prepare(graph, unit, layout)?;
    lower::convert_pseudo_ops(graph);
    lower::normalize_jumps(graph);
    if graph.blocks[ENTRY].is_empty() && graph.blocks[ENTRY].next.is_none() {
        return Err(FlowError::Malformed("no instructions").into());
    }
    Ok(depth)
}
