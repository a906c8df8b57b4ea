//! Safepoints: what happens when the breaker is set, at `RESUME` and backward jumps. Collections run only here.

use super::{Breaker, Machine, R};
use crate::heap::{CollectionStats, Marker, stack};
use crate::object::module::Module;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::collections::HashSet;
use std::sync::atomic::Ordering;

impl Machine {
    /// Does what the breaker asks for. The current frame has saved its state.
    #[cold]
    #[inline(never)]
    pub(crate) fn safepoint(&mut self) -> R<()> {
        let wanted = self.breaker.load(Ordering::Relaxed);
        if wanted & (Breaker::COLLECT | Breaker::STRESS) != 0 {
            self.breaker.fetch_and(!Breaker::COLLECT, Ordering::Relaxed);
            self.collect_garbage();
        }
        if wanted & (Breaker::INTERRUPT | Breaker::TIMEOUT) != 0 && !self.on_main_thread() {
            // It is for the first thread, which is asked as soon as this one stops.
            self.yield_turn();
            return Ok(());
        }
        if wanted & Breaker::INTERRUPT != 0 {
            self.breaker.fetch_and(!Breaker::INTERRUPT, Ordering::Relaxed);
            let class = self.exceptions.keyboard_interrupt;
            return Err(self.raise_class(class));
        }
        if wanted & Breaker::TIMEOUT != 0 {
            self.breaker.fetch_and(!Breaker::TIMEOUT, Ordering::Relaxed);
            self.timed_out = true;
            let class = self.exceptions.keyboard_interrupt;
            return Err(self.raise_message(class, "time limit reached"));
        }
        self.run_finalizers();
        self.run_pending_callbacks()?;
        if wanted & Breaker::SWITCH != 0 {
            self.breaker.fetch_and(!Breaker::SWITCH, Ordering::Relaxed);
            self.yield_turn();
        }
        Ok(())
    }

    /// Collects garbage now.
    pub fn collect_garbage(&mut self) -> CollectionStats {
        stack::with_range(self.stack_base, |range| self.collect_from(range))
    }

    /// Collects garbage; `range` is the native stack to scan.
    pub(super) fn collect_from(&mut self, range: stack::Range<'_>) -> CollectionStats {
        let span = tracing::debug_span!("collection", number = self.heap.collections());
        let _entered = span.enter();
        // Another string may come to lie where the one remembered lies.
        self.str_cursor.0 = Value::NULL;
        self.regex.forget_strings();
        let range = range.and(self.threads.native_ranges());
        let vm: *mut Machine = self;
        // SAFETY: the roots are only read while the heap marks; the heap is not among them.
        let stats = unsafe {
            (*vm).heap.collect(
                range,
                |m| (*vm).trace_roots(m),
                |m, dead| {
                    (*vm).finalizers.bury(m, (*vm).classes.weakly_referenced());
                    m.drain();
                    (*vm).finalizers.take_stock(m, dead);
                    (*vm).codes.retain(|c| m.is_marked(c.value()));
                    (*vm).clear_weak(m);
                    (*vm).files.after_marking(m);
                },
            )
        };
        if self.heap.collections() == 1 || self.imports.has_news() {
            self.keep_library();
        }
        if self.breaker.load(Ordering::Relaxed) & Breaker::STRESS != 0 {
            self.heap.sweep_all();
        }
        tracing::debug!(
            live_bytes = stats.live_bytes,
            live_objects = stats.live_objects,
            allocated_bytes = stats.allocated_bytes,
            "collected"
        );
        // SAFETY: probe data outlives the machine's run.
        if let Some(observer) = unsafe { self.probe.as_mut() }.and_then(|p| p.observer.as_mut()) {
            observer.collected(&stats);
        }
        stats
    }

    /// After a collection, which not every program lives to see: collections need not come to the machine's own classes and to the
    /// modules of the library again.
    fn keep_library(&mut self) {
        let mut roots = Vec::new();
        self.types.each(|t| roots.push(t.value()));
        self.exceptions.each(|t| roots.push(t.value()));
        roots.extend(self.native_types.values().map(|t| t.value()));
        let own = roots.iter().filter_map(|v| v.downcast::<Type>()).filter(|t| t.has(TypeFlags::IMMUTABLE));
        let mut fixed: HashSet<u64> = own.map(|t| t.as_ptr() as u64).collect();
        let classes = roots.iter().filter_map(|v| v.downcast::<Type>()).chain(self.classes.heap_types.iter().copied());
        fixed.extend(classes.filter_map(|t| t.dict.get()).map(|d| d.as_ptr() as u64));
        roots.extend(self.interned.values().map(|s| s.value()));
        for namespace in self.imports.library.iter().filter_map(|&module| module.downcast::<Module>()?.namespace()) {
            roots.extend(namespace.iter().map(|(_, value)| value).filter(|v| v.downcast::<Module>().is_none()));
        }
        self.heap.keep(&roots, &fixed);
    }

    /// Marks the roots that what a program is working with is near to.
    pub(super) fn trace_nearest(&self, m: &mut Marker<'_>) {
        self.trace_frames(m);
        self.threads.trace(m);
        self.lib.trace(m);
        self.finalizers.trace(m);
    }

    pub(super) fn trace_roots(&self, m: &mut Marker<'_>) {
        self.trace_frames(m);
        self.types.each(|t| m.mark_gc(t));
        self.exceptions.each(|t| m.mark_gc(t));
        self.native_types.values().for_each(|&t| m.mark_gc(t));
        m.mark(self.empty_tuple);
        self.callables.trace(m);
        m.mark_gc(self.builtins);
        m.mark_gc(self.modules);
        for &s in self.interned.values() {
            m.mark_gc(s);
        }
        m.mark_all(&self.pinned);
        self.imports.trace(m);
        self.lib.trace(m);
        self.classes.trace(m);
        self.finalizers.trace(m);
        self.tracing.trace(m);
        self.threads.trace(m);
    }

    /// A value that natives keep for the machine's life.
    pub fn pin(&mut self, v: Value) -> Value {
        self.pinned.push(v);
        v
    }
}
