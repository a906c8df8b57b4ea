//! Start-up: makes the builtin types, exception classes, names and singletons of a machine.
