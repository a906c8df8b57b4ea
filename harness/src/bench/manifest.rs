//! The list of workloads, from `workloads/workloads.json`: what `harness bench`, and the benches cargo runs, measure.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::Workload;

/// Which of its two sizes a workload runs at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Size {
    /// Small: well under a second.
    Test,
    /// What a workload runs without an argument.
    Full,
}

/// Why the list could not be read.
#[derive(Debug)]
pub struct ManifestError {
    path: PathBuf,
    reason: String,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read the list of workloads '{}': {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for ManifestError {}

#[derive(Deserialize)]
struct Manifest {
    workloads: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    file: String,
    #[serde(default)]
    kind: String,
    test_size: serde_json::Value,
    full_size: serde_json::Value,
    #[serde(default)]
    exit_status: i32,
    expected_test: Option<String>,
    expected_full: Option<String>,
}

/// The workloads listed in `directory`, at `size`, in the list's order.
pub fn workloads(directory: &Path, size: Size) -> Result<Vec<Workload>, ManifestError> {
    let path = directory.join("workloads.json");
    let failed = |reason: String| ManifestError { path: path.clone(), reason };
    let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?;
    Ok(manifest
        .workloads
        .into_iter()
        .map(|entry| {
            let (argument, expected) = match size {
                Size::Test => (entry.test_size, entry.expected_test),
                Size::Full => (entry.full_size, entry.expected_full),
            };
            let argument = match argument {
                serde_json::Value::String(text) => text,
                other => other.to_string(),
            };
            Workload {
                name: entry.name,
                path: directory.join(entry.file),
                args: vec![argument],
                kind: entry.kind,
                exit_status: entry.exit_status,
                expected_output: expected.map(|file| directory.join(file)),
                base_instructions: None,
            }
        })
        .collect())
}

/// Where the workloads are, seen from this source tree.
pub fn source_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../workloads")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_list_is_readable_and_complete() {
        let directory = source_directory();
        for size in [Size::Test, Size::Full] {
            let workloads = workloads(&directory, size).unwrap();
            assert!(workloads.len() >= 24);
            for workload in workloads {
                assert!(workload.path.is_file(), "{}", workload.path.display());
                assert!(workload.expected_output.is_some_and(|path| path.is_file()), "{}", workload.name);
                assert_eq!(workload.args.len(), 1);
            }
        }
    }

    #[test]
    fn a_missing_list_is_named() {
        let error = workloads(Path::new("no-such-directory"), Size::Test).unwrap_err();
        assert!(error.to_string().contains("no-such-directory"));
    }
}
