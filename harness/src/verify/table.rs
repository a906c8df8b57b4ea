//! What a verification found, as a table for people: a row for each program, a column for each cell.

use std::fmt::Write;

use super::Row;

/// The mark of a cell.
fn mark(problem: Option<&str>) -> &'static str {
    match problem {
        None => "ok",
        Some(_) => "FAIL",
    }
}

/// Rows by program with their instruction count and time; then what is wrong; then a line of totals.
#[must_use]
pub fn table(rows: &[Row], all_rows: bool) -> String {
    let mut out = String::new();
    let width = rows.iter().map(|r| r.name.len()).max().unwrap_or(0).max(8);
    if all_rows && let Some(first) = rows.first() {
        for (i, cell) in first.cells.iter().enumerate() {
            let _ = writeln!(out, "{:>2} {}", i + 1, cell.cell);
        }
        let _ = write!(out, "{:width$}", "program");
        for i in 1..=first.cells.len() {
            let _ = write!(out, " {i:>4}");
        }
        let _ = writeln!(out, "  {:>14}  {:>8}", "base instr.", "seconds");
        for row in rows {
            let _ = write!(out, "{:width$}", row.name);
            for cell in &row.cells {
                let _ = write!(out, " {:>4}", mark(cell.problem.as_deref()));
            }
            let counts: Vec<u64> = row.cells.iter().filter_map(|c| c.base_instructions).collect();
            let count = match (&row.counts_differ, counts.first()) {
                (Some(_), _) => "DIFFER".to_owned(),
                (None, Some(count)) => count.to_string(),
                (None, None) => "-".to_owned(),
            };
            let seconds: f64 = row.cells.iter().map(|c| c.seconds).sum();
            let _ = writeln!(out, "  {count:>14}  {seconds:>8.2}");
        }
    }
    out.push_str(&problems(rows));
    let cells: usize = rows.iter().map(|r| r.cells.len()).sum();
    let good: usize = rows.iter().map(|r| r.cells.iter().filter(|c| c.problem.is_none()).count()).sum();
    let differ = rows.iter().filter(|r| r.counts_differ.is_some()).count();
    let known = rows.iter().filter(|r| r.known_failure.is_some()).count();
    let unexpected = rows.iter().filter(|r| !r.expected()).count();
    let _ = writeln!(
        out,
        "{} programs: {good} of {cells} runs agree with CPython, instruction counts differ in {differ}; {known} known failures, {unexpected} programs not as expected",
        rows.len()
    );
    out
}

/// What is wrong where, equal problems of several cells together.
fn problems(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        if row.expected() {
            continue;
        }
        if let (Some(reason), true) = (&row.known_failure, row.passes()) {
            let _ = writeln!(out, "{}: passes, though listed as a known failure ({reason})", row.name);
            continue;
        }
        out.push_str(&by_problem(&row.name, row.cells.iter().map(|c| (&*c.cell, c.problem.as_deref()))));
        if let Some(text) = &row.counts_differ {
            let _ = writeln!(out, "{}: {text}", row.name);
        }
    }
    out
}

/// What is wrong with one program on cells, each with its problem if it has one: a line for each problem, with the cells that have it.
pub(crate) fn by_problem<'r>(name: &str, cells: impl Iterator<Item = (&'r str, Option<&'r str>)>) -> String {
    let (mut groups, mut count): (Vec<(&str, Vec<&str>)>, usize) = (Vec::new(), 0);
    for (cell, problem) in cells {
        count += 1;
        let Some(problem) = problem else { continue };
        match groups.iter_mut().find(|group| group.0 == problem) {
            Some(group) => group.1.push(cell),
            None => groups.push((problem, vec![cell])),
        }
    }
    let mut out = String::new();
    for (problem, cells) in groups {
        let on = if cells.len() == count { "every cell".to_owned() } else { cells.join(", ") };
        let _ = writeln!(out, "{name} on {on}: {problem}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    fn row(known: Option<&str>, problems: [Option<&str>; 2]) -> Row {
        let cells = problems
            .iter()
            .zip(["switch/plain", "call/plain"])
            .map(|(p, cell)| Cell { cell: cell.into(), problem: p.map(Into::into), base_instructions: Some(7), seconds: 0.1 })
            .collect();
        Row { name: "p".into(), cells, counts_differ: None, known_failure: known.map(Into::into) }
    }

    #[test]
    fn equal_problems_are_said_once() {
        let text = table(&[row(None, [Some("boom"), Some("boom")])], true);
        assert!(text.contains("p on every cell: boom\n"), "{text}");
        assert!(text.contains("1 programs not as expected"), "{text}");
        let text = table(&[row(None, [None, Some("boom")])], true);
        assert!(text.contains("p on call/plain: boom\n"), "{text}");
    }

    #[test]
    fn a_known_failure_that_passes_is_not_as_expected() {
        assert!(row(Some("why"), [Some("boom"), None]).expected());
        let passing = row(Some("why"), [None, None]);
        assert!(!passing.expected());
        assert!(table(&[passing], false).contains("passes, though listed"));
    }
}
