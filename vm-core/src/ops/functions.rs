//! Making functions.

use crate::machine::Machine;
use crate::object::code::Code;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::header::{Gc, Header};
use crate::object::value::Value;
use crate::op;
use crate::op::Next;
use std::cell::Cell;

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

impl Machine {
    /// A function with no defaults and no closure; name, docstring and module come from the code and its globals.
    pub fn make_function(&mut self, code: Gc<Code>, globals: Gc<Dict>, builtins: Gc<Dict>) -> Gc<Function> {
        let name = self.names.name;
        let module = globals.get_str(self, name).unwrap_or(Value::NULL);
        let doc = if code.source.flags.has(crate::code::CodeFlags::OPTIMIZED) {
            code.consts_box.first().copied().filter(|v| v.downcast::<crate::object::string::Str>().is_some()).unwrap_or(Value::NONE)
        } else {
            Value::NONE
        };
        let header = Header::new(self.types.function);
        self.new_object(Function {
            header,
            version: Cell::new(code.version.get()),
            code: Cell::new(code),
            globals,
            builtins,
            closure: Cell::new(Value::NULL),
            defaults: Cell::new(Value::NULL),
            kwdefaults: Cell::new(Value::NULL),
            name: Cell::new(code.name.value()),
            qualname: Cell::new(code.qualname.value()),
            doc: Cell::new(doc),
            module: Cell::new(module),
            annotations: Cell::new(Value::NULL),
            type_params: Cell::new(Value::NULL),
            dict: Cell::new(Value::NULL),
        })
    }
}
