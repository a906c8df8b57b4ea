//! Local variables as mappings: `locals()`, `vars()`, and the `f_locals` of a frame.
//!
//! `locals()` in a function gives a fresh dict, while `f_locals` gives a proxy through which the variables themselves are read and
//! written (PEP 667). Module and class bodies have a namespace, which is given as it is.

use super::dict::Dict;
use super::frame_object::FrameObject;
use super::function::CellObj;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::list::List;
use super::slots::{Compare, Slots};
use super::string::Str;
use super::typeobj::TypeFlags;
use super::value::Value;
use crate::code::LocalKind;
use crate::heap::Marker;
use crate::machine::frame::Frame;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, MethodDef, TypeSpec};

/// A `FrameLocalsProxy`.
#[repr(C)]
pub struct FrameLocals {
    /// Its type.
    pub header: Header,
    /// Whose variables it shows.
    pub frame: Gc<FrameObject>,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for FrameLocals {
    const LAYOUT: &'static Layout = &layout_of::<FrameLocals>(LayoutId::Other);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.frame);
    }
}

impl FrameObject {
    /// Names and values of the variables that are bound.
    fn bound(&self) -> Vec<(Gc<Str>, usize)> {
        (0..self.code.nlocalsplus as usize).filter(|&i| !self.read(i).is_null()).map(|i| (self.code.localsplus_names[i], i)).collect()
    }

    /// The cell of variable `i`, if it is kept in one.
    fn cell(&self, i: usize) -> Option<Gc<CellObj>> {
        if self.code.kinds()[i] & (LocalKind::CELL | LocalKind::FREE) == 0 {
            return None;
        }
        // SAFETY: below nlocalsplus.
        unsafe { *self.variable(i) }.downcast()
    }

    /// Variable `i`, `NULL` if it is unbound.
    fn read(&self, i: usize) -> Value {
        match self.cell(i) {
            Some(cell) => cell.contents.get(),
            // SAFETY: below nlocalsplus.
            None => unsafe { *self.variable(i) },
        }
    }

    fn write(&self, i: usize, value: Value) {
        match self.cell(i) {
            Some(cell) => cell.contents.set(value),
            // SAFETY: below nlocalsplus.
            None => unsafe { *self.variable(i) = value },
        }
    }

    /// The variable of that name: a bound one first.
    fn index_of(&self, name: Gc<Str>) -> Option<usize> {
        let named = |i: &usize| self.code.localsplus_names[*i].bytes() == name.bytes();
        let all = 0..self.code.nlocalsplus as usize;
        all.clone().filter(named).find(|&i| !self.read(i).is_null()).or_else(|| all.clone().find(named))
    }

    /// Variables that the code does not have.
    fn extras(&self) -> Option<Gc<Dict>> {
        self.extra.get().downcast()
    }

    /// A variable's value by name, for `repr` of suggestions and tracebacks: nothing runs.
    #[must_use]
    pub fn local(&self, m: &Machine, name: &str) -> Option<Value> {
        if let Some(mapping) = self.mapping.downcast::<Dict>() {
            let key = *m.interned.get(name.as_bytes())?;
            return mapping.get_str(m, key);
        }
        self.bound().into_iter().find(|(n, _)| n.bytes() == name.as_bytes()).map(|(_, i)| self.read(i))
    }

    /// Names of the variables that are bound.
    #[must_use]
    pub fn local_names(&self) -> Vec<String> {
        if let Some(mapping) = self.mapping.downcast::<Dict>() {
            return mapping.iter().filter_map(|(k, _)| k.downcast::<Str>()).map(|s| s.to_string_lossy().into_owned()).collect();
        }
        self.bound().into_iter().map(|(n, _)| n.to_string_lossy().into_owned()).collect()
    }
}

impl Machine {
    /// `f_locals`.
    pub fn frame_locals(&mut self, frame: Gc<FrameObject>) -> R<Value> {
        if !frame.mapping.is_null() && !has_hidden(frame) {
            return Ok(frame.mapping);
        }
        let header = Header::new(self.types.frame_locals);
        Ok(self.new_object(FrameLocals { header, frame }).value())
    }

    /// `locals()` of the running frame: its namespace, or a fresh dict of a function's variables.
    pub fn current_locals(&mut self) -> R<Value> {
        if self.fp.is_null() {
            return Err(self.system_error("frame does not exist"));
        }
        // SAFETY: the running frame is live.
        let mapping = unsafe { (*Frame::of(self.fp)).namespace() };
        // SAFETY: as above.
        let frame = unsafe { self.frame_object(Frame::of(self.fp)) };
        if !mapping.is_null() && !has_hidden(frame) {
            return Ok(mapping);
        }
        Ok(self.snapshot(frame).value())
    }

    /// A dict of the variables of a frame.
    fn snapshot(&mut self, frame: Gc<FrameObject>) -> Gc<Dict> {
        let dict = self.new_dict();
        for (name, i) in frame.bound() {
            dict.insert_str(self, name, frame.read(i));
        }
        if let Some(extra) = frame.extras() {
            for (key, value) in extra.iter().collect::<Vec<_>>() {
                if let Some(key) = key.downcast::<Str>() {
                    dict.insert_str(self, key, value);
                }
            }
        }
        dict
    }
}

/// Whether a comprehension inlined in a module or class body is running.
fn has_hidden(frame: Gc<FrameObject>) -> bool {
    let kinds = frame.code.kinds();
    (0..frame.code.nlocalsplus as usize).any(|i| kinds[i] & LocalKind::HIDDEN != 0 && !frame.read(i).is_null())
}

