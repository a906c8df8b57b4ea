"""The whole metaclass protocol, shared keys of instances, attributes of functions."""
import sys
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__ + ":", e)
        for n in getattr(e, "__notes__", []): print("note:", n)
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw):
        print("prepare", name, bases, kw); return {"pre": 1}
    def __new__(m, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw); return super().__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns, **kw):
        print("init", name, kw); super().__init__(name, bases, ns)
    def __call__(c, *a, **k):
        print("call", c.__name__, a, k); return super().__call__(*a, **k)
    def __repr__(c): return "<Meta " + c.__name__ + ">"
    @property
    def mp(c): return "metaprop " + c.__name__
    def __len__(c): return 17
    def __iter__(c): return iter([1, 2])
    def __contains__(c, x): return x == 3
    def __getitem__(c, i): return ("item", i)
    def __instancecheck__(c, o): return o == "magic"
    def __subclasscheck__(c, o): return o is int
class A(metaclass=Meta, opt=1):
    def __init__(self, v=0): self.v = v
a = A(5)
print(A, a.v, A.mp, len(A), list(A), 3 in A, A[9], isinstance("magic", A), isinstance(a, A), issubclass(int, A), issubclass(str, A))
t(lambda: a.mp)
class B(A): x = 1
print(type(B), B.pre)
class Desc:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name); self.name = name
    def __get__(self, o, t=None): return self if o is None else o.__dict__.get(self.name, "unset")
    def __set__(self, o, v): o.__dict__[self.name] = v
class C:
    d = Desc()
    e = Desc()
c = C(); print(c.d); c.d = 3; print(c.d, c.__dict__)
class BadName:
    def __set_name__(self, o, n): raise RuntimeError("bad")
def f():
    class X: z = BadName()
t(f)
class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw); cls.tag = tag; Base.subs.append(cls.__name__)
class S1(Base, tag="one"): pass
class S2(S1): pass
print(Base.subs, S1.tag, S2.tag, Base.__subclasses__(), S1.__subclasses__())
t(lambda: type("S3", (Base,), {}, bad=1))
class Mro(type):
    def mro(cls): return [cls, object]
class X(metaclass=Mro): pass
print(X.__mro__)
class BadMro(type):
    def mro(cls): return [1]
def f():
    class X(metaclass=BadMro): pass
t(f)
class ME:
    def __init__(self, b): self.b = b
    def __mro_entries__(self, bases): return self.b
class Y(ME((int,)), ME(())): pass
print(Y.__bases__, Y.__orig_bases__[0].__class__.__name__)
t(lambda: type("Z", (ME(()),), {}))
class CG:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(CG[1], CG["a", 2])
t(lambda: A.__dict__["pre"])
t(lambda: type(A.__dict__))
def f():
    class Q:
        def m(self): return __class__
    return Q().m().__name__
t(f)
class K:
    def __init__(self): self.a = 1; self.b = 2
    def other(self): self.c = 3
k = K(); k.other(); print(k.__dict__, K.__static_attributes__, K.__firstlineno__ > 0, K.__module__, K.__qualname__)
for n in range(40): setattr(k, "z%d" % n, n)
print(len(k.__dict__), k.z39, k.a)
del k.a
print(hasattr(k, "a"), list(vars(k))[:3])
k2 = K(); del k2.a; k2.a = 9; print(list(vars(k2)))
def fn(a, b=2, *args, c, d=4, **kw) -> int: "doc"; return a
print(fn.__name__, fn.__qualname__, fn.__defaults__, fn.__kwdefaults__, fn.__annotations__, fn.__doc__, fn.__module__, fn.__closure__, fn.__code__.co_varnames, fn.__code__.co_argcount, fn.__code__.co_kwonlyargcount, fn.__code__.co_flags)
fn.attr = 5; print(fn.attr, fn.__dict__)
fn.__defaults__ = (7, 8)
t(lambda: fn(c=1))
def f(): fn.__defaults__ = 5
t(f)
def f(): fn.__code__ = 5
t(f)
def f(): fn.__name__ = 5
t(f)
def outer():
    x = 1
    def inner(): return x
    return inner
def f(): fn.__code__ = outer().__code__
t(f)
print(outer().__closure__[0].cell_contents, outer().__qualname__, outer().__code__.co_freevars, outer.__code__.co_cellvars)
m = K().other
print(m.__name__, m.__func__ is K.other, m.__self__.a, m == m, m.__self__.other == m, hash(m) == hash(m.__self__.other))
t(lambda: K.other())
t(lambda: K.other(1))
