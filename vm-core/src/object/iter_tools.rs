//! The iterator classes of `builtins`: `enumerate`, `reversed`, `zip`, `map` and `filter`.

use super::attr::generic_get_attr;
use super::buffer::ValueVec;
use super::dict::Dict;
use super::header::{Gc, Header, Layout, LayoutId, Payload, layout_of};
use super::iterators::{as_iterator, same};
use super::sequence;
use super::slots::Slots;
use super::tuple::Tuple;
use super::typeobj::{Type, TypeFlags};
use super::value::Value;
use crate::heap::Marker;
use crate::machine::{Machine, R, Raised};
use crate::native::{Args, Convention, MethodDef, TypeSpec};
use std::cell::Cell;

macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty,)* } marks $($mark:ident)*) => {
        $(#[$doc])*
        #[repr(C)]
        pub struct $name {
            /// Its type.
            pub header: Header,
            $($(#[$fdoc])* pub $field: $ty,)*
        }

        // SAFETY: repr(C), header first; traces every reference.
        unsafe impl Payload for $name {
            const LAYOUT: &'static Layout = &layout_of::<$name>(LayoutId::$name);
            fn trace(&self, m: &mut Marker<'_>) {
                $(m.mark(self.$mark.get());)*
            }
        }
    };
}

payload! {
    /// `enumerate`.
    Enumerate {
        /// The iterator.
        iter: Cell<Value>,
        /// The next number.
        index: Cell<Value>,
    } marks iter index
}

payload! {
    /// `reversed` over `__len__` and `__getitem__`.
    Reversed {
        /// The sequence; `NULL` when exhausted.
        sequence: Cell<Value>,
        /// Index of the next item; below zero when exhausted.
        index: Cell<i64>,
    } marks sequence
}

payload! {
    /// `zip`.
    Zip {
        /// Tuple of iterators.
        iters: Cell<Value>,
        /// Whether all must end together.
        strict: Cell<bool>,
    } marks iters
}

payload! {
    /// `map`.
    Map {
        /// The function.
        func: Cell<Value>,
        /// Tuple of iterators.
        iters: Cell<Value>,
    } marks func iters
}

payload! {
    /// `filter`.
    Filter {
        /// The predicate, or `None`.
        func: Cell<Value>,
        /// The iterator.
        iter: Cell<Value>,
    } marks func iter
}

/// `enumerate`.
pub static ENUMERATE: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(enumerate_new),
        getattro: Some(generic_get_attr),
        iter: Some(same),
        iternext: Some(enumerate_next),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__reduce__", Convention::NoArgs, enumerate_reduce),
        MethodDef::class("__class_getitem__", Convention::O, sequence::class_getitem),
    ],
    doc: "enumerate(iterable, start=0)\n--\n\nReturn an enumerate object.\n\n  iterable\n    an object supporting iteration\n\nThe enumerate object yields pairs containing a count (from start, which\ndefaults to zero) and a value yielded by the iterable argument.\n\nenumerate is useful for obtaining an indexed list:\n    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    ..TypeSpec::new("enumerate", Enumerate::LAYOUT)
};

/// `reversed`.
pub static REVERSED: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots {
        new: Some(reversed_new),
        getattro: Some(generic_get_attr),
        iter: Some(same),
        iternext: Some(reversed_next),
        ..Slots::EMPTY
    },
    methods: &[
        MethodDef::new("__length_hint__", Convention::NoArgs, reversed_hint),
        MethodDef::new("__reduce__", Convention::NoArgs, reversed_reduce),
        MethodDef::new("__setstate__", Convention::O, reversed_setstate),
    ],
    doc: "reversed(sequence, /)\n--\n\nReturn a reverse iterator over the values of the given sequence.",
    ..TypeSpec::new("reversed", Reversed::LAYOUT)
};

