//! Values to bytes.

use super::{FLAG_REF, MAX_DEPTH};
use crate::code::{CodeObject, Form};
use crate::machine::{Machine, R, Raised};
use crate::object::bytes::Bytes;
use crate::object::code::Code;
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use num_bigint::BigInt;
use std::collections::BTreeMap;
use std::sync::Arc;

struct Writer<'m> {
    m: &'m mut Machine,
    out: Vec<u8>,
    version: i32,
    allow_code: bool,
    /// Numbers of the objects that may be referred to.
    known: BTreeMap<u64, u32>,
    /// Objects met more than once.
    shared: BTreeMap<u64, bool>,
    depth: usize,
}

/// The bytes of a value.
pub(super) fn write(m: &mut Machine, value: Value, version: i32, allow_code: bool) -> R<Vec<u8>> {
    let mut w = Writer { m, out: Vec::new(), version, allow_code, known: BTreeMap::new(), shared: BTreeMap::new(), depth: 0 };
    if version >= 3 {
        w.survey(value);
        // It is a variable's value, as a rule.
        w.shared.insert(value.bits(), true);
    }
    w.value(value)?;
    Ok(w.out)
}

impl Writer<'_> {
    /// Finds what is met more than once.
    fn survey(&mut self, root: Value) {
        let mut waiting = vec![root];
        while let Some(v) = waiting.pop() {
            if !v.is_ptr() {
                continue;
            }
            if let Some(again) = self.shared.get_mut(&v.bits()) {
                *again = true;
                continue;
            }
            self.shared.insert(v.bits(), false);
            if let Some(list) = v.downcast::<List>() {
                waiting.extend_from_slice(list.items());
            } else if let Some(tuple) = v.downcast::<Tuple>() {
                waiting.extend_from_slice(tuple.slice());
            } else if let Some(dict) = v.downcast::<Dict>() {
                dict.iter().for_each(|(k, v)| waiting.extend([k, v]));
            } else if let Some(set) = v.downcast::<Set>() {
                waiting.extend(set.iter().map(|(k, _)| k));
            }
        }
    }

    fn long(&mut self, n: usize) -> R<()> {
        match i32::try_from(n) {
            Ok(n) => {
                self.out.extend(n.to_le_bytes());
                Ok(())
            }
            Err(_) => Err(self.refuse()),
        }
    }

    fn refuse(&mut self) -> Raised {
        self.m.value_error("unmarshallable object")
    }

    /// Writes a type code, or a reference if the object was written before; whether its contents are to follow.
    fn code(&mut self, v: Value, code: u8, may_be_known: bool) -> R<bool> {
        if self.version < 3 || !may_be_known {
            self.out.push(code);
            return Ok(true);
        }
        if let Some(&n) = self.known.get(&v.bits()) {
            self.out.push(b'r');
            self.out.extend(n.to_le_bytes());
            return Ok(false);
        }
        let n = self.known.len() as u32;
        self.known.insert(v.bits(), n);
        self.out.push(code | FLAG_REF);
        Ok(true)
    }

    fn value(&mut self, v: Value) -> R<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.m.value_error("object too deeply nested to marshal"));
        }
        self.m.check_native_stack()?;
        let result = self.any(v);
        self.depth -= 1;
        result
    }

    fn any(&mut self, v: Value) -> R<()> {
        let simple = match v {
            Value::NONE => b'N',
            Value::TRUE => b'T',
            Value::FALSE => b'F',
            Value::ELLIPSIS => b'.',
            _ if v.is(self.m.exceptions.stop_iteration.value()) => b'S',
            _ => 0,
        };
        if simple != 0 {
            self.out.push(simple);
            return Ok(());
        }
        let ty = self.m.type_of(v);
        // Constants are referred to from more than one place, as a rule; containers only if they are met again.
        let shared = self.shared.get(&v.bits()) == Some(&true);
        let types = &self.m.types;
        if ty == types.int {
            return self.int(v);
        }
        if ty == types.float {
            let f = self.m.float_value(v).unwrap_or_default();
            if self.version > 1 {
                if self.code(v, b'g', true)? {
                    self.out.extend(f.to_le_bytes());
                }
            } else {
                self.out.push(b'f');
                self.float_text(v)?;
            }
            return Ok(());
        }
        if ty == types.complex {
            if self.code(v, b'y', true)? {
                let (real, imag) = (self.m.intern("real"), self.m.intern("imag"));
                for name in [real, imag] {
                    let part = self.m.get_attr(v, name)?;
                    self.out.extend(self.m.float_value(part).unwrap_or_default().to_le_bytes());
                }
            }
            return Ok(());
        }
        if let Some(s) = v.downcast::<Str>() {
            return self.text(s, v, shared);
        }
        if let Some(bytes) = v.downcast::<Bytes>() {
            if self.code(v, b's', true)? {
                self.long(bytes.contents().len())?;
                self.out.extend_from_slice(bytes.contents());
            }
            return Ok(());
        }
        if let (Some(tuple), true) = (v.downcast::<Tuple>(), ty == types.tuple) {
            let small = self.version >= 4 && tuple.len() < 256;
            if self.code(v, if small { b')' } else { b'(' }, shared || tuple.is_empty())? {
                if small {
                    self.out.push(tuple.len() as u8);
                } else {
                    self.long(tuple.len())?;
                }
                for &item in tuple.slice() {
                    self.value(item)?;
                }
            }
            return Ok(());
        }
        if let (Some(list), true) = (v.downcast::<List>(), ty == types.list) {
            if self.code(v, b'[', shared)? {
                self.long(list.len())?;
                let mut i = 0;
                while let Some(item) = list.get(i) {
                    self.value(item)?;
                    i += 1;
                }
            }
            return Ok(());
        }
        if let (Some(dict), true) = (v.downcast::<Dict>(), ty == types.dict) {
            if self.code(v, b'{', shared)? {
                for (key, item) in dict.iter().collect::<Vec<_>>() {
                    self.value(key)?;
                    self.value(item)?;
                }
                self.out.push(b'0');
            }
            return Ok(());
        }
        if let (Some(set), true) = (v.downcast::<Set>(), ty == types.set || ty == types.frozenset) {
            return self.set(v, set, if ty == types.set { b'<' } else { b'>' }, shared);
        }
        if let Some(code) = v.downcast::<Code>() {
            if !self.allow_code {
                return Err(self.m.value_error("marshalling code objects is disallowed"));
            }
            // Nested references would not hold in the bytes that name it.
            let source = code.source().clone();
            let bytes = code_bytes(self.m, &source)?;
            self.out.extend_from_slice(&bytes);
            return Ok(());
        }
        match self.m.bytes_like(v).map(<[u8]>::to_vec) {
            Some(bytes) => {
                self.out.push(b's');
                self.long(bytes.len())?;
                self.out.extend_from_slice(&bytes);
                Ok(())
            }
            None => Err(self.refuse()),
        }
    }

    fn float_text(&mut self, v: Value) -> R<()> {
        let text = self.m.repr(v)?;
        self.out.push(text.bytes().len() as u8);
        self.out.extend_from_slice(text.bytes());
        Ok(())
    }

    fn int(&mut self, v: Value) -> R<()> {
        match self.m.int_as_i64(v).and_then(|n| i32::try_from(n).ok()) {
            Some(n) => {
                if self.code(v, b'i', true)? {
                    self.out.extend(n.to_le_bytes());
                }
                Ok(())
            }
            None => {
                let big = self.m.int_to_bigint(v).unwrap_or_default();
                if self.code(v, b'l', true)? {
                    big_digits(&big, &mut self.out);
                }
                Ok(())
            }
        }
    }

    fn text(&mut self, s: Gc<Str>, v: Value, shared: bool) -> R<()> {
        let bytes = s.bytes();
        let interned = s.is_interned();
        let known = shared || interned;
        if self.version >= 4 && s.is_ascii() {
            let short = bytes.len() < 256;
            let code = match (short, interned) {
                (true, false) => b'z',
                (true, true) => b'Z',
                (false, false) => b'a',
                (false, true) => b'A',
            };
            if self.code(v, code, known)? {
                if short {
                    self.out.push(bytes.len() as u8);
                } else {
                    self.long(bytes.len())?;
                }
                self.out.extend_from_slice(bytes);
            }
        } else if self.code(v, if self.version >= 3 && interned { b't' } else { b'u' }, known)? {
            self.long(bytes.len())?;
            self.out.extend_from_slice(bytes);
        }
        Ok(())
    }

    /// Sets are written in the order of their elements' bytes.
    fn set(&mut self, v: Value, set: Gc<Set>, code: u8, shared: bool) -> R<()> {
        if !self.code(v, code, shared)? {
            return Ok(());
        }
        self.long(set.len())?;
        let items: Vec<Value> = set.iter().map(|(item, _)| item).collect();
        let mut keyed = Vec::new();
        for &item in &items {
            keyed.push((write(self.m, item, self.version, self.allow_code)?, item));
        }
        keyed.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, item) in keyed {
            self.value(item)?;
        }
        Ok(())
    }
}

