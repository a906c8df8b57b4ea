//! The part of the report that is about counts: which charts and tables are made from trace profiles.
//!
//! Unlike [`crate::measured`], nothing here has an interval: a traced run is deterministic, and n = 1 is exact.

use std::collections::{BTreeSet, HashMap};

use crate::chart::bars::{Bars, Row};
use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::palette::{self, SERIES};
use crate::format::{self, UNAVAILABLE};
use crate::page::Table;
use crate::profile::{FamilyProfile, Profile};
use crate::report::{Draft, Part};

/// How many opcodes the frequency chart shows.
const OPCODES_SHOWN: usize = 30;

/// How many opcodes the pair chart shows each way.
const PAIR_OPCODES_SHOWN: usize = 18;

/// How many sites and pairs the tables show.
const TABLE_ROWS: usize = 60;

/// The sections: one that compares the profiles if there are several, then one each.
pub(crate) fn sections(profiles: &[(String, Profile)]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    if profiles.len() > 1 {
        drafts.push(overview(profiles));
    }
    let fold = profiles.len() > 2;
    drafts.extend(
        profiles
            .iter()
            .map(|(slug, profile)| section(slug, profile, fold)),
    );
    drafts
}

fn short_name(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".py").unwrap_or(name)
}

fn heading(profile: &Profile) -> String {
    format!(
        "{} on {}",
        short_name(&profile.file),
        profile.variant.cell()
    )
}

fn run_line(profile: &Profile) -> String {
    format!(
        "One traced run (n = 1, exact) of {} on {}, era {}.",
        profile.file,
        profile.variant.cell(),
        profile.era
    )
}

fn overview(profiles: &[(String, Profile)]) -> Draft {
    let families: BTreeSet<&str> = profiles
        .iter()
        .flat_map(|(_, profile)| profile.families.iter().map(|family| family.family.as_str()))
        .collect();
    let rate = |profile: &Profile, family: &str| {
        let family = profile.families.iter().find(|f| f.family == family)?;
        let rate = family.hit_rate()?;
        Some(HeatCell {
            fill: palette::sequential(rate),
            text: format!("{:.0}", rate * 100.0),
            note: String::new(),
        })
    };
    let chart = HeatMap {
        name: "hit-rates".into(),
        title: "Hit rate per family and program".into(),
        rows: profiles
            .iter()
            .map(|(_, profile)| heading(profile))
            .collect(),
        row_title: "program".into(),
        columns: families.iter().map(|family| (*family).to_owned()).collect(),
        column_title: "family".into(),
        cells: profiles
            .iter()
            .map(|(_, profile)| {
                families
                    .iter()
                    .map(|family| rate(profile, family))
                    .collect()
            })
            .collect(),
        cell_size: (44.0, 26.0),
        upright_columns: true,
        key: Some(Key {
            title: "executions that hit a specialised form, in % of the family's executions".into(),
            colour: palette::sequential,
            labels: vec![
                (0.0, "0 %".into()),
                (0.5, "50 %".into()),
                (1.0, "100 %".into()),
            ],
        }),
        caption: vec![
            "One traced run per row (n = 1, exact). Empty: the family was not executed.".into(),
        ],
    };
    let rows = profiles
        .iter()
        .map(|(_, profile)| {
            let sum =
                |value: fn(&FamilyProfile) -> u64| profile.families.iter().map(value).sum::<u64>();
            vec![
                short_name(&profile.file).to_owned(),
                profile.variant.cell(),
                format::count(profile.base_instructions),
                format::count(profile.raw_executions),
                format::count(profile.dispatches),
                format::percent(sum(|f| f.hits), sum(|f| f.executions)),
                format::count(sum(|f| f.misses)),
                format::count(sum(|f| f.deopts)),
                format::count(profile.collections.count),
            ]
        })
        .collect();
    Draft::new("traces", "Traces compared")
        .part(Part::Picture(chart.draw()))
        .part(Part::table(Table {
            caption: "Totals".into(),
            columns: [
                "program",
                "cell",
                "base instructions",
                "raw executions",
                "dispatches",
                "hit rate",
                "misses",
                "deopts",
                "collections",
            ]
            .map(str::to_owned)
            .to_vec(),
            text_columns: 2,
            rows,
            folded: false,
        }))
}

