"""Contexts: choices and their limits, flags and traps, the current context in threads and coroutines, copies, pickles, subclasses."""
import contextvars
import copy
import decimal
import inspect
import pickle
import threading
from collections.abc import MutableMapping
from decimal import *


def t(f, *args, **kwargs):
    try:
        print('=>', repr(f(*args, **kwargs)))
    except BaseException as e:
        print(type(e).__name__, e, e.args)


print(DefaultContext, BasicContext, ExtendedContext, sep='\n')
print(getcontext())
print(Context(), Context(5, ROUND_UP, -9, 9, 0, 1, [Inexact], [Overflow]), sep='\n')
print(Context(prec=None, flags={s: s in (Rounded, Clamped) for s in getcontext().flags}, traps=getcontext().traps))
for kwargs in [dict(prec=0), dict(prec=MAX_PREC + 1), dict(prec='5'), dict(prec=2**80), dict(prec=1.0), dict(Emax=-1), dict(Emax=MAX_EMAX + 1),
               dict(Emin=1), dict(Emin=MIN_EMIN - 1), dict(rounding='UP'), dict(rounding=5), dict(rounding='ROUND_DOWN'), dict(capitals=2),
               dict(clamp=-1), dict(clamp=1), dict(flags=[5]), dict(flags=5), dict(traps={}), dict(traps={Inexact: True}), dict(traps=[]),
               dict(nope=1), dict(precc=1)]:
    t(Context, **kwargs)
t(Context, 1, 2, 3, 4, 5, 6, 7, 8, 9)
t(Context, 1, prec=2)
c = Context()
for name, value in [('prec', 3), ('prec', -1), ('Emin', 5), ('rounding', ROUND_05UP), ('capitals', 0), ('clamp', 1), ('other', 1), ('flags', [Inexact]),
                    ('flags', {s: True for s in c.flags}), ('traps', c.flags), ('traps', {}), ('traps', 5)]:
    t(setattr, c, name, value)
t(delattr, c, 'prec')
t(delattr, c, 'flags')
t(getattr, c, 'nothing')
print(c, c.Etiny(), c.Etop(), c.radix())
print(MAX_PREC, MAX_EMAX, MIN_EMIN, MIN_ETINY, HAVE_THREADS, HAVE_CONTEXTVAR, decimal.__version__, decimal.__libmpdec_version__)

flags = Context(traps=[]).flags
print(type(flags), type(flags).__mro__[:2], isinstance(flags, MutableMapping), len(flags), list(flags)[:2], Inexact in flags, 5 in flags)
print(flags == dict.fromkeys(flags, False), flags == {1: 2}, flags != {1: 2}, flags == 5, flags.copy() == flags, flags.get(Rounded), flags.get(7, 'no'))
flags[Rounded] = 5
print(flags[Rounded], flags, [k.__name__ for k, v in flags.items() if v])
t(lambda: flags[5])
t(flags.__setitem__, 5, 1)
t(flags.__delitem__, Rounded)
t(hash, flags)
t(lambda: flags < flags)
t(type(flags))
t(lambda: len(type(flags)()))
c = Context(prec=3, traps=[])
print(c.divide(1, 3), c.flags is c.flags, c.traps is c.flags, [k.__name__ for k, v in c.flags.items() if v])
c.clear_flags()
c.traps[Inexact] = True
t(c.divide, 1, 3)
print(c)
c.clear_traps()
print(c)
for s in (DecimalException, InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped,
          ConversionSyntax if 'ConversionSyntax' in globals() else decimal.ConversionSyntax, decimal.DivisionImpossible,
          decimal.DivisionUndefined, decimal.InvalidContext):
    print(s, s.__module__, s.__qualname__, [b.__name__ for b in s.__mro__], s('x', 1))
c = Context(prec=5, Emax=9, Emin=-9, traps=[s for s in getcontext().flags])
for f in [lambda: c.divide(0, 0), lambda: c.divide(1, 0), lambda: c.divide_int(10**9, 1), lambda: c.create_decimal('x'), lambda: c.create_decimal(1.5),
          lambda: c.multiply(99999, 99999), lambda: c.multiply(Decimal('1E-9'), Decimal('1E-9')), lambda: c.plus(Decimal('0E-99')),
          lambda: c.plus(Decimal('1E-12')), lambda: c.plus(123456), lambda: c.divide(1, 3), lambda: c.sqrt(-1), lambda: c.compare_signal(Decimal('nan'), 1),
          lambda: c.remainder(5, 0), lambda: c.power(0, 0), lambda: c.quantize(Decimal('123.456'), Decimal('1E-5'))]:
    c.clear_flags()
    t(f)

print(getcontext() is getcontext(), getcontext().prec)
with localcontext() as inner:
    inner.prec = 7
    print(Decimal(1) / 3, getcontext() is inner)
    with localcontext(BasicContext, prec=4, Emax=50, rounding=ROUND_UP) as deeper:
        print(deeper, +Decimal('1.23456'))
    print(getcontext().prec)
print(Decimal(1) / 3)
t(localcontext, 5)
t(localcontext, precision=5)
t(localcontext, prec=0)
t(type(localcontext()))
t(setcontext, None)
setcontext(ExtendedContext)
print(getcontext(), getcontext() is ExtendedContext, Decimal(1) / 0)
setcontext(DefaultContext)
mine = Context(prec=11)
setcontext(mine)
print(getcontext() is mine, Decimal(2).sqrt())
seen = []
threads = [threading.Thread(target=lambda: seen.append((getcontext().prec, getcontext() is mine))) for _ in range(2)]
for thread in threads:
    thread.start()
    thread.join()
print(seen)


def within():
    before = getcontext().prec
    getcontext().prec = 99
    setcontext(Context(prec=13))
    return before, getcontext().prec


print(contextvars.copy_context().run(within), getcontext().prec, getcontext() is mine)
print(contextvars.Context().run(lambda: getcontext().prec), getcontext().prec)
setcontext(DefaultContext)
DefaultContext.prec = 8
print(Context().prec, contextvars.Context().run(lambda: getcontext().prec), getcontext().prec)
DefaultContext.prec = 28

c = Context(prec=6, rounding=ROUND_CEILING, Emin=-5, Emax=7, capitals=0, clamp=1, flags=[Inexact, Clamped], traps=[Subnormal])
for twin in (c.copy(), copy.copy(c), copy.deepcopy(c), *(pickle.loads(pickle.dumps(c, i)) for i in range(6))):
    print(twin is c, repr(twin) == repr(c), twin == c, end=' ')
print(c.__reduce__())


class Mine(Context):
    def __init__(self, extra=1, **kwargs):
        super().__init__(**kwargs)
        self.extra = extra

    def triple(self):
        return self.prec * 3


c = Mine(5, prec=12)
print(c.extra, c.triple(), c, type(c.copy()), isinstance(c, Context), c.add(1, 2))
with localcontext(c) as copied:
    print(type(copied), Decimal(1) / 7)
for name in ('add', 'power', 'fma', 'quantize', 'create_decimal', 'exp', 'clear_flags', 'Etiny'):
    print(name, inspect.signature(getattr(Context, name)))
for name in ('quantize', 'exp', 'compare', 'fma', 'to_integral_value', 'from_float', 'as_tuple', 'is_normal', 'adjusted'):
    print(name, inspect.signature(getattr(Decimal, name)))
print([n for n in dir(Context) if n not in dir(object)])
