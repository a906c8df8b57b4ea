//! What `generator` and `coroutine` objects offer to programs: `send`, `throw`, `close`, delegation, their attributes. How they run lives
//! in `generator.rs`; asynchronous generators share this file's helpers.

use super::async_await::Await;
use super::code::Code;
use super::generator::{GenState, Generator, Resumed};
use super::header::{Gc, Payload};
use super::slots::Slots;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::code::CodeFlags;
use crate::machine::finalize::close_generator;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::op::{unit_arg, unit_op};
use crate::opcodes::Opcode;

/// `generator`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), iter: Some(|_, v| Ok(v)), iternext: Some(next), finalize: Some(close_generator), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("send", Convention::O, send),
        MethodDef::new("throw", Convention::Fast, throw),
        MethodDef::new("close", Convention::NoArgs, close),
        MethodDef::class("__class_getitem__", Convention::O, class_getitem),
    ],
    getset: &[
        GetSetDef { name: "gi_frame", get: frame, set: None },
        GetSetDef { name: "gi_running", get: running, set: None },
        GetSetDef { name: "gi_suspended", get: suspended, set: None },
        GetSetDef { name: "gi_code", get: code, set: None },
        GetSetDef { name: "gi_yieldfrom", get: delegate, set: None },
        GetSetDef { name: "__name__", get: get_name, set: Some(set_name) },
        GetSetDef { name: "__qualname__", get: get_qualname, set: Some(set_qualname) },
    ],
    ..TypeSpec::new("generator", Generator::LAYOUT)
};

/// `coroutine`.
pub static COROUTINE: TypeSpec = TypeSpec {
    flags: TypeFlags::HAS_WEAKREF,
    slots: Slots { repr: Some(repr), await_: Some(wrap_coroutine), finalize: Some(close_generator), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("send", Convention::O, send),
        MethodDef::new("throw", Convention::Fast, throw),
        MethodDef::new("close", Convention::NoArgs, close),
        MethodDef::class("__class_getitem__", Convention::O, class_getitem),
    ],
    getset: &[
        GetSetDef { name: "cr_frame", get: frame, set: None },
        GetSetDef { name: "cr_running", get: running, set: None },
        GetSetDef { name: "cr_suspended", get: suspended, set: None },
        GetSetDef { name: "cr_code", get: code, set: None },
        GetSetDef { name: "cr_await", get: delegate, set: None },
        GetSetDef { name: "cr_origin", get: |_, _| Ok(Value::NONE), set: None },
        GetSetDef { name: "__name__", get: get_name, set: Some(set_name) },
        GetSetDef { name: "__qualname__", get: get_qualname, set: Some(set_qualname) },
    ],
    ..TypeSpec::new("coroutine", Generator::LAYOUT)
};

/// `coroutine_wrapper`: what a coroutine's `__await__` returns.
pub static COROUTINE_WRAPPER: TypeSpec = TypeSpec {
    slots: Slots {
        iter: Some(|_, v| Ok(v)),
        iternext: Some(|m, v| {
            let v = wrapped(m, v)?;
            next(m, v)
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("send", Convention::O, |m, v, a| {
            let v = wrapped(m, v)?;
            send(m, v, a)
        }),
        MethodDef::new("throw", Convention::Fast, |m, v, a| {
            let v = wrapped(m, v)?;
            throw(m, v, a)
        }),
        MethodDef::new("close", Convention::NoArgs, |m, v, a| {
            let v = wrapped(m, v)?;
            close(m, v, a)
        }),
    ],
    ..TypeSpec::new("coroutine_wrapper", Await::LAYOUT)
};

/// The generator-like object that a method of one of these types was called on.
pub(super) fn generator(m: &mut Machine, v: Value) -> R<Gc<Generator>> {
    v.downcast().ok_or_else(|| m.type_error("a generator is required"))
}

fn wrapped(m: &mut Machine, v: Value) -> R<Value> {
    match v.downcast::<Await>() {
        Some(a) => Ok(a.target),
        None => Err(m.type_error("a coroutine_wrapper is required")),
    }
}

pub(super) fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let g = generator(m, v)?;
    let kind = m.type_name(v);
    let name = g.qualname.get().downcast::<Str>().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    Ok(m.str_value(&format!("<{kind} object {name} at {:#x}>", v.as_ptr() as usize)))
}

fn wrap_coroutine(m: &mut Machine, v: Value) -> R<Value> {
    let class = m.types.coroutine_wrapper;
    Ok(m.new_await(class, v, Value::NULL))
}

fn next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let g = generator(m, v)?;
    match g.send(m, Value::NONE)? {
        Resumed::Yield(v) => Ok(Some(v)),
        Resumed::Return(v) => {
            m.stop_value = if v.is_none() { Value::NULL } else { v };
            Ok(None)
        }
    }
}

