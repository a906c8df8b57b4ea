//! What the tests that run the grid have in common, beyond the other tests: the plan they run, and how they report.

use harness::verify::case::Case;
use harness::verify::process::Limits;
use harness::verify::{Plan, Row, Watched, default_time_limit, table, verify};

/// Runs cases on cells with the built executable; panics with the table if anything is not as expected.
pub(crate) fn verify_all(cases: Vec<Case>, cells: Vec<String>, known: Vec<(String, String)>, watched: Watched) -> Vec<Row> {
    let plan = Plan {
        executable: env!("CARGO_BIN_EXE_harness").into(),
        cells,
        cases,
        known: known.into_iter().collect(),
        limits: Limits { time: default_time_limit(false, false), memory_bytes: 1 << 30 },
        watched,
        gc_stress: false,
        options: Vec::new(),
        jobs: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        progress: false,
    };
    let rows = verify(&plan).unwrap_or_else(|error| panic!("{error}"));
    assert!(rows.iter().all(Row::expected), "\n{}", table::table(&rows, false));
    rows
}
