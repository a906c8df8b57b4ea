//! The tables of one trace, each beside its chart.

use super::{families, short_name};
use crate::format;
use crate::page::Table;
use crate::profile::Profile;

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
                let counts = [site.executions, site.hits, site.misses, site.unspecialised, site.attempts, site.deopts];
                row.extend(counts.map(format::count));
                row
            })
            .collect(),
        folded: true,
    }
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
