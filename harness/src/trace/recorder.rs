//! The observer behind `harness trace`: turns every step and event into counters.
//!
//! A step is classed when it is dispatched, a specialised form as a hit; a miss that is reported before the next step makes it a miss.
//! An instruction that is rewritten and dispatched again counts once: as the new form if the old one was only counting, as the old
//! form's miss if its guard had failed. CPython's own statistics count every dispatch; `dispatched` and `stream_pairs` are kept for them.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use vm_core::adapt::prepare::adaptive;
use vm_core::code::CodeObject;
use vm_core::heap::CollectionStats;
use vm_core::machine::frame::Frame;
use vm_core::object::code::Code;
use vm_core::op::Unit;
use vm_core::opcodes::{OPCODE_LIMIT, Opcode};
use vm_core::probe::{Adapted, Observer, Step};

use super::counts::{Adaptation, Class, class_of};
use super::events::Events;
use super::frames::{Arrival, Frames};
use super::operands;
use super::site::{Site, What};
use super::timeline::{Timeline, Totals};
use crate::code_map::CodeMap;

/// No opcode: the first instruction of a frame has none before it.
const NONE: u16 = u16::MAX;
/// Bits of an opcode number in the key of a triple.
const OPCODE_BITS: u32 = 10;

/// One code object, by its compiled unit.
pub(super) struct TracedCode {
    pub(super) source: Arc<CodeObject>,
    pub(super) map: CodeMap,
    pub(super) sites: Vec<Option<Box<Site>>>,
    /// Executions of the instruction at each unit, components of superinstructions counted where they stand.
    pub(super) counts: Vec<u64>,
}

impl TracedCode {
    /// The unit of the next instruction, unless the one at `unit` is two in one.
    fn behind(&self, unit: usize) -> Option<usize> {
        let op = Opcode::from_number(u16::from(*self.map.form(&self.source).code.get(2 * unit)?))?;
        let next = unit + 1 + op.caches();
        (!crate::code_map::packed(op) && next < self.counts.len()).then_some(next)
    }
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
    triple: Option<u32>,
    before: [u16; 2],
    /// The operand types it saw, once counted; none if its family has none.
    seen: Option<Option<usize>>,
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

/// A quick hash for keys that are small numbers.
#[derive(Default)]
pub(super) struct Multiply(u64);

impl Hasher for Multiply {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = (self.0 ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_right(29);
    }
}

/// Counts by triple of opcodes.
pub(super) type Triples = HashMap<u32, u64, BuildHasherDefault<Multiply>>;

/// Counters of a traced run.
pub struct Recorder {
    pub(super) executions: Box<[u64; OPCODE_LIMIT]>,
    pub(super) base: Box<[i64; OPCODE_LIMIT]>,
    pub(super) pairs: Box<[u64]>,
    pub(super) triples: Triples,
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
    pub(super) totals: Totals,
    pub(super) timeline: Timeline,
    pub(super) frames: Frames,
    pub(super) events: Events,
    /// As CPython's statistics count: every dispatch, and pairs along each run loop across its frames.
    pub(super) dispatched: Box<[u64; OPCODE_LIMIT]>,
    pub(super) stream_pairs: Box<[u64]>,
    /// Misses by form, those of uncounted executions included, and executions that are not counted, by form.
    pub(super) all_misses: BTreeMap<Opcode, u64>,
    pub(super) uncounted: BTreeMap<Opcode, u64>,
    /// Reasons that CPython counts for attempts which succeeded.
    pub(super) noted: BTreeMap<(Opcode, &'static str), u64>,
    classes: Box<[Class; OPCODE_LIMIT]>,
    by_source: HashMap<usize, usize>,
    current_source: usize,
    current: usize,
    frame: usize,
    previous: [u16; 2],
    suspended: HashMap<usize, [u16; 2]>,
    last: Option<Last>,
    redispatch: Redispatch,
}

impl Recorder {
    /// A recorder that keeps at most that many single events of each kind, for a time line of them.
    #[must_use]
    pub fn keeping(most_events: usize) -> Recorder {
        let mut classes = Box::new([Class::Other; OPCODE_LIMIT]);
        for &op in Opcode::ALL {
            classes[op as usize] = class_of(op);
        }
        Recorder {
            executions: Box::new([0; OPCODE_LIMIT]),
            base: Box::new([0; OPCODE_LIMIT]),
            pairs: vec![0; OPCODE_LIMIT * OPCODE_LIMIT].into(),
            triples: Triples::default(),
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
            totals: Totals::default(),
            timeline: Timeline::default(),
            frames: Frames::keeping(most_events),
            events: Events::keeping(most_events),
            dispatched: Box::new([0; OPCODE_LIMIT]),
            stream_pairs: vec![0; OPCODE_LIMIT * OPCODE_LIMIT].into(),
            all_misses: BTreeMap::new(),
            uncounted: BTreeMap::new(),
            noted: BTreeMap::new(),
            classes,
            by_source: HashMap::new(),
            current_source: 0,
            current: 0,
            frame: 0,
            previous: [NONE; 2],
            suspended: HashMap::new(),
            last: None,
            redispatch: Redispatch::No,
        }
    }

