//! `_queue.SimpleQueue`: an unbounded queue.

use super::native_struct::{native_struct, this};
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, BindSpec, Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Header, Payload};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::Cell;

native_struct! {
    /// A `SimpleQueue` object: items to take, last one first, and items that came since they were put in that order.
    struct SimpleQueue {
        /// The oldest items, reversed.
        outgoing: Cell<Gc<List>>,
        /// The newest items, in order.
        incoming: Cell<Gc<List>>,
    }
}

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_queue",
    functions: &[],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&SIMPLE_QUEUE]);
        let base = m.exceptions.exception;
        let empty = m.new_exception_class("_queue", "Empty", base, "Exception raised by Queue.get(block=0)/get_nowait().")?;
        m.lib.queue_empty = empty.value();
        let name = m.intern("Empty");
        dict.insert_str(m, name, empty.value());
        Ok(())
    }),
    doc: "C implementation of the Python queue module.",
};

/// `_queue.SimpleQueue`.
static SIMPLE_QUEUE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF,
    slots: Slots { new: Some(new), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("empty", Convention::NoArgs, |m, v, _| {
            let n = size(m, v)?;
            Ok(Value::from_bool(n == 0))
        }),
        MethodDef::new("get", Convention::CLASS_KEYWORDS, get),
        MethodDef::new("get_nowait", Convention::class(0, 0), |m, v, _| match take(m, v)? {
            Some(item) => Ok(item),
            None => Err(empty_error(m)),
        }),
        MethodDef::new("put", Convention::FastKeywords, |m, v, args| {
            let spec = BindSpec { positional_only: 0, required: 1, max_positional: 3 };
            let [item, block, _] = args.bind(m, "put", ["item", "block", "timeout"], spec)?;
            if !block.is_null() {
                m.truthy(block)?;
            }
            put(m, v, item)
        }),
        MethodDef::new("put_nowait", Convention::FastKeywords, |m, v, args| {
            let [item] = args.bind(m, "put_nowait", ["item"], BindSpec { positional_only: 0, required: 1, max_positional: 1 })?;
            put(m, v, item)
        }),
        MethodDef::new("qsize", Convention::NoArgs, |m, v, _| {
            let n = size(m, v)?;
            Ok(Value::small(n as i64))
        }),
        MethodDef::class("__class_getitem__", Convention::O, crate::object::dict_type::class_getitem),
    ],
    doc: "Simple, unbounded, reentrant FIFO queue.",
    ..TypeSpec::new("_queue.SimpleQueue", SimpleQueue::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    args.between(m, "SimpleQueue", 0, 0)?;
    let (outgoing, incoming) = (Cell::new(m.new_list(&[])), Cell::new(m.new_list(&[])));
    Ok(m.new_object(SimpleQueue { header: Header::new(class), outgoing, incoming }).value())
}

fn size(m: &mut Machine, v: Value) -> R<usize> {
    let q = this::<SimpleQueue>(m, v)?;
    Ok(q.outgoing.get().len() + q.incoming.get().len())
}

fn put(m: &mut Machine, v: Value, item: Value) -> R<Value> {
    this::<SimpleQueue>(m, v)?.incoming.get().push(m, item);
    Ok(Value::NONE)
}

fn take(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let q = this::<SimpleQueue>(m, v)?;
    if q.outgoing.get().is_empty() {
        let reversed = q.incoming.replace(q.outgoing.get());
        reversed.items_mut().reverse();
        q.outgoing.set(reversed);
    }
    Ok(q.outgoing.get().pop())
}

fn empty_error(m: &mut Machine) -> Raised {
    match m.lib.queue_empty.downcast::<Type>() {
        Some(class) => m.raise_class(class),
        None => m.runtime_error("the queue is empty"),
    }
}

fn get(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 0, max_positional: 2 };
    let [block, timeout] = args.bind(m, "get", ["block", "timeout"], spec)?;
    let block = block.is_null() || m.truthy(block)?;
    let limited = block && !timeout.is_null() && !timeout.is_none();
    let seconds = if limited { m.as_f64(timeout)? } else { f64::INFINITY };
    if seconds < 0.0 {
        return Err(m.value_error("'timeout' must be a non-negative number"));
    }
    let q = this::<SimpleQueue>(m, v)?;
    if block {
        let filled = &mut |_: &mut Machine| !q.outgoing.get().is_empty() || !q.incoming.get().is_empty();
        m.wait_until(super::thread::deadline_after(seconds), filled)?;
    }
    match take(m, v)? {
        Some(item) => Ok(item),
        None => Err(empty_error(m)),
    }
}
