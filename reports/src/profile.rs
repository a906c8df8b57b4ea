//! The trace profile: what `harness trace` records and writes to `profile.json`.
//!
//! Unlike [`crate::measure`], which holds *times* from runs without a probe, a profile holds *counts* from one run with
//! a probe, and says nothing about time. Every field is a plain count of events in the traced run unless its name ends
//! in a unit (`_bytes`, `_ns`). Field order and sorted maps make the JSON of two equal runs equal byte for byte.
//!
//! The machine fills these structures in; this crate only checks and draws them.
//!
//! # How the counts relate
//!
//! An *execution* is one trip through an opcode's semantics, superinstructions counting once (a *raw* execution); a
//! *base* instruction is one unfused instruction, superinstructions counting their components. For a family of
//! adaptive opcodes, every raw execution falls in exactly one of four classes:
//!
//! | class | meaning |
//! |---|---|
//! | `generic` | the counter-free form of the `plain` and `quickened` levels: nothing adapts here |
//! | `unspecialised` | the counting, adaptive form of the `cached` and `specialized` levels, before or between specialisations |
//! | `hits` | a specialised form whose guards held |
//! | `misses` | a specialised form whose guard failed, so that the instruction was finished by the generic semantics |
//!
//! hence `generic + unspecialised + hits + misses = executions`. [`Profile::standard_identities`] lists this and the other
//! equations that must hold.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// The number written to [`Profile::schema`]; raised when a field changes its meaning.
pub const PROFILE_SCHEMA: u32 = 2;

/// Everything one traced run recorded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The version of this format, [`PROFILE_SCHEMA`].
    pub schema: u32,
    /// The program, as named on the command line.
    pub file: String,
    /// The program's arguments (`sys.argv[1:]`).
    #[serde(default)]
    pub args: Vec<String>,
    /// The cell of the grid that ran.
    pub variant: Variant,
    /// The era whose adaptation rules were in force, such as `3.13`.
    pub era: String,
    /// The program's exit status.
    #[serde(default)]
    pub exit_status: i32,
    /// Unfused instructions executed; equal in every cell of the grid.
    pub base_instructions: u64,
    /// Opcodes executed, a superinstruction counting once.
    pub raw_executions: u64,
    /// Jumps from one handler to another through the dispatch mechanism (a handler that falls into the next without
    /// dispatching does not count).
    pub dispatches: u64,
    /// One entry per opcode that was executed at least once, most executed first.
    pub opcodes: Vec<OpcodeCount>,
    /// Pairs of opcodes executed one after the other in the same frame activation, most frequent first. May be cut to the
    /// most frequent ones; [`Profile::pairs_total`] is the uncut sum.
    pub pairs: Vec<PairCount>,
    /// The number of pair events, including those left out of [`Profile::pairs`].
    #[serde(default)]
    pub pairs_total: u64,
    /// Three opcodes executed one after the other in the same frame activation, most frequent first; may be cut as pairs may.
    #[serde(default)]
    pub triples: Vec<TripleCount>,
    /// The number of triple events, including those left out of [`Profile::triples`].
    #[serde(default)]
    pub triples_total: u64,
    /// One entry per family of adaptive opcodes that was executed at least once.
    pub families: Vec<FamilyProfile>,
    /// One entry per instruction of an adaptive family that was executed at least once.
    pub sites: Vec<SiteProfile>,
    /// Instructions replaced in place by superinstructions or quick forms.
    pub quickenings: Quickenings,
    /// What the garbage collector did.
    pub collections: Collections,
    /// Calls by kind, for instance `python`, `native_o`, `native_fast`, `class`, `bound_method`, `generator_resume`.
    pub calls: BTreeMap<String, u64>,
    /// Frames that ran.
    #[serde(default)]
    pub frames: Frames,
    /// The run over time.
    #[serde(default)]
    pub timeline: TimeLine,
    /// Straight-line stretches of the code that ran, with the executions of each instruction: what superinstructions are chosen and
    /// predicted by. Equal stretches are one entry; those executed most come first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stretches: Vec<Stretch>,
    /// Equations between counters, evaluated by the machine at the end of the run. A run in which one does not hold is
    /// not to be believed.
    pub identities: Vec<Identity>,
}

