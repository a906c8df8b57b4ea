//! `memo` of picklers and unpicklers: a view, of which a dict can be made and which can be set from one.

use super::pickler::{self, Pickler};
use super::unpickler::{self, Unpickler};
use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, TypeSpec};
use crate::object::dict::Dict;
use crate::object::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use crate::object::object_type::address;
use crate::object::tuple::Tuple;
use crate::object::typeobj::TypeFlags;
use crate::object::value::Value;

/// A view of the memo of what it names.
#[repr(C)]
struct Proxy {
    header: Header,
    of: Value,
}

// SAFETY: repr(C), header first; traces its reference.
unsafe impl Payload for Proxy {
    const LAYOUT: &'static Layout = &layout_of::<Proxy>(LayoutId::PickleMemo);
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.of);
    }
}

fn of(v: Value) -> Value {
    // SAFETY: methods of a type are called with its instances only.
    unsafe { v.cast::<Proxy>() }.of
}

static PICKLER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("clear", Convention::NoArgs, |_, v, _| {
            pickler::this(of(v)).memo.borrow_mut().clear();
            Ok(Value::NONE)
        }),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| Ok(copy_of_pickler(m, pickler::this(of(v)))?.value())),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let dict = copy_of_pickler(m, pickler::this(of(v)))?;
            Ok(reduced(m, dict))
        }),
    ],
    ..TypeSpec::new("_pickle.PicklerMemoProxy", Proxy::LAYOUT)
};

static UNPICKLER: TypeSpec = TypeSpec {
    flags: TypeFlags::DISALLOW_INSTANTIATION,
    methods: &[
        MethodDef::new("clear", Convention::NoArgs, |_, v, _| {
            unpickler::this(of(v)).memo.borrow_mut().clear();
            Ok(Value::NONE)
        }),
        MethodDef::new("copy", Convention::NoArgs, |m, v, _| Ok(copy_of_unpickler(m, unpickler::this(of(v)))?.value())),
        MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
            let dict = copy_of_unpickler(m, unpickler::this(of(v)))?;
            Ok(reduced(m, dict))
        }),
    ],
    ..TypeSpec::new("_pickle.UnpicklerMemoProxy", Proxy::LAYOUT)
};

fn proxy(m: &mut Machine, spec: &'static TypeSpec, of: Value) -> Value {
    let header = Header::new(m.native_type(spec));
    m.new_object(Proxy { header, of }).value()
}

pub(super) fn of_pickler(m: &mut Machine, p: Gc<Pickler>) -> Value {
    proxy(m, &PICKLER, p.value())
}

pub(super) fn of_unpickler(m: &mut Machine, u: Gc<Unpickler>) -> Value {
    proxy(m, &UNPICKLER, u.value())
}

fn reduced(m: &mut Machine, dict: Gc<Dict>) -> Value {
    let args = m.new_tuple(&[dict.value()]).value();
    let class = m.types.dict.value();
    m.new_tuple(&[class, args]).value()
}

fn copy_of_pickler(m: &mut Machine, p: Gc<Pickler>) -> R<Gc<Dict>> {
    let dict = m.new_dict();
    // The memo itself keeps the objects alive.
    let objects = p.memo.borrow().objects();
    for (v, number) in objects {
        let item = m.new_tuple(&[Value::small(number as i64), v]).value();
        let key = m.int_from_usize(address(v));
        dict.insert(m, key, item)?;
    }
    Ok(dict)
}

fn copy_of_unpickler(m: &mut Machine, u: Gc<Unpickler>) -> R<Gc<Dict>> {
    let dict = m.new_dict();
    let objects = u.memo.borrow().objects();
    for (number, v) in objects {
        dict.insert(m, Value::small(number as i64), v)?;
    }
    Ok(dict)
}

fn refused(m: &mut Machine, kind: &str, v: Value) -> crate::machine::Raised {
    let name = m.type_name(v);
    m.type_error(&format!("'memo' attribute must be an {kind}MemoProxy object or dict, not {name}"))
}

pub(super) fn set_of_pickler(m: &mut Machine, v: Value, to: Value) -> R<()> {
    let p = pickler::this(v);
    if to.is_null() {
        return Err(m.type_error("attribute deletion is not supported"));
    }
    let mut found = Vec::new();
    if m.type_of(to) == m.native_type(&PICKLER) {
        found = pickler::this(of(to)).memo.borrow().objects();
    } else if let Some(dict) = to.downcast::<Dict>() {
        for (_, item) in dict.iter() {
            match item.downcast::<Tuple>().map(Gc::slice) {
                Some(&[number, object]) if number.is_int() => found.push((object, number.as_int() as usize)),
                _ => return Err(m.type_error("'memo' values must be 2-item tuples")),
            }
        }
    } else {
        let name = m.type_name(to);
        return Err(m.type_error(&format!("'memo' attribute must be a PicklerMemoProxy object or dict, not {name}")));
    }
    let mut memo = p.memo.borrow_mut();
    memo.clear();
    found.into_iter().for_each(|(object, number)| memo.set(object, number));
    Ok(())
}

pub(super) fn set_of_unpickler(m: &mut Machine, v: Value, to: Value) -> R<()> {
    let u = unpickler::this(v);
    if to.is_null() {
        return Err(m.type_error("attribute deletion is not supported"));
    }
    let mut found = Vec::new();
    if m.type_of(to) == m.native_type(&UNPICKLER) {
        found = unpickler::this(of(to)).memo.borrow().objects();
    } else if let Some(dict) = to.downcast::<Dict>() {
        for (key, object) in dict.iter() {
            if !key.is_int() {
                return Err(m.type_error("memo key must be integers"));
            }
            match usize::try_from(key.as_int()) {
                Ok(number) => found.push((number, object)),
                Err(_) => return Err(m.value_error("memo key must be positive integers.")),
            }
        }
    } else {
        return Err(refused(m, "Unpickler", to));
    }
    let mut memo = u.memo.borrow_mut();
    memo.clear();
    found.into_iter().for_each(|(number, object)| memo.set(number, object));
    Ok(())
}
