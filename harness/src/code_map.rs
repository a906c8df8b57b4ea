//! Where the instructions of a code object stand: source positions that do not depend on the form a level runs, and the offsets
//! that `dis` shows.
//!
//! The compiler makes each code object in two forms, with superinstructions and without. A superinstruction keeps only its first
//! component's column, so positions are always taken from the form without; offsets are always those of the form with, which is
//! CPython's. Both forms have the same instructions in the same order, so one walk side by side relates them.

use vm_core::code::{CodeObject, Form, instructions, spans};
use vm_core::compile::instr::Location;
use vm_core::opcodes::Opcode;
use vm_core::ops::Super;

/// What is known of one code unit at which an instruction starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Position of the instruction, or of its first component.
    pub location: Location,
    /// Position of its second component: inside a packed superinstruction, else the next instruction's.
    pub second: Location,
    /// Byte offset of the instruction in CPython's own form.
    pub offset: u32,
}

/// The places of one form of a code object.
#[derive(Debug)]
pub struct CodeMap {
    places: Vec<Place>,
    fused: bool,
    /// The unit behind RETURN_GENERATOR, where a generator's own frame starts.
    pub generator_start: Option<usize>,
}

/// The opcodes that a superinstruction does one after the other: the first, and the others.
#[must_use]
pub fn components(op: Opcode) -> (Opcode, &'static [Opcode]) {
    use Opcode::{
        BINARY_OP, BINARY_OP_INPLACE_ADD_UNICODE, LOAD_FAST, LOAD_FAST_LOAD_FAST, STORE_FAST, STORE_FAST_LOAD_FAST, STORE_FAST_STORE_FAST,
    };
    match op {
        LOAD_FAST_LOAD_FAST => (LOAD_FAST, &[LOAD_FAST]),
        STORE_FAST_LOAD_FAST => (STORE_FAST, &[LOAD_FAST]),
        STORE_FAST_STORE_FAST => (STORE_FAST, &[STORE_FAST]),
        BINARY_OP_INPLACE_ADD_UNICODE => (BINARY_OP, &[STORE_FAST]),
        _ => match Super::of(op) {
            Some(fused) => (fused.parts[0], &fused.parts[1..]),
            None => (op.family(), &[]),
        },
    }
}

/// Whether the compiler packs two instructions into this one.
pub(crate) fn packed(op: Opcode) -> bool {
    matches!(op, Opcode::LOAD_FAST_LOAD_FAST | Opcode::STORE_FAST_LOAD_FAST | Opcode::STORE_FAST_STORE_FAST)
}

/// One instruction of a form, packed ones taken apart.
struct Part {
    op: Opcode,
    unit: usize,
    location: Location,
}

fn parts(form: Form<'_>, firstlineno: u32) -> Vec<Part> {
    let mut locations = Vec::new();
    for span in spans(form.linetable, firstlineno) {
        locations.resize(span.units.end, span.location);
    }
    let mut out = Vec::new();
    for instr in instructions(form.code) {
        if matches!(instr.op, Opcode::EXTENDED_ARG | Opcode::CACHE | Opcode::NOP) {
            continue;
        }
        let location = locations.get(instr.unit).copied().unwrap_or(Location::NONE);
        let (first, second): (_, &[_]) = if packed(instr.op) { components(instr.op) } else { (instr.op, &[]) };
        for op in std::iter::once(first).chain(second.iter().copied()) {
            out.push(Part { op, unit: instr.unit, location });
        }
    }
    out
}

impl CodeMap {
    /// Relates the two forms; `fused` says which of them runs.
    #[must_use]
    pub fn new(code: &CodeObject, fused: bool) -> CodeMap {
        let with = parts(code.fused(), code.firstlineno);
        let without = parts(code.unfused(), code.firstlineno);
        let aligned = with.len() == without.len() && with.iter().zip(&without).all(|(a, b)| a.op == b.op);
        debug_assert!(aligned, "the two forms of {} differ in more than superinstructions", code.qualname);
        let (running, form) = if fused { (&with, code.fused()) } else { (&without, code.unfused()) };
        let exact = if aligned { &without } else { running };
        let shown = if aligned { &with } else { running };
        let nowhere = Place { location: Location::NONE, second: Location::NONE, offset: 0 };
        let mut places = vec![nowhere; form.code.len() / 2];
        for (i, part) in running.iter().enumerate() {
            if i > 0 && running[i - 1].unit == part.unit {
                continue;
            }
            let second = exact.get(i + 1).map_or(Location::NONE, |next| next.location);
            places[part.unit] = Place { location: exact[i].location, second, offset: 2 * shown[i].unit as u32 };
        }
        let generator_start = running.iter().find(|part| part.op == Opcode::RETURN_GENERATOR).map(|part| part.unit + 1);
        CodeMap { places, fused, generator_start }
    }

    /// The form that runs.
    #[must_use]
    pub fn form<'c>(&self, code: &'c CodeObject) -> Form<'c> {
        if self.fused { code.fused() } else { code.unfused() }
    }

    /// The place of the instruction at a unit.
    #[must_use]
    pub fn place(&self, unit: usize) -> Place {
        const NOWHERE: Place = Place { location: Location::NONE, second: Location::NONE, offset: 0 };
        self.places.get(unit).copied().unwrap_or(NOWHERE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vm_core::code::Const;

    fn function(source: &str) -> std::sync::Arc<CodeObject> {
        let module = vm_core::compile::compile_module(source.as_bytes(), "m.py").unwrap_or_else(|e| panic!("{}", e.render()));
        let nested = module.consts.iter().find_map(|c| if let Const::Code(code) = c { Some(code.clone()) } else { None });
        nested.unwrap()
    }

    #[test]
    fn both_forms_give_the_same_positions() {
        let code = function("def add(x, y):\n    return x + y\n");
        let (fused, unfused) = (CodeMap::new(&code, true), CodeMap::new(&code, false));
        // RESUME, LOAD_FAST_LOAD_FAST, BINARY_OP; without superinstructions one unit more.
        let pair = fused.place(1);
        assert_eq!((pair.location.col, pair.second.col), (11, 15));
        assert_eq!(unfused.place(1).location, pair.location);
        assert_eq!(unfused.place(2).location, pair.second);
        assert_eq!(unfused.place(3).location, fused.place(2).location);
        assert_eq!(unfused.place(3).offset, 4);
        assert_eq!(fused.place(2).offset, 4);
    }

    #[test]
    fn components_of_every_kind() {
        const NOTHING: &[Opcode] = &[];
        assert_eq!(components(Opcode::LOAD_FAST__BINARY_OP), (Opcode::LOAD_FAST, &[Opcode::BINARY_OP][..]));
        assert_eq!(components(Opcode::STORE_FAST_LOAD_FAST), (Opcode::STORE_FAST, &[Opcode::LOAD_FAST][..]));
        assert_eq!(components(Opcode::ADAPTIVE_CALL), (Opcode::CALL, NOTHING));
        assert_eq!(components(Opcode::BINARY_OP_ADD_INT), (Opcode::BINARY_OP, NOTHING));
    }

    #[test]
    fn a_generator_starts_behind_return_generator() {
        let code = function("def g():\n    yield 1\n");
        assert_eq!(CodeMap::new(&code, true).generator_start, Some(1));
    }
}
