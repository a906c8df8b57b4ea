//! The tables of one trace, each beside its chart.

use super::{families, short_name};
use crate::format;
use crate::page::Table;
use crate::profile::{HistoryEvent, PairCount, Profile};

/// How many sites and pairs the tables show.
const TABLE_ROWS: usize = 60;

pub(super) fn opcode_table(profile: &Profile) -> Table {
    Table {
        caption: "All opcodes executed".into(),
        columns: ["opcode", "family", "executions", "share", "base instructions"].map(str::to_owned).to_vec(),
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

pub(super) fn pair_table(profile: &Profile) -> Table {
    let total: u64 = profile.pairs_total.max(profile.pairs.iter().map(|pair| pair.count).sum());
    Table {
        caption: format!("The {} most frequent of {} pairs recorded", profile.pairs.len().min(TABLE_ROWS), profile.pairs.len()),
        columns: ["first", "second", "count", "share"].map(str::to_owned).to_vec(),
        text_columns: 2,
        rows: profile
            .pairs
            .iter()
            .take(TABLE_ROWS)
            .map(|pair| vec![pair.first.clone(), pair.second.clone(), format::count(pair.count), format::percent(pair.count, total)])
            .collect(),
        folded: true,
    }
}

pub(super) fn family_table(profile: &Profile) -> Table {
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
                row.extend([f.executions, f.hits, f.misses, f.unspecialised, f.generic].map(format::count));
                row.push(format::percent(f.hits, f.executions));
                row.extend([f.attempts, f.successes, f.failures_total(), f.deopts].map(format::count));
                row
            })
            .collect(),
        folded: false,
    }
}

pub(super) fn failure_table(profile: &Profile) -> Table {
    let mut rows: Vec<(u64, Vec<String>)> = profile
        .families
        .iter()
        .flat_map(|family| family.failures.iter().map(|(reason, n)| (*n, vec![family.family.clone(), reason.clone(), format::count(*n)])))
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

pub(super) fn site_table(profile: &Profile) -> Table {
    let mut sites: Vec<_> = profile.sites.iter().collect();
    let lost = |site: &crate::profile::SiteProfile| site.misses + site.unspecialised;
    sites.sort_by(|a, b| {
        lost(b).cmp(&lost(a)).then(b.executions.cmp(&a.executions)).then_with(|| (&a.code, a.offset).cmp(&(&b.code, b.offset)))
    });
    Table {
        caption: format!("The {} of {} sites with the most misses and unspecialised executions", sites.len().min(TABLE_ROWS), sites.len()),
        columns: [
            "code",
            "line",
            "offset",
            "state at exit",
            "most frequent types",
            "executions",
            "hits",
            "misses",
            "unspecialised",
            "attempts",
            "deopts",
            "types seen",
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
                    site.state.clone(),
                    site.types.iter().take(2).map(|seen| seen.types.clone()).collect::<Vec<_>>().join("; "),
                ];
                let counts = [site.executions, site.hits, site.misses, site.unspecialised, site.attempts, site.deopts];
                row.extend(counts.map(format::count));
                row.push(
                    site.degree()
                        .map(|degree| format!("{}, {}", site.types_distinct, degree.name().trim_end_matches("morphic")))
                        .unwrap_or_default(),
                );
                row
            })
            .collect(),
        folded: true,
    }
}

/// Hits and misses of each specialised opcode.
pub(super) fn form_table(profile: &Profile) -> Table {
    let mut forms: Vec<_> = profile.families.iter().flat_map(|family| family.forms.iter().map(move |form| (family, form))).collect();
    forms.sort_by(|a, b| b.1.hits.cmp(&a.1.hits).then_with(|| a.1.opcode.cmp(&b.1.opcode)));
    Table {
        caption: format!("Specialised opcodes ({})", forms.len()),
        columns: ["opcode", "family", "hits", "misses", "share of the family"].map(str::to_owned).to_vec(),
        text_columns: 2,
        rows: forms
            .into_iter()
            .map(|(family, form)| {
                vec![
                    form.opcode.clone(),
                    family.family.clone(),
                    format::count(form.hits),
                    format::count(form.misses),
                    format::percent(form.hits + form.misses, family.executions),
                ]
            })
            .collect(),
        folded: true,
    }
}

/// How many opcodes the table of neighbours shows, and how many neighbours of each.
const NEIGHBOURS_SHOWN: (usize, usize) = (40, 3);

