//! Which ratios of timed runs are figures, and their bars.

use super::matrix::{Best, Matrix};
use super::page::{Bar, Column, Page};
use super::peers::{CPYTHON_3_10, CPYTHON_3_13, CPYTHON_3_15_JIT, Peers, RUSTPYTHON};
use super::programs::{COUNTING, LUA, SPECIALIZED, TAILCALL};
use crate::bench::Workload;

fn cpu(best: &Best) -> f64 {
    best.cpu.as_secs_f64()
}

fn memory(best: &Best) -> f64 {
    best.peak_bytes as f64
}

/// Speed against a peer, with the bars of mean and worst. Speeds are how many times as fast the harness is.
const SPEEDS: [(&str, &str, Bar, Bar); 4] = [
    (SPECIALIZED, CPYTHON_3_13, Bar::Least(2.0), Bar::Least(1.1)),
    (TAILCALL, CPYTHON_3_10, Bar::Higher, Bar::Least(1.0)),
    (SPECIALIZED, RUSTPYTHON, Bar::Least(6.0), Bar::Higher),
    (SPECIALIZED, CPYTHON_3_15_JIT, Bar::Least(1.0), Bar::Higher),
];

/// Adds what follows from runs of Python.
pub(super) fn add(page: &mut Page, timed: &Matrix, workloads: &[Workload], peers: &Peers) {
    page.failures(&timed.failures);
    let mut columns = Vec::new();
    for (cell, peer, mean, worst) in SPEEDS {
        let figure = format!("{cell} against {peer}, times as fast");
        if let Err(reason) = peers.get(peer) {
            page.skipped(figure, &mean.text(), reason);
            continue;
        }
        let ratios = timed.ratios(peer, cell, workloads, cpu);
        page.ratios(&figure, mean, worst, &ratios);
        columns.push(Column { title: format!("{peer} ÷ {cell}"), ratios });
    }
    let figure = "peak memory, specialized ÷ cpython-3.13";
    let mut other = Vec::new();
    match peers.get(CPYTHON_3_13) {
        Err(reason) => page.skipped(figure, "≤ 1.2", reason),
        Ok(_) => {
            let ratios = timed.ratios(SPECIALIZED, CPYTHON_3_13, workloads, memory);
            page.ratios(figure, Bar::Most(1.2), Bar::Most(2.0), &ratios);
            other.push(Column { title: "memory ÷ cpython-3.13".to_owned(), ratios });
        }
    }
    let ratios = timed.ratios(COUNTING, SPECIALIZED, workloads, cpu);
    page.ratios("counting probe, CPU time ÷ without", Bar::Most(1.5), Bar::Lower, &ratios);
    other.push(Column { title: "counting ÷ not counting".to_owned(), ratios });
    page.table("Speed (CPU time of the peer ÷ CPU time of the harness)", &columns);
    page.table("Peak memory, and the cost of counting", &other);
}

/// Adds what follows from runs of the ports to Lua.
pub(super) fn add_lua(page: &mut Page, timed: &Matrix, workloads: &[Workload]) {
    page.failures(&timed.failures);
    let ratios = timed.ratios(SPECIALIZED, LUA, workloads, cpu);
    page.ratios("specialized ÷ LuaJIT's interpreter (`luajit -joff`), CPU time", Bar::Lower, Bar::Most(2.0), &ratios);
    page.table("LuaJIT's interpreter", &[Column { title: "specialized ÷ luajit -joff".to_owned(), ratios }]);
}
