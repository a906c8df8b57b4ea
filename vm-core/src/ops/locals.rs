//! Locals, cells, constants and the shuffling of the operand stack.

use crate::machine::frame::Frame;
use crate::machine::{Machine, Raised};
use crate::object::code::Code;
use crate::object::function::CellObj;
use crate::object::value::Value;
use crate::op;
use crate::op::Next;

op! {
    /// Does nothing.
    NOP (--) fast |cx| { cx.next() }

    /// Prefix of the next instruction's argument; preparation has folded it in already.
    EXTENDED_ARG (--) fast |cx| { cx.next() }

    /// An inline cache entry: never run.
    CACHE (--) fast |cx| { cx.next() }

    /// Pushes a local that is known to be bound.
    LOAD_FAST (-- value) fast |cx| {
        cx.push(cx.local(cx.oparg));
        cx.next()
    }

    /// Pushes a local, or raises UnboundLocalError.
    LOAD_FAST_CHECK (-- value) fast |cx| {
        let v = cx.local(cx.oparg);
        if v.is_null() {
            return cx.slow();
        }
        cx.push(v);
        cx.next()
    } slow |s| {
        Err(unbound_local(s.m, s.fp, s.oparg))
    }

    /// Pushes a local and unbinds it (comprehensions save what they shadow).
    LOAD_FAST_AND_CLEAR (-- value) fast |cx| {
        cx.push(cx.local(cx.oparg));
        cx.set_local(cx.oparg, Value::NULL);
        cx.next()
    }

    /// Pops into a local.
    STORE_FAST (value --) fast |cx| {
        let v = cx.pop();
        cx.set_local(cx.oparg, v);
        cx.next()
    }

    /// Unbinds a local.
    DELETE_FAST (--) fast |cx| {
        (*cx.vm).finalizers.release();
        if cx.local(cx.oparg).is_null() {
            return cx.slow();
        }
        cx.set_local(cx.oparg, Value::NULL);
        cx.next()
    } slow |s| {
        Err(unbound_local(s.m, s.fp, s.oparg))
    }

    /// Pushes a constant.
    LOAD_CONST (-- value) fast |cx| {
        let v = Code::constant((*cx.frame()).code, cx.oparg);
        cx.push(v);
        cx.next()
    }

    /// Drops the top.
    POP_TOP (value --) fast |cx| {
        cx.pop();
        cx.next()
    }

    /// Drops the top, which a loop left when its iterator was exhausted.
    END_FOR (value --) fast |cx| {
        cx.pop();
        cx.next()
    }

    /// Pushes "no value".
    PUSH_NULL (-- null) fast |cx| {
        cx.push(Value::NULL);
        cx.next()
    }

    /// Pushes a copy of the value at a depth.
    COPY (bottom, unused[oparg-1] -- bottom, unused[oparg-1], bottom) fast |cx| {
        let v = cx.top(cx.oparg);
        cx.push(v);
        cx.next()
    }

    /// Exchanges the top with the value at a depth.
    SWAP (bottom, unused[oparg-2], top -- top, unused[oparg-2], bottom) fast |cx| {
        let (a, b) = (cx.top(1), cx.top(cx.oparg));
        cx.set_top(1, b);
        cx.set_top(cx.oparg, a);
        cx.next()
    }

    /// Puts a local into a new cell.
    MAKE_CELL (--) aside |s| {
        let cell = s.m.new_cell(s.local(s.oparg));
        s.set_local(s.oparg, cell.value());
        Next::Done
    }

    /// Copies the closure's cells into the frame.
    COPY_FREE_VARS (--) aside |s| {
        let closure = s.func().closure.get().cast::<crate::object::tuple::Tuple>();
        let first = s.code().nlocalsplus as usize - s.oparg;
        for (i, &cell) in closure.slice().iter().enumerate() {
            s.set_local(first + i, cell);
        }
        Next::Done
    }

    /// Pushes a cell's contents, or raises.
    LOAD_DEREF (-- value) fast |cx| {
        let v = cx.local(cx.oparg).cast::<CellObj>().contents.get();
        if v.is_null() {
            return cx.slow();
        }
        cx.push(v);
        cx.next()
    } slow |s| {
        Err(unbound_deref(s.m, s.fp, s.oparg))
    }

    /// Pops into a cell.
    STORE_DEREF (value --) fast |cx| {
        let v = cx.pop();
        cx.local(cx.oparg).cast::<CellObj>().contents.set(v);
        cx.next()
    }

    /// Empties a cell.
    DELETE_DEREF (--) apart |s| {
        s.m.finalizers.release();
        let cell = s.local(s.oparg).cast::<CellObj>();
        if cell.contents.get().is_null() {
            return Err(unbound_deref(s.m, s.fp, s.oparg));
        }
        cell.contents.set(Value::NULL);
        Ok(Next::Done)
    }
}

/// The code of the frame whose first local is at `fp`.
fn code_of<'a>(fp: *mut Value) -> &'a Code {
    // SAFETY: the frame is the running one, and keeps its code alive.
    unsafe { &*(*Frame::of(fp)).code }
}

#[cold]
#[inline(never)]
fn unbound_local(m: &mut Machine, fp: *mut Value, index: usize) -> Raised {
    let name = code_of(fp).localsplus_names[index].to_string_lossy().into_owned();
    m.unbound_local_error(&format!("cannot access local variable '{name}' where it is not associated with a value"))
}

/// Raises for an empty cell: a local of this function, or a free variable of an enclosing one.
#[cold]
#[inline(never)]
pub(super) fn unbound_deref(m: &mut Machine, fp: *mut Value, index: usize) -> Raised {
    let code = code_of(fp);
    if code.kinds()[index] & crate::code::LocalKind::FREE != 0 {
        let key = code.localsplus_names[index];
        let name = key.to_string_lossy();
        m.name_error_for(key, &format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope"))
    } else {
        unbound_local(m, fp, index)
    }
}
