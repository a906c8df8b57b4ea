//! The charts of one trace: opcodes, pairs, families, misses.

use std::collections::HashMap;

use super::{families, heading, run_line};
use crate::chart::bars::{Bars, Row};
use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::palette::{self, SERIES};
use crate::chart::series::{Panel, Series};
use crate::format;
use crate::profile::{Degree, FamilyProfile, Profile, TimeBucket};

/// How many opcodes the frequency chart shows.
const OPCODES_SHOWN: usize = 30;

/// How many opcodes the pair chart shows each way.
const PAIR_OPCODES_SHOWN: usize = 18;

pub(super) fn opcode_chart(slug: &str, profile: &Profile) -> Bars {
    let mut opcodes: Vec<_> = profile.opcodes.iter().collect();
    opcodes.sort_by(|a, b| b.executions.cmp(&a.executions).then(a.name.cmp(&b.name)));
    let total = profile.raw_executions;
    let share = |n: u64| 100.0 * n as f64 / total.max(1) as f64;
    let shown = &opcodes[..opcodes.len().min(OPCODES_SHOWN)];
    let covered: u64 = shown.iter().map(|op| op.executions).sum();
    Bars {
        name: format!("opcodes-{slug}"),
        title: format!("Opcode frequencies: {}", heading(profile)),
        pieces: vec![("executions".into(), SERIES[3])],
        rows: shown
            .iter()
            .map(|op| Row {
                label: op.name.clone(),
                values: vec![share(op.executions)],
                note: format!("{} ({})", format::percent(op.executions, total), format::count(op.executions)),
            })
            .collect(),
        axis_label: "share of raw executions, %".into(),
        limit: None,
        stacked: true,
        note_title: "share (executions)".into(),
        caption: vec![
            run_line(profile),
            format!(
                "The {} most executed of {} opcodes cover {} of {} raw executions.",
                shown.len(),
                opcodes.len(),
                format::percent(covered, total),
                format::count(total)
            ),
        ],
    }
}

pub(super) fn pair_chart(slug: &str, profile: &Profile) -> HeatMap {
    let mut weight: HashMap<&str, u64> = HashMap::new();
    let mut cells: HashMap<(&str, &str), u64> = HashMap::new();
    for pair in &profile.pairs {
        *weight.entry(&pair.first).or_default() += pair.count;
        *weight.entry(&pair.second).or_default() += pair.count;
        *cells.entry((&pair.first, &pair.second)).or_default() += pair.count;
    }
    let mut opcodes: Vec<(&str, u64)> = weight.into_iter().collect();
    opcodes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    opcodes.truncate(PAIR_OPCODES_SHOWN);
    let names: Vec<String> = opcodes.iter().map(|(name, _)| (*name).to_owned()).collect();
    let total: u64 = profile.pairs_total.max(profile.pairs.iter().map(|pair| pair.count).sum());
    let share = |n: u64| n as f64 / total.max(1) as f64;
    let largest = cells.values().copied().max().map_or(1.0, share);
    // From a ten-thousandth of the largest: fainter pairs all look alike.
    let place = move |share: f64| (1.0 + (share / largest).log10() / 4.0).clamp(0.0, 1.0);
    let mut covered = 0;
    let rows = opcodes
        .iter()
        .map(|(first, _)| {
            opcodes
                .iter()
                .map(|(second, _)| {
                    let n = *cells.get(&(*first, *second))?;
                    covered += n;
                    let percent = 100.0 * share(n);
                    Some(HeatCell {
                        fill: palette::sequential(place(share(n))),
                        text: if percent >= 0.1 { format!("{percent:.1}") } else { String::new() },
                        note: String::new(),
                    })
                })
                .collect()
        })
        .collect();
    let label = |t: f64| {
        let percent = 100.0 * largest * 10f64.powf(4.0 * (t - 1.0));
        match percent {
            p if p >= 1.0 => format!("{p:.0} %"),
            p if p >= 0.01 => format!("{p:.2} %"),
            p => format!("{p:.4} %"),
        }
    };
    HeatMap {
        name: format!("pairs-{slug}"),
        title: format!("Opcode pairs: {}", heading(profile)),
        rows: names.clone(),
        row_title: "first opcode".into(),
        columns: names,
        column_title: "second opcode".into(),
        cells: rows,
        cell_size: (34.0, 24.0),
        upright_columns: true,
        key: Some(Key {
            title: "share of all pairs (log scale); numbers in %, from 0.1 % on".into(),
            colour: palette::sequential,
            labels: [0.0, 0.5, 1.0].into_iter().map(|t| (t, label(t))).collect(),
        }),
        caption: vec![
            run_line(profile),
            format!(
                "The {} opcodes that occur most in pairs; shown: {} of {} pairs.",
                opcodes.len(),
                format::percent(covered, total),
                format::count(total)
            ),
        ],
    }
}

