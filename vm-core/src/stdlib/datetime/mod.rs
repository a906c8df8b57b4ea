//! `_datetime`: dates, times, durations and time zones. Each type has a file of its own; what is arithmetic, text or a pickle's bytes,
//! without objects, is apart.

mod arguments;
mod calendar;
mod clock;
mod date;
mod date_time;
mod date_time_ops;
mod date_time_zone;
mod fields;
mod iso_calendar;
mod iso_read;
mod pickle;
mod repr;
mod span;
mod state;
mod strftime;
mod text;
mod time;
mod timedelta;
mod timedelta_new;
mod timedelta_ops;
mod timezone;
mod tzinfo;

use crate::machine::{Machine, R};
use crate::native::{Args, Keywords, ModuleSpec};
use crate::object::value::Value;
pub(super) use state::State;

/// `_datetime`.
pub(super) static SPEC: ModuleSpec = ModuleSpec {
    name: "_datetime",
    functions: &[],
    init: Some(|m, dict| {
        let s = state::state(m);
        let capsule = super::capsule::new(m, "datetime.datetime_CAPI");
        for (name, v) in [
            ("date", s.date.value()),
            ("datetime", s.datetime.value()),
            ("time", s.time.value()),
            ("timedelta", s.timedelta.value()),
            ("tzinfo", s.tzinfo.value()),
            ("timezone", s.timezone.value()),
            ("MINYEAR", Value::small(calendar::MIN_YEAR.into())),
            ("MAXYEAR", Value::small(calendar::MAX_YEAR.into())),
            ("UTC", s.utc.value()),
            ("datetime_CAPI", capsule),
        ] {
            m.add_constant(dict, name, v);
        }
        Ok(())
    }),
    doc: "Dates and times, natively.",
};

/// Calls a class with positional arguments, and with `fold` if it is not 0.
fn call_with_fold(m: &mut Machine, class: Value, args: &[Value], fold: i32) -> R<Value> {
    if fold == 0 {
        return m.call(class, args);
    }
    let name = m.intern("fold").value();
    let names = m.new_tuple(&[name]);
    let mut all = [Value::NULL; 9];
    let n = args.len();
    all[..n].copy_from_slice(args);
    all[n] = Value::small(fold.into());
    let all = &all[..=n];
    m.call_args(class, Args::with_keywords(all, &Keywords::new(all, names.slice())))
}
