//! Telling a quiet host from a disturbed one.
//!
//! On a shared virtual machine a perfectly predictable indirect call can cost several times its usual price for
//! milliseconds or seconds, while direct code stays steady. Every sample is therefore bracketed by two calibrations, and
//! gets one of three labels:
//!
//! - *stable*: before and after, an indirect call took at most [`INDIRECT_LIMIT`] times, and an iteration of direct code
//!   at most [`DIRECT_LIMIT`] times, the *quiet* value, which is the [`QUIET_QUANTILE`] quantile over all calibrations of
//!   the same file;
//! - *disturbed*: any of the four exceeded its limit;
//! - *unknown*: a calibration is missing.
//!
//! A disturbance that begins and ends between the two calibrations goes unnoticed; the outlier list is there for those.

use serde::{Deserialize, Serialize};

use crate::measure::{Calibration, Sample};
use crate::stats;

/// A stable indirect call takes at most this many times the quiet one.
pub const INDIRECT_LIMIT: f64 = 1.5;

/// A stable iteration of direct code takes at most this many times the quiet one.
pub const DIRECT_LIMIT: f64 = 1.25;

/// The quantile of all calibrations which counts as quiet. Not the minimum, which a coarse clock can make too small.
pub const QUIET_QUANTILE: f64 = 0.05;

/// The state of the host while a sample ran.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Both calibrations were near the quiet values.
    Stable,
    /// At least one was not.
    Disturbed,
    /// There is no telling.
    #[default]
    Unknown,
}

impl Phase {
    /// The label's name as written to files and shown in tables.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Stable => "stable",
            Phase::Disturbed => "disturbed",
            Phase::Unknown => "unknown",
        }
    }
}

/// The values that count as quiet, or `None` if no sample was calibrated.
pub fn quiet(samples: &[Sample]) -> Option<Calibration> {
    let calibrations: Vec<Calibration> =
        samples.iter().flat_map(|sample| [sample.calibration_before, sample.calibration_after]).flatten().collect();
    let indirect: Vec<f64> = calibrations.iter().map(|c| c.indirect_ns_per_call).collect();
    let direct: Vec<f64> = calibrations.iter().map(|c| c.direct_ns_per_iter).collect();
    Some(Calibration {
        indirect_ns_per_call: stats::quantile(&indirect, QUIET_QUANTILE)?,
        direct_ns_per_iter: stats::quantile(&direct, QUIET_QUANTILE)?,
    })
}

/// Labels every sample.
pub fn label(samples: &mut [Sample]) {
    let Some(quiet) = quiet(samples) else {
        for sample in samples {
            sample.phase = Phase::Unknown;
        }
        return;
    };
    let calm = |c: Calibration| {
        c.indirect_ns_per_call <= quiet.indirect_ns_per_call * INDIRECT_LIMIT
            && c.direct_ns_per_iter <= quiet.direct_ns_per_iter * DIRECT_LIMIT
    };
    for sample in samples {
        sample.phase = match (sample.calibration_before, sample.calibration_after) {
            (Some(before), Some(after)) if calm(before) && calm(after) => Phase::Stable,
            (Some(_), Some(_)) => Phase::Disturbed,
            _ => Phase::Unknown,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Section;

    fn sample(before: Option<f64>, after: Option<f64>) -> Sample {
        let calibration = |indirect_ns_per_call| Calibration { indirect_ns_per_call, direct_ns_per_iter: 1.0 };
        Sample {
            cell: String::new(),
            workload: String::new(),
            size: String::new(),
            process: 0,
            iteration: 0,
            order: 0,
            wall_ns: 1,
            cpu_ns: 1,
            process_wall_ns: 1,
            process_cpu_ns: 1,
            section: Section::Run,
            peak_rss_bytes: None,
            calibration_before: before.map(calibration),
            calibration_after: after.map(calibration),
            phase: Phase::Unknown,
        }
    }

    #[test]
    fn a_slow_calibration_on_either_side_disturbs() {
        let mut samples =
            vec![sample(Some(2.0), Some(2.1)), sample(Some(2.0), Some(12.0)), sample(Some(25.0), Some(2.0)), sample(None, Some(2.0))];
        label(&mut samples);
        let phases: Vec<&str> = samples.iter().map(|s| s.phase.name()).collect();
        assert_eq!(phases, ["stable", "disturbed", "disturbed", "unknown"]);
    }

    #[test]
    fn without_calibrations_nothing_is_claimed() {
        let mut samples = vec![sample(None, None)];
        label(&mut samples);
        assert_eq!(samples[0].phase, Phase::Unknown);
    }
}
