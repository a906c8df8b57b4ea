//! `itertools`: one file per group of iterators. All are lazy and let other code run only where CPython does, so what is observable
//! between two items (which iterator was advanced, what was asked of whom) is the same.

mod chaining;
mod combining;
mod endless;
mod grouping;
mod joining;
mod permuting;
mod selecting;
mod slicing;
mod splitting;

use crate::machine::{Machine, R};
use crate::native::{Convention, MethodDef, ModuleSpec, TypeSpec};
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;

static TYPES: &[&TypeSpec] = &[
    &joining::ACCUMULATE,
    &joining::BATCHED,
    &chaining::CHAIN,
    &combining::COMBINATIONS,
    &combining::WITH_REPLACEMENT,
    &selecting::COMPRESS,
    &endless::COUNT,
    &endless::CYCLE,
    &selecting::DROPWHILE,
    &selecting::FILTERFALSE,
    &grouping::GROUPBY,
    &slicing::ISLICE,
    &joining::PAIRWISE,
    &permuting::PERMUTATIONS,
    &combining::PRODUCT,
    &endless::REPEAT,
    &chaining::STARMAP,
    &selecting::TAKEWHILE,
    &chaining::ZIP_LONGEST,
    &grouping::GROUPER,
    &splitting::TEE,
    &splitting::TEE_DATA,
];

/// The module.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "itertools",
    functions: &[MethodDef::new("tee", Convention::Fast, splitting::tee)],
    init: Some(|m, dict| {
        m.add_native_types(dict, TYPES);
        Ok(())
    }),
    doc: "Functional tools for creating and using iterators.",
};

/// Refuses keyword arguments in `class(…)`, unless a subclass has an `__init__` that may want them.
/// Warns that iterators will not be pickled nor copied.
fn outdated(m: &mut Machine) -> R<()> {
    m.warn_deprecated("Pickle, copy, and deepcopy support will be removed from itertools in Python 3.14.")
}

fn no_keywords(m: &mut Machine, class: Gc<Type>, spec: &'static TypeSpec, name: &str, args: crate::native::Args<'_>) -> R<()> {
    let base = m.native_type(spec);
    m.refuse_keywords(class, base, name, args)
}

/// Numbers `0..n` as a list.
fn indices(m: &mut Machine, numbers: impl Iterator<Item = usize>) -> Gc<crate::object::list::List> {
    let list = m.new_list(&[]);
    for i in numbers {
        list.push(m, Value::small(i as i64));
    }
    list
}
