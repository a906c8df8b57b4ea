//! From a compiled unit to a code object that this machine can run.

use super::{Handler, Machine, R};
use crate::adapt::prepare;
use crate::code::{CodeFlags, CodeObject, Const, exception_entries};
use crate::machine::frame::HEADER_WORDS;
use crate::machine::stack::FILL_WORDS;
use crate::object::code::Code;
use crate::object::header::{Gc, Header};
use crate::object::set::Set;
use crate::object::value::Value;
use crate::opcodes::Opcode;
use std::cell::Cell;
use std::sync::Arc;

/// Operand-stack words beyond what the compiler counted: arguments are copied and locals cleared four words at a time, and fused
/// instructions push early.
const SLACK_WORDS: usize = FILL_WORDS;
/// The intrinsic in which generators' outermost handler ends.
const STOPITERATION_ERROR: usize = 3;

impl Machine {
    /// Makes a compiled unit, and those nested in it, ready to run at this machine's level.
    pub fn new_code(&mut self, source: &Arc<CodeObject>) -> R<Gc<Code>> {
        self.new_code_of(source, None)
    }

    /// As [`Machine::new_code`], with other constants than the compiled ones if some are given (at least as many).
    pub(crate) fn new_code_of(&mut self, source: &Arc<CodeObject>, constants: Option<&[Value]>) -> R<Gc<Code>> {
        let units = match prepare::prepare(source, self.level, &self.policy) {
            Ok(units) => units,
            Err(error) => return Err(self.system_error(&error.to_string())),
        };
        let mut consts = crate::object::buffer::ValueVec::with_capacity(self, source.consts.len());
        for &v in constants.unwrap_or_default() {
            consts.push(self, v);
        }
        if constants.is_none() {
            for c in &source.consts {
                let v = self.constant(c)?;
                consts.push(self, v);
            }
        }
        let names: Box<[_]> = source.names.iter().map(|n| self.intern(n)).collect();
        let localsplus_names: Box<[_]> = source.localsplusnames.iter().map(|n| self.intern(n)).collect();
        let handlers = handlers(&prepare::form(source, self.level).exceptiontable);
        let has_cleanup = handlers.iter().any(|h| {
            let unit = units[h.target as usize];
            let op = crate::op::unit_op(unit);
            let wraps_stop = op == Opcode::CALL_INTRINSIC_1 as usize && crate::op::unit_arg(unit) == STOPITERATION_ERROR;
            !wraps_stop && op != Opcode::CLEANUP_THROW as usize
        });
        let mut units_box = units;
        let nlocalsplus = source.localsplusnames.len();
        let flags = source.flags;
        let simple_args = source.kwonlyargcount == 0 && flags.0 & (CodeFlags::VARARGS | CodeFlags::VARKEYWORDS) == 0;
        let version = self.fresh_function_version();
        let code = Code {
            header: Header::new(self.types.code),
            units: units_box.as_mut_ptr(),
            names: names.as_ptr(),
            frame_words: (HEADER_WORDS + nlocalsplus + source.stacksize as usize + SLACK_WORDS) as u32,
            small_args: Code::small_args_of(simple_args, source.argcount),
            nlocalsplus: nlocalsplus as u32,
            argcount: source.argcount,
            flags: flags.0,
            simple_args,
            version: Cell::new(version),
            source: source.clone(),
            units_box,
            consts_len: consts.len(),
            names_box: names,
            localsplus_names,
            name: self.intern(&source.name),
            qualname: self.intern(&source.qualname),
            filename: self.intern(&source.filename),
            handlers,
            has_cleanup,
            warmup: Cell::new(self.policy.warmup),
            fused: self.level.fused(),
        };
        self.heap.note_external(code.units_box.len() * 4);
        let code = self.heap.new_object(code, size_of_val(&*consts));
        // SAFETY: there is room for them behind the struct.
        unsafe { std::ptr::copy_nonoverlapping(consts.as_ptr(), code.as_ptr().add(1).cast(), consts.len()) };
        self.codes.push(code);
        Ok(code)
    }

    /// A constant as a value.
    pub(crate) fn constant(&mut self, c: &Const) -> R<Value> {
        Ok(match c {
            Const::None => Value::NONE,
            Const::Bool(b) => Value::from_bool(*b),
            Const::Ellipsis => Value::ELLIPSIS,
            Const::Int(i) => self.int_from_bigint(i.clone()),
            Const::Float(f) => self.new_float(*f),
            Const::Complex(re, im) => self.new_complex(*re, *im),
            Const::Str(s) => {
                let s = self.new_str_wtf8(s)?;
                // CPython interns constants that look like identifiers.
                if s.bytes().iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_') { self.intern_str(s).value() } else { s.value() }
            }
            Const::Bytes(b) => self.new_bytes(b)?.value(),
            Const::Tuple(items) => {
                let mut values = crate::object::buffer::ValueVec::with_capacity(self, items.len());
                for item in items.iter() {
                    let v = self.constant(item)?;
                    values.push(self, v);
                }
                self.new_tuple(&values).value()
            }
            Const::FrozenSet(items) => {
                let mut values = crate::object::buffer::ValueVec::with_capacity(self, items.len());
                for item in items.iter() {
                    let v = self.constant(item)?;
                    values.push(self, v);
                }
                self.constant_set(&values, items.iter().any(crate::code::looks_interned))?.value()
            }
            Const::Code(code) => self.new_code(code)?.value(),
        })
    }
}

/// The handlers of an exception table; code offsets fit 32 bits.
fn handlers(table: &[u8]) -> Box<[Handler]> {
    exception_entries(table)
        .map(|e| Handler { start: e.units.start as u32, end: e.units.end as u32, target: e.target as u32, depth: e.depth, lasti: e.lasti })
        .collect()
}

impl Machine {
    /// A constant frozenset, built as often as CPython's compiler does, each time from the one before: the order in which it is
    /// walked depends on that.
    fn constant_set(&mut self, items: &[Value], once_more: bool) -> R<Gc<Set>> {
        let mut set = self.new_frozenset(items)?;
        for _ in 0..if once_more { 2 } else { 1 } {
            let keys = self.collect(set.value())?;
            set = self.new_frozenset(&keys)?;
        }
        Ok(set)
    }
}
