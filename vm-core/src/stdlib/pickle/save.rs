//! One call of `dump`: which way an object is written, and those written without a look at others.

use super::buffer;
use super::ops;
use super::output::Output;
use super::pickler::{self, Pickler};
use super::pickling_error;
use crate::machine::{Machine, R};
use crate::object::bytearray_type::ByteArray;
use crate::object::bytes::Bytes;
use crate::object::dict::Dict;
use crate::object::header::Gc;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// Objects may nest as deep as CPython's limit on its C stack lets them.
const MAX_DEPTH: usize = 5_000;
const WHAT: &str = " while pickling an object";

/// See the module. It lives on the native stack.
pub(super) struct Saver {
    pub(super) p: Gc<Pickler>,
    pub(super) out: Output,
    pub(super) protocol: i64,
    pub(super) bin: bool,
    pub(super) fast: bool,
    /// Hooks of the program, or `NULL`.
    persistent_id: Value,
    reducer_override: Value,
    /// `copyreg.dispatch_table`, once it was needed.
    registered: Value,
    /// In fast mode: how deep the containers are nested, and the innermost of them.
    pub(super) nesting: usize,
    pub(super) nested: Vec<u64>,
    depth: usize,
    names: Option<Names>,
}

/// Names that are looked up for each object; they are interned and live as long as the machine.
#[derive(Clone, Copy)]
pub(super) struct Names {
    reduce_ex: Gc<Str>,
    pub(super) class: Gc<Str>,
}

impl Saver {
    pub(super) fn new(m: &mut Machine, p: Gc<Pickler>, out: Output) -> R<Saver> {
        let (protocol, bin, fast) = (p.protocol.get(), p.bin.get(), p.fast.get());
        let mut hooks = [Value::NULL; 2];
        // Only a program's own class can have hooks, apart from one that was set.
        let (names, v) = ([m.intern("persistent_id"), m.intern("reducer_override")], p.value());
        let plain = m.native_type(&pickler::SPEC) == m.type_of(v);
        for (hook, name) in hooks.iter_mut().zip(names).take(if plain { 1 } else { 2 }) {
            *hook = m.get_attr_opt(v, name)?.unwrap_or(Value::NULL);
        }
        let [persistent_id, reducer_override] = hooks;
        let registered = Value::NULL;
        Ok(Saver {
            p,
            out,
            protocol,
            bin,
            fast,
            persistent_id,
            reducer_override,
            registered,
            nesting: 0,
            nested: Vec::new(),
            depth: 0,
            names: None,
        })
    }

    pub(super) fn names(&mut self, m: &mut Machine) -> Names {
        *self.names.get_or_insert_with(|| Names { reduce_ex: m.intern("__reduce_ex__"), class: m.intern("__class__") })
    }

    /// Writes an object, or a reference to it.
    pub(super) fn save(&mut self, m: &mut Machine, v: Value) -> R<()> {
        self.out.boundary(m)?;
        if !self.persistent_id.is_null() && self.save_persistent(m, v)? {
            return Ok(());
        }
        self.save_itself(m, v)
    }

    fn save_itself(&mut self, m: &mut Machine, v: Value) -> R<()> {
        match v {
            Value::NONE => self.out.byte(ops::NONE),
            Value::TRUE | Value::FALSE => self.boolean(v == Value::TRUE),
            _ if v.is_int() => self.word(v.as_int()),
            _ => return self.save_object(m, v),
        }
        Ok(())
    }

    fn save_object(&mut self, m: &mut Machine, v: Value) -> R<()> {
        let ty = m.type_of(v);
        if ty == m.types.int {
            return self.big_int(m, v);
        }
        if ty == m.types.float {
            return self.float(m, v);
        }
        if self.is_known(v) {
            return self.refer(m, v);
        }
        if ty == m.types.str
            && let Some(s) = v.downcast::<Str>()
        {
            return self.text(m, s);
        }
        if ty == m.types.bytes
            && let Some(bytes) = v.downcast::<Bytes>()
        {
            return self.bytes(m, bytes);
        }
        m.guard_recursion(WHAT)?;
        if self.depth >= MAX_DEPTH {
            return Err(m.recursion_error(&format!("maximum recursion depth exceeded{WHAT}")));
        }
        self.depth += 1;
        self.save_deep(m, v, ty)?;
        self.depth -= 1;
        Ok(())
    }

