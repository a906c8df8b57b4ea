//! From samples to the numbers the charts and tables show: speed-ups by pairing, means over workloads, the ladder.
//!
//! The unit of comparison is a *pair*: the base's and another cell's sample of one workload in one round, run close
//! together in shuffled order. A speed-up is the median over rounds of base time ÷ cell time. Pairs in which both samples
//! are stable are used alone where there are enough of them, and all pairs otherwise, which is then said ([`Speedup::mixed`]).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::measure::{Measurements, Sample, Section};
use crate::phase::Phase;
use crate::stats::{self, Estimate};

/// The cell the others are compared with, when it was measured.
pub const BASE: &str = "switch/plain";

/// The client-facing ladder: name and cell, each step adding one idea to the one before.
pub const LADDER: [(&str, &str); 4] = [
    ("switch", "switch/plain"),
    ("tailcall", "tailcall/plain"),
    ("quickened", "tailcall/quickened"),
    ("specialized", "tailcall/specialized"),
];

/// Which of a sample's times is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Processor time, user and system.
    Cpu,
    /// Wall time.
    Wall,
    /// Processor time of the whole process, start-up and compilation included: the only one that can be compared with
    /// another interpreter's.
    ProcessCpu,
}

impl Metric {
    /// The sample's time in this metric, in nanoseconds.
    pub fn of(self, sample: &Sample) -> f64 {
        match self {
            Metric::Cpu => sample.cpu_ns as f64,
            Metric::Wall => sample.wall_ns as f64,
            Metric::ProcessCpu => sample.process_cpu_ns as f64,
        }
    }
}

/// Which samples take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Stable pairs where there are at least [`stats::MINIMUM_FOR_INTERVAL`], all pairs otherwise.
    StableFirst,
    /// Pairs with at least one sample that is not stable.
    NotStable,
}

/// How much faster a cell is than the base on one workload.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speedup {
    /// Base time ÷ cell time: the median over pairs.
    pub estimate: Estimate,
    /// Whether disturbed pairs had to be used too.
    pub mixed: bool,
    /// The pairs' ratios themselves.
    #[serde(skip)]
    pub ratios: Vec<f64>,
}

/// One cell's figures.
#[derive(Debug, Clone, PartialEq)]
pub struct CellResult {
    /// The cell.
    pub cell: String,
    /// One entry per workload, in the order of [`Analysis::workloads`].
    pub speedups: Vec<Option<Speedup>>,
    /// The geometric mean of those there are.
    pub mean: Option<Estimate>,
    /// How many workloads the mean covers.
    pub covered: usize,
}

/// Everything derived from the samples in one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The cell everything is relative to.
    pub base: String,
    /// The workloads, in display order.
    pub workloads: Vec<String>,
    /// The cells, in display order, the base among them.
    pub cells: Vec<CellResult>,
    /// Intervals that rest on disturbed pairs too.
    pub mixed: usize,
    /// All speed-ups there are, the base's own excluded.
    pub total: usize,
}

/// A median time with its sample count, for tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimeRow {
    /// The cell.
    pub cell: String,
    /// The workload.
    pub workload: String,
    /// Its size.
    pub size: String,
    /// Samples in all phases.
    pub n: usize,
    /// Samples that are stable.
    pub n_stable: usize,
    /// Whether the medians are over stable samples alone.
    pub stable_only: bool,
    /// Median processor time.
    pub cpu_ns: f64,
    /// Median wall time.
    pub wall_ns: f64,
    /// Median of the peak resident sets, where known.
    pub peak_rss_bytes: Option<f64>,
    /// Whether the times cover the whole process.
    pub whole_process: bool,
}

type Key<'a> = (&'a str, &'a str);

/// The samples grouped by cell and workload, in a fixed order.
fn group(measurements: &Measurements) -> BTreeMap<Key<'_>, Vec<&Sample>> {
    let mut groups: BTreeMap<Key<'_>, Vec<&Sample>> = BTreeMap::new();
    for sample in &measurements.samples {
        groups.entry((&sample.cell, &sample.workload)).or_default().push(sample);
    }
    groups
}

impl Analysis {
    /// Compares every cell with [`BASE`], or with the first cell if that was not measured.
    pub fn new(measurements: &Measurements, metric: Metric, selection: Selection) -> Analysis {
        let base = measurements.cells.iter().find(|cell| *cell == BASE).or(measurements.cells.first()).cloned().unwrap_or_default();
        Analysis::relative_to(measurements, &base, metric, selection)
    }