/// What `send` and `throw` of generator-like objects return to Python.
pub(super) fn deliver(m: &mut Machine, resumed: Resumed) -> R<Value> {
    match resumed {
        Resumed::Yield(v) => Ok(v),
        Resumed::Return(v) => Err(m.stop_iteration(v)),
    }
}

fn send(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let resumed = generator(m, v)?.send(m, args.pos()[0])?;
    deliver(m, resumed)
}

fn throw(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "throw", 1, 3)?;
    warn_of_three(m, "throw", args)?;
    let resumed = generator(m, v)?.throw(m, args, true)?;
    deliver(m, resumed)
}

/// Warns of the deprecated form of `throw` and `athrow`.
pub(super) fn warn_of_three(m: &mut Machine, name: &str, args: &[Value]) -> R<()> {
    if args.len() < 2 {
        return Ok(());
    }
    m.warn_deprecated(&format!("the (type, exc, tb) signature of {name}() is deprecated, use the single-arg signature instead."))
}

fn close(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    generator(m, v)?.close(m)
}

pub(super) fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    let alias = m.types.generic_alias.value();
    m.call(alias, &[class, args.pos()[0]])
}

pub(super) fn frame(m: &mut Machine, v: Value) -> R<Value> {
    let g = generator(m, v)?;
    Ok(m.generator_frame_object(g).map_or(Value::NONE, Gc::value))
}

fn running(m: &mut Machine, v: Value) -> R<Value> {
    Ok(Value::from_bool(generator(m, v)?.state.get() == GenState::Running))
}

pub(super) fn suspended(m: &mut Machine, v: Value) -> R<Value> {
    Ok(Value::from_bool(generator(m, v)?.state.get() == GenState::Suspended))
}

pub(super) fn code(m: &mut Machine, v: Value) -> R<Value> {
    Ok(generator(m, v)?.code.value())
}

pub(super) fn delegate(m: &mut Machine, v: Value) -> R<Value> {
    let Some(delegate) = generator(m, v)?.delegate() else { return Ok(Value::NONE) };
    if let Some(generator) = delegate.downcast::<Generator>() {
        generator.show();
    }
    Ok(delegate)
}

pub(super) fn get_name(m: &mut Machine, v: Value) -> R<Value> {
    Ok(generator(m, v)?.name.get())
}

pub(super) fn set_name(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.downcast::<Str>().is_none() {
        return Err(m.type_error("__name__ must be set to a string object"));
    }
    generator(m, v)?.name.set(value);
    Ok(())
}

pub(super) fn get_qualname(m: &mut Machine, v: Value) -> R<Value> {
    Ok(generator(m, v)?.qualname.get())
}

pub(super) fn set_qualname(m: &mut Machine, v: Value, value: Value) -> R<()> {
    if value.downcast::<Str>().is_none() {
        return Err(m.type_error("__qualname__ must be set to a string object"));
    }
    generator(m, v)?.qualname.set(value);
    Ok(())
}

impl Gc<Generator> {
    /// What it is delegating to by `yield from` or `await`.
    #[must_use]
    pub fn delegate(self) -> Option<Value> {
        if self.state.get() != GenState::Suspended {
            return None;
        }
        // SAFETY: a suspended frame's instruction pointer is one past its YIELD_VALUE, and the delegate lies under the yielded value.
        unsafe {
            let frame = &*self.frame();
            let unit = *frame.ip.sub(1);
            (unit_op(unit) == Opcode::YIELD_VALUE as usize && unit_arg(unit) == 1).then(|| *frame.sp.sub(1))
        }
    }

    /// Raises an exception where it stands. One that has ended raises it at once.
    fn raise_inside(self, m: &mut Machine, exception: Value, closing: bool) -> R<Resumed> {
        match self.state.get() {
            GenState::Running => {
                let kind = m.generator_kind(self);
                Err(m.value_error(&format!("{kind} already executing")))
            }
            GenState::Finished if !closing && m.generator_kind(self) == "coroutine" => {
                Err(m.runtime_error("cannot reuse already awaited coroutine"))
            }
            GenState::Finished => Err(m.reraise(exception)),
            _ => self.resume(m, Value::NONE, exception),
        }
    }

