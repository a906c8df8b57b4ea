//! What `NoProbe` costs: this build against one whose sources have no probes (`scripts/build_without_probes.sh`).
//!
//! The machine code of every handler must be the same, addresses aside. Instruction counts of whole runs are shown beside it; they may
//! differ by what start-up does with file names and the environment.

use std::path::Path;
use std::process::Command;

use vm_core::opcodes::Opcode;

use super::counts::count;
use super::page::Page;
use super::peers::{Peers, WITHOUT_PROBES};
use crate::bench::Workload;

/// Adds both figures.
pub(super) fn add(page: &mut Page, harness: &Path, peers: &Peers, small: &[Workload]) {
    let code = "NoProbe against a build without probes, machine code of the tail-call handlers";
    let counts = "NoProbe against a build without probes, instructions of whole runs";
    let other = match peers.get(WITHOUT_PROBES) {
        Ok(peer) => &peer.program,
        Err(reason) => {
            page.skipped(code, "identical", reason);
            return page.skipped(counts, "–", reason);
        }
    };
    match listing(harness).and_then(|ours| Ok((ours, listing(other)?))) {
        Err(reason) => page.skipped(code, "identical", &reason),
        Ok((ours, theirs)) => {
            let equal = ours.iter().zip(&theirs).filter(|(a, b)| a == b).count();
            let all = ours.len().max(theirs.len());
            page.words(code, "identical", format!("{equal} of {all} identical"), Some(equal == all));
        }
    }
    let cells = ["switch/specialized", "call/specialized", "tailcall/specialized", "tailcall/plain"].map(str::to_owned);
    // A run's machine code is what was compared above; a few of the workloads show that nothing else differs.
    let few: Vec<Workload> = small.iter().step_by(6).cloned().collect();
    let counted = count(page, harness, &cells, &few).and_then(|with| Ok((with, count(page, other, &cells, &few)?)));
    match counted {
        Err(reason) => page.skipped(counts, "–", &reason),
        Ok((with, without)) => {
            let pairs = with.0.keys().filter_map(|(cell, workload)| Some((with.of(cell, workload)?, without.of(cell, workload)?)));
            let differences: Vec<f64> = pairs.map(|(a, b)| a.abs_diff(b) as f64 / a.max(b).max(1) as f64).collect();
            let most = differences.iter().copied().fold(0.0, f64::max);
            page.words(counts, "–", format!("{} runs differ by at most {:.3} %", differences.len(), most * 100.0), None);
        }
    }
}

/// The handlers' listings, with their out-of-line halves, in the order of the opcodes.
fn listing(executable: &Path) -> Result<Vec<String>, String> {
    let names = Opcode::ALL.iter().filter(|op| !op.is_pseudo()).map(|op| op.name());
    let output = Command::new(executable).args(["audit", "--listing"]).args(names).output();
    let output = output.map_err(|error| format!("'{}' cannot be started: {error}", executable.display()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(format!("'{}' ended with {}: {said}", executable.display(), output.status));
    }
    let mut handlers: Vec<String> = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match line.strip_prefix("    ") {
            None => handlers.push(line.to_owned()),
            Some(instruction) => {
                if let Some(handler) = handlers.last_mut() {
                    *handler += "\n";
                    *handler += &without_addresses(instruction);
                }
            }
        }
    }
    Ok(handlers)
}

/// An instruction without its own address and without those it refers to.
fn without_addresses(line: &str) -> String {
    let text = line.strip_prefix("0x").and_then(|rest| rest.split_once("  ")).map_or(line, |(_, text)| text);
    let mut out = String::new();
    for part in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let number = word.strip_suffix('h').and_then(|digits| u64::from_str_radix(digits, 16).ok());
        // Constants are small, or negative and so beyond any address.
        if number.is_some_and(|number| (0x1_0000..0x1_0000_0000).contains(&number)) {
            out.push('@');
            out += &part[word.len()..];
        } else {
            out += part;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_go() {
        assert_eq!(without_addresses("0x97ca62  je short 000000000097CA6Ah"), "je short @");
        assert_eq!(without_addresses("0x97ca64  jmp qword ptr [0FAD920h]"), "jmp qword ptr [@]");
        assert_eq!(without_addresses("0x97ca73  add rsi,0FFFFFFFFFFFFFFF8h"), "add rsi,0FFFFFFFFFFFFFFF8h");
        assert_eq!(without_addresses("out of line 0:"), "out of line 0:");
    }
}
