//! Finalizers (`__del__`, abandoned generators) and the promptness of what depends on death, without reference counts.
//!
//! CPython destroys an object when its last reference goes. Here death is found by marking, so the question is when to mark. While
//! objects whose death would be noticed exist (*watched* ones: with a `__del__`, generators that have something to clean up, targets of
//! weak references), the machine looks for them at *observation points*, i.e. before calls of native functions and look-ups of
//! module-level names, which are what makes a death visible. A search (`heap/search.rs`) mostly finds them all; if it does not, the
//! machine marks. Such a collection knows exactly what is alive: the run loop keeps nothing outside the VM stack, so native stack below
//! its entry is not scanned. Dead cycles are left alone then, as reference counts would leave them. In contrast to collections for memory
//! both are paid from an allowance; when that is used up, points are skipped so that the work stays in proportion to the program's, and
//! there is none while a module of the standard library is being imported. Calls that are unlikely to tell a death (anything but output,
//! weak references and `gc`) are also skipped in growing numbers while nothing is found dead. All of it is counted in objects, not in
//! time, so that runs repeat.

use super::{Machine, R};
use crate::code::CodeFlags;
use crate::heap::{Marker, stack};
use crate::object::function::{Function, MethodDescr, NativeFunction};
use crate::object::generator::{GenState, Generator};
use crate::object::header::{Gc, Header};
use crate::object::string::Str;
use crate::object::value::Value;
use crate::object::weakref::WeakRef;
use crate::stdlib::asyncio::finalize::is_own;

/// Collections that one observation point may make for finalizers that finalizers uncover.
const ROUNDS: usize = 64;
/// Bytes of live objects that cost a collection as much as a visit of a small one does, where the objects are large.
const BYTES_PER_VISIT: usize = 256;

impl Machine {
    /// Notes a new object that has a finalizer.
    #[cold]
    #[inline(never)]
    pub(crate) fn register_finalizer(&mut self, object: Value) {
        if let Some(generator) = object.downcast::<Generator>() {
            if generator.code.flags().has(CodeFlags::COROUTINE) {
                self.finalizers.cleaning.push(object);
                self.finalizers.watching |= self.lib.running_loop.is_null();
            } else {
                self.finalizers.objects.push(object);
                self.finalizers.watching = true;
            }
            return;
        }
        if is_own(self.type_of(object)) {
            return;
        }
        let of_asyncio = self.is_of_asyncio(object);
        let list = if of_asyncio { &mut self.finalizers.loops } else { &mut self.finalizers.objects };
        if list.last() != Some(&object) {
            list.push(object);
            self.finalizers.watching |= !of_asyncio;
        }
    }

    /// Notes a future with an exception that nobody has asked for yet.
    pub(crate) fn watch_future(&mut self, future: Value) {
        if is_own(self.type_of(future)) {
            self.finalizers.futures.push(future);
            self.finalizers.watching = true;
        }
    }

    /// Notes a new task.
    pub(crate) fn watch_task(&mut self, task: Value) {
        if is_own(self.type_of(task)) {
            self.finalizers.tasks.push(task);
            self.loop_has_changed();
        }
    }

    /// An event loop begins or ends: if none runs, its tasks are at stake, and so are their coroutines.
    pub(crate) fn loop_has_changed(&mut self) {
        self.finalizers.watching |= self.lib.running_loop.is_null() && self.finalizers.any(false);
    }

    /// Whether the finalizer of an object is one of asyncio's.
    fn is_of_asyncio(&mut self, object: Value) -> bool {
        let finalizer = self.type_lookup(self.type_of(object), self.names.del);
        let module = finalizer.and_then(Value::downcast::<Function>).and_then(|f| f.module.get().downcast::<Str>());
        module.is_some_and(|name| name.bytes().starts_with(b"asyncio."))
    }

    /// Whose death would be noticed now.
    fn at_stake(&mut self) -> Vec<Value> {
        let mut targets = self.finalizers.at_stake(!self.lib.running_loop.is_null());
        targets.extend(self.classes.watched());
        targets
    }

    /// Whether the death of something may be noticed some time.
    fn has_to_watch(&self) -> bool {
        self.finalizers.any(!self.lib.running_loop.is_null()) || self.classes.watched().len() > 0
    }

    /// Notes a new coroutine: somebody is warned if it dies before it has begun.
    pub(crate) fn register_coroutine(&mut self, coroutine: Value) {
        self.finalizers.coroutines.push(coroutine);
        self.finalizers.watching = true;
    }

    /// Notes that a death will be noticed: somebody has a weak reference.
    pub(crate) fn watch_deaths(&mut self) {
        self.finalizers.watching = true;
    }

    /// Notes that the program may call `gc.collect()`.
    pub(crate) fn know_collector(&mut self) {
        self.finalizers.collector = true;
        self.finalizers.watching = true;
    }

