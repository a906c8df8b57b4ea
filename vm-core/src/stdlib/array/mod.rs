//! `array`: arrays of numbers or characters. The memory is in `memory.rs`, operators in `operators.rs`, methods in `methods.rs`.

mod iterator;
mod memory;
mod methods;
mod operators;
mod reducing;

pub(crate) use memory::Array;

use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::list::List;
use crate::object::slots::Slots;
use crate::object::string::Str;
use crate::object::tuple::Tuple;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;
use crate::stdlib::native_struct::this;
use crate::text::wtf8::code_points;

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "array",
    functions: &[MethodDef::new("_array_reconstructor", Convention::Fast, reducing::reconstruct)],
    init: Some(|m, dict| {
        m.add_native_types(dict, &[&ARRAY]);
        let (codes, class) = (m.str_value(memory::CODES), m.native_type(&ARRAY).value());
        for (name, v) in [("typecodes", codes), ("ArrayType", class)] {
            let name = m.intern(name);
            dict.insert_str(m, name, v);
        }
        let abc = m.import_name("collections.abc");
        let class_error = m.exceptions.import_error;
        if let Some(abc) = m.catch(abc, class_error)? {
            let (name, register) = (m.intern("MutableSequence"), m.intern("register"));
            let sequence = m.get_attr(abc, name)?;
            m.call_method(sequence, register, &[class])?;
        }
        Ok(())
    }),
    doc: "This module defines an object type which can efficiently represent an array of basic values.",
};

/// `array.array`.
pub(crate) static ARRAY: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::HAS_WEAKREF | TypeFlags::SEQUENCE,
    slots: Slots {
        new: Some(new),
        repr: Some(operators::repr),
        getattro: Some(crate::object::attr::generic_get_attr),
        richcompare: Some(operators::compare),
        iter: Some(iterator::iterate),
        len: Some(|m, v| Ok(this::<Array>(m, v)?.len())),
        getitem: Some(operators::get_item),
        setitem: Some(operators::set_item),
        contains: Some(|m, v, wanted| Ok(methods::find(m, v, wanted, 0, i64::MAX)?.is_some())),
        concat: Some(operators::concat),
        repeat: Some(operators::repeat),
        iconcat: Some(operators::extend_in_place),
        irepeat: Some(operators::repeat_in_place),
        ..Slots::EMPTY
    },
    methods: methods::METHODS,
    getset: &[
        GetSetDef {
            name: "typecode",
            get: |m, v| {
                let code = this::<Array>(m, v)?.code;
                Ok(m.char_str(u32::from(code)).value())
            },
            set: None,
        },
        GetSetDef { name: "itemsize", get: |m, v| Ok(Value::small(this::<Array>(m, v)?.item_size() as i64)), set: None },
    ],
    doc: "array(typecode [, initializer]) -> array\n\nAn array of items of the type that the type code names.",
    ..TypeSpec::new("array.array", Array::LAYOUT)
};

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.native_type(&ARRAY);
    m.refuse_keywords(class, base, "array.array", args)?;
    let pos = args.pos();
    if pos.is_empty() || pos.len() > 2 {
        let (n, bound) = (pos.len(), if pos.is_empty() { "at least 1 argument" } else { "at most 2 arguments" });
        return Err(m.type_error(&format!("array() takes {bound} ({n} given)")));
    }
    let Some(code) = pos[0].downcast::<Str>() else {
        let got = m.type_name(pos[0]);
        return Err(m.type_error(&format!("array() argument 1 must be a unicode character, not {got}")));
    };
    if code.char_len() != 1 {
        return Err(m.type_error("array() argument 1 must be a unicode character, not str"));
    }
    let name = code.to_string_lossy().into_owned();
    let code = code.bytes()[0];
    let initial = pos.get(1).copied().unwrap_or(Value::NULL);
    let text = initial.downcast::<Str>();
    let array = initial.downcast::<Array>();
    if !memory::is_text(code) {
        if text.is_some() {
            return Err(m.type_error(&format!("cannot use a str to initialize an array with typecode '{name}'")));
        }
        if array.is_some_and(|a| memory::is_text(a.code)) {
            return Err(m.type_error(&format!("cannot use a unicode array to initialize an array with typecode '{name}'")));
        }
    }
    let known = memory::CODES.contains(&*name);
    let plain = initial.is_null()
        || initial.downcast::<List>().is_some()
        || initial.downcast::<Tuple>().is_some()
        || initial.downcast::<crate::object::bytes::Bytes>().is_some()
        || initial.downcast::<crate::object::bytearray_type::ByteArray>().is_some()
        || (memory::is_text(code) && text.is_some())
        || array.is_some_and(|a| a.code == code);
    let iter = if plain { Value::NULL } else { m.iter(initial)? };
    if !known {
        return Err(m.value_error("bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"));
    }
    let made = m.new_array(class, code, Vec::new());
    if !iter.is_null() {
        while let Some(item) = m.next(iter)? {
            made.push(m, item)?;
        }
    } else if let Some(from) = array {
        made.data.resizable(m)?.extend_from_slice(from.bytes());
    } else if let Some(text) = text {
        methods::add_text(m, made, text)?;
    } else if let Some(bytes) = m.bytes_like(initial).filter(|_| !initial.is_null()) {
        methods::add_bytes(m, made, bytes)?;
    } else if !initial.is_null() {
        let size = m.len(initial)? * made.item_size();
        made.data.resizable(m)?.reserve(size);
        let mut i = 0;
        while let Some(item) = item_of(initial, i) {
            made.push(m, item)?;
            i += 1;
        }
    }
    Ok(made.value())
}

/// Item `i` of a list or tuple.
fn item_of(v: Value, i: usize) -> Option<Value> {
    match v.downcast::<List>() {
        Some(list) => list.get(i),
        None => v.downcast::<Tuple>()?.slice().get(i).copied(),
    }
}

/// Code points of a string.
fn points(s: Gc<Str>) -> impl Iterator<Item = u32> {
    code_points(s.as_static_str().as_bytes())
}
