//! What is known of objects whose death would be noticed: lists that keep nothing alive, what of them is at stake at a moment, who of them
//! is found dead by a collection, and what looking may cost. When to look, and what to do then, is in `finalize.rs`.

use super::garbage_cycles;
use crate::heap::Marker;
use crate::object::generator::{GenState, Generator};
use crate::object::header::Header;
use crate::object::value::Value;
use crate::stdlib::asyncio::finalize::{Stake, stake};
use std::collections::{HashSet, VecDeque};
use std::hash::{BuildHasherDefault, DefaultHasher};

/// Objects that may be marked at observation points before points are skipped: from then on, [`POINTS_PER_OBJECT`] for each live object.
const ALLOWANCE_OBJECTS: i64 = 200_000;
/// Observation points that pay for marking one object: they are more frequent than anything else in some programs.
const POINTS_PER_OBJECT: i64 = 16;
/// Objects that may be marked at points which follow `del` statements and assignments to module-level names, beyond that.
const RELEASE_OBJECTS: i64 = 200_000;
/// Collections in a row that found no death, after which calls are skipped: twice as many each time, up to [`LONGEST_WAIT`].
const PATIENCE: u32 = 8;
/// Calls that are skipped at most between two collections because of [`PATIENCE`].
const LONGEST_WAIT: u32 = 1 << 14;

/// What a machine knows about objects that have finalizers.
pub(crate) struct Finalizers {
    /// Objects to be finalized when they die, oldest first; not marked.
    pub(super) objects: Vec<Value>,
    /// The same of what `asyncio` defines in Python; they are not at stake.
    pub(super) loops: Vec<Value>,
    /// Futures of asyncio with an exception that nobody has asked for; not marked.
    pub(super) futures: Vec<Value>,
    /// Tasks of asyncio that were not done when they were last looked at; not marked.
    pub(super) tasks: Vec<Value>,
    /// Coroutines, which are warned of if they die without having been awaited, and those of them that tasks of asyncio were made for; not
    /// marked.
    pub(super) coroutines: Vec<Value>,
    pub(super) owned: Vec<Value>,
    /// Coroutines that have something to clean up; not marked.
    pub(super) cleaning: Vec<Value>,
    /// Dead objects whose finalizer is due; kept alive by this.
    pub(super) pending: VecDeque<Value>,
    /// Whether a death would be noticed.
    pub(super) watching: bool,
    /// The program has the module `gc`: its calls of `gc.collect()` are observation points.
    pub(super) collector: bool,
    /// The last observation point was such a call, and nothing is left to do for it.
    pub(super) collected: bool,
    /// Collections count what CPython's collector would find.
    pub(super) counting: bool,
    /// What they have counted.
    pub(super) unreachable: usize,
    /// Finalizers are being run.
    pub(super) busy: bool,
    /// The collection under way stands for reference counts.
    pub(super) imitate: bool,
    pub(super) allowance: i64,
    /// What is left for points that follow an instruction which lets go of a value, and whether the next one does.
    pub(super) release_allowance: i64,
    pub(super) released: bool,
    /// Observation points still to be skipped.
    pub(super) skip: i64,
    /// Collections in a row that found no death, and calls still to be skipped because of that.
    pub(super) fruitless: u32,
    pub(super) wait: u32,
}

impl Default for Finalizers {
    fn default() -> Self {
        Finalizers {
            objects: Vec::new(),
            loops: Vec::new(),
            futures: Vec::new(),
            tasks: Vec::new(),
            coroutines: Vec::new(),
            owned: Vec::new(),
            cleaning: Vec::new(),
            pending: VecDeque::new(),
            watching: false,
            collector: false,
            collected: false,
            counting: false,
            unreachable: 0,
            busy: false,
            imitate: false,
            allowance: ALLOWANCE_OBJECTS,
            release_allowance: RELEASE_OBJECTS,
            released: false,
            skip: 0,
            fruitless: 0,
            wait: 0,
        }
    }
}