    /// The run has ended.
    pub(super) fn finish(&mut self) {
        self.frames.finish(self.totals.executed);
    }

    /// The opcodes of a triple's key.
    pub(super) fn triple(key: u32) -> [u16; 3] {
        let mask = (1 << OPCODE_BITS) - 1;
        [(key >> (2 * OPCODE_BITS)) & mask, (key >> OPCODE_BITS) & mask, key & mask].map(|n| n as u16)
    }

    /// The index of a code object; its compiled unit is kept, so that its address stays its own.
    fn code_index(&mut self, code: &Code) -> usize {
        let source = Arc::as_ptr(code.source()) as usize;
        if source != self.current_source {
            self.current_source = source;
            self.current = match self.by_source.get(&source) {
                Some(&index) => index,
                None => {
                    let map = CodeMap::new(code.source(), code.fused);
                    self.codes.push(TracedCode {
                        source: code.source().clone(),
                        map,
                        sites: vec![None; code.unit_count()],
                        counts: vec![0; code.unit_count()],
                    });
                    self.quickened_codes.push(false);
                    self.by_source.insert(source, self.codes.len() - 1);
                    self.codes.len() - 1
                }
            };
        }
        self.current
    }

    fn site(&mut self, code: usize, unit: usize, op: Opcode) -> &mut Site {
        self.codes[code].sites[unit].get_or_insert_with(|| Box::new(Site::new(op)))
    }

    /// The two opcodes run before this one in the same frame activation, the nearer first.
    fn previous_in_frame(&mut self, fp: usize, code: usize, unit: usize) -> [u16; 2] {
        if fp != self.frame {
            self.suspended.insert(self.frame, self.previous);
            self.frame = fp;
            self.previous = self.suspended.get(&fp).copied().unwrap_or([NONE; 2]);
        }
        if unit == 0 {
            self.previous = [NONE; 2];
        } else if self.codes[code].map.generator_start == Some(unit) {
            // A generator's frame is a copy of the one that RETURN_GENERATOR left.
            self.previous = [Opcode::RETURN_GENERATOR as u16, NONE];
        }
        self.previous
    }

    fn with_counts(&mut self, last: Last, f: impl Fn(&mut Adaptation)) {
        if last.class != Class::Other {
            f(self.families.entry(last.op.family()).or_default());
            f(&mut self.site(last.code, last.unit, last.op).counts);
        }
    }

    fn total_of(&mut self, class: Class) -> Option<&mut u64> {
        match class {
            Class::Other => None,
            Class::Generic => Some(&mut self.totals.generic),
            Class::Unspecialised => Some(&mut self.totals.unspecialised),
            Class::Hit => Some(&mut self.totals.hits),
            Class::Miss => Some(&mut self.totals.misses),
        }
    }

    fn count(&mut self, last: &mut Last, step: &Step<'_>) {
        self.totals.executed += 1;
        self.executions[last.op as usize] += 1;
        self.base[last.op as usize] += last.base;
        self.codes[last.code].counts[last.unit] += 1;
        if let Some(pair) = last.pair {
            self.pairs[pair] += 1;
        }
        if let Some(triple) = last.triple {
            *self.triples.entry(triple).or_default() += 1;
        }
        if last.class != Class::Other {
            self.with_counts(*last, |counts| counts.executed(last.class));
            if let Some(total) = self.total_of(last.class) {
                *total += 1;
            }
            let family = last.op.family();
            if let Some(key) = operands::key(step, family) {
                let site = self.site(last.code, last.unit, last.op);
                last.seen = Some(site.saw(key, || operands::name(step, family)));
            }
            if last.class == Class::Hit {
                self.forms.entry(last.op).or_default().0 += 1;
            }
        }
    }

