//! The observer behind `harness trace`: turns every step and event into counters.
//!
//! A step is classed when it is dispatched, a specialised form as a hit; a miss that is reported before the next step makes it a miss.
//! An instruction that is rewritten and dispatched again counts once: as the new form if the old one was only counting, as the old
//! form's miss if its guard had failed.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use vm_core::adapt::prepare::adaptive;
use vm_core::code::CodeObject;
use vm_core::heap::CollectionStats;
use vm_core::machine::frame::Frame;
use vm_core::object::code::Code;
use vm_core::op::Unit;
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};
use vm_core::probe::{Adapted, Observer, Step};

use crate::code_map::CodeMap;

/// No opcode: the first instruction of a frame has none before it.
const NONE: u16 = u16::MAX;

/// How an execution of an adaptive family counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Not of an adaptive family.
    Other,
    /// The counter-free generic form.
    Generic,
    /// The counting form.
    Unspecialised,
    /// A specialised form.
    Hit,
    /// A specialised form whose guard failed.
    Miss,
}

/// The class of an opcode's executions while no miss is reported.
fn class_of(op: Opcode) -> Class {
    let family = op.family();
    if adaptive(family) == family || super::is_fused(op) {
        Class::Other
    } else if op == family || matches!(op, Opcode::WARMUP_RESUME) {
        Class::Generic
    } else if op.is_specialized() {
        Class::Hit
    } else {
        Class::Unspecialised
    }
}

/// Counters of a family or of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Adaptation {
    pub(super) executions: u64,
    pub(super) generic: u64,
    pub(super) unspecialised: u64,
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) attempts: u64,
    pub(super) successes: u64,
    pub(super) deopts: u64,
    pub(super) failures: BTreeMap<&'static str, u64>,
}

impl Adaptation {
    fn of(&mut self, class: Class) -> Option<&mut u64> {
        match class {
            Class::Other => None,
            Class::Generic => Some(&mut self.generic),
            Class::Unspecialised => Some(&mut self.unspecialised),
            Class::Hit => Some(&mut self.hits),
            Class::Miss => Some(&mut self.misses),
        }
    }

    fn executed(&mut self, class: Class) {
        self.executions += 1;
        if let Some(counter) = self.of(class) {
            *counter += 1;
        }
    }

    fn retracted(&mut self, class: Class) {
        self.executions -= 1;
        if let Some(counter) = self.of(class) {
            *counter -= 1;
        }
    }
}

/// One instruction of an adaptive family.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) family: Opcode,
    pub(super) state: Opcode,
    pub(super) counts: Adaptation,
}

/// One code object, by its compiled unit.
pub(super) struct TracedCode {
    pub(super) source: Arc<CodeObject>,
    pub(super) map: CodeMap,
    pub(super) sites: Vec<Option<Box<Site>>>,
}

/// The step just taken, as far as it may have to be corrected.
#[derive(Clone, Copy)]
struct Last {
    op: Opcode,
    class: Class,
    base: i64,
    code: usize,
    unit: usize,
    pair: Option<usize>,
    before: u16,
    /// The instruction is dispatched anew after a miss that has been counted.
    uncounted: bool,
}

/// What is to be done with the step that follows a rewrite.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Redispatch {
    No,
    /// The first dispatch was taken back.
    Counted,
    /// The first dispatch stands.
    Uncounted,
}

/// Collections seen so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Collected {
    pub(super) count: u64,
    pub(super) freed_bytes: u64,
    pub(super) allocated_bytes: u64,
    pub(super) peak_bytes: u64,
    live_bytes: u64,
}

/// Counters of a traced run.
pub struct Recorder {
    pub(super) executions: Box<[u64; OPCODE_LIMIT]>,
    pub(super) base: Box<[i64; OPCODE_LIMIT]>,
    pub(super) pairs: Box<[u64]>,
    pub(super) families: BTreeMap<Opcode, Adaptation>,
    pub(super) forms: BTreeMap<Opcode, (u64, u64)>,
    pub(super) codes: Vec<TracedCode>,
    pub(super) quickened: BTreeMap<Opcode, u64>,
    pub(super) quickened_codes: Vec<bool>,
    pub(super) collected: Collected,
    pub(super) calls: BTreeMap<&'static str, u64>,
    /// Misses reported by the machine, and those among them that belong to an execution which is not counted.
    pub(super) miss_events: u64,
    pub(super) uncounted_misses: u64,
    pub(super) redispatches: u64,
    classes: Box<[Class; OPCODE_LIMIT]>,
    by_source: HashMap<usize, usize>,
    current_source: usize,
    current: usize,
    frame: usize,
    previous: u16,
    suspended: HashMap<usize, u16>,
    last: Option<Last>,
    redispatch: Redispatch,
}