    fn save_deep(&mut self, m: &mut Machine, v: Value, ty: Gc<Type>) -> R<()> {
        if ty == m.types.dict
            && let Some(dict) = v.downcast::<Dict>()
        {
            return self.dict(m, dict);
        }
        if ty == m.types.set
            && let Some(set) = v.downcast::<Set>()
        {
            return self.set(m, set);
        }
        if ty == m.types.frozenset
            && let Some(set) = v.downcast::<Set>()
        {
            return self.frozenset(m, set);
        }
        if ty == m.types.list
            && let Some(list) = v.downcast::<List>()
        {
            return self.list(m, list);
        }
        if ty == m.types.tuple
            && let Some(tuple) = v.downcast::<Tuple>()
        {
            return self.tuple(m, tuple);
        }
        if ty == m.types.bytearray
            && let Some(array) = v.downcast::<ByteArray>()
        {
            return self.bytearray(m, array);
        }
        if let Some(view) = buffer::view_of(m, v) {
            return self.picklebuffer(m, v, view?);
        }
        self.save_by_reduction(m, v)
    }

    /// Asks the hook, the tables and the object itself how to write it.
    fn save_by_reduction(&mut self, m: &mut Machine, v: Value) -> R<()> {
        if !self.reducer_override.is_null() {
            let reduced = m.call(self.reducer_override, &[v])?;
            if reduced != Value::NOT_IMPLEMENTED {
                return self.reduced(m, v, reduced);
            }
        }
        let ty = m.type_of(v);
        if ty == m.types.type_ {
            return self.class(m, v);
        }
        if ty == m.types.function {
            return self.global(m, v, None);
        }
        let reducer = match self.p.dispatch_table.get().non_null() {
            None => {
                if self.registered.is_null() {
                    let (module, name) = (m.import_name("copyreg")?, m.intern("dispatch_table"));
                    self.registered = m.get_attr(module, name)?;
                }
                match self.registered.downcast::<Dict>() {
                    Some(table) => table.get(m, ty.value())?,
                    None => None,
                }
            }
            Some(table) => {
                let found = m.get_item(table, ty.value());
                let key_error = m.exceptions.key_error;
                m.catch(found, key_error)?
            }
        };
        if let Some(reducer) = reducer {
            let reduced = m.call(reducer, &[v])?;
            return self.reduced(m, v, reduced);
        }
        if ty.is_subtype_of(m.types.type_) {
            return self.global(m, v, None);
        }
        let (reduce_ex, reduce) = (self.names(m).reduce_ex, m.names.reduce);
        let reduced = if let Some(f) = m.get_attr_opt(v, reduce_ex)? {
            m.call(f, &[Value::small(self.protocol)])?
        } else if let Some(f) = m.get_attr_opt(v, reduce)? {
            m.call(f, &[])?
        } else {
            let message = format!("can't pickle '{}' object: {}", ty.name_str(), super::shown(m, v)?);
            return Err(pickling_error(m, &message));
        };
        self.reduced(m, v, reduced)
    }

    /// Writes what a reduction gave.
    fn reduced(&mut self, m: &mut Machine, v: Value, reduced: Value) -> R<()> {
        if let Some(name) = reduced.downcast::<Str>() {
            return self.global(m, v, Some(name));
        }
        match reduced.downcast::<Tuple>() {
            Some(parts) => self.reduction(m, parts, v),
            None => Err(pickling_error(m, "__reduce__ must return a string or tuple")),
        }
    }

    /// Writes the name that the program knows an object by, if there is one.
    fn save_persistent(&mut self, m: &mut Machine, v: Value) -> R<bool> {
        let id = m.call(self.persistent_id, &[v])?;
        if id.is_none() {
            return Ok(false);
        }
        if self.bin {
            self.out.boundary(m)?;
            self.save_itself(m, id)?;
            self.out.byte(ops::BINPERSID);
            return Ok(true);
        }
        let text = m.to_str(id)?;
        if !text.is_ascii() {
            return Err(pickling_error(m, "persistent IDs in protocol 0 must be ASCII strings"));
        }
        self.out.byte(ops::PERSID);
        self.out.write(text.bytes());
        self.out.byte(b'\n');
        Ok(true)
    }

