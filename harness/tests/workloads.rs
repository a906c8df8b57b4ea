//! Every workload on every cell at test size: output as CPython's, and the same number of base instructions everywhere.

#[path = "support/grid.rs"]
mod grid;
mod support;

use dispatch_variants::Variant;
use grid::verify_all;
use harness::bench::manifest::Size;
use harness::verify::Watched;
use harness::verify::case::workloads;
use support::repository;

#[test]
fn workloads_agree_on_every_cell() {
    let cases = workloads(&repository("workloads"), Size::Test, &[]).unwrap();
    let cells: Vec<String> = Variant::grid().map(|v| v.name()).collect();
    assert!(cases.len() >= 24 && cells.len() >= 12);
    let rows = verify_all(cases, cells, Vec::new(), Watched::Both);
    assert!(rows.iter().all(|row| row.cells.iter().all(|cell| cell.base_instructions.is_some())));
}
