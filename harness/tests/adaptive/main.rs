//! What the code of the workloads, and of `cases.py`, has become when they end, instruction by instruction, against what CPython 3.13's
//! `dis` shows with `adaptive=True`; `scripts/compare_adaptive.py --golden` made the golden file.

#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use dispatch_variants::Variant;
use harness::execute::{Job, Output, execute};
use rayon::prelude::*;
use support::repository;
use vm_core::adapt::view::AdaptedView;
use vm_core::code::{DisOptions, disassemble};
use vm_core::opcodes::Opcode;

/// Specialised opcodes by their place in the listing.
type Forms = BTreeMap<usize, String>;

/// How many instructions differ, and why.
const EXPLAINED: [(&str, usize); 1] = [
    // A dict whose keys were made at run time, or whose instance got another class, stays split in CPython.
    ("adv_shape_churn.py", 3),
];

/// File, number of instructions and specialised ones of each workload.
fn golden() -> Vec<(String, usize, Forms)> {
    let mut out: Vec<(String, usize, Forms)> = Vec::new();
    for line in std::fs::read_to_string(repository("harness/tests/adaptive/golden.txt")).unwrap().lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap();
        let mut numbers = words.map(|word| word.parse::<usize>().unwrap());
        match line.strip_prefix("    ") {
            None => out.push((first.to_owned(), numbers.next().unwrap(), Forms::new())),
            Some(_) => out.last_mut().unwrap().2.extend(numbers.map(|place| (place, first.to_owned()))),
        }
    }
    out
}

/// The opcodes that `dis` shows, one after the other.
fn opcodes(listing: &str) -> Vec<String> {
    let is_margin = |word: &str| word == "--" || word.starts_with(|c: char| c.is_ascii_digit()) || word.ends_with(':');
    let opcode = |line: &str| line.split_whitespace().find(|word| !is_margin(word)).map(str::to_owned);
    let names: BTreeSet<&str> = Opcode::ALL.iter().map(|op| op.name()).collect();
    listing.lines().filter(|line| !line.starts_with("Disassembly")).filter_map(opcode).filter(|op| names.contains(&**op)).collect()
}

fn run(file: &Path, args: &[&str]) -> Vec<String> {
    let variant = Variant::by_name("switch/specialized").unwrap();
    let job = Job { output: Output::Nowhere, ..Job::new(variant, file, args) };
    let text = Arc::new(Mutex::new(String::new()));
    let shared = text.clone();
    let outcome = execute(
        &job,
        None,
        Some(Box::new(move |m, code| *shared.lock().unwrap() = disassemble(code, &AdaptedView::of(m), &DisOptions::default()))),
    );
    assert!(outcome.is_ok_and(|outcome| outcome.status == 0), "{}", file.display());
    let text = text.lock().unwrap();
    opcodes(&text)
}

#[test]
fn code_has_become_what_it_becomes_in_cpython() {
    let manifest: serde_json::Value = serde_json::from_slice(&std::fs::read(repository("workloads/workloads.json")).unwrap()).unwrap();
    let sizes: BTreeMap<String, u64> = manifest["workloads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| (w["file"].as_str().unwrap().to_owned(), w["test_size"].as_u64().unwrap()))
        .collect();
    let golden = golden();
    assert_eq!(golden.len(), sizes.len() + 1);
    let is_specialised = |name: &str| Opcode::ALL.iter().any(|op| op.is_specialized() && op.name() == name);
    let found: Vec<(String, Vec<String>)> = golden
        .par_iter()
        .map(|(file, count, theirs)| {
            let ours = match sizes.get(file) {
                Some(size) => run(&repository("workloads").join(file), &[&size.to_string()]),
                None => run(&repository("harness/tests/adaptive").join(file), &[]),
            };
            assert_eq!(ours.len(), *count, "{file}: instructions");
            let mut problems = Vec::new();
            for (place, op) in ours.iter().enumerate() {
                let theirs = theirs.get(&place).map(String::as_str);
                if is_specialised(op) && theirs.is_none() {
                    problems.push(format!("{file}: {place}: {op}, where CPython has not specialised"));
                } else if theirs.is_some_and(|theirs| theirs != op) {
                    problems.push(format!("{file}: {place}: {op}, in CPython {}", theirs.unwrap_or_default()));
                }
            }
            (file.clone(), problems)
        })
        .collect();
    for (file, problems) in &found {
        let explained = EXPLAINED.iter().find(|e| e.0 == file).map_or(0, |e| e.1);
        assert_eq!(problems.len(), explained, "{problems:#?}");
        assert!(problems.iter().all(|p| !p.contains("has not specialised")), "{problems:#?}");
    }
}
