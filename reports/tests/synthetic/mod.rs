//! Made-up measurements and profiles, for tests only. The numbers mean nothing.

use std::collections::BTreeMap;

use reports::measure::{
    BuildInfo, Calibration, Failure, InstructionCount, MEASUREMENTS_SCHEMA, MachineInfo, Measurements, PlanInfo, Sample, Section,
    WorkloadInfo,
};
use reports::phase::Phase;
use reports::profile::{
    Collections, FamilyProfile, FormCount, HistoryEvent, OpcodeCount, PROFILE_SCHEMA, PairCount, Profile, Quickenings, SiteProfile,
    TimeBucket, TimeLine, TripleCount, TypeCount, Variant,
};
use reports::stats::Rng;

const WORKLOADS: [&str; 26] = [
    "fib",
    "ackermann",
    "int_loop",
    "collatz",
    "nbody",
    "spectral_norm",
    "mandelbrot",
    "fannkuch",
    "sieve",
    "matmul",
    "richards",
    "deltablue",
    "closures",
    "generators",
    "exceptions",
    "string_build",
    "json_parse",
    "dict_churn",
    "bigint_pi",
    "binary_trees",
    "nqueens",
    "tokenizer",
    "adversary_type_flip",
    "adversary_phases",
    "adversary_megamorphic",
    "adversary_shapes",
];

fn noise(rng: &mut Rng, amount: f64) -> f64 {
    1.0 + amount * (rng.next_u64() as f64 / u64::MAX as f64 - 0.5)
}

/// A bench of the whole grid and one reference interpreter.
pub(crate) fn measurements(rounds: u32) -> Measurements {
    let mut rng = Rng::new(1);
    let mut cells = Vec::new();
    for dispatch in ["switch", "call", "tailcall"] {
        for level in ["plain", "quickened", "cached", "specialized"] {
            cells.push(format!("{dispatch}/{level}"));
        }
    }
    let factor = |cell: &str, workload: usize| {
        let dispatch = match cell.split('/').next() {
            Some("switch") => 1.0,
            Some("call") => 1.12,
            _ => 0.78,
        };
        let adversary = WORKLOADS[workload].starts_with("adversary");
        let level = match cell.split('/').nth(1) {
            Some("quickened") => 0.94,
            Some("cached") => {
                if adversary {
                    1.05
                } else {
                    0.72
                }
            }
            Some("specialized") => {
                if adversary {
                    1.02
                } else {
                    0.63
                }
            }
            _ => 1.0,
        };
        if cell == "cpython3.13" { 0.9 } else { dispatch * level * (1.0 + 0.1 * ((workload * 7 % 5) as f64 - 2.0) / 2.0) }
    };
    let mut with_reference = cells.clone();
    with_reference.push("cpython3.13".into());
    let mut samples = Vec::new();
    let mut order = 0;
    for round in 0..rounds {
        for (workload, name) in WORKLOADS.iter().enumerate() {
            for cell in &with_reference {
                let disturbed = (order / 97) % 9 == 4;
                let slow = if disturbed { 2.3 } else { 1.0 };
                let calibration = |rng: &mut Rng| Calibration {
                    indirect_ns_per_call: 2.0 * noise(rng, 0.1) * if disturbed { 7.0 } else { 1.0 },
                    direct_ns_per_iter: 0.31 * noise(rng, 0.05),
                };
                let cpu = 2.0e8 * (1.0 + workload as f64 / 5.0) * factor(cell, workload) * noise(&mut rng, 0.04) * slow;
                samples.push(Sample {
                    cell: cell.clone(),
                    workload: (*name).into(),
                    size: "20".into(),
                    process: round,
                    iteration: 0,
                    order,
                    wall_ns: (cpu * 1.01) as u64,
                    cpu_ns: cpu as u64,
                    process_wall_ns: (cpu * 1.05) as u64,
                    process_cpu_ns: (cpu * 1.04) as u64,
                    section: if cell == "cpython3.13" { Section::Process } else { Section::Run },
                    peak_rss_bytes: Some(9_000_000 + 1000 * u64::from(order % 50)),
                    calibration_before: Some(calibration(&mut rng)),
                    calibration_after: Some(calibration(&mut rng)),
                    phase: Phase::Unknown,
                });
                order += 1;
            }
        }
    }
    let counts = cells
        .iter()
        .flat_map(|cell| {
            (0..WORKLOADS.len()).map(move |workload| {
                let instructions = (4e8 * factor(cell, workload) * if cell.starts_with("tail") { 1.05 } else { 1.0 }) as u64;
                InstructionCount {
                    cell: cell.clone(),
                    workload: WORKLOADS[workload].into(),
                    size: "5".into(),
                    instructions,
                    startup_instructions: Some(6_000_000),
                    base_instructions: Some(25_000_000),
                    indirect_branches: Some(instructions / 15),
                    indirect_mispredictions: Some(instructions / if cell.starts_with("tail") { 60 } else { 22 }),
                    conditional_branches: Some(instructions / 9),
                    conditional_mispredictions: Some(instructions / 300),
                }
            })
        })
        .collect();
    Measurements {
        schema: MEASUREMENTS_SCHEMA,
        synthetic: true,
        machine: MachineInfo {
            cpu_model: Some("made-up processor".into()),
            logical_cpus: Some(2),
            memory_bytes: Some(8 << 30),
            ..MachineInfo::default()
        },
        build: BuildInfo { version: "0.1.0".into(), profile: "release".into(), ..BuildInfo::default() },
        plan: PlanInfo { seed: 42, rounds, iterations: 1, quick: false, complete: true, started_unix_s: 1_700_000_000 },
        cells: with_reference,
        workloads: WORKLOADS
            .iter()
            .map(|name| WorkloadInfo { name: (*name).into(), kind: "made up".into(), size: "20".into(), base_instructions: None })
            .collect(),
        samples,
        failures: vec![Failure { cell: "call/cached".into(), workload: "fib".into(), process: 1, reason: "made-up failure".into() }],
        counts,
        counts_unavailable: None,
    }
}

