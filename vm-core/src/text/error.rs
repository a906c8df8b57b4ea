//! The failure of a text or number operation: which Python exception, with which message.
//!
//! Separate from the VM's own exceptions because this module knows no objects; the caller turns a kind into a class.
//! The codec errors carry more (see `codec.rs`) and have their own type.

use std::fmt;

/// Python exception class that a [`TextError`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
    /// `OverflowError`
    Overflow,
    /// `ZeroDivisionError`
    ZeroDivision,
    /// `MemoryError`
    Memory,
}

impl ErrorKind {
    /// Name of the Python class.
    pub fn class_name(self) -> &'static str {
        match self {
            ErrorKind::Value => "ValueError",
            ErrorKind::Type => "TypeError",
            ErrorKind::Overflow => "OverflowError",
            ErrorKind::ZeroDivision => "ZeroDivisionError",
            ErrorKind::Memory => "MemoryError",
        }
    }
}

/// A Python exception to raise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Which class.
    pub kind: ErrorKind,
    /// The one argument of the exception, in generalised UTF-8 (user text may contain lone surrogates).
    pub message: Vec<u8>,
}

impl TextError {
    /// An error of this kind.
    pub fn new(kind: ErrorKind, message: impl Into<Vec<u8>>) -> Self {
        TextError { kind, message: message.into() }
    }

    /// A `ValueError`.
    pub fn value(message: impl Into<Vec<u8>>) -> Self {
        Self::new(ErrorKind::Value, message)
    }

    /// A `TypeError`.
    pub fn type_error(message: impl Into<Vec<u8>>) -> Self {
        Self::new(ErrorKind::Type, message)
    }

    /// An `OverflowError`.
    pub fn overflow(message: impl Into<Vec<u8>>) -> Self {
        Self::new(ErrorKind::Overflow, message)
    }

    /// A `ZeroDivisionError`.
    pub fn zero_division(message: impl Into<Vec<u8>>) -> Self {
        Self::new(ErrorKind::ZeroDivision, message)
    }

    /// A `MemoryError`, which CPython raises without a message.
    pub fn memory() -> Self {
        Self::new(ErrorKind::Memory, "")
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.class_name(), String::from_utf8_lossy(&self.message))
    }
}

impl std::error::Error for TextError {}

/// Result of a text operation.
pub type TextResult<T> = Result<T, TextError>;
