//! Gives the exception classes their slots, methods, documentation and words, at start-up.

use super::{Exception, attributes, base, fields, import_error, os_error, syntax_error, unicode_error};
use crate::machine::Machine;
use crate::native::{GetSetDef, MethodDef};
use crate::object::exception_group;
use crate::object::exception_types::ExceptionTypes;
use crate::object::header::Gc;
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// What a class adds to its base.
struct Addition {
    class: &'static str,
    words: usize,
    slots: Slots,
    methods: &'static [MethodDef],
    getset: &'static [GetSetDef],
}

const fn addition(class: &'static str) -> Addition {
    Addition { class, words: 0, slots: Slots::EMPTY, methods: &[], getset: &[] }
}

fn additions() -> [Addition; 13] {
    let unicode = |class| Addition { words: 5, getset: unicode_error::GETSET, ..addition(class) };
    [
        Addition {
            slots: Slots { new: Some(base::new), init: Some(base::init), repr: Some(base::repr), str: Some(base::str), ..Slots::EMPTY },
            methods: attributes::METHODS,
            getset: attributes::GETSET,
            ..addition("BaseException")
        },
        Addition {
            words: 1,
            slots: Slots { init: Some(fields::stop_iteration_init), ..Slots::EMPTY },
            getset: fields::STOP_ITERATION,
            ..addition("StopIteration")
        },
        Addition {
            words: 1,
            slots: Slots { init: Some(fields::system_exit_init), ..Slots::EMPTY },
            getset: fields::SYSTEM_EXIT,
            ..addition("SystemExit")
        },
        Addition {
            words: 2,
            slots: Slots { new: Some(exception_group::new), init: Some(base::init), str: Some(exception_group::str), ..Slots::EMPTY },
            methods: exception_group::METHODS,
            getset: exception_group::GETSET,
            ..addition("BaseExceptionGroup")
        },
        Addition {
            words: 4,
            slots: Slots { init: Some(import_error::init), str: Some(import_error::str), ..Slots::EMPTY },
            methods: import_error::METHODS,
            getset: import_error::GETSET,
            ..addition("ImportError")
        },
        Addition {
            words: 5,
            slots: Slots { new: Some(os_error::new), init: Some(os_error::init), str: Some(os_error::str), ..Slots::EMPTY },
            methods: os_error::METHODS,
            getset: os_error::GETSET,
            ..addition("OSError")
        },
        Addition {
            words: 1,
            slots: Slots { init: Some(fields::name_error_init), ..Slots::EMPTY },
            getset: fields::NAME_ERROR,
            ..addition("NameError")
        },
        Addition {
            words: 2,
            slots: Slots { init: Some(fields::attribute_error_init), ..Slots::EMPTY },
            methods: fields::ATTRIBUTE_ERROR_METHODS,
            getset: fields::ATTRIBUTE_ERROR,
            ..addition("AttributeError")
        },
        Addition {
            words: 8,
            slots: Slots { init: Some(syntax_error::init), str: Some(syntax_error::str), ..Slots::EMPTY },
            getset: syntax_error::GETSET,
            ..addition("SyntaxError")
        },
        Addition { slots: Slots { str: Some(fields::key_error_str), ..Slots::EMPTY }, ..addition("KeyError") },
        Addition {
            slots: Slots { init: Some(unicode_error::encode_init), str: Some(unicode_error::encode_str), ..Slots::EMPTY },
            ..unicode("UnicodeEncodeError")
        },
        Addition {
            slots: Slots { init: Some(unicode_error::decode_init), str: Some(unicode_error::decode_str), ..Slots::EMPTY },
            ..unicode("UnicodeDecodeError")
        },
        Addition {
            slots: Slots { init: Some(unicode_error::translate_init), str: Some(unicode_error::translate_str), ..Slots::EMPTY },
            ..unicode("UnicodeTranslateError")
        },
    ]
}

/// Gives the exception classes their slots and methods, at start-up; bases come before the classes derived from them.
pub(crate) fn finish(m: &mut Machine) {
    let additions = additions();
    let base_exception = m.exceptions.base_exception;
    base_exception.dict_offset.set(Exception::DICT_OFFSET as u32);
    base_exception.set_flags(TypeFlags::HAS_DICT | TypeFlags::NATIVE_DICT);
    derive_from_two(m);
    for (name, _, place) in ExceptionTypes::TABLE {
        let ty = *place(&mut m.exceptions);
        if let Some(base) = ty.base.get().downcast::<Type>()
            && base != m.types.object
        {
            ty.basic_size.set(base.basic_size.get());
        }
        ty.set_flags(TypeFlags::NATIVE_PAYLOAD);
        if let Some(a) = additions.iter().find(|a| a.class == *name) {
            ty.basic_size.set((ty.layout.size + a.words * size_of::<Value>()) as u32);
            m.fill_namespace(ty, &a.slots, a.methods, a.getset);
        }
        let text = DOCS.iter().find(|(n, _)| n == name).map_or("", |(_, text)| text);
        let doc = if text.is_empty() { Value::NONE } else { m.str_value(text) };
        ty.doc.set(doc);
        m.set_type_attr(ty, "__doc__", doc);
    }
}

