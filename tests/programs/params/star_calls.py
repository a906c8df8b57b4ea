"""Calls with starred and double-starred arguments, and their errors."""
def show(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def f(*args, **kwargs):
    return args, kwargs


def g(a, b):
    return a, b


print(f(*[1], 2, *(3, 4), x=5, **{"y": 6}, **{"z": 7}))
print(f(*"ab", *range(2), *{}))
print(g(*(i for i in (1, 2))), g(**{"b": 1, "a": 2}), g(1, *[2]))
show(lambda: f(**{"x": 1}, **{"x": 2}))
show(lambda: f(x=1, **{"x": 2}))
show(lambda: g(1, **{"a": 2}))
show(lambda: f(*5))
show(lambda: f(**5))
show(lambda: f(**{1: 2}))
show(lambda: f(*None))
show(lambda: g(*[1, 2, 3]))
show(lambda: g(1, **[("b", 2)]))
show(lambda: print(**{"bad": 1}))
show(lambda: f(1, *2))


class Mapping:
    def keys(self):
        return ["p", "q"]

    def __getitem__(self, key):
        return key * 2


print(f(**Mapping()))
