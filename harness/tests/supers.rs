//! The superinstruction laboratory: every superinstruction alone on a program in which each of its components fails, predictions against
//! runs, and sets at the levels that specialise.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output, execute};
use harness::supers::prediction::of_program;
use harness::supers::{list, named};
use harness::trace::trace;
use rayon::prelude::*;
use support::repository;
use vm_core::adapt::fusion::SuperSet;
use vm_core::adapt::policy::Policy;
use vm_core::heap::CollectionStats;
use vm_core::machine::frame::Frame;
use vm_core::object::code::Code;
use vm_core::op::Unit;
use vm_core::opcodes::Opcode;
use vm_core::ops::{SUPERS, Super, synopsis};
use vm_core::probe::{Adapted, Observer, Step};

fn job(variant: &str, file: &Path, args: &[&str], policy: Policy) -> Job {
    Job { watch: Watch::Observe, output: Output::Nowhere, policy, ..Job::new(Variant::by_name(variant).unwrap(), file, args) }
}

fn alone(s: &'static Super) -> Policy {
    Policy { supers: Some([s].into_iter().collect()), ..Policy::default() }
}

/// The programs in which warm code fails everywhere.
const FAILING: [&str; 3] = ["fused_parts", "fused_names", "fused_branches"];

/// Notes which component of a superinstruction ran last in the functions under test when an exception reached their caller.
#[derive(Default)]
struct Failures {
    last: Option<(Opcode, usize)>,
    seen: BTreeSet<(Opcode, usize)>,
}

/// The function's name.
fn function(step: &Step<'_>) -> String {
    // SAFETY: the frame about to run is live, and its code too.
    let code = unsafe { &*(*Frame::of(step.fp)).code };
    let name = code.source().qualname.to_string();
    name.rsplit('.').next().unwrap_or_default().to_owned()
}

fn under_test(step: &Step<'_>) -> bool {
    function(step).starts_with("f_")
}

