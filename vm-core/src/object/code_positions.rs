//! `code.co_lines()` and `code.co_positions()`: the location table read for Python, over CPython's own byte code.

use super::buffer::ValueVec;
use super::code::Code;
use super::header::Gc;
use super::value::Value;
use crate::code::{lines as line_ranges, spans};
use crate::machine::{Machine, R};

/// Negative numbers stand for what is not known.
fn known(n: i32) -> Value {
    if n < 0 { Value::NONE } else { Value::small(i64::from(n)) }
}

fn optional(n: Option<i64>) -> Value {
    n.map_or(Value::NONE, Value::small)
}

/// An iterator over `(start, end, line)`, offsets in bytes.
pub(super) fn lines(m: &mut Machine, code: Gc<Code>) -> R<Value> {
    let source = code.source.clone();
    let mut out = ValueVec::with_capacity(m, 16);
    for (range, line) in line_ranges(&source.fused.linetable, source.firstlineno) {
        let entry = [Value::small(range.start as i64 * 2), Value::small(range.end as i64 * 2), optional(line.map(i64::from))];
        let entry = m.new_tuple(&entry).value();
        out.push(m, entry);
    }
    let list = m.list_from_vec(out);
    m.iter(list.value())
}

/// An iterator over `(line, end_line, column, end_column)`, one for each unit.
pub(super) fn positions(m: &mut Machine, code: Gc<Code>) -> R<Value> {
    let source = code.source.clone();
    let mut out = ValueVec::with_capacity(m, 64);
    for span in spans(&source.fused.linetable, source.firstlineno) {
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
