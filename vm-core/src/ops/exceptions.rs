//! Raising and handling.

use crate::machine::{Machine, R, Raised};
use crate::object::header::Gc;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// `raise`, `raise exc`, `raise exc from cause`.
    RAISE_VARARGS (args[oparg] --) slow |s| {
        let args = s.tops(s.oparg);
        Err(match *args {
            [] => s.m.reraise_handled(),
            [exception] => s.m.raise_object(exception, Value::NULL),
            [exception, cause, ..] => s.m.raise_object(exception, cause),
        })
    }

    /// Re-raises the top; with an argument, the instruction it was raised at lies below.
    RERAISE (values[oparg], exception -- values[oparg]) slow |s| {
        let exception = s.top(1);
        if s.oparg > 0 {
            s.m.raised_at = s.m.int_as_i64(s.top(s.oparg + 1));
        }
        Err(s.m.reraise_from_handler(exception))
    }

    /// Starts handling: pushes what was being handled below the exception.
    PUSH_EXC_INFO (exception -- previous, exception) fast |cx| {
        let exception = cx.top(1);
        let node = (*cx.vm).exc_top;
        let previous = (*node).value;
        cx.set_top(1, if previous.is_null() { Value::NONE } else { previous });
        cx.push(exception);
        (*node).value = exception;
        cx.next()
    }

    /// Ends handling: restores what was being handled before.
    POP_EXCEPT (previous --) fast |cx| {
        let previous = cx.pop();
        (*(*cx.vm).exc_top).value = previous;
        cx.next()
    }

    /// Whether the exception matches a class or tuple of classes.
    CHECK_EXC_MATCH (exception, class -- exception, matches) slow |s| {
        let (exception, class) = (s.top(2), s.top(1));
        check_except_classes(s.m, class)?;
        let matches = exception_matches(s.m, exception, class);
        s.set_top(1, Value::from_bool(matches));
        Ok(Next::Done)
    }

    /// Splits an exception group by class (`except*`).
    CHECK_EG_MATCH (exception, class -- rest, match) slow |s| {
        let (exception, class) = (s.top(2), s.top(1));
        check_except_classes(s.m, class)?;
        let (matched, rest) = s.m.split_exception_group(exception, class)?;
        s.set_top(2, rest);
        s.set_top(1, matched);
        if !matched.is_none() {
            (*s.m.exc_top).value = matched;
        }
        Ok(Next::Done)
    }

    /// Pushes AssertionError.
    LOAD_ASSERTION_ERROR (-- class) slow |s| {
        let class = s.m.exceptions.assertion_error.value();
        s.push(class);
        Ok(Next::Done)
    }

    /// Calls `__exit__` with the exception being handled.
    WITH_EXCEPT_START (exit, lasti, previous, exception -- exit, lasti, previous, exception, result) apart |s| {
        let (exit, exception) = (s.top(4), s.top(1));
        let class = s.m.type_of(exception).value();
        let traceback = s.m.traceback_of(exception);
        let result = s.m.call(exit, &[class, exception, traceback])?;
        s.push(result);
        Ok(Next::Done)
    }

    /// `with`: pushes the context manager's bound `__exit__` and the result of `__enter__`.
    BEFORE_WITH (manager -- exit, result) apart |s| {
        let manager = s.top(1);
        let (enter_name, exit_name) = (s.m.names.enter, s.m.names.exit);
        let Some(enter) = s.m.lookup_special(manager, enter_name)? else {
            let name = s.m.type_name(manager);
            return Err(s.m.type_error(&format!("'{name}' object does not support the context manager protocol")));
        };
        let Some(exit) = s.m.lookup_special(manager, exit_name)? else {
            let name = s.m.type_name(manager);
            return Err(s.m.type_error(&format!("'{name}' object does not support the context manager protocol (missed __exit__ method)")));
        };
        let result = s.m.call(enter, &[])?;
        s.set_top(1, exit);
        s.push(result);
        Ok(Next::Done)
    }

    /// Checks what a class's `__init__` returned: done by the frame's own flag here.
    EXIT_INIT_CHECK (should_be_none --) fast |cx| {
        cx.pop();
        cx.next()
    }
}

fn is_exception_class(m: &Machine, v: Value) -> bool {
    v.downcast::<Type>().is_some_and(|t| t.is_subtype_of(m.exceptions.base_exception))
}

fn check_except_classes(m: &mut Machine, class: Value) -> R<()> {
    let ok = match class.downcast::<Tuple>() {
        Some(t) => t.slice().iter().all(|&c| is_exception_class(m, c)),
        None => is_exception_class(m, class),
    };
    if ok { Ok(()) } else { Err(m.type_error("catching classes that do not inherit from BaseException is not allowed")) }
}

/// Whether an exception is an instance of a class or of one in a tuple, by MRO (`PyErr_GivenExceptionMatches`).
pub fn exception_matches(m: &Machine, exception: Value, class: Value) -> bool {
    let ty = m.type_of(exception);
    let one = |c: Value| c.downcast::<Type>().is_some_and(|c: Gc<Type>| ty.is_subtype_of(c));
    match class.downcast::<Tuple>() {
        Some(t) => t.slice().iter().any(|&c| one(c)),
        None => one(class),
    }
}

impl Machine {
    /// `raise` without operand.
    fn reraise_handled(&mut self) -> Raised {
        let exception = self.handled();
        if exception.is_null() { self.runtime_error("No active exception to reraise") } else { self.reraise_from_handler(exception) }
    }

    /// The error for a class whose call did not make an exception.
    #[cold]
    fn not_an_exception(&mut self, class: Value, made: Value) -> Raised {
        let class = self.repr(class).map_or_else(|_| String::new(), |s| s.to_string_lossy().into_owned());
        let got = self.type_of(made).value();
        let got = self.repr(got).map_or_else(|_| String::new(), |s| s.to_string_lossy().into_owned());
        self.type_error(&format!("calling {class} should have returned an instance of BaseException, not {got}"))
    }

    /// `raise exception from cause`; `cause` may be `NULL` for none.
    pub fn raise_object(&mut self, exception: Value, cause: Value) -> Raised {
        let exception = if is_exception_class(self, exception) {
            match self.call(exception, &[]) {
                Ok(v) if self.type_of(v).is_subtype_of(self.exceptions.base_exception) => v,
                Ok(v) => return self.not_an_exception(exception, v),
                Err(raised) => return raised,
            }
        } else if self.type_of(exception).is_subtype_of(self.exceptions.base_exception) {
            exception
        } else {
            return self.type_error("exceptions must derive from BaseException");
        };
        if !cause.is_null() {
            let fixed = if is_exception_class(self, cause) {
                match self.call(cause, &[]) {
                    Ok(v) if self.type_of(v).is_subtype_of(self.exceptions.base_exception) => v,
                    Ok(v) => return self.not_an_exception(cause, v),
                    Err(raised) => return raised,
                }
            } else if cause.is_none() || self.type_of(cause).is_subtype_of(self.exceptions.base_exception) {
                cause
            } else {
                return self.type_error("exception causes must derive from BaseException");
            };
            self.set_cause(exception, fixed);
        }
        self.raise(exception)
    }
}