/// `ExceptionGroup` derives from `BaseExceptionGroup` and `Exception`.
fn derive_from_two(m: &mut Machine) {
    let group = m.exceptions.exception_group;
    let (first, second) = (m.exceptions.base_exception_group, m.exceptions.exception);
    let bases = m.new_tuple(&[first.value(), second.value()]);
    group.bases.set(bases.value());
    second.subclasses.borrow_mut().push(group);
    let mro: [Gc<Type>; 5] = [group, first, second, m.exceptions.base_exception, m.types.object];
    *group.mro.borrow_mut() = mro.into();
    m.type_modified(group);
}

/// `__doc__` of each class.
const DOCS: &[(&str, &str)] = &[
    ("ArithmeticError", "Base class for arithmetic errors."),
    ("AssertionError", "Assertion failed."),
    ("AttributeError", "Attribute not found."),
    ("BaseException", "Common base class for all exceptions"),
    ("BaseExceptionGroup", "A combination of multiple unrelated exceptions."),
    ("BlockingIOError", "I/O operation would block."),
    ("BrokenPipeError", "Broken pipe."),
    ("BufferError", "Buffer error."),
    (
        "BytesWarning",
        "Base class for warnings about bytes and buffer related problems, mostly\nrelated to conversion from str or comparing to str.",
    ),
    ("ChildProcessError", "Child process error."),
    ("ConnectionAbortedError", "Connection aborted."),
    ("ConnectionError", "Connection error."),
    ("ConnectionRefusedError", "Connection refused."),
    ("ConnectionResetError", "Connection reset."),
    ("DeprecationWarning", "Base class for warnings about deprecated features."),
    ("EOFError", "Read beyond end of file."),
    ("EncodingWarning", "Base class for warnings about encodings."),
    ("Exception", "Common base class for all non-exit exceptions."),
    ("FileExistsError", "File already exists."),
    ("FileNotFoundError", "File not found."),
    ("FloatingPointError", "Floating-point operation failed."),
    ("FutureWarning", "Base class for warnings about constructs that will change semantically\nin the future."),
    ("GeneratorExit", "Request that a generator exit."),
    ("ImportError", "Import can't find module, or can't find name in module."),
    ("ImportWarning", "Base class for warnings about probable mistakes in module imports"),
    ("IndentationError", "Improper indentation."),
    ("IndexError", "Sequence index out of range."),
    ("InterruptedError", "Interrupted by signal."),
    ("IsADirectoryError", "Operation doesn't work on directories."),
    ("KeyError", "Mapping key not found."),
    ("KeyboardInterrupt", "Program interrupted by user."),
    ("LookupError", "Base class for lookup errors."),
    ("MemoryError", "Out of memory."),
    ("ModuleNotFoundError", "Module not found."),
    ("NameError", "Name not found globally."),
    ("NotADirectoryError", "Operation only works on directories."),
    ("NotImplementedError", "Method or function hasn't been implemented yet."),
    ("OSError", "Base class for I/O related errors."),
    ("OverflowError", "Result too large to be represented."),
    ("PendingDeprecationWarning", "Base class for warnings about features which will be deprecated\nin the future."),
    ("PermissionError", "Not enough permissions."),
    ("ProcessLookupError", "Process not found."),
    ("PythonFinalizationError", "Operation blocked during Python finalization."),
    ("RecursionError", "Recursion limit exceeded."),
    ("ReferenceError", "Weak ref proxy used after referent went away."),
    ("ResourceWarning", "Base class for warnings about resource usage."),
    ("RuntimeError", "Unspecified run-time error."),
    ("RuntimeWarning", "Base class for warnings about dubious runtime behavior."),
    ("StopAsyncIteration", "Signal the end from iterator.__anext__()."),
    ("StopIteration", "Signal the end from iterator.__next__()."),
    ("SyntaxError", "Invalid syntax."),
    ("SyntaxWarning", "Base class for warnings about dubious syntax."),
    (
        "SystemError",
        "Internal error in the Python interpreter.\n\nPlease report this to the Python maintainer, along with the traceback,\nthe Python version, and the hardware/OS platform and version.",
    ),
    ("SystemExit", "Request to exit from the interpreter."),
    ("TabError", "Improper mixture of spaces and tabs."),
    ("TimeoutError", "Timeout expired."),
    ("TypeError", "Inappropriate argument type."),
    ("UnboundLocalError", "Local name referenced but not bound to a value."),
    ("UnicodeDecodeError", "Unicode decoding error."),
    ("UnicodeEncodeError", "Unicode encoding error."),
    ("UnicodeError", "Unicode related error."),
    ("UnicodeTranslateError", "Unicode translation error."),
    ("UnicodeWarning", "Base class for warnings about Unicode related problems, mostly\nrelated to conversion problems."),
    ("UserWarning", "Base class for warnings generated by user code."),
    ("ValueError", "Inappropriate argument value (of correct type)."),
    ("Warning", "Base class for warning categories."),
    ("ZeroDivisionError", "Second argument to a division or modulo operation was zero."),
    ("_IncompleteInputError", "incomplete input."),
];
