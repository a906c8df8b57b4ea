//! `_thread`: starting threads and waiting for them. How they take turns is in `machine/threads.rs`, locks are in `thread_lock.rs`.

use super::thread_lock::{LOCAL, LOCK, RLOCK, new_lock};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use std::cell::Cell;
use std::time::{Duration, Instant};

/// `threading.TIMEOUT_MAX`, in seconds.
pub(super) const TIMEOUT_MAX_S: f64 = 9_223_372_036.0;
/// Identities are like addresses; the first is the main thread's.
const MAIN: i64 = 0x7f00_0000_1000;
const STEP: i64 = 0x1000;

/// `_thread`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_thread",
    functions: &[
        MethodDef::new("start_new_thread", Convention::VarArgs, start_new),
        MethodDef::new("start_new", Convention::VarArgs, start_new),
        MethodDef::new("start_joinable_thread", Convention::VarArgsKeywords, start_joinable),
        MethodDef::new("daemon_threads_allowed", Convention::NoArgs, |_, _, _| Ok(Value::TRUE)),
        MethodDef::new("allocate_lock", Convention::NoArgs, |m, _, _| Ok(new_lock(m))),
        MethodDef::new("allocate", Convention::NoArgs, |m, _, _| Ok(new_lock(m))),
        MethodDef::new("exit_thread", Convention::NoArgs, exit),
        MethodDef::new("exit", Convention::NoArgs, exit),
        MethodDef::new("interrupt_main", Convention::VarArgs, |m, _, _| {
            m.breaker.fetch_or(crate::machine::Breaker::INTERRUPT, std::sync::atomic::Ordering::Relaxed);
            Ok(Value::NONE)
        }),
        MethodDef::new("get_ident", Convention::NoArgs, |m, _, _| Ok(Value::small(ident(m)))),
        MethodDef::new("get_native_id", Convention::NoArgs, |m, _, _| {
            let n = ident(m);
            Ok(Value::small(i64::from(std::process::id()) + (n - MAIN) / STEP))
        }),
        MethodDef::new("_count", Convention::NoArgs, |m, _, _| Ok(Value::small(m.threads.others() as i64))),
        MethodDef::new("stack_size", Convention::VarArgs, |_, _, _| Ok(Value::small(0))),
        MethodDef::new("_is_main_interpreter", Convention::NoArgs, |_, _, _| Ok(Value::TRUE)),
        MethodDef::new("_shutdown", Convention::NoArgs, |m, _, _| m.join_threads().map(|()| Value::NONE)),
        MethodDef::new("_make_thread_handle", Convention::O, |m, _, args| {
            let n = m.index_argument(args.pos()[0])?;
            Ok(new_handle(m, n, State::Running))
        }),
        MethodDef::new("_get_main_thread_ident", Convention::NoArgs, |_, _, _| Ok(Value::small(MAIN))),
    ],
    init: Some(|m, dict| {
        let (lock, rlock, local, handle) = (m.native_type(&LOCK), m.native_type(&RLOCK), m.native_type(&LOCAL), m.native_type(&HANDLE));
        let limit = m.new_float(TIMEOUT_MAX_S);
        let entries = [
            ("LockType", lock.value()),
            ("lock", lock.value()),
            ("RLock", rlock.value()),
            ("_local", local.value()),
            ("_ThreadHandle", handle.value()),
            ("error", m.exceptions.runtime_error.value()),
            ("TIMEOUT_MAX", limit),
        ];
        for (name, v) in entries {
            let name = m.intern(name);
            dict.insert_str(m, name, v);
        }
        Ok(())
    }),
    doc: "This module provides primitive operations to write multi-threaded programs.\nThe 'threading' module provides a more convenient interface.",
};

/// The running thread.
pub(super) fn ident(m: &Machine) -> i64 {
    MAIN + m.lib.thread * STEP
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    NotStarted,
    Running,
    Done,
}

/// A `_ThreadHandle` object.
#[repr(C)]
struct Handle {
    header: Header,
    ident: Cell<i64>,
    state: Cell<State>,
}

