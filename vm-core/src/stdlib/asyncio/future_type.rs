//! `_asyncio.Future` as programs see it; `Task` shares most of it.

use super::future::{Future, Phase, alive, invalid_state, new_future, this};
use super::future_iter::new_iter;
use super::state::state;
use super::{finalize, future};
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::Payload;
use crate::object::slots::Slots;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;
use crate::stdlib::contextvars;
use std::mem::offset_of;

/// Where the `__dict__` word lies, in futures and in tasks.
pub(super) const DICT_OFFSET: usize = offset_of!(Future, core) + offset_of!(future::Core, dict);

/// `_asyncio.Future`.
pub(super) static FUTURE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    dict_offset: DICT_OFFSET,
    slots: Slots {
        new: Some(|m, class, _| Ok(new_future(m, class))),
        init: Some(|m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 0, max_positional: 0 };
            let [event_loop] = args.bind(m, "Future", ["loop"], spec)?;
            this(m, v)?.init(m, event_loop.non_null().unwrap_or(Value::NONE))
        }),
        repr: Some(|m, v| {
            alive(m, v)?;
            let show = state(m)?.future_repr.get();
            m.call(show, &[v])
        }),
        iter: Some(new_iter),
        await_: Some(new_iter),
        finalize: Some(finalize::future),
        ..Slots::EMPTY
    },
    methods: &[
        RESULT,
        EXCEPTION,
        MethodDef {
            doc: "set_result($self, result, /)\n--\n\nEnds the future with a result; InvalidStateError if it has ended.",
            ..MethodDef::new("set_result", Convention::class(1, 1), |m, v, args| {
                alive(m, v)?.set_result(m, args.pos()[0])?;
                Ok(Value::NONE)
            })
        },
        MethodDef {
            doc: "set_exception($self, exception, /)\n--\n\nEnds the future with an exception; InvalidStateError if it has ended.",
            ..MethodDef::new("set_exception", Convention::class(1, 1), |m, v, args| {
                alive(m, v)?.set_exception(m, args.pos()[0])?;
                Ok(Value::NONE)
            })
        },
        ADD_DONE_CALLBACK,
        REMOVE_DONE_CALLBACK,
        MethodDef {
            doc: "cancel($self, /, msg=None)\n--\n\nCancels the future and schedules its callbacks; False if it has ended before.",
            ..MethodDef::new("cancel", Convention::CLASS_KEYWORDS, |m, v, args| {
                let message = message_argument(m, args)?;
                Ok(Value::from_bool(alive(m, v)?.cancel(m, message)?))
            })
        },
        CANCELLED,
        DONE,
        MethodDef {
            doc: "get_loop($self, /)\n--\n\nThe event loop that the future belongs to.",
            ..MethodDef::new("get_loop", Convention::class(0, 0), |m, v, _| Ok(alive(m, v)?.event_loop.get()))
        },
        MAKE_CANCELLED_ERROR,
        CLASS_GETITEM,
    ],
    getset: FUTURE_ATTRIBUTES,
    doc: "Future(*, loop=None)\n--\n\nA result that will be there later. Callbacks are called by the event loop.",
    ..TypeSpec::new("_asyncio.Future", Future::LAYOUT)
};

/// `result`.
pub(super) const RESULT: MethodDef = MethodDef {
    doc: "result($self, /)\n--\n\nThe result, or raises the exception that was set, CancelledError or, before the end, InvalidStateError.",
    ..MethodDef::new("result", Convention::NoArgs, |m, v, _| this(m, v)?.result(m))
};

/// `exception`.
pub(super) const EXCEPTION: MethodDef = MethodDef {
    doc: "exception($self, /)\n--\n\nThe exception that was set, or None; raises CancelledError or, before the end, InvalidStateError.",
    ..MethodDef::new("exception", Convention::class(0, 0), |m, v, _| {
        let f = this(m, v)?;
        if f.event_loop.get().is_null() {
            return Err(invalid_state(m, "Future object is not initialized."));
        }
        match f.phase.get() {
            Phase::Cancelled => Err(f.raise_cancelled(m)),
            Phase::Pending => Err(invalid_state(m, "Exception is not set.")),
            Phase::Finished => Ok(match f.exception.get().non_null() {
                Some(exception) => {
                    f.unseen.set(false);
                    exception
                }
                None => Value::NONE,
            }),
        }
    })
};

/// `add_done_callback`.
pub(super) const ADD_DONE_CALLBACK: MethodDef = MethodDef {
    doc: "add_done_callback($self, fn, /, *, context=<unrepresentable>)\n--\n\nHas the loop call fn(future) at the end, or soon if that has come.",
    ..MethodDef::new("add_done_callback", Convention::CLASS_KEYWORDS, |m, v, args| {
        let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
        let [callback, context] = args.bind(m, "add_done_callback", ["", "context"], spec)?;
        let context = if context.is_null() { contextvars::copy_current(m) } else { context };
        this(m, v)?.add_callback(m, callback, context)?;
        Ok(Value::NONE)
    })
};

