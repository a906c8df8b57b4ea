//! `BaseExceptionGroup` and `ExceptionGroup`: several exceptions in one, and what `except*` does with them.

use super::exception::{Exception, base_new};
use super::header::Gc;
use super::list::List;
use super::string::Str;
use super::tuple::Tuple;
use super::typeobj::Type;
use super::value::Value;
use crate::machine::{Machine, R};
use crate::native::{Args, Convention, GetSetDef, MethodDef};
use std::collections::BTreeSet;

const MESSAGE: usize = 0;
const EXCEPTIONS: usize = 1;

pub(crate) static GETSET: &[GetSetDef] = &[
    GetSetDef { name: "message", get: |_, v| Ok(word(v, MESSAGE)), set: Some(read_only) },
    GetSetDef { name: "exceptions", get: |_, v| Ok(word(v, EXCEPTIONS)), set: Some(read_only) },
];
pub(crate) static METHODS: &[MethodDef] = &[
    MethodDef::class("__class_getitem__", Convention::O, class_getitem),
    MethodDef::new("derive", Convention::O, derive),
    MethodDef::new("split", Convention::O, split),
    MethodDef::new("subgroup", Convention::O, subgroup),
];

fn word(v: Value, i: usize) -> Value {
    v.downcast::<Exception>().and_then(|e| e.extra(i).non_null()).unwrap_or(Value::NONE)
}

fn read_only(m: &mut Machine, _: Value, _: Value) -> R<()> {
    Err(m.attribute_error("readonly attribute"))
}

fn class_getitem(m: &mut Machine, class: Value, args: Args<'_>) -> R<Value> {
    Ok(m.new_generic_alias(class, args.pos()[0]))
}

