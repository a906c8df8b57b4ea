"""Properties, native descriptors, attribute hooks, and slots that follow the special methods of a class."""
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__ + ":", e)
class P:
    def __init__(self): self._x = 0
    @property
    def x(self):
        "the x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @property
    def ro(self): return 1
    wo = property(None, lambda s, v: None)
p = P()
p.x = 5
print(p.x, P.x.__doc__, P.x.fget.__name__, P.x.__name__)
t(lambda: setattr(p, "ro", 1))
t(lambda: delattr(p, "ro"))
t(lambda: delattr(p, "x"))
t(lambda: p.wo)
t(lambda: property(1).__get__(p))
t(lambda: property().__get__(p))
t(lambda: property().__get__(None))
print(property(doc="d").__doc__, isinstance(P.__dict__["x"], property))
class SubP(property): 
    "doc of SubP"
print(SubP(lambda s: 1, doc="zz").__doc__)
class cm:
    @classmethod
    def c(cls, a=1): return cls, a
    @staticmethod
    def s(a): return a
print(cm.c(), cm().c(2), cm.s(3), cm().s(4))
print(cm.__dict__["c"].__func__.__name__, cm.__dict__["s"].__wrapped__.__name__)
print(staticmethod(len)([1]), repr(staticmethod(len)), repr(classmethod(len)))
t(lambda: classmethod(len)(1))
t(lambda: classmethod())
print(cm.c.__self__, cm.c.__func__ is cm.__dict__["c"].__func__)
t(lambda: list.append)
t(lambda: list.append(1, 2))
t(lambda: list.append())
t(lambda: [].append())
t(lambda: [].append(1, 2))
t(lambda: [].append(x=1))
t(lambda: "".join(1, 2))
t(lambda: int.__add__)
t(lambda: (1).__add__)
t(lambda: int.__add__(1))
t(lambda: int.__add__("a", 1))
t(lambda: int.__add__(1, 2, 3))
t(lambda: dict.fromkeys)
t(lambda: dict.__dict__["fromkeys"])
t(lambda: dict.__dict__["fromkeys"].__get__(None, int))
t(lambda: type.__dict__["__name__"] if False else int.real)
t(lambda: int.real.__get__(5))
t(lambda: int.real.__get__("x"))
t(lambda: int.real.__set__(5, 1))
t(lambda: P.__dict__["__dict__"])
t(lambda: P.__dict__["__weakref__"])
class S: __slots__ = "ab"
t(lambda: S.ab)
t(lambda: S.ab.__get__(1))
t(lambda: object.__init__(p, 1))
t(lambda: object.__new__(P, 1))
t(lambda: object.__setattr__(int, "x", 1))
t(lambda: type.__setattr__(P, "zz", 1))
t(lambda: object.__setattr__(p, 1, 1))
t(lambda: object.__getattribute__(p, "nope"))
t(lambda: getattr(p, 1))
t(lambda: getattr(p, "nope", "dflt"))
t(lambda: hasattr(p, "x"))
class G:
    def __getattr__(self, n):
        if n == "boom": raise ValueError("boom")
        if n.startswith("n"): raise AttributeError("custom " + n)
        return "got " + n
t(lambda: G().abc)
t(lambda: G().nope)
t(lambda: G().boom)
t(lambda: hasattr(G(), "nope"))
class GA:
    def __getattribute__(self, n):
        if n == "x": return 42
        return super().__getattribute__(n)
    y = 7
t(lambda: (GA().x, GA().y))
t(lambda: GA().z)
class Both:
    def __getattribute__(self, n): raise AttributeError(n)
    def __getattr__(self, n): return "fallback " + n
t(lambda: Both().q)
class SA:
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
    def __delattr__(self, n): print("del", n); object.__delattr__(self, n)
s = SA(); s.x = 4; print(s.x); del s.x
t(lambda: s.x)
# slot updates
class U: pass
u = U()
t(lambda: len(u))
U.__len__ = lambda self: 3
t(lambda: len(u))
t(lambda: bool(u))
U.__bool__ = lambda self: False
t(lambda: bool(u))
del U.__bool__
t(lambda: bool(u))
U.__len__ = lambda self: -1
t(lambda: len(u))
U.__len__ = lambda self: "a"
t(lambda: len(u))
U.__len__ = lambda self: 2**70
t(lambda: len(u))
del U.__len__
t(lambda: len(u))
U.__call__ = lambda self, *a, **k: (a, k)
t(lambda: u(1, b=2))
U.__getitem__ = lambda self, i: i * 2
t(lambda: u[3])
U.__add__ = lambda a, b: "add"
U.__radd__ = lambda a, b: "radd"
t(lambda: (u + 1, 1 + u))
class V(U): pass
t(lambda: V() + u)
class W(U):
    def __radd__(self, o): return "W.radd"
t(lambda: (u + W(), W() + u))
U.__eq__ = lambda a, b: True
t(lambda: u == 5)
t(lambda: u != 5)
U.__hash__ = None
t(lambda: hash(u))
class Eq:
    def __eq__(self, o): return NotImplemented
t(lambda: Eq() == 1)
t(lambda: hash(Eq()))
t(lambda: Eq() < Eq())
class H:
    def __hash__(self): return "x"
t(lambda: hash(H()))
class H2:
    def __hash__(self): return 2**100
t(lambda: hash(H2()))
class R:
    def __repr__(self): return 1
t(lambda: repr(R()))
class BB:
    def __bool__(self): return 1
t(lambda: bool(BB()))
class IT:
    __iter__ = None
t(lambda: iter(IT()))
t(lambda: iter(U()))
class CT:
    __contains__ = None
t(lambda: 1 in CT())
class II:
    def __index__(self): return "x"
t(lambda: [1][II()])
class Init:
    def __init__(self): return 5
t(lambda: Init())
class New:
    def __new__(cls, *a): return 5
    def __init__(self): print("no")
t(lambda: New(1))
class Sub(list):
    def __init__(self, *a): super().__init__(*a); self.extra = 1
x = Sub([1, 2]); x.append(3)
print(x, x.extra, x.__dict__, len(x), x[0], type(x[:]))
class SubD(dict):
    def __missing__(self, k): return "miss " + k
print(SubD(a=1)["b"], SubD(a=1)["a"])
class SubI(int):
    def __new__(cls, v, tag): o = super().__new__(cls, v); o.tag = tag; return o
i = SubI(5, "t"); print(i + 1, i.tag, type(i + 1), i)
class SubT(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
tt = SubT(1, 2); tt.attr = 9; print(tt, tt.first, tt.attr, hash(tt) == hash((1, 2)))
class SubS(str):
    def shout(self): return self.upper() + "!"
ss = SubS("hi"); ss.z = 1; print(ss.shout(), ss + "x", type(ss + "x"), ss.__dict__, {ss: 1}["hi"])
class SubE(ValueError):
    def __init__(self, a, b): super().__init__(a); self.b = b
try: raise SubE(1, 2)
except ValueError as e: print(repr(e), e.args, e.b)
class SubF(float): pass
print(SubF(1.5) * 2, SubF("2"))
