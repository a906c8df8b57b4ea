//! Operations that the opcodes name and whose owners have not delivered yet: each fails with an error that names it.
//! Whoever delivers one deletes its row or stub here.

use super::value::Value;
use crate::machine::{Machine, R};

macro_rules! unsupported {
    ($($name:ident($($arg:ident: $ty:ty),*) -> $ret:ty;)*) => {
        impl Machine {
            $(
                #[doc = concat!("`", stringify!($name), "`: not supported yet.")]
                pub fn $name(&mut self, $($arg: $ty),*) -> R<$ret> {
                    $(let _ = $arg;)*
                    Err(self.not_implemented_error(concat!(stringify!($name), " is not supported yet")))
                }
            )*
        }
    };
}

unsupported! {
    type_var(name: Value, bound: Value, constraints: Value) -> Value;
    set_type_param_default(param: Value, default: Value) -> Value;
    param_spec(name: Value) -> Value;
    type_var_tuple(name: Value) -> Value;
    subscript_generic(params: Value) -> Value;
    type_alias(parts: Value) -> Value;
    display_hook(v: Value) -> Value;
}

impl Machine {
    /// Whether a value is a `type X = …` alias or a type variable.
    pub fn is_type_alias(&self, _v: Value) -> bool {
        false
    }
}

