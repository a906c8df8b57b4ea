//! What native modules remember from call to call, one for each machine.

use super::abc::AbcData;
use crate::heap::Marker;
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// See the module's text. Values that are not there yet are `NULL`.
pub(crate) struct LibState {
    /// Times that a class was registered with an abstract one.
    pub(super) abc_registrations: u64,
    /// The caches of abstract classes; not marked.
    pub(super) abc_data: Vec<Gc<AbcData>>,
    /// `_warnings.filters`, `_onceregistry`, `_defaultaction`.
    pub(super) warnings: [Value; 3],
    /// Counts changes of the filters.
    pub(super) filters_version: i64,
    /// `typing.NoDefault`.
    pub(crate) no_default: Value,
    /// `sys.set_asyncgen_hooks()`: the two hooks or `NULL`, and the class that shows them.
    pub(crate) asyncgen_hooks: [Value; 2],
    pub(super) asyncgen_hooks_class: Value,
    /// The class of what `sys.unraisablehook` is called with.
    pub(super) unraisable_args: Value,
    /// Ends of socket pairs; two that belong together lie side by side.
    pub(super) sockets: Vec<super::socket::End>,
    /// Functions to call at exit: a list of (function, arguments, keyword arguments).
    pub(super) at_exit: Value,
    /// The running thread, by number.
    pub(crate) thread: i64,
    /// Times the import lock was acquired and not released.
    pub(super) import_locks: u32,
    /// What `_asyncio` remembers, once it was imported.
    pub(crate) asyncio: Option<Gc<super::asyncio::AsyncioState>>,
    /// The event loop that runs in the running thread, or `NULL`.
    pub(crate) running_loop: Value,
    /// The current `Context`, once one was needed.
    pub(crate) context: Value,
    /// Times that a context variable was set or reset.
    pub(super) context_changes: u64,
    /// What `_decimal` remembers.
    pub(super) decimal: super::decimal::State,
    /// The time zone that the program has set in its environment.
    pub(crate) time_zone: Option<String>,
    /// What `_datetime` needs at hand, once it was imported.
    pub(super) datetime: Option<super::datetime::State>,
    /// The local zone, once it was needed.
    pub(super) known_zone: Option<std::rc::Rc<tz::TimeZone>>,
    /// Classes of named tuples with items that are attributes only, and those names.
    pub(super) hidden_items: Vec<(Gc<Type>, &'static [&'static str])>,
    /// Bytes in use when `tracemalloc` was started, the most it has shown since, and the frames it was asked for.
    pub(super) tracing_since: Option<usize>,
    pub(super) traced_peak: usize,
    pub(super) traced_frames: i64,
    /// `_queue.Empty`.
    pub(super) queue_empty: Value,
    /// The exception classes of `_pickle`, once they were needed; they are pinned.
    pub(super) pickle_errors: Option<super::pickle::Errors>,
    /// Handlers of signals: a dict.
    pub(super) signal_handlers: Value,
    /// Formats that `_struct` has at hand.
    pub(super) formats: super::structs::RecentFormats,
}

impl Default for LibState {
    fn default() -> Self {
        LibState {
            abc_registrations: 0,
            abc_data: Vec::new(),
            warnings: [Value::NULL; 3],
            filters_version: 0,
            no_default: Value::NULL,
            asyncgen_hooks: [Value::NULL; 2],
            asyncgen_hooks_class: Value::NULL,
            unraisable_args: Value::NULL,
            sockets: Vec::new(),
            at_exit: Value::NULL,
            thread: 0,
            import_locks: 0,
            asyncio: None,
            running_loop: Value::NULL,
            context: Value::NULL,
            context_changes: 0,
            decimal: super::decimal::State::default(),
            time_zone: None,
            datetime: None,
            known_zone: None,
            hidden_items: Vec::new(),
            tracing_since: None,
            traced_peak: 0,
            traced_frames: 1,
            queue_empty: Value::NULL,
            pickle_errors: None,
            signal_handlers: Value::NULL,
            formats: super::structs::RecentFormats::default(),
        }
    }
}

impl LibState {
    /// Marks what it keeps alive.
    pub(crate) fn trace(&self, marker: &mut Marker<'_>) {
        self.decimal.trace(marker);
        self.formats.trace(marker);
        for v in self.warnings.into_iter().chain(self.asyncgen_hooks).chain([
            self.asyncgen_hooks_class,
            self.unraisable_args,
            self.no_default,
            self.at_exit,
            self.context,
            self.running_loop,
            self.asyncio.map_or(Value::NULL, Gc::value),
            self.queue_empty,
            self.signal_handlers,
        ]) {
            marker.mark(v);
        }
    }

    /// Forgets classes that the collection did not reach.
    pub(crate) fn clear_weak(&mut self, marker: &mut Marker<'_>) {
        self.abc_data.retain(|data| {
            let live = marker.is_marked(data.value());
            if live {
                data.retain(|class| marker.is_marked(class));
            }
            live
        });
    }
}
