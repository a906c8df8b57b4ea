"""What code, cells, modules, functions and classes show of themselves; pickling hooks."""
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__ + ":", e)
def f(a, /, b, *args, c=1, **kw):
    x = [i for i in range(a)]
    def g(): return x, b
    return g
c = f.__code__
for n in sorted(dir(c)):
    if n.startswith("co_") and n not in ("co_lnotab", "co_lines", "co_positions", "co_filename", "co_branches", "co_consts"):
        print(n, getattr(c, n))
print(list(c.co_lines()))
print(list(c.co_positions())[:12])
print([k if not hasattr(k, "co_name") else k.co_name for k in c.co_consts])
print(c == f.__code__, hash(c) == hash(f.__code__), c == t.__code__)
print(type(c).__name__, c.co_name in repr(c), "line 7" in repr(c))
o = object()
print(hex(id(o)) in repr(o), id(1) == id(1), id(1) != id(2), id(None) == id(None), id(o) > 0, id(1.5) > 0, id(-5) > 0)
import sys
m = sys
print(type(m), repr(m), m.__name__)
t(lambda: m.nope)
t(lambda: setattr(m, "zork", 1))
print(m.zork); del m.zork
t(lambda: m.zork)
t(lambda: delattr(m, "zork"))
M = type(sys)
mm = M("mine", "docs"); mm.x = 1
print(mm, mm.__doc__, mm.x, sorted(vars(mm)))
t(lambda: M())
t(lambda: M(1))
class MM(M):
    def hello(self): return "hello " + self.__name__
print(MM("q").hello(), MM("q"))
mm.__getattr__ = lambda n: "dyn " + n
print(mm.anything)
cell = (lambda x: lambda: x)(5).__closure__[0]
C = type(cell)
print(C(5) == C(5), C(1) < C(2), C() == C(), C() < C(1), repr(C()).startswith("<cell at 0x"), C(3).cell_contents)
t(lambda: C().cell_contents)
F = type(f)
h = F(f.__code__, {"__builtins__": __builtins__}, "newname", None, None, {"c": 2})
print(h.__name__, h.__kwdefaults__, h.__module__)
t(lambda: F(1, {}))
t(lambda: F(f.__code__, 1))
t(lambda: F(f(1, 2).__code__, {}))
t(lambda: F(f(1, 2).__code__, {}, None, None, (1, 2)))
meth = type(h.__get__(1))
print(meth(len, [1, 2])())
t(lambda: meth(1, 2))
t(lambda: meth(len, None))
t(lambda: meth(len))
N = type(None)
t(lambda: N())
t(lambda: N(1))
t(lambda: type(...)())
t(lambda: type(NotImplemented)())
t(lambda: type(f)())
t(lambda: type(len)())
t(lambda: type(iter([]))())
t(lambda: type((i for i in ()))())
print(None.__class__, repr(None), bool(...), hash(None) == hash(None))
class A:
    "docA"
    x: int
    y: "str" = 1
    def m(self): pass
print(A.__annotations__, A.__doc__, A.__dict__["__annotations__"], A.m.__doc__)
class B(A): pass
print(B.__doc__, B.__annotations__, "__annotations__" in B.__dict__)
print(sorted(k for k in A.__dict__ if k.startswith("__")))
print(sorted(set(dir(A())) - set(dir(object()))))
print(dir(object()) == sorted(object.__dict__), len(dir(type)), dir(A) == sorted(set(dir(object)) | {"m", "y"} | set(A.__dict__)))
print(object.__dir__(A())[:3])
t(lambda: int.__annotations__)
t(lambda: type.__annotations__)
t(lambda: type.__abstractmethods__)
print(A.__flags__ & (1 << 9) != 0, A.__basicsize__ > 0, int.__itemsize__, A.__dictoffset__, A.__weakrefoffset__ != 0)
class Abs:
    __abstractmethods__ = frozenset(["a", "b"])
t(lambda: Abs())
Abs.__abstractmethods__ = frozenset(["b", "a"])
t(lambda: Abs())
del Abs.__abstractmethods__
print(type(Abs()).__name__)
print(A().__reduce_ex__(2)[1:], A().__getstate__())
a = A(); a.q = 1
print(a.__reduce_ex__(4)[2], a.__getstate__())
class SL:
    __slots__ = ("p", "q")
s = SL(); s.p = 1
print(s.__getstate__(), s.__reduce_ex__(2)[2])
t(lambda: type(len).__reduce_ex__(f, 2))
t(lambda: (i for i in ()).__reduce_ex__(2))
print([1].__reduce_ex__(2)[3].__class__, len.__reduce__(), (1).__reduce_ex__(2)[1:])
print(format(a, "")[:12], object.__format__(5, ""))
t(lambda: format(a, "x"))
print(A.__subclasses__(), type.__subclasses__(A), A.mro(), type.mro(B))
t(lambda: A.__subclasshook__(1))
t(lambda: A.__init_subclass__(1))
t(lambda: A.__init_subclass__(a=1))
print(int.__text_signature__, object.__text_signature__, A.__text_signature__, type.__call__.__text_signature__)
print(object.__init__.__doc__, object.__repr__.__doc__, int.__add__.__doc__)
