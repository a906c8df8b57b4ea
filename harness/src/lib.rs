//! The parts of the harness that are more than a command line: running programs, benches and reports.

pub mod audit;
pub mod bench;
pub mod execute;
pub mod report_cmd;
pub mod watchdog;