/// A trace whose identities hold.
pub(crate) fn profile(file: &str, seed: u64) -> Profile {
    let mut rng = Rng::new(seed);
    let plain = [
        "LOAD_FAST",
        "LOAD_FAST_LOAD_FAST",
        "STORE_FAST",
        "STORE_FAST_LOAD_FAST",
        "LOAD_CONST",
        "POP_TOP",
        "RESUME_CHECK",
        "RETURN_VALUE",
        "RETURN_CONST",
        "JUMP_BACKWARD",
        "POP_JUMP_IF_FALSE",
        "POP_JUMP_IF_TRUE",
        "BUILD_LIST",
        "BUILD_TUPLE",
        "SWAP",
        "COPY",
        "GET_ITER",
        "LIST_APPEND",
        "END_FOR",
        "PUSH_NULL",
        "LOAD_DEREF",
        "MAKE_FUNCTION",
        "NOP",
    ];
    let families = [
        ("BINARY_OP", "BINARY_OP_ADD_INT"),
        ("COMPARE_OP", "COMPARE_OP_INT"),
        ("LOAD_ATTR", "LOAD_ATTR_INSTANCE_VALUE"),
        ("STORE_ATTR", "STORE_ATTR_INSTANCE_VALUE"),
        ("LOAD_GLOBAL", "LOAD_GLOBAL_MODULE"),
        ("CALL", "CALL_PY_EXACT_ARGS"),
        ("FOR_ITER", "FOR_ITER_RANGE"),
        ("BINARY_SUBSCR", "BINARY_SUBSCR_LIST_INT"),
        ("STORE_SUBSCR", "STORE_SUBSCR_LIST_INT"),
        ("TO_BOOL", "TO_BOOL_BOOL"),
        ("CONTAINS_OP", "CONTAINS_OP_DICT"),
        ("UNPACK_SEQUENCE", "UNPACK_SEQUENCE_TWO_TUPLE"),
        ("SEND", "SEND_GEN"),
        ("LOAD_SUPER_ATTR", "LOAD_SUPER_ATTR_METHOD"),
    ];
    let mut profile = Profile {
        schema: PROFILE_SCHEMA,
        file: file.into(),
        variant: Variant { dispatch: "tailcall".into(), level: "specialized".into() },
        era: "3.13".into(),
        quickenings: Quickenings::default(),
        collections: Collections { count: 12, freed_bytes: 48_000_000, ..Collections::default() },
        calls: BTreeMap::from([("python".to_owned(), 120_000), ("native_o".to_owned(), 3_400), ("class".to_owned(), 12)]),
        ..Profile::default()
    };
    let mut push = |name: &str, executions: u64, family: Option<&str>| {
        let components = match name {
            "NOP" | "END_FOR" => 0,
            name if name.contains("_FAST_LOAD_FAST") => 2,
            _ => 1,
        };
        profile.raw_executions += executions;
        profile.base_instructions += executions * components;
        profile.opcodes.push(OpcodeCount {
            name: name.into(),
            executions,
            base: executions * components,
            family: family.map(str::to_owned),
        });
    };
    for (index, name) in plain.iter().enumerate() {
        push(name, 1_000_000 / (1 + index as u64 * index as u64 / 4) + rng.below(900) as u64, None);
    }
    for (index, (family, form)) in families.iter().enumerate() {
        let hits = 700_000 / (1 + index as u64) + rng.below(5_000) as u64;
        let misses = if index % 3 == 0 { hits / (20 + rng.below(300) as u64) } else { 0 };
        let unspecialised = 16 + rng.below(40_000) as u64;
        push(form, hits + misses, Some(family));
        push(family, unspecialised, Some(family));
        let attempts = 9;
        profile.families.push(FamilyProfile {
            family: (*family).into(),
            executions: hits + misses + unspecialised,
            generic: 0,
            unspecialised,
            attempts,
            successes: 6,
            failures: BTreeMap::from([("different types".to_owned(), 2), ("out of versions".to_owned(), 1)]),
            hits,
            misses,
            deopts: misses / 53,
            forms: vec![FormCount { opcode: (*form).into(), hits, misses }],
            ..FamilyProfile::default()
        });
        profile.sites.push(SiteProfile {
            code: format!("Outer.<locals>.method_{index}"),
            file: file.into(),
            line: 10 + index as u32,
            offset: 2 * index as u32,
            family: (*family).into(),
            state: (*form).into(),
            executions: hits + misses + unspecialised,
            generic: 0,
            unspecialised,
            attempts,
            successes: 6,
            failures: BTreeMap::new(),
            hits,
            misses,
            deopts: misses / 53,
            types: (0..=index % 7).map(|i| TypeCount { types: format!("Type{i}, int"), count: 100 }).collect(),
            types_distinct: 1 + index as u64 % 7,
            types_counted: hits + misses + unspecialised,
            history: vec![
                HistoryEvent {
                    at: 20,
                    what: "specialised".into(),
                    opcode: Some((*form).into()),
                    types: Some("int, int".into()),
                    ..HistoryEvent::default()
                },
                HistoryEvent {
                    at: 900,
                    what: "failed".into(),
                    reason: Some("different types".into()),
                    types: Some("int, float".into()),
                    misses: 53,
                    ..HistoryEvent::default()
                },
            ],
            history_dropped: index as u64 % 2,
        });
    }
    profile.opcodes.sort_by_key(|op| std::cmp::Reverse(op.executions));
    profile.dispatches = profile.raw_executions;
    let names: Vec<String> = profile.opcodes.iter().map(|op| op.name.clone()).collect();
    for (i, first) in names.iter().enumerate() {
        for (j, second) in names.iter().enumerate() {
            if rng.below(3) == 0 {
                profile.pairs.push(PairCount {
                    first: first.clone(),
                    second: second.clone(),
                    count: 900_000 / (1 + (i * i * 3 + j * j * 2) as u64) + rng.below(100) as u64,
                });
            }
        }
    }
    profile.pairs.sort_by_key(|pair| std::cmp::Reverse(pair.count));
    profile.pairs_total = profile.pairs.iter().map(|pair| pair.count).sum();
    profile.triples = (0..40)
        .map(|i| TripleCount {
            opcodes: [names[i % 7].clone(), names[i % 5].clone(), names[i % 11].clone()],
            count: 9_000 / (i as u64 + 1),
        })
        .collect();
    profile.triples_total = profile.triples.iter().map(|triple| triple.count).sum();
    profile.timeline = timeline(&profile);
    profile.identities = profile.standard_identities();
    profile
}

/// The totals of a profile, spread over a hundred intervals.
fn timeline(profile: &Profile) -> TimeLine {
    const INTERVALS: u64 = 100;
    let sum = |pick: fn(&FamilyProfile) -> u64| profile.families.iter().map(pick).sum::<u64>();
    let part = |total: u64, i: u64| total * (i + 1) / INTERVALS - total * i / INTERVALS;
    let bucket = |i: u64| TimeBucket {
        executed: part(profile.raw_executions, i),
        generic: part(sum(|f| f.generic), i),
        unspecialised: part(sum(|f| f.unspecialised), i),
        hits: part(sum(|f| f.hits), i),
        misses: part(sum(|f| f.misses), i),
        successes: part(sum(|f| f.successes), i),
        failures: part(sum(FamilyProfile::failures_total), i),
        deopts: part(sum(|f| f.deopts), i),
        quickened: part(profile.quickenings.instructions, i),
        collections: part(profile.collections.count, i),
    };
    TimeLine { width_instructions: profile.raw_executions / INTERVALS, buckets: (0..INTERVALS).map(bucket).collect() }
}