    fn retract(&mut self, last: Last) {
        self.totals.executed -= 1;
        self.executions[last.op as usize] -= 1;
        self.base[last.op as usize] -= last.base;
        self.codes[last.code].counts[last.unit] -= 1;
        if let Some(pair) = last.pair {
            self.pairs[pair] -= 1;
        }
        if let Some(count) = last.triple.and_then(|triple| self.triples.get_mut(&triple)) {
            *count -= 1;
        }
        self.with_counts(last, |counts| counts.retracted(last.class));
        if let Some(total) = self.total_of(last.class) {
            *total -= 1;
        }
        if let Some(seen) = last.seen {
            self.site(last.code, last.unit, last.op).forget(seen);
        }
        if last.class == Class::Hit {
            self.forms.entry(last.op).or_default().0 -= 1;
        }
    }

    fn missed(&mut self, op: Opcode) {
        self.miss_events += 1;
        *self.all_misses.entry(op).or_default() += 1;
        let now = self.totals.executed;
        if let Some(last) = self.last {
            let site = self.site(last.code, last.unit, last.op);
            site.misses_of_form += 1;
            if site.misses_of_form == 1 {
                site.note(now, What::Missed(op));
            }
        }
        let Some(last) = self.last.filter(|last| last.class == Class::Hit && !last.uncounted) else {
            self.uncounted_misses += 1;
            return;
        };
        self.with_counts(last, |counts| {
            counts.hits -= 1;
            counts.misses += 1;
        });
        self.totals.hits -= 1;
        self.totals.misses += 1;
        let form = self.forms.entry(last.op).or_default();
        form.0 -= 1;
        form.1 += 1;
        self.last = Some(Last { class: Class::Miss, ..last });
    }

    /// Whether the instruction just stepped is one whose guard has failed.
    fn at_miss(&self, unit: usize) -> bool {
        self.last.is_some_and(|last| last.unit == unit && (last.class == Class::Miss || (last.uncounted && last.op.is_specialized())))
    }

