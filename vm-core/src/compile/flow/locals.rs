//! Lays out the locals-plus array, renumbers cell operands accordingly, and inserts the instructions a frame starts with
//! (`COPY_FREE_VARS`, `MAKE_CELL`, `RETURN_GENERATOR`).

use crate::code::{CodeFlags, LocalKind};
use crate::compile::instr::Location;
use crate::compile::unit::Unit;
use crate::opcodes::Opcode;
use rustc_hash::FxHashMap as HashMap;
use std::sync::Arc;

use super::FlowError;
use super::graph::{CfgInstr, ENTRY, Graph};

/// Names and kinds of the locals-plus array, and where each cell or free variable stands in it.
pub(super) struct Layout {
    /// `co_localsplusnames`.
    pub(super) names: Vec<Arc<str>>,
    /// `co_localspluskinds`.
    pub(super) kinds: Vec<u8>,
    /// Slot of each cell variable, then of each free variable.
    slots: Vec<u32>,
    cells: usize,
}

impl Layout {
    /// Locals come first; a cell that is a local shares its slot; other cells, then free variables follow.
    pub(super) fn of(unit: &mut Unit) -> Layout {
        let locals = unit.varnames.len();
        let mut names = std::mem::take(&mut unit.varnames);
        let mut kinds = vec![LocalKind::LOCAL; names.len()];
        if !unit.fast_hidden.is_empty() {
            for (kind, _) in kinds.iter_mut().zip(&names).filter(|(_, name)| unit.fast_hidden.contains(*name)) {
                *kind |= LocalKind::HIDDEN;
            }
        }
        let mut slots = Vec::with_capacity(unit.cellvars.len() + unit.freevars.len());
        // Cells are mostly few; only many are looked up in an index.
        let index: Option<HashMap<Arc<str>, usize>> =
            (unit.cellvars.len() > FEW).then(|| names[..locals].iter().cloned().enumerate().map(|(at, name)| (name, at)).collect());
        for cell in &unit.cellvars {
            let local = match &index {
                Some(index) => index.get(cell).copied(),
                None => names[..locals].iter().position(|name| name == cell),
            };
            let slot = local.unwrap_or(names.len());
            match local {
                Some(local) => kinds[local] |= LocalKind::CELL,
                None => {
                    names.push(cell.clone());
                    kinds.push(LocalKind::CELL);
                }
            }
            slots.push(u32::try_from(slot).unwrap_or(u32::MAX));
        }
        for name in &unit.freevars {
            slots.push(u32::try_from(names.len()).unwrap_or(u32::MAX));
            names.push(name.clone());
            kinds.push(LocalKind::FREE);
        }
        Layout { names, kinds, slots, cells: unit.cellvars.len() }
    }
}

/// How many cells are looked for one by one.
const FEW: usize = 8;

/// Renumbers cell operands and inserts the prefix.
pub(super) fn prepare(graph: &mut Graph, unit: &Unit, layout: &Layout) -> Result<(), FlowError> {
    for instr in if layout.slots.is_empty() { &mut [] } else { graph.all_instrs_mut() } {
        if matches!(
            instr.op,
            // An inlined comprehension makes cells of its own.
            Opcode::MAKE_CELL
                | Opcode::LOAD_CLOSURE
                | Opcode::LOAD_DEREF
                | Opcode::STORE_DEREF
                | Opcode::DELETE_DEREF
                | Opcode::LOAD_FROM_DICT_OR_DEREF
        ) {
            instr.oparg = *layout.slots.get(instr.oparg as usize).ok_or(FlowError::Malformed("a cell that does not exist"))?;
        }
    }
    let generators = CodeFlags::GENERATOR | CodeFlags::COROUTINE | CodeFlags::ASYNC_GENERATOR;
    if layout.slots.is_empty() && unit.flags.0 & generators == 0 {
        return Ok(());
    }
    let mut prefix = Vec::new();
    if !unit.freevars.is_empty() {
        let count = u32::try_from(unit.freevars.len()).unwrap_or(u32::MAX);
        prefix.push(CfgInstr::new(Opcode::COPY_FREE_VARS, count, Location::NONE));
    }
    let mut cells = layout.slots[..layout.cells].to_vec();
    cells.sort_unstable();
    prefix.extend(cells.into_iter().map(|slot| CfgInstr::new(Opcode::MAKE_CELL, slot, Location::NONE)));
    if unit.flags.0 & generators != 0 {
        let line = i32::try_from(unit.firstlineno).unwrap_or(i32::MAX);
        let loc = Location { line, end_line: line, col: -1, end_col: -1 };
        prefix.push(CfgInstr::new(Opcode::RETURN_GENERATOR, 0, loc));
        prefix.push(CfgInstr::new(Opcode::POP_TOP, 0, loc));
    }
    if !prefix.is_empty() {
        graph.prepend(ENTRY, prefix);
    }
    Ok(())
}
