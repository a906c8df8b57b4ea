//! Every specialised opcode of 3.13 is reached, hit, missed and deoptimised, and where a class, a module or a builtin is what it depends
//! on, changing that under it is noticed. One row per opcode (`rows.rs`) makes two small programs; their traces are what is checked.

mod rows;

use std::collections::BTreeMap;

use dispatch_variants::{Variant, Watch};
use harness::execute::{Job, Output};
use harness::trace::{TraceError, trace};
use reports::profile::{FormCount, Profile, SiteProfile};
use rows::{ROWS, Row};
use vm_core::opcodes::Opcode;

/// Specialised forms per family in CPython 3.13.
const FORMS: [(Opcode, usize); 15] = [
    (Opcode::RESUME, 1),
    (Opcode::TO_BOOL, 6),
    (Opcode::BINARY_OP, 8),
    (Opcode::BINARY_SUBSCR, 5),
    (Opcode::STORE_SUBSCR, 2),
    (Opcode::SEND, 1),
    (Opcode::UNPACK_SEQUENCE, 3),
    (Opcode::STORE_ATTR, 3),
    (Opcode::LOAD_GLOBAL, 2),
    (Opcode::LOAD_SUPER_ATTR, 2),
    (Opcode::LOAD_ATTR, 12),
    (Opcode::COMPARE_OP, 3),
    (Opcode::CONTAINS_OP, 2),
    (Opcode::FOR_ITER, 4),
    (Opcode::CALL, 20),
];

#[test]
fn no_specialised_opcode_lacks_a_row() {
    let mut forms: BTreeMap<Opcode, usize> = BTreeMap::new();
    for &op in Opcode::ALL.iter().filter(|op| op.is_specialized()) {
        *forms.entry(op.family()).or_default() += 1;
        let rows = ROWS.iter().filter(|row| row.form == op).count();
        assert_eq!(rows, 1, "{} has {rows} rows", op.name());
    }
    assert_eq!(forms, BTreeMap::from(FORMS));
    for row in ROWS {
        assert!(row.form.is_specialized(), "{} is no specialised opcode", row.form.name());
    }
}

/// Runs a program of a row; its profile. The program checks its own results.
fn run(row: &Row, cell: &str, what: &str, source: &str) -> Profile {
    let name = format!("{}_{what}_{}.py", row.form.name(), cell.replace('/', "_"));
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, source).unwrap();
    let variant = Variant::by_name(cell).unwrap();
    let job = Job { watch: Watch::Observe, output: Output::Nowhere, ..Job::new(variant, &file, &[]) };
    let profile = match trace(&job) {
        Ok(profile) => profile,
        Err(TraceError::Start(error)) => {
            error.report();
            panic!("{}: does not start:\n{source}", row.form.name())
        }
        Err(error) => panic!("{}: {error}", row.form.name()),
    };
    assert_eq!(profile.exit_status, 0, "{} on {cell}: a check failed in\n{source}", row.form.name());
    profile
}

fn counts(profile: &Profile, form: Opcode) -> FormCount {
    profile.families.iter().flat_map(|family| &family.forms).find(|count| count.opcode == form.name()).cloned().unwrap_or_default()
}

/// Whether a site held the form and then came to hold another, or its counting form.
fn left(site: &SiteProfile, form: Opcode) -> bool {
    let name = Some(form.name());
    let held = site.history.iter().position(|event| event.what == "specialised" && event.opcode.as_deref() == name);
    held.is_some_and(|held| {
        site.history[held..].iter().any(|event| match event.what.as_str() {
            "specialised" => event.opcode.as_deref() != name,
            "deoptimised" => event.opcode.as_deref() == name,
            _ => false,
        })
    })
}

fn check(cell: &str) {
    for row in ROWS {
        let name = row.form.name();
        let profile = run(row, cell, "types", &row.with_other_operands());
        let count = counts(&profile, row.form);
        assert!(count.hits >= 20, "{name} on {cell}: {} hits in\n{}", count.hits, row.with_other_operands());
        assert!(count.misses >= 1, "{name} on {cell} never missed in\n{}", row.with_other_operands());
        if row.deoptimises {
            let sites: Vec<&SiteProfile> = profile.sites.iter().filter(|site| site.family == row.form.family().name()).collect();
            assert!(sites.iter().any(|site| left(site, row.form)), "{name} on {cell} was never given up: {sites:#?}");
        }
        if row.change.is_empty() {
            continue;
        }
        let source = row.with_change();
        let changed = counts(&run(row, cell, "change", &source), row.form);
        assert!(changed.hits >= 20 && changed.misses >= 1, "{name} on {cell}: {changed:?} in\n{source}");
    }
}

#[test]
fn every_form_is_hit_missed_and_given_up_by_specialized_code() {
    check("switch/specialized");
}

#[test]
fn every_form_is_hit_missed_and_given_up_by_cached_code() {
    check("call/cached");
}