/// Instructions that follow one another, none but the first of which is jumped to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// Their generic opcodes.
    pub opcodes: Vec<String>,
    /// Executions of each, as a component of a superinstruction or not.
    pub counts: Vec<u64>,
}

/// A cell of the grid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Variant {
    /// The dispatch technique: `switch`, `call`, `tailcall`.
    pub dispatch: String,
    /// The instruction-set level: `plain`, `quickened`, `cached`, `specialized`.
    pub level: String,
}

impl Variant {
    /// The cell's name, `dispatch/level`.
    pub fn cell(&self) -> String {
        format!("{}/{}", self.dispatch, self.level)
    }
}

/// How often one opcode was executed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpcodeCount {
    /// The opcode's name as `dis` shows it (`BINARY_OP_ADD_INT`).
    pub name: String,
    /// Raw executions.
    pub executions: u64,
    /// Base instructions those executions stand for: `executions` × the number of counted components, 0 for `NOP`,
    /// `CACHE` and their like.
    pub base: u64,
    /// The adaptive family it belongs to, if any (`BINARY_OP`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
}

/// How often `second` was executed right after `first`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairCount {
    /// The earlier opcode's name.
    pub first: String,
    /// The later opcode's name.
    pub second: String,
    /// Times the pair occurred.
    pub count: u64,
}

/// How often three opcodes were executed one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripleCount {
    /// Their names, the earliest first.
    pub opcodes: [String; 3],
    /// Times the triple occurred.
    pub count: u64,
}

/// The adaptive life of a family of opcodes, over the whole run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyProfile {
    /// The family's name: that of its generic opcode.
    pub family: String,
    /// Raw executions of any opcode of the family.
    pub executions: u64,
    /// Executions of the counter-free generic form.
    pub generic: u64,
    /// Executions of the counting, adaptive form.
    pub unspecialised: u64,
    /// Times the specialiser was asked for a better form (a counter ran out).
    pub attempts: u64,
    /// Attempts that installed a specialised form.
    pub successes: u64,
    /// Attempts that were made because misses let a counter run out (CPython's statistics call these deopts).
    #[serde(default)]
    pub attempts_at_miss: u64,
    /// Those among them that installed a specialised form, perhaps the same.
    #[serde(default)]
    pub successes_at_miss: u64,
    /// Attempts that did not, by reason (`different types`, `out of versions`, …).
    pub failures: BTreeMap<String, u64>,
    /// Executions of a specialised form whose guards held.
    pub hits: u64,
    /// Executions of a specialised form whose guard failed.
    pub misses: u64,
    /// Times an instruction was rewritten *away* from a specialised form: back to the adaptive one, or to another
    /// specialised form by a later attempt. A miss alone is not a deopt.
    pub deopts: u64,
    /// The same hits and misses per specialised opcode.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<FormCount>,
}

impl FamilyProfile {
    /// The sum of the failures over all reasons.
    pub fn failures_total(&self) -> u64 {
        self.failures.values().sum()
    }

    /// Hits as a share of all executions of the family, in 0..=1; `None` for a family that was never executed.
    pub fn hit_rate(&self) -> Option<f64> {
        (self.executions > 0).then(|| self.hits as f64 / self.executions as f64)
    }
}

/// Hits and misses of one specialised opcode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormCount {
    /// The specialised opcode's name.
    pub opcode: String,
    /// Executions whose guards held.
    pub hits: u64,
    /// Executions whose guard failed.
    pub misses: u64,
}

