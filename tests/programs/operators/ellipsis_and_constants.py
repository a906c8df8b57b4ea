"""Ellipsis, NotImplemented, None, __debug__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


print(..., Ellipsis is ..., NotImplemented, None, type(...), type(NotImplemented), type(None), bool(...))
print(repr(type(None)()), type(...)() is ...)
show(lambda: type(None)(1))
show(lambda: type(...)(1))
show(lambda: None + 1)
show(lambda: None.x)
show(lambda: setattr(None, "x", 1))
print(__debug__, __name__, None == 0, None is not False)


def f(): ...


class C: ...


print(f(), [...], {...: 1}, [...] == [Ellipsis])
