"""Warnings of conversions, throw(), itertools and partial objects."""
import warnings
warnings.simplefilter('always')
class I(int): pass
class X:
    def __int__(self): return I(3)
    def __float__(self):
        class F(float): pass
        return F(2)
    def __index__(self): return I(5)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    print(int(X()), float(X()), [1,2,3,4,5,6][X()], ~True)
    def g():
        try: yield
        except ValueError: pass
        yield
    x=g(); next(x); x.throw(ValueError, 'a', None)
    import itertools, copy, functools
    copy.copy(itertools.count())
    class C: f=functools.partial(print)
    C().f
    for m in w: print(m.category.__name__, m.message)