/// `zip`.
pub static ZIP: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(zip_new), getattro: Some(generic_get_attr), iter: Some(same), iternext: Some(zip_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, zip_reduce), MethodDef::new("__setstate__", Convention::O, zip_setstate)],
    doc: "zip(*iterables, strict=False)\n--\n\nThe zip object yields n-length tuples, where n is the number of iterables\npassed as positional arguments to zip().  The i-th element in every tuple\ncomes from the i-th iterable argument to zip().  This continues until the\nshortest argument is exhausted.\n\nIf strict is true and one of the arguments is exhausted before the others,\nraise a ValueError.\n\n   >>> list(zip('abcdefg', range(3), range(4)))\n   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]",
    ..TypeSpec::new("zip", Zip::LAYOUT)
};

/// `map`.
pub static MAP: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(map_new), getattro: Some(generic_get_attr), iter: Some(same), iternext: Some(map_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, map_reduce)],
    doc: "map(function, iterable, /, *iterables)\n--\n\nMake an iterator that computes the function using arguments from\neach of the iterables.  Stops when the shortest iterable is exhausted.",
    ..TypeSpec::new("map", Map::LAYOUT)
};

/// `filter`.
pub static FILTER: TypeSpec = TypeSpec {
    flags: TypeFlags::BASETYPE,
    slots: Slots { new: Some(filter_new), getattro: Some(generic_get_attr), iter: Some(same), iternext: Some(filter_next), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, filter_reduce)],
    doc: "filter(function, iterable, /)\n--\n\nReturn an iterator yielding those items of iterable for which function(item)\nis true. If function is None, return the items that are true.",
    ..TypeSpec::new("filter", Filter::LAYOUT)
};

/// The iterators of several iterables, as a tuple.
fn iterators(m: &mut Machine, iterables: &[Value]) -> R<Gc<Tuple>> {
    let mut iters = ValueVec::with_capacity(m, iterables.len());
    for &x in iterables {
        let it = m.iter(x)?;
        iters.push(m, it);
    }
    Ok(m.new_tuple(&iters))
}

fn tuple_of(v: Value) -> &'static [Value] {
    v.downcast::<Tuple>().map_or(&[], Gc::slice)
}

fn enumerate_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let given = args.all().len();
    let mut found = [Value::NULL; 2];
    if given == 0 {
        return Err(m.type_error("enumerate() missing required argument 'iterable'"));
    }
    if given > 2 {
        return Err(m.type_error(&format!("enumerate() takes at most 2 arguments ({given} given)")));
    }
    found[..args.len()].copy_from_slice(args.pos());
    for (name, value) in args.keywords() {
        let text = name.as_static_str();
        let at = ["iterable", "start"].iter().position(|&n| n == text);
        match at {
            Some(i) if found[i].is_null() && !(i == 1 && given == 1) => found[i] = value,
            _ => return Err(m.type_error(&format!("'{text}' is an invalid keyword argument for enumerate()"))),
        }
    }
    let [iterable, start] = found;
    let index = if start.is_null() { Value::small(0) } else { m.index(start)? };
    let iter = m.iter(iterable)?;
    Ok(m.new_object(Enumerate { header: Header::new(class), iter: Cell::new(iter), index: Cell::new(index) }).value())
}

fn enumerate_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<Enumerate>(m, v)?;
    let Some(item) = m.next_quickly(it.iter.get())? else { return Ok(None) };
    let index = it.index.get();
    let following = match index.is_int().then(|| Value::try_int(index.as_int() + 1)).flatten() {
        Some(following) => following,
        None => super::int_arith::add(m, index, Value::small(1))?,
    };
    it.index.set(following);
    Ok(Some(m.new_tuple(&[index, item]).value()))
}

fn enumerate_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<Enumerate>(m, v)?;
    let class = m.type_of(v).value();
    Ok(m.reduced(class, &[it.iter.get(), it.index.get()], None))
}

fn reversed_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.types.reversed;
    m.refuse_keywords(class, base, "reversed", args)?;
    let sequence = Args::positional(args.pos()).between(m, "reversed", 1, 1)?[0];
    let name = m.names.reversed;
    match m.lookup_special(sequence, name)? {
        Some(method) if !method.is_none() => return m.call(method, &[]),
        None if is_sequence(m, sequence) => {}
        _ => {
            let name = m.type_name(sequence);
            return Err(m.type_error(&format!("'{name}' object is not reversible")));
        }
    }
    let len = m.len(sequence)? as i64;
    let init = Reversed { header: Header::new(class), sequence: Cell::new(sequence), index: Cell::new(len - 1) };
    Ok(m.new_object(init).value())
}

