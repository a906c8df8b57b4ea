"""Keyword-only parameters and the messages of wrong calls."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(a, *, b, c=3):
    return a, b, c


def g(*, only):
    return only


def h(*, p, q, r):
    return p, q, r


show(f, 1, b=2)
show(f, 1)
show(f, 1, 2)
show(f, 1, 2, b=3)
show(f, 1, b=2, d=4)
show(g)
show(g, 1)
show(h)
show(h, p=1)
show(h, p=1, q=2)
show(h, 1, 2, p=3)
print(f.__kwdefaults__)
f.__kwdefaults__ = {"b": 20, "c": 30}
show(f, 1)
