//! The stack of an uncaught exception: one entry for each frame, with its source lines and carets.

use super::carets;
use super::lines::{self, Sources};
use crate::compile::instr::Location;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::traceback::Traceback;
use std::fmt::Write;

/// Equal entries in a row that are shown before the rest is counted.
const REPEATS_SHOWN: usize = 3;

/// One entry of a traceback.
#[derive(Clone)]
pub(super) struct FrameLine {
    filename: String,
    name: String,
    /// Line of the traceback entry, if the code has one there.
    line: Option<i64>,
    location: Location,
}

/// The entries of a traceback, the outermost frame first. `limit` is `sys.tracebacklimit`.
pub(super) fn collect(traceback: Option<Gc<Traceback>>, limit: Option<usize>) -> Vec<FrameLine> {
    let text = |s: Gc<Str>| s.to_string_lossy().into_owned();
    let mut entries = Vec::new();
    let mut next = traceback;
    while let Some(entry) = next {
        entries.push(entry);
        next = entry.next_entry();
    }
    if let Some(limit) = limit {
        // CPython slices from the length less the limit, which counts from the end when the limit is the greater.
        let start = if limit <= entries.len() { entries.len() - limit } else { entries.len().saturating_sub(limit - entries.len()) };
        entries.drain(..start);
    }
    entries
        .into_iter()
        .map(|entry| {
            let code = entry.frame.code;
            FrameLine { filename: text(code.filename), name: text(code.name), line: entry.line_number(), location: entry.location() }
        })
        .collect()
}

/// The text of a stack.
pub(super) fn format(frames: &[FrameLine], sources: &mut Sources) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut last: Option<&FrameLine> = None;
    for frame in frames {
        let same = last.is_some_and(|l| l.filename == frame.filename && l.line == frame.line && l.line.is_some() && l.name == frame.name);
        if !same {
            repeated(&mut out, count);
            last = Some(frame);
            count = 0;
        }
        count += 1;
        if count <= REPEATS_SHOWN {
            entry(&mut out, frame, sources);
        }
    }
    repeated(&mut out, count);
    out
}

fn repeated(out: &mut String, count: usize) {
    if count > REPEATS_SHOWN {
        let more = count - REPEATS_SHOWN;
        let s = if more > 1 { "s" } else { "" };
        // Writing to a String does not fail.
        let _ = writeln!(out, "  [Previous line repeated {more} more time{s}]");
    }
}

fn entry(out: &mut String, frame: &FrameLine, sources: &mut Sources) {
    let filename = if frame.filename.starts_with("<stdin>-") { "<stdin>" } else { &frame.filename };
    let line = frame.line.map_or_else(|| "None".to_owned(), |n| n.to_string());
    // Writing to a String does not fail.
    let _ = writeln!(out, "  File \"{filename}\", line {line}, in {}", frame.name);
    let at = frame.location;
    let Some(first) = frame.line.and_then(|n| usize::try_from(n).ok()) else { return };
    let last = usize::try_from(at.end_line).unwrap_or(first);
    let original: Vec<String> = (first..=last).map(|n| sources.line(&frame.filename, n).trim_end().to_owned()).collect();
    let dedented = lines::dedent(&original.join("\n"));
    if dedented.trim().is_empty() {
        return;
    }
    match (usize::try_from(at.col), usize::try_from(at.end_col)) {
        (Ok(col), Ok(end_col)) => out.push_str(&carets::lines_with_carets(&original, &dedented, col, end_col)),
        _ => {
            let _ = writeln!(out, "    {}", original[0].trim());
        }
    }
}
