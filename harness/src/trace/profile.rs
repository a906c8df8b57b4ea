//! From a recorder to a profile: opcodes under the names `dis` shows, everything sorted, and the equations that must hold.

use reports::profile::{
    Collections, FamilyProfile, FormCount, Frames, HistoryEvent, Identity, OpcodeCount, PROFILE_SCHEMA, PairCount, Profile, Quickenings,
    SiteProfile, Stretch, TimeBucket, TimeLine, TripleCount, TypeCount,
};
use vm_core::adapt::prepare::adaptive;
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};
use vm_core::probe::ProbeData;

use super::counts::Adaptation;
use super::recorder::{Recorder, TracedCode};
use super::site::{Site, What};
use super::{is_fused, shown};
use crate::supers::stretches::Stretches;

/// Pairs and triples that are written; the rest is only in the totals.
const PAIRS_KEPT: usize = 10_000;
const TRIPLES_KEPT: usize = 5_000;
/// Operand types that are written for a site; the rest is in a total.
const TYPES_KEPT: usize = 16;

pub(super) fn profile(r: &Recorder, probe: &ProbeData) -> Profile {
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
        frames: Frames {
            entered: r.frames.counts.entered,
            from_native: r.frames.counts.from_native,
            resumed: r.frames.counts.resumed,
            deepest: r.frames.counts.deepest,
        },
        timeline: timeline(r),
        stretches: stretches(r),
        ..Profile::default()
    };
    (profile.pairs, profile.pairs_total) = pairs(r);
    (profile.triples, profile.triples_total) = triples(r);
    profile.identities = profile.standard_identities();
    profile.identities.extend(own_identities(r, probe, &profile));
    profile
}

/// What was executed, for predictions.
fn stretches(r: &Recorder) -> Vec<Stretch> {
    let mut out = Stretches::default();
    for code in &r.codes {
        out.add(code.map.form(&code.source), &code.counts);
    }
    out.into_profile()
}

/// The equations that need more than the profile holds: the trace's counters against the probe's own.
fn own_identities(r: &Recorder, probe: &ProbeData, profile: &Profile) -> Vec<Identity> {
    let recorded: u64 = r.executions.iter().sum();
    let base: i64 = r.base.iter().sum();
    let misses: u64 = profile.families.iter().map(|f| f.misses).sum();
    let forms: u64 = r.forms.values().map(|f| f.0 + f.1).sum();
    let specialised: u64 = profile.families.iter().map(|f| f.hits + f.misses).sum();
    let failures: u64 = profile.families.iter().map(FamilyProfile::failures_total).sum();
    vec![
        Identity::new("instructions recorded + redispatches = dispatches of the probe", recorded + r.redispatches, probe.dispatches()),
        Identity::new("redispatches seen = redispatches of the probe", r.redispatches, probe.redispatched),
        Identity::new("base instructions recorded = base instructions of the probe", base.cast_unsigned(), probe.base_instructions()),
        Identity::new("misses + misses of redispatched instructions = misses reported", misses + r.uncounted_misses, r.miss_events),
        Identity::new("sum over specialised opcodes = hits + misses", forms, specialised),
        Identity::new(
            "dispatches as CPython counts them = dispatches of the probe + failures",
            r.dispatched.iter().sum(),
            probe.dispatches() + failures,
        ),
        Identity::new("pairs along run loops = dispatches as CPython counts them", r.stream_pairs.iter().sum(), r.dispatched.iter().sum()),
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

fn name(number: u16) -> &'static str {
    Opcode::from_number(number).map_or("?", shown)
}

fn pairs(r: &Recorder) -> (Vec<PairCount>, u64) {
    let mut by_name = std::collections::BTreeMap::new();
    for (i, &count) in r.pairs.iter().enumerate().filter(|(_, count)| **count > 0) {
        *by_name.entry((name((i / OPCODE_LIMIT) as u16), name((i % OPCODE_LIMIT) as u16))).or_insert(0) += count;
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

fn triples(r: &Recorder) -> (Vec<TripleCount>, u64) {
    let mut by_name = std::collections::BTreeMap::new();
    for (&key, &count) in r.triples.iter().filter(|(_, count)| **count > 0) {
        *by_name.entry(Recorder::triple(key).map(name)).or_insert(0) += count;
    }
    let total = by_name.values().sum();
    let mut out: Vec<TripleCount> =
        by_name.into_iter().map(|(names, count)| TripleCount { opcodes: names.map(str::to_owned), count }).collect();
    out.sort_by_key(|triple| std::cmp::Reverse(triple.count));
    out.truncate(TRIPLES_KEPT);
    (out, total)
}

fn timeline(r: &Recorder) -> TimeLine {
    let buckets = r.timeline.buckets(r.totals).into_iter();
    TimeLine {
        width_instructions: r.timeline.width,
        buckets: buckets
            .map(|b| TimeBucket {
                executed: b.executed,
                generic: b.generic,
                unspecialised: b.unspecialised,
                hits: b.hits,
                misses: b.misses,
                successes: b.successes,
                failures: b.failures,
                deopts: b.deopts,
                quickened: b.quickened,
                collections: b.collections,
            })
            .collect(),
    }
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
            attempts_at_miss: counts.attempts_at_miss,
            successes_at_miss: counts.successes_at_miss,
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
        let (types, types_distinct) = types(site);
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
            types,
            types_distinct,
            types_counted: site.seen.iter().map(|(_, _, n)| n).sum::<u64>() + site.seen_others,
            history: history(site),
            history_dropped: site.history_dropped,
        });
    }
    out
}

/// The operand types of a site, most frequent first, and how many there were; those beyond the ones told apart count as one more.
fn types(site: &Site) -> (Vec<TypeCount>, u64) {
    let mut types: Vec<TypeCount> =
        site.seen.iter().filter(|(_, _, n)| *n > 0).map(|(_, name, n)| TypeCount { types: name.clone(), count: *n }).collect();
    let distinct = types.len() as u64 + u64::from(site.seen_others > 0);
    types.sort_by_key(|seen| std::cmp::Reverse(seen.count));
    types.truncate(TYPES_KEPT);
    (types, distinct)
}

fn history(site: &Site) -> Vec<HistoryEvent> {
    site.history()
        .map(|event| {
            let (what, opcode, reason) = match event.what {
                What::Specialised(op) => ("specialised", Some(op), None),
                What::Failed(reason) => ("failed", None, Some(reason)),
                What::Deoptimised(op) => ("deoptimised", Some(op), None),
                What::Missed(op) => ("first miss", Some(op), None),
            };
            HistoryEvent {
                at: event.at,
                what: what.to_owned(),
                opcode: opcode.map(|op| op.name().to_owned()),
                reason: reason.map(str::to_owned),
                types: event.seen.map(|index| site.seen[index].1.clone()),
                misses: event.misses,
            }
        })
        .collect()
}