/// `FrameLocalsProxy`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::MAPPING,
    slots: Slots {
        repr: Some(repr),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let keys = keys(m, v);
            m.iter(keys.value())
        }),
        len: Some(|m, v| Ok(keys(m, v).len())),
        getitem: Some(getitem),
        setitem: Some(setitem),
        contains: Some(|m, v, key| Ok(find(m, v, key)?.is_some())),
        or: Some(|m, a, b| {
            let (a, b) = (plain(m, a), plain(m, b));
            m.binary(super::protocol::BinaryOp::Or, a, b)
        }),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__contains__", Convention::O, |m, v, args| Ok(Value::from_bool(find(m, v, args.pos()[0])?.is_some()))),
        MethodDef::new("get", Convention::Fast, |m, v, args| {
            let args = args.between(m, "get", 1, 2)?;
            let found = find(m, v, args[0])?;
            Ok(found.unwrap_or_else(|| args.get(1).copied().unwrap_or(Value::NONE)))
        }),
        MethodDef::new("keys", Convention::NoArgs, |m, v, _| Ok(keys(m, v).value())),
        MethodDef::new("values", Convention::NoArgs, |m, v, _| {
            let dict = snapshot_of(m, v);
            let values: Vec<Value> = dict.iter().map(|(_, v)| v).collect();
            Ok(m.new_list(&values).value())
        }),
        MethodDef::new("items", Convention::NoArgs, |m, v, _| {
            let dict = snapshot_of(m, v);
            let list = m.new_list(&[]);
            let mut at = 0;
            while let Some((next, entry)) = dict.next_entry(at) {
                at = next + 1;
                let pair = m.new_tuple(&[entry.key, entry.value]).value();
                list.push(m, pair);
            }
            Ok(list.value())
        }),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| Ok(snapshot_of(m, v).value())),
        MethodDef::new("update", Convention::O, update),
        MethodDef::new("setdefault", Convention::Fast, |m, v, args| {
            let args = args.between(m, "setdefault", 1, 2)?;
            if let Some(found) = find(m, v, args[0])? {
                return Ok(found);
            }
            let default = args.get(1).copied().unwrap_or(Value::NONE);
            setitem(m, v, args[0], default)?;
            Ok(default)
        }),
        MethodDef::new("__reversed__", Convention::NoArgs, |m, v, _| {
            let keys = keys(m, v);
            keys.items_mut().reverse();
            m.iter(keys.value())
        }),
    ],
    ..TypeSpec::new("FrameLocalsProxy", FrameLocals::LAYOUT)
};

fn frame_of(v: Value) -> Gc<FrameObject> {
    // SAFETY: slots and methods of a type are called with its instances only.
    unsafe { v.cast::<FrameLocals>() }.frame
}

fn snapshot_of(m: &mut Machine, v: Value) -> Gc<Dict> {
    m.snapshot(frame_of(v))
}

/// A proxy as a dict; anything else as it is.
fn plain(m: &mut Machine, v: Value) -> Value {
    if m.type_of(v) == m.types.frame_locals { snapshot_of(m, v).value() } else { v }
}

fn keys(m: &mut Machine, v: Value) -> Gc<List> {
    let dict = snapshot_of(m, v);
    let keys: Vec<Value> = dict.iter().map(|(k, _)| k).collect();
    m.new_list(&keys)
}

fn find(m: &mut Machine, v: Value, key: Value) -> R<Option<Value>> {
    let frame = frame_of(v);
    if let Some(name) = key.downcast::<Str>()
        && let Some(i) = frame.index_of(name)
    {
        return Ok(frame.read(i).non_null());
    }
    match frame.extras() {
        Some(extra) => extra.get(m, key),
        None => Ok(None),
    }
}

fn getitem(m: &mut Machine, v: Value, key: Value) -> R<Value> {
    match find(m, v, key)? {
        Some(value) => Ok(value),
        None => {
            let shown = m.repr(key)?.to_string_lossy().into_owned();
            let class = m.exceptions.key_error;
            // The doubled quotes are 3.13.0's.
            Err(m.raise_message(class, &format!("local variable '{shown}' is not defined")))
        }
    }
}

fn setitem(m: &mut Machine, v: Value, key: Value, value: Value) -> R<()> {
    let frame = frame_of(v);
    if value.is_null() {
        return Err(m.type_error("cannot remove variables from FrameLocalsProxy"));
    }
    let known = key.downcast::<Str>().and_then(|name| frame.index_of(name));
    if let Some(i) = known {
        frame.write(i, value);
        return Ok(());
    }
    let extra = match frame.extras() {
        Some(extra) => extra,
        None => {
            let dict = m.new_dict();
            frame.extra.set(dict.value());
            dict
        }
    };
    extra.insert(m, key, value)
}

fn update(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let dict = m.new_dict();
    let source = plain(m, args.pos()[0]);
    dict.update(m, source)?;
    let mut at = 0;
    while let Some((next, entry)) = dict.next_entry(at) {
        at = next + 1;
        setitem(m, v, entry.key, entry.value)?;
    }
    Ok(Value::NONE)
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    if !matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if m.type_of(b) == m.types.frame_locals {
        let same = frame_of(a) == frame_of(b);
        return Ok(Value::from_bool(same == (op == Compare::Eq)));
    }
    if b.downcast::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let a = snapshot_of(m, a).value();
    m.compare(a, b, op)
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    if !m.repr_enter(v) {
        return Ok(m.str_value("{...}"));
    }
    let dict = snapshot_of(m, v).value();
    let shown = m.repr(dict);
    m.repr_leave();
    Ok(shown?.value())
}