    /// `throw(type_or_exception[, value[, traceback]])`; `close_delegate`: whether `GeneratorExit` closes what it delegates to.
    pub(crate) fn throw(self, m: &mut Machine, args: &[Value], close_delegate: bool) -> R<Resumed> {
        m.check_native_stack()?;
        if let Some(inner) = self.delegate() {
            let exit = m.exceptions.generator_exit;
            let class = args[0].downcast::<Type>().unwrap_or_else(|| m.type_of(args[0]));
            if close_delegate && class.is_subtype_of(exit) {
                self.state.set(GenState::Running);
                let closed = m.close_iterator(inner);
                self.state.set(GenState::Suspended);
                if closed.is_err() {
                    let exception = m.take_raised();
                    return self.raise_inside(m, exception, false);
                }
            } else if let Some(result) = self.throw_to(m, inner, args, close_delegate) {
                return match result {
                    Ok(Resumed::Yield(v)) => Ok(Resumed::Yield(v)),
                    Ok(Resumed::Return(v)) => {
                        // The delegation's handler takes the value from a StopIteration.
                        let class = m.exceptions.stop_iteration;
                        let arguments = [v];
                        let stop = m.new_exception(class, if v.is_none() { &[] } else { &arguments });
                        self.raise_inside(m, stop, false)
                    }
                    Err(Raised) => {
                        let exception = m.take_raised();
                        self.raise_inside(m, exception, false)
                    }
                };
            }
        }
        let exception = match m.exception_to_throw(args) {
            Ok(exception) => exception,
            // What making the exception raises is raised inside, too.
            Err(_) if args[0].downcast::<Type>().is_some_and(|c| c.is_subtype_of(m.exceptions.base_exception)) => m.take_raised(),
            Err(raised) => return Err(raised),
        };
        self.raise_inside(m, exception, false)
    }

    /// Throws into what it delegates to; `None` if that cannot be thrown into.
    fn throw_to(self, m: &mut Machine, inner: Value, args: &[Value], close_delegate: bool) -> Option<R<Resumed>> {
        let ty = m.type_of(inner);
        let plain = (ty == m.types.generator || ty == m.types.coroutine).then(|| inner.downcast::<Generator>()).flatten();
        if let Some(g) = plain {
            let caller = self.link(m);
            let result = g.throw(m, args, close_delegate);
            self.unlink(m, caller);
            return Some(result);
        }
        let name = m.names.throw;
        let method = match m.get_attr_opt(inner, name) {
            Ok(Some(method)) => method,
            Ok(None) => return None,
            Err(raised) => return Some(Err(raised)),
        };
        let caller = self.link(m);
        let result = m.call(method, args);
        self.unlink(m, caller);
        Some(result.map(Resumed::Yield))
    }

    /// Makes its frame the current one while what it delegates to is thrown into, so that it shows in tracebacks; gives the caller's.
    fn link(self, m: &mut Machine) -> *mut Value {
        let caller = m.fp;
        self.state.set(GenState::Running);
        // SAFETY: it is suspended; its frame has saved its state.
        unsafe { (*self.frame()).previous = caller };
        m.fp = self.fp();
        caller
    }

    fn unlink(self, m: &mut Machine, caller: *mut Value) {
        m.fp = caller;
        // SAFETY: the frame lives as long as the generator.
        unsafe { (*self.frame()).previous = std::ptr::null_mut() };
        self.state.set(GenState::Suspended);
    }

    /// `close()`; what it returns.
    pub(crate) fn close(self, m: &mut Machine) -> R<Value> {
        match self.state.get() {
            GenState::Created => {
                let frame = self.frame();
                // SAFETY: the frame is live until the state says otherwise.
                unsafe {
                    if !(*frame).object().is_null() {
                        m.detach_frame_object(frame);
                    }
                }
                self.state.set(GenState::Finished);
                return Ok(Value::NONE);
            }
            GenState::Finished => return Ok(Value::NONE),
            _ => {}
        }
        let mut exception = Value::NULL;
        if let Some(inner) = self.delegate() {
            self.state.set(GenState::Running);
            let closed = m.close_iterator(inner);
            self.state.set(GenState::Suspended);
            if closed.is_err() {
                exception = m.take_raised();
            }
        }
        if exception.is_null() {
            let class = m.exceptions.generator_exit;
            exception = m.new_exception(class, &[]);
        }
        match self.raise_inside(m, exception, true) {
            Ok(Resumed::Yield(_)) => {
                let kind = m.generator_kind(self);
                Err(m.runtime_error(&format!("{kind} ignored GeneratorExit")))
            }
            Ok(Resumed::Return(v)) => Ok(v),
            Err(Raised) => {
                let class = m.exceptions.generator_exit;
                m.catch(Err(Raised), class).map(|v: Option<Value>| v.unwrap_or(Value::NONE))
            }
        }
    }
}