fn section(slug: &str, profile: &Profile, folded: bool) -> Draft {
    let mut draft = Draft::new(&format!("trace-{slug}"), &format!("Trace: {}", heading(profile))).paragraph(format!(
        "{} {} base instructions, {} raw executions, {} dispatches; {} instructions rewritten by quickening; {} collections freed {}.",
        run_line(profile),
        format::count(profile.base_instructions),
        format::count(profile.raw_executions),
        format::count(profile.dispatches),
        format::count(profile.quickenings.instructions),
        format::count(profile.collections.count),
        format::bytes(profile.collections.freed_bytes as f64)
    ));
    draft.set_folded(folded);
    let broken = profile.broken_identities();
    draft = draft.paragraph(if broken.is_empty() {
        let n = profile.identities.len() + profile.standard_identities().len();
        format!("Accounting: all {n} identities hold.")
    } else {
        let list: Vec<String> = broken
            .iter()
            .map(|identity| format!("{} ({} ≠ {})", identity.name, identity.left, identity.right))
            .collect();
        format!("Accounting is BROKEN: {}.", list.join("; "))
    });
    draft = draft
        .part(Part::Picture(opcode_chart(slug, profile).draw()))
        .part(Part::table(opcode_table(profile)));
    if !profile.pairs.is_empty() {
        draft = draft
            .part(Part::Picture(pair_chart(slug, profile).draw()))
            .part(Part::table(pair_table(profile)));
    }
    if profile.families.is_empty() {
        draft = draft.paragraph(format!(
            "Adaptive families: {UNAVAILABLE} (none was executed)."
        ));
    } else {
        draft = draft.part(Part::Picture(family_chart(slug, profile).draw()));
        if profile.families.iter().any(|f| f.misses + f.deopts > 0) {
            draft = draft.part(Part::Picture(deopt_chart(slug, profile).draw()));
        } else {
            draft = draft.paragraph("No miss and no deopt in any family.");
        }
        draft = draft
            .part(Part::table(family_table(profile)))
            .part(Part::table(failure_table(profile)))
            .part(Part::table(site_table(profile)));
    }
    draft.part(Part::table(call_table(profile)))
}