/// Whether items can be had by position, as far as the type tells.
fn is_sequence(m: &Machine, v: Value) -> bool {
    let ty = m.type_of(v);
    let mapping = v.downcast::<Dict>().is_some() || ty == m.types.mapping_proxy || ty == m.types.generic_alias || ty == m.types.union;
    ty.slot(|s| s.getitem).is_some() && !mapping
}

fn reversed_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let it = as_iterator::<Reversed>(m, v)?;
    let i = it.index.get();
    if let Some(sequence) = it.sequence.get().non_null()
        && i >= 0
    {
        let key = m.new_int(i);
        match m.get_item(sequence, key) {
            Ok(item) => {
                it.index.set(i - 1);
                return Ok(Some(item));
            }
            Err(Raised) => {
                let (index_error, stop_iteration) = (m.exceptions.index_error, m.exceptions.stop_iteration);
                if !m.pending_is(index_error) && !m.pending_is(stop_iteration) {
                    it.index.set(-1);
                    it.sequence.set(Value::NULL);
                    return Err(Raised);
                }
                m.take_raised();
            }
        }
    }
    it.index.set(-1);
    it.sequence.set(Value::NULL);
    Ok(None)
}

fn reversed_hint(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<Reversed>(m, v)?;
    let Some(sequence) = it.sequence.get().non_null() else { return Ok(Value::small(0)) };
    let left = it.index.get() + 1;
    let len = m.len(sequence)? as i64;
    Ok(m.new_int(if len < left { 0 } else { left }))
}

fn reversed_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let it = as_iterator::<Reversed>(m, v)?;
    let class = m.type_of(v).value();
    match it.sequence.get().non_null() {
        Some(sequence) => {
            let index = m.new_int(it.index.get());
            Ok(m.reduced(class, &[sequence], Some(index)))
        }
        None => {
            let empty = m.new_tuple(&[]).value();
            Ok(m.reduced(class, &[empty], None))
        }
    }
}

fn reversed_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let it = as_iterator::<Reversed>(m, v)?;
    let i = m.index_argument(args.pos()[0])?;
    if let Some(sequence) = it.sequence.get().non_null() {
        let len = m.len(sequence)? as i64;
        it.index.set(i.max(-1).min(len - 1));
    }
    Ok(Value::NONE)
}

fn zip_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let mut strict = false;
    let keywords = args.keywords().count();
    if keywords > 1 {
        return Err(m.type_error(&format!("zip() takes at most 1 keyword argument ({keywords} given)")));
    }
    for (name, value) in args.keywords() {
        let text = name.as_static_str();
        if text != "strict" {
            return Err(m.type_error(&format!("zip() got an unexpected keyword argument '{text}'")));
        }
        strict = m.truthy(value)?;
    }
    let iters = iterators(m, args.pos())?.value();
    Ok(m.new_object(Zip { header: Header::new(class), iters: Cell::new(iters), strict: Cell::new(strict) }).value())
}

fn zip_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let zip = as_iterator::<Zip>(m, v)?;
    let iters = tuple_of(zip.iters.get());
    if iters.is_empty() {
        return Ok(None);
    }
    if let &[one, two] = iters {
        let Some(a) = m.next_quickly(one)? else { return zip_end(m, &zip, iters, 0) };
        let Some(b) = m.next_quickly(two)? else { return zip_end(m, &zip, iters, 1) };
        return Ok(Some(m.new_tuple(&[a, b]).value()));
    }
    let mut few = [Value::NULL; 4];
    if iters.len() <= few.len() {
        for (i, &it) in iters.iter().enumerate() {
            match m.next_quickly(it)? {
                Some(item) => few[i] = item,
                None => return zip_end(m, &zip, iters, i),
            }
        }
        return Ok(Some(m.new_tuple(&few[..iters.len()]).value()));
    }
    let mut items = ValueVec::with_capacity(m, iters.len());
    for (i, &it) in iters.iter().enumerate() {
        match m.next(it)? {
            Some(item) => items.push(m, item),
            None => return zip_end(m, &zip, iters, i),
        }
    }
    Ok(Some(m.new_tuple(&items).value()))
}