// SAFETY: repr(C), header first; refers to nothing.
unsafe impl Payload for Handle {
    const LAYOUT: &'static Layout = &layout_of::<Handle>(LayoutId::Other);
    fn trace(&self, _: &mut crate::heap::Marker<'_>) {}
}

static HANDLE: TypeSpec = TypeSpec {
    slots: Slots {
        new: Some(|m, _, _| Ok(new_handle(m, 0, State::NotStarted))),
        repr: Some(|m, v| {
            let text = format!("<_ThreadHandle object: ident={}>", this(v).ident.get());
            Ok(m.str_value(&text))
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("join", Convention::VarArgs, join),
        MethodDef::new("is_done", Convention::NoArgs, |_, v, _| Ok(Value::from_bool(this(v).state.get() == State::Done))),
        MethodDef::new("_set_done", Convention::NoArgs, |m, v, _| {
            if this(v).state.get() == State::NotStarted {
                return Err(m.runtime_error("thread not started"));
            }
            this(v).state.set(State::Done);
            Ok(Value::NONE)
        }),
    ],
    getset: &[GetSetDef { name: "ident", get: |_, v| Ok(Value::small(this(v).ident.get())), set: None }],
    ..TypeSpec::new("_thread._ThreadHandle", Handle::LAYOUT)
};

fn this(v: Value) -> Gc<Handle> {
    // SAFETY: slots, methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new_handle(m: &mut Machine, ident: i64, state: State) -> Value {
    let header = Header::new(m.native_type(&HANDLE));
    m.new_object(Handle { header, ident: Cell::new(ident), state: Cell::new(state) }).value()
}

fn join(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let limit = args.between(m, "join", 0, 1)?.first().copied().filter(|t| !t.is_none());
    let deadline = match limit {
        // A negative time stands for none.
        Some(t) => deadline_after(m.as_f64(t)?),
        None => None,
    };
    let handle = this(v);
    match handle.state.get() {
        State::NotStarted => Err(m.runtime_error("thread not started")),
        State::Done => Ok(Value::NONE),
        State::Running if handle.ident.get() == ident(m) => Err(m.runtime_error("Cannot join current thread")),
        State::Running => m.wait_until(deadline, &mut |_| handle.state.get() == State::Done).map(|_| Value::NONE),
    }
}

/// The time so many seconds from now; `None` for negative and for very large numbers.
pub(super) fn deadline_after(seconds: f64) -> Option<Instant> {
    Instant::now().checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

fn exit(m: &mut Machine, _: Value, _: Args<'_>) -> R<Value> {
    let class = m.exceptions.system_exit;
    Err(m.raise_class(class))
}

/// Starts a function as a thread of its own; the thread's identity. `handle` is `NULL` or a `_ThreadHandle`.
fn start(m: &mut Machine, call: [Value; 3], handle: Value, daemon: bool) -> R<i64> {
    let [function, args, keywords] = call;
    let thread = m.spawn_thread(daemon, [function, args, keywords, handle], body)?;
    let n = MAIN + thread * STEP;
    if !handle.is_null() {
        this(handle).ident.set(n);
        this(handle).state.set(State::Running);
    }
    Ok(n)
}

/// What a thread does.
fn body(m: &mut Machine, [function, args, keywords, handle]: [Value; 4]) {
    if m.call_applied(function, args, keywords).is_err() {
        let exception = m.take_raised();
        if !m.type_of(exception).is_subtype_of(m.exceptions.system_exit) {
            let text = format!("Exception ignored in thread started by: {}\n", m.shown(function));
            m.write_stderr(&text);
            m.display_exception(exception);
        }
    }
    if !handle.is_null() {
        this(handle).state.set(State::Done);
    }
}

fn start_new(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "start_new_thread", 2, 3)?;
    if m.type_of(args[0]).slot(|s| s.call).is_none() {
        return Err(m.type_error("first arg must be callable"));
    }
    if args[1].downcast::<Tuple>().is_none() {
        return Err(m.type_error("2nd arg must be a tuple"));
    }
    let keywords = args.get(2).copied().unwrap_or(Value::NULL);
    if !keywords.is_null() && keywords.downcast::<Dict>().is_none() {
        return Err(m.type_error("optional 3rd arg must be a dictionary"));
    }
    start(m, [args[0], args[1], keywords], Value::NULL, true).map(Value::small)
}

fn start_joinable(m: &mut Machine, _: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 3 };
    let [function, handle, daemon] = args.bind(m, "start_joinable_thread", ["function", "handle", "daemon"], spec)?;
    if m.type_of(function).slot(|s| s.call).is_none() {
        return Err(m.type_error("thread function must be callable"));
    }
    let ty = m.native_type(&HANDLE);
    let handle = if handle.is_null() || handle.is_none() { new_handle(m, 0, State::NotStarted) } else { handle };
    if m.type_of(handle) != ty {
        return Err(m.type_error("'handle' must be a _ThreadHandle"));
    }
    if this(handle).state.get() != State::NotStarted {
        return Err(m.runtime_error("thread already started"));
    }
    let empty = m.new_tuple(&[]).value();
    let daemon = daemon.is_null() || m.truthy(daemon)?;
    start(m, [function, empty, Value::NULL], handle, daemon)?;
    Ok(handle)
}