impl Machine {
    /// Closes what a generator delegates to, if it can be closed.
    fn close_iterator(&mut self, inner: Value) -> R<()> {
        let ty = self.type_of(inner);
        if (ty == self.types.generator || ty == self.types.coroutine)
            && let Some(g) = inner.downcast::<Generator>()
        {
            return g.close(self).map(|_| ());
        }
        let name = self.names.close;
        match self.get_attr_opt(inner, name)? {
            Some(method) => self.call(method, &[]).map(|_| ()),
            None => Ok(()),
        }
    }

    /// The exception object that the arguments of `throw` mean.
    fn exception_to_throw(&mut self, args: &[Value]) -> R<Value> {
        let (what, value, traceback) = (args[0], args.get(1).copied().unwrap_or(Value::NONE), args.get(2).copied().unwrap_or(Value::NONE));
        let base = self.exceptions.base_exception;
        if !traceback.is_none() && self.type_of(traceback) != self.types.traceback {
            return Err(self.type_error("throw() third argument must be a traceback object"));
        }
        let exception = if let Some(class) = what.downcast::<Type>().filter(|c| c.is_subtype_of(base)) {
            let made = if value.is_none() {
                self.call(what, &[])?
            } else if self.type_of(value).is_subtype_of(class) {
                value
            } else if let Some(arguments) = value.downcast::<Tuple>() {
                self.call(what, arguments.slice())?
            } else {
                self.call(what, &[value])?
            };
            if !self.type_of(made).is_subtype_of(base) {
                let (class, got) = (self.repr(what)?.to_string_lossy().into_owned(), self.type_of(made).value());
                let got = self.repr(got)?.to_string_lossy().into_owned();
                return Err(self.type_error(&format!("calling {class} should have returned an instance of BaseException, not {got}")));
            }
            made
        } else if self.type_of(what).is_subtype_of(base) {
            if !value.is_none() {
                return Err(self.type_error("instance exception may not have a separate value"));
            }
            what
        } else {
            let name = self.type_name(what);
            return Err(self.type_error(&format!("exceptions must be classes or instances deriving from BaseException, not {name}")));
        };
        if !traceback.is_none() {
            let name = self.intern("__traceback__");
            self.set_attr(exception, name, traceback)?;
        }
        Ok(exception)
    }

    fn is_coroutine(&self, v: Value) -> bool {
        let ty = self.type_of(v);
        ty == self.types.coroutine
            || (ty == self.types.generator
                && v.downcast::<Generator>().is_some_and(|g: Gc<Generator>| {
                    let code: &Code = &g.code;
                    code.flags & CodeFlags::ITERABLE_COROUTINE != 0
                }))
    }

    /// What `await v` iterates over, without the texts that `async with` adds.
    pub(super) fn plain_awaitable_iter(&mut self, v: Value) -> R<Value> {
        if self.is_coroutine(v) {
            return Ok(v);
        }
        let Some(get) = self.type_of(v).slot(|s| s.await_) else {
            let name = self.type_name(v);
            return Err(self.type_error(&format!("object {name} can't be used in 'await' expression")));
        };
        let iterator = get(self, v)?;
        if self.is_coroutine(iterator) {
            return Err(self.type_error("__await__() returned a coroutine"));
        }
        if self.type_of(iterator).slot(|s| s.iternext).is_none() {
            let name = self.type_name(iterator);
            return Err(self.type_error(&format!("__await__() returned non-iterator of type '{name}'")));
        }
        Ok(iterator)
    }

    /// What `await v` iterates over; `origin` is 1 for what `__aenter__` returned and 2 for `__aexit__`.
    pub fn awaitable_iter(&mut self, v: Value, origin: usize) -> R<Value> {
        if (origin == 1 || origin == 2) && !self.is_coroutine(v) && self.type_of(v).slot(|s| s.await_).is_none() {
            let name = self.type_name(v);
            let method = if origin == 1 { "__aenter__" } else { "__aexit__" };
            return Err(
                self.type_error(&format!("'async with' received an object from {method} that does not implement __await__: {name}"))
            );
        }
        let iterator = self.plain_awaitable_iter(v)?;
        if self.type_of(iterator) == self.types.coroutine && iterator.downcast::<Generator>().is_some_and(|g| g.delegate().is_some()) {
            return Err(self.runtime_error("coroutine is being awaited already"));
        }
        Ok(iterator)
    }
}
