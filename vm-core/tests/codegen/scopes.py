"""Scopes.

    Indented docstring.
"""
import a.b.c as d, e.f
from . import g
from ..h import (i as j, k)
x = 1


def outer(p, /, q, r=1, *s, t, u=2, **v):
    """Doc."""
    global y
    cell = p

    def inner():
        nonlocal cell
        cell += q
        return cell, y

    x: int = 3
    del cell
    return lambda y=cell, *, z=r: (y, z, inner, x)


class Base[T]:
    a = 1
    __private = 2
    b: int = a

    def __init__(self):
        self.first = self.__private
        self.second: str = ""
        super().__init__()
        super(Base, self).method(1, k=2).other
        super().attr

    def method(self, __x):
        return __class__, self.__private, __x

    def generic[U](self, v: U, w: T = a) -> T:
        return self.b

    type Alias[V] = list[V] | T

    class Nested(Base, metaclass=type, **{}):
        def f(self):
            return __class__

    comp = [x for x in (1, 2) if x]
    lamb = [lambda: (x, a) for x in comp]


@decorator(1)
@other
def bounded[T: (int, str) = int, *Ts = *tuple[int], **P = [int]](f: T, *args: *Ts, k: T = 1, **kw: P.kwargs) -> None: ...


@decorator
class Decorated(first, *rest, key=1):
    "Doc."


type Simple = int


def shadow():
    super = object
    return super().x


def walrus(data):
    if (n := len(data)) > 3 and any((last := item) for item in data):
        return n, last
    return [y := 1, y ** 2, [z := q for q in data]]


if 0:
    dead = 1
elif __debug__:
    live = 2
while 0:
    pass
else:
    done = 3