/// The adaptive life of one instruction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteProfile {
    /// The `co_qualname` of the code object.
    pub code: String,
    /// The source file, as in tracebacks.
    pub file: String,
    /// The source line, counted from 1; 0 when the instruction has none.
    pub line: u32,
    /// The instruction's offset in bytes as CPython's `dis` shows it.
    pub offset: u32,
    /// The family.
    pub family: String,
    /// The opcode the instruction held at exit.
    pub state: String,
    /// Raw executions.
    pub executions: u64,
    /// As in [`FamilyProfile::generic`].
    #[serde(default)]
    pub generic: u64,
    /// As in [`FamilyProfile::unspecialised`].
    pub unspecialised: u64,
    /// As in [`FamilyProfile::attempts`].
    pub attempts: u64,
    /// As in [`FamilyProfile::successes`].
    pub successes: u64,
    /// As in [`FamilyProfile::failures`].
    #[serde(default)]
    pub failures: BTreeMap<String, u64>,
    /// As in [`FamilyProfile::hits`].
    pub hits: u64,
    /// As in [`FamilyProfile::misses`].
    pub misses: u64,
    /// As in [`FamilyProfile::deopts`].
    pub deopts: u64,
    /// Combinations of operand types that were seen, most frequent first; may be cut. Calls are told apart by what is called, attributes
    /// of classes and modules by these; empty for families whose caches do not depend on operands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeCount>,
    /// How many combinations there were, those left out included.
    #[serde(default)]
    pub types_distinct: u64,
    /// Executions whose operand types were counted: all, where there are operands.
    #[serde(default)]
    pub types_counted: u64,
    /// What became of the instruction, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<HistoryEvent>,
    /// Events left out of the middle of [`SiteProfile::history`].
    #[serde(default)]
    pub history_dropped: u64,
}

/// How many kinds of operands an instruction saw: what an inline cache of any size would have to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Degree {
    /// One.
    Monomorphic,
    /// Two to four, as in the polymorphic caches of Smalltalk, Self and JavaScript systems.
    Polymorphic,
    /// More.
    Megamorphic,
}

impl Degree {
    /// All of them.
    pub const ALL: [Degree; 3] = [Degree::Monomorphic, Degree::Polymorphic, Degree::Megamorphic];

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Degree::Monomorphic => "monomorphic",
            Degree::Polymorphic => "polymorphic",
            Degree::Megamorphic => "megamorphic",
        }
    }
}

impl SiteProfile {
    /// The degree, if the family's caches depend on operands.
    pub fn degree(&self) -> Option<Degree> {
        match self.types_distinct {
            0 => None,
            1 => Some(Degree::Monomorphic),
            2..=4 => Some(Degree::Polymorphic),
            _ => Some(Degree::Megamorphic),
        }
    }
}

/// How often a site saw a combination of operand types.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeCount {
    /// The types, from left to right.
    pub types: String,
    /// Executions.
    pub count: u64,
}

/// One event in the life of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEvent {
    /// Instructions that the run had executed.
    pub at: u64,
    /// `specialised`, `failed`, `deoptimised`, or `first miss` of the form just installed.
    pub what: String,
    /// The specialised opcode in question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opcode: Option<String>,
    /// Why specialising failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The operand types at that moment: with a deopt or a miss, those that broke the guard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub types: Option<String>,
    /// Misses since a form was last installed.
    pub misses: u64,
}

/// Frames that ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frames {
    /// Frames entered: calls, module and class bodies, and resumptions of generators.
    pub entered: u64,
    /// Of those, from native code, in a run loop of their own.
    pub from_native: u64,
    /// Of those, suspended ones that were resumed.
    pub resumed: u64,
    /// The deepest stack of frames.
    pub deepest: u64,
}

/// The run over time, time being executed instructions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLine {
    /// Instructions in each bucket but the last.
    pub width_instructions: u64,
    /// What happened in each stretch, in order.
    pub buckets: Vec<TimeBucket>,
}

