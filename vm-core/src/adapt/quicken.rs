//! The `quickened` level: pairs are fused in place once code is warm, as CPython 3.11 quickened.

use crate::op::{Slow, unit_op};
use crate::opcodes::Opcode;
use crate::ops::FUSED_PAIRS;
use crate::probe::Adapted;

/// Executions of `RESUME` or backward jumps before code is quickened (3.11's `QUICKENING_WARMUP_DELAY`).
pub const WARMUP: u8 = 8;

/// Counts one start or backward jump of the current code, and quickens it when it is warm.
pub fn warm_up(s: &mut Slow<'_>) {
    let left = s.code().warmup.get();
    if left > 1 {
        s.code().warmup.set(left - 1);
    } else if left == 1 {
        s.code().warmup.set(0);
        quicken(s);
    }
}

/// Replaces warm-up opcodes and fuses pairs, from left to right, never across a jump target.
fn quicken(s: &mut Slow<'_>) {
    let span = tracing::debug_span!("quicken", code = %s.code().qualname.to_string_lossy());
    let _entered = span.enter();
    let code = s.code();
    let (units, len) = (code.units, code.units_box.len());
    let targets = jump_targets(code);
    let mut fused: Vec<(usize, Opcode)> = Vec::new();
    // SAFETY: the code's own units; lengths come from the opcodes.
    unsafe {
        let op_at = |i: usize| Opcode::from_number(unit_op(*units.add(i)) as u16);
        let mut i = 0;
        while i < len {
            let Some(op) = op_at(i) else { break };
            match op {
                Opcode::WARMUP_RESUME => super::set_opcode(units.add(i), Opcode::RESUME),
                Opcode::WARMUP_JUMP_BACKWARD => super::set_opcode(units.add(i), Opcode::JUMP_BACKWARD),
                _ => {}
            }
            let next = i + 1 + op.caches();
            if next < len
                && !targets[next]
                && let Some(second) = op_at(next)
                && let Some(&(pair, _, _)) = FUSED_PAIRS.iter().find(|p| p.1 == op && p.2 == plain(second))
            {
                if second == Opcode::WARMUP_JUMP_BACKWARD {
                    super::set_opcode(units.add(next), Opcode::JUMP_BACKWARD);
                }
                fused.push((i, pair));
                i = next + 1 + second.caches();
                continue;
            }
            i = next;
        }
        for &(i, pair) in &fused {
            super::set_opcode(units.add(i), pair);
        }
        let here = s.ip;
        for &(i, pair) in &fused {
            s.ip = units.add(i);
            super::report(s, pair, Adapted::Quickened(pair));
        }
        s.ip = here;
    }
    tracing::debug!(pairs = fused.len(), "quickened");
}

fn plain(op: Opcode) -> Opcode {
    match op {
        Opcode::WARMUP_JUMP_BACKWARD => Opcode::JUMP_BACKWARD,
        other => other,
    }
}

fn jump_targets(code: &crate::object::code::Code) -> Vec<bool> {
    let len = code.units_box.len();
    let mut targets = vec![false; len + 1];
    let mut i = 0;
    while i < len {
        // SAFETY: within the code's units.
        let u = unsafe { *code.units.add(i) };
        let Some(op) = Opcode::from_number(unit_op(u) as u16) else { break };
        let arg = crate::op::unit_arg(u);
        let next = i + 1 + op.caches();
        let target = match op {
            Opcode::JUMP_BACKWARD | Opcode::WARMUP_JUMP_BACKWARD | Opcode::JUMP_BACKWARD_NO_INTERRUPT => next.checked_sub(arg),
            Opcode::JUMP_FORWARD
            | Opcode::POP_JUMP_IF_FALSE
            | Opcode::POP_JUMP_IF_TRUE
            | Opcode::POP_JUMP_IF_NONE
            | Opcode::POP_JUMP_IF_NOT_NONE
            | Opcode::FOR_ITER
            | Opcode::SEND => Some(next + arg),
            _ => None,
        };
        if let Some(t) = target.filter(|&t| t <= len) {
            targets[t] = true;
        }
        i = next;
    }
    for h in &code.handlers {
        for at in [h.start, h.end, h.target] {
            targets[(at as usize).min(len)] = true;
        }
    }
    targets
}
