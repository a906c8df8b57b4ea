//! Reads an exception table (`co_exceptiontable`), which `compile/flow/write` writes.

use std::ops::Range;

/// Where an exception raised inside a range of code units goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionEntry {
    /// The protected code units.
    pub units: Range<usize>,
    /// The handler's code unit.
    pub target: usize,
    /// Depth the operand stack is cut to first.
    pub depth: u32,
    /// Whether the failing instruction's offset is pushed before the exception.
    pub lasti: bool,
}

/// Iterates over an exception table; ends early at a malformed entry.
#[derive(Clone, Debug)]
pub struct ExceptionEntries<'a> {
    rest: &'a [u8],
}

/// The entries of `exceptiontable`, in order of their ranges.
#[must_use]
pub fn exception_entries(exceptiontable: &[u8]) -> ExceptionEntries<'_> {
    ExceptionEntries { rest: exceptiontable }
}

impl ExceptionEntries<'_> {
    /// Whether everything has been read.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.rest.is_empty()
    }

    fn number(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            value = value.checked_mul(64)?.checked_add(usize::from(byte & 63))?;
            if byte & 64 == 0 {
                return Some(value);
            }
        }
    }
}

impl Iterator for ExceptionEntries<'_> {
    type Item = ExceptionEntry;

    fn next(&mut self) -> Option<ExceptionEntry> {
        let at = self.rest;
        let mut read = || {
            let start = self.number()?;
            let end = start.checked_add(self.number()?)?;
            let target = self.number()?;
            let depth_lasti = self.number()?;
            let depth = u32::try_from(depth_lasti >> 1).ok()?;
            Some(ExceptionEntry { units: start..end, target, depth, lasti: depth_lasti & 1 == 1 })
        };
        let entry = read();
        if entry.is_none() {
            // What could not be read counts as unread.
            self.rest = at;
        }
        entry
    }
}

/// The entry that covers a code unit.
#[must_use]
pub fn exception_entry_at(exceptiontable: &[u8], unit: usize) -> Option<ExceptionEntry> {
    exception_entries(exceptiontable).find(|e| e.units.contains(&unit))
}
