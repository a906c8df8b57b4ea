//! `IsoCalendarDate`: the tuple of year, week and weekday that `isocalendar()` gives, with names.

use super::arguments::plain_int;
use super::calendar::Date;
use super::state::state;
use crate::machine::{Machine, R};
use crate::native::{Args, BindSpec, Convention, GetSetDef, MethodDef, TypeSpec};
use crate::object::header::{Gc, Payload};
use crate::object::slots::Slots;
use crate::object::tuple::Tuple;
use crate::object::typeobj::Type;
use crate::object::value::Value;
use crate::stdlib::native_struct::this;
use crate::stdlib::struct_seq::item;

/// Its class.
pub(super) static SPEC: TypeSpec = TypeSpec {
    base: Some(|t| t.tuple),
    slots: Slots { new: Some(new), repr: Some(repr), ..Slots::EMPTY },
    methods: &[MethodDef::new("__reduce__", Convention::NoArgs, |m, v, _| {
        let items = this::<Tuple>(m, v)?.slice();
        let items = m.new_tuple(items).value();
        let args = m.new_tuple(&[items]).value();
        let class = m.types.tuple.value();
        Ok(m.new_tuple(&[class, args]).value())
    })],
    getset: &[
        GetSetDef { name: "year", get: item::<0>, set: None },
        GetSetDef { name: "week", get: item::<1>, set: None },
        GetSetDef { name: "weekday", get: item::<2>, set: None },
    ],
    doc: "What isocalendar() gives: a tuple of year, week and weekday, which are attributes, too.",
    ..TypeSpec::new("datetime.IsoCalendarDate", Tuple::LAYOUT)
};

/// A new one.
pub(super) fn make(m: &mut Machine, (year, week, weekday): Date) -> Value {
    let class = state(m).iso_calendar;
    m.new_tuple_of(class, &[year, week, weekday].map(|n| Value::small(n.into()))).value()
}

fn new(m: &mut Machine, class: Gc<Type>, args: Args<'_>) -> R<Value> {
    let spec = BindSpec { positional_only: 0, required: 3, max_positional: 3 };
    let mut items = args.bind(m, "IsoCalendarDate", ["year", "week", "weekday"], spec)?;
    for item in &mut items {
        *item = Value::small(plain_int(m, *item, 0)?.into());
    }
    Ok(m.new_tuple_of(class, &items).value())
}

fn repr(m: &mut Machine, v: Value) -> R<Value> {
    let class = m.type_name(v);
    let mut text = class;
    let items = this::<Tuple>(m, v)?.slice();
    for (before, &item) in ["(year=", ", week=", ", weekday="].into_iter().zip(items) {
        text.push_str(before);
        text.push_str(&m.to_str(item)?.to_string_lossy());
    }
    text.push(')');
    Ok(m.str_value(&text))
}
