"""Functions bind through __get__."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(self, x):
    return self, x


bound = f.__get__(5)
print(bound(6), bound.__self__, f.__get__(None, int) is f)
show(lambda: f.__get__(None, None))


class C:
    method = f
    builtin = len
    cls = int
    function = staticmethod(f)


c = C()
print(c.method(1)[1], c.builtin("abc"), c.cls("7"), c.function(1, 2))
print(str.upper.__get__("abc")(), int.__add__(1, 2), (1).__add__.__self__)
show(lambda: str.upper(5))
show(lambda: int.__add__("a", 1))
show(lambda: str.upper())
show(lambda: list.append([], 1, 2))
show(lambda: list.append())
print(type(str.upper).__name__, type("".upper).__name__, type(int.__add__).__name__, type((1).__add__).__name__)
print(type(int.real).__name__, type(C.__dict__).__name__, type(dict.fromkeys).__name__, type(dict.__dict__["fromkeys"]).__name__)
print(str.upper, [].append.__name__, int.__add__.__qualname__, [].append.__qualname__)
