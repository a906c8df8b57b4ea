//! Code objects of packed modules, in contrast to those the compiler has just made (`code.rs`): a function's has its head, so that the
//! function can be made, called and looked at; constants and instructions follow when it first runs, or somebody asks for them. Most
//! functions of an imported module never run.

use super::{Machine, R, Raised};
use crate::code::packed::{Constant, PackedModule, Reader};
use crate::code::{CodeObject, Form};
use crate::machine::frame::Frame;
use crate::object::buffer::ValueVec;
use crate::object::code::{Code, Origin};
use crate::object::header::Gc;
use crate::object::string::Str;
use crate::object::value::Value;
use crate::op::{Next, Slow};
use num_bigint::BigInt;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

/// A packed module, and what its names have become in this machine.
pub(crate) struct StoredModule {
    packed: PackedModule,
    /// Interned, hence alive as long as the machine.
    names: RefCell<Box<[Option<Gc<Str>>]>>,
    filename: Gc<Str>,
}

/// A code object's place in a packed module.
pub(crate) struct Stored {
    module: Rc<StoredModule>,
    number: u32,
    kinds: usize,
    body: usize,
    source: OnceCell<Arc<CodeObject>>,
}

impl Stored {
    pub(crate) fn source(&self) -> &Arc<CodeObject> {
        // What cannot be read was never written; there is no better answer than none.
        self.source.get_or_init(|| self.module.packed.code(self.number).unwrap_or_default())
    }

    pub(crate) fn kinds(&self, count: usize) -> &[u8] {
        self.module.packed.slice(self.kinds, count)
    }

    pub(crate) fn form(&self, fused: bool) -> Form<'_> {
        self.module.packed.body(self.body, fused).map_or_else(Form::default, |b| b.form)
    }
}

impl Machine {
    /// The code of a packed module.
    pub(super) fn new_stored_module(&mut self, packed: PackedModule) -> R<Gc<Code>> {
        let names = RefCell::new(vec![None; packed.text_count()].into());
        let filename = self.intern(packed.filename());
        self.new_stored_code(&Rc::new(StoredModule { packed, names, filename }), 0)
    }

    fn new_stored_code(&mut self, module: &Rc<StoredModule>, number: u32) -> R<Gc<Code>> {
        let Some(head) = module.packed.head(number, |text| self.stored_name(module, text)) else {
            return Err(self.damaged(module));
        };
        let (kinds, body) = (head.kinds, head.body);
        let origin = Origin::Stored(Stored { module: module.clone(), number, kinds, body, source: OnceCell::new() });
        let code = self.code_with_head(head, module.filename, origin);
        if !self.probe.is_null() {
            // What is watched runs as if it had been compiled: no instruction more.
            self.ready_code(code)?;
        } else if let Some(first) = module.packed.body(body, code.fused).and_then(|mut b| b.consts.constant())
            && let Constant::Str(_) | Constant::Name(_) = first
            && code.consts_len > 0
        {
            // A docstring, which is asked for when the function is made.
            let doc = self.stored_constant(module, first, &mut Reader::default())?;
            // SAFETY: there is a first constant behind the struct.
            unsafe { code.as_ptr().add(1).cast::<Value>().write(doc) };
        }
        Ok(code)
    }

    /// Makes sure that a code object has its constants and instructions.
    pub(crate) fn ready_code(&mut self, code: Gc<Code>) -> R<()> {
        match &code.origin {
            Origin::Stored(stored) if !code.is_ready() => self.make_ready(code, stored),
            _ => Ok(()),
        }
    }

    #[cold]
    fn make_ready(&mut self, code: Gc<Code>, stored: &Stored) -> R<()> {
        self.check_native_stack()?;
        self.heap.touch(code.value());
        let module = &stored.module;
        let Some(stored_body) = module.packed.body(stored.body, code.fused) else { return Err(self.damaged(module)) };
        let body = self.body_of(stored_body.form)?;
        let mut reader = stored_body.consts;
        for i in 0..code.consts_len {
            let Some(next) = reader.constant() else { return Err(self.damaged(module)) };
            if i == 0 && !code.consts()[0].is_null() {
                // The docstring is there.
                continue;
            }
            let v = self.stored_constant(module, next, &mut reader)?;
            // SAFETY: there is room for so many constants behind the struct, which was made with them.
            unsafe { code.as_ptr().add(1).cast::<Value>().add(i).write(v) };
        }
        self.set_body(code, body);
        Ok(())
    }

    fn stored_name(&mut self, module: &StoredModule, number: u32) -> Option<Gc<Str>> {
        let known = *module.names.borrow().get(number as usize)?;
        if known.is_some() {
            return known;
        }
        let name = self.intern_bytes(module.packed.text(number)?)?;
        module.names.borrow_mut()[number as usize] = Some(name);
        Some(name)
    }

    /// The value of a constant; the elements of a tuple or frozenset follow in `rest`.
    fn stored_constant(&mut self, module: &Rc<StoredModule>, constant: Constant<'_>, rest: &mut Reader<'_>) -> R<Value> {
        Ok(match constant {
            Constant::None => Value::NONE,
            Constant::Bool(b) => Value::from_bool(b),
            Constant::Ellipsis => Value::ELLIPSIS,
            Constant::Int(n) => self.new_int(n),
            Constant::Big(bytes) => self.int_from_bigint(BigInt::from_signed_bytes_le(bytes)),
            Constant::Float(f) => self.new_float(f),
            Constant::Complex(re, im) => self.new_complex(re, im),
            Constant::Str(n) => match module.packed.text(n) {
                Some(text) => self.new_str_wtf8(text)?.value(),
                None => return Err(self.damaged(module)),
            },
            Constant::Name(n) => match self.stored_name(module, n) {
                Some(name) => name.value(),
                None => return Err(self.damaged(module)),
            },
            Constant::Bytes(b) => self.new_bytes(b)?.value(),
            Constant::Tuple(n) => {
                let values = self.stored_constants(module, n, rest)?;
                self.new_tuple(&values).value()
            }
            Constant::FrozenSet(n, names) => {
                let values = self.stored_constants(module, n, rest)?;
                self.constant_set(&values, names)?.value()
            }
            Constant::Code(n) => self.new_stored_code(module, n)?.value(),
        })
    }

    fn stored_constants(&mut self, module: &Rc<StoredModule>, count: usize, rest: &mut Reader<'_>) -> R<ValueVec> {
        self.check_native_stack()?;
        let mut values = ValueVec::with_capacity(self, count);
        for _ in 0..count {
            let Some(next) = rest.constant() else { return Err(self.damaged(module)) };
            let v = self.stored_constant(module, next, rest)?;
            values.push(self, v);
        }
        Ok(values)
    }

    /// An entry that was whole cannot be read all the same.
    #[cold]
    fn damaged(&mut self, module: &StoredModule) -> Raised {
        self.system_error(&format!("damaged code of '{}' in the cache", module.packed.filename()))
    }
}

/// The instruction that stands for all those of code that is not ready: it makes it ready, and goes on at its first one.
pub(crate) fn start(s: &mut Slow<'_>) -> R<Next> {
    let frame = Frame::of_slow(s);
    // SAFETY: a live frame's code is alive.
    let code = unsafe { Gc::from_raw((*frame).code.cast_mut()) };
    s.m.ready_code(code)?;
    let ip = code.units.get();
    // SAFETY: the frame is live, and its code has a first unit.
    unsafe { (*frame).ip = ip.add(1) };
    Ok(Next::Jump(ip))
}