/// What comes before and after each opcode.
pub(super) fn neighbour_table(profile: &Profile) -> Table {
    let list = |of: &str, pick: fn(&PairCount) -> (&str, &str)| {
        let mut found: Vec<(u64, &str)> = profile
            .pairs
            .iter()
            .map(|pair| (pick(pair), pair.count))
            .filter(|((me, _), _)| *me == of)
            .map(|((_, other), n)| (n, other))
            .collect();
        let total = found.iter().map(|(n, _)| n).sum();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let shown = found.iter().take(NEIGHBOURS_SHOWN.1);
        shown.map(|(n, other)| format!("{other} {}", format::percent(*n, total))).collect::<Vec<_>>().join(", ")
    };
    let mut opcodes: Vec<_> = profile.opcodes.iter().collect();
    opcodes.sort_by(|a, b| b.executions.cmp(&a.executions).then(a.name.cmp(&b.name)));
    opcodes.truncate(NEIGHBOURS_SHOWN.0);
    Table {
        caption: format!("Predecessors and successors of the {} most executed opcodes, in the same frame", opcodes.len()),
        columns: ["opcode", "comes after", "comes before"].map(str::to_owned).to_vec(),
        text_columns: 3,
        rows: opcodes
            .into_iter()
            .map(|op| {
                vec![
                    op.name.clone(),
                    list(&op.name, |pair| (&pair.second, &pair.first)),
                    list(&op.name, |pair| (&pair.first, &pair.second)),
                ]
            })
            .collect(),
        folded: true,
    }
}

pub(super) fn triple_table(profile: &Profile) -> Table {
    Table {
        caption: format!("The {} most frequent of {} triples recorded", profile.triples.len().min(TABLE_ROWS), profile.triples.len()),
        columns: ["first", "second", "third", "count", "share"].map(str::to_owned).to_vec(),
        text_columns: 3,
        rows: profile
            .triples
            .iter()
            .take(TABLE_ROWS)
            .map(|triple| {
                let mut row = triple.opcodes.to_vec();
                row.push(format::count(triple.count));
                row.push(format::percent(triple.count, profile.triples_total));
                row
            })
            .collect(),
        folded: true,
    }
}

/// How many sites the table of histories shows, and how many events of each.
const HISTORIES_SHOWN: (usize, usize) = (30, 8);

/// What became of the sites that changed most.
pub(super) fn history_table(profile: &Profile) -> Table {
    let mut sites: Vec<_> = profile.sites.iter().filter(|site| site.history.len() > 1).collect();
    let events = |site: &crate::profile::SiteProfile| site.history.len() as u64 + site.history_dropped;
    sites.sort_by(|a, b| {
        events(b).cmp(&events(a)).then(b.executions.cmp(&a.executions)).then_with(|| (&a.code, a.offset).cmp(&(&b.code, b.offset)))
    });
    let shown = sites.len().min(HISTORIES_SHOWN.0);
    Table {
        caption: format!(
            "Histories of the {shown} sites that changed most, of {} that did: at which executed instruction, what, why",
            sites.len()
        ),
        columns: ["code", "line", "family", "events", "history"].map(str::to_owned).to_vec(),
        text_columns: 5,
        rows: sites
            .into_iter()
            .take(shown)
            .map(|site| {
                let mut parts: Vec<String> = site.history.iter().take(HISTORIES_SHOWN.1).map(event_text).collect();
                let rest = events(site) - parts.len() as u64;
                if rest > 0 {
                    parts.push(format!("and {rest} more"));
                }
                vec![
                    site.code.clone(),
                    format!("{}:{}", short_name(&site.file), site.line),
                    site.family.clone(),
                    format::count(events(site)),
                    parts.join("; "),
                ]
            })
            .collect(),
        folded: true,
    }
}

fn event_text(event: &HistoryEvent) -> String {
    let what = match (event.what.as_str(), &event.opcode, &event.reason) {
        ("specialised", Some(opcode), _) => format!("→ {opcode}"),
        ("deoptimised", Some(opcode), _) => format!("gives up {opcode} after {} misses", event.misses),
        ("failed", _, Some(reason)) => format!("fails: {reason}"),
        (what, Some(opcode), _) => format!("{what} of {opcode}"),
        (what, _, _) => what.to_owned(),
    };
    let types = event.types.as_ref().map(|types| format!(" ({types})")).unwrap_or_default();
    format!("{}: {what}{types}", format::count(event.at))
}

pub(super) fn call_table(profile: &Profile) -> Table {
    let total: u64 = profile.calls.values().sum();
    let mut calls: Vec<_> = profile.calls.iter().collect();
    calls.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    Table {
        caption: format!("Calls by kind ({} in all)", format::count(total)),
        columns: ["kind", "calls", "share"].map(str::to_owned).to_vec(),
        text_columns: 1,
        rows: calls.into_iter().map(|(kind, n)| vec![kind.clone(), format::count(*n), format::percent(*n, total)]).collect(),
        folded: true,
    }
}
