# Errors have one argument, and texts of their own.
def _amend():
    texts = {
        'cannot mix naive and timezone-aware time': "can't subtract offset-naive and offset-aware datetimes",
        'cannot compare naive and aware datetimes': "can't compare offset-naive and offset-aware datetimes",
        'cannot compare naive and aware times': "can't compare offset-naive and offset-aware times",
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
        if month is None or day is None:
            name, position = ('month', 2) if month is None else ('day', 3)
            raise TypeError(f'function missing required argument {name!r} (pos {position})')
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
    def _tzinfo_arg(tz):
        if tz is not None and not isinstance(tz, tzinfo):
            raise TypeError(f'tzinfo argument must be None or of a tzinfo subclass, not type {type(tz).__name__!r}')
    def read_only(cls, name, plain):
        def write(self, value=None):
            raise AttributeError(f'attribute {name!r} of {cls!r} objects is not writable'.replace('<class ', '').replace('>', ''))
        return property(plain.fget, write, write, plain.__doc__)
    for cls in date, time, datetime, timedelta, timezone, tzinfo, _IsoCalendarDate:
        cls.__module__ = 'datetime'
        for name, value in list(cls.__dict__.items()):
            if type(value) is property:
                setattr(cls, name, read_only(cls, name, value))
    def method_of(name):
        def method(self, dt):
            raise NotImplementedError(f'a tzinfo subclass must implement {name}()')
        method.__name__, method.__qualname__ = name, f'tzinfo.{name}'
        return method
    for name in 'utcoffset', 'dst', 'tzname':
        setattr(tzinfo, name, method_of(name))
    make_timezone = timezone.__new__
    def new_timezone(cls, offset, name=timezone._Omitted):
        if not isinstance(offset, timedelta):
            raise TypeError(f'timezone() argument 1 must be datetime.timedelta, not {type(offset).__name__}')
        if name is not timezone._Omitted and not isinstance(name, str):
            raise TypeError(f'timezone() argument 2 must be str, not {type(name).__name__}')
        try:
            return make_timezone(cls, offset, name)
        except ValueError as error:
            error.args = (f'{str(error).rstrip(".")}, not {offset!r}.',)
            raise
    timezone.__new__ = new_timezone
    from_calendar, from_ordinal, combined = (date.__dict__['fromisocalendar'].__func__, date.__dict__['fromordinal'].__func__,
                                             datetime.__dict__['combine'].__func__)
    def fromisocalendar(cls, year, week, day):
        try:
            return from_calendar(cls, year, week, day)
        except ValueError as error:
            error.args = (str(error).replace('weekday', 'day'),)
            raise
    def fromordinal(cls, n):
        if type(n) is int and n < 1:
            raise ValueError('ordinal must be >= 1')
        return from_ordinal(cls, n)
    def combine(cls, date, time, tzinfo=True):
        for at, value, wanted in (1, date, _date_class), (2, time, _time_class):
            if not isinstance(value, wanted):
                raise TypeError(f'combine() argument {at} must be datetime.{wanted.__name__}, not {type(value).__name__}')
        return combined(cls, date, time, tzinfo)
    date.fromisocalendar, date.fromordinal = classmethod(fromisocalendar), classmethod(fromordinal)
    datetime.combine = classmethod(combine)
    return _date_fields, _time_fields, _tzinfo_arg
_check_date_fields, _check_time_fields, _check_tzinfo_arg = _amend()
del _amend