pub(super) fn family_chart(slug: &str, profile: &Profile) -> Bars {
    Bars {
        name: format!("families-{slug}"),
        title: format!("Where the families' executions went: {}", heading(profile)),
        pieces: vec![
            ("hits".into(), SERIES[3]),
            ("misses".into(), SERIES[5]),
            ("unspecialised".into(), SERIES[1]),
            ("generic".into(), palette::CONTEXT),
        ],
        rows: families(profile)
            .into_iter()
            .map(|family| {
                let share = |n: u64| 100.0 * n as f64 / family.executions as f64;
                Row {
                    label: family.family.clone(),
                    values: vec![share(family.hits), share(family.misses), share(family.unspecialised), share(family.generic)],
                    note: format!("{} hits of {}", format::percent(family.hits, family.executions), format::count(family.executions)),
                }
            })
            .collect(),
        axis_label: "share of the family's executions, %".into(),
        limit: Some(100.0),
        stacked: true,
        note_title: "hit rate, executions".into(),
        caption: vec![run_line(profile)],
    }
}

pub(super) fn deopt_chart(slug: &str, profile: &Profile) -> Bars {
    let rate = |n: u64, family: &FamilyProfile| 1000.0 * n as f64 / family.executions as f64;
    let mut shown: Vec<&FamilyProfile> = families(profile).into_iter().filter(|f| f.misses + f.deopts > 0).collect();
    shown.sort_by(|a, b| rate(b.misses, b).total_cmp(&rate(a.misses, a)));
    Bars {
        name: format!("deopts-{slug}"),
        title: format!("Misses and deopts: {}", heading(profile)),
        pieces: vec![("misses (guard failed)".into(), SERIES[5]), ("deopts (rewritten back)".into(), SERIES[6])],
        rows: shown
            .into_iter()
            .map(|family| Row {
                label: family.family.clone(),
                values: vec![rate(family.misses, family), rate(family.deopts, family)],
                note: format!("{} / {}", format::count(family.misses), format::count(family.deopts)),
            })
            .collect(),
        axis_label: "per 1000 executions of the family".into(),
        limit: None,
        stacked: false,
        note_title: "misses / deopts".into(),
        caption: vec![run_line(profile), "Families with neither are left out.".into()],
    }
}

/// What the families' executions saw: sites told apart by how many kinds of operands came.
pub(super) fn degree_chart(slug: &str, profile: &Profile) -> Bars {
    let mut by_family: HashMap<&str, [(u64, u64); 3]> = HashMap::new();
    for site in &profile.sites {
        if let Some(degree) = site.degree() {
            let (sites, executions) = &mut by_family.entry(&site.family).or_default()[degree as usize];
            *sites += 1;
            *executions += site.executions;
        }
    }
    let rows = families(profile)
        .into_iter()
        .filter_map(|family| {
            let degrees = by_family.get(family.family.as_str())?;
            let total: u64 = degrees.iter().map(|(_, executions)| executions).sum();
            let share = |n: u64| 100.0 * n as f64 / total.max(1) as f64;
            let [mono, poly, mega] = degrees.map(|(sites, _)| format::count(sites));
            Some(Row {
                label: family.family.clone(),
                values: degrees.iter().map(|(_, executions)| share(*executions)).collect(),
                note: format!("{mono} / {poly} / {mega}"),
            })
        })
        .collect();
    Bars {
        name: format!("degrees-{slug}"),
        title: format!("Inline-cache degree by observed types: {}", heading(profile)),
        pieces: Degree::ALL.into_iter().zip([SERIES[3], SERIES[1], SERIES[5]]).map(|(d, colour)| (d.name().into(), colour)).collect(),
        rows,
        axis_label: "share of the family's executions, %".into(),
        limit: Some(100.0),
        stacked: true,
        note_title: "sites: mono / poly / mega".into(),
        caption: vec![
            run_line(profile),
            "One kind of operands at a site: monomorphic; two to four: polymorphic; more: megamorphic; whatever the cache could hold."
                .into(),
        ],
    }
}

