"""Bases that cannot be combined."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


class A: pass
class B(A): pass
class X: pass
class Y: pass
class XY(X, Y): pass
class YX(Y, X): pass


show(lambda: type("Bad", (A, B), {}))
show(lambda: type("Bad", (XY, YX), {}))
show(lambda: type("Twice", (A, A), {}))
show(lambda: type("Layout", (int, str), {}))
show(lambda: type("FromBool", (bool,), {}))
show(lambda: type("FromNone", (type(None),), {}))
show(lambda: type("FromInstance", (5,), {}))
show(lambda: type("FromRange", (range,), {}))
show(lambda: type("Name\0", (), {}))
show(lambda: type(5, (), {}))
show(lambda: type("a", 5, {}))
show(lambda: type("a", (), 5))
show(lambda: type("a", ()))
show(type)


def inherit_function():
    class C(inherit_function):
        pass


show(inherit_function)


def own_bases():
    A.__bases__ = (B,)


show(own_bases)
