//! One call of `load`: the stack of objects, with marks in it, and the loop over opcodes.

use super::input::Input;
use super::ops;
use super::unpickler::Unpickler;
use super::unpickling_error;
use crate::machine::{Machine, R, Raised};
use crate::object::buffer::ValueVec;
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;

/// See the module. It lives on the native stack.
pub(super) struct Loader {
    pub(super) u: Gc<Unpickler>,
    pub(super) input: Input,
    stack: ValueVec,
    marks: Vec<usize>,
    /// Where the innermost mark lies: what is below it cannot be popped.
    fence: usize,
    pub(super) persistent_load: Value,
    /// `__setstate__` and `__dict__`, once they were needed; they are interned and live as long as the machine.
    pub(super) build_names: Option<(Gc<Str>, Gc<Str>)>,
}

impl Loader {
    pub(super) fn new(m: &mut Machine, u: Gc<Unpickler>, input: Input, persistent_load: Value) -> Loader {
        let stack = ValueVec::with_capacity(m, 32);
        Loader { u, input, stack, marks: Vec::new(), fence: 0, persistent_load, build_names: None }
    }

    #[cold]
    pub(super) fn underflow(&mut self, m: &mut Machine) -> Raised {
        unpickling_error(m, if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" })
    }

    #[inline]
    pub(super) fn push(&mut self, m: &mut Machine, v: Value) {
        self.stack.push(m, v);
    }

    #[inline]
    pub(super) fn pop(&mut self, m: &mut Machine) -> R<Value> {
        if self.stack.len() <= self.fence {
            return Err(self.underflow(m));
        }
        Ok(self.stack.pop().unwrap_or(Value::NONE))
    }

    #[inline]
    pub(super) fn top(&mut self, m: &mut Machine) -> R<Value> {
        match self.stack.last() {
            Some(&v) if self.stack.len() > self.fence => Ok(v),
            _ => Err(self.underflow(m)),
        }
    }

    pub(super) fn set_top(&mut self, v: Value) {
        if let Some(top) = self.stack.last_mut() {
            *top = v;
        }
    }

    /// Removes the innermost mark, and tells where it was.
    pub(super) fn mark(&mut self, m: &mut Machine) -> R<usize> {
        let Some(mark) = self.marks.pop() else { return Err(unpickling_error(m, "could not find MARK")) };
        self.fence = self.marks.last().copied().unwrap_or(0);
        Ok(mark)
    }

    /// How much is on the stack.
    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The object below the items from `start` on, which there must be.
    pub(super) fn below(&mut self, m: &mut Machine, start: usize) -> R<Value> {
        if start > self.stack.len() || start <= self.fence {
            return Err(self.underflow(m));
        }
        Ok(self.stack[start - 1])
    }

    /// The items from `start` on, which stay on the stack.
    pub(super) fn items(&self, start: usize) -> &[Value] {
        &self.stack[start..]
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.stack.truncate(len);
    }

    /// Takes the items from `start` on as a tuple.
    pub(super) fn take_tuple(&mut self, m: &mut Machine, start: usize) -> R<Value> {
        if start < self.fence || start > self.stack.len() {
            return Err(self.underflow(m));
        }
        let tuple = m.new_tuple(&self.stack[start..]).value();
        self.stack.truncate(start);
        Ok(tuple)
    }

    /// Runs until `STOP`; the object that is left.
    pub(super) fn run(&mut self, m: &mut Machine) -> R<Value> {
        loop {
            let op = self.input.opcode(m)?;
            if op == ops::STOP {
                let result = self.pop(m)?;
                self.input.skip_consumed(m)?;
                debug_assert!(self.input.keep().is_null() || self.input.keep().is_ptr());
                return Ok(result);
            }
            self.step(m, op)?;
        }
    }

    fn step(&mut self, m: &mut Machine, op: u8) -> R<()> {
        match op {
            ops::NONE => self.push(m, Value::NONE),
            ops::NEWTRUE => self.push(m, Value::TRUE),
            ops::NEWFALSE => self.push(m, Value::FALSE),
            ops::BININT1 => {
                let n = self.input.number(m, 1)?;
                self.push(m, Value::small(n as i64));
            }
            ops::BININT2 => {
                let n = self.input.number(m, 2)?;
                self.push(m, Value::small(n as i64));
            }
            ops::BININT => {
                let n = self.input.number(m, 4)?;
                self.push(m, Value::small(i64::from(n as i32)));
            }
            ops::MEMOIZE => {
                let v = self.top(m)?;
                self.u.memo.borrow_mut().push(v);
            }
            ops::BINGET => self.get(m, 1)?,
            ops::LONG_BINGET => self.get(m, 4)?,
            ops::MARK => {
                self.fence = self.stack.len();
                self.marks.push(self.fence);
            }
            ops::SHORT_BINUNICODE => self.text(m, 1)?,
            ops::BINUNICODE => self.text(m, 4)?,
            ops::BINUNICODE8 => self.text(m, 8)?,
            ops::BINFLOAT => {
                let bytes = self.input.take(m, 8)?;
                let f = f64::from_be_bytes(bytes.try_into().unwrap_or_default());
                let v = m.new_float(f);
                self.push(m, v);
            }
            ops::EMPTY_TUPLE => {
                let v = m.empty_tuple;
                self.push(m, v);
            }
            ops::TUPLE1 => self.tuple(m, 1)?,
            ops::TUPLE2 => self.tuple(m, 2)?,
            ops::TUPLE3 => self.tuple(m, 3)?,
            ops::TUPLE => {
                let start = self.mark(m)?;
                let v = self.take_tuple(m, start)?;
                self.push(m, v);
            }
            ops::EMPTY_LIST => {
                let v = m.new_list(&[]).value();
                self.push(m, v);
            }
            ops::EMPTY_DICT => {
                let v = m.new_dict().value();
                self.push(m, v);
            }
            ops::EMPTY_SET => {
                let v = m.new_set().value();
                self.push(m, v);
            }
            ops::APPEND => {
                let start = self.stack.len().wrapping_sub(1);
                self.append(m, start)?;
            }
            ops::APPENDS => {
                let start = self.mark(m)?;
                self.append(m, start)?;
            }
            ops::SETITEM => {
                let start = self.stack.len().wrapping_sub(2);
                self.set_items(m, start)?;
            }
            ops::SETITEMS => {
                let start = self.mark(m)?;
                self.set_items(m, start)?;
            }
            ops::BUILD => self.build(m)?,
            ops::NEWOBJ => self.new_object(m, false)?,
            ops::REDUCE => self.reduce(m)?,
            ops::STACK_GLOBAL => self.stack_global(m)?,
            ops::POP => self.pop_any(m)?,
            ops::POP_MARK => {
                let start = self.mark(m)?;
                self.stack.truncate(start);
            }
            ops::DUP => {
                let v = self.top(m)?;
                self.push(m, v);
            }
            ops::PROTO => match self.input.number(m, 1)? {
                n @ 0..=5 => self.u.protocol.set(n as i64),
                n => return Err(m.value_error(&format!("unsupported pickle protocol: {n}"))),
            },
            ops::FRAME => self.frame(m)?,
            _ => return self.rare(m, op),
        }
        Ok(())
    }

    fn tuple(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let Some(start) = self.stack.len().checked_sub(n).filter(|&start| start >= self.fence) else { return Err(self.underflow(m)) };
        let v = self.take_tuple(m, start)?;
        self.push(m, v);
        Ok(())
    }

    /// Pops an object or a mark.
    fn pop_any(&mut self, m: &mut Machine) -> R<()> {
        if self.marks.last() == Some(&self.stack.len()) {
            return self.mark(m).map(drop);
        }
        self.pop(m).map(drop)
    }

    fn get(&mut self, m: &mut Machine, n: usize) -> R<()> {
        let number = self.input.number(m, n)? as usize;
        self.get_number(m, number)
    }

    pub(super) fn get_number(&mut self, m: &mut Machine, number: usize) -> R<()> {
        let known = self.u.memo.borrow().get(number);
        match known {
            Some(v) => {
                self.push(m, v);
                Ok(())
            }
            None => Err(unpickling_error(m, &format!("Memo value not found at index {number}"))),
        }
    }

    /// What few pickles, or only those of old protocols, have.
    fn rare(&mut self, m: &mut Machine, op: u8) -> R<()> {
        match op {
            ops::INT => self.int_line(m),
            ops::LONG => self.long_line(m),
            ops::LONG1 => self.counted_long(m, 1),
            ops::LONG4 => self.counted_long(m, 4),
            ops::FLOAT => self.float_line(m),
            ops::STRING => self.string_line(m),
            ops::BINSTRING => self.counted_string(m, 4),
            ops::SHORT_BINSTRING => self.counted_string(m, 1),
            ops::UNICODE => self.text_line(m),
            ops::SHORT_BINBYTES => self.bytes(m, 1),
            ops::BINBYTES => self.bytes(m, 4),
            ops::BINBYTES8 => self.bytes(m, 8),
            ops::BYTEARRAY8 => self.bytearray(m),
            ops::NEXT_BUFFER => self.next_buffer(m),
            ops::READONLY_BUFFER => self.readonly_buffer(m),
            ops::LIST => self.list(m),
            ops::DICT => self.dict(m),
            ops::FROZENSET => self.frozenset(m),
            ops::ADDITEMS => self.add_items(m),
            ops::OBJ => self.object(m),
            ops::INST => self.instance(m),
            ops::NEWOBJ_EX => self.new_object(m, true),
            ops::GLOBAL => self.global_line(m),
            ops::PERSID => self.persistent_line(m),
            ops::BINPERSID => {
                let id = self.pop(m)?;
                self.persistent(m, id)
            }
            ops::GET => {
                let number = self.number_line(m)?;
                self.get_number(m, number as usize)
            }
            ops::PUT => {
                let v = self.top(m);
                let number = self.number_line(m)?;
                match usize::try_from(number) {
                    Ok(number) => self.put(v?, number),
                    Err(_) => return Err(m.value_error("negative PUT argument")),
                }
                Ok(())
            }
            ops::BINPUT | ops::LONG_BINPUT => {
                let number = self.input.number(m, if op == ops::BINPUT { 1 } else { 4 })?;
                let v = self.top(m)?;
                self.put(v, number as usize);
                Ok(())
            }
            ops::EXT1 => self.extension(m, 1),
            ops::EXT2 => self.extension(m, 2),
            ops::EXT4 => self.extension(m, 4),
            _ => Err(match op {
                b'\'' | b'\\' => unpickling_error(m, &format!("invalid load key, '\\x{op:02x}'.")),
                0x20..=0x7e => unpickling_error(m, &format!("invalid load key, '{}'.", char::from(op))),
                _ => unpickling_error(m, &format!("invalid load key, '\\x{op:02x}'.")),
            }),
        }
    }

    fn put(&mut self, v: Value, number: usize) {
        self.u.memo.borrow_mut().set(number, v);
    }
}