    fn note(&mut self, code: usize, unit: usize, family: Opcode, what: What) {
        let now = self.totals.executed;
        let site = self.site(code, unit, family);
        site.note(now, what);
        self.events.adapted(now, code, unit, family, what);
    }
}

impl Observer for Recorder {
    fn step(&mut self, step: &Step<'_>) {
        // SAFETY: the frame about to run is live, and its code too.
        let (code, flags) = unsafe {
            let frame = Frame::of(step.fp);
            (&*(*frame).code, (*frame).flags)
        };
        self.timeline.tick(&self.totals);
        let index = self.code_index(code);
        let unit = (step.ip as usize - code.units.get() as usize) / size_of::<Unit>();
        let redispatch = std::mem::replace(&mut self.redispatch, Redispatch::No);
        let fresh = unit == 0 && redispatch == Redispatch::No;
        // A generator that was left by a yield and runs on has been resumed, even if nothing else was seen to run in between.
        let resumed = self.last.is_some_and(|last| last.op == Opcode::YIELD_VALUE);
        let arrival = if fresh {
            Arrival::New
        } else if resumed {
            Arrival::Resumed
        } else {
            Arrival::Same
        };
        self.frames.at(step.fp as usize, index, arrival, || flags & Frame::ENTRY != 0, self.totals.executed);
        let shown = super::shown_opcode(step.op) as usize;
        self.dispatched[shown] += 1;
        self.stream_pairs[usize::from(self.frames.last_in_loop) * OPCODE_LIMIT + shown] += 1;
        self.frames.last_in_loop = shown as u16;
        let before = self.previous_in_frame(step.fp as usize, index, unit);
        let behind_end_for = before[0] == Opcode::END_FOR as u16;
        let key = |n: u16| u32::from(n);
        let mut last = Last {
            op: step.op,
            class: self.classes[step.op as usize],
            // END_FOR and the POP_TOP behind it count nothing, since specialised loops skip them.
            base: if behind_end_for { 0 } else { step.op.base_weight().max(0) },
            code: index,
            unit,
            pair: (before[0] != NONE).then(|| usize::from(before[0]) * OPCODE_LIMIT + step.op as usize),
            triple: (before[1] != NONE).then(|| key(before[1]) << (2 * OPCODE_BITS) | key(before[0]) << OPCODE_BITS | key(step.op as u16)),
            before,
            seen: None,
            uncounted: redispatch == Redispatch::Uncounted,
        };
        self.previous = [step.op as u16, before[0]];
        if last.class != Class::Other {
            self.site(index, unit, step.op).state = step.op;
        }
        if last.uncounted {
            *self.uncounted.entry(step.op).or_default() += 1;
        } else {
            self.count(&mut last, step);
        }
        self.last = Some(last);
        if redispatch == Redispatch::No {
            if let Some(kind) = super::calls::kind(step) {
                *self.calls.entry(kind).or_default() += 1;
            }
            if unit == 0 && flags & Frame::ENTRY != 0 {
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

    fn part(&mut self, part: &Step<'_>) {
        // SAFETY: a component runs in the frame and code of the whole. Other frames may have run in between.
        let code = unsafe { &*(*Frame::of(part.fp)).code };
        let index = self.code_index(code);
        let unit = (part.ip as usize - code.units.get() as usize) / size_of::<Unit>();
        let whole = self.previous_in_frame(part.fp as usize, index, unit)[0];
        self.base[usize::from(whole)] += part.op.base_weight();
        self.codes[index].counts[unit] += 1;
        if let Some(kind) = super::calls::kind(part) {
            *self.calls.entry(kind).or_default() += 1;
        }
    }

    fn skipped(&mut self, base: i64) {
        if let Some(last) = self.last {
            self.base[last.op as usize] += base;
            let code = &mut self.codes[last.code];
            if let Some(next) = code.behind(last.unit) {
                code.counts[next] += 1;
            }
        }
    }

    fn adapted(&mut self, code: &Code, ip: *const Unit, family: Opcode, what: Adapted) {
        let index = self.code_index(code);
        let unit = (ip as usize - code.units.get() as usize) / size_of::<Unit>();
        if let Adapted::Quickened(pair) = what {
            *self.quickened.entry(pair).or_default() += 1;
            self.quickened_codes[index] = true;
            self.totals.quickened += 1;
            self.events.quickened(self.totals.executed, index, unit, pair);
            return;
        }
        let place = Last {
            op: family,
            class: Class::Unspecialised,
            base: 0,
            code: index,
            unit,
            pair: None,
            triple: None,
            before: [NONE; 2],
            seen: None,
            uncounted: true,
        };
        let at_miss = u64::from(self.at_miss(unit));
        match what {
            Adapted::Success(op) => {
                self.note(index, unit, family, What::Specialised(op));
                let was = std::mem::replace(&mut self.site(index, unit, family).state, op);
                let deopt = u64::from(was.is_specialized() && was != op);
                self.totals.successes += 1;
                self.totals.deopts += deopt;
                self.with_counts(place, |counts| {
                    counts.attempts += 1;
                    counts.successes += 1;
                    counts.deopts += deopt;
                    counts.attempts_at_miss += at_miss;
                    counts.successes_at_miss += at_miss;
                });
            }
            Adapted::Failure(reason) => {
                self.note(index, unit, family, What::Failed(reason));
                self.totals.failures += 1;
                self.with_counts(place, |counts| {
                    counts.attempts += 1;
                    counts.attempts_at_miss += at_miss;
                    *counts.failures.entry(reason).or_default() += 1;
                });
                // CPython dispatches the generic instruction anew, and counts it again.
                self.dispatched[family as usize] += 1;
                self.stream_pairs[usize::from(self.frames.last_in_loop) * OPCODE_LIMIT + family as usize] += 1;
                self.frames.last_in_loop = family as u16;
            }
            Adapted::Deopt(was) => {
                self.note(index, unit, family, What::Deoptimised(was));
                self.totals.deopts += 1;
                self.site(index, unit, family).state = adaptive(family);
                self.with_counts(place, |counts| counts.deopts += 1);
            }
            Adapted::Miss(op) => self.missed(op),
            Adapted::Noted(reason) => *self.noted.entry((family, reason)).or_default() += 1,
            Adapted::Quickened(_) => {}
        }
    }

    fn collected(&mut self, stats: &CollectionStats) {
        let (live, allocated) = (stats.live_bytes as u64, stats.allocated_bytes as u64);
        let c = &mut self.collected;
        c.count += 1;
        let freed = (c.live_bytes + allocated).saturating_sub(live);
        c.freed_bytes += freed;
        c.allocated_bytes += allocated;
        c.peak_bytes = c.peak_bytes.max(c.live_bytes + allocated);
        c.live_bytes = live;
        self.totals.collections += 1;
        self.events.collected(self.totals.executed, live, freed);
    }

    fn call(&mut self, kind: &'static str) {
        *self.calls.entry(kind).or_default() += 1;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
