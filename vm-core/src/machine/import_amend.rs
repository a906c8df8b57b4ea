//! Modules that CPython has in C and that run here from the library's Python versions (`_pydecimal`, `_pydatetime`, `_pickle`'s part of
//! `pickle`): their exceptions carry other texts and their classes other names. This makes them say what the C versions say, by code that
//! runs in their namespaces after their own.

use super::{Machine, R};
use crate::compile::CompileOptions;
use crate::object::header::Gc;
use crate::object::typeobj::{Type, TypeFlags};
use crate::object::value::Value;

/// What is amended: a module, the code, and classes with the names that messages show.
struct Amendment {
    module: &'static str,
    code: &'static str,
    classes: &'static [(&'static str, &'static str)],
}

/// Signals carry the list of conditions that are trapped.
const DECIMAL: &str = "
def _amend():
    plain = Context._raise_error
    def _raise_error(self, condition, explanation=None, *args):
        try:
            return plain(self, condition, explanation, *args)
        except DecimalException as error:
            error.args = ([condition],)
            raise
    Context._raise_error = _raise_error
    make = Decimal.__new__
    def __new__(cls, value='0', context=None):
        try:
            return make(cls, value, context)
        except TypeError as error:
            if not str(error).startswith('Cannot convert'):
                raise
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
    Decimal.__new__ = __new__
_amend()
del _amend
";

/// Errors have one argument, and texts of their own.
const DATETIME: &str = "
def _amend():
    texts = {
        'cannot mix naive and timezone-aware time': \"can't subtract offset-naive and offset-aware datetimes\",
        'cannot compare naive and aware datetimes': \"can't compare offset-naive and offset-aware datetimes\",
        'cannot compare naive and aware times': \"can't compare offset-naive and offset-aware times\",
        'result out of range': 'date value out of range',
    }
    def amended(method):
        def call(*args, **keywords):
            try:
                return method(*args, **keywords)
            except (TypeError, ValueError, OverflowError) as error:
                text = error.args[0] if error.args else ''
                if isinstance(text, str):
                    error.args = (texts.get(text, text),)
                raise
        call.__name__, call.__qualname__, call.__doc__ = method.__name__, method.__qualname__, method.__doc__
        return call
    for cls, names in (
        (date, '__add__ __radd__ __sub__'),
        (datetime, '__add__ __radd__ __sub__ _cmp'),
        (time, '_cmp'),
    ):
        for name in names.split():
            setattr(cls, name, amended(cls.__dict__[name]))
    check_date, check_time, make = _check_date_fields, _check_time_fields, timedelta.__new__
    def _date_fields(year, month, day):
        try:
            return check_date(year, month, day)
        except ValueError as error:
            text = error.args[0]
            if text.startswith('year'):
                text = f'year {year} is out of range'
            elif text.startswith('day'):
                text = 'day is out of range for month'
            error.args = (text,)
            raise
    def _time_fields(hour, minute, second, microsecond, fold):
        try:
            return check_time(hour, minute, second, microsecond, fold)
        except ValueError as error:
            error.args = error.args[:1]
            raise
    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        try:
            return make(cls, days, seconds, microseconds, milliseconds, minutes, hours, weeks)
        except OverflowError as error:
            start, _, days = str(error).rpartition(' ')
            if start.startswith('timedelta'):
                small = -1 << 31 <= int(days) < 1 << 31
                error.args = (
                    f'days={days}; must have magnitude <= 999999999' if small else 'Python int too large to convert to C int',)
            raise
    timedelta.__new__ = __new__
    def __repr__(self):
        return 'datetime.IsoCalendarDate(year=%s, week=%s, weekday=%s)' % tuple(self)
    _IsoCalendarDate.__repr__ = __repr__
    return _date_fields, _time_fields
_check_date_fields, _check_time_fields = _amend()
del _amend
";

/// Bytes that are no pickle are an `UnpicklingError`.
const PICKLE: &str = "
def _amend():
    plain = _Unpickler.load
    def load(self):
        try:
            return plain(self)
        except KeyError as error:
            key, frame = error.args[0] if error.args else None, error.__traceback__.tb_next
            if type(key) is not int or frame is None or frame.tb_next is not None:
                raise
        except EOFError as error:
            if not error.args:
                error.args = ('Ran out of input',)
            raise
        raise UnpicklingError(f'invalid load key, {chr(key)!r}.')
    _Unpickler.load = load
_amend()
del _amend
";

static AMENDMENTS: &[Amendment] = &[
    Amendment { module: "_pydecimal", code: DECIMAL, classes: &[("Decimal", "decimal.Decimal"), ("Context", "decimal.Context")] },
    Amendment {
        module: "_pydatetime",
        code: DATETIME,
        classes: &[
            ("date", "datetime.date"),
            ("time", "datetime.time"),
            ("datetime", "datetime.datetime"),
            ("timedelta", "datetime.timedelta"),
            ("timezone", "datetime.timezone"),
            ("tzinfo", "datetime.tzinfo"),
        ],
    },
    Amendment { module: "pickle", code: PICKLE, classes: &[] },
];

impl Machine {
    /// Amends a module of the standard library that has just been run, if it is one of these.
    pub(super) fn amend_module(&mut self, name: &str, module: Value) -> R<()> {
        let Some(of) = AMENDMENTS.iter().find(|a| a.module == name) else { return Ok(()) };
        let dict = self.module_dict(module);
        let code = self.compile_text(of.code.as_bytes(), &format!("<{name}>"), CompileOptions::default())?;
        if self.run_module_code(&code, dict).is_err() {
            // The library is another patch release, where names differ; its own texts will do.
            self.take_raised();
            tracing::debug!(module = name, "not amended");
            return Ok(());
        }
        for &(class, shown) in of.classes {
            let (key, shown) = (self.intern(class), self.str_value(shown));
            if let Some(class) = Gc::get_str(dict, self, key).and_then(Value::downcast::<Type>) {
                class.name.set(shown);
                class.set_flags(TypeFlags::DOTTED_NAME);
            }
        }
        Ok(())
    }
}
