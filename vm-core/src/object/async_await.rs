//! The awaitables of asynchronous generators (`asend`, `athrow`, `aclose`) and of `anext` with a default, and the box around what an
//! asynchronous generator yields. All are one struct: something to run, an argument and a state.

use super::async_generator::{CLOSED, RUNNING};
use super::generator::{GenState, Generator, Resumed};
use super::generator_type::deliver;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::slots::Slots;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use std::cell::Cell;

/// Where an awaitable is in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AwaitState {
    /// Not started.
    Init,
    /// Running.
    Iter,
    /// Ended.
    Closed,
}

/// An awaitable of an asynchronous generator, a coroutine's wrapper, or a boxed value.
#[repr(C)]
pub struct Await {
    /// Its type.
    pub header: Header,
    /// The generator, coroutine, awaitable or boxed value.
    pub target: Value,
    /// What is sent first, the arguments of `athrow` (`NULL` for `aclose`), or the default of `anext`.
    pub argument: Value,
    /// Where it is.
    pub state: Cell<AwaitState>,
}

// SAFETY: repr(C), header first; traces both references.
unsafe impl Payload for Await {
    const LAYOUT: &'static Layout = &layout_of::<Await>(LayoutId::AsyncGenAwait);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.target);
        m.mark(self.argument);
    }
}

