//! The part of the report that is about times: which charts and tables are made from a [`Measurements`].
//!
//! Unlike [`crate::traced`], whose numbers are exact counts of one run, everything here carries a sample count, an interval and
//! the phase of the host.

use crate::analysis::{self, Analysis, CellResult, LADDER, Metric, Selection};
use crate::chart::dots::{DotPanels, Panel, Series};
use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::ladder::Ladder;
use crate::chart::palette;
use crate::chart::picture::MARKS;
use crate::chart::timeline::{Timeline, TimelinePanel};
use crate::format::{self, UNAVAILABLE};
use crate::measure::{Calibration, Measurements};
use crate::page::{Block, Table};
use crate::phase::{self, Phase};
use crate::report::{Draft, Part};
use crate::stats::{self, Estimate};

const DISPATCHES: [&str; 3] = ["switch", "call", "tailcall"];
const LEVELS: [&str; 4] = ["plain", "quickened", "cached", "specialized"];

/// The sections, in order.
pub(crate) fn sections(measurements: &Measurements) -> Vec<Draft> {
    let cpu = Analysis::new(measurements, Metric::Cpu, Selection::StableFirst);
    let wall = Analysis::new(measurements, Metric::Wall, Selection::StableFirst);
    let mut drafts = vec![
        summary(&cpu, &wall, measurements),
        ladder(&cpu),
        per_workload(&cpu, measurements),
        instructions(&cpu, measurements),
    ];
    drafts.extend(references(measurements));
    drafts.push(steadiness(measurements, &cpu));
    drafts.push(times(measurements));
    drafts
}

fn is_grid_cell(cell: &str) -> bool {
    cell.contains('/')
}

/// `dispatch` and `level` of a cell's name, in display order and with anything else the measurements hold after that.
fn axes(analysis: &Analysis) -> (Vec<String>, Vec<String>) {
    let mut dispatches: Vec<String> = DISPATCHES.map(str::to_owned).to_vec();
    let mut levels: Vec<String> = LEVELS.map(str::to_owned).to_vec();
    for cell in &analysis.cells {
        if let Some((dispatch, level)) = cell.cell.split_once('/') {
            for (list, item) in [(&mut dispatches, dispatch), (&mut levels, level)] {
                if !list.iter().any(|known| known == item) {
                    list.push(item.to_owned());
                }
            }
        }
    }
    let measured = |list: Vec<String>, part: fn(&str) -> Option<&str>| -> Vec<String> {
        list.into_iter()
            .filter(|item| {
                analysis
                    .cells
                    .iter()
                    .any(|cell| part(&cell.cell) == Some(item))
            })
            .collect()
    };
    (
        measured(dispatches, |cell| Some(cell.split_once('/')?.0)),
        measured(levels, |cell| Some(cell.split_once('/')?.1)),
    )
}

/// What the numbers rest on, for captions.
fn basis(analysis: &Analysis) -> Vec<String> {
    let pairs = match analysis.pairs_range() {
        Some((low, high)) if low == high => format!("{low}"),
        Some((low, high)) => format!("{low} to {high}"),
        None => "0".to_owned(),
    };
    let mut lines = vec![
        format!(
            "CPU time of the run (start-up and compilation excluded). Each ratio: median of n = {pairs} pairs measured in the same round."
        ),
        format!("Intervals: {}.", stats::method()),
    ];
    if analysis.mixed > 0 {
        lines.push(format!(
            "{} of {} ratios had fewer than {} stable pairs and use disturbed ones too.",
            analysis.mixed,
            analysis.total,
            stats::MINIMUM_FOR_INTERVAL
        ));
    }
    lines
}

