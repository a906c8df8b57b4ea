//! What a measured process does: calibrate, run, calibrate, and report the times to a file.
//!
//! The report goes to a file because standard output belongs to the program that is measured.

use std::fs;
use std::path::Path;
use std::time::Instant;

use reports::ReportError;
use reports::measure::Calibration;
use serde::{Deserialize, Serialize};

use super::calibrate::calibrate;

/// What a measured process says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChildReport {
    /// One entry per iteration.
    pub iterations: Vec<Timed>,
    /// The largest resident set, from the process's own point of view: what the parent is told includes the parent's
    /// own size at the moment of the fork.
    pub peak_rss_bytes: Option<u64>,
}

/// One timed iteration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Timed {
    /// Wall time.
    pub wall_ns: u64,
    /// Processor time of the process, user and system.
    pub cpu_ns: u64,
    /// The calibration right before.
    pub before: Option<Calibration>,
    /// The calibration right after.
    pub after: Option<Calibration>,
}

/// Processor time of this process so far, user and system.
pub fn cpu_time_ns() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000_000
        + u64::try_from(time.tv_nsec).unwrap_or(0)
}

/// Runs `prepare` untimed and then `run` timed, `iterations` times, each `run` between two calibrations. Stops at the
/// first error and returns it.
pub fn measure<P, E>(
    iterations: u32,
    mut prepare: impl FnMut() -> Result<P, E>,
    mut run: impl FnMut(P) -> Result<(), E>,
) -> Result<ChildReport, E> {
    let mut report = ChildReport::default();
    for _ in 0..iterations {
        let prepared = prepare()?;
        let before = calibrate();
        let (wall, cpu) = (Instant::now(), cpu_time_ns());
        run(prepared)?;
        let cpu_ns = cpu_time_ns() - cpu;
        let wall_ns = u64::try_from(wall.elapsed().as_nanos()).unwrap_or(u64::MAX);
        report.iterations.push(Timed {
            wall_ns,
            cpu_ns,
            before: Some(before),
            after: Some(calibrate()),
        });
    }
    report.peak_rss_bytes = peak_rss_bytes();
    Ok(report)
}

impl ChildReport {
    /// Writes the report to `path`, atomically.
    pub fn write(&self, path: &Path) -> Result<(), ReportError> {
        let json = serde_json::to_vec(self).map_err(|source| ReportError::Json {
            path: path.to_owned(),
            source,
        })?;
        reports::atomic::write(path, &json)
    }

    /// Reads the report at `path`; `None` if there is none or it is damaged.
    pub fn read(path: &Path) -> Option<ChildReport> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }
}

/// The largest resident set of this process, where the system tells.
fn peak_rss_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iterations_are_timed_and_bracketed() {
        let mut prepared = 0;
        let report = measure(
            3,
            || {
                prepared += 1;
                Ok::<u32, String>(prepared)
            },
            |_| {
                let start = cpu_time_ns();
                while cpu_time_ns() - start < 2_000_000 {}
                Ok(())
            },
        )
        .unwrap();
        assert_eq!((prepared, report.iterations.len()), (3, 3));
        for timed in &report.iterations {
            // Other tests' threads use the same process's time, so only this side is certain.
            assert!(timed.cpu_ns >= 2_000_000 && timed.wall_ns > 0);
            assert!(timed.before.is_some() && timed.after.is_some());
        }
    }

    #[test]
    fn an_error_ends_it() {
        let result = measure(3, || Ok(()), |()| Err("boom"));
        assert_eq!(result, Err("boom"));
    }
}