macro_rules! awaitable {
    ($(#[$doc:meta])* $spec:ident, $name:literal, $send:ident, $throw:ident) => {
        $(#[$doc])*
        pub static $spec: TypeSpec = TypeSpec {
            slots: Slots {
                await_: Some(|_, v| Ok(v)),
                iter: Some(|_, v| Ok(v)),
                iternext: Some(|m, v| {
                    let a = this(m, v)?;
                    match $send(m, a, Value::NONE)? {
                        Resumed::Yield(v) => Ok(Some(v)),
                        Resumed::Return(v) => {
                            m.stop_value = if v.is_none() { Value::NULL } else { v };
                            Ok(None)
                        }
                    }
                }),
                ..Slots::EMPTY
            },
            methods: &[
                MethodDef::new("send", Convention::O, |m, v, args| {
                    let a = this(m, v)?;
                    let resumed = $send(m, a, args.pos()[0])?;
                    deliver(m, resumed)
                }),
                MethodDef::new("throw", Convention::Fast, |m, v, args| {
                    let args = args.between(m, "throw", 1, 3)?;
                    let a = this(m, v)?;
                    let resumed = $throw(m, a, args)?;
                    deliver(m, resumed)
                }),
                MethodDef::new("close", Convention::NoArgs, |m, v, _| {
                    let a = this(m, v)?;
                    close(m, a, $throw)
                }),
            ],
            ..TypeSpec::new($name, Await::LAYOUT)
        };
    };
}

awaitable! {
    /// `async_generator_asend`.
    ASEND, "async_generator_asend", asend_send, asend_throw
}
awaitable! {
    /// `async_generator_athrow`.
    ATHROW, "async_generator_athrow", athrow_send, athrow_throw
}

/// `anext_awaitable`.
pub static ANEXT: TypeSpec = TypeSpec {
    slots: Slots { await_: Some(|_, v| Ok(v)), iter: Some(|_, v| Ok(v)), iternext: Some(anext_next), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("send", Convention::VarArgs, |m, v, args| {
            let name = m.names.send;
            anext_forward(m, v, name, args)
        }),
        MethodDef::new("throw", Convention::VarArgs, |m, v, args| {
            let name = m.names.throw;
            anext_forward(m, v, name, args)
        }),
        MethodDef::new("close", Convention::VarArgs, |m, v, args| {
            let name = m.names.close;
            anext_forward(m, v, name, args)
        }),
    ],
    ..TypeSpec::new("anext_awaitable", Await::LAYOUT)
};

/// `async_generator_wrapped_value`.
pub static WRAPPED: TypeSpec = TypeSpec::new("async_generator_wrapped_value", Await::LAYOUT);

fn this(m: &mut Machine, v: Value) -> R<Gc<Await>> {
    v.downcast().ok_or_else(|| m.type_error("an awaitable of an asynchronous generator is required"))
}

fn target(m: &mut Machine, a: Gc<Await>) -> R<Gc<Generator>> {
    a.target.downcast().ok_or_else(|| m.type_error("an asynchronous generator is required"))
}

fn set_running(g: Gc<Generator>, on: bool) {
    let flags = g.async_flags.get();
    g.async_flags.set(if on { flags | RUNNING } else { flags & !RUNNING });
}

fn ended(m: &Machine) -> bool {
    m.pending_is(m.exceptions.stop_async_iteration) || m.pending_is(m.exceptions.generator_exit)
}

/// The boxed value, if that is what was yielded.
fn unboxed(m: &Machine, v: Value) -> Option<Value> {
    if m.type_of(v) == m.types.async_gen_wrapped { v.downcast::<Await>().map(|a| a.target) } else { None }
}

/// An asynchronous generator's return is `StopAsyncIteration`.
fn no_return(m: &mut Machine, result: R<Resumed>) -> R<Value> {
    match result? {
        Resumed::Yield(v) => Ok(v),
        Resumed::Return(_) => {
            let class = m.exceptions.stop_async_iteration;
            Err(m.raise_class(class))
        }
    }
}

/// What a step of the generator means for who awaits: a boxed value ends the wait, anything else is passed on to the event loop.
fn unwrap(m: &mut Machine, g: Gc<Generator>, result: R<Resumed>) -> R<Resumed> {
    match no_return(m, result) {
        Ok(v) => match unboxed(m, v) {
            Some(v) => {
                set_running(g, false);
                Ok(Resumed::Return(v))
            }
            None => Ok(Resumed::Yield(v)),
        },
        Err(Raised) => {
            if ended(m) {
                g.async_flags.set(g.async_flags.get() | CLOSED);
            }
            set_running(g, false);
            Err(Raised)
        }
    }
}

fn start(m: &mut Machine, a: Gc<Await>, g: Gc<Generator>, what: &str) -> R<()> {
    if g.async_flags.get() & RUNNING != 0 {
        a.state.set(AwaitState::Closed);
        return Err(m.runtime_error(&format!("{what}(): asynchronous generator is already running")));
    }
    Ok(())
}

fn finish_unless_yielded(a: Gc<Await>, result: R<Resumed>) -> R<Resumed> {
    if !matches!(result, Ok(Resumed::Yield(_))) {
        a.state.set(AwaitState::Closed);
    }
    result
}

fn asend_send(m: &mut Machine, a: Gc<Await>, value: Value) -> R<Resumed> {
    let g = target(m, a)?;
    let mut value = value;
    match a.state.get() {
        AwaitState::Closed => return Err(m.runtime_error("cannot reuse already awaited __anext__()/asend()")),
        AwaitState::Init => {
            start(m, a, g, "anext")?;
            if value.is_none() {
                value = a.argument;
            }
            a.state.set(AwaitState::Iter);
        }
        AwaitState::Iter => {}
    }
    set_running(g, true);
    let result = g.send(m, value);
    let result = unwrap(m, g, result);
    finish_unless_yielded(a, result)
}

fn asend_throw(m: &mut Machine, a: Gc<Await>, args: &[Value]) -> R<Resumed> {
    let g = target(m, a)?;
    match a.state.get() {
        AwaitState::Closed => return Err(m.runtime_error("cannot reuse already awaited __anext__()/asend()")),
        AwaitState::Init => {
            start(m, a, g, "anext")?;
            a.state.set(AwaitState::Iter);
            set_running(g, true);
        }
        AwaitState::Iter => {}
    }
    let result = g.throw(m, args, true);
    let result = unwrap(m, g, result);
    finish_unless_yielded(a, result)
}

fn athrow_name(a: Gc<Await>) -> &'static str {
    if a.argument.is_null() { "aclose" } else { "athrow" }
}

fn athrow_send(m: &mut Machine, a: Gc<Await>, value: Value) -> R<Resumed> {
    let g = target(m, a)?;
    if a.state.get() == AwaitState::Closed {
        return Err(m.runtime_error("cannot reuse already awaited aclose()/athrow()"));
    }
    if g.state.get() == GenState::Finished {
        a.state.set(AwaitState::Closed);
        return Ok(Resumed::Return(Value::NONE));
    }
    let args = a.argument.downcast::<Tuple>();
    let result = if a.state.get() == AwaitState::Init {
        start(m, a, g, athrow_name(a))?;
        if g.async_flags.get() & CLOSED != 0 {
            a.state.set(AwaitState::Closed);
            let class = m.exceptions.stop_async_iteration;
            return Err(m.raise_class(class));
        }
        if !value.is_none() {
            return Err(m.runtime_error("can't send non-None value to a just-started coroutine"));
        }
        a.state.set(AwaitState::Iter);
        set_running(g, true);
        match args {
            Some(args) => g.throw(m, args.slice(), false),
            None => {
                g.async_flags.set(g.async_flags.get() | CLOSED);
                let exit = m.exceptions.generator_exit.value();
                g.throw(m, &[exit], false)
            }
        }
    } else {
        g.send(m, value)
    };
    if args.is_some() {
        let result = unwrap(m, g, result);
        return finish_unless_yielded(a, result);
    }
    closing(m, a, g, result)
}

/// A step of `aclose()`.
fn closing(m: &mut Machine, a: Gc<Await>, g: Gc<Generator>, result: R<Resumed>) -> R<Resumed> {
    match no_return(m, result) {
        Ok(v) if unboxed(m, v).is_some() => {
            set_running(g, false);
            a.state.set(AwaitState::Closed);
            Err(m.runtime_error("async generator ignored GeneratorExit"))
        }
        Ok(v) => Ok(Resumed::Yield(v)),
        Err(Raised) => {
            set_running(g, false);
            a.state.set(AwaitState::Closed);
            if ended(m) {
                m.take_raised();
                return Ok(Resumed::Return(Value::NONE));
            }
            Err(Raised)
        }
    }
}

fn athrow_throw(m: &mut Machine, a: Gc<Await>, args: &[Value]) -> R<Resumed> {
    let g = target(m, a)?;
    match a.state.get() {
        AwaitState::Closed => return Err(m.runtime_error("cannot reuse already awaited aclose()/athrow()")),
        AwaitState::Init => {
            start(m, a, g, athrow_name(a))?;
            a.state.set(AwaitState::Iter);
            set_running(g, true);
        }
        AwaitState::Iter => {}
    }
    let result = g.throw(m, args, true);
    if a.argument.is_null() {
        return closing(m, a, g, result);
    }
    let result = unwrap(m, g, result);
    finish_unless_yielded(a, result)
}

fn close(m: &mut Machine, a: Gc<Await>, throw: fn(&mut Machine, Gc<Await>, &[Value]) -> R<Resumed>) -> R<Value> {
    if a.state.get() == AwaitState::Closed {
        return Ok(Value::NONE);
    }
    let exit = m.exceptions.generator_exit.value();
    match throw(m, a, &[exit]) {
        Ok(Resumed::Yield(_)) => Err(m.runtime_error("coroutine ignored GeneratorExit")),
        Ok(Resumed::Return(_)) => Ok(Value::NONE),
        Err(Raised) if ended(m) || m.pending_is(m.exceptions.stop_iteration) => {
            m.take_raised();
            Ok(Value::NONE)
        }
        Err(Raised) => Err(Raised),
    }
}

/// The iterator inside an `anext_awaitable`.
fn anext_iterator(m: &mut Machine, a: Gc<Await>) -> R<Value> {
    let iterator = m.plain_awaitable_iter(a.target)?;
    if m.type_of(iterator).slot(|s| s.iternext).is_some() {
        return Ok(iterator);
    }
    // A coroutine: its wrapper is an iterator.
    match m.type_of(iterator).slot(|s| s.await_) {
        Some(get) => {
            let inner = get(m, iterator)?;
            if m.type_of(inner).slot(|s| s.iternext).is_none() {
                return Err(m.type_error("__await__ returned a non-iterable"));
            }
            Ok(inner)
        }
        None => Ok(iterator),
    }
}

fn anext_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let a = this(m, v)?;
    let iterator = anext_iterator(m, a)?;
    match m.send(iterator, Value::NONE) {
        Ok(Resumed::Yield(v)) => Ok(Some(v)),
        Ok(Resumed::Return(v)) => {
            m.stop_value = if v.is_none() { Value::NULL } else { v };
            Ok(None)
        }
        Err(Raised) if m.pending_is(m.exceptions.stop_async_iteration) => {
            m.take_raised();
            m.stop_value = if a.argument.is_none() { Value::NULL } else { a.argument };
            Ok(None)
        }
        Err(Raised) => Err(Raised),
    }
}