    /// `gc.disable()` and `gc.enable()`: garbage that is collected all the same, for the memory, is what the next `gc.collect()` finds.
    pub(crate) fn count_garbage(&mut self, always: bool) {
        self.finalizers.counting = always;
    }

    /// `gc.collect()`: collects unless the call was an observation point, which has; how many objects CPython's collector would have
    /// found. `always` is as for [`Machine::count_garbage`].
    pub(crate) fn collect_and_count(&mut self, always: bool) -> R<usize> {
        if !std::mem::take(&mut self.finalizers.collected) {
            self.finalizers.counting = true;
            for _ in 0..ROUNDS {
                self.collect_garbage();
                if self.finalizers.pending.is_empty() || self.finalizers.busy {
                    break;
                }
                self.run_finalizers();
            }
            self.run_pending_callbacks()?;
        }
        self.finalizers.counting = always;
        Ok(std::mem::take(&mut self.finalizers.unreachable))
    }

    /// An observation point, directly below the run loop. The frame has saved its state.
    #[inline(always)]
    pub(crate) fn observe(&mut self) -> R<()> {
        if self.finalizers.watching { self.observe_deaths(Value::NULL) } else { Ok(()) }
    }

    /// An observation point before the call of something that is no Python function, as [`Machine::observe`].
    #[inline(always)]
    pub(crate) fn observe_call(&mut self, callable: Value) -> R<()> {
        if self.finalizers.watching { self.observe_deaths(callable) } else { Ok(()) }
    }

    #[cold]
    #[inline(never)]
    fn observe_deaths(&mut self, callable: Value) -> R<()> {
        if self.finalizers.busy {
            return Ok(());
        }
        let asked = self.finalizers.collector && is_collector(callable);
        let mut cost = 0;
        if asked {
            self.finalizers.counting = true;
            self.finalizers.collected = true;
        } else {
            if self.imports.in_library() {
                // Modules of the library tell nobody of deaths while they are made; there are hundreds of calls in them.
                return Ok(());
            }
            if self.finalizers.skips() {
                return Ok(());
            }
            if self.finalizers.wait > 0 && !tells_deaths(callable) {
                self.finalizers.wait -= 1;
                return Ok(());
            }
            let targets = self.at_stake();
            cost = targets.len() as i64 + self.finalizers.cost_of_asking();
            if targets.is_empty() {
                self.finalizers.watching = self.has_to_watch();
                self.finalizers.charge(cost);
                return Ok(());
            }
            if self.finds(targets, &mut cost) {
                self.finalizers.charge(cost);
                self.finalizers.learn(false);
                return Ok(());
            }
        }
        let targets = self.classes.watched().len();
        let mut found = false;
        for _ in 0..ROUNDS {
            cost += self.collect_exactly(!asked);
            self.finalizers.charge(std::mem::take(&mut cost));
            if self.finalizers.pending.is_empty() {
                break;
            }
            found = true;
            self.run_finalizers();
        }
        let found = found || self.classes.watched().len() < targets;
        self.finalizers.learn(found);
        self.run_pending_callbacks()?;
        self.finalizers.watching = self.has_to_watch();
        Ok(())
    }

    /// Whether a search, much cheaper than a collection, finds the targets alive. Adds what it cost.
    fn finds(&mut self, mut targets: Vec<Value>, cost: &mut i64) -> bool {
        let range = stack::between(self.loop_base, self.stack_base).and(self.threads.native_ranges());
        let vm: *mut Machine = self;
        // SAFETY: the roots are only read; the heap is not among them.
        let found = unsafe { (*vm).heap.search(&range, |m| (*vm).trace_nearest(m), &mut targets) };
        *cost += (found.cost + self.stack_base.saturating_sub(self.loop_base) / size_of::<usize>()) as i64;
        found.all
    }

    /// A collection that scans no more native stack than the natives that called the run loop have. Gives what it
    /// cost: objects marked and words scanned.
    fn collect_exactly(&mut self, imitate: bool) -> i64 {
        let range = stack::between(self.loop_base, self.stack_base);
        self.finalizers.imitate = imitate;
        let stats = self.collect_from(range);
        self.finalizers.imitate = false;
        let visits = stats.live_objects.max(stats.live_bytes / BYTES_PER_VISIT);
        (visits + self.stack_base.saturating_sub(self.loop_base) / size_of::<usize>()) as i64
    }

    /// Runs the finalizers that are due. Their exceptions are shown and dropped.
    pub(crate) fn run_finalizers(&mut self) {
        if self.finalizers.pending.is_empty() || std::mem::replace(&mut self.finalizers.busy, true) {
            return;
        }
        while let Some(object) = self.finalizers.pending.pop_front() {
            self.finalize(object);
        }
        self.finalizers.busy = false;
    }

