//! Which loop runs in a thread, which task in a loop, and all tasks there are: the module's functions, and what tasks do alike.

use super::future::event_loop;
use super::state::state;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef};
use crate::object::value::Value;

/// The module's functions.
pub(super) const FUNCTIONS: &[MethodDef] = &[
    MethodDef {
        doc: "current_task($module, /, loop=None)\n--\n\nThe task that a loop is running, or None.",
        ..MethodDef::new("current_task", Convention::FastKeywords, current_task)
    },
    MethodDef {
        doc: "get_event_loop($module, /)\n--\n\nThe running event loop or, if there is none, that of the policy.",
        ..MethodDef::new("get_event_loop", Convention::NoArgs, |m, _, _| event_loop(m))
    },
    MethodDef {
        doc: "get_running_loop($module, /)\n--\n\nThe running event loop; RuntimeError if there is none.",
        ..MethodDef::new("get_running_loop", Convention::NoArgs, |m, _, _| running_loop(m))
    },
    MethodDef {
        doc: "_get_running_loop($module, /)\n--\n\nThe event loop that runs in this thread, or None.",
        ..MethodDef::new("_get_running_loop", Convention::NoArgs, |m, _, _| Ok(m.lib.running_loop.non_null().unwrap_or(Value::NONE)))
    },
    MethodDef {
        doc: "_set_running_loop($module, loop, /)\n--\n\nSets the event loop that runs in this thread.",
        ..MethodDef::new("_set_running_loop", Convention::O, |m, _, args| {
            let given = args.pos()[0];
            m.lib.running_loop = if given.is_none() { Value::NULL } else { given };
            m.loop_has_changed();
            Ok(Value::NONE)
        })
    },
    MethodDef {
        doc: "_register_task($module, /, task)\n--\n\nNotes a new task.",
        ..MethodDef::new("_register_task", Convention::FastKeywords, |m, _, args| {
            let task = task_argument(m, "_register_task", args)?;
            register(m, task).map(|()| Value::NONE)
        })
    },
    MethodDef {
        doc: "_register_eager_task($module, /, task)\n--\n\nNotes a task that is started eagerly.",
        ..MethodDef::new("_register_eager_task", Convention::FastKeywords, |m, _, args| {
            let task = task_argument(m, "_register_eager_task", args)?;
            register_eager(m, task).map(|()| Value::NONE)
        })
    },
    MethodDef {
        doc: "_unregister_task($module, /, task)\n--\n\nForgets a task.",
        ..MethodDef::new("_unregister_task", Convention::FastKeywords, |m, _, args| {
            let task = task_argument(m, "_unregister_task", args)?;
            let known = state(m)?;
            m.call_method(known.scheduled_tasks.get(), known.discard, &[task])?;
            Ok(Value::NONE)
        })
    },
    MethodDef {
        doc: "_unregister_eager_task($module, /, task)\n--\n\nForgets a task that was started eagerly.",
        ..MethodDef::new("_unregister_eager_task", Convention::FastKeywords, |m, _, args| {
            let task = task_argument(m, "_unregister_eager_task", args)?;
            unregister_eager(m, task).map(|()| Value::NONE)
        })
    },
    MethodDef {
        doc: "_enter_task($module, /, loop, task)\n--\n\nNotes that a loop goes on with a task.",
        ..MethodDef::new("_enter_task", Convention::FastKeywords, |m, _, args| {
            let [event_loop, task] = loop_and_task(m, "_enter_task", args)?;
            enter(m, event_loop, task).map(|()| Value::NONE)
        })
    },
    MethodDef {
        doc: "_leave_task($module, /, loop, task)\n--\n\nNotes that a loop has left a task.",
        ..MethodDef::new("_leave_task", Convention::FastKeywords, |m, _, args| {
            let [event_loop, task] = loop_and_task(m, "_leave_task", args)?;
            leave(m, event_loop, task).map(|()| Value::NONE)
        })
    },
    MethodDef {
        doc: "_swap_current_task($module, /, loop, task)\n--\n\nSets the task that a loop is running; the one before, or None.",
        ..MethodDef::new("_swap_current_task", Convention::FastKeywords, |m, _, args| {
            let [event_loop, task] = loop_and_task(m, "_swap_current_task", args)?;
            swap(m, event_loop, task)
        })
    },
];