fn opcode_chart(slug: &str, profile: &Profile) -> Bars {
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
                note: format!(
                    "{} ({})",
                    format::percent(op.executions, total),
                    format::count(op.executions)
                ),
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

fn opcode_table(profile: &Profile) -> Table {
    Table {
        caption: "All opcodes executed".into(),
        columns: [
            "opcode",
            "family",
            "executions",
            "share",
            "base instructions",
        ]
        .map(str::to_owned)
        .to_vec(),
        text_columns: 2,
        rows: profile
            .opcodes
            .iter()
            .map(|op| {
                vec![
                    op.name.clone(),
                    op.family.clone().unwrap_or_default(),
                    format::count(op.executions),
                    format::percent(op.executions, profile.raw_executions),
                    format::count(op.base),
                ]
            })
            .collect(),
        folded: true,
    }
}

fn pair_chart(slug: &str, profile: &Profile) -> HeatMap {
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
    let total: u64 = profile
        .pairs_total
        .max(profile.pairs.iter().map(|pair| pair.count).sum());
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
                        text: if percent >= 0.1 {
                            format!("{percent:.1}")
                        } else {
                            String::new()
                        },
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

fn pair_table(profile: &Profile) -> Table {
    let total: u64 = profile
        .pairs_total
        .max(profile.pairs.iter().map(|pair| pair.count).sum());
    Table {
        caption: format!(
            "The {} most frequent of {} pairs recorded",
            profile.pairs.len().min(TABLE_ROWS),
            profile.pairs.len()
        ),
        columns: ["first", "second", "count", "share"]
            .map(str::to_owned)
            .to_vec(),
        text_columns: 2,
        rows: profile
            .pairs
            .iter()
            .take(TABLE_ROWS)
            .map(|pair| {
                vec![
                    pair.first.clone(),
                    pair.second.clone(),
                    format::count(pair.count),
                    format::percent(pair.count, total),
                ]
            })
            .collect(),
        folded: true,
    }
}

/// The families, most executed first.
fn families(profile: &Profile) -> Vec<&FamilyProfile> {
    let mut families: Vec<&FamilyProfile> = profile
        .families
        .iter()
        .filter(|f| f.executions > 0)
        .collect();
    families.sort_by(|a, b| {
        b.executions
            .cmp(&a.executions)
            .then(a.family.cmp(&b.family))
    });
    families
}

fn family_chart(slug: &str, profile: &Profile) -> Bars {
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
                    values: vec![
                        share(family.hits),
                        share(family.misses),
                        share(family.unspecialised),
                        share(family.generic),
                    ],
                    note: format!(
                        "{} hits of {}",
                        format::percent(family.hits, family.executions),
                        format::count(family.executions)
                    ),
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

fn deopt_chart(slug: &str, profile: &Profile) -> Bars {
    let rate = |n: u64, family: &FamilyProfile| 1000.0 * n as f64 / family.executions as f64;
    let mut shown: Vec<&FamilyProfile> = families(profile)
        .into_iter()
        .filter(|f| f.misses + f.deopts > 0)
        .collect();
    shown.sort_by(|a, b| rate(b.misses, b).total_cmp(&rate(a.misses, a)));
    Bars {
        name: format!("deopts-{slug}"),
        title: format!("Misses and deopts: {}", heading(profile)),
        pieces: vec![
            ("misses (guard failed)".into(), SERIES[5]),
            ("deopts (rewritten back)".into(), SERIES[6]),
        ],
        rows: shown
            .into_iter()
            .map(|family| Row {
                label: family.family.clone(),
                values: vec![rate(family.misses, family), rate(family.deopts, family)],
                note: format!(
                    "{} / {}",
                    format::count(family.misses),
                    format::count(family.deopts)
                ),
            })
            .collect(),
        axis_label: "per 1000 executions of the family".into(),
        limit: None,
        stacked: false,
        note_title: "misses / deopts".into(),
        caption: vec![
            run_line(profile),
            "Families with neither are left out.".into(),
        ],
    }
}

fn family_table(profile: &Profile) -> Table {
    Table {
        caption: "Families".into(),
        columns: [
            "family",
            "executions",
            "hits",
            "misses",
            "unspecialised",
            "generic",
            "hit rate",
            "attempts",
            "successes",
            "failures",
            "deopts",
        ]
        .map(str::to_owned)
        .to_vec(),
        text_columns: 1,
        rows: families(profile)
            .into_iter()
            .map(|f| {
                let mut row = vec![f.family.clone()];
                row.extend(
                    [f.executions, f.hits, f.misses, f.unspecialised, f.generic].map(format::count),
                );
                row.push(format::percent(f.hits, f.executions));
                row.extend(
                    [f.attempts, f.successes, f.failures_total(), f.deopts].map(format::count),
                );
                row
            })
            .collect(),
        folded: false,
    }
}

fn failure_table(profile: &Profile) -> Table {
    let mut rows: Vec<(u64, Vec<String>)> = profile
        .families
        .iter()
        .flat_map(|family| {
            family.failures.iter().map(|(reason, n)| {
                (
                    *n,
                    vec![family.family.clone(), reason.clone(), format::count(*n)],
                )
            })
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Table {
        caption: format!("Specialisation failures by reason ({})", rows.len()),
        columns: ["family", "reason", "failures"].map(str::to_owned).to_vec(),
        text_columns: 2,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        folded: true,
    }
}

fn site_table(profile: &Profile) -> Table {
    let mut sites: Vec<_> = profile.sites.iter().collect();
    let lost = |site: &crate::profile::SiteProfile| site.misses + site.unspecialised;
    sites.sort_by(|a, b| {
        lost(b)
            .cmp(&lost(a))
            .then(b.executions.cmp(&a.executions))
            .then_with(|| (&a.code, a.offset).cmp(&(&b.code, b.offset)))
    });
    Table {
        caption: format!(
            "The {} of {} sites with the most misses and unspecialised executions",
            sites.len().min(TABLE_ROWS),
            sites.len()
        ),
        columns: [
            "code",
            "line",
            "offset",
            "family",
            "state at exit",
            "executions",
            "hits",
            "misses",
            "unspecialised",
            "attempts",
            "deopts",
        ]
        .map(str::to_owned)
        .to_vec(),
        text_columns: 5,
        rows: sites
            .into_iter()
            .take(TABLE_ROWS)
            .map(|site| {
                let mut row = vec![
                    site.code.clone(),
                    format!("{}:{}", short_name(&site.file), site.line),
                    site.offset.to_string(),
                    site.family.clone(),
                    site.state.clone(),
                ];
                let counts = [
                    site.executions,
                    site.hits,
                    site.misses,
                    site.unspecialised,
                    site.attempts,
                    site.deopts,
                ];
                row.extend(counts.map(format::count));
                row
            })
            .collect(),
        folded: true,
    }
}

fn call_table(profile: &Profile) -> Table {
    let total: u64 = profile.calls.values().sum();
    let mut calls: Vec<_> = profile.calls.iter().collect();
    calls.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    Table {
        caption: format!("Calls by kind ({} in all)", format::count(total)),
        columns: ["kind", "calls", "share"].map(str::to_owned).to_vec(),
        text_columns: 1,
        rows: calls
            .into_iter()
            .map(|(kind, n)| vec![kind.clone(), format::count(*n), format::percent(*n, total)])
            .collect(),
        folded: true,
    }
}