    #[inline]
    pub(super) fn is_known(&self, v: Value) -> bool {
        self.p.memo.borrow().get(v).is_some()
    }

    /// Writes a reference to an object that the memo has.
    pub(super) fn refer(&mut self, m: &mut Machine, v: Value) -> R<()> {
        let Some(number) = self.p.memo.borrow().get(v) else { return Err(m.key_error(v)) };
        if self.bin {
            self.out.short_or_long(ops::BINGET, ops::LONG_BINGET, number);
        } else {
            self.out.write(format!("g{number}\n").as_bytes());
        }
        Ok(())
    }

    /// Notes an object that was just written.
    pub(super) fn note(&mut self, v: Value) {
        if self.fast {
            return;
        }
        let mut memo = self.p.memo.borrow_mut();
        let number = memo.len();
        memo.set(v, number);
        drop(memo);
        if self.protocol >= 4 {
            self.out.byte(ops::MEMOIZE);
        } else if self.bin {
            self.out.short_or_long(ops::BINPUT, ops::LONG_BINPUT, number);
        } else {
            self.out.write(format!("p{number}\n").as_bytes());
        }
    }

    fn boolean(&mut self, truth: bool) {
        if self.protocol >= 2 {
            self.out.byte(if truth { ops::NEWTRUE } else { ops::NEWFALSE });
        } else {
            self.out.write(if truth { b"I01\n" } else { b"I00\n" });
        }
    }

    /// An integer of the word.
    fn word(&mut self, n: i64) {
        let Ok(n) = i32::try_from(n) else {
            if self.protocol >= 2 {
                let bytes = n.to_le_bytes();
                // The highest byte that is not only the sign of those below it.
                let sign = if n < 0 { 0xff } else { 0 };
                let mut len = 8;
                while len > 1 && bytes[len - 1] == sign && (bytes[len - 2] ^ sign) & 0x80 == 0 {
                    len -= 1;
                }
                self.out.write(&[ops::LONG1, len as u8]);
                self.out.write(&bytes[..len]);
            } else {
                self.out.write(format!("L{n}L\n").as_bytes());
            }
            return;
        };
        if !self.bin {
            return self.out.write(format!("I{n}\n").as_bytes());
        }
        let [a, b, c, d] = n.to_le_bytes();
        match n {
            0..=0xff => self.out.write(&[ops::BININT1, a]),
            0x100..=0xffff => self.out.write(&[ops::BININT2, a, b]),
            _ => self.out.write(&[ops::BININT, a, b, c, d]),
        }
    }

    fn big_int(&mut self, m: &mut Machine, v: Value) -> R<()> {
        if let Some(n) = m.int_as_i64(v) {
            self.word(n);
            return Ok(());
        }
        if self.protocol < 2 {
            let digits = m.repr(v)?;
            self.out.byte(ops::LONG);
            self.out.write(digits.bytes());
            self.out.write(b"L\n");
            return Ok(());
        }
        let bytes = m.int_to_bigint(v).unwrap_or_default().to_signed_bytes_le();
        if bytes.len() > i32::MAX as usize {
            return Err(m.overflow_error("int too large to pickle"));
        }
        self.out.short_or_long(ops::LONG1, ops::LONG4, bytes.len());
        self.out.write(&bytes);
        Ok(())
    }

    fn float(&mut self, m: &mut Machine, v: Value) -> R<()> {
        if self.bin {
            let f = m.float_value(v).unwrap_or_default();
            self.out.byte(ops::BINFLOAT);
            self.out.write(&f.to_be_bytes());
            return Ok(());
        }
        let digits = m.repr(v)?;
        self.out.byte(ops::FLOAT);
        self.out.write(digits.bytes());
        self.out.byte(b'\n');
        Ok(())
    }

    fn text(&mut self, m: &mut Machine, s: Gc<Str>) -> R<()> {
        // Lone surrogates are written as `surrogatepass` would, which is how they are kept.
        let bytes = s.as_static_bytes();
        if !self.bin {
            self.out.byte(ops::UNICODE);
            self.out.write(&raw_escaped(bytes));
            self.out.byte(b'\n');
        } else if let (Ok(len), true) = (u8::try_from(bytes.len()), self.protocol >= 4) {
            self.out.write(&[ops::SHORT_BINUNICODE, len]);
            self.out.write(bytes);
        } else {
            let [a, b, c, d] = (bytes.len() as u32).to_le_bytes();
            self.out.write_data(m, &[ops::BINUNICODE, a, b, c, d], bytes, Value::NULL)?;
        }
        self.note(s.value());
        Ok(())
    }