impl Observer for Failures {
    fn step(&mut self, step: &Step<'_>) {
        let function = function(step);
        match step.op {
            // A generator's own handler, which all its errors pass.
            Opcode::CALL_INTRINSIC_1 | Opcode::RERAISE => {}
            op if function.starts_with("f_") => self.last = Super::of(op).map(|s| (s.opcode, 0)),
            Opcode::PUSH_EXC_INFO => self.seen.extend(self.last.take()),
            // The caller goes on: the function under test has returned.
            _ if matches!(&*function, "run" | "collect") => self.last = None,
            _ => {}
        }
    }
    fn part(&mut self, part: &Step<'_>) {
        if let (true, Some(last)) = (under_test(part), &mut self.last) {
            last.1 += 1;
        }
    }
    fn again(&mut self, _: Opcode) {}
    fn skipped(&mut self, _: i64) {}
    fn adapted(&mut self, _: &Code, _: *const Unit, _: Opcode, _: Adapted) {}
    fn collected(&mut self, _: &CollectionStats) {}
    fn call(&mut self, _: &'static str) {}
    fn into_any(self: Box<Self>) -> Box<dyn std::any::Any> {
        self
    }
}

/// Whether an instruction has nothing to fail on but an interrupt: it looks for one, and has no operands.
fn is_only_interrupted(op: Opcode) -> bool {
    op.has_eval_break() && synopsis(op).starts_with("--:")
}

/// Whether a program can make a component fail: by its definition it may raise. An interrupt comes at the first component that looks for
/// one, so not at a second behind which nothing has run that could ask for it.
fn can_fail(s: &Super, k: usize) -> bool {
    let looked = |&i: &usize| s.parts[i].has_eval_break() && s.raises[i + 1..k].iter().all(|raises| !raises);
    s.raises[k] && !(is_only_interrupted(s.parts[k]) && (0..k).any(|i| looked(&i)))
}

/// The components of a superinstruction at which an exception came out of one of the programs; none if the program's code has no place
/// for it. Standard error is compared with CPython's.
fn failures(s: &'static Super, program: &str, problems: &mut Vec<String>) -> BTreeSet<(Opcode, usize)> {
    let directory = repository("tests/programs");
    let relative = format!("tracebacks/{program}.py");
    let job = job("switch/quickened", &directory.join(&relative), &[], alone(s));
    let outcome = execute(&job, Some(Box::new(|| Box::<Failures>::default())), None).ok().unwrap();
    let seen = outcome.probe.unwrap().observer.unwrap().into_any().downcast::<Failures>().unwrap().seen;
    if seen.is_empty() {
        return seen;
    }
    let golden = std::fs::read_to_string(directory.join(&relative).with_extension("stderr")).unwrap();
    let here = format!("{}/", directory.canonicalize().unwrap().display());
    let set = std::env::temp_dir().join(format!("super-{}-{}-{program}", std::process::id(), s.opcode as u16));
    std::fs::write(&set, list(&[s].into_iter().collect())).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_harness"))
        .args(["--quiet", "--no-code-cache", "--variant", "switch/quickened", "--super-set"])
        .args([set.as_os_str(), relative.as_ref()])
        .current_dir(&directory)
        .env("PYTHONHASHSEED", "0")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    std::fs::remove_file(&set).unwrap();
    if String::from_utf8_lossy(&done.stderr).replace(&here, "") != golden {
        problems.push(format!("{:?}: {program}: standard error differs", s.opcode));
    }
    seen
}

#[test]
fn an_error_in_each_component_of_each_superinstruction_is_reported_where_it_is() {
    let problems: Vec<String> = SUPERS
        .par_iter()
        .flat_map_iter(|s| {
            let mut problems = Vec::new();
            let seen: BTreeSet<_> = FAILING.iter().flat_map(|program| failures(s, program, &mut problems)).collect();
            for (k, part) in s.parts.iter().enumerate() {
                match (can_fail(s, k), seen.contains(&(s.opcode, k))) {
                    (true, false) => problems.push(format!("{:?}: component {k}, {part:?}, never failed", s.opcode)),
                    (false, true) => problems.push(format!("{:?}: component {k}, {part:?}, failed but cannot", s.opcode)),
                    _ => {}
                }
            }
            problems
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn predictions_agree_with_runs_but_for_the_warm_up() {
    // 3.13's pairs stand nowhere in fib: nothing is saved there, and nothing is predicted.
    let workloads = [("fib", "15"), ("nbody", "40"), ("adv_type_flip", "20"), ("exceptions", "100"), ("generators", "60")];
    for set in ["all", "cpython-3.11", "cpython-3.13"] {
        let mut without = Vec::new();
        for (workload, size) in workloads {
            let policy = Policy { supers: named(set), ..Policy::default() };
            let file = repository("workloads").join(workload).with_extension("py");
            let found = of_program(&job("tailcall/quickened", &file, &[size], policy)).unwrap();
            let run = found.measured.unwrap();
            assert_eq!(found.predicted > 0, run.saved > 0, "{workload}, {set}");
            assert_eq!(found.predicted > 0, !found.superinstructions.is_empty(), "{workload}, {set}");
            without.extend((found.predicted == 0).then_some(workload));
            assert!(run.saved <= run.saved_at_once && run.saved_at_once <= found.predicted, "{workload}, {set}: {run:?}");
            let cold = found.predicted - run.saved;
            assert!(cold * 100 <= found.predicted * 5, "{workload}, {set}: {} predicted, {run:?}", found.predicted);
            let by_opcode: u64 = found.superinstructions.iter().filter_map(|one| one.measured).sum();
            assert_eq!(by_opcode, run.saved, "{workload}, {set}");
            for one in &found.superinstructions {
                assert!(one.measured <= Some(one.predicted), "{workload}, {set}: {one:?}");
            }
        }
        assert_eq!(without, if set == "cpython-3.13" { vec!["fib"] } else { vec![] }, "{set}");
    }
}

#[test]
fn levels_that_specialise_fuse_only_when_asked_and_only_what_never_adapts() {
    let fused = |profile: &reports::profile::Profile| -> BTreeMap<String, u64> {
        let is_super = |name: &str| SUPERS.iter().any(|s| s.opcode.name() == name);
        profile.opcodes.iter().filter(|op| is_super(&op.name)).map(|op| (op.name.clone(), op.executions)).collect()
    };
    for level in ["cached", "specialized"] {
        let variant = format!("tailcall/{level}");
        let file = repository("workloads/nbody.py");
        let own = trace(&job(&variant, &file, &["30"], Policy::default())).ok().unwrap();
        assert!(fused(&own).is_empty(), "{level}");
        let policy = Policy { supers: Some(SuperSet::ALL), ..Policy::default() };
        let more = trace(&job(&variant, &file, &["30"], policy)).ok().unwrap();
        let used = fused(&more);
        assert!(!used.is_empty(), "{level}");
        for name in used.keys() {
            let s = SUPERS.iter().find(|s| s.opcode.name() == name).unwrap();
            assert!(s.parts.iter().all(|&op| vm_core::adapt::prepare::adaptive(op) == op), "{name}");
        }
        assert_eq!(own.base_instructions, more.base_instructions, "{level}");
        assert!(more.dispatches < own.dispatches, "{level}");
    }
}

#[test]
fn policies_change_when_code_adapts_and_not_what_it_does() {
    use vm_core::adapt::counter::make;
    let run = |policy| trace(&job("tailcall/specialized", &repository("workloads/adv_type_flip.py"), &["30"], policy)).ok().unwrap();
    let own = run(Policy::default());
    let sum = |p: &reports::profile::Profile, f: fn(&reports::profile::FamilyProfile) -> u64| p.families.iter().map(f).sum::<u64>();
    for (policy, more_attempts) in [
        (Policy { cooldown: make(0, 0), ..Policy::default() }, true),
        (Policy { max_backoff: 1, ..Policy::default() }, true),
        (Policy { initial: make(1000, 1), ..Policy::default() }, false),
        (Policy { cooldown: make(4000, 0), ..Policy::default() }, false),
    ] {
        let other = run(policy);
        assert_eq!(other.base_instructions, own.base_instructions);
        let (a, b) = (sum(&other, |f| f.attempts), sum(&own, |f| f.attempts));
        assert!(if more_attempts { a > b } else { a < b }, "{policy:?}: {a} attempts, {b} by default");
    }
    let quickened = |warmup| {
        let policy = Policy { warmup, ..Policy::default() };
        trace(&job("tailcall/quickened", &repository("workloads/fib.py"), &["12"], policy)).ok().unwrap().dispatches
    };
    assert!(quickened(1) < quickened(8) && quickened(8) < quickened(200));
}

#[test]
fn a_sweep_is_one_command() {
    let out = std::env::temp_dir().join(format!("sweep-{}", std::process::id()));
    let done = Command::new(env!("CARGO_BIN_EXE_harness"))
        .args(["sweep", "--variant", "switch/specialized", "adaptive-cooldown=0,52", "backoff-max=4,12", "-o"])
        .arg(&out)
        .arg(repository("workloads/fib.py"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sweep: reports::sweep::Sweep = serde_json::from_slice(&std::fs::read(out.join("sweep.json")).unwrap()).unwrap();
    assert_eq!(sweep.points.len(), 4);
    assert!(sweep.points.iter().all(|p| p.hits > 0 && p.base_instructions == sweep.points[0].base_instructions));
    for name in ["sweep.svg", "sweep.png", "index.html"] {
        assert!(std::fs::metadata(out.join(name)).unwrap().len() > 1000, "{name}");
    }
    let left: Vec<_> = std::fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
    std::fs::remove_dir_all(&out).unwrap();
}
