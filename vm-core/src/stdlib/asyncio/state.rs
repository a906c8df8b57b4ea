//! What the module remembers, one object for each machine: the tasks there are, and what it calls of the library.
//!
//! In contrast to other modules' state it is an object of the heap, so that a handle to it can be kept across calls.

use super::{future_iter, future_type, step, task_type};
use crate::machine::{Machine, R};
use crate::native::TypeSpec;
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Payload};
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::{native_struct, null};
use std::cell::Cell;

native_struct! {
    /// See the module's text. What comes from the library is `NULL` until it has been imported.
    struct AsyncioState {
        /// `_asyncio.Future`.
        future_type: Gc<Type>,
        /// `_asyncio.Task`.
        task_type: Gc<Type>,
        /// The iterator of `await future`.
        iter_type: Gc<Type>,
        /// What a loop calls to go on with a task.
        step_type: Gc<Type>,
        /// The task that each loop is running.
        current_tasks: Gc<Dict>,
        /// Tasks that are started before anybody awaits them.
        eager_tasks: Gc<Set>,
        /// All other tasks: a `weakref.WeakSet`.
        scheduled_tasks: Cell<Value>,
        /// Types whose instances `asyncio.iscoroutine` has accepted.
        coroutine_types: Gc<Set>,
        /// Tasks that were named by their number.
        tasks_named: Cell<u64>,
        /// A task is being entered into the weak set, so that the weak reference is not the program's.
        registering: Cell<bool>,
        /// `("context",)`.
        context_keyword: Gc<Tuple>,
        /// `add`.
        add: Gc<Str>,
        /// `call_soon`.
        call_soon: Gc<Str>,
        /// `cancel`.
        cancel: Gc<Str>,
        /// `discard`.
        discard: Gc<Str>,
        /// `get_debug`.
        get_debug: Gc<Str>,
        /// `_asyncio_future_blocking`.
        blocking: Gc<Str>,
        /// `asyncio.events.get_event_loop_policy`.
        get_event_loop_policy: Cell<Value>,
        /// `asyncio.base_futures._future_repr`.
        future_repr: Cell<Value>,
        /// `asyncio.base_tasks._task_repr`.
        task_repr: Cell<Value>,
        /// `asyncio.base_tasks._task_get_stack`.
        get_stack: Cell<Value>,
        /// `asyncio.base_tasks._task_print_stack`.
        print_stack: Cell<Value>,
        /// `asyncio.coroutines.iscoroutine`.
        is_coroutine: Cell<Value>,
        /// `traceback.extract_stack`.
        extract_stack: Cell<Value>,
        /// `asyncio.exceptions.CancelledError`.
        cancelled_error: Cell<Gc<Type>>,
        /// `asyncio.exceptions.InvalidStateError`.
        invalid_state_error: Cell<Gc<Type>>,
    }
}

/// The type of that object, which programs do not come to see.
static STATE: TypeSpec = TypeSpec::new("_asyncio.state", AsyncioState::LAYOUT);

/// The state, which is there once the module was imported.
pub(super) fn state(m: &mut Machine) -> R<Gc<AsyncioState>> {
    match m.lib.asyncio {
        Some(state) => Ok(state),
        None => Err(m.system_error("_asyncio was not imported")),
    }
}

/// Makes the state, unless importing the library has already done so.
pub(super) fn make(m: &mut Machine) -> R<Gc<AsyncioState>> {
    m.import_name("asyncio")?;
    if let Some(state) = m.lib.asyncio {
        return Ok(state);
    }
    let state = empty(m)?;
    for (module, name, place) in [
        ("asyncio.events", "get_event_loop_policy", &state.get_event_loop_policy),
        ("asyncio.base_futures", "_future_repr", &state.future_repr),
        ("asyncio.base_tasks", "_task_repr", &state.task_repr),
        ("asyncio.base_tasks", "_task_get_stack", &state.get_stack),
        ("asyncio.base_tasks", "_task_print_stack", &state.print_stack),
        ("asyncio.coroutines", "iscoroutine", &state.is_coroutine),
        ("traceback", "extract_stack", &state.extract_stack),
    ] {
        place.set(attribute(m, module, name)?);
    }
    for (name, place) in [("CancelledError", &state.cancelled_error), ("InvalidStateError", &state.invalid_state_error)] {
        match attribute(m, "asyncio.exceptions", name)?.downcast::<Type>() {
            Some(class) if class.is_subtype_of(m.exceptions.base_exception) => place.set(class),
            _ => return Err(m.type_error(&format!("asyncio.exceptions.{name} is not an exception class"))),
        }
    }
    let weak_set = attribute(m, "weakref", "WeakSet")?;
    state.scheduled_tasks.set(m.call(weak_set, &[])?);
    m.lib.asyncio = Some(state);
    Ok(state)
}

fn attribute(m: &mut Machine, module: &str, name: &str) -> R<Value> {
    let module = m.import_name(module)?;
    let name = m.intern(name);
    m.get_attr(module, name)
}

fn empty(m: &mut Machine) -> R<Gc<AsyncioState>> {
    let header = Header::new(m.native_type(&STATE));
    let future_type = m.native_type(&future_type::FUTURE);
    let task_type = m.native_type_derived(&task_type::TASK, future_type);
    let (iter_type, step_type) = (m.native_type(&future_iter::ITER), m.native_type(&step::STEP));
    let (current_tasks, eager_tasks, coroutine_types) = (m.new_dict(), m.new_set(), m.new_set());
    let context = m.intern("context").value();
    let context_keyword = m.new_tuple(&[context]);
    let [add, call_soon, cancel, discard, get_debug, blocking] =
        ["add", "call_soon", "cancel", "discard", "get_debug", "_asyncio_future_blocking"].map(|name| m.intern(name));
    let exception = m.exceptions.exception;
    Ok(m.new_object(AsyncioState {
        header,
        future_type,
        task_type,
        iter_type,
        step_type,
        current_tasks,
        eager_tasks,
        scheduled_tasks: null(),
        coroutine_types,
        tasks_named: Cell::new(0),
        registering: Cell::new(false),
        context_keyword,
        add,
        call_soon,
        cancel,
        discard,
        get_debug,
        blocking,
        get_event_loop_policy: null(),
        future_repr: null(),
        task_repr: null(),
        get_stack: null(),
        print_stack: null(),
        is_coroutine: null(),
        extract_stack: null(),
        cancelled_error: Cell::new(exception),
        invalid_state_error: Cell::new(exception),
    }))
}
