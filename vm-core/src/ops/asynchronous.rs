//! Awaiting, asynchronous iteration and context managers.

use crate::op;
use crate::op::Next;

op! {
    /// Iterator of an awaitable.
    GET_AWAITABLE (awaitable -- iterator) slow |s| {
        let v = s.top(1);
        let iterator = s.m.awaitable_iter(v, s.oparg)?;
        s.set_top(1, iterator);
        Ok(Next::Done)
    }

    /// Asynchronous iterator.
    GET_AITER (iterable -- iterator) apart |s| {
        let v = s.top(1);
        let ty = s.m.type_of(v);
        let Some(aiter) = ty.slot(|t| t.aiter) else {
            let name = ty.name_str();
            return Err(s.m.type_error(&format!("'async for' requires an object with __aiter__ method, got {name}")));
        };
        let iterator = aiter(s.m, v)?;
        let ty = s.m.type_of(iterator);
        if ty.slot(|t| t.anext).is_none() {
            let name = ty.name_str();
            return Err(s.m.type_error(&format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}")));
        }
        s.set_top(1, iterator);
        Ok(Next::Done)
    }

    /// Awaitable of the next item.
    GET_ANEXT (iterator -- iterator, awaitable) slow |s| {
        let v = s.top(1);
        let awaitable = s.m.anext_awaitable(v)?;
        s.push(awaitable);
        Ok(Next::Done)
    }

    /// Ends an `async for`: StopAsyncIteration is swallowed.
    END_ASYNC_FOR (iterator, exception --) slow |s| {
        let exception = s.top(1);
        if s.m.type_of(exception).is_subtype_of(s.m.exceptions.stop_async_iteration) {
            s.drop(2);
            return Ok(Next::Done);
        }
        Err(s.m.reraise_from_handler(exception))
    }

    /// `async with`: pushes the bound `__aexit__` and the awaitable of `__aenter__`.
    BEFORE_ASYNC_WITH (manager -- exit, awaitable) apart |s| {
        let manager = s.top(1);
        let (enter_name, exit_name) = (s.m.names.aenter, s.m.names.aexit);
        let Some(enter) = s.m.lookup_special(manager, enter_name)? else {
            let name = s.m.type_name(manager);
            return Err(s.m.type_error(&format!("'{name}' object does not support the asynchronous context manager protocol")));
        };
        let Some(exit) = s.m.lookup_special(manager, exit_name)? else {
            let name = s.m.type_name(manager);
            return Err(s.m.type_error(&format!("'{name}' object does not support the asynchronous context manager protocol (missed __aexit__ method)")));
        };
        let awaitable = s.m.call(enter, &[])?;
        s.set_top(1, exit);
        s.push(awaitable);
        Ok(Next::Done)
    }
}