    fn finalize(&mut self, object: Value) {
        // A finalizer must not disturb an exception on its way.
        let raised = std::mem::replace(&mut self.raised, Value::NULL);
        let kept = self.new_tuple(&[object, raised.non_null().unwrap_or(Value::NONE)]);
        let ty = self.type_of(object);
        if let Some(finalize) = ty.slot(|s| s.finalize)
            && finalize(self, object).is_err()
        {
            let exception = self.take_raised();
            let name = self.names.del;
            let culprit = match self.type_lookup(ty, name) {
                Some(method) if object.downcast::<Generator>().is_none() => method,
                _ => object,
            };
            self.show_unraisable(exception, culprit);
        }
        std::hint::black_box(kept);
        self.raised = raised;
    }

    /// Reports an exception that nobody can catch: by the program's `sys.unraisablehook`, or as CPython's default one does.
    pub(crate) fn show_unraisable(&mut self, exception: Value, culprit: Value) {
        if let Some(hook) = crate::stdlib::unraisable_hook(self) {
            let called = crate::stdlib::unraisable_args(self, exception, culprit).and_then(|args| self.call(hook, &[args]));
            if called.is_err() {
                let failure = self.take_raised();
                let shown = self.shown(hook);
                let text = format!("Exception ignored in sys.unraisablehook: {shown}\n{}", self.format_uncaught(failure));
                let _ = self.write_std(2, text.as_bytes());
            }
            return;
        }
        let shown = self.repr(culprit).map_or_else(|_| "<object repr() failed>".into(), |s| s.to_string_lossy().into_owned());
        if !self.raised.is_null() {
            self.take_raised();
        }
        let text = format!("Exception ignored in: {shown}\n{}", self.format_uncaught(exception));
        let _ = self.write_std(2, text.as_bytes());
    }

    /// The end of the program: what is dead is finalized first, then what the program still holds, oldest first.
    pub(crate) fn finalize_everything(&mut self) {
        for _ in 0..ROUNDS {
            self.collect_exactly(false);
            if self.finalizers.pending.is_empty() {
                break;
            }
            self.run_finalizers();
        }
        let _ = self.run_pending_callbacks();
        for _ in 0..ROUNDS {
            let mut rest = std::mem::take(&mut self.finalizers.objects);
            rest.append(&mut self.finalizers.cleaning);
            rest.append(&mut self.finalizers.loops);
            rest.append(&mut self.finalizers.futures);
            rest.append(&mut self.finalizers.tasks);
            rest.append(&mut self.finalizers.coroutines);
            rest.append(&mut self.finalizers.owned);
            if rest.is_empty() {
                break;
            }
            self.finalizers.pending.extend(rest);
            self.run_finalizers();
        }
    }
}

/// Whether what is about to be called is `gc.collect`.
fn is_collector(callable: Value) -> bool {
    callable.downcast::<NativeFunction>().is_some_and(|f| std::ptr::eq(f.def, crate::stdlib::collect_def()))
}

/// Whether what is about to be called (`NULL`: a name is looked up) is likely to show whether something has died: output, weak
/// references, and what asks the collector.
fn tells_deaths(callable: Value) -> bool {
    let native = |f: Gc<NativeFunction>| {
        matches!(f.def.name, "print" | "write")
            || f.module.downcast::<Str>().is_some_and(|module| [b"gc", &b"_weakref"[..]].contains(&module.bytes()))
    };
    if let Some(method) = callable.downcast::<MethodDescr>() {
        return method.def.name == "write";
    }
    callable.is_null() || callable.downcast::<NativeFunction>().is_some_and(native) || callable.downcast::<WeakRef>().is_some()
}

/// The finalizer of generators: closes one that is suspended where something catches or cleans up.
pub(crate) fn close_generator(m: &mut Machine, v: Value) -> R<()> {
    match v.downcast::<Generator>() {
        Some(g) if g.state.get() == GenState::Suspended => g.close(m).map(|_| ()),
        Some(g) if g.state.get() == GenState::Created && m.generator_kind(g) == "coroutine" => never_awaited(m, g),
        _ => Ok(()),
    }
}

/// Warns of a coroutine that was not awaited, through `warnings` if that can be imported.
fn never_awaited(m: &mut Machine, coroutine: Gc<Generator>) -> R<()> {
    let imported = m.import_name("warnings");
    let class = m.exceptions.import_error;
    if let Some(module) = m.catch(imported, class)? {
        let name = m.intern("_warn_unawaited_coroutine");
        if let Some(warn) = m.get_attr_opt(module, name)? {
            return m.call(warn, &[coroutine.value()]).map(|_| ());
        }
    }
    let name = coroutine.qualname.get().downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let category = m.exceptions.runtime_warning;
    m.warn(category, &format!("coroutine '{name}' was never awaited"), 1)
}

impl Marker<'_> {
    /// Marks everything that an object refers to, the object itself only if that leads back to it.
    pub(crate) fn reach(&mut self, object: Value) {
        if object.is_ptr() {
            let header: *const Header = object.as_ptr();
            // SAFETY: the object has not been swept, nor has its type, which it keeps alive.
            unsafe { self.trace_object(header) };
            self.drain();
        }
    }
}
