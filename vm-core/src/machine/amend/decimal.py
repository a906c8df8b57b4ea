# Signals carry the list of conditions that are trapped.
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
        except ValueError as error:
            amend(error)
            raise
        raise TypeError(f'conversion from {type(value).__name__} to Decimal is not supported')
    Decimal.__new__ = __new__
    texts = (
        ('Cannot convert NaN', 'cannot convert NaN to integer'),
        ('Cannot convert infinity', 'cannot convert Infinity to integer'),
        ('Cannot convert signaling', 'cannot convert signaling NaN to float'),
        ('Cannot hash', 'Cannot hash a signaling NaN value'),
        ('argument must be int or float', 'argument must be int or float'),
        ('Invalid tuple size', 'argument must be a sequence of length 3'),
        ('Invalid format specifier', 'invalid format string'),
    )
    def amend(error):
        for start, text in texts:
            if str(error).startswith(start):
                error.args = (text,)
    def amended(method):
        def call(*args):
            try:
                return method(*args)
            except (TypeError, ValueError, OverflowError) as error:
                amend(error)
                raise
        call.__name__, call.__qualname__, call.__doc__ = method.__name__, method.__qualname__, method.__doc__
        return call
    for name in '__int__ __float__ __hash__ __format__ __round__ __floor__ __ceil__'.split():
        setattr(Decimal, name, amended(Decimal.__dict__[name]))
    Decimal.from_float = classmethod(amended(Decimal.from_float.__func__))
    order = (InvalidOperation, Clamped, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow)
    def __repr__(self):
        def listed(signals):
            return ', '.join(s.__name__ for s in order if signals.get(s))
        return (f'Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, '
                f'capitals={self.capitals}, clamp={self.clamp}, flags=[{listed(self.flags)}], traps=[{listed(self.traps)}])')
    Context.__repr__ = __repr__
    ranges = {
        'prec': 'valid range for prec is [1, MAX_PREC]',
        'Emin': 'valid range for Emin is [MIN_EMIN, 0]',
        'Emax': 'valid range for Emax is [0, MAX_EMAX]',
        'capitals': 'valid values for capitals are 0 or 1',
        'clamp': 'valid values for clamp are 0 or 1',
        'rounding': '''valid values for rounding are:
  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,
   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,
   ROUND_05UP]''',
    }
    set_attribute = Context.__setattr__
    def __setattr__(self, name, value):
        try:
            return set_attribute(self, name, value)
        except (TypeError, ValueError) as error:
            if name in ranges:
                number = isinstance(value, int) or name == 'rounding'
                error.args = (ranges[name] if number else 'an integer is required',)
            raise
    Context.__setattr__ = __setattr__
    set_context = setcontext
    def checked_setcontext(context):
        if not isinstance(context, Context):
            raise TypeError('argument must be a context')
        set_context(context)
    checked_setcontext.__name__ = checked_setcontext.__qualname__ = 'setcontext'
    return checked_setcontext
setcontext = _amend()
del _amend
