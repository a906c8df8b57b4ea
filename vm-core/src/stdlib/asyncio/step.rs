//! Going on with a task: its coroutine is resumed, and what it yields says when to go on again.

use super::current::{enter, leave};
use super::future::{Phase, exactly, invalid_state};
use super::state::state;
use super::task::{Task, cancel_other};
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, GetSetDef, Keywords, MethodDef, TypeSpec};
use crate::object::generator::{Generator, Resumed};
use crate::object::header::{Gc, Header, Payload};
use crate::object::slots::Slots;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, this};

native_struct! {
    /// A `TaskStepMethWrapper` object: called without arguments, it goes on with a task.
    struct TaskStep {
        /// The task.
        task: Gc<Task>,
        /// The exception to raise in its coroutine, or `NULL`.
        exception: Value,
    }
}

/// `_asyncio.TaskStepMethWrapper`.
pub(super) static STEP: TypeSpec = TypeSpec {
    slots: Slots {
        call: Some(|m, v, args| {
            if args.has_keywords() {
                return Err(m.type_error("function takes no keyword arguments"));
            }
            if !args.is_empty() {
                return Err(m.type_error("function takes no positional arguments"));
            }
            let step = this::<TaskStep>(m, v)?;
            go_on(m, step.task, step.exception)
        }),
        getattro: Some(crate::object::attr::generic_get_attr),
        ..Slots::EMPTY
    },
    getset: &[GetSetDef { name: "__self__", get: |m, v| Ok(this::<TaskStep>(m, v)?.task.value()), set: None }],
    ..TypeSpec::new("_asyncio.TaskStepMethWrapper", TaskStep::LAYOUT)
};

/// What a future that a task waits for calls at its end.
static WAKEUP: MethodDef = MethodDef::new("task_wakeup", Convention::O, |m, v, args| {
    let task = this::<Task>(m, v)?;
    wake_up(m, task, args.pos()[0])
});

/// A callable that goes on with a task.
pub(super) fn new_step(m: &mut Machine, task: Gc<Task>, exception: Value) -> R<Value> {
    let header = Header::new(state(m)?.step_type);
    Ok(m.new_object(TaskStep { header, task, exception }).value())
}

fn go_on(m: &mut Machine, task: Gc<Task>, exception: Value) -> R<Value> {
    enter(m, task.event_loop.get(), task.value())?;
    match advance(m, task, exception) {
        Ok(result) => {
            leave(m, task.event_loop.get(), task.value())?;
            Ok(result)
        }
        Err(Raised) => {
            let raised = m.take_raised();
            if leave(m, task.event_loop.get(), task.value()).is_err() {
                let second = m.take_raised();
                m.set_context(second, raised);
                return Err(m.reraise(second));
            }
            Err(m.reraise(raised))
        }
    }
}

fn wake_up(m: &mut Machine, task: Gc<Task>, future: Value) -> R<Value> {
    let known = state(m)?;
    let outcome = match exactly(m, known, future) {
        Some(future) => future.outcome(m),
        None => {
            let name = m.intern("result");
            m.call_method(future, name, &[]).map(Ok)
        }
    };
    match outcome {
        Ok(Ok(_)) => go_on(m, task, Value::NULL),
        Ok(Err(exception)) => go_on(m, task, exception),
        Err(Raised) => {
            let exception = m.take_raised();
            go_on(m, task, exception)
        }
    }
}

/// Resumes the coroutine; the loop has been told.
pub(super) fn advance(m: &mut Machine, task: Gc<Task>, exception: Value) -> R<Value> {
    if task.phase.get() != Phase::Pending {
        let shown = m.repr(task.value())?.to_string_lossy().into_owned();
        let exception = m.repr(exception.non_null().unwrap_or(Value::NONE))?.to_string_lossy().into_owned();
        return Err(invalid_state(m, &format!("_step(): already done: {shown} {exception}")));
    }
    let mut exception = exception;
    if task.must_cancel.get() {
        let cancelled = state(m)?.cancelled_error.get();
        if exception.is_null() || !m.type_of(exception).is_subtype_of(cancelled) {
            exception = task.as_future().cancelled_error(m)?;
        }
        task.must_cancel.set(false);
    }
    task.waiter.set(Value::NULL);
    let Some(coroutine) = task.coroutine.get().non_null() else {
        return Err(m.runtime_error("uninitialized Task object"));
    };
    let resumed = if exception.is_null() { m.send(coroutine, Value::NONE) } else { throw(m, coroutine, exception) };
    match resumed {
        Ok(Resumed::Yield(v)) => wait(m, task, v),
        Ok(Resumed::Return(_)) if task.must_cancel.get() => {
            // It was cancelled just before the coroutine ended.
            task.must_cancel.set(false);
            task.as_future().cancel(m, task.message.get())?;
            Ok(Value::NONE)
        }
        Ok(Resumed::Return(v)) => {
            task.as_future().set_result(m, v)?;
            Ok(Value::NONE)
        }
        Err(Raised) => failed(m, task),
    }
}