/// Iterator `ended` (counted from zero) gave nothing, those before it did.
fn zip_end(m: &mut Machine, zip: &Zip, iters: &[Value], ended: usize) -> R<Option<Value>> {
    let plural = |n: usize| if n == 1 { " " } else { "s 1-" };
    if !zip.strict.get() {
        return Ok(None);
    }
    if ended > 0 {
        let (which, s) = (ended + 1, plural(ended));
        return Err(m.value_error(&format!("zip() argument {which} is shorter than argument{s}{ended}")));
    }
    for (i, &it) in iters.iter().enumerate().skip(1) {
        if m.next(it)?.is_some() {
            let (which, s) = (i + 1, plural(i));
            return Err(m.value_error(&format!("zip() argument {which} is longer than argument{s}{i}")));
        }
    }
    Ok(None)
}

fn zip_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let zip = as_iterator::<Zip>(m, v)?;
    let class = m.type_of(v).value();
    let iters = zip.iters.get();
    Ok(if zip.strict.get() { m.new_tuple(&[class, iters, Value::TRUE]) } else { m.new_tuple(&[class, iters]) }.value())
}

fn zip_setstate(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let zip = as_iterator::<Zip>(m, v)?;
    zip.strict.set(m.truthy(args.pos()[0])?);
    Ok(Value::NONE)
}

fn map_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.types.map;
    m.refuse_keywords(class, base, "map", args)?;
    if args.len() < 2 {
        return Err(m.type_error("map() must have at least two arguments."));
    }
    let iters = iterators(m, &args.pos()[1..])?.value();
    Ok(m.new_object(Map { header: Header::new(class), func: Cell::new(args.pos()[0]), iters: Cell::new(iters) }).value())
}

fn map_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let map = as_iterator::<Map>(m, v)?;
    let iters = tuple_of(map.iters.get());
    let mut few = [Value::NULL; 4];
    if iters.len() <= few.len() {
        for (slot, &it) in few.iter_mut().zip(iters) {
            match m.next_quickly(it)? {
                Some(item) => *slot = item,
                None => return Ok(None),
            }
        }
        let func = map.func.get();
        if let (&[item], true) = (&few[..iters.len()], func == m.types.str.value()) {
            return Ok(Some(m.to_str(item)?.value()));
        }
        return m.call(func, &few[..iters.len()]).map(Some);
    }
    let mut items = ValueVec::with_capacity(m, iters.len());
    for &it in iters {
        match m.next(it)? {
            Some(item) => items.push(m, item),
            None => return Ok(None),
        }
    }
    m.call(map.func.get(), &items).map(Some)
}

fn map_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let map = as_iterator::<Map>(m, v)?;
    let class = m.type_of(v).value();
    let args = [&[map.func.get()], tuple_of(map.iters.get())].concat();
    Ok(m.reduced(class, &args, None))
}

fn filter_new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let base = m.types.filter;
    m.refuse_keywords(class, base, "filter", args)?;
    let args = Args::positional(args.pos()).between(m, "filter", 2, 2)?;
    let iter = m.iter(args[1])?;
    Ok(m.new_object(Filter { header: Header::new(class), func: Cell::new(args[0]), iter: Cell::new(iter) }).value())
}

fn filter_next(m: &mut Machine, v: Value) -> R<Option<Value>> {
    let filter = as_iterator::<Filter>(m, v)?;
    let func = filter.func.get();
    let plain = func.is_none() || func == m.types.bool.value();
    while let Some(item) = m.next_quickly(filter.iter.get())? {
        let verdict = if plain { item } else { m.call(func, &[item])? };
        if if verdict.is_int() { verdict != Value::small(0) } else { m.truthy(verdict)? } {
            return Ok(Some(item));
        }
    }
    Ok(None)
}

fn filter_reduce(m: &mut Machine, v: Value, _: Args<'_>) -> R<Value> {
    let filter = as_iterator::<Filter>(m, v)?;
    let class = m.type_of(v).value();
    Ok(m.reduced(class, &[filter.func.get(), filter.iter.get()], None))
}
