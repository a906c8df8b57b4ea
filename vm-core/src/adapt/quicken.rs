//! In-place quickening: once code is warm, its straight-line stretches are covered with superinstructions, as CPython 3.11 did with pairs.

use super::fusion::{Cover, stretches};
use crate::object::code::Code;
use crate::object::header::Gc;
use crate::op::{Slow, unit_op};
use crate::opcodes::Opcode;
use crate::probe::Adapted;

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

/// Replaces warm-up opcodes, and fuses what the machine's set of superinstructions allows.
fn quicken(s: &mut Slow<'_>) {
    let span = tracing::debug_span!("quicken", code = %s.code().qualname.to_string_lossy());
    let _entered = span.enter();
    // SAFETY: a live frame's function keeps its code alive.
    let code: Gc<Code> = unsafe { Gc::from_raw(s.frame().code.cast_mut()) };
    let (form, units) = (code.form(), code.units.get());
    let adapts = s.m.level.adapts();
    let mut cover = Cover::new(s.m.policy.supers_at(s.m.level));
    let watched = !s.m.probe.is_null();
    let here = s.ip;
    let mut count = 0;
    stretches(form, |run| {
        // SAFETY: the code's own units, which stand where its form's do; opcodes of equal length.
        unsafe {
            for &(unit, _) in run {
                let at = units.add(unit);
                match Opcode::from_number(unit_op(*at) as u16) {
                    Some(Opcode::WARMUP_RESUME) => super::set_opcode(at, if adapts { Opcode::RESUME_CHECK } else { Opcode::RESUME }),
                    Some(Opcode::WARMUP_JUMP_BACKWARD) => super::set_opcode(at, Opcode::JUMP_BACKWARD),
                    _ => {}
                }
            }
            cover.stretch(run, |first, found| {
                count += 1;
                let at = units.add(run[first].0);
                super::set_opcode(at, found.opcode);
                if watched {
                    s.ip = at;
                    super::report(s, found.opcode, Adapted::Quickened(found.opcode));
                }
            });
        }
    });
    s.ip = here;
    tracing::debug!(superinstructions = count, "quickened");
}
