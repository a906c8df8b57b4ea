//! The conformance programs on one cell of each kind, against what CPython did; failures that are known are listed with their reasons, and
//! one that no longer fails must leave the list.

#[path = "support/grid.rs"]
mod grid;
mod support;

use grid::verify_all;
use harness::verify::Watched;
use harness::verify::case::{known_failures, programs};
use support::repository;

#[test]
fn programs_do_as_cpython_does() {
    let directory = repository("tests/programs");
    let cases = programs(&directory, &[]).unwrap();
    let known = known_failures(&directory.join("known_failures.txt")).unwrap();
    for (name, _) in &known {
        assert!(cases.iter().any(|case| case.name == *name), "the list of known failures names '{name}', which is no program");
    }
    let cells = ["switch/plain", "tailcall/quickened", "tailcall/specialized"].map(str::to_owned).to_vec();
    verify_all(cases, cells, known, Watched::No);
}
