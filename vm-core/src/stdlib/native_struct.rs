//! Structs of the types that native modules have: one macro declares the struct and derives what the collector needs from its fields,
//! so that none is forgotten.

use crate::heap::Marker;
use crate::machine::{Machine, R};
use crate::native::GetSetDef;
use crate::object::header::Gc;
use crate::object::object_type::DICT_CONST;
use crate::object::tuple::Tuple;
use crate::object::value::Value;
use std::cell::Cell;

/// What marking a field means.
pub(crate) trait Traced {
    /// Marks what the field refers to.
    fn trace(&self, m: &mut Marker<'_>);
}

impl Traced for Value {
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(*self);
    }
}

impl Traced for Cell<Value> {
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark(self.get());
    }
}

impl<T> Traced for Gc<T> {
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(*self);
    }
}

impl<T> Traced for Cell<Gc<T>> {
    fn trace(&self, m: &mut Marker<'_>) {
        m.mark_gc(self.get());
    }
}

impl<T> Traced for Cell<Option<Gc<T>>> {
    fn trace(&self, m: &mut Marker<'_>) {
        if let Some(object) = self.get() {
            m.mark_gc(object);
        }
    }
}

macro_rules! untraced {
    ($($ty:ty)*) => {
        $(impl Traced for $ty {
            fn trace(&self, _: &mut Marker<'_>) {}
        }
        impl Traced for Cell<$ty> {
            fn trace(&self, _: &mut Marker<'_>) {}
        })*
    };
}

untraced! { bool u8 u32 i64 u64 usize }

/// Declares an object's struct after its `LayoutId`, with a header before the fields.
macro_rules! native_struct {
    ($(#[$doc:meta])* struct $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* }) => {
        $(#[$doc])*
        #[repr(C)]
        pub(crate) struct $name {
            /// Its type.
            pub(crate) header: $crate::object::header::Header,
            $($(#[$field_doc])* pub(crate) $field: $ty,)*
        }

        // SAFETY: repr(C), header first; every field is traced.
        unsafe impl $crate::object::header::Payload for $name {
            const LAYOUT: &'static $crate::object::header::Layout =
                &$crate::object::header::layout_of::<$name>($crate::object::header::LayoutId::$name);
            fn trace(&self, m: &mut $crate::heap::Marker<'_>) {
                let _ = &m;
                $($crate::stdlib::native_struct::Traced::trace(&self.$field, m);)*
            }
        }
    };
}
pub(crate) use native_struct;

/// The object a slot or method was called on.
pub(crate) use crate::object::iterators::as_iterator as this;

/// `PyNumber_AsSsize_t`: any integer of 64 bits, or `OverflowError`.
pub(crate) fn ssize(m: &mut Machine, v: Value) -> R<i64> {
    if v.is_int() {
        return Ok(v.as_int());
    }
    let n = m.index(v)?;
    match m.int_as_i64(n) {
        Some(i) => Ok(i),
        None => Err(m.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// The items of the tuple that `__setstate__` was given, which must be `min` to `max` many.
pub(crate) fn state_items<'a>(m: &mut Machine, state: Value, min: usize, max: usize) -> R<&'a [Value]> {
    let Some(items) = state.downcast::<Tuple>().map(Gc::slice) else {
        return Err(m.type_error("state is not a tuple"));
    };
    if items.len() < min || items.len() > max {
        let n = items.len();
        let (bound, limit) = match (min == max, n < min) {
            (true, _) => ("exactly", min),
            (false, true) => ("at least", min),
            (false, false) => ("at most", max),
        };
        let s = if limit == 1 { "" } else { "s" };
        return Err(m.type_error(&format!("function takes {bound} {limit} argument{s} ({n} given)")));
    }
    Ok(items)
}

/// An empty cell.
pub(crate) fn null() -> Cell<Value> {
    Cell::new(Value::NULL)
}

/// The setter of attributes that CPython makes read-only members.
pub(crate) fn read_only(m: &mut Machine, _: Value, _: Value) -> R<()> {
    Err(m.attribute_error("readonly attribute"))
}

/// `__dict__` of native types whose instances always have one.
pub(crate) const DICT: GetSetDef = GetSetDef {
    name: "__dict__",
    get: DICT_CONST.get,
    set: Some(|m, v, dict| match DICT_CONST.set {
        Some(set) if !dict.is_null() => set(m, v, dict),
        _ => Err(m.type_error("cannot delete __dict__")),
    }),
};

/// `module.qualname` of an object's class.
pub(crate) fn class_text(m: &mut Machine, v: Value) -> R<String> {
    let ty = m.type_of(v);
    let (module, qualname) = (m.names.module, m.names.qualname);
    let module = m.get_attr(ty.value(), module)?;
    let qualname = m.get_attr(ty.value(), qualname)?;
    Ok(format!("{}.{}", m.to_str(module)?.to_string_lossy(), m.to_str(qualname)?.to_string_lossy()))
}

/// The last part of the name of an object's class.
pub(crate) fn short_name(m: &Machine, v: Value) -> String {
    let ty = m.type_of(v);
    ty.name_str().rsplit('.').next().unwrap_or_default().to_owned()
}
