//! The memory of futures and what happens to them: results, exceptions, cancelling, callbacks. What programs see of it is in
//! `future_type.rs`; tasks, which begin with the same memory, are in `task.rs`.

use super::state::{AsyncioState, state};
use super::task::Task;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Keywords};
use crate::object::exception::Exception;
use crate::object::header::{Gc, Header};
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{Traced, native_struct, null};
use std::cell::Cell;

/// Where a future is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Phase {
    /// It has no result yet.
    Pending,
    /// It was cancelled.
    Cancelled,
    /// It has a result or an exception.
    Finished,
}

impl Traced for Cell<Phase> {
    fn trace(&self, _: &mut Marker<'_>) {}
}

/// What futures and tasks have alike. Absent values are `NULL`.
#[repr(C)]
pub(crate) struct Core {
    /// The loop; absent before `__init__`.
    pub(super) event_loop: Cell<Value>,
    /// The first callback, as most futures have but one, and its context.
    callback: Cell<Value>,
    context: Cell<Value>,
    /// A list of the others, with their contexts.
    callbacks: Cell<Value>,
    pub(super) result: Cell<Value>,
    pub(super) exception: Cell<Value>,
    /// The exception's traceback when it was set.
    traceback: Cell<Value>,
    /// Where the future was made, in debug mode.
    pub(super) source: Cell<Value>,
    /// The argument of `cancel`.
    pub(super) message: Cell<Value>,
    /// The exception that ended the task, for the first to ask.
    pub(super) cancelled: Cell<Value>,
    /// `__dict__`.
    pub(super) dict: Cell<Value>,
    pub(super) phase: Cell<Phase>,
    /// Nobody has asked for the exception yet.
    pub(super) unseen: Cell<bool>,
    /// `_asyncio_future_blocking`.
    pub(super) blocking: Cell<bool>,
}

impl Traced for Core {
    fn trace(&self, m: &mut Marker<'_>) {
        for v in self.references().into_iter().chain([&self.dict]) {
            m.mark(v.get());
        }
    }
}

impl Core {
    /// Of an object before `__init__`.
    pub(super) fn new() -> Core {
        Core {
            event_loop: null(),
            callback: null(),
            context: null(),
            callbacks: null(),
            result: null(),
            exception: null(),
            traceback: null(),
            source: null(),
            message: null(),
            cancelled: null(),
            dict: null(),
            phase: Cell::new(Phase::Pending),
            unseen: Cell::new(false),
            blocking: Cell::new(false),
        }
    }

    /// All that `__init__` clears.
    const fn references(&self) -> [&Cell<Value>; 10] {
        [
            &self.event_loop,
            &self.callback,
            &self.context,
            &self.callbacks,
            &self.result,
            &self.exception,
            &self.traceback,
            &self.source,
            &self.message,
            &self.cancelled,
        ]
    }
}

native_struct! {
    /// A `Future` object, or the beginning of a `Task` object.
    struct Future {
        /// What tasks have, too.
        core: Core,
    }
}

impl std::ops::Deref for Future {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
    }
}

/// The future that a value is, if it is one of this module's.
#[inline]
pub(super) fn as_future(v: Value) -> Option<Gc<Future>> {
    v.downcast::<Future>().or_else(|| v.downcast::<Task>().map(Gc::<Task>::as_future))
}

/// The future that a method was called on.
#[inline]
pub(super) fn this(m: &mut Machine, v: Value) -> R<Gc<Future>> {
    match as_future(v) {
        Some(f) => Ok(f),
        None => Err(m.type_error("a future is required")),
    }
}

/// As [`this`], of one that was initialised.
pub(super) fn alive(m: &mut Machine, v: Value) -> R<Gc<Future>> {
    let f = this(m, v)?;
    if f.event_loop.get().is_null() { Err(m.runtime_error("Future object is not initialized.")) } else { Ok(f) }
}

/// Whether a value is a future or a task of exactly these types, whose methods nobody has overridden.
#[inline]
pub(super) fn exactly(m: &Machine, known: Gc<AsyncioState>, v: Value) -> Option<Gc<Future>> {
    let ty = m.type_of(v);
    if ty == known.future_type || ty == known.task_type { as_future(v) } else { None }
}

/// The running loop, or that of the policy.
pub(super) fn event_loop(m: &mut Machine) -> R<Value> {
    if let Some(running) = m.lib.running_loop.non_null() {
        return Ok(running);
    }
    let known = state(m)?;
    let policy = m.call(known.get_event_loop_policy.get(), &[])?;
    let name = m.intern("get_event_loop");
    m.call_method(policy, name, &[])
}

