//! The tables without a chart: times and memory, failures, machine and method, raw data.

use crate::analysis;
use crate::format::{self, UNAVAILABLE};
use crate::measure::Measurements;
use crate::page::{Block, Table};
use crate::report::{Draft, Part};
use crate::stats;

pub(super) fn times(measurements: &Measurements) -> Draft {
    let rows = analysis::times(measurements)
        .into_iter()
        .map(|row| {
            vec![
                row.workload,
                row.size,
                row.cell,
                format::time(row.cpu_ns),
                format::time(row.wall_ns),
                row.peak_rss_bytes.map_or(UNAVAILABLE.to_owned(), format::bytes),
                row.n.to_string(),
                row.n_stable.to_string(),
                match (row.stable_only, row.whole_process) {
                    (true, false) => "stable samples".to_owned(),
                    (false, false) => "all samples".to_owned(),
                    (true, true) => "stable samples, whole process".to_owned(),
                    (false, true) => "all samples, whole process".to_owned(),
                },
            ]
        })
        .collect();
    let mut draft = Draft::new("times", "Times and memory").part(Part::table(Table {
        caption: "Median times and peak resident set".into(),
        columns: ["workload", "size", "cell", "CPU", "wall", "peak RSS", "n", "n stable", "medians over"].map(str::to_owned).to_vec(),
        text_columns: 3,
        rows,
        folded: true,
    }));
    if !measurements.failures.is_empty() {
        let rows = measurements
            .failures
            .iter()
            .map(|failure| vec![failure.workload.clone(), failure.cell.clone(), failure.process.to_string(), failure.reason.clone()])
            .collect();
        draft = draft.part(Part::table(Table {
            caption: "Samples that failed".into(),
            columns: ["workload", "cell", "round", "reason"].map(str::to_owned).to_vec(),
            text_columns: 4,
            rows,
            folded: false,
        }));
    }
    draft
}

/// The section on machine, build and method.
pub(crate) fn method(measurements: &Measurements) -> Draft {
    let machine = &measurements.machine;
    let build = &measurements.build;
    let plan = &measurements.plan;
    let text = |value: &Option<String>| format::or_unavailable(value.as_deref());
    let rows = [
        ("processor", text(&machine.cpu_model)),
        ("logical processors", machine.logical_cpus.map_or(UNAVAILABLE.to_owned(), |n| n.to_string())),
        ("memory", machine.memory_bytes.map_or(UNAVAILABLE.to_owned(), |b| format::bytes(b as f64))),
        ("operating system", text(&machine.os)),
        ("kernel", text(&machine.kernel)),
        ("virtualisation", text(&machine.hypervisor)),
        ("frequency governor", text(&machine.governor)),
        ("hardware counters", text(&machine.hardware_counters)),
        ("harness version", build.version.clone()),
        ("build profile", build.profile.clone()),
        ("optimisation level", text(&build.opt_level)),
        ("compiler", text(&build.rustc)),
        ("target", text(&build.target)),
        ("tail calls", text(&build.tail_calls)),
        ("source revision", text(&build.revision)),
        ("executable size", build.executable_bytes.map_or(UNAVAILABLE.to_owned(), |b| format::bytes(b as f64))),
        ("rounds", plan.rounds.to_string()),
        ("timed iterations per process", plan.iterations.to_string()),
        ("shuffle seed", format!("{:#x}", plan.seed)),
        ("started (Unix time, s)", plan.started_unix_s.to_string()),
    ]
    .map(|(name, value)| vec![name.to_owned(), value])
    .to_vec();
    Draft::new("method", "Machine, build and method")
        .paragraph(
            "Each round runs every cell on every workload once, each in a process of its own, in an order shuffled from a recorded \
             seed, so that slow drifts of the host hit all cells alike. Times carry no probe. Inside a process the program is \
             compiled first; only its execution is timed. Cells are compared within a round (paired), never across.",
        )
        .paragraph(format!(
            "A ratio is the median over its pairs; a mean over workloads is geometric, of the medians. Intervals: {}; for a mean, pairs \
             are redrawn within each workload, so the interval speaks of measurement noise, not of the choice of workloads.",
            stats::method()
        ))
        .part(Part::table(Table {
            caption: "Where and what".into(),
            columns: vec!["item".into(), "value".into()],
            text_columns: 2,
            rows,
            folded: false,
        }))
}

/// The block with links to the raw data.
pub(crate) fn links(files: Vec<(String, String)>) -> Draft {
    Draft::new("data", "Raw data").part(Part::Block(Block::Links { files }))
}