fn throw(m: &mut Machine, coroutine: Value, exception: Value) -> R<Resumed> {
    let ty = m.type_of(coroutine);
    if (ty == m.types.coroutine || ty == m.types.generator)
        && let Some(generator) = coroutine.downcast::<Generator>()
    {
        return generator.throw(m, &[exception], true);
    }
    let name = m.names.throw;
    let result = m.call_method(coroutine, name, &[exception]);
    m.stop_to_return(result)
}

/// The coroutine has raised the pending exception.
fn failed(m: &mut Machine, task: Gc<Task>) -> R<Value> {
    let exception = m.take_raised();
    let ty = m.type_of(exception);
    if ty.is_subtype_of(state(m)?.cancelled_error.get()) {
        task.cancelled.set(exception);
        return Ok(Value::from_bool(task.as_future().cancel(m, Value::NULL)?));
    }
    task.as_future().set_exception(m, exception)?;
    if ty.is_subtype_of(m.exceptions.keyboard_interrupt) || ty.is_subtype_of(m.exceptions.system_exit) {
        return Err(m.reraise(exception));
    }
    Ok(Value::NONE)
}

/// Has the task woken up by what its coroutine has yielded.
fn wait(m: &mut Machine, task: Gc<Task>, yielded: Value) -> R<Value> {
    if yielded.is(task.value()) {
        let shown = m.repr(yielded)?.to_string_lossy().into_owned();
        return misused(m, task, &format!("Task cannot await on itself: {shown}"));
    }
    let known = state(m)?;
    if let Some(future) = exactly(m, known, yielded) {
        if !future.event_loop.get().is(task.event_loop.get()) {
            return other_loop(m, task, yielded);
        }
        if !future.blocking.replace(false) {
            return plain_yield(m, task, yielded);
        }
        let wakeup = m.new_native_function(&WAKEUP, task.value(), Value::NULL).value();
        future.add_callback(m, wakeup, task.context.get())?;
        return waiting(m, task, yielded);
    }
    if yielded.is_none() {
        // A bare `yield` lets the others have a turn.
        task.go_on_soon(m, Value::NULL)?;
        return Ok(yielded);
    }
    if let Some(blocking) = m.get_attr_opt(yielded, known.blocking)?.filter(|v| !v.is_none()) {
        let blocking = m.truthy(blocking)?;
        let event_loop = loop_of(m, yielded)?;
        if !event_loop.is(task.event_loop.get()) {
            return other_loop(m, task, yielded);
        }
        if !blocking {
            return plain_yield(m, task, yielded);
        }
        m.set_attr(yielded, known.blocking, Value::FALSE)?;
        let wakeup = m.new_native_function(&WAKEUP, task.value(), Value::NULL).value();
        let name = m.intern("add_done_callback");
        let add = m.get_attr(yielded, name)?;
        let all = [wakeup, task.context.get()];
        let keywords = Keywords::new(&all, known.context_keyword.slice());
        m.call_args(add, Args::with_keywords(&all, &keywords))?;
        return waiting(m, task, yielded);
    }
    let generator = m.types.generator.value();
    if m.is_instance(yielded, generator)? {
        let (task_shown, shown) = both_shown(m, task, yielded)?;
        return misused(m, task, &format!("yield was used instead of yield from for generator in task {task_shown} with {shown}"));
    }
    let shown = m.repr(yielded)?.to_string_lossy().into_owned();
    misused(m, task, &format!("Task got bad yield: {shown}"))
}

/// The task waits for a future, which has its callback.
fn waiting(m: &mut Machine, task: Gc<Task>, future: Value) -> R<Value> {
    task.waiter.set(future);
    if task.must_cancel.get() && cancel_other(m, future, task.message.get())? {
        task.must_cancel.set(false);
    }
    Ok(Value::NONE)
}

/// The loop of what is like a future.
fn loop_of(m: &mut Machine, future: Value) -> R<Value> {
    let (method, attribute) = (m.intern("get_loop"), m.intern("_loop"));
    match m.get_attr_opt(future, method)? {
        Some(get) => m.call(get, &[]),
        None => m.get_attr(future, attribute),
    }
}

/// Raises `RuntimeError` in the coroutine soon.
#[cold]
fn misused(m: &mut Machine, task: Gc<Task>, message: &str) -> R<Value> {
    let (class, text) = (m.exceptions.runtime_error, m.str_value(message));
    let exception = m.new_exception(class, &[text]);
    task.go_on_soon(m, exception)?;
    Ok(Value::NONE)
}

fn both_shown(m: &mut Machine, task: Gc<Task>, other: Value) -> R<(String, String)> {
    let task = m.repr(task.value())?.to_string_lossy().into_owned();
    Ok((task, m.repr(other)?.to_string_lossy().into_owned()))
}

#[cold]
fn other_loop(m: &mut Machine, task: Gc<Task>, future: Value) -> R<Value> {
    let (shown, future) = both_shown(m, task, future)?;
    misused(m, task, &format!("Task {shown} got Future {future} attached to a different loop"))
}

#[cold]
fn plain_yield(m: &mut Machine, task: Gc<Task>, future: Value) -> R<Value> {
    let (shown, future) = both_shown(m, task, future)?;
    misused(m, task, &format!("yield was used instead of yield from in task {shown} with {future}"))
}
