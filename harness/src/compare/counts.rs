//! Figures that are counts of executed instructions. They repeat, so one run each is enough.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use dispatch_variants::Variant;
use reports::measure::InstructionCount;

use super::page::{Bar, Column, Page};
use crate::bench::Workload;
use crate::bench::callgrind::{self, count_all, valgrind_version};
use crate::bench::launch::SelfCommands;

/// The size of fib whose instructions are counted. Callgrind takes jumps from handler to handler for calls that never return, so it needs
/// more memory the longer a program runs; at full size, more than there may be.
const FIB: u32 = 28;

/// Instructions that a process executes, by callgrind. What replaces itself by another program (a script that starts an interpreter)
/// counts as the last of them.
pub(super) fn instructions(inner: Command, status: i32) -> Result<u64, String> {
    if valgrind_version().is_none() {
        return Err("valgrind is not installed".to_owned());
    }
    let totals = callgrind::count(inner, status, &["--trace-children=yes"])?;
    totals.get("Ir").ok_or_else(|| "callgrind's output has no instructions".to_owned())
}

fn commands(executable: &Path) -> SelfCommands {
    SelfCommands { executable: executable.to_owned(), references: Vec::new(), policy: Vec::new() }
}

fn cell(name: &str) -> String {
    Variant::by_name(name).map_or_else(|| name.to_owned(), |variant| variant.name())
}

/// Counts cells on workloads, by cell and workload.
pub(super) fn count(page: &mut Page, executable: &Path, cells: &[String], workloads: &[Workload]) -> Result<Counted, String> {
    let (counts, failures) = count_all(cells, workloads, &commands(executable), &AtomicBool::new(false), || ())?;
    page.failures(&failures.iter().map(|f| format!("{} on {}: {}", f.workload, f.cell, f.reason)).collect::<Vec<_>>());
    Ok(Counted(counts.into_iter().map(|count| ((count.cell.clone(), count.workload.clone()), count)).collect()))
}

/// Counts by cell and workload.
pub(super) struct Counted(pub(super) BTreeMap<(String, String), InstructionCount>);

impl Counted {
    /// Instructions beyond start-up.
    pub(super) fn of(&self, cell: &str, workload: &str) -> Option<u64> {
        let count = self.0.get(&(cell.to_owned(), workload.to_owned()))?;
        Some(count.instructions.saturating_sub(count.startup_instructions?))
    }

    fn ratios(&self, cell: &str, other: &str, workloads: &[Workload]) -> Vec<(String, f64)> {
        let ratio = |w: &Workload| Some((w.name.clone(), self.of(cell, &w.name)? as f64 / self.of(other, &w.name)? as f64));
        workloads.iter().filter_map(ratio).collect()
    }
}

/// Adds instructions per base instruction, and the tail-call dispatch's against the switch's.
pub(super) fn add(page: &mut Page, harness: &Path, small: &[Workload]) {
    let figure = format!("instructions per base instruction (callgrind), fib({FIB}), specialized");
    let figure = figure.as_str();
    let specialized = cell("specialized");
    let mut fib: Vec<Workload> = small.iter().filter(|w| w.name == "fib").cloned().collect();
    fib.iter_mut().for_each(|w| w.args = vec![FIB.to_string()]);
    match count(page, harness, std::slice::from_ref(&specialized), &fib) {
        Err(reason) => page.skipped(figure, "≤ 16", &reason),
        Ok(counted) => {
            let found = counted.0.values().next();
            match found.and_then(|c| Some((counted.of(&specialized, &c.workload)?, c.base_instructions?))) {
                Some((instructions, base)) => page.number(figure, Bar::Most(16.0), instructions as f64 / base as f64),
                None => page.skipped(figure, "≤ 16", "fib was not counted"),
            }
        }
    }
    let levels = [("plain", 0.93), ("specialized", 0.85)];
    let cells: Vec<String> = levels.iter().flat_map(|(level, _)| [format!("tailcall/{level}"), format!("switch/{level}")]).collect();
    let figure = |level: &str| format!("tailcall ÷ switch, {level}, instructions");
    match count(page, harness, &cells, small) {
        Err(reason) => levels.iter().for_each(|(level, bar)| page.skipped(figure(level), &format!("≤ {bar}"), &reason)),
        Ok(counted) => {
            let mut columns = Vec::new();
            for (level, bar) in levels {
                let ratios = counted.ratios(&format!("tailcall/{level}"), &format!("switch/{level}"), small);
                page.ratios(&figure(level), Bar::Most(bar), Bar::Lower, &ratios);
                columns.push(Column { title: format!("tailcall ÷ switch, {level}"), ratios });
            }
            page.table("Instructions at test size, start-up subtracted", &columns);
        }
    }
}