impl Default for Recorder {
    fn default() -> Recorder {
        let mut classes = Box::new([Class::Other; OPCODE_LIMIT]);
        for &op in Opcode::ALL {
            classes[op as usize] = class_of(op);
        }
        Recorder {
            executions: Box::new([0; OPCODE_LIMIT]),
            base: Box::new([0; OPCODE_LIMIT]),
            pairs: vec![0; OPCODE_LIMIT * OPCODE_LIMIT].into(),
            families: BTreeMap::new(),
            forms: BTreeMap::new(),
            codes: Vec::new(),
            quickened: BTreeMap::new(),
            quickened_codes: Vec::new(),
            collected: Collected::default(),
            calls: BTreeMap::new(),
            miss_events: 0,
            uncounted_misses: 0,
            redispatches: 0,
            classes,
            by_source: HashMap::new(),
            current_source: 0,
            current: 0,
            frame: 0,
            previous: NONE,
            suspended: HashMap::new(),
            last: None,
            redispatch: Redispatch::No,
        }
    }
}

impl Recorder {
    /// The index of a code object; its compiled unit is kept, so that its address stays its own.
    fn code_index(&mut self, code: &Code) -> usize {
        let source = Arc::as_ptr(&code.source) as usize;
        if source != self.current_source {
            self.current_source = source;
            self.current = match self.by_source.get(&source) {
                Some(&index) => index,
                None => {
                    let map = CodeMap::new(&code.source, code.fused);
                    self.codes.push(TracedCode { source: code.source.clone(), map, sites: vec![None; code.units_box.len()] });
                    self.quickened_codes.push(false);
                    self.by_source.insert(source, self.codes.len() - 1);
                    self.codes.len() - 1
                }
            };
        }
        self.current
    }

    fn site(&mut self, code: usize, unit: usize, op: Opcode) -> &mut Site {
        self.codes[code].sites[unit].get_or_insert_with(|| Box::new(Site { family: op.family(), state: op, counts: Adaptation::default() }))
    }

    /// The opcode run before this one in the same frame activation.
    fn previous_in_frame(&mut self, fp: usize, code: usize, unit: usize) -> u16 {
        if fp != self.frame {
            self.suspended.insert(self.frame, self.previous);
            self.frame = fp;
            self.previous = self.suspended.get(&fp).copied().unwrap_or(NONE);
        }
        if unit == 0 {
            self.previous = NONE;
        } else if self.codes[code].map.generator_start == Some(unit) {
            // A generator's frame is a copy of the one that RETURN_GENERATOR left.
            self.previous = Opcode::RETURN_GENERATOR as u16;
        }
        self.previous
    }

    fn with_counts(&mut self, last: Last, f: impl Fn(&mut Adaptation)) {
        if last.class != Class::Other {
            f(self.families.entry(last.op.family()).or_default());
            f(&mut self.site(last.code, last.unit, last.op).counts);
        }
    }

    fn count(&mut self, last: Last) {
        self.executions[last.op as usize] += 1;
        self.base[last.op as usize] += last.base;
        if let Some(pair) = last.pair {
            self.pairs[pair] += 1;
        }
        if last.class != Class::Other {
            self.with_counts(last, |counts| counts.executed(last.class));
            if last.class == Class::Hit {
                self.forms.entry(last.op).or_default().0 += 1;
            }
        }
    }

    fn retract(&mut self, last: Last) {
        self.executions[last.op as usize] -= 1;
        self.base[last.op as usize] -= last.base;
        if let Some(pair) = last.pair {
            self.pairs[pair] -= 1;
        }
        self.with_counts(last, |counts| counts.retracted(last.class));
        if last.class == Class::Hit {
            self.forms.entry(last.op).or_default().0 -= 1;
        }
    }