/// `remove_done_callback`.
pub(super) const REMOVE_DONE_CALLBACK: MethodDef = MethodDef {
    doc: "remove_done_callback($self, fn, /)\n--\n\nRemoves a callback wherever it was added; how many times that was.",
    ..MethodDef::new("remove_done_callback", Convention::class(1, 1), |m, v, args| {
        let removed = alive(m, v)?.remove_callbacks(m, args.pos()[0])?;
        Ok(Value::small(removed as i64))
    })
};

/// `cancelled`.
pub(super) const CANCELLED: MethodDef = MethodDef {
    doc: "cancelled($self, /)\n--\n\nWhether the future was cancelled.",
    ..MethodDef::new("cancelled", Convention::NoArgs, |m, v, _| Ok(Value::from_bool(this(m, v)?.phase.get() == Phase::Cancelled)))
};

/// `done`.
pub(super) const DONE: MethodDef = MethodDef {
    doc: "done($self, /)\n--\n\nWhether the future has ended, by a result, an exception or a cancellation.",
    ..MethodDef::new("done", Convention::NoArgs, |m, v, _| Ok(Value::from_bool(this(m, v)?.phase.get() != Phase::Pending)))
};

/// `_make_cancelled_error`.
pub(super) const MAKE_CANCELLED_ERROR: MethodDef = MethodDef {
    doc: "_make_cancelled_error($self, /)\n--\n\nThe exception for having been cancelled; the one of a task is given away once.",
    ..MethodDef::new("_make_cancelled_error", Convention::NoArgs, |m, v, _| this(m, v)?.cancelled_error(m))
};

/// `__class_getitem__`.
pub(super) const CLASS_GETITEM: MethodDef =
    MethodDef { doc: "See PEP 585", ..MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem) };

/// The argument of `cancel`.
pub(super) fn message_argument(m: &mut Machine, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 1 };
    let [message] = args.bind(m, "cancel", ["msg"], spec)?;
    Ok(message.non_null().unwrap_or(Value::NONE))
}

fn or_none(v: Value) -> Value {
    v.non_null().unwrap_or(Value::NONE)
}

/// The value of a flag that is being assigned.
pub(super) fn flag(m: &mut Machine, value: Value) -> R<bool> {
    if value.is_null() { Err(m.attribute_error("cannot delete attribute")) } else { m.truthy(value) }
}

const FUTURE_ATTRIBUTES: &[GetSetDef] = &[STATE, BLOCKING, LOOP, CALLBACKS, RESULT_SO_FAR, EXCEPTION_SO_FAR, UNSEEN, SOURCE, MESSAGE];

/// `_state`.
pub(super) const STATE: GetSetDef = GetSetDef {
    name: "_state",
    get: |m, v| {
        let name = match alive(m, v)?.phase.get() {
            Phase::Pending => "PENDING",
            Phase::Cancelled => "CANCELLED",
            Phase::Finished => "FINISHED",
        };
        Ok(m.intern(name).value())
    },
    set: None,
};

/// `_asyncio_future_blocking`.
pub(super) const BLOCKING: GetSetDef = GetSetDef {
    name: "_asyncio_future_blocking",
    get: |m, v| Ok(Value::from_bool(this(m, v)?.blocking.get())),
    set: Some(|m, v, value| {
        let f = alive(m, v)?;
        let on = flag(m, value)?;
        f.blocking.set(on);
        Ok(())
    }),
};

/// `_loop`.
pub(super) const LOOP: GetSetDef = GetSetDef { name: "_loop", get: |m, v| Ok(or_none(this(m, v)?.event_loop.get())), set: None };

/// `_callbacks`.
pub(super) const CALLBACKS: GetSetDef = GetSetDef { name: "_callbacks", get: |m, v| Ok(alive(m, v)?.callbacks(m)), set: None };

/// `_result`.
pub(super) const RESULT_SO_FAR: GetSetDef = GetSetDef { name: "_result", get: |m, v| Ok(or_none(alive(m, v)?.result.get())), set: None };

/// `_exception`.
pub(super) const EXCEPTION_SO_FAR: GetSetDef =
    GetSetDef { name: "_exception", get: |m, v| Ok(or_none(alive(m, v)?.exception.get())), set: None };

/// `_log_traceback`.
pub(super) const UNSEEN: GetSetDef = GetSetDef {
    name: "_log_traceback",
    get: |m, v| Ok(Value::from_bool(alive(m, v)?.unseen.get())),
    set: Some(|m, v, value| {
        if flag(m, value)? {
            return Err(m.value_error("_log_traceback can only be set to False"));
        }
        this(m, v)?.unseen.set(false);
        Ok(())
    }),
};

/// `_source_traceback`.
pub(super) const SOURCE: GetSetDef = GetSetDef { name: "_source_traceback", get: |m, v| Ok(or_none(this(m, v)?.source.get())), set: None };

/// `_cancel_message`.
pub(super) const MESSAGE: GetSetDef = GetSetDef {
    name: "_cancel_message",
    get: |m, v| Ok(or_none(this(m, v)?.message.get())),
    set: Some(|m, v, value| {
        if value.is_null() {
            return Err(m.attribute_error("cannot delete attribute"));
        }
        this(m, v)?.message.set(value);
        Ok(())
    }),
};
