//! Speed-ups as charts: the grid, the ladder, per workload, and beside other interpreters.

use super::{axes, basis, is_grid_cell, ladder_series, level_series, rows_with_mean, with_mean};
use crate::analysis::{Analysis, CellResult, LADDER, Metric, Selection};
use crate::chart::dots::{DotPanels, Panel};
use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::ladder::Ladder;
use crate::chart::palette;
use crate::format::{self, UNAVAILABLE};
use crate::measure::Measurements;
use crate::page::Table;
use crate::report::{Draft, Part};

pub(super) fn summary(cpu: &Analysis, wall: &Analysis, measurements: &Measurements) -> Draft {
    let (dispatches, levels) = axes(cpu);
    let values: Vec<f64> =
        cpu.cells.iter().filter(|cell| is_grid_cell(&cell.cell)).filter_map(|cell| Some(cell.mean?.value.ln().abs())).collect();
    // The colour scale is symmetric about 1, so that equal gains and losses look equally strong.
    let strongest = values.into_iter().fold(1.1f64.ln(), f64::max);
    let heat_cell = |result: &CellResult| {
        let mean = result.mean?;
        Some(HeatCell {
            fill: palette::diverging(mean.value.ln() / strongest),
            text: format!("×{:.2}", mean.value),
            note: match mean.interval {
                _ if result.cell == cpu.base => "base".to_owned(),
                Some((low, high)) => format!("{low:.2} – {high:.2}"),
                None => "no interval".to_owned(),
            },
        })
    };
    let mut caption = vec![format!("Speed-up over {}: geometric mean over {} workloads.", cpu.base, cpu.workloads.len())];
    caption.extend(basis(cpu));
    let heat = HeatMap {
        name: "grid".into(),
        title: format!("Speed-up of every cell of the grid over {}", cpu.base),
        row_title: "dispatch".into(),
        column_title: "instruction-set level".into(),
        cells: dispatches
            .iter()
            .map(|dispatch| levels.iter().map(|level| cpu.cell(&format!("{dispatch}/{level}")).and_then(heat_cell)).collect())
            .collect(),
        rows: dispatches,
        columns: levels,
        cell_size: (170.0, 74.0),
        upright_columns: false,
        key: Some(Key {
            title: format!("slower than {0}  ←  equal  →  faster than {0}", cpu.base),
            colour: |t| palette::diverging(2.0 * t - 1.0),
            labels: vec![(0.0, format!("×{:.2}", (-strongest).exp())), (0.5, "×1".into()), (1.0, format!("×{:.2}", strongest.exp()))],
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

pub(super) fn ladder(cpu: &Analysis) -> Draft {
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
        steps: LADDER.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect(),
        means: results.iter().map(|result| result.and_then(|r| r.mean)).collect(),
        workloads: (0..cpu.workloads.len())
            .map(|workload| results.iter().map(|result| Some(result.as_ref()?.speedups[workload].as_ref()?.estimate.value)).collect())
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
    Draft::new("ladder", "The ladder").part(Part::Picture(chart.draw())).part(Part::table(Table {
        caption: "Cumulative speed-up and each step's own factor".into(),
        columns: ["name", "cell", "cumulative [95 % interval]", "step"].map(str::to_owned).to_vec(),
        text_columns: 2,
        rows,
        folded: false,
    }))
}

pub(super) fn per_workload(cpu: &Analysis, measurements: &Measurements) -> Draft {
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
                points: levels.iter().map(|level| with_mean(cpu.cell(&format!("{dispatch}/{level}")), cpu.workloads.len())).collect(),
            })
            .collect(),
        series: level_series(&levels),
        axis_label: format!("speed-up over {} (log scale, right is faster)", cpu.base),
        reference: Some(1.0),
        caption: basis(cpu),
    };
    Draft::new("workloads", "Speed-up per workload").part(Part::Picture(chart.draw())).part(Part::table(speedup_table(cpu, measurements)))
}

fn speedup_table(cpu: &Analysis, measurements: &Measurements) -> Table {
    let mut columns = vec!["workload".to_owned(), "size".to_owned()];
    let cells: Vec<&CellResult> = cpu.cells.iter().filter(|cell| cell.cell != cpu.base).collect();
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
                    format!("{}{mark} n={}", format::estimate(Some(&s.estimate)), s.estimate.n)
                }
                None => UNAVAILABLE.to_owned(),
            }));
            row
        })
        .collect();
    let mut row = vec!["geometric mean".to_owned(), String::new()];
    row.extend(cells.iter().map(|cell| format::estimate(cell.mean.as_ref())));
    rows.push(row);
    Table {
        caption: format!("Speed-up over {} [95 % interval]; † includes pairs that are not stable; n pairs", cpu.base),
        columns,
        text_columns: 2,
        rows,
        folded: true,
    }
}

pub(super) fn references(measurements: &Measurements) -> Option<Draft> {
    let references: Vec<&String> = measurements.cells.iter().filter(|cell| !is_grid_cell(cell)).collect();
    if references.is_empty() {
        return None;
    }
    let analyses: Vec<Analysis> = references
        .iter()
        .map(|reference| Analysis::relative_to(measurements, reference, Metric::ProcessCpu, Selection::StableFirst))
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
                points: LADDER.iter().map(|(_, cell)| with_mean(analysis.cell(cell), workloads.len())).collect(),
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
    Some(Draft::new("references", "Beside other interpreters").part(Part::Picture(chart.draw())).part(Part::table(Table {
        caption: "Geometric mean speed-up over each reference, CPU time of the whole process [95 % interval]".into(),
        columns: ["reference", "variant", "speed-up"].map(str::to_owned).to_vec(),
        text_columns: 2,
        rows,
        folded: false,
    })))
}
