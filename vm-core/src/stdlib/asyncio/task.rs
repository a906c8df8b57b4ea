//! The memory of tasks, how they begin, and cancelling them; how they go on is in `step.rs`.

use super::current::{register, register_eager, swap, unregister_eager};
use super::future::{Core, Future, Phase, call_soon};
use super::state::state;
use super::step;
use crate::machine::{Machine, R};
use crate::object::generator::Generator;
use crate::object::header::{Gc, Header};
use crate::object::string::Str;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::contextvars;
use crate::stdlib::native_struct::{native_struct, null};
use std::cell::Cell;
use std::mem::offset_of;

/// Types that [`is_coroutine`] remembers.
const MOST_TYPES: usize = 100;

native_struct! {
    /// A `Task` object. It begins as a `Future` object does.
    struct Task {
        /// What futures have, too.
        core: Core,
        /// The coroutine; `NULL` before `__init__`, and after an eager start that came to the end.
        coroutine: Cell<Value>,
        /// Its context.
        context: Cell<Value>,
        /// Its name, or the number that it is to be named by.
        name: Cell<Value>,
        /// What it waits for, or `NULL`.
        waiter: Cell<Value>,
        /// `CancelledError` is to be thrown into the coroutine next time.
        must_cancel: Cell<bool>,
        /// `_log_destroy_pending`.
        tell_pending: Cell<bool>,
        /// The machine knows that somebody is to be told if it dies before it is done.
        watched: Cell<bool>,
        /// `cancelling()`.
        cancels: Cell<u64>,
    }
}

const _: () = assert!(offset_of!(Task, core) == offset_of!(Future, core), "tasks begin as futures do");

impl std::ops::Deref for Task {
    type Target = Core;
    fn deref(&self) -> &Core {
        &self.core
    }
}

/// What `Task()` was called with; absent values are `None`.
pub(super) struct TaskArguments {
    pub(super) coroutine: Value,
    pub(super) event_loop: Value,
    pub(super) name: Value,
    pub(super) context: Value,
    pub(super) eager: bool,
}

/// A task that `__init__` has not seen yet.
pub(super) fn new_task(m: &mut Machine, class: Gc<Type>) -> Value {
    let task = Task {
        header: Header::new(class),
        core: Core::new(),
        coroutine: null(),
        context: null(),
        name: null(),
        waiter: null(),
        must_cancel: Cell::new(false),
        tell_pending: Cell::new(false),
        watched: Cell::new(false),
        cancels: Cell::new(0),
    };
    m.new_object(task).value()
}

/// Whether a task can be made of a value: coroutines, and what `asyncio.iscoroutine` takes for one.
fn is_coroutine(m: &mut Machine, v: Value) -> R<bool> {
    let ty = m.type_of(v);
    if ty == m.types.coroutine {
        return Ok(true);
    }
    let known = state(m)?;
    if known.coroutine_types.contains(m, ty.value())? {
        return Ok(true);
    }
    let answer = m.call(known.is_coroutine.get(), &[v])?;
    if !m.truthy(answer)? {
        return Ok(false);
    }
    if known.coroutine_types.len() < MOST_TYPES {
        known.coroutine_types.add(m, ty.value())?;
    }
    Ok(true)
}

impl Gc<Task> {
    /// The future that it is.
    pub(super) fn as_future(self) -> Gc<Future> {
        // SAFETY: both structs are repr(C) and begin with the header and what they have alike.
        unsafe { Gc::from_raw(self.as_ptr().cast()) }
    }

