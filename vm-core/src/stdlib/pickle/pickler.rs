//! `Pickler`: its attributes and the memo. What `dump` writes is decided in `save.rs` and its siblings.

use super::memo_proxy;
use super::output::Output;
use super::save::Saver;
use super::{ops, pickling_error};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::slots::Slots;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use std::cell::{Cell, RefCell};

const HIGHEST_PROTOCOL: i64 = 5;
const DEFAULT_PROTOCOL: i64 = 4;

/// Objects that were written, and their numbers: looked up by identity in an open table, as often as anything is written.
#[derive(Default)]
pub(super) struct Memo {
    /// One more than a place among the objects, or 0; their number is a power of two, and at least half of them are 0.
    slots: Vec<u32>,
    objects: Vec<(Value, usize)>,
}

impl Memo {
    /// The slot with an object, or that it belongs into; there are slots.
    #[inline]
    fn slot_of(&self, v: Value) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = (v.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while let Some(place) = self.slots[i].checked_sub(1)
            && !self.objects[place as usize].0.is(v)
        {
            i = (i + 1) & mask;
        }
        i
    }

    #[inline]
    pub(super) fn get(&self, v: Value) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let place = self.slots[self.slot_of(v)].checked_sub(1)?;
        Some(self.objects[place as usize].1)
    }

    pub(super) fn len(&self) -> usize {
        self.objects.len()
    }

    pub(super) fn set(&mut self, v: Value, number: usize) {
        if (self.objects.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot_of(v);
        match self.slots[slot].checked_sub(1) {
            Some(place) => self.objects[place as usize].1 = number,
            None => {
                self.objects.push((v, number));
                self.slots[slot] = self.objects.len() as u32;
            }
        }
    }

    #[cold]
    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 4).max(64)];
        for place in 0..self.objects.len() {
            let slot = self.slot_of(self.objects[place].0);
            self.slots[slot] = place as u32 + 1;
        }
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.objects.clear();
    }

    pub(super) fn objects(&self) -> Vec<(Value, usize)> {
        self.objects.clone()
    }
}

/// A `Pickler`.
#[repr(C)]
pub(super) struct Pickler {
    header: Header,
    /// The file's method; `NULL` without a file.
    pub(super) write: Cell<Value>,
    pub(super) memo: RefCell<Memo>,
    pub(super) protocol: Cell<i64>,
    pub(super) bin: Cell<bool>,
    pub(super) fast: Cell<bool>,
    pub(super) fix_imports: Cell<bool>,
    /// Functions and a table that the program gave; `NULL` where it did not.
    pub(super) buffer_callback: Cell<Value>,
    pub(super) dispatch_table: Cell<Value>,
    persistent_id: Cell<Value>,
}

// SAFETY: repr(C), header first; traces its references.
unsafe impl Payload for Pickler {
    const LAYOUT: &'static Layout = &layout_of::<Pickler>(LayoutId::Pickler);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_all(&[self.write.get(), self.buffer_callback.get(), self.dispatch_table.get(), self.persistent_id.get()]);
        self.memo.borrow().objects.iter().for_each(|&(v, _)| m.mark(v));
    }
}

/// `_pickle.Pickler`.
pub(super) static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(|m, ty, _| Ok(empty(m, ty).value())), init: Some(init), ..Slots::EMPTY },
    methods: &[
        MethodDef::new("dump", Convention::CLASS_KEYWORDS, |m, v, args| {
            let spec = BindSpec { positional_only: 1, required: 1, max_positional: 1 };
            let [value] = args.bind(m, "dump", [""], spec)?;
            let p = this(v);
            if p.write.get().is_null() {
                let name = m.type_name(v);
                return Err(pickling_error(m, &format!("Pickler.__init__() was not called by {name}.__init__()")));
            }
            dump(m, p, value)?;
            Ok(Value::NONE)
        }),
        MethodDef::new("clear_memo", Convention::NoArgs, |_, v, _| {
            this(v).memo.borrow_mut().clear();
            Ok(Value::NONE)
        }),
        MethodDef::new("__sizeof__", Convention::NoArgs, |m, v, _| Ok(m.int_from_usize(192 + 24 * this(v).memo.borrow().objects.len()))),
    ],
    getset: &[
        GetSetDef {
            name: "bin",
            get: |_, v| Ok(Value::small(i64::from(this(v).bin.get()))),
            set: Some(|m, v, to| flag(m, to).map(|b| this(v).bin.set(b))),
        },
        GetSetDef {
            name: "fast",
            get: |_, v| Ok(Value::small(i64::from(this(v).fast.get()))),
            set: Some(|m, v, to| flag(m, to).map(|b| this(v).fast.set(b))),
        },
        GetSetDef {
            name: "dispatch_table",
            get: |m, v| m.attribute_if_set(v, this(v).dispatch_table.get(), "dispatch_table"),
            set: Some(|_, v, to| {
                this(v).dispatch_table.set(to);
                Ok(())
            }),
        },
        GetSetDef {
            name: "persistent_id",
            get: |m, v| m.attribute_if_set(v, this(v).persistent_id.get(), "persistent_id"),
            set: Some(|m, v, to| {
                m.check_hook(to, "persistent_id must be a callable taking one argument")?;
                this(v).persistent_id.set(to);
                Ok(())
            }),
        },
        GetSetDef { name: "memo", get: |m, v| Ok(memo_proxy::of_pickler(m, this(v))), set: Some(memo_proxy::set_of_pickler) },
    ],
    doc: "This takes a binary file for writing a pickle data stream.",
    ..TypeSpec::new("_pickle.Pickler", Pickler::LAYOUT)
};