    fn missed(&mut self) {
        self.miss_events += 1;
        let Some(last) = self.last.filter(|last| last.class == Class::Hit && !last.uncounted) else {
            self.uncounted_misses += 1;
            return;
        };
        self.with_counts(last, |counts| {
            counts.hits -= 1;
            counts.misses += 1;
        });
        let form = self.forms.entry(last.op).or_default();
        form.0 -= 1;
        form.1 += 1;
        self.last = Some(Last { class: Class::Miss, ..last });
    }
}

impl Observer for Recorder {
    fn step(&mut self, step: &Step<'_>) {
        // SAFETY: the frame about to run is live, and its code too.
        let code = unsafe { &*(*Frame::of(step.fp)).code };
        let index = self.code_index(code);
        let unit = (step.ip as usize - code.units as usize) / size_of::<Unit>();
        let redispatch = std::mem::replace(&mut self.redispatch, Redispatch::No);
        let before = self.previous_in_frame(step.fp as usize, index, unit);
        let behind_end_for = before == Opcode::END_FOR as u16;
        let last = Last {
            op: step.op,
            class: self.classes[step.op as usize],
            // END_FOR and the POP_TOP behind it count nothing, since specialised loops skip them.
            base: if behind_end_for { 0 } else { step.op.base_weight().max(0) },
            code: index,
            unit,
            pair: (before != NONE).then(|| usize::from(before) * OPCODE_LIMIT + step.op as usize),
            before,
            uncounted: redispatch == Redispatch::Uncounted,
        };
        self.previous = step.op as u16;
        if last.class != Class::Other {
            self.site(index, unit, step.op).state = step.op;
        }
        if !last.uncounted {
            self.count(last);
        }
        self.last = Some(last);
        if redispatch == Redispatch::No {
            if let Some(kind) = super::calls::kind(step) {
                *self.calls.entry(kind).or_default() += 1;
            }
            // SAFETY: as above.
            if unit == 0 && unsafe { (*Frame::of(step.fp)).flags } & Frame::ENTRY != 0 {
                *self.calls.entry("python_from_native").or_default() += 1;
            }
        }
    }

    fn again(&mut self, _: Opcode) {
        self.redispatches += 1;
        let Some(last) = self.last else { return };
        if last.class == Class::Miss {
            self.redispatch = Redispatch::Uncounted;
        } else {
            self.retract(last);
            self.previous = last.before;
            self.redispatch = Redispatch::Counted;
        }
    }

    fn skipped(&mut self, base: i64) {
        if let Some(last) = self.last {
            self.base[last.op as usize] += base;
        }
    }

    fn adapted(&mut self, code: &Code, ip: *const Unit, family: Opcode, what: Adapted) {
        let index = self.code_index(code);
        let unit = (ip as usize - code.units as usize) / size_of::<Unit>();
        if let Adapted::Quickened(pair) = what {
            *self.quickened.entry(pair).or_default() += 1;
            self.quickened_codes[index] = true;
            return;
        }
        let place = Last { op: family, class: Class::Unspecialised, base: 0, code: index, unit, pair: None, before: NONE, uncounted: true };
        match what {
            Adapted::Success(op) => {
                let was = std::mem::replace(&mut self.site(index, unit, family).state, op);
                let deopt = u64::from(was.is_specialized() && was != op);
                self.with_counts(place, |counts| {
                    counts.attempts += 1;
                    counts.successes += 1;
                    counts.deopts += deopt;
                });
            }
            Adapted::Failure(reason) => self.with_counts(place, |counts| {
                counts.attempts += 1;
                *counts.failures.entry(reason).or_default() += 1;
            }),
            Adapted::Deopt(_) => {
                self.site(index, unit, family).state = adaptive(family);
                self.with_counts(place, |counts| counts.deopts += 1);
            }
            Adapted::Miss(_) => self.missed(),
            Adapted::Quickened(_) => {}
        }
    }

    fn collected(&mut self, stats: &CollectionStats) {
        let (live, allocated) = (stats.live_bytes as u64, stats.allocated_bytes as u64);
        let c = &mut self.collected;
        c.count += 1;
        c.freed_bytes += (c.live_bytes + allocated).saturating_sub(live);
        c.allocated_bytes += allocated;
        c.peak_bytes = c.peak_bytes.max(c.live_bytes + allocated);
        c.live_bytes = live;
    }

    fn call(&mut self, kind: &'static str) {
        *self.calls.entry(kind).or_default() += 1;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