fn summary(cpu: &Analysis, wall: &Analysis, measurements: &Measurements) -> Draft {
    let (dispatches, levels) = axes(cpu);
    let values: Vec<f64> = cpu
        .cells
        .iter()
        .filter(|cell| is_grid_cell(&cell.cell))
        .filter_map(|cell| Some(cell.mean?.value.ln().abs()))
        .collect();
    // The colour scale is symmetric about 1, so that equal gains and losses look equally strong.
    let strongest = values.into_iter().fold(1.1f64.ln(), f64::max);
    let heat_cell = |result: &CellResult| {
        let mean = result.mean?;
        Some(HeatCell {
            fill: palette::diverging(mean.value.ln() / strongest),
            text: format!("×{:.2}", mean.value),
            note: mean
                .interval
                .map_or("no interval".to_owned(), |(low, high)| {
                    format!("{low:.2} – {high:.2}")
                }),
        })
    };
    let mut caption = vec![format!(
        "Speed-up over {}: geometric mean over {} workloads.",
        cpu.base,
        cpu.workloads.len()
    )];
    caption.extend(basis(cpu));
    let heat = HeatMap {
        name: "grid".into(),
        title: format!("Speed-up of every cell of the grid over {}", cpu.base),
        row_title: "dispatch".into(),
        column_title: "instruction-set level".into(),
        cells: dispatches
            .iter()
            .map(|dispatch| {
                levels
                    .iter()
                    .map(|level| cpu.cell(&format!("{dispatch}/{level}")).and_then(heat_cell))
                    .collect()
            })
            .collect(),
        rows: dispatches,
        columns: levels,
        cell_size: (170.0, 74.0),
        upright_columns: false,
        key: Some(Key {
            title: format!("slower than {0}  ←  equal  →  faster than {0}", cpu.base),
            colour: |t| palette::diverging(2.0 * t - 1.0),
            labels: vec![
                (0.0, format!("×{:.2}", (-strongest).exp())),
                (0.5, "×1".into()),
                (1.0, format!("×{:.2}", strongest.exp())),
            ],
        }),
        caption,
    };
    let rows = cpu
        .cells
        .iter()
        .map(|cell| {
            vec![
                cell.cell.clone(),
                format::estimate(cell.mean.as_ref()),
                format::estimate(wall.cell(&cell.cell).and_then(|cell| cell.mean.as_ref())),
                format!("{} of {}", cell.covered, cpu.workloads.len()),
                cell.mean.map_or(0, |mean| mean.n).to_string(),
            ]
        })
        .collect();
    Draft::new("summary", "Summary")
        .paragraph(format!(
            "{} samples of {} cells on {} workloads; {} failed. A speed-up is {}'s time divided by the cell's: above 1 is faster.",
            measurements.samples.len(),
            measurements.cells.len(),
            measurements.workloads.len(),
            measurements.failures.len(),
            cpu.base
        ))
        .part(Part::Picture(heat.draw()))
        .part(Part::table(Table {
            caption: format!("Geometric mean speed-up over {} [95 % interval]", cpu.base),
            columns: ["cell", "CPU time", "wall time", "workloads", "pairs"].map(str::to_owned).to_vec(),
            text_columns: 1,
            rows,
            folded: false,
        }))
}

fn ladder(cpu: &Analysis) -> Draft {
    let results: Vec<Option<&CellResult>> = LADDER.iter().map(|(_, cell)| cpu.cell(cell)).collect();
    let mut caption = vec![format!(
        "Blue: geometric mean over {} workloads with its interval. Grey: each workload. Relative to {}.",
        cpu.workloads.len(),
        cpu.base
    )];
    caption.extend(basis(cpu));
    let chart = Ladder {
        name: "ladder".into(),
        title: "The ladder: what each step adds".into(),
        steps: LADDER
            .iter()
            .map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned()))
            .collect(),
        means: results
            .iter()
            .map(|result| result.and_then(|r| r.mean))
            .collect(),
        workloads: (0..cpu.workloads.len())
            .map(|workload| {
                results
                    .iter()
                    .map(|result| {
                        Some(result.as_ref()?.speedups[workload].as_ref()?.estimate.value)
                    })
                    .collect()
            })
            .collect(),
        axis_label: format!("speed-up over {} (log scale)", cpu.base),
        caption,
    };
    let rows = LADDER
        .iter()
        .enumerate()
        .map(|(index, (name, cell))| {
            let mean = results[index].and_then(|result| result.mean);
            let before = index.checked_sub(1).and_then(|i| results[i]?.mean);
            vec![
                (*name).to_owned(),
                (*cell).to_owned(),
                format::estimate(mean.as_ref()),
                match (index, before, mean) {
                    (0, ..) => "base".to_owned(),
                    (_, Some(before), Some(mean)) => format!("{:.3}", mean.value / before.value),
                    _ => UNAVAILABLE.to_owned(),
                },
            ]
        })
        .collect();
    Draft::new("ladder", "The ladder")
        .part(Part::Picture(chart.draw()))
        .part(Part::table(Table {
            caption: "Cumulative speed-up and each step's own factor".into(),
            columns: ["name", "cell", "cumulative [95 % interval]", "step"]
                .map(str::to_owned)
                .to_vec(),
            text_columns: 2,
            rows,
            folded: false,
        }))
}

