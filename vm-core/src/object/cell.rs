//! `cell`: a closure variable as Python sees it.

use super::function::CellObj;
use super::header::{Gc, Header, Payload};
use super::slots::{Compare, Slots};
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, GetSetDef, TypeSpec};

/// `cell`.
pub static SPEC: TypeSpec = TypeSpec {
    slots: Slots { repr: Some(repr), new: Some(new), richcompare: Some(compare), ..Slots::EMPTY },
    getset: &[GetSetDef { name: "cell_contents", get: get_contents, set: Some(set_contents) }],
    doc: "cell([contents])\n--\n\nCreate a new cell object.\n\n  contents\n    the contents of the cell. If not specified, the cell will be empty,\n    and \n further attempts to access its cell_contents attribute will\n    raise a ValueError.",
    ..TypeSpec::new("cell", CellObj::LAYOUT)
};

impl Machine {
    /// A cell; `NULL` for an unbound variable.
    #[inline(always)]
    pub fn new_cell(&mut self, contents: Value) -> Gc<CellObj> {
        let header = Header::new(self.types.cell);
        self.heap.new_object(CellObj { header, contents: std::cell::Cell::new(contents) }, 0)
    }
}

fn this(v: Value) -> Gc<CellObj> {
    // SAFETY: slots and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn new(m: &mut Machine, _: Gc<super::typeobj::Type>, args: Args<'_>) -> R<Value> {
    let args = args.between(m, "cell", 0, 1)?;
    Ok(m.new_cell(args.first().copied().unwrap_or(Value::NULL)).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let at = super::object_type::address(v);
    let text = match this(v).contents.get().non_null() {
        None => format!("<cell at {at:#x}: empty>"),
        Some(c) => format!("<cell at {at:#x}: {} object at {:#x}>", m.type_name(c), super::object_type::address(c)),
    };
    Ok(m.str_value(&text))
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(x), Some(y)) = (a.downcast::<CellObj>(), b.downcast::<CellObj>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (x, y) = (x.contents.get(), y.contents.get());
    if x.is_null() || y.is_null() {
        return Ok(Value::from_bool(op.holds(y.is_null().cmp(&x.is_null()))));
    }
    m.compare(x, y, op)
}

fn get_contents(m: &mut Machine, v: Value) -> R<Value> {
    match this(v).contents.get().non_null() {
        Some(c) => Ok(c),
        None => Err(m.value_error("Cell is empty")),
    }
}

fn set_contents(_: &mut Machine, v: Value, value: Value) -> R<()> {
    this(v).contents.set(value);
    Ok(())
}
