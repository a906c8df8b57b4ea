//! Reads a location table (`co_linetable`), which `compile/flow/write` writes: positions for every code unit (`co_positions`)
//! and runs of units on one line (`co_lines`).

use crate::compile::instr::Location;
use std::ops::Range;

/// A run of code units with one position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The code units.
    pub units: Range<usize>,
    /// Their position; [`Location::NONE`] if they have none.
    pub location: Location,
}

/// Iterates over a location table; ends early at a malformed entry.
#[derive(Clone, Debug)]
pub struct Spans<'a> {
    rest: &'a [u8],
    line: i32,
    unit: usize,
}

/// The entries of `linetable`, the location table of code that starts on `firstlineno`.
#[must_use]
pub fn spans(linetable: &[u8], firstlineno: u32) -> Spans<'_> {
    Spans { rest: linetable, line: i32::try_from(firstlineno).unwrap_or(i32::MAX), unit: 0 }
}

impl Spans<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn varint(&mut self) -> Option<u32> {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte()?;
            value |= u32::from(byte & 63).checked_shl(shift)?;
            if byte & 64 == 0 {
                return Some(value);
            }
            shift += 6;
        }
    }

    fn signed_varint(&mut self) -> Option<i32> {
        let value = self.varint()?;
        let magnitude = i32::try_from(value >> 1).ok()?;
        Some(if value & 1 == 0 { magnitude } else { -magnitude })
    }

    fn optional(&mut self) -> Option<i32> {
        i32::try_from(self.varint()?).ok()?.checked_sub(1)
    }

    fn location(&mut self, code: u8) -> Option<Location> {
        Some(match code {
            15 => Location::NONE,
            14 => {
                self.line = self.line.checked_add(self.signed_varint()?)?;
                let end_line = self.line.checked_add_unsigned(self.varint()?)?;
                let col = self.optional()?;
                Location { line: self.line, end_line, col, end_col: self.optional()? }
            }
            13 => {
                self.line = self.line.checked_add(self.signed_varint()?)?;
                Location { line: self.line, end_line: self.line, col: -1, end_col: -1 }
            }
            10..=12 => {
                self.line = self.line.checked_add(i32::from(code) - 10)?;
                let col = i32::from(self.byte()?);
                Location { line: self.line, end_line: self.line, col, end_col: i32::from(self.byte()?) }
            }
            _ => {
                let second = i32::from(self.byte()?);
                let col = i32::from(code) << 3 | second >> 4;
                Location { line: self.line, end_line: self.line, col, end_col: col + (second & 15) }
            }
        })
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let first = self.byte()?;
        let location = self.location(first >> 3 & 15)?;
        let start = self.unit;
        self.unit += usize::from(first & 7) + 1;
        Some(Span { units: start..self.unit, location })
    }
}

/// The position of one code unit; [`Location::NONE`] if it has none.
#[must_use]
pub fn location_at(linetable: &[u8], firstlineno: u32, unit: usize) -> Location {
    spans(linetable, firstlineno).find(|s| s.units.contains(&unit)).map_or(Location::NONE, |s| s.location)
}

/// Runs of code units on one line, neighbours on the same line merged; `None` where there is no line.
#[must_use]
pub fn lines(linetable: &[u8], firstlineno: u32) -> Vec<(Range<usize>, Option<i32>)> {
    let mut runs: Vec<(Range<usize>, Option<i32>)> = Vec::new();
    for span in spans(linetable, firstlineno) {
        let line = (span.location != Location::NONE).then_some(span.location.line);
        match runs.last_mut() {
            Some((units, last)) if *last == line => units.end = span.units.end,
            _ => runs.push((span.units, line)),
        }
    }
    runs
}
