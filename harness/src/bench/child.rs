//! What a measured process does: calibrate, run, calibrate, and report the times to a file.
//!
//! The report goes to a file because standard output belongs to the program that is measured.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

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

/// The two calibrations around one run. It is cheap to clone and may go to another thread: the best place for each is right
/// beside the run, wherever that happens.
#[derive(Debug, Clone, Default)]
pub struct Bracket(Arc<Mutex<[Option<Calibration>; 2]>>);

impl Bracket {
    fn set(&self, index: usize) {
        let calibration = calibrate();
        self.0.lock().unwrap_or_else(PoisonError::into_inner)[index] = Some(calibration);
    }

    /// Calibrates before the run.
    pub fn before(&self) {
        self.set(0);
    }

    /// Calibrates after the run.
    pub fn after(&self) {
        self.set(1);
    }
}

/// Calls `run` `iterations` times; it calibrates before and after with the bracket it is given, and returns the wall and the
/// processor time of what lay between. Stops at the first error and returns it.
pub fn measure<E>(iterations: u32, mut run: impl FnMut(Bracket) -> Result<(Duration, Duration), E>) -> Result<ChildReport, E> {
    let nanoseconds = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
    let mut report = ChildReport::default();
    for _ in 0..iterations {
        let bracket = Bracket::default();
        let (wall, cpu) = run(bracket.clone())?;
        let [before, after] = *bracket.0.lock().unwrap_or_else(PoisonError::into_inner);
        report.iterations.push(Timed { wall_ns: nanoseconds(wall), cpu_ns: nanoseconds(cpu), before, after });
    }
    report.peak_rss_bytes = peak_rss_bytes("self");
    Ok(report)
}

impl ChildReport {
    /// Writes the report to `path`, atomically.
    pub fn write(&self, path: &Path) -> Result<(), ReportError> {
        let json = serde_json::to_vec(self).map_err(|source| ReportError::Json { path: path.to_owned(), source })?;
        reports::atomic::write(path, &json)
    }

    /// Reads the report at `path`; `None` if there is none or it is damaged.
    pub fn read(path: &Path) -> Option<ChildReport> {
        serde_json::from_slice(&fs::read(path).ok()?).ok()
    }
}

/// The largest resident set of a running process (its number, or `self`), where the system tells.
pub(crate) fn peak_rss_bytes(process: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iterations_are_bracketed_from_any_thread() {
        let report = measure(3, |bracket| {
            bracket.before();
            let done = std::thread::spawn(move || bracket.after()).join();
            done.map(|()| (Duration::from_nanos(7), Duration::from_nanos(5)))
        });
        let report = report.unwrap_or_default();
        assert_eq!(report.iterations.len(), 3);
        for timed in &report.iterations {
            assert_eq!((timed.wall_ns, timed.cpu_ns), (7, 5));
            assert!(timed.before.is_some() && timed.after.is_some());
        }
    }

    #[test]
    fn an_error_ends_it() {
        assert_eq!(measure(3, |_| Err("boom")), Err("boom"));
    }
}
