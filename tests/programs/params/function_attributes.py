"""Attributes of functions, and what may be assigned."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(a, b=1, /, c=2, *args, d=3, **kw) -> int:
    """The doc."""
    local = a
    return local


print(f.__name__, f.__qualname__, f.__doc__, f.__module__)
code = f.__code__
print(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_varnames, code.co_nlocals)
print(code.co_name, code.co_flags & 0x0C, f.__closure__, f.__dict__)
f.extra = 5
print(f.__dict__, f.extra)
del f.extra
show(lambda: f.extra)
f.__name__ = "renamed"
print(f.__name__, f.__qualname__)
show(lambda: setattr(f, "__name__", 5))
show(lambda: setattr(f, "__defaults__", 5))
show(lambda: setattr(f, "__code__", 5))
show(lambda: setattr(f, "__dict__", 5))
f.__defaults__ = None
show(f, 1)
print((lambda: 0).__name__, (lambda: 0).__qualname__)


def outer():
    def inner():
        pass
    return inner


print(outer().__qualname__)
