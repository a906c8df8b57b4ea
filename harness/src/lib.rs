//! The parts of the harness that are more than a command line: running programs, benches and reports.

pub mod access;
pub mod audit;
pub mod bench;
pub mod code_cache;
pub mod code_map;
pub mod compare;
pub mod directories;
pub mod execute;
pub mod footprint;
pub mod lockstep;
pub mod policy;
pub mod report_cmd;
pub mod stdlib;
pub mod suite;
pub mod supers;
pub mod sweep;
pub mod trace;
pub mod verify;
pub mod watchdog;