    fn bytes(&mut self, m: &mut Machine, bytes: Gc<Bytes>) -> R<()> {
        if self.protocol >= 3 {
            return self.bytes_data(m, bytes.value(), bytes.contents());
        }
        // Python 2 has no such opcode: its text, encoded again when it is read.
        let class = m.types.bytes.value();
        let (maker, args) = if bytes.contents().is_empty() {
            (class, m.empty_tuple)
        } else {
            let text = crate::text::codecs_8bit::decode_latin1(bytes.contents());
            let text = m.str_from_text(&text)?.value();
            let (module, name) = (m.import_name("_codecs")?, m.intern("encode"));
            let encode = m.get_attr(module, name)?;
            let latin = m.intern("latin1").value();
            (encode, m.new_tuple(&[text, latin]).value())
        };
        let parts = m.new_tuple(&[maker, args]);
        self.reduction(m, parts, bytes.value())
    }

    fn bytes_data(&mut self, m: &mut Machine, v: Value, data: &[u8]) -> R<()> {
        let len = (data.len() as u64).to_le_bytes();
        let (mut header, used) = (
            [ops::BINBYTES8; 9],
            if data.len() < 256 {
                2
            } else if data.len() >> 32 == 0 {
                5
            } else {
                9
            },
        );
        header[0] = [ops::SHORT_BINBYTES, ops::BINBYTES, ops::BINBYTES8][used / 4];
        header[1..used].copy_from_slice(&len[..used - 1]);
        self.out.write_data(m, &header[..used], data, v)?;
        self.note(v);
        Ok(())
    }

    fn bytearray(&mut self, m: &mut Machine, array: Gc<ByteArray>) -> R<()> {
        if self.protocol >= 5 {
            let data = array.contents().to_vec();
            return self.bytearray_data(m, array.value(), &data);
        }
        let class = m.types.bytearray.value();
        let args = if array.contents().is_empty() {
            m.empty_tuple
        } else {
            let bytes = m.new_bytes(array.contents())?.value();
            m.new_tuple(&[bytes]).value()
        };
        let parts = m.new_tuple(&[class, args]);
        self.reduction(m, parts, array.value())
    }

    fn bytearray_data(&mut self, m: &mut Machine, v: Value, data: &[u8]) -> R<()> {
        let mut header = [ops::BYTEARRAY8; 9];
        header[1..].copy_from_slice(&(data.len() as u64).to_le_bytes());
        self.out.write_data(m, &header, data, v)?;
        self.note(v);
        Ok(())
    }

    fn picklebuffer(&mut self, m: &mut Machine, v: Value, view: Value) -> R<()> {
        if self.protocol < 5 {
            return Err(pickling_error(m, "PickleBuffer can only be pickled with protocol >= 5"));
        }
        let Some(data) = m.bytes_like(view).map(<[u8]>::to_vec) else {
            return Err(pickling_error(m, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer"));
        };
        let name = m.intern("readonly");
        let readonly = m.get_attr(view, name)? == Value::TRUE;
        if let Some(callback) = self.p.buffer_callback.get().non_null() {
            let kept = m.call(callback, &[v])?;
            if !m.truthy(kept)? {
                self.out.byte(ops::NEXT_BUFFER);
                if readonly {
                    self.out.byte(ops::READONLY_BUFFER);
                }
                return Ok(());
            }
        }
        if readonly { self.bytes_data(m, v, &data) } else { self.bytearray_data(m, v, &data) }
    }
}

/// Text for protocol 0: Latin-1, with escapes for all else, and for what would end a line or begin an escape.
fn raw_escaped(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for c in crate::text::wtf8::code_points(text) {
        match c {
            0x1_0000.. => out.extend(format!("\\U{c:08x}").into_bytes()),
            0x100.. | 0x5c | 0 | 10 | 13 | 0x1a => out.extend(format!("\\u{c:04x}").into_bytes()),
            _ => out.push(c as u8),
        }
    }
    out
}
