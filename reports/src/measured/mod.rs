//! The part of the report that is about times: which charts and tables are made from a [`Measurements`].
//!
//! Unlike [`crate::traced`], whose numbers are exact counts of one run, everything here carries a sample count, an interval and
//! the phase of the host.

mod counts;
mod host;
mod speed;
mod tables;

use crate::analysis::{Analysis, CellResult, LADDER, Metric, Selection};
use crate::chart::dots::Series;
use crate::chart::palette;
use crate::chart::picture::MARKS;
use crate::measure::Measurements;
use crate::report::Draft;
use crate::stats::{self, Estimate};
pub(crate) use tables::{links, method};

pub(super) const DISPATCHES: [&str; 3] = ["switch", "call", "tailcall"];

pub(super) const LEVELS: [&str; 4] = ["plain", "quickened", "cached", "specialized"];

/// The sections, in order.
pub(crate) fn sections(measurements: &Measurements) -> Vec<Draft> {
    let cpu = Analysis::new(measurements, Metric::Cpu, Selection::StableFirst);
    let wall = Analysis::new(measurements, Metric::Wall, Selection::StableFirst);
    let mut drafts = vec![
        speed::summary(&cpu, &wall, measurements),
        speed::ladder(&cpu),
        speed::per_workload(&cpu, measurements),
        counts::instructions(&cpu, measurements),
    ];
    drafts.extend(speed::references(measurements));
    drafts.push(host::steadiness(measurements, &cpu));
    drafts.push(tables::times(measurements));
    drafts
}

pub(super) fn is_grid_cell(cell: &str) -> bool {
    cell.contains('/')
}

/// `dispatch` and `level` of a cell's name, in display order and with anything else the measurements hold after that.
pub(super) fn axes(analysis: &Analysis) -> (Vec<String>, Vec<String>) {
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
        list.into_iter().filter(|item| analysis.cells.iter().any(|cell| part(&cell.cell) == Some(item))).collect()
    };
    (measured(dispatches, |cell| Some(cell.split_once('/')?.0)), measured(levels, |cell| Some(cell.split_once('/')?.1)))
}

/// What the numbers rest on, for captions.
pub(super) fn basis(analysis: &Analysis) -> Vec<String> {
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
            "{} of {} ratios had fewer than {} stable pairs and use the other pairs too.",
            analysis.mixed,
            analysis.total,
            stats::MINIMUM_FOR_INTERVAL
        ));
    }
    lines
}

/// A speed-up's estimate per workload, and the mean last.
pub(super) fn with_mean(result: Option<&CellResult>, workloads: usize) -> Vec<Option<Estimate>> {
    match result {
        None => vec![None; workloads + 1],
        Some(result) => result.speedups.iter().map(|speedup| Some(speedup.as_ref()?.estimate)).chain([result.mean]).collect(),
    }
}

pub(super) fn rows_with_mean(workloads: &[String]) -> Vec<String> {
    workloads.iter().cloned().chain(["geometric mean".to_owned()]).collect()
}

pub(super) fn level_series(levels: &[String]) -> Vec<Series> {
    levels
        .iter()
        .enumerate()
        .map(|(index, level)| Series { name: level.clone(), colour: palette::level(level), mark: MARKS[index % MARKS.len()] })
        .collect()
}

pub(super) fn ladder_series() -> Vec<Series> {
    LADDER
        .iter()
        .enumerate()
        .map(|(index, (name, cell))| Series {
            name: format!("{name} ({cell})"),
            colour: [palette::SERIES[0], palette::SERIES[4], palette::SERIES[1], palette::SERIES[3]][index],
            mark: MARKS[index % MARKS.len()],
        })
        .collect()
}