/// What happened in one stretch of the run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeBucket {
    /// Instructions executed.
    pub executed: u64,
    /// As in [`FamilyProfile::generic`], over all families.
    pub generic: u64,
    /// As in [`FamilyProfile::unspecialised`].
    pub unspecialised: u64,
    /// As in [`FamilyProfile::hits`].
    pub hits: u64,
    /// As in [`FamilyProfile::misses`].
    pub misses: u64,
    /// As in [`FamilyProfile::successes`].
    pub successes: u64,
    /// Failed attempts.
    pub failures: u64,
    /// As in [`FamilyProfile::deopts`].
    pub deopts: u64,
    /// Instructions fused in place.
    pub quickened: u64,
    /// Collections that ended.
    pub collections: u64,
}

impl TimeBucket {
    /// Executions of adaptive families.
    pub fn family_executions(&self) -> u64 {
        self.generic + self.unspecialised + self.hits + self.misses
    }
}

/// Instructions replaced in place while the program ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quickenings {
    /// Code objects that were quickened.
    pub code_objects: u64,
    /// Instructions that were rewritten.
    pub instructions: u64,
    /// How often each superinstruction or quick form was installed.
    #[serde(default)]
    pub by_opcode: BTreeMap<String, u64>,
}

/// What the garbage collector did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collections {
    /// Collections run.
    pub count: u64,
    /// Objects freed by all of them together, when the heap counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freed_objects: Option<u64>,
    /// Bytes freed by all of them together.
    pub freed_bytes: u64,
    /// Bytes allocated over the whole run, when the heap counts them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocated_bytes: Option<u64>,
    /// The largest heap seen after a collection or at exit, in bytes, when the heap knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_heap_bytes: Option<u64>,
    /// Wall time spent collecting, in nanoseconds. It was measured with the probe on: an order of magnitude, not a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_ns: Option<u64>,
}

/// One equation between counters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The equation in words, such as `LOAD_ATTR: generic + unspecialised + hits + misses = executions`.
    pub name: String,
    /// The value of its left side.
    pub left: u64,
    /// The value of its right side.
    pub right: u64,
    /// Whether the two are equal.
    pub holds: bool,
}

impl Identity {
    /// Evaluates `left = right`.
    pub fn new(name: impl Into<String>, left: u64, right: u64) -> Identity {
        Identity { name: name.into(), left, right, holds: left == right }
    }
}

