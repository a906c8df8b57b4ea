//! `harness trace`: one run with every instruction observed, made into a [`Profile`].
//!
//! `recorder` counts, `calls` names what is called, this file makes the profile and checks its arithmetic: a trace in which an
//! identity does not hold is an error, not a result.

mod calls;
mod recorder;

use std::fmt;

use dispatch_variants::{Variant, Watch};
use reports::profile::{
    Collections, FamilyProfile, FormCount, Identity, OpcodeCount, PROFILE_SCHEMA, PairCount, Profile, Quickenings, SiteProfile,
};
use vm_core::adapt::prepare::adaptive;
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};
use vm_core::ops::FUSED_PAIRS;
use vm_core::probe::ProbeData;

use crate::execute::{Job, StartError, execute};
pub use recorder::Recorder;
use recorder::{Adaptation, TracedCode};

/// Pairs that are written; the rest is only in the total.
const PAIRS_KEPT: usize = 2000;

/// Why there is no profile.
pub enum TraceError {
    /// The program did not start.
    Start(StartError),
    /// The counters contradict each other.
    Broken(Vec<Identity>),
    /// The observer was lost.
    NoRecorder,
}

impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TraceError::Start(_) => f.write_str("the program did not start"),
            TraceError::NoRecorder => f.write_str("the run did not give its recorder back"),
            TraceError::Broken(identities) => {
                write!(f, "the trace contradicts itself; nothing was written")?;
                for i in identities {
                    write!(f, "\n  {}: {} is not {}", i.name, i.left, i.right)?;
                }
                Ok(())
            }
        }
    }
}

/// Runs the job, whose probe is replaced, and makes its profile. The profile's identities hold.
pub fn trace(job: &Job) -> Result<Profile, TraceError> {
    let job = Job { watch: Watch::Observe, ..job.clone() };
    let outcome = execute(&job, Some(Box::new(|| Box::new(Recorder::default()))), None).map_err(TraceError::Start)?;
    let mut probe = outcome.probe.ok_or(TraceError::NoRecorder)?;
    let observer = probe.observer.take().ok_or(TraceError::NoRecorder)?;
    let recorder = observer.into_any().downcast::<Recorder>().map_err(|_| TraceError::NoRecorder)?;
    let mut profile = profile(&recorder, &probe);
    profile.file = job.file;
    profile.args = job.args;
    profile.variant = variant(job.variant);
    profile.exit_status = outcome.status;
    check(&profile)?;
    Ok(profile)
}

/// Fails if one of the profile's identities does not hold.
pub fn check(profile: &Profile) -> Result<(), TraceError> {
    let broken = profile.broken_identities();
    if broken.is_empty() { Ok(()) } else { Err(TraceError::Broken(broken)) }
}

fn variant(v: Variant) -> reports::profile::Variant {
    reports::profile::Variant { dispatch: v.technique.name.to_owned(), level: v.level.name().to_owned() }
}

/// Whether the opcode is a pair that the `quickened` level fuses in place.
fn is_fused(op: Opcode) -> bool {
    FUSED_PAIRS.iter().any(|pair| pair.0 == op)
}

/// The name an opcode has in a profile: counting and warm-up forms under the name `dis` shows, fused pairs under their own.
fn shown(op: Opcode) -> &'static str {
    if is_fused(op) { op.name() } else { op.shown().name() }
}

fn profile(r: &Recorder, probe: &ProbeData) -> Profile {
    let mut profile = Profile {
        schema: PROFILE_SCHEMA,
        era: "3.13".to_owned(),
        base_instructions: probe.base_instructions(),
        raw_executions: probe.raw_executions(),
        dispatches: probe.dispatches(),
        opcodes: opcodes(r),
        families: families(r),
        sites: r.codes.iter().flat_map(sites).collect(),
        quickenings: Quickenings {
            code_objects: r.quickened_codes.iter().filter(|&&q| q).count() as u64,
            instructions: r.quickened.values().sum(),
            by_opcode: r.quickened.iter().map(|(op, &n)| (op.name().to_owned(), n)).collect(),
        },
        collections: Collections {
            count: r.collected.count,
            freed_bytes: r.collected.freed_bytes,
            allocated_bytes: (r.collected.count > 0).then_some(r.collected.allocated_bytes),
            peak_heap_bytes: (r.collected.count > 0).then_some(r.collected.peak_bytes),
            ..Collections::default()
        },
        calls: r.calls.iter().map(|(&kind, &n)| (kind.to_owned(), n)).collect(),
        ..Profile::default()
    };
    (profile.pairs, profile.pairs_total) = pairs(r);
    profile.identities = profile.standard_identities();
    profile.identities.extend(own_identities(r, probe, &profile));
    profile
}

