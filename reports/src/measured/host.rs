//! How steady the host was: calibrations, phases, outliers, and what disturbed pairs alone would have said.

use crate::analysis::{self, Analysis, Metric, Selection};
use crate::chart::timeline::{Timeline, TimelinePanel};
use crate::format::{self, UNAVAILABLE};
use crate::measure::{Calibration, Measurements};
use crate::page::Table;
use crate::phase::{self, Phase};
use crate::report::{Draft, Part};
use crate::stats;

pub(super) fn steadiness(measurements: &Measurements, cpu: &Analysis) -> Draft {
    let samples = &measurements.samples;
    let number_in = |phase: Phase| samples.iter().filter(|sample| sample.phase == phase).count();
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
                let indirect: Vec<f64> = calibrations.iter().map(|c| c.indirect_ns_per_call).collect();
                let direct: Vec<f64> = calibrations.iter().map(|c| c.direct_ns_per_iter).collect();
                let at = |values: &[f64], q: f64| stats::quantile(values, q).map_or(UNAVAILABLE.to_owned(), |v| format!("{v:.3}"));
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
            columns: ["phase", "samples", "indirect, median", "95 %", "direct, median", "95 %"].map(str::to_owned).to_vec(),
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
                other.and_then(|cell| cell.mean).map_or(0, |mean| mean.n).to_string(),
            ]
        })
        .collect();
    draft = draft.part(Part::table(Table {
        caption: "The same geometric means from disturbed pairs alone".into(),
        columns: ["cell", "as reported", "disturbed pairs alone", "workloads", "pairs"].map(str::to_owned).to_vec(),
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
                [(0.0, sample.calibration_before), (0.5, sample.calibration_after)]
                    .map(|(shift, calibration)| (f64::from(sample.order) + shift, calibration, sample.phase))
            })
            .filter_map(|(order, calibration, phase)| Some((order, value(calibration?), phase == Phase::Stable)))
            .collect::<Vec<_>>()
    };
    // Beyond this many, stable points are thinned evenly: they lie on top of each other, and every point costs a line of SVG.
    const STABLE_SHOWN: usize = 1500;
    let thinned = |points: Vec<(f64, f64, bool)>| {
        let every = points.len().div_ceil(STABLE_SHOWN).max(1);
        points.into_iter().enumerate().filter(|(index, point)| !point.2 || index % every == 0).map(|(_, point)| point).collect::<Vec<_>>()
    };
    let indirect = points(|calibration| calibration.indirect_ns_per_call);
    let n = indirect.len();
    let shown = thinned(indirect.clone()).len();
    let thinning = if shown < n { format!(" Shown: {shown}, all that belong to disturbed samples among them.") } else { String::new() };
    Timeline {
        name: "calibration".into(),
        title: "How steady the host was".into(),
        panels: vec![
            TimelinePanel {
                label: "ns per indirect call".into(),
                points: thinned(indirect),
                limit: quiet.indirect_ns_per_call * phase::INDIRECT_LIMIT,
            },
            TimelinePanel {
                label: "ns per direct iteration".into(),
                points: thinned(points(|calibration| calibration.direct_ns_per_iter)),
                limit: quiet.direct_ns_per_iter * phase::DIRECT_LIMIT,
            },
        ],
        caption: vec![format!(
            "n = {n} calibrations, two around each sample; log scales. A sample is disturbed if one of its four points is above its limit.{thinning}"
        )],
    }
}
