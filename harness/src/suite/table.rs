//! What a run of a suite found, as a table for people.

use std::fmt::Write;

use super::Row;
use crate::verify::table::by_problem;

/// A row for each benchmark: verdict, time of the measured parts on the first cell, CPython's time, their ratio; then what is wrong.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    let width = rows.iter().map(|r| r.name.len()).max().unwrap_or(0).max(9);
    let cells = rows.first().map_or(0, |r| r.cells.len());
    let cell = rows.first().and_then(|r| r.cells.first()).map_or("-", |c| c.cell.as_str());
    let _ = writeln!(out, "{:width$}  {:>9}  {cell:>22}  {:>10}  {:>7}", "benchmark", "agree", "CPython", "ratio");
    for row in rows {
        let good = row.cells.iter().filter(|c| c.problem.is_none()).count();
        let ours: f64 = row.cells.first().map_or(0.0, |c| c.results.iter().map(|r| r.seconds).sum());
        let seconds = |s: f64| if s > 0.0 { format!("{:.2} ms", s * 1e3) } else { "-".to_owned() };
        let recorded = row.cpython_seconds.unwrap_or(0.0);
        let ratio = if ours > 0.0 && recorded > 0.0 { format!("{:.2}", ours / recorded) } else { "-".to_owned() };
        let _ = writeln!(
            out,
            "{:width$}  {:>9}  {:>22}  {:>10}  {ratio:>7}",
            row.name,
            format!("{good}/{cells}"),
            seconds(ours),
            seconds(recorded)
        );
    }
    for row in rows.iter().filter(|r| !r.passes()) {
        if let Some(reason) = &row.unsupported {
            let _ = writeln!(out, "{}: not supported: {reason}", row.name);
            continue;
        }
        out.push_str(&by_problem(&row.name, row.cells.iter().map(|c| (&*c.cell, c.problem.as_deref()))));
    }
    for row in rows.iter().filter(|r| r.passes() && r.unsupported.is_some()) {
        let _ = writeln!(out, "{}: passes, though listed as not supported", row.name);
    }
    let passed = rows.iter().filter(|r| r.passes()).count();
    let _ = writeln!(out, "{passed} of {} benchmarks have CPython's result on every cell", rows.len());
    out
}
