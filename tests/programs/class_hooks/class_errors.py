"""Errors of making classes, instances, unions and super objects, and of assigning to their special attributes."""
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print(repr(r).split(" at 0x")[0])
    except BaseException as e:
        print(type(e).__name__ + ":", e)
class A: pass
class B(A): pass
t(lambda: type("X", (A, B), {}))
t(lambda: type("X", (A, A), {}))
t(lambda: type("X", (int, str), {}))
t(lambda: type("X", (bool,), {}))
t(lambda: type("X", (type(None),), {}))
t(lambda: type("X", (1,), {}))
t(lambda: type(1, (), {}))
t(lambda: type("X", [], {}))
t(lambda: type("X", (), []))
t(lambda: type("X", ()))
t(lambda: type())
t(lambda: object(1))
t(lambda: A(1))
t(lambda: A(x=1))
t(lambda: A.__new__())
t(lambda: A.__new__(1))
t(lambda: object.__new__(int))
t(lambda: int.__new__(str))
t(lambda: int.__new__(A))
t(lambda: dict.__new__(list))
t(lambda: type.__new__(type, "X", (), {}))
class C:
    __slots__ = ("a", "b")
t(lambda: C().a)
c = C()
c.a = 1
print(c.a)
t(lambda: setattr(c, "z", 1))
t(lambda: c.__dict__)
t(lambda: delattr(c, "b"))
t(lambda: delattr(c, "zz"))
t(lambda: delattr(A(), "zz"))
t(lambda: setattr(1, "x", 1))
t(lambda: setattr(1, "real", 1))
t(lambda: setattr(int, "x", 1))
t(lambda: delattr(int, "x"))
t(lambda: setattr([], "append", 1))
t(lambda: [].foo)
t(lambda: int.foo)
t(lambda: A.foo)
t(lambda: type("X", (), {"__slots__": ("a", 1)}))
t(lambda: type("X", (), {"__slots__": ("a b",)}))
t(lambda: type("X", (), {"__slots__": ("a",), "a": 1}))
t(lambda: type("X", (int,), {"__slots__": ("a",)}))
t(lambda: type("X", (), {"__slots__": ("__dict__", "__dict__")}))
t(lambda: type("X", (), {"__slots__": ("__weakref__", "__weakref__")}))
t(lambda: type("X", (C,), {"__slots__": ("c",)})().__class__.__mro__)
class D: __slots__ = ("x",)
class E: __slots__ = ("y",)
t(lambda: type("X", (D, E), {}))
t(lambda: isinstance(1, 2))
t(lambda: isinstance(1, (int, 2)))
t(lambda: isinstance(1, (2, int)))
t(lambda: issubclass(1, int))
t(lambda: issubclass(int, 1))
t(lambda: isinstance(1, int | str), )
t(lambda: isinstance(1, list[int]))
t(lambda: issubclass(bool, int | None))
t(lambda: isinstance(None, int | None))
t(lambda: int | 1)
t(lambda: (int | str) | (str | None))
t(lambda: int | int)
t(lambda: None | int)
t(lambda: list[int] | None)
t(lambda: (int | str) == (str | int))
t(lambda: list[int, str])
t(lambda: dict[str, list[int]])
t(lambda: list[int]())
t(lambda: list[int].__origin__)
t(lambda: tuple[int, ...])
t(lambda: tuple[()])
t(lambda: [*tuple[int, str]])
t(lambda: list[int][str])
t(lambda: A[int])
t(lambda: super())
t(lambda: super(A))
t(lambda: super(1))
t(lambda: super(A, 1))
t(lambda: super(A, A).__init_subclass__)
t(lambda: super(B, B()).foo)
print(super(B, B()).__thisclass__, super(B, B()).__self_class__)
t(lambda: repr(super(B, B())))
t(lambda: A.__name__)
def f(): A.__name__ = 1
t(f)
def f(): del A.__name__
t(f)
def f(): A.__bases__ = ()
t(f)
def f(): A.__bases__ = (int,)
t(f)
def f(): A.__bases__ = (B,)
t(f)
def f(): A.__bases__ = 1
t(f)
def f(): int.__bases__ = (A,)
t(f)
def f(): A.__qualname__ = "Q"; return A
t(f)
def f(): A.__doc__ = "doc"; return A.__doc__
t(f)
def f(): int.__doc__ = "doc"
t(f)
def f(): A().__class__ = int
t(f)
def f(): A().__class__ = 1
t(f)
def f(): (1).__class__ = A
t(f)
def f():
    a = A(); a.q = 5; a.__class__ = B; return (a.q, type(a))
t(f)
def f(): C().__class__ = A
t(f)
def f(): A().__dict__ = 1
t(f)
def f():
    a = A(); a.x = 1; a.__dict__ = {"y": 2}; return (a.__dict__, a.y, hasattr(a, "x"))
t(f)
def f():
    a = A(); a.x = 1; del a.__dict__; return a.__dict__
t(f)
def f():
    class X(1): pass
t(f)
def f():
    class X(int, metaclass=int): pass
t(f)
class M1(type): pass
class M2(type): pass
class X1(metaclass=M1): pass
class X2(metaclass=M2): pass
def f():
    class X(X1, X2): pass
t(f)
def f():
    class X(A, foo=1): pass
t(f)
def f():
    class X(metaclass=lambda n, b, d, **k: (n, b, sorted(d), k), z=1): q = 1
    return X
t(f)
