//! The part of the report that is about counts: which charts and tables are made from trace profiles.
//!
//! Unlike [`crate::measured`], nothing here has an interval: a traced run is deterministic, and n = 1 is exact.

mod charts;
mod tables;

use std::collections::BTreeSet;

use crate::chart::heat::{HeatCell, HeatMap, Key};
use crate::chart::palette;
use crate::format::{self, UNAVAILABLE};
use crate::page::Table;
use crate::profile::{FamilyProfile, Profile};
use crate::report::{Draft, Part};

/// The sections: one that compares the profiles if there are several, then one each.
pub(crate) fn sections(profiles: &[(String, Profile)]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    if profiles.len() > 1 {
        drafts.push(overview(profiles));
    }
    let fold = profiles.len() > 2;
    drafts.extend(profiles.iter().map(|(slug, profile)| section(slug, profile, fold)));
    drafts
}

pub(super) fn short_name(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".py").unwrap_or(name)
}

pub(super) fn heading(profile: &Profile) -> String {
    format!("{} on {}", short_name(&profile.file), profile.variant.cell())
}

pub(super) fn run_line(profile: &Profile) -> String {
    format!("One traced run (n = 1, exact) of {} on {}, era {}.", profile.file, profile.variant.cell(), profile.era)
}

fn overview(profiles: &[(String, Profile)]) -> Draft {
    let families: BTreeSet<&str> =
        profiles.iter().flat_map(|(_, profile)| profile.families.iter().map(|family| family.family.as_str())).collect();
    let rate = |profile: &Profile, family: &str| {
        let family = profile.families.iter().find(|f| f.family == family)?;
        let rate = family.hit_rate()?;
        Some(HeatCell { fill: palette::sequential(rate), text: format!("{:.0}", rate * 100.0), note: String::new() })
    };
    let chart = HeatMap {
        name: "hit-rates".into(),
        title: "Hit rate per family and program".into(),
        rows: profiles.iter().map(|(_, profile)| heading(profile)).collect(),
        row_title: "program".into(),
        columns: families.iter().map(|family| (*family).to_owned()).collect(),
        column_title: "family".into(),
        cells: profiles.iter().map(|(_, profile)| families.iter().map(|family| rate(profile, family)).collect()).collect(),
        cell_size: (44.0, 26.0),
        upright_columns: true,
        key: Some(Key {
            title: "executions that hit a specialised form, in % of the family's executions".into(),
            colour: palette::sequential,
            labels: vec![(0.0, "0 %".into()), (0.5, "50 %".into()), (1.0, "100 %".into())],
        }),
        caption: vec!["One traced run per row (n = 1, exact). Empty: the family was not executed.".into()],
    };
    let rows = profiles
        .iter()
        .map(|(_, profile)| {
            let sum = |value: fn(&FamilyProfile) -> u64| profile.families.iter().map(value).sum::<u64>();
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
    Draft::new("traces", "Traces compared").part(Part::Picture(chart.draw())).part(Part::table(Table {
        caption: "Totals".into(),
        columns: ["program", "cell", "base instructions", "raw executions", "dispatches", "hit rate", "misses", "deopts", "collections"]
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
        let list: Vec<String> =
            broken.iter().map(|identity| format!("{} ({} ≠ {})", identity.name, identity.left, identity.right)).collect();
        format!("Accounting is BROKEN: {}.", list.join("; "))
    });
    draft = draft.part(Part::Picture(charts::opcode_chart(slug, profile).draw())).part(Part::table(tables::opcode_table(profile)));
    if !profile.pairs.is_empty() {
        draft = draft
            .part(Part::Picture(charts::pair_chart(slug, profile).draw()))
            .part(Part::table(tables::pair_table(profile)))
            .part(Part::table(tables::neighbour_table(profile)));
    }
    if !profile.triples.is_empty() {
        draft = draft.part(Part::table(tables::triple_table(profile)));
    }
    if profile.families.is_empty() {
        draft = draft.paragraph(format!("Adaptive families: {UNAVAILABLE} (none was executed)."));
    } else {
        draft = draft.part(Part::Picture(charts::family_chart(slug, profile).draw()));
        if profile.families.iter().any(|f| f.misses + f.deopts > 0) {
            draft = draft.part(Part::Picture(charts::deopt_chart(slug, profile).draw()));
        } else {
            draft = draft.paragraph("No miss and no deopt in any family.");
        }
        draft = draft.part(Part::table(tables::family_table(profile))).part(Part::table(tables::form_table(profile)));
        draft = adaptation(slug, profile, draft);
    }
    draft.part(Part::table(tables::call_table(profile)))
}

/// What adaptation did: over time, why it failed, what the sites saw and what became of them.
fn adaptation(slug: &str, profile: &Profile, mut draft: Draft) -> Draft {
    let adapts = profile.families.iter().any(|family| family.attempts > 0);
    if adapts && profile.timeline.buckets.len() > 1 {
        draft = draft.part(Part::Picture(charts::time_chart(slug, profile).draw()));
    }
    if profile.families.iter().any(|family| family.failures_total() > 0) {
        draft = draft.part(Part::Picture(charts::failure_chart(slug, profile).draw())).part(Part::table(tables::failure_table(profile)));
    }
    if profile.sites.iter().any(|site| site.degree().is_some()) {
        draft = draft.part(Part::Picture(charts::degree_chart(slug, profile).draw()));
    }
    draft = draft.part(Part::table(tables::site_table(profile)));
    if adapts {
        draft = draft.part(Part::table(tables::history_table(profile)));
    }
    draft
}

/// The families, most executed first.
pub(super) fn families(profile: &Profile) -> Vec<&FamilyProfile> {
    let mut families: Vec<&FamilyProfile> = profile.families.iter().filter(|f| f.executions > 0).collect();
    families.sort_by(|a, b| b.executions.cmp(&a.executions).then(a.family.cmp(&b.family)));
    families
}