/// The equations that need more than the profile holds: the trace's counters against the probe's own.
fn own_identities(r: &Recorder, probe: &ProbeData, profile: &Profile) -> Vec<Identity> {
    let recorded: u64 = r.executions.iter().sum();
    let base: i64 = r.base.iter().sum();
    let misses: u64 = profile.families.iter().map(|f| f.misses).sum();
    let forms: u64 = r.forms.values().map(|f| f.0 + f.1).sum();
    let specialised: u64 = profile.families.iter().map(|f| f.hits + f.misses).sum();
    vec![
        Identity::new("instructions recorded + redispatches = dispatches of the probe", recorded + r.redispatches, probe.dispatches()),
        Identity::new("redispatches seen = redispatches of the probe", r.redispatches, probe.redispatched),
        Identity::new("base instructions recorded = base instructions of the probe", base.cast_unsigned(), probe.base_instructions()),
        Identity::new("misses + misses of redispatched instructions = misses reported", misses + r.uncounted_misses, r.miss_events),
        Identity::new("sum over specialised opcodes = hits + misses", forms, specialised),
    ]
}

fn opcodes(r: &Recorder) -> Vec<OpcodeCount> {
    let mut out: Vec<OpcodeCount> = Vec::new();
    for &op in Opcode::ALL {
        let executions = r.executions[op as usize];
        if executions == 0 {
            continue;
        }
        let family = op.family();
        let family = (adaptive(family) != family && !is_fused(op)).then(|| family.name().to_owned());
        let base = r.base[op as usize].max(0).cast_unsigned();
        match out.iter_mut().find(|known| known.name == shown(op)) {
            Some(known) => {
                known.executions += executions;
                known.base += base;
            }
            None => out.push(OpcodeCount { name: shown(op).to_owned(), executions, base, family }),
        }
    }
    out.sort_by(|a, b| b.executions.cmp(&a.executions).then_with(|| a.name.cmp(&b.name)));
    out
}

fn pairs(r: &Recorder) -> (Vec<PairCount>, u64) {
    let mut by_name = std::collections::BTreeMap::new();
    for (i, &count) in r.pairs.iter().enumerate().filter(|(_, count)| **count > 0) {
        let name = |n: usize| Opcode::from_number(n as u16).map_or("?", shown);
        *by_name.entry((name(i / OPCODE_LIMIT), name(i % OPCODE_LIMIT))).or_insert(0) += count;
    }
    let total = by_name.values().sum();
    let mut out: Vec<PairCount> = by_name
        .into_iter()
        .map(|((first, second), count)| PairCount { first: first.to_owned(), second: second.to_owned(), count })
        .collect();
    out.sort_by_key(|pair| std::cmp::Reverse(pair.count));
    out.truncate(PAIRS_KEPT);
    (out, total)
}

fn reasons(counts: &Adaptation) -> std::collections::BTreeMap<String, u64> {
    counts.failures.iter().map(|(&reason, &n)| (reason.to_owned(), n)).collect()
}

fn families(r: &Recorder) -> Vec<FamilyProfile> {
    let forms = |family: Opcode| {
        r.forms
            .iter()
            .filter(|(op, _)| op.family() == family)
            .map(|(op, &(hits, misses))| FormCount { opcode: op.name().to_owned(), hits, misses })
            .collect()
    };
    r.families
        .iter()
        .map(|(&family, counts)| FamilyProfile {
            family: family.name().to_owned(),
            executions: counts.executions,
            generic: counts.generic,
            unspecialised: counts.unspecialised,
            attempts: counts.attempts,
            successes: counts.successes,
            failures: reasons(counts),
            hits: counts.hits,
            misses: counts.misses,
            deopts: counts.deopts,
            forms: forms(family),
        })
        .collect()
}

fn sites(code: &TracedCode) -> Vec<SiteProfile> {
    let mut out = Vec::new();
    for (unit, site) in code.sites.iter().enumerate() {
        let Some(site) = site else { continue };
        let place = code.map.place(unit);
        let counts = &site.counts;
        out.push(SiteProfile {
            code: code.source.qualname.to_string(),
            file: code.source.filename.to_string(),
            line: u32::try_from(place.location.line).unwrap_or(0),
            offset: place.offset,
            family: site.family.name().to_owned(),
            state: site.state.shown().name().to_owned(),
            executions: counts.executions,
            generic: counts.generic,
            unspecialised: counts.unspecialised,
            attempts: counts.attempts,
            successes: counts.successes,
            failures: reasons(counts),
            hits: counts.hits,
            misses: counts.misses,
            deopts: counts.deopts,
        });
    }
    out
}