/// How many failures the chart shows.
const FAILURES_SHOWN: usize = 24;

/// Why specialising failed.
pub(super) fn failure_chart(slug: &str, profile: &Profile) -> Bars {
    let mut kinds: Vec<(u64, String, u64)> = profile
        .families
        .iter()
        .flat_map(|family| family.failures.iter().map(|(reason, n)| (*n, format!("{}: {reason}", family.family), family.attempts)))
        .collect();
    kinds.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let (all, total) = (kinds.len(), kinds.iter().map(|kind| kind.0).sum::<u64>());
    kinds.truncate(FAILURES_SHOWN);
    let covered: u64 = kinds.iter().map(|kind| kind.0).sum();
    Bars {
        name: format!("failures-{slug}"),
        title: format!("Why specialising failed: {}", heading(profile)),
        pieces: vec![("failed attempts".into(), SERIES[6])],
        rows: kinds
            .iter()
            .map(|(n, label, attempts)| Row {
                label: label.clone(),
                values: vec![*n as f64],
                note: format!("{} of {} attempts", format::count(*n), format::count(*attempts)),
            })
            .collect(),
        axis_label: "failed attempts".into(),
        limit: None,
        stacked: true,
        note_title: "of the family's attempts".into(),
        caption: vec![
            run_line(profile),
            format!(
                "{} of {all} kinds, {} of all failures; in the words of CPython's statistics.",
                kinds.len(),
                format::percent(covered, total)
            ),
        ],
    }
}

/// The specialised share, misses, and what the specialiser did, over the run.
pub(super) fn time_chart(slug: &str, profile: &Profile) -> Series {
    let buckets = &profile.timeline.buckets;
    let mut end = 0;
    let ends = buckets
        .iter()
        .map(|bucket| {
            end += bucket.executed;
            end as f64
        })
        .collect();
    let panel = |label: &str, colour, limit, value: &dyn Fn(&TimeBucket) -> Option<f64>| Panel {
        label: label.into(),
        values: buckets.iter().map(value).collect(),
        limit,
        colour,
    };
    let per_thousand = |n: u64, bucket: &TimeBucket| (bucket.executed > 0).then(|| 1000.0 * n as f64 / bucket.executed as f64);
    Series {
        name: format!("time-{slug}"),
        title: format!("Adaptation over time: {}", heading(profile)),
        panels: vec![
            panel("specialised share of adaptive instructions, %", SERIES[3], Some(100.0), &|b| {
                let all = b.family_executions();
                (all > 0).then(|| 100.0 * b.hits as f64 / all as f64)
            }),
            panel("misses per 1000 instructions", SERIES[5], None, &|b| per_thousand(b.misses, b)),
            panel("deopts per 1000 instructions", SERIES[6], None, &|b| per_thousand(b.deopts, b)),
            panel("attempts to specialise per 1000 instructions", SERIES[1], None, &|b| per_thousand(b.successes + b.failures, b)),
        ],
        ends,
        across: "executed instructions".into(),
        caption: vec![
            run_line(profile),
            format!("{} intervals of {} instructions.", buckets.len(), format::count(profile.timeline.width_instructions)),
        ],
    }
}
