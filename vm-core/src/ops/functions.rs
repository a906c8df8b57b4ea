//! Making functions.

use crate::object::code::Code;
use crate::object::function::Function;
use crate::op;
use crate::op::Next;

op! {
    /// A function of a code object, with this function's globals.
    MAKE_FUNCTION (code -- function) slow |s| {
        let code = s.top(1).cast::<Code>();
        let globals = s.func().globals;
        let builtins = s.func().builtins;
        let function = s.m.make_function(code, globals, builtins);
        s.set_top(1, function.value());
        Ok(Next::Done)
    }

    /// Gives the function on top defaults (1), keyword defaults (2), annotations (4) or a closure (8).
    SET_FUNCTION_ATTRIBUTE (attribute, function -- function) slow |s| {
        let (attribute, function) = (s.top(2), s.top(1));
        let f = function.cast::<Function>();
        match s.oparg {
            1 => f.defaults.set(attribute),
            2 => f.kwdefaults.set(attribute),
            4 => f.annotations.set(attribute),
            _ => f.closure.set(attribute),
        }
        s.drop(1);
        s.set_top(1, function);
        Ok(Next::Done)
    }
}