/// `loop.call_soon(callback[, argument][, context=context])`; `NULL` for what is not passed.
pub(super) fn call_soon(m: &mut Machine, event_loop: Value, callback: Value, argument: Value, context: Value) -> R<()> {
    let known = state(m)?;
    let (method, this) = m.load_method(event_loop, known.call_soon)?;
    let mut all = [Value::NULL; 4];
    let mut n = 0;
    for v in [this, callback, argument, context].into_iter().filter(|v| !v.is_null()) {
        all[n] = v;
        n += 1;
    }
    if context.is_null() {
        m.call(method, &all[..n])?;
    } else {
        let keywords = Keywords::new(&all[..n], known.context_keyword.slice());
        m.call_args(method, Args::with_keywords(&all[..n], &keywords))?;
    }
    Ok(())
}

impl Gc<Future> {
    /// `__init__`; the loop may be `None`.
    pub(super) fn init(self, m: &mut Machine, event_loop: Value) -> R<()> {
        for v in self.references() {
            v.set(Value::NULL);
        }
        self.phase.set(Phase::Pending);
        self.unseen.set(false);
        self.blocking.set(false);
        let known = state(m)?;
        let event_loop = if event_loop.is_none() { self::event_loop(m)? } else { event_loop };
        self.event_loop.set(event_loop);
        let debug = m.call_method(event_loop, known.get_debug, &[])?;
        if m.truthy(debug)? {
            let source = m.call(known.extract_stack.get(), &[])?;
            self.source.set(source);
        }
        Ok(())
    }

    /// Raises `InvalidStateError` unless it is pending.
    fn require_pending(self, m: &mut Machine) -> R<()> {
        if self.phase.get() == Phase::Pending { Ok(()) } else { Err(invalid_state(m, "invalid state")) }
    }

    /// `set_result`.
    pub(super) fn set_result(self, m: &mut Machine, result: Value) -> R<()> {
        self.require_pending(m)?;
        self.result.set(result);
        self.phase.set(Phase::Finished);
        self.schedule_callbacks(m)
    }

    /// `set_exception`, given an exception or a class.
    pub(super) fn set_exception(self, m: &mut Machine, exception: Value) -> R<()> {
        self.require_pending(m)?;
        let base = m.exceptions.base_exception;
        let mut exception = exception;
        if exception.downcast::<Type>().is_some_and(|class| class.is_subtype_of(base)) {
            exception = m.call(exception, &[])?;
            self.require_pending(m)?;
        }
        let ty = m.type_of(exception);
        if !ty.is_subtype_of(base) {
            return Err(m.type_error("invalid exception object"));
        }
        if ty.is_subtype_of(m.exceptions.stop_iteration) {
            let text = m.str_value("StopIteration interacts badly with generators and cannot be raised into a Future");
            let class = m.exceptions.runtime_error;
            let error = m.new_exception(class, &[text]);
            m.set_cause(error, exception);
            m.set_context(error, exception);
            exception = error;
        }
        self.exception.set(exception);
        self.traceback.set(exception.downcast::<Exception>().map_or(Value::NULL, |e| e.traceback.get()));
        self.phase.set(Phase::Finished);
        self.schedule_callbacks(m)?;
        self.unseen.set(true);
        m.watch_future(self.value());
        Ok(())
    }

    /// `cancel` of a future; whether it was pending. The message may be `NULL`.
    pub(super) fn cancel(self, m: &mut Machine, message: Value) -> R<bool> {
        self.unseen.set(false);
        if self.phase.get() != Phase::Pending {
            return Ok(false);
        }
        self.phase.set(Phase::Cancelled);
        self.message.set(message);
        self.schedule_callbacks(m)?;
        Ok(true)
    }

    /// The exception to raise for its having been cancelled.
    pub(super) fn cancelled_error(self, m: &mut Machine) -> R<Value> {
        if let Some(exception) = self.cancelled.replace(Value::NULL).non_null() {
            return Ok(exception);
        }
        let class = state(m)?.cancelled_error.get().value();
        match self.message.get().non_null().filter(|v| !v.is_none()) {
            Some(message) => m.call(class, &[message]),
            None => m.call(class, &[]),
        }
    }

    /// Raises that exception.
    pub(super) fn raise_cancelled(self, m: &mut Machine) -> Raised {
        match self.cancelled_error(m) {
            Ok(exception) => m.raise(exception),
            Err(raised) => raised,
        }
    }

    /// What it came to: its result, or the exception it has, as `Err` within.
    pub(super) fn outcome(self, m: &mut Machine) -> R<Result<Value, Value>> {
        match self.phase.get() {
            Phase::Cancelled => return Err(self.raise_cancelled(m)),
            Phase::Pending => return Err(invalid_state(m, "Result is not set.")),
            Phase::Finished => {}
        }
        self.unseen.set(false);
        let Some(exception) = self.exception.get().non_null() else { return Ok(Ok(self.result.get())) };
        let traceback = self.traceback.replace(Value::NULL).non_null().unwrap_or(Value::NONE);
        m.set_traceback(exception, traceback);
        Ok(Err(exception))
    }

