//! The run's statistics as a CPython built with `--enable-pystats` prints them (`-X pystats`), line for line, so that the two can be
//! compared with ordinary tools.
//!
//! CPython counts every dispatch, also the one after an instruction was rewritten, and pairs along each run loop across the frames in it.
//! Three instructions that it executes have no counterpart here and are added: INTERPRETER_EXIT where a run loop returns to native code,
//! and the two of the frame below `__init__`. Statistics of what does not exist here (reference counts, free lists, the second tier) are
//! left out.

use std::collections::BTreeMap;
use std::fmt::Write;

use vm_core::adapt::failure;
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};

use super::recorder::Recorder;

/// Forms of CALL whose hits CPython 3.13 does not count.
const HITS_NOT_COUNTED: [Opcode; 3] = [Opcode::CALL_PY_GENERAL, Opcode::CALL_BOUND_METHOD_GENERAL, Opcode::CALL_NON_PY_GENERAL];

/// The statistics, as text.
pub(super) fn write(r: &Recorder) -> String {
    let mut out = String::new();
    let executions = executions(r);
    let _ = writeln!(out, "opcode[BINARY_SLICE].specializable : 1");
    let _ = writeln!(out, "opcode[STORE_SLICE].specializable : 1");
    let mut opcodes: Vec<Opcode> = Opcode::ALL.to_vec();
    opcodes.sort();
    for op in opcodes {
        if (op as u16) < 256 && op.family() == op && op.caches() > 0 && op != Opcode::JUMP_BACKWARD {
            let _ = writeln!(out, "opcode[{}].specializable : 1", op.name());
        }
        specialisation(&mut out, r, op);
        if let Some(n) = executions.get(&op) {
            let _ = writeln!(out, "    opcode[{}].execution_count : {n}", op.name());
        }
        failure_kinds(&mut out, r, op);
        for second in 0..OPCODE_LIMIT {
            let n = r.stream_pairs[op as usize * OPCODE_LIMIT + second];
            if let (1.., Some(second)) = (n, Opcode::from_number(second as u16)) {
                let _ = writeln!(out, "opcode[{}].pair_count[{}] : {n}", op.name(), second.name());
            }
        }
    }
    calls(&mut out, r);
    out
}

fn executions(r: &Recorder) -> BTreeMap<Opcode, u64> {
    let mut out: BTreeMap<Opcode, u64> = Opcode::ALL.iter().map(|&op| (op, r.dispatched[op as usize])).filter(|(_, n)| *n > 0).collect();
    let inits = r.forms.get(&Opcode::CALL_ALLOC_AND_ENTER_INIT).map_or(0, |(hits, _)| *hits);
    for (op, n) in
        [(Opcode::INTERPRETER_EXIT, r.frames.counts.returned_to_native), (Opcode::EXIT_INIT_CHECK, inits), (Opcode::RETURN_VALUE, inits)]
    {
        if n > 0 {
            *out.entry(op).or_default() += n;
        }
    }
    out
}

fn specialisation(out: &mut String, r: &Recorder, op: Opcode) {
    let mut line = |what: &str, n: u64| {
        if n > 0 {
            let _ = writeln!(out, "    opcode[{}].specialization.{what} : {n}", op.name());
        }
    };
    if op.is_specialized() {
        line("miss", r.all_misses.get(&op).copied().unwrap_or(0));
        return;
    }
    let Some(family) = r.families.get(&op).filter(|_| op != Opcode::RESUME) else { return };
    // CPython also counts what is executed after a miss that let the site be specialised anew.
    let of = |counts: &BTreeMap<Opcode, u64>, form: Opcode| counts.get(&form).copied().unwrap_or(0);
    let (mut hits, mut misses) = (0, 0);
    for &form in Opcode::ALL.iter().filter(|form| form.is_specialized() && form.family() == op) {
        let (form_hits, form_misses) = r.forms.get(&form).copied().unwrap_or_default();
        misses += of(&r.all_misses, form);
        if !HITS_NOT_COUNTED.contains(&form) {
            hits += form_hits + of(&r.uncounted, form) - (of(&r.all_misses, form) - form_misses);
        }
    }
    line("success", family.successes);
    line("failure", family.failures_total());
    line("hit", hits);
    line("deferred", family.unspecialised + misses - family.successes_at_miss);
    line("miss", misses);
    line("deopt", family.attempts_at_miss);
}

fn failure_kinds(out: &mut String, r: &Recorder, op: Opcode) {
    let Some(family) = r.families.get(&op) else { return };
    let mut kinds: BTreeMap<u16, u64> = BTreeMap::new();
    let noted = r.noted.iter().filter(|((family, _), _)| *family == op).map(|((_, reason), n)| (*reason, *n));
    for (reason, n) in family.failures.iter().map(|(&reason, &n)| (reason, n)).chain(noted) {
        *kinds.entry(failure::kind(op, reason).unwrap_or(0)).or_default() += n;
    }
    for (kind, n) in kinds {
        let _ = writeln!(out, "    opcode[{}].specialization.failure_kinds[{kind}] : {n}", op.name());
    }
}

fn calls(out: &mut String, r: &Recorder) {
    let counts = r.frames.counts;
    let pushed = counts.entered - counts.resumed;
    let _ = writeln!(out, "Calls to PyEval_EvalDefault: {}", counts.from_native);
    let _ = writeln!(out, "Calls to Python functions inlined: {}", counts.entered - counts.from_native);
    let _ = writeln!(out, "Frames pushed: {pushed}");
    let _ = writeln!(out, "Calls via PyEval_EvalFrame[0] : {}", counts.from_native);
    let _ = writeln!(out, "GC[0] collections: {}", r.collected.count);
}