/// A speed-up's estimate per workload, and the mean last.
fn with_mean(result: Option<&CellResult>, workloads: usize) -> Vec<Option<Estimate>> {
    match result {
        None => vec![None; workloads + 1],
        Some(result) => result
            .speedups
            .iter()
            .map(|speedup| Some(speedup.as_ref()?.estimate))
            .chain([result.mean])
            .collect(),
    }
}

fn rows_with_mean(workloads: &[String]) -> Vec<String> {
    workloads
        .iter()
        .cloned()
        .chain(["geometric mean".to_owned()])
        .collect()
}

fn level_series(levels: &[String]) -> Vec<Series> {
    levels
        .iter()
        .enumerate()
        .map(|(index, level)| Series {
            name: level.clone(),
            colour: palette::level(level),
            mark: MARKS[index % MARKS.len()],
        })
        .collect()
}

fn ladder_series() -> Vec<Series> {
    LADDER
        .iter()
        .enumerate()
        .map(|(index, (name, cell))| Series {
            name: format!("{name} ({cell})"),
            colour: [
                palette::SERIES[0],
                palette::SERIES[4],
                palette::SERIES[1],
                palette::SERIES[3],
            ][index],
            mark: MARKS[index % MARKS.len()],
        })
        .collect()
}

fn per_workload(cpu: &Analysis, measurements: &Measurements) -> Draft {
    let (dispatches, levels) = axes(cpu);
    let chart = DotPanels {
        name: "speedup".into(),
        title: format!("Speed-up per workload over {}", cpu.base),
        rows: rows_with_mean(&cpu.workloads),
        summary_rows: 1,
        panels: dispatches
            .iter()
            .map(|dispatch| Panel {
                title: format!("dispatch: {dispatch}"),
                points: levels
                    .iter()
                    .map(|level| {
                        with_mean(
                            cpu.cell(&format!("{dispatch}/{level}")),
                            cpu.workloads.len(),
                        )
                    })
                    .collect(),
            })
            .collect(),
        series: level_series(&levels),
        axis_label: format!("speed-up over {} (log scale, right is faster)", cpu.base),
        reference: Some(1.0),
        caption: basis(cpu),
    };
    Draft::new("workloads", "Speed-up per workload")
        .part(Part::Picture(chart.draw()))
        .part(Part::table(speedup_table(cpu, measurements)))
}

fn speedup_table(cpu: &Analysis, measurements: &Measurements) -> Table {
    let mut columns = vec!["workload".to_owned(), "size".to_owned()];
    let cells: Vec<&CellResult> = cpu
        .cells
        .iter()
        .filter(|cell| cell.cell != cpu.base)
        .collect();
    columns.extend(cells.iter().map(|cell| cell.cell.clone()));
    let mut rows: Vec<Vec<String>> = measurements
        .workloads
        .iter()
        .enumerate()
        .map(|(index, workload)| {
            let mut row = vec![workload.name.clone(), workload.size.clone()];
            row.extend(cells.iter().map(|cell| match &cell.speedups[index] {
                Some(s) => {
                    let mark = if s.mixed { " †" } else { "" };
                    format!(
                        "{}{mark} n={}",
                        format::estimate(Some(&s.estimate)),
                        s.estimate.n
                    )
                }
                None => UNAVAILABLE.to_owned(),
            }));
            row
        })
        .collect();
    let mut row = vec!["geometric mean".to_owned(), String::new()];
    row.extend(
        cells
            .iter()
            .map(|cell| format::estimate(cell.mean.as_ref())),
    );
    rows.push(row);
    Table {
        caption: format!(
            "Speed-up over {} [95 % interval]; † includes disturbed pairs; n pairs",
            cpu.base
        ),
        columns,
        text_columns: 2,
        rows,
        folded: true,
    }
}

