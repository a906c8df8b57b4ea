//! `list`: its specification and operations. Memory is in `list.rs`, methods in `list_methods.rs`, subscription in `list_slice.rs`,
//! sorting in `list_sort.rs`, what it shares with `tuple` in `sequence.rs`.

use super::buffer::copy_values;
use super::header::{Gc, Payload};
use super::list::List;
use super::sequence::{self, MAX_ITEMS, Seq};
use super::slots::{Compare, Slots};
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use super::{list_methods, list_slice};
use crate::machine::{Machine, R};
use crate::native::{Args, TypeSpec};

/// `list`.
pub static SPEC: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE | TypeFlags::MATCH_SELF | TypeFlags::SEQUENCE,
    slots: Slots {
        new: Some(new),
        getattro: Some(super::attr::generic_get_attr),
        init: Some(init),
        repr: Some(|m, v| {
            let l = own(m, v)?;
            sequence::repr(m, v, Seq::List(l))
        }),
        richcompare: Some(compare),
        iter: Some(|m, v| {
            let l = own(m, v)?;
            Ok(m.new_list_iter(l))
        }),
        len: Some(|m, v| Ok(own(m, v)?.len())),
        getitem: Some(list_slice::getitem),
        setitem: Some(list_slice::setitem),
        contains: Some(|m, v, x| {
            let l = own(m, v)?;
            Ok(sequence::find(m, Seq::List(l), x, 0, usize::MAX)?.is_some())
        }),
        concat: Some(concat),
        repeat: Some(repeat),
        iconcat: Some(iconcat),
        irepeat: Some(irepeat),
        ..Slots::EMPTY
    },
    methods: &list_methods::METHODS,
    doc: "list(iterable=(), /)\n--\n\nBuilt-in mutable sequence.\n\nIf no argument is given, the constructor creates a new empty list.\nThe argument must be an iterable if specified.",
    ..TypeSpec::new("list", List::LAYOUT)
};

/// The list of a slot's or method's own operand.
#[inline]
pub(super) fn own(m: &mut Machine, v: Value) -> R<Gc<List>> {
    match v.downcast::<List>() {
        Some(l) => Ok(l),
        None => Err(m.type_error("expected a list")),
    }
}

fn new(m: &mut Machine, class: Gc<Type>, _: Args<'_>) -> R<Value> {
    Ok(m.new_object(List::empty(class)).value())
}

fn init(m: &mut Machine, v: Value, args: Args<'_>) -> R<()> {
    let list = own(m, v)?;
    let (class, base) = (m.type_of(v), m.types.list);
    // A subclass that makes its instances itself may be given what it likes.
    if class.slot(|s| s.new).map(|f| f as usize) == base.slot(|s| s.new).map(|f| f as usize) {
        m.refuse_keywords(class, base, "list", args)?;
    }
    let given = Args::positional(args.pos()).between(m, "list", 0, 1)?;
    let _ = list.take();
    match given {
        [x] => m.extend_list(list, *x),
        _ => Ok(()),
    }
}

impl Machine {
    /// `list.extend(iterable)`: items appear in the list as the iterator gives them.
    pub fn extend_list(&mut self, list: Gc<List>, iterable: Value) -> R<()> {
        let ty = self.type_of(iterable);
        if ty == self.types.list
            && let Some(other) = iterable.downcast::<List>()
        {
            // It may be the same list: its items are looked for when its buffer does not move any more.
            let n = other.len();
            if list.len() + n > MAX_ITEMS {
                return Err(self.memory_error());
            }
            list.reserve(self, n);
            return self.append_all(list, other.items());
        }
        if ty == self.types.tuple
            && let Some(tuple) = iterable.downcast::<Tuple>()
        {
            return self.append_all(list, tuple.slice());
        }
        if ty == self.types.dict
            && let Some(dict) = iterable.downcast::<super::dict::Dict>()
        {
            list.reserve(self, dict.len());
            dict.iter().for_each(|(key, _)| list.push(self, key));
            return Ok(());
        }
        if ty == self.types.str
            && let Some(text) = iterable.downcast::<super::string::Str>()
        {
            if list.len() + text.char_len() > MAX_ITEMS {
                return Err(self.memory_error());
            }
            list.reserve(self, text.char_len());
            for code in crate::text::wtf8::code_points(text.bytes()) {
                let item = self.char_str(code).value();
                list.push(self, item);
            }
            return Ok(());
        }
        let iterator = self.iter(iterable)?;
        let hint = self.length_hint(iterable, 8)?;
        if list.is_empty() && hint <= 1 << 16 {
            list.reserve(self, hint);
        }
        while let Some(x) = self.next_quickly(iterator)? {
            if list.len() >= MAX_ITEMS {
                return Err(self.memory_error());
            }
            list.push(self, x);
        }
        Ok(())
    }

    /// Appends values that are reachable elsewhere.
    pub(super) fn append_all(&mut self, list: Gc<List>, items: &[Value]) -> R<()> {
        if list.len() + items.len() > MAX_ITEMS {
            return Err(self.memory_error());
        }
        if items.is_empty() {
            return Ok(());
        }
        list.reserve(self, items.len());
        list.extend_in_place(items);
        Ok(())
    }
}

fn compare(m: &mut Machine, a: Value, b: Value, op: Compare) -> R<Value> {
    let (Some(a), Some(b)) = (a.downcast::<List>(), b.downcast::<List>()) else { return Ok(Value::NOT_IMPLEMENTED) };
    sequence::compare(m, Seq::List(a), Seq::List(b), op)
}

fn concat(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let list = own(m, a)?;
    let Some(other) = b.downcast::<List>() else {
        let name = m.type_name(b);
        return Err(m.type_error(&format!("can only concatenate list (not \"{name}\") to list")));
    };
    let len = list.len() + other.len();
    if len > MAX_ITEMS {
        return Err(m.memory_error());
    }
    let (a, b) = (list.items(), other.items());
    // SAFETY: both are written one after the other.
    let made = unsafe {
        m.new_list_written(len, |data| {
            copy_values(data, a);
            copy_values(data.add(a.len()), b);
        })
    };
    Ok(made.value())
}

fn repeat(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let list = own(m, v)?;
    let n = if count.is_int() { count.as_int() } else { m.index_argument(count)? };
    let items = list.items();
    let total = sequence::repeated_len(m, items.len(), n)?;
    // SAFETY: so many are written.
    let made = unsafe { m.new_list_written(total, |data| sequence::repeat_items(items, total, data)) };
    Ok(made.value())
}

fn iconcat(m: &mut Machine, a: Value, b: Value) -> R<Value> {
    let list = own(m, a)?;
    m.extend_list(list, b)?;
    Ok(a)
}

fn irepeat(m: &mut Machine, v: Value, count: Value) -> R<Value> {
    let list = own(m, v)?;
    let n = m.index_argument(count)?;
    let len = list.len();
    let total = sequence::repeated_len(m, len, n)?;
    if total == 0 {
        let _ = list.take();
        return Ok(v);
    }
    list.reserve(m, total - len);
    for _ in 1..n {
        list.extend_in_place(&list.items()[..len]);
    }
    Ok(v)
}
