//! `harness report DIR -o OUT`: the report's command, as a function that says what it did.

use std::path::{Path, PathBuf};

use clap::Args;
use reports::{ReportError, report};

/// The arguments of `harness report`.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// A directory written by `harness bench` or holding traces, or one trace profile
    pub data: PathBuf,
    /// Where to write index.html and the charts
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// Writes the report on the data in `input` to `output`; returns the lines to show the user.
pub fn run(input: &Path, output: &Path) -> Result<Vec<String>, ReportError> {
    let written = report(input, output)?;
    let mut lines = written.skipped.clone();
    lines.push(format!(
        "{}: {} charts from {} and {} trace profile(s)",
        written.index.display(),
        written.charts,
        if written.measurements { "measurements" } else { "no measurements" },
        written.profiles
    ));
    Ok(lines)
}