impl Finalizers {
    /// Whether a death would be noticed.
    #[inline(always)]
    pub(crate) const fn is_watching(&self) -> bool {
        self.watching
    }

    /// Whether the program has the module `gc`, by which it may find any object.
    pub(crate) const fn knows_collector(&self) -> bool {
        self.collector
    }

    /// To be called by instructions that let go of a value: the next observation point is not skipped.
    #[inline(always)]
    pub(crate) fn release(&mut self) {
        self.wait = 0;
        self.released = self.skip > 0 && self.release_allowance > 0;
    }

    /// Whether this observation point is skipped to pay for earlier ones.
    #[inline]
    pub(super) fn skips(&mut self) -> bool {
        let skips = self.skip > 0 && !self.released;
        self.skip -= i64::from(skips);
        skips
    }

    /// The program starts. What was made for every program, the standard streams, is flushed at the end in any case: nobody would notice
    /// its death, and watching for it would cost every program its collections.
    pub(crate) fn start(&mut self) {
        self.objects.clear();
        self.loops.clear();
        self.futures.clear();
        self.tasks.clear();
        self.watching = false;
    }

    /// Marks what it keeps alive.
    pub(crate) fn trace(&self, marker: &mut Marker<'_>) {
        for &v in &self.pending {
            marker.mark(v);
        }
    }

    /// Pays for what was done at an observation point. One that would have been skipped has its own allowance, and the points that
    /// earlier ones have cost are still to be skipped after it.
    pub(super) fn charge(&mut self, objects: i64) {
        if std::mem::take(&mut self.released) {
            self.release_allowance -= objects;
        } else if self.allowance > 0 {
            self.allowance -= objects;
        } else {
            self.skip = objects * POINTS_PER_OBJECT;
        }
    }

    /// What has a finalizer that would be noticed now. `looping`: an event loop is running. Its tasks are not at stake then, nor are the
    /// coroutines that they run: they die only in cycles, or with what the loop holds.
    pub(super) fn at_stake(&mut self, looping: bool) -> Vec<Value> {
        self.forget_ended();
        let mut targets = self.coroutines.clone();
        targets.extend(self.objects.iter().filter(|v| !is_new(v)));
        targets.extend(self.futures.iter().filter(|&&v| stake(v) == Stake::Exception));
        if !looping {
            self.forget_ended_tasks();
            targets.extend(self.owned.iter().chain(&self.tasks));
            targets.extend(self.cleaning.iter().filter(|v| !is_new(v)));
        }
        targets
    }

    /// Whether the death of something may be noticed some time, or the collector asked, without anybody having to say so before.
    pub(super) fn any(&self, looping: bool) -> bool {
        self.collector
            || ![&self.objects, &self.futures, &self.coroutines].iter().all(|list| list.is_empty())
            || !looping && ![&self.tasks, &self.owned, &self.cleaning].iter().all(|list| list.is_empty())
    }

    /// Forgets generators that have ended, coroutines that have begun, and futures of which there is nothing more to tell.
    fn forget_ended(&mut self) {
        self.objects.retain(|v| !has_ended(v));
        let owned = &mut self.owned;
        self.coroutines.retain(|v| {
            let new = is_new(v);
            if new && is_of_task(v) {
                owned.push(*v);
                return false;
            }
            new
        });
        self.futures.retain(|&v| stake(v) != Stake::Nothing);
    }

    /// The same of what is not at stake while an event loop runs.
    fn forget_ended_tasks(&mut self) {
        self.owned.retain(is_new);
        self.cleaning.retain(|v| !has_ended(v));
        self.tasks.retain(|&v| stake(v) == Stake::Pending);
    }

    /// What it costs to ask what is at stake.
    pub(super) fn cost_of_asking(&self) -> i64 {
        (self.objects.len() + self.coroutines.len() + self.futures.len()) as i64 / 4
    }

