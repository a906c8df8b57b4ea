//! Writes the location table (`co_linetable`), whose entries carry a length of 1 to 8 code units and a position in one of
//! five forms. `code/locations.rs` reads it.

use crate::compile::instr::Location;

use super::Size;

/// Entry forms by their code (bits 3 to 6 of the first byte); codes 0 to 9 are the short form.
mod form {
    pub(super) const ONE_LINE_0: u8 = 10;
    pub(super) const NO_COLUMNS: u8 = 13;
    pub(super) const LONG: u8 = 14;
    pub(super) const NONE: u8 = 15;
}

/// A location table that is being written.
pub(super) struct Lines<'w> {
    /// Long enough for any table of the code; what is written ends at `end`.
    out: &'w mut [u8],
    end: usize,
    line: i32,
}

/// The longest entry: its first byte and four numbers of 32 bits, six in a byte.
const ENTRY_MAX: usize = 1 + 4 * 6;

impl<'w> Lines<'w> {
    /// An empty table for code of a size.
    pub(super) fn new(out: &'w mut Vec<u8>, firstlineno: u32, size: Size) -> Self {
        // Entries are for eight units, or end with an instruction.
        let entries = size.count as usize + size.units as usize / 8 + 1;
        if out.len() < entries * ENTRY_MAX {
            out.resize(entries * ENTRY_MAX, 0);
        }
        Lines { out, end: 0, line: i32::try_from(firstlineno).unwrap_or(i32::MAX) }
    }

    /// What has been written.
    pub(super) fn table(&self) -> &[u8] {
        &self.out[..self.end]
    }

    /// So many code units have one location.
    #[inline]
    pub(super) fn run(&mut self, loc: &Location, units: u32) {
        if units <= 8 {
            if units > 0 {
                self.entry(loc, units as usize);
            }
        } else {
            self.long_run(loc, units as usize);
        }
    }

    #[inline(never)]
    fn long_run(&mut self, loc: &Location, mut units: usize) {
        while units > 8 {
            self.entry(loc, 8);
            units -= 8;
        }
        self.entry(loc, units);
    }

    #[inline]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) {
        self.out[self.end..self.end + N].copy_from_slice(&bytes);
        self.end += N;
    }

    #[inline]
    fn first(&mut self, code: u8, units: usize) {
        self.put([0x80 | code << 3 | (units - 1) as u8]);
    }

    #[inline]
    fn varint(&mut self, mut value: u32) {
        while value >= 64 {
            self.put([0x40 | (value & 63) as u8]);
            value >>= 6;
        }
        self.put([value as u8]);
    }

    fn signed_varint(&mut self, value: i32) {
        self.varint(value.unsigned_abs() << 1 | u32::from(value < 0));
    }

    #[inline(always)]
    fn entry(&mut self, loc: &Location, units: usize) {
        // As numbers without a sign, those that are missing are too large for the short forms.
        let (delta, column, end) = ((loc.line - self.line) as u32, loc.col as u32, loc.end_col as u32);
        if loc.end_line == loc.line && delta < 3 {
            let length = end.wrapping_sub(column);
            if delta == 0 && column < 80 && length < 16 {
                let first = 0x80 | (column >> 3 << 3) as u8 | (units - 1) as u8;
                self.put([first, ((column & 7) << 4 | length) as u8]);
                return;
            }
            if column < 128 && end < 128 {
                let first = 0x80 | (form::ONE_LINE_0 + delta as u8) << 3 | (units - 1) as u8;
                self.put([first, column as u8, end as u8]);
                self.line = loc.line;
                return;
            }
        }
        self.long_entry(loc, units);
    }

    #[inline(never)]
    fn long_entry(&mut self, loc: &Location, units: usize) {
        if loc.line == Location::NONE.line {
            self.first(form::NONE, units);
            return;
        }
        let delta = loc.line - self.line;
        self.line = loc.line;
        if (loc.col < 0 || loc.end_col < 0) && (loc.end_line == loc.line || loc.end_line < 0) {
            self.first(form::NO_COLUMNS, units);
            self.signed_varint(delta);
            return;
        }
        self.first(form::LONG, units);
        self.signed_varint(delta);
        self.varint((loc.end_line - loc.line) as u32);
        self.varint((loc.col + 1) as u32);
        self.varint((loc.end_col + 1) as u32);
    }
}