    /// Compares every cell with `base`.
    pub fn relative_to(measurements: &Measurements, base: &str, metric: Metric, selection: Selection) -> Analysis {
        let workloads: Vec<String> = measurements.workloads.iter().map(|workload| workload.name.clone()).collect();
        let groups = group(measurements);
        let mut cells = Vec::new();
        let (mut mixed, mut total) = (0, 0);
        for cell in &measurements.cells {
            let speedups: Vec<Option<Speedup>> = workloads
                .iter()
                .map(|workload| {
                    let base_samples = groups.get(&(base, workload.as_str()))?;
                    let samples = groups.get(&(cell.as_str(), workload.as_str()))?;
                    speedup(base_samples, samples, metric, selection)
                })
                .collect();
            if cell != base {
                total += speedups.iter().flatten().count();
                mixed += speedups.iter().flatten().filter(|s| s.mixed).count();
            }
            let ratios: Vec<&[f64]> = speedups.iter().flatten().map(|s| s.ratios.as_slice()).collect();
            cells.push(CellResult { cell: cell.clone(), mean: stats::bootstrap_geometric_mean(&ratios), covered: ratios.len(), speedups });
        }
        Analysis { base: base.to_owned(), workloads, cells, mixed, total }
    }

    /// The figures of `cell`, if it was measured.
    pub fn cell(&self, cell: &str) -> Option<&CellResult> {
        self.cells.iter().find(|result| result.cell == cell)
    }

    /// The smallest and the largest number of pairs behind a speed-up.
    pub fn pairs_range(&self) -> Option<(usize, usize)> {
        let counts = || {
            self.cells
                .iter()
                .filter(|cell| cell.cell != self.base)
                .flat_map(|cell| &cell.speedups)
                .flatten()
                .map(|speedup| speedup.estimate.n)
        };
        Some((counts().min()?, counts().max()?))
    }
}

fn speedup(base: &[&Sample], samples: &[&Sample], metric: Metric, selection: Selection) -> Option<Speedup> {
    let by_round: BTreeMap<(u32, u32), &Sample> = base.iter().map(|sample| ((sample.process, sample.iteration), *sample)).collect();
    let (mut stable, mut unstable) = (Vec::new(), Vec::new());
    for sample in samples {
        let Some(partner) = by_round.get(&(sample.process, sample.iteration)) else {
            continue;
        };
        let (base_ns, cell_ns) = (metric.of(partner), metric.of(sample));
        if base_ns <= 0.0 || cell_ns <= 0.0 || partner.size != sample.size {
            continue;
        }
        let both_stable = sample.phase == Phase::Stable && partner.phase == Phase::Stable;
        if both_stable { &mut stable } else { &mut unstable }.push(base_ns / cell_ns);
    }
    let (ratios, mixed) = match selection {
        Selection::NotStable => (unstable, true),
        Selection::StableFirst if stable.len() >= stats::MINIMUM_FOR_INTERVAL || unstable.is_empty() => (stable, false),
        Selection::StableFirst => {
            stable.append(&mut unstable);
            (stable, true)
        }
    };
    Some(Speedup { estimate: stats::bootstrap_median(&ratios)?, mixed, ratios })
}

/// The median times per workload and cell, in display order; over stable samples where there are enough.
pub fn times(measurements: &Measurements) -> Vec<TimeRow> {
    let groups = group(measurements);
    let mut rows = Vec::new();
    for workload in &measurements.workloads {
        for cell in &measurements.cells {
            let Some(all) = groups.get(&(cell.as_str(), workload.name.as_str())) else {
                continue;
            };
            let stable: Vec<&Sample> = all.iter().copied().filter(|s| s.phase == Phase::Stable).collect();
            let stable_only = stable.len() >= stats::MINIMUM_FOR_INTERVAL;
            let used = if stable_only { &stable } else { all };
            let median_of = |metric: Metric| {
                let values: Vec<f64> = used.iter().map(|s| metric.of(s)).collect();
                stats::median(&values).unwrap_or(0.0)
            };
            let rss: Vec<f64> = all.iter().filter_map(|s| s.peak_rss_bytes).map(|b| b as f64).collect();
            rows.push(TimeRow {
                cell: cell.clone(),
                workload: workload.name.clone(),
                size: all[0].size.clone(),
                n: all.len(),
                n_stable: stable.len(),
                stable_only,
                cpu_ns: median_of(Metric::Cpu),
                wall_ns: median_of(Metric::Wall),
                peak_rss_bytes: stats::median(&rss),
                whole_process: all[0].section == Section::Process,
            });
        }
    }
    rows
}

