//! `_asyncio.Task` as programs see it.

use super::finalize;
use super::future_iter::new_iter;
use super::future_type::{
    ADD_DONE_CALLBACK, BLOCKING, CALLBACKS, CANCELLED, CLASS_GETITEM, DICT_OFFSET, DONE, EXCEPTION, EXCEPTION_SO_FAR, LOOP,
    MAKE_CANCELLED_ERROR, MESSAGE, REMOVE_DONE_CALLBACK, RESULT, RESULT_SO_FAR, SOURCE, STATE, UNSEEN, flag, message_argument,
};
use super::state::state;
use super::task::{Task, TaskArguments, exact_str, new_task};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::slots::Slots;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

/// `_asyncio.Task`, whose base is `_asyncio.Future`.
pub(super) static TASK: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: DICT_OFFSET,
    slots: Slots {
        new: Some(|m, class, _| Ok(new_task(m, class))),
        init: Some(init),
        repr: Some(|m, v| {
            let show = state(m)?.task_repr.get();
            m.call(show, &[v])
        }),
        iter: Some(new_iter),
        await_: Some(new_iter),
        finalize: Some(finalize::task),
        ..Slots::EMPTY
    },
    methods: &[
        RESULT,
        EXCEPTION,
        ADD_DONE_CALLBACK,
        REMOVE_DONE_CALLBACK,
        CANCELLED,
        DONE,
        MethodDef::new("set_result", Convention::O, |m, _, _| Err(m.runtime_error("Task does not support set_result operation"))),
        MethodDef::new("set_exception", Convention::O, |m, _, _| Err(m.runtime_error("Task does not support set_exception operation"))),
        MethodDef {
            doc: "cancel($self, /, msg=None)\n--\n\nHas CancelledError raised in the coroutine soon; False if the task is done.",
            ..MethodDef::new("cancel", Convention::FastKeywords, |m, v, args| {
                let message = message_argument(m, args)?;
                Ok(Value::from_bool(this(m, v)?.cancel(m, message)?))
            })
        },
        MethodDef {
            doc: "cancelling($self, /)\n--\n\nHow often it was asked to cancel the task, and not thought better of.",
            ..MethodDef::new("cancelling", Convention::NoArgs, |m, v, _| Ok(Value::small(this(m, v)?.cancels.get() as i64)))
        },
        MethodDef {
            doc: "uncancel($self, /)\n--\n\nTakes one request to cancel back; how many are left.",
            ..MethodDef::new("uncancel", Convention::NoArgs, |m, v, _| Ok(Value::small(this(m, v)?.uncancel() as i64)))
        },
        MethodDef {
            doc: "get_stack($self, /, *, limit=None)\n--\n\nThe frames of the coroutine, or of what ended it, oldest first.",
            ..MethodDef::new("get_stack", Convention::CLASS_KEYWORDS, |m, v, args| {
                let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
                let [limit] = args.bind(m, "get_stack", ["limit"], spec)?;
                let function = state(m)?.get_stack.get();
                m.call(function, &[v, or_none(limit)])
            })
        },
        MethodDef {
            doc: "print_stack($self, /, *, limit=None, file=None)\n--\n\nPrints the frames of the coroutine, or of what ended it.",
            ..MethodDef::new("print_stack", Convention::CLASS_KEYWORDS, |m, v, args| {
                let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
                let [limit, file] = args.bind(m, "print_stack", ["limit", "file"], spec)?;
                let function = state(m)?.print_stack.get();
                m.call(function, &[v, or_none(limit), or_none(file)])
            })
        },
        MAKE_CANCELLED_ERROR,
        MethodDef::new("get_name", Convention::NoArgs, |m, v, _| Ok(this(m, v)?.name(m))),
        MethodDef {
            doc: "set_name($self, value, /)\n--\n\n",
            ..MethodDef::new("set_name", Convention::O, |m, v, args| {
                let name = exact_str(m, args.pos()[0])?;
                this(m, v)?.name.set(name);
                Ok(Value::NONE)
            })
        },
        MethodDef::new("get_coro", Convention::NoArgs, |m, v, _| Ok(or_none(this(m, v)?.coroutine.get()))),
        MethodDef::new("get_context", Convention::NoArgs, |m, v, _| Ok(or_none(this(m, v)?.context.get()))),
        CLASS_GETITEM,
    ],
    getset: &[
        STATE,
        BLOCKING,
        LOOP,
        CALLBACKS,
        RESULT_SO_FAR,
        EXCEPTION_SO_FAR,
        UNSEEN,
        SOURCE,
        MESSAGE,
        GetSetDef {
            name: "_log_destroy_pending",
            get: |m, v| Ok(Value::from_bool(this(m, v)?.tell_pending.get())),
            set: Some(|m, v, value| {
                let on = flag(m, value)?;
                this(m, v)?.tell_pending.set(on);
                Ok(())
            }),
        },
        GetSetDef { name: "_must_cancel", get: |m, v| Ok(Value::from_bool(this(m, v)?.must_cancel.get())), set: None },
        GetSetDef { name: "_coro", get: |m, v| Ok(or_none(this(m, v)?.coroutine.get())), set: None },
        GetSetDef { name: "_fut_waiter", get: |m, v| Ok(or_none(this(m, v)?.waiter.get())), set: None },
    ],
    doc: "Task(coro, *, loop=None, name=None, context=None, eager_start=False)\n--\n\nA coroutine wrapped in a Future.",
    ..TypeSpec::new("_asyncio.Task", Task::LAYOUT)
};

fn this(m: &mut Machine, v: Value) -> R<Gc<Task>> {
    v.downcast().ok_or_else(|| m.type_error("a task is required"))
}

fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let names = ["coro", "loop", "name", "context", "eager_start"];
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 1 };
    let [coroutine, event_loop, name, context, eager] = args.bind(m, "Task", names, spec)?;
    let eager = !eager.is_null() && m.truthy(eager)?;
    let (event_loop, name, context) = (or_none(event_loop), or_none(name), or_none(context));
    this(m, v)?.init(m, TaskArguments { coroutine, event_loop, name, context, eager })
}
