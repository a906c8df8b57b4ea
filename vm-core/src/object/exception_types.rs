//! The builtin exception classes of a machine.

use super::header::Gc;
use super::typeobj::Type;

macro_rules! exceptions {
    ($($field:ident = $name:ident($base:ident),)*) => {
        /// Every builtin exception class.
        #[expect(missing_docs, reason = "each field is the class of the same name")]
        pub struct ExceptionTypes { $(pub $field: Gc<Type>,)* }

        impl ExceptionTypes {
            /// Handles that point nowhere, until start-up has made the classes.
            pub(crate) fn dangling() -> ExceptionTypes {
                let nowhere = std::ptr::NonNull::<Type>::dangling().as_ptr();
                // SAFETY: replaced at start-up before anything uses them.
                ExceptionTypes { $($field: unsafe { Gc::from_raw(nowhere) },)* }
            }

            /// Name, base field name and place of each class, bases first. The base of `BaseException` is `object`.
            pub(crate) const TABLE: &'static [(&'static str, &'static str, fn(&mut ExceptionTypes) -> &mut Gc<Type>)] =
                &[$((stringify!($name), stringify!($base), |t| &mut t.$field),)*];

            /// All of them, for marking.
            pub fn each(&self, mut f: impl FnMut(Gc<Type>)) {
                $(f(self.$field);)*
            }
        }
    };
}

exceptions! {
    base_exception = BaseException(object),
    exception = Exception(BaseException),
    base_exception_group = BaseExceptionGroup(BaseException),
    generator_exit = GeneratorExit(BaseException),
    keyboard_interrupt = KeyboardInterrupt(BaseException),
    system_exit = SystemExit(BaseException),
    arithmetic_error = ArithmeticError(Exception),
    assertion_error = AssertionError(Exception),
    attribute_error = AttributeError(Exception),
    buffer_error = BufferError(Exception),
    eof_error = EOFError(Exception),
    exception_group = ExceptionGroup(BaseExceptionGroup),
    import_error = ImportError(Exception),
    lookup_error = LookupError(Exception),
    memory_error = MemoryError(Exception),
    name_error = NameError(Exception),
    os_error = OSError(Exception),
    reference_error = ReferenceError(Exception),
    runtime_error = RuntimeError(Exception),
    stop_async_iteration = StopAsyncIteration(Exception),
    stop_iteration = StopIteration(Exception),
    syntax_error = SyntaxError(Exception),
    system_error = SystemError(Exception),
    type_error = TypeError(Exception),
    value_error = ValueError(Exception),
    warning = Warning(Exception),
    floating_point_error = FloatingPointError(ArithmeticError),
    overflow_error = OverflowError(ArithmeticError),
    zero_division_error = ZeroDivisionError(ArithmeticError),
    module_not_found_error = ModuleNotFoundError(ImportError),
    index_error = IndexError(LookupError),
    key_error = KeyError(LookupError),
    unbound_local_error = UnboundLocalError(NameError),
    blocking_io_error = BlockingIOError(OSError),
    child_process_error = ChildProcessError(OSError),
    connection_error = ConnectionError(OSError),
    file_exists_error = FileExistsError(OSError),
    file_not_found_error = FileNotFoundError(OSError),
    interrupted_error = InterruptedError(OSError),
    is_a_directory_error = IsADirectoryError(OSError),
    not_a_directory_error = NotADirectoryError(OSError),
    permission_error = PermissionError(OSError),
    process_lookup_error = ProcessLookupError(OSError),
    timeout_error = TimeoutError(OSError),
    broken_pipe_error = BrokenPipeError(ConnectionError),
    connection_aborted_error = ConnectionAbortedError(ConnectionError),
    connection_refused_error = ConnectionRefusedError(ConnectionError),
    connection_reset_error = ConnectionResetError(ConnectionError),
    not_implemented_error = NotImplementedError(RuntimeError),
    python_finalization_error = PythonFinalizationError(RuntimeError),
    recursion_error = RecursionError(RuntimeError),
    indentation_error = IndentationError(SyntaxError),
    incomplete_input_error = _IncompleteInputError(SyntaxError),
    tab_error = TabError(IndentationError),
    unicode_error = UnicodeError(ValueError),
    unicode_decode_error = UnicodeDecodeError(UnicodeError),
    unicode_encode_error = UnicodeEncodeError(UnicodeError),
    unicode_translate_error = UnicodeTranslateError(UnicodeError),
    bytes_warning = BytesWarning(Warning),
    deprecation_warning = DeprecationWarning(Warning),
    encoding_warning = EncodingWarning(Warning),
    future_warning = FutureWarning(Warning),
    import_warning = ImportWarning(Warning),
    pending_deprecation_warning = PendingDeprecationWarning(Warning),
    resource_warning = ResourceWarning(Warning),
    runtime_warning = RuntimeWarning(Warning),
    syntax_warning = SyntaxWarning(Warning),
    unicode_warning = UnicodeWarning(Warning),
    user_warning = UserWarning(Warning),
}