fn anext_forward(m: &mut Machine, v: Value, name: Gc<Str>, args: Args<'_>) -> R<Value> {
    let a = this(m, v)?;
    let iterator = anext_iterator(m, a)?;
    match m.call_method(iterator, name, args.pos()) {
        Err(Raised) if m.pending_is(m.exceptions.stop_async_iteration) => {
            m.take_raised();
            Err(m.stop_iteration(a.argument))
        }
        result => result,
    }
}

impl Machine {
    /// An object of one of this file's types.
    pub(super) fn new_await(&mut self, class: Gc<Type>, target: Value, argument: Value) -> Value {
        self.new_object(Await { header: Header::new(class), target, argument, state: Cell::new(AwaitState::Init) }).value()
    }

    /// The awaitable of `anext(iterator, default)`.
    pub fn new_anext_awaitable(&mut self, awaitable: Value, default: Value) -> Value {
        let class = self.types.anext_awaitable;
        self.new_await(class, awaitable, default)
    }

    /// The box that tells an asynchronous generator's own `yield` from what it awaits.
    pub fn async_gen_wrap(&mut self, v: Value) -> R<Value> {
        let class = self.types.async_gen_wrapped;
        Ok(self.new_await(class, v, Value::NULL))
    }

    /// What `async for` awaits for the next item of an asynchronous iterator.
    pub fn anext_awaitable(&mut self, v: Value) -> R<Value> {
        let Some(get) = self.type_of(v).slot(|s| s.anext) else {
            let name = self.type_name(v);
            return Err(self.type_error(&format!("'async for' requires an iterator with __anext__ method, got {name}")));
        };
        let next = get(self, v)?;
        if self.type_of(v) == self.types.async_generator {
            return Ok(next);
        }
        match self.plain_awaitable_iter(next) {
            Err(Raised) => {
                let cause = self.take_raised();
                let name = self.type_name(next);
                let text = self.str_value(&format!("'async for' received an invalid object from __anext__: {name}"));
                let class = self.exceptions.type_error;
                let error = self.new_exception(class, &[text]);
                self.set_context(error, cause);
                self.set_cause(error, cause);
                Err(self.reraise(error))
            }
            result => result,
        }
    }
}
