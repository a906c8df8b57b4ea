"""__slots__: layout, errors, inheritance."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class P:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


class Q(P):
    __slots__ = "z"


class R(P):
    pass


p = P(1)
show(lambda: p.x)
show(lambda: p.y)
show(lambda: setattr(p, "w", 1))
show(lambda: p.w)
show(lambda: p.__dict__)
show(lambda: delattr(p, "y"))
del p.x
show(lambda: p.x)
q = Q(1)
q.z = 2
print(q.x, q.z, hasattr(q, "__dict__"), Q.__slots__)
r = R(1)
r.free = 3
print(r.__dict__, r.x)
print(type(P.x).__name__, P.x.__name__, P.x.__get__(q))
show(lambda: P.x.__get__(5))
show(lambda: type("A", (), {"__slots__": ("x", "x", 1)}))
show(lambda: type("A", (), {"__slots__": ("x",), "x": 1}))
show(lambda: type("A", (), {"__slots__": ("not ok",)}))
show(lambda: type("A", (int,), {"__slots__": ("x",)}))
show(lambda: type("A", (tuple,), {"__slots__": ("x",)}))
show(lambda: type("A", (), {"__slots__": ("__dict__", "a")})().__dict__)
show(lambda: type("A", (P, type("B", (), {"__slots__": ("b",)})), {}))


class Private:
    __slots__ = ("__hidden",)

    def __init__(self):
        self.__hidden = 1


print(Private()._Private__hidden, Private.__slots__)