    /// `__init__`.
    pub(super) fn init(self, m: &mut Machine, given: TaskArguments) -> R<()> {
        self.as_future().init(m, given.event_loop)?;
        if !is_coroutine(m, given.coroutine)? {
            self.tell_pending.set(false);
            let shown = m.repr(given.coroutine)?.to_string_lossy().into_owned();
            return Err(m.type_error(&format!("a coroutine was expected, got {shown}")));
        }
        let context = if given.context.is_none() { contextvars::copy_current(m) } else { given.context };
        self.context.set(context);
        self.waiter.set(Value::NULL);
        self.must_cancel.set(false);
        self.tell_pending.set(true);
        self.cancels.set(0);
        self.coroutine.set(given.coroutine);
        if let Some(coroutine) = given.coroutine.downcast::<Generator>() {
            coroutine.set_of_task();
        }
        let name = if given.name.is_none() {
            let known = state(m)?;
            known.tasks_named.set(known.tasks_named.get() + 1);
            Value::small(known.tasks_named.get() as i64)
        } else {
            exact_str(m, given.name)?
        };
        self.name.set(name);
        if !self.watched.replace(true) {
            m.watch_task(self.value());
        }
        if given.eager {
            let is_running = m.intern("is_running");
            let running = m.call_method(given.event_loop, is_running, &[])?;
            if running == Value::TRUE {
                return self.start_eagerly(m);
            }
        }
        self.go_on_soon(m, Value::NULL)?;
        register(m, self.value())
    }

    /// Has the loop go on with it soon, raising an exception in the coroutine unless that is `NULL`.
    pub(super) fn go_on_soon(self, m: &mut Machine, exception: Value) -> R<()> {
        let step = step::new_step(m, self, exception)?;
        call_soon(m, self.event_loop.get(), step, Value::NULL, self.context.get())
    }

    /// Runs it at once until it first waits.
    fn start_eagerly(self, m: &mut Machine) -> R<()> {
        let (event_loop, task) = (self.event_loop.get(), self.value());
        let before = swap(m, event_loop, task)?;
        register_eager(m, task)?;
        let context = self.context.get();
        contextvars::enter(m, context)?;
        let mut failure = Value::NULL;
        let mut note = |m: &mut Machine, result: R<()>| {
            if result.is_err() {
                let raised = m.take_raised();
                failure = failure.non_null().unwrap_or(raised);
            }
        };
        let result = step::advance(m, self, Value::NULL).map(|_| ());
        note(m, result);
        let result = swap(m, event_loop, before).map(|_| ());
        note(m, result);
        let result = unregister_eager(m, task);
        note(m, result);
        let result = contextvars::exit(m, context);
        note(m, result);
        if self.phase.get() == Phase::Pending {
            let result = register(m, task);
            note(m, result);
        } else {
            self.coroutine.set(Value::NULL);
        }
        if failure.is_null() { Ok(()) } else { Err(m.reraise(failure)) }
    }

    /// `cancel`: whether the task is not done yet.
    pub(super) fn cancel(self, m: &mut Machine, message: Value) -> R<bool> {
        self.unseen.set(false);
        if self.phase.get() != Phase::Pending {
            return Ok(false);
        }
        self.cancels.set(self.cancels.get() + 1);
        if let Some(waiter) = self.waiter.get().non_null()
            && cancel_other(m, waiter, message)?
        {
            return Ok(true);
        }
        self.must_cancel.set(true);
        self.message.set(message);
        Ok(true)
    }

    /// `uncancel`: how many requests to cancel are left.
    pub(super) fn uncancel(self) -> u64 {
        let left = self.cancels.get().saturating_sub(1);
        if self.cancels.replace(left) == 1 {
            self.must_cancel.set(false);
        }
        left
    }

    /// `get_name`.
    pub(super) fn name(self, m: &mut Machine) -> Value {
        let name = self.name.get();
        if name.is_int() {
            let text = m.str_value(&format!("Task-{}", name.as_int()));
            self.name.set(text);
        }
        self.name.get().non_null().unwrap_or(Value::NONE)
    }
}

/// `future.cancel(message)` of anything that is waited for, as a truth value.
pub(super) fn cancel_other(m: &mut Machine, future: Value, message: Value) -> R<bool> {
    let name = state(m)?.cancel;
    let answer = m.call_method(future, name, &[message.non_null().unwrap_or(Value::NONE)])?;
    m.truthy(answer)
}

/// The value itself if it is a `str` of exactly that type, else `str(value)`.
pub(super) fn exact_str(m: &mut Machine, v: Value) -> R<Value> {
    if m.is_exact_str(v) { Ok(v) } else { m.to_str(v).map(Gc::<Str>::value) }
}
