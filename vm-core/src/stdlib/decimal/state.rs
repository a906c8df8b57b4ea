//! What the module remembers, one for each machine: its classes, the templates of contexts, and which context is the current one.

use super::number::Constants;
use crate::heap::Marker;
use crate::object::header::Gc;
use crate::object::typeobj::Type;
use crate::object::value::Value;

/// Number of signals, and of conditions that the signal `InvalidOperation` stands for.
pub(super) const SIGNALS: usize = 9;
pub(super) const CONDITIONS: usize = 5;

/// See the module's text. Values are `NULL` until the module is imported.
pub(crate) struct State {
    /// `Decimal` and `Context`; types are never freed.
    pub(super) decimal: Option<Gc<Type>>,
    pub(super) context: Option<Gc<Type>>,
    /// The classes of the signals in their order.
    pub(super) signals: [Value; SIGNALS],
    /// The classes of the conditions in their order; the first is that of the first signal.
    pub(super) conditions: [Value; CONDITIONS],
    /// `DecimalException`.
    pub(super) exception: Value,
    /// The signals as a tuple.
    pub(super) signal_tuple: Value,
    pub(super) signal_dict: Value,
    pub(super) decimal_tuple: Value,
    /// `numbers.Rational`.
    pub(super) rational: Value,
    /// `DefaultContext`, `BasicContext`, `ExtendedContext`.
    pub(super) templates: [Value; 3],
    /// The names of the ways to round.
    pub(super) rounding: [Value; 8],
    /// The context variable.
    pub(super) variable: Value,
    /// The current context, valid for this context of variables as long as none was set since.
    pub(super) current: Value,
    pub(super) current_of: Value,
    pub(super) current_since: u64,
    pub(super) constants: Constants,
}

impl Default for State {
    fn default() -> State {
        State {
            decimal: None,
            context: None,
            signals: [Value::NULL; SIGNALS],
            conditions: [Value::NULL; CONDITIONS],
            exception: Value::NULL,
            signal_tuple: Value::NULL,
            signal_dict: Value::NULL,
            decimal_tuple: Value::NULL,
            rational: Value::NULL,
            templates: [Value::NULL; 3],
            rounding: [Value::NULL; 8],
            variable: Value::NULL,
            current: Value::NULL,
            current_of: Value::NULL,
            current_since: 0,
            constants: Constants::default(),
        }
    }
}

impl State {
    /// Marks what it keeps alive.
    pub(crate) fn trace(&self, marker: &mut Marker<'_>) {
        let lists: [&[Value]; 4] = [&self.signals, &self.conditions, &self.templates, &self.rounding];
        for &v in lists.into_iter().flatten() {
            marker.mark(v);
        }
        for v in [
            self.exception,
            self.signal_tuple,
            self.signal_dict,
            self.decimal_tuple,
            self.rational,
            self.variable,
            self.current,
            self.current_of,
        ] {
            marker.mark(v);
        }
    }
}