    /// `result()`.
    pub(super) fn result(self, m: &mut Machine) -> R<Value> {
        if self.event_loop.get().is_null() {
            return Err(invalid_state(m, "Future object is not initialized."));
        }
        match self.outcome(m)? {
            Ok(result) => Ok(result),
            Err(exception) => Err(m.raise(exception)),
        }
    }

    /// Has the loop call all callbacks.
    fn schedule_callbacks(self, m: &mut Machine) -> R<()> {
        let (callback, context) = (self.callback.replace(Value::NULL), self.context.replace(Value::NULL));
        if !callback.is_null()
            && let Err(raised) = call_soon(m, self.event_loop.get(), callback, self.value(), context)
        {
            self.callbacks.set(Value::NULL);
            return Err(raised);
        }
        let Some(rest) = self.callbacks.replace(Value::NULL).downcast::<List>() else { return Ok(()) };
        let mut i = 0;
        while let Some(pair) = rest.get(i).and_then(Value::downcast::<Tuple>) {
            if let &[callback, context] = pair.slice() {
                call_soon(m, self.event_loop.get(), callback, self.value(), context)?;
            }
            i += 1;
        }
        Ok(())
    }

    /// `add_done_callback`.
    pub(super) fn add_callback(self, m: &mut Machine, callback: Value, context: Value) -> R<()> {
        if self.event_loop.get().is_null() {
            return Err(m.runtime_error("uninitialized Future object"));
        }
        if self.phase.get() != Phase::Pending {
            return call_soon(m, self.event_loop.get(), callback, self.value(), context);
        }
        match self.callbacks.get().downcast::<List>() {
            None if self.callback.get().is_null() => {
                self.callback.set(callback);
                self.context.set(context);
            }
            rest => {
                let pair = m.new_tuple(&[callback, context]).value();
                match rest {
                    Some(list) => list.push(m, pair),
                    None => {
                        let list = m.new_list(&[pair]).value();
                        self.callbacks.set(list);
                    }
                }
            }
        }
        Ok(())
    }

    /// `remove_done_callback`: how many were removed.
    pub(super) fn remove_callbacks(self, m: &mut Machine, callback: Value) -> R<usize> {
        let mut removed = 0;
        if let Some(first) = self.callback.get().non_null()
            && m.equal(first, callback)?
        {
            self.callback.set(Value::NULL);
            self.context.set(Value::NULL);
            removed = 1;
        }
        let Some(list) = self.callbacks.get().downcast::<List>() else { return Ok(removed) };
        let before = list.len();
        let kept = m.new_list(&[]);
        let mut i = 0;
        // A comparison may change the list, or take it away.
        while let Some(pair) = self.callbacks.get().downcast::<List>().and_then(|list| list.get(i)) {
            let known = pair.downcast::<Tuple>().and_then(|pair| pair.slice().first().copied()).unwrap_or(Value::NONE);
            if !m.equal(known, callback)? {
                kept.push(m, pair);
            }
            i += 1;
        }
        if kept.is_empty() || self.callbacks.get().is_null() {
            self.callbacks.set(Value::NULL);
            return Ok(before + removed);
        }
        let now = self.callbacks.get().downcast::<List>().map_or(0, |list| list.len());
        self.callbacks.set(kept.value());
        Ok(now.saturating_sub(kept.len()) + removed)
    }

    /// `_callbacks`: all of them with their contexts, or `None`.
    pub(super) fn callbacks(self, m: &mut Machine) -> Value {
        let rest = self.callbacks.get().downcast::<List>().filter(|list| !list.is_empty());
        if self.callback.get().is_null() && rest.is_none() {
            return Value::NONE;
        }
        let all = m.new_list(&[]);
        if let Some(first) = self.callback.get().non_null() {
            let pair = m.new_tuple(&[first, self.context.get().non_null().unwrap_or(Value::NONE)]).value();
            all.push(m, pair);
        }
        let mut i = 0;
        while let Some(pair) = rest.and_then(|list| list.get(i)) {
            all.push(m, pair);
            i += 1;
        }
        all.value()
    }
}

/// Raises `InvalidStateError`.
#[cold]
pub(super) fn invalid_state(m: &mut Machine, message: &str) -> Raised {
    match state(m) {
        Ok(known) => m.raise_message(known.invalid_state_error.get(), message),
        Err(raised) => raised,
    }
}

/// A future that `__init__` has not seen yet.
pub(super) fn new_future(m: &mut Machine, class: Gc<Type>) -> Value {
    m.new_object(Future { header: Header::new(class), core: Core::new() }).value()
}