impl Profile {
    /// The equations every profile must satisfy, evaluated on this one's own numbers. The machine appends those which
    /// need counters that the profile does not carry (such as a separately kept instruction count).
    pub fn standard_identities(&self) -> Vec<Identity> {
        let mut identities = vec![
            Identity::new(
                "sum of executions per opcode = raw executions",
                self.opcodes.iter().map(|op| op.executions).sum(),
                self.raw_executions,
            ),
            Identity::new(
                "sum of base instructions per opcode = base instructions",
                self.opcodes.iter().map(|op| op.base).sum(),
                self.base_instructions,
            ),
        ];
        identities.extend(self.timeline_identities());
        let untyped: Vec<&SiteProfile> =
            self.sites.iter().filter(|site| site.types_distinct > 0 && site.types_counted != site.executions).collect();
        identities.push(Identity::new("sites whose executions by operand types are not their executions = none", untyped.len() as u64, 0));
        // One pass over the opcodes and the sites: a big program has tens of thousands of sites.
        let mut by_opcode: HashMap<&str, u64> = HashMap::new();
        for op in &self.opcodes {
            if let Some(family) = &op.family {
                *by_opcode.entry(family).or_default() += op.executions;
            }
        }
        let mut by_site: HashMap<&str, [u64; 4]> = HashMap::new();
        for site in &self.sites {
            let sums = by_site.entry(&site.family).or_default();
            let values = [site.executions, site.hits, site.misses, site.attempts];
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += value;
            }
        }
        for family in &self.families {
            let name = &family.family;
            identities.push(Identity::new(
                format!("{name}: generic + unspecialised + hits + misses = executions"),
                family.generic + family.unspecialised + family.hits + family.misses,
                family.executions,
            ));
            identities.push(Identity::new(
                format!("{name}: successes + failures = attempts"),
                family.successes + family.failures_total(),
                family.attempts,
            ));
            if let Some(&sum) = by_opcode.get(name.as_str()) {
                identities.push(Identity::new(format!("{name}: sum over its opcodes = executions"), sum, family.executions));
            }
            if let Some(sums) = by_site.get(name.as_str()) {
                let whole =
                    [("executions", family.executions), ("hits", family.hits), ("misses", family.misses), ("attempts", family.attempts)];
                for (&sum, (what, total)) in sums.iter().zip(whole) {
                    identities.push(Identity::new(format!("{name}: sum of {what} over sites = {what}"), sum, total));
                }
            }
        }
        identities
    }

    /// The sums over the time line are the totals.
    fn timeline_identities(&self) -> Vec<Identity> {
        if self.timeline.buckets.is_empty() {
            return Vec::new();
        }
        let sum = |pick: fn(&TimeBucket) -> u64| self.timeline.buckets.iter().map(pick).sum::<u64>();
        let total = |pick: fn(&FamilyProfile) -> u64| self.families.iter().map(pick).sum::<u64>();
        vec![
            Identity::new("time line: sum of executions = raw executions", sum(|b| b.executed), self.raw_executions),
            Identity::new(
                "time line: sum of adaptive executions = executions of families",
                sum(TimeBucket::family_executions),
                total(|f| f.executions),
            ),
            Identity::new("time line: sum of hits = hits", sum(|b| b.hits), total(|f| f.hits)),
            Identity::new("time line: sum of misses = misses", sum(|b| b.misses), total(|f| f.misses)),
            Identity::new("time line: sum of specialisations = successes", sum(|b| b.successes), total(|f| f.successes)),
            Identity::new("time line: sum of failures = failures", sum(|b| b.failures), total(FamilyProfile::failures_total)),
            Identity::new("time line: sum of deopts = deopts", sum(|b| b.deopts), total(|f| f.deopts)),
            Identity::new("time line: sum of quickenings = quickened instructions", sum(|b| b.quickened), self.quickenings.instructions),
            Identity::new("time line: sum of collections = collections", sum(|b| b.collections), self.collections.count),
        ]
    }

    /// The identities that do not hold: those recorded in the file, and the standard ones evaluated again.
    pub fn broken_identities(&self) -> Vec<Identity> {
        let mut broken: Vec<Identity> =
            self.identities.iter().filter(|identity| !identity.holds || identity.left != identity.right).cloned().collect();
        for identity in self.standard_identities() {
            if !identity.holds && !broken.iter().any(|seen| seen.name == identity.name) {
                broken.push(identity);
            }
        }
        broken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Profile {
        Profile {
            schema: PROFILE_SCHEMA,
            base_instructions: 30,
            raw_executions: 20,
            opcodes: vec![
                OpcodeCount { name: "LOAD_FAST_LOAD_FAST".into(), executions: 10, base: 20, family: None },
                OpcodeCount { name: "BINARY_OP".into(), executions: 10, base: 10, family: Some("BINARY_OP".into()) },
            ],
            families: vec![FamilyProfile {
                family: "BINARY_OP".into(),
                executions: 10,
                unspecialised: 3,
                hits: 6,
                misses: 1,
                attempts: 2,
                successes: 1,
                failures: BTreeMap::from([("different types".to_owned(), 1)]),
                ..FamilyProfile::default()
            }],
            ..Profile::default()
        }
    }

    #[test]
    fn a_consistent_profile_has_no_broken_identity() {
        assert_eq!(small().broken_identities(), vec![]);
    }

    #[test]
    fn a_lost_hit_is_noticed() {
        let mut profile = small();
        profile.families[0].hits -= 1;
        let broken = profile.broken_identities();
        assert_eq!(broken.len(), 1);
        assert_eq!((broken[0].left, broken[0].right), (9, 10));
    }

    #[test]
    fn json_round_trip() {
        let text = serde_json::to_string(&small()).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), small());
    }
}
