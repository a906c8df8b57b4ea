//! The machine and the build, as the lines at the head of the page.

use dispatch_variants::TAIL_CALL_MECHANISM;

use crate::bench::{callgrind, machine};

/// One line each: what the system does not say is left out.
pub(super) fn machine_lines() -> Vec<String> {
    let (machine, build) = (machine::machine(), machine::build());
    let some = |parts: &[Option<String>]| parts.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let memory = machine.memory_bytes.map(|bytes| format!("{} GiB", (bytes as f64 / f64::from(1 << 30)).round()));
    let processors = machine.logical_cpus.map(|n| format!("{n} processors"));
    let hypervisor = machine.hypervisor.map(|found| format!("virtual machine: {found}"));
    let opt_level = build.opt_level.map(|level| format!("opt-level {level}"));
    let revision = build.revision.map(|revision| format!("revision {revision}"));
    let built = some(&[build.rustc, Some(format!("{} build", build.profile)), opt_level, build.target, revision]);
    vec![
        format!("machine: {}", some(&[machine.cpu_model, processors, memory, machine.os, hypervisor])),
        format!("harness {}: {built}; tail calls: {TAIL_CALL_MECHANISM}", build.version),
        format!("instruction counts: {}", callgrind::valgrind_version().unwrap_or_else(|| "valgrind is not installed".to_owned())),
    ]
}