/// The samples whose processor time is far from their fellows' of the same cell, workload and phase, with that group's
/// median, in the order in which they ran.
pub fn outliers(measurements: &Measurements) -> Vec<(&Sample, f64)> {
    let mut found = Vec::new();
    for samples in group(measurements).values() {
        for phase in [Phase::Stable, Phase::Disturbed, Phase::Unknown] {
            let alike: Vec<&Sample> = samples.iter().copied().filter(|s| s.phase == phase).collect();
            let values: Vec<f64> = alike.iter().map(|s| Metric::Cpu.of(s)).collect();
            let median = stats::median(&values).unwrap_or(0.0);
            found.extend(stats::outliers(&values).into_iter().map(|i| (alike[i], median)));
        }
    }
    found.sort_by_key(|(sample, _)| sample.order);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::WorkloadInfo;

    fn sample(cell: &str, process: u32, cpu_ns: u64, phase: Phase) -> Sample {
        Sample {
            cell: cell.into(),
            workload: "fib".into(),
            size: "20".into(),
            process,
            iteration: 0,
            order: process,
            wall_ns: cpu_ns,
            cpu_ns,
            process_wall_ns: cpu_ns,
            process_cpu_ns: cpu_ns,
            section: Section::Run,
            peak_rss_bytes: None,
            calibration_before: None,
            calibration_after: None,
            phase,
        }
    }

    fn measurements(samples: Vec<Sample>) -> Measurements {
        Measurements {
            cells: vec!["switch/plain".into(), "tailcall/plain".into()],
            workloads: vec![WorkloadInfo { name: "fib".into(), ..WorkloadInfo::default() }],
            samples,
            ..Measurements::default()
        }
    }

    #[test]
    fn ratios_are_taken_within_a_round() {
        // The host got 10 times slower in round 2; the ratio did not change.
        let mut samples = Vec::new();
        for (round, slow) in [1, 1, 10].into_iter().enumerate() {
            samples.push(sample("switch/plain", round as u32, 300 * slow, Phase::Stable));
            samples.push(sample("tailcall/plain", round as u32, 200 * slow, Phase::Stable));
        }
        let analysis = Analysis::new(&measurements(samples), Metric::Cpu, Selection::StableFirst);
        let result = analysis.cell("tailcall/plain").unwrap().speedups[0].clone().unwrap();
        assert_eq!(result.ratios, [1.5, 1.5, 1.5]);
        assert!(!result.mixed);
        assert_eq!(analysis.pairs_range(), Some((3, 3)));
    }

    #[test]
    fn too_few_stable_pairs_bring_the_others_in_and_say_so() {
        let samples = vec![
            sample("switch/plain", 0, 300, Phase::Stable),
            sample("tailcall/plain", 0, 100, Phase::Stable),
            sample("switch/plain", 1, 300, Phase::Stable),
            sample("tailcall/plain", 1, 300, Phase::Disturbed),
        ];
        let data = measurements(samples);
        let analysis = Analysis::new(&data, Metric::Cpu, Selection::StableFirst);
        let result = analysis.cell("tailcall/plain").unwrap().speedups[0].clone().unwrap();
        assert!(result.mixed);
        assert_eq!(result.estimate.value, 2.0);
        let disturbed = Analysis::new(&data, Metric::Cpu, Selection::NotStable);
        assert_eq!(disturbed.cell("tailcall/plain").unwrap().speedups[0].as_ref().unwrap().estimate.n, 1);
    }

    #[test]
    fn a_sample_without_a_partner_is_left_out() {
        let data = measurements(vec![sample("tailcall/plain", 0, 100, Phase::Stable)]);
        let analysis = Analysis::new(&data, Metric::Cpu, Selection::StableFirst);
        assert_eq!(analysis.cell("tailcall/plain").unwrap().speedups, [None]);
        assert_eq!(analysis.cell("tailcall/plain").unwrap().mean, None);
    }
}
