# Exception groups and except*: split, subgroup, derive, re-raising.
def show(e, d=0):
    print(' ' * d + repr(e))
    if isinstance(e, BaseExceptionGroup):
        for x in e.exceptions: show(x, d + 1)
eg = ExceptionGroup('top', [ValueError(1), TypeError(2), ExceptionGroup('in', [ValueError(3), KeyError(4)])])
show(eg)
a, b = eg.split(ValueError)
show(a); show(b)
show(eg.subgroup(KeyError))
print(eg.subgroup(OSError))
print(eg.split((ValueError, TypeError, KeyError))[1])
show(eg.subgroup(lambda e: isinstance(e, ExceptionGroup) or e.args == (3,)))
print(eg.message, eg.args, str(eg))
for a in [(), ('x',), ('x', []), ('x', [1]), (1, [ValueError()]), ('x', 5), ('x', [ValueError], 3), ('x', (ValueError(),)), ('x', {ValueError()}), ('x', [KeyboardInterrupt()])]:
    try: print(repr(ExceptionGroup(*a)))
    except Exception as e: print(type(e).__name__, e)
print(type(BaseExceptionGroup('x', [ValueError()])), type(BaseExceptionGroup('x', [KeyboardInterrupt()])))
class MyEG(ExceptionGroup):
    def __new__(cls, m, ex, code): 
        o = super().__new__(cls, m, ex); o.code = code; return o
    def derive(self, ex): return MyEG(self.message, ex, self.code)
m = MyEG('my', [ValueError(1), TypeError(2)], 42)
a, b = m.split(ValueError)
print(repr(a), a.code, repr(b), b.code)
class E2(ExceptionGroup): pass
a, b = E2('x', [ValueError(1), TypeError(2)]).split(ValueError)
print(repr(a), type(a))
try:
    try: raise eg
    except* ValueError as e:
        print('VE', repr(e), e.__traceback__ is not None)
    except* (TypeError, KeyError) as e:
        print('TE', repr(e))
    else: print('no')
    finally: print('fin')
except BaseException as e: print('left', repr(e))
try:
    try: raise eg
    except* ValueError as e: pass
except ExceptionGroup as e: show(e); print(e.__cause__, e.__context__)
try:
    try: raise ValueError('naked')
    except* ValueError as e: print(repr(e)); raise
except ExceptionGroup as e: show(e)
except ValueError as e: print('naked', e)
try:
    try: raise ExceptionGroup('a', [ValueError(1), TypeError(2)])
    except* ValueError as e: raise KeyError('new')
    except* TypeError as e: raise OSError('os') from e
except ExceptionGroup as e:
    show(e)
    for x in e.exceptions: print(repr(x.__context__), repr(x.__cause__))
try:
    try: raise ExceptionGroup('a', [ValueError(1), TypeError(2)])
    except* ValueError as e: raise e
    except* TypeError as e: raise
except ExceptionGroup as e: show(e)
try:
    try: raise ValueError(1)
    except* 5: pass
except TypeError as e: print(e)
try:
    try: raise ValueError(1)
    except* ExceptionGroup: pass
except TypeError as e: print(e)
try:
    try: raise ValueError(1)
    except* (TypeError, ExceptionGroup): pass
except TypeError as e: print(e)
for x in range(2):
    try: pass
    except* ValueError: print('never')
    else: print('else')
    finally: print('fin')
def f():
    try: raise ExceptionGroup('x', [ValueError()])
    except* ValueError: x = 1
    return x
print(f())
e = ExceptionGroup('n', [ValueError(1)]); e.add_note('note')
a = e.subgroup(ValueError); print(a is e, a.__notes__)
e2 = ExceptionGroup('n', [ValueError(1), TypeError(1)]); e2.add_note('n2')
a = e2.subgroup(ValueError); print(a is e2, a.__notes__, a.__notes__ is e2.__notes__)
print(ExceptionGroup[int], issubclass(ExceptionGroup, Exception), ExceptionGroup.__mro__)
try: e.split(5)
except TypeError as x: print(x)
try: e.split(int)
except TypeError as x: print(x)
try: e.split((int,))
except TypeError as x: print(x)
class Bad(ExceptionGroup):
    def derive(self, x): return 5
try: Bad('x', [ValueError(), TypeError()]).split(ValueError)
except TypeError as x: print(x)
try: e.message = 5
except AttributeError as x: print(x)
try: e.exceptions = 5
except AttributeError as x: print(x)
