//! From a compiled unit to a code object that this machine can run.

use super::{Handler, Machine, R};
use crate::adapt::prepare::{self, form};
use crate::code::packed::Head;
use crate::code::{CodeFlags, CodeObject, Const, Form, exception_entries};
use crate::machine::frame::HEADER_WORDS;
use crate::machine::stack::FILL_WORDS;
use crate::object::code::{Body, Code, Origin};
use crate::object::header::{Gc, Header};
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::op::{Unit, unit};
use crate::opcodes::Opcode;
use std::cell::{Cell, OnceCell};
use std::sync::Arc;

/// Operand-stack words beyond what the compiler counted: arguments are copied and locals cleared four words at a time, and fused
/// instructions push early.
const SLACK_WORDS: usize = FILL_WORDS;
/// The intrinsic in which generators' outermost handler ends.
const STOPITERATION_ERROR: usize = 3;
/// The instructions of code that is not ready; only read.
static UNREADY: [Unit; 2] = [unit(Opcode::MAKE_READY as u16, 0); 2];

impl Machine {
    /// Makes a compiled unit, and those nested in it, ready to run at this machine's level.
    pub fn new_code(&mut self, source: &Arc<CodeObject>) -> R<Gc<Code>> {
        self.new_code_of(source, None)
    }

    /// As [`Machine::new_code`], with other constants than the compiled ones if some are given (at least as many).
    pub(crate) fn new_code_of(&mut self, source: &Arc<CodeObject>, constants: Option<&[Value]>) -> R<Gc<Code>> {
        let body = self.body_of(form(source, self.level))?;
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
        let head = Head {
            argcount: source.argcount,
            posonlyargcount: source.posonlyargcount,
            kwonlyargcount: source.kwonlyargcount,
            flags: source.flags,
            stacksize: source.stacksize,
            firstlineno: source.firstlineno,
            name: self.intern(&source.name),
            qualname: self.intern(&source.qualname),
            localsplusnames: source.localsplusnames.iter().map(|n| self.intern(n)).collect(),
            kinds: 0,
            names: source.names.iter().map(|n| self.intern(n)).collect(),
            const_count: consts.len(),
            body: 0,
        };
        let filename = self.intern(&source.filename);
        let code = self.code_with_head(head, filename, Origin::Compiled(source.clone()));
        // SAFETY: there is room for them behind the struct.
        unsafe { std::ptr::copy_nonoverlapping(consts.as_ptr(), code.as_ptr().add(1).cast(), consts.len()) };
        self.set_body(code, body);
        Ok(code)
    }

    /// A code object that has neither constants nor instructions yet.
    pub(super) fn code_with_head(&mut self, head: Head<Gc<Str>>, filename: Gc<Str>, origin: Origin) -> Gc<Code> {
        let flags = head.flags;
        let simple_args = head.kwonlyargcount == 0 && flags.0 & (CodeFlags::VARARGS | CodeFlags::VARKEYWORDS) == 0;
        let (nlocalsplus, consts_len) = (head.localsplusnames.len(), head.const_count);
        let version = self.fresh_function_version();
        let code = Code {
            header: Header::new(self.types.code),
            units: Cell::new(UNREADY.as_ptr().cast_mut()),
            names: head.names.as_ptr(),
            frame_words: (HEADER_WORDS + nlocalsplus + head.stacksize as usize + SLACK_WORDS) as u32,
            small_args: Code::small_args_of(simple_args, head.argcount),
            nlocalsplus: nlocalsplus as u32,
            argcount: head.argcount,
            flags: flags.0,
            simple_args,
            version: Cell::new(version),
            posonlyargcount: head.posonlyargcount,
            kwonlyargcount: head.kwonlyargcount,
            stacksize: head.stacksize,
            firstlineno: head.firstlineno,
            origin,
            body: OnceCell::new(),
            consts_len,
            names_box: head.names,
            name_hints: OnceCell::new(),
            localsplus_names: head.localsplusnames,
            name: head.name,
            qualname: head.qualname,
            filename,
            warmup: Cell::new(self.policy.warmup),
            fused: self.level.fused(),
        };
        let code = self.heap.new_object(code, consts_len * size_of::<Value>());
        self.codes.push(code);
        code
    }

    /// What running a form takes at this machine's level.
    pub(super) fn body_of(&mut self, form: Form<'_>) -> R<Body> {
        let units = match prepare::prepare(form.code, self.level, &self.policy) {
            Ok(units) => units,
            Err(error) => return Err(self.system_error(&error.to_string())),
        };
        let handlers = handlers(form.exceptiontable);
        let has_cleanup = handlers.iter().any(|h| {
            let Some(&unit) = units.get(h.target as usize) else { return false };
            let op = crate::op::unit_op(unit);
            let wraps_stop = op == Opcode::CALL_INTRINSIC_1 as usize && crate::op::unit_arg(unit) == STOPITERATION_ERROR;
            !wraps_stop && op != Opcode::CLEANUP_THROW as usize
        });
        Ok(Body { units, handlers, has_cleanup })
    }

    /// Gives a code object what it needs to run.
    pub(super) fn set_body(&mut self, code: Gc<Code>, mut body: Body) {
        self.heap.note_external(body.units.len() * size_of::<Unit>());
        let units = body.units.as_mut_ptr();
        if code.body.set(body).is_ok() {
            code.units.set(units);
        }
    }

    /// A constant as a value.
    pub(crate) fn constant(&mut self, c: &Const) -> R<Value> {
        Ok(match c {
            Const::None => Value::NONE,
            Const::Bool(b) => Value::from_bool(*b),
            Const::Ellipsis => Value::ELLIPSIS,
            Const::Int(i) => match i.word() {
                Some(word) => self.new_int(word),
                None => self.int_from_bigint(i.to_big()),
            },
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
    pub(super) fn constant_set(&mut self, items: &[Value], once_more: bool) -> R<Gc<Set>> {
        let mut set = self.new_frozenset(items)?;
        for _ in 0..if once_more { 2 } else { 1 } {
            let keys = self.collect(set.value())?;
            set = self.new_frozenset(&keys)?;
        }
        Ok(set)
    }
}