/// `BaseExceptionGroup.__new__(message, exceptions)`.
pub(crate) fn new(m: &mut Machine, ty: Gc<Type>, args: Args<'_>) -> R<Value> {
    let &[message, exceptions] = args.pos() else {
        let n = args.len();
        return Err(m.type_error(&format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({n} given)")));
    };
    if message.downcast::<Str>().is_none() {
        let got = if message.is_none() { "None".to_owned() } else { m.type_name(message) };
        return Err(m.type_error(&format!("BaseExceptionGroup.__new__() argument 1 must be str, not {got}")));
    }
    let is_sequence = m.type_of(exceptions).slot(|s| s.getitem).is_some() && exceptions.downcast::<super::dict::Dict>().is_none();
    if !is_sequence {
        return Err(m.type_error("second argument (exceptions) must be a sequence"));
    }
    let items = m.collect(exceptions)?;
    let items = m.new_tuple(&items);
    if items.is_empty() {
        return Err(m.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    let exception = m.exceptions.exception;
    let mut all_plain = true;
    for (i, &e) in items.items().iter().enumerate() {
        if !m.is_exception(e) {
            return Err(m.value_error(&format!("Item {i} of second argument (exceptions) is not an exception")));
        }
        all_plain &= m.type_of(e).is_subtype_of(exception);
    }
    let mut class = ty;
    if ty == m.exceptions.exception_group {
        if !all_plain {
            return Err(m.type_error("Cannot nest BaseExceptions in an ExceptionGroup"));
        }
    } else if ty == m.exceptions.base_exception_group {
        if all_plain {
            class = m.exceptions.exception_group;
        }
    } else if !all_plain && ty.is_subtype_of(exception) {
        return Err(m.type_error(&format!("Cannot nest BaseExceptions in '{}'", ty.name_str())));
    }
    let made = base_new(m, class, args)?;
    if let Some(e) = made.downcast::<Exception>() {
        e.set_extra(MESSAGE, message);
        e.set_extra(EXCEPTIONS, items.value());
    }
    Ok(made)
}

/// `BaseExceptionGroup.__str__`.
pub(crate) fn str(m: &mut Machine, v: Value) -> R<Value> {
    let message = m.to_str(word(v, MESSAGE))?;
    let n = m.group_members(v).map_or(0, |t| t.len());
    let s = if n > 1 { "s" } else { "" };
    let mut out = message.bytes().to_vec();
    out.extend_from_slice(format!(" ({n} sub-exception{s})").as_bytes());
    Ok(m.new_str_wtf8(&out)?.value())
}

fn derive(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let class = m.exceptions.base_exception_group.value();
    m.call(class, &[word(v, MESSAGE), args.pos()[0]])
}

/// Which exceptions a split takes out.
enum Matcher {
    /// Those of a class, or of one of a tuple of classes.
    Classes(Value),
    /// Those for which a function returns something true.
    Predicate(Value),
    /// Leaves with these identities.
    Leaves(BTreeSet<u64>),
}

fn is_exception_class(m: &Machine, v: Value) -> bool {
    v.downcast::<Type>().is_some_and(|t| t.is_subtype_of(m.exceptions.base_exception))
}

fn matcher(m: &mut Machine, v: Value) -> R<Matcher> {
    if v.downcast::<Type>().is_none() && m.type_of(v).slot(|s| s.call).is_some() {
        return Ok(Matcher::Predicate(v));
    }
    let classes = match v.downcast::<Tuple>() {
        Some(t) => t.items().iter().all(|&c| is_exception_class(m, c)),
        None => is_exception_class(m, v),
    };
    if classes {
        return Ok(Matcher::Classes(v));
    }
    Err(m.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"))
}

impl Machine {
    /// The exceptions of a group; `None` for any other value.
    #[must_use]
    pub fn group_members(&self, v: Value) -> Option<Gc<Tuple>> {
        if self.type_of(v).is_subtype_of(self.exceptions.base_exception_group) { word(v, EXCEPTIONS).downcast() } else { None }
    }

    /// Whether an exception is an instance of a class or of one in a tuple, by MRO.
    fn of_classes(&self, exception: Value, classes: Value) -> bool {
        let ty = self.type_of(exception);
        let one = |c: Value| c.downcast::<Type>().is_some_and(|c| ty.is_subtype_of(c));
        match classes.downcast::<Tuple>() {
            Some(t) => t.items().iter().any(|&c| one(c)),
            None => one(classes),
        }
    }

    fn matches(&mut self, exception: Value, matcher: &Matcher) -> R<bool> {
        match matcher {
            Matcher::Classes(classes) => Ok(self.of_classes(exception, *classes)),
            Matcher::Predicate(f) => {
                let answer = self.call(*f, &[exception])?;
                self.truthy(answer)
            }
            Matcher::Leaves(ids) => Ok(self.group_members(exception).is_none() && ids.contains(&exception.bits())),
        }
    }

    /// The matching part and the rest, `NULL` where a part is empty or not wanted.
    fn split_by(&mut self, exception: Value, matcher: &Matcher, want_rest: bool) -> R<(Value, Value)> {
        self.guard_recursion(" in exceptiongroup_split_recursive")?;
        if self.matches(exception, matcher)? {
            return Ok((exception, Value::NULL));
        }
        let Some(members) = self.group_members(exception) else {
            return Ok((Value::NULL, if want_rest { exception } else { Value::NULL }));
        };
        let (matched, rest) = (self.new_list(&[]), self.new_list(&[]));
        for &e in members.slice() {
            let (yes, no) = self.split_by(e, matcher, want_rest)?;
            if !yes.is_null() {
                matched.push(self, yes);
            }
            if !no.is_null() {
                rest.push(self, no);
            }
        }
        let yes = self.group_subset(exception, matched)?;
        let no = if want_rest { self.group_subset(exception, rest)? } else { Value::NULL };
        Ok((yes, no))
    }

    /// A group like `original` of some of its exceptions; `NULL` of none.
    fn group_subset(&mut self, original: Value, exceptions: Gc<List>) -> R<Value> {
        if exceptions.is_empty() {
            return Ok(Value::NULL);
        }
        let name = self.intern("derive");
        let made = self.call_method(original, name, &[exceptions.value()])?;
        let (Some(from), Some(to), Some(_)) = (original.downcast::<Exception>(), made.downcast::<Exception>(), self.group_members(made))
        else {
            return Err(self.type_error("derive must return an instance of BaseExceptionGroup"));
        };
        if !from.traceback.get().is_null() {
            to.traceback.set(from.traceback.get());
        }
        to.context.set(from.context.get());
        to.cause.set(from.cause.get());
        to.suppress_context.set(true);
        let name = self.intern("__notes__");
        if let Some(notes) = self.get_attr_opt(original, name)?
            && self.type_of(notes).slot(|s| s.getitem).is_some()
        {
            // Each part gets a list of its own.
            let copy = self.collect(notes)?;
            let copy = self.list_from_vec(copy).value();
            self.set_attr(made, name, copy)?;
        }
        Ok(made)
    }

    /// What an `except*` clause for `class` takes from an exception, and the rest (each perhaps `None`).
    pub fn split_exception_group(&mut self, exception: Value, class: Value) -> R<(Value, Value)> {
        self.check_except_star(class)?;
        if exception.is_none() {
            return Ok((Value::NONE, Value::NONE));
        }
        if self.of_classes(exception, class) {
            if self.group_members(exception).is_some() {
                return Ok((exception, Value::NONE));
            }
            let only = self.new_tuple(&[exception]).value();
            let wrapped = self.new_group("", only)?;
            return Ok((wrapped, Value::NONE));
        }
        if self.group_members(exception).is_none() {
            return Ok((Value::NONE, exception));
        }
        let name = self.intern("split");
        let pair = self.call_method(exception, name, &[class])?;
        let ty = self.type_name(exception);
        let Some(pair) = pair.downcast::<Tuple>().filter(|t| self.type_of(t.value()) == self.types.tuple) else {
            let got = self.type_name(pair);
            return Err(self.type_error(&format!("{ty}.split must return a tuple, not {got}")));
        };
        match *pair.items() {
            [matched, rest, ..] => Ok((matched, rest)),
            _ => {
                let n = pair.len();
                Err(self.type_error(&format!("{ty}.split must return a 2-tuple, got tuple of size {n}")))
            }
        }
    }

    /// `except*` may name anything that `except` may, but no group.
    fn check_except_star(&mut self, class: Value) -> R<()> {
        let group = self.exceptions.base_exception_group;
        let is_group = |c: Value| c.downcast::<Type>().is_some_and(|t| t.is_subtype_of(group));
        let wrong = match class.downcast::<Tuple>() {
            Some(t) => t.items().iter().any(|&c| is_group(c)),
            None => is_group(class),
        };
        if wrong { Err(self.type_error("catching ExceptionGroup with except* is not allowed. Use except instead.")) } else { Ok(()) }
    }

    fn new_group(&mut self, message: &str, exceptions: Value) -> R<Value> {
        let message = self.str_value(message);
        let class = self.exceptions.base_exception_group.value();
        self.call(class, &[message, exceptions])
    }

    /// What to raise at the end of a `try` with `except*` clauses: `raised` lists what the clauses raised and what none of them took.
    /// `None` if nothing is left.
    pub fn prep_reraise_star(&mut self, original: Value, raised: Value) -> R<Value> {
        let Some(raised) = raised.downcast::<List>() else { return Ok(Value::NONE) };
        let Some(first) = raised.get(0) else { return Ok(Value::NONE) };
        if self.group_members(original).is_none() {
            // An exception that is no group was wrapped: only one clause can have run.
            return Ok(first);
        }
        let (new, again) = (self.new_list(&[]), self.new_list(&[]));
        let mut i = 0;
        while let Some(e) = raised.get(i) {
            i += 1;
            if e.is_none() {
                continue;
            }
            let list = if same_origin(e, original) { again } else { new };
            list.push(self, e);
        }
        let mut leaves = BTreeSet::new();
        for &e in again.items() {
            self.collect_leaves(e, &mut leaves)?;
        }
        let (kept, _) = self.split_by(original, &Matcher::Leaves(leaves), false)?;
        if new.is_empty() {
            return Ok(kept.non_null().unwrap_or(Value::NONE));
        }
        if !kept.is_null() {
            new.push(self, kept);
        }
        match new.items() {
            [one] => Ok(*one),
            _ => self.new_group("", new.value()),
        }
    }

    fn collect_leaves(&mut self, exception: Value, into: &mut BTreeSet<u64>) -> R<()> {
        self.guard_recursion(" in collect_exception_group_leaf_ids")?;
        match self.group_members(exception) {
            Some(members) => members.slice().iter().try_for_each(|&e| self.collect_leaves(e, into)),
            None => {
                into.insert(exception.bits());
                Ok(())
            }
        }
    }
}

/// Whether an exception that a clause raised is a part of the original, raised again. (CPython compares a field for notes as well,
/// which nothing sets.)
fn same_origin(a: Value, b: Value) -> bool {
    let (Some(a), Some(b)) = (a.downcast::<Exception>(), b.downcast::<Exception>()) else { return false };
    a.traceback.get() == b.traceback.get() && a.cause.get() == b.cause.get() && a.context.get() == b.context.get()
}

fn split(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let matcher = matcher(m, args.pos()[0])?;
    let (matched, rest) = m.split_by(v, &matcher, true)?;
    let or_none = |v: Value| v.non_null().unwrap_or(Value::NONE);
    Ok(m.new_tuple(&[or_none(matched), or_none(rest)]).value())
}

fn subgroup(m: &mut Machine, v: Value, args: Args<'_>) -> R<Value> {
    let matcher = matcher(m, args.pos()[0])?;
    let (matched, _) = m.split_by(v, &matcher, false)?;
    Ok(matched.non_null().unwrap_or(Value::NONE))
}
