//! The parts of the harness that are more than a command line: benches and reports.

pub mod bench;
pub mod report_cmd;
