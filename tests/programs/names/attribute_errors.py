"""AttributeError texts for modules, classes, instances, builtins."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


import math
import sys


class C:
    attribute = 1

    def method(self):
        pass


class Slots:
    __slots__ = ("only",)


for owner, name in [(C(), "atribute"), (C, "nothing"), (5, "foo"), ("", "foo"), ([], "push"), (None, "x"), (len, "x"), (C().method, "x"), (C.method, "x"), (math, "nope"), (sys, "nope"), (type, "x"), (lambda: 0, "x"), ((i for i in ()), "x"), (Slots(), "only"), (Slots(), "other"), (super(C, C()), "x"), (range(1), "x"), (iter([]), "x"), (ValueError("v"), "x"), (int | str, "x"), (NotImplemented, "x"), (..., "x"), (slice(1), "x"), (1j, "x"), (property(), "x"), (C.__dict__, "x"), ({}.keys(), "x"), (object(), "x")]:
    show(getattr, owner, name)
try:
    C().atribute
except AttributeError as error:
    print(error.name, type(error.obj).__name__, error)
show(lambda: setattr(math, "brand_new", 1) or math.brand_new)
show(lambda: delattr(math, "not_there"))
show(lambda: delattr(C(), "attribute"))
show(lambda: delattr(C(), "q"))
show(lambda: delattr(Slots(), "only"))
show(lambda: setattr(C().method, "x", 1))
