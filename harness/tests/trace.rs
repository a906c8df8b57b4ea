//! Traces of real programs: their identities hold, and their counts are those of a counting run.

mod support;

use std::process::Command;

use dispatch_variants::{Variant, Watch};
use harness::bench::manifest::Size;
use harness::execute::{Job, Output, execute};
use harness::trace::{Beside, TraceError, Traced, check, trace, trace_with};
use harness::verify::case::workloads;
use rayon::prelude::*;
use reports::profile::{Degree, FamilyProfile, Profile, SiteProfile};
use support::repository;

fn job(variant: &str, workload: &str, size: &str) -> Job {
    let file = repository("workloads").join(workload).with_extension("py");
    Job { watch: Watch::Observe, output: Output::Nowhere, ..Job::new(Variant::by_name(variant).unwrap(), &file, &[size]) }
}

fn profile(job: &Job) -> Profile {
    match trace(job) {
        Ok(profile) => profile,
        Err(TraceError::Start(error)) => {
            error.report();
            panic!("not started")
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn counts_are_those_of_a_counting_run() {
    for variant in ["switch/plain", "tailcall/quickened", "call/cached", "tailcall/specialized"] {
        for (workload, size) in [("fib", "12"), ("adv_type_flip", "12"), ("generators", "30")] {
            let job = job(variant, workload, size);
            let traced = profile(&job);
            let counted = execute(&Job { watch: Watch::Count, ..job }, None, None).ok().and_then(|o| o.probe).unwrap();
            assert_eq!(traced.base_instructions, counted.base_instructions(), "{workload} on {variant}");
            assert_eq!(traced.raw_executions, counted.raw_executions(), "{workload} on {variant}");
            assert_eq!(traced.dispatches, counted.dispatches(), "{workload} on {variant}");
            let json = serde_json::to_string(&traced).unwrap();
            assert_eq!(serde_json::from_str::<Profile>(&json).unwrap(), traced);
            assert!(traced.identities.len() > 5 && traced.identities.iter().all(|i| i.holds));
        }
    }
}

#[test]
fn a_specialised_run_hits_and_a_plain_one_is_generic() {
    let specialised = profile(&job("tailcall/specialized", "fib", "12"));
    let family = |p: &Profile, name: &str| p.families.iter().find(|f| f.family == name).cloned().unwrap();
    let binary = family(&specialised, "BINARY_OP");
    assert!(binary.hit_rate().unwrap() > 0.8 && binary.successes > 0, "{binary:?}");
    assert!(specialised.sites.iter().any(|s| s.state == "BINARY_OP_ADD_INT" && s.line > 0));
    let plain = profile(&job("switch/plain", "fib", "12"));
    let binary = family(&plain, "BINARY_OP");
    assert_eq!((binary.generic, binary.hits, binary.unspecialised), (binary.executions, 0, 0));
    assert_eq!(plain.base_instructions, specialised.base_instructions);
    let quickened = profile(&job("tailcall/quickened", "fib", "12"));
    assert!(quickened.quickenings.instructions > 0);
}

/// In processes of their own, which give their heaps back.
#[test]
fn identities_hold_for_every_workload_on_every_cell() {
    let cases = workloads(&repository("workloads"), Size::Test, &[]).unwrap();
    let runs: Vec<_> = Variant::grid().flat_map(|cell| cases.iter().map(move |case| (cell.name(), case))).collect();
    assert!(runs.len() >= 12 * 24);
    let problems: Vec<String> = runs
        .par_iter()
        .filter_map(|(cell, case)| {
            let out = std::env::temp_dir().join(format!("identities-{}-{}-{}", std::process::id(), case.name, cell.replace('/', "-")));
            let done = Command::new(env!("CARGO_BIN_EXE_harness"))
                .args(["trace", "--variant", cell, "-o"])
                .arg(&out)
                .arg(&case.file)
                .args(&case.args)
                .current_dir(&case.directory)
                .output()
                .unwrap();
            let written = std::fs::remove_file(&out).is_ok();
            let error = || format!("{} on {cell}: {}", case.name, String::from_utf8_lossy(&done.stderr));
            (!done.status.success() || !written).then(error)
        })
        .collect();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Spoils one counter.
type Spoil = fn(&mut Profile);

#[test]
fn a_broken_counter_is_an_error_that_names_it() {
    let sound = profile(&job("tailcall/specialized", "adv_type_flip", "6"));
    let spoilt: [(Spoil, &str); 10] = [
        (|p| p.raw_executions += 1, "sum of executions per opcode = raw executions"),
        (|p| p.opcodes[0].executions -= 1, "sum of executions per opcode = raw executions"),
        (|p| p.opcodes[0].base += 1, "sum of base instructions per opcode = base instructions"),
        (|p| family(p, "BINARY_OP").hits += 1, "BINARY_OP: generic + unspecialised + hits + misses = executions"),
        (|p| family(p, "CALL").attempts += 1, "CALL: successes + failures = attempts"),
        (|p| family(p, "FOR_ITER").misses += 1, "time line: sum of misses = misses"),
        (|p| p.timeline.buckets[0].hits += 1, "time line: sum of hits = hits"),
        (|p| p.timeline.buckets[0].executed -= 1, "time line: sum of executions = raw executions"),
        (|p| typed_site(p).types_counted -= 1, "sites whose executions by operand types are not their executions = none"),
        (|p| typed_site(p).executions += 1, "sum of executions over sites = executions"),
    ];
    assert!(check(&sound).is_ok());
    for (spoil, identity) in spoilt {
        let mut broken = sound.clone();
        spoil(&mut broken);
        let Err(error) = check(&broken) else { panic!("not noticed: {identity}") };
        let text = error.to_string();
        assert!(text.contains(identity) && text.contains(" is not "), "{identity}: {text}");
    }
}

fn family<'p>(profile: &'p mut Profile, name: &str) -> &'p mut FamilyProfile {
    profile.families.iter_mut().find(|family| family.family == name).unwrap()
}

fn typed_site(profile: &mut Profile) -> &mut SiteProfile {
    profile.sites.iter_mut().find(|site| site.types_counted > 1).unwrap()
}

#[test]
fn a_site_tells_what_it_saw_and_what_became_of_it() {
    let profile = profile(&job("switch/specialized", "adv_type_flip", "12"));
    let degrees: Vec<Degree> = profile.sites.iter().filter_map(SiteProfile::degree).collect();
    assert!(Degree::ALL.iter().all(|degree| degrees.contains(degree)), "{degrees:?}");
    let events = || profile.sites.iter().flat_map(|site| &site.history);
    for what in ["specialised", "failed", "deoptimised", "first miss"] {
        assert!(events().any(|event| event.what == what && event.types.is_some()), "no site was {what}");
    }
    for site in &profile.sites {
        assert!(site.history.is_sorted_by_key(|event| event.at), "{site:?}");
        assert!(site.history.iter().all(|event| event.at <= profile.raw_executions));
    }
    assert!(profile.timeline.buckets.len() > 16 && profile.triples_total > 0 && profile.triples.len() > 100);
}

#[test]
fn formats_beside_the_profile() {
    let job = job("switch/specialized", "adv_type_flip", "12");
    let Ok(Traced { profile, beside, left_out }) = trace_with(&job, Beside::Perfetto(1000)) else { panic!("not traced") };
    let file: serde_json::Value = serde_json::from_str(&beside).unwrap();
    let events = file["traceEvents"].as_array().unwrap();
    let of = |phase: &str| events.iter().filter(|event| event["ph"] == phase).count();
    assert!(of("X") == 1000 && of("i") > 100 && of("C") > 100, "{} slices, {} instants, {} counters", of("X"), of("i"), of("C"));
    assert!(left_out > 0 && file["otherData"]["cut"].is_string());
    let Ok(Traced { beside, .. }) = trace_with(&job, Beside::PyStats) else { panic!("not traced") };
    let executions: u64 =
        beside.lines().filter_map(|line| line.split_once(".execution_count : ")).map(|(_, n)| n.parse::<u64>().unwrap()).sum();
    assert!(executions >= profile.dispatches, "{executions} of {}", profile.dispatches);
    assert!(beside.contains("opcode[BINARY_OP].specialization.failure_kinds[9] : "), "{beside}");
    assert!(beside.contains("opcode[LOAD_FAST].pair_count[LOAD_FAST] : ") || beside.contains("].pair_count["));
}
