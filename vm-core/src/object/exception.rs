//! The memory of exceptions, and how the machine makes, chains and annotates them.
//!
//! All exception classes share one native struct. What some add (`OSError.errno`, `StopIteration.value`, …) stands in words right
//! after it, as `__slots__` words do in Python classes: a class's `basic_size` tells how many there are. What the classes do is in
//! the files below `exception/`; groups are in `exception_group.rs`.

mod attributes;
pub(crate) mod base;
pub(crate) mod fields;
mod import_error;
mod os_error;
mod setup;
pub(crate) mod syntax_error;
mod unicode_error;

use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::string::Str;
use super::traceback::Traceback;
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, Raised};
use crate::native::Args;
use std::cell::Cell;

pub(crate) use base::{init as base_init, new as base_new};
pub(crate) use setup::finish;

/// An instance of `BaseException` or a class derived from it.
#[repr(C)]
pub struct Exception {
    /// Its type.
    pub header: Header,
    /// `args`.
    pub args: Cell<Gc<Tuple>>,
    /// `__traceback__`, or `NULL`.
    pub traceback: Cell<Value>,
    /// `__cause__`, or `NULL`.
    pub cause: Cell<Value>,
    /// `__context__`, or `NULL`.
    pub context: Cell<Value>,
    /// `__dict__`, or `NULL` until it is needed.
    pub dict: Cell<Value>,
    /// `__suppress_context__`.
    pub suppress_context: Cell<bool>,
}

// SAFETY: repr(C), header first; traces every reference (the words after the struct are the heap's business).
unsafe impl Payload for Exception {
    const LAYOUT: &'static Layout = &layout_of::<Exception>(LayoutId::Exception);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.args.get());
        for v in [&self.traceback, &self.cause, &self.context, &self.dict] {
            m.mark(v.get());
        }
    }
}

impl Exception {
    /// Where the `__dict__` word lies.
    pub(crate) const DICT_OFFSET: usize = std::mem::offset_of!(Exception, dict);
}

impl Gc<Exception> {
    /// Word `i` after the struct; null if the class has no such word.
    fn word(self, i: usize) -> *mut Value {
        let offset = size_of::<Exception>() + i * size_of::<Value>();
        // SAFETY: a live object's type is live.
        let size = unsafe { (*self.header.ty()).basic_size.get() } as usize;
        if offset + size_of::<Value>() > size { std::ptr::null_mut() } else { self.as_ptr().cast::<u8>().wrapping_add(offset).cast() }
    }

    /// What the class keeps in its word `i`; `NULL` for nothing.
    #[must_use]
    pub fn extra(self, i: usize) -> Value {
        let word = self.word(i);
        // SAFETY: the word lies in the object and was initialised when it was made.
        if word.is_null() { Value::NULL } else { unsafe { *word } }
    }

    /// Sets the class's word `i`.
    pub fn set_extra(self, i: usize, value: Value) {
        let word = self.word(i);
        if !word.is_null() {
            // SAFETY: as above.
            unsafe { *word = value };
        }
    }

    /// The cause, if there is one.
    #[must_use]
    pub fn cause_exception(self) -> Option<Gc<Exception>> {
        self.cause.get().downcast()
    }

    /// The context, if there is one.
    #[must_use]
    pub fn context_exception(self) -> Option<Gc<Exception>> {
        self.context.get().downcast()
    }
}

/// Layout of a builtin exception class whose instances have more than their base's; `None` to take the base's.
pub(crate) fn layout_of_class(_name: &str) -> Option<&'static Layout> {
    Some(Exception::LAYOUT)
}

impl Machine {
    /// A new instance of a builtin exception class, without running Python.
    pub fn new_exception(&mut self, class: Gc<Type>, args: &[Value]) -> Value {
        let new = class.slot(|s| s.new).unwrap_or(base_new);
        let Ok(made) = new(self, class, Args::positional(args)) else {
            // Arguments that the class refuses: the exception of refusing is as good as any.
            return self.take_raised();
        };
        let ty = self.type_of(made);
        match ty.slot(|s| s.init) {
            Some(init) if init as usize != base_init as *const () as usize => match init(self, made, Args::positional(args)) {
                Ok(()) => made,
                Err(Raised) => self.take_raised(),
            },
            _ => made,
        }
    }

    /// Whether a value is an exception.
    #[must_use]
    pub fn is_exception(&self, v: Value) -> bool {
        v.downcast::<Exception>().is_some()
    }

