//! `code.co_lines()` and `code.co_positions()`: the location table read for Python, over CPython's own byte code, and how the units that a
//! machine runs correspond to that where it runs code without the compiler's superinstructions.

use super::buffer::ValueVec;
use super::code::Code;
use super::header::Gc;
use super::value::Value;
use crate::code::{instructions, lines as line_ranges, spans};
use crate::machine::{Machine, R};
use crate::opcodes::Opcode;

/// Negative numbers stand for what is not known.
fn known(n: i32) -> Value {
    if n < 0 { Value::NONE } else { Value::small(i64::from(n)) }
}

fn optional(n: Option<i64>) -> Value {
    n.map_or(Value::NONE, Value::small)
}

/// An iterator over `(start, end, line)`, offsets in bytes.
pub(super) fn lines(m: &mut Machine, code: Gc<Code>) -> R<Value> {
    let source = code.source().clone();
    let mut out = ValueVec::with_capacity(m, 16);
    for (range, line) in line_ranges(source.fused().linetable, source.firstlineno) {
        let entry = [Value::small(range.start as i64 * 2), Value::small(range.end as i64 * 2), optional(line.map(i64::from))];
        let entry = m.new_tuple(&entry).value();
        out.push(m, entry);
    }
    let list = m.list_from_vec(out);
    m.iter(list.value())
}

/// An iterator over `(line, end_line, column, end_column)`, one for each unit.
pub(super) fn positions(m: &mut Machine, code: Gc<Code>) -> R<Value> {
    let source = code.source().clone();
    let mut out = ValueVec::with_capacity(m, 64);
    for span in spans(source.fused().linetable, source.firstlineno) {
        let at = span.location;
        let entry = [known(at.line), known(at.end_line), known(at.col), known(at.end_col)];
        let entry = m.new_tuple(&entry).value();
        for _ in span.units.clone() {
            out.push(m, entry);
        }
    }
    let list = m.list_from_vec(out);
    m.iter(list.value())
}

impl Code {
    /// First units of the instructions that correspond: in the byte code that programs see, and in the form without superinstructions.
    fn corresponding(&self) -> Vec<(u32, u32)> {
        let plain = |code| instructions(code).filter(|i| i.op != Opcode::EXTENDED_ARG).map(|i| (i.op, i.start as u32));
        let mut unfused = plain(self.source().unfused().code).peekable();
        let mut out = Vec::new();
        for (op, shown) in plain(self.source().fused().code) {
            let pair = matches!(op, Opcode::LOAD_FAST_LOAD_FAST | Opcode::STORE_FAST_LOAD_FAST | Opcode::STORE_FAST_STORE_FAST);
            if op != Opcode::NOP {
                while unfused.next_if(|u| u.0 == Opcode::NOP).is_some() {}
            }
            for _ in 0..if pair { 2 } else { 1 } {
                if let Some((_, own)) = unfused.next() {
                    out.push((shown, own));
                }
            }
        }
        out
    }

    /// The unit of the byte code that programs see (`co_code`) for a unit of the form that runs: the start of its instruction.
    #[must_use]
    pub fn shown_unit(&self, unit: u32) -> u32 {
        let start = self.instruction_start(unit);
        if self.fused {
            return start;
        }
        let pairs = self.corresponding();
        pairs.iter().rfind(|(_, own)| *own <= start).map_or(0, |(shown, _)| *shown)
    }

    /// The way back from [`Code::shown_unit`].
    #[must_use]
    pub fn unit_shown_as(&self, shown: u32) -> u32 {
        if self.fused {
            return shown;
        }
        let pairs = self.corresponding();
        pairs.iter().find(|(s, _)| *s >= shown).map_or(0, |(_, own)| *own)
    }
}