/// An integer in digits of 15 bits; the count carries the sign.
fn big_digits(n: &BigInt, out: &mut Vec<u8>) {
    let (sign, bytes) = n.to_bytes_le();
    let mut digits: Vec<u16> = Vec::new();
    let (mut buffer, mut bits) = (0u32, 0);
    for byte in bytes {
        buffer |= u32::from(byte) << bits;
        bits += 8;
        if bits >= 15 {
            digits.push((buffer & 0x7FFF) as u16);
            buffer >>= 15;
            bits -= 15;
        }
    }
    digits.push(buffer as u16);
    while digits.last() == Some(&0) {
        digits.pop();
    }
    let count = digits.len() as i32;
    out.extend((if sign == num_bigint::Sign::Minus { -count } else { count }).to_le_bytes());
    digits.iter().for_each(|d| out.extend(d.to_le_bytes()));
}

/// A code object's bytes, which are remembered.
fn code_bytes(m: &mut Machine, code: &Arc<CodeObject>) -> R<Vec<u8>> {
    let mut w = Writer { m, out: Vec::new(), version: 4, allow_code: true, known: BTreeMap::new(), shared: BTreeMap::new(), depth: 0 };
    w.out.push(b'c' | FLAG_REF);
    let Form { code: bytes, linetable, exceptiontable } = code.fused();
    for n in [code.argcount, code.posonlyargcount, code.kwonlyargcount, code.stacksize, code.flags.0] {
        w.out.extend(n.to_le_bytes());
    }
    w.bytes(bytes)?;
    let consts = w.m.new_list(&[]);
    for constant in &code.consts {
        let v = w.m.constant(constant)?;
        consts.push(w.m, v);
    }
    w.sequence(consts.items())?;
    for names in [&code.names, &code.localsplusnames] {
        let values: Vec<Value> = names.iter().map(|n| w.m.intern(n).value()).collect();
        w.sequence(&values)?;
    }
    w.bytes(&code.localspluskinds)?;
    for text in [&code.filename, &code.name, &code.qualname] {
        let v = w.m.intern(text).value();
        w.value(v)?;
    }
    w.out.extend(code.firstlineno.to_le_bytes());
    w.bytes(linetable)?;
    w.bytes(exceptiontable)?;
    let out = w.out;
    m.written_code.insert(out.clone(), code.clone());
    Ok(out)
}

impl Writer<'_> {
    fn bytes(&mut self, bytes: &[u8]) -> R<()> {
        self.out.push(b's');
        self.long(bytes.len())?;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn sequence(&mut self, items: &[Value]) -> R<()> {
        self.out.push(b'(');
        self.long(items.len())?;
        for &item in items {
            self.value(item)?;
        }
        Ok(())
    }
}
