//! Operations that the opcodes name and whose owners have not delivered yet: each fails with an error that names it.
//! Whoever delivers one deletes its row or stub here.

use super::header::Gc;
use super::string::Str;
use super::value::Value;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R, Raised};

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
    new_bytes(bytes: &[u8]) -> Gc<super::instance::Instance>;
    current_locals() -> Value;
    split_exception_group(exception: Value, class: Value) -> (Value, Value);
    prep_reraise_star(original: Value, list: Value) -> Value;
    type_var(name: Value, bound: Value, constraints: Value) -> Value;
    set_type_param_default(param: Value, default: Value) -> Value;
    param_spec(name: Value) -> Value;
    type_var_tuple(name: Value) -> Value;
    subscript_generic(params: Value) -> Value;
    type_alias(parts: Value) -> Value;
    display_hook(v: Value) -> Value;
    import_star(module: Value, locals: Value) -> ();
    import_from(module: Value, name: Gc<Str>) -> Value;
    import_statement(func: Gc<super::function::Function>, locals: Value, name: Gc<Str>, from_list: Value, level: Value) -> Value;
    join_pieces(pieces: &[Value]) -> Value;
}

impl Machine {
    /// Sets `__cause__`, and `__suppress_context__`.
    pub fn set_cause(&mut self, _exception: Value, _cause: Value) {}
    /// Sets `__context__`.
    pub fn set_context(&mut self, _exception: Value, _context: Value) {}
    /// `__traceback__`.
    pub fn traceback_of(&mut self, _exception: Value) -> Value {
        Value::NONE
    }
    /// Adds an entry for the frame, stopped at unit `at`, to the exception's traceback.
    ///
    /// # Safety
    /// The frame is live.
    pub(crate) unsafe fn add_traceback(&mut self, _exception: Value, _frame: *mut Frame, _at: u32) {}
    /// The frame ends: its frame object keeps what it needs.
    ///
    /// # Safety
    /// The frame is live and has a frame object.
    pub(crate) unsafe fn detach_frame_object(&mut self, _frame: *mut Frame) {}
    /// The frame was moved into a generator: its frame object follows.
    ///
    /// # Safety
    /// The frame is live and has a frame object.
    pub(crate) unsafe fn move_frame_object(&mut self, _frame: *mut Frame) {}
    /// Raises `NameError(message)` with `name` set.
    pub fn name_error_for(&mut self, _name: Gc<Str>, message: &str) -> Raised {
        self.name_error(message)
    }
}


impl Machine {
    /// The frame object of a generator that has not ended.
    pub fn generator_frame_object(&mut self, _generator: Gc<super::generator::Generator>) -> Option<Gc<super::instance::Instance>> {
        None
    }
    /// `import name`.
    pub fn import_name(&mut self, _name: &str) -> R<Value> {
        Err(self.not_implemented_error("import_name is not supported yet"))
    }
    /// Whether a value is a `type X = …` alias or a type variable.
    pub fn is_type_alias(&self, _v: Value) -> bool {
        false
    }
    /// Whether a module of that name is native.
    pub fn is_native_module(&self, _name: &str) -> bool {
        false
    }
}

impl Machine {
    /// Bytes of a bytes-like object.
    pub fn bytes_like(&self, _v: Value) -> Option<&[u8]> {
        None
    }
    /// The text CPython shows for an uncaught exception.
    pub fn format_uncaught(&mut self, exception: Value) -> String {
        let name = self.type_name(exception);
        format!("{name}\n")
    }
}
