//! Raising: the pending exception is parked in the machine, and [`Raised`] travels.

use super::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::text::error::{ErrorKind, TextError};

macro_rules! shortcuts {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl Machine {
            $($(#[$doc])*
            #[cold]
            #[inline(never)]
            pub fn $name(&mut self, message: &str) -> Raised {
                let class = self.exceptions.$name;
                self.raise_message(class, message)
            })*
        }
    };
}

shortcuts! {
    /// Raises `TypeError(message)`.
    type_error;
    /// Raises `ValueError(message)`.
    value_error;
    /// Raises `IndexError(message)`.
    index_error;
    /// Raises `AttributeError(message)`; where object and name are known, use `Machine::no_attribute`.
    attribute_error;
    /// Raises `NameError(message)`.
    name_error;
    /// Raises `UnboundLocalError(message)`.
    unbound_local_error;
    /// Raises `RuntimeError(message)`.
    runtime_error;
    /// Raises `RecursionError(message)`.
    recursion_error;
    /// Raises `OverflowError(message)`.
    overflow_error;
    /// Raises `ZeroDivisionError(message)`.
    zero_division_error;
    /// Raises `ImportError(message)`.
    import_error;
    /// Raises `SystemError(message)`.
    system_error;
    /// Raises `NotImplementedError(message)`: also what this machine does not support yet.
    not_implemented_error;
    /// Raises `PermissionError(message)`.
    permission_error;
    /// Raises `BufferError(message)`.
    buffer_error;
    /// Raises `EOFError(message)`.
    eof_error;
}

impl Machine {
    /// Raises `MemoryError()`.
    #[cold]
    pub fn memory_error(&mut self) -> Raised {
        let class = self.exceptions.memory_error;
        self.raise_class(class)
    }

    /// Raises what a text or number operation reported.
    #[cold]
    pub fn raise_text(&mut self, error: TextError) -> Raised {
        let class = match error.kind {
            ErrorKind::Value => self.exceptions.value_error,
            ErrorKind::Type => self.exceptions.type_error,
            ErrorKind::Overflow => self.exceptions.overflow_error,
            ErrorKind::ZeroDivision => self.exceptions.zero_division_error,
            ErrorKind::Memory => return self.memory_error(),
        };
        match self.new_str_wtf8(&error.message) {
            Ok(text) => self.raise_with(class, &[text.value()]),
            Err(raised) => raised,
        }
    }

    /// Raises `KeyError(key)`.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Raised {
        let class = self.exceptions.key_error;
        self.raise_with(class, &[key])
    }

    /// Raises `StopIteration(value)`, or without argument for `NULL`/`None`.
    #[cold]
    pub fn stop_iteration(&mut self, value: Value) -> Raised {
        let class = self.exceptions.stop_iteration;
        if value.is_null() || value.is_none() { self.raise_class(class) } else { self.raise_with(class, &[value]) }
    }

    /// Raises `class(message)`.
    #[cold]
    pub fn raise_message(&mut self, class: Gc<Type>, message: &str) -> Raised {
        let text = self.str_value(message);
        self.raise_with(class, &[text])
    }

    /// Raises `class()`.
    #[cold]
    pub fn raise_class(&mut self, class: Gc<Type>) -> Raised {
        self.raise_with(class, &[])
    }

    /// Raises a new instance of a builtin exception class with those arguments.
    #[cold]
    pub fn raise_with(&mut self, class: Gc<Type>, args: &[Value]) -> Raised {
        let exception = self.new_exception(class, args);
        self.raise(exception)
    }

    /// Raises an exception object: sets its context from the exception being handled, and parks it.
    #[cold]
    pub fn raise(&mut self, exception: Value) -> Raised {
        self.chain_context(exception);
        self.raised = exception;
        Raised
    }

    /// Raises an exception object as it is (re-raising: context is left alone).
    #[cold]
    pub fn reraise(&mut self, exception: Value) -> Raised {
        self.raised = exception;
        Raised
    }

    /// As [`Machine::reraise`], at the end of a handler: the traceback gets no entry for the current frame, which it has already.
    #[cold]
    pub(crate) fn reraise_from_handler(&mut self, exception: Value) -> Raised {
        self.reraising = true;
        self.reraise(exception)
    }

    /// Takes the pending exception.
    pub fn take_raised(&mut self) -> Value {
        std::mem::replace(&mut self.raised, Value::NULL)
    }

    /// The pending exception, or `NULL`.
    #[must_use]
    pub fn pending(&self) -> Value {
        self.raised
    }

    /// Whether the pending exception is an instance of a builtin class (by MRO).
    #[must_use]
    pub fn pending_is(&self, class: Gc<Type>) -> bool {
        !self.raised.is_null() && self.type_of(self.raised).is_subtype_of(class)
    }

    /// Turns `Err` of that class into `None`, clearing the exception.
    pub fn catch<T>(&mut self, result: R<T>, class: Gc<Type>) -> R<Option<T>> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Raised) if self.pending_is(class) => {
                self.raised = Value::NULL;
                Ok(None)
            }
            Err(Raised) => Err(Raised),
        }
    }
}
