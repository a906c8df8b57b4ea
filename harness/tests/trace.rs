//! Traces of real programs: their identities hold, and their counts are those of a counting run.

use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output, execute};
use harness::trace::{TraceError, check, trace};
use reports::profile::Profile;
use vm_core::adapt::policy::Policy;

fn job(variant: &str, workload: &str, size: &str) -> Job {
    Job {
        variant: Variant::by_name(variant).unwrap(),
        file: format!("{}/../workloads/{workload}.py", env!("CARGO_MANIFEST_DIR")),
        args: vec![size.to_owned()],
        watch: Watch::Observe,
        policy: Policy::default(),
        gc_stress: false,
        output: Output::Nowhere,
        time_limit: None,
        stdlib: None,
        access: Default::default(),
    }
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

#[test]
fn a_broken_identity_is_an_error_that_names_it() {
    let mut broken = profile(&job("tailcall/specialized", "fib", "8"));
    let family = broken.families.iter_mut().find(|f| f.family == "BINARY_OP").unwrap();
    family.hits += 1;
    let Err(error) = check(&broken) else { panic!("not noticed") };
    let text = error.to_string();
    assert!(text.contains("BINARY_OP: generic + unspecialised + hits + misses = executions"), "{text}");
}
