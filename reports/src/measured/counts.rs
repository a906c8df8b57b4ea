//! Callgrind's exact instruction counts beside the noisy times.

use super::{basis, ladder_series, rows_with_mean, with_mean};
use crate::analysis::{Analysis, LADDER};
use crate::chart::dots::{DotPanels, Panel};
use crate::format::{self, UNAVAILABLE};
use crate::measure::Measurements;
use crate::page::Table;
use crate::report::{Draft, Part};
use crate::stats::{self, Estimate};

pub(super) fn instructions(cpu: &Analysis, measurements: &Measurements) -> Draft {
    let draft = Draft::new("instructions", "Instructions beside time");
    if measurements.counts.is_empty() {
        let reason = measurements.counts_unavailable.as_deref().unwrap_or("they were not asked for");
        return draft.paragraph(format!("Instruction counts: {UNAVAILABLE} ({reason})."));
    }
    let count = |cell: &str, workload: &str| measurements.counts.iter().find(|count| count.cell == cell && count.workload == workload);
    let ratio = |cell: &str, workload: &str| {
        let (base, own) = (count(&cpu.base, workload)?, count(cell, workload)?);
        let value = base.net_instructions() as f64 / own.net_instructions() as f64;
        (value.is_finite() && value > 0.0).then_some(Estimate { value, interval: None, n: 1 })
    };
    let ratios = |cell: &str| {
        let mut points: Vec<Option<Estimate>> = cpu.workloads.iter().map(|workload| ratio(cell, workload)).collect();
        let values: Vec<f64> = points.iter().flatten().map(|point| point.value).collect();
        points.push(stats::geometric_mean(&values).map(|value| Estimate { value, interval: None, n: values.len() }));
        points
    };
    let mut caption = vec![
        "Left: callgrind, one simulated run each (n = 1, deterministic, no interval), start-up subtracted where it was measured; sizes may differ from the timed ones (see the table)."
            .to_owned(),
    ];
    caption.extend(basis(cpu).into_iter().map(|line| format!("Right: {line}")));
    let chart = DotPanels {
        name: "instructions".into(),
        title: "Fewer instructions, less time? Both relative to the base".into(),
        rows: rows_with_mean(&cpu.workloads),
        summary_rows: 1,
        panels: vec![
            Panel { title: "machine instructions: base ÷ cell".into(), points: LADDER.iter().map(|(_, cell)| ratios(cell)).collect() },
            Panel {
                title: "CPU time: base ÷ cell".into(),
                points: LADDER.iter().map(|(_, cell)| with_mean(cpu.cell(cell), cpu.workloads.len())).collect(),
            },
        ],
        series: ladder_series(),
        axis_label: format!("ratio to {} (log scale, right is better)", cpu.base),
        reference: Some(1.0),
        caption,
    };
    let optional = |value: Option<u64>| value.map_or(UNAVAILABLE.to_owned(), format::count);
    let share = |part: Option<u64>, whole: Option<u64>| match (part, whole) {
        (Some(part), Some(whole)) => format::percent(part, whole),
        _ => UNAVAILABLE.to_owned(),
    };
    let rows = measurements
        .counts
        .iter()
        .map(|count| {
            vec![
                count.workload.clone(),
                count.size.clone(),
                count.cell.clone(),
                format::count(count.instructions),
                optional(count.startup_instructions),
                count
                    .base_instructions
                    .map_or(UNAVAILABLE.to_owned(), |base| format!("{:.2}", count.net_instructions() as f64 / base.max(1) as f64)),
                optional(count.indirect_branches),
                optional(count.indirect_mispredictions),
                share(count.indirect_mispredictions, count.indirect_branches),
                share(count.conditional_mispredictions, count.conditional_branches),
            ]
        })
        .collect();
    draft
        .paragraph(
            "Callgrind simulates the program on an idealised machine: its counts are exact and the same every time, and its \
             branch predictor is a simple one (the last target), far weaker than a current processor's.",
        )
        .part(Part::Picture(chart.draw()))
        .part(Part::table(Table {
            caption: "Callgrind counts".into(),
            columns: [
                "workload",
                "size",
                "cell",
                "instructions",
                "of which start-up",
                "per base instruction",
                "indirect branches",
                "mispredicted",
                "share",
                "conditional mispredicted",
            ]
            .map(str::to_owned)
            .to_vec(),
            text_columns: 3,
            rows,
            folded: true,
        }))
}
