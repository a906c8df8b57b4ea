"""Weak references: sharing, clearing at a collection, callbacks, what cannot be referenced weakly."""
import weakref, gc
class A: pass
a = A()
r = weakref.ref(a)
print(r() is a, weakref.ref(a) is r, weakref.getweakrefcount(a), weakref.getweakrefs(a) == [r], a.__weakref__ is r, hash(r) == hash(a), r == weakref.ref(a, print))
def make(n):
    out = []
    for i in range(n):
        out.append(weakref.ref(A(), lambda w: called.append(1)))
    return out
called = []
refs = make(50)
def churn():
    return [[i] for i in range(1000)]
churn()
gc.collect()
churn()
print(sum(x() is None for x in refs) > 45, len(called) > 45, r() is a)
try: weakref.ref(1)
except TypeError as e: print(e)
try: weakref.ref([])
except TypeError as e: print(e)
class S: __slots__ = ()
try: weakref.ref(S())
except TypeError as e: print(e)
class W: __slots__ = ("__weakref__",)
w = W(); print(weakref.ref(w)() is w, W.__weakref__)
print(weakref.ref(print)() is print, weakref.ref(A)() is A, weakref.ref(make)() is make)
class R(weakref.ref):
    def __init__(self, o, cb=None, extra=None):
        super().__init__(o, cb); self.extra = extra
    def __new__(cls, o, cb=None, extra=None): return super().__new__(cls, o, cb)
x = R(a, None, 5); print(x.extra, x() is a, repr(x).startswith("<weakref at"))