    /// After marking: counts the dead that reference counts would have kept, if that is wanted.
    pub(crate) fn take_stock(&mut self, marker: &mut Marker<'_>, dead: &dyn Fn() -> Vec<*const Header>) {
        if self.counting && !self.imitate {
            self.unreachable += garbage_cycles::count(marker, &dead());
        }
    }

    /// Draws the conclusion from a collection.
    pub(super) fn learn(&mut self, found: bool) {
        self.fruitless = if found { 0 } else { self.fruitless.saturating_add(1) };
        self.wait = match self.fruitless.checked_sub(PATIENCE) {
            Some(over) => 1u32.checked_shl(over).map_or(LONGEST_WAIT, |n| n.min(LONGEST_WAIT)),
            None => 0,
        };
    }

    /// All that has a finalizer, but for coroutines that have not begun.
    fn finalized(&self) -> impl Iterator<Item = &Value> {
        self.objects.iter().chain(&self.loops).chain(&self.futures).chain(&self.tasks).chain(&self.cleaning)
    }

    /// After marking: finds the dead that have a finalizer. Those that no other one refers to are due, and live until it has run; the
    /// rest lives as long as what refers to it does. Where only reference counts are imitated, dead cycles live on; `targets` are the
    /// objects with weak references.
    pub(crate) fn bury(&mut self, marker: &mut Marker<'_>, targets: impl Iterator<Item = Value>) {
        if self.imitate {
            let watched = targets.chain(self.finalized().copied());
            let dead: Vec<Value> = watched.filter(|&v| !marker.is_marked(v)).collect();
            for v in garbage_cycles::in_cycles(marker, &dead) {
                marker.mark(v);
            }
            marker.drain();
        }
        self.forget_ended();
        self.forget_ended_tasks();
        let mut due: Vec<(Value, bool)> = Vec::new();
        for &v in self.finalized() {
            if !marker.is_marked(v) {
                marker.reach(v);
                // What reaches itself is not refused for being marked later on.
                due.push((v, marker.is_marked(v)));
            }
        }
        due.retain(|&(v, circular)| circular || !marker.is_marked(v));
        for list in [&mut self.coroutines, &mut self.owned] {
            due.extend(list.iter().filter(|&&v| !marker.is_marked(v)).map(|&v| (v, false)));
            list.retain(|&v| marker.is_marked(v));
        }
        if due.is_empty() {
            return;
        }
        let mut seen: HashSet<u64, BuildHasherDefault<DefaultHasher>> = HashSet::default();
        for &(v, _) in &due {
            if seen.insert(v.bits()) {
                marker.mark(v);
                self.pending.push_back(v);
            }
        }
        for list in [&mut self.objects, &mut self.loops, &mut self.futures, &mut self.tasks, &mut self.cleaning] {
            list.retain(|v| !seen.contains(&v.bits()));
        }
    }
}

/// Whether it is a generator or coroutine that has not begun.
fn is_new(v: &Value) -> bool {
    v.downcast::<Generator>().is_some_and(|g| g.state.get() == GenState::Created)
}

fn has_ended(v: &Value) -> bool {
    v.downcast::<Generator>().is_some_and(|g| g.state.get() == GenState::Finished)
}

/// Whether it is a coroutine that a task of asyncio runs.
fn is_of_task(v: &Value) -> bool {
    v.downcast::<Generator>().is_some_and(|g| g.is_of_task())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letting_go_brings_a_look_forward_but_cancels_no_debt() {
        let mut finalizers = Finalizers { allowance: 0, ..Finalizers::default() };
        finalizers.charge(10);
        let debt = finalizers.skip;
        assert_eq!(debt, 10 * POINTS_PER_OBJECT);
        assert!(finalizers.skips());
        for _ in 0..3 {
            finalizers.release();
            assert!(!finalizers.skips());
            finalizers.charge(1);
            assert_eq!(finalizers.skip, debt - 1);
        }
        finalizers.release();
        finalizers.charge(RELEASE_OBJECTS);
        finalizers.release();
        assert!(finalizers.skips(), "what letting go may cost is limited");
    }
}