    /// Sets `__context__` from the exception being handled (not on itself; cycles are cut, as CPython does).
    pub fn chain_context(&mut self, exception: Value) {
        let handled = self.handled();
        if handled.is_null() || handled.is(exception) {
            return;
        }
        let (Some(e), Some(handled)) = (exception.downcast::<Exception>(), handled.downcast::<Exception>()) else { return };
        // Two walkers, one at half the speed, so that a cycle that is already there ends the search.
        let (mut walker, mut slow, mut step) = (handled, handled, false);
        while let Some(next) = walker.context_exception() {
            if next == e {
                walker.context.set(Value::NULL);
                break;
            }
            walker = next;
            if walker == slow {
                break;
            }
            if step && let Some(next) = slow.context_exception() {
                slow = next;
            }
            step = !step;
        }
        e.context.set(handled.value());
    }

    /// Sets `__cause__`, and `__suppress_context__`.
    pub fn set_cause(&mut self, exception: Value, cause: Value) {
        if let Some(e) = exception.downcast::<Exception>() {
            e.cause.set(if cause.is_none() { Value::NULL } else { cause });
            e.suppress_context.set(true);
        }
    }

    /// Sets `__context__`.
    pub fn set_context(&mut self, exception: Value, context: Value) {
        if let Some(e) = exception.downcast::<Exception>() {
            e.context.set(if context.is_none() { Value::NULL } else { context });
        }
    }

    /// `__traceback__`, `None` if there is none.
    pub fn traceback_of(&mut self, exception: Value) -> Value {
        exception.downcast::<Exception>().and_then(|e| e.traceback.get().non_null()).unwrap_or(Value::NONE)
    }

    /// Sets `__traceback__`: a traceback or `None`; false for anything else.
    pub fn set_traceback(&mut self, exception: Value, traceback: Value) -> bool {
        let Some(e) = exception.downcast::<Exception>() else { return false };
        if traceback.is_none() {
            e.traceback.set(Value::NULL);
        } else if traceback.downcast::<Traceback>().is_some() {
            e.traceback.set(traceback);
        } else {
            return false;
        }
        true
    }

    /// `NameError(message)` or a class derived from it, with `name` set.
    pub fn name_error_for(&mut self, name: Gc<Str>, message: &str) -> Raised {
        let class = self.exceptions.name_error;
        let text = self.str_value(message);
        let exception = self.new_exception(class, &[text]);
        if let Some(e) = exception.downcast::<Exception>() {
            e.set_extra(fields::NAME_ERROR_NAME, name.value());
        }
        self.raise(exception)
    }

    /// Raises `AttributeError(text)` with `name` and `obj` set.
    #[cold]
    pub fn attribute_error_for(&mut self, object: Value, name: Gc<Str>, text: &str) -> Raised {
        let class = self.exceptions.attribute_error;
        let text = self.str_value(text);
        let exception = self.new_exception(class, &[text]);
        if let Some(e) = exception.downcast::<Exception>() {
            e.set_extra(fields::ATTRIBUTE_ERROR_NAME, name.value());
            e.set_extra(fields::ATTRIBUTE_ERROR_OBJ, object);
        }
        self.raise(exception)
    }

    /// Raises `ImportError(text)`, or a class derived from it, with `name` and `path` set, and `name_from` unless it is `NULL`.
    #[cold]
    pub fn import_error_for(&mut self, class: Gc<Type>, text: &str, name: Value, path: Value, name_from: Value) -> Raised {
        let text = self.str_value(text);
        let exception = self.new_exception(class, &[text]);
        if let Some(e) = exception.downcast::<Exception>() {
            e.set_extra(fields::IMPORT_ERROR_NAME, name);
            e.set_extra(fields::IMPORT_ERROR_PATH, path);
            e.set_extra(fields::IMPORT_ERROR_NAME_FROM, name_from);
        }
        self.raise(exception)
    }

    /// Raises `OSError(errno, strerror[, filename])` as the class that the number stands for.
    #[cold]
    pub fn os_error_number(&mut self, errno: i32, filename: Value) -> Raised {
        let text = os_error::strerror(errno);
        let text = self.str_value(&text);
        let class = self.exceptions.os_error;
        let errno = Value::small(i64::from(errno));
        if filename.is_null() { self.raise_with(class, &[errno, text]) } else { self.raise_with(class, &[errno, text, filename]) }
    }

    /// The `value` of a `StopIteration`, `NULL` if the exception is of another class.
    #[must_use]
    pub fn stop_iteration_value(&self, exception: Value) -> Value {
        match exception.downcast::<Exception>() {
            Some(e) if self.type_of(exception).is_subtype_of(self.exceptions.stop_iteration) => {
                e.extra(fields::STOP_ITERATION_VALUE).non_null().unwrap_or(Value::NONE)
            }
            _ => Value::NULL,
        }
    }
}
