//! The seam between the benches cargo runs and the machine: compile once, run many times, in this process.
//!
//! `harness bench` does not come through here; it measures processes. This is for criterion and callgrind, which call a
//! function. The program's output is thrown away.

use std::path::{Path, PathBuf};

use super::Workload;
use super::manifest::{self, Size};

/// Every cell of the grid, in display order.
pub const CELLS: [&str; 12] = [
    "switch/plain",
    "switch/quickened",
    "switch/cached",
    "switch/specialized",
    "call/plain",
    "call/quickened",
    "call/cached",
    "call/specialized",
    "tailcall/plain",
    "tailcall/quickened",
    "tailcall/cached",
    "tailcall/specialized",
];

/// A program compiled for one cell, in a machine of its own, ready to run once.
#[derive(Debug)]
pub struct Subject {
    /// The cell it was prepared for.
    pub cell: String,
    /// The program.
    pub workload: Workload,
}

impl Subject {
    /// Compiles `workload` for `cell`.
    pub fn prepare(cell: &str, workload: &Workload) -> Result<Subject, String> {
        let subject = Subject {
            cell: cell.to_owned(),
            workload: workload.clone(),
        };
        Err(format!(
            "{} on {}: running a program inside the bench is not supported yet",
            subject.workload.name, subject.cell
        ))
    }

    /// Runs the program to its end.
    pub fn run(self) -> Result<(), String> {
        Err(format!(
            "{} cannot run on {}",
            self.workload.name, self.cell
        ))
    }
}

/// Where the workloads are, seen from this source tree.
pub fn workloads_directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../workloads")
}

/// The workload `name` at its test size.
pub fn workload(name: &str) -> Result<Workload, String> {
    manifest::workloads(&workloads_directory(), Size::Test)
        .map_err(|error| error.to_string())?
        .into_iter()
        .find(|workload| workload.name == name)
        .ok_or_else(|| format!("there is no workload '{name}'"))
}
