//! What can go wrong between a directory of measurements and a written report: always with the path that failed.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a report could not be read, drawn or written.
#[derive(Debug)]
pub enum ReportError {
    /// A file or directory could not be read, created or renamed.
    Io {
        /// What was attempted, as a verb (`read`, `write`).
        action: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file is not the JSON it should be.
    Json {
        /// The file.
        path: PathBuf,
        /// The parser's reason.
        source: serde_json::Error,
    },
    /// A file has a format version this program does not read.
    Schema {
        /// The file.
        path: PathBuf,
        /// The version found.
        found: u32,
        /// The version understood.
        expected: u32,
    },
    /// The directory holds neither measurements nor profiles.
    Nothing {
        /// The directory.
        path: PathBuf,
    },
    /// A chart could not be drawn.
    Chart {
        /// The chart's file name without its ending.
        name: String,
        /// The drawing library's reason.
        reason: String,
    },
    /// The page's template could not be filled in.
    Template(minijinja::Error),
}

impl ReportError {
    pub(crate) fn io(action: &'static str, path: &Path, source: std::io::Error) -> ReportError {
        ReportError::Io { action, path: path.to_owned(), source }
    }
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportError::Io { action, path, source } => {
                write!(f, "cannot {action} '{}': {source}", path.display())
            }
            ReportError::Json { path, source } => {
                write!(f, "'{}' is not a valid data file: {source}", path.display())
            }
            ReportError::Schema { path, found, expected } => {
                write!(f, "'{}' has format version {found}, but this program reads version {expected}", path.display())
            }
            ReportError::Nothing { path } => {
                write!(f, "'{}' holds neither measurements.json nor a trace profile (*.json written by `harness trace -o`)", path.display())
            }
            ReportError::Chart { name, reason } => {
                write!(f, "cannot draw chart '{name}': {reason}")
            }
            ReportError::Template(error) => write!(f, "cannot fill in the report page: {error}"),
        }
    }
}

impl std::error::Error for ReportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReportError::Io { source, .. } => Some(source),
            ReportError::Json { source, .. } => Some(source),
            ReportError::Template(error) => Some(error),
            _ => None,
        }
    }
}