pub(super) fn this(v: Value) -> Gc<Pickler> {
    // SAFETY: methods and attributes of a type are called with its instances only.
    unsafe { v.cast() }
}

fn flag(m: &mut Machine, v: Value) -> R<bool> {
    if v.is_null() {
        return Err(m.type_error("can't delete numeric/char attribute"));
    }
    Ok(m.index_argument(v)? != 0)
}

impl Machine {
    /// What a hook's attribute shows.
    pub(super) fn attribute_if_set(&mut self, object: Value, value: Value, name: &str) -> R<Value> {
        if value.is_null() {
            let class = self.type_name(object);
            return Err(self.attribute_error(&format!("'{class}' object has no attribute '{name}'")));
        }
        Ok(value)
    }

    /// Whether a hook can be set to that.
    pub(super) fn check_hook(&mut self, value: Value, message: &str) -> R<()> {
        if value.is_null() {
            return Err(self.type_error("attribute deletion is not supported"));
        }
        if self.type_of(value).slot(|s| s.call).is_none() {
            return Err(self.type_error(message));
        }
        Ok(())
    }
}

fn empty(m: &mut Machine, ty: Gc<Type>) -> Gc<Pickler> {
    m.new_object(Pickler {
        header: Header::new(ty),
        write: Cell::new(Value::NULL),
        memo: RefCell::default(),
        protocol: Cell::new(0),
        bin: Cell::new(false),
        fast: Cell::new(false),
        fix_imports: Cell::new(false),
        buffer_callback: Cell::new(Value::NULL),
        dispatch_table: Cell::new(Value::NULL),
        persistent_id: Cell::new(Value::NULL),
    })
}

/// A pickler without a file.
pub(super) fn make(m: &mut Machine, protocol: Value, fix_imports: Value, callback: Value) -> R<Gc<Pickler>> {
    let ty = m.native_type(&SPEC);
    let p = empty(m, ty);
    set_protocol(m, p, protocol, fix_imports)?;
    set_callback(m, p, callback)?;
    Ok(p)
}

fn set_protocol(m: &mut Machine, p: Gc<Pickler>, protocol: Value, fix_imports: Value) -> R<()> {
    let fix_imports = m.flag_argument(fix_imports, true)?;
    let protocol = if protocol.is_null() || protocol.is_none() {
        DEFAULT_PROTOCOL
    } else {
        match m.index_i64(protocol)? {
            ..0 => HIGHEST_PROTOCOL,
            n @ 0..=HIGHEST_PROTOCOL => n,
            _ => return Err(m.value_error(&format!("pickle protocol must be <= {HIGHEST_PROTOCOL}"))),
        }
    };
    p.protocol.set(protocol);
    p.bin.set(protocol > 0);
    p.fix_imports.set(fix_imports && protocol < 3);
    Ok(())
}

pub(super) fn set_file(m: &mut Machine, p: Gc<Pickler>, file: Value) -> R<()> {
    let name = m.intern("write");
    match m.get_attr_opt(file, name)? {
        Some(write) => {
            p.write.set(write);
            Ok(())
        }
        None => Err(m.type_error("file must have a 'write' attribute")),
    }
}

fn set_callback(m: &mut Machine, p: Gc<Pickler>, callback: Value) -> R<()> {
    let callback = callback.non_null().filter(|c| !c.is_none()).unwrap_or(Value::NULL);
    if !callback.is_null() && p.protocol.get() < 5 {
        return Err(m.value_error("buffer_callback needs protocol >= 5"));
    }
    p.buffer_callback.set(callback);
    Ok(())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let spec = BindSpec { positional_only: 0, required: 1, max_positional: 4 };
    let [file, protocol, fix_imports, callback] = args.bind(m, "Pickler", ["file", "protocol", "fix_imports", "buffer_callback"], spec)?;
    let p = this(v);
    p.write.set(Value::NULL);
    set_protocol(m, p, protocol, fix_imports)?;
    set_file(m, p, file)?;
    set_callback(m, p, callback)?;
    p.memo.borrow_mut().clear();
    p.fast.set(false);
    p.dispatch_table.set(Value::NULL);
    let name = m.intern("dispatch_table");
    if let Some(table) = m.get_attr_opt(v, name)? {
        p.dispatch_table.set(table);
    }
    Ok(())
}

/// Writes a pickle of the object to the pickler's file.
pub(super) fn dump(m: &mut Machine, p: Gc<Pickler>, value: Value) -> R<()> {
    let mut saver = Saver::new(m, p, Output::new(p.write.get()))?;
    saver.dump(m, value)?;
    saver.out.flush(m)
}

/// The bytes of a pickle.
pub(super) fn save(m: &mut Machine, p: Gc<Pickler>, value: Value, out: Output) -> R<Vec<u8>> {
    let mut saver = Saver::new(m, p, out)?;
    saver.dump(m, value)?;
    Ok(saver.out.into_bytes())
}

impl Saver {
    /// Writes a whole pickle.
    fn dump(&mut self, m: &mut Machine, value: Value) -> R<()> {
        if self.protocol >= 2 {
            self.out.write(&[ops::PROTO, self.protocol as u8]);
            self.out.framing = self.protocol >= 4;
        }
        self.save(m, value)?;
        self.out.byte(ops::STOP);
        self.out.commit_frame();
        Ok(())
    }
}
