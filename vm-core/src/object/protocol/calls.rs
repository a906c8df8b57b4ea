//! Calling any object from native code.

use crate::machine::{Machine, R};
use crate::native::Args;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

impl Machine {
    /// Calls with positional arguments. The slice must lie on the VM stack, in a `ValueVec` or on the native stack.
    pub fn call(&mut self, callee: Value, args: &[Value]) -> R<Value> {
        self.call_args(callee, Args::positional(args))
    }

    /// Calls with any arguments.
    pub fn call_args(&mut self, callee: Value, args: Args<'_>) -> R<Value> {
        let ty = self.type_of(callee);
        match ty.slot(|s| s.call) {
            Some(call) => {
                self.check_native_stack()?;
                call(self, callee, args)
            }
            None => {
                let name = self.type_name(callee);
                Err(self.type_error(&format!("'{name}' object is not callable")))
            }
        }
    }

    /// `object.name(*args)`, without making a bound method where that can be avoided; the name is interned.
    pub fn call_method(&mut self, object: Value, name: Gc<Str>, args: &[Value]) -> R<Value> {
        let method = self.get_attr(object, name)?;
        self.call(method, args)
    }
}