fn task_argument(m: &mut Machine, name: &str, args: Args<'_>) -> R<Value> {
    let [task] = args.bind(m, name, ["task"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
    Ok(task)
}

fn loop_and_task(m: &mut Machine, name: &str, args: Args<'_>) -> R<[Value; 2]> {
    args.bind(m, name, ["loop", "task"], BindSpec { positional_only: 0, required: 2, max_positional: 2 })
}

fn running_loop(m: &mut Machine) -> R<Value> {
    match m.lib.running_loop.non_null() {
        Some(running) => Ok(running),
        None => Err(m.runtime_error("no running event loop")),
    }
}

fn current_task(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [event_loop] = args.bind(m, "current_task", ["loop"], spec)?;
    let event_loop = if event_loop.is_null() || event_loop.is_none() { running_loop(m)? } else { event_loop };
    let tasks = state(m)?.current_tasks;
    Ok(tasks.get(m, event_loop)?.unwrap_or(Value::NONE))
}

/// Enters a task into the weak set.
pub(super) fn register(m: &mut Machine, task: Value) -> R<()> {
    let known = state(m)?;
    let before = known.registering.replace(true);
    let added = m.call_method(known.scheduled_tasks.get(), known.add, &[task]);
    known.registering.set(before);
    added.map(|_| ())
}

/// Enters a task into the set of those that are started eagerly.
pub(super) fn register_eager(m: &mut Machine, task: Value) -> R<()> {
    let tasks = state(m)?.eager_tasks;
    tasks.add(m, task).map(|_| ())
}

/// Takes it out again.
pub(super) fn unregister_eager(m: &mut Machine, task: Value) -> R<()> {
    let tasks = state(m)?.eager_tasks;
    tasks.discard(m, task).map(|_| ())
}

/// Notes that a loop goes on with a task.
pub(super) fn enter(m: &mut Machine, event_loop: Value, task: Value) -> R<()> {
    let tasks = state(m)?.current_tasks;
    let before = tasks.len();
    match tasks.set_default(m, event_loop, task)? {
        _ if tasks.len() > before => Ok(()),
        other => {
            let (task, other) = (m.repr(task)?.to_string_lossy().into_owned(), m.repr(other)?.to_string_lossy().into_owned());
            Err(m.runtime_error(&format!("Cannot enter into task {task} while another task {other} is being executed.")))
        }
    }
}

/// Notes that a loop has left a task.
pub(super) fn leave(m: &mut Machine, event_loop: Value, task: Value) -> R<()> {
    let tasks = state(m)?.current_tasks;
    match tasks.remove(m, event_loop)? {
        Some(current) if current.is(task) => Ok(()),
        Some(current) => {
            tasks.insert(m, event_loop, current)?;
            Err(not_current(m, task, current))
        }
        None => Err(not_current(m, task, Value::NONE)),
    }
}

#[cold]
fn not_current(m: &mut Machine, task: Value, current: Value) -> Raised {
    match (m.repr(task), m.repr(current)) {
        (Ok(task), Ok(current)) => {
            let (task, current) = (task.to_string_lossy().into_owned(), current.to_string_lossy().into_owned());
            m.runtime_error(&format!("Leaving task {task} does not match the current task {current}."))
        }
        (Err(raised), _) | (_, Err(raised)) => raised,
    }
}

/// Sets the task that a loop is running, `None` for none; the one before.
pub(super) fn swap(m: &mut Machine, event_loop: Value, task: Value) -> R<Value> {
    let tasks = state(m)?.current_tasks;
    let before = if task.is_none() {
        tasks.remove(m, event_loop)?
    } else {
        let hash = m.hash_key_of(event_loop)?;
        let before = tasks.get_hashed(m, event_loop, hash)?;
        tasks.insert_hashed(m, event_loop, hash, task)?;
        before
    };
    Ok(before.unwrap_or(Value::NONE))
}
