//! The charts of one trace: opcodes, pairs, families, misses.

use std::collections::HashMap;

use super::{families, heading, run_line};
use crate::chart::bars::{Bars, Row};
use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::palette::{self, SERIES};
use crate::format;
use crate::profile::{FamilyProfile, Profile};

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