fn instructions(cpu: &Analysis, measurements: &Measurements) -> Draft {
    let draft = Draft::new("instructions", "Instructions beside time");
    if measurements.counts.is_empty() {
        let reason = measurements
            .counts_unavailable
            .as_deref()
            .unwrap_or("they were not asked for");
        return draft.paragraph(format!("Instruction counts: {UNAVAILABLE} ({reason})."));
    }
    let count = |cell: &str, workload: &str| {
        measurements
            .counts
            .iter()
            .find(|count| count.cell == cell && count.workload == workload)
    };
    let ratio = |cell: &str, workload: &str| {
        let (base, own) = (count(&cpu.base, workload)?, count(cell, workload)?);
        let value = base.net_instructions() as f64 / own.net_instructions() as f64;
        (value.is_finite() && value > 0.0).then_some(Estimate {
            value,
            interval: None,
            n: 1,
        })
    };
    let ratios = |cell: &str| {
        let mut points: Vec<Option<Estimate>> = cpu
            .workloads
            .iter()
            .map(|workload| ratio(cell, workload))
            .collect();
        let values: Vec<f64> = points.iter().flatten().map(|point| point.value).collect();
        points.push(stats::geometric_mean(&values).map(|value| Estimate {
            value,
            interval: None,
            n: values.len(),
        }));
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
            Panel {
                title: "machine instructions: base ÷ cell".into(),
                points: LADDER.iter().map(|(_, cell)| ratios(cell)).collect(),
            },
            Panel {
                title: "CPU time: base ÷ cell".into(),
                points: LADDER
                    .iter()
                    .map(|(_, cell)| with_mean(cpu.cell(cell), cpu.workloads.len()))
                    .collect(),
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
            let base_instructions = measurements
                .workloads
                .iter()
                .find(|workload| workload.name == count.workload && workload.size == count.size)
                .and_then(|workload| workload.base_instructions);
            vec![
                count.workload.clone(),
                count.size.clone(),
                count.cell.clone(),
                format::count(count.instructions),
                optional(count.startup_instructions),
                base_instructions.map_or(UNAVAILABLE.to_owned(), |base| {
                    format!(
                        "{:.2}",
                        count.net_instructions() as f64 / base.max(1) as f64
                    )
                }),
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

fn references(measurements: &Measurements) -> Option<Draft> {
    let references: Vec<&String> = measurements
        .cells
        .iter()
        .filter(|cell| !is_grid_cell(cell))
        .collect();
    if references.is_empty() {
        return None;
    }
    let analyses: Vec<Analysis> = references
        .iter()
        .map(|reference| {
            Analysis::relative_to(
                measurements,
                reference,
                Metric::ProcessCpu,
                Selection::StableFirst,
            )
        })
        .collect();
    let workloads = &analyses.first()?.workloads;
    let mut caption: Vec<String> = analyses.first().map(basis).unwrap_or_default();
    caption[0] = caption[0].replace(
        "CPU time of the run (start-up and compilation excluded).",
        "CPU time of the whole process, start-up and compilation included on both sides.",
    );
    let chart = DotPanels {
        name: "references".into(),
        title: "Speed-up over other interpreters".into(),
        rows: rows_with_mean(workloads),
        summary_rows: 1,
        panels: references
            .iter()
            .zip(&analyses)
            .map(|(reference, analysis)| Panel {
                title: format!("over {reference}"),
                points: LADDER
                    .iter()
                    .map(|(_, cell)| with_mean(analysis.cell(cell), workloads.len()))
                    .collect(),
            })
            .collect(),
        series: ladder_series(),
        axis_label: "speed-up over the reference (log scale, right is faster)".into(),
        reference: Some(1.0),
        caption,
    };
    let rows = references
        .iter()
        .zip(&analyses)
        .flat_map(|(reference, analysis)| {
            LADDER.iter().map(move |(name, cell)| {
                vec![
                    (*reference).clone(),
                    format!("{name} ({cell})"),
                    format::estimate(analysis.cell(cell).and_then(|cell| cell.mean.as_ref())),
                ]
            })
        })
        .collect();
    Some(
        Draft::new("references", "Beside other interpreters")
            .part(Part::Picture(chart.draw()))
            .part(Part::table(Table {
                caption: "Geometric mean speed-up over each reference, CPU time of the whole process [95 % interval]".into(),
                columns: ["reference", "variant", "speed-up"].map(str::to_owned).to_vec(),
                text_columns: 2,
                rows,
                folded: false,
            })),
    )
}

fn steadiness(measurements: &Measurements, cpu: &Analysis) -> Draft {
    let samples = &measurements.samples;
    let number_in = |phase: Phase| {
        samples
            .iter()
            .filter(|sample| sample.phase == phase)
            .count()
    };
    let mut draft = Draft::new("host", "Was the host steady?").paragraph(format!(
        "Every sample is bracketed by two calibrations: a loop of perfectly predictable indirect calls and a loop of direct code. A \
         sample is disturbed if, before or after it, an indirect call took more than {} times, or direct code more than {} times, \
         the quiet value (the {:.0} % quantile over the whole bench). Stable: {}; disturbed: {}; unknown: {}.",
        phase::INDIRECT_LIMIT,
        phase::DIRECT_LIMIT,
        phase::QUIET_QUANTILE * 100.0,
        number_in(Phase::Stable),
        number_in(Phase::Disturbed),
        number_in(Phase::Unknown)
    ));
    if let Some(quiet) = phase::quiet(samples) {
        draft = draft.part(Part::Picture(calibration_chart(measurements, quiet).draw()));
        let rows = [Phase::Stable, Phase::Disturbed]
            .map(|phase| {
                let calibrations: Vec<Calibration> = samples
                    .iter()
                    .filter(|sample| sample.phase == phase)
                    .flat_map(|sample| [sample.calibration_before, sample.calibration_after])
                    .flatten()
                    .collect();
                let indirect: Vec<f64> = calibrations
                    .iter()
                    .map(|c| c.indirect_ns_per_call)
                    .collect();
                let direct: Vec<f64> = calibrations.iter().map(|c| c.direct_ns_per_iter).collect();
                let at = |values: &[f64], q: f64| {
                    stats::quantile(values, q).map_or(UNAVAILABLE.to_owned(), |v| format!("{v:.3}"))
                };
                vec![
                    phase.name().to_owned(),
                    number_in(phase).to_string(),
                    at(&indirect, 0.5),
                    at(&indirect, 0.95),
                    at(&direct, 0.5),
                    at(&direct, 0.95),
                ]
            })
            .to_vec();
        draft = draft.part(Part::table(Table {
            caption: format!(
                "Calibrations by phase, in nanoseconds; quiet: {:.3} per indirect call, {:.3} per direct iteration",
                quiet.indirect_ns_per_call, quiet.direct_ns_per_iter
            ),
            columns: ["phase", "samples", "indirect, median", "95 %", "direct, median", "95 %"]
                .map(str::to_owned)
                .to_vec(),
            text_columns: 1,
            rows,
            folded: false,
        }));
    } else {
        draft = draft.paragraph(format!("Calibrations: {UNAVAILABLE}."));
    }
    let disturbed = Analysis::new(measurements, Metric::Cpu, Selection::NotStable);
    let rows = cpu
        .cells
        .iter()
        .map(|cell| {
            let other = disturbed.cell(&cell.cell);
            vec![
                cell.cell.clone(),
                format::estimate(cell.mean.as_ref()),
                format::estimate(other.and_then(|cell| cell.mean.as_ref())),
                other.map_or(0, |cell| cell.covered).to_string(),
                other
                    .and_then(|cell| cell.mean)
                    .map_or(0, |mean| mean.n)
                    .to_string(),
            ]
        })
        .collect();
    draft = draft.part(Part::table(Table {
        caption: "The same geometric means from disturbed pairs alone".into(),
        columns: [
            "cell",
            "as reported",
            "disturbed pairs alone",
            "workloads",
            "pairs",
        ]
        .map(str::to_owned)
        .to_vec(),
        text_columns: 1,
        rows,
        folded: true,
    }));
    let outliers = analysis::outliers(measurements);
    let rows = outliers
        .iter()
        .map(|(sample, median)| {
            vec![
                sample.workload.clone(),
                sample.cell.clone(),
                sample.phase.name().to_owned(),
                sample.order.to_string(),
                format::time(sample.cpu_ns as f64),
                format!("{:.2}", sample.cpu_ns as f64 / median),
            ]
        })
        .collect();
    draft.part(Part::table(Table {
        caption: format!(
            "Outliers: {} of {} samples are more than {} scaled median absolute deviations, and more than 1 %, from the median of their \
             cell, workload and phase. None was removed.",
            outliers.len(),
            samples.len(),
            stats::OUTLIER_DEVIATIONS
        ),
        columns: ["workload", "cell", "phase", "position", "CPU time", "÷ median"].map(str::to_owned).to_vec(),
        text_columns: 3,
        rows,
        folded: true,
    }))
}

fn calibration_chart(measurements: &Measurements, quiet: Calibration) -> Timeline {
    let points = |value: fn(Calibration) -> f64| {
        measurements
            .samples
            .iter()
            .flat_map(|sample| {
                // Two points per sample, a little apart, as they were measured.
                [
                    (0.0, sample.calibration_before),
                    (0.5, sample.calibration_after),
                ]
                .map(|(shift, calibration)| {
                    (f64::from(sample.order) + shift, calibration, sample.phase)
                })
            })
            .filter_map(|(order, calibration, phase)| {
                Some((order, value(calibration?), phase == Phase::Stable))
            })
            .collect::<Vec<_>>()
    };
    let indirect = points(|calibration| calibration.indirect_ns_per_call);
    let n = indirect.len();
    Timeline {
        name: "calibration".into(),
        title: "How steady the host was".into(),
        panels: vec![
            TimelinePanel {
                label: "ns per indirect call".into(),
                points: indirect,
                limit: quiet.indirect_ns_per_call * phase::INDIRECT_LIMIT,
            },
            TimelinePanel {
                label: "ns per direct iteration".into(),
                points: points(|calibration| calibration.direct_ns_per_iter),
                limit: quiet.direct_ns_per_iter * phase::DIRECT_LIMIT,
            },
        ],
        caption: vec![format!(
            "n = {n} calibrations, two around each sample; log scales. A sample is disturbed if one of its four points is above its limit."
        )],
    }
}

fn times(measurements: &Measurements) -> Draft {
    let rows = analysis::times(measurements)
        .into_iter()
        .map(|row| {
            vec![
                row.workload,
                row.size,
                row.cell,
                format::time(row.cpu_ns),
                format::time(row.wall_ns),
                row.peak_rss_bytes
                    .map_or(UNAVAILABLE.to_owned(), format::bytes),
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
        columns: [
            "workload",
            "size",
            "cell",
            "CPU",
            "wall",
            "peak RSS",
            "n",
            "n stable",
            "medians over",
        ]
        .map(str::to_owned)
        .to_vec(),
        text_columns: 3,
        rows,
        folded: true,
    }));
    if !measurements.failures.is_empty() {
        let rows = measurements
            .failures
            .iter()
            .map(|failure| {
                vec![
                    failure.workload.clone(),
                    failure.cell.clone(),
                    failure.process.to_string(),
                    failure.reason.clone(),
                ]
            })
            .collect();
        draft = draft.part(Part::table(Table {
            caption: "Samples that failed".into(),
            columns: ["workload", "cell", "round", "reason"]
                .map(str::to_owned)
                .to_vec(),
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
        (
            "logical processors",
            machine
                .logical_cpus
                .map_or(UNAVAILABLE.to_owned(), |n| n.to_string()),
        ),
        (
            "memory",
            machine
                .memory_bytes
                .map_or(UNAVAILABLE.to_owned(), |b| format::bytes(b as f64)),
        ),
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
        (
            "executable size",
            build
                .executable_bytes
                .map_or(UNAVAILABLE.to_owned(), |b| format::bytes(b as f64)),
        ),
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
            columns: vec!["".into(), "".into()],
            text_columns: 2,
            rows,
            folded: false,
        }))
}

/// The block with links to the raw data.
pub(crate) fn links(files: Vec<(String, String)>) -> Draft {
    Draft::new("data", "Raw data").part(Part::Block(Block::Links { files }))
}
