"""Positional-only parameters."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d


def g(a, /, **kwargs):
    return a, kwargs


def h(x, y, /):
    return x, y


show(f, 1)
show(f, 1, 2, 3, d=5)
show(f, 1, b=2)
show(f, a=1)
show(g, 1, a=2)
show(g, a=2)
show(h, 1, y=2)
show(h, x=1, y=2)
show(h, 1)
show(h)
print((lambda x, /: x)(5))
