//! CALL, its specialised forms, CALL_KW and CALL_FUNCTION_EX.

use crate::machine::R;
use crate::machine::frame::Frame;
use crate::native::Args;
use crate::object::buffer::ValueVec;
use crate::object::dict::Dict;
use crate::object::function::{BoundMethod, Function};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use crate::op;
use crate::op::{Next, Op, Slow};

op! {
    /// Calls with positional arguments; a Python function's frame is pushed and entered here.
    CALL (callable, self_or_null, args[oparg] -- result) slow |s| {
        let operands = s.oparg + 2;
        let mut args = s.tops(s.oparg);
        let mut callable = s.top(operands);
        let this = s.top(operands - 1);
        if !this.is_null() {
            args = s.tops(s.oparg + 1);
        } else if let Some(method) = callable.downcast::<BoundMethod>() {
            // The operands' own slots take the method apart, as CPython does.
            callable = method.func;
            s.set_top(operands, callable);
            s.set_top(operands - 1, method.this);
            args = s.tops(s.oparg + 1);
        }
        call(s, callable, Args::positional(args), operands, CALL::LEN)
    }

    /// Calls with keyword arguments, whose names are the tuple on top.
    CALL_KW (callable, self_or_null, args[oparg], names -- result) slow |s| {
        let names = s.top(1).cast::<Tuple>();
        let operands = s.oparg + 3;
        let mut callable = s.top(operands);
        let this = s.top(operands - 1);
        let mut count = s.oparg;
        if !this.is_null() {
            count += 1;
        } else if let Some(method) = callable.downcast::<BoundMethod>() {
            callable = method.func;
            s.set_top(operands, callable);
            s.set_top(operands - 1, method.this);
            count += 1;
        }
        let all = s.tops(count + 1);
        call(s, callable, Args::with_keywords(&all[..count], names), operands, CALL_KW::LEN)
    }

    /// Calls with `*args`, and with `**kwargs` if bit 0 of the argument is set.
    CALL_FUNCTION_EX (callable, unused, arguments, keywords if (oparg & 1) -- result) slow |s| {
        let with_keywords = s.oparg & 1 != 0;
        let operands = 3 + usize::from(with_keywords);
        let callable = s.top(operands);
        let at = operands - 2;
        if s.m.type_of(s.top(at)) != s.m.types.tuple {
            let iterable = s.top(at);
            let ty = s.m.type_of(iterable);
            if ty.slot(|t| t.iter).is_none() && ty.slot(|t| t.getitem).is_none() {
                let what = s.m.function_description(callable);
                let name = ty.name_str();
                return Err(s.m.type_error(&format!("{what} argument after * must be an iterable, not {name}")));
            }
            let items = s.m.collect(iterable)?;
            let tuple = s.m.new_tuple(&items);
            s.set_top(at, tuple.value());
        }
        let positional = s.top(at).cast::<Tuple>();
        if !with_keywords {
            return call(s, callable, Args::positional(positional.slice()), operands, CALL_FUNCTION_EX::LEN);
        }
        let keywords = s.top(1).cast::<Dict>();
        let mut all = ValueVec::from_slice(s.m, positional.slice());
        let mut names = ValueVec::with_capacity(s.m, keywords.len());
        for i in 0..keywords.entries_len() {
            if let Some((key, value)) = keywords.entry(i) {
                if key.downcast::<Str>().is_none() {
                    return Err(s.m.type_error("keywords must be strings"));
                }
                names.push(s.m, key);
                all.push(s.m, value);
            }
        }
        let names = s.m.new_tuple(&names);
        // The array stands in this frame of native code until the callee has taken its arguments.
        let result = call(s, callable, Args::with_keywords(&all, names), operands, CALL_FUNCTION_EX::LEN);
        std::hint::black_box(&all);
        result
    }
}

/// Calls `callable`, dropping `operands` values: enters a Python function's frame, or runs anything else to its end.
pub(super) fn call(s: &mut Slow<'_>, callable: Value, args: Args<'_>, operands: usize, len: usize) -> R<Next> {
    if let Some(func) = callable.downcast::<Function>() {
        return enter(s, func, args, operands, len);
    }
    let result = s.m.call_args(callable, args)?;
    s.drop(operands);
    s.push(result);
    Ok(Next::Done)
}

/// Pushes the frame of a Python function and goes on in it; the caller will continue `len` units on, `operands` values dropped.
pub(super) fn enter(s: &mut Slow<'_>, func: Gc<Function>, args: Args<'_>, operands: usize, len: usize) -> R<Next> {
    s.m.enter_function(func, args)?;
    // SAFETY: the caller's frame is live; its state is saved as it will be after the call.
    unsafe {
        let caller = Frame::of(s.fp);
        (*caller).ip = s.ip.add(len);
        (*caller).sp = s.sp.sub(operands);
    }
    Ok(Next::Frame)
}
